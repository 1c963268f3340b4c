//! The diagram as an SVG that stands by itself: the same bytes wherever it is made.

use std::fmt::Write;

use crate::ensemble::PacketId;
use crate::run::{BranchId, Run};
use crate::types::{Instant, Span};
use crate::viewer::Spacetime;

use super::figure::Place;
use super::{
    Anchor, Figure, Figures, Filter, Font, Ink, Lit, Scene, SpacetimeView, Stroke, Tokens, UNIT,
    Window, diagram, edges, figures,
};

/// What an exported picture shows, and how large it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SvgFrame {
    /// The part of the run; the whole of it where there is none.
    pub window: Option<Window>,
    /// Whether quiet times are folded.
    pub folds: bool,
    /// How wide, in pixels.
    pub width: u32,
    /// How high; `None` for as high as the lanes need.
    pub height: Option<u32>,
}

impl Default for SvgFrame {
    fn default() -> SvgFrame {
        SvgFrame { window: None, folds: true, width: 1_280, height: None }
    }
}

/// How high a lane is in an exported picture, and what is above and below all of them, in pixels.
const LANE: u32 = 44;
const AROUND: u32 = 26;

/// The fonts of the page, by their names.
const WORDS: &str = "Atkinson Hyperlegible Next, system-ui, sans-serif";
const NUMBERS: &str = "Atkinson Hyperlegible Mono, ui-monospace, monospace";

/// A run up to where it has come, as a picture: what `zabsim run --svg` writes, and the page where
/// the same part of the same run is asked for.
pub fn export(run: &Run, frame: SvgFrame, tokens: &Tokens) -> String {
    let world = run.world();
    let mut index = Spacetime::default();
    let events: Vec<_> = run.trace().iter().cloned().collect();
    index.absorb(&events, world);
    let in_flight =
        |packet: crate::sim::PacketInFlight<'_>| Some((packet.packet, packet.arrives_at?));
    let arrivals: std::collections::BTreeMap<PacketId, Instant> =
        world.packets().filter_map(in_flight).collect();
    let next = world.next_event();
    let (branch, lit) = (BranchId::FIRST, Lit::default().into());
    let view = SpacetimeView { branch, index, next, arrivals: arrivals.into(), lit };
    svg(&view, world.now(), &Filter::default(), frame, tokens)
}

/// What a view shows at the cursor, as a picture.
pub fn svg(
    view: &SpacetimeView,
    cursor: Instant,
    filter: &Filter,
    frame: SvgFrame,
    tokens: &Tokens,
) -> String {
    let lanes = view.index.lanes().count() as u32;
    let height = frame.height.unwrap_or(lanes * LANE + AROUND);
    let window = frame.window.unwrap_or_else(|| whole(view, cursor, frame));
    let scene = Scene {
        view,
        window,
        folds: frame.folds,
        cursor,
        filter,
        hovered: None,
        width: frame.width,
        height,
    };
    document(&figures(&diagram(&scene)), frame.width, height, tokens)
}

/// The window that holds everything from the beginning to the cursor: the shortest span with which
/// the cursor is still inside.
fn whole(view: &SpacetimeView, cursor: Instant, frame: SvgFrame) -> Window {
    let (_, right) = edges(frame.width);
    let fits = |span: u64| {
        let window = Window { from: Instant::ZERO, span: Span(span) };
        view.axis(window, cursor, frame.width, frame.folds).x(cursor) <= right - 24 * UNIT
    };
    // Every span that is longer than one that fits, fits.
    let (mut low, mut high) = (1_u64, cursor.0.max(1_000) * 2);
    while low < high {
        let middle = low + (high - low) / 2;
        if fits(middle) { high = middle } else { low = middle + 1 }
    }
    Window { from: Instant::ZERO, span: Span(low) }
}

fn document(figures: &Figures, width: u32, height: u32, tokens: &Tokens) -> String {
    let (left, top, right, bottom) = figures.clip;
    let mut out = Pen { out: String::new(), tokens };
    out.put(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\" role=\"img\">\n"
    ));
    let surface = tokens.value(Ink::Surface.token());
    out.put(format_args!("<rect width=\"{width}\" height=\"{height}\" fill=\"{surface}\"/>\n"));
    out.put(format_args!(
        "<clipPath id=\"plot\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>\n",
        px(left),
        px(top),
        px(right - left),
        px(bottom - top)
    ));
    out.put(format_args!("<g clip-path=\"url(#plot)\">\n"));
    figures.plot.iter().for_each(|figure| out.figure(figure));
    out.put(format_args!("</g>\n"));
    figures.frame.iter().for_each(|figure| out.figure(figure));
    out.put(format_args!("</svg>\n"));
    out.out
}

/// Units as pixels, with as many decimals as it takes: a sixteenth has four.
fn px(units: i64) -> String {
    let (sign, units) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
    let (whole, rest) = (units / UNIT as u64, units % UNIT as u64);
    if rest == 0 {
        return format!("{sign}{whole}");
    }
    let decimals = format!("{:04}", rest * 10_000 / UNIT as u64);
    format!("{sign}{whole}.{}", decimals.trim_end_matches('0'))
}

/// Hundredths as a number.
fn hundredths(count: i64) -> String {
    let text = format!("{}.{:02}", count / 100, count % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Writes figures.
struct Pen<'a> {
    out: String,
    tokens: &'a Tokens,
}

impl Pen<'_> {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        self.out.write_fmt(text).expect("a string takes whatever is written");
    }

    fn color(&self, ink: Ink) -> &'static str {
        self.tokens.value(ink.token())
    }

    fn figure(&mut self, figure: &Figure) {
        match figure {
            Figure::Lines { segments, stroke } => self.lines(segments, *stroke),
            Figure::Triangles { corners, fill, opacity } => {
                let mut path = String::new();
                for [(ax, ay), (bx, by), (cx, cy)] in corners {
                    let (ax, ay, bx, by) = (px(*ax), px(*ay), px(*bx), px(*by));
                    path += &format!("M{ax} {ay}L{bx} {by}L{} {}z", px(*cx), px(*cy));
                }
                if !path.is_empty() {
                    let (fill, opacity) = (self.color(*fill), opaque(*opacity));
                    self.put(format_args!("<path d=\"{path}\" fill=\"{fill}\"{opacity}/>\n"));
                }
            }
            Figure::Box { at, size, fill, stroke, opacity } => {
                let fill = fill.map_or("none", |ink| self.color(ink));
                let line = stroke.map(|stroke| self.stroke(stroke)).unwrap_or_default();
                self.put(format_args!(
                    "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" \
                     fill=\"{fill}\"{line}{}/>\n",
                    px(at.0),
                    px(at.1),
                    px(size.0),
                    px(size.1),
                    opaque(*opacity)
                ));
            }
            Figure::Outline { at, scale, path, fill, line, opacity } => {
                let fill = fill.map_or("none", |ink| self.color(ink));
                let line = line.map(|(ink, width)| {
                    let (ink, width) = (self.color(ink), hundredths(width));
                    format!(" stroke=\"{ink}\" stroke-width=\"{width}\" stroke-linejoin=\"round\"")
                });
                let (x, y, scale) = (px(at.0), px(at.1), hundredths(*scale));
                self.put(format_args!(
                    "<path transform=\"translate({x} {y}) scale({scale})\" d=\"{path}\" \
                     fill=\"{fill}\"{}{}/>\n",
                    line.unwrap_or_default(),
                    opaque(*opacity)
                ));
            }
            Figure::Text { at, text, size, anchor, font, is_bold, ink } => {
                let anchor = match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "middle",
                };
                let font = match font {
                    Font::Words => WORDS,
                    Font::Numbers => NUMBERS,
                };
                let weight = if *is_bold { 700 } else { 400 };
                let ink = self.color(*ink);
                self.put(format_args!(
                    "<text x=\"{}\" y=\"{}\" font-family=\"{font}\" font-size=\"{}\" \
                     font-weight=\"{weight}\" text-anchor=\"{anchor}\" \
                     fill=\"{ink}\">{text}</text>\n",
                    px(at.0),
                    px(at.1),
                    px(*size)
                ));
            }
        }
    }

    fn lines(&mut self, segments: &[(Place, Place)], stroke: Stroke) {
        if segments.is_empty() {
            return;
        }
        let mut path = String::new();
        for (from, to) in segments {
            let (fx, fy, tx, ty) = (px(from.0), px(from.1), px(to.0), px(to.1));
            path += &format!("M{fx} {fy}L{tx} {ty}");
        }
        let line = self.stroke(stroke);
        self.put(format_args!("<path d=\"{path}\" fill=\"none\"{line}/>\n"));
    }

    fn stroke(&self, stroke: Stroke) -> String {
        let Stroke { ink, width, dash, opacity } = stroke;
        let mut text = format!(" stroke=\"{}\" stroke-width=\"{}\"", self.color(ink), px(width));
        let dashes: Vec<String> = dash.pattern().iter().map(|&part| px(part)).collect();
        if !dashes.is_empty() {
            text += &format!(" stroke-dasharray=\"{}\"", dashes.join(" "));
        }
        if opacity < 100 {
            text += &format!(" stroke-opacity=\"{}\"", hundredths(opacity.into()));
        }
        text
    }
}

fn opaque(opacity: u8) -> String {
    match opacity {
        100.. => String::new(),
        part => format!(" opacity=\"{}\"", hundredths(part.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_written_without_rounding() {
        let written = [0, 16, 8, 1, -24, 163].map(px);
        assert_eq!(written, ["0", "1", "0.5", "0.0625", "-1.5", "10.1875"]);
        assert_eq!([100, 62, 180, 5].map(hundredths), ["1", "0.62", "1.8", "0.05"]);
    }
}
