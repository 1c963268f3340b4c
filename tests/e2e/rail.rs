//! The rail's tabs "Data" and "Safety": a write is followed into the tree of every server, a server
//! that stays behind is named with its reason, and a broken law stops the run and says which facts
//! contradict each other.

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Site, dist, tell};

/// Waits until the page says one of these.
async fn says(page: &Page, parts: &[&str]) {
    page.wait(&format!("one of {parts:?}"), async || {
        let text = page.text().await;
        parts.iter().any(|part| text.contains(part)).then_some(())
    })
    .await;
}

/// Waits for a row of the table that reads so.
async fn a_row(page: &Page, text: &str) {
    page.wait(&format!("the row {text:?}"), async || {
        page.all("row", "*").await.iter().any(|row| row.text == text).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_write_is_found_in_the_tree_of_every_server() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("button", "S*, leading, epoch *").await;
        page.click("button", "Send a write").await;
        page.click("tab", "Data").await;
        // A row's name ends with the version where all replicas are alike.
        page.see("treeitem", "/config*0").await;
        says(&page, &["All five trees are equal"]).await;
        page.click("treeitem", "/config*0").await;
        a_row(&page, "version 0").await;
        says(&page, &["S1 S2 S3 S4 S5"]).await;
        a_row(&page, "data “v1”").await;
        page.click("button", "hex").await;
        a_row(&page, "data 76 31").await;
    })
    .await;
}

#[tokio::test]
async fn the_tree_opens_and_closes_by_its_keys() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("button", "S*, leading, epoch *").await;
        page.click("tab", "Data").await;
        page.tab_to("tree", "Znodes").await;
        let keys = [Key::Down, Key::Right].map(char::from);
        page.press(&String::from_iter(keys)).await;
        page.see("treeitem", "quota*").await;
        page.press(&String::from(char::from(Key::Left))).await;
        page.miss("treeitem", "quota*").await;
    })
    .await;
}

#[tokio::test]
async fn a_leader_that_stays_behind_is_named_with_its_reason() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        let leader = page.see("button", "S*, leading, epoch *").await.name;
        page.click("button", "Send a write").await;
        page.click("tab", "Data").await;
        page.see("treeitem", "/config*0").await;
        page.click("button", "Isolate leader").await;
        page.wait("another leader", async || {
            let leaders = page.all("button", "S*, leading, epoch *").await;
            leaders.iter().any(|sight| sight.name[..2] != leader[..2]).then_some(())
        })
        .await;
        // The client may be without a connection yet, or at the old leader: it writes until one is
        // answered by the others.
        let behind = format!("/config*{} older*", &leader[..2]);
        page.wait("the old leader's znode to stay behind", async || {
            page.press("w").await;
            page.settle().await;
            page.all("treeitem", &behind).await.into_iter().next()
        })
        .await;
        says(&page, &["no quorum: nothing commits there", "is looking for a leader"]).await;
    })
    .await;
}

#[tokio::test]
async fn a_broken_law_stops_the_run_and_shows_two_facts() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.click("button", "10 laws hold").await;
        page.see("tab", "Safety").await;
        page.click("button", "Five servers").await;
        page.click("radio", "An epoch is written before its history*").await;
        page.click("button", "Start").await;
        page.see("alert", "*").await;
        says(&page, &["Both cannot be true."]).await;
        page.see("button", "*broken").await;
        page.click("button", "Go to A").await;
        says(&page, &["This lies ahead of the moment that is shown."]).await;
        page.click("button", "Go to B").await;
        page.click("button", "Continue anyway").await;
        says(&page, &["The run goes on past the broken law."]).await;
    })
    .await;
}
