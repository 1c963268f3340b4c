//! Sharing and keeping: a run is made, its link is opened by somebody who has never been here, and
//! there is the same state; what is saved is what `zabsim` writes; what is bad changes nothing.

use std::process::Command;
use std::sync::{Arc, Mutex};

use serde_json::json;
use zabscope::run::Run;
use zabscope::scenario::Preset;
use zabscope::types::Instant;
use zabscope::viewer::share::{Link, is_link};

use crate::harness::{Page, Screen, Site, dist, tell};

/// What a person sees of a run: every server as a screen reader is told it, and every request.
async fn sight(page: &Page) -> Vec<String> {
    let servers = page.all("button", "S*, *").await.into_iter().map(|server| server.name);
    let requests = page.all("listitem", "*").await.into_iter().map(|item| item.text);
    servers.chain(requests.filter(|text| text.contains(" → S"))).collect()
}

/// Opens the sheet; the link in it, and the line with the state hash.
async fn share(page: &Page) -> (String, String) {
    page.click("button", "Share").await;
    page.see("dialog", "Share").await;
    let field = "return document.querySelector('[aria-label=\"Link to this place\"]').value;";
    let link = page.run(field, vec![]).await;
    let link = link.as_str().expect("a field has a value").to_owned();
    let text = page.text().await;
    let line = text.lines().find(|line| line.starts_with("Behind event"));
    (link, line.expect("the sheet tells the state hash").to_owned())
}

/// The sixteen digits behind "State hash".
fn hash(line: &str) -> &str {
    let (_, hash) = line.split_once("State hash ").expect("the line tells a hash");
    &hash[..16]
}

/// What the page saves by this button, without the browser's folder for downloads.
async fn saved(page: &Page, button: &str) -> String {
    let catch = "const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => { globalThis.saved = blob; return make.call(URL, blob); };";
    page.run(catch, vec![]).await;
    page.click("button", button).await;
    let text = page.run("return globalThis.saved.text();", vec![]).await;
    text.as_str().expect("a file is text").to_owned()
}

fn zabsim(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_zabsim")).args(arguments).output();
    let output = output.expect("zabsim is built with the tests");
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}\n{error}");
    String::from_utf8(output.stdout).expect("it prints text")
}

#[tokio::test]
async fn a_link_opens_elsewhere_as_it_was_left_and_files_are_zabsims() {
    let site = Site::serve(dist(), "/");
    let left = Arc::new(Mutex::new((String::new(), String::new(), Vec::new())));
    let leave = Arc::clone(&left);
    tell(Screen::LAPTOP, site.url(""), async move |page: Page| {
        page.see("button", "S*, leading, *").await;
        page.press("w").await;
        page.wait("a request", async || (sight(&page).await.len() > 5).then_some(())).await;
        page.click("button", "Crash leader").await;
        page.see("button", "S*, no power, *").await;
        page.press(" ").await;
        page.see("button", "Play").await;
        let seen = sight(&page).await;
        let (address, line) = share(&page).await;
        let violations = page.accessibility_violations().await;
        assert!(violations.is_empty(), "axe-core objects: {violations:#?}");
        compare_with_zabsim(&page, &address).await;
        *leave.lock().expect("nobody else") = (address, line, seen);
    })
    .await;
    let (address, line, seen) = left.lock().expect("the story is told").clone();
    tell(Screen::LAPTOP, address, async move |page: Page| {
        let told = page.see("status", "*").await;
        let opened = format!("State hash {}, as it was left", hash(&line));
        page.wait(&opened, async || page.text().await.contains(&opened).then_some(())).await;
        assert_eq!(sight(&page).await, seen, "{told:?}");
        let (_, again) = share(&page).await;
        assert_eq!(again, line);
    })
    .await;
}

/// The saved scenario and trace, and the link, are what the command line makes of them.
async fn compare_with_zabsim(page: &Page, address: &str) {
    let link = Link::parse(address).expect("the page writes links");
    let scenario = saved(page, "Save scenario").await;
    let folder = std::env::temp_dir();
    let name = |end: &str| {
        let file = folder.join(format!("zabscope-e2e-{}.{end}", std::process::id()));
        file.to_str().expect("the folder's name is text").to_owned()
    };
    let (file, trace, log) = (name("json"), name("jsonl"), name("log"));
    std::fs::write(&file, &scenario).expect("the folder is writable");
    let at = format!("{}us", link.cursor.at.0);
    let (site, _) = address.split_once('#').expect("it is a link");
    let made = zabsim(&["link", &file, "--at", &at, "--page", site]);
    assert_eq!(made.trim(), address);
    zabsim(&["run", &file, "--until", &at, "--trace", &trace, "--shiviz", &log]);
    let same = |file: &str, saved: &str| {
        let own = std::fs::read_to_string(file).expect("zabsim has written it");
        assert!(own == saved, "{file} is not what the page has saved");
        std::fs::remove_file(file).ok();
    };
    same(&trace, &saved(page, "Save trace").await);
    same(&log, &saved(page, "Save log for ShiViz").await);
    same(&file, &scenario);
}

#[tokio::test]
async fn a_bad_link_is_told_and_changes_nothing() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url("#v1.eNqrVkrLz1eyUkpKLFKqBQAd"), async |page: Page| {
        page.see("button", "S*, leading, *").await;
        page.see("alert", "*").await;
        let text = page.text().await;
        assert!(text.contains("The link cannot be opened."), "{text}");
        assert!(text.contains("Copy all of it again."), "{text}");
        page.click("button", "Close").await;
        page.miss("alert", "*").await;
        page.run("location.hash = '#v9.abc';", vec![]).await;
        page.see("alert", "*").await;
        assert!(page.text().await.contains("It is written in format 9"), "from the future");
    })
    .await;
}

#[tokio::test]
async fn a_link_of_another_engine_opens_at_the_beginning_and_says_so() {
    let mut run = Run::new(&Preset::ALL[1].scenario()).expect("a preset runs");
    run.run_until(Instant(700_000));
    let mut link = Link::of(&run);
    link.scenario.engine = 0;
    let fragment = link.fragment();
    assert!(is_link(&fragment));
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(&format!("#{fragment}")), async |page: Page| {
        page.wait("the notice", async || {
            let text = page.text().await;
            let told = "This link was made by another version. The scenario opens; its history \
                        cannot.";
            text.contains(told).then_some(())
        })
        .await;
        assert!(page.text().await.contains("The leader crashes"), "the scenario's own title");
    })
    .await;
}

#[tokio::test]
async fn the_last_run_is_back_until_it_is_forgotten() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("button", "S*, leading, *").await;
        page.click("button", "Crash leader").await;
        page.see("button", "S*, no power, *").await;
        page.press(" ").await;
        page.see("button", "Play").await;
        let seen = sight(&page).await;
        page.reopen_after("").await;
        let back = "Your last run is back, as you left it.";
        page.wait(back, async || page.text().await.contains(back).then_some(())).await;
        assert_eq!(sight(&page).await, seen);
        page.click("button", "Forget it").await;
        page.miss("button", "S*, no power, *").await;
        page.reopen_after("").await;
        page.see("button", "S*, leading, *").await;
        assert!(!page.text().await.contains(back), "it was forgotten");
    })
    .await;
}

#[tokio::test]
async fn a_file_is_dropped_onto_the_page() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("button", "S*, leading, *").await;
        let drop = "const data = new DataTransfer();
            data.items.add(new File([arguments[0]], 'run.json'));
            const event = { dataTransfer: data, bubbles: true, cancelable: true };
            document.body.dispatchEvent(new DragEvent('drop', event));";
        page.run(drop, vec![json!("<!doctype html>")]).await;
        page.see("alert", "*").await;
        let text = page.text().await;
        assert!(text.contains("It is neither a scenario nor a trace."), "{text}");
        page.see("button", "S*, leading, *").await;
        let scenario = Preset::find("partition").expect("it is a preset").scenario().to_json();
        page.run(drop, vec![json!(scenario)]).await;
        page.see("button", "The network splits in two").await;
        page.miss("alert", "*").await;
    })
    .await;
}
