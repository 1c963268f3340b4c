//! One browser per story: its driver on a port of its own choice, a profile that starts empty.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::LocalSet;
use tokio::time::timeout;

use super::page::Page;
use super::told;

/// A story that takes longer than this hangs.
const STORY: Duration = Duration::from_secs(300);

/// What a person looks at.
#[derive(Clone, Copy)]
pub struct Screen {
    /// The page's width in CSS pixels.
    pub width: u32,
    /// The page's height in CSS pixels.
    pub height: u32,
    /// A phone: touch, and no smallest width of a window.
    pub phone: bool,
    /// The theme, as the page stores it.
    pub theme: &'static str,
    /// The language, as the page stores it.
    pub language: &'static str,
}

impl Screen {
    /// A laptop, light, English.
    pub const LAPTOP: Self =
        Self { width: 1440, height: 900, phone: false, theme: "light", language: "en" };
    /// A phone, light, English.
    pub const PHONE: Self = Self { width: 390, height: 844, phone: true, ..Self::LAPTOP };
}

/// Opens `url` on a screen, tells the story, and closes the browser even if the story fails. A
/// story also fails if it leaves an error on the browser's console.
pub async fn tell<Story, Ending>(screen: Screen, url: String, story: Story)
where
    Story: FnOnce(Page) -> Ending,
    Ending: Future<Output = ()> + 'static,
{
    let browser = Browser::start(screen).await;
    let page = Page::new(browser.client.clone());
    page.open(screen, &url).await;
    // A task of its own, so that a failing story comes back as a value and the browser is closed.
    let tasks = LocalSet::new();
    let task = tasks.spawn_local(timeout(STORY, story(page.clone())));
    let told = tasks.run_until(task).await;
    let console = page.console_errors().await;
    let picture = match &told {
        Ok(Ok(())) if console.is_empty() => None,
        _ => Some(keep_picture(&page).await),
    };
    browser.close().await;
    let picture = picture.unwrap_or_default();
    match told {
        Ok(Ok(())) => assert!(console.is_empty(), "errors on the console {picture}: {console:#?}"),
        Ok(Err(_)) => panic!("the story took over {STORY:?} {picture}, console: {console:#?}"),
        Err(failure) => {
            eprintln!("the page as it was {picture}, console errors: {console:#?}");
            std::panic::resume_unwind(failure.into_panic());
        }
    }
}

async fn keep_picture(page: &Page) -> String {
    let test = std::thread::current().name().unwrap_or("story").replace("::", "-");
    let file = std::env::temp_dir().join(format!("zabscope-{test}.png"));
    match std::fs::write(&file, page.picture().await) {
        Ok(()) => format!("(see {})", file.display()),
        Err(error) => format!("(no picture: {error})"),
    }
}

struct Browser {
    client: Client,
    // Ends with the last of us; the session is closed before, or Chromium stays behind.
    driver: Child,
    profile: PathBuf,
}

impl Browser {
    async fn start(screen: Screen) -> Self {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let name = format!("zabscope-browser-{}-{number}", std::process::id());
        let profile = std::env::temp_dir().join(name);
        let (driver, port) = start_driver().await;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(screen, &profile))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("chromedriver opens a session: its version must be the browser's");
        Self { client, driver, profile }
    }

    async fn close(mut self) {
        if let Err(error) = self.client.close().await {
            eprintln!("the browser did not close: {error}");
        }
        self.driver.kill().await.ok();
        std::fs::remove_dir_all(&self.profile).ok();
    }
}

/// The driver chooses its port and says which: no race for a free one.
async fn start_driver() -> (Child, u16) {
    let mut driver = Command::new(told("CHROMEDRIVER"))
        .arg("--port=0")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("chromedriver starts");
    let output = driver.stdout.take().expect("stdout is piped");
    let port = timeout(super::PATIENCE, port_of(output)).await.expect("chromedriver names a port");
    (driver, port)
}

async fn port_of(output: ChildStdout) -> u16 {
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await.expect("chromedriver prints text") {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            let port = port.trim_end_matches('.').parse().expect("a port is a number");
            // Read on, or the driver stops at a full pipe.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return port;
        }
    }
    panic!("chromedriver ended before naming its port");
}

fn capabilities(screen: Screen, profile: &std::path::Path) -> Map<String, Value> {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--force-device-scale-factor=1",
        "--hide-scrollbars",
        "--no-first-run",
        // Nothing but the page: no look-ups, no updates.
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        // A page that is not in front must run as one that is.
        "--disable-background-timer-throttling",
        "--disable-renderer-backgrounding",
        "--disable-backgrounding-occluded-windows",
        // Lets a script ask for an element's role and name as a screen reader is told them.
        "--enable-blink-features=ComputedAccessibilityInfo",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    arguments.push(format!("--window-size={},{}", screen.width, screen.height));
    if cfg!(target_os = "linux") {
        // Chromium has no sandbox for root, and none in most containers.
        arguments.push("--no-sandbox".to_owned());
    }
    let mut options = json!({ "args": arguments, "binary": told("ZABSCOPE_CHROMIUM") });
    if screen.phone {
        let metrics = json!({
            "width": screen.width, "height": screen.height,
            "pixelRatio": 1, "touch": true, "mobile": true,
        });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    let all = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": { "browser": "ALL" },
        "goog:chromeOptions": options,
    });
    all.as_object().cloned().unwrap_or_default()
}
