//! What zkCli says: Stat, access control lists, errors, events, dates.

use std::sync::Arc;

use crate::api::{OpError, Stat, WatchEvent};
use crate::types::{Acl, WallTime, Zxid, perms};

/// The letters of the permissions, in ZooKeeper's order.
const LETTERS: [(char, u32); 5] = [
    ('c', perms::CREATE),
    ('d', perms::DELETE),
    ('r', perms::READ),
    ('w', perms::WRITE),
    ('a', perms::ADMIN),
];

/// The eleven lines of a Stat. Source: `StatPrinter`.
pub fn stat_text(stat: &Stat) -> String {
    [
        format!("cZxid = {:#x}", stat.czxid.to_wire()),
        format!("ctime = {}", date_text(stat.ctime)),
        format!("mZxid = {:#x}", stat.mzxid.to_wire()),
        format!("mtime = {}", date_text(stat.mtime)),
        format!("pZxid = {:#x}", stat.pzxid.to_wire()),
        format!("cversion = {}", stat.cversion),
        format!("dataVersion = {}", stat.version),
        format!("aclVersion = {}", stat.aversion),
        format!("ephemeralOwner = {}", stat.ephemeral_owner),
        format!("dataLength = {}", stat.data_length),
        format!("numChildren = {}", stat.num_children),
    ]
    .join("\n")
}

/// `Sat Nov 22 08:06:11 UTC 2025`. Source: `java.util.Date.toString`.
pub fn date_text(WallTime(millis): WallTime) -> String {
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let seconds = millis.div_euclid(1_000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let place = |number: i64| usize::try_from(number).expect("a remainder is not negative");
    let weekday = WEEKDAYS[place(days.rem_euclid(7))];
    let month = MONTHS[place(month - 1)];
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{weekday} {month} {day:02} {hour:02}:{minute:02}:{second:02} UTC {year}")
}

/// Year, month and day of a count of days since 1970-01-01. The year is taken to begin in March, so
/// that the day that is added every four years is its last; eras of 400 years are alike.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + years + i64::from(month <= 2), month, day)
}

/// What a command says of an error. Source: `CliWrapperException.getMessage`.
pub fn error_text(error: OpError, path: Option<&str>) -> String {
    let Some(path) = path else { return error.message(None) };
    match error {
        OpError::NoNode => format!("Node does not exist: {path}"),
        OpError::NodeExists => format!("Node already exists: {path}"),
        OpError::NotEmpty => format!("Node not empty: {path}"),
        OpError::NoChildrenForEphemerals => format!("Ephemerals cannot have children: {path}"),
        OpError::BadVersion => format!("version No is not valid : {path}"),
        OpError::NoAuth => format!("Insufficient permission : {path}"),
        OpError::InvalidAcl => format!("Acl is not valid : {path}"),
        OpError::BadArguments => format!("Arguments are not valid : {path}"),
        OpError::QuotaExceeded => format!("Quota has exceeded : {path}"),
        OpError::NotReadOnly => format!("Not a read-only call: {path}"),
        OpError::ReconfigInProgress => "Another reconfiguration is in progress -- concurrent \
                                        reconfigs not supported (yet)"
            .to_owned(),
        other => other.message(Some(path)),
    }
}

/// `WatchedEvent state:SyncConnected type:NodeCreated path:/a zxid: 4294967297`.
/// Source: `WatchedEvent.toString`.
pub fn event_text(event: &WatchEvent) -> String {
    let zxid = if event.zxid == Zxid::UNKNOWN { -1 } else { event.zxid.to_wire() };
    let WatchEvent { kind, path, .. } = event;
    format!("WatchedEvent state:SyncConnected type:{kind:?} path:{path} zxid: {zxid}")
}

/// `WatchedEvent state:Disconnected type:None path:null zxid: -1`: the session's own event.
pub fn state_text(state: &str) -> String {
    format!("WatchedEvent state:{state} type:None path:null zxid: -1")
}

/// The letters of permissions: `cdrwa`.
pub(super) fn permission_letters(bits: u32) -> String {
    LETTERS.iter().filter(|(_, bit)| bits & bit != 0).map(|(letter, _)| letter).collect()
}

/// `scheme:id:cdrwa`, several with commas. Source: `AclParser.parse`.
pub(super) fn acl(text: &str) -> Result<Arc<[Acl]>, String> {
    text.split(',').map(acl_entry).collect()
}

fn acl_entry(text: &str) -> Result<Acl, String> {
    let ends = text.find(':').zip(text.rfind(':')).filter(|(first, last)| first < last);
    let Some((first, last)) = ends else {
        return Err(format!("{text} does not have the form scheme:id:perm"));
    };
    let mut perms = 0;
    for letter in text[last + 1..].chars() {
        match LETTERS.iter().find(|(known, _)| *known == letter) {
            Some((_, bit)) => perms |= bit,
            None => return Err(format!("Unknown perm type: {letter}")),
        }
    }
    Ok(Acl { perms, scheme: text[..first].into(), id: text[first + 1..last].into() })
}

#[cfg(test)]
mod tests {
    use super::{acl, date_text};
    use crate::types::WallTime;

    #[test]
    fn dates_are_javas() {
        let check = |seconds: i64, expected: &str| {
            assert_eq!(date_text(WallTime(seconds * 1_000)), expected);
        };
        check(0, "Thu Jan 01 00:00:00 UTC 1970");
        check(1_763_798_771, "Sat Nov 22 08:06:11 UTC 2025");
        check(951_782_399, "Mon Feb 28 23:59:59 UTC 2000");
        check(951_782_400, "Tue Feb 29 00:00:00 UTC 2000");
        check(1_772_323_199, "Sat Feb 28 23:59:59 UTC 2026");
        check(-1, "Wed Dec 31 23:59:59 UTC 1969");
    }

    #[test]
    fn lists_split_at_the_outer_colons() {
        let list = acl("digest:bob:hash=:cdrwa,ip:10.0.0.1:r").expect("two entries");
        assert_eq!((&*list[0].id, list[0].perms, list[1].perms), ("bob:hash=", 31, 1));
        assert_eq!(acl("world"), Err("world does not have the form scheme:id:perm".to_owned()));
    }
}
