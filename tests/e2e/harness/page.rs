//! The page while a story is told: what a person sees on it and does with it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use fantoccini::Client;
use fantoccini::actions::{
    InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use url::Url;

use super::PATIENCE;
use super::browser::Screen;

/// Finds what is visible by role and name, both as a screen reader is told them. A name may hold
/// `*` for any text. Tells where it is, and whether a pointer there would meet it.
const FIND: &str = r#"
const [role, pattern] = arguments;
const escaped = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
const name = new RegExp("^" + escaped.join("[^]*") + "$");
// Asking every element for its role takes a browser seconds on a page as full as this.
const tags = {
  alert: "[role=alert]",
  radio: "input[type=radio], [role=radio]",
  slider: "input[type=range], [role=slider]",
  tab: "[role=tab]",
  tree: "[role=tree]",
  treeitem: "[role=treeitem]",
  button: "button, summary, input[type=button], [role=button]",
  heading: "h1, h2, h3, h4, h5, h6, [role=heading]",
  listitem: "li, [role=listitem]",
  row: "tr, [role=row]",
  status: "output, [role=status]",
};
const found = [];
for (const element of document.querySelectorAll(tags[role] ?? "*")) {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
  if (element.computedRole !== role) continue;
  const label = element.computedName;
  if (!name.test(label)) continue;
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) continue;
  // A drawing stands where its own coordinates begin; its tag may lie all to one side.
  const origin = element.getScreenCTM?.();
  found.push({
    name: label,
    anchor: origin ? [origin.e, origin.f] : [box.x + box.width / 2, box.y + box.height / 2],
    text: (element.innerText ?? element.textContent).replace(/\s+/g, " ").trim(),
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    width: box.width,
    height: box.height,
    disabled: element.disabled === true || element.getAttribute("aria-disabled") === "true",
    pressed: element.getAttribute("aria-pressed") === "true",
  });
}
return found;
"#;

/// What a person sees of one element.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub struct Sight {
    /// Its accessible name.
    pub name: String,
    /// Its visible text, white space folded.
    pub text: String,
    /// Where it stands, in CSS pixels: the origin of a drawing, the middle of anything else.
    pub anchor: (f64, f64),
    /// The middle, in CSS pixels from the left edge.
    pub x: f64,
    /// The middle, in CSS pixels from the upper edge.
    pub y: f64,
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Whether it cannot be used now.
    pub disabled: bool,
    /// Whether it is a switch that is on.
    pub pressed: bool,
}

/// The open page. Copies speak to the same one.
#[derive(Clone)]
pub struct Page {
    client: Client,
    // The driver hands out each entry once; errors are kept for the end of the story.
    errors: Arc<Mutex<Vec<String>>>,
}

impl Page {
    pub(super) fn new(client: Client) -> Self {
        Self { client, errors: Arc::default() }
    }

    /// Opens an address with the theme and language of the screen chosen beforehand.
    pub(super) async fn open(&self, screen: Screen, url: &str) {
        let store = format!(
            "localStorage.setItem('zabscope.theme', '{}');
             localStorage.setItem('zabscope.language', '{}');",
            screen.theme, screen.language
        );
        self.run_first(store).await;
        if !screen.phone {
            self.fit(screen).await;
        }
        self.client.goto(url).await.expect("the page opens");
    }

    /// A window is larger than its page by an amount that only the browser knows.
    async fn fit(&self, screen: Screen) {
        let ask = "return [outerWidth - innerWidth, outerHeight - innerHeight];";
        let frame = self.run(ask, vec![]).await;
        let edge = |index: usize| {
            let pixels = frame[index].as_u64().expect("a window is not smaller than its page");
            u32::try_from(pixels).expect("a frame of few pixels")
        };
        let (width, height) = (screen.width + edge(0), screen.height + edge(1));
        self.client.set_window_size(width, height).await.expect("the window takes a size");
        let inner = self.run("return [innerWidth, innerHeight];", vec![]).await;
        assert_eq!(inner, json!([screen.width, screen.height]), "the page has the size wanted");
    }

    /// From now on runs a script in each page before the page's own.
    async fn run_first(&self, script: String) {
        self.client.issue_cmd(RunFirst(script)).await.expect("the driver takes a script");
    }

    /// Opens the page again.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("the page opens again");
    }

    /// Opens the page again, with something changed in the browser before it runs.
    pub async fn reopen_after(&self, change: &str) {
        self.run_first(change.to_owned()).await;
        self.client.refresh().await.expect("the page opens again");
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.expect("the script runs")
    }

    /// Runs a script that answers by calling its last argument.
    pub async fn run_until_called(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute_async(script, arguments).await.expect("the script runs and answers")
    }

    /// All visible elements of this role whose name fits, in the order of the document.
    pub async fn all(&self, role: &str, name: &str) -> Vec<Sight> {
        let found = self.run(FIND, vec![json!(role), json!(name)]).await;
        serde_json::from_value(found).expect("FIND answers with sights")
    }

    /// Waits until an element of this role and name is visible.
    pub async fn see(&self, role: &str, name: &str) -> Sight {
        self.wait(&format!("{role} named {name:?}"), async || {
            self.all(role, name).await.into_iter().next()
        })
        .await
    }

    /// Waits until no element of this role and name is visible.
    pub async fn miss(&self, role: &str, name: &str) {
        self.wait(&format!("no {role} named {name:?}"), async || {
            self.all(role, name).await.is_empty().then_some(())
        })
        .await;
    }

    /// Waits until `look` sees something.
    pub async fn wait<T>(&self, what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(seen) = look().await {
                return seen;
            }
            if Instant::now() >= deadline {
                let text = self.text().await;
                panic!("waited {PATIENCE:?} for {what}. The page says:\n{text}");
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// All visible text.
    pub async fn text(&self) -> String {
        let text = self.run("return document.body.innerText;", vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks, with a real pointer, an element that can be used.
    pub async fn click(&self, role: &str, name: &str) {
        let target = self
            .wait(&format!("{role} named {name:?} that can be used"), async || {
                self.bring_into_view(role, name).await;
                self.all(role, name).await.into_iter().find(|sight| !sight.disabled)
            })
            .await;
        let (x, y) = (target.x, target.y);
        let button = MOUSE_BUTTON_LEFT;
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button })
            .then(PointerAction::Up { button });
        self.client.perform_actions(mouse).await.expect("the pointer clicks");
    }

    async fn bring_into_view(&self, role: &str, name: &str) {
        // On a phone the stack scrolls; elsewhere everything is in view already.
        let script = format!(
            "const find = function () {{ {FIND} }};
             const [sight] = find(...arguments);
             const hidden = sight && (sight.y < 0 || sight.y > innerHeight);
             if (hidden) scrollBy(0, sight.y - innerHeight / 2);"
        );
        self.run(&script, vec![json!(role), json!(name)]).await;
    }

    /// Draws a stroke with the button held down, slowly enough to be seen as one.
    pub async fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        const STEPS: u32 = 12;
        let button = MOUSE_BUTTON_LEFT;
        let duration = Some(Duration::from_millis(16));
        let mut mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo { duration: None, x: from.0, y: from.1 })
            .then(PointerAction::Down { button });
        for step in 1..=STEPS {
            let part = f64::from(step) / f64::from(STEPS);
            let x = from.0 + (to.0 - from.0) * part;
            let y = from.1 + (to.1 - from.1) * part;
            mouse = mouse.then(PointerAction::MoveTo { duration, x, y });
        }
        let mouse = mouse.then(PointerAction::Up { button });
        self.client.perform_actions(mouse).await.expect("the pointer draws");
    }

    /// Presses keys one after the other; a capital with Shift held down.
    pub async fn press(&self, keys: &str) {
        let shift = char::from(Key::Shift);
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            if value.is_uppercase() {
                actions = actions.then(KeyAction::Down { value: shift });
            }
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
            if value.is_uppercase() {
                actions = actions.then(KeyAction::Up { value: shift });
            }
        }
        self.client.perform_actions(actions).await.expect("the keys are pressed");
    }

    /// Goes on with the Tab key until this element has the focus.
    pub async fn tab_to(&self, role: &str, name: &str) {
        const FOCUSED: &str = "const focused = document.activeElement;
                               return [focused.computedRole, focused.computedName];";
        const STOPS_MAX: usize = 100;
        let mut stops = Vec::new();
        for _ in 0..STOPS_MAX {
            self.press(&String::from(char::from(Key::Tab))).await;
            let focused = self.run(FOCUSED, vec![]).await;
            if focused == json!([role, name]) {
                return;
            }
            stops.push(focused.to_string());
        }
        panic!("Tab does not come to the {role} {name:?}, but to\n{}", stops.join("\n"));
    }

    /// Waits until fonts are there and the transitions of the interface have ended.
    pub async fn settle(&self) {
        let settled = "const answer = arguments[arguments.length - 1];
                       const ended = document.getAnimations().map((one) => one.finished);
                       Promise.allSettled([document.fonts.ready, ...ended]).then(
                         () => requestAnimationFrame(() => answer(true)));";
        self.run_until_called(settled, vec![]).await;
    }

    /// A picture of what is visible, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        self.client.screenshot().await.expect("the browser takes a picture")
    }

    /// All errors the browser's console has shown so far.
    pub async fn console_errors(&self) -> Vec<String> {
        let entries = self.client.issue_cmd(ConsoleLog).await.expect("the driver keeps a log");
        let new = entries.as_array().into_iter().flatten();
        let new = new.filter(|entry| entry["level"] == "SEVERE");
        let new = new.map(|entry| entry["message"].as_str().unwrap_or_default().to_owned());
        let mut errors = self.errors.lock().expect("no story fails while it holds the errors");
        errors.extend(new);
        errors.clone()
    }

    /// Takes the errors seen so far off the record, for a story that means to cause them.
    pub async fn expect_console_errors(&self) -> Vec<String> {
        let seen = self.console_errors().await;
        self.errors.lock().expect("no story fails while it holds the errors").clear();
        seen
    }
}

/// The driver's own command for a script that runs in each page before the page's own.
#[derive(Debug)]
struct RunFirst(String);

impl WebDriverCompatibleCommand for RunFirst {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _request: &Url) -> (Method, Option<String>) {
        let command = "Page.addScriptToEvaluateOnNewDocument";
        let body = json!({ "cmd": command, "params": { "source": self.0 } });
        (Method::POST, Some(body.to_string()))
    }
}

/// The driver's own command for the console.
#[derive(Debug)]
struct ConsoleLog;

impl WebDriverCompatibleCommand for ConsoleLog {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _request: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(r#"{"type":"browser"}"#.to_owned()))
    }
}
