//! `cargo xtask`: everything around the program, in Rust, with the standard library and JSON.
//!
//! Each command makes sure of what it needs first, says what it does and how long that took, and
//! can be repeated: a second run finds everything in place.

mod bench;
mod browser;
mod bundle;
mod page;
mod place;
mod stage;
mod tools;
mod verify;

use std::process::ExitCode;

use stage::{Result, Stages};

const USAGE: &str = "\
cargo xtask serve [--release] [--port N]     set up, build, serve the page and open it
cargo xtask bundle [--built]                 the page, or what dist/ holds, as one file there
cargo xtask test                             every test: native, in a browser, end to end
cargo xtask model [OPTIONS]                  all that can happen to three servers in a small scope
cargo xtask setup                            only make sure of all tools
cargo xtask shots [--out DIR] [--only TEXT]  pictures of the page in all its states (into shots/)
cargo xtask screenshot                       the README's picture (static/screenshot.png)
cargo xtask bench [--check] [--proposals N]  how fast it is, beside other crates on the same work
cargo xtask bench --instructions             only the instructions of a committed transaction";

enum Request {
    Serve { release: bool, port: u16 },
    Bundle { built: bool },
    Test,
    Model { options: Vec<String> },
    Setup,
    Shots { out: String, only: String },
    Screenshot,
    Bench(bench::Request),
    BenchInstructions,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let request = match parse(&words) {
        Ok(request) => request,
        Err(reason) => {
            eprintln!("{reason}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let mut stages = Stages::new();
    let result = perform(request, &mut stages);
    stages.summarize();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("\nxtask failed. {reason}");
            ExitCode::FAILURE
        }
    }
}

fn perform(request: Request, stages: &mut Stages) -> Result {
    match request {
        Request::Serve { release, port } => page::serve(stages, release, port),
        Request::Model { options } => verify::model(stages, &options),
        Request::Bundle { built } => bundle::bundle(stages, built),
        Request::Test => verify::test(stages),
        Request::Setup => verify::set_up(stages).map(drop),
        Request::Shots { out, only } => verify::shots(stages, &out, &only),
        Request::Screenshot => verify::screenshot(stages),
        Request::Bench(request) => bench::compare(stages, &request),
        Request::BenchInstructions => bench::instructions(stages),
    }
}

fn parse(words: &[String]) -> Result<Request> {
    let (command, options) = words.split_first().ok_or("Which command?")?;
    let mut options = options.iter().map(String::as_str);
    let request = match command.as_str() {
        "serve" => {
            let (mut release, mut port) = (false, 8080);
            while let Some(option) = options.next() {
                match option {
                    "--release" => release = true,
                    "--port" => port = number(options.next())?,
                    other => return Err(format!("serve does not know {other}.")),
                }
            }
            Request::Serve { release, port }
        }
        "shots" => {
            let (mut out, mut only) = ("shots".to_owned(), String::new());
            while let Some(option) = options.next() {
                match (option, options.next()) {
                    ("--out", Some(folder)) => out = folder.to_owned(),
                    ("--only", Some(text)) => only = text.to_owned(),
                    _ => return Err("shots knows --out DIR and --only TEXT.".to_owned()),
                }
            }
            Request::Shots { out, only }
        }
        "bench" => bench_request(&mut options)?,
        "model" => Request::Model { options: options.by_ref().map(str::to_owned).collect() },
        "bundle" => Request::Bundle { built: flag(&mut options, "--built")? },
        "test" => Request::Test,
        "setup" => Request::Setup,
        "screenshot" => Request::Screenshot,
        other => return Err(format!("There is no command {other}.")),
    };
    match options.next() {
        None => Ok(request),
        Some(extra) => Err(format!("{command} does not know {extra}.")),
    }
}

fn bench_request<'a>(options: &mut impl Iterator<Item = &'a str>) -> Result<Request> {
    let mut request = bench::Request { checks: false, proposals: 100_000 };
    while let Some(option) = options.next() {
        match option {
            "--check" => request.checks = true,
            "--instructions" => return Ok(Request::BenchInstructions),
            "--proposals" => {
                let count = options.next().and_then(|word| word.parse().ok());
                request.proposals = count.ok_or("--proposals needs a number.")?;
            }
            other => return Err(format!("bench does not know {other}.")),
        }
    }
    Ok(Request::Bench(request))
}

fn flag<'a>(options: &mut impl Iterator<Item = &'a str>, name: &str) -> Result<bool> {
    match options.next() {
        None => Ok(false),
        Some(option) if option == name => Ok(true),
        Some(option) => Err(format!("{name} is known here, {option} is not.")),
    }
}

fn number(word: Option<&str>) -> Result<u16> {
    word.and_then(|word| word.parse().ok()).ok_or("--port needs a number from 1 to 65535.".into())
}
