//! The order's side: transactions take their places in it.

use std::sync::Arc;

use super::history::{Operation, Settled};
use super::order::Outcome;
use super::{Commit, Guarantees, Point, replicas, unknown_outcome, versions};
use crate::api::{Op, OpClass};
use crate::check::moment::Moment;
use crate::store::Action;
use crate::types::{Epoch, ServerId, Txn, TxnBody, Zxid};

impl Guarantees {
    /// A server has committed something new.
    pub(super) fn committed(&mut self, server: ServerId, zxid: Zxid, moment: &mut Moment<'_>) {
        for txn in self.order.news(server, zxid, moment.world) {
            self.order_next(&txn, moment);
        }
        self.order.prune(moment.world);
    }

    fn order_next(&mut self, txn: &Txn, moment: &mut Moment<'_>) {
        let client = self.histories.owner(txn.session).filter(|_| txn.cxid > 0);
        let operation = client.and_then(|client| self.histories.find(client, txn.cxid).cloned());
        let identities = operation.as_ref().map(|operation| Arc::clone(&operation.identities));
        let identities = identities.unwrap_or_default();
        let action = action_of(txn, operation.as_deref());
        let expected = action.and_then(|action| self.order.prepare(txn, identities, action));
        let point = Point { zxid: txn.zxid, event: moment.event };
        let Outcome { result, changes } = self.order.apply(txn, moment.event, moment.world.now());
        let (before, after) = self.order.last_two();
        let commit = Commit {
            txn,
            point,
            asker: client.zip(operation.as_deref()),
            expected: expected.as_ref(),
            previous: before.point(),
            before: &before.database,
            after: &after.database,
            changes: &changes,
        };
        self.linearizable_writes.committed(&commit, moment);
        self.fifo_client_order.committed(&commit, moment);
        self.atomicity.committed(&commit, moment);
        unknown_outcome::committed(&commit, moment);
        self.ephemeral_owners.committed(&commit, moment);
        self.sequence_numbers.committed(&commit, moment);
        versions::committed(&commit, moment);
        let asker = commit.asker.filter(|(_, operation)| operation.settled.is_none());
        let client = asker.map(|(client, _)| client);
        // The history's own copy is changed: it should be the only one.
        drop(operation);
        if let Some(client) = client {
            self.histories.settle(client, txn.cxid, Settled { point, result });
        }
    }

    /// A new leader's initial history is committed, all of it.
    pub(super) fn established(
        &mut self,
        server: ServerId,
        epoch: Epoch,
        initial_last: Zxid,
        moment: &mut Moment<'_>,
    ) {
        self.committed(server, initial_last, moment);
        let process = moment.world.ensemble().server(server).and_then(|found| found.process());
        if self.order.last() < initial_last
            && initial_last.counter > 0
            && let Some(process) = process
        {
            let now = moment.world.now();
            self.order.adopt(process.database(), initial_last, moment.event, now);
        }
        self.linearizable_writes.established(epoch);
        self.durability.established(server, epoch, initial_last, moment);
        replicas::changed(server, &self.order, moment);
    }
}

/// What was asked for, where that is known.
fn action_of(txn: &Txn, operation: Option<&Operation>) -> Option<Action> {
    match &txn.body {
        TxnBody::CreateSession { timeout } => {
            return Some(Action::CreateSession { timeout: *timeout });
        }
        TxnBody::DeleteContainer { path } => {
            return Some(Action::DeleteContainer { path: path.clone() });
        }
        _ => (),
    }
    match operation {
        Some(operation) if operation.op.class() == OpClass::Write => {
            Some(Action::Op(operation.op.clone()))
        }
        // Of an expired session, by the leader itself.
        None if matches!(txn.body, TxnBody::CloseSession { .. }) => {
            Some(Action::Op(Op::CloseSession))
        }
        _ => None,
    }
}
