//! The commands.

use std::sync::Arc;

use super::op;
use super::words::{self, Words};
use crate::api::Op;
use crate::ensemble::ClientCommand;
use crate::scenario::ScenarioError;
use crate::sim::{Command, Link, SpanRange};
use crate::types::ConnectionId;

/// What a line asks for.
pub(super) enum Told {
    One(Command),
    /// A link in both ways.
    Both(Command, Command),
}

const EXPECTED: &str = "a client such as `C1`, or one of add, break, crash, cut, heal, isolate, \
                        latency, partition, pause, repair, restart, resume";

/// Reads what stands behind the instant; `block` are the indented lines below.
pub(super) fn read(words: &mut Words, block: Vec<Words>) -> Result<Told, ScenarioError> {
    let keyword = words.word(EXPECTED)?;
    if let Some(client) = words::client(&keyword) {
        let what = client_command(words, block)?;
        return Ok(Told::One(Command::Client { client, what }));
    }
    if let Some(first) = block.first() {
        return Err(first.unexpected("a line that is not indented"));
    }
    fault(&keyword, words)
}

fn fault(keyword: &str, words: &mut Words) -> Result<Told, ScenarioError> {
    let command = match keyword {
        "add" => {
            words.expect("client")?;
            Command::AddClient { server: words.server()? }
        }
        "break" => {
            words.expect("connection")?;
            Command::BreakConnection(ConnectionId(words.number("a connection's number")?))
        }
        "crash" if words.take("leader") => Command::CrashLeader,
        "crash" => Command::Crash(words.server()?),
        "cut" => return links(words, Command::CutLink),
        "heal" if words.take("all") => Command::HealAll,
        "heal" if words.take("and") => {
            words.expect("restart")?;
            words.expect("all")?;
            Command::HealAndRestartAll
        }
        "heal" => return links(words, Command::HealLink),
        "isolate" if words.take("leader") => Command::IsolateLeader,
        "isolate" => Command::Isolate(words.server()?),
        "latency" if words.take("reset") => Command::ResetLatency,
        "latency" => return latency(words),
        "partition" => {
            let groups = words.split("|").into_iter();
            Command::Partition { groups: groups.map(group).collect::<Result<_, _>>()? }
        }
        "pause" => Command::Pause(words.server()?),
        "repair" => Command::Repair(words.server()?),
        "restart" => Command::Restart(words.server()?),
        "resume" => Command::Resume(words.server()?),
        _ => return Err(words.unexpected_last(EXPECTED)),
    };
    Ok(Told::One(command))
}

fn group(mut words: Words) -> Result<Vec<crate::types::ServerId>, ScenarioError> {
    let mut servers = vec![words.server()?];
    while !words.is_empty() {
        servers.push(words.server()?);
    }
    Ok(servers)
}

/// `A -> B` or `A <-> B`, and the command for each.
fn links(words: &mut Words, command: impl Fn(Link) -> Command) -> Result<Told, ScenarioError> {
    let from = words.endpoint()?;
    let both = words.take("<->");
    if !both && !words.take("->") {
        return Err(words.unexpected("`->` or `<->`"));
    }
    let to = words.endpoint()?;
    let there = command(Link { from, to });
    if both {
        Ok(Told::Both(there, command(Link { from: to, to: from })))
    } else {
        Ok(Told::One(there))
    }
}

fn latency(words: &mut Words) -> Result<Told, ScenarioError> {
    let told = links(words, |link| Command::SetLatency { link, latency: SpanRange::micros(0, 0) })?;
    let latency = range(words)?;
    let set = |command| match command {
        Command::SetLatency { link, .. } => Command::SetLatency { link, latency },
        other => other,
    };
    Ok(match told {
        Told::One(command) => Told::One(set(command)),
        Told::Both(one, other) => Told::Both(set(one), set(other)),
    })
}

/// `2ms..3ms`, or `2ms` for always the same.
fn range(words: &mut Words) -> Result<SpanRange, ScenarioError> {
    let expected = "a span or a range, such as `2ms..3ms`";
    let word = words.word(expected)?;
    let (min, max) = word.split_once("..").unwrap_or((&word, &word));
    match (words::span(min), words::span(max)) {
        (Some(min), Some(max)) => Ok(SpanRange { min, max }),
        _ => Err(words.unexpected_last(expected)),
    }
}

fn client_command(words: &mut Words, block: Vec<Words>) -> Result<ClientCommand, ScenarioError> {
    let is_block = words.take("program") || {
        let mut ahead = words.clone();
        ahead.take("multi") && ahead.is_empty()
    };
    if !is_block {
        if let Some(first) = block.first() {
            return Err(first.unexpected("a line that is not indented"));
        }
        return single(words);
    }
    if block.is_empty() {
        words.take("multi");
        return Err(words.unexpected("operations on indented lines below; expected them"));
    }
    let ops = block.into_iter().map(|mut line| {
        let op = op::read(&mut line)?;
        line.end()?;
        Ok(op)
    });
    let ops: Arc<[Op]> = ops.collect::<Result<_, ScenarioError>>()?;
    if words.take("multi") {
        return Ok(ClientCommand::Submit(Op::Multi(ops)));
    }
    Ok(ClientCommand::Program(ops))
}

fn single(words: &mut Words) -> Result<ClientCommand, ScenarioError> {
    if words.take("attach") {
        return Ok(ClientCommand::Attach(words.server()?));
    }
    if words.take("close") {
        return Ok(ClientCommand::Close);
    }
    if words.take("start") {
        return Ok(ClientCommand::Start);
    }
    Ok(ClientCommand::Submit(op::read(words)?))
}
