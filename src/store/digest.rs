//! A number that is equal where two trees are: the sum of one hash per znode, so that a change
//! costs a subtraction and an addition whatever the tree's size.
//!
//! ZooKeeper's `DigestCalculator` does the same with CRC-32 over path, data and Stat, and leaves
//! out what lies under `/zookeeper`. Ours takes 64 bits, the access control list and every znode:
//! our replicas have nothing that may differ.

use super::{Lifetime, Znode};
use crate::types::Acl;

/// The part of a data block in a znode's digest; kept with the znode, since data may be long.
pub(super) fn of_data(data: Option<&[u8]>) -> u64 {
    let mut sum = Sum::new();
    match data {
        None => sum.word(0),
        Some(bytes) => {
            sum.word(1);
            sum.bytes(bytes);
        }
    }
    sum.finish()
}

/// A znode's share in the digest of its tree.
pub(super) fn of_znode(path: &str, znode: &Znode) -> u64 {
    let mut sum = Sum::new();
    sum.bytes(path.as_bytes());
    sum.word(znode.data_digest());
    let stat = znode.stored_stat();
    for zxid in [stat.czxid, stat.mzxid, stat.pzxid] {
        sum.word(zxid.to_wire().cast_unsigned());
    }
    for time in [stat.ctime, stat.mtime] {
        sum.word(time.0.cast_unsigned());
    }
    for version in [stat.version, stat.children_created, stat.aversion] {
        sum.word(u64::from(version.cast_unsigned()));
    }
    sum.lifetime(stat.lifetime);
    znode.acl().iter().for_each(|entry| sum.acl(entry));
    sum.finish()
}

/// A hash of 64-bit words, the same on every machine: multiply by the golden ratio, fold, and at
/// the end Murmur's finaliser.
struct Sum(u64);

impl Sum {
    fn new() -> Sum {
        Sum(0x9e37_79b9_7f4a_7c15)
    }

    fn word(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.word(bytes.len() as u64);
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.word(u64::from_le_bytes(word));
        }
    }

    fn lifetime(&mut self, lifetime: Lifetime) {
        let (kind, value) = match lifetime {
            Lifetime::Persistent => (0, 0),
            Lifetime::Ephemeral(session) => (1, session.0.cast_unsigned()),
            Lifetime::Container => (2, 0),
            Lifetime::Ttl(span) => (3, span.0),
        };
        self.word(kind);
        self.word(value);
    }

    fn acl(&mut self, entry: &Acl) {
        self.word(u64::from(entry.perms));
        self.bytes(entry.scheme.as_bytes());
        self.bytes(entry.id.as_bytes());
    }

    fn finish(self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        mixed ^ (mixed >> 33)
    }
}
