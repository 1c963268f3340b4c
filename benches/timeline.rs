//! What time travel costs over ten simulated minutes of five servers with ten writes a second:
//! `cargo bench --bench timeline`, or with a number of minutes behind `--`.
//!
//! It prints, natively: simulated seconds a CPU-second with history and properties on, the last lap
//! of a minute beside the first; resident bytes of history an event, checkpoints included (Linux);
//! the time of a seek to drawn instants, of a step back and of a branch. Not a criterion bench:
//! what is measured is one long run and the places in it.

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::time::Duration;

    use cpu_time::ProcessTime as Clock;
    use zabscope::api::{CreateMode, Op};
    use zabscope::ensemble::ClientCommand;
    use zabscope::scenario::Scenario;
    use zabscope::sim::{Command, Purpose, Rng, Settings};
    use zabscope::types::{ClientId, Instant, Span};
    use zabscope::viewer::{Action, Stop, Viewer};

    const WRITES_A_SECOND: u64 = 10;
    const SEEKS: u64 = 400;

    pub fn all() {
        let minutes = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(10);
        let scenario = Scenario::new(Settings::default(), 1);
        let mut viewer = Viewer::open(&scenario).expect("the default settings are sound");
        viewer.run_until_healthy();
        let (before, events_before) = (resident(), viewer.trace().len());
        let laps: Vec<Duration> = (0..minutes).map(|_| simulate_a_minute(&mut viewer)).collect();
        let bytes = resident().saturating_sub(before);
        let events = viewer.trace().len() - events_before;

        let pace = |lap: &Duration| 60.0 / lap.as_secs_f64();
        let (first, last) = (pace(&laps[0]), pace(&laps[laps.len() - 1]));
        println!("events: {events} in {minutes} simulated minutes");
        println!("pace: {first:.0} simulated s/s in the first minute, {last:.0} in the last");
        println!("history: {} B an event, {} MB in all", bytes / events, bytes / 1_000_000);
        println!("checkpoints: {}", viewer.timeline().checkpoint_count());
        seeks(&mut viewer);
        steps_back(&mut viewer);
        branch(&mut viewer);
    }

    /// The bytes of memory that the process has; 0 where the system does not tell.
    fn resident() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.unwrap_or(0) * 1_024
    }

    fn simulate_a_minute(viewer: &mut Viewer) -> Duration {
        let begin = Clock::now();
        for second in 0..60 {
            for write in 0..WRITES_A_SECOND {
                let op = match (second, write) {
                    (0, _) => Op::create("/bench-", "v", CreateMode::PersistentSequential),
                    _ => Op::set("/", &format!("v{second}.{write}")),
                };
                let what = ClientCommand::Submit(op);
                viewer.carry_out(vec![Command::Client { client: ClientId(1), what }]);
                viewer.play_for(Span::micros(1_000_000 / WRITES_A_SECOND));
            }
        }
        begin.elapsed()
    }

    /// To instants drawn from all of the past.
    fn seeks(viewer: &mut Viewer) {
        let mut draws = Rng::new(7, Purpose::Chaos);
        let end = viewer.timeline().end().now();
        let instants: Vec<Instant> = (0..SEEKS).map(|_| Instant(draws.below(end.0))).collect();
        let timed = |at: Instant| {
            let begin = Clock::now();
            viewer.apply(&Action::SeekInstant(at));
            begin.elapsed()
        };
        report("seek anywhere", instants.into_iter().map(timed).collect());
    }

    /// One event back at a time, from the middle.
    fn steps_back(viewer: &mut Viewer) {
        let middle = Instant(viewer.timeline().end().now().0 / 2);
        viewer.apply(&Action::SeekInstant(middle));
        let timed = |_| {
            let begin = Clock::now();
            viewer.apply(&Action::StepBack(Stop::Event));
            begin.elapsed()
        };
        report("step back", (0..SEEKS).map(timed).collect());
    }

    /// What is done in the middle of the past.
    fn branch(viewer: &mut Viewer) {
        let begin = Clock::now();
        viewer.apply(&Action::SendWrite);
        println!("branch: {:.2} ms", begin.elapsed().as_secs_f64() * 1_000.0);
    }

    fn report(what: &str, mut times: Vec<Duration>) {
        times.sort();
        let millis = |place: usize| times[place].as_secs_f64() * 1_000.0;
        let (median, late) = (times.len() / 2, times.len() * 95 / 100);
        println!(
            "{what}: median {:.2} ms, p95 {:.2} ms, longest {:.2} ms",
            millis(median),
            millis(late),
            millis(times.len() - 1),
        );
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::all();
}

#[cfg(target_arch = "wasm32")]
fn main() {}
