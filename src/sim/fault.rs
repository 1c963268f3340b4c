//! How faults of disks, clocks and links are carried out, and which of them go beyond what ZAB
//! bears: it assumes that what a disk has confirmed stays there, but for a minority of servers that
//! know of their loss.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::queue::Due;
use super::steps::Step;
use super::{CommandRefusal, EventKind, Link, TraceEvent, World};
use crate::ensemble::Choice;
use crate::server::{DiskFault, Server, Status};
use crate::types::{ServerId, Span};

/// What a command asks for beyond what ZAB bears: from now on properties may break, and the
/// protocol is not to blame.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Excess {
    /// Something that was confirmed to be on disk is lost, and the server does not know it.
    ConfirmedLost,
    /// With this server so many have lost their disks that the others are no quorum.
    NoQuorumLeft,
    /// A disk is not what its server has left there.
    Tampered,
}

impl fmt::Display for Excess {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Excess::ConfirmedLost => "a disk lost what it had confirmed, and its server votes on",
            Excess::NoQuorumLeft => "the servers that have lost nothing are no quorum",
            Excess::Tampered => "a disk is not what its server left there",
        })
    }
}

impl World {
    /// Does something to a server's disk.
    pub(super) fn fault_disk(
        &mut self,
        server: ServerId,
        fault: DiskFault,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        let found = self.find_server(server)?;
        if fault.needs_server_down() && found.process().is_some() {
            return Err(CommandRefusal::Running(server));
        }
        let before = found.disk().durable();
        let is_possible = match fault {
            DiskFault::DamageSnapshot => !before.snapshots.is_empty(),
            DiskFault::DamageSpareSnapshot => found.disk().has_spare_snapshot(),
            DiskFault::Tear => !before.log.is_empty(),
            _ => true,
        };
        if !is_possible {
            return Err(CommandRefusal::NothingOnDisk(server));
        }
        let (last, is_spare) = (before.last_zxid(), found.disk().has_spare_snapshot());
        let was_started = !matches!(found.status(), Status::New);
        self.choose(Choice::FaultDisk { server, fault }, step, trace);
        let now_last = self.find_server(server)?.disk().durable().last_zxid();
        let excess = match fault {
            DiskFault::Tear => (now_last < last).then_some(Excess::ConfirmedLost),
            DiskFault::DamageSnapshot => {
                // Without any snapshot the server does not start: it knows.
                let votes_on = self.find_server(server)?.disk().newest_image().is_some();
                (votes_on && !is_spare).then_some(Excess::ConfirmedLost)
            }
            DiskFault::DamageSpareSnapshot => None,
            DiskFault::Wipe if self.settings.autocreate => {
                was_started.then_some(Excess::ConfirmedLost)
            }
            DiskFault::Wipe => (!self.is_quorum_left()).then_some(Excess::NoQuorumLeft),
            DiskFault::Initialize => was_started.then_some(Excess::ConfirmedLost),
            DiskFault::Fail | DiskFault::Fill | DiskFault::Free => None,
        };
        self.flag(excess, step, trace);
        Ok(())
    }

    /// Says so where a command goes beyond what ZAB bears.
    pub(super) fn flag(&mut self, excess: Option<Excess>, step: Step, trace: &mut Vec<TraceEvent>) {
        if let Some(excess) = excess {
            self.record(step.root, EventKind::Exceeded(excess), trace);
        }
    }

    /// Whether the voters that have lost nothing are a quorum.
    pub(super) fn is_quorum_left(&self) -> bool {
        let config = self.settings.protocol();
        let whole: Vec<ServerId> = self
            .ensemble
            .servers()
            .filter(|server| {
                !server.disk().durable().snapshots.is_empty()
                    || matches!(server.status(), Status::New)
            })
            .map(Server::id)
            .collect();
        config.quorum.contains_quorum(whole.iter())
    }

    pub(super) fn crash_torn(
        &mut self,
        server: ServerId,
        kept: u32,
        step: Step,
        trace: &mut Vec<TraceEvent>,
    ) -> Result<(), CommandRefusal> {
        if self.find_server(server)?.process().is_none() {
            return Err(CommandRefusal::Down(server));
        }
        self.choose(Choice::CrashTorn { server, kept }, step, trace);
        Ok(())
    }

    /// Sets how fast a clock goes, or, while its server is down, what it says: how much time has
    /// passed for a process, no setting of a clock can change.
    pub(super) fn set_clock(
        &mut self,
        server: ServerId,
        rate_percent: Option<u32>,
        skew_millis: Option<i64>,
    ) -> Result<(), CommandRefusal> {
        if skew_millis.is_some() && self.find_server(server)?.process().is_some() {
            return Err(CommandRefusal::Running(server));
        }
        self.find_server(server)?;
        self.machines.set_clock(&self.settings, server, self.now, rate_percent, skew_millis);
        Ok(())
    }

    /// Cuts a link and heals it, again and again.
    pub(super) fn flap(&mut self, link: Link, period: Option<Span>) {
        if let Some((_, key)) = self.flaps.remove(&link) {
            self.queue.remove(key);
        }
        match period {
            Some(period) => {
                self.network.cut(link);
                self.flap_again(link, period);
            }
            None => self.network.heal(link),
        }
    }

    /// No link flaps any more; each stays as it is.
    pub(super) fn stop_flapping(&mut self) {
        for (_, (_, key)) in std::mem::take(&mut self.flaps) {
            self.queue.remove(key);
        }
    }

    /// A flapping link changes.
    pub(super) fn flapped(&mut self, link: Link) {
        let Some(&(period, _)) = self.flaps.get(&link) else { return };
        if self.network.is_cut(link) {
            self.network.heal(link);
        } else {
            self.network.cut(link);
        }
        self.flap_again(link, period);
        self.regulate();
    }

    fn flap_again(&mut self, link: Link, period: Span) {
        let key = self.queue.key(self.now + period);
        self.queue.insert(key, Due::Flap(link));
        self.flaps.insert(link, (period, key));
    }

    /// Frees the disks that do not take writes, and mends what is slow, fast or flapping.
    pub(super) fn mend_all(&mut self, step: Step, trace: &mut Vec<TraceEvent>) {
        self.stop_flapping();
        self.machines.mend(&self.settings, self.now);
        let in_trouble = |server: &&Server| server.disk().is_in_trouble();
        let servers: Vec<ServerId> =
            self.ensemble.servers().filter(in_trouble).map(Server::id).collect();
        for server in servers {
            self.choose(Choice::FaultDisk { server, fault: DiskFault::Free }, step, trace);
        }
    }
}
