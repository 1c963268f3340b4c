//! What was proposed in each epoch, and on top of what (`B[e]` and `I[e]` of fact sheet §6.1).
//!
//! A leader numbers its proposals without a gap on top of its initial history. So the last zxid of
//! a history names all of it, and whether one history is a prefix of another is a question about
//! two zxids and the epochs between them. That servers really hold what their last zxid says is
//! looked at where they log ([`Histories`](super::Histories)).

use imbl::OrdMap;

use crate::check::{Fact, Witness};
use crate::sim::EventId;
use crate::types::{Epoch, ServerId, Zxid};

/// Every epoch that was established, or that was there when the run began.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Lineage {
    /// The last epoch; most questions are about it.
    newest: Option<(Epoch, Reign)>,
    /// All others.
    epochs: OrdMap<Epoch, Reign>,
}

/// One epoch.
#[derive(Clone, Copy, Debug)]
pub(in crate::check) struct Reign {
    /// Its leader; `None` for an epoch from before the run.
    pub leader: Option<ServerId>,
    /// The leader's establishment, or the start of the server on whose disk the epoch was found.
    pub established: EventId,
    /// The last transaction of the initial history.
    pub initial_last: Zxid,
    /// The counter of the first proposal.
    first: u32,
    /// The counter of the last one; below `first` where there is none.
    last: u32,
    /// The last proposal's event.
    proposed: EventId,
}

impl Lineage {
    /// An established epoch.
    #[inline]
    pub fn reign(&self, epoch: Epoch) -> Option<&Reign> {
        match &self.newest {
            Some((newest, reign)) if *newest == epoch => Some(reign),
            _ => self.epochs.get(&epoch),
        }
    }

    /// The last established epoch before this one.
    pub fn before(&self, epoch: Epoch) -> Option<(Epoch, &Reign)> {
        if let Some((newest, reign)) = &self.newest
            && *newest < epoch
        {
            return Some((*newest, reign));
        }
        let before = Epoch(epoch.0.checked_sub(1)?);
        self.epochs.get_prev(&before).map(|(&epoch, reign)| (epoch, reign))
    }

    /// The first established epoch behind this one.
    pub fn behind(&self, epoch: Epoch) -> Option<(Epoch, &Reign)> {
        let (newest, reign) = self.newest.as_ref().filter(|(newest, _)| epoch < *newest)?;
        let behind = Epoch(epoch.0.checked_add(1)?);
        let earlier = self.epochs.get_next(&behind);
        Some(earlier.map_or((*newest, reign), |(&epoch, reign)| (epoch, reign)))
    }

    /// The transaction that a zxid stands for: `(e,0)` is none, and stands for the end of the
    /// initial history of e.
    pub fn resolve(&self, mut zxid: Zxid) -> Zxid {
        while zxid.counter == 0
            && let Some(reign) = self.reign(zxid.epoch)
        {
            zxid = reign.initial_last;
        }
        zxid
    }

    /// Whether it was ever proposed.
    #[inline]
    pub fn has(&self, zxid: Zxid) -> bool {
        self.reign(zxid.epoch).is_some_and(|reign| reign.has(zxid.counter))
    }

    /// What stands before a proposal in its leader's history; `None` for what was never proposed.
    #[inline]
    pub fn parent(&self, zxid: Zxid) -> Option<Zxid> {
        let reign = self.reign(zxid.epoch).filter(|reign| reign.has(zxid.counter))?;
        Some(reign.parent(zxid))
    }

    /// Whether the history that ends with `shorter` is a prefix of the one that ends with `longer`,
    /// or equal to it.
    #[inline]
    pub fn is_prefix(&self, shorter: Zxid, longer: Zxid) -> bool {
        if shorter.epoch == longer.epoch && shorter.counter != 0 {
            return shorter.counter <= longer.counter;
        }
        self.begins(shorter, longer)
    }

    /// The same, where epochs lie between.
    fn begins(&self, shorter: Zxid, longer: Zxid) -> bool {
        let (shorter, mut longer) = (self.resolve(shorter), self.resolve(longer));
        while shorter.epoch < longer.epoch
            && let Some(reign) = self.reign(longer.epoch)
        {
            longer = reign.initial_last;
        }
        shorter.epoch == longer.epoch && shorter.counter <= longer.counter
    }

    /// The end of the history of an epoch's leader: its last proposal, or where it began.
    #[inline]
    pub fn tip(&self, epoch: Epoch) -> Option<Zxid> {
        let reign = self.reign(epoch)?;
        Some(match reign.has(reign.last) {
            true => Zxid { epoch, counter: reign.last },
            false => reign.initial_last,
        })
    }

    /// What an epoch's leader has proposed last, or where it began.
    pub fn witness(&self, epoch: Epoch) -> Option<Witness> {
        let reign = self.reign(epoch)?;
        let server = reign.leader?;
        let zxid = Zxid { epoch, counter: reign.last };
        let fact = match reign.has(reign.last) {
            true => Fact::Proposed { server, zxid },
            false => Fact::Leads { server, epoch },
        };
        Some(Witness { event: reign.proposed, fact })
    }

    pub(super) fn establish(
        &mut self,
        (epoch, leader): (Epoch, ServerId),
        initial_last: Zxid,
        event: EventId,
    ) {
        if self.reign(epoch).is_none() {
            let reign = Reign {
                leader: Some(leader),
                established: event,
                initial_last,
                first: 1,
                last: 0,
                proposed: event,
            };
            self.insert(epoch, reign);
        }
    }

    pub(super) fn propose(&mut self, leader: ServerId, zxid: Zxid, event: EventId) {
        let Some(reign) = self.reign_mut(zxid.epoch) else { return };
        if reign.leader == Some(leader) && reign.last < zxid.counter {
            if reign.last < reign.first {
                // A count may begin near its end.
                reign.first = zxid.counter;
            }
            reign.last = zxid.counter;
            reign.proposed = event;
        }
    }

    /// Takes a record over that was there when the run began.
    pub(super) fn inherit(&mut self, zxid: Zxid, parent: Zxid, event: EventId) {
        match self.reign_mut(zxid.epoch) {
            Some(reign) if reign.leader.is_none() => reign.last = reign.last.max(zxid.counter),
            Some(_) => (),
            None => {
                let reign = Reign {
                    leader: None,
                    established: event,
                    initial_last: parent,
                    first: zxid.counter,
                    last: zxid.counter,
                    proposed: event,
                };
                self.insert(zxid.epoch, reign);
            }
        }
    }
}

impl Lineage {
    #[inline]
    fn reign_mut(&mut self, epoch: Epoch) -> Option<&mut Reign> {
        match &mut self.newest {
            Some((newest, reign)) if *newest == epoch => Some(reign),
            _ => self.epochs.get_mut(&epoch),
        }
    }

    fn insert(&mut self, epoch: Epoch, reign: Reign) {
        match self.newest {
            Some((newest, _)) if epoch < newest => _ = self.epochs.insert(epoch, reign),
            _ => self.epochs.extend(self.newest.replace((epoch, reign))),
        }
    }
}

impl Reign {
    fn has(&self, counter: u32) -> bool {
        self.first <= counter && counter <= self.last
    }

    fn parent(&self, zxid: Zxid) -> Zxid {
        match zxid.counter > self.first {
            true => Zxid { epoch: zxid.epoch, counter: zxid.counter - 1 },
            false => self.initial_last,
        }
    }
}
