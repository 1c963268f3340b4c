//! The speeds of playback.

use crate::text::{Key, Phrase};
use crate::types::Span;

/// How much simulated time a second of the viewer's buys.
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

    /// The simulated time that so many microseconds of the viewer's time buy, and what remains
    /// of them, in parts of the denominator.
    pub fn scale(self) -> (u32, u32) {
        SCALES[usize::from(self.0)]
    }

    /// `1/200`, `4`.
    pub fn label(self) -> String {
        match self.scale() {
            (whole, 1) => whole.to_string(),
            (part, of) => format!("{part}/{of}"),
        }
    }

    /// `1 s = 5 ms`.
    pub fn bought(self) -> Phrase {
        let (times, of) = self.scale();
        let span = Span::micros(1_000_000 * u64::from(times) / u64::from(of));
        let seconds = span.0 / 1_000_000;
        if seconds > 0 {
            return Phrase::new(Key::SpeedBuys).with("span", format!("{seconds} s"));
        }
        Phrase::new(Key::SpeedBuys).with("span", span)
    }
}

/// Slow motion: 1/200.
impl Default for Speed {
    fn default() -> Speed {
        Speed(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, Text};

    #[test]
    fn the_scale_says_what_a_second_buys() {
        let text = Text::new(Language::English);
        let say = |place| {
            let speed = Speed::at(place);
            format!("{}: {}", speed.label(), text.say(&speed.bought()))
        };
        assert_eq!(Speed::default(), Speed::at(2));
        let expected =
            ["1/1000: 1 s = 1 ms", "1/200: 1 s = 5 ms", "1: 1 s = 1 s", "16: 1 s = 16 s"];
        assert_eq!([0, 2, 8, 10].map(say), expected);
    }

    #[test]
    fn the_ends_of_the_scale_hold() {
        assert_eq!(Speed::at(0).slower(), Speed::at(0));
        assert_eq!(Speed::at(10).faster(), Speed::at(10));
        assert_eq!(Speed::at(200), Speed::at(10));
    }
}
