//! The localisation layer: every key has its sentence in every language, no sentence lacks its key,
//! and no key is left over that nothing says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use zabscope::text::{Key, Language, Text};

/// The names of the messages in a locale file, in order.
fn messages(language: Language) -> Vec<String> {
    let path = format!("{}/src/text/locales/{}.ftl", env!("CARGO_MANIFEST_DIR"), language.tag());
    let source = fs::read_to_string(path).expect("every language has its file");
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
