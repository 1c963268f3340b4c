//! From the viewer's time to the run's: how fast, and what is run through quickly.

use crate::types::{Instant, Span};

/// How much virtual time a second of the viewer's buys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Speed(u8);

/// The fractions, slowest first.
const SCALES: [(u32, u32); 11] = [
    (1, 1000),
    (1, 500),
    (1, 200),
    (1, 100),
    (1, 50),
    (1, 20),
    (1, 10),
    (1, 2),
    (1, 1),
    (4, 1),
    (16, 1),
];

/// Stretches in which nothing but signs of life is due run faster by up to this factor, as long as
/// the whole stays at or below the fastest speed.
const IDLE_FACTOR_MAX: u64 = 40;

/// The longest step in the viewer's time: a page that was hidden does not leap.
const ELAPSED_MAX: Span = Span::millis(100);

impl Speed {
    /// How many there are.
    pub const COUNT: u8 = SCALES.len() as u8;

    /// The speed of this place on the slider, the last one beyond its end.
    pub fn at(place: u8) -> Speed {
        Speed(place.min(Speed::COUNT - 1))
    }

    /// Its place on the slider, 0 is the slowest.
    pub fn place(self) -> u8 {
        self.0
    }

    /// The next slower one.
    pub fn slower(self) -> Speed {
        Speed(self.0.saturating_sub(1))
    }

    /// The next faster one.
    pub fn faster(self) -> Speed {
        Speed::at(self.0 + 1)
    }

    /// Virtual time over the viewer's time, as a fraction.
    pub fn scale(self) -> (u32, u32) {
        SCALES[usize::from(self.0)]
    }

    /// How much faster an idle stretch runs.
    pub fn idle_factor(self) -> u64 {
        let (times, of) = self.scale();
        (16 * u64::from(of) / u64::from(times)).clamp(1, IDLE_FACTOR_MAX)
    }
}

/// Slow motion: 1/200.
impl Default for Speed {
    fn default() -> Speed {
        Speed(2)
    }
}

/// Whether and how time runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Playback {
    /// Whether time runs.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// The viewer's time not yet spent, in microseconds times the denominator of the scale.
    unspent: u64,
}

impl Default for Playback {
    fn default() -> Playback {
        Playback { playing: true, speed: Speed::default(), unspent: 0 }
    }
}

/// Where a stretch of the viewer's time leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// To the next event: let it happen, then ask again.
    Event,
    /// To this instant between two events; the time is used up.
    Between(Instant),
}

impl Playback {
    /// Adds viewer's time to be spent.
    pub fn earn(&mut self, elapsed: Span) {
        let (times, _) = self.speed.scale();
        self.unspent += elapsed.min(ELAPSED_MAX).0 * u64::from(times);
    }

    /// Forgets what was not spent: time that begins anew does not catch up.
    pub fn forget(&mut self) {
        self.unspent = 0;
    }

    /// Spends on the way from `now` to the next event, which may lie in a stretch where nothing but
    /// signs of life is due before `quiet_until`. Whole microseconds only; the rest stays for the
    /// next frame.
    pub fn spend(
        &mut self,
        now: Instant,
        next: Option<Instant>,
        quiet_until: Option<Instant>,
    ) -> Reach {
        let (_, of) = self.speed.scale();
        let of = u64::from(of);
        let idle = quiet_until.is_some_and(|until| until > now);
        let factor = if idle { self.speed.idle_factor() } else { 1 };
        let reach = Span(self.unspent * factor / of);
        let Some(next) = next else {
            self.unspent = 0;
            return Reach::Between(now + reach);
        };
        let distance = next.since(now);
        if distance <= reach {
            self.unspent -= (distance.0 * of).div_ceil(factor).min(self.unspent);
            return Reach::Event;
        }
        self.unspent -= (reach.0 * of).div_ceil(factor).min(self.unspent);
        Reach::Between(now + reach)
    }
}
