//! Draws figures on a canvas, at the resolution of the device.

use std::collections::BTreeMap;

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, Path2d};

use crate::view::spacetime::{Anchor, Figure, Figures, Font, Ink, Place, Stroke, UNIT};

use super::super::super::hooks::Size;

/// A canvas with the colours of the page.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    colors: BTreeMap<Ink, String>,
    words: String,
    numbers: String,
    /// Device pixels a pixel of the diagram.
    scale: f64,
}

const PIXELS: f64 = UNIT as f64;

fn px(units: i64) -> f64 {
    units as f64 / PIXELS
}

impl Painter {
    /// A painter of a canvas that has this size on the page.
    pub fn new(canvas: HtmlCanvasElement, size: Size) -> Option<Painter> {
        let window = web_sys::window()?;
        let ratio = window.device_pixel_ratio();
        canvas.set_width((size.width * ratio).round() as u32);
        canvas.set_height((size.height * ratio).round() as u32);
        let context = canvas.get_context("2d").ok()??.dyn_into().ok()?;
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        let token =
            |name: &str| style.get_property_value(name).unwrap_or_default().trim().to_owned();
        let colors = Ink::all().map(|ink| (ink, token(ink.token()))).collect();
        let (words, numbers) = (token("--font-ui"), token("--font-mono"));
        Some(Painter { canvas, context, colors, words, numbers, scale: ratio * size.root })
    }

    /// Draws everything anew.
    pub fn paint(&self, figures: &Figures) {
        self.reset();
        let (width, height) = (self.canvas.width(), self.canvas.height());
        self.context.clear_rect(0.0, 0.0, width.into(), height.into());
        self.to_place((0, 0), 1.0);
        let (left, top, right, bottom) = figures.clip;
        self.context.save();
        self.context.begin_path();
        self.context.rect(px(left), px(top), px(right - left), px(bottom - top));
        self.context.clip();
        figures.plot.iter().for_each(|figure| self.figure(figure));
        self.context.restore();
        figures.frame.iter().for_each(|figure| self.figure(figure));
    }

    /// The picture as a PNG, on the ground of the theme.
    pub fn png(&self) -> Option<String> {
        self.reset();
        self.context.set_global_composite_operation("destination-over").ok()?;
        self.context.set_fill_style_str(self.color(Ink::Surface));
        let (width, height) = (self.canvas.width(), self.canvas.height());
        self.context.fill_rect(0.0, 0.0, width.into(), height.into());
        self.context.set_global_composite_operation("source-over").ok()?;
        self.canvas.to_data_url_with_type("image/png").ok()
    }

    fn color(&self, ink: Ink) -> &str {
        self.colors.get(&ink).map_or("", String::as_str)
    }

    fn reset(&self) {
        self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).ok();
    }

    /// Puts the origin at a place.
    fn to_place(&self, at: Place, times: f64) {
        let scale = self.scale * times;
        let (x, y) = (px(at.0) * self.scale, px(at.1) * self.scale);
        self.context.set_transform(scale, 0.0, 0.0, scale, x, y).ok();
    }

    fn opacity(&self, hundredths: u8) {
        self.context.set_global_alpha(f64::from(hundredths) / 100.0);
    }

    fn stroke(&self, stroke: Stroke) {
        self.opacity(stroke.opacity);
        self.context.set_stroke_style_str(self.color(stroke.ink));
        self.context.set_line_width(px(stroke.width));
        let dashes: Array =
            stroke.dash.pattern().iter().map(|&part| JsValue::from(px(part))).collect();
        self.context.set_line_dash(&dashes).ok();
        self.context.stroke();
    }

    fn figure(&self, figure: &Figure) {
        match figure {
            Figure::Lines { segments, stroke } => {
                self.context.begin_path();
                for (from, to) in segments {
                    self.context.move_to(px(from.0), px(from.1));
                    self.context.line_to(px(to.0), px(to.1));
                }
                self.stroke(*stroke);
            }
            Figure::Triangles { corners, fill, opacity } => {
                self.context.begin_path();
                for [first, second, third] in corners {
                    self.context.move_to(px(first.0), px(first.1));
                    self.context.line_to(px(second.0), px(second.1));
                    self.context.line_to(px(third.0), px(third.1));
                    self.context.close_path();
                }
                self.opacity(*opacity);
                self.context.set_fill_style_str(self.color(*fill));
                self.context.fill();
            }
            Figure::Box { at, size, fill, stroke, opacity } => {
                self.context.begin_path();
                self.context.rect(px(at.0), px(at.1), px(size.0), px(size.1));
                if let Some(fill) = fill {
                    self.opacity(*opacity);
                    self.context.set_fill_style_str(self.color(*fill));
                    self.context.fill();
                }
                if let Some(stroke) = stroke {
                    self.stroke(*stroke);
                }
            }
            Figure::Outline { at, scale, path, fill, line, opacity } => {
                let Ok(path) = Path2d::new_with_path_string(path) else { return };
                self.to_place(*at, *scale as f64 / 100.0);
                self.opacity(*opacity);
                if let Some(fill) = fill {
                    self.context.set_fill_style_str(self.color(*fill));
                    self.context.fill_with_path_2d(&path);
                }
                if let Some((ink, width)) = line {
                    self.context.set_line_dash(&Array::new()).ok();
                    self.context.set_line_join("round");
                    self.context.set_stroke_style_str(self.color(*ink));
                    self.context.set_line_width(*width as f64 / 100.0);
                    self.context.stroke_with_path(&path);
                }
                self.to_place((0, 0), 1.0);
            }
            Figure::Text { at, text, size, anchor, font, is_bold, ink } => {
                let family = if *font == Font::Words { &self.words } else { &self.numbers };
                let weight = if *is_bold { 700 } else { 400 };
                self.context.set_font(&format!("{weight} {}px {family}", px(*size)));
                self.context.set_text_align(match anchor {
                    Anchor::Start => "start",
                    Anchor::Middle => "center",
                });
                self.opacity(100);
                self.context.set_fill_style_str(self.color(*ink));
                self.context.fill_text(text, px(at.0), px(at.1)).ok();
            }
        }
    }
}
