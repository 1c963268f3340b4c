//! What a scenario may ask for. Whatever lies within runs without overflow, and elects.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, SeqAccess, Visitor};

use super::TimedCommand;
use crate::ensemble::ClientCommand;
use crate::sim::{Command, Settings, SettingsError, SpanRange};
use crate::types::{Instant, Span};

/// The most servers of an ensemble.
pub const SERVERS_MAX: u8 = 9;

/// The last instant of a run: ten virtual days.
pub const INSTANT_MAX: Instant = Instant(10 * 24 * 3_600 * 1_000_000);

/// The longest of all spans: an hour.
const SPAN_MAX: Span = Span::millis(3_600_000);

/// How far a clock may be off.
const DAY_MILLIS: i64 = 24 * 3_600 * 1_000;
/// The heaviest vote.
pub const WEIGHT_MAX: u32 = 1_000;

/// The most clients at the start.
const CLIENTS_MAX: usize = 100;

/// The most messages that one command delivers.
const DELIVERIES_MAX: u32 = 10_000;

/// The longest line that is entered at a console: longer than what a server takes.
const ENTERED_MAX: usize = 2 << 20;

pub(super) fn check_title(title: &str) -> Result<(), String> {
    if title.chars().any(char::is_control) || title.trim() != title || title.len() > 200 {
        return Err("a title; expected one short line".to_owned());
    }
    Ok(())
}

/// What is wrong with a setting.
pub(super) struct WrongSetting {
    /// The setting's name.
    pub setting: &'static str,
    /// What is wrong, and what was expected.
    pub problem: String,
}

fn wrong(setting: &'static str) -> impl Fn(String) -> WrongSetting {
    move |problem| WrongSetting { setting, problem }
}

pub(super) fn check_settings(settings: &Settings) -> Result<(), WrongSetting> {
    check_servers(settings)?;
    let mut skews = settings.clock_skew_millis.values();
    if let Some(skew) = skews.find(|skew| !(-DAY_MILLIS..=DAY_MILLIS).contains(*skew)) {
        let problem = format!("a clock that is {skew} ms off; expected a day at most");
        return Err(wrong("clock_skew_millis")(problem));
    }
    let weights = settings.groups.iter().flat_map(BTreeMap::values);
    if let Some(weight) = weights.into_iter().find(|&&weight| weight > WEIGHT_MAX) {
        let problem = format!("a vote that weighs {weight}; expected at most {WEIGHT_MAX}");
        return Err(wrong("groups")(problem));
    }
    settings.quorum().map_err(|error| wrong("groups")(error.to_string()))?;
    check_limits(settings)?;
    for (name, span) in spans(settings) {
        check_span(name, span).map_err(wrong(name))?;
    }
    for (name, range) in ranges(settings) {
        check_range(name, range).map_err(wrong(name))?;
    }
    settings.check().map_err(|error| {
        let setting = match error {
            SettingsError::Range(name) => name,
            SettingsError::Servers(_) => "servers",
            SettingsError::Tick(_) => "tick",
            SettingsError::UnknownServer(_) => "clients",
            _ => "groups",
        };
        wrong(setting)(error.to_string())
    })
}

/// Who there is, and that all who are named are there.
fn check_servers(settings: &Settings) -> Result<(), WrongSetting> {
    let servers = settings.server_count();
    if settings.servers == 0 || servers > SERVERS_MAX {
        let problem =
            format!("{servers} servers; expected 1 to {SERVERS_MAX}, one of them a voter");
        return Err(wrong("servers")(problem));
    }
    if settings.clients.len() > CLIENTS_MAX {
        let problem = format!("{} clients; expected at most {CLIENTS_MAX}", settings.clients.len());
        return Err(wrong("clients")(problem));
    }
    let named = [
        ("clients", settings.clients.iter().max()),
        ("clients", settings.clients.iter().min()),
        ("clock_skew_millis", settings.clock_skew_millis.keys().next_back()),
        ("clock_skew_millis", settings.clock_skew_millis.keys().next()),
        ("off", settings.off.last()),
        ("off", settings.off.first()),
    ];
    for (setting, server) in named {
        if let Some(unknown) = server.filter(|server| !(1..=servers).contains(&server.0)) {
            let problem = format!("{unknown} does not exist; expected S1 to S{servers}");
            return Err(wrong(setting)(problem));
        }
    }
    Ok(())
}

fn check_limits(settings: &Settings) -> Result<(), WrongSetting> {
    let counts = [
        ("init_limit", settings.init_limit),
        ("sync_limit", settings.sync_limit),
        ("commit_log_count", settings.commit_log_count),
        // ZooKeeper's own least is two.
        ("snap_count", settings.snap_count / 2),
    ];
    match counts.iter().find(|(_, count)| !(1..=1_000_000).contains(count)) {
        Some((name, count)) => Err(wrong(name)(format!("{name} {count}; expected 1 to 1000000"))),
        None => Ok(()),
    }
}

fn spans(settings: &Settings) -> impl Iterator<Item = (&'static str, Span)> {
    [
        ("tick", settings.tick),
        ("connection_timeout", settings.connection_timeout),
        ("leader_connect_delay", settings.leader_connect_delay),
        ("observer_election_delay", settings.observer_election_delay),
        ("session_timeout", settings.session_timeout),
        ("client_retry_delay", settings.client_retry_delay),
        ("finalize_wait", settings.finalize_wait),
        ("log_delay", settings.log_delay),
        ("commit_delay", settings.commit_delay),
    ]
    .into_iter()
}

fn ranges(settings: &Settings) -> impl Iterator<Item = (&'static str, SpanRange)> {
    [
        ("notification_interval", settings.notification_interval),
        ("server_latency", settings.server_latency),
        ("client_latency", settings.client_latency),
        ("flush", settings.flush),
        ("boot_delay", SpanRange { min: Span(1), max: settings.boot_delay.max }),
        ("client_delay", SpanRange { min: Span(1), max: settings.client_delay + Span(1) }),
    ]
    .into_iter()
}

fn check_clock(rate_percent: Option<u32>, skew_millis: Option<i64>) -> Result<(), String> {
    if let Some(rate) = rate_percent.filter(|rate| !(10..=1_000).contains(rate)) {
        return Err(format!("a clock at {rate}%; expected 10% to 1000%"));
    }
    match skew_millis.filter(|skew| !(-DAY_MILLIS..=DAY_MILLIS).contains(skew)) {
        Some(skew) => Err(format!("a clock that is {skew} ms off; expected a day at most")),
        None if rate_percent.is_none() && skew_millis.is_none() => {
            Err("a clock without rate and skew; expected one of them".to_owned())
        }
        None => Ok(()),
    }
}

fn check_span(name: &str, span: Span) -> Result<(), String> {
    // Without a delay a timer that sets itself again would stop the clock.
    if (Span(1)..=SPAN_MAX).contains(&span) {
        return Ok(());
    }
    Err(format!("{name} of {span}; expected 0.001 ms to an hour"))
}

fn check_range(name: &str, range: SpanRange) -> Result<(), String> {
    check_span(name, range.max)?;
    if range.min > range.max {
        let SpanRange { min, max } = range;
        return Err(format!("{name} from {min} to {max}; expected the shorter one first"));
    }
    Ok(())
}

pub(super) fn check_instant(at: Instant) -> Result<(), String> {
    if at > INSTANT_MAX {
        return Err(format!("instant {at} s; expected at most {INSTANT_MAX} s"));
    }
    Ok(())
}

/// Tests a command, and that it does not come before the one that was read before it.
pub(super) fn check_command(
    before: Option<&TimedCommand>,
    timed: &TimedCommand,
) -> Result<(), String> {
    check_instant(timed.at)?;
    let place = |timed: &TimedCommand| (timed.at, timed.steps_before);
    if let Some(before) = before.filter(|before| place(before) > place(timed)) {
        return Err(format!(
            "a command at {} s behind one at {} s; expected them in order of time",
            timed.at, before.at,
        ));
    }
    if let Some(then) = timed.then.filter(|&then| then > SPAN_MAX) {
        return Err(format!("{then} after the command before; expected an hour at most"));
    }
    match &timed.command {
        Command::Deliver { count, .. } if !(1..=DELIVERIES_MAX).contains(count) => {
            Err(format!("{count} messages; expected 1 to {DELIVERIES_MAX}"))
        }
        Command::Client { what: ClientCommand::Enter(line), .. } => check_entered(line),
        Command::Flap { period, .. } => check_span("a period", *period),
        Command::PutDisk { contents, .. } => contents.check(),
        Command::SetClock { rate_percent, skew_millis, .. } => {
            check_clock(*rate_percent, *skew_millis)
        }
        Command::SetFlush { flush: Some(flush), .. } => check_range("a flush", *flush),
        Command::SetLatency { latency, .. } => check_range("latency", *latency),
        Command::Until { within, .. } => check_span("a wait", *within),
        _ => Ok(()),
    }
}

/// What is entered at a console as a scenario can hold it: one line, and no longer than that.
pub fn console_line(text: &str) -> String {
    let mut line = text.trim().replace(char::is_control, " ");
    let mut end = line.len().min(ENTERED_MAX);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    line.truncate(end);
    line.truncate(line.trim_end().len());
    line
}

/// What is entered at a console is one line, as it would be read again.
fn check_entered(line: &str) -> Result<(), String> {
    if line.len() > ENTERED_MAX {
        let length = line.len();
        return Err(format!("a console line of {length} bytes; expected at most {ENTERED_MAX}"));
    }
    if line.trim() != line || line.contains(char::is_control) {
        return Err("a console line with control characters or blanks at its ends".to_owned());
    }
    Ok(())
}

/// Reads commands one by one, so that an error is told where it stands.
pub(super) struct CommandsVisitor;

impl<'de> Visitor<'de> for CommandsVisitor {
    type Value = Vec<TimedCommand>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of commands")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut commands = Vec::new();
        while let Some(timed) = sequence.next_element::<TimedCommand>()? {
            check_command(commands.last(), &timed).map_err(de::Error::custom)?;
            commands.push(timed);
        }
        Ok(commands)
    }
}
