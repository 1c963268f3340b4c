//! When the page cannot run, it says what happened and what to do; it is never blank or frozen.

use serde_json::json;

use crate::harness::{Page, Screen, Site, dist, tell};

#[tokio::test]
async fn a_panic_shows_what_happened_and_the_scenario() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        let report = "window.dispatchEvent(new CustomEvent('zabscope-panic', { detail: {
                        message: 'planted panic', scenario: 'seed 7' } }));";
        page.run(report, vec![]).await;
        page.see("heading", "ZabScope stopped").await;
        page.see("textbox", "The scenario of this run").await;
        page.see("button", "Reload").await;
        assert!(page.text().await.contains("planted panic"));
        let scenario = "return document.querySelector('#boot textarea').value;";
        assert_eq!(page.run(scenario, vec![]).await, json!("seed 7"));
        page.click("button", "Reload").await;
        page.miss("heading", "ZabScope stopped").await;
    })
    .await;
}
