//! A scenario written down.

use super::op;
use super::settings::{self, span_text};
use crate::api::Op;
use crate::ensemble::ClientCommand;
use crate::scenario::{Scenario, TimedCommand};
use crate::sim::{Command, Link, Settings};
use crate::types::{ClientId, Instant, ServerId};

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
    if !settings.rules.is_default() {
        lines.push(format!("rules {}", settings.rules));
    }
    lines.push(format!("seed {}", scenario.seed));
    lines.extend(settings::lines(settings));
    lines.push(format!("run {}", span_text(scenario.until.since(Instant::ZERO))));
    if !scenario.commands.is_empty() {
        lines.push(String::new());
    }
    lines.extend(scenario.commands.iter().map(timed));
    lines.push(String::new());
    lines.join("\n")
}

fn timed(timed: &TimedCommand) -> String {
    let TimedCommand { at, steps_before, command: what } = timed;
    let at = span_text(at.since(Instant::ZERO));
    match steps_before {
        0 => format!("at {at} {}", command(what)),
        steps => format!("at {at} after {steps} steps {}", command(what)),
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
        Command::CutLink(link) => format!("cut {}", link_text(*link)),
        Command::HealAll => "heal all".to_owned(),
        Command::HealAndRestartAll => "heal and restart all".to_owned(),
        Command::HealLink(link) => format!("heal {}", link_text(*link)),
        Command::Isolate(server) => format!("isolate {server}"),
        Command::IsolateLeader => "isolate leader".to_owned(),
        Command::Partition { groups } => {
            let groups: Vec<String> = groups.iter().map(|group| list(group)).collect();
            format!("partition{}", groups.join(" |"))
        }
        Command::Pause(server) => format!("pause {server}"),
        Command::Repair(server) => format!("repair {server}"),
        Command::ResetLatency => "latency reset".to_owned(),
        Command::Restart(server) => format!("restart {server}"),
        Command::Resume(server) => format!("resume {server}"),
        Command::SetLatency { link, latency } => {
            let (min, max) = (span_text(latency.min), span_text(latency.max));
            format!("latency {} {min}..{max}", link_text(*link))
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
    }
}

fn block(head: String, ops: &[Op]) -> String {
    ops.iter().fold(head, |lines, op| format!("{lines}\n  {}", op::text(op)))
}

fn link_text(Link { from, to }: Link) -> String {
    format!("{from} -> {to}")
}

/// ` S1 S2`
fn list(servers: &[ServerId]) -> String {
    servers.iter().map(|server| format!(" {server}")).collect()
}
