//! A run in time: every moment of it can be gone to, and what is done in the past makes a branch.
//!
//! A [`Timeline`] is a tree of [`Branch`]es, one of them shown, and a cursor on it: the moment
//! *here*, a whole run with its checkers and its [`Chronicle`]. At the end of its branch the cursor
//! is live, and [`Timeline::step`] makes new events; before it, the same call goes through what
//! was. [`Timeline::act`] is the only way to interfere. Before the end it begins a branch: no
//! future is ever deleted by it.
//!
//! The truth of a branch is its recipe: the scenario that was opened, and the [`Act`]s, each with
//! the number of moves before it. A move is a step or a command; the same moves give the same run.
//! So the past is rebuilt by going through it again, and the checkpoints are a cache: copies of
//! moments, from which the way is shorter. A test drops them all and compares.
//!
//! # The sum
//!
//! Measured by `cargo bench --bench timeline`, natively, over ten simulated minutes of five servers
//! with ten writes a second.
//!
//! - Events: 1,000 a second, 600,000 in all, at 820 to 910 simulated seconds a CPU-second in the
//!   first minute, and at 0.86 to 0.90 of that pace in the last.
//! - Bytes of an event, checkpoints and what the viewer notes included: 245, of which a checkpoint
//!   (150 kB) is 25. With 2,048 events between two it was 307 and a seek took half the time.
//! - A checkpoint lasts for every [`LASTING_EVENTS`] events; among the newest [`DENSE`] times
//!   [`DENSE_EVENTS`] there is one for every [`DENSE_EVENTS`]. What it costs is what changed since
//!   the one before, as all that grows in a run is shared between copies.
//! - The longest seek goes through [`LASTING_EVENTS`] events: median 2.3 ms, 95 of 100 within
//!   4.1 ms.
//!
//! The newest [`EVENTS_KEPT`] events stay; older ones fold into the last checkpoint before
//! these, and no seek goes farther back.

mod branch;
mod tree;

use std::sync::Arc;

pub use branch::{Act, Branch, BranchId, Fork};

use super::Run;
use super::recording::Trace;
use crate::sim::{Command, EventId, TraceEvent, World};
use crate::types::Instant;

/// Events between two checkpoints that last.
pub const LASTING_EVENTS: u64 = 6_144;
/// Events between two of the newest checkpoints.
pub const DENSE_EVENTS: u64 = 256;
/// So many of the newest checkpoints stand so close.
pub const DENSE: usize = 16;
/// So many events stay, unless told otherwise; up to a lasting checkpoint's worth more.
pub const EVENTS_KEPT: u64 = 1_000_000;

/// What is told of a run as it goes on: copied with every moment of it, so that a copy should cost
/// little.
pub trait Chronicle: Clone + Default {
    /// Takes note of what one move has brought; `world` is as it is right after.
    fn absorb(&mut self, events: &[TraceEvent], world: &World);
}

/// Takes no note.
impl Chronicle for () {
    fn absorb(&mut self, _: &[TraceEvent], _: &World) {}
}

/// A run behind so many moves.
#[derive(Clone, Debug)]
pub struct Moment<C> {
    /// It keeps the events of its last move alone: the branch has the others.
    run: Run,
    chronicle: C,
    /// How many moves lie before it.
    moves: u64,
}

/// A run, its past, and its other futures.
#[derive(Clone, Debug)]
pub struct Timeline<C> {
    /// By their numbers; a deleted one leaves its place empty.
    branches: Vec<Option<Branch<C>>>,
    shown: BranchId,
    here: Moment<C>,
    /// Whether a violation stops the run.
    stops: bool,
    events_kept: u64,
}

impl<C: Chronicle> Timeline<C> {
    /// A run at its beginning.
    pub fn new(run: &Run) -> Timeline<C> {
        let here = Moment { run: run.without_past(), chronicle: C::default(), moves: 0 };
        let mut main = Branch::new();
        main.keep(&here);
        Timeline {
            branches: vec![Some(main)],
            shown: BranchId::FIRST,
            here,
            stops: true,
            events_kept: EVENTS_KEPT,
        }
    }

    /// The run at the cursor. Its own trace has the last move alone.
    pub fn run(&self) -> &Run {
        &self.here.run
    }

    /// What is told of the run up to the cursor.
    pub fn chronicle(&self) -> &C {
        &self.here.chronicle
    }

    /// The run at the end of the branch that is shown.
    pub fn end(&self) -> &Run {
        &self.tip().run
    }

    /// What is told of the whole branch that is shown.
    pub fn whole_chronicle(&self) -> &C {
        &self.tip().chronicle
    }

    /// All events of the branch that is shown, those past the cursor too.
    pub fn trace(&self) -> &Trace {
        &self.branch().trace
    }

    /// The first event past the cursor, whether it has happened or not.
    pub fn cursor(&self) -> EventId {
        self.here.run.world().next_event()
    }

    /// Whether the cursor is at the end of its branch, so that what happens next is new.
    pub fn is_live(&self) -> bool {
        self.branch().tip.is_none()
    }

    /// When something happens next, as it was or anew; `None` where nothing ever will.
    pub fn next_instant(&self) -> Option<Instant> {
        match self.next_act() {
            Some(act) => Some(act.at.max(self.here.run.now())),
            None => self.here.run.next_instant(),
        }
    }

    /// When the branch's next act is due, where it is the very next thing to happen or comes later.
    pub fn coming_act(&self) -> Option<&Act> {
        let moves = self.here.moves;
        let acts = &self.branch().acts;
        acts.get(acts.partition_point(|act| act.moves < moves))
    }

    /// Lets the next thing happen, as it was or anew. False where nothing is left to.
    pub fn step(&mut self) -> bool {
        if let Some(act) = self.next_act().cloned() {
            self.carry_out(&act);
            return true;
        }
        if !self.here.run.step() {
            return false;
        }
        self.moved();
        true
    }

    /// Does all of it at an instant between now and the next event. Before the end of the branch
    /// this begins another one.
    ///
    /// # Panics
    /// Where something would have happened before `at`.
    pub fn act(&mut self, at: Instant, commands: Vec<Command>) {
        if !self.is_live() {
            self.fork(at);
        }
        for (place, command) in commands.into_iter().enumerate() {
            let moves = self.here.moves;
            let act = Act { moves, at, command, is_first: place == 0 };
            self.branch_mut().acts.push(act.clone());
            self.carry_out(&act);
        }
    }

    /// Goes to an instant: all that is due up to then has happened, and nothing else. Where the
    /// branch ends before, to its end.
    pub fn seek_instant(&mut self, at: Instant) {
        self.take_place(|moment| moment.run.now() <= at);
        while !self.is_live() && self.next_instant().is_some_and(|next| next <= at) && self.step() {
        }
    }

    /// Goes to right after the move that brought this event; where it has not happened yet, to the
    /// end of the branch.
    pub fn seek_event(&mut self, event: EventId) {
        self.take_place(|moment| moment.run.world().next_event() <= event);
        while !self.is_live() && self.cursor() <= event && self.step() {}
    }

    /// Goes to the end of the branch that is shown.
    pub fn seek_end(&mut self) {
        if let Some(tip) = self.branch_mut().tip.take() {
            self.here = *tip;
        }
    }

    /// Goes back to before the last thing that was done; its instant, if there is one.
    pub fn undo(&mut self) -> Option<Instant> {
        let moves = self.here.moves;
        let done = |act: &&Act| act.moves < moves && act.is_first;
        let (target, at) = {
            let act = self.branch().acts.iter().rev().find(done)?;
            (act.moves, act.at)
        };
        self.seek_moves(target);
        Some(at)
    }

    /// Goes forward to behind the next thing that was done; its instant, if there is one.
    pub fn redo(&mut self) -> Option<Instant> {
        let first = self.coming_act()?.moves;
        let acts = &self.branch().acts;
        let place = acts.partition_point(|act| act.moves < first);
        let mut last = acts.get(place)?;
        for act in acts.iter().skip(place + 1) {
            if act.is_first {
                break;
            }
            last = act;
        }
        let (target, at) = (last.moves + 1, last.at);
        self.seek_moves(target);
        Some(at)
    }

    /// Whether a violation stops the run; it does, unless told otherwise.
    pub fn stop_at_violation(&mut self, stops: bool) {
        self.stops = stops;
        self.here.run.stop_at_violation(stops);
    }

    /// How many events stay at least; [`EVENTS_KEPT`], unless told otherwise.
    pub fn keep_events(&mut self, count: u64) {
        self.events_kept = count;
    }

    /// Forgets all checkpoints but the first of each branch: they are a cache.
    pub fn drop_checkpoints(&mut self) {
        self.branches.iter_mut().flatten().for_each(|branch| branch.checkpoints.truncate(1));
    }

    /// How many checkpoints the branch that is shown has.
    pub fn checkpoint_count(&self) -> usize {
        self.branch().checkpoints.len()
    }

    fn branch(&self) -> &Branch<C> {
        self.branches[self.shown.place()].as_ref().expect("the branch that is shown is there")
    }

    fn branch_mut(&mut self) -> &mut Branch<C> {
        self.branches[self.shown.place()].as_mut().expect("the branch that is shown is there")
    }

    fn tip(&self) -> &Moment<C> {
        self.branch().tip.as_deref().unwrap_or(&self.here)
    }

    /// The act that is the very next thing to happen.
    fn next_act(&self) -> Option<&Act> {
        self.coming_act().filter(|act| act.moves == self.here.moves)
    }

    fn carry_out(&mut self, act: &Act) {
        self.here.run.wait_until(act.at);
        self.here.run.command(act.command.clone());
        self.moved();
    }

    /// A move was made: it is taken note of, and at the end of the branch kept.
    fn moved(&mut self) {
        let Timeline { branches, shown, here, events_kept, .. } = self;
        here.moves += 1;
        here.chronicle.absorb(here.run.latest(), here.run.world());
        let branch = branches[shown.place()].as_mut().expect("the branch that is shown is there");
        match &branch.tip {
            None => {
                branch.trace.extend(here.run.latest());
                branch.keep(here);
                branch.fold(*events_kept);
            }
            Some(tip) if tip.moves == here.moves => {
                debug_assert_eq!(tip.run.trace_hash(), here.run.trace_hash());
                branch.tip = None;
            }
            Some(_) => {}
        }
    }

    /// Remembers the end of the branch, before the cursor leaves it.
    fn leave_end(&mut self) {
        if self.is_live() {
            let tip = Box::new(self.here.clone());
            self.branch_mut().tip = Some(tip);
        }
    }

    /// Goes to the last moment at hand that is `early` enough, and to the first one of all where
    /// none is.
    fn take_place(&mut self, early: impl Fn(&Moment<C>) -> bool) {
        let branch = self.branch();
        if branch.tip.as_deref().is_some_and(&early) {
            return self.seek_end();
        }
        let place = branch.checkpoints.partition_point(|moment| early(moment)).max(1) - 1;
        let moment = Arc::clone(&branch.checkpoints[place]);
        if early(&self.here) && (self.here.moves >= moment.moves || self.is_live()) {
            return;
        }
        self.leave_end();
        self.here = Moment::clone(&moment);
        self.here.run.stop_at_violation(self.stops);
        self.moved_to_end();
    }

    /// Where the moment that was taken is the end itself, the cursor is live.
    fn moved_to_end(&mut self) {
        let moves = self.here.moves;
        let branch = self.branch_mut();
        branch.tip = branch.tip.take().filter(|tip| tip.moves != moves);
    }

    fn seek_moves(&mut self, moves: u64) {
        self.take_place(|moment| moment.moves <= moves);
        while !self.is_live() && self.here.moves < moves && self.step() {}
    }

    /// Begins a branch here.
    fn fork(&mut self, at: Instant) {
        let fork = Fork { from: self.shown, at };
        let branch = self.branch().up_to(&self.here, fork);
        self.shown = BranchId(self.branches.len() as u32);
        self.branches.push(Some(branch));
    }
}
