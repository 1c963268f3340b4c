//! Plain `trunk serve`, the entry that people know: its page, which reloads itself, opens as well.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;
use tokio::time::{Instant, sleep};

use crate::harness::{Page, Screen, tell};

/// A first build compiles every crate for the browser.
const BUILD: Duration = Duration::from_secs(1500);

#[tokio::test]
async fn serves_a_page_that_opens() {
    let port = free_port();
    let folder = std::env::temp_dir().join(format!("zabscope-served-{}", std::process::id()));
    let mut trunk = Command::new("trunk")
        .args(["serve", "--port", &port.to_string(), "--dist"])
        .arg(&folder)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("trunk is there: `cargo xtask test` sees to it");
    let deadline = Instant::now() + BUILD;
    while !answers(port) {
        if let Some(status) = trunk.try_wait().expect("trunk can be asked") {
            panic!("trunk serve ended with {status}");
        }
        assert!(Instant::now() < deadline, "trunk serve did not answer within {BUILD:?}");
        sleep(Duration::from_millis(200)).await;
    }
    tell(Screen::LAPTOP, format!("http://127.0.0.1:{port}/"), async |page: Page| {
        page.see("status", "*").await;
    })
    .await;
    trunk.kill().await.expect("trunk can be ended");
    std::fs::remove_dir_all(&folder).ok();
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("the listener has an address").port()
}

fn answers(port: u16) -> bool {
    let page = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    page().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}
