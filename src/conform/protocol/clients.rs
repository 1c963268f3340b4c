//! What a recording shows of clients: who connects where and asks what; ours do the same, so that
//! transactions are prepared by our leader.

use super::record::ClientName;
use super::replay::{Replayer, Step, Stuck};
use super::report::Freedom;
use super::said::Asked;
use crate::ensemble::{Choice, ClientCommand};
use crate::types::{ServerId, Span};

impl Replayer<'_> {
    pub fn client_connects(
        &mut self,
        name: ClientName,
        server: ServerId,
        session_timeout: Span,
        session: Option<&str>,
    ) {
        self.report.skip(Freedom::ClientTraffic);
        if let Some(&client) = self.names.clients.get(&name) {
            let what = ClientCommand::Attach(server);
            self.apply(&Choice::Client { client, what });
            return;
        }
        let resumed = session.and_then(|name| self.names.session(name));
        let holder = resumed.and_then(|session| {
            let holds =
                self.ensemble.clients().find(|(_, host)| host.client().session() == session);
            holds.map(|(client, _)| client)
        });
        let client = match holder {
            Some(client) => {
                self.apply(&Choice::Client { client, what: ClientCommand::Attach(server) });
                client
            }
            None => {
                self.apply(&Choice::AddClient { server, session_timeout });
                let newest = self.ensemble.clients().last().map(|(id, _)| id);
                newest.expect("a client has just been added")
            }
        };
        self.names.clients.insert(name, client);
    }

    pub fn client_asks(
        &mut self,
        name: ClientName,
        server: ServerId,
        xid: i32,
        asked: &Asked,
    ) -> Step {
        self.settle();
        let stuck = |ours: &str| Stuck {
            place: format!("c{} to {server}", name.0),
            recorded: format!("asks {xid}: {asked}"),
            ours: ours.to_owned(),
        };
        let client = self.names.clients.get(&name).copied();
        let Some(client) = client else { return Err(stuck("no such client is connected")) };
        let Some(op) = asked.to_op() else { return Err(stuck("no client asks that")) };
        let host = self.ensemble.client(client);
        let (at, next) =
            host.map_or((None, 0), |host| (host.client().server(), host.client().next_xid()));
        if at != Some(server) || next != xid {
            let at = at.map_or("nobody".to_owned(), |at| at.to_string());
            return Err(stuck(&format!("is connected to {at} and would ask {next}")));
        }
        self.apply(&Choice::Client { client, what: ClientCommand::Submit(op) });
        self.report.skip(Freedom::ClientTraffic);
        Ok(())
    }

    pub fn client_is_told(
        &mut self,
        name: ClientName,
        server: ServerId,
        xid: i32,
        err: i32,
    ) -> Step {
        self.settle();
        let client = self.names.clients.get(&name);
        let ours = client.and_then(|&client| self.told.get(&(client, xid)));
        if ours == Some(&err) {
            self.report.skip(Freedom::ClientTraffic);
            return Ok(());
        }
        Err(Stuck {
            place: format!("{server} to c{}", name.0),
            recorded: format!("answers {xid} with {err}"),
            ours: ours.map_or("does not answer".to_owned(), |err| format!("answers with {err}")),
        })
    }
}
