//! Running the checker, and what is printed of it.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use stateright::{Checker, HasDiscoveries, Model, Path};
use zabscope::zab::{Rules, Switch};

use crate::model::{Ensemble, Scope, describe};
use crate::options::{Request, What};

/// How a state is reached.
type Way = Path<<Ensemble as Model>::State, <Ensemble as Model>::Action>;

/// Does what was asked for, and answers whether all is as it should be.
pub fn perform(request: &Request) -> bool {
    let Scope { budget, epochs, lags } = request.scope;
    println!(
        "3 servers, transactions={} crashes={} cuts={} epochs<={epochs} commit-step={} threads={}",
        budget.txns,
        budget.crashes,
        budget.cuts,
        if lags { "apart" } else { "merged" },
        request.threads
    );
    match &request.what {
        What::Default => exhaust(request),
        What::Rules(switches) => {
            let found = switches.iter().filter(|&&switch| search(request, switch)).count();
            println!("rules={} found={found}", switches.len());
            found == switches.len()
        }
    }
}

/// The whole scope under the default rules, depth first, which keeps few states in memory.
fn exhaust(request: &Request) -> bool {
    let begun = Instant::now();
    let model = Ensemble::new(request.scope, Rules::DEFAULT);
    let checker = model
        .checker()
        .threads(request.threads)
        .timeout(request.limit)
        .finish_when(HasDiscoveries::AnyFailures)
        .spawn_dfs();
    let mut told = 0;
    while !checker.is_done() && checker.discoveries().is_empty() {
        std::thread::sleep(Duration::from_millis(200));
        if peak_memory_mebibytes() > request.memory_mebibytes {
            println!("stopped: more than {} MiB of memory", request.memory_mebibytes);
            return false;
        }
        if begun.elapsed().as_secs() / 30 > told {
            told = begun.elapsed().as_secs() / 30;
            eprintln!(
                "{:>5} s: states={} generated={} memory={} MiB",
                begun.elapsed().as_secs(),
                checker.unique_state_count(),
                checker.state_count(),
                peak_memory_mebibytes()
            );
        }
    }
    let checker = checker.join();
    let in_time = begun.elapsed() < request.limit;
    let discoveries = checker.discoveries();
    for (name, path) in &discoveries {
        println!("{name} is broken:");
        tell(path.clone());
    }
    let properties: HashSet<&str> =
        checker.model().properties().iter().map(|property| property.name).collect();
    println!(
        "{} states={} generated={} depth={} seconds={} memory={} MiB properties={} broken={}",
        if in_time { "exhausted" } else { "stopped by the limit" },
        checker.unique_state_count(),
        checker.state_count(),
        checker.max_depth(),
        begun.elapsed().as_secs(),
        peak_memory_mebibytes(),
        properties.len(),
        discoveries.len()
    );
    in_time && discoveries.is_empty()
}

/// How many states are generated breadth first before the search goes on depth first.
const BREADTH: usize = 400_000;

/// What a search for a broken property came to.
struct Found {
    /// The properties that the state breaks.
    properties: Vec<&'static str>,
    depth: usize,
    states: usize,
    /// Whether it ended by itself.
    is_complete: bool,
    path: Option<Way>,
}

/// Up to a state that breaks a property with one rule switched off: breadth first for a while,
/// which finds a shortest way there, then depth first, which goes far with little memory.
fn search(request: &Request, switch: Switch) -> bool {
    let begun = Instant::now();
    let checker = |limit| {
        Ensemble::new(request.scope, Rules::DEFAULT.with(switch))
            .checker()
            .threads(request.threads)
            .timeout(limit)
            .finish_when(HasDiscoveries::AnyFailures)
    };
    let broad = checker(request.limit).target_state_count(BREADTH).spawn_bfs().join();
    let mut found = Found::new(&broad, broad.state_count() < BREADTH);
    drop(broad);
    if found.path.is_none() && !found.is_complete {
        let deep = checker(request.limit).spawn_dfs();
        while !deep.is_done() && deep.discoveries().is_empty() {
            std::thread::sleep(Duration::from_millis(50));
            if peak_memory_mebibytes() > request.memory_mebibytes {
                println!("{:<26} stopped by the limit of memory", switch.name());
                std::process::exit(1);
            }
        }
        let deep = deep.join();
        found = Found::new(&deep, begun.elapsed() < request.limit);
    }
    let verdict = match (found.properties.is_empty(), found.is_complete) {
        (false, _) => found.properties.join(" "),
        (true, true) => "nothing, exhausted".to_owned(),
        (true, false) => "nothing within the limit".to_owned(),
    };
    println!(
        "{:<26} {verdict:<36} depth={:<3} states={:<9} seconds={}",
        switch.name(),
        found.depth,
        found.states,
        begun.elapsed().as_secs()
    );
    let is_only_one = matches!(&request.what, What::Rules(switches) if switches.len() == 1);
    let is_found = found.path.is_some();
    if let Some(path) = found.path.filter(|_| is_only_one) {
        tell(path);
    }
    is_found
}

impl Found {
    fn new(checker: &impl Checker<Ensemble>, is_complete: bool) -> Found {
        let ways = checker.discoveries().into_values();
        let path = ways.min_by_key(|path| path.clone().into_actions().len());
        let depth =
            path.as_ref().map_or(checker.max_depth(), |path| path.clone().into_actions().len());
        let properties = path.iter().flat_map(|path| {
            let state = path.last_state();
            let all = checker.model().properties().into_iter();
            let broken = all.filter(|one| !(one.condition)(checker.model(), state));
            broken.map(|property| property.name).collect::<Vec<_>>()
        });
        let properties = properties.collect();
        Found { properties, depth, states: checker.unique_state_count(), is_complete, path }
    }
}

fn tell(path: Way) {
    for (state, action) in path.into_vec() {
        println!("  {}", describe(&state));
        if let Some(action) = action {
            println!("    -> {action:?}");
        }
    }
}

/// The most memory that this process ever had, where the system tells.
fn peak_memory_mebibytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) / 1024
}
