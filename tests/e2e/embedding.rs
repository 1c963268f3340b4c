//! The page elsewhere: within another page, on a stage, as one file, and without a network.

use std::fs;

use url::Url;

use crate::harness::{Page, Screen, Site, dist, tell};

/// A frame as a course page has it.
const FRAME: Screen = Screen { width: 800, height: 450, ..Screen::LAPTOP };

#[tokio::test]
async fn embedded_the_stage_and_the_time_bar_stand_alone() {
    let site = Site::serve(dist(), "/");
    let address = site.url("?embed&story=leader-crash&speed=1/20&lang=zh");
    tell(FRAME, address, async |page: Page| {
        page.see("button", "S*，领导者，*").await;
        page.see("region", "播放控制").await;
        page.see("link", "在新标签页中打开完整页面").await;
        page.miss("complementary", "*").await;
        page.miss("banner", "*").await;
        // The story goes its way, and the stage can be acted on.
        page.see("button", "S*，已断电，*").await;
        page.settle().await;
        let violations = page.accessibility_violations().await;
        assert!(violations.is_empty(), "axe-core objects:\n{}", violations.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn paused_the_embedded_page_waits_for_a_hand() {
    let site = Site::serve(dist(), "/");
    tell(FRAME, site.url("?embed&paused"), async |page: Page| {
        page.click("button", "Play").await;
        page.see("button", "Pause").await;
    })
    .await;
}

#[tokio::test]
async fn a_point_blanks_the_page_and_any_key_shows_it_again() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("button", "S*, leading, *").await;
        page.press("f").await;
        page.miss("complementary", "*").await;
        page.press(".").await;
        let cover = page.see("button", "The page is blank*").await;
        assert!((cover.width, cover.height) == (1440.0, 900.0), "{cover:?}");
        page.press(".").await;
        page.miss("button", "The page is blank*").await;
        page.press("f").await;
        page.see("complementary", "*").await;
    })
    .await;
}

#[tokio::test]
async fn the_last_key_is_shown_if_asked_for() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("button", "S*, leading, *").await;
        page.press("kC").await;
        page.wait("the key and what it does", async || {
            let shown = page.text().await;
            shown.contains("Crash the leader").then_some(())
        })
        .await;
    })
    .await;
}

/// `cargo xtask bundle`: one file, opened as a file.
#[tokio::test]
async fn one_file_is_the_whole_page() {
    let file = dist().join("zabscope.html");
    let address = Url::from_file_path(&file).expect("the built page has an absolute path");
    tell(Screen::LAPTOP, address.into(), async |page: Page| {
        page.see("button", "S*, leading, *").await;
        page.press("w").await;
        page.see("button", "Send a write").await;
        let asked = "return performance.getEntriesByType('resource')
                       .map((entry) => entry.name).filter((name) => !name.startsWith('data:'));";
        let asked = page.run(asked, vec![]).await;
        assert_eq!(asked, serde_json::json!([]), "nothing outside the file is asked for");
    })
    .await;
}

/// The host goes away after the first visit.
#[tokio::test]
async fn after_the_first_visit_no_network_is_needed() {
    let folder = std::env::temp_dir().join(format!("zabscope-hosted-{}", std::process::id()));
    copy(&dist(), &folder);
    let site = Site::serve(folder.clone(), "/");
    let gone = folder.clone();
    tell(Screen::LAPTOP, site.url(""), async move |page: Page| {
        page.see("button", "S*, leading, *").await;
        page.wait("the build to be kept", async || {
            let kept = page.run_until_called(KEPT, vec![]).await;
            (kept == true).then_some(())
        })
        .await;
        // Whatever is asked of the host from now on is answered by an error.
        fs::remove_dir_all(&gone).expect("the host's folder can be removed");
        page.reload().await;
        page.see("button", "S*, leading, *").await;
        page.press("w").await;
        page.expect_console_errors().await;
    })
    .await;
    fs::remove_dir_all(&folder).ok();
}

/// A page is kept last, behind all its files.
const KEPT: &str = "const answer = arguments[arguments.length - 1];
    caches.match('./').then((page) => answer(Boolean(page)));";

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the page is built").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}
