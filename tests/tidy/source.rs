//! One source as tidy reads it: its text, and its code without comments and strings.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project.
pub struct Source {
    /// From Cargo.toml's folder, with `/`.
    pub path: String,
    /// As it stands.
    pub text: String,
    /// The same, with comments and the content of strings blanked; lines and columns stay.
    pub code: String,
}

/// A place that breaks a rule.
pub struct Complaint {
    path: String,
    /// Counted from 1.
    pub line: usize,
    what: String,
    advice: &'static str,
}

impl fmt::Display for Complaint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, what, advice } = self;
        write!(formatter, "{path}:{line}: {what}; {advice}")
    }
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let code = blank(text);
        Self { path: path.to_owned(), text: text.to_owned(), code }
    }

    /// All Rust of the project and its styles.
    pub fn all() -> Vec<Self> {
        let mut files = Vec::new();
        for folder in ["src", "tests", "benches", "fuzz", "styles"] {
            collect(Path::new(folder), &mut files);
        }
        files.sort();
        let wanted =
            |file: &PathBuf| file.extension().is_some_and(|end| end == "rs" || end == "css");
        files.iter().filter(|file| wanted(file)).map(|file| read(file)).collect()
    }

    pub fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The folder below `src` this belongs to, if it is in one: its layer.
    pub fn layer(&self) -> Option<&str> {
        let (layer, _) = self.path.strip_prefix("src/")?.split_once('/')?;
        Some(layer)
    }

    pub fn complain(&self, line: usize, what: String, advice: &'static str) -> Complaint {
        Complaint { path: self.path.clone(), line, what, advice }
    }

    /// Where a word stands alone in the code: line (from 1) and byte offset.
    pub fn uses_of(&self, word: &str) -> Vec<(usize, usize)> {
        let is_part = |symbol: char| symbol.is_alphanumeric() || symbol == '_';
        let alone = |start: &usize| {
            let before = self.code[..*start].chars().next_back();
            let after = self.code[start + word.len()..].chars().next();
            !before.is_some_and(is_part) && !after.is_some_and(is_part)
        };
        let starts = self.code.match_indices(word).map(|(start, _)| start);
        starts.filter(alone).map(|start| (self.line_at(start), start)).collect()
    }

    pub fn line_at(&self, offset: usize) -> usize {
        self.code[..offset].matches('\n').count() + 1
    }
}

/// All folders below `src` that hold modules; `bin` holds programs.
pub fn folders_of_modules() -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(Path::new("src"), &mut files);
    let is_module = |file: &&PathBuf| file.extension().is_some_and(|end| end == "rs");
    let folders = files.iter().filter(is_module).filter_map(|file| file.parent());
    let folders = folders.filter(|folder| *folder != Path::new("src"));
    let folders = folders.filter(|folder| !folder.starts_with("src/bin"));
    let mut folders: Vec<_> = folders.map(Path::to_path_buf).collect();
    folders.sort();
    folders.dedup();
    folders
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        // What a package below this one builds is none of ours.
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            collect(&path, files);
        } else if path.is_file() {
            files.push(path);
        }
    }
}

fn read(file: &Path) -> Source {
    let text = fs::read_to_string(file).expect("a source is UTF-8 text");
    Source::new(&file.display().to_string().replace('\\', "/"), &text)
}

/// Blanks comments and the content of strings and characters, in Rust and in CSS.
fn blank(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(symbol) = rest.chars().next() {
        let length = match opaque_length(rest) {
            Some(length) => {
                let opaque = rest[..length].chars();
                code.extend(opaque.map(|symbol| if symbol == '\n' { '\n' } else { ' ' }));
                length
            }
            // A word is passed as a whole, so that the `r` of `for"` opens no raw string.
            None => {
                let word = rest.find(|symbol: char| !symbol.is_alphanumeric() && symbol != '_');
                let length = word.unwrap_or(rest.len()).max(symbol.len_utf8());
                code.push_str(&rest[..length]);
                length
            }
        };
        rest = &rest[length..];
    }
    code
}

/// The length of the comment, string or character that begins here, if one does.
fn opaque_length(rest: &str) -> Option<usize> {
    let through = |start: usize, end: &str| {
        rest[start..].find(end).map_or(rest.len(), |found| start + found + end.len())
    };
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(through(2, "*/"));
    }
    if let Some(raw) = rest.strip_prefix('r').or_else(|| rest.strip_prefix("br")) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let opening = rest.len() - raw.len() + hashes + 1;
            return Some(through(opening, &format!("\"{}", "#".repeat(hashes))));
        }
    }
    if rest.starts_with('"') {
        return Some(quoted_length(rest, '"'));
    }
    // A character, but not a lifetime: 'a' or '\n', not 'a.
    let mut symbols = rest.strip_prefix('\'')?.chars();
    let first = symbols.next()?;
    (first == '\\' || symbols.next() == Some('\'')).then(|| quoted_length(rest, '\''))
}

fn quoted_length(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (offset, symbol) in rest.char_indices().skip(1) {
        match symbol {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if symbol == quote => return offset + 1,
            _ => {}
        }
    }
    rest.len()
}
