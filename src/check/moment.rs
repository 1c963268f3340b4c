//! What a property's checker is shown, and where it says what it finds.

use super::ghosts::{Change, Delivery, Establishment, Ghosts, ServiceStart};
use super::{Evaluated, Fact, PropertyName, Violation, Witness};
use crate::ensemble::{Endpoint, Segment, Transfer};
use crate::server::Packet;
use crate::sim::{EventId, World};
use crate::types::ServerId;
use crate::zab::Message;
use crate::{server, zab};

/// A property's checker. Each method is called for the events of one kind, and does nothing where
/// the property does not speak of them; what is not needed costs nothing.
///
/// None may panic, whatever the protocol does: a run may have mistakes in it on purpose.
pub(in crate::check) trait Property {
    /// A server delivers a transaction.
    fn on_delivery(&mut self, _delivery: &Delivery, _moment: &mut Moment<'_>) {}

    /// A leader is established.
    fn on_established(&mut self, _established: &Establishment, _moment: &mut Moment<'_>) {}

    /// The history on a server's disk has changed.
    fn on_history(&mut self, _change: &Change, _moment: &mut Moment<'_>) {}

    /// A message of the protocol has arrived. Its receiver may still wait for its disk before it
    /// looks at it.
    fn on_message(&mut self, _message: &Arrived<'_>, _moment: &mut Moment<'_>) {}

    /// A server's peer reports; but not of each ack that it counts, nor of commits, which are
    /// deliveries.
    fn on_peer(&mut self, _server: ServerId, _note: &zab::Note, _moment: &mut Moment<'_>) {}

    /// A message of the protocol is on its way.
    fn on_sent(&mut self, _sent: &Arrived<'_>, _moment: &mut Moment<'_>) {}

    /// A server reports; but not of what its log step takes.
    fn on_server(&mut self, _server: ServerId, _note: &server::Note, _moment: &mut Moment<'_>) {}

    /// A learner begins to serve.
    fn on_service(&mut self, _start: &ServiceStart, _moment: &mut Moment<'_>) {}
}

/// Something that is shown to every property alike.
pub(in crate::check) trait Show {
    /// Shows it to one.
    fn to(&mut self, property: &mut impl Property);
}

/// An event, and all that a property may look at.
pub(in crate::check) struct Moment<'a> {
    /// The event's number.
    pub event: EventId,
    /// The history variables. They know of the event.
    pub ghosts: &'a Ghosts,
    /// The world as it is after the step that the event belongs to.
    pub world: &'a World,
    /// What was found so far.
    pub findings: &'a mut Findings,
}

/// A message of the protocol, between two servers.
pub(in crate::check) struct Arrived<'a> {
    /// Who sent it.
    pub from: ServerId,
    /// To whom.
    pub to: ServerId,
    /// What it says.
    pub message: &'a Message,
}

/// What all checkers have found, and what was found first.
#[derive(Clone, Debug, Default)]
pub(in crate::check) struct Findings {
    evaluated: PerProperty,
    first: Option<PropertyName>,
}

/// An array's `Default` ends at 32 elements.
#[derive(Clone, Debug)]
struct PerProperty([Evaluated; PropertyName::COUNT]);

impl Default for PerProperty {
    fn default() -> PerProperty {
        PerProperty(std::array::from_fn(|_| Evaluated::default()))
    }
}

impl Moment<'_> {
    /// The property was looked at, and holds.
    #[inline]
    pub fn hold(&mut self, property: PropertyName) {
        self.findings.evaluated.0[property as usize].hold();
    }

    /// The property was looked at, and this event breaks it. `earlier` is what it contradicts;
    /// without one the event speaks for itself.
    #[cold]
    pub fn violate(&mut self, property: PropertyName, earlier: Option<Witness>, fact: Fact) {
        let breaking = Witness { event: self.event, fact };
        let earlier = earlier.unwrap_or_else(|| breaking.clone());
        self.findings.evaluated.0[property as usize].violate(earlier, breaking);
        let first = self.findings.first.and_then(|first| self.findings.violation(first));
        let is_first =
            first.is_none_or(|(name, first)| first.event() == self.event && property < name);
        if is_first {
            self.findings.first = Some(property);
        }
    }

    /// One of the two.
    #[inline]
    pub fn judge(
        &mut self,
        property: PropertyName,
        holds: bool,
        otherwise: impl FnOnce(&Self) -> (Option<Witness>, Fact),
    ) {
        if holds {
            return self.hold(property);
        }
        let (earlier, fact) = otherwise(self);
        self.violate(property, earlier, fact);
    }
}

impl Findings {
    /// What was found of a property.
    pub fn evaluated(&self, property: PropertyName) -> &Evaluated {
        &self.evaluated.0[property as usize]
    }

    /// The violation that was found first.
    pub fn first(&self) -> Option<(PropertyName, &Violation)> {
        self.first.and_then(|first| self.violation(first))
    }

    fn violation(&self, property: PropertyName) -> Option<(PropertyName, &Violation)> {
        self.evaluated(property).violation().map(|violation| (property, violation))
    }
}

/// What is shown to every property, by kind: whoever does not look at the kind is passed over
/// without a test.
pub(in crate::check) mod shown {
    use super::{Arrived, Moment, Property, ServerId, Show};
    use crate::check::ghosts::Meaning;
    use crate::{server, zab};

    pub struct Message<'a, 'b>(pub Arrived<'a>, pub Moment<'b>);
    pub struct Sent<'a, 'b>(pub Arrived<'a>, pub Moment<'b>);
    pub struct Meant<'a, 'b>(pub &'a Meaning, pub Moment<'b>);
    pub struct Peer<'a, 'b>(pub ServerId, pub &'a zab::Note, pub Moment<'b>);
    pub struct Server<'a, 'b>(pub ServerId, pub &'a server::Note, pub Moment<'b>);

    impl Show for Message<'_, '_> {
        #[inline]
        fn to(&mut self, property: &mut impl Property) {
            property.on_message(&self.0, &mut self.1);
        }
    }

    impl Show for Sent<'_, '_> {
        #[inline]
        fn to(&mut self, property: &mut impl Property) {
            property.on_sent(&self.0, &mut self.1);
        }
    }

    impl Show for Meant<'_, '_> {
        #[inline]
        fn to(&mut self, property: &mut impl Property) {
            match self.0 {
                Meaning::Changed(change) => property.on_history(change, &mut self.1),
                Meaning::Delivered(delivery) => property.on_delivery(delivery, &mut self.1),
                Meaning::Established(established) => {
                    property.on_established(established, &mut self.1);
                }
                Meaning::ServiceStarted(start) => property.on_service(start, &mut self.1),
            }
        }
    }

    impl Show for Peer<'_, '_> {
        #[inline]
        fn to(&mut self, property: &mut impl Property) {
            property.on_peer(self.0, self.1, &mut self.2);
        }
    }

    impl Show for Server<'_, '_> {
        #[inline]
        fn to(&mut self, property: &mut impl Property) {
            property.on_server(self.0, self.1, &mut self.2);
        }
    }
}

/// The protocol's message that was delivered, if it is one.
pub(in crate::check) fn arrived(transfer: &Transfer) -> Option<Arrived<'_>> {
    let (Endpoint::Server(from), Endpoint::Server(to)) = (transfer.from, transfer.to) else {
        return None;
    };
    let Segment::Packet(packet) = &transfer.segment else { return None };
    let Packet::Quorum { message, .. } = &**packet else { return None };
    Some(Arrived { from, to, message })
}
