//! What building the page needs beside cargo: the wasm target, trunk and the wasm-bindgen CLI.
//!
//! Each is looked for first and installed only if missing or of the wrong version, into cargo's own
//! folder, so that plain `trunk serve` works afterwards. The tools are built with light profiles:
//! trunk's own release profile alone (fat LTO) takes longer than everything else together.

use std::process::Command;

use crate::place;
use crate::stage::{Result, output, run};

const WASM: &str = "wasm32-unknown-unknown";

/// The last trunk for this Rust; trunk 0.22 needs a newer one.
const TRUNK: &str = "0.21.14";

/// Makes sure of everything that building the page needs.
pub fn ensure_page_tools() -> Result {
    ensure_wasm_target()?;
    ensure_wasm_bindgen()?;
    ensure_trunk()?;
    println!("fetching the crates of Cargo.lock");
    run(place::cargo().args(["fetch", "--locked", "--quiet"]))
}

/// trunk, ready to be given its arguments.
pub fn trunk() -> Result<Command> {
    let mut command = place::program("trunk").ok_or("trunk is not installed")?;
    // trunk reads NO_COLOR as a flag with a value, and refuses the usual NO_COLOR=1.
    command.env_remove("NO_COLOR");
    Ok(command)
}

fn ensure_wasm_target() -> Result {
    let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    let sysroot = output(rustc.args(["--print", "sysroot"])).ok_or("rustc cannot be run")?;
    if std::path::Path::new(&sysroot).join("lib/rustlib").join(WASM).join("lib").is_dir() {
        println!("target {WASM}: there");
        return Ok(());
    }
    let mut rustup = place::program("rustup").ok_or(format!(
        "the target {WASM} is missing, and there is no rustup to add it. Install Rust by rustup, \
         or install the package of your system that holds this target's standard library"
    ))?;
    run(rustup.args(["target", "add", WASM]))
}

fn ensure_trunk() -> Result {
    if let Some(version) = version_of("trunk").filter(|version| serves(version)) {
        println!("trunk {version}: there");
        return Ok(());
    }
    println!("trunk {TRUNK}: to be installed (once, about five minutes)");
    install("trunk", TRUNK, &["--debug"], &[("CARGO_PROFILE_DEV_DEBUG", "0")])
}

/// Newer trunks are welcome; before 0.21 relative addresses did not work.
fn serves(version: &str) -> bool {
    let mut numbers = version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
    let first_two = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    first_two >= (0, 21)
}

fn ensure_wasm_bindgen() -> Result {
    let wanted = locked_version("wasm-bindgen")?;
    let runner = place::find("wasm-bindgen-test-runner").is_some();
    if runner && version_of("wasm-bindgen").is_some_and(|version| version == wanted) {
        println!("wasm-bindgen {wanted}: there");
        return Ok(());
    }
    println!("wasm-bindgen {wanted}: to be installed (once, about three minutes)");
    let light = [
        ("CARGO_PROFILE_RELEASE_LTO", "off"),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ];
    install("wasm-bindgen-cli", &wanted, &[], &light)
}

fn install(name: &str, version: &str, arguments: &[&str], profile: &[(&str, &str)]) -> Result {
    let mut cargo = place::cargo();
    cargo.args(["install", "--locked", "--no-default-features", "--force"]);
    cargo.args(arguments).arg(format!("{name}@{version}"));
    // A folder of its own, so that building a tool neither waits for our builds nor leaves its
    // crates among ours; cargo removes it afterwards.
    cargo.env_remove("CARGO_TARGET_DIR").env("CARGO_INCREMENTAL", "0");
    run(cargo.envs(profile.iter().copied()))
}

/// The version a program prints as the second word of `--version`.
fn version_of(name: &str) -> Option<String> {
    let text = output(place::program(name)?.arg("--version").env_remove("NO_COLOR"))?;
    text.split_whitespace().nth(1).map(str::to_owned)
}

/// The version of a package in Cargo.lock. The CLI must be of exactly the crate's version.
fn locked_version(package: &str) -> Result<String> {
    let file = place::root().join("Cargo.lock");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("Cargo.lock: {error}"))?;
    let mut lines = text.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or(format!("Cargo.lock names no version of {package}"))
}
