//! The states, the screens, and taking a picture of each pair.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Page, Screen, Site, dist, tell};

/// What a person did before the picture was taken.
#[derive(Clone, Copy)]
enum Act {
    /// Waits until something of this role and name is visible.
    See(&'static str, &'static str),
}

struct State {
    name: &'static str,
    acts: &'static [Act],
}

const OPENED: State = State { name: "opened", acts: &[Act::See("status", "*")] };

const STATES: &[State] = &[OPENED];

const SCREENS: &[(&str, Screen)] = &[
    ("light", Screen::LAPTOP),
    ("dark", Screen { theme: "dark", ..Screen::LAPTOP }),
    ("zh", Screen { language: "zh", ..Screen::LAPTOP }),
    ("dark-zh", Screen { theme: "dark", language: "zh", ..Screen::LAPTOP }),
    ("laptop-1280", Screen { width: 1280, height: 720, ..Screen::LAPTOP }),
    ("tablet-1024", Screen { width: 1024, height: 768, ..Screen::LAPTOP }),
    ("tablet-820", Screen { width: 820, height: 1180, ..Screen::LAPTOP }),
    ("projector-1920", Screen { width: 1920, height: 1080, theme: "projector", ..Screen::LAPTOP }),
    ("phone-390", Screen { width: 390, height: 844, phone: true, ..Screen::LAPTOP }),
    (
        "phone-390-dark-zh",
        Screen { width: 390, height: 844, phone: true, theme: "dark", language: "zh" },
    ),
];

pub fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime of one thread");
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["all", folder] => runtime.block_on(take_all(Path::new(folder))),
        ["readme", file] => runtime.block_on(take(&OPENED, Screen::LAPTOP, file.into())),
        _ => panic!(
            "usage: all FOLDER | readme FILE (`cargo xtask shots`, `cargo xtask screenshot`)"
        ),
    }
}

async fn take_all(folder: &Path) {
    fs::create_dir_all(folder).expect("the folder for the pictures can be made");
    for state in STATES {
        for (name, screen) in SCREENS {
            take(state, *screen, folder.join(format!("{}-{name}.png", state.name))).await;
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
        fs::write(&file, page.picture().await).expect("the picture can be written");
    })
    .await;
}

async fn perform(page: &Page, act: Act) {
    match act {
        Act::See(role, name) => drop(page.see(role, name).await),
    }
}
