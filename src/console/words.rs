//! From a line to words, and from words to options. Source: `ZooKeeperMain.MyCommandOptions`,
//! commons-cli's `DefaultParser`.

use std::sync::Arc;

use super::dialogue::Stop;

/// The words of a line: blanks part them, quotes of either kind hold one together. A quote that is
/// never closed is passed over.
pub(super) fn split(line: &str) -> Vec<Arc<str>> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        if first == '"' || first == '\'' {
            match rest[1..].split_once(first) {
                Some((word, behind)) => {
                    words.push(word.into());
                    rest = behind;
                }
                None => rest = &rest[1..],
            }
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            words.push(rest[..end].into());
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    words
}

/// A command's options and what else it was given.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Arguments {
    flags: Vec<char>,
    values: Vec<(char, Arc<str>)>,
    /// What is no option, in order.
    pub(super) plain: Vec<Arc<str>>,
}

impl Arguments {
    /// Reads what stands behind the command. `flags` are the letters that stand alone, `valued`
    /// those that take the next word. At least so many plain words are needed; where they are not
    /// there, people are told the command's usage.
    pub(super) fn read(
        words: &[Arc<str>],
        (flags, valued): (&str, &str),
        plain_min: usize,
    ) -> Result<Arguments, Stop> {
        let mut arguments = Arguments::default();
        let mut rest = words[1..].iter();
        while let Some(word) = rest.next() {
            let letters = word.strip_prefix('-').filter(|letters| {
                !letters.is_empty() && !letters.starts_with(|first: char| first.is_ascii_digit())
            });
            let Some(letters) = letters else {
                arguments.plain.push(Arc::clone(word));
                continue;
            };
            let mut known = letters.chars();
            if let (Some(letter), None) = (known.next(), known.next())
                && valued.contains(letter)
            {
                let Some(value) = rest.next() else {
                    return Err(Stop::failed(format!("Missing argument for option: {letter}")));
                };
                arguments.values.push((letter, Arc::clone(value)));
            } else if letters.chars().all(|letter| flags.contains(letter)) {
                arguments.flags.extend(letters.chars());
            } else {
                return Err(Stop::failed(format!("Unrecognized option: {word}")));
            }
        }
        if arguments.plain.len() < plain_min {
            return Err(Stop::failed(super::table::usage_of(&words[0])));
        }
        Ok(arguments)
    }

    pub(super) fn has(&self, flag: char) -> bool {
        self.flags.contains(&flag)
    }

    pub(super) fn value(&self, letter: char) -> Option<&Arc<str>> {
        self.values.iter().find(|(name, _)| *name == letter).map(|(_, value)| value)
    }

    /// The number behind an option, if it is there.
    pub(super) fn number<T: std::str::FromStr>(&self, letter: char) -> Result<Option<T>, Stop> {
        let number = |text: &Arc<str>| {
            text.parse().map_err(|_| Stop::failed(format!("For input string: \"{text}\"")))
        };
        self.value(letter).map(number).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn quotes_hold_a_word_together() {
        let check = |line: &str, expected: &[&str]| {
            let words = split(line);
            let words: Vec<&str> = words.iter().map(|word| &**word).collect();
            assert_eq!(words, expected, "{line}");
        };
        check("  create  -e /a 'two words' ", &["create", "-e", "/a", "two words"]);
        check("set /a \"it's\" ''", &["set", "/a", "it's", ""]);
        check("set /a \"never closed", &["set", "/a", "never", "closed"]);
        check("set /a b\"c", &["set", "/a", "b\"c"]);
        check("   ", &[]);
    }
}
