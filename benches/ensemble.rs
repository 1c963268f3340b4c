//! How fast a five-server ensemble runs in one thread, in wall time:
//! `cargo bench --bench ensemble`.
//!
//! *committing*: under full load, a thousand transactions at a time, with trace and properties off
//! and on; the work of `zabsim bench`. *simulated second*: one with trace and properties, by how
//! many writes come in it. Figures of one machine say little by themselves; criterion compares with
//! the run before. Against other crates, and in CPU time: `cargo xtask bench`.

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use criterion::{BatchSize, Criterion, Throughput};
    use zabscope::api::{CreateMode, Op};
    use zabscope::cli::bench::{Load, Watch};
    use zabscope::ensemble::ClientCommand;
    use zabscope::run::Run;
    use zabscope::scenario::Scenario;
    use zabscope::sim::{Command, Settings};
    use zabscope::types::{ClientId, Instant, Span};

    const WATCHES: [(&str, Watch); 4] = [
        ("nothing watched", Watch { trace: false, properties: false }),
        ("trace", Watch { trace: true, properties: false }),
        ("properties", Watch { trace: false, properties: true }),
        ("trace and properties", Watch { trace: true, properties: true }),
    ];

    pub fn all() {
        let mut criterion = Criterion::default().configure_from_args();
        committing(&mut criterion);
        simulated_second(&mut criterion);
        criterion.final_summary();
    }

    /// Transactions, then events.
    fn committing(criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group("committing");
        for (name, watch) in WATCHES {
            // What is measured goes on from a full window.
            let mut load = Load::new(watch, 1_024, 32);
            load.commit(2_000);
            let mut probe = load.clone();
            probe.commit(1_000);
            let events = probe.progress().events - load.progress().events;
            for (unit, count) in [("transactions", 1_000), ("events", events)] {
                group.throughput(Throughput::Elements(count));
                group.bench_function(format!("{unit}, {name}"), |bencher| {
                    let commit = |load: &mut Load| load.commit(1_000);
                    bencher.iter_batched_ref(|| load.clone(), commit, BatchSize::PerIteration);
                });
            }
        }
        group.finish();
    }

    fn simulated_second(criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group("simulated second");
        for writes in [0_u64, 10, 200] {
            let run = serving();
            group.bench_function(format!("{writes} writes"), |bencher| {
                let write = |run: &mut Run| write_for_a_second(run, writes);
                bencher.iter_batched_ref(|| run.clone(), write, BatchSize::PerIteration);
            });
        }
        group.finish();
    }

    fn serving() -> Run {
        let scenario = Scenario::new(Settings::default(), 1);
        let mut run = Run::new(&scenario).expect("the default settings are sound");
        run.run_until(Instant(1_000_000));
        submit(&mut run, Op::create("/bench", "v0", CreateMode::Persistent));
        run.run_until(Instant(2_000_000));
        run
    }

    fn write_for_a_second(run: &mut Run, writes: u64) {
        let end = run.now() + Span::millis(1_000);
        for write in 0..writes {
            submit(run, Op::set("/bench", &format!("v{write}")));
            let next = run.now() + Span::micros(1_000_000 / writes);
            run.run_until(next);
        }
        run.run_until(end);
        assert!(run.violation().is_none(), "a benchmark of a correct run");
    }

    fn submit(run: &mut Run, op: Op) {
        let what = ClientCommand::Submit(op);
        run.command(Command::Client { client: ClientId(1), what });
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::all();
}

/// There is no command line in a browser.
#[cfg(target_arch = "wasm32")]
fn main() {}
