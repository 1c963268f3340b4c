//! The tab "Data" without a browser: rows, squares, Stat side by side, the sentences that say why
//! servers differ, sessions. A run is driven as a person drives the page; what is seen is compared.

use std::rc::Rc;

use zabscope::scenario::Scenario;
use zabscope::sim::Settings;
use zabscope::text::{Language, Text};
use zabscope::types::{ServerId, Span};
use zabscope::view::{
    DataForm, Folds, Forest, SquareState, TreeStep, ZnodeRow, differing_paths, outline, scroll_to,
    show, tree_lag, window, znode_detail,
};
use zabscope::viewer::{Action, Speed, Viewer};

fn opened(servers: u8) -> Viewer {
    let scenario = Scenario::new(Settings::with_servers(servers), 1);
    let mut viewer = Viewer::open(&scenario).expect("a sound scenario");
    viewer.run_until_healthy();
    viewer.apply(&Action::SetSpeed(Speed::at(8)));
    viewer
}

fn forest(viewer: &Viewer) -> Forest {
    show::forest(viewer, &show::stage(viewer))
}

/// Plays until the trees are as `wanted` says.
fn play_until(viewer: &mut Viewer, wanted: impl Fn(&Forest) -> bool) -> Forest {
    for _ in 0..3_000 {
        let forest = forest(viewer);
        if wanted(&forest) {
            return forest;
        }
        viewer.advance(Span::millis(50));
    }
    panic!("the trees never came to be as wanted");
}

fn rows(forest: &Forest, only: Option<ServerId>, folds: &Folds) -> Vec<ZnodeRow> {
    let outline = outline(forest, only, folds);
    outline.rows(forest, 0..outline.len())
}

fn row(forest: &Forest, path: &str) -> Option<ZnodeRow> {
    rows(forest, None, &Folds::default()).into_iter().find(|row| &*row.path == path)
}

fn said(forest: &Forest) -> Vec<String> {
    let text = Text::new(Language::English);
    tree_lag(forest).iter().map(|phrase| text.say(phrase)).collect()
}

fn states(row: &ZnodeRow) -> Vec<&'static str> {
    row.squares.iter().map(|square| square.state.name()).collect()
}

fn everywhere(path: &'static str) -> impl Fn(&Forest) -> bool {
    move |forest| {
        row(forest, path)
            .is_some_and(|row| row.squares.iter().all(|square| square.state == SquareState::Same))
    }
}

#[test]
fn a_fresh_ensemble_shows_zookeepers_own_znodes_closed() {
    let forest = forest(&opened(5));
    let rows = rows(&forest, None, &Folds::default());
    let shown: Vec<_> = rows.iter().map(|row| (&*row.path, row.level, row.open)).collect();
    assert_eq!(shown, [("/", 1, Some(true)), ("/zookeeper", 2, Some(false))]);
    assert!(rows.iter().all(|row| !row.differs && row.squares.len() == 5));
    assert_eq!(said(&forest).len(), 1, "all is equal: {:?}", said(&forest));
    assert!(said(&forest)[0].starts_with("All five trees are equal, up to "));
}

#[test]
fn opening_and_closing_changes_the_rows() {
    let forest = forest(&opened(3));
    let check = |changes: &[(&str, bool)], expected: &[&str]| {
        let mut folds = Folds::default();
        changes.iter().for_each(|&(path, open)| folds.set(path, open));
        let rows = rows(&forest, None, &folds);
        let paths: Vec<&str> = rows.iter().map(|row| &*row.path).collect();
        assert_eq!(paths, expected, "{changes:?}");
    };
    check(&[("/zookeeper", true)], &["/", "/zookeeper", "/zookeeper/config", "/zookeeper/quota"]);
    check(&[("/", false), ("/zookeeper", true)], &["/"]);
    let mut folds = Folds::default();
    folds.reveal("/zookeeper/quota");
    let outline = outline(&forest, None, &folds);
    assert_eq!(outline.find("/zookeeper/quota"), Some(3));
    assert_eq!(outline.find("/zookeeper/none"), None);
    assert_eq!(outline.path(3).as_deref(), Some("/zookeeper/quota"));
}

#[test]
fn the_keys_of_a_tree_move_through_it() {
    let forest = forest(&opened(3));
    let mut folds = Folds::default();
    folds.set("/zookeeper", true);
    let outline = outline(&forest, None, &folds);
    let to = |path: &str| Some(TreeStep::To(path.into()));
    let check = |from: usize, key, expected| {
        assert_eq!(outline.step(&forest, from, key), expected, "{key} from {from}");
    };
    check(0, "ArrowDown", to("/zookeeper"));
    check(3, "ArrowDown", to("/zookeeper/quota"));
    check(1, "ArrowUp", to("/"));
    check(1, "End", to("/zookeeper/quota"));
    check(3, "Home", to("/"));
    check(1, "ArrowRight", to("/zookeeper/config"));
    check(1, "ArrowLeft", Some(TreeStep::Fold("/zookeeper".into(), false)));
    check(2, "ArrowLeft", to("/zookeeper"));
    check(2, "ArrowRight", None);
    check(0, "x", None);
}

#[test]
fn only_the_rows_in_sight_are_made() {
    assert_eq!(window(0.0, 280.0, 28.0, 10_000), 0..17);
    assert_eq!(window(2_800.0, 280.0, 28.0, 10_000), 94..117);
    assert_eq!(window(279_720.0, 280.0, 28.0, 10_000), 9_984..10_000);
    assert_eq!(window(0.0, 280.0, 28.0, 3), 0..3);
    assert_eq!(window(99_999.0, 280.0, 28.0, 3), 3..3);
    assert_eq!(window(0.0, 280.0, 0.0, 3), 0..0);
    assert_eq!(scroll_to(2, 0.0, 280.0, 28.0), None);
    assert_eq!(scroll_to(10, 0.0, 280.0, 28.0), Some(28.0));
    assert_eq!(scroll_to(2, 100.0, 280.0, 28.0), Some(56.0));
}

/// A write is seen to reach one tree after the other, and what it changed is marked.
#[test]
fn a_write_reaches_one_tree_after_the_other() {
    let mut viewer = opened(5);
    viewer.apply(&Action::SetSpeed(Speed::at(0)));
    viewer.apply(&Action::SendWrite);
    let some = play_until(&mut viewer, |forest| row(forest, "/config").is_some());
    let config = row(&some, "/config").expect("it has just been seen");
    assert!(config.differs && config.fresh);
    let newer = config.squares.iter().find(|square| square.fresh).expect("who applied it");
    assert!(matches!(newer.state, SquareState::Newer(_)), "{:?}", newer.state);
    assert_eq!(states(&config).iter().filter(|state| **state == "absent").count(), 4);
    assert!(said(&some).iter().any(|line| line.contains("stale")), "{:?}", said(&some));
    let detail = znode_detail(&some, "/config", None, DataForm::Text).expect("it is somewhere");
    assert_eq!(detail.columns.len(), 2);
    assert_eq!(detail.columns[0], [newer.server], "who has it comes first");
    let text = Text::new(Language::English);
    let why = text.say(&detail.why.expect("servers differ"));
    assert!(why.starts_with(&format!("{} have it by", newer.server)), "{why}");
    play_until(&mut viewer, everywhere("/config"));
}

#[test]
fn stat_data_and_acl_stand_side_by_side() {
    let mut viewer = opened(3);
    viewer.apply(&Action::SendWrite);
    let all = play_until(&mut viewer, everywhere("/config"));
    let cells = |form| {
        let detail = znode_detail(&all, "/config", None, form).expect("it is everywhere");
        assert_eq!(detail.columns, [[1, 2, 3].map(ServerId).to_vec()]);
        assert!(detail.why.is_none());
        let shown = detail.rows.iter().map(|row| format!("{:?} {:?}", row.label, row.cells));
        shown.collect::<Vec<_>>()
    };
    let text = cells(DataForm::Text);
    let has = |part: &str| assert!(text.iter().any(|row| row.contains(part)), "{part}: {text:?}");
    has("“v1”");
    has("world:anyone cdrwa");
    has("\"version\") [Name(\"0\")]");
    assert!(cells(DataForm::Hex)[0].contains("76 31"), "{:?}", cells(DataForm::Hex)[0]);
}

/// A leader left with a minority keeps its tree, and it is said why.
#[test]
fn a_minority_leader_is_named_as_the_reason() {
    let mut viewer = opened(5);
    viewer.apply(&Action::SendWrite);
    play_until(&mut viewer, everywhere("/config"));
    let old = viewer.world().ensemble().serving_leader().expect("a leader");
    viewer.apply(&Action::IsolateLeader);
    let other = |viewer: &Viewer| viewer.world().ensemble().serving_leader() != Some(old);
    for _ in 0..3_000 {
        if other(&viewer) {
            break;
        }
        viewer.advance(Span::millis(50));
    }
    viewer.apply(&Action::SendWrite);
    let split = play_until(&mut viewer, |forest| {
        row(forest, "/config").is_some_and(|row| {
            row.squares.iter().filter(|square| square.state == SquareState::Older).count() == 1
        })
    });
    let config = row(&split, "/config").expect("it was there before");
    assert_eq!(config.squares[usize::from(old.0) - 1].state, SquareState::Older);
    let reason = said(&split);
    let named = |line: &String| {
        line.starts_with(&old.to_string())
            && (line.contains("no quorum") || line.contains("looking for a leader"))
    };
    assert!(reason.iter().any(named), "{reason:?}");
    assert!(differing_paths(&split, 10).contains(&Rc::from("/config")));
    let alone = rows(&split, Some(old), &Folds::default());
    assert!(alone.iter().any(|row| &*row.path == "/config"), "one tree can be looked at alone");
}

#[test]
fn a_server_without_power_has_no_tree() {
    let mut viewer = opened(3);
    viewer.apply(&Action::CrashOrRestart(ServerId(1)));
    let forest = forest(&viewer);
    let root = row(&forest, "/").expect("the others have it");
    assert_eq!(states(&root), ["down", "same", "same"]);
    assert!(said(&forest).iter().any(|line| line.starts_with("S1 has no power")));
}

#[test]
fn sessions_are_counted_by_the_leader() {
    let mut viewer = opened(5);
    let sessions = show::sessions(&viewer);
    assert_eq!(sessions.leader, viewer.world().ensemble().serving_leader());
    let first = sessions.rows.first().expect("the page opens with a client");
    assert!(first.client.is_some() && first.server.is_some());
    let countdown = first.life.countdown().expect("the leader counts");
    assert!(countdown.until > viewer.now());
    viewer.apply(&Action::CrashLeader);
    let orphaned = show::sessions(&viewer);
    assert_eq!(orphaned.leader, None);
    assert!(orphaned.rows.iter().all(|row| row.life.countdown().is_none()));
}
