//! The disk is tested by what is durable after a number of flushes and a crash.

use std::sync::Arc;

use super::{Completion, Database, Disk};
use crate::types::{Epoch, SessionId, Txn, TxnBody, WallTime, Zxid};
use crate::zab::{Write, WriteId};

fn txn(counter: u32) -> Arc<Txn> {
    let body = TxnBody::Error { code: -101 };
    let zxid = Zxid::new(1, counter);
    Arc::new(Txn { zxid, session: SessionId::NONE, cxid: 0, time: WallTime(0), body })
}

fn logged(disk: &Disk) -> Vec<u32> {
    disk.durable().log.iter().map(|txn| txn.zxid.counter).collect()
}

#[test]
fn what_comes_during_a_flush_goes_into_the_next_one() {
    let mut disk = Disk::default();
    assert!(disk.append([txn(1)]), "an idle disk begins at once");
    assert!(!disk.append([txn(2), txn(3)]));
    assert!(!disk.append([txn(4)]));
    let (flushed, next_begins) = disk.finish_flush();
    assert_eq!((flushed.txns, next_begins), (1, true));
    assert_eq!(logged(&disk), [1]);
    let (flushed, next_begins) = disk.finish_flush();
    assert_eq!((flushed.txns, next_begins), (3, false));
    assert_eq!(flushed.completions, [Completion::Logged(Zxid::new(1, 4))]);
    assert_eq!(logged(&disk), [1, 2, 3, 4]);
    disk.validate();
}

#[test]
fn records_and_single_writes_become_durable_in_one_order() {
    let mut disk = Disk::default();
    disk.append([txn(1)]);
    disk.append([txn(2)]);
    disk.persist(WriteId(1), Write::CurrentEpoch(Epoch(1)), None);
    disk.append([txn(3)]);
    disk.finish_flush();
    let (flushed, _) = disk.finish_flush();
    let expected = [
        Completion::Logged(Zxid::new(1, 2)),
        Completion::Persisted(WriteId(1)),
        Completion::Logged(Zxid::new(1, 3)),
    ];
    assert_eq!(flushed.completions, expected);
    assert_eq!(flushed.write.as_deref(), Some(&Write::CurrentEpoch(Epoch(1))));
}

#[test]
fn a_crash_loses_exactly_what_is_not_flushed() {
    for flushes in 0..=2 {
        let mut disk = Disk::default();
        disk.append([txn(1), txn(2)]);
        disk.append([txn(3)]);
        disk.persist(WriteId(1), Write::AcceptedEpoch(Epoch(4)), None);
        for _ in 0..flushes {
            disk.finish_flush();
        }
        disk.crash();
        let expected: &[u32] = [&[][..], &[1, 2], &[1, 2, 3]][flushes];
        assert_eq!(logged(&disk), expected, "after {flushes} flushes");
        let accepted = if flushes == 2 { Epoch(4) } else { Epoch::ZERO };
        assert_eq!(disk.durable().accepted_epoch, accepted, "after {flushes} flushes");
        assert!(disk.append([txn(9)]), "the disk is idle again");
        disk.validate();
    }
}

#[test]
fn a_process_finds_the_newest_snapshot_and_the_log_behind_it() {
    let mut disk = Disk::default();
    disk.format_if_empty(true);
    disk.append((1..=3).map(txn));
    disk.finish_flush();
    let mut image = Database::new();
    image.apply(&txn(2));
    disk.persist(WriteId(1), Write::Snapshot(Zxid::new(1, 2)), Some(Arc::new(image)));
    disk.finish_flush();
    let (database, replayed) = disk.load();
    assert_eq!((database.last_processed(), replayed), (Zxid::new(1, 3), 1));
    disk.validate();
}

#[test]
fn a_truncation_takes_the_snapshots_beyond_it_along() {
    let mut disk = Disk::default();
    disk.format_if_empty(true);
    disk.append((1..=3).map(txn));
    disk.finish_flush();
    let mut image = Database::new();
    image.apply(&txn(3));
    disk.persist(WriteId(1), Write::Snapshot(Zxid::new(1, 3)), Some(Arc::new(image)));
    disk.finish_flush();
    disk.persist(WriteId(2), Write::Truncate(Zxid::new(1, 1)), None);
    disk.finish_flush();
    assert_eq!(logged(&disk), [1]);
    assert_eq!(disk.newest_image().map(|(zxid, _)| zxid), Some(Zxid::ZERO));
    assert_eq!(disk.load().0.last_processed(), Zxid::new(1, 1));
    disk.validate();
}
