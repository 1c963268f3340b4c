//! One simulated server: a disk, and as long as it runs a process with a peer, a tree and clients.
//!
//! What ZooKeeper does in threads of their own are steps of their own here, which something outside
//! decides to take: the log step (`SyncRequestProcessor`), the commit step (`CommitProcessor`) and
//! the end of a flush. So "received", "logged", "committed" and "applied" are different moments.
//!
//! ```text
//!  client ─▶ request ─▶ follower: REQUEST ─▶ leader: prepare ─▶ propose ─▶ peer ─▶ PROPOSAL …
//!     ▲                                                                     │
//!     └── reply ◀─ commit step ◀─ COMMIT ◀─ peer ◀─ flush ◀─ log step ◀─────┘
//! ```
//!
//! The folder ends at the connections: a server hands out [`Effect`]s and does not know how packets
//! travel, what time is, or who its clients are. Source: the fact sheet on the protocol, §4, and
//! the one on the store, §7.

mod client_link;
mod contents;
mod disk;
mod effect;
mod following;
mod leading;
mod note;
mod packet;
mod process;
mod request;

use std::sync::Arc;

pub use client_link::{Awaited, ClientLink, ClientLinks, Waiting};
pub use contents::{Contents, ZxidRange};
pub use disk::{Disk, DiskFault, Pending};
pub use effect::{Effect, Outbox, Timer};
pub use following::Following;
pub use leading::Leading;
pub use note::{Note, OpBrief};
pub use packet::{Cargo, Forwarded, Packet};
pub use process::{Commit, Process, Service};

use crate::store::{SessionLimits, StoreConfig};
use crate::types::{ConnectionId, ServerId, WallTime};
use crate::zab::{Channel, ExitReason, LoadError, ProtocolConfig};

/// What every server of an ensemble is configured with.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Config {
    /// The protocol's part.
    pub protocol: Arc<ProtocolConfig>,
    /// Between which bounds clients choose their session timeout.
    pub session_limits: SessionLimits,
    /// The store's part.
    pub store: StoreConfig,
    /// Whether a server that finds nothing on its disk takes that for right
    /// (`zookeeper.db.autocreate`). Where it does not, an operator has put the file `initialize` on
    /// every new disk.
    pub autocreate: bool,
}

/// One simulated server.
#[derive(Clone, Hash, Debug)]
pub struct Server {
    id: ServerId,
    config: Arc<Config>,
    disk: Disk,
    status: Status,
}

/// Whether a server's process runs.
#[derive(Clone, Hash, Debug)]
pub enum Status {
    /// It was ended from outside.
    Crashed,
    /// It has ended by itself.
    Exited {
        /// The exit code.
        code: u8,
        /// Why.
        reason: ExitReason,
    },
    /// It was never started.
    New,
    /// It is stopped, but its memory and its connections are there.
    Paused(Box<Process>),
    /// What is on its disk contradicts itself.
    Refused(LoadError),
    /// It runs.
    Running(Box<Process>),
}

/// What can happen to a running process.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// A connection that it dialled is open.
    Connected(ConnectionId),
    /// A connection is gone.
    Closed(ConnectionId),
    /// It was called by a client.
    DialledByClient(ConnectionId),
    /// It was called by a server.
    Dialled {
        /// The connection.
        connection: ConnectionId,
        /// By whom.
        from: ServerId,
        /// What for.
        channel: Channel,
    },
    /// A timer ran out.
    Fired(Timer),
    /// The running flush is done.
    FlushFinished,
    /// A packet arrived.
    Received {
        /// On which connection.
        connection: ConnectionId,
        /// What.
        packet: Arc<Packet>,
    },
    /// The commit step's turn.
    RunCommit,
    /// The log step's turn.
    RunLog,
}

impl Server {
    /// A server with an empty disk that was never started.
    pub fn new(id: ServerId, config: Arc<Config>) -> Server {
        Server { id, config, disk: Disk::new(), status: Status::New }
    }

    /// Its id.
    pub fn id(&self) -> ServerId {
        self.id
    }

    /// What it is configured with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Its disk, which a crash leaves.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Whether and why it runs or does not.
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// Its process, running or paused.
    pub fn process(&self) -> Option<&Process> {
        match &self.status {
            Status::Paused(process) | Status::Running(process) => Some(process),
            Status::Crashed | Status::Exited { .. } | Status::New | Status::Refused(_) => None,
        }
    }

    /// Whether its process is paused.
    pub fn is_paused(&self) -> bool {
        matches!(self.status, Status::Paused(_))
    }

    /// Whether its process runs and is not paused.
    pub fn is_running(&self) -> bool {
        matches!(self.status, Status::Running(_))
    }

    /// Starts the process on what the disk holds; `clock` is the server's. A disk that contradicts
    /// itself makes it refuse.
    ///
    /// # Panics
    /// If it has a process.
    pub fn start(&mut self, clock: WallTime, outbox: &mut Outbox) {
        assert!(self.process().is_none(), "{} is started while it runs", self.id);
        let findings = self.disk.take_findings();
        if findings != disk::Findings::default() {
            let disk::Findings { torn, damaged } = findings;
            outbox.effects.push(Effect::Note(Note::DiskDamaged { torn, damaged }));
        }
        if let Err(why) = self.disk.durable().check() {
            outbox.effects.push(Effect::Note(Note::RefusedToStart { why }));
            self.status = Status::Refused(why);
            return;
        }
        self.disk.format_if_empty(self.config.autocreate);
        let process = Process::load(self.id, &self.config, &self.disk, clock, outbox);
        self.status = Status::Running(Box::new(process));
        self.with_process(clock, outbox, |step| step.feed(crate::zab::Input::Start));
    }

    /// Takes one thing that happens to the running process; `clock` is the server's.
    ///
    /// # Panics
    /// If the process does not run, or the step has nothing to do.
    pub fn step(&mut self, input: Input, clock: WallTime, outbox: &mut Outbox) {
        self.with_process(clock, outbox, |step| step.take(input));
    }

    /// Why it refused to start, if it did.
    pub fn refusal(&self) -> Option<LoadError> {
        match self.status {
            Status::Refused(why) => Some(why),
            _ => None,
        }
    }

    /// Repairs the disk as an operator would; the server stays down.
    ///
    /// # Panics
    /// If it did not refuse to start.
    pub fn repair(&mut self) {
        let why = self.refusal().expect("only a server that refused to start is repaired");
        self.disk.repair(why);
        self.status = Status::Crashed;
    }

    /// Puts a history on its disk, in place of what was there.
    ///
    /// # Panics
    /// If it has a process.
    pub fn put_disk(&mut self, contents: &Contents) {
        self.replace_disk(contents.disk());
    }

    /// Puts this disk in place of its own.
    ///
    /// # Panics
    /// If it has a process.
    pub fn replace_disk(&mut self, disk: Disk) {
        assert!(self.process().is_none(), "{} runs on its disk", self.id);
        self.disk = disk;
        if self.refusal().is_some() {
            self.status = Status::Crashed;
        }
    }

    /// Does this to its disk.
    ///
    /// # Panics
    /// If it has a process, and the fault is one that a process does not bear.
    pub fn suffer(&mut self, fault: DiskFault) {
        let is_down = self.process().is_none();
        assert!(is_down || !fault.needs_server_down(), "{} runs on its disk", self.id);
        self.disk.suffer(fault);
        if self.refusal().is_some() {
            self.status = Status::Crashed;
        }
    }

    /// Ends the process in the middle of a flush, of which the first `kept` records are on disk.
    /// Answers whether there was one.
    pub fn crash_torn(&mut self, kept: u32) -> bool {
        let had_process = self.process().is_some();
        if had_process {
            self.disk.crash_torn(kept);
            self.status = Status::Crashed;
        }
        had_process
    }

    /// Ends the process; what is not flushed is gone. Answers whether there was one.
    pub fn crash(&mut self) -> bool {
        let had_process = self.process().is_some();
        if had_process {
            self.disk.crash();
            self.status = Status::Crashed;
        }
        had_process
    }

    /// Stops the running process without ending it. Answers whether there was one.
    pub fn pause(&mut self) -> bool {
        match std::mem::replace(&mut self.status, Status::New) {
            Status::Running(process) => {
                self.status = Status::Paused(process);
                true
            }
            other => {
                self.status = other;
                false
            }
        }
    }

    /// Lets the paused process go on. Answers whether there was one.
    pub fn resume(&mut self) -> bool {
        match std::mem::replace(&mut self.status, Status::New) {
            Status::Paused(process) => {
                self.status = Status::Running(process);
                true
            }
            other => {
                self.status = other;
                false
            }
        }
    }

    fn with_process(
        &mut self,
        clock: WallTime,
        outbox: &mut Outbox,
        take: impl FnOnce(&mut process::Step),
    ) {
        let Server { id, ref config, ref mut disk, ref mut status } = *self;
        let Status::Running(process) = status else { panic!("{id} does not run") };
        let mut step = process::Step { id, config, disk, process, clock, outbox, exit: None };
        take(&mut step);
        if let Some((code, reason)) = step.exit {
            outbox.effects.push(Effect::Note(Note::Exited { code, reason }));
            outbox.effects.push(Effect::Ended);
            self.disk.crash();
            self.status = Status::Exited { code, reason };
        }
    }
}
