//! Words that may stand in some places only.

use super::source::{Complaint, Source};

/// The browser is known to the layers that live in it, and to nobody else.
pub fn browser(source: &Source) -> Vec<Complaint> {
    const WORDS: &[&str] = &[
        "yew",
        "web_sys",
        "js_sys",
        "gloo",
        "gloo_events",
        "gloo_render",
        "gloo_timers",
        "wasm_bindgen",
        "wasm_bindgen_futures",
        "console_error_panic_hook",
    ];
    let in_browser = matches!(source.layer(), Some("ui" | "worker"));
    if in_browser || source.path == "src/main.rs" || !source.path.starts_with("src/") {
        return Vec::new();
    }
    let advice = "only ui/, worker/ and main.rs may know the browser: hand the value in";
    complaints(source, WORDS, advice)
}

/// What differs from run to run, or from machine to machine.
pub fn chance(source: &Source) -> Vec<Complaint> {
    if !source.path.starts_with("src/") {
        return Vec::new();
    }
    let order = "its order differs from run to run: use BTreeMap, or imbl::OrdMap";
    let mut found = complaints(source, &["HashMap", "HashSet"], order);
    // Commands measure and report; the page reads the browser's clock.
    if !matches!(source.layer(), Some("bin" | "cli")) {
        let clock = "no machine clock: simulated time is types::Instant, handed in";
        found.extend(complaints(source, &["std::time", "SystemTime"], clock));
    }
    if !matches!(source.layer(), Some("bin" | "cli" | "view" | "ui")) {
        let float = "no floats left of view: integers in the smallest unit (microseconds, parts)";
        found.extend(complaints(source, &["f32", "f64"], float));
    }
    found.sort_by_key(|complaint| complaint.line);
    found
}

/// What stands for work not done.
pub fn unfinished(source: &Source) -> Vec<Complaint> {
    if !source.is_rust() {
        return Vec::new();
    }
    let marks = ["todo!", "unimplemented!", "dbg!", "#[ignore"];
    let mut found = Vec::new();
    for mark in marks {
        for (start, _) in source.code.match_indices(mark) {
            let what = format!("`{mark}`");
            found.push(source.complain(source.line_at(start), what, "finish it, or leave it out"));
        }
    }
    found.sort_by_key(|complaint| complaint.line);
    found
}

/// Colours outside the tokens, in sheets and in the code that draws.
pub fn colours(source: &Source) -> Vec<Complaint> {
    let draws = matches!(source.layer(), Some("ui" | "view"));
    let sheet = source.path.ends_with(".css") && !source.path.ends_with("/tokens.css");
    if !sheet && !draws {
        return Vec::new();
    }
    // Code names a colour inside a string, so there the text is read; a sheet has no strings.
    let text = if sheet { &source.code } else { &source.text };
    let advice = "name it in styles/tokens.css and use the token";
    let lines = text.lines().enumerate();
    let coloured = lines.filter(|(_, line)| {
        let mixed = |name: &&str| line.contains(&format!("{name}("));
        has_hexadecimal(line, sheet)
            || ["rgb", "rgba", "hsl", "hsla", "oklch", "oklab"].iter().any(mixed)
            || (sheet && has_named(line))
    });
    coloured
        .map(|(index, line)| {
            source.complain(index + 1, format!("a colour in `{}`", line.trim()), advice)
        })
        .collect()
}

/// `#` and 3, 4, 6 or 8 hexadecimal digits: in a sheet anywhere in a value, in code as a string.
fn has_hexadecimal(line: &str, sheet: bool) -> bool {
    line.match_indices('#').any(|(start, _)| {
        let after = &line[start + 1..];
        let end = after.find(|symbol: char| !symbol.is_ascii_hexdigit()).unwrap_or(after.len());
        let next = after[end..].chars().next();
        let ended = !next.is_some_and(|symbol| symbol.is_alphanumeric() || "-_".contains(symbol));
        let value = if sheet { line[..start].contains(':') } else { line[..start].ends_with('"') };
        matches!(end, 3 | 4 | 6 | 8) && ended && value
    })
}

/// A colour by its name, as a whole word of a declaration's value.
fn has_named(line: &str) -> bool {
    const NAMES: &[&str] = &[
        "white", "black", "red", "green", "blue", "yellow", "orange", "purple", "gray", "grey",
        "silver", "maroon", "navy", "teal",
    ];
    let value = line.split_once(':').map_or("", |(_, value)| value);
    let is_end = |symbol: char| !symbol.is_alphanumeric() && !"-_".contains(symbol);
    value.split(is_end).any(|word| NAMES.contains(&word))
}

fn complaints(source: &Source, words: &[&str], advice: &'static str) -> Vec<Complaint> {
    let found = words.iter().flat_map(|word| {
        let uses = source.uses_of(word).into_iter();
        uses.map(move |(line, _)| source.complain(line, format!("`{word}`"), advice))
    });
    found.collect()
}
