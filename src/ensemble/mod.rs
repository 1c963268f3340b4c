//! The system without time and chance: servers, clients and the connections between them.
//!
//! [`Ensemble::enabled`] lists all that can happen next, [`Ensemble::apply`] lets one of them
//! happen and tells what came of it. Both are pure: which of the choices is taken, and when, is
//! someone else's business (a simulation with latencies and a seed, an exhaustive search, a
//! replayer). What a clock says is handed in.
//!
//! The folder ends where chance and instants begin: no queue, no generator, no network that is slow
//! or cut. Source of what connections do: TCP, as far as ZooKeeper relies on it.

mod apply;
mod choice;
mod connection;
mod sorted;
mod terminal;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

pub use choice::{Choice, ClientCommand, Effect, TimerName, Transfer};
pub use connection::{
    Channel, Connection, Connections, Direction, End, Endpoint, InFlight, LostReason, PacketId,
    Segment,
};
pub(crate) use sorted::SortedMap;
pub use terminal::Terminal;

use crate::client::{self, Client, ClientConfig};
use crate::server::{Config, Disk, Outbox, Server};
use crate::types::{ClientId, ServerId, Span};
use crate::zab::RoleName;

/// What an ensemble is made of.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct EnsembleConfig {
    /// The servers, which vote or not as the protocol's configuration says.
    pub servers: Vec<ServerId>,
    /// What they are configured with.
    pub server: Arc<Config>,
    /// The longest pause before a client tries its next server.
    pub client_retry_delay_max: Span,
}

/// A client, the timers that it has set, and its console once something was entered there.
#[derive(Clone, Hash, Debug)]
pub struct ClientHost {
    client: Client,
    /// In order.
    timers: Vec<client::Timer>,
    terminal: Option<Arc<Terminal>>,
}

/// All servers, clients and connections.
#[derive(Clone, Debug)]
pub struct Ensemble {
    servers: BTreeMap<ServerId, Server>,
    clients: BTreeMap<ClientId, ClientHost>,
    connections: Connections,
    client_retry_delay_max: Span,
    /// Empty between choices but for the number of the next connection.
    outbox: Outbox,
    /// Empty between choices.
    client_out: client::Out,
}

/// Canonical: equal states have equal hashes, however they came about; but connections keep the
/// numbers that they were given.
impl Hash for Ensemble {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.servers.hash(state);
        self.clients.hash(state);
        self.connections.hash(state);
        self.outbox.next_connection().hash(state);
    }
}

impl ClientHost {
    /// The client itself.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The timers that it has set, in order.
    pub fn timers(&self) -> &[client::Timer] {
        &self.timers
    }

    /// What stands before the next line of its console: `[zk: S2(CONNECTED) 3] `.
    pub fn prompt(&self) -> String {
        match &self.terminal {
            Some(terminal) => terminal.prompt(&self.client),
            None => Terminal::new(self.client.state()).prompt(&self.client),
        }
    }

    /// Its console; `None` where nothing was entered yet.
    pub fn terminal(&self) -> Option<&Terminal> {
        self.terminal.as_deref()
    }
}

impl Ensemble {
    /// Servers that were never started, and no clients.
    pub fn new(config: &EnsembleConfig) -> Ensemble {
        let server = |&id: &ServerId| (id, Server::new(id, Arc::clone(&config.server)));
        Ensemble {
            servers: config.servers.iter().map(server).collect(),
            clients: BTreeMap::new(),
            connections: Connections::default(),
            client_retry_delay_max: config.client_retry_delay_max,
            outbox: Outbox::new(0),
            client_out: client::Out::new(0),
        }
    }

    /// The servers, by id.
    pub fn servers(&self) -> impl ExactSizeIterator<Item = &Server> {
        self.servers.values()
    }

    /// A server, if there is one of that id.
    pub fn server(&self, server: ServerId) -> Option<&Server> {
        self.servers.get(&server)
    }

    /// The clients, by id.
    pub fn clients(&self) -> impl ExactSizeIterator<Item = (ClientId, &ClientHost)> {
        self.clients.iter().map(|(&id, host)| (id, host))
    }

    /// A client, if there is one of that id.
    pub fn client(&self, client: ClientId) -> Option<&ClientHost> {
        self.clients.get(&client)
    }

    /// The connections.
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// The leader that serves; if several think so, the one of the newest epoch. Paused or not.
    pub fn serving_leader(&self) -> Option<ServerId> {
        let leads = |server: &&Server| {
            server.process().is_some_and(|process| {
                process.peer().role_name() == RoleName::Leading && process.peer().is_serving()
            })
        };
        let epoch = |server: &&Server| server.process().map(|found| found.peer().current_epoch());
        self.servers().filter(leads).max_by_key(epoch).map(Server::id)
    }

    /// Puts another disk into a server that does not run: what a replayer finds it with.
    ///
    /// # Panics
    /// If there is no such server, or it has a process.
    pub fn replace_disk(&mut self, server: ServerId, disk: Disk) {
        let server = self.servers.get_mut(&server).expect("the disk is for a server that exists");
        server.replace_disk(disk);
    }

    /// All that can happen next without anyone's interference, in canonical order: servers' steps
    /// by id, then deliveries and timers. Crashes, pauses, breaks and commands are always possible
    /// where they make sense.
    pub fn enabled(&self) -> Vec<Choice> {
        let mut choices = Vec::new();
        for (&id, server) in &self.servers {
            self.enabled_at(id, server, &mut choices);
        }
        for (connection, link) in self.connections.iter() {
            for direction in Direction::BOTH {
                if !link.in_flight(direction).is_empty()
                    && !self.is_paused(link.receiver(direction))
                {
                    choices.push(Choice::Deliver { connection, direction });
                }
            }
        }
        for (&id, host) in &self.clients {
            choices.extend(
                host.timers.iter().map(|&timer| Choice::Fire(TimerName::Client(id, timer))),
            );
        }
        choices
    }

    fn enabled_at(&self, id: ServerId, server: &Server, choices: &mut Vec<Choice>) {
        if server.process().is_none() {
            choices.push(Choice::Start(id));
        }
        if !server.is_running() {
            return;
        }
        let Some(process) = server.process() else { return };
        if !process.log_queue().is_empty() {
            choices.push(Choice::RunLog(id));
        }
        if !process.commit_queue().is_empty() {
            choices.push(Choice::RunCommit(id));
        }
        if !server.disk().flushing().is_empty() {
            choices.push(Choice::FinishFlush(id));
        }
        choices.extend(
            process.timers().iter().map(|&timer| Choice::Fire(TimerName::Server(id, timer))),
        );
    }

    fn is_paused(&self, endpoint: Endpoint) -> bool {
        let server = endpoint.server().and_then(|server| self.servers.get(&server));
        server.is_some_and(Server::is_paused)
    }

    /// Tests the invariants of servers' disks, peers and clients.
    ///
    /// # Panics
    /// If one is broken.
    pub fn validate(&self) {
        for server in self.servers.values() {
            server.disk().validate();
            if let Some(process) = server.process() {
                process.peer().validate();
                process.database().tree.validate();
            }
        }
        self.clients.values().for_each(|host| host.client.validate());
    }

    /// The order in which a client that begins with this server tries them all.
    fn servers_from(&self, first: ServerId, session_timeout: Span) -> ClientConfig {
        let from_first = self.servers.range(first..);
        let before = self.servers.range(..first);
        ClientConfig {
            servers: from_first.chain(before).map(|(&id, _)| id).collect(),
            timeout: session_timeout,
            retry_delay_max: self.client_retry_delay_max,
        }
    }
}
