//! What a speed of playback buys, in words.

use crate::text::{Key, Phrase};
use crate::types::Span;
use crate::viewer::Speed;

/// `1/200`, `4`.
pub fn speed_label(speed: Speed) -> String {
    match speed.scale() {
        (whole, 1) => whole.to_string(),
        (part, of) => format!("{part}/{of}"),
    }
}

/// `1 s = 5 ms`.
pub fn speed_buys(speed: Speed) -> Phrase {
    Phrase::new(Key::SpeedBuys).with("span", bought(speed))
}

/// `1/200, 1 s = 5 ms`, for who hears it.
pub fn speed_spoken(speed: Speed) -> Phrase {
    let spoken = Phrase::new(Key::SpeedSpoken).with("scale", speed_label(speed));
    spoken.with("span", bought(speed))
}

/// What a second of the viewer's buys.
fn bought(speed: Speed) -> String {
    let (times, of) = speed.scale();
    let span = Span::micros(1_000_000 * u64::from(times) / u64::from(of));
    let seconds = span.0 / 1_000_000;
    if seconds > 0 { format!("{seconds} s") } else { span.to_string() }
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
            format!("{}: {}", speed_label(speed), text.say(&speed_buys(speed)))
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
