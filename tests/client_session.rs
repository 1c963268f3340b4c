//! A simulated client, input by input: how it opens its session, keeps it, moves it and loses it,
//! and what it is told of its requests (fact sheet §7).

use std::sync::Arc;

use zabscope::api::{
    ConnectRequest, ConnectResponse, CreateMode, Op, OpError, OpResult, Password, Reply, Request,
    ToClient, ToServer, XID_PING,
};
use zabscope::client::{Client, ClientConfig, Input, Note, Out, Output, SessionState, Timer};
use zabscope::types::{ConnectionId, ServerId, SessionId, Span, Zxid};

const SESSION: SessionId = SessionId(0x0100_0000_0000_0000);
const PASSWORD: Password = Password([7; 16]);
const TIMEOUT: Span = Span::millis(6_000);

struct Bench {
    client: Client,
    next_connection: u32,
}

impl Bench {
    /// Three servers to try.
    fn new() -> Bench {
        let client = Client::new(ClientConfig {
            servers: Arc::new([ServerId(1), ServerId(2), ServerId(3)]),
            timeout: TIMEOUT,
            retry_delay_max: Span::millis(1_000),
        });
        Bench { client, next_connection: 0 }
    }

    /// Connected to S1 by connection 0, with nothing asked yet.
    fn connected() -> Bench {
        let mut bench = Bench::new();
        bench.step(Input::Start);
        bench.step(Input::Connected(ConnectionId(0)));
        bench.receive(0, opened(TIMEOUT));
        assert_eq!(bench.client.state(), SessionState::Connected);
        bench
    }

    fn step(&mut self, input: Input) -> Vec<Output> {
        let mut out = Out::new(self.next_connection);
        self.client.step(input, &mut out);
        self.client.validate();
        self.next_connection = out.next_connection();
        out.outputs
    }

    fn receive(&mut self, connection: u32, message: ToClient) -> Vec<Output> {
        self.step(Input::Received { connection: ConnectionId(connection), message })
    }

    fn reply(&mut self, connection: u32, xid: i32) -> Vec<Output> {
        let result = Ok(OpResult::Done);
        self.receive(connection, ToClient::Reply(Reply { xid, zxid: zxid(xid), result }))
    }
}

fn opened(timeout: Span) -> ToClient {
    ToClient::Connected(ConnectResponse { timeout, session: SESSION, password: PASSWORD })
}

fn zxid(xid: i32) -> Zxid {
    Zxid::new(1, xid.unsigned_abs())
}

fn state(state: SessionState, server: Option<u8>) -> Output {
    Output::Note(Note::StateChanged { state, server: server.map(ServerId) })
}

fn timer(timer: Timer, millis: u64) -> Output {
    Output::SetTimer { timer, min: Span::millis(millis), max: Span::millis(millis) }
}

fn dial(connection: u32, to: u8) -> Output {
    Output::Dial { connection: ConnectionId(connection), to: ServerId(to) }
}

fn send(connection: u32, message: ToServer) -> Output {
    Output::Send { connection: ConnectionId(connection), message }
}

fn request(connection: u32, xid: i32, op: Op) -> Output {
    send(connection, ToServer::Request(Request { xid, op }))
}

fn connect(connection: u32, session: SessionId, password: Password, last: Zxid) -> Output {
    let request = ConnectRequest { last_zxid_seen: last, timeout: TIMEOUT, session, password };
    send(connection, ToServer::Connect(request))
}

/// What was asked and told, as the application sees it.
fn notes(outputs: &[Output]) -> Vec<Note> {
    let note = |output: &Output| match output {
        Output::Note(note) => Some(note.clone()),
        _ => None,
    };
    outputs.iter().filter_map(note).collect()
}

fn told(xid: i32) -> Note {
    Note::Told { xid, zxid: zxid(xid), result: Ok(OpResult::Done) }
}

fn retry() -> Output {
    Output::SetTimer { timer: Timer::Retry, min: Span::ZERO, max: Span::millis(1_000) }
}

#[test]
fn a_client_opens_a_session() {
    let mut bench = Bench::new();
    let expected =
        [state(SessionState::Connecting, Some(1)), dial(0, 1), timer(Timer::Connect, 2_000)];
    assert_eq!(bench.step(Input::Start), expected);
    let expected = [
        connect(0, SessionId::NONE, Password::default(), Zxid::ZERO),
        timer(Timer::Connect, 2_000),
    ];
    assert_eq!(bench.step(Input::Connected(ConnectionId(0))), expected);
    let timeout = Span::millis(9_000);
    let server = ServerId(1);
    let expected = [
        Output::CancelTimer(Timer::Connect),
        state(SessionState::Connected, Some(1)),
        Output::Note(Note::SessionOpened { session: SESSION, timeout, server, resumed: false }),
        timer(Timer::Read, 6_000),
        timer(Timer::Ping, 2_000),
    ];
    assert_eq!(bench.receive(0, opened(timeout)), expected, "the server has the last word");
}

#[test]
fn a_server_that_refuses_or_is_silent_is_followed_by_the_next() {
    let mut bench = Bench::new();
    bench.step(Input::Start);
    let refused = bench.step(Input::Closed(ConnectionId(0)));
    let disconnected = state(SessionState::Disconnected, None);
    assert_eq!(refused, [Output::CancelTimer(Timer::Connect), disconnected.clone(), retry()]);
    assert!(bench.step(Input::Fired(Timer::Retry)).contains(&dial(1, 2)));
    bench.step(Input::Connected(ConnectionId(1)));
    let silent = bench.step(Input::Fired(Timer::Connect));
    let hung_up = Output::Close(ConnectionId(1));
    assert_eq!(silent, [hung_up, Output::CancelTimer(Timer::Connect), disconnected, retry()]);
    assert!(bench.step(Input::Fired(Timer::Retry)).contains(&dial(2, 3)));
    bench.step(Input::Closed(ConnectionId(2)));
    assert!(bench.step(Input::Fired(Timer::Retry)).contains(&dial(3, 1)), "over and over");
}

#[test]
fn requests_are_pipelined_and_answered_in_order() {
    let mut bench = Bench::connected();
    let set = |data| Op::set("/a", data);
    let expected = [
        Output::Note(Note::Asked { xid: 1, op: set("x") }),
        request(0, 1, set("x")),
        timer(Timer::Ping, 1_000),
    ];
    assert_eq!(bench.step(Input::Submit(set("x"))), expected);
    assert!(bench.step(Input::Submit(set("y"))).contains(&request(0, 2, set("y"))));
    assert_eq!(bench.reply(0, 1), [timer(Timer::Read, 4_000), Output::Note(told(1))]);
    assert_eq!(notes(&bench.reply(0, 2)), [told(2)]);
    assert_eq!(bench.client.last_zxid_seen(), zxid(2));
    assert!(bench.client.is_idle());
}

#[test]
fn an_idle_client_pings() {
    let mut bench = Bench::connected();
    let ping = [request(0, XID_PING, Op::Ping), timer(Timer::Ping, 1_000)];
    assert_eq!(bench.step(Input::Fired(Timer::Ping)), ping);
    assert_eq!(bench.reply(0, XID_PING), [timer(Timer::Read, 4_000)]);
}

/// Source: `SendThread.run`; an unlucky idle second is taken off, ten seconds are the limit.
#[test]
fn pings_keep_clear_of_the_read_timeout() {
    for (timeout, ping) in [(3_000, 1_000), (6_000, 1_000), (12_000, 3_000), (60_000, 10_000)] {
        let mut bench = Bench::new();
        bench.step(Input::Start);
        bench.step(Input::Connected(ConnectionId(0)));
        let outputs = bench.receive(0, opened(Span::millis(timeout)));
        assert_eq!(outputs.last(), Some(&timer(Timer::Ping, ping)), "{timeout}");
    }
}

#[test]
fn a_lost_connection_leaves_outcomes_unknown_and_the_session_is_resumed() {
    let mut bench = Bench::connected();
    bench.step(Input::Submit(Op::set("/a", "x")));
    bench.reply(0, 1);
    bench.step(Input::Submit(Op::set("/a", "y")));
    bench.step(Input::Submit(Op::set("/a", "z")));
    let lost = bench.step(Input::Fired(Timer::Read));
    let disconnected = Note::StateChanged { state: SessionState::Disconnected, server: None };
    assert!(lost.contains(&Output::Close(ConnectionId(0))));
    assert_eq!(notes(&lost), [Note::Unknown { xid: 2 }, Note::Unknown { xid: 3 }, disconnected]);

    bench.step(Input::Submit(Op::get("/a")));
    assert!(bench.step(Input::Fired(Timer::Retry)).contains(&dial(1, 2)));
    let outputs = bench.step(Input::Connected(ConnectionId(1)));
    assert_eq!(outputs[0], connect(1, SESSION, PASSWORD, zxid(1)));
    let resumed = bench.receive(1, opened(TIMEOUT));
    let (timeout, server) = (TIMEOUT, ServerId(2));
    let opened = Note::SessionOpened { session: SESSION, timeout, server, resumed: true };
    assert!(notes(&resumed).contains(&opened));
    assert!(resumed.contains(&request(1, 4, Op::get("/a"))), "what was not sent yet is sent now");
    assert_eq!(bench.step(Input::Closed(ConnectionId(0))), [], "an old connection's echo");
}

#[test]
fn an_expired_session_is_over_until_a_new_start() {
    let mut bench = Bench::connected();
    bench.step(Input::Closed(ConnectionId(0)));
    bench.step(Input::Submit(Op::get("/a")));
    bench.step(Input::Fired(Timer::Retry));
    bench.step(Input::Connected(ConnectionId(1)));
    let outputs = bench.receive(1, ToClient::Connected(ConnectResponse::EXPIRED));
    let expired = [
        Note::SessionExpired { session: SESSION },
        Note::StateChanged { state: SessionState::Expired, server: None },
        Note::Refused { xid: 1, error: OpError::SessionExpired },
    ];
    assert_eq!(notes(&outputs), expired);
    let refused = notes(&bench.step(Input::Submit(Op::get("/a"))));
    assert_eq!(refused[1], Note::Refused { xid: 2, error: OpError::SessionExpired });
    assert!(bench.step(Input::Start).contains(&dial(2, 3)));
    let outputs = bench.step(Input::Connected(ConnectionId(2)));
    assert_eq!(outputs[0], connect(2, SessionId::NONE, Password::default(), Zxid::ZERO));
}

#[test]
fn a_closed_session_is_over_once_the_server_says_so() {
    let mut bench = Bench::connected();
    assert!(bench.step(Input::Submit(Op::CloseSession)).contains(&request(0, 1, Op::CloseSession)));
    let late = notes(&bench.step(Input::Submit(Op::get("/a"))));
    assert_eq!(late[1], Note::Refused { xid: 2, error: OpError::ConnectionLoss });
    let outputs = bench.reply(0, 1);
    let closed = Note::StateChanged { state: SessionState::Closed, server: None };
    assert_eq!(notes(&outputs), [told(1), closed]);
    assert!(outputs.contains(&Output::Close(ConnectionId(0))));
}

#[test]
fn a_client_that_was_closing_does_not_come_back() {
    let mut bench = Bench::connected();
    bench.step(Input::Submit(Op::CloseSession));
    let outputs = bench.step(Input::Closed(ConnectionId(0)));
    let closed = Note::StateChanged { state: SessionState::Closed, server: None };
    assert_eq!(notes(&outputs), [Note::Unknown { xid: 1 }, closed]);
}

#[test]
fn a_client_moves_to_the_server_it_is_told() {
    let mut bench = Bench::connected();
    bench.step(Input::Submit(Op::get("/a")));
    let moved = bench.step(Input::Attach(ServerId(3)));
    let connecting = state(SessionState::Connecting, Some(3));
    let expected = [
        Output::Close(ConnectionId(0)),
        Output::CancelTimer(Timer::Read),
        Output::CancelTimer(Timer::Ping),
        Output::Note(Note::Unknown { xid: 1 }),
        connecting,
        dial(1, 3),
        timer(Timer::Connect, 2_000),
    ];
    assert_eq!(moved, expected);
    assert_eq!(bench.step(Input::Attach(ServerId(3))), [], "it is there already");
    bench.step(Input::Closed(ConnectionId(1)));
    assert!(bench.step(Input::Fired(Timer::Retry)).contains(&dial(2, 1)), "then on in the list");
}

#[test]
fn a_program_asks_one_after_the_other() {
    let mut bench = Bench::new();
    let create = |path| Op::create(path, "", CreateMode::Persistent);
    let ops: Arc<[Op]> = Arc::new([create("/a"), create("/b"), Op::CloseSession, create("/c")]);
    assert_eq!(bench.step(Input::Run(Arc::clone(&ops))), [], "it waits for a connection");
    bench.step(Input::Start);
    bench.step(Input::Connected(ConnectionId(0)));
    let outputs = bench.receive(0, opened(TIMEOUT));
    assert_eq!(notes(&outputs).last(), Some(&Note::Asked { xid: 1, op: create("/a") }));
    assert_eq!(bench.client.program_left(), 3);

    // Whatever the answer is; and in doubt it goes on with the next one once there is a connection.
    let lost = bench.step(Input::Closed(ConnectionId(0)));
    assert_eq!(notes(&lost)[0], Note::Unknown { xid: 1 });
    bench.step(Input::Fired(Timer::Retry));
    bench.step(Input::Connected(ConnectionId(1)));
    assert!(bench.receive(1, opened(TIMEOUT)).contains(&request(1, 2, create("/b"))));
    let told_and_asked = [told(2), Note::Asked { xid: 3, op: Op::CloseSession }];
    assert_eq!(notes(&bench.reply(1, 2)), told_and_asked);
    let closed = Note::StateChanged { state: SessionState::Closed, server: None };
    let in_vain = Note::Refused { xid: 4, error: OpError::SessionExpired };
    let asked = Note::Asked { xid: 4, op: create("/c") };
    assert_eq!(notes(&bench.reply(1, 3)), [told(3), closed, asked, in_vain]);
}

#[test]
fn an_answer_out_of_order_breaks_the_connection() {
    let mut bench = Bench::connected();
    bench.step(Input::Submit(Op::get("/a")));
    let outputs = bench.reply(0, 2);
    assert!(outputs.contains(&Output::Close(ConnectionId(0))));
    assert_eq!(bench.client.state(), SessionState::Disconnected);
}
