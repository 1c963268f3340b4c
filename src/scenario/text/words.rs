//! One line, word by word, with the place of each.

use std::str::FromStr;

use crate::ensemble::Endpoint;
use crate::scenario::{Place, ScenarioError};
use crate::types::{ClientId, ServerId, Span, Zxid};

/// A word: bare, or in quotes.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Word {
    /// The first character's column, from 1.
    column: u32,
    /// Where it begins in the line.
    offset: usize,
    text: Vec<u8>,
    quoted: bool,
}

/// What is left of a line.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    line: u32,
    text: &'a str,
    words: Vec<Word>,
    /// The place of the next word.
    next: usize,
    /// What stands behind them as it is: what is entered at the console of the client that the last
    /// word names.
    entered: Option<&'a str>,
}

impl<'a> Words<'a> {
    /// Splits a line. A hash outside quotes begins a comment; what stands behind `C1>` is left as
    /// it is.
    pub fn new(line: u32, text: &'a str) -> Result<Words<'a>, ScenarioError> {
        for (offset, _) in text.match_indices('>') {
            let before = Words::split_up(line, &text[..offset]);
            if let Ok(words) = before
                && words.text.len() == offset
                && words.ends_in_client()
            {
                return Ok(Words { entered: Some(text[offset + 1..].trim()), ..words });
            }
        }
        Words::split_up(line, text)
    }

    fn split_up(line: u32, text: &'a str) -> Result<Words<'a>, ScenarioError> {
        let mut words = Words { line, text, words: Vec::new(), next: 0, entered: None };
        let mut rest = text.char_indices().zip(1..).peekable();
        while let Some(((offset, symbol), column)) = rest.next() {
            match symbol {
                ' ' | '\t' | '\r' => {}
                '#' => {
                    words.text = &text[..offset];
                    break;
                }
                '\'' => {
                    let text = quoted(&mut rest)
                        .map_err(|problem| ScenarioError::at(Place { line, column }, problem))?;
                    words.words.push(Word { column, offset, text, quoted: true });
                }
                first => {
                    let mut bare = String::from(first);
                    let is_bare = |symbol: char| !matches!(symbol, ' ' | '\t' | '\r' | '\'');
                    while let Some(((_, symbol), _)) =
                        rest.next_if(|((_, symbol), _)| is_bare(*symbol))
                    {
                        bare.push(symbol);
                    }
                    let text = bare.into_bytes();
                    words.words.push(Word { column, offset, text, quoted: false });
                }
            }
        }
        Ok(words)
    }

    /// Whether the last word is a client's name, with nothing behind it.
    fn ends_in_client(&self) -> bool {
        let is_last = |word: &Word| word.offset + word.text.len() == self.text.len();
        let last = self.words.last().filter(|word| !word.quoted && is_last(word));
        last.is_some_and(|word| {
            std::str::from_utf8(&word.text).is_ok_and(|name| client(name).is_some())
        })
    }

    /// What is entered at a console, if the line is about that.
    pub fn entered(&mut self) -> Option<&'a str> {
        self.entered.take()
    }

    pub fn line(&self) -> u32 {
        self.line
    }

    pub fn is_empty(&self) -> bool {
        self.next == self.words.len()
    }

    pub fn is_indented(&self) -> bool {
        self.text.starts_with([' ', '\t'])
    }

    /// Everything that is left, as it stands.
    pub fn rest(&mut self) -> &'a str {
        let rest = self.words.get(self.next).map_or("", |word| &self.text[word.offset..]);
        self.next = self.words.len();
        rest.trim_end()
    }

    /// Splits what is left at each of these words.
    pub fn split(&mut self, separator: &str) -> Vec<Words<'a>> {
        let rest = self.words.split_off(self.next);
        let is_separator = |word: &Word| !word.quoted && word.text == separator.as_bytes();
        let parts = rest.split(is_separator);
        let part = |words: &[Word]| Words { words: words.to_vec(), next: 0, ..self.clone() };
        parts.map(part).collect()
    }

    /// The next bare word.
    pub fn word(&mut self, expected: &str) -> Result<String, ScenarioError> {
        let word = self.words.get(self.next).filter(|word| !word.quoted);
        let Some(word) = word else { return Err(self.unexpected(expected)) };
        let text = String::from_utf8_lossy(&word.text).into_owned();
        self.next += 1;
        Ok(text)
    }

    /// The next word as bytes, quoted or bare.
    pub fn data(&mut self) -> Option<Vec<u8>> {
        let word = self.words.get(self.next)?;
        self.next += 1;
        Some(word.text.clone())
    }

    /// Passes the word if it is this one.
    pub fn take(&mut self, expected: &str) -> bool {
        let word = self.words.get(self.next);
        let found = word.is_some_and(|word| !word.quoted && word.text == expected.as_bytes());
        self.next += usize::from(found);
        found
    }

    pub fn expect(&mut self, expected: &str) -> Result<(), ScenarioError> {
        if self.take(expected) { Ok(()) } else { Err(self.unexpected(&format!("`{expected}`"))) }
    }

    /// The end of the line.
    pub fn end(&self) -> Result<(), ScenarioError> {
        if self.is_empty() && self.entered.is_none() {
            Ok(())
        } else {
            Err(self.unexpected("nothing more"))
        }
    }

    pub fn number<N: FromStr>(&mut self, expected: &str) -> Result<N, ScenarioError> {
        let word = self.word(expected)?;
        word.parse().map_err(|_| self.unexpected_last(expected))
    }

    /// `200us`, `1.5ms`, `2s`.
    pub fn span(&mut self, expected: &str) -> Result<Span, ScenarioError> {
        let word = self.word(expected)?;
        span(&word).ok_or_else(|| self.unexpected_last(expected))
    }

    /// A span with its unit, if that is what comes next.
    pub fn span_if_any(&mut self) -> Option<Span> {
        let word = self.bare()?;
        let span =
            span(word).filter(|_| word.ends_with(|last: char| last.is_ascii_alphabetic()))?;
        self.next += 1;
        Some(span)
    }

    /// A number, if that is what comes next.
    pub fn number_if_any<N: FromStr>(&mut self) -> Option<N> {
        let number = self.bare()?.parse().ok()?;
        self.next += 1;
        Some(number)
    }

    /// A server, if that is what comes next.
    pub fn server_if_any(&mut self) -> Option<ServerId> {
        let found = server(self.bare()?)?;
        self.next += 1;
        Some(found)
    }

    /// One of these by its name, if that is what comes next.
    pub fn one_of<T: Copy>(&mut self, all: &[T], name: impl Fn(T) -> &'static str) -> Option<T> {
        let word = self.bare()?;
        let found = all.iter().copied().find(|&one| name(one) == word)?;
        self.next += 1;
        Some(found)
    }

    /// `(1,2)`, if that is what comes next.
    pub fn zxid_if_any(&mut self) -> Option<Zxid> {
        let found = zxid(self.bare()?)?;
        self.next += 1;
        Some(found)
    }

    /// `(1,2)`.
    pub fn zxid(&mut self) -> Result<Zxid, ScenarioError> {
        let found = self.zxid_if_any();
        found.ok_or_else(|| self.unexpected("a zxid, such as `(1,2)`"))
    }

    /// `(1,1)..(1,3)`, or `(1,1)` alone, if that is what comes next.
    pub fn zxid_range_if_any(&mut self) -> Option<(Zxid, Zxid)> {
        let word = self.bare()?;
        let (first, last) = word.split_once("..").unwrap_or((word, word));
        let range = (zxid(first)?, zxid(last)?);
        self.next += 1;
        Some(range)
    }

    /// The next word, if it is bare.
    fn bare(&self) -> Option<&str> {
        let word = self.words.get(self.next).filter(|word| !word.quoted)?;
        std::str::from_utf8(&word.text).ok()
    }

    /// `S1`.
    pub fn server(&mut self) -> Result<ServerId, ScenarioError> {
        let expected = "a server, such as `S1`";
        let word = self.word(expected)?;
        server(&word).ok_or_else(|| self.unexpected_last(expected))
    }

    /// `S1` or `C1`.
    pub fn endpoint(&mut self) -> Result<Endpoint, ScenarioError> {
        let expected = "a server or a client, such as `S1` or `C1`";
        let word = self.word(expected)?;
        let server = server(&word).map(Endpoint::Server);
        let endpoint = server.or_else(|| client(&word).map(Endpoint::Client));
        endpoint.ok_or_else(|| self.unexpected_last(expected))
    }

    /// Where the next word stands, or the line ends.
    pub fn place(&self) -> Place {
        let column = match self.words.get(self.next) {
            Some(word) => word.column,
            None => {
                let end = self.text.trim_end().chars().count() + 1;
                u32::try_from(end).unwrap_or(u32::MAX)
            }
        };
        Place { line: self.line, column }
    }

    /// A problem with the word that comes next.
    pub fn unexpected(&self, expected: &str) -> ScenarioError {
        let problem = match self.words.get(self.next) {
            Some(word) => {
                let found = String::from_utf8_lossy(&word.text);
                format!("`{found}`; expected {expected}")
            }
            None => format!("expected {expected} at the line's end"),
        };
        ScenarioError::at(self.place(), problem)
    }

    /// A problem with the word that was taken last.
    pub fn unexpected_last(&self, expected: &str) -> ScenarioError {
        Words { next: self.next.saturating_sub(1), ..self.clone() }.unexpected(expected)
    }

    /// A problem of another kind with the word that was taken last.
    pub fn problem(&self, problem: impl Into<String>) -> ScenarioError {
        let word = self.words.get(self.next.saturating_sub(1));
        let column = word.map_or(1, |word| word.column);
        ScenarioError::at(Place { line: self.line, column }, problem)
    }
}

/// The content of a quoted word, whose opening quote is taken already.
fn quoted(rest: &mut impl Iterator<Item = ((usize, char), u32)>) -> Result<Vec<u8>, &'static str> {
    let mut content = String::new();
    let mut bytes = Vec::new();
    let mut symbols = rest.map(|((_, symbol), _)| symbol);
    loop {
        match symbols.next() {
            None => return Err("a quote that is not closed"),
            Some('\'') => {
                bytes.extend(content.into_bytes());
                return Ok(bytes);
            }
            Some('\\') => match symbols.next() {
                Some(symbol @ ('\\' | '\'')) => content.push(symbol),
                Some('n') => content.push('\n'),
                Some('x') => {
                    let mut digit = || symbols.next().and_then(|digit| digit.to_digit(16));
                    let (Some(high), Some(low)) = (digit(), digit()) else {
                        return Err("`\\x`; expected two hexadecimal digits behind it");
                    };
                    bytes.extend(std::mem::take(&mut content).into_bytes());
                    bytes.push((high * 16 + low) as u8);
                }
                _ => return Err("a backslash; expected one of \\' \\\\ \\n \\xff"),
            },
            Some(symbol) => content.push(symbol),
        }
    }
}

/// A span as people write it: `200us`, `1.5ms`, `2s`, `3min`; without a unit microseconds.
pub fn span(word: &str) -> Option<Span> {
    let unit_at = word.find(|symbol: char| symbol.is_ascii_alphabetic()).unwrap_or(word.len());
    let (number, unit) = word.split_at(unit_at);
    let (micros, decimals): (u64, usize) = match unit {
        "" | "us" => (1, 0),
        "ms" => (1_000, 3),
        "s" => (1_000_000, 6),
        "min" => (60_000_000, 0),
        _ => return None,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_number = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if fraction.len() > decimals || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    if number.ends_with('.') || whole.is_empty() {
        return None;
    }
    let whole: u64 = whole.parse::<u64>().ok()?.checked_mul(micros)?;
    let fraction: u64 = format!("{fraction:0<decimals$}").parse().unwrap_or(0);
    // Far below the end of the scale, so that instants can be added.
    whole.checked_add(fraction).filter(|&micros| micros <= u64::MAX / 4).map(Span)
}

/// A span of whole milliseconds with its sign: `-250ms`, `5s`.
pub(super) fn signed_millis(word: &str) -> Option<i64> {
    let (sign, rest) = word.strip_prefix('-').map_or((1, word), |rest| (-1, rest));
    let Span(micros) = span(rest)?;
    let millis = i64::try_from(micros / 1_000).ok()?;
    (micros % 1_000 == 0).then_some(sign * millis)
}

fn server(word: &str) -> Option<ServerId> {
    numbered(word, 'S').map(ServerId)
}

/// `(1,2)`; both numbers also hexadecimal, as in `(1,0xfffffffe)`.
pub(super) fn zxid(word: &str) -> Option<Zxid> {
    let (epoch, counter) = word.strip_prefix('(')?.strip_suffix(')')?.split_once(',')?;
    let number = |text: &str| match text.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    };
    Some(Zxid::new(number(epoch)?, number(counter)?))
}

/// `(1,2)`.
pub(super) fn zxid_text(zxid: Zxid) -> String {
    format!("({},{})", zxid.epoch, zxid.counter)
}

/// `C1`.
pub(super) fn client(word: &str) -> Option<ClientId> {
    numbered(word, 'C').map(ClientId)
}

fn numbered<N: FromStr>(word: &str, letter: char) -> Option<N> {
    let number = word.strip_prefix(letter)?;
    let is_number = !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit());
    if is_number { number.parse().ok() } else { None }
}
