//! Every parameter of ZooKeeper that the fact sheet names (protocol, §5) stands in the README: as a
//! setting of a run, or with what is done instead.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use zabscope::sim::Settings;

/// Fact sheet §5, in its order.
const PARAMETERS: [&str; 44] = [
    "tickTime",
    "initLimit",
    "syncLimit",
    "connectToLearnerMasterLimit",
    "minSessionTimeout",
    "maxSessionTimeout",
    "finalizeWait",
    "fastleader.minNotificationInterval",
    "fastleader.maxNotificationInterval",
    "cnxTimeout",
    "leaderConnectDelayDuringRetryMs",
    "observer.election.DelayMs",
    "observer.reconnectDelayMs",
    "leader.maxTimeToWaitForEpoch",
    "snapCount",
    "snapSizeLimitInKb",
    "commitLogCount",
    "snapshotSizeFactor",
    "leader.maxConcurrentSnapSyncs",
    "leader.maxConcurrentDiffSyncs",
    "maxBatchSize",
    "flushDelay",
    "maxWriteQueuePollTime",
    "preAllocSize",
    "forceSync",
    "fsync.warningthresholdms",
    "globalOutstandingLimit",
    "jute.maxbuffer",
    "maxClientCnxns",
    "leaderServes",
    "standaloneEnabled",
    "reconfigEnabled",
    "localSessionsEnabled",
    "localSessionsUpgradingEnabled",
    "znode.container.checkIntervalMs",
    "znode.container.maxPerMinute",
    "znode.container.maxNeverUsedIntervalMs",
    "zookeeper.extendedTypesEnabled",
    "enforceQuota",
    "digest.enabled",
    "closeSessionTxn.enabled",
    "readonlymode.enabled",
    "commitProcessor.maxReadBatchSize",
    "commitProcessor.maxCommitBatchSize",
];

/// The table of parameters: for each one what stands beside it.
fn table() -> BTreeMap<String, String> {
    let readme = include_str!("../README.md");
    let (_, behind) = readme.split_once("| parameter | here |").expect("the table's head");
    let rows = behind.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut table = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [names, here] = cells[..] else { panic!("two cells a row: {row}") };
        for name in names.split(", ") {
            table.insert(name.trim_matches('`').to_owned(), here.to_owned());
        }
    }
    table
}

#[test]
fn every_parameter_is_honoured_or_named() {
    let table = table();
    for parameter in PARAMETERS {
        let here = table.get(parameter).unwrap_or_else(|| panic!("{parameter} has no row"));
        assert!(here.len() > 5, "{parameter}: {here:?} says nothing");
    }
    assert_eq!(table.len(), PARAMETERS.len(), "rows that are no parameters: {table:?}");
}

/// Where a row says `set NAME`, there is such a setting.
#[test]
fn what_is_honoured_is_a_setting() {
    let settings = serde_json::to_value(Settings::default()).expect("settings are data");
    let mut honoured = 0;
    for (parameter, here) in table() {
        let Some((_, name)) = here.split_once("`set ") else { continue };
        let (name, _) = name.split_once('`').expect("a closing quote");
        assert!(settings.get(name).is_some(), "{parameter}: there is no setting {name}");
        honoured += 1;
    }
    assert!(honoured >= 12, "{honoured} parameters are settings");
}
