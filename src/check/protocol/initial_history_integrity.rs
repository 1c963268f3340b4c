//! *InitialHistoryIntegrity* (I-8): of two established epochs, the earlier one's initial history is
//! a prefix of the later one's, which has all that was committed in the earlier one, too.
//!
//! Leaders need not be established in the order of their epochs: the acks that establish the
//! earlier one may be on their way for long. So both neighbours are looked at, and a commit of an
//! earlier epoch is held against the next one. Source: EuroSys 2025, I-8; paper, claim of phase 2.

use crate::check::ghosts::{Delivery, Establishment};
use crate::check::{Fact, Moment, Property, PropertyName, Witness};
use crate::types::{Epoch, Zxid};

pub(super) struct InitialHistoryIntegrity;

impl Property for InitialHistoryIntegrity {
    fn on_established(&mut self, established: &Establishment, moment: &mut Moment<'_>) {
        let &Establishment { server, epoch, initial_last, .. } = established;
        let lineage = &moment.ghosts.lineage;
        let before = lineage.before(epoch).map(|(epoch, reign)| (epoch, *reign));
        let behind = lineage.behind(epoch).map(|(epoch, reign)| (epoch, *reign));
        let lacks = before.map(|(_, reign)| reign.initial_last);
        let lacks = lacks.filter(|&lacks| !lineage.is_prefix(lacks, initial_last));
        let lacked =
            behind.filter(|(_, reign)| !lineage.is_prefix(initial_last, reign.initial_last));
        match (lacks.zip(before), lacked) {
            (None, None) => moment.hold(PropertyName::InitialHistoryIntegrity),
            (Some((lacks, (before, reign))), _) => {
                let earlier = reign.leader.map(|server| Witness {
                    event: reign.established,
                    fact: Fact::Leads { server, epoch: before },
                });
                let fact = Fact::LeadsWithout { server, initial_last, lacks };
                moment.violate(PropertyName::InitialHistoryIntegrity, earlier, fact);
            }
            (None, Some((behind, _))) => {
                let earlier = without(behind, initial_last, moment);
                let fact = Fact::Leads { server, epoch };
                moment.violate(PropertyName::InitialHistoryIntegrity, earlier, fact);
            }
        }
    }

    fn on_delivery(&mut self, delivery: &Delivery, moment: &mut Moment<'_>) {
        let &Delivery { server, zxid, is_new: true, .. } = delivery else { return };
        let lineage = &moment.ghosts.lineage;
        let Some((behind, reign)) = lineage.behind(zxid.epoch) else { return };
        let is_in = lineage.is_prefix(zxid, reign.initial_last);
        moment.judge(PropertyName::InitialHistoryIntegrity, is_in, |moment| {
            (without(behind, zxid, moment), Fact::Committed { server, zxid })
        });
    }
}

/// The later leader's establishment, without the transaction.
fn without(epoch: Epoch, lacks: Zxid, moment: &Moment<'_>) -> Option<Witness> {
    let reign = moment.ghosts.lineage.reign(epoch)?;
    let (server, initial_last) = (reign.leader?, reign.initial_last);
    let fact = Fact::LeadsWithout { server, initial_last, lacks };
    Some(Witness { event: reign.established, fact })
}
