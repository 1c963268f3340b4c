//! The ensemble without a simulation: whatever happens next, in any order, timers that fire at any
//! moment and crashes included, nothing breaks, and no two servers apply different transactions.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::sync::Arc;

use zabscope::api::{CreateMode, Op};
use zabscope::ensemble::{Choice, ClientCommand, Effect, Ensemble, EnsembleConfig, TimerName};
use zabscope::server::{Config, Note, Server, Timer};
use zabscope::sim::Settings;
use zabscope::store::SessionLimits;
use zabscope::types::{ClientId, ServerId, Span, WallTime, Zxid};
use zabscope::zab;

/// A small generator for a walk: SplitMix64.
struct Draws(u64);

impl Draws {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

fn ensemble(servers: u8) -> Ensemble {
    let settings = Settings::with_servers(servers);
    let server = Arc::new(Config {
        protocol: Arc::new(settings.protocol()),
        session_limits: SessionLimits::of_tick(settings.tick),
        store: settings.store(),
        autocreate: true,
    });
    Ensemble::new(&EnsembleConfig {
        servers: settings.server_ids().collect(),
        server,
        client_retry_delay_max: settings.client_retry_delay,
    })
}

/// Prefers messages and steps to timers by so much, or nothing would ever come about.
fn pick(choices: &[Choice], draws: &mut Draws) -> usize {
    let timer_odds = 40;
    for _ in 0..timer_odds {
        let index = draws.below(choices.len());
        if !matches!(choices[index], Choice::Fire(_)) {
            return index;
        }
    }
    draws.below(choices.len())
}

fn interfere(ensemble: &Ensemble, draws: &mut Draws) -> Option<Choice> {
    match draws.below(400) {
        0 => {
            let running = ensemble.servers().filter(|server| server.process().is_some());
            let running: Vec<ServerId> = running.map(Server::id).collect();
            (!running.is_empty()).then(|| Choice::Crash(running[draws.below(running.len())]))
        }
        1 => {
            let lines: Vec<_> = ensemble.connections().iter().map(|(line, _)| line).collect();
            (!lines.is_empty()).then(|| Choice::BreakConnection(lines[draws.below(lines.len())]))
        }
        2..=9 => {
            let op = Op::create("/n-", "x", CreateMode::EphemeralSequential);
            let client = ClientId(1 + draws.below(2) as u16);
            Some(Choice::Client { client, what: ClientCommand::Submit(op) })
        }
        _ => None,
    }
}

/// Walks at random; answers how many transactions were applied.
fn check_walk(servers: u8, seed: u64, steps: u32) -> u32 {
    let mut ensemble = ensemble(servers);
    let mut draws = Draws(seed);
    let mut effects = Vec::new();
    for server in [1, servers] {
        let session_timeout = Span::millis(1_000);
        let choice = Choice::AddClient { server: ServerId(server), session_timeout };
        ensemble.apply(&choice, WallTime(0), &mut effects);
    }
    let mut digests: BTreeMap<Zxid, u64> = BTreeMap::new();
    let mut applied = 0;
    for step in 0..steps {
        let choices = ensemble.enabled();
        let choice = interfere(&ensemble, &mut draws)
            .unwrap_or_else(|| choices[pick(&choices, &mut draws)].clone());
        let clock = WallTime(i64::from(step) / 20);
        effects.clear();
        ensemble.apply(&choice, clock, &mut effects);
        for effect in &effects {
            let Effect::Server(server, Note::Applied { zxid }) = effect else { continue };
            applied += 1;
            let process = ensemble.server(*server).and_then(|server| server.process());
            let Some(process) = process else { continue };
            let digest = process.database().tree.digest();
            let known = *digests.entry(*zxid).or_insert(digest);
            assert_eq!(digest, known, "seed {seed} step {step}: {server} at {zxid}");
        }
        if step % 500 == 0 {
            ensemble.validate();
        }
    }
    applied
}

#[test]
fn any_order_of_events_is_survived_by_three_servers() {
    let applied: u32 = (0..30).map(|seed| check_walk(3, seed, 20_000)).sum();
    assert!(applied > 100, "the walks must get somewhere: {applied}");
}

#[test]
fn any_order_of_events_is_survived_by_five_servers() {
    let applied: u32 = (100..110).map(|seed| check_walk(5, seed, 20_000)).sum();
    assert!(applied > 10, "the walks must get somewhere: {applied}");
}

#[test]
fn what_is_enabled_can_be_done() {
    let mut ensemble = ensemble(1);
    let mut effects = Vec::new();
    assert_eq!(ensemble.enabled(), [Choice::Start(ServerId(1))]);
    ensemble.apply(&Choice::Start(ServerId(1)), WallTime(0), &mut effects);
    let finalize = Timer::Peer(zab::Timer::FinalizeWait);
    let fire = Choice::Fire(TimerName::Server(ServerId(1), finalize));
    assert!(ensemble.enabled().contains(&fire), "{:?}", ensemble.enabled());
    ensemble.apply(&fire, WallTime(0), &mut effects);
    assert!(ensemble.enabled().contains(&Choice::FinishFlush(ServerId(1))));
    ensemble.apply(&Choice::Pause(ServerId(1)), WallTime(0), &mut effects);
    assert_eq!(ensemble.enabled(), [], "a paused server does nothing");
}
