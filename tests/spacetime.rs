//! The space–time diagram: the index over a run, what a window of it shows, what lies under the
//! pointer, why something happened; the picture as bytes in `spacetime/picture.rs`.

#[path = "spacetime/picture.rs"]
mod picture;

use std::collections::BTreeSet;

use zabscope::api::Op;
use zabscope::ensemble::{ClientCommand, Endpoint, Segment};
use zabscope::run::{Run, Timeline};
use zabscope::scenario::{Preset, Scenario};
use zabscope::sim::{Command, EventId, EventKind, Settings, TraceEvent};
use zabscope::types::{ClientId, Instant, ServerId, Span};
use zabscope::view::retell;
use zabscope::view::spacetime::{
    Diagram, Figure, Filter, Group, Hit, LineState, Scene, SpacetimeView, Target, UNIT, Window,
    causes, diagram, edges, effects, figures, hit, lit,
};
use zabscope::view::why::{what, why};
use zabscope::viewer::{Action, HopEnd, MarkKind, Story, Viewer};

fn ran(preset: &str) -> Run {
    let scenario = Preset::find(preset).expect("a preset").scenario();
    let mut run = Run::new(&scenario).expect("a preset is sound");
    run.run_until(scenario.until);
    run
}

fn index(run: &Run) -> zabscope::viewer::Spacetime {
    let mut index = zabscope::viewer::Spacetime::default();
    let events: Vec<TraceEvent> = run.trace().iter().cloned().collect();
    index.absorb(&events, run.world());
    index
}

fn view(run: &Run) -> SpacetimeView {
    SpacetimeView {
        branch: zabscope::run::BranchId::FIRST,
        index: index(run),
        next: run.world().next_event(),
        arrivals: Default::default(),
        lit: Default::default(),
    }
}

fn drawn(view: &SpacetimeView, from: u64, span: u64, cursor: u64, filter: &Filter) -> Diagram {
    diagram(&Scene {
        view,
        window: Window { from: Instant(from), span: Span(span) },
        folds: false,
        cursor: Instant(cursor),
        filter,
        hovered: None,
        width: 900,
        height: 300,
    })
}

/// The packets that were on their way at some time of a window, by looking through everything.
fn by_hand(run: &Run, from: Instant, until: Instant) -> BTreeSet<EventId> {
    let mut open = std::collections::BTreeMap::new();
    let mut found = BTreeSet::new();
    for event in run.trace().iter() {
        match &event.kind {
            EventKind::Sent(transfer) if matches!(transfer.segment, Segment::Packet(_)) => {
                open.insert(transfer.packet, (event.id, event.at));
            }
            EventKind::Delivered(transfer) => {
                let ended = open.remove(&transfer.packet);
                let in_time = |(_, sent): &(EventId, Instant)| *sent <= until && event.at >= from;
                found.extend(ended.filter(in_time).map(|(id, _)| id));
            }
            EventKind::Lost { packet, .. } => {
                let ended = open.remove(packet);
                let in_time = |(_, sent): &(EventId, Instant)| *sent <= until && event.at >= from;
                found.extend(ended.filter(in_time).map(|(id, _)| id));
            }
            _ => {}
        }
    }
    let kept = open.values().filter(|(_, sent)| *sent <= until);
    found.extend(kept.map(|(id, _)| *id));
    found
}

/// The index finds by bisection what looking through the whole trace finds.
#[test]
fn a_window_has_exactly_what_was_on_its_way() {
    for preset in ["leader-crash", "partition"] {
        let run = ran(preset);
        let index = index(&run);
        for start in (0..run.now().0).step_by(61_333) {
            for length in [0, 700, 20_000, 3_000_000] {
                let (from, until) = (Instant(start), Instant(start + length));
                let hops: Vec<EventId> =
                    index.hops().within(from, until).map(|hop| hop.sent).collect();
                let found: BTreeSet<EventId> = hops.iter().copied().collect();
                assert_eq!(found.len(), hops.len(), "{preset}: none twice");
                assert_eq!(found, by_hand(&run, from, until), "{preset} from {from} to {until}");
            }
        }
    }
}

/// The lanes say of every instant what the servers themselves said.
#[test]
fn lanes_stand_as_the_servers_did() {
    use zabscope::viewer::LaneState;
    let scenario = Preset::find("leader-crash").expect("a preset").scenario();
    let mut run = Run::new(&scenario).expect("a preset is sound");
    let mut index = zabscope::viewer::Spacetime::default();
    while run.next_instant().is_some_and(|next| next <= scenario.until) {
        let known = index.next();
        run.step();
        let fresh: Vec<TraceEvent> = run.trace().iter_from(known).cloned().collect();
        index.absorb(&fresh, run.world());
        for server in run.world().ensemble().servers() {
            let lane = index.lane(Endpoint::Server(server.id())).expect("every server has a lane");
            let standing = lane.standing();
            let expected = server
                .process()
                .map(|process| (process.peer().role_name(), process.peer().phase()));
            let found = match standing.state {
                LaneState::On { role, phase } => Some((role, phase)),
                _ => None,
            };
            assert_eq!(found, expected, "{} at {}", server.id(), run.now());
            let durable = server.disk().durable();
            assert!(standing.epoch <= durable.current_epoch);
        }
    }
}

/// Acting in the past begins a branch with an index of its own, and the old one stays as it was.
#[test]
fn a_branch_has_an_index_of_its_own() {
    let scenario = Scenario::new(Settings::with_servers(3), 5);
    let run = Run::new(&scenario).expect("a sound scenario");
    let mut timeline: Timeline<Story> = Timeline::new(&run);
    while timeline.next_instant().is_some_and(|next| next <= Instant(900_000)) {
        timeline.step();
    }
    let first = timeline.whole_chronicle().spacetime.clone();
    timeline.seek_instant(Instant(600_000));
    timeline.act(Instant(600_000), vec![Command::Crash(ServerId(3))]);
    while timeline.next_instant().is_some_and(|next| next <= Instant(900_000)) {
        timeline.step();
    }
    let second = &timeline.whole_chronicle().spacetime;
    let sent = |index: &zabscope::viewer::Spacetime, until| -> Vec<EventId> {
        index.hops().within(Instant::ZERO, until).map(|hop| hop.sent).collect()
    };
    let shared = Instant(599_000);
    assert_eq!(sent(&first, shared), sent(second, shared), "one past");
    let mut expected = zabscope::viewer::Spacetime::default();
    let events: Vec<TraceEvent> = timeline.trace().iter().cloned().collect();
    expected.absorb(&events, timeline.run().world());
    assert_eq!(sent(second, Instant(900_000)), sent(&expected, Instant(900_000)));
    let lost = |index: &zabscope::viewer::Spacetime| {
        let hops = index.hops().within(Instant::ZERO, Instant(900_000));
        hops.filter(|hop| matches!(hop.end, HopEnd::Lost { .. })).count()
    };
    assert_eq!(lost(&first), 0, "nothing was lost before the crash");
}

/// A request is known by the transaction that it became, from the client on.
#[test]
fn a_transaction_is_followed_from_the_client_to_the_answer() {
    let mut run = Run::new(&Scenario::new(Settings::default(), 1)).expect("sound settings");
    run.run_until(Instant(1_500_000));
    let what = ClientCommand::Submit(Op::create("/a", "", zabscope::api::CreateMode::Persistent));
    let first = run.world().next_event();
    run.command(Command::Client { client: ClientId(1), what });
    run.run_until(Instant(1_600_000));
    let index = index(&run);
    let prepared = run.trace().iter_from(first).find_map(|event| match &event.kind {
        EventKind::Server(_, zabscope::server::Note::Prepared { zxid, .. }) => Some(*zxid),
        _ => None,
    });
    let filter = Filter { zxid: prepared, ..Filter::default() };
    let hops = index.hops().within(Instant::ZERO, run.now());
    let hops: Vec<_> = hops.filter(|hop| filter.passes(hop)).collect();
    let from_client = hops.iter().any(|hop| hop.from == Endpoint::Client(ClientId(1)));
    let to_client = hops.iter().any(|hop| hop.to == Endpoint::Client(ClientId(1)));
    assert!(prepared.is_some() && from_client && to_client, "{hops:?}");
    assert!(hops.iter().any(|hop| Group::of(hop.kind) == Group::Broadcast));
}

/// Nothing is drawn that could not be told apart: the number of lines is bound by the width.
#[test]
fn a_long_run_is_thinned_to_the_columns() {
    let mut run = Run::new(&Scenario::new(Settings::default(), 1)).expect("sound settings");
    run.check_properties(false);
    run.run_until(Instant(60_000_000));
    let view = view(&run);
    let hops = view.index.hops().len();
    let whole = drawn(&view, 0, 60_000_000, 60_000_000, &Filter::default());
    assert!(hops > 10_000, "{hops} packets were sent");
    // Columns times pairs of lanes, signs of life and others.
    assert!(whole.lines.len() < hops / 2, "{} lines of {hops}", whole.lines.len());
    let near = drawn(&view, 30_000_000, 20_000, 60_000_000, &Filter::default());
    let there = view.index.hops().within(near.axis.from(), near.axis.until()).count();
    assert_eq!(near.lines.len(), there, "near by, every one is there");
}

/// What lies ahead of the ink line is told from what has been.
#[test]
fn the_ink_line_parts_what_was_from_what_will_be() {
    let run = ran("leader-crash");
    let cursor = run.trace().iter().find(|event| {
        matches!(&event.kind, EventKind::Peer(_, zabscope::zab::Note::Proposed { .. }))
    });
    let cursor = cursor.expect("something was proposed");
    let view = SpacetimeView { next: cursor.id.next(), ..view(&run) };
    let shown = drawn(&view, cursor.at.0 - 5_000, 12_000, cursor.at.0, &Filter::default());
    for line in &shown.lines {
        let was_sent = line.sent <= cursor.id;
        let has_ended = line.ended.is_some_and(|event| event <= cursor.id);
        let is_ahead = line.state == LineState::Ahead;
        assert_eq!(is_ahead, !was_sent, "{line:?}");
        assert_eq!(matches!(line.state, LineState::Arrived | LineState::Lost), has_ended);
        if let LineState::InFlight { at, .. } = line.state {
            assert_eq!(at.0, shown.cursor_x, "in flight means at the ink line");
        }
    }
    let right = shown.lanes.iter().flat_map(|lane| &lane.bands).map(|band| band.right);
    assert!(right.max().expect("there are bands") <= shown.cursor_x);
}

fn hit_at(shown: &Diagram, (x, y): (i64, i64)) -> Hit {
    hit(shown, x, y)
}

/// On a line lies its message, near its end the arrival; on a mark its event; between them nothing.
#[test]
fn the_pointer_finds_what_lies_under_it() {
    let run = ran("healthy");
    let view = view(&run);
    let filter = Filter::default().with(Group::Pings, false);
    let first = view.index.hops().within(Instant::ZERO, run.now());
    let commit = first
        .filter(|hop| {
            hop.kind == zabscope::viewer::HopKind::Peer(zabscope::zab::MessageKind::Commit)
        })
        .last()
        .copied()
        .expect("something was committed");
    let shown = drawn(&view, commit.sent_at.0 - 500, 2_000, run.now().0, &filter);
    let line = shown.lines.iter().find(|line| line.sent == commit.sent).expect("it is drawn");
    let part = |part: i64| {
        let between = |start: i64, end: i64| start + (end - start) * part / 8;
        (between(line.start.0, line.end.0), between(line.start.1, line.end.1))
    };
    let (early, late) = (hit_at(&shown, part(3)), hit_at(&shown, part(6)));
    assert!(matches!(early.target, Target::Message(_)), "{early:?}");
    assert_eq!(early.event, Some(commit.sent));
    assert_eq!(late.event, commit.end.event());
    let lane = shown
        .lanes
        .iter()
        .position(|lane| lane.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Committed(_))));
    let lane = &shown.lanes[lane.expect("some lane has a commit")];
    let mark = lane.marks.iter().find(|mark| matches!(mark.kind, MarkKind::Committed(_)));
    let mark = mark.expect("it has one");
    let found = hit_at(&shown, (mark.x, lane.y));
    assert!(matches!(found.target, Target::Mark { .. }), "{found:?}");
    let below = hit_at(&shown, (shown.axis.right() - UNIT, shown.height - UNIT));
    assert_eq!((below.target, below.event), (Target::Empty, None));
}

/// Zooming at the pointer keeps the instant there, and following keeps the ink line in its place.
#[test]
fn zooming_keeps_what_is_under_the_pointer() {
    let run = ran("leader-crash");
    let view = view(&run);
    let (left, right) = edges(900);
    let at = Instant(420_000);
    for span in [2_000, 50_000, 900_000] {
        for x in [left + 100 * UNIT, (left + right) / 2] {
            let window = view.placing(at, x, Span(span), 900, true);
            let axis = view.axis(window, run.now(), 900, true);
            let is_young = window.from == Instant::ZERO;
            assert!((axis.x(at) - x).abs() <= 2 * UNIT || is_young, "{span} at {x}");
        }
    }
}

/// Every cause is older and leads to the next one; what a command brings about ends with it.
#[test]
fn causes_lead_back_to_a_command_and_effects_forward_from_it() {
    let mut run = Run::new(&Scenario::new(Settings::default(), 1)).expect("sound settings");
    run.run_until(Instant(1_500_000));
    let command = run.world().next_event();
    let what = ClientCommand::Submit(Op::create("/a", "", zabscope::api::CreateMode::Persistent));
    run.command(Command::Client { client: ClientId(1), what });
    run.run_until(Instant(1_600_000));
    let told = run.trace().iter_from(command).find(|event| {
        matches!(&event.kind, EventKind::Client(_, note)
            if matches!(**note, zabscope::client::Note::Told { .. }))
    });
    let told = told.expect("the client was answered");
    let causes: Vec<EventId> = causes(run.trace(), told.id).iter().map(|event| event.id).collect();
    assert!(causes.is_sorted_by(|later, earlier| later > earlier));
    assert_eq!(causes.last(), Some(&command), "it began with the command");
    let effects = effects(run.trace(), command);
    assert!(effects.contains(&told.id));
    let lit = lit(run.trace(), Some(told.id));
    assert_eq!(lit.causes.len(), causes.len());
    assert!(lit.of_event(command).is_some());
}

/// Whatever happens can be asked why, and a commit names paper, class and action.
#[test]
fn every_event_has_its_reason() {
    let run = ran("leader-crash");
    let index = index(&run);
    let mut actions = BTreeSet::new();
    for event in run.trace().iter() {
        let why = why(run.trace(), &index, event.id).expect("the trace has it");
        assert_eq!(why.what, retell(event).unwrap_or_else(|| what(event)));
        actions.extend(why.action);
        let is_commit =
            matches!(&event.kind, EventKind::Peer(_, zabscope::zab::Note::Committed { .. }));
        if is_commit && why.action.is_some() {
            let paper = why.paper.expect("the paper has commits");
            assert_eq!((paper.phase, paper.step), (3, "COMMIT"));
            assert_eq!(why.class, Some("Leader.tryToCommit"));
        }
    }
    assert!(actions.len() >= 18, "most actions of the specification are shown: {actions:?}");
}

/// A click goes to the event and asks why.
#[test]
fn selecting_an_event_shows_why() {
    let mut viewer = Viewer::open(&Scenario::new(Settings::default(), 1)).expect("sound settings");
    viewer.run_until_healthy();
    let event = EventId(std::num::NonZeroU64::new(40).expect("not zero"));
    viewer.apply(&Action::SeekEvent(event));
    viewer.apply(&Action::Select(Some(zabscope::viewer::Selection::Event(event))));
    let scenario = std::rc::Rc::new(zabscope::view::ScenarioView {
        title: zabscope::text::Key::ScenarioTitle.into(),
        preset: "healthy",
        presets: Vec::new(),
        museum: Vec::new(),
        servers: 5,
        seed: 1,
    });
    let page = zabscope::view::show::page(&viewer, scenario, None);
    assert_eq!(page.spacetime.lit.selected, Some(event));
    assert!(page.inspector.is_some(), "the inspector says why");
}

/// Even the whole of a long run is a few dozen calls of the painter.
#[test]
fn strokes_of_one_kind_are_one_figure() {
    let mut run = Run::new(&Scenario::new(Settings::default(), 1)).expect("sound settings");
    run.check_properties(false);
    run.run_until(Instant(20_000_000));
    let view = view(&run);
    let shown = drawn(&view, 0, 20_000_000, 20_000_000, &Filter::default());
    let drawn = figures(&shown);
    let many = |figure: &&Figure| match figure {
        Figure::Lines { segments, .. } => segments.len() > 1,
        _ => false,
    };
    let lines = drawn.plot.iter().filter(many);
    assert!(shown.lines.len() > 1_000, "{} lines", shown.lines.len());
    assert!(lines.count() < 60);
}
