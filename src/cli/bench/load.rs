//! The work: five servers, and one client of the leader that keeps a window of writes full.

use std::sync::Arc;

use crate::api::{ANY_VERSION, CreateMode, Op};
use crate::ensemble::ClientCommand;
use crate::run::Run;
use crate::scenario::Scenario;
use crate::sim::{Command, Settings};
use crate::types::{Bytes, ClientId, Instant, PathText, ServerId, Span};

/// What is done with each event of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Watch {
    /// Whether the trace is kept and hashed.
    pub trace: bool,
    /// Whether all properties are checked.
    pub properties: bool,
}

/// How far the work has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Writes that the client was told to be committed.
    pub committed: u32,
    /// Events of the run.
    pub events: u64,
    /// Packets that were sent, the client's included.
    pub messages: u32,
    /// The simulated instant.
    pub at: Instant,
}

/// A write takes a commit step's delay where the window is wide, and a round trip otherwise.
const LONGEST: Span = Span::millis(20);

/// An ensemble under full load: every transaction is proposed, acknowledged and committed by
/// messages of its own.
#[derive(Clone, Debug)]
pub struct Load {
    run: Run,
    window: u32,
    path: PathText,
    data: Bytes,
    asked: u32,
}

const PATH: &str = "/bench";
const CLIENT: ClientId = ClientId(1);

/// With empty histories the highest id wins.
const LEADER: ServerId = ServerId(5);

/// Between two looks at what was answered: the window is never more than a few writes from full.
const LOOK: Span = Span::millis(1);

impl Load {
    /// An ensemble that serves, with the page's default settings, and an empty znode to write to.
    ///
    /// # Panics
    /// If it does not serve within a simulated second.
    pub fn new(watch: Watch, window: u32, bytes: u32) -> Load {
        let settings = Settings { clients: vec![LEADER], ..Settings::default() };
        let scenario = Scenario::new(settings, 1);
        let mut run = Run::new(&scenario).expect("the default settings are sound");
        run.record_trace(watch.trace);
        run.check_properties(watch.properties);
        let data: Bytes = std::iter::repeat_n(b'x', bytes as usize).collect();
        let mut load = Load { run, window, path: PATH.into(), data, asked: 0 };
        load.run.run_until(Instant(1_000_000));
        load.ask(Op::create(PATH, "", CreateMode::Persistent));
        load.run.run_until(Instant(2_000_000));
        assert_eq!(load.answered(), 1, "the ensemble serves after a second");
        load
    }

    /// Commits so many writes more.
    ///
    /// # Panics
    /// If the ensemble does not get on: nothing disturbs it.
    pub fn commit(&mut self, count: u32) {
        let target = self.asked + count;
        let deadline = self.run.now() + LONGEST * u64::from(count + 1_000);
        while self.answered() < target {
            let room = self.window - (self.asked - self.answered());
            for _ in 0..room.min(target - self.asked) {
                let data = Some(Arc::clone(&self.data));
                let path = Arc::clone(&self.path);
                self.ask(Op::SetData { path, data, version: ANY_VERSION });
            }
            self.run.run_until(self.run.now() + LOOK);
            assert!(!self.run.is_stopped(), "a correct ensemble keeps every property");
            assert!(self.run.now() < deadline, "an undisturbed ensemble answers");
        }
    }

    /// The run so far.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let world = self.run.world();
        Progress {
            committed: self.answered(),
            events: world.next_event().number() - 1,
            messages: world.ensemble().connections().packets_sent(),
            at: world.now(),
        }
    }

    fn ask(&mut self, op: Op) {
        self.asked += 1;
        let what = ClientCommand::Submit(op);
        self.run.command(Command::Client { client: CLIENT, what });
    }

    /// How many writes were answered: each takes one zxid, and so did the session.
    fn answered(&self) -> u32 {
        let client = self.run.world().ensemble().client(CLIENT);
        client.map_or(0, |host| host.client().last_zxid_seen().counter.saturating_sub(1))
    }
}
