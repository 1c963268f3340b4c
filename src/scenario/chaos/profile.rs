//! What kinds of faults a drawn scenario has.

use std::fmt;

/// A mixture of faults, by name. All of them stay within what ZAB bears.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Profile {
    /// None: clients alone.
    Calm,
    /// Links are cut, slow, flapping or held, connections are reset, the network falls apart.
    FlakyNetwork,
    /// Processes crash, pause and come back, alone or many at a time; clocks drift.
    CrashHappy,
    /// Disks are slow, full, torn, damaged and, a minority of them, wiped.
    RadioactiveDisk,
}

impl Profile {
    /// All of them.
    pub const ALL: [Profile; 4] =
        [Profile::Calm, Profile::FlakyNetwork, Profile::CrashHappy, Profile::RadioactiveDisk];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Profile::Calm => "calm",
            Profile::FlakyNetwork => "flaky-network",
            Profile::CrashHappy => "crash-happy",
            Profile::RadioactiveDisk => "radioactive-disk",
        }
    }

    /// The profile of that name.
    pub fn from_name(name: &str) -> Option<Profile> {
        Profile::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

impl fmt::Display for Profile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}
