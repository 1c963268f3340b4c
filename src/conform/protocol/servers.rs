//! What a recording shows of the servers themselves: started, ended, stopped, in which role,
//! calling and hanging up.

use super::record::{Channel, Driver, End, Event};
use super::replay::{Replayer, Step, Stuck};
use super::report::Freedom;
use super::said::Said;
use crate::ensemble::Choice;
use crate::server::DiskFault;
use crate::types::{ServerId, Zxid};
use crate::zab::{self, RoleName};

impl Replayer<'_> {
    /// A server that was started runs as soon as it is heard of.
    pub fn wake(&mut self, event: &Event) -> Step {
        let heard = match event {
            Event::State(server, _) => vec![*server],
            Event::Notification { from, .. } | Event::Quorum { from, .. } => vec![*from],
            Event::Connected { from, to, refused: false, .. } => {
                let ends = from.iter().chain([to]);
                let server = |end: &End| match end {
                    End::Server(server) => Some(*server),
                    End::Client(_) => None,
                };
                ends.filter_map(server).collect()
            }
            _ => Vec::new(),
        };
        for server in heard {
            if !self.starting.remove(&server) {
                continue;
            }
            self.apply(&Choice::Start(server));
            if self.role(server).is_none() {
                return Err(Stuck {
                    place: server.to_string(),
                    recorded: "starts".to_owned(),
                    ours: "refuses to start".to_owned(),
                });
            }
            self.reconsider();
        }
        Ok(())
    }

    pub fn drive(&mut self, action: Driver, server: ServerId) -> Step {
        let found = self.ensemble.server(server);
        let (runs, has_process) =
            found.map_or((false, false), |found| (found.is_running(), found.process().is_some()));
        let is_paused = has_process && !runs;
        let possible = match action {
            Driver::Start | Driver::Wipe => !has_process,
            Driver::Kill => has_process || self.starting.contains(&server),
            Driver::Pause => runs,
            Driver::Resume => is_paused,
        };
        if !possible {
            return Err(Stuck {
                place: server.to_string(),
                recorded: format!("{action:?}"),
                ours: "its process is not so".to_owned(),
            });
        }
        match action {
            Driver::Start => {
                self.votes.begin(server);
                self.starting.insert(server);
            }
            Driver::Kill => {
                self.starting.remove(&server);
                self.leaving.remove(&server);
                if has_process {
                    self.finish_disk(server);
                    self.apply(&Choice::Crash(server));
                }
            }
            Driver::Pause => self.apply(&Choice::Pause(server)),
            Driver::Resume => self.apply(&Choice::Resume(server)),
            Driver::Wipe => self.apply(&Choice::FaultDisk { server, fault: DiskFault::Wipe }),
        }
        Ok(())
    }

    /// What a server that is about to be killed had on disk, its next start shows.
    fn finish_disk(&mut self, server: ServerId) {
        let Some(last) = self.shown_at_next_start(server) else { return };
        let unfinished = |replayer: &Replayer<'_>| {
            let found = replayer.ensemble.server(server);
            found.is_some_and(|found| found.disk().durable().last_zxid() < last)
        };
        while unfinished(self) {
            let step = self
                .candidates(server)
                .into_iter()
                .find(|choice| matches!(choice, Choice::RunLog(_) | Choice::FinishFlush(_)));
            match step {
                Some(choice) => self.apply(&choice),
                None => return,
            }
        }
    }

    fn shown_at_next_start(&self, server: ServerId) -> Option<Zxid> {
        let behind = self.recording.records.iter().skip(self.now() as usize + 1);
        behind.into_iter().find_map(|record| match &record.event {
            Event::Notification { from, notice, .. }
                if *from == server && notice.leader == i64::from(server.0) =>
            {
                let (epoch, counter) = notice.zxid;
                let numbers = (u32::try_from(epoch).ok()?, u32::try_from(counter).ok()?);
                Some(Zxid::new(numbers.0, numbers.1))
            }
            Event::Quorum { from, said: Said::AckEpoch { zxid, .. }, .. } if *from == server => {
                Some(*zxid)
            }
            _ => None,
        })
    }

    /// The recording says which role a server takes.
    pub fn enter(&mut self, server: ServerId, role: RoleName) -> Step {
        if self.is_apart(server) {
            self.report.skip(Freedom::StateLog);
            return Ok(());
        }
        if role == RoleName::Looking {
            self.votes.begin(server);
            if self.role(server) != Some(RoleName::Looking) {
                self.leaving.insert(server);
                self.reconsider();
                self.leave(server);
            }
        } else {
            self.decide(server);
        }
        self.leaving.remove(&server);
        let ours = self.role(server);
        if ours != Some(role) {
            return Err(Stuck {
                place: server.to_string(),
                recorded: role.name().to_owned(),
                ours: ours.map_or("does not run", RoleName::name).to_owned(),
            });
        }
        self.report.messages += 1;
        Ok(())
    }

    /// The recording says that a server looks for a leader again.
    fn leave(&mut self, server: ServerId) {
        self.settle();
        let half_ticks = 4 * self.recording.header.sync_limit + 4;
        for _ in 0..half_ticks {
            let timer = match self.role(server) {
                Some(RoleName::Leading) => zab::Timer::HalfTick,
                Some(RoleName::Looking) | None => return,
                Some(_) => zab::Timer::LeaderRead,
            };
            let _ = self.fire(server, timer) || self.fire(server, zab::Timer::QuorumWait);
            self.reconsider();
            self.settle();
        }
    }

    /// Whether a server that is in a role now may give it up: its recorded log has said so.
    pub fn may_leave(&self, server: ServerId) -> bool {
        self.leaving.contains(&server)
    }

    pub fn connect(
        &mut self,
        index: u32,
        channel: Channel,
        from: Option<End>,
        to: End,
        refused: bool,
    ) -> Step {
        let (Channel::Quorum, Some(End::Server(learner)), End::Server(leader), false) =
            (channel, from, to, refused)
        else {
            self.report.skip(Freedom::ElectionTraffic);
            return Ok(());
        };
        if self.is_apart(learner) {
            self.report.skip(Freedom::ElectionTraffic);
            return Ok(());
        }
        self.decide(leader);
        self.decide(learner);
        let Some(&line) = self.lines.links.get(&index) else { return Ok(()) };
        if self.lines.lines[line].ours.is_none() {
            // It called before its leader led, and waits for the next try.
            self.fire(learner, zab::Timer::LeaderDial);
        }
        self.lines.lines[line].called = true;
        self.reconsider();
        self.settle();
        if self.lines.lines[line].ours.is_none() {
            let role = self.role(learner).map_or("does not run", RoleName::name);
            return Err(Stuck {
                place: format!("{learner} to {leader}"),
                recorded: "calls".to_owned(),
                ours: format!("calls nobody there: {role}"),
            });
        }
        self.report.messages += 1;
        Ok(())
    }

    pub fn close(&mut self, index: u32, channel: Channel, from: End, to: End) {
        match (channel, from) {
            (Channel::Quorum, End::Server(server)) => {
                if let Some(&line) = self.lines.links.get(&index) {
                    self.lines.lines[line].hang_ups.insert(server, true);
                    if self.quits_early(line, server) {
                        self.set_apart(line);
                    }
                }
                self.report.skip(Freedom::ElectionTraffic);
            }
            (Channel::Client, End::Client(client)) => {
                let host = self.names.clients.get(&client);
                let host = host.and_then(|&client| self.ensemble.client(client));
                let at = host
                    .and_then(|host| Some((host.client().server()?, host.client().connection()?)));
                if let Some((server, connection)) = at
                    && to == End::Server(server)
                {
                    self.apply(&Choice::BreakConnection(connection));
                }
                self.report.skip(Freedom::ClientTraffic);
            }
            _ => self.report.skip(Freedom::ElectionTraffic),
        }
    }
}
