//! The glyphs of messages, as marks that the canvas and the page draw from one table.
//!
//! Hollow = asked, solid = decided. Hexagons are about leadership, plates about epochs, cells about
//! transactions, circles about acknowledgement, lozenges about clients.

use crate::zab::MessageKind;

/// What a message looks like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Glyph {
    /// A message between two peers.
    Peer(MessageKind),
    /// A client's request, also on its way from a follower to the leader.
    Request(OpSign),
    /// The answer.
    Response {
        /// Whether the request succeeded.
        ok: bool,
    },
    /// A session's housekeeping: connect, heartbeat, close.
    Session,
    /// A watch fires.
    WatchEvent,
}

/// The sign of an operation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OpSign {
    /// `+`: create, also a session.
    Create,
    /// `−`: delete, also a session.
    Delete,
    /// `=`: set.
    Set,
    /// `{}`: several, all or nothing.
    Multi,
    /// A magnifier: answered by the server that is asked.
    Read,
}

/// What a mark is painted with; the page has the colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paint {
    /// Nothing.
    None,
    /// The hue of the epoch.
    Epoch,
    /// On a fill of that hue.
    OnEpoch,
    /// The ground.
    Surface,
    /// Ink.
    Ink,
    /// On a fill of ink.
    OnInk,
    /// Yellow: undecided.
    Look,
    /// The line round it.
    LookLine,
    /// What stands on it.
    OnLook,
    /// A faint ink.
    Faint,
    /// Hatching.
    Hatch,
}

/// One stroke of a glyph, round the origin, in stage units.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Mark {
    /// What.
    pub shape: Shape,
    /// Its inside.
    pub fill: Paint,
    /// Its line.
    pub stroke: Paint,
    /// How wide the line is.
    pub width: f64,
}

/// What a mark is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Shape {
    /// An outline, in SVG's path language.
    Path(&'static str),
    /// The message's number, in the middle.
    Label {
        /// What stands before it.
        prefix: &'static str,
        /// Its height.
        size: f64,
    },
}

const CELL: &str = "M-9-8.5h18a3 3 0 0 1 3 3v11a3 3 0 0 1-3 3h-18a3 3 0 0 1-3-3v-11a3 3 0 0 1 3-3z";
const SOLID_CELL: &str = "M-9.5-9.5h19a3.5 3.5 0 0 1 3.5 3.5v12a3.5 3.5 0 0 1-3.5 3.5h-19\
    a3.5 3.5 0 0 1-3.5-3.5v-12a3.5 3.5 0 0 1 3.5-3.5z";
const FRAME: &str =
    "M-12-12.5h24a4 4 0 0 1 4 4v17a4 4 0 0 1-4 4h-24a4 4 0 0 1-4-4v-17a4 4 0 0 1 4-4z";
const CIRCLE: &str = "M-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z";
const DOT: &str = "M-2.3 0a2.3 2.3 0 1 0 4.6 0a2.3 2.3 0 1 0-4.6 0z";
const TICK: &str = "m-4 .3 2.8 2.9 5.2-6";
const CROSS: &str = "m-3.5-3.5 7 7m0-7-7 7";
const DIAMOND: &str = "M-1.4-10.6a2 2 0 0 1 2.8 0l9.2 9.2a2 2 0 0 1 0 2.8l-9.2 9.2a2 2 0 0 1-2.8 0\
    l-9.2-9.2a2 2 0 0 1 0-2.8z";
const PLATE: &str = "M-9.5-9h19l5 5v8l-5 5h-19l-5-5v-8z";
const LOZENGE: &str = "M-3-9h6a9 9 0 0 1 0 18h-6a9 9 0 0 1 0-18z";
const HEXAGON: &str = "M12 0 6 10.4h-12l-6-10.4 6-10.4h12z";
const SOLID_HEXAGON: &str = "M12.5 0 6.25 10.8h-12.5l-6.25-10.8 6.25-10.8h12.5z";
const STACK: &str = "M-11-3.5v-5h14";
const STACK_TOP: &str =
    "M-6-5h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2z";
const STACK_PLUS: &str = "M1-2v7M-2.5 1.5h7";
const BLOCK: &str = "M-9-8h18a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-18a2 2 0 0 1-2-2v-12a2 2 0 0 1 2-2z";
const STRIKE: &str = "M-13 8.5 13-8.5";
const STOREYS: &str = "M-8-9.5h16a2 2 0 0 1 2 2v15a2 2 0 0 1-2 2h-16a2 2 0 0 1-2-2v-15\
    a2 2 0 0 1 2-2zM-10-3.2h20M-10 3.2h20";
const EYE: &str = "M-12 0s4.5-7.5 12-7.5S12 0 12 0 7.5 7.5 0 7.5-12 0-12 0z";
const PUPIL: &str = "M-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0-6.4 0z";
const PLUS: &str = "M-4.5 0h9M0-4.5v9";
const MINUS: &str = "M-4.5 0h9";
const EQUALS: &str = "M-4.5-2.2h9M-4.5 2.2h9";
const BRACES: &str = "M-2.5-5c-2 0-1.5 4-3 5 1.5 1 1 5 3 5M2.5-5c2 0 1.5 4 3 5-1.5 1-1 5-3 5";
const MAGNIFIER: &str = "M-4.3-1a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0-6.6 0zM1.5 1.5l3.5 3.5";
const KEY_DOTS: &str = "M-5.6 0h2.2M-1.1 0h2.2M3.4 0h2.2";

const fn line(path: &'static str, stroke: Paint, width: f64) -> Mark {
    Mark { shape: Shape::Path(path), fill: Paint::None, stroke, width }
}

const fn hollow(path: &'static str, stroke: Paint, width: f64) -> Mark {
    Mark { shape: Shape::Path(path), fill: Paint::Surface, stroke, width }
}

const fn solid(path: &'static str, fill: Paint) -> Mark {
    Mark { shape: Shape::Path(path), fill, stroke: Paint::None, width: 0.0 }
}

const fn label(prefix: &'static str, fill: Paint, size: f64) -> Mark {
    Mark { shape: Shape::Label { prefix, size }, fill, stroke: Paint::None, width: 0.0 }
}

impl Glyph {
    /// ZooKeeper's name of the message.
    pub const fn name(self) -> &'static str {
        match self {
            Glyph::Peer(kind) => kind.name(),
            Glyph::Request(_) => "REQUEST",
            Glyph::Response { .. } => "RESPONSE",
            Glyph::Session => "SESSION",
            Glyph::WatchEvent => "WATCH",
        }
    }

    /// Whether it is a heartbeat, which is drawn as a dot.
    pub fn is_ping(self) -> bool {
        self == Glyph::Peer(MessageKind::Ping)
    }

    /// The paint of its tail and its pointer.
    pub const fn trail(self) -> Paint {
        match self {
            Glyph::Peer(MessageKind::Notification) => Paint::LookLine,
            Glyph::Peer(_) => Paint::Epoch,
            _ => Paint::Ink,
        }
    }

    /// Half its width and height, for the pointer that stands at its edge.
    pub const fn half_size(self) -> (f64, f64) {
        match self {
            Glyph::Peer(MessageKind::Ack) => (9.5, 9.5),
            Glyph::Peer(MessageKind::Notification) => (10.0, 10.0),
            _ => (13.5, 9.5),
        }
    }

    /// Its drawing.
    pub const fn marks(self) -> &'static [Mark] {
        match self {
            Glyph::Peer(kind) => peer_marks(kind),
            Glyph::Request(op) => op.solid_marks(),
            Glyph::Response { ok: true } => {
                const { &[hollow(LOZENGE, Paint::Ink, 1.8), line(TICK, Paint::Ink, 2.0)] }
            }
            Glyph::Response { ok: false } => {
                const { &[hollow(LOZENGE, Paint::Ink, 1.8), line(CROSS, Paint::Ink, 1.8)] }
            }
            Glyph::Session => {
                const { &[hollow(LOZENGE, Paint::Ink, 1.8), line(KEY_DOTS, Paint::Ink, 2.2)] }
            }
            Glyph::WatchEvent => {
                const { &[hollow(EYE, Paint::Ink, 1.8), solid(PUPIL, Paint::Ink)] }
            }
        }
    }
}

const fn peer_marks(kind: MessageKind) -> &'static [Mark] {
    use Paint::{Epoch, Faint, Look, LookLine, OnEpoch, OnLook};
    match kind {
        MessageKind::Notification => {
            const LOOK: Mark =
                Mark { shape: Shape::Path(DIAMOND), fill: Look, stroke: LookLine, width: 1.4 };
            const { &[LOOK, label("", OnLook, 11.0)] }
        }
        MessageKind::FollowerInfo | MessageKind::ObserverInfo => {
            const { &[hollow(PLATE, Epoch, 1.8), label("e", Epoch, 11.0)] }
        }
        MessageKind::LeaderInfo => const { &[solid(PLATE, Epoch), label("e", OnEpoch, 11.0)] },
        MessageKind::AckEpoch => const { &[hollow(PLATE, Epoch, 1.8), line(TICK, Epoch, 2.2)] },
        MessageKind::Diff => {
            const {
                &[
                    line(STACK, Epoch, 1.8),
                    hollow(STACK_TOP, Epoch, 1.8),
                    line(STACK_PLUS, Epoch, 1.8),
                ]
            }
        }
        MessageKind::Trunc => {
            const { &[solid(BLOCK, Paint::Surface), HATCHED_BLOCK, line(STRIKE, Epoch, 2.0)] }
        }
        MessageKind::Snap => const { &[hollow(STOREYS, Epoch, 1.8)] },
        MessageKind::NewLeader => const { &[hollow(HEXAGON, Epoch, 2.0), label("e", Epoch, 9.5)] },
        MessageKind::UpToDate => const { &[solid(SOLID_HEXAGON, Epoch), label("e", OnEpoch, 9.5)] },
        MessageKind::Proposal => const { &[hollow(CELL, Epoch, 2.0), label("", Epoch, 12.0)] },
        MessageKind::Ack => const { &[hollow(CIRCLE, Epoch, 2.0), line(TICK, Epoch, 2.2)] },
        MessageKind::Commit => const { &[solid(SOLID_CELL, Epoch), label("", OnEpoch, 12.0)] },
        MessageKind::Inform => {
            const { &[FRAMED, solid(SOLID_CELL, Epoch), label("", OnEpoch, 12.0)] }
        }
        MessageKind::Ping => const { &[solid(DOT, Faint)] },
    }
}

const FRAMED: Mark = hollow(FRAME, Paint::Epoch, 1.4);

const HATCHED_BLOCK: Mark =
    Mark { shape: Shape::Path(BLOCK), fill: Paint::Hatch, stroke: Paint::Epoch, width: 1.8 };

impl OpSign {
    /// The sign alone.
    pub const fn path(self) -> &'static str {
        match self {
            OpSign::Create => PLUS,
            OpSign::Delete => MINUS,
            OpSign::Set => EQUALS,
            OpSign::Multi => BRACES,
            OpSign::Read => MAGNIFIER,
        }
    }

    /// On a solid lozenge: a request.
    pub const fn solid_marks(self) -> &'static [Mark] {
        const LOZENGE_MARK: Mark = solid(LOZENGE, Paint::Ink);
        match self {
            OpSign::Create => const { &[LOZENGE_MARK, line(PLUS, Paint::OnInk, 2.0)] },
            OpSign::Delete => const { &[LOZENGE_MARK, line(MINUS, Paint::OnInk, 2.0)] },
            OpSign::Set => const { &[LOZENGE_MARK, line(EQUALS, Paint::OnInk, 2.0)] },
            OpSign::Multi => const { &[LOZENGE_MARK, line(BRACES, Paint::OnInk, 1.5)] },
            OpSign::Read => const { &[LOZENGE_MARK, line(MAGNIFIER, Paint::OnInk, 2.0)] },
        }
    }

    /// On an outlined lozenge: answered by the server that is asked.
    pub const fn outlined_marks(self) -> &'static [Mark] {
        const LOZENGE_MARK: Mark = hollow(LOZENGE, Paint::Ink, 1.6);
        match self {
            OpSign::Create => const { &[LOZENGE_MARK, line(PLUS, Paint::Ink, 2.0)] },
            OpSign::Delete => const { &[LOZENGE_MARK, line(MINUS, Paint::Ink, 2.0)] },
            OpSign::Set => const { &[LOZENGE_MARK, line(EQUALS, Paint::Ink, 2.0)] },
            OpSign::Multi => const { &[LOZENGE_MARK, line(BRACES, Paint::Ink, 1.5)] },
            OpSign::Read => const { &[LOZENGE_MARK, line(MAGNIFIER, Paint::Ink, 2.0)] },
        }
    }
}
