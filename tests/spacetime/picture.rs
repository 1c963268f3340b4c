//! The diagram as an SVG: its bytes, and that it is XML.

use zabscope::scenario::Preset;
use zabscope::view::spacetime::{SvgFrame, Tokens, export};

use super::ran;

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The picture of a preset has these bytes, natively and in the browser (`tests/web.rs` compares
/// it with the same file). Where the drawing changes on purpose, the file does too.
#[test]
fn the_picture_of_a_preset_has_the_same_bytes_everywhere() {
    let run = ran("leader-crash");
    let tokens = Tokens::of("light").expect("a theme");
    let picture = export(&run, SvgFrame::default(), &tokens);
    assert_eq!(picture, export(&run, SvgFrame::default(), &tokens));
    let found = format!("{} {:016x}", picture.len(), hash(picture.as_bytes()));
    assert_eq!(found, include_str!("leader-crash.hash").trim());
}

/// A minimal reader of XML: tags close in order, attributes are quoted, nothing is unescaped.
fn is_well_formed(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let between = &rest[..start];
        if between.contains('>') || between.contains('&') {
            return Err(format!("unescaped in {between:?}"));
        }
        let end = rest[start..].find('>').ok_or("a tag without end")? + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        if tag.matches('"').count() % 2 != 0 || tag.contains('<') || tag.contains('&') {
            return Err(format!("attributes of <{tag}>"));
        }
        let body = tag.strip_suffix('/').unwrap_or(tag);
        let name = body.split_whitespace().next().ok_or("a tag without name")?;
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

#[test]
fn pictures_are_xml_in_every_theme() {
    for preset in Preset::ALL {
        let run = ran(preset.name());
        for theme in ["light", "dark", "projector"] {
            let tokens = Tokens::of(theme).expect("a theme");
            let picture = export(&run, SvgFrame::default(), &tokens);
            assert_eq!(is_well_formed(&picture), Ok(()), "{} {theme}", preset.name());
            assert!(picture.contains("Atkinson"), "fonts are named");
            assert!(!picture.contains("var("), "colours stand in the picture itself");
        }
    }
    assert!(is_well_formed("<a><b></a>").is_err());
    assert!(is_well_formed("<a b=\"1/>").is_err());
}
