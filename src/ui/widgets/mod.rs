//! Small parts that several panels use. They know views, not panels.

mod glyph;
mod hue;
mod icon;
mod role_icon;
mod zxid;

pub use glyph::{GlyphIcon, OpIcon};
pub use hue::{epoch_attribute, epoch_color, epoch_wash, paint_color};
pub use icon::{Icon, IconName};
pub use role_icon::{RoleIcon, RoleMark};
pub use zxid::{EpochText, ZxidText, ZxidTspans};
