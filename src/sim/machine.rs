//! The machines that servers run on: how fast each clock goes and each disk is.

use std::collections::BTreeMap;

use super::{Settings, SpanRange};
use crate::types::{Instant, ServerId, Span, WallTime};

/// A clock that does not go as it should.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Clock {
    /// How much time passes on it while 100 pass in truth.
    rate_percent: u32,
    /// How far ahead of the truth it was when it began to go like this, in milliseconds.
    ahead_millis: i64,
    /// When that was.
    since: Instant,
}

/// What differs from the settings.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub(super) struct Machines {
    clocks: BTreeMap<ServerId, Clock>,
    flushes: BTreeMap<ServerId, SpanRange>,
}

impl Machines {
    /// What a server's clock says.
    pub fn clock(&self, settings: &Settings, server: ServerId, now: Instant) -> WallTime {
        let millis = |micros: u64| i64::try_from(micros / 1_000).expect("short of 2^63 ms");
        let true_millis = millis(now.0);
        let ahead = self.ahead_millis(settings, server, now);
        settings.calendar_start.plus_millis(true_millis + ahead)
    }

    fn ahead_millis(&self, settings: &Settings, server: ServerId, now: Instant) -> i64 {
        if !self.clocks.is_empty()
            && let Some(clock) = self.clocks.get(&server)
        {
            let passed = (now.since(clock.since).0 / 1_000) as i64;
            return clock.ahead_millis + passed * (i64::from(clock.rate_percent) - 100) / 100;
        }
        settings.clock_skew_millis.get(&server).copied().unwrap_or(0)
    }

    /// How much time really passes while this passes on a server's clock.
    pub fn true_span(&self, server: ServerId, span: Span) -> Span {
        if self.clocks.is_empty() {
            return span;
        }
        let rate = self.clocks.get(&server).map_or(100, |clock| clock.rate_percent);
        Span((span.0 * 100).div_ceil(u64::from(rate)))
    }

    /// From now on the clock goes at this rate, from what it says, or, if `skew_millis` is given,
    /// from so far ahead of the truth.
    pub fn set_clock(
        &mut self,
        settings: &Settings,
        server: ServerId,
        now: Instant,
        rate_percent: Option<u32>,
        skew_millis: Option<i64>,
    ) {
        let before = self.clocks.get(&server).map_or(100, |clock| clock.rate_percent);
        let ahead = self.ahead_millis(settings, server, now);
        let clock = Clock {
            rate_percent: rate_percent.unwrap_or(before),
            ahead_millis: skew_millis.unwrap_or(ahead),
            since: now,
        };
        self.clocks.insert(server, clock);
    }

    /// How long a flush takes.
    pub fn flush(&self, settings: &Settings, server: ServerId) -> SpanRange {
        if self.flushes.is_empty() {
            return settings.flush;
        }
        self.flushes.get(&server).copied().unwrap_or(settings.flush)
    }

    /// How long a flush takes from now on; `None`: as the settings say.
    pub fn set_flush(&mut self, server: ServerId, flush: Option<SpanRange>) {
        match flush {
            Some(flush) => self.flushes.insert(server, flush),
            None => self.flushes.remove(&server),
        };
    }

    /// All clocks go at the right rate again, from what they say, and all disks are as the settings
    /// say.
    pub fn mend(&mut self, settings: &Settings, now: Instant) {
        self.flushes.clear();
        let servers: Vec<ServerId> = self.clocks.keys().copied().collect();
        for server in servers {
            self.set_clock(settings, server, now, Some(100), None);
        }
    }
}
