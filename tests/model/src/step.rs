//! One input of one peer, and all that follows from it at once.

use std::collections::VecDeque;
use std::sync::Arc;

use zabscope::types::{ConnectionId, Epoch, ServerId, Zxid};
use zabscope::zab::{
    GiveUp, IgnoreReason, Input, Message, MessageKind, Note, Out, Output, Phase, RoleName,
};

use crate::stand::{Tree, Writing, number};
use crate::state::{End, Packet, State, Wire};

/// What a step has done that something outside the server, or a later step of it, could tell.
#[derive(Clone, Copy, Default, Debug)]
pub struct Traces {
    /// Something left the server, or was shown.
    pub left: bool,
    /// Something was changed that outlives the connection.
    pub stays: bool,
}

/// What a server is, but for what it keeps for its present connection.
type Standing = (RoleName, Phase, Zxid, Epoch, bool);

impl State {
    fn standing(&self, server: ServerId) -> Option<Standing> {
        self.peer(server).map(|peer| {
            let (epoch, awaits) = (peer.current_epoch(), peer.awaits_leader());
            (peer.role_name(), peer.phase(), peer.last_processed(), epoch, awaits)
        })
    }

    /// Hands an input to the server and carries out what it asks for. `lags` leaves what is
    /// committed to a step of its own.
    pub fn step(&mut self, server: ServerId, input: Input, lags: bool) -> Traces {
        let before = self.standing(server);
        let mut traces = Traces::default();
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let mut out = Out::new(self.next_connection(server));
            let Some(peer) = &mut self.body_mut(server).peer else { break };
            peer.step(input, &mut out);
            for output in out.outputs {
                if self.peer(server).is_some() {
                    self.carry_out(server, output, lags, &mut inputs, &mut traces);
                }
            }
        }
        traces.stays |= traces.left || self.standing(server) != before;
        self.remember(server);
        traces
    }

    fn carry_out(
        &mut self,
        server: ServerId,
        output: Output,
        lags: bool,
        inputs: &mut VecDeque<Input>,
        traces: &mut Traces,
    ) {
        match output {
            Output::Note(note) => return self.note(&note),
            Output::SetTimer { .. } | Output::CancelTimer(_) => return,
            Output::Send { message: Message::Ping(_), .. } => return,
            _ => traces.stays = true,
        }
        match output {
            Output::Dial { connection, to, .. } => {
                self.call(server, connection, to, lags);
                inputs.push_back(Input::Connected(connection));
            }
            Output::Close(connection) => self.hang_up(server, connection),
            Output::Send { connection, message } => self.send(server, connection, message),
            Output::Commit(txn) if lags => {
                self.body_mut(server).committing.push_back(number(&txn));
            }
            Output::Commit(txn) => {
                self.body_mut(server).apply(number(&txn));
                inputs.push_back(Input::Applied(txn.zxid));
            }
            Output::StartServing { epoch } => self.reign(server, epoch),
            Output::Exit { .. } => self.end(server),
            _ => return self.carry_out_inside(server, output),
        }
        traces.left = true;
    }

    /// What nobody else notices.
    fn carry_out_inside(&mut self, server: ServerId, output: Output) {
        let body = self.body_mut(server);
        match output {
            Output::Persist { id, write } => {
                let image = body.tree.clone();
                body.writing.push_back(Writing::Whole { id, write, image });
            }
            Output::Log(txn) => body.writing.push_back(Writing::Record(txn)),
            Output::Apply(txn) => body.apply(number(&txn)),
            Output::Reload => body.tree = body.load(),
            Output::Clear => body.tree.clear(),
            Output::StopServing => body.committing.clear(),
            // Its tree came with the message, see `State::deliver`.
            Output::LoadSnapshot => (),
            _ => unreachable!("{output:?} is seen outside"),
        }
    }

    fn note(&mut self, note: &Note) {
        let ghosts = &mut self.ghosts;
        match note {
            Note::GaveUp { reason: GiveUp::CommitWithoutProposal } => ghosts.bad_commit = true,
            Note::GaveUp { reason: GiveUp::ProposalGap } => ghosts.bad_proposal = true,
            Note::Ignored { message, reason, .. } => match (message, reason) {
                (MessageKind::Commit, IgnoreReason::NothingPending) => ghosts.bad_commit = true,
                (MessageKind::Ack, IgnoreReason::NotOfNewLeader) => ghosts.bad_ack = true,
                _ => (),
            },
            _ => (),
        }
    }

    /// The leader takes the call at once: the model only lets those call who will be heard.
    fn call(&mut self, learner: ServerId, id: ConnectionId, leader: ServerId, lags: bool) {
        assert!(self.leads(leader), "{leader} is called by {learner} and does not lead");
        let (learner_end, leader_end) = (End::new(learner), End::new(leader));
        let wire = Wire { id, learner: learner_end, leader: leader_end, is_broken: false };
        self.wires.push(wire);
        self.wires.sort_by_key(|wire| wire.id);
        let channel = zabscope::zab::Channel::Learner;
        self.step(leader, Input::Dialled { connection: id, from: learner, channel }, lags);
    }

    fn hang_up(&mut self, server: ServerId, id: ConnectionId) {
        let Some(wire) = self.wire(id) else { return };
        let (own, other) = wire.ends(server);
        own.hang_up();
        if other.is_open && other.arriving.back() != Some(&Packet::Close) {
            other.arriving.push_back(Packet::Close);
        }
    }

    fn send(&mut self, server: ServerId, id: ConnectionId, message: Message) {
        let is_snap = matches!(message, Message::Snap(_));
        let tree = if is_snap { self.body(server).tree.clone() } else { Tree::new() };
        let Some(wire) = self.wire(id) else { return };
        let is_broken = wire.is_broken;
        let (own, other) = wire.ends(server);
        if own.is_open && other.is_open && !is_broken {
            other.arriving.push_back(Packet::Message(message, tree));
        }
    }

    fn reign(&mut self, server: ServerId, epoch: Epoch) {
        if self.leads(server) && !self.ghosts.reigns.contains(&(epoch, server)) {
            self.ghosts.reigns.push((epoch, server));
            self.ghosts.reigns.sort();
        }
    }

    /// The process ends by itself.
    fn end(&mut self, server: ServerId) {
        self.ghosts.bad_commit = true;
        self.crash(server);
    }

    /// The process ends. What it had sent still arrives at a leader; a follower has no one else to
    /// listen to, and might as well have got it before.
    pub fn crash(&mut self, server: ServerId) {
        self.body_mut(server).end();
        for wire in &mut self.wires {
            if wire.learner.server != server && wire.leader.server != server {
                continue;
            }
            let was_learner = wire.learner.server == server;
            let is_broken = wire.is_broken;
            let (own, other) = wire.ends(server);
            if !own.is_open {
                continue;
            }
            own.hang_up();
            if !was_learner {
                other.arriving.clear();
            }
            if other.is_open && !is_broken && other.arriving.back() != Some(&Packet::Close) {
                other.arriving.push_back(Packet::Close);
            }
        }
    }

    /// The oldest write is on disk.
    pub fn write(&mut self, server: ServerId, lags: bool) -> Traces {
        let body = self.body_mut(server);
        let input = match body.writing.pop_front().expect("a write is under way") {
            Writing::Record(txn) => {
                let zxid = txn.zxid;
                body.durable.append(txn);
                Input::Logged(zxid)
            }
            Writing::Whole { id, write, image } => {
                body.store(&write, image);
                Input::Persisted(id)
            }
        };
        self.step(server, input, lags)
    }

    /// The oldest packet on its way to this side of the connection arrives.
    pub fn deliver(&mut self, id: ConnectionId, to: ServerId, lags: bool) -> Traces {
        let wire = self.wire(id).expect("a delivery needs its connection");
        let (own, _) = wire.ends(to);
        match own.arriving.pop_front().expect("something is on its way") {
            Packet::Close => {
                own.hang_up();
                self.step(to, Input::Closed(id), lags)
            }
            Packet::Message(message, tree) => {
                if matches!(message, Message::Snap(_)) {
                    self.body_mut(to).tree = tree;
                }
                self.step(to, Input::Received { connection: id, message }, lags)
            }
        }
    }

    /// What a serving server shows is committed.
    fn remember(&mut self, server: ServerId) {
        if !self.serves(server) {
            return;
        }
        let delivered = self.body(server).delivered();
        if delivered.len() > self.ghosts.committed.len()
            && delivered.starts_with(&self.ghosts.committed)
        {
            self.ghosts.committed = delivered;
        }
    }

    /// The leader proposes one transaction more.
    pub fn propose(&mut self, server: ServerId, lags: bool) -> Traces {
        use zabscope::types::{SessionId, Txn, TxnBody, WallTime};
        let last = self.peer(server).and_then(|peer| peer.last_proposed());
        let zxid = last.and_then(Zxid::next).expect("an established leader with room for one more");
        self.ghosts.proposed.push(zxid);
        let cxid = i32::try_from(self.ghosts.proposed.len()).expect("a handful");
        let body = TxnBody::Error { code: 0 };
        let txn = Txn { zxid, session: SessionId::NONE, cxid, time: WallTime(0), body };
        self.step(server, Input::Propose(Arc::new(txn)), lags)
    }
}
