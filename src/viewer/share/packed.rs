//! Text as characters that every address may hold: zlib (RFC 1950), then base64url without padding
//! (RFC 4648, section 5). zlib carries a checksum, so that what was altered or cut off is noticed.

use base64::DecodeError;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

use super::error::Problem;

/// The strongest that zlib's tools know, times a little: a link is short and made once.
const LEVEL: u8 = 10;

/// Packs a text.
pub(super) fn pack(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(compress_to_vec_zlib(text.as_bytes(), LEVEL))
}

/// Unpacks a text of at most `limit` bytes; `offset` characters stand before `packed`.
pub(super) fn unpack(packed: &str, offset: usize, limit: usize) -> Result<String, Problem> {
    let truncated = Problem::Truncated { at: (offset + packed.len()) as u64 };
    let bytes = match URL_SAFE_NO_PAD.decode(packed) {
        Ok(bytes) => bytes,
        Err(DecodeError::InvalidByte(place, _)) => {
            return Err(Problem::Damaged { at: Some((offset + place + 1) as u64) });
        }
        Err(_) => return Err(truncated),
    };
    let unpacked =
        decompress_to_vec_zlib_with_limit(&bytes, limit).map_err(|error| match error.status {
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => truncated,
            TINFLStatus::HasMoreOutput => Problem::TooLarge { limit: limit as u64 },
            _ => Problem::Damaged { at: None },
        })?;
    String::from_utf8(unpacked).map_err(|_| Problem::Damaged { at: None })
}
