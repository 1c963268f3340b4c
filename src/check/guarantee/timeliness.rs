//! G9 *Timeliness*: a server's view lags by less than a bound or the server stops answering; and a
//! leader ends a session only when none of its signs of life has reached it for the session's
//! timeout, by the leader's own clock.
//!
//! **The bound.** A learner that hears nothing for syncLimit ticks gives its leader up, a leader
//! that hears nothing of a quorum gives up a tick later, and a learner of such a leader may have
//! heard of it until then: 2 · (syncLimit + 1) ticks, and four journeys of a packet at the greatest
//! latency that any link has had. What is measured is the age of the oldest committed transaction
//! that an answered read does not show.
//!
//! **No claim** about the lag of a server that is paused, or was less than the bound ago: its
//! timers fire when it goes on. Nor about any while a clock goes at another rate, which its timers
//! follow, or a link or a step is held by hand, whatever is let through, or the bound after that.

use imbl::{OrdMap, OrdSet};

use super::order::Order;
use super::{ClientFact, Point};
use crate::check::moment::Moment;
use crate::check::{PropertyName, Witness};
use crate::ensemble::Channel;
use crate::sim::{Command, EventId, Link, ServerStep, World};
use crate::types::{Instant, ServerId, SessionId, Span, WallTime, Zxid};

const NAME: PropertyName = PropertyName::Timeliness;

#[derive(Clone, Debug, Default)]
pub(super) struct Timeliness {
    /// The last sign of life that has reached a leader.
    heard: OrdMap<SessionId, Heard>,
    /// Since when a leader serves: every session has a full timeout then.
    leads: OrdMap<ServerId, Heard>,
    /// Of whom nothing is claimed, and until when.
    excused: OrdMap<ServerId, Instant>,
    /// What is wrong by hand.
    irregular: OrdSet<Irregular>,
    /// Until when nothing is claimed of anyone, once all that is right again.
    all_excused: Instant,
    /// The greatest latency that a command has given to a link.
    latency_max: Span,
}

/// Something that lets a view lag for as long as it lasts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Irregular {
    Clock(ServerId),
    Link(Link, Option<Channel>),
    Step(ServerId, ServerStep),
}

#[derive(Clone, Copy, Debug)]
struct Heard {
    server: ServerId,
    at: WallTime,
    event: EventId,
}

impl Timeliness {
    pub fn commanded(&mut self, command: &Command, world: &World) {
        let was_irregular = !self.irregular.is_empty();
        match command {
            Command::Pause(server) => {
                self.excused.insert(*server, Instant(u64::MAX));
            }
            Command::Resume(server) => {
                let until = world.now() + self.bound(world);
                self.excused.insert(*server, until);
            }
            Command::HealAndRestartAll => {
                let until = world.now() + self.bound(world);
                self.excused = self.excused.iter().map(|(server, _)| (*server, until)).collect();
            }
            Command::SetLatency { latency, .. } => {
                self.latency_max = self.latency_max.max(latency.max);
            }
            _ => (),
        }
        self.hold(command);
        let is_by_hand = matches!(command, Command::Deliver { .. } | Command::TakeStep { .. });
        if was_irregular || is_by_hand {
            self.all_excused = world.now() + self.bound(world);
        }
    }

    /// Takes down what is wrong by hand from now on, or right again.
    fn hold(&mut self, command: &Command) {
        let irregular = &mut self.irregular;
        match command {
            Command::HealAndRestartAll => irregular.clear(),
            Command::HoldLink { link, channel } => {
                irregular.insert(Irregular::Link(*link, *channel));
            }
            Command::HoldStep { server, step } => {
                irregular.insert(Irregular::Step(*server, *step));
            }
            Command::ReleaseAll => {
                let clocks = |held: &Irregular| matches!(held, Irregular::Clock(_));
                *irregular = irregular.iter().copied().filter(clocks).collect();
            }
            Command::ReleaseLink { link, channel } => {
                irregular.remove(&Irregular::Link(*link, *channel));
            }
            Command::ReleaseStep { server, step } => {
                irregular.remove(&Irregular::Step(*server, *step));
            }
            Command::SetClock { server, rate_percent: Some(100), .. } => {
                irregular.remove(&Irregular::Clock(*server));
            }
            Command::SetClock { server, rate_percent: Some(_), .. } => {
                irregular.insert(Irregular::Clock(*server));
            }
            _ => (),
        }
    }

    fn bound(&self, world: &World) -> Span {
        let settings = world.settings();
        let ticks = settings.tick * 2 * u64::from(settings.sync_limit + 1);
        ticks + settings.server_latency.max.max(self.latency_max) * 4
    }

    /// A server answers a read from its tree.
    pub fn answered(&self, server: ServerId, zxid: Zxid, order: &Order, moment: &mut Moment<'_>) {
        let now = moment.world.now();
        let is_excused = self.excused.get(&server).is_some_and(|&until| now < until);
        if is_excused || !self.irregular.is_empty() || now < self.all_excused {
            return;
        }
        let Some(next) = order.behind(zxid) else { return moment.hold(NAME) };
        let (lag, bound) = (now.since(next.at), self.bound(moment.world));
        moment.judge(NAME, lag <= bound, |moment| {
            let earlier = moment.ghosts.committed.witness(next.zxid);
            (earlier, ClientFact::Behind { server, zxid, lag, bound }.into())
        });
    }

    /// A server serves as leader from now on.
    pub fn leads(&mut self, server: ServerId, moment: &Moment<'_>) {
        let at = moment.world.clock(server);
        self.leads.insert(server, Heard { server, at, event: moment.event });
    }

    /// A sign of life of the session reaches a leader.
    pub fn heard(&mut self, session: SessionId, server: ServerId, moment: &Moment<'_>) {
        let heard = Heard { server, at: moment.world.clock(server), event: moment.event };
        match self.heard.get_mut(&session) {
            Some(last) => *last = heard,
            None => {
                self.heard.insert(session, heard);
            }
        }
    }

    /// The leader ends a session.
    pub fn expired(
        &self,
        session: SessionId,
        server: ServerId,
        order: &Order,
        moment: &mut Moment<'_>,
    ) {
        // One that is not committed yet has no timeout that is known.
        let Some(&timeout) = order.newest().database.sessions.get(&session) else { return };
        let heard = self.heard.get(&session).filter(|heard| heard.server == server);
        let last = heard.into_iter().chain(self.leads.get(&server)).max_by_key(|heard| heard.event);
        let Some(&last) = last else { return };
        let millis = moment.world.clock(server).0 - last.at.0;
        let silence = Span::millis(u64::try_from(millis).unwrap_or(0));
        moment.judge(NAME, silence.as_millis() >= timeout.as_millis(), |_| {
            let earlier = ClientFact::Heard { server, session };
            let earlier = Witness { event: last.event, fact: earlier.into() };
            (Some(earlier), ClientFact::Expired { server, session, silence, timeout }.into())
        });
    }
}

/// What a leader has committed by now, with the event that asks.
pub(super) fn committed_by(server: ServerId, moment: &Moment<'_>) -> Option<(Point, Zxid)> {
    let process = moment.world.ensemble().server(server)?.process()?;
    let applied = process.database().last_processed();
    let point = Point { zxid: process.peer().last_committed(), event: moment.event };
    Some((point, applied))
}
