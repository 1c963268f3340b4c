//! Where things are: the package, what is built, and the programs that are called.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

/// The folder of Cargo.toml: the one that cargo runs us for, wherever we were built.
pub fn root() -> PathBuf {
    let folder = env::var_os("CARGO_MANIFEST_DIR");
    folder.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
}

/// Cargo's folder for what it builds; what xtask fetches for itself lives in its `tools`.
pub fn target() -> PathBuf {
    match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// What `trunk build` makes: the page as static files.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).env("PATH", search_path());
    command
}

/// A program found by name. `None` if there is none; ask again after installing it.
pub fn program(name: &str) -> Option<Command> {
    let mut command = Command::new(find(name)?);
    command.current_dir(root()).env("PATH", search_path());
    Some(command)
}

/// The file of a program: in cargo's own folder first, then along PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    env::split_paths(&search_path())
        .flat_map(|folder| endings.iter().map(move |end| folder.join(format!("{name}{end}"))))
        .find(|file| file.is_file())
}

/// Where `cargo install` puts programs.
pub fn cargo_bin() -> Option<PathBuf> {
    let home = || env::var_os("CARGO_HOME").map(PathBuf::from).or_else(home_cargo);
    let root = env::var_os("CARGO_INSTALL_ROOT").map(PathBuf::from).or_else(home)?;
    Some(root.join("bin"))
}

fn home_cargo() -> Option<PathBuf> {
    env::home_dir().map(|home| home.join(".cargo"))
}

/// PATH with cargo's own folder before it, so that a tool installed there is the one that is used
/// by trunk and cargo too, whatever else is on the machine.
fn search_path() -> OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = cargo_bin().into_iter().chain(env::split_paths(&path));
    env::join_paths(folders).unwrap_or(path)
}
