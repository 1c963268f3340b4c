//! Who may import whom: the arrows of the architecture as data.

use super::source::{Complaint, Source};

/// Each folder of `src` with the folders its code may name. It reaches what they reach.
const LAYERS: &[(&str, &[&str])] = &[
    ("types", &[]),
    ("api", &["types"]),
    ("store", &["api"]),
    ("zab", &["types"]),
    ("wire", &["api"]),
    ("server", &["store", "zab"]),
    ("client", &["api"]),
    ("console", &["store"]),
    ("ensemble", &["server", "client", "console"]),
    ("sim", &["ensemble"]),
    ("scenario", &["sim"]),
    ("check", &["sim"]),
    ("run", &["scenario", "check"]),
    ("conform", &["run"]),
    ("search", &["run"]),
    ("lesson", &["run"]),
    ("lab", &["run"]),
    ("viewer", &["run"]),
    ("text", &["run"]),
    ("view", &["viewer", "text"]),
    // The fronts: the page with its worker, and the commands. They know nothing of each other.
    ("ui", &["view", "console", "conform", "search", "lesson", "lab", "worker"]),
    ("worker", &["search", "lab"]),
    ("cli", &["console", "conform", "search", "lesson", "lab", "viewer", "text", "view", "wire"]),
];

/// Imports that go against the arrows.
pub fn imports(source: &Source) -> Vec<Complaint> {
    let Some(layer) = source.layer().filter(|layer| *layer != "bin") else {
        return Vec::new();
    };
    if reached_by(layer).is_none() {
        let what = format!("the folder src/{layer} has no place among the layers");
        let advice = "give it one in tests/tidy/layers.rs, with what it may import";
        return vec![source.complain(1, what, advice)];
    }
    let named = layers_named(source);
    let forbidden = named.into_iter().filter(|(_, other)| !may_name(layer, other));
    let complaint = |(line, other): (usize, String)| {
        let what = format!("{layer} names {other}, which no arrow reaches");
        source.complain(
            line,
            what,
            "turn the dependency round, or move the idea to where it belongs",
        )
    };
    forbidden.map(complaint).collect()
}

fn may_name(layer: &str, other: &str) -> bool {
    layer == other || reached_by(layer).is_some_and(|reached| reached.contains(&other))
}

fn reached_by(layer: &str) -> Option<Vec<&'static str>> {
    let (_, named) = LAYERS.iter().find(|(name, _)| *name == layer)?;
    let mut reached = named.to_vec();
    for name in *named {
        reached.extend(reached_by(name)?);
    }
    Some(reached)
}

/// The layers a source names, by `crate::name`, `crate::{name, …}` or `super::name`.
fn layers_named(source: &Source) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for root in ["crate", "super"] {
        for (_, start) in source.uses_of(root) {
            let after = start + root.len();
            let Some(path) = source.code[after..].strip_prefix("::") else { continue };
            let names = names_at(path).into_iter();
            named.extend(names.map(|(offset, name)| (source.line_at(after + 2 + offset), name)));
        }
    }
    named.retain(|(_, name)| LAYERS.iter().any(|(layer, _)| layer == name));
    named.sort();
    named
}

/// The first names of a path: one, or those of a group at its outermost level.
fn names_at(path: &str) -> Vec<(usize, String)> {
    let word_at = |offset: usize| {
        let rest = &path[offset..];
        let end = rest.find(|symbol: char| !symbol.is_alphanumeric() && symbol != '_');
        (offset, rest[..end.unwrap_or(rest.len())].to_owned())
    };
    if !path.starts_with('{') {
        return vec![word_at(0)];
    }
    let (mut depth, mut expected, mut names) = (0, false, Vec::new());
    for (offset, symbol) in path.char_indices() {
        match symbol {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        match (depth, symbol) {
            (0, _) => break,
            (1, '{' | ',') => expected = true,
            (1, _) if expected && !symbol.is_whitespace() => {
                names.push(word_at(offset));
                expected = false;
            }
            _ => {}
        }
    }
    names
}
