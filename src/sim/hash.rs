//! A hash that is the same on every machine: derived `Hash` writes lengths and discriminants as
//! machine words, which are widened here.

use std::hash::Hasher;

/// A 64-bit hasher for states and traces. Not for keys that an adversary chooses.
#[derive(Clone, Debug)]
pub struct StableHasher {
    state: u64,
}

/// 2^64 divided by the golden ratio, odd.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

impl StableHasher {
    /// Nothing hashed yet.
    pub fn new() -> StableHasher {
        StableHasher { state: MULTIPLIER }
    }

    fn word(&mut self, word: u64) {
        let mixed = (self.state ^ word).wrapping_mul(MULTIPLIER);
        self.state = mixed ^ (mixed >> 29);
    }
}

impl Default for StableHasher {
    fn default() -> StableHasher {
        StableHasher::new()
    }
}

impl Hasher for StableHasher {
    /// Murmur's finaliser: every bit of the state reaches every bit of the hash.
    fn finish(&self) -> u64 {
        let mixed = (self.state ^ (self.state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        mixed ^ (mixed >> 33)
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.word(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.word(rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)));
        }
        self.word(bytes.len() as u64);
    }

    fn write_u8(&mut self, value: u8) {
        self.word(u64::from(value));
    }

    fn write_u16(&mut self, value: u16) {
        self.word(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.word(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.word(value);
    }

    fn write_u128(&mut self, value: u128) {
        self.word(value as u64);
        self.word((value >> 64) as u64);
    }

    fn write_usize(&mut self, value: usize) {
        self.word(value as u64);
    }

    fn write_i8(&mut self, value: i8) {
        self.word(i64::from(value).cast_unsigned());
    }

    fn write_i16(&mut self, value: i16) {
        self.word(i64::from(value).cast_unsigned());
    }

    fn write_i32(&mut self, value: i32) {
        self.word(i64::from(value).cast_unsigned());
    }

    fn write_i64(&mut self, value: i64) {
        self.word(value.cast_unsigned());
    }

    fn write_i128(&mut self, value: i128) {
        self.write_u128(value.cast_unsigned());
    }

    /// Discriminants of enums.
    fn write_isize(&mut self, value: isize) {
        self.word((value as i64).cast_unsigned());
    }
}
