//! The faults that are drawn, most of them with what ends them.

use super::{Draw, Group, Profile};
use crate::ensemble::{Channel, Endpoint};
use crate::server::DiskFault;
use crate::sim::{Command, Link, ServerStep, SpanRange};
use crate::types::{ConnectionId, ServerId, Span};

impl Draw {
    /// One fault, mostly of the profile's own kind.
    pub(super) fn fault(&mut self) -> Group {
        let own = self.chance(80);
        match (self.chaos.profile, own) {
            (Profile::FlakyNetwork, true) => self.network_fault(),
            (Profile::RadioactiveDisk, true) => self.disk_fault(),
            (Profile::CrashHappy, true) => self.process_fault(),
            _ if self.chance(50) => self.network_fault(),
            _ => self.process_fault(),
        }
    }

    fn network_fault(&mut self) -> Group {
        let (server, link, heal) = (self.server(), self.link(), self.pause());
        match self.below(16) {
            0..3 => self.ended(Command::CutLink(link), Command::HealLink(link)),
            3..5 => self.ended(Command::IsolateLeader, Command::HealAll),
            5 => self.ended(Command::Isolate(server), Command::HealAll),
            6..9 => {
                let groups = self.groups();
                self.ended(Command::Partition { groups }, Command::HealAll)
            }
            9..11 => {
                let period = Span::millis([30, 150, 700][self.below(3)]);
                let flap = Command::Flap { link, period };
                vec![(Span(0), flap), (heal, Command::HealLink(link))]
            }
            11..13 => {
                let latency = self.latency();
                self.ended(Command::SetLatency { link, latency }, Command::ResetLatency)
            }
            13 => {
                let channel = self.channel();
                vec![(Span(0), Command::ResetLink { link, channel })]
            }
            14 => {
                let connection = ConnectionId(self.below(150) as u32);
                vec![(Span(0), Command::BreakConnection(connection))]
            }
            _ => self.held_link(link),
        }
    }

    /// A link is held, some of what is on it comes through by hand, and it is released.
    fn held_link(&mut self, link: Link) -> Group {
        let channel = self.channel();
        let count = 1 + self.below(4) as u32;
        let (first, second) = (self.short_pause(), self.short_pause());
        vec![
            (Span(0), Command::HoldLink { link, channel }),
            (first, Command::Deliver { link, channel, count }),
            (second, Command::ReleaseLink { link, channel }),
        ]
    }

    fn process_fault(&mut self) -> Group {
        let server = self.server();
        match self.below(16) {
            0..4 => self.ended(Command::Crash(server), Command::Restart(server)),
            4..6 => self.ended(Command::CrashLeader, Command::HealAndRestartAll),
            6..9 => self.crash_of_many(),
            9..11 => {
                let kept = self.below(4) as u32;
                self.ended(Command::CrashTorn { server, kept }, Command::Restart(server))
            }
            11..14 => self.ended(Command::Pause(server), Command::Resume(server)),
            14 => {
                let rate_percent = Some([60, 90, 110, 160][self.below(4)]);
                let clock =
                    |rate_percent| Command::SetClock { server, rate_percent, skew_millis: None };
                self.ended(clock(rate_percent), clock(Some(100)))
            }
            _ => vec![(Span(0), Command::Restart(server)), (Span(0), Command::Resume(server))],
        }
    }

    /// Several servers lose power at once, and come back one after the other.
    fn crash_of_many(&mut self) -> Group {
        let count = self.chaos.servers + self.chaos.observers;
        let mut servers: Vec<ServerId> = (1..=count).map(ServerId).collect();
        servers.retain(|_| self.chance(60));
        let crash = |&server: &ServerId| (Span(0), Command::Crash(server));
        let mut group: Group = servers.iter().map(crash).collect();
        for server in servers {
            group.push((self.short_pause(), Command::Restart(server)));
        }
        group
    }

    fn disk_fault(&mut self) -> Group {
        let server = self.server();
        let fault = |fault| Command::FaultDisk { server, fault };
        match self.below(14) {
            0..2 => {
                let (full, back) = (self.pause(), self.short_pause());
                vec![
                    (Span(0), fault(DiskFault::Fill)),
                    (full, fault(DiskFault::Free)),
                    (back, Command::Restart(server)),
                ]
            }
            2..4 => self.ended(fault(DiskFault::Fail), Command::Restart(server)),
            4..6 => {
                let flush =
                    Some(SpanRange::micros(5_000, [20_000, 120_000, 600_000][self.below(3)]));
                let slow = Command::SetFlush { server, flush };
                self.ended(slow, Command::SetFlush { server, flush: None })
            }
            6..8 => {
                let kept = self.below(4) as u32;
                self.ended(Command::CrashTorn { server, kept }, Command::Restart(server))
            }
            8..11 => self.held_step(server),
            11..13 if self.losses_left > 0 => {
                self.losses_left -= 1;
                let lost = [DiskFault::Wipe, DiskFault::DamageSpareSnapshot][self.below(2)];
                let (down, back) = (self.short_pause(), self.short_pause());
                vec![
                    (Span(0), Command::Crash(server)),
                    (down, fault(lost)),
                    (back, Command::Restart(server)),
                    (Span(0), Command::Repair(server)),
                    (Span(0), Command::Restart(server)),
                ]
            }
            _ => self.crash_of_many(),
        }
    }

    /// A server's step is held, taken a few times by hand, and released, or the server crashes with
    /// what is held.
    fn held_step(&mut self, server: ServerId) -> Group {
        let step = ServerStep::ALL[self.below(3)];
        let mut group = vec![(Span(0), Command::HoldStep { server, step })];
        for _ in 0..self.below(3) {
            group.push((self.short_pause(), Command::TakeStep { server, step }));
        }
        if self.chance(60) {
            group.push((self.short_pause(), Command::Crash(server)));
            group.push((Span(0), Command::ReleaseStep { server, step }));
            group.push((self.short_pause(), Command::Restart(server)));
        } else {
            group.push((self.short_pause(), Command::ReleaseStep { server, step }));
        }
        group
    }

    /// A fault, and mostly what ends it.
    fn ended(&mut self, fault: Command, end: Command) -> Group {
        let pause = self.pause();
        let mut group = vec![(Span(0), fault)];
        if self.chance(85) {
            group.push((pause, end));
        }
        group
    }

    /// How long something stays broken.
    fn pause(&mut self) -> Span {
        let max = Span::millis([50, 400, 2_000, 8_000][self.below(4)]);
        self.rng.span(SpanRange { min: Span(1), max })
    }

    fn short_pause(&mut self) -> Span {
        let max = Span::millis([5, 60, 600][self.below(3)]);
        self.rng.span(SpanRange { min: Span(1), max })
    }

    /// Between two servers; mostly different ones.
    fn link(&mut self) -> Link {
        let (from, to) = (self.server(), self.server());
        Link { from: Endpoint::Server(from), to: Endpoint::Server(to) }
    }

    fn channel(&mut self) -> Option<Channel> {
        [None, Some(Channel::Election), Some(Channel::Learner)][self.below(3)]
    }

    fn groups(&mut self) -> Vec<Vec<ServerId>> {
        let count = 2 + self.below(2);
        let mut groups = vec![Vec::new(); count];
        for server in (1..=self.chaos.servers + self.chaos.observers).map(ServerId) {
            groups[self.below(count)].push(server);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    fn latency(&mut self) -> SpanRange {
        let max = [20_000, 100_000, 700_000][self.below(3)];
        SpanRange::micros(max / 2, max)
    }
}
