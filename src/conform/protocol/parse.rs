//! Reading a recording: JSON Lines into typed records, or an error that says where.

use serde_json::{Map, Value};

use super::fields::Fields;
use super::operations::{asked, done};
use super::record::{
    Channel, ClientName, Driver, End, Event, Header, Notice, Record, Recording, RecordingError,
};
use super::said::Said;
use crate::scenario::Place;
use crate::types::{Instant, ServerId, Span};
use crate::zab::RoleName;

const FORMAT: &str = "zab-protocol-trace/1";

/// The longest recording that is read, in microseconds: a day.
const INSTANT_MAX: u64 = 86_400_000_000;

impl Recording {
    /// Reads a recording in the format `zab-protocol-trace/1`.
    ///
    /// # Errors
    /// The first place that cannot be read, and what was expected there.
    pub fn parse(text: &str) -> Result<Recording, RecordingError> {
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
        let Some((number, first)) = lines.next() else {
            let problem = format!("expected a header of the format {FORMAT}, found nothing");
            return Err(RecordingError::at(Place { line: 1, column: 1 }, problem));
        };
        let map = object(number, first)?;
        let (header, announced) = header(&Fields::new(number, first, &map))?;
        let mut records: Vec<Record> = Vec::new();
        let mut last = number;
        for (number, line) in lines {
            let map = object(number, line)?;
            let fields = Fields::new(number, line, &map);
            let record = record(&fields, &header)?;
            if records.last().is_some_and(|earlier| earlier.at > record.at) {
                return Err(fields.expected("t_ms", "an instant not before the last one"));
            }
            records.push(record);
            last = number;
        }
        if records.len() as u64 != announced {
            let found = records.len();
            let problem =
                format!("expected {announced} records, as the header says, found {found}");
            return Err(RecordingError::at(Place { line: last, column: 1 }, problem));
        }
        Ok(Recording { header, records })
    }
}

fn object(number: u32, line: &str) -> Result<Map<String, Value>, RecordingError> {
    serde_json::from_str(line).map_err(|error| {
        let column = u32::try_from(error.column()).unwrap_or(u32::MAX).max(1);
        let text = error.to_string();
        let problem = text.rsplit_once(" at line ").map_or(text.as_str(), |(problem, _)| problem);
        let problem = format!("expected a JSON object: {problem}");
        RecordingError::at(Place { line: number, column }, problem)
    })
}

/// The header, and how many records it announces.
fn header(fields: &Fields<'_>) -> Result<(Header, u64), RecordingError> {
    if fields.text("format") != Ok(FORMAT) {
        return Err(fields.expected("format", FORMAT));
    }
    let mut servers = Vec::new();
    for server in fields.objects("servers")? {
        let votes = match server.text("role")? {
            "participant" => true,
            "observer" => false,
            _ => return Err(server.expected("role", "participant or observer")),
        };
        servers.push((ServerId(server.number("id", "an id from 1 to 254")?), votes));
        server.done()?;
    }
    let mut ids: Vec<u8> = servers.iter().map(|&(ServerId(id), _)| id).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) || ids.first() == Some(&0) {
        return Err(fields.expected("servers", "servers with ids from 1 up, each once"));
    }
    if !servers.iter().any(|&(_, votes)| votes) || servers.len() > usize::from(SERVERS_MAX) {
        return Err(fields.expected("servers", "1 to 9 servers, some of them participants"));
    }
    let Some(settings) = fields.value("settings").and_then(Value::as_object) else {
        return Err(fields.expected("settings", "an object"));
    };
    let settings = fields.inner("settings", settings);
    let tick = settings.number::<u32>("tickTime", "milliseconds, at least 2")?;
    if tick < 2 {
        return Err(settings.expected("tickTime", "milliseconds, at least 2"));
    }
    let limit = |key| match settings.number::<u16>(key, "ticks, at least 1")? {
        0 => Err(settings.expected(key, "ticks, at least 1")),
        limit => Ok(u32::from(limit)),
    };
    let header = Header {
        zookeeper: fields.text("zookeeper")?.to_owned(),
        scenario: fields.text("scenario")?.to_owned(),
        description: fields.text("description")?.to_owned(),
        servers,
        tick: Span::millis(u64::from(tick)),
        init_limit: limit("initLimit")?,
        sync_limit: limit("syncLimit")?,
        properties: settings.texts("props")?,
    };
    settings.done()?;
    if fields.int("packets_dropped") != Ok(0) {
        return Err(fields.expected("packets_dropped", "0: what is missing cannot be compared"));
    }
    let announced = fields.number("lines", "a count")?;
    fields.done()?;
    Ok((header, announced))
}

/// As many as a page has room for.
const SERVERS_MAX: u8 = 9;

fn record(fields: &Fields<'_>, header: &Header) -> Result<Record, RecordingError> {
    let at = instant(fields)?;
    let event = match fields.text("channel")? {
        "driver" => driver(fields, header)?,
        "state" => state(fields, header)?,
        "election" => link(fields, header, Channel::Election)?,
        "quorum" => link(fields, header, Channel::Quorum)?,
        "client" => link(fields, header, Channel::Client)?,
        _ => {
            let what = "driver, state, election, quorum or client";
            return Err(fields.expected("channel", what));
        }
    };
    fields.done()?;
    Ok(Record { line: fields.line(), at, event })
}

/// Milliseconds with a fraction, as whole microseconds.
fn instant(fields: &Fields<'_>) -> Result<Instant, RecordingError> {
    let wrong = || fields.expected("t_ms", "milliseconds since the start");
    let number = fields.value("t_ms").and_then(Value::as_number).ok_or_else(wrong)?;
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole: u64 = whole.parse().map_err(|_| wrong())?;
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let fraction: u64 = fraction.parse().map_err(|_| wrong())?;
    let micros = whole.checked_mul(1_000).and_then(|micros| micros.checked_add(fraction));
    micros.filter(|&micros| micros <= INSTANT_MAX).map(Instant).ok_or_else(wrong)
}

fn driver(fields: &Fields<'_>, header: &Header) -> Result<Event, RecordingError> {
    let action = match fields.text("type")? {
        "start_server" => Driver::Start,
        "kill_9" => Driver::Kill,
        "pause_server" => Driver::Pause,
        "resume_server" => Driver::Resume,
        "wiped_data" => Driver::Wipe,
        "end_of_capture" => return Ok(Event::EndOfCapture),
        "client_op" | "client_burst" | "client_connects" | "client_goes_silent" | "event_seen" => {
            for told in ["server", "op", "path", "note", "role", "count", "ops", "client"] {
                let _ = fields.value(told);
            }
            return Ok(Event::DriverOther);
        }
        _ => return Err(fields.expected("type", "what a test can do, such as start_server")),
    };
    Ok(Event::Driver(action, server(fields, "server", header)?))
}

fn state(fields: &Fields<'_>, header: &Header) -> Result<Event, RecordingError> {
    let who = server(fields, "server", header)?;
    match fields.text("type")? {
        "STATE" => Ok(Event::State(who, role(fields.text("state")?))),
        "ELECTION_TOOK" => {
            fields.text("role")?;
            fields.int("ms")?;
            Ok(Event::State(who, None))
        }
        _ => Err(fields.expected("type", "STATE or ELECTION_TOOK")),
    }
}

fn role(name: &str) -> Option<RoleName> {
    let roles = [RoleName::Looking, RoleName::Following, RoleName::Leading, RoleName::Observing];
    roles.into_iter().find(|role| role.name() == name)
}

fn server(fields: &Fields<'_>, key: &str, header: &Header) -> Result<ServerId, RecordingError> {
    match end(fields, key, header)? {
        Some(End::Server(server)) => Ok(server),
        _ => Err(fields.expected(key, "a server of the header")),
    }
}

/// One end of a connection; `None` is `"?"`.
fn end(fields: &Fields<'_>, key: &str, header: &Header) -> Result<Option<End>, RecordingError> {
    let wrong =
        || fields.expected(key, "a server of the header, a client such as \"c1\", or \"?\"");
    match fields.value(key) {
        Some(Value::String(name)) if name == "?" => Ok(None),
        Some(Value::String(name)) => {
            let number = name.strip_prefix('c').and_then(|number| number.parse().ok());
            number.map(|number| Some(End::Client(ClientName(number)))).ok_or_else(wrong)
        }
        Some(value) => {
            let id = value.as_u64().and_then(|id| u8::try_from(id).ok()).map(ServerId);
            let known = id.filter(|id| header.servers.iter().any(|(server, _)| server == id));
            known.map(|id| Some(End::Server(id))).ok_or_else(wrong)
        }
        None => Err(wrong()),
    }
}

fn link(fields: &Fields<'_>, header: &Header, channel: Channel) -> Result<Event, RecordingError> {
    let (from, to) = (end(fields, "from", header)?, end(fields, "to", header)?);
    let kind = fields.text("type")?;
    let Some(to) = to else { return Err(fields.expected("to", "someone who is known")) };
    if kind == "CONNECT" && channel != Channel::Client {
        let refused = fields.has("refused") && fields.flag("refused")?;
        if fields.has("protocol_version") && fields.int("protocol_version") != Ok(-65_536) {
            return Err(fields.expected("protocol_version", "-65536"));
        }
        if from.is_none() && !refused {
            return Err(fields.expected("from", "someone who is known"));
        }
        return Ok(Event::Connected { channel, from, to, refused });
    }
    let Some(from) = from else {
        if kind == "DISCONNECT" {
            fields.text("how")?;
            return Ok(Event::DriverOther);
        }
        return Err(fields.expected("from", "someone who is known"));
    };
    if kind == "DISCONNECT" {
        if !matches!(fields.text("how")?, "FIN" | "RST") {
            return Err(fields.expected("how", "FIN or RST"));
        }
        return Ok(Event::Closed { channel, from, to });
    }
    match (channel, from, to) {
        (Channel::Client, End::Client(client), End::Server(server)) => {
            client_says(fields, kind, client, server)
        }
        (Channel::Client, End::Server(server), End::Client(client)) => {
            client_hears(fields, kind, client, server)
        }
        (Channel::Election, End::Server(from), End::Server(to)) if kind == "NOTIFICATION" => {
            Ok(Event::Notification { from, to, notice: notice(fields)? })
        }
        (Channel::Quorum, End::Server(from), End::Server(to)) => {
            Ok(Event::Quorum { from, to, said: said(fields, kind)? })
        }
        _ => Err(fields.expected("type", "what this channel carries between these two")),
    }
}

fn client_says(
    fields: &Fields<'_>,
    kind: &str,
    client: ClientName,
    server: ServerId,
) -> Result<Event, RecordingError> {
    match kind {
        "CONNECT" => {
            let timeout = Span::millis(fields.number::<u32>("timeout", "milliseconds")?.into());
            let session = match fields.value("session") {
                Some(Value::String(name)) => Some(name.clone()),
                Some(value) if value.as_i64() == Some(0) => None,
                _ => return Err(fields.expected("session", "0 or a session such as \"n1#1\"")),
            };
            Ok(Event::ClientConnects { client, server, timeout, session })
        }
        "REQUEST" => {
            let xid = fields.number("xid", "a request's number")?;
            Ok(Event::ClientRequest { client, server, xid, asked: asked(fields)? })
        }
        _ => Err(fields.expected("type", "CONNECT, REQUEST or DISCONNECT")),
    }
}

fn client_hears(
    fields: &Fields<'_>,
    kind: &str,
    client: ClientName,
    server: ServerId,
) -> Result<Event, RecordingError> {
    match kind {
        "CONNECTED" => {
            let timeout = Span::millis(fields.number::<u32>("timeout", "milliseconds")?.into());
            let session = fields.text("session")?.to_owned();
            Ok(Event::ClientConnected { client, timeout, session })
        }
        "REPLY" => {
            let xid = fields.number("xid", "a request's number")?;
            let err = fields.number("err", "an error's code")?;
            fields.text("op")?;
            fields.text("error")?;
            fields.zxid("zxid")?;
            Ok(Event::ClientReply { client, server, xid, err })
        }
        "EVENT" => {
            fields.text("event")?;
            fields.text("path")?;
            Ok(Event::ClientOther)
        }
        "SESSION_EXPIRED" => {
            let _ = (fields.value("session"), fields.value("timeout"));
            Ok(Event::ClientOther)
        }
        _ => Err(fields.expected("type", "CONNECTED, SESSION_EXPIRED, REPLY or EVENT")),
    }
}

fn notice(fields: &Fields<'_>) -> Result<Notice, RecordingError> {
    let state = role(fields.text("state")?);
    let wrong = || fields.expected("state", "LOOKING, FOLLOWING, LEADING or OBSERVING");
    let state = state.ok_or_else(wrong)?;
    fields.int("version")?;
    fields.int("config_version")?;
    Ok(Notice {
        state,
        round: fields.int("round")?,
        peer_epoch: fields.int("peer_epoch")?,
        zxid: fields.pair("zxid")?,
        leader: fields.int("leader")?,
    })
}

fn said(fields: &Fields<'_>, kind: &str) -> Result<Said, RecordingError> {
    let protocol = |fields: &Fields<'_>| match fields.text("protocol_version") {
        Ok("0x10000") => Ok(()),
        _ => Err(fields.expected("protocol_version", "0x10000")),
    };
    Ok(match kind {
        "FOLLOWERINFO" | "OBSERVERINFO" => {
            protocol(fields)?;
            Said::Info {
                votes: kind == "FOLLOWERINFO",
                zxid: fields.zxid("zxid")?,
                sid: ServerId(fields.number("sid", "a server's id")?),
                config_version: fields.int("config_version")?,
            }
        }
        "LEADERINFO" => {
            protocol(fields)?;
            Said::LeaderInfo(fields.zxid("zxid")?)
        }
        "ACKEPOCH" => Said::AckEpoch {
            zxid: fields.zxid("zxid")?,
            current_epoch: fields.int("current_epoch")?,
        },
        "DIFF" => Said::Diff(fields.zxid("zxid")?),
        "TRUNC" => Said::Trunc(fields.zxid("zxid")?),
        "SNAP" => {
            fields.int("snapshot_bytes")?;
            Said::Snap(fields.zxid("zxid")?)
        }
        "NEWLEADER" => Said::NewLeader {
            zxid: fields.zxid("zxid")?,
            config_members: fields.int("config_members")?,
            config_version: fields.int("config_version")?,
        },
        "UPTODATE" => {
            fields.no_zxid()?;
            Said::UpToDate
        }
        "ACK" => Said::Ack(fields.zxid("zxid")?),
        "COMMIT" => Said::Commit(fields.zxid("zxid")?),
        "PROPOSAL" | "INFORM" => {
            fields.int("bytes")?;
            let (zxid, done) = (fields.zxid("zxid")?, done(fields)?);
            if kind == "INFORM" { Said::Inform(zxid, done) } else { Said::Proposal(zxid, done) }
        }
        "PING" => {
            let answer = fields.value("sessions_touched").is_some();
            Said::Ping { zxid: fields.zxid("zxid")?, answer }
        }
        "REQUEST" => {
            fields.no_zxid()?;
            let session = fields.text("session")?.to_owned();
            let cxid = fields.number("cxid", "a request's number")?;
            Said::Request { session, cxid, asked: asked(fields)? }
        }
        "SYNC" => Said::Sync(fields.zxid("zxid")?),
        "REVALIDATE" => {
            fields.no_zxid()?;
            let session = fields.text("session")?.to_owned();
            if fields.has("valid") {
                let valid = fields.flag("valid")?;
                let _ = fields.value("timeout");
                return Ok(Said::Revalidated { session, valid });
            }
            let timeout = Span::millis(fields.number::<u32>("timeout", "milliseconds")?.into());
            Said::Revalidate { session, timeout }
        }
        _ => return Err(fields.expected("type", "a message of the quorum channel")),
    })
}
