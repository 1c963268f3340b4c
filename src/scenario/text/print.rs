//! A scenario written down.

use super::command::WITHIN;
use super::settings::{self, span_text};
use super::words::zxid_text;
use super::{condition, op};
use crate::api::Op;
use crate::ensemble::{Channel, ClientCommand};
use crate::scenario::{Scenario, TimedCommand};
use crate::server::Contents;
use crate::sim::{Command, Link, Settings};
use crate::types::{ClientId, Instant, ServerId, Span};

pub(super) fn scenario(scenario: &Scenario) -> String {
    let mut lines = Vec::new();
    if !scenario.title.is_empty() {
        lines.push(format!("title {}", scenario.title));
    }
    let settings = &scenario.settings;
    lines.push(format!("servers {}", settings.servers));
    if settings.observers > 0 {
        lines.push(format!("observers {}", settings.observers));
    }
    lines.extend(settings.groups.iter().map(|group| {
        let members = group.iter().map(|(server, weight)| format!(" {server}={weight}"));
        format!("group{}", members.collect::<String>())
    }));
    if settings.clients != Settings::with_servers(settings.servers).clients {
        lines.push(format!("clients{}", list(&settings.clients)));
    }
    if !settings.off.is_empty() {
        let off: Vec<ServerId> = settings.off.iter().copied().collect();
        lines.push(format!("off{}", list(&off)));
    }
    if !settings.rules.is_default() {
        lines.push(format!("rules {}", settings.rules));
    }
    lines.push(format!("seed {}", scenario.seed));
    lines.extend(settings::lines(settings));
    lines.push(format!("run {}", span_text(scenario.until.since(Instant::ZERO))));
    if !scenario.commands.is_empty() {
        lines.push(String::new());
    }
    let mut last_place = (Instant::ZERO, 0);
    for command in &scenario.commands {
        lines.push(timed(command, last_place));
        last_place = (command.at, command.steps_before);
    }
    lines.push(String::new());
    lines.join("\n")
}

fn timed(timed: &TimedCommand, last_place: (Instant, u32)) -> String {
    let TimedCommand { at, steps_before, then, command: what } = timed;
    let what = command(what);
    let follows = match then {
        Some(Span(0)) if (*at, *steps_before) == last_place => {
            if what.starts_with("until ") {
                what
            } else {
                format!("then {what}")
            }
        }
        Some(then) => format!("after {} {what}", span_text(*then)),
        None => what,
    };
    let instant = span_text(at.since(Instant::ZERO));
    match (then, steps_before) {
        (Some(_), _) if (*at, *steps_before) == last_place => follows,
        (_, 0) => format!("at {instant} {follows}"),
        (_, steps) => format!("at {instant} after {steps} steps {follows}"),
    }
}

/// The command as it is read, without its instant: `crash leader`.
pub fn command(command: &Command) -> String {
    match command {
        Command::AddClient { server } => format!("add client {server}"),
        Command::BreakConnection(connection) => format!("break connection {}", connection.0),
        Command::Client { client, what } => client_command(*client, what),
        Command::Crash(server) => format!("crash {server}"),
        Command::CrashLeader => "crash leader".to_owned(),
        Command::CrashTorn { server, kept } => format!("crash {server} torn {kept}"),
        Command::CutLink(link) => format!("cut {}", link_text(*link)),
        Command::Deliver { link, channel, count: 1 } => {
            format!("deliver {}", channel_text(*link, *channel))
        }
        Command::Deliver { link, channel, count } => {
            format!("deliver {count} {}", channel_text(*link, *channel))
        }
        Command::FaultDisk { server, fault } => format!("disk {server} {}", fault.name()),
        Command::Flap { link, period } => {
            format!("flap {} {}", link_text(*link), span_text(*period))
        }
        Command::HealAll => "heal all".to_owned(),
        Command::HealAndRestartAll => "heal and restart all".to_owned(),
        Command::HealLink(link) => format!("heal {}", link_text(*link)),
        Command::HoldLink { link, channel } => format!("hold {}", channel_text(*link, *channel)),
        Command::HoldStep { server, step } => format!("hold {server} {}", step.name()),
        Command::Isolate(server) => format!("isolate {server}"),
        Command::IsolateLeader => "isolate leader".to_owned(),
        Command::Partition { groups } => {
            let groups: Vec<String> = groups.iter().map(|group| list(group)).collect();
            format!("partition{}", groups.join(" |"))
        }
        Command::Pause(server) => format!("pause {server}"),
        Command::PutDisk { server, contents } => disk(*server, contents),
        Command::ReleaseAll => "release all".to_owned(),
        Command::ReleaseLink { link, channel } => {
            format!("release {}", channel_text(*link, *channel))
        }
        Command::ReleaseStep { server, step } => format!("release {server} {}", step.name()),
        Command::Repair(server) => format!("repair {server}"),
        Command::ResetLatency => "latency reset".to_owned(),
        Command::ResetLink { link, channel } => format!("reset {}", channel_text(*link, *channel)),
        Command::Restart(server) => format!("restart {server}"),
        Command::Resume(server) => format!("resume {server}"),
        Command::SetClock { server, rate_percent, skew_millis } => {
            let rate = rate_percent.map(|rate| format!(" rate {rate}%"));
            let skew = skew_millis.map(|skew| format!(" skew {skew}ms"));
            format!("clock {server}{}{}", rate.unwrap_or_default(), skew.unwrap_or_default())
        }
        Command::SetFlush { server, flush: Some(flush) } => {
            format!("disk {server} slow {}..{}", span_text(flush.min), span_text(flush.max))
        }
        Command::SetFlush { server, flush: None } => format!("disk {server} usual"),
        Command::SetLatency { link, latency } => {
            let (min, max) = (span_text(latency.min), span_text(latency.max));
            format!("latency {} {min}..{max}", link_text(*link))
        }
        Command::TakeStep { server, step } => format!("step {server} {}", step.name()),
        Command::Until { condition, within, or_end } => {
            let mut text = format!("until {}", condition::text(condition));
            if *within != WITHIN {
                text = format!("{text} within {}", span_text(*within));
            }
            if *or_end { format!("{text} or end") } else { text }
        }
    }
}

fn client_command(client: ClientId, what: &ClientCommand) -> String {
    match what {
        ClientCommand::Attach(server) => format!("{client} attach {server}"),
        ClientCommand::Close => format!("{client} close"),
        ClientCommand::Program(ops) => block(format!("{client} program"), ops),
        ClientCommand::Start => format!("{client} start"),
        ClientCommand::Submit(Op::Multi(ops)) if !ops.is_empty() => {
            block(format!("{client} multi"), ops)
        }
        ClientCommand::Submit(op) => format!("{client} {}", op::text(op)),
        ClientCommand::Enter(line) => format!("{client}> {line}"),
        ClientCommand::Expire => format!("{client} expire"),
    }
}

fn block(head: String, ops: &[Op]) -> String {
    ops.iter().fold(head, |lines, op| format!("{lines}\n  {}", op::text(op)))
}

fn disk(server: ServerId, contents: &Contents) -> String {
    let Contents { accepted_epoch, current_epoch, log, snapshot } = contents;
    let mut text = format!("disk {server}");
    if accepted_epoch == current_epoch {
        text = format!("{text} epoch {current_epoch}");
    } else {
        text = format!("{text} acceptedEpoch {accepted_epoch} currentEpoch {current_epoch}");
    }
    if !log.is_empty() {
        let ranges: String = log.iter().map(|range| format!(" {range}")).collect();
        text = format!("{text} log{ranges}");
    }
    match snapshot {
        Some(zxid) => format!("{text} snapshot {}", zxid_text(*zxid)),
        None => text,
    }
}

/// `S1 -> S2`, and the channel where it is only one.
fn channel_text(link: Link, channel: Option<Channel>) -> String {
    match channel {
        Some(channel) => format!("{} {}", link_text(link), channel.name()),
        None => link_text(link),
    }
}

fn link_text(Link { from, to }: Link) -> String {
    format!("{from} -> {to}")
}

/// ` S1 S2`
fn list(servers: &[ServerId]) -> String {
    servers.iter().map(|server| format!(" {server}")).collect()
}
