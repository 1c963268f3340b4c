//! The localisation layer: every key has its sentence in every language, no sentence lacks its key,
//! and no key is left over that nothing says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use zabscope::text::{Key, Language, Text};
use zabscope::types::{ServerId, Span};
use zabscope::ui::{Intent, Model, Watched};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file is there")
}

fn locale(language: Language) -> String {
    read(&format!("src/text/locales/{}.ftl", language.tag()))
}

/// The names of the messages in a locale file, in order.
fn messages(language: Language) -> Vec<String> {
    let source = locale(language);
    let name = |line: &str| {
        let (name, _) = line.split_once(" =")?;
        let named = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        (named && !line.starts_with(' ')).then(|| name.to_owned())
    };
    source.lines().filter_map(name).collect()
}

/// The text of all Rust sources of the crate but the table of keys itself.
fn sources() -> String {
    fn read(folder: &Path, into: &mut String) {
        let entries = fs::read_dir(folder).expect("the crate's sources are there");
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                read(&path, into);
            } else if path.extension().is_some_and(|kind| kind == "rs")
                && !path.ends_with("text/key.rs")
            {
                *into += &fs::read_to_string(&path).expect("a source file is text");
            }
        }
    }
    let mut all = String::new();
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
    all
}

#[test]
fn every_language_has_exactly_the_keys() {
    let keys: BTreeSet<_> = Key::ALL.iter().map(|key| key.id().to_owned()).collect();
    assert_eq!(keys.len(), Key::ALL.len(), "two keys share a name");
    for &language in Language::ALL {
        let messages = messages(language);
        let once: BTreeSet<_> = messages.iter().cloned().collect();
        assert_eq!(once.len(), messages.len(), "{language:?} says a key twice");
        let missing: Vec<_> = keys.difference(&once).collect();
        let surplus: Vec<_> = once.difference(&keys).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        assert!(surplus.is_empty(), "{language:?} says {surplus:?}, which is no key");
    }
}

#[test]
fn every_language_parses() {
    for &language in Language::ALL {
        let text = Text::new(language);
        let silent: Vec<_> = Key::ALL.iter().filter(|&&key| text.pattern(key).is_none()).collect();
        assert!(silent.is_empty(), "{language:?} has no sentence for {silent:?}");
    }
}

#[test]
fn every_key_is_said_somewhere() {
    let sources = sources();
    let said = |key: &&Key| {
        let name = format!("Key::{key:?}");
        sources.match_indices(&name).any(|(at, _)| {
            let next = sources[at + name.len()..].chars().next();
            !next.is_some_and(|letter| letter.is_alphanumeric())
        })
    };
    let unsaid: Vec<_> = Key::ALL.iter().filter(|key| !said(key)).collect();
    assert!(unsaid.is_empty(), "nothing says {unsaid:?}");
}

/// Each message of a locale file with everything that stands behind its name.
fn patterns(language: Language) -> BTreeMap<String, String> {
    let mut patterns = BTreeMap::new();
    let mut last = String::new();
    for line in locale(language).lines().filter(|line| !line.starts_with('#')) {
        match line.split_once(" =") {
            Some((name, pattern)) if !line.starts_with(' ') => {
                last = name.to_owned();
                patterns.insert(last.clone(), pattern.to_owned());
            }
            _ => *patterns.entry(last.clone()).or_default() += line,
        }
    }
    patterns
}

/// The names behind each `$`.
fn arguments(pattern: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    pattern.split('$').skip(1).map(name).collect()
}

/// Whether an argument does nothing but choose between variants of the pattern.
fn only_chooses(pattern: &str, name: &str) -> bool {
    let behind = |(at, found): (usize, &str)| pattern[at + found.len()..].trim_start().to_owned();
    let variable = format!("${name}");
    let mut uses = pattern.match_indices(&variable).map(behind);
    uses.all(|rest| rest.starts_with("->"))
}

#[test]
fn every_language_says_the_same_arguments() {
    let english = patterns(Language::English);
    for &language in Language::ALL {
        for (name, pattern) in patterns(language) {
            let (said, all) = (arguments(&pattern), arguments(&english[&name]));
            let unknown: Vec<_> = said.difference(&all).collect();
            assert!(unknown.is_empty(), "{name} in {language:?} says {unknown:?}");
            // A number that only chooses between forms is no use where there is one form.
            let missing: Vec<_> = all.difference(&said).collect();
            assert!(
                missing.iter().all(|one| only_chooses(&english[&name], one)),
                "{name} in {language:?} lacks {missing:?}"
            );
        }
    }
}

/// What the page says before the program runs, language by language: `static/boot.js`.
#[test]
fn before_the_program_runs_each_language_says_the_same() {
    let boot = read("static/boot.js");
    let (_, words) = boot.split_once("var words = {").expect("the words begin");
    let (words, _) = words.split_once("\n  };").expect("the words end");
    let mut said: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut language = "";
    for line in words.lines().map(str::trim) {
        match line.split_once(": ") {
            Some((name, "{")) => language = name,
            Some((name, _)) => drop(said.entry(language).or_default().insert(name)),
            None => {}
        }
    }
    assert!(said["en"].len() > 10, "{said:?}");
    assert!(said.contains_key("zh"), "{said:?}");
    for (language, names) in &said {
        assert_eq!(names, &said["en"], "{language}");
    }
}

/// A sentence that was forgotten is still English: only names of the protocol, the API and units
/// are Latin here.
#[test]
fn chinese_has_no_word_of_english_left() {
    const NAMES: [&str; 39] = [
        "A",
        "B",
        "COMMIT",
        "DIFF",
        "JSON",
        "LEADING",
        "LOOKING",
        "NEWLEADER",
        "PNG",
        "PROPOSAL",
        "S",
        "SNAP",
        "SVG",
        "ShiViz",
        "TCP",
        "TRUNC",
        "TTL",
        "UPTODATE",
        "ZAB",
        "ZabScope",
        "ZooKeeper",
        "a",
        "acceptedEpoch",
        "b",
        "currentEpoch",
        "cversion",
        "e",
        "help",
        "ms",
        "multi",
        "pzxid",
        "s",
        "sync",
        "syncLimit",
        "tick",
        "version",
        "zabsim",
        "znode",
        "zxid",
    ];
    let mut unknown = Vec::new();
    for (name, pattern) in patterns(Language::Chinese) {
        let spoken = without_placeables(&pattern);
        let words = spoken.split(|letter: char| !letter.is_ascii_alphabetic());
        let foreign = words.filter(|word| !word.is_empty() && !NAMES.contains(word));
        unknown.extend(foreign.map(|word| format!("{name}: {word}")));
    }
    assert!(unknown.is_empty(), "not Chinese, and no name listed here: {unknown:#?}");
}

/// Outside of `{ … }`, and without the selectors of variants.
fn without_placeables(pattern: &str) -> String {
    let mut spoken = String::new();
    let (mut depth, mut selector) = (0, false);
    let selects = pattern.contains("->");
    for letter in pattern.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            '[' if selects => selector = true,
            ']' if selects => selector = false,
            _ if !selector && depth <= i32::from(selects) => spoken.push(letter),
            _ => {}
        }
    }
    // The variable that selects stands before the arrow.
    spoken.split_once("->").map_or(spoken.clone(), |(_, variants)| variants.to_owned())
}

/// As typesetters do it: a blank between Chinese and Latin or digits, full-width punctuation.
#[test]
fn chinese_is_set_as_chinese() {
    let is_han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let is_latin = |letter: char| letter.is_ascii_alphanumeric();
    let text = Text::new(Language::Chinese);
    let mut untidy = Vec::new();
    for key in Key::ALL.iter().filter(|key| !matches!(key, Key::SpelledNumbers)) {
        // A number in words is Chinese, whatever its function is called.
        let sentence = text.pattern(*key).unwrap_or_default().replace("SPELLED(", "（");
        let letters: Vec<char> = sentence.chars().collect();
        for pair in letters.windows(2) {
            let (left, right) = (pair[0], pair[1]);
            let joined = (is_han(left) && is_latin(right)) || (is_latin(left) && is_han(right));
            let half = is_han(left) && ",.;:?!()".contains(right);
            if joined || half {
                untidy.push(format!("{}: {left}{right}", key.id()));
            }
        }
    }
    assert!(untidy.is_empty(), "{untidy:#?}");
}

/// A run with everything in it that a person can do by a button, and what the page shows of it.
fn pages(preset: &'static str) -> Vec<zabscope::view::PageView> {
    let mut model = Watched::open();
    model.act(&Intent::Start { preset, servers: 5, seed: 3 });
    model.act(&Intent::SetSpeed(zabscope::view::Speed::at(8)));
    let acts = [
        Intent::SendWrite,
        Intent::SelectServer(ServerId(5)),
        Intent::CrashLeader,
        Intent::Multi,
        Intent::SelectServer(ServerId(1)),
        Intent::Split,
        Intent::Read,
        Intent::HealAll,
        Intent::CrashOrRestart(ServerId(5)),
        Intent::PauseOrResume(ServerId(2)),
        Intent::OneWayCut,
        Intent::SlowLink,
        Intent::HealAll,
    ];
    let mut pages = Vec::new();
    for act in acts {
        model.act(&act);
        for _ in 0..12 {
            model.advance(Span::millis(150));
            pages.push(model.page());
        }
    }
    pages
}

/// What a view hands over as a name is said as it is in every language, so it must be one.
#[test]
fn names_are_no_sentences() {
    let mut prose = BTreeSet::new();
    for preset in ["healthy", "transaction-done-right"] {
        for page in pages(preset) {
            let told = format!("{page:?}");
            let names = told.split("Name(\"").skip(1);
            let names = names.filter_map(|rest| Some(rest.split_once("\")")?.0));
            prose.extend(names.filter(|name| is_prose(name)).map(str::to_owned));
        }
    }
    assert!(prose.is_empty(), "sentences that no locale file says: {prose:#?}");
}

/// Two words of small letters in a row; the first word of a request is the name of its operation.
fn is_prose(name: &str) -> bool {
    let is_word = |word: &&str| word.len() > 2 && word.chars().all(|l| l.is_ascii_lowercase());
    let words: Vec<_> = name.trim_start_matches("multi ").split(' ').collect();
    words.windows(2).any(|pair| is_word(&pair[0]) && is_word(&pair[1]))
}

/// All that is told of a run can be told in every language: no argument is missing, and what is
/// said in the pseudo-language stands between its marks.
#[test]
fn a_whole_run_is_told_in_every_language() {
    let texts: Vec<_> = Language::ALL.iter().map(|&language| Text::new(language)).collect();
    let marked = Text::marked();
    let mut told = BTreeSet::new();
    for page in pages("healthy") {
        let mut phrases = vec![page.caption.title.clone(), page.caption.detail.clone()];
        phrases.extend(page.events.iter().map(|event| event.what.clone()));
        for phrase in phrases {
            if told.insert(format!("{phrase:?}")) {
                for text in &texts {
                    assert!(!text.say(&phrase).contains('{'), "{phrase:?}");
                }
                let sentence = marked.say(&phrase);
                assert!(sentence.starts_with('⟦') && sentence.ends_with('⟧'), "{sentence}");
            }
        }
    }
    assert!(told.len() > 100, "a run of so much says more than {} sentences", told.len());
}
