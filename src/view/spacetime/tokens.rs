//! The colours of a theme, for a picture that stands by itself: read from the sheet that has them.

use std::collections::BTreeMap;

/// The sheet with all colours.
const SHEET: &str = include_str!("../../../styles/tokens.css");

/// The tokens of one theme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tokens {
    values: BTreeMap<&'static str, &'static str>,
}

impl Tokens {
    /// The tokens of the theme of this name; `None` where the sheet has no such theme.
    pub fn of(theme: &str) -> Option<Tokens> {
        let head = format!("[data-theme={theme}]{{");
        let (_, rest) = SHEET.split_once(&head)?;
        let (block, _) = rest.split_once('}')?;
        let declarations = block.split(';').filter_map(|declaration| declaration.split_once(':'));
        let values = declarations.map(|(name, value)| (name.trim(), value.trim())).collect();
        Some(Tokens { values })
    }

    /// The value of a token; nothing is painted with one that the theme lacks.
    pub fn value(&self, token: &str) -> &'static str {
        self.values.get(token).copied().unwrap_or("none")
    }
}

#[cfg(test)]
mod tests {
    use super::super::Ink;
    use super::*;

    /// A token that the sheet does not have would draw nothing, and nobody would miss it.
    #[test]
    fn every_theme_has_a_colour_for_every_ink() {
        for theme in ["light", "dark", "projector"] {
            let tokens = Tokens::of(theme).expect("the sheet has the theme");
            for ink in Ink::all() {
                let value = tokens.value(ink.token());
                assert!(value.starts_with('#'), "{theme}: {ink:?} is {value}");
            }
        }
        assert_eq!(Tokens::of("sepia"), None);
    }
}
