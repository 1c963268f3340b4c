//! What a frame of the space–time diagram costs with a hundred thousand events in sight:
//! `cargo bench --bench spacetime`.
//!
//! *index*: taking in the whole trace. *layout*: placing what the window shows. *figures*: the
//! strokes, ready for a canvas. The window holds everything, one transaction, or a tenth.

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use criterion::Criterion;
    use zabscope::api::{CreateMode, Op};
    use zabscope::ensemble::ClientCommand;
    use zabscope::run::{BranchId, Run};
    use zabscope::scenario::Scenario;
    use zabscope::sim::{Command, Settings, TraceEvent};
    use zabscope::types::{ClientId, Instant, Span};
    use zabscope::view::spacetime::{Filter, Scene, SpacetimeView, Window, diagram, figures};
    use zabscope::viewer::Spacetime;

    const EVENTS: u64 = 100_000;

    pub fn all() {
        let mut criterion = Criterion::default().configure_from_args();
        let run = busy();
        let events: Vec<TraceEvent> = run.trace().iter().cloned().collect();
        let taken_in = |events: &[TraceEvent]| {
            let mut index = Spacetime::default();
            index.absorb(events, run.world());
            index
        };
        criterion.bench_function(&format!("index, {EVENTS} events"), |bencher| {
            bencher.iter(|| taken_in(&events));
        });
        let view = SpacetimeView {
            branch: BranchId::FIRST,
            index: taken_in(&events),
            next: run.world().next_event(),
            arrivals: Default::default(),
            lit: Default::default(),
        };
        let (end, filter) = (run.now(), Filter::default());
        let windows = [("all", end.0), ("a tenth", end.0 / 10), ("one transaction", 20_000)];
        for (name, span) in windows {
            let window = Window { from: Instant(end.0 - span), span: Span(span) };
            let scene = Scene {
                view: &view,
                window,
                folds: true,
                cursor: end,
                filter: &filter,
                hovered: None,
                width: 1_000,
                height: 240,
            };
            criterion.bench_function(&format!("layout, {name}"), |bencher| {
                bencher.iter(|| diagram(&scene));
            });
            let placed = diagram(&scene);
            let title = format!("figures, {name}, {} lines", placed.lines.len());
            criterion.bench_function(&title, |bencher| bencher.iter(|| figures(&placed)));
        }
        criterion.final_summary();
    }

    /// A run of a hundred thousand events: ten writes a second, and signs of life.
    fn busy() -> Run {
        let scenario = Scenario::new(Settings::default(), 1);
        let mut run = Run::new(&scenario).expect("the default settings are sound");
        run.check_properties(false);
        run.run_until(Instant(1_000_000));
        let submit = |run: &mut Run, op| {
            let what = ClientCommand::Submit(op);
            run.command(Command::Client { client: ClientId(1), what });
        };
        submit(&mut run, Op::create("/bench", "v0", CreateMode::Persistent));
        while run.trace().len() < EVENTS {
            submit(&mut run, Op::set("/bench", "v"));
            let next = run.now() + Span::millis(100);
            run.run_until(next);
        }
        run
    }
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    native::all();
}
