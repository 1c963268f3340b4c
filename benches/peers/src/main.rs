//! Other crates on the work of `zabsim bench`: five replicas in memory and in one thread, a window
//! of proposals at the leader, messages carried by hand in the order in which they are sent,
//! nothing batched.
//!
//! `peers raft` or `peers omnipaxos`, then how many proposals, the window and the bytes of each;
//! one line of JSON. `cargo xtask bench` runs it.

mod omnipaxos;
mod raft;

use std::process::ExitCode;

use cpu_time::ProcessTime;

/// How much work.
#[derive(Clone, Copy)]
pub struct Work {
    pub proposals: u64,
    pub window: u64,
    pub bytes: usize,
}

/// Five replicas with a leader, ready for proposals.
pub trait Replicas {
    /// Proposes at the leader.
    fn propose(&mut self, data: &[u8]);
    /// Carries what was sent by now to its receivers.
    fn exchange(&mut self);
    /// Up to where the leader has committed; rises by one with each proposal.
    fn committed(&self) -> u64;
    /// Up to where the last of them knows it.
    fn known_to_all(&self) -> u64;
    /// How many messages were sent.
    fn messages(&self) -> u64;
}

/// The identities of the replicas.
pub const IDS: [u64; 5] = [1, 2, 3, 4, 5];

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [peer @ ("raft" | "omnipaxos"), proposals, window, bytes] => {
            let (proposals, window, bytes) = (proposals.parse(), window.parse(), bytes.parse());
            if let (Ok(proposals), Ok(window), Ok(bytes)) = (proposals, window, bytes) {
                let work = Work { proposals, window, bytes };
                match peer {
                    "raft" => measure("raft", raft::Group::elected(work), work),
                    _ => measure("omnipaxos", omnipaxos::Group::elected(), work),
                }
                return ExitCode::SUCCESS;
            }
        }
        _ => (),
    }
    eprintln!("usage: peers raft|omnipaxos PROPOSALS WINDOW BYTES");
    ExitCode::from(2)
}

fn measure(subject: &str, mut replicas: impl Replicas, work: Work) {
    let data = vec![b'x'; work.bytes];
    let (first, messages_before) = (replicas.committed(), replicas.messages());
    let watch = ProcessTime::now();
    let mut proposed = 0;
    while replicas.known_to_all() - first < work.proposals {
        let committed = replicas.committed() - first;
        while proposed < work.proposals && proposed - committed < work.window {
            replicas.propose(&data);
            proposed += 1;
        }
        replicas.exchange();
    }
    let cpu_seconds = watch.elapsed().as_secs_f64();
    let messages = replicas.messages() - messages_before;
    let figures = serde_json::json!({
        "subject": subject,
        "servers": IDS.len(),
        "window": work.window,
        "bytes": work.bytes,
        "committed": work.proposals,
        "messagesPerTransaction": messages as f64 / work.proposals as f64,
        "cpuSeconds": cpu_seconds,
        "transactionsPerCpuSecond": work.proposals as f64 / cpu_seconds,
    });
    println!("{figures}");
}
