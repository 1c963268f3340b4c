//! G11 *Replicas*: a server whose tree reaches up to a committed transaction has the tree that all
//! transactions up to it make, one behind the other.
//!
//! So all servers at the same zxid have equal trees, and equal to the one that answers are measured
//! by. Compared are digests and the number of sessions, whenever a server applies a transaction and
//! when it begins to serve; ReplicaEquality looks further, at what is not committed too.

use super::ClientFact;
use super::order::Order;
use crate::check::moment::Moment;
use crate::check::{Fact, PropertyName, Witness};
use crate::types::ServerId;

const NAME: PropertyName = PropertyName::Replicas;

/// A server's tree has changed, or begins to be shown.
pub(super) fn changed(server: ServerId, order: &Order, moment: &mut Moment<'_>) {
    let process = moment.world.ensemble().server(server).and_then(|found| found.process());
    let Some(process) = process else { return };
    let database = process.database();
    let reached = database.last_processed();
    let Some(state) = order.state(reached) else { return };
    // A leader's (e,0) is no transaction: its tree is the one before.
    if state.zxid != reached && reached.counter != 0 {
        return;
    }
    let (found, expected) = (&database.tree, &state.database.tree);
    let sessions = database.sessions.len();
    let holds = found.digest() == expected.digest() && sessions == state.database.sessions.len();
    moment.judge(NAME, holds, |_| {
        let expected = ClientFact::State { zxid: state.zxid, digest: expected.digest() };
        let earlier = Witness { event: state.event, fact: expected.into() };
        let (digest, sessions) = (found.digest(), sessions as u32);
        (Some(earlier), Fact::Replica { server, zxid: reached, digest, sessions })
    });
}
