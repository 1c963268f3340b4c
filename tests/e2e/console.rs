//! The console: commands typed as at ZooKeeper's own command line, by a person who knows it.

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Site, dist, tell};

/// Waits until the console of C1 shows this.
async fn the_console_says(page: &Page, line: &str) {
    page.wait(&format!("the console to say {line}"), async || {
        let log = page.all("log", "Console of C1").await;
        log.iter().any(|sight| sight.text.contains(line)).then_some(())
    })
    .await;
}

async fn enter(page: &Page, line: &str) {
    page.press(&format!("{line}{}", char::from(Key::Enter))).await;
}

#[tokio::test]
async fn commands_are_typed_completed_and_called_back() {
    the_story_of_the_console(Screen::LAPTOP).await;
}

#[tokio::test]
async fn commands_are_typed_on_a_phone() {
    the_story_of_the_console(Screen::PHONE).await;
}

async fn the_story_of_the_console(screen: Screen) {
    let site = Site::serve(dist(), "/");
    tell(screen, site.url(""), async |page: Page| {
        page.see("button", "S*, leading, *").await;
        // The slash goes there from wherever the keys are heard.
        page.press("/").await;
        enter(&page, "create /apple hello").await;
        the_console_says(&page, "Created /apple").await;
        enter(&page, "get /nope").await;
        the_console_says(&page, "Node does not exist: /nope").await;
        let tab = char::from(Key::Tab);
        // Tab takes the ghost over: the command's name, then the path at the client's own server.
        page.press(&format!("sta{tab}")).await;
        page.wait("the name to be there", async || typed(&page, "stat").await).await;
        page.press(&format!(" /ap{tab}")).await;
        page.wait("the path to be there", async || typed(&page, "stat /apple").await).await;
        enter(&page, "").await;
        the_console_says(&page, "dataLength = 5").await;
        // The arrows call back what was entered.
        let up = char::from(Key::Up);
        page.press(&format!("{up}{up}")).await;
        page.wait("an old line", async || typed(&page, "get /nope").await).await;
        // A key that means something elsewhere is only a letter here.
        page.press("c").await;
        page.miss("button", "Restart S*").await;
        let violations = page.accessibility_violations().await;
        assert!(violations.is_empty(), "axe-core objects:\n{}", violations.join("\n"));
    })
    .await;
}

/// Whether this is the line that is typed.
async fn typed(page: &Page, line: &str) -> Option<()> {
    let value = "return document.getElementById('console-input').value;";
    (page.run(value, vec![]).await.as_str() == Some(line)).then_some(())
}
