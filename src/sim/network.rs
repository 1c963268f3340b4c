//! The network: how long packets travel on each link, and which links are cut.
//!
//! A cut is silent: what is sent waits, as segments do that TCP sends again and again, and comes
//! through after the link is healed, if its connection has lived so long. A hold is the same for
//! one channel, but what is held can be delivered by hand, one message at a time.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Settings, SpanRange};
use crate::ensemble::{Channel, Endpoint};
use crate::types::ServerId;

/// One direction between two endpoints.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Link {
    /// The sender.
    pub from: Endpoint,
    /// The receiver.
    pub to: Endpoint,
}

impl Link {
    /// The link from one to the other.
    pub fn new(from: impl Into<Endpoint>, to: impl Into<Endpoint>) -> Link {
        Link { from: from.into(), to: to.into() }
    }
}

/// The state of all links.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Network {
    server_latency: SpanRange,
    client_latency: SpanRange,
    latencies: BTreeMap<Link, SpanRange>,
    cuts: BTreeSet<Link>,
    holds: BTreeSet<(Link, Channel)>,
}

impl Network {
    /// A network without faults.
    pub fn new(settings: &Settings) -> Network {
        Network {
            server_latency: settings.server_latency,
            client_latency: settings.client_latency,
            latencies: BTreeMap::new(),
            cuts: BTreeSet::new(),
            holds: BTreeSet::new(),
        }
    }

    /// How long a packet travels on this link.
    pub fn latency(&self, link: Link) -> SpanRange {
        if let Some(&latency) = self.latencies.get(&link) {
            return latency;
        }
        match (link.from, link.to) {
            (Endpoint::Server(_), Endpoint::Server(_)) => self.server_latency,
            _ => self.client_latency,
        }
    }

    /// The links with a latency of their own.
    pub fn latencies(&self) -> impl Iterator<Item = (Link, SpanRange)> + '_ {
        self.latencies.iter().map(|(&link, &latency)| (link, latency))
    }

    /// Whether nothing comes through on this link.
    pub fn is_cut(&self, link: Link) -> bool {
        !self.cuts.is_empty() && self.cuts.contains(&link)
    }

    /// The links that are cut.
    pub fn cuts(&self) -> impl Iterator<Item = Link> + '_ {
        self.cuts.iter().copied()
    }

    /// Whether what is sent on this channel of this link is held.
    pub fn is_held(&self, link: Link, channel: Channel) -> bool {
        !self.holds.is_empty() && self.holds.contains(&(link, channel))
    }

    /// What is held.
    pub fn holds(&self) -> impl Iterator<Item = (Link, Channel)> + '_ {
        self.holds.iter().copied()
    }

    pub(super) fn hold(&mut self, link: Link, channel: Option<Channel>) {
        self.holds.extend(channels(channel).map(|channel| (link, channel)));
    }

    pub(super) fn release(&mut self, link: Link, channel: Option<Channel>) {
        for channel in channels(channel) {
            self.holds.remove(&(link, channel));
        }
    }

    pub(super) fn release_all(&mut self) {
        self.holds.clear();
    }

    pub(super) fn cut(&mut self, link: Link) {
        self.cuts.insert(link);
    }

    pub(super) fn heal(&mut self, link: Link) {
        self.cuts.remove(&link);
    }

    pub(super) fn heal_all(&mut self) {
        self.cuts.clear();
    }

    pub(super) fn isolate(&mut self, server: ServerId, all: &[ServerId]) {
        for &other in all.iter().filter(|&&other| other != server) {
            self.cut(Link::new(server, other));
            self.cut(Link::new(other, server));
        }
    }

    pub(super) fn partition(&mut self, groups: &[Vec<ServerId>], all: &[ServerId]) {
        let group_of = |server: ServerId| groups.iter().position(|group| group.contains(&server));
        for &from in all {
            for &to in all.iter().filter(|&&to| to != from) {
                if group_of(from) == group_of(to) {
                    self.heal(Link::new(from, to));
                } else {
                    self.cut(Link::new(from, to));
                }
            }
        }
    }

    pub(super) fn set_latency(&mut self, link: Link, latency: SpanRange) {
        self.latencies.insert(link, latency);
    }

    pub(super) fn reset_latencies(&mut self) {
        self.latencies.clear();
    }
}

/// This channel, or all.
fn channels(channel: Option<Channel>) -> impl Iterator<Item = Channel> {
    Channel::ALL.into_iter().filter(move |&one| channel.is_none_or(|only| only == one))
}
