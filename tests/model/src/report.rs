//! Running the checker, and what is printed of it.

use std::collections::HashSet;
use std::time::Instant;

use stateright::{Checker, HasDiscoveries, Model};
use zabscope::zab::{Rules, Switch};

use crate::model::{Ensemble, Scope, describe};
use crate::options::{Request, What};

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
        std::thread::sleep(std::time::Duration::from_millis(200));
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

/// Up to the first state that breaks a property with one rule switched off, breadth first, which
/// finds a shortest way there.
fn search(request: &Request, switch: Switch) -> bool {
    let begun = Instant::now();
    let model = Ensemble::new(request.scope, Rules::DEFAULT.with(switch));
    let checker = model
        .checker()
        .threads(request.threads)
        .timeout(request.limit)
        .finish_when(HasDiscoveries::AnyFailures)
        .spawn_bfs()
        .join();
    let discoveries = checker.discoveries();
    let mut broken: Vec<&str> = discoveries.keys().copied().collect();
    broken.sort_unstable();
    let shortest = discoveries.values().map(|path| path.clone().into_actions().len()).min();
    let verdict = match (broken.is_empty(), begun.elapsed() < request.limit) {
        (false, _) => broken.join(" "),
        (true, true) => "nothing, exhausted".to_owned(),
        (true, false) => "nothing within the limit".to_owned(),
    };
    println!(
        "{:<26} {:<44} depth={:<3} states={:<9} seconds={}",
        switch.name(),
        verdict,
        shortest.unwrap_or(checker.max_depth()),
        checker.unique_state_count(),
        begun.elapsed().as_secs()
    );
    if let (What::Rules(switches), Some(path)) = (&request.what, discoveries.into_values().next())
        && switches.len() == 1
    {
        tell(path);
    }
    !broken.is_empty()
}

fn tell(path: stateright::Path<<Ensemble as Model>::State, <Ensemble as Model>::Action>) {
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
