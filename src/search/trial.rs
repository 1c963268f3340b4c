//! One seed: chaos, healing, and the demand that the ensemble serves again.

use std::fmt;

use super::Coverage;
use crate::api::{CreateMode, Op};
use crate::check::{PropertyName, Violation};
use crate::client;
use crate::ensemble::ClientCommand;
use crate::run::Run;
use crate::scenario::{Chaos, Scenario, ScenarioError};
use crate::server::{self, Server};
use crate::sim::{Command, EventId, EventKind, Excess};
use crate::types::{ClientId, Instant, ServerId, Span, Zxid};

/// Within this time after the healing the ensemble has to serve again.
pub const HEALING_MAX: Span = Span::millis(3 * 60 * 1_000);

/// How often it is looked whether the ensemble serves.
const LOOK_EVERY: Span = Span::millis(250);

/// A seed and the kind of scenario that is drawn from it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Trial {
    /// The kind.
    pub chaos: Chaos,
    /// The seed.
    pub seed: u64,
}

/// A trial in which nothing was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passed {
    /// How long it took from the healing to the answer of the probe.
    pub healing: Span,
    /// What came up.
    pub coverage: Coverage,
}

/// A trial in which something was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// What.
    pub found: Found,
    /// The run up to where it shows, to be replayed.
    pub scenario: Scenario,
}

/// What a trial can find.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// A property is violated.
    Violated(PropertyName, Violation),
    /// The ensemble was healed and does not serve again in time.
    NotServing(String),
    /// What was drawn goes beyond what ZAB bears: the draw is at fault.
    Exceeded(Excess),
    /// The scenario could not be run at all.
    Unusable(ScenarioError),
}

impl Trial {
    /// Runs the trial.
    ///
    /// # Errors
    /// What was found, and the scenario that shows it.
    pub fn run(self) -> Result<Passed, Box<Failure>> {
        judge(&self.chaos.scenario(self.seed))
    }
}

/// Runs a scenario to its end, heals everything and demands that the ensemble serves again.
///
/// # Errors
/// What was found, and the scenario that shows it, the healing included.
pub fn judge(scenario: &Scenario) -> Result<Passed, Box<Failure>> {
    let mut run = match Run::new(scenario) {
        Ok(run) => run,
        Err(error) => {
            let (found, scenario) = (Found::Unusable(error), scenario.clone());
            return Err(Box::new(Failure { found, scenario }));
        }
    };
    run.run_until(scenario.until);
    let healed_at = run.now();
    if !run.is_stopped() {
        run.world().validate();
        run.drop_script();
        run.command(Command::ResetLatency);
        run.command(Command::HealAndRestartAll);
    }
    let outcome = heal(&mut run, healed_at);
    if let Some((property, violation)) = run.violation() {
        return Err(failure(&run, Found::Violated(property, violation.clone())));
    }
    run.world().validate();
    let excess = run.trace().iter().find_map(|event| match event.kind {
        EventKind::Exceeded(excess) => Some(excess),
        _ => None,
    });
    if let Some(excess) = excess {
        return Err(failure(&run, Found::Exceeded(excess)));
    }
    match outcome {
        Ok(()) => {
            let healing = run.now().since(healed_at);
            Ok(Passed { healing, coverage: Coverage::of(&run) })
        }
        Err(complaint) => Err(failure(&run, Found::NotServing(complaint))),
    }
}

/// What was found, with the run up to where it shows.
fn failure(run: &Run, found: Found) -> Box<Failure> {
    let scenario = Scenario { until: run.now(), ..run.scenario() };
    Box::new(Failure { found, scenario })
}

/// Waits until all servers serve the same, then for the answer to a write.
fn heal(run: &mut Run, healed_at: Instant) -> Result<(), String> {
    wait(run, healed_at, all_serve_alike)?;
    let first_new = run.world().next_event();
    let clients = u16::try_from(run.world().ensemble().clients().len());
    let probe = ClientId(clients.unwrap_or(u16::MAX) + 1);
    run.command(Command::AddClient { server: ServerId(1) });
    let op = Op::create("/probe-", "alive", CreateMode::PersistentSequential);
    run.command(Command::Client { client: probe, what: ClientCommand::Submit(op) });
    wait(run, healed_at, |run| was_answered(run, first_new, probe))?;
    wait(run, healed_at, all_serve_alike)
}

fn wait(
    run: &mut Run,
    since: Instant,
    is_done: impl Fn(&Run) -> Result<(), String>,
) -> Result<(), String> {
    loop {
        let Err(complaint) = is_done(run) else { return Ok(()) };
        if run.is_stopped() || run.now().since(since) > HEALING_MAX {
            return Err(complaint);
        }
        run.run_until(run.now() + LOOK_EVERY);
    }
}

/// Every server runs; a quorum serves, and with it all that can join, at the same zxid, with equal
/// trees and sessions.
fn all_serve_alike(run: &Run) -> Result<(), String> {
    let mut first: Option<(ServerId, &server::Process, Zxid)> = None;
    let ensemble = run.world().ensemble();
    let leader = ensemble.serving_leader().and_then(|leader| ensemble.server(leader));
    let epoch = leader.and_then(Server::process).map(|process| process.peer().current_epoch());
    let mut serving = Vec::new();
    for server in ensemble.servers() {
        let id = server.id();
        let Some(process) = server.process().filter(|_| server.is_running()) else {
            return Err(format!("{id} does not run: {}", status(server)));
        };
        let peer = process.peer();
        // It has promised a later epoch than the leader's, and cannot join before the next one is
        // formed; in ZooKeeper no more than here (fact sheet §3.4).
        if !peer.is_serving() && epoch.is_some_and(|epoch| peer.accepted_epoch() > epoch) {
            continue;
        }
        if !peer.is_serving() {
            let (role, phase) = (peer.role_name().name(), peer.phase().name());
            return Err(format!("{id} does not serve: {role}, {phase}"));
        }
        serving.push(id);
        let zxid = process.database().last_processed();
        let Some((other, model, reached)) = first else {
            first = Some((id, process, zxid));
            continue;
        };
        // A leader that has committed nothing yet stands at (e,0), its followers before.
        let is_start = |zxid: Zxid| zxid.counter == 0;
        if zxid != reached && !is_start(zxid) && !is_start(reached) {
            return Err(format!("{id} is at {zxid}, {other} at {reached}"));
        }
        let (own, model) = (process.database(), model.database());
        if own.tree.digest() != model.tree.digest() || own.sessions != model.sessions {
            return Err(format!("{id} and {other} differ at {zxid}"));
        }
    }
    let protocol = run.world().settings().protocol();
    if !protocol.quorum.contains_quorum(&serving) {
        return Err(format!("no quorum serves: only {} servers do", serving.len()));
    }
    Ok(())
}

fn status(server: &Server) -> String {
    match server.status() {
        server::Status::Crashed => "crashed".to_owned(),
        server::Status::Exited { code, reason } => format!("exited with {code}: {reason:?}"),
        server::Status::New => "never started".to_owned(),
        server::Status::Paused(_) => "paused".to_owned(),
        server::Status::Refused(why) => format!("refuses to start: {why:?}"),
        server::Status::Running(_) => "running".to_owned(),
    }
}

fn was_answered(run: &Run, first: EventId, probe: ClientId) -> Result<(), String> {
    let told = run.trace().iter_from(first).find_map(|event| match &event.kind {
        EventKind::Client(client, note) if *client == probe => match &**note {
            client::Note::Told { result, .. } => Some(result.clone()),
            client::Note::Unknown { .. } => Some(Err(crate::api::OpError::ConnectionLoss)),
            _ => None,
        },
        _ => None,
    });
    match told {
        Some(Ok(_)) => Ok(()),
        Some(Err(error)) => Err(format!("the probe was told {error}")),
        None => Err("the probe was not answered".to_owned()),
    }
}

impl fmt::Display for Found {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Found::Violated(property, violation) => {
                write!(out, "{property} is violated")?;
                for witness in &violation.witnesses {
                    write!(out, "; event {}: {}", witness.event, witness.fact)?;
                }
                Ok(())
            }
            Found::NotServing(complaint) => {
                write!(out, "not serving again after {HEALING_MAX}: {complaint}")
            }
            Found::Exceeded(excess) => write!(out, "drawn beyond what ZAB bears: {excess}"),
            Found::Unusable(error) => write!(out, "{error}"),
        }
    }
}
