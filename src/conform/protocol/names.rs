//! Sessions and clients by the names of a recording and by ours.

use std::collections::BTreeMap;

use super::record::ClientName;
use crate::types::{ClientId, SessionId};

/// Who is who. A session of the recording is `n<server that made it>#<k>`; which of ours it is
/// shows when both appear in the same place for the first time, and holds from then on.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Names {
    sessions: BTreeMap<String, SessionId>,
    names: BTreeMap<SessionId, String>,
    pub clients: BTreeMap<ClientName, ClientId>,
}

impl Names {
    pub fn session(&self, name: &str) -> Option<SessionId> {
        self.sessions.get(name).copied()
    }

    /// Binds a name, if neither it nor the session has another one and the same server made both.
    pub fn bind(&mut self, name: &str, session: SessionId) {
        let made_by = name.strip_prefix('n').and_then(|rest| rest.split_once('#'));
        let made_by = made_by.and_then(|(server, _)| server.parse().ok());
        let fits = made_by == Some(maker(session));
        let is_free = !self.sessions.contains_key(name) && !self.names.contains_key(&session);
        if fits && is_free {
            self.sessions.insert(name.to_owned(), session);
            self.names.insert(session, name.to_owned());
        }
    }

    /// The recording's name of a session of ours.
    pub fn name(&self, session: SessionId) -> String {
        match self.names.get(&session) {
            Some(name) => name.clone(),
            None => format!("n{}#?", maker(session)),
        }
    }
}

/// The server that made a session: the top byte of its id.
fn maker(session: SessionId) -> u8 {
    session.0.to_be_bytes()[0]
}
