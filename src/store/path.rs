//! Which paths are legal, and their parts. Source: `PathUtils`; fact sheet §1.

use std::fmt;

/// Why a path is not legal. Places count UTF-16 units from 0, as Java's do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PathError {
    /// It has no characters.
    Empty,
    /// It does not begin with a slash.
    NoLeadingSlash,
    /// It ends with a slash and is not the root.
    TrailingSlash,
    /// U+0000.
    NullCharacter {
        /// Where.
        at: u32,
    },
    /// Two slashes in a row.
    EmptyName {
        /// Where the second one stands.
        at: u32,
    },
    /// A name that is `.` or `..`.
    RelativeName {
        /// Where its last dot stands.
        at: u32,
    },
    /// A control character, a surrogate, one for private use or a special.
    InvalidCharacter {
        /// Where.
        at: u32,
    },
}

impl PathError {
    /// ZooKeeper's sentence about `path`.
    pub fn message(self, path: &str) -> String {
        match self {
            PathError::Empty => "Path length must be > 0".to_owned(),
            PathError::NoLeadingSlash => "Path must start with / character".to_owned(),
            PathError::TrailingSlash => "Path must not end with / character".to_owned(),
            PathError::NullCharacter { .. }
            | PathError::EmptyName { .. }
            | PathError::RelativeName { .. }
            | PathError::InvalidCharacter { .. } => {
                format!("Invalid path string \"{path}\" caused by {self}")
            }
        }
    }
}

/// The reason alone, as ZooKeeper words it behind "caused by".
impl fmt::Display for PathError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PathError::NullCharacter { at } => write!(out, "null character not allowed @{at}"),
            PathError::EmptyName { at } => write!(out, "empty node name specified @{at}"),
            PathError::RelativeName { at } => write!(out, "relative paths not allowed @{at}"),
            PathError::InvalidCharacter { at } => write!(out, "invalid character @{at}"),
            PathError::Empty | PathError::NoLeadingSlash | PathError::TrailingSlash => {
                out.write_str(&self.message(""))
            }
        }
    }
}

impl std::error::Error for PathError {}

/// Tests a path as client and server do. Source: `PathUtils.validatePath`.
///
/// # Errors
/// The first thing that is wrong, from left to right.
pub fn validate_path(path: &str) -> Result<(), PathError> {
    if path.is_empty() {
        return Err(PathError::Empty);
    }
    if !path.starts_with('/') {
        return Err(PathError::NoLeadingSlash);
    }
    if path == "/" {
        return Ok(());
    }
    if path.ends_with('/') {
        return Err(PathError::TrailingSlash);
    }
    let units: Vec<u16> = path.encode_utf16().collect();
    (1..units.len()).try_for_each(|at| check_unit(&units, at))
}

const SLASH: u16 = b'/' as u16;
const DOT: u16 = b'.' as u16;

/// Tests the unit at `at`, which is not the first.
fn check_unit(units: &[u16], at: usize) -> Result<(), PathError> {
    let (unit, before) = (units[at], units[at - 1]);
    let place = u32::try_from(at).expect("a path is far shorter than 4 GiB");
    let ends_name = units.get(at + 1).is_none_or(|&next| next == SLASH);
    match unit {
        0 => Err(PathError::NullCharacter { at: place }),
        SLASH if before == SLASH => Err(PathError::EmptyName { at: place }),
        DOT if ends_name && before == SLASH => Err(PathError::RelativeName { at: place }),
        DOT if ends_name && before == DOT && units[at - 2] == SLASH => {
            Err(PathError::RelativeName { at: place })
        }
        0x0001..=0x001f | 0x007f..=0x009f | 0xd800..=0xf8ff | 0xfff0..=0xffff => {
            Err(PathError::InvalidCharacter { at: place })
        }
        _ => Ok(()),
    }
}

/// The text before the last slash: the parent, `""` for a child of the root. `None` without a
/// slash.
pub(super) fn parent_of(path: &str) -> Option<&str> {
    path.rfind('/').map(|slash| &path[..slash])
}

/// The text behind the last slash.
pub(super) fn name_of(path: &str) -> &str {
    path.rfind('/').map_or(path, |slash| &path[slash + 1..])
}

/// The znodes that cannot be deleted. Source: `ZKDatabase.isSpecialPath`.
pub(super) fn is_special(path: &str) -> bool {
    matches!(path, "/" | "/zookeeper" | "/zookeeper/quota" | "/zookeeper/config")
}

#[cfg(test)]
mod tests {
    use super::{PathError, validate_path};

    fn check(path: &str, expected: Result<(), PathError>) {
        assert_eq!(validate_path(path), expected, "{path:?}");
    }

    #[test]
    fn paths_are_tested_from_left_to_right() {
        check("", Err(PathError::Empty));
        check("a", Err(PathError::NoLeadingSlash));
        check("/", Ok(()));
        check("/a/", Err(PathError::TrailingSlash));
        check("/a\0b", Err(PathError::NullCharacter { at: 2 }));
        check("/a//b", Err(PathError::EmptyName { at: 3 }));
        check("/./a", Err(PathError::RelativeName { at: 1 }));
        check("/a/..", Err(PathError::RelativeName { at: 4 }));
        check("/.../.a/a./..b", Ok(()));
        check("/a\u{1f}", Err(PathError::InvalidCharacter { at: 2 }));
        check("/é\u{7f}", Err(PathError::InvalidCharacter { at: 2 }));
        check("/\u{1f600}", Err(PathError::InvalidCharacter { at: 1 }));
        check("/中文/é", Ok(()));
    }

    #[test]
    fn messages_are_zookeepers() {
        let error = validate_path("/a//b").expect_err("two slashes");
        let expected = "Invalid path string \"/a//b\" caused by empty node name specified @3";
        assert_eq!(error.message("/a//b"), expected);
        assert_eq!(PathError::Empty.message(""), "Path length must be > 0");
    }
}
