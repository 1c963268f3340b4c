//! How one choice is carried out.

use std::sync::Arc;

use super::connection::Arrival;
use super::{
    Channel, Choice, ClientCommand, ClientHost, Direction, Effect, Endpoint, Ensemble, Terminal,
    TimerName,
};
use crate::client::{self, Client};
use crate::server::{self, Packet, Server};
use crate::types::{ClientId, ConnectionId, ServerId, Span, WallTime};
use crate::zab;

impl Ensemble {
    /// Lets one thing happen. `clock` is what the clock of the server concerned says.
    ///
    /// # Panics
    /// If the choice is not possible: of those of [`Ensemble::enabled`], and of a crash, pause,
    /// resumption, repair or start of a server whose process is not so. A break of a connection
    /// that is gone, and a command to a client that does not exist, have no effect.
    pub fn apply(&mut self, choice: &Choice, clock: WallTime, effects: &mut Vec<Effect>) {
        match choice {
            Choice::AddClient { server, session_timeout } => {
                self.add_client(*server, *session_timeout, effects);
            }
            Choice::BreakConnection(connection) => {
                self.connections.break_one(*connection, effects);
            }
            Choice::Client { client, what } => self.command_client(*client, what, effects),
            Choice::Crash(id) => {
                assert!(self.server_mut(*id).crash(), "{id} has no process to crash");
                self.process_ended(*id, effects);
            }
            Choice::CrashTorn { server, kept } => {
                assert!(self.server_mut(*server).crash_torn(*kept), "{server} has no process");
                self.process_ended(*server, effects);
            }
            Choice::Deliver { connection, direction } => {
                self.deliver(*connection, *direction, clock, effects);
            }
            Choice::Dial { client, server } => {
                assert!(!self.clients.contains_key(client), "{client} dials by itself");
                let (connection, own) = (self.outbox.connection(), Endpoint::Client(*client));
                let acceptor = Endpoint::Server(*server);
                self.connections.dial(connection, Channel::Client, own, acceptor, effects);
            }
            Choice::HangUp(connection) => {
                if let Some(own) = self.dialler_of(*connection) {
                    self.connections.close(*connection, own, effects);
                }
            }
            Choice::Say { connection, message } => {
                if let Some(own) = self.dialler_of(*connection) {
                    let packet = Arc::new(Packet::ToServer(message.clone()));
                    self.connections.send(*connection, own, packet, effects);
                }
            }
            Choice::FaultDisk { server, fault } => self.server_mut(*server).suffer(*fault),
            Choice::FinishFlush(id) => {
                self.step_server(*id, server::Input::FlushFinished, clock, effects);
            }
            Choice::Fire(timer) => self.fire(*timer, clock, effects),
            Choice::Pause(id) => assert!(self.server_mut(*id).pause(), "{id} does not run"),
            Choice::PutDisk { server, contents } => {
                self.server_mut(*server).put_disk(contents);
                let last = self.server_mut(*server).disk().durable().last_zxid();
                effects.push(Effect::Server(*server, server::Note::DiskPut { last }));
            }
            Choice::Repair(id) => {
                self.server_mut(*id).repair();
                effects.push(Effect::Server(*id, server::Note::Repaired));
            }
            Choice::Resume(id) => assert!(self.server_mut(*id).resume(), "{id} is not paused"),
            Choice::RunCommit(id) => {
                self.step_server(*id, server::Input::RunCommit, clock, effects);
            }
            Choice::RunLog(id) => self.step_server(*id, server::Input::RunLog, clock, effects),
            Choice::Start(id) => {
                let server = self.servers.get_mut(id).expect("choices name servers that exist");
                server.start(clock, &mut self.outbox);
                self.carry_out(*id, effects);
            }
        }
    }

    fn dialler_of(&self, connection: ConnectionId) -> Option<Endpoint> {
        self.connections.find(connection).map(|found| found.dialler)
    }

    fn server_mut(&mut self, id: ServerId) -> &mut Server {
        self.servers.get_mut(&id).expect("choices name servers that exist")
    }

    fn fire(&mut self, timer: TimerName, clock: WallTime, effects: &mut Vec<Effect>) {
        effects.push(Effect::Fired(timer));
        match timer {
            TimerName::Server(id, timer) => {
                self.step_server(id, server::Input::Fired(timer), clock, effects);
            }
            TimerName::Client(id, timer) => {
                let host = self.clients.get_mut(&id).expect("choices name clients that exist");
                let position = host.timers.binary_search(&timer);
                host.timers.remove(position.expect("only a timer that is set can fire"));
                self.step_client(id, client::Input::Fired(timer), effects);
            }
        }
    }

    fn deliver(
        &mut self,
        connection: ConnectionId,
        direction: Direction,
        clock: WallTime,
        effects: &mut Vec<Effect>,
    ) {
        let link = self.connections.find(connection).expect("a delivery needs its connection");
        let (channel, sender, receiver) =
            (link.channel, link.sender(direction), link.receiver(direction));
        let arrival = self.connections.deliver(connection, direction, effects);
        match receiver {
            Endpoint::Server(id) => {
                self.deliver_to_server(id, connection, (sender, channel), arrival, clock, effects);
            }
            Endpoint::Client(id) => self.deliver_to_client(id, connection, arrival, effects),
        }
    }

    fn deliver_to_server(
        &mut self,
        id: ServerId,
        connection: ConnectionId,
        caller: (Endpoint, Channel),
        arrival: Arrival,
        clock: WallTime,
        effects: &mut Vec<Effect>,
    ) {
        let input = match arrival {
            Arrival::Nothing => return,
            Arrival::Dialled => return self.call(id, connection, caller, clock, effects),
            Arrival::Connected => server::Input::Connected(connection),
            Arrival::Packet(packet) => server::Input::Received { connection, packet },
            Arrival::Closed => server::Input::Closed(connection),
        };
        self.step_server(id, input, clock, effects);
    }

    /// A call arrives. Without a process, or if the server closes the connection in the same step,
    /// the caller hears `Closed` and nothing else.
    fn call(
        &mut self,
        id: ServerId,
        connection: ConnectionId,
        (from, channel): (Endpoint, Channel),
        clock: WallTime,
        effects: &mut Vec<Effect>,
    ) {
        if !self.server_mut(id).is_running() {
            return self.connections.refuse(connection, effects);
        }
        let input = match (from, channel) {
            (Endpoint::Server(from), Channel::Election) => {
                server::Input::Dialled { connection, from, channel: zab::Channel::Election }
            }
            (Endpoint::Server(from), Channel::Learner) => {
                server::Input::Dialled { connection, from, channel: zab::Channel::Learner }
            }
            _ => server::Input::DialledByClient(connection),
        };
        let server = self.servers.get_mut(&id).expect("looked up just now");
        server.step(input, clock, &mut self.outbox);
        let refusal = server::Effect::Close(connection);
        if self.outbox.effects.contains(&refusal) {
            self.connections.refuse(connection, effects);
        } else {
            self.connections.accept(connection, effects);
        }
        self.carry_out(id, effects);
    }

    fn deliver_to_client(
        &mut self,
        id: ClientId,
        connection: ConnectionId,
        arrival: Arrival,
        effects: &mut Vec<Effect>,
    ) {
        if !self.clients.contains_key(&id) {
            // Someone outside, who reads the effects.
            return;
        }
        let input = match arrival {
            Arrival::Nothing => return,
            Arrival::Connected => client::Input::Connected(connection),
            Arrival::Closed => client::Input::Closed(connection),
            Arrival::Packet(packet) => match &*packet {
                Packet::ToClient(message) => {
                    client::Input::Received { connection, message: message.clone() }
                }
                _ => unreachable!("servers send clients what is for clients"),
            },
            Arrival::Dialled => unreachable!("nobody calls a client"),
        };
        self.step_client(id, input, effects);
    }

    fn step_server(
        &mut self,
        id: ServerId,
        input: server::Input,
        clock: WallTime,
        effects: &mut Vec<Effect>,
    ) {
        let server = self.servers.get_mut(&id).expect("choices name servers that exist");
        server.step(input, clock, &mut self.outbox);
        self.carry_out(id, effects);
    }

    /// Carries out what a server's step asks for, in order.
    fn carry_out(&mut self, id: ServerId, effects: &mut Vec<Effect>) {
        let own = Endpoint::Server(id);
        let mut asked = std::mem::take(&mut self.outbox.effects);
        for effect in asked.drain(..) {
            match effect {
                server::Effect::Dial { connection, to, channel } => {
                    self.connections.dial(connection, channel.into(), own, to.into(), effects);
                }
                server::Effect::Send { connection, packet } => {
                    self.connections.send(connection, own, packet, effects);
                }
                server::Effect::Close(connection) => {
                    self.connections.close(connection, own, effects);
                }
                server::Effect::SetTimer { timer, min, max } => {
                    let timer = TimerName::Server(id, timer);
                    effects.push(Effect::TimerSet { timer, min, max });
                }
                server::Effect::CancelTimer(timer) => {
                    effects.push(Effect::TimerCancelled(TimerName::Server(id, timer)));
                }
                server::Effect::LogReady => effects.push(Effect::LogReady(id)),
                server::Effect::CommitReady => effects.push(Effect::CommitReady(id)),
                server::Effect::CommitsDropped => effects.push(Effect::CommitsDropped(id)),
                server::Effect::FlushStarted => effects.push(Effect::FlushStarted(id)),
                server::Effect::Peer(note) => effects.push(Effect::Peer(id, note)),
                server::Effect::Note(note) => effects.push(Effect::Server(id, note)),
                server::Effect::Ended => self.process_ended(id, effects),
            }
        }
        self.outbox.effects = asked;
    }

    fn process_ended(&mut self, id: ServerId, effects: &mut Vec<Effect>) {
        effects.push(Effect::ProcessEnded(id));
        self.connections.break_all(id.into(), effects);
    }

    fn add_client(&mut self, server: ServerId, session_timeout: Span, effects: &mut Vec<Effect>) {
        let last = self.clients.last_key_value().map_or(0, |(id, _)| id.0);
        let id = ClientId(last + 1);
        let client = Client::new(self.servers_from(server, session_timeout));
        self.clients.insert(id, ClientHost { client, timers: Vec::new(), terminal: None });
        self.step_client(id, client::Input::Start, effects);
    }

    fn command_client(&mut self, id: ClientId, what: &ClientCommand, effects: &mut Vec<Effect>) {
        let Some(host) = self.clients.get_mut(&id) else { return };
        let input = match what {
            ClientCommand::Attach(server) => client::Input::Attach(*server),
            ClientCommand::Close => client::Input::Submit(crate::api::Op::CloseSession),
            ClientCommand::Program(ops) => client::Input::Run(Arc::clone(ops)),
            ClientCommand::Start => client::Input::Start,
            ClientCommand::Submit(op) => client::Input::Submit(op.clone()),
            ClientCommand::Expire => client::Input::Expire,
            ClientCommand::Enter(line) => {
                let state = host.client.state();
                let opened = host.terminal.get_or_insert_with(|| Arc::new(Terminal::new(state)));
                Arc::make_mut(opened).enter(line);
                return self.attend(id, effects);
            }
        };
        self.step_client(id, input, effects);
    }

    /// Hands one input to a client and carries out what it asks for, in order; then its console
    /// goes on.
    fn step_client(&mut self, id: ClientId, input: client::Input, effects: &mut Vec<Effect>) {
        self.hand_to_client(id, input, effects);
        self.attend(id, effects);
    }

    /// Lets a client's console go on as far as it can.
    fn attend(&mut self, id: ClientId, effects: &mut Vec<Effect>) {
        loop {
            let host = self.clients.get_mut(&id).expect("choices name clients that exist");
            let Some(terminal) = &mut host.terminal else { return };
            if !terminal.is_ready(&host.client) {
                return;
            }
            let servers = &self.servers;
            let is_server = |server| servers.contains_key(&server);
            let turn = Arc::make_mut(terminal).turn(&host.client, is_server);
            let told = turn.notes.into_iter().map(|note| Effect::Console(id, Arc::new(note)));
            effects.extend(told);
            for (place, input) in (0..).zip(turn.inputs) {
                let host = self.clients.get_mut(&id).expect("looked up just now");
                if let Some(terminal) = &mut host.terminal {
                    Arc::make_mut(terminal).hands_over(place);
                }
                self.hand_to_client(id, input, effects);
            }
        }
    }

    fn hand_to_client(&mut self, id: ClientId, input: client::Input, effects: &mut Vec<Effect>) {
        let own = Endpoint::Client(id);
        let outputs = std::mem::take(&mut self.client_out.outputs);
        self.client_out = client::Out::new(self.outbox.next_connection());
        self.client_out.outputs = outputs;
        let host = self.clients.get_mut(&id).expect("choices name clients that exist");
        host.client.step(input, &mut self.client_out);
        self.outbox.number_from(self.client_out.next_connection());
        let mut outputs = std::mem::take(&mut self.client_out.outputs);
        for output in outputs.drain(..) {
            match output {
                client::Output::CancelTimer(timer) => {
                    if let Ok(position) = host.timers.binary_search(&timer) {
                        host.timers.remove(position);
                        effects.push(Effect::TimerCancelled(TimerName::Client(id, timer)));
                    }
                }
                client::Output::Close(connection) => {
                    self.connections.close(connection, own, effects);
                }
                client::Output::Dial { connection, to } => {
                    self.connections.dial(connection, Channel::Client, own, to.into(), effects);
                }
                client::Output::Note(note) => {
                    let note = Arc::new(note);
                    if let Some(terminal) = &mut host.terminal
                        && terminal.listens_to(&note)
                    {
                        Arc::make_mut(terminal).hear(&note);
                    }
                    effects.push(Effect::Client(id, note));
                }
                client::Output::Send { connection, message } => {
                    let packet = Arc::new(Packet::ToServer(message));
                    self.connections.send(connection, own, packet, effects);
                }
                client::Output::SetTimer { timer, min, max } => {
                    if let Err(position) = host.timers.binary_search(&timer) {
                        host.timers.insert(position, timer);
                    }
                    let timer = TimerName::Client(id, timer);
                    effects.push(Effect::TimerSet { timer, min, max });
                }
            }
        }
        self.client_out.outputs = outputs;
    }
}
