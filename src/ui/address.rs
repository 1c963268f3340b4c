//! What the page's address asks for: `?embed&story=partition&speed=1/50&theme=dark&lang=zh`.
//!
//! The query is for who embeds the page in slides or a course; it says how to begin, and is not
//! kept for the next visit. What it names wrongly it does not ask for.

use crate::scenario::Preset;
use crate::text::Language;
use crate::view::{Speed, speed_label};

use super::{Intent, Theme};

/// The parameters of the page's address.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Address {
    /// `embed`: the stage and the time bar alone.
    pub embed: bool,
    /// `paused`: time stands still until somebody presses play.
    pub paused: bool,
    /// `lang=zh`.
    pub language: Option<Language>,
    /// `lang=qps-ploc`, the usual tag of a pseudo-language: each sentence stands between marks.
    pub marked: bool,
    /// `theme=dark`.
    pub theme: Option<Theme>,
    /// `speed=1/50`, as the slider writes it.
    pub speed: Option<Speed>,
    /// `story=leader-crash`, a preset's name.
    pub story: Option<&'static str>,
    /// `servers=7`, for the story that comes in any size.
    pub servers: Option<u8>,
    /// `seed=42`.
    pub seed: Option<u64>,
}

const MARKED: &str = "qps-ploc";
const SERVERS: std::ops::RangeInclusive<u8> = 1..=9;

impl Address {
    /// Reads the query, with or without its question mark.
    pub fn parse(query: &str) -> Address {
        let mut address = Address::default();
        for part in query.trim_start_matches('?').split('&') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            // The only sign that a value here may have escaped.
            address.take(name, &value.replace("%2F", "/").replace("%2f", "/"));
        }
        address
    }

    fn take(&mut self, name: &str, value: &str) {
        let switched_on = !matches!(value, "0" | "no" | "false");
        match name {
            "embed" => self.embed = switched_on,
            "paused" => self.paused = switched_on,
            "lang" if value == MARKED => self.marked = true,
            "lang" => self.language = Language::of_tag(value),
            "theme" => self.theme = Theme::of_name(value),
            "speed" => self.speed = speed_of(value),
            "story" => self.story = Preset::find(value).map(Preset::name),
            "servers" => {
                self.servers = value.parse().ok().filter(|count| SERVERS.contains(count));
            }
            "seed" => self.seed = value.parse().ok(),
            _ => {}
        }
    }

    /// The query of the same page whole, empty or with its question mark.
    pub fn whole(query: &str) -> String {
        let parts = query.trim_start_matches('?').split('&');
        let embeds = |part: &&str| part.split('=').next() != Some("embed");
        let kept: Vec<_> = parts.filter(|part| !part.is_empty()).filter(embeds).collect();
        if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) }
    }

    /// Whether it says which run to begin with.
    pub fn names_run(&self) -> bool {
        self.story.is_some() || self.servers.is_some() || self.seed.is_some()
    }

    /// What is asked of the model before anything is shown. `playing` is whether time runs then; a
    /// run that a link has brought is not replaced (`linked`).
    pub fn intents(&self, playing: bool, linked: bool) -> Vec<Intent> {
        let mut intents = Vec::new();
        if self.names_run() && !linked {
            intents.push(Intent::Start {
                preset: self.story.unwrap_or("healthy"),
                servers: self.servers.unwrap_or(5),
                seed: self.seed.unwrap_or(1),
            });
        }
        intents.extend(self.speed.map(Intent::SetSpeed));
        if self.paused && playing {
            intents.push(Intent::PlayPause);
        }
        intents
    }
}

fn speed_of(label: &str) -> Option<Speed> {
    (0..Speed::COUNT).map(Speed::at).find(|&speed| speed_label(speed) == label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: Address) {
        assert_eq!(Address::parse(query), expected, "{query}");
    }

    #[test]
    fn an_address_says_how_to_begin() {
        check("", Address::default());
        check("?embed", Address { embed: true, ..Address::default() });
        check(
            "?embed=1&paused&theme=projector&lang=zh-CN&speed=1%2F50",
            Address {
                embed: true,
                paused: true,
                theme: Some(Theme::Projector),
                language: Some(Language::Chinese),
                speed: Some(Speed::at(4)),
                ..Address::default()
            },
        );
        check(
            "story=partition&servers=7&seed=42",
            Address {
                story: Some("partition"),
                servers: Some(7),
                seed: Some(42),
                ..Address::default()
            },
        );
        check("lang=qps-ploc", Address { marked: true, ..Address::default() });
    }

    #[test]
    fn what_is_named_wrongly_is_not_asked_for() {
        let query = "?embed=no&story=unknown&servers=40&seed=-1&speed=3&theme=pink&lang=tlh&x=%%";
        check(query, Address::default());
    }

    #[test]
    fn the_whole_page_is_asked_for_by_the_same_address_but_one_word() {
        let check = |query, expected: &str| assert_eq!(Address::whole(query), expected);
        check("?embed", "");
        check("?embed=1&seed=2&lang=zh", "?seed=2&lang=zh");
        check("?seed=2&embed", "?seed=2");
        check("", "");
    }

    #[test]
    fn a_run_begins_before_its_speed_is_set_and_time_stops_once() {
        let address = Address::parse("?seed=2&speed=16&paused");
        let start = Intent::Start { preset: "healthy", servers: 5, seed: 2 };
        let fast = Intent::SetSpeed(Speed::at(10));
        let all = [start.clone(), fast.clone(), Intent::PlayPause];
        assert_eq!(address.intents(true, false), all);
        assert_eq!(address.intents(false, false), [start, fast.clone()]);
        assert_eq!(address.intents(false, true), [fast]);
        assert_eq!(Address::default().intents(true, false), []);
    }
}
