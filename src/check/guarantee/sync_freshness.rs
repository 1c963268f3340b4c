//! G5 *SyncFreshness*: behind an answered sync, a client's next read shows all that the leader that
//! answered had committed when it processed the sync.
//!
//! That leader may be one no more: nobody asks a quorum for a sync, so what a newer leader has
//! committed may be missing (ZOOKEEPER-1675). Only a write is sure to find out.
//!
//! A leader answers the syncs of its own clients like a read, from its tree, without waiting for
//! its commit step (fact sheet on the protocol, §4.7: `CommitProcessor.needCommit` is false for
//! them). So for those clients the promise is what it has applied; what is committed and still
//! waits for its commit step may be missing. The finding is about ZooKeeper: worded without the
//! difference, the guarantee is broken by a correct run (`tests/guarantees` has it).

use imbl::OrdMap;

use super::{Answer, ClientFact, PerClient, Point};
use crate::api::OpClass;
use crate::check::moment::Moment;
use crate::check::{PropertyName, Witness};
use crate::types::{ClientId, ServerId, Zxid};

const NAME: PropertyName = PropertyName::SyncFreshness;

#[derive(Clone, Debug, Default)]
pub(super) struct SyncFreshness {
    /// Processed by a leader, not answered yet.
    processed: OrdMap<(ClientId, i32), Processed>,
    /// Answered, and no read since.
    answered: PerClient<Option<Processed>>,
}

#[derive(Clone, Copy, Debug)]
struct Processed {
    server: ServerId,
    /// What that leader had committed then, and the event of the processing.
    point: Point,
}

impl SyncFreshness {
    /// A leader processes a sync, and has committed up to `point`.
    pub fn processed(&mut self, client: ClientId, xid: i32, server: ServerId, point: Point) {
        self.processed.insert((client, xid), Processed { server, point });
    }

    /// It will never be answered.
    pub fn lost(&mut self, client: ClientId, xid: i32) {
        if !self.processed.is_empty() {
            self.processed.remove(&(client, xid));
        }
    }

    /// The client has a new session.
    pub fn session_begins(&mut self, client: ClientId) {
        *self.answered.entry(client) = None;
    }

    pub fn told(&mut self, answer: &Answer, moment: &mut Moment<'_>) {
        let client = answer.client;
        match answer.operation.op.class() {
            OpClass::Sync if answer.result.is_ok() => {
                let processed = self.processed.remove(&(client, answer.operation.xid));
                *self.answered.entry(client) = processed;
            }
            OpClass::Sync => self.lost(client, answer.operation.xid),
            OpClass::Read => {
                let Some(Some(sync)) = self.answered.find(client).copied() else { return };
                *self.answered.entry(client) = None;
                let holds = answer.zxid >= sync.point.zxid;
                moment.judge(NAME, holds, |_| (Some(sync.witness(client)), answer.fact()));
            }
            OpClass::Write => (),
        }
    }
}

impl Processed {
    fn witness(self, client: ClientId) -> Witness {
        let Processed { server, point: Point { zxid, event } } = self;
        Witness { event, fact: ClientFact::SyncProcessed { server, client, zxid }.into() }
    }
}

/// What a leader promises to have shown to a client of its own (`applied`) or of a learner.
pub(super) fn promised(is_own: bool, committed: Zxid, applied: Zxid) -> Zxid {
    if is_own { applied } else { committed }
}
