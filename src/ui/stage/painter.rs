//! Paints what moves between events: messages, their tails, and the timer arcs.
//!
//! It is called once a frame with the running instant and must stay small: glyphs are painted once
//! into sprites at the device's resolution and copied from there.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::f64::consts::{FRAC_PI_2, TAU};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, Path2d};

use crate::types::{Instant, ServerId};
use crate::view::{
    Countdown, Flight, FlightId, Flights, Glyph, Layout, Mark, Paint, Placed, Shape, Speed, hue,
    place,
};

use super::palette::Palette;

/// What a painter paints.
#[derive(Clone, PartialEq)]
pub struct Scene {
    pub layout: Rc<Layout>,
    pub flights: Flights,
    pub countdowns: Rc<Vec<(ServerId, Countdown)>>,
    pub selected: Option<FlightId>,
    pub speed: Speed,
    /// Messages are shown half way between their ends, and do not move.
    pub still: bool,
}

/// A glyph with its number in a hue.
type SpriteName = (Glyph, Option<u32>, Option<u8>);

/// A canvas with its brushes.
pub struct Painter {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    palette: Palette,
    /// Device pixels a stage unit.
    scale: f64,
    sprites: RefCell<BTreeMap<SpriteName, HtmlCanvasElement>>,
}

/// Half a sprite's side, in stage units: the largest glyph and its line.
const SPRITE_REACH: f64 = 17.0;
/// So many sprites are kept; numbers rise, and old ones are not seen again.
const SPRITES_MAX: usize = 256;
/// Hops that take less of the viewer's time than this are drawn as streaks, in microseconds.
const STREAK_BELOW: f64 = 120_000.0;

impl Painter {
    /// A painter on this canvas for a stage of this size.
    pub fn new(canvas: HtmlCanvasElement, palette: Palette, layout: &Layout) -> Option<Painter> {
        let ratio = web_sys::window()?.device_pixel_ratio();
        let scale = layout.frame.scale * ratio;
        canvas.set_width((layout.frame.width * scale).round() as u32);
        canvas.set_height((layout.frame.height * scale).round() as u32);
        let context = context_of(&canvas)?;
        Some(Painter { canvas, context, palette, scale, sprites: RefCell::default() })
    }

    /// Paints the scene at an instant.
    pub fn paint(&self, scene: &Scene, now: Instant) {
        let (width, height) = (self.canvas.width(), self.canvas.height());
        self.reset();
        self.context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
        self.to_stage();
        for (server, countdown) in scene.countdowns.iter() {
            self.timer(scene, *server, countdown.left(now));
        }
        // At real time and above, what is in flight is a blur: tallies and lanes tell the story.
        let (times, of) = scene.speed.scale();
        if times >= of {
            return;
        }
        let slowness = f64::from(of) / f64::from(times);
        let is_ping = |flight: &&Flight| flight.glyph.is_ping();
        for flight in scene.flights.0.iter().filter(is_ping) {
            self.flight(scene, flight, now, slowness);
        }
        for flight in scene.flights.0.iter().filter(|flight| !is_ping(flight)) {
            self.flight(scene, flight, now, slowness);
        }
    }

    fn timer(&self, scene: &Scene, server: ServerId, left: f64) {
        let Some(slot) = scene.layout.slot(server) else { return };
        self.context.set_stroke_style_str(&self.palette.track);
        self.context.set_line_width(2.2);
        self.context.begin_path();
        let until = left.mul_add(TAU, -FRAC_PI_2);
        let radius = slot.radius + 5.5;
        // The radius is positive, which is all that `arc` can object to.
        self.context.arc(slot.at.x, slot.at.y, radius, -FRAC_PI_2, until).ok();
        self.context.stroke();
    }

    fn flight(&self, scene: &Scene, flight: &Flight, now: Instant, slowness: f64) {
        let now = if scene.still { middle(flight) } else { now };
        let Some(placed) = place(&scene.layout, flight, now) else { return };
        let size = scene.layout.glyph_scale;
        let trail = self.palette.trail(flight.glyph.trail(), flight.epoch);
        let hop = flight.arrives.map_or(0, |arrives| arrives.since(flight.sent).0) as f64;
        if hop > 0.0 && hop * slowness < STREAK_BELOW {
            self.streak(&placed, trail);
            return;
        }
        if !flight.glyph.is_ping() {
            self.tail(&placed, size, trail);
            self.pointer(&placed, flight.glyph, size, trail);
        }
        self.sprite(flight, &placed, size);
        if scene.selected == Some(flight.id) {
            self.frame(&placed);
        }
    }

    fn streak(&self, placed: &Placed, color: &str) {
        let Placed { at, heading, .. } = placed;
        self.context.set_global_alpha(0.6);
        self.context.set_stroke_style_str(color);
        self.context.set_line_width(2.0);
        self.context.begin_path();
        self.context.move_to(at.x - heading.x * 12.0, at.y - heading.y * 12.0);
        self.context.line_to(at.x + heading.x * 12.0, at.y + heading.y * 12.0);
        self.context.stroke();
        self.context.set_global_alpha(1.0);
    }

    fn tail(&self, placed: &Placed, size: f64, color: &str) {
        let Placed { at, heading, tail, .. } = placed;
        let reach = tail + 8.0 * size;
        self.context.set_global_alpha(0.32);
        self.context.set_fill_style_str(color);
        self.context.begin_path();
        self.context.move_to(at.x - heading.x * reach, at.y - heading.y * reach);
        self.context.line_to(at.x - heading.y * 4.0, at.y + heading.x * 4.0);
        self.context.line_to(at.x + heading.y * 4.0, at.y - heading.x * 4.0);
        self.context.fill();
        self.context.set_global_alpha(1.0);
    }

    /// A triangle at the glyph's edge that points where the message goes.
    fn pointer(&self, placed: &Placed, glyph: Glyph, size: f64, color: &str) {
        let Placed { at, heading, .. } = placed;
        let (wide, high) = glyph.half_size();
        let edge = if (wide - high).abs() < 0.1 {
            wide
        } else {
            (wide / heading.x.abs().max(1e-6)).min(high / heading.y.abs().max(1e-6))
        };
        let run = edge * size + 0.5;
        let (x, y) = (heading.x.mul_add(run, at.x), heading.y.mul_add(run, at.y));
        let back = |side: f64| {
            (
                x - heading.x * 5.0 - side * heading.y * 6.0 * size,
                y - heading.y * 5.0 + side * heading.x * 6.0 * size,
            )
        };
        self.context.set_fill_style_str(color);
        self.context.set_stroke_style_str(self.palette.color(Paint::Surface, Default::default()));
        self.context.set_line_width(1.0);
        self.context.begin_path();
        self.context.move_to(x + heading.x * 9.0 * size, y + heading.y * 9.0 * size);
        let (left, right) = (back(1.0), back(-1.0));
        self.context.line_to(left.0, left.1);
        self.context.line_to(right.0, right.1);
        self.context.close_path();
        self.context.fill();
        self.context.stroke();
    }

    fn frame(&self, placed: &Placed) {
        self.context.set_stroke_style_str(self.palette.color(Paint::Ink, Default::default()));
        self.context.set_line_width(1.5);
        let dashes = js_sys::Array::of2(&3.0.into(), &3.0.into());
        self.context.set_line_dash(&dashes).ok();
        self.context.stroke_rect(placed.at.x - 21.0, placed.at.y - 17.0, 42.0, 34.0);
        self.context.set_line_dash(&js_sys::Array::new()).ok();
    }

    /// Copies the glyph's sprite, at whole device pixels so that it stays sharp.
    fn sprite(&self, flight: &Flight, placed: &Placed, size: f64) {
        let name = (flight.glyph, flight.label, hue(flight.epoch));
        let mut sprites = self.sprites.borrow_mut();
        if sprites.len() >= SPRITES_MAX {
            sprites.clear();
        }
        let sprite = match sprites.entry(name) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let Some(sprite) = self.painted_sprite(flight, size) else { return };
                place.insert(sprite)
            }
        };
        let half = f64::from(sprite.width()) / 2.0;
        let x = (placed.at.x * self.scale - half).round();
        let y = (placed.at.y * self.scale - half).round();
        self.reset();
        // It throws for an image without pixels only.
        self.context.draw_image_with_html_canvas_element(sprite, x, y).ok();
        self.to_stage();
    }

    fn painted_sprite(&self, flight: &Flight, size: f64) -> Option<HtmlCanvasElement> {
        let document = web_sys::window()?.document()?;
        let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
        let side = (SPRITE_REACH * 2.0 * size * self.scale).ceil() as u32;
        canvas.set_width(side);
        canvas.set_height(side);
        let context = context_of(&canvas)?;
        let half = f64::from(side) / 2.0;
        let scale = size * self.scale;
        context.set_transform(scale, 0.0, 0.0, scale, half, half).ok()?;
        for mark in flight.glyph.marks() {
            self.mark(&context, mark, flight);
        }
        Some(canvas)
    }

    fn mark(&self, context: &CanvasRenderingContext2d, mark: &Mark, flight: &Flight) {
        let color = |paint| self.palette.color(paint, flight.epoch);
        match mark.shape {
            Shape::Path(path) => {
                let Ok(path) = Path2d::new_with_path_string(path) else { return };
                if mark.fill != Paint::None {
                    // Hatching is a tint here: its lines are finer than a glyph's pixels.
                    context.set_global_alpha(if mark.fill == Paint::Hatch { 0.45 } else { 1.0 });
                    context.set_fill_style_str(color(mark.fill));
                    context.fill_with_path_2d(&path);
                    context.set_global_alpha(1.0);
                }
                if mark.stroke != Paint::None {
                    context.set_stroke_style_str(color(mark.stroke));
                    context.set_line_width(mark.width);
                    context.set_line_join("round");
                    context.stroke_with_path(&path);
                }
            }
            Shape::Label { prefix, size } => {
                let Some(label) = flight.label else { return };
                context.set_font(&format!("700 {size}px {}", self.palette.mono));
                context.set_text_align("center");
                context.set_fill_style_str(color(mark.fill));
                context.fill_text(&format!("{prefix}{label}"), 0.0, size * 0.36).ok();
            }
        }
    }

    fn reset(&self) {
        self.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).ok();
    }

    fn to_stage(&self) {
        self.context.set_transform(self.scale, 0.0, 0.0, self.scale, 0.0, 0.0).ok();
    }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// The instant at which a message is half way.
fn middle(flight: &Flight) -> Instant {
    let hop = flight.arrives.map_or(0, |arrives| arrives.since(flight.sent).0);
    Instant(flight.sent.0 + hop / 2)
}
