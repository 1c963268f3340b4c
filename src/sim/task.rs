//! What a server's own steps wait for: when the log step, the end of the flush and the commit step
//! are due. What is paused or held is due all the same, but does not stand in the queue.

use std::collections::VecDeque;

use super::queue::{Due, Key, Queue};
use super::{EventId, ServerStep};
use crate::types::{Instant, ServerId};

/// A step that is due, and the event that made it so.
#[derive(Clone, Copy, Hash, Debug)]
pub(super) struct Task {
    pub key: Key,
    pub cause: EventId,
}

/// The steps of one server.
#[derive(Clone, Hash, Debug, Default)]
pub(super) struct Tasks {
    pub log: Option<Task>,
    pub flush: Option<Task>,
    pub commit: Option<Key>,
    /// For each entry of the commit step's queue the event that put it there.
    pub commit_causes: VecDeque<EventId>,
    /// Whether the process is paused, and so none of it stands in the queue.
    parked: bool,
    /// The steps that are held, by place in [`ServerStep::ALL`].
    held: [bool; ServerStep::ALL.len()],
}

impl ServerStep {
    /// What stands in the queue for it.
    pub(super) fn due(self, server: ServerId) -> Due {
        match self {
            ServerStep::Commit => Due::RunCommit(server),
            ServerStep::Disk => Due::FinishFlush(server),
            ServerStep::Log => Due::RunLog(server),
        }
    }
}

impl Tasks {
    /// Whether someone holds this step.
    pub fn is_held(&self, step: ServerStep) -> bool {
        self.held[step as usize]
    }

    /// Whether this step, once due, is taken by itself.
    pub fn is_free(&self, step: ServerStep) -> bool {
        !self.parked && !self.is_held(step)
    }

    /// When this step is due, if it is.
    pub fn key(&self, step: ServerStep) -> Option<Key> {
        match step {
            ServerStep::Commit => self.commit,
            ServerStep::Disk => self.flush.map(|flush| flush.key),
            ServerStep::Log => self.log.map(|log| log.key),
        }
    }

    fn postpone(&mut self, step: ServerStep, key: Key) {
        match step {
            ServerStep::Commit => self.commit = Some(key),
            ServerStep::Disk => self.flush.iter_mut().for_each(|flush| flush.key = key),
            ServerStep::Log => self.log.iter_mut().for_each(|log| log.key = key),
        }
    }

    /// The process has ended: nothing is due any more. What is held stays so.
    pub fn end(&mut self, queue: &mut Queue) {
        for step in ServerStep::ALL {
            self.unqueue(step, queue);
        }
        *self = Tasks { held: self.held, parked: self.parked, ..Tasks::default() };
    }

    /// Takes a step's entry out of the queue, where it has one.
    pub fn unqueue(&self, step: ServerStep, queue: &mut Queue) {
        if let Some(key) = self.key(step).filter(|_| self.is_free(step)) {
            queue.remove(key);
        }
    }

    /// Pauses, holds and their ends: takes what is not free any more out of the queue, and puts
    /// back what is free again, in its order.
    pub fn regulate(
        &mut self,
        server: ServerId,
        pause: bool,
        held: [bool; ServerStep::ALL.len()],
        now: Instant,
        queue: &mut Queue,
    ) {
        if (self.parked, self.held) == (pause, held) {
            return;
        }
        let before = ServerStep::ALL.map(|step| self.is_free(step));
        ServerStep::ALL.into_iter().for_each(|step| self.unqueue(step, queue));
        (self.parked, self.held) = (pause, held);
        let mut places: Vec<(Key, ServerStep, bool)> = Vec::new();
        for (step, was_free) in ServerStep::ALL.into_iter().zip(before) {
            if let Some(key) = self.key(step).filter(|_| self.is_free(step)) {
                places.push((key, step, was_free));
            }
        }
        places.sort_unstable();
        for (key, step, was_free) in places {
            let key = if was_free { key } else { queue.key(key.at.max(now)) };
            self.postpone(step, key);
            queue.insert(key, step.due(server));
        }
    }

    /// What is held at present.
    pub fn held(&self) -> [bool; ServerStep::ALL.len()] {
        self.held
    }
}
