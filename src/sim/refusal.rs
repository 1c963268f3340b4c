//! Why a command had no effect.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Link, ServerStep};
use crate::types::{ClientId, ConnectionId, ServerId};

/// Why a command had no effect.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum CommandRefusal {
    /// The server is down.
    Down(ServerId),
    /// Nothing is in flight there.
    NothingInFlight(Link),
    /// There is nothing of the kind on the server's disk.
    NothingOnDisk(ServerId),
    /// The server has nothing to do in this step.
    NothingToDo(ServerId, ServerStep),
    /// No server leads.
    NoLeader,
    /// The server has not refused to start.
    NothingToRepair(ServerId),
    /// The server is paused already.
    Paused(ServerId),
    /// The server is running.
    Running(ServerId),
    /// There is no such client.
    UnknownClient(ClientId),
    /// There is no such server.
    UnknownServer(ServerId),
    /// There is no connection between the two.
    Unconnected(Link),
    /// The connection is gone.
    UnknownConnection(ConnectionId),
}

impl fmt::Display for CommandRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CommandRefusal::Down(server) => write!(out, "{server} is down"),
            CommandRefusal::NoLeader => write!(out, "no server leads"),
            CommandRefusal::NothingInFlight(link) => {
                write!(out, "nothing is in flight from {} to {}", link.from, link.to)
            }
            CommandRefusal::NothingOnDisk(server) => {
                write!(out, "there is nothing of the kind on the disk of {server}")
            }
            CommandRefusal::NothingToDo(server, step) => {
                write!(out, "the {} step of {server} has nothing to do", step.name())
            }
            CommandRefusal::NothingToRepair(server) => {
                write!(out, "there is nothing to repair at {server}")
            }
            CommandRefusal::Paused(server) => write!(out, "{server} is paused already"),
            CommandRefusal::Running(server) => write!(out, "{server} is running"),
            CommandRefusal::UnknownClient(client) => write!(out, "there is no client {client}"),
            CommandRefusal::UnknownServer(server) => write!(out, "there is no server {server}"),
            CommandRefusal::Unconnected(link) => {
                write!(out, "{} and {} are not connected", link.from, link.to)
            }
            CommandRefusal::UnknownConnection(connection) => {
                write!(out, "connection #{} is gone", connection.0)
            }
        }
    }
}
