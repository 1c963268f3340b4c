//! When the page cannot run, it says what happened and what to do; it is never blank or frozen.

use std::fs;

use crate::harness::{Page, Screen, Site, dist, tell};

/// The program is made to panic while it runs, by taking away something it relies on.
#[tokio::test]
async fn a_panic_shows_what_happened_and_the_scenario() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.reopen_after("delete globalThis.ResizeObserver;").await;
        page.see("heading", "ZabScope stopped").await;
        page.see("button", "Copy the report").await;
        page.see("button", "Reload").await;
        let text = page.text().await;
        assert!(text.contains("panicked at src/ui/"), "the place is told: {text}");
        assert!(text.contains("ResizeObserver"), "the reason is told: {text}");
        page.see("textbox", "The scenario of this run").await;
        let scenario = "return document.querySelector('#boot textarea').value;";
        let scenario = page.run(scenario, vec![]).await;
        let scenario = scenario.as_str().expect("a text field holds text");
        assert!(scenario.contains("seed"), "the run can be played again from: {scenario:?}");
        page.expect_console_errors().await;
    })
    .await;
}

#[tokio::test]
async fn after_a_panic_reloading_begins_anew() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("status", "*").await;
        let report = "window.dispatchEvent(new CustomEvent('zabscope-panic', { detail: {
                        message: 'planted panic', scenario: 'planted scenario' } }));";
        page.run(report, vec![]).await;
        page.see("heading", "ZabScope stopped").await;
        page.click("button", "Reload").await;
        page.miss("heading", "ZabScope stopped").await;
        page.see("button", "S*, leading, *").await;
    })
    .await;
}

#[tokio::test]
async fn a_browser_without_webassembly_is_told_so() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.reopen_after("delete globalThis.WebAssembly;").await;
        page.see("heading", "This browser cannot run the servers").await;
        page.see("button", "Reload").await;
        let violations = page.accessibility_violations().await;
        assert!(violations.is_empty(), "axe-core objects:\n{}", violations.join("\n"));
        page.expect_console_errors().await;
    })
    .await;
}

#[tokio::test]
async fn a_program_that_does_not_arrive_is_told_in_the_readers_language() {
    let folder = std::env::temp_dir().join(format!("zabscope-torn-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the torn page");
    for entry in fs::read_dir(dist()).expect("the page is built").flatten() {
        let is_program = entry.path().extension().is_some_and(|extension| extension == "wasm");
        if entry.path().is_file() && !is_program {
            fs::copy(entry.path(), folder.join(entry.file_name())).expect("a file is copied");
        }
    }
    let site = Site::serve(folder.clone(), "/");
    let screen = Screen { language: "zh", ..Screen::LAPTOP };
    tell(screen, site.url(""), async |page: Page| {
        page.see("heading", "服务器未能启动").await;
        page.see("button", "重新加载").await;
        page.expect_console_errors().await;
    })
    .await;
    fs::remove_dir_all(&folder).ok();
}
