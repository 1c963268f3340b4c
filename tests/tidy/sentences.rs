//! Sentences belong to the locale files: none stands in the sources, none is put together there.

use super::source::{Complaint, Source};

/// Words of a language in what the page shows: text nodes, and attributes that are read out.
pub fn words(source: &Source) -> Vec<Complaint> {
    if source.layer() != Some("ui") || !source.is_rust() {
        return Vec::new();
    }
    const READ_OUT: [&str; 5] =
        ["aria-label=\"", "title=\"", "placeholder=\"", "alt=\"", "aria-valuetext=\""];
    let advice = "give it a key in src/text/key.rs and its wording in src/text/locales";
    let shown = |line: &str| {
        let begins = line.match_indices("{ \"").map(|(at, found)| at + found.len());
        let attributes = READ_OUT.iter().flat_map(|name| {
            line.match_indices(name).map(|(at, found)| at + found.len()).collect::<Vec<_>>()
        });
        let texts = begins.chain(attributes).map(|at| line[at..].split('"').next());
        texts.flatten().find(|text| is_word(text)).map(str::to_owned)
    };
    // The arms of a choice are values, not yet text.
    let lines = source.text.lines().enumerate().filter(|(_, line)| !line.contains(" else {"));
    let found = lines.filter_map(|(index, line)| Some((index + 1, shown(line)?)));
    found.map(|(line, text)| source.complain(line, format!("the words {text:?}"), advice)).collect()
}

/// A unit or the cap of a key is no word.
fn is_word(text: &str) -> bool {
    let letters = text.split(|letter: char| !letter.is_alphabetic());
    letters.map(|word| word.chars().count()).max().unwrap_or(0) > 2
}

/// A sentence that is said and then added to another: another language would order them otherwise.
pub fn pieces(source: &Source) -> Vec<Complaint> {
    if !matches!(source.layer(), Some("ui" | "view" | "viewer")) || !source.is_rust() {
        return Vec::new();
    }
    let advice = "make the whole a sentence of its own, with the piece as an argument";
    let product = source.code.split("#[cfg(test)]").next().unwrap_or_default();
    let formats = product.match_indices("format!(").filter_map(|(at, found)| {
        let arguments = arguments(&product[at + found.len()..]);
        (arguments.contains(".say(") || arguments.contains("text.get(")).then_some(at)
    });
    let sums = ["+ &text.say(", "+ &text.get(", "push_str(&text.", "said.join("];
    let sums = sums.iter().flat_map(|sum| product.match_indices(sum).map(|(at, _)| at));
    let mut lines: Vec<_> = formats.chain(sums).map(|at| source.line_at(at)).collect();
    lines.sort_unstable();
    let what = "a sentence built from pieces";
    lines.into_iter().map(|line| source.complain(line, what.to_owned(), advice)).collect()
}

/// What stands before the parenthesis that closes.
fn arguments(text: &str) -> &str {
    let mut depth = 1;
    let closing = text.find(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    &text[..closing.unwrap_or(text.len())]
}
