//! Connections between servers: what they are for, and who dials whom for elections.
//!
//! Source: `QuorumCnxManager`, fact sheet §2.7. At most one election connection a pair is kept, the
//! one that the larger id dialled: a smaller id that dials is hung up on and called back. A message
//! for a server that is not connected waits in a slot for one; a newer one replaces it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Message, Notification, Out, Output, Timer};
use crate::types::{ConnectionId, ServerId, Span};

/// What a connection between two servers is for. The two never share one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Channel {
    /// Notifications. One a pair, the one that the larger id dialled. Source: `QuorumCnxManager`.
    Election,
    /// Everything between a learner and its leader; the learner dials. Source: `LearnerHandler`.
    Learner,
}

/// A server's election connections: to all other voters, and to observers that called.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct ElectionLinks {
    own: ServerId,
    /// All other voters.
    voters: Vec<ServerId>,
    links: BTreeMap<ServerId, Link>,
    connection_timeout: Span,
}

/// One pair's connection, seen from one side.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
struct Link {
    open: Option<ConnectionId>,
    dialled: Option<ConnectionId>,
    /// The queue of capacity one.
    waiting: Option<Notification>,
    /// Sent again when a new connection opens with nothing waiting, since it may have been lost
    /// with the old one.
    last_sent: Option<Notification>,
}

impl ElectionLinks {
    pub(super) fn new(
        own: ServerId,
        voters: impl Iterator<Item = ServerId>,
        connection_timeout: Span,
    ) -> ElectionLinks {
        let voters: Vec<ServerId> = voters.filter(|&voter| voter != own).collect();
        let links = voters.iter().map(|&voter| (voter, Link::default())).collect();
        ElectionLinks { own, voters, links, connection_timeout }
    }

    /// Who is at the other end of this open connection.
    pub(super) fn server(&self, connection: ConnectionId) -> Option<ServerId> {
        let link = self.links.iter().find(|(_, link)| link.open == Some(connection));
        link.map(|(&server, _)| server)
    }

    /// Sends now, or dials and sends when the connection opens.
    pub(super) fn send(&mut self, to: ServerId, notification: Notification, out: &mut Out) {
        let link = self.links.entry(to).or_default();
        if let Some(connection) = link.open {
            out.send(connection, Message::Notification(notification.clone()));
            link.last_sent = Some(notification);
            return;
        }
        link.waiting = Some(notification);
        self.dial(to, out);
    }

    /// Sends to every other voter.
    pub(super) fn send_all(&mut self, notification: &Notification, out: &mut Out) {
        for index in 0..self.voters.len() {
            self.send(self.voters[index], notification.clone(), out);
        }
    }

    /// Whether some queue is empty, which ZooKeeper takes as a sign that messages get through.
    pub(super) fn have_delivered(&self) -> bool {
        self.links.is_empty() || self.links.values().any(|link| link.waiting.is_none())
    }

    /// Dials every server that is not connected.
    pub(super) fn connect_all(&mut self, out: &mut Out) {
        let apart = self.links.iter().filter(|(_, link)| link.open.is_none());
        let apart: Vec<ServerId> = apart.map(|(&server, _)| server).collect();
        for server in apart {
            self.dial(server, out);
        }
    }

    pub(super) fn on_dialled(&mut self, connection: ConnectionId, from: ServerId, out: &mut Out) {
        let link = self.links.entry(from).or_default();
        // Whatever connection there was, the other side believes that it is gone.
        if let Some(old) = link.open.take() {
            out.push(Output::Close(old));
        }
        if from < self.own {
            out.push(Output::Close(connection));
            self.dial(from, out);
            return;
        }
        link.open(connection, out);
    }

    /// Whether the connection was ours; if so it is used, or hung up by the smaller id.
    pub(super) fn on_connected(&mut self, connection: ConnectionId, out: &mut Out) -> bool {
        let own = self.own;
        let dialled = |(_, link): &(&ServerId, &mut Link)| link.dialled == Some(connection);
        let Some((&server, link)) = self.links.iter_mut().find(dialled) else { return false };
        link.dialled = None;
        out.push(Output::CancelTimer(Timer::Dial(server)));
        if own < server {
            out.push(Output::Close(connection));
            return true;
        }
        link.open(connection, out);
        true
    }

    pub(super) fn on_closed(&mut self, connection: ConnectionId, out: &mut Out) {
        for (&server, link) in &mut self.links {
            if link.open == Some(connection) {
                link.open = None;
            }
            if link.dialled == Some(connection) {
                link.dialled = None;
                out.push(Output::CancelTimer(Timer::Dial(server)));
            }
        }
    }

    /// The connection did not open in time (`cnxTimeout`).
    pub(super) fn on_dial_timeout(&mut self, server: ServerId, out: &mut Out) {
        let dialled = self.links.get_mut(&server).and_then(|link| link.dialled.take());
        if let Some(connection) = dialled {
            out.push(Output::Close(connection));
        }
    }

    fn dial(&mut self, to: ServerId, out: &mut Out) {
        let link = self.links.entry(to).or_default();
        if link.dialled.is_some() {
            return;
        }
        let connection = out.connection();
        link.dialled = Some(connection);
        out.push(Output::Dial { connection, to, channel: Channel::Election });
        out.timer(Timer::Dial(to), self.connection_timeout);
    }
}

impl Link {
    fn open(&mut self, connection: ConnectionId, out: &mut Out) {
        if let Some(old) = self.open.replace(connection) {
            out.push(Output::Close(old));
        }
        if let Some(notification) = self.waiting.take().or_else(|| self.last_sent.clone()) {
            out.send(connection, Message::Notification(notification.clone()));
            self.last_sent = Some(notification);
        }
    }
}
