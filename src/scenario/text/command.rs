//! The commands.

use std::sync::Arc;

use super::words::{self, Words};
use super::{condition, op};
use crate::api::Op;
use crate::ensemble::{Channel, ClientCommand};
use crate::scenario::ScenarioError;
use crate::server::{Contents, DiskFault, ZxidRange};
use crate::sim::{Command, Link, ServerStep, SpanRange};
use crate::types::{ConnectionId, Epoch, ServerId, Span};

/// How long a scenario waits for a condition where it does not say.
pub(super) const WITHIN: Span = Span::millis(10_000);

const EXPECTED: &str = "a client such as `C1`, or one of add, break, clock, crash, cut, deliver, \
                        disk, flap, heal, hold, isolate, latency, partition, pause, release, \
                        repair, reset, restart, resume, start, step, until";

/// Reads what stands behind the instant; `block` are the indented lines below. A link in both ways
/// is two commands, a disk of several servers as many.
pub(super) fn read(words: &mut Words, block: Vec<Words>) -> Result<Vec<Command>, ScenarioError> {
    let keyword = words.word(EXPECTED)?;
    if let Some(client) = words::client(&keyword) {
        if let Some(line) = words.entered() {
            if let Some(first) = block.first() {
                return Err(first.unexpected("a line that is not indented"));
            }
            let what = ClientCommand::Enter(line.into());
            return Ok(vec![Command::Client { client, what }]);
        }
        let what = client_command(words, block)?;
        return Ok(vec![Command::Client { client, what }]);
    }
    if let Some(first) = block.first() {
        return Err(first.unexpected("a line that is not indented"));
    }
    fault(&keyword, words)
}

fn fault(keyword: &str, words: &mut Words) -> Result<Vec<Command>, ScenarioError> {
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
        "clock" => clock(words)?,
        "crash" => {
            let server = words.server()?;
            if words.take("torn") {
                let kept = words.number_if_any().unwrap_or(0);
                Command::CrashTorn { server, kept }
            } else {
                Command::Crash(server)
            }
        }
        "cut" => return links(words, Command::CutLink),
        "deliver" => {
            let count = words.number_if_any().unwrap_or(1);
            return channel_links(words, |link, channel| Command::Deliver { link, channel, count });
        }
        "disk" => return disk(words),
        "flap" => {
            let links = link_ways(words)?;
            let period = words.span("how long it is cut, and then open, such as `300ms`")?;
            return Ok(links.into_iter().map(|link| Command::Flap { link, period }).collect());
        }
        "heal" if words.take("all") => Command::HealAll,
        "heal" if words.take("and") => {
            words.expect("restart")?;
            words.expect("all")?;
            Command::HealAndRestartAll
        }
        "heal" => return links(words, Command::HealLink),
        "hold" => return hold(words),
        "isolate" if words.take("leader") => Command::IsolateLeader,
        "isolate" => Command::Isolate(words.server()?),
        "latency" if words.take("reset") => Command::ResetLatency,
        "latency" => return latency(words),
        "partition" => {
            let groups = words.split("|").into_iter();
            Command::Partition { groups: groups.map(group).collect::<Result<_, _>>()? }
        }
        "pause" => Command::Pause(words.server()?),
        "release" if words.take("all") => Command::ReleaseAll,
        "release" => return release(words),
        "repair" => Command::Repair(words.server()?),
        "reset" => {
            return channel_links(words, |link, channel| Command::ResetLink { link, channel });
        }
        "restart" | "start" => Command::Restart(words.server()?),
        "resume" => Command::Resume(words.server()?),
        "step" => Command::TakeStep { server: words.server()?, step: server_step(words)? },
        "until" => return until(words),
        _ => return Err(words.unexpected_last(EXPECTED)),
    };
    Ok(vec![command])
}

/// `CONDITION [within SPAN] [or end]`
pub(super) fn until(words: &mut Words) -> Result<Vec<Command>, ScenarioError> {
    let condition = condition::read(words)?;
    let within = if words.take("within") {
        words.span("how long to wait at most, such as `2s`")?
    } else {
        WITHIN
    };
    let or_end = words.take("or");
    if or_end {
        words.expect("end")?;
    }
    Ok(vec![Command::Until { condition, within, or_end }])
}

/// `SERVER … [epoch N] [acceptedEpoch N] [currentEpoch N] [log ZXIDS] [snapshot ZXID]`
pub(super) fn disk(words: &mut Words) -> Result<Vec<Command>, ScenarioError> {
    let mut servers = vec![words.server()?];
    while let Some(server) = words.server_if_any() {
        servers.push(server);
    }
    if let Some(fault) = words.one_of(&DiskFault::ALL, DiskFault::name) {
        let suffer = |server| Command::FaultDisk { server, fault };
        return Ok(servers.into_iter().map(suffer).collect());
    }
    if words.take("slow") {
        let flush = Some(range(words)?);
        let slow = |server| Command::SetFlush { server, flush };
        return Ok(servers.into_iter().map(slow).collect());
    }
    if words.take("usual") {
        let usual = |server| Command::SetFlush { server, flush: None };
        return Ok(servers.into_iter().map(usual).collect());
    }
    let mut contents = Contents::default();
    let expected = "acceptedEpoch, currentEpoch, epoch, log or snapshot; or one of damaged, \
                    fails, free, full, initialize, slow, spare-damaged, \
                    torn, usual, wiped";
    if words.is_empty() {
        return Err(words.unexpected(expected));
    }
    while !words.is_empty() {
        match words.word(expected)?.as_str() {
            "acceptedEpoch" => contents.accepted_epoch = Epoch(words.number("an epoch")?),
            "currentEpoch" => contents.current_epoch = Epoch(words.number("an epoch")?),
            "epoch" => {
                let epoch = Epoch(words.number("an epoch")?);
                (contents.accepted_epoch, contents.current_epoch) = (epoch, epoch);
            }
            "log" => contents.log = history(words)?,
            "snapshot" => contents.snapshot = Some(words.zxid()?),
            _ => return Err(words.unexpected_last(expected)),
        }
    }
    let put = |server| Command::PutDisk { server, contents: contents.clone() };
    Ok(servers.into_iter().map(put).collect())
}

/// `SERVER [rate N%] [skew SPAN]`
fn clock(words: &mut Words) -> Result<Command, ScenarioError> {
    let server = words.server()?;
    let (mut rate_percent, mut skew_millis) = (None, None);
    let expected = "`rate` and a percentage, or `skew` and a span";
    loop {
        match words.word(expected)?.as_str() {
            "rate" => {
                let expected = "a percentage, such as `150%`";
                let word = words.word(expected)?;
                let rate = word.strip_suffix('%').and_then(|number| number.parse().ok());
                rate_percent = Some(rate.ok_or_else(|| words.unexpected_last(expected))?);
            }
            "skew" => {
                let expected = "whole milliseconds, such as `-250ms`";
                let word = words.word(expected)?;
                let skew = words::signed_millis(&word);
                skew_millis = Some(skew.ok_or_else(|| words.unexpected_last(expected))?);
            }
            _ => return Err(words.unexpected_last(expected)),
        }
        if words.is_empty() {
            return Ok(Command::SetClock { server, rate_percent, skew_millis });
        }
    }
}

/// `(1,1)..(1,3) (2,1)`
fn history(words: &mut Words) -> Result<Vec<ZxidRange>, ScenarioError> {
    let expected = "zxids, such as `(1,1)` or `(1,1)..(1,3)`";
    let mut history = Vec::new();
    while let Some((first, last)) = words.zxid_range_if_any() {
        if first.epoch != last.epoch {
            return Err(words.unexpected_last("both zxids of one epoch"));
        }
        history.push(ZxidRange { epoch: first.epoch, first: first.counter, last: last.counter });
    }
    if history.is_empty() { Err(words.unexpected(expected)) } else { Ok(history) }
}

/// `A -> B [CHANNEL]` or `SERVER STEP`
fn hold(words: &mut Words) -> Result<Vec<Command>, ScenarioError> {
    match held_step(words) {
        Some((server, step)) => Ok(vec![Command::HoldStep { server, step }]),
        None => channel_links(words, |link, channel| Command::HoldLink { link, channel }),
    }
}

fn release(words: &mut Words) -> Result<Vec<Command>, ScenarioError> {
    match held_step(words) {
        Some((server, step)) => Ok(vec![Command::ReleaseStep { server, step }]),
        None => channel_links(words, |link, channel| Command::ReleaseLink { link, channel }),
    }
}

fn held_step(words: &mut Words) -> Option<(ServerId, ServerStep)> {
    let mut ahead = words.clone();
    let server = ahead.server_if_any()?;
    let step = ahead.one_of(&ServerStep::ALL, ServerStep::name)?;
    *words = ahead;
    Some((server, step))
}

fn server_step(words: &mut Words) -> Result<ServerStep, ScenarioError> {
    let step = words.one_of(&ServerStep::ALL, ServerStep::name);
    step.ok_or_else(|| words.unexpected("log, commit or disk"))
}

/// Links, and behind them a channel or nothing.
fn channel_links(
    words: &mut Words,
    command: impl Fn(Link, Option<Channel>) -> Command,
) -> Result<Vec<Command>, ScenarioError> {
    let links = link_ways(words)?;
    let channel = words.one_of(&Channel::ALL, Channel::name);
    if channel.is_none() && !words.is_empty() {
        return Err(words.unexpected("client, election, learner, or nothing more"));
    }
    Ok(links.into_iter().map(|link| command(link, channel)).collect())
}

fn group(mut words: Words) -> Result<Vec<ServerId>, ScenarioError> {
    let mut servers = vec![words.server()?];
    while !words.is_empty() {
        servers.push(words.server()?);
    }
    Ok(servers)
}

/// `A -> B` or `A <-> B`.
fn link_ways(words: &mut Words) -> Result<Vec<Link>, ScenarioError> {
    let from = words.endpoint()?;
    let both = words.take("<->");
    if !both && !words.take("->") {
        return Err(words.unexpected("`->` or `<->`"));
    }
    let to = words.endpoint()?;
    let mut links = vec![Link { from, to }];
    links.extend(both.then_some(Link { from: to, to: from }));
    Ok(links)
}

/// The command for each way of a link.
fn links(
    words: &mut Words,
    command: impl Fn(Link) -> Command,
) -> Result<Vec<Command>, ScenarioError> {
    Ok(link_ways(words)?.into_iter().map(command).collect())
}

fn latency(words: &mut Words) -> Result<Vec<Command>, ScenarioError> {
    let links = link_ways(words)?;
    let latency = range(words)?;
    Ok(links.into_iter().map(|link| Command::SetLatency { link, latency }).collect())
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
    if words.take("expire") {
        return Ok(ClientCommand::Expire);
    }
    if words.take("start") {
        return Ok(ClientCommand::Start);
    }
    Ok(ClientCommand::Submit(op::read(words)?))
}
