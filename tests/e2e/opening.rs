//! Opening the page: it gets ready, it says nothing wrong, everyone can use it, and it does so
//! wherever it is put.

use crate::harness::{Page, Screen, Site, dist, tell};

#[tokio::test]
async fn opens_without_a_barrier() {
    in_every_state_there_is_no_barrier(Screen::LAPTOP).await;
}

#[tokio::test]
async fn opens_without_a_barrier_in_the_dark() {
    in_every_state_there_is_no_barrier(Screen { theme: "dark", ..Screen::LAPTOP }).await;
}

#[tokio::test]
async fn opens_without_a_barrier_on_a_phone() {
    in_every_state_there_is_no_barrier(Screen::PHONE).await;
}

/// Axe-core has nothing to object to: at first, after a write, with a server inspected, with each
/// sheet open, and with a server down.
async fn in_every_state_there_is_no_barrier(screen: Screen) {
    let site = Site::serve(dist(), "/");
    tell(screen, site.url(""), async |page: Page| {
        page.see("status", "*").await;
        page.see("button", "S*, leading, *").await;
        for (state, keys) in [
            ("at first", ""),
            ("after a write", "w"),
            ("with a server inspected", "2"),
            ("with the legend", "l"),
            ("with the keys", "l?"),
            ("with a server down", "?c"),
        ] {
            page.press(keys).await;
            page.settle().await;
            let violations = page.accessibility_violations().await;
            let list = violations.join("\n");
            assert!(violations.is_empty(), "axe-core objects {state}:\n{list}");
        }
    })
    .await;
}

/// The console check bites: what is planted here must be found.
#[tokio::test]
async fn errors_on_the_console_are_found() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("status", "*").await;
        let plant = "console.error('planted message');
                     setTimeout(() => { throw new Error('planted throw'); });";
        page.run(plant, vec![]).await;
        let errors = page
            .wait("both planted errors", async || {
                let errors = page.console_errors().await;
                (errors.len() >= 2).then_some(errors)
            })
            .await;
        assert!(errors.iter().any(|error| error.contains("planted message")), "{errors:?}");
        assert!(errors.iter().any(|error| error.contains("planted throw")), "{errors:?}");
        assert_eq!(page.expect_console_errors().await.len(), errors.len());
    })
    .await;
}

/// The same files work in a folder below the root of a host.
#[tokio::test]
async fn opens_below_any_path() {
    let site = Site::serve(dist(), "/shows/zabscope/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        page.see("status", "*").await;
    })
    .await;
}
