//! The page as one file, which opens by a double click, without a host and without a network.
//!
//! A browser fetches nothing for a page that is a file, not even what lies beside it. So everything
//! that `dist/index.html` refers to is written into it: sheets and fonts, the program's glue, and
//! the program itself in base64.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::place;
use crate::stage::{Result, Stages};
use crate::{page, tools};

/// The bundle's name in `dist/`.
const NAME: &str = "zabscope.html";

/// Packs the page into one file; builds it first, unless it is `built`.
pub fn bundle(stages: &mut Stages, built: bool) -> Result {
    if !built {
        stages.run("tools", tools::ensure_page_tools)?;
        stages.run("build of the page", page::build)?;
    }
    stages.run("bundle", pack)
}

/// Packs the page that is built into one file beside it.
pub fn pack() -> Result {
    let folder = place::dist();
    let page = Page { folder: &folder };
    let text = page.in_one_piece()?;
    let file = folder.join(NAME);
    fs::write(&file, &text).map_err(|error| format!("{}: {error}", file.display()))?;
    println!("{} ({} kB) opens by a double click", file.display(), text.len() / 1_000);
    Ok(())
}

struct Page<'a> {
    folder: &'a Path,
}

impl Page<'_> {
    fn in_one_piece(&self) -> Result<String> {
        let page = self.text("index.html")?;
        let page = replace_each(&page, "<link ", ">", |link| self.link(link))?;
        let page = replace_each(&page, "<script type=\"module\">", "</script>", |script| {
            self.program(script)
        })?;
        match ["src=\"./", "href=\"./", "href=\"icon", " from './"]
            .iter()
            .find(|&&way| page.contains(way))
        {
            None => Ok(page),
            Some(way) => Err(format!("something outside is still referred to: {way}")),
        }
    }

    /// A link of the page: its sheet or its icon; what only helps a host is left out.
    fn link(&self, link: &str) -> Result<String> {
        let href = attribute(link, "href").ok_or(format!("a link to nothing: {link}"))?;
        let name = href.trim_start_matches("./");
        match attribute(link, "rel") {
            Some("stylesheet") => Ok(format!("<style>{}</style>", self.sheet(name)?)),
            Some("icon") => {
                let icon = self.data("image/svg+xml", name)?;
                Ok(format!("<link rel=\"icon\" type=\"image/svg+xml\" href=\"{icon}\">"))
            }
            Some("modulepreload" | "preload" | "manifest" | "apple-touch-icon") => {
                Ok(String::new())
            }
            other => Err(format!("a link of an unknown kind {other:?}: {link}")),
        }
    }

    /// A sheet with its fonts.
    fn sheet(&self, name: &str) -> Result<String> {
        replace_each(&self.text(name)?, "url(\"fonts/", "\")", |font| {
            let name = font.trim_start_matches("url(\"").trim_end_matches("\")");
            Ok(format!("url(\"{}\")", self.data("font/woff2", name)?))
        })
    }

    /// The program and what starts it, in the place of the script that would load both.
    fn program(&self, script: &str) -> Result<String> {
        let glue = between(script, " from './", "'").ok_or("the page loads no program")?;
        let program =
            between(script, "module_or_path: './", "'").ok_or("the page loads no wasm")?;
        let glue = self.text(glue)?;
        let exports = glue.rfind("\nexport {").ok_or("the glue exports nothing")?;
        let (glue, exports) = glue.split_at(exports);
        let start = between(exports, "initSync, ", " as default").ok_or("the glue has no start")?;
        if glue.contains("</script") || glue.contains("\nimport ") || glue.contains("\nexport ") {
            return Err("the glue is more than one plain module".to_owned());
        }
        let program = self.base64(program)?;
        Ok(format!(
            "<script type=\"application/wasm;base64\" id=\"program\">{program}</script>\n\
             <script type=\"module\">{glue}\n\
             const packed = document.getElementById(\"program\").textContent;\n\
             const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));\n\
             await {start}({{ module_or_path: bytes }});\n\
             </script>"
        ))
    }

    fn data(&self, kind: &str, name: &str) -> Result<String> {
        Ok(format!("data:{kind};base64,{}", self.base64(name)?))
    }

    fn base64(&self, name: &str) -> Result<String> {
        let file = self.folder.join(name);
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        Ok(BASE64.encode(bytes))
    }

    fn text(&self, name: &str) -> Result<String> {
        let file = self.folder.join(name);
        fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))
    }
}

/// The text with each stretch from `begin` to the next `end`, both included, replaced.
fn replace_each(
    text: &str,
    begin: &str,
    end: &str,
    replacement: impl Fn(&str) -> Result<String>,
) -> Result<String> {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(begin) {
        let length = rest[at..].find(end).ok_or(format!("{begin} has no end"))? + end.len();
        replaced += &rest[..at];
        replaced += &replacement(&rest[at..at + length])?;
        rest = &rest[at + length..];
    }
    Ok(replaced + rest)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    between(tag, &format!(" {name}=\""), "\"")
}

fn between<'a>(text: &'a str, begin: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(begin)?;
    Some(rest.split_once(end)?.0)
}
