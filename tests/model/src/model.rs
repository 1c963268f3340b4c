//! What can happen next, and which of it the search may leave out.

use std::sync::Arc;

use stateright::{Model, Property};
use zabscope::types::{ConnectionId, Epoch, ServerId, Span, Zxid};
use zabscope::zab::{
    Input, LearnerProgress, Message, Phase, ProtocolConfig, Quorum, RoleName, Rules, Switch, Timer,
};

use crate::properties;
use crate::stand::{Body, Writing};
use crate::state::{Budget, Ghosts, Packet, SERVERS, State};
use crate::step::Traces;

/// How far the search goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scope {
    pub budget: Budget,
    /// The highest epoch that anybody may promise.
    pub epochs: u32,
    /// Whether the commit step is a step of its own, so that trees lag behind what is committed.
    pub lags: bool,
}

/// The ensemble under the checker.
pub struct Ensemble {
    config: Arc<ProtocolConfig>,
    scope: Scope,
}

/// One thing that can happen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// These LOOKING servers elect this one of them.
    Elect { leader: ServerId, second: ServerId, third: Option<ServerId> },
    /// A LOOKING server finds one that leads.
    Join { server: ServerId, leader: ServerId },
    /// What is oldest on its way to this server on this connection arrives.
    Deliver { connection: ConnectionId, to: ServerId },
    /// The server's oldest write is on disk.
    Write(ServerId),
    /// The commit step takes the oldest transaction handed to it.
    Apply(ServerId),
    /// The leader proposes a transaction.
    Propose(ServerId),
    /// A leader's patience with its learners ends.
    GiveUp(ServerId),
    /// The process ends.
    Crash(ServerId),
    /// It starts again.
    Restart(ServerId),
    /// The connection is cut, and all that is on its way on it is lost. Servers that stay apart for
    /// a while have no more possibilities than those that do not find each other, so healing is no
    /// step of its own.
    Cut(ConnectionId),
}

impl Ensemble {
    pub fn new(scope: Scope, rules: Rules) -> Ensemble {
        let config = ProtocolConfig {
            quorum: Quorum::majority(SERVERS),
            tick: Span::millis(100),
            init_limit: 10,
            sync_limit: 5,
            finalize_wait: Span::millis(20),
            min_notification_interval: Span::millis(20),
            max_notification_interval: Span::millis(6_000),
            connection_timeout: Span::millis(500),
            leader_connect_delay: Span::millis(10),
            observer_election_delay: Span::millis(20),
            snap_count: 100_000,
            commit_log_count: 500,
            txn_log_sync: false,
            zxid_counter_start: 0,
            rules,
        };
        Ensemble { config: Arc::new(config), scope }
    }

    fn has(&self, switch: Switch) -> bool {
        self.config.rules.has(switch)
    }

    /// Every outcome that a quorum of LOOKING servers could reach: they agree on the best of them.
    fn elections(&self, state: &State, actions: &mut Vec<Action>) {
        let awaits =
            |server: &ServerId| state.peer(*server).is_some_and(zabscope::zab::Peer::awaits_leader);
        let looking: Vec<ServerId> = SERVERS.into_iter().filter(awaits).collect();
        let best = |servers: &[ServerId]| {
            let vote = |server: ServerId| state.peer(server).expect("it looks").vote();
            let better = |one, other| {
                if vote(one).beats(&vote(other), &self.config) { one } else { other }
            };
            servers.iter().copied().reduce(better).expect("a quorum")
        };
        let mut elect = |servers: &[ServerId]| {
            let leader = best(servers);
            let mut others = servers.iter().copied().filter(|&server| server != leader);
            let second = others.next().unwrap_or(leader);
            actions.push(Action::Elect { leader, second, third: others.next() });
        };
        for (index, &one) in looking.iter().enumerate() {
            if self.has(Switch::QuorumTooSmall) {
                elect(&[one]);
            }
            for &other in &looking[index + 1..] {
                elect(&[one, other]);
            }
        }
        if looking.len() == 3 {
            elect(&looking);
        }
        for &server in &looking {
            for leader in SERVERS.into_iter().filter(|&leader| state.leads(leader)) {
                actions.push(Action::Join { server, leader });
            }
        }
    }

    fn deliveries(&self, state: &State, actions: &mut Vec<Action>) {
        for wire in &state.wires {
            for end in [&wire.learner, &wire.leader] {
                if !end.arriving.is_empty() && state.reads(end.server) {
                    actions.push(Action::Deliver { connection: wire.id, to: end.server });
                }
            }
        }
    }

    fn own_steps(&self, state: &State, server: ServerId, actions: &mut Vec<Action>) {
        let body = state.body(server);
        if body.peer.is_none() {
            return actions.push(Action::Restart(server));
        }
        if !body.writing.is_empty() {
            actions.push(Action::Write(server));
        }
        if !body.committing.is_empty() {
            actions.push(Action::Apply(server));
        }
        if state.leads(server) {
            if state.serves(server) && state.budget.txns > 0 {
                actions.push(Action::Propose(server));
            }
            if self.loses_patience(state, server) {
                actions.push(Action::GiveUp(server));
            }
        }
        if state.budget.crashes > 0 {
            actions.push(Action::Crash(server));
        }
    }

    /// A leader gives up when too few are connected for a quorum, or, before it is established,
    /// when nothing is under way any more that could bring it on.
    fn loses_patience(&self, state: &State, leader: ServerId) -> bool {
        let own = || state.wires.iter().filter(|wire| wire.leader.server == leader);
        let learners = own().filter(|wire| wire.leader.is_open).count();
        let needed = if self.has(Switch::QuorumTooSmall) { 0 } else { 1 };
        if learners < needed {
            return true;
        }
        let is_idle = |server| state.body(server).writing.is_empty();
        !state.serves(leader)
            && is_idle(leader)
            && own().all(|wire| {
                let quiet = wire.learner.arriving.is_empty() && wire.leader.arriving.is_empty();
                quiet && is_idle(wire.learner.server)
            })
    }

    /// Lets the first write of a step be done with it, where nothing has left the server before: a
    /// crash between them leaves what a crash before the step does. Not so where records are
    /// written beside whatever comes next.
    fn write_first(&self, state: &mut State, server: ServerId, traces: Traces) {
        let first = state.body(server).writing.front();
        let waits = match first {
            None => return,
            Some(Writing::Record(_)) => !self.has(Switch::StrayLogThread),
            Some(Writing::Whole { .. }) => !self.has(Switch::SnapshotAtLead),
        };
        if !traces.left && waits {
            state.write(server, self.scope.lags);
        }
    }

    /// A follower takes all packets up to the first that leaves a trace: before that one it has
    /// only put aside what it forgets with the connection.
    fn deliver(&self, state: &mut State, connection: ConnectionId, to: ServerId) {
        loop {
            let traces = state.deliver(connection, to, self.scope.lags);
            self.write_first(state, to, traces);
            let follows = state.peer(to).map(zabscope::zab::Peer::role_name);
            let next = state.wire(connection).filter(|wire| wire.learner.server == to);
            let next = next.and_then(|wire| wire.learner.arriving.front());
            let goes_on = matches!(next, Some(Packet::Message(..)));
            if traces.stays || follows != Some(RoleName::Following) || !goes_on {
                return;
            }
        }
    }

    fn elect(&self, state: &mut State, leader: ServerId, others: [Option<ServerId>; 2]) {
        let lags = self.scope.lags;
        let traces = state.step(leader, Input::Elected { leader }, lags);
        self.write_first(state, leader, traces);
        for server in others.into_iter().flatten().filter(|&server| server != leader) {
            state.step(server, Input::Elected { leader }, lags);
        }
    }

    fn give_up(&self, state: &mut State, leader: ServerId) {
        if state.serves(leader) {
            // Every second half tick it counts who is in touch.
            for _ in 0..2 {
                state.step(leader, Input::Fired(Timer::HalfTick), self.scope.lags);
            }
        } else {
            state.step(leader, Input::Fired(Timer::QuorumWait), self.scope.lags);
        }
    }

    fn take(&self, state: &mut State, action: Action) {
        let lags = self.scope.lags;
        match action {
            Action::Elect { leader, second, third } => {
                self.elect(state, leader, [Some(second), third]);
            }
            Action::Join { server, leader } => {
                state.step(server, Input::Elected { leader }, lags);
            }
            Action::Deliver { connection, to } => self.deliver(state, connection, to),
            Action::Write(server) => _ = state.write(server, lags),
            Action::Apply(server) => {
                let body = state.body_mut(server);
                let txn = body.committing.pop_front().expect("something is committed");
                body.apply(txn);
                let zxid = state.ghosts.proposed[usize::from(txn) - 1];
                state.step(server, Input::Applied(zxid), lags);
            }
            Action::Propose(server) => {
                state.budget.txns -= 1;
                let traces = state.propose(server, lags);
                self.write_first(state, server, traces);
            }
            Action::GiveUp(server) => self.give_up(state, server),
            Action::Crash(server) => {
                state.budget.crashes -= 1;
                state.crash(server);
            }
            Action::Restart(server) => {
                state.body_mut(server).start(server, &self.config);
                state.step(server, Input::Start, lags);
            }
            Action::Cut(connection) => {
                state.budget.cuts -= 1;
                state.cut(connection);
            }
        }
        self.settle(state);
    }

    /// What makes no difference when it happens, happens at once: the ack of UPTODATE is ignored,
    /// and the news that a connection is gone is heard where nothing else comes before it. Nothing
    /// that is sent on it arrives; a leader may stay one or give up as before; a follower that
    /// looks for a leader and finds none is one that has not noticed yet.
    fn settle(&self, state: &mut State) {
        state.skip_second_acks();
        while let Some((connection, server)) = state.only_closes() {
            state.deliver(connection, server, self.scope.lags);
        }
    }
}

impl State {
    /// Whether the server takes a packet now. A follower that waits for its disk reads none.
    fn reads(&self, server: ServerId) -> bool {
        let body = self.body(server);
        let is_record = |writing: &Writing| matches!(writing, Writing::Record(_));
        self.leads(server) || body.writing.iter().all(is_record)
    }

    fn cut(&mut self, connection: ConnectionId) {
        let wire = self.wire(connection).expect("a connection that is there");
        wire.is_broken = true;
        for end in [&mut wire.learner, &mut wire.leader] {
            end.arriving.clear();
            end.arriving.push_back(Packet::Close);
        }
    }

    /// The ack of UPTODATE, which the leader ignores whenever it comes: it comes at once.
    fn skip_second_acks(&mut self) {
        for index in 0..self.wires.len() {
            let wire = &self.wires[index];
            let Some(Packet::Message(Message::Ack(ack), _)) = wire.leader.arriving.front() else {
                continue;
            };
            let (id, leader) = (wire.id, wire.leader.server);
            let is_up_to_date = ack.zxid.counter == 0
                && self.peer(leader).is_some_and(|peer| {
                    let learners = peer.learners();
                    let learner = learners.iter().find(|learner| learner.connection == id);
                    learner.is_some_and(|found| found.progress == LearnerProgress::Broadcast)
                });
            if is_up_to_date {
                self.wires[index].leader.arriving.pop_front();
            }
        }
    }

    /// A connection whose end is all that is left to be heard of it.
    fn only_closes(&self) -> Option<(ConnectionId, ServerId)> {
        let ends = self
            .wires
            .iter()
            .flat_map(|wire| [&wire.learner, &wire.leader].map(|end| (wire.id, end)));
        let mut closing = ends.filter(|(_, end)| end.arriving.front() == Some(&Packet::Close));
        let found = closing.find(|(_, end)| self.reads(end.server));
        found.map(|(connection, end)| (connection, end.server))
    }

    /// The highest epoch that anybody has promised.
    fn highest_epoch(&self) -> Epoch {
        let promised = |stand: &Arc<crate::stand::Stand>| stand.body.durable.accepted_epoch;
        self.stands.iter().map(promised).max().unwrap_or(Epoch::ZERO)
    }
}

impl Model for Ensemble {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        let start = |server: ServerId| {
            let mut body = Body::new();
            body.start(server, &self.config);
            Arc::new(body.seal())
        };
        let mut state = State {
            stands: SERVERS.map(start),
            wires: Vec::new(),
            budget: self.scope.budget,
            ghosts: Ghosts::default(),
        };
        let before = state.clone();
        for server in SERVERS {
            state.step(server, Input::Start, self.scope.lags);
        }
        state.seal(&before);
        vec![state]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.elections(state, actions);
        self.deliveries(state, actions);
        for server in SERVERS {
            self.own_steps(state, server, actions);
        }
        if state.budget.cuts > 0 {
            let live = state.wires.iter().filter(|wire| wire.is_live());
            actions.extend(live.map(|wire| Action::Cut(wire.id)));
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        self.take(&mut state, action);
        state.seal(last);
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Ensemble>> {
        properties::all()
    }

    fn within_boundary(&self, state: &State) -> bool {
        state.highest_epoch() <= Epoch(self.scope.epochs)
    }
}

/// Where a server stands, for a reader.
pub fn describe(state: &State) -> String {
    let one = |server: ServerId| {
        let body = state.body(server);
        let disk = &state.stand(server).disk;
        let place = body.peer.as_ref().map_or("down".to_owned(), |peer| {
            let phase = if peer.phase() == Phase::Election { "" } else { peer.phase().name() };
            format!("{} {phase}", peer.role_name().name())
        });
        let epochs = (body.durable.accepted_epoch, body.durable.current_epoch);
        format!("{server}: {place} e={}/{} disk={disk:?} tree={:?}", epochs.0, epochs.1, body.tree)
    };
    let zxids: Vec<String> = state.ghosts.proposed.iter().map(Zxid::to_string).collect();
    let servers = SERVERS.map(one).join("; ");
    format!("{servers}; committed={:?} of {}", state.ghosts.committed, zxids.join(" "))
}
