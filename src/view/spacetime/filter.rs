//! What is left out.

use crate::ensemble::Endpoint;
use crate::types::Zxid;
use crate::viewer::{Hop, HopKind};
use crate::zab::MessageKind;

/// Which messages are shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Filter {
    /// Those of these groups.
    pub groups: Vec<Group>,
    /// Only those to or from this server or client.
    pub end: Option<Endpoint>,
    /// Only those about this transaction.
    pub zxid: Option<Zxid>,
}

/// Messages that belong together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// Votes.
    Election,
    /// From FOLLOWERINFO to UPTODATE.
    Recovery,
    /// Proposals, acks and commits.
    Broadcast,
    /// Requests, answers, sessions and watch events.
    Clients,
    /// Signs of life.
    Pings,
}

impl Group {
    /// All of them.
    pub const ALL: [Group; 5] =
        [Group::Election, Group::Recovery, Group::Broadcast, Group::Clients, Group::Pings];

    /// Where a message belongs.
    pub fn of(kind: HopKind) -> Group {
        match kind {
            HopKind::Peer(MessageKind::Notification) => Group::Election,
            HopKind::Peer(
                MessageKind::Proposal
                | MessageKind::Ack
                | MessageKind::Commit
                | MessageKind::Inform,
            ) => Group::Broadcast,
            HopKind::Peer(MessageKind::Ping) | HopKind::Ping => Group::Pings,
            HopKind::Peer(_) => Group::Recovery,
            HopKind::Request(_) | HopKind::Response { .. } | HopKind::Session | HopKind::Watch => {
                Group::Clients
            }
        }
    }
}

impl Default for Filter {
    fn default() -> Filter {
        Filter { groups: Group::ALL.to_vec(), end: None, zxid: None }
    }
}

impl Filter {
    /// Whether the group is shown.
    pub fn has(&self, group: Group) -> bool {
        self.groups.contains(&group)
    }

    /// The filter with the group shown or left out.
    pub fn with(&self, group: Group, shown: bool) -> Filter {
        let mut groups = self.groups.clone();
        groups.retain(|&other| other != group);
        groups.extend(shown.then_some(group));
        Filter { groups, ..self.clone() }
    }

    /// Whether the message is shown.
    pub fn passes(&self, hop: &Hop) -> bool {
        self.has(Group::of(hop.kind))
            && self.end.is_none_or(|end| hop.from == end || hop.to == end)
            && self.zxid.is_none_or(|zxid| hop.zxid == Some(zxid))
    }
}
