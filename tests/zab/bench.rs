//! A few peers on a bench: connections are queues, disks write when told, timers fire by hand.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use zabscope::types::{ConnectionId, ServerId, SessionId, Span, Txn, TxnBody, WallTime, Zxid};
use zabscope::zab::{
    Durable, Input, Message, MessageKind, Note, Out, Output, Peer, Phase, ProtocolConfig, Quorum,
    RoleName, Rules, Timer, Write, WriteId,
};

/// Teaching-sized parameters; the values matter to no test that does not name them.
pub fn config(servers: u8) -> ProtocolConfig {
    ProtocolConfig {
        quorum: Quorum::majority((1..=servers).map(ServerId)),
        tick: Span::millis(100),
        init_limit: 10,
        sync_limit: 5,
        finalize_wait: Span::millis(20),
        min_notification_interval: Span::millis(20),
        max_notification_interval: Span::millis(6_000),
        connection_timeout: Span::millis(500),
        leader_connect_delay: Span::millis(10),
        observer_election_delay: Span::millis(20),
        snap_count: 100_000,
        commit_log_count: 500,
        txn_log_sync: false,
        zxid_counter_start: 0,
        rules: Rules::DEFAULT,
    }
}

/// A transaction without meaning.
pub fn txn(epoch: u32, counter: u32) -> Arc<Txn> {
    let zxid = Zxid::new(epoch, counter);
    let body = TxnBody::Error { code: 0 };
    Arc::new(Txn { zxid, session: SessionId::NONE, cxid: 0, time: WallTime(0), body })
}

/// A disk that holds these transactions, with the epochs of the last one.
pub fn disk(zxids: &[(u32, u32)]) -> Durable {
    let mut durable = Durable::default();
    for &(epoch, counter) in zxids {
        durable.append(txn(epoch, counter));
    }
    durable.current_epoch = durable.last_zxid().epoch;
    durable.accepted_epoch = durable.current_epoch;
    durable
}

/// One server on the bench.
pub struct Stand {
    pub peer: Peer,
    pub durable: Durable,
    pub timers: BTreeSet<Timer>,
    pub notes: Vec<Note>,
    /// Writes that wait for the disk, with what the peer is told then.
    pub writing: VecDeque<(Writing, Input)>,
    /// While set, writes stay where they are.
    pub disk_held: bool,
    pub committed: Vec<Zxid>,
}

pub enum Writing {
    Whole(Write),
    Record(Arc<Txn>),
}

struct Wire {
    ends: [ServerId; 2],
    queues: [VecDeque<Packet>; 2],
    closed: [bool; 2],
}

enum Packet {
    Dial(zabscope::zab::Channel),
    Accept,
    Message(Message),
    Close,
}

/// The peers and what is under way between them.
pub struct Bench {
    pub stands: BTreeMap<ServerId, Stand>,
    wires: BTreeMap<ConnectionId, Wire>,
    next_connection: u32,
    config: Arc<ProtocolConfig>,
    /// Every message delivered: from, to, kind.
    pub delivered: Vec<(ServerId, ServerId, MessageKind)>,
    /// Pairs that hear nothing of each other.
    pub cut: BTreeSet<(ServerId, ServerId)>,
}

impl Bench {
    /// Servers 1, 2, … with these disks, started and run until nothing is under way.
    pub fn start(disks: Vec<Durable>) -> Bench {
        let mut bench = Bench::idle(disks);
        for server in bench.servers() {
            bench.step(server, Input::Start);
        }
        bench.settle();
        bench
    }

    /// The same, not started.
    pub fn idle(disks: Vec<Durable>) -> Bench {
        let config = config(disks.len() as u8);
        Bench::idle_with(disks, config)
    }

    /// The same with other parameters.
    pub fn idle_with(disks: Vec<Durable>, config: ProtocolConfig) -> Bench {
        let config = Arc::new(config);
        let stand = |(index, mut durable): (usize, Durable)| {
            let id = ServerId(index as u8 + 1);
            if durable.snapshots.is_empty() {
                // What the very first start writes.
                durable.snapshots.push_back(Zxid::ZERO);
            }
            (id, Stand::new(id, &config, durable))
        };
        Bench {
            stands: disks.into_iter().enumerate().map(stand).collect(),
            wires: BTreeMap::new(),
            next_connection: 0,
            config: Arc::clone(&config),
            delivered: Vec::new(),
            cut: BTreeSet::new(),
        }
    }

    pub fn servers(&self) -> Vec<ServerId> {
        self.stands.keys().copied().collect()
    }

    pub fn peer(&self, server: u8) -> &Peer {
        &self.stands[&ServerId(server)].peer
    }

    pub fn stand(&mut self, server: u8) -> &mut Stand {
        self.stands.get_mut(&ServerId(server)).expect("a server on this bench")
    }

    /// Elects: runs, and whenever nothing is under way lets the waits of the election run out.
    pub fn elect(&mut self) {
        for _ in 0..20 {
            self.settle();
            if !self.fire_all(|timer| matches!(timer, Timer::FinalizeWait | Timer::LeaderDial)) {
                break;
            }
        }
    }

    /// Fires the waiting timers that the test accepts; false if there is none.
    pub fn fire_all(&mut self, accepts: impl Fn(Timer) -> bool) -> bool {
        let mut fired = false;
        for server in self.servers() {
            let timers = self.stands[&server].timers.clone();
            for timer in timers.into_iter().filter(|&timer| accepts(timer)) {
                self.fire(server.0, timer);
                fired = true;
            }
        }
        fired
    }

    pub fn fire(&mut self, server: u8, timer: Timer) {
        assert!(self.stand(server).timers.remove(&timer), "S{server} does not wait for {timer:?}");
        self.step(ServerId(server), Input::Fired(timer));
    }

    /// Delivers and writes until nothing is under way.
    pub fn settle(&mut self) {
        assert!(self.settle_within(100_000), "the bench does not come to rest");
    }

    /// The same, but gives up after so many steps; false if something is still under way.
    pub fn settle_within(&mut self, steps: u32) -> bool {
        (0..steps).any(|_| !self.write_one() && !self.deliver_one())
    }

    /// The process dies: what its disk has not written is gone.
    pub fn crash(&mut self, server: u8) {
        let id = ServerId(server);
        let durable = self.stands[&id].durable.clone();
        self.stands.insert(id, Stand::new(id, &self.config, durable));
        let its: Vec<ConnectionId> = self
            .wires
            .iter()
            .filter(|(_, wire)| wire.ends.contains(&id))
            .map(|(&c, _)| c)
            .collect();
        for connection in its {
            let wire = self.wires.remove(&connection).expect("just listed");
            let side = usize::from(wire.ends[1] == id);
            if !wire.closed[1 - side] {
                self.step(wire.ends[1 - side], Input::Closed(connection));
            }
        }
    }

    /// A server that does not run has an empty disk, not even formatted.
    pub fn lose_data(&mut self, server: u8) {
        let id = ServerId(server);
        self.stands.insert(id, Stand::new(id, &self.config, Durable::default()));
    }

    /// A crashed server comes back.
    pub fn restart(&mut self, server: u8) {
        self.step(ServerId(server), Input::Start);
    }

    pub fn propose(&mut self, server: u8) -> Zxid {
        let last = self.peer(server).last_proposed().expect("an established leader");
        let zxid = last.next().expect("room for one more");
        let txn = txn(zxid.epoch.0, zxid.counter);
        self.step(ServerId(server), Input::Propose(txn));
        zxid
    }

    pub fn step(&mut self, server: ServerId, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let mut out = Out::new(self.next_connection);
            let stand = self.stands.get_mut(&server).expect("a server on this bench");
            stand.peer.step(input, &mut out);
            self.next_connection = out.next_connection();
            for output in out.outputs {
                self.carry_out(server, output, &mut inputs);
            }
        }
    }

    fn carry_out(&mut self, server: ServerId, output: Output, inputs: &mut VecDeque<Input>) {
        let stand = self.stands.get_mut(&server).expect("a server on this bench");
        match output {
            Output::Dial { connection, to, channel } => {
                let queues = [VecDeque::from([Packet::Dial(channel)]), VecDeque::new()];
                let wire = Wire { ends: [server, to], queues, closed: [false, false] };
                self.wires.insert(connection, wire);
            }
            Output::Close(connection) => self.put(connection, server, Packet::Close),
            Output::Send { connection, message } => {
                self.put(connection, server, Packet::Message(message));
            }
            Output::SetTimer { timer, .. } => _ = stand.timers.insert(timer),
            Output::CancelTimer(timer) => _ = stand.timers.remove(&timer),
            Output::Persist { id, write } => stand.persist(id, write),
            Output::Log(txn) => {
                let zxid = txn.zxid;
                stand.writing.push_back((Writing::Record(txn), Input::Logged(zxid)));
            }
            Output::Commit(txn) => {
                stand.committed.push(txn.zxid);
                inputs.push_back(Input::Applied(txn.zxid));
            }
            Output::Apply(txn) => stand.committed.push(txn.zxid),
            Output::Exit { code, reason } => panic!("{server} ends with {code}: {reason:?}"),
            Output::Note(note) => stand.notes.push(note),
            Output::Clear
            | Output::LoadSnapshot
            | Output::Reload
            | Output::StartServing { .. }
            | Output::StopServing => {}
        }
    }

    fn put(&mut self, connection: ConnectionId, from: ServerId, packet: Packet) {
        let Some(wire) = self.wires.get_mut(&connection) else { return };
        let side = usize::from(wire.ends[1] == from);
        if wire.closed[side] {
            return;
        }
        wire.closed[side] = matches!(packet, Packet::Close);
        wire.queues[side].push_back(packet);
    }

    fn deliver_one(&mut self) -> bool {
        let next = self.wires.iter().find_map(|(&connection, wire)| {
            let side = (0..2).find(|&side| {
                let pair = (wire.ends[side], wire.ends[1 - side]);
                !wire.queues[side].is_empty() && !self.cut.contains(&pair)
            })?;
            Some((connection, side))
        });
        let Some((connection, side)) = next else { return false };
        let wire = self.wires.get_mut(&connection).expect("just found");
        let packet = wire.queues[side].pop_front().expect("just seen");
        let (from, to) = (wire.ends[side], wire.ends[1 - side]);
        if wire.closed[1 - side] {
            return true;
        }
        match packet {
            Packet::Dial(channel) => {
                self.step(to, Input::Dialled { connection, from, channel });
                let wire = self.wires.get_mut(&connection).expect("a wire outlives its dial");
                if !wire.closed[1 - side] {
                    wire.queues[1 - side].push_front(Packet::Accept);
                }
            }
            Packet::Accept => self.step(to, Input::Connected(connection)),
            Packet::Message(message) => {
                self.delivered.push((from, to, message.kind()));
                self.step(to, Input::Received { connection, message });
            }
            Packet::Close => self.step(to, Input::Closed(connection)),
        }
        true
    }

    fn write_one(&mut self) -> bool {
        let ready = |stand: &Stand| !stand.disk_held && !stand.writing.is_empty();
        let next = self.stands.iter().find(|(_, stand)| ready(stand)).map(|(&server, _)| server);
        let Some(server) = next else { return false };
        self.write(server.0);
        true
    }

    /// The disk finishes its oldest write.
    pub fn write(&mut self, server: u8) {
        let stand = self.stand(server);
        let (writing, confirmation) = stand.writing.pop_front().expect("a write under way");
        match writing {
            Writing::Whole(write) => stand.durable.apply(&write),
            Writing::Record(txn) => stand.durable.append(txn),
        }
        self.step(ServerId(server), confirmation);
    }
}

impl Stand {
    fn new(id: ServerId, config: &Arc<ProtocolConfig>, durable: Durable) -> Stand {
        Stand {
            peer: Peer::new(id, Arc::clone(config), &durable),
            durable,
            timers: BTreeSet::new(),
            notes: Vec::new(),
            writing: VecDeque::new(),
            disk_held: false,
            committed: Vec::new(),
        }
    }

    fn persist(&mut self, id: WriteId, write: Write) {
        self.writing.push_back((Writing::Whole(write), Input::Persisted(id)));
    }

    /// The zxids in its log on disk.
    pub fn log(&self) -> Vec<Zxid> {
        self.durable.log.iter().map(|txn| txn.zxid).collect()
    }
}

/// Where a peer stands.
pub fn place(peer: &Peer) -> (RoleName, Phase, Option<u8>) {
    (peer.role_name(), peer.phase(), peer.leader().map(|leader| leader.0))
}
