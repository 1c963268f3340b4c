//! A static file server such as any host offers: the page needs nothing more.

use std::fs;
use std::io::{BufRead, BufReader, Result, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

/// A folder served below a path of 127.0.0.1 until the test process ends.
pub struct Site {
    address: SocketAddr,
    base: String,
}

impl Site {
    /// Serves `folder` at `base`, which begins and ends with a slash.
    pub fn serve(folder: PathBuf, base: &str) -> Self {
        assert!(folder.join("index.html").is_file(), "{} holds no page", folder.display());
        assert!(base.starts_with('/') && base.ends_with('/'), "base {base} needs both slashes");
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("the listener has an address");
        let base_of_requests = base.to_owned();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, base) = (folder.clone(), base_of_requests.clone());
                // A browser that goes away in mid-answer is no fault of the page.
                thread::spawn(move || answer(stream, &folder, &base).ok());
            }
        });
        Self { address, base: base.to_owned() }
    }

    /// The address of a path below the base.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{}{path}", self.address, self.base)
    }
}

fn answer(mut stream: TcpStream, folder: &Path, base: &str) -> Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    // The headers have to be read, or closing resets the connection under the answer.
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split_whitespace().nth(1).unwrap_or("/");
    let path = path.split(['?', '#']).next().unwrap_or("/");
    let (status, kind, body) = match find(folder, base, path) {
        Some(file) => ("200 OK", media_type(&file), fs::read(&file)?),
        None => ("404 Not Found", "text/plain", b"not found".to_vec()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}

fn find(folder: &Path, base: &str, path: &str) -> Option<PathBuf> {
    let below = path.strip_prefix(base)?;
    if below.split('/').any(|part| part == "..") {
        return None;
    }
    let file = folder.join(if below.is_empty() { "index.html" } else { below });
    file.is_file().then_some(file)
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
