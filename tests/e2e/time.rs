//! Holding time: rewind to before a crash, see the ensemble as it was, do something else there, and
//! go between the two futures.

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Site, dist, tell};

/// The number on the clock, in milliseconds.
async fn clock(page: &Page) -> u64 {
    let slider = page
        .run("return document.querySelector('[role=slider]').getAttribute('aria-valuenow')", vec![])
        .await;
    slider.as_str().and_then(|micros| micros.parse::<u64>().ok()).expect("the slider's value")
        / 1_000
}

#[tokio::test]
async fn a_crash_is_rewound_and_another_future_begun() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("button", "S5, leading, *").await;
        page.click("button", "Crash leader").await;
        page.see("button", "S5, no power, *").await;
        page.see("button", "S4, leading, epoch 2, *").await;
        page.press(" ").await;
        let late = clock(&page).await;

        // Undo is in the menu of keys: right before the crash.
        page.press("u").await;
        page.see("button", "S5, leading, *").await;
        let early = clock(&page).await;
        assert!(early < late, "{early} ms of {late} ms");
        assert!(page.text().await.contains("You are looking at the past."));

        page.click("button", "Send a write").await;
        let menu = page.see("button", "branch 2").await;
        assert_eq!(menu.text.trim(), "branch 2");
        page.click("button", "branch 2").await;
        page.click("button", "Show first run").await;
        page.press(&String::from(char::from(Key::Escape))).await;
        page.press(&String::from(char::from(Key::End))).await;
        page.see("button", "S4, leading, epoch 2, *").await;
        // The clock had gone on from the last event; the end of a branch is that event.
        let end = clock(&page).await;
        assert!(early < end && end <= late, "the first future ends at {end} ms, not {late} ms");

        // A step back and a step forward end where they began.
        page.press(&String::from(char::from(Key::Left))).await;
        let before = clock(&page).await;
        assert!(before <= late);
        page.press(&String::from(char::from(Key::Right))).await;
        assert!(clock(&page).await >= before);
        assert_eq!(page.accessibility_violations().await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn the_strip_of_the_history_is_dragged() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("button", "S5, leading, *").await;
        page.click("button", "Send a write").await;
        page.wait("a second of history", async || (clock(&page).await > 700).then_some(())).await;
        let strip = page.see("slider", "Simulated time").await;
        let (x, y) = strip.anchor;
        page.drag((x + 40.0, y), (x - 120.0, y)).await;
        let dragged = clock(&page).await;
        assert!(dragged < 700, "{dragged} ms");
        assert!(page.text().await.contains("Acting here starts a branch."));
        page.click("button", "live").await;
        page.miss("button", "branch *").await;
    })
    .await;
}
