//! Sharing: what making and opening a link costs, and writing a trace of a minute under load.
//!
//! `cargo bench --bench share`

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::hint::black_box;

    use criterion::{Criterion, Throughput};
    use zabscope::run::Run;
    use zabscope::scenario::{Chaos, Profile, Scenario};
    use zabscope::types::Instant;
    use zabscope::viewer::share::{Link, Opened, write_shiviz, write_trace};
    use zabscope::zab::Rules;

    /// A virtual minute of five servers with faults and clients.
    fn minute() -> Run {
        let chaos =
            Chaos { servers: 5, observers: 0, profile: Profile::ALL[1], rules: Rules::DEFAULT };
        let scenario: Scenario = chaos.scenario(1);
        let mut run = Run::new(&scenario).expect("it is drawn within the limits");
        run.run_until(Instant(60_000_000));
        run
    }

    fn links(criterion: &mut Criterion) {
        let run = minute();
        let link = Link::of(&run);
        let fragment = link.fragment();
        let mut group = criterion.benchmark_group("link");
        group.bench_function("make", |bencher| bencher.iter(|| black_box(&link).fragment()));
        group.bench_function("parse", |bencher| bencher.iter(|| Link::parse(black_box(&fragment))));
        group.throughput(Throughput::Elements(run.trace().len()));
        group.sample_size(10);
        group.bench_function("open", |bencher| bencher.iter(|| Opened::by_link(black_box(&link))));
        group.finish();
    }

    fn exports(criterion: &mut Criterion) {
        let run = minute();
        let mut group = criterion.benchmark_group("export");
        group.throughput(Throughput::Elements(run.trace().len()));
        group.sample_size(10);
        group.bench_function("trace", |bencher| {
            bencher.iter(|| {
                let mut bytes = Vec::new();
                write_trace(&run.scenario(), run.trace(), run.trace_hash(), &mut bytes)
                    .map(|()| bytes)
            });
        });
        group.bench_function("shiviz", |bencher| {
            bencher.iter(|| {
                let mut bytes = Vec::new();
                write_shiviz(run.trace(), &mut bytes).map(|()| bytes)
            });
        });
        group.finish();
    }

    pub fn all() {
        let mut criterion = Criterion::default().configure_from_args();
        links(&mut criterion);
        exports(&mut criterion);
        criterion.final_summary();
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    native::all();
}

#[cfg(target_arch = "wasm32")]
fn main() {}
