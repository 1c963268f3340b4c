//! A version's difference with consequences: a learner of 3.8.0 that is sent the COMMIT of a
//! synchronised transaction between NEWLEADER and UPTODATE starts over, perhaps several times,
//! while ours carries on. Until the recorded one is through as well it is not compared; then both
//! must stand where the leader does. Source: fact sheet §§3.5 and 9, `quitOnEarlyCommit` and
//! `rejoinP`.

use super::lines::{Line, Part};
use super::record::Record;
use super::replay::Replayer;
use super::report::Freedom;
use super::said::Said;
use super::steps::Standing;
use crate::ensemble::Transfer;
use crate::types::{ServerId, Zxid};

/// A learner that is not compared for now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Apart {
    /// The line on which it is through, and the record that says so.
    through: usize,
    record: u32,
    /// The last it was sent meanwhile.
    proposed: Zxid,
    committed: Zxid,
}

impl Line {
    /// How many ACKs of `(e,0)` the recording has on it.
    fn epoch_acks(&self) -> impl Iterator<Item = u32> + '_ {
        let ups = self.part(Part::Up).expected.iter();
        ups.filter(|up| matches!(up.said, Said::Ack(_))).map(|up| up.record)
    }

    /// Whether a COMMIT of what was proposed before NEWLEADER comes behind it.
    fn has_early_commit(&self) -> bool {
        let down = &self.part(Part::Down).expected;
        let behind = down.iter().skip_while(|sent| !matches!(sent.said, Said::NewLeader { .. }));
        let before_up_to_date = behind.take_while(|sent| sent.said != Said::UpToDate);
        before_up_to_date.into_iter().any(|sent| match sent.said {
            Said::Commit(zxid) => self.synchronized.contains(&zxid),
            _ => false,
        })
    }
}

impl Replayer<'_> {
    pub fn is_apart(&self, server: ServerId) -> bool {
        self.apart.contains_key(&server)
    }

    /// Whether this hang-up is that of a learner of 3.8.0 which ours need not follow.
    pub fn quits_early(&self, line: usize, by: ServerId) -> bool {
        let found = &self.lines.lines[line];
        !self.strict
            && found.learner == by
            && !self.is_apart(by)
            && found.epoch_acks().count() == 1
            && found.has_early_commit()
    }

    /// From here on the learner of this line is not compared, until it is through.
    pub fn set_apart(&mut self, line: usize) {
        let learner = self.lines.lines[line].learner;
        let leader = self.lines.lines[line].leader;
        let later = self.lines.lines.iter().enumerate().skip(line + 1);
        let mut tries = later.filter(|(_, later)| later.learner == learner);
        let through = tries.find_map(|(index, later)| {
            (later.leader == leader).then_some(())?;
            Some((index, later.epoch_acks().nth(1)?))
        });
        let Some((through, record)) = through else { return };
        let ours = self.lines.lines[line].ours.take();
        self.lines.lines[through].ours = ours;
        self.lines.lines[through].called = true;
        let apart = Apart { through, record, proposed: Zxid::ZERO, committed: Zxid::ZERO };
        self.apart.insert(learner, apart);
        for standing in self.standings.values_mut() {
            let of_line = match standing {
                Standing::For { line: other, .. } | Standing::Lost { line: other } => {
                    *other == line
                }
                Standing::Apart | Standing::Ping => false,
            };
            if of_line {
                *standing = Standing::Apart;
            }
        }
    }

    /// Notes what a learner is sent while it is not compared.
    pub fn note_apart(&mut self, transfer: &Transfer, zxid: Zxid, proposes: bool) {
        let apart = transfer.to.server().and_then(|to| self.apart.get_mut(&to));
        if let Some(apart) = apart {
            let last = if proposes { &mut apart.proposed } else { &mut apart.committed };
            *last = zxid.max(*last);
        }
    }

    /// Whether the message is of a learner that is not compared; it is counted under its name.
    pub fn declared_apart(
        &mut self,
        record: &Record,
        from: ServerId,
        to: ServerId,
        said: &Said,
    ) -> bool {
        let learner = if self.is_apart(from) { from } else { to };
        let Some(&apart) = self.apart.get(&learner) else { return false };
        let freedom = match said {
            Said::AckEpoch { .. } => Freedom::RejoinP,
            _ => Freedom::QuitOnEarlyCommit,
        };
        self.report.declare(record, freedom, format!("{from} to {to}: {said}"));
        if apart.record == self.now() {
            self.compare_again(learner, apart);
        }
        true
    }

    /// The recorded learner is through: from here on it is compared again. What ours was sent
    /// meanwhile lies behind both.
    fn compare_again(&mut self, learner: ServerId, apart: Apart) {
        self.reconsider();
        self.settle();
        let now = self.now();
        let acked = self.last_logged(learner);
        self.apart.remove(&learner);
        let line = &mut self.lines.lines[apart.through];
        let synchronized = line.synchronized.clone();
        for part in [Part::Up, Part::Acks, Part::Down] {
            let sequence = line.part_mut(part);
            let shown = sequence.expected.iter().take_while(|sent| sent.record <= now).count();
            sequence.shown = shown;
            let is_behind = |said: &Said, record: u32| match *said {
                Said::Proposal(zxid, _) => zxid <= apart.proposed,
                Said::Commit(zxid) => zxid <= apart.committed,
                Said::Ack(zxid) if zxid.counter != 0 => zxid <= acked,
                _ => record <= now,
            };
            let behind =
                sequence.expected.iter().take_while(|sent| is_behind(&sent.said, sent.record));
            sequence.sent = behind.count();
            // Ours has acknowledged some of them long ago; the recorded one does so once more.
            let again = (sequence.shown..sequence.sent).filter(|&place| {
                let acked = sequence.expected[place].said.acked_txn();
                acked.is_some_and(|zxid| synchronized.contains(&zxid))
            });
            sequence.excused = again.collect();
        }
    }

    fn last_logged(&self, server: ServerId) -> Zxid {
        let found = self.ensemble.server(server);
        found.map_or(Zxid::ZERO, |found| found.disk().durable().last_zxid())
    }
}
