//! The states, the screens, and taking a picture of each pair.

use std::fs;
use std::path::{Path, PathBuf};

use fantoccini::key::Key;

use crate::harness::{Page, Screen, Site, dist, tell};

/// What a person does, or waits for, before the picture is taken.
#[derive(Clone, Copy)]
enum Act {
    /// Waits until something of this role and name is visible.
    See(&'static str, &'static str),
    /// Presses these keys; a capital is with Shift.
    Press(&'static str),
    /// Goes on to the next event this often.
    Step(u32),
}
use Act::{Press, See, Step};

struct State {
    name: &'static str,
    acts: &'static [Act],
}

const LEADING: Act = See("button", "S*, leading, *");
const LOOKING: Act = See("button", "S*, looking, *");
const ACKED: Act = See("button", "S*, leading, *one ack of five");
const PAUSED: Act = Press(" ");

const STATES: &[State] = &[
    State { name: "healthy", acts: &[LEADING] },
    State { name: "write", acts: &[LEADING, Press("w"), ACKED, PAUSED] },
    State { name: "requests", acts: &[LEADING, Press("wrm"), See("listitem", "*"), Press("w ")] },
    State { name: "election", acts: &[LEADING, Press("C"), LOOKING, PAUSED, Step(10)] },
    State { name: "recovery", acts: &[LEADING, Press("C"), LOOKING, LEADING, PAUSED] },
    State { name: "partition", acts: &[LEADING, Press("x"), LOOKING, LEADING, PAUSED] },
    State { name: "server", acts: &[LEADING, Press("1")] },
    State { name: "stage-only", acts: &[LEADING, Press("f")] },
    State { name: "legend", acts: &[LEADING, Press("l"), See("dialog", "*")] },
    State { name: "keys", acts: &[LEADING, Press("?"), See("dialog", "*")] },
];

/// The README's: a write on its way.
const README: &State = &STATES[1];

const LAPTOP: Screen = Screen::LAPTOP;
const PHONE: Screen = Screen::PHONE;

const SCREENS: &[(&str, Screen)] = &[
    ("light", LAPTOP),
    ("dark", Screen { theme: "dark", ..LAPTOP }),
    ("laptop-1280", Screen { width: 1280, height: 720, ..LAPTOP }),
    ("tablet-1024", Screen { width: 1024, height: 768, ..LAPTOP }),
    ("tablet-820", Screen { width: 820, height: 1180, ..LAPTOP }),
    ("projector-1920", Screen { width: 1920, height: 1080, theme: "projector", ..LAPTOP }),
    ("phone-390", PHONE),
    ("phone-390-dark", Screen { theme: "dark", ..PHONE }),
];

pub fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime of one thread");
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["all", folder, only] => runtime.block_on(take_all(Path::new(folder), only)),
        ["readme", file] => runtime.block_on(take(README, LAPTOP, file.into())),
        _ => panic!("usage: all FOLDER ONLY | readme FILE; `cargo xtask` knows how to call this"),
    }
}

async fn take_all(folder: &Path, only: &str) {
    fs::create_dir_all(folder).expect("the folder for the pictures can be made");
    for state in STATES {
        for (screen_name, screen) in SCREENS {
            let name = format!("{}-{screen_name}", state.name);
            if name.contains(only) {
                take(state, *screen, folder.join(name + ".png")).await;
            }
        }
    }
}

async fn take(state: &'static State, screen: Screen, file: PathBuf) {
    println!("{}", file.display());
    let site = Site::serve(dist(), "/");
    tell(screen, site.url(""), async move |page: Page| {
        for act in state.acts {
            perform(&page, *act).await;
        }
        page.settle().await;
        fs::write(&file, page.picture().await).expect("the picture can be written");
    })
    .await;
}

async fn perform(page: &Page, act: Act) {
    match act {
        See(role, name) => drop(page.see(role, name).await),
        Press(keys) => page.press(keys).await,
        Step(count) => {
            let right = String::from(char::from(Key::Right));
            page.press(&right.repeat(count as usize)).await;
        }
    }
}
