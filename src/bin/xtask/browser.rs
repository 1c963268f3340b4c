//! What testing the page needs: a Chromium, its driver, and axe-core.
//!
//! They are looked for first; where the machine lets us install them we do, and where it does not
//! we fail and say exactly what is missing. Nothing is skipped.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::place;
use crate::stage::{Result, output, run};

/// The accessibility rules the page is held to.
const AXE: &str = "4.14.1";

/// What the browser tests are told.
pub struct Browser {
    driver: PathBuf,
    chromium: PathBuf,
    axe: PathBuf,
}

impl Browser {
    /// Makes sure of Chromium, its driver and axe-core.
    pub fn ensure() -> Result<Self> {
        if find_chromium().is_none() || find_driver().is_none() {
            install_packages(chromium_packages())?;
        }
        let chromium = find_chromium().ok_or_else(|| missing("Chromium or Chrome"))?;
        let driver = find_driver().ok_or_else(|| missing("chromedriver"))?;
        println!("browser: {}", version(&chromium));
        println!("driver: {}", version(&driver));
        let axe = ensure_axe()?;
        println!("axe-core {AXE}: there");
        Ok(Self { driver, chromium, axe })
    }

    /// Hands a test what it needs: the driver by the name that wasm-bindgen's runner knows.
    pub fn tell(&self, command: &mut Command) {
        command
            .env("CHROMEDRIVER", &self.driver)
            .env("ZABSCOPE_CHROMIUM", &self.chromium)
            .env("ZABSCOPE_AXE", &self.axe)
            .env("ZABSCOPE_DIST", place::dist());
    }
}

fn find_driver() -> Option<PathBuf> {
    let named = env::var_os("CHROMEDRIVER").map(PathBuf::from).filter(|file| file.is_file());
    named.or_else(|| place::find("chromedriver"))
}

fn find_chromium() -> Option<PathBuf> {
    let named = env::var_os("ZABSCOPE_CHROMIUM").map(PathBuf::from);
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    let on_path = names.iter().filter_map(|name| place::find(name));
    let apps = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ];
    let apps = apps.iter().map(PathBuf::from);
    named.into_iter().chain(on_path).chain(apps).find(|file| file.is_file())
}

fn chromium_packages() -> &'static [&'static str] {
    let release = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    if release.lines().any(|line| line == "ID=ubuntu") {
        &["chromium-browser", "chromium-chromedriver"]
    } else {
        &["chromium", "chromium-driver"]
    }
}

/// Installs packages where that is ours to do: as root on Debian and its kin. Elsewhere it does
/// nothing, and the caller says what is missing.
fn install_packages(packages: &[&str]) -> Result {
    if place::find("apt-get").is_none() || !is_root() {
        return Ok(());
    }
    // Another process may hold dpkg's lock for a while.
    let patient = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"];
    let apt = || {
        let mut command = Command::new("apt-get");
        command.args(patient).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(apt().args(["update", "--quiet"]))?;
    run(apt().args(["install", "--yes", "--quiet", "--no-install-recommends"]).args(packages))
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_some_and(|id| id == "0")
}

fn missing(what: &str) -> String {
    let how = if cfg!(target_os = "macos") {
        "brew install --cask google-chrome chromedriver\n  \
         then once: xattr -d com.apple.quarantine \"$(which chromedriver)\""
    } else if cfg!(windows) {
        "winget install Google.Chrome Chromium.ChromeDriver"
    } else {
        "Debian: sudo apt-get install chromium chromium-driver\n  \
         Ubuntu: sudo snap install chromium (it brings chromium.chromedriver)\n  \
         Fedora: sudo dnf install chromium chromedriver\n  \
         Arch: sudo pacman -S chromium"
    };
    format!(
        "{what} is missing: the tests run the page in a real browser. Install it:\n  {how}\n\
         or name the files by CHROMEDRIVER and ZABSCOPE_CHROMIUM. Driver and browser must be of \
         the same major version"
    )
}

fn version(program: &Path) -> String {
    // Chrome on Windows opens a window instead of printing its version.
    if cfg!(windows) {
        return program.display().to_string();
    }
    let text = output(Command::new(program).arg("--version")).unwrap_or_default();
    let words: Vec<_> = text.split_whitespace().take(2).collect();
    if words.is_empty() { program.display().to_string() } else { words.join(" ") }
}

/// axe-core from npm, kept beside what cargo builds.
fn ensure_axe() -> Result<PathBuf> {
    let folder = place::target().join("tools").join("axe");
    let package = folder.join("node_modules").join("axe-core");
    let script = package.join("axe.min.js");
    let description = std::fs::read_to_string(package.join("package.json")).unwrap_or_default();
    if script.is_file() && description.contains(&format!("\"version\": \"{AXE}\"")) {
        return Ok(script);
    }
    if place::find("npm").is_none() {
        install_packages(&["npm"])?;
    }
    let mut npm = place::program("npm").ok_or_else(|| {
        format!(
            "axe-core {AXE} is missing (the tests hold the page to its accessibility rules), and \
             there is no npm to get it with. Install Node.js, which brings npm, and run this again"
        )
    })?;
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    npm.arg("install").arg("--prefix").arg(&folder);
    npm.args(["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]);
    run(npm.arg(format!("axe-core@{AXE}")))?;
    if script.is_file() {
        Ok(script)
    } else {
        Err(format!("npm installed axe-core {AXE}, but {} is not there", script.display()))
    }
}
