//! The console of the chosen client.

use std::sync::Arc;

use crate::client::SessionState;
use crate::console::Note;
use crate::ensemble::{ClientHost, Terminal};
use crate::text::{Key, Phrase};
use crate::types::ClientId;
use crate::view::{ConsoleLine, ConsoleView, Paths, short_session};
use crate::viewer::{ConsoleEntry, Viewer};

/// So many entries are shown.
const ENTRIES: usize = 200;
/// So many lines of the history can be called back.
const RECALLED: usize = 200;

/// The console as it stands at the instant that is shown.
pub fn console(viewer: &Viewer) -> ConsoleView {
    let world = viewer.world();
    let client = viewer.client();
    let host = client.and_then(|client| world.ensemble().client(client));
    let terminal = host.and_then(ClientHost::terminal);
    let server = host.and_then(|host| host.client().server());
    let process = server.and_then(|server| world.ensemble().server(server)?.process());
    let history = terminal.map_or(&[][..], Terminal::history);
    let waiting = terminal.filter(|terminal| terminal.is_busy()).map(|_| {
        let plays = viewer.playback().playing;
        Phrase::new(if plays { Key::ConsoleWaits } else { Key::ConsoleWaitsStill })
    });
    ConsoleView {
        client,
        server,
        is_over: host.is_some_and(|host| {
            let state = host.client().state();
            state.is_over() || state == SessionState::NotConnected
        }),
        status: status(client, host),
        lines: client.map_or_else(Vec::new, |client| lines(viewer, client)),
        prompt: host.map(ClientHost::prompt).unwrap_or_default().into(),
        waiting,
        typed_ahead: terminal.into_iter().flat_map(Terminal::typed_ahead).cloned().collect(),
        history: history[history.len().saturating_sub(RECALLED)..].into(),
        servers: world.settings().server_ids().collect(),
        paths: Paths::of(process.map(|process| &process.database().tree)),
    }
}

fn lines(viewer: &Viewer, client: ClientId) -> Vec<ConsoleLine> {
    let shown = viewer.consoles().entries(client);
    let mut newest: Vec<ConsoleLine> = shown.rev().filter_map(line).take(ENTRIES).collect();
    newest.reverse();
    newest
}

fn line(entry: &ConsoleEntry) -> Option<ConsoleLine> {
    let (prompt, complains, text) = match &*entry.note {
        Note::Complained(text) => (None, true, text),
        Note::Entered { prompt, line } => (Some(Arc::clone(prompt)), false, line),
        Note::Left => return None,
        Note::Printed(text) => (None, false, text),
    };
    let text = Arc::clone(text);
    Some(ConsoleLine { number: entry.event.number(), prompt, complains, text })
}

fn status(client: Option<ClientId>, host: Option<&ClientHost>) -> Phrase {
    let (Some(id), Some(host)) = (client, host) else { return Phrase::new(Key::ConsoleNobody) };
    let client = host.client();
    let key = match client.state() {
        SessionState::Connected => Key::ConsoleSession,
        SessionState::Connecting => Key::ConsoleConnecting,
        SessionState::Disconnected => Key::ConsoleDisconnected,
        SessionState::NotConnected | SessionState::Closed => Key::ConsoleClosed,
        SessionState::Expired => Key::ConsoleExpired,
        SessionState::AuthFailed => Key::ConsoleAuthFailed,
    };
    let server = client.server().map_or_else(|| "–".into(), |server| server.to_string());
    let timeout = client.timeout().0 / 1_000;
    let phrase = Phrase::new(key).with("client", id).with("server", server);
    phrase.with("session", short_session(client.session())).with("timeout", timeout)
}
