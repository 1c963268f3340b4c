//! Building the page and serving it.

use std::env;

use crate::place;
use crate::stage::{Result, Stages, run};
use crate::tools;

/// Sets up, builds and serves the page until interrupted, and opens it where there is a desktop.
pub fn serve(stages: &mut Stages, release: bool, port: u16) -> Result {
    stages.run("tools", tools::ensure_page_tools)?;
    stages.run("serve", || {
        let mut trunk = tools::trunk()?;
        trunk.args(["serve", "--offline=true", "--port", &port.to_string()]);
        if release {
            trunk.arg("--release");
        }
        if has_desktop() {
            trunk.arg("--open");
        }
        println!("the page will be at http://127.0.0.1:{port}/ (Ctrl+C ends this)");
        run(&mut trunk)
    })
}

/// Builds the page as it is deployed, into `dist/`.
pub fn build() -> Result {
    let mut trunk = tools::trunk()?;
    run(trunk.args(["build", "--release", "--offline=true"]).arg("--dist").arg(place::dist()))
}

fn has_desktop() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let display =
        cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY");
    display && !set("CI")
}
