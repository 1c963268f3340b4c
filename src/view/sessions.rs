//! The sessions: who owns them, what hangs on them, and how long they still live.

use std::rc::Rc;

use crate::text::{Key, Phrase};
use crate::types::{ClientId, ServerId, SessionId, Span};

use super::Countdown;

/// All sessions, as the leader counts them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SessionsView {
    /// The leader that counts; without one no session expires.
    pub leader: Option<ServerId>,
    /// The sessions, by id.
    pub rows: Vec<SessionRow>,
}

/// A session.
#[derive(Clone, PartialEq, Debug)]
pub struct SessionRow {
    /// Its id.
    pub session: SessionId,
    /// The client that has it.
    pub client: Option<ClientId>,
    /// The server that the client is connected to.
    pub server: Option<ServerId>,
    /// Its timeout.
    pub timeout: Span,
    /// When the leader's tracker lets it expire.
    pub life: SessionLife,
    /// Its ephemeral znodes.
    pub ephemerals: Vec<Rc<str>>,
    /// What its connection watches.
    pub watches: Vec<Rc<str>>,
}

/// How a session stands with the leader.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionLife {
    /// It runs out unless a sign of life comes.
    Counting(Countdown),
    /// It has run out or was closed; its end is on its way through the log.
    Closing,
    /// No leader counts.
    Uncounted,
}

impl SessionLife {
    /// The countdown, if one runs.
    pub const fn countdown(self) -> Option<Countdown> {
        match self {
            SessionLife::Counting(countdown) => Some(countdown),
            SessionLife::Closing | SessionLife::Uncounted => None,
        }
    }
}

impl SessionRow {
    /// "C1 on S2", "C1, not connected".
    pub fn place(&self) -> Phrase {
        match (self.client, self.server) {
            (Some(client), Some(server)) => {
                Phrase::new(Key::ClientOn).with("client", client).with("server", server)
            }
            (Some(client), None) => Phrase::new(Key::SessionAway).with("client", client),
            (None, _) => Key::SessionOrphan.into(),
        }
    }

    /// What is known of its end: "of 4000 ms", "closing".
    pub fn life(&self) -> Phrase {
        let key = match self.life {
            SessionLife::Counting(_) => Key::SessionCounting,
            SessionLife::Closing => Key::SessionClosing,
            SessionLife::Uncounted => Key::SessionUncounted,
        };
        Phrase::new(key).with("timeout", self.timeout)
    }
}
