//! What a person comes for: take a server's power, cut the network, send a write, and see the
//! ensemble come through it. By pointer and by keyboard.

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Sight, Site, dist, tell};

/// A server as a screen reader is told it: "S3, leading, epoch 3, last 3·9, two acks of five".
#[derive(Clone, Debug, PartialEq)]
struct Server {
    name: String,
    state: String,
    epoch: String,
    /// Where its node stands, in CSS pixels.
    place: (f64, f64),
}

async fn servers(page: &Page) -> Vec<Server> {
    let sights = page.all("button", "S*, *, epoch *").await;
    let read = |sight: Sight| {
        let mut parts = sight.name.split(", ").map(str::to_owned);
        let (name, state) = (parts.next()?, parts.next()?);
        Some(Server { name, state, epoch: parts.next()?, place: sight.anchor })
    };
    sights.into_iter().filter_map(read).collect()
}

/// Waits until the servers can be told as `wanted` says.
async fn servers_when(page: &Page, what: &str, wanted: impl Fn(&[Server]) -> bool) -> Vec<Server> {
    let seen = page.wait(what, async || Some(servers(page).await).filter(|all| wanted(all)));
    seen.await
}

fn in_state<'a>(servers: &'a [Server], state: &str) -> Vec<&'a Server> {
    servers.iter().filter(|server| server.state == state).collect()
}

/// Waits until one server leads and the other four follow it.
async fn a_calm_ensemble(page: &Page) -> (Server, Vec<Server>) {
    let calm = |all: &[Server]| {
        in_state(all, "leading").len() == 1 && in_state(all, "following").len() == 4
    };
    let all = servers_when(page, "one leader with four followers", calm).await;
    (in_state(&all, "leading")[0].clone(), all)
}

/// Waits until the phase line has these servers, and no fewer, at broadcast.
async fn serving(page: &Page, servers: &[&str]) {
    let station = format!("{} at Broadcast", servers.join(", "));
    page.wait(&station, async || {
        let stations = page.all("listitem", "*").await;
        stations.iter().any(|sight| sight.text.contains(&station)).then_some(())
    })
    .await;
}

/// Waits until the newest request has succeeded.
async fn the_newest_request_is_ok(page: &Page) {
    page.wait("the newest request to read ok", async || {
        let requests = page.all("listitem", "*").await;
        // "C1 → S2 · 2·1": from which client to which server, and the zxid.
        let newest = requests.iter().find(|sight| sight.text.contains(" → S"))?;
        newest.text.split_whitespace().any(|word| word == "ok").then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_healthy_ensemble_is_there_from_the_start() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        let (leader, _) = a_calm_ensemble(&page).await;
        page.see("button", &format!("Crash {}", leader.name)).await;
        serving(&page, &["S1", "S2", "S3", "S4", "S5"]).await;
    })
    .await;
}

#[tokio::test]
async fn the_leader_crashes_by_a_click_and_a_write_succeeds_under_the_next() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        let (leader, _) = a_calm_ensemble(&page).await;
        page.click("button", &format!("Crash {}", leader.name)).await;
        page.see("button", &format!("{}, no power, *", leader.name)).await;
        page.see("button", &format!("Restart {}", leader.name)).await;
        let next = |all: &[Server]| {
            let leading = in_state(all, "leading");
            leading.len() == 1
                && leading[0].epoch != leader.epoch
                && in_state(all, "following").len() == 3
        };
        let all = servers_when(&page, "another leader of a new epoch", next).await;
        let alive: Vec<_> = all.iter().filter(|server| server.state != "no power").collect();
        let alive: Vec<_> = alive.iter().map(|server| server.name.as_str()).collect();
        serving(&page, &alive).await;
        page.click("button", "Send a write").await;
        the_newest_request_is_ok(&page).await;
        page.click("button", &format!("Restart {}", leader.name)).await;
        a_calm_ensemble(&page).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_goes_by_keyboard_alone() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        let (leader, _) = a_calm_ensemble(&page).await;
        let digit = leader.name.trim_start_matches('S');
        page.press(&format!("{digit}c")).await;
        page.see("button", &format!("{}, no power, *", leader.name)).await;
        let next = |all: &[Server]| {
            in_state(all, "leading").len() == 1 && in_state(all, "following").len() == 3
        };
        servers_when(&page, "another leader", next).await;
        page.press("w").await;
        // The server that was selected is what the rail shows; the requests are one tab before.
        page.tab_to("tab", "Inspect").await;
        page.press(&String::from(char::from(Key::Left))).await;
        the_newest_request_is_ok(&page).await;
        page.press(&format!("{digit}c")).await;
        a_calm_ensemble(&page).await;
    })
    .await;
}

#[tokio::test]
async fn a_stroke_cuts_the_network_and_healing_mends_it() {
    let site = Site::serve(dist(), "/");
    tell(Screen::LAPTOP, site.url(""), async |page: Page| {
        let (leader, all) = a_calm_ensemble(&page).await;
        let (from, to) = stroke_that_leaves_the_leader_two_of_five(&leader, &all);
        page.drag(from, to).await;
        let old_leader_gave_up = |now: &[Server]| {
            let elsewhere = |server: &&&Server| server.name != leader.name;
            in_state(now, "leading").iter().filter(elsewhere).count() == 1
                && now.iter().any(|server| server.name == leader.name && server.state == "looking")
        };
        let what = "the minority's leader to step down and the majority's to lead";
        servers_when(&page, what, old_leader_gave_up).await;
        page.click("button", "Heal all").await;
        a_calm_ensemble(&page).await;
        page.click("button", "Send a write").await;
        the_newest_request_is_ok(&page).await;
    })
    .await;
}

type Place = (f64, f64);

/// A stroke across the ring that parts the leader and the next server from the other three: through
/// the middles of the two gaps beside the pair, and a little further at both ends.
fn stroke_that_leaves_the_leader_two_of_five(leader: &Server, all: &[Server]) -> (Place, Place) {
    let count = all.len();
    let index = all.iter().position(|server| server.name == leader.name);
    let index = index.expect("the leader is one of them");
    let at = |offset: usize| all[(index + offset) % count].place;
    let middle = |a: Place, b: Place| ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0);
    let before = middle(at(count - 1), at(0));
    let after = middle(at(1), at(2));
    let further =
        |from: Place, to: Place| (to.0 + (to.0 - from.0) * 0.08, to.1 + (to.1 - from.1) * 0.08);
    (further(after, before), further(before, after))
}
