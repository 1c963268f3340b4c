//! The programs that are measured: `zabsim bench`, and the package `benches/peers`.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::place;
use crate::stage::{Result, output, run};

/// Both programs, built.
pub struct Programs {
    own: PathBuf,
    peers: Option<PathBuf>,
}

/// How much is to be done.
#[derive(Clone, Copy)]
pub struct Work {
    pub proposals: u32,
}

/// What a program says of a run.
pub struct Figures {
    /// Committed transactions per CPU-second.
    pub rate: f64,
}

const WINDOW: &str = "1024";
const BYTES: &str = "32";

impl Programs {
    /// Builds both.
    pub fn build() -> Result<Programs> {
        let programs = Programs::build_own()?;
        let folder = place::target().join("peers");
        let mut cargo = place::cargo();
        cargo.current_dir(peers_folder()).env("CARGO_TARGET_DIR", &folder);
        cargo.env("PROTOC", protoc()?);
        run(cargo.args(["build", "--locked", "--release", "--quiet"]))?;
        Ok(Programs { peers: Some(program(folder, "peers")), ..programs })
    }

    /// Builds ours alone.
    pub fn build_own() -> Result<Programs> {
        let mut cargo = place::cargo();
        run(cargo.args(["build", "--locked", "--release", "--quiet", "--bin", "zabsim"]))?;
        Ok(Programs { own: program(place::target(), "zabsim"), peers: None })
    }

    /// Whether instructions can be counted here.
    pub fn can_count() -> bool {
        place::find("valgrind").is_some()
    }

    /// Lets a subject do the work.
    pub fn measure(&self, subject: &str, work: Work) -> Result<Figures> {
        let mut command = self.command(subject, work)?;
        let text = output(&mut command).ok_or_else(|| format!("{subject} could not be run"))?;
        let figures: Value = serde_json::from_str(&text)
            .map_err(|error| format!("what {subject} printed is no JSON: {error}"))?;
        let rate = figures["transactionsPerCpuSecond"].as_f64();
        rate.map(|rate| Figures { rate }).ok_or_else(|| format!("{subject} names no rate"))
    }

    /// How many instructions a subject takes for the work, from its start to its end.
    pub fn count(&self, subject: &str, work: Work) -> Result<u64> {
        let command = self.command(subject, work)?;
        let mut valgrind = place::program("valgrind").ok_or("there is no valgrind")?;
        valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
        valgrind.arg(command.get_program()).args(command.get_args());
        let output = valgrind.output().map_err(|error| format!("valgrind: {error}"))?;
        let text = String::from_utf8_lossy(&output.stderr);
        let collected =
            text.lines().find_map(|line| line.split_once("Collected : ")?.1.parse().ok());
        collected.filter(|_| output.status.success()).ok_or(format!("valgrind says: {text}"))
    }

    fn command(&self, subject: &str, work: Work) -> Result<Command> {
        let proposals = work.proposals.to_string();
        if matches!(subject, "raft" | "omnipaxos") {
            let mut command = Command::new(self.peers.as_ref().ok_or("the peers are not built")?);
            command.args([subject, &proposals, WINDOW, BYTES]);
            return Ok(command);
        }
        let mut command = Command::new(&self.own);
        command.args(["bench", "--proposals", &proposals, "--window", WINDOW, "--bytes", BYTES]);
        command.args(["--watch", subject]);
        Ok(command)
    }
}

fn program(target: PathBuf, name: &str) -> PathBuf {
    target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn peers_folder() -> PathBuf {
    place::root().join("benches").join("peers")
}

/// The compiler of Protocol Buffers that `raft` is built with: the machine's, or the one that comes
/// with the crate `protobuf-build`, which `raft` needs in any case.
fn protoc() -> Result<PathBuf> {
    if let Some(found) = std::env::var_os("PROTOC") {
        return Ok(found.into());
    }
    if let Some(found) = place::find("protoc") {
        return Ok(found);
    }
    let mut cargo = place::cargo();
    cargo.current_dir(peers_folder());
    let text = output(cargo.args(["metadata", "--locked", "--format-version", "1"]))
        .ok_or("cargo cannot name the crates of benches/peers")?;
    let metadata: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let manifest = packages
        .filter(|package| package["name"] == "protobuf-build")
        .find_map(|package| package["manifest_path"].as_str())
        .ok_or("raft is built without the crate protobuf-build")?;
    let name = match (std::env::consts::OS, std::env::consts::ARCH) {
        ("windows", _) => "protoc-win32.exe".to_owned(),
        ("macos", _) => "protoc-osx-x86_64".to_owned(),
        (system, "aarch64") => format!("protoc-{system}-aarch_64"),
        (system, machine) => format!("protoc-{system}-{machine}"),
    };
    let file = PathBuf::from(manifest).with_file_name("bin").join(name);
    if file.is_file() {
        return Ok(file);
    }
    Err("there is no protoc: `apt-get install protobuf-compiler` or `brew install protobuf`".into())
}
