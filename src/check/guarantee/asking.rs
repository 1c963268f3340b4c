//! The clients' side: what they ask, and what they are told.

use std::sync::Arc;

use super::history::Operation;
use super::{Answer, ConsistentReads, Guarantees, Point, single_system_image, unknown_outcome};
use crate::api::{OpError, OpResult};
use crate::check::moment::Moment;
use crate::client;
use crate::types::{ClientId, Zxid};

impl Guarantees {
    /// A client reports.
    pub(super) fn client(
        &mut self,
        client: ClientId,
        note: &client::Note,
        moment: &mut Moment<'_>,
    ) {
        match note {
            client::Note::Asked { xid, op } => {
                let operation = Operation {
                    xid: *xid,
                    op: op.clone(),
                    asked: moment.event,
                    identities: Arc::default(),
                    answered_before: self.linearizable_writes.answered(),
                    settled: None,
                    is_unknown: false,
                };
                self.histories.asked(client, operation);
            }
            client::Note::Notified(event) => {
                let shown = self.histories.last(client);
                self.watch_order.notified(client, event, shown, moment);
            }
            client::Note::Refused { xid, .. } => {
                self.histories.close(client, *xid);
            }
            client::Note::SessionOpened { session, resumed, .. } => {
                self.histories.opened(client, *session, *resumed);
                if !resumed {
                    self.sync_freshness.session_begins(client);
                    self.watch_order.session_begins(client);
                }
            }
            client::Note::Told { xid, zxid, result } => {
                self.told((client, *xid), *zxid, result, moment);
            }
            client::Note::Unknown { xid } => {
                self.sync_freshness.lost(client, *xid);
                if let Some(operation) = self.histories.lose(client, *xid) {
                    unknown_outcome::lost(operation, moment);
                }
            }
            client::Note::SessionExpired { .. } | client::Note::StateChanged { .. } => (),
        }
    }

    fn told(
        &mut self,
        (client, xid): (ClientId, i32),
        zxid: Zxid,
        result: &Result<OpResult, OpError>,
        moment: &mut Moment<'_>,
    ) {
        let Some(operation) = self.histories.close(client, xid) else { return };
        // The answer to a proof of identity, or to what no server knows, comes from no state.
        if zxid == Zxid::ZERO || zxid == Zxid::UNKNOWN {
            return;
        }
        let previous = self.histories.last(client);
        let answer = Answer { client, operation: &operation, zxid, result, previous };
        self.linearizable_writes.told(&answer, moment);
        self.fifo_client_order.told(&answer, moment);
        ConsistentReads::told(&answer, &self.order, moment);
        single_system_image::told(&answer, moment);
        self.sync_freshness.told(&answer, moment);
        self.durability.told(&answer, moment);
        self.atomicity.told(&answer, moment);
        self.watch_order.told(&answer, &self.order, moment);
        self.ephemeral_owners.told(&answer, moment);
        self.histories.shown(client, Point { zxid: answer.effect(), event: moment.event });
    }
}
