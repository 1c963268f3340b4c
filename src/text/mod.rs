//! Every sentence of the page, in every language.
//!
//! A [`Phrase`] is a [`Key`] with its arguments: plain data that views carry and compare. A
//! [`Text`] is one language and turns phrases into sentences. No sentence is put together from
//! pieces elsewhere, since other languages order them otherwise. A further language is one more
//! file in `locales/` and its line in [`Language`]; what the page says before the program runs
//! (`static/boot.js`) stays English where it has no words of that language.

mod key;
mod phrase;
mod rail_keys;

use std::fmt;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

pub use key::Key;
pub use phrase::{Arg, Phrase};

/// Declares [`Language`]: each variant with its BCP 47 tag, which is its file's name too, and what
/// it calls itself in the switch.
macro_rules! languages {
    ($($(#[$attribute:meta])* $variant:ident $tag:literal $own_name:literal,)*) => {
        /// A language of the page.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        pub enum Language {
            $(#[doc = $own_name] $(#[$attribute])* $variant,)*
        }

        impl Language {
            /// All of them, in the order of the switch.
            pub const ALL: &[Language] = &[$(Language::$variant,)*];

            /// The BCP 47 tag, as in the page's `lang` attribute.
            pub const fn tag(self) -> &'static str {
                match self {
                    $(Language::$variant => $tag,)*
                }
            }

            /// What it calls itself, short enough for the switch.
            pub const fn own_name(self) -> &'static str {
                match self {
                    $(Language::$variant => $own_name,)*
                }
            }

            fn source(self) -> &'static str {
                match self {
                    $(Language::$variant => include_str!(concat!("locales/", $tag, ".ftl")),)*
                }
            }
        }
    };
}

languages! {
    #[default] English "en" "EN",
    Chinese "zh" "中文",
}

impl Language {
    /// The language of this tag, whatever region or script it names besides.
    pub fn of_tag(tag: &str) -> Option<Language> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        let speaks = |language: &Language| language.tag().eq_ignore_ascii_case(primary);
        Language::ALL.iter().copied().find(speaks)
    }

    /// The first of the reader's tags, best first, that the page speaks; else English.
    pub fn preferred<'a>(tags: impl IntoIterator<Item = &'a str>) -> Language {
        tags.into_iter().find_map(Language::of_tag).unwrap_or_default()
    }

    /// The one after it in the switch.
    pub fn next(self) -> Language {
        let after = Language::ALL.iter().skip_while(|&&language| language != self).nth(1);
        after.or(Language::ALL.first()).copied().unwrap_or_default()
    }
}

/// One language, ready to speak.
pub struct Text {
    language: Language,
    bundle: FluentBundle<FluentResource>,
    /// Whether each sentence stands between marks.
    marked: bool,
}

impl Text {
    /// Reads the language's file.
    ///
    /// # Panics
    /// If the embedded file does not parse; a test reads each.
    pub fn new(language: Language) -> Text {
        let resource = FluentResource::try_new(language.source().to_owned())
            .expect("a locale file is embedded and a test parses it");
        let tag = language.tag().parse().expect("a language's tag is a valid one");
        let mut bundle = FluentBundle::new(vec![tag]);
        // The marks that isolate arguments are for mixed directions; both languages run left to
        // right, and the marks would stand in every label that a test or a screen reader reads.
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).expect("a locale file holds each key once, a test counts");
        let words = spelled_numbers(&bundle);
        let capitalized: Vec<_> = words.iter().map(|word| capitalize(word)).collect();
        bundle
            .add_function("SPELLED", move |args, _| spell(&words, args))
            .expect("the only function of its name");
        bundle
            .add_function("CAPITALIZED", move |args, _| spell(&capitalized, args))
            .expect("the only function of its name");
        Text { language, bundle, marked: false }
    }

    /// The pseudo-language: English with each sentence between `⟦` and `⟧`, longer than it is. What
    /// stands on the page outside of these marks no locale file has said.
    ///
    /// # Panics
    /// As [`Text::new`].
    pub fn marked() -> Text {
        Text { marked: true, ..Text::new(Language::English) }
    }

    /// Which language this is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The sentence of a key without arguments.
    pub fn get(&self, key: Key) -> String {
        self.say(&Phrase::new(key))
    }

    /// The sentence of a phrase. A key that the language lacks shows its name.
    pub fn say(&self, phrase: &Phrase) -> String {
        let id = phrase.key().id();
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, arg) in phrase.args() {
            args.set(*name, self.value(arg));
        }
        let mut errors = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, Some(&args), &mut errors);
        debug_assert!(errors.is_empty(), "{id}: {errors:?}");
        if self.marked { format!("⟦{sentence} ~~⟧") } else { sentence.into_owned() }
    }

    /// The phrase with a gap where its argument `name` would stand: what comes before it and what
    /// behind it, for who draws the argument otherwise than as text.
    pub fn say_around(&self, phrase: &Phrase, name: &'static str) -> (String, String) {
        let sentence = self.say(&phrase.clone().with(name, GAP));
        let (before, behind) = sentence.split_once(GAP).unwrap_or((&sentence, ""));
        (before.to_owned(), behind.to_owned())
    }

    /// The pattern of a key, arguments left open; `None` where the language lacks the key.
    pub fn pattern(&self, key: Key) -> Option<String> {
        let pattern = self.bundle.get_message(key.id())?.value()?;
        Some(self.bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
    }

    fn value(&self, arg: &Arg) -> FluentValue<'static> {
        match arg {
            Arg::Name(name) => FluentValue::from(name.to_string()),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Phrase(phrase) => FluentValue::from(self.say(phrase)),
            Arg::List(names) => FluentValue::from(names.join(&self.list_separator())),
        }
    }
}

impl Text {
    /// Several phrases, listed as the language lists them.
    pub fn list(&self, phrases: impl IntoIterator<Item = Phrase>) -> String {
        let said: Vec<_> = phrases.into_iter().map(|phrase| self.say(&phrase)).collect();
        said.join(&self.list_separator())
    }

    /// What stands between the names of a list.
    fn list_separator(&self) -> String {
        self.pattern(Key::ListSeparator).unwrap_or_default()
    }
}

/// Stands for an argument that is drawn, not said.
const GAP: &str = "\u{FFFC}";

impl fmt::Debug for Text {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("Text").field(&self.language).finish()
    }
}

/// The language's words for zero, one, two, …; none where it writes digits.
fn spelled_numbers(bundle: &FluentBundle<FluentResource>) -> Vec<String> {
    let message = bundle.get_message(Key::SpelledNumbers.id());
    let Some(pattern) = message.and_then(|message| message.value()) else { return Vec::new() };
    let words = bundle.format_pattern(pattern, None, &mut Vec::new());
    words.split_whitespace().map(str::to_owned).collect()
}

fn capitalize(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `SPELLED($n)`: the word for a small number, digits for others. `CAPITALIZED($n)`: the same where
/// a sentence begins.
fn spell(words: &[String], args: &[FluentValue<'_>]) -> FluentValue<'static> {
    match args.first() {
        Some(FluentValue::Number(number)) => {
            let word = words.get(number.value as usize).filter(|_| number.value >= 0.0);
            FluentValue::from(word.cloned().unwrap_or_else(|| number.as_string().into_owned()))
        }
        Some(FluentValue::String(text)) => FluentValue::from(text.to_string()),
        _ => FluentValue::Error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_find_their_place() {
        let text = Text::new(Language::English);
        let phrase = Phrase::new(Key::SpeedBuys).with("span", "5 ms");
        assert_eq!(text.say(&phrase), "1 s = 5 ms");
    }

    #[test]
    fn an_argument_can_be_left_open() {
        let text = Text::new(Language::English);
        let phrase = Phrase::new(Key::SpeedBuys);
        assert_eq!(text.say_around(&phrase, "span"), ("1 s = ".to_owned(), String::new()));
    }

    #[test]
    fn the_first_language_of_the_reader_that_is_spoken_is_taken() {
        let check = |tags: &[&str], expected| {
            assert_eq!(Language::preferred(tags.iter().copied()), expected, "{tags:?}");
        };
        check(&["zh-CN", "en"], Language::Chinese);
        check(&["de-AT", "en-GB", "zh"], Language::English);
        check(&["fr", "ZH-Hant-TW"], Language::Chinese);
        check(&["zhx", "tlh"], Language::English);
        check(&[], Language::English);
    }

    #[test]
    fn the_switch_goes_round() {
        let mut language = Language::English;
        for _ in Language::ALL {
            language = language.next();
        }
        assert_eq!(language, Language::English);
        assert_eq!(Language::English.next(), Language::Chinese);
    }

    #[test]
    fn small_numbers_are_words_and_large_ones_digits() {
        let text = Text::new(Language::English);
        let label = |filled: u32| {
            text.say(&Phrase::new(Key::TallyAcks).with("filled", filled).with("total", 13_u32))
        };
        assert_eq!(label(2), "two acks of 13");
        assert_eq!(label(1), "one ack of 13");
    }
}
