//! What a person lets the clients do, through their consoles where they have nothing else to do.

use super::{Done, Viewer};
use crate::api::Op;
use crate::ensemble::{ClientCommand, Terminal};
use crate::scenario::{console_line, op_text};
use crate::sim::Command;
use crate::types::{ClientId, ServerId};

/// Something that a client is told to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ClientAct {
    /// Enter this at its console.
    Enter(String),
    /// Begin a new session, if the old one is over.
    Connect,
    /// End its session.
    Close,
    /// Fall silent until its session has expired.
    Expire,
    /// Take its session to this server.
    Move(ServerId),
}

impl Viewer {
    /// A client acts. What the console has a word for is entered there, unless a command waits for
    /// its answer: then it is done at once, and not behind that command.
    pub(super) fn tell_client(&mut self, client: ClientId, act: &ClientAct) {
        match act {
            ClientAct::Enter(line) => {
                let line = console_line(line).into();
                self.command_client(client, ClientCommand::Enter(line));
            }
            ClientAct::Connect => self.enter_or(client, "connect", ClientCommand::Start),
            ClientAct::Close => self.enter_or(client, "close", ClientCommand::Close),
            ClientAct::Expire => self.enter_or(client, "expire", ClientCommand::Expire),
            ClientAct::Move(server) => {
                self.enter_or(client, &format!("move {server}"), ClientCommand::Attach(*server));
            }
        }
    }

    /// The chosen client asks for this.
    pub(super) fn submit(&mut self, op: Op) -> Option<Done> {
        let client = self.client()?;
        let line = op_text(&op);
        self.enter_or(client, &line, ClientCommand::Submit(op));
        None
    }

    /// One client more, which is the chosen one from now on.
    pub(super) fn add_client(&mut self, server: ServerId) {
        self.carry_out(vec![Command::AddClient { server }]);
        self.client = self.world().ensemble().clients().map(|(client, _)| client).last();
    }

    fn enter_or(&mut self, client: ClientId, line: &str, otherwise: ClientCommand) {
        let host = self.world().ensemble().client(client);
        let is_busy = host.and_then(|host| host.terminal()).is_some_and(Terminal::is_busy);
        let what = if is_busy { otherwise } else { ClientCommand::Enter(line.into()) };
        self.command_client(client, what);
    }

    fn command_client(&mut self, client: ClientId, what: ClientCommand) {
        self.carry_out(vec![Command::Client { client, what }]);
    }
}
