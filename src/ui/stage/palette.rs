//! The tokens as the canvas needs them: read once a theme, not once a frame.

use web_sys::CssStyleDeclaration;

use crate::types::Epoch;
use crate::view::{Paint, hue};

/// The colours and the fonts of the theme.
#[derive(Clone, PartialEq, Debug)]
pub struct Palette {
    epochs: [String; 6],
    on_epoch: String,
    surface: String,
    ink: String,
    on_ink: String,
    look: String,
    look_line: String,
    look_outline: String,
    on_look: String,
    faint: String,
    hatch: String,
    none: String,
    /// What timer arcs are drawn with.
    pub track: String,
    /// The font of labels.
    pub mono: String,
}

impl Palette {
    /// Reads the tokens of the page as it is now.
    pub fn read() -> Option<Palette> {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        let token = |name: &str| token(&style, name);
        let ink_3 = token("--ink-3");
        Some(Palette {
            epochs: [1, 2, 3, 4, 5, 6].map(|hue| token(&format!("--e{hue}"))),
            on_epoch: token("--on-epoch"),
            surface: token("--surface"),
            ink: token("--ink"),
            on_ink: token("--on-ink"),
            look: token("--look"),
            look_line: token("--look-line"),
            look_outline: token("--look-outline"),
            on_look: token("--on-look"),
            faint: token("--rule-strong"),
            hatch: token("--hatch"),
            none: ink_3,
            track: token("--track"),
            mono: token("--font-mono"),
        })
    }

    /// The colour of a paint, for a message of this epoch.
    pub fn color(&self, paint: Paint, epoch: Epoch) -> &str {
        match paint {
            Paint::None => "transparent",
            Paint::Epoch => self.epoch(epoch),
            Paint::OnEpoch => &self.on_epoch,
            Paint::Surface => &self.surface,
            Paint::Ink => &self.ink,
            Paint::OnInk => &self.on_ink,
            Paint::Look => &self.look,
            Paint::LookLine => &self.look_outline,
            Paint::OnLook => &self.on_look,
            Paint::Faint => &self.faint,
            Paint::Hatch => &self.hatch,
        }
    }

    /// The colour of tails and pointers.
    pub fn trail(&self, paint: Paint, epoch: Epoch) -> &str {
        if paint == Paint::LookLine { &self.look_line } else { self.color(paint, epoch) }
    }

    fn epoch(&self, epoch: Epoch) -> &str {
        hue(epoch).map_or(&self.none, |hue| &self.epochs[usize::from(hue) - 1])
    }
}

fn token(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default().trim().to_owned()
}
