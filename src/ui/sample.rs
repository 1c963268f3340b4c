//! Hand-built pictures of the page, to look at while there is no run to show. Replaced by the
//! viewer; `?sample=broadcast|election|partition|first|nine|crowd` chooses one.

use std::rc::Rc;

use crate::text::{Key, Phrase};
use crate::types::{ClientId, Epoch, Instant, ServerId, SessionId, Span, Zxid};
use crate::view::*;
use crate::zab::{MessageKind, Phase, RoleName};

use super::{Intent, Model};

pub struct Sample {
    kind: String,
    now: Instant,
    playing: bool,
    speed: Speed,
    selection: Option<Selection>,
}

impl Sample {
    pub fn new() -> Sample {
        let search = web_sys::window().and_then(|w| w.location().search().ok()).unwrap_or_default();
        let get = |name: &str| {
            search
                .trim_start_matches('?')
                .split('&')
                .find_map(|pair| pair.strip_prefix(&format!("{name}=")).map(str::to_owned))
        };
        let selection =
            get("sel").and_then(|n| n.parse().ok()).map(|n| Selection::Server(ServerId(n)));
        let selection = selection.or_else(|| {
            get("msg").and_then(|n| n.parse().ok()).map(|n| Selection::Message(FlightId(n)))
        });
        Sample {
            kind: get("sample").unwrap_or("broadcast".into()),
            now: Instant(12_497_000),
            playing: get("play").is_some(),
            speed: Speed::default(),
            selection,
        }
    }

    fn leader(&self) -> u8 {
        match self.kind.as_str() {
            "nine" | "crowd" => 9,
            "first" => 5,
            _ => 3,
        }
    }

    fn count(&self) -> u8 {
        if matches!(self.kind.as_str(), "nine" | "crowd") { 9 } else { 5 }
    }

    fn stage(&self) -> StageView {
        let n = self.count();
        let election = self.kind == "election";
        let partition = self.kind == "partition";
        let lead = self.leader();
        let mut servers = Vec::new();
        for id in 1..=n {
            let away = partition && (id == 1 || id == 4 || id == 5);
            let my_lead = if away { 5 } else { lead };
            let epoch = match self.kind.as_str() {
                "election" => 2,
                "nine" | "crowd" | "first" => 1,
                _ if away => 4,
                _ => 3,
            };
            let leads = !election && id == my_lead;
            let log: Vec<StripCell> = (2..=9)
                .map(|c| StripCell {
                    zxid: Zxid::new(if c == 2 && epoch > 1 { epoch - 1 } else { epoch }, c),
                    state: if self.kind == "first" || c < 8 || id == lead && c == 8 {
                        CellState::Committed
                    } else if id == 5 && c == 9 {
                        CellState::InMemory
                    } else {
                        CellState::OnDisk { acked: true }
                    },
                })
                .collect();
            let log = if self.kind == "first" { log[..2].to_vec() } else { log };
            let running = Running {
                paused: self.kind == "broadcast" && id == 5 && false,
                role: if election {
                    RoleName::Looking
                } else if leads {
                    RoleName::Leading
                } else {
                    RoleName::Following
                },
                phase: if election { Phase::Election } else { Phase::Broadcast },
                leader: (!election).then_some(ServerId(my_lead)),
                vote: election.then_some(ServerId(3)),
                tally: if election {
                    Some(Tally {
                        of: TallyOf::Votes,
                        filled: 1 + u32::from(id) % 3,
                        total: n.into(),
                        quorum: u32::from(n) / 2 + 1,
                    })
                } else if leads && self.kind != "first" {
                    Some(Tally {
                        of: TallyOf::ProposalAcks(Zxid::new(epoch, 9)),
                        filled: 2,
                        total: n.into(),
                        quorum: u32::from(n) / 2 + 1,
                    })
                } else {
                    None
                },
                countdown: (!leads && !election)
                    .then_some(Countdown { from: Instant(12_440_000), until: Instant(13_040_000) }),
            };
            let crashed = election && id == 4 || self.kind == "nine" && id == 4;
            servers.push(ServerView {
                id: ServerId(id),
                accepted_epoch: Epoch(epoch),
                current_epoch: Epoch(epoch),
                last_zxid: log.last().unwrap().zxid,
                applied: Zxid::new(epoch, 7),
                log,
                process: if crashed { Process::Crashed } else { Process::Up(running) },
            });
        }
        if self.kind == "paused" {
            if let Process::Up(r) = &mut servers[4].process {
                r.paused = true;
            }
        }
        let mut links = Vec::new();
        for a in 1..=n {
            for b in a + 1..=n {
                let mut link = LinkView {
                    a: ServerId(a),
                    b: ServerId(b),
                    leads: None,
                    forth: Way::Open,
                    back: Way::Open,
                };
                let other = |x: u8| x == 1 || x == 4 || x == 5;
                if partition && other(a) != other(b) {
                    link.forth = Way::Cut;
                    link.back = Way::Cut;
                } else if !election {
                    let l = if partition && other(a) { 5 } else { lead };
                    if a == l || b == l {
                        link.leads = Some(servers[usize::from(l) - 1].current_epoch);
                    }
                }
                if self.kind == "broadcast" && (a, b) == (3, 5) {
                    link.forth = Way::Slow(Span::millis(25));
                }
                if self.kind == "paused" && (a, b) == (1, 3) {
                    link.forth = Way::Cut;
                }
                links.push(link);
            }
        }
        let client = |id, server, on| ClientView {
            id: ClientId(id),
            server: ServerId(server),
            connected: on,
            session: Some(SessionId(0x3000a0 + i64::from(id))),
        };
        StageView {
            servers,
            links,
            clients: vec![client(1, 2, true), client(2, 4, !election), client(3, 5, true)],
            quorum: u32::from(n) / 2 + 1,
            sides: if partition {
                vec![
                    Side {
                        members: vec![ServerId(1), ServerId(4), ServerId(5)],
                        epoch: Some(Epoch(4)),
                        quorum: true,
                    },
                    Side {
                        members: vec![ServerId(2), ServerId(3)],
                        epoch: Some(Epoch(3)),
                        quorum: false,
                    },
                ]
            } else {
                vec![]
            },
        }
    }

    fn flights(&self) -> Vec<Flight> {
        let base = 12_480_000;
        let f = |id: u64, glyph, label, epoch, from: u8, to: u8, sent: u64, hop: u64| Flight {
            id: FlightId(id),
            glyph,
            label,
            epoch: Epoch(epoch),
            from: Spot::Server(ServerId(from)),
            to: Spot::Server(ServerId(to)),
            sent: Instant(base + sent),
            arrives: Some(Instant(base + sent + hop)),
        };
        use MessageKind::*;
        let p = Glyph::Peer;
        match self.kind.as_str() {
            "election" => (0..14)
                .map(|i: u64| {
                    let from = [1, 2, 3, 5][(i % 4) as usize];
                    let to = [2, 3, 5, 1][((i / 2) % 4) as usize];
                    f(i, p(Notification), Some(3 + (i as u32) % 3), 0, from, to, i * 2_000, 30_000)
                })
                .filter(|x| x.from != x.to)
                .collect(),
            "crowd" => (0..500)
                .map(|i: u64| {
                    let from = (i % 9 + 1) as u8;
                    let to = ((i * 7 + 3) % 9 + 1) as u8;
                    let kind = [Proposal, Ack, Commit, Notification][(i % 4) as usize];
                    f(i, p(kind), Some((i % 10) as u32), 1, from, to, i * 60, 40_000)
                })
                .filter(|x| x.from != x.to)
                .collect(),
            "first" => vec![f(1, p(Ping), None, 1, 5, 2, 5_000, 30_000)],
            "partition" => vec![
                f(1, p(Ack), None, 4, 1, 5, 5_000, 24_000),
                f(2, p(Commit), Some(1), 4, 5, 1, 5_000, 24_000),
                f(3, p(Ack), None, 4, 4, 5, 8_000, 24_000),
            ],
            _ => vec![
                f(1, p(Ack), None, 3, 4, 3, 3_000, 24_000),
                f(2, p(Ack), None, 3, 4, 3, 6_000, 24_000),
                f(3, p(Ack), None, 3, 2, 3, 10_000, 24_000),
                f(4, p(Proposal), Some(8), 3, 3, 5, 0, 22_000),
                f(5, p(Proposal), Some(9), 3, 3, 5, 3_000, 24_000),
                f(6, p(Commit), Some(8), 3, 3, 5, 12_000, 24_000),
                f(7, p(Commit), Some(8), 3, 3, 4, 10_000, 24_000),
                f(8, p(Commit), Some(8), 3, 3, 2, 8_000, 24_000),
                f(9, p(Commit), Some(8), 3, 3, 1, 2_000, 24_000),
                Flight {
                    from: Spot::Client(ClientId(1)),
                    to: Spot::Server(ServerId(2)),
                    ..f(10, Glyph::Request(OpSign::Create), None, 0, 1, 1, 10_000, 15_000)
                },
                f(11, p(Ping), None, 3, 3, 1, 9_000, 24_000),
            ],
        }
    }

    fn logs(&self, stage: &StageView) -> LogGrid {
        let e = stage.servers[1].current_epoch.0;
        let mut columns = Vec::new();
        if e > 1 {
            for c in 3..=7 {
                columns
                    .push(Column { zxid: Zxid::new(e - 1, c), disks: if c == 7 { 0 } else { 5 } });
            }
        }
        for c in 1..=9 {
            columns.push(Column { zxid: Zxid::new(e, c), disks: if c > 7 { 2 } else { 5 } });
        }
        let row = |s: &ServerView| GridRow {
            server: s.id,
            shape: s.shape(),
            epoch: s.epoch(),
            applied: s.applied,
            cells: columns
                .iter()
                .map(|c| match (c.zxid.epoch.0 == e, c.zxid.counter) {
                    (false, 7) if s.id.0 == 4 => CellState::Truncated,
                    (false, 7) => CellState::Absent,
                    (true, 8..) if s.id.0 == 5 => CellState::Absent,
                    (true, 9) if s.id.0 == 1 => CellState::InMemory,
                    (true, 8) if s.id.0 == 3 => CellState::Committed,
                    (true, 8..) => CellState::OnDisk { acked: true },
                    _ => CellState::Committed,
                })
                .collect(),
        };
        let rows = stage.servers.iter().map(row).collect();
        LogGrid { columns, rows, quorum: stage.quorum }
    }

    fn requests(&self) -> Vec<RequestRow> {
        if self.kind == "first" {
            return vec![];
        }
        let row =
            |n, client, server, op, local, call: &str, flags, zxid, outcome, acks| RequestRow {
                id: RequestId { client: ClientId(client), number: n },
                server: ServerId(server),
                op,
                local,
                call: call.into(),
                flags,
                zxid: Some(zxid),
                journey: (!local).then_some(Journey {
                    received: true,
                    proposed: true,
                    acks,
                    voters: self.count().into(),
                    quorum: u32::from(self.count()) / 2 + 1,
                    committed: acks > 2,
                    replied: acks > 3,
                    epoch: zxid.epoch,
                }),
                outcome,
                parts: vec![],
            };
        let ok = || Outcome::Ok(None);
        let part = |call: &str| RequestPart { call: call.into(), outcome: Outcome::Committed };
        let (z, s) = (Zxid::new, OpSign::Set);
        let c = OpSign::Create;
        vec![
            row(
                9,
                1,
                2,
                c,
                false,
                "create /lock/n-…04",
                "-e -s",
                z(3, 9),
                Outcome::Acks { filled: 2, total: 5 },
                2,
            ),
            row(
                8,
                3,
                5,
                OpSign::Read,
                true,
                "get /config",
                "",
                z(3, 7),
                Outcome::Ok(Some("v4".into())),
                0,
            ),
            RequestRow {
                parts: vec![
                    part("check /config 4"),
                    part("set /config"),
                    part("create /audit/e-0000000003"),
                ],
                ..row(
                    7,
                    2,
                    4,
                    OpSign::Multi,
                    false,
                    "multi",
                    "",
                    z(3, 8),
                    Outcome::Acks { filled: 3, total: 5 },
                    3,
                )
            },
            row(6, 1, 2, OpSign::Delete, false, "delete /lock/n-…02", "", z(3, 7), ok(), 5),
            row(
                5,
                3,
                5,
                c,
                false,
                "create /workers/w1",
                "",
                z(3, 6),
                Outcome::Error("NODEEXISTS"),
                5,
            ),
            row(4, 3, 5, c, false, "create /audit", "", z(3, 5), ok(), 5),
            row(3, 2, 4, c, false, "create /lock/n-…03", "", z(3, 4), ok(), 5),
            row(
                2,
                3,
                5,
                s,
                false,
                "set /config",
                "",
                z(3, 3),
                Outcome::NoQuorum { filled: 2, total: 5 },
                2,
            ),
            row(1, 2, 4, s, false, "set /config", "", z(2, 7), Outcome::Unknown, 1),
        ]
    }

    fn inspector(&self, stage: &StageView, flights: &[Flight]) -> Option<InspectorView> {
        match self.selection? {
            Selection::Server(id) => {
                let s = stage.server(id)?;
                let strong = |v| Cell { value: v, strong: true };
                let rows = stage.servers.iter().map(|o| {
                    vec![
                        Value::name(o.id).into(),
                        Value::name("S3").into(),
                        Value::Epoch(o.current_epoch).into(),
                        Value::Zxid(o.last_zxid).into(),
                        strong(Value::name(1)),
                    ]
                });
                Some(InspectorView {
                    selection: Selection::Server(id),
                    headline: Headline {
                        icon: Icon::Server(s.shape()),
                        epoch: s.epoch(),
                        name: id.to_string().into(),
                        role: Some(s.status().into()),
                        line: Phrase::new(Key::InspectPhaseEpoch)
                            .with("phase", Key::StationElection)
                            .with("epoch", s.epoch()),
                    },
                    acts: vec![
                        ItemAct::Power { server: id, on: s.running().is_some() },
                        ItemAct::Pause { server: id, paused: false },
                        ItemAct::Isolate { server: id },
                    ],
                    sections: vec![
                        Section::Pairs(vec![
                            Row::named("acceptedEpoch", Value::Epoch(s.accepted_epoch)),
                            Row::named("currentEpoch", Value::Epoch(s.current_epoch)),
                            Row::keyed(Key::LogsDisk, Value::Zxid(s.last_zxid)),
                        ]),
                        Section::Table(Table {
                            title: Key::InspectVotes.into(),
                            head: vec![
                                Label::Key(Key::InspectFrom),
                                Label::Key(Key::InspectVote),
                                Label::Key(Key::InspectEpoch),
                                Label::Name("zxid"),
                                Label::Key(Key::InspectAgrees),
                            ],
                            rows: rows.collect(),
                        }),
                        Section::Remark(Key::CaptionElectionAbout.into()),
                    ],
                })
            }
            Selection::Message(id) => {
                let f = flights.iter().find(|f| f.id == id)?;
                Some(InspectorView {
                    selection: Selection::Message(id),
                    headline: Headline {
                        icon: Icon::Message(f.glyph, f.label),
                        epoch: f.epoch,
                        name: format!("{} 3·9", f.glyph.name()).into(),
                        role: None,
                        line: Phrase::new(Key::InspectWay)
                            .with("from", "S3")
                            .with("to", "S5")
                            .with("percent", 63_u32),
                    },
                    acts: vec![],
                    sections: vec![Section::Pairs(vec![
                        Row::named("zxid", Value::name("0x300000009")),
                        Row::named("path", Value::name("/lock/n-0000000004")),
                    ])],
                })
            }
        }
    }

    fn events(&self) -> Vec<EventRow> {
        use crate::zab::Note;
        let note = |n: u64, s: u8, note: Note, mile| EventRow {
            number: n,
            at: Instant(12_497_000 - (100 - n) * 900),
            place: Some(Spot::Server(ServerId(s))),
            glyph: None,
            epoch: Epoch(3),
            what: narrate(ServerId(s), &note),
            milestone: mile,
        };
        let z = Zxid::new(3, 8);
        let mut v = vec![
            note(100, 3, Note::Acked { zxid: z, by: ServerId(4), count: 3 }, false),
            note(99, 3, Note::Committed { zxid: z }, true),
            note(98, 3, Note::Acked { zxid: z, by: ServerId(1), count: 2 }, false),
        ];
        for i in (70..98).rev() {
            v.push(note(i, 3, Note::Proposed { zxid: z }, false));
        }
        v[0].glyph = Some((Glyph::Peer(MessageKind::Ack), None));
        v
    }
}

impl Model for Sample {
    fn act(&mut self, intent: &Intent) -> Option<Phrase> {
        match intent {
            Intent::PlayPause => self.playing = !self.playing,
            Intent::SelectServer(s) => self.selection = Some(Selection::Server(*s)),
            Intent::SelectMessage(m) => self.selection = Some(Selection::Message(*m)),
            Intent::Deselect => self.selection = None,
            Intent::SetSpeed(s) => self.speed = *s,
            Intent::Slower => self.speed = self.speed.slower(),
            Intent::Faster => self.speed = self.speed.faster(),
            Intent::Cut(m) => {
                self.kind = "partition".into();
                let names: Vec<_> = m.iter().map(|s| s.to_string()).collect();
                return Some(Phrase::new(Key::VotesFor).with("server", names.join(" ")));
            }
            Intent::HealAll => self.kind = "broadcast".into(),
            other => return Some(Phrase::new(Key::VotesFor).with("server", format!("{other:?}"))),
        }
        None
    }

    fn advance(&mut self, elapsed: Span) -> bool {
        let (times, of) = self.speed.scale();
        let before = self.now.0 / 5_000;
        self.now += Span(elapsed.0 * u64::from(times) / u64::from(of));
        if self.now.0 > 12_530_000 {
            self.now = Instant(12_480_000);
        }
        self.now.0 / 5_000 != before
    }

    fn now(&self) -> Instant {
        self.now
    }

    fn playing(&self) -> bool {
        self.playing
    }

    fn page(&self) -> PageView {
        let stage = self.stage();
        let logs = self.logs(&stage);
        let flights = self.flights();
        let end = Instant(12_497_000);
        let strip = |kind, from: u64, until: u64| Strip {
            kind,
            from: Instant(from * 1000),
            until: Some(Instant(until * 1000)),
        };
        let mark = |at: u64, kind| OverviewMark { at: Instant(at * 1000), kind };
        let mut marks: Vec<_> = (0..40)
            .map(|i| mark(800 + i * 290, MarkKind::Commit(Epoch(1 + (i / 14) as u32))))
            .collect();
        marks.extend([
            mark(4_100, MarkKind::Crash),
            mark(6_300, MarkKind::Restart),
            mark(8_900, MarkKind::Crash),
            mark(9_400, MarkKind::Restart),
        ]);
        let overview = OverviewView {
            end,
            strips: vec![
                strip(StripKind::NoLeader, 0, 200),
                strip(StripKind::Epoch(Epoch(1)), 200, 4_100),
                strip(StripKind::NoLeader, 4_100, 4_300),
                strip(StripKind::Epoch(Epoch(2)), 4_300, 8_900),
                strip(StripKind::NoLeader, 8_900, 9_100),
                strip(StripKind::Epoch(Epoch(3)), 9_100, 12_497),
            ],
            marks,
        };
        let preset = |name, title, about| PresetChoice { name, title, about };
        PageView {
            caption: caption(&stage, &logs),
            phases: PhasesView::of(&stage),
            selection: self.selection,
            inspector: self.inspector(&stage, &flights).map(Rc::new),
            requests: Rc::new(self.requests()),
            events: Rc::new(self.events()),
            logs: Rc::new(logs),
            overview: Rc::new(overview),
            controls: Rc::new(Controls {
                playing: self.playing,
                speed: self.speed,
                leader: stage.leaders().first().map(|leader| leader.id),
                split: Some((3, 2)),
                faults: self.kind == "partition",
                clients: stage
                    .clients
                    .iter()
                    .map(|c| ClientChoice {
                        client: c.id,
                        server: c.server,
                        connected: c.connected,
                    })
                    .collect(),
                client: Some(ClientId(1)),
            }),
            scenario: Rc::new(ScenarioView {
                title: Phrase::new(Key::ScenarioTitle).with("count", u32::from(self.count())),
                preset: "healthy",
                presets: vec![
                    preset("healthy", Key::PresetHealthy, Key::PresetHealthyAbout),
                    preset("a", Key::PresetTransactionWrong, Key::PresetTransactionWrongAbout),
                    preset("b", Key::PresetTransactionRight, Key::PresetTransactionRightAbout),
                ],
                servers: self.count(),
                seed: 42,
            }),
            laws: LawsView { watched: 4, broken: 0 },
            flights: flights.into(),
            stage: Rc::new(stage),
        }
    }

    fn scenario_text(&self) -> String {
        "sample".into()
    }
}
