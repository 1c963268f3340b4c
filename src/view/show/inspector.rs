//! The panel of what is selected.

use std::rc::Rc;

use crate::ensemble::{Endpoint, Segment};
use crate::server::{Packet, Server};
use crate::sim::PacketInFlight;
use crate::text::{Key, Phrase};
use crate::types::{Epoch, Instant, ServerId, SessionId, Span};
use crate::view::{
    Cell, FlightId, Headline, Icon, InspectorView, ItemAct, Label, Row, Section, Selection,
    ServerView, StageView, Table, Value, packet_name,
};
use crate::viewer::{self, Viewer};
use crate::zab::{Inform, LearnerProgress, Message, Peer, Phase, Proposal, RoleName};

use super::flights::drawing;
use super::why::event_panel;

/// Everything known of what is selected; `None` where nothing is, or it is there no more.
pub fn inspector(viewer: &Viewer, stage: &StageView) -> Option<InspectorView> {
    match viewer.selection()? {
        viewer::Selection::Server(id) => {
            let server = viewer.world().ensemble().server(id)?;
            Some(server_panel(viewer, server, stage.server(id)?))
        }
        viewer::Selection::Event(event) => event_panel(viewer, event),
        viewer::Selection::Packet(id) => {
            let mut packets = viewer.world().packets();
            let packet = packets.find(|packet| packet.packet == id)?;
            message_panel(viewer, &packet)
        }
    }
}

fn server_panel(viewer: &Viewer, server: &Server, view: &ServerView) -> InspectorView {
    let id = server.id();
    let mut acts = vec![ItemAct::Power { server: id, on: view.running().is_some() }];
    if let Some(running) = view.running() {
        acts.push(ItemAct::Pause { server: id, paused: running.paused });
        acts.push(ItemAct::Isolate { server: id });
    }
    let mut sections = vec![Section::Pairs(state(viewer, server, view))];
    if let Some(process) = server.process() {
        sections.extend(role_sections(viewer, process.peer(), view));
        sections.extend(sessions(server));
    }
    InspectorView {
        selection: Selection::Server(id),
        headline: Headline {
            icon: Icon::Server(view.shape()),
            epoch: view.epoch(),
            name: id.to_string().into(),
            role: Some(view.status().into()),
            line: match view.running() {
                None => Key::InspectCrashed.into(),
                Some(running) => Phrase::new(Key::InspectPhaseEpoch)
                    .with("phase", station(running.phase))
                    .with("epoch", view.epoch()),
            },
        },
        acts,
        sections,
    }
}

fn state(viewer: &Viewer, server: &Server, view: &ServerView) -> Vec<Row> {
    let durable = server.disk().durable();
    let mut rows = vec![
        Row::named("acceptedEpoch", Value::Epoch(durable.accepted_epoch)),
        Row::named("currentEpoch", Value::Epoch(durable.current_epoch)),
        Row::keyed(Key::InspectLogged, Value::Zxid(view.last_zxid)),
        Row::keyed(Key::InspectOnDisk, Value::Zxid(durable.last_zxid())),
    ];
    if view.running().is_some() {
        rows.push(Row::named("lastProcessedZxid", Value::Zxid(view.applied)));
        let known = viewer.logs().known_committed(server.id());
        rows.push(Row::keyed(Key::InspectCommitted, Value::Zxid(known)));
        let writes = server.disk().flushing().len() + server.disk().waiting().len();
        rows.push(Row::keyed(Key::InspectWrites, Value::name(writes)));
    }
    rows
}

fn role_sections(viewer: &Viewer, peer: &Peer, view: &ServerView) -> Vec<Section> {
    match peer.role_name() {
        RoleName::Looking => {
            vec![ballots(peer), Section::Remark(Key::InspectVotesRemark.into())]
        }
        RoleName::Following | RoleName::Observing => {
            vec![Section::Pairs(leader_rows(viewer, peer, view))]
        }
        RoleName::Leading => vec![learners(peer)],
    }
}

fn ballots(peer: &Peer) -> Section {
    let own = peer.vote();
    let row = |(from, ballot): (ServerId, crate::zab::Ballot)| {
        let agrees = ballot.vote == own && ballot.round == peer.round();
        vec![
            Cell::from(Value::name(from)),
            Value::name(ballot.vote.leader).into(),
            Value::Epoch(ballot.vote.peer_epoch).into(),
            Value::Zxid(ballot.vote.zxid).into(),
            Cell { value: if agrees { Value::name(1) } else { Value::Absent }, strong: agrees },
        ]
    };
    Section::Table(Table {
        title: Phrase::new(Key::InspectVotes).with("round", peer.round()),
        head: vec![
            Label::Key(Key::InspectFrom),
            Label::Key(Key::InspectVote),
            Label::Name("epoch"),
            Label::Name("zxid"),
            Label::Key(Key::InspectAgrees),
        ],
        rows: peer.ballots().map(row).collect(),
    })
}

fn leader_rows(viewer: &Viewer, peer: &Peer, view: &ServerView) -> Vec<Row> {
    let countdown = view.running().and_then(|running| running.countdown);
    let left = countdown.map(|countdown| countdown.until.since(viewer.world().now()));
    let leader = peer.leader().map_or(Value::Absent, Value::name);
    vec![
        Row::keyed(Key::InspectLeader, leader),
        Row::keyed(Key::InspectGivesUp, left.map_or(Value::Absent, whole_millis)),
    ]
}

/// Finer than a millisecond it could not be read while it runs out.
fn whole_millis(span: Span) -> Value {
    Value::name(Span::millis(span.as_millis()))
}

fn learners(peer: &Peer) -> Section {
    let row = |learner: crate::zab::LearnerView| {
        vec![
            Cell::from(Value::name(learner.server)),
            Value::Phrase(progress(learner.progress).into()).into(),
            if learner.acked.counter == 0 { Value::Absent } else { Value::Zxid(learner.acked) }
                .into(),
            Value::name(learner.ticks_left).into(),
        ]
    };
    let mut learners = peer.learners();
    learners.sort_by_key(|learner| learner.server);
    Section::Table(Table {
        title: Key::InspectLearners.into(),
        head: vec![
            Label::Key(Key::InspectLearner),
            Label::Key(Key::InspectPhase),
            Label::Key(Key::InspectAcked),
            Label::Key(Key::InspectTicksLeft),
        ],
        rows: learners.into_iter().map(row).collect(),
    })
}

fn progress(progress: LearnerProgress) -> Key {
    match progress {
        LearnerProgress::Connected | LearnerProgress::Discovery => Key::StationDiscovery,
        LearnerProgress::Synchronization => Key::StationSynchronization,
        LearnerProgress::Broadcast => Key::StationBroadcast,
    }
}

fn station(phase: Phase) -> Key {
    match phase {
        Phase::Election => Key::StationElection,
        Phase::Discovery => Key::StationDiscovery,
        Phase::Synchronization => Key::StationSynchronization,
        Phase::Broadcast => Key::StationBroadcast,
    }
}

fn sessions(server: &Server) -> Option<Section> {
    let process = server.process()?;
    let connected = |session: SessionId| process.clients().connection_of(session).is_some();
    let row = |(&session, &timeout): (&SessionId, &Span)| {
        vec![
            Cell { value: Value::name(session), strong: connected(session) },
            Value::name(timeout).into(),
        ]
    };
    let rows: Vec<Vec<Cell>> = process.database().sessions.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        Section::Table(Table {
            title: Key::InspectSessions.into(),
            head: vec![Label::Name("id"), Label::Key(Key::InspectTimeout)],
            rows,
        })
    })
}

fn message_panel(viewer: &Viewer, packet: &PacketInFlight<'_>) -> Option<InspectorView> {
    let Segment::Packet(content) = packet.segment else { return None };
    let (glyph, label, epoch) = drawing(viewer, packet.from, content);
    let way = |key| {
        Phrase::new(key).with("from", packet.from.to_string()).with("to", packet.to.to_string())
    };
    let line = match packet.arrives_at {
        Some(arrives) => {
            way(Key::InspectWay).with("percent", percent(packet.sent_at, arrives, viewer.now()))
        }
        None => way(Key::InspectWayHeld),
    };
    Some(InspectorView {
        selection: Selection::Message(FlightId(packet.packet.0.into())),
        headline: Headline {
            icon: Icon::Message(glyph, label),
            epoch,
            name: packet_name(content).into(),
            role: None,
            line,
        },
        acts: Vec::new(),
        sections: vec![
            Section::Pairs(fields(packet, content)),
            queue(viewer, packet),
            Section::Remark(Key::InspectTcp.into()),
        ],
    })
}

fn percent(sent: Instant, arrives: Instant, now: Instant) -> u64 {
    let whole = arrives.since(sent).0.max(1);
    (now.since(sent).0 * 100 / whole).min(100)
}

fn fields(packet: &PacketInFlight<'_>, content: &Packet) -> Vec<Row> {
    let mut rows = vec![Row::named("type", Value::name(content.name()))];
    if let Packet::Quorum { message, .. } = content {
        rows.extend(message_fields(message));
    }
    let seconds = |instant: Instant| Value::name(format!("{instant} s"));
    rows.push(Row::keyed(Key::InspectSent, seconds(packet.sent_at)));
    rows.push(Row::keyed(Key::InspectArrives, packet.arrives_at.map_or(Value::Absent, seconds)));
    rows
}

fn message_fields(message: &Message) -> Vec<Row> {
    let epoch = |name, epoch: Epoch| Row::named(name, Value::Epoch(epoch));
    let zxid = |zxid| Row::named("zxid", Value::Zxid(zxid));
    match message {
        Message::Notification(notification) => vec![
            Row::named("state", Value::name(notification.state.name())),
            Row::named("leader", Value::name(notification.vote.leader)),
            zxid(notification.vote.zxid),
            Row::named("electionEpoch", Value::name(notification.round)),
            epoch("peerEpoch", notification.vote.peer_epoch),
        ],
        Message::FollowerInfo(info) => vec![epoch("acceptedEpoch", info.accepted_epoch)],
        Message::ObserverInfo(info) => vec![epoch("acceptedEpoch", info.accepted_epoch)],
        Message::LeaderInfo(info) => vec![epoch("newEpoch", info.epoch)],
        Message::AckEpoch(ack) => vec![
            if ack.data_missing {
                Row::named("zxid", Value::name(-1))
            } else {
                zxid(ack.last_zxid)
            },
            Row::named("currentEpoch", ack.current_epoch.map_or(Value::name(-1), Value::Epoch)),
        ],
        Message::Diff(diff) => vec![zxid(diff.zxid)],
        Message::Trunc(trunc) => vec![zxid(trunc.zxid)],
        Message::Snap(snap) => vec![zxid(snap.zxid)],
        Message::NewLeader(new_leader) => vec![epoch("epoch", new_leader.epoch)],
        Message::UpToDate(_) => Vec::new(),
        Message::Proposal(Proposal { txn }) | Message::Inform(Inform { txn }) => vec![
            zxid(txn.zxid),
            Row::named("session", Value::name(txn.session)),
            Row::named("cxid", Value::name(txn.cxid)),
        ],
        Message::Ack(ack) => vec![zxid(ack.zxid)],
        Message::Commit(commit) => vec![zxid(commit.zxid)],
        Message::Ping(ping) => vec![zxid(ping.zxid)],
    }
}

/// What travels on the same way of the same connection, first in, first out.
fn queue(viewer: &Viewer, packet: &PacketInFlight<'_>) -> Section {
    let same = |other: &PacketInFlight<'_>| {
        other.connection == packet.connection && other.direction == packet.direction
    };
    let row = |other: PacketInFlight<'_>| {
        let Segment::Packet(content) = other.segment else { return None };
        let arrives = other.arrives_at.map(|at| format!("{at} s"));
        let name: Rc<str> = packet_name(content).into();
        Some(vec![
            Cell { value: Value::Name(name), strong: other.packet == packet.packet },
            arrives.map_or(Value::Absent, Value::name).into(),
        ])
    };
    let (from, to): (Endpoint, Endpoint) = (packet.from, packet.to);
    Section::Table(Table {
        title: Phrase::new(Key::InspectChannel)
            .with("from", from.to_string())
            .with("to", to.to_string()),
        head: vec![Label::Key(Key::InspectMessage), Label::Key(Key::InspectArrives)],
        rows: viewer.world().packets().filter(same).filter_map(row).collect(),
    })
}
