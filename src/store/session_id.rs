//! How a server names its new sessions, and the password that goes with a name. Source: fact sheet
//! §7.1.

use crate::api::Password;
use crate::types::{ServerId, SessionId, WallTime};

/// A server's counter of sessions.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct SessionIds {
    next: SessionId,
}

impl SessionIds {
    /// The counter of a server that starts at `now`: the server in the top byte, then 40 bits of
    /// time, then zeros. Source: `SessionTrackerImpl.initializeNextSessionId`.
    pub fn new(server: ServerId, now: WallTime) -> SessionIds {
        let time = (now.0.cast_unsigned() << 24) >> 8;
        let first = (u64::from(server.0) << 56) | time;
        SessionIds { next: SessionId(first.cast_signed()) }
    }

    /// A name that was never given.
    pub fn next_id(&mut self) -> SessionId {
        let session = self.next;
        self.next = SessionId(session.0 + 1);
        session
    }
}

/// The password of a session: any server can compute it, so it need not be stored.
/// Source: `ZooKeeperServer.generatePasswd`, which draws it from `java.util.Random`.
pub fn password_of(session: SessionId) -> Password {
    const SECRET: u64 = 0xb341_5c00;
    const MULTIPLIER: u64 = 0x5_deec_e66d;
    const MASK: u64 = (1 << 48) - 1;
    let mut seed = (session.0.cast_unsigned() ^ SECRET ^ MULTIPLIER) & MASK;
    let mut bytes = [0; 16];
    for chunk in bytes.chunks_exact_mut(4) {
        seed = (seed.wrapping_mul(MULTIPLIER) + 0xb) & MASK;
        let drawn = u32::try_from(seed >> 16).expect("32 of 48 bits are left");
        chunk.copy_from_slice(&drawn.to_le_bytes());
    }
    Password(bytes)
}

#[cfg(test)]
mod tests {
    use super::{SessionIds, password_of};
    use crate::types::{ServerId, SessionId, WallTime};

    #[test]
    fn the_id_holds_server_time_and_counter() {
        // 2026-01-01T00:00:00Z is 0x19b_76da_a800 ms, of which 40 bits remain.
        let mut ids = SessionIds::new(ServerId(3), WallTime(1_767_225_600_000));
        assert_eq!(ids.next_id(), SessionId(0x039b_76da_a800_0000));
        assert_eq!(ids.next_id().0 & 0xffff, 1);
    }

    #[test]
    fn passwords_are_javas() {
        // new Random(0xB3415C00L ^ 0xB3415C00L).nextInt() is -1155484576, Java's well-known first
        // draw of seed 0; then -723955400.
        let password = password_of(SessionId(0xb341_5c00)).0;
        assert_eq!(password[..4], (-1_155_484_576_i32).to_le_bytes());
        assert_eq!(password[4..8], (-723_955_400_i32).to_le_bytes());
    }
}
