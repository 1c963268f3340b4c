//! Every test there is, and the pictures of the page.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser::Browser;
use crate::stage::{Result, Stages, run};
use crate::{bundle, page, place, tools};

/// Makes sure of all tools.
pub fn set_up(stages: &mut Stages) -> Result<Browser> {
    stages.run("tools", tools::ensure_page_tools)?;
    stages.run("browser", Browser::ensure)
}

/// Native tests, tests in a real browser, and the stories told to the built page.
pub fn test(stages: &mut Stages) -> Result {
    let browser = set_up(stages)?;
    stages.run("native tests", || run(cargo_test().args(["--quiet"])))?;
    stages.run("tests in the browser", || run(&mut browser_tests(&browser)?))?;
    stages.run("build of the page", page::build)?;
    stages.run("bundle", bundle::pack)?;
    stages
        .run("end-to-end stories", || run(&mut end_to_end(&browser, &["--skip", "trunk_serve"])))?;
    stages.run("trunk serve", || run(&mut end_to_end(&browser, &["trunk_serve"])))
}

/// The model checker, a package of its own; the options are its.
pub fn model(stages: &mut Stages, options: &[String]) -> Result {
    let mut cargo = place::cargo();
    cargo.args(["run", "--release", "--locked", "--manifest-path", "tests/model/Cargo.toml", "--"]);
    stages.run("model", || run(cargo.args(options)))
}

/// Pictures of the page in all its states, themes and sizes, or of those whose name holds `only`.
pub fn shots(stages: &mut Stages, out: &str, only: &str) -> Result {
    let browser = set_up(stages)?;
    stages.run("build of the page", page::build)?;
    stages.run("pictures", || run(&mut picture(&browser, &["all", out, only])))
}

/// The README's picture.
pub fn screenshot(stages: &mut Stages) -> Result {
    let browser = set_up(stages)?;
    stages.run("build of the page", page::build)?;
    let file = place::root().join("static").join("screenshot.png");
    stages.run("picture", || run(&mut picture(&browser, &["readme", &path_text(&file)?])))
}

fn cargo_test() -> Command {
    let mut cargo = place::cargo();
    cargo.args(["test", "--locked"]);
    cargo
}

/// The tests that say they run in a browser, compiled for it.
fn browser_tests(browser: &Browser) -> Result<Command> {
    let folder = place::root().join("tests");
    let files = std::fs::read_dir(&folder).map_err(|error| format!("tests: {error}"))?;
    let files = files.flatten().map(|entry| entry.path());
    let is_for_browser = |file: &PathBuf| {
        std::fs::read_to_string(file).is_ok_and(|text| text.contains("wasm_bindgen_test"))
    };
    let names = files.filter(is_for_browser);
    let mut names: Vec<_> = names.filter_map(|file| Some(file.file_stem()?.to_owned())).collect();
    if names.is_empty() {
        return Err("no file in tests/ runs in a browser".to_owned());
    }
    names.sort();
    let mut cargo = cargo_test();
    cargo.args(["--target", "wasm32-unknown-unknown"]);
    for name in names {
        cargo.arg("--test").arg(name);
    }
    browser.tell(&mut cargo);
    // Seconds; the usual 20 are short for long runs on a busy machine.
    cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "600").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
    Ok(cargo)
}

/// One browser at a time: two of them on a small machine disturb each other's clocks.
fn end_to_end(browser: &Browser, filter: &[&str]) -> Command {
    let mut cargo = cargo_test();
    cargo.args(["--test", "e2e", "--", "--test-threads=1"]).args(filter);
    browser.tell(&mut cargo);
    // The calls below an asynchronous test tell nothing and hide what it says.
    cargo.env("RUST_BACKTRACE", "0");
    cargo
}

fn picture(browser: &Browser, arguments: &[&str]) -> Command {
    let mut cargo = cargo_test();
    cargo.args(["--test", "shots", "--"]).args(arguments);
    browser.tell(&mut cargo);
    cargo
}

fn path_text(path: &Path) -> Result<String> {
    path.to_str().map(str::to_owned).ok_or(format!("{} is not UTF-8", path.display()))
}
