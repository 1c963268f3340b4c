//! Sessions at the leader: when they expire, who owns them, what a learner collects (fact sheet
//! §7).

use imbl::OrdMap;
use zabscope::api::OpError;
use zabscope::store::{SessionLimits, SessionTracker, TouchTable};
use zabscope::types::{ServerId, SessionId, Span, WallTime};

const TICK: Span = Span::millis(2_000);
const FIVE_SECONDS: Span = Span::millis(5_000);
const ALICE: SessionId = SessionId(1);
const BOB: SessionId = SessionId(2);

fn tracker() -> SessionTracker {
    SessionTracker::new(TICK, &OrdMap::new(), WallTime(0))
}

/// Adds or touches at `now` and compares the moment of expiry.
fn check(timeout: Span, now: i64, expected: i64) {
    let mut tracker = tracker();
    tracker.add(ALICE, timeout, ServerId(1), WallTime(now));
    assert_eq!(tracker.next_expiry(), Some(WallTime(expected)), "{timeout} from {now}");
}

/// §7.1: the multiple of the tick *behind* now + timeout.
#[test]
fn sessions_expire_at_multiples_of_the_tick() {
    check(FIVE_SECONDS, 0, 6_000);
    check(FIVE_SECONDS, 999, 6_000);
    check(FIVE_SECONDS, 1_000, 8_000);
    check(Span::millis(4_000), 0, 6_000);
}

#[test]
fn timeouts_are_clamped() {
    let limits = SessionLimits::of_tick(TICK);
    let negotiated =
        [0, 3_999, 30_000, 100_000].map(|wanted| limits.negotiate(Span::millis(wanted)));
    assert_eq!(negotiated, [4_000, 4_000, 30_000, 40_000].map(Span::millis));
}

#[test]
fn a_touched_session_lives_on_and_a_silent_one_expires_once() {
    let mut tracker = tracker();
    tracker.add(ALICE, FIVE_SECONDS, ServerId(1), WallTime(0));
    tracker.add(BOB, FIVE_SECONDS, ServerId(1), WallTime(0));
    assert!(tracker.touch(ALICE, WallTime(4_000)));
    assert_eq!(tracker.expire(WallTime(5_999)), []);
    assert_eq!(tracker.expire(WallTime(6_000)), [BOB]);
    assert!(!tracker.touch(BOB, WallTime(6_001)), "closing");
    assert_eq!(tracker.check(BOB, ServerId(1)), Err(OpError::SessionExpired));
    assert_eq!(tracker.expire(WallTime(20_000)), [ALICE]);
    assert_eq!(tracker.next_expiry(), None);
    assert_eq!(tracker.check(SessionId(9), ServerId(1)), Err(OpError::SessionExpired), "unknown");
}

/// A new leader cannot know when a session was last heard of.
#[test]
fn a_new_leader_gives_every_session_a_full_timeout() {
    let sessions = OrdMap::from_iter([(ALICE, FIVE_SECONDS), (BOB, Span::millis(9_000))]);
    let mut tracker = SessionTracker::new(TICK, &sessions, WallTime(100_000));
    let expiries: Vec<_> = tracker.sessions().map(|(_, session)| session.expires_at).collect();
    assert_eq!(expiries, [Some(WallTime(106_000)), Some(WallTime(110_000))]);
    assert_eq!(tracker.check(ALICE, ServerId(3)), Ok(()), "the first server to act is the owner");
    assert_eq!(tracker.check(ALICE, ServerId(2)), Err(OpError::SessionMoved));
}

#[test]
fn a_session_moves_with_its_client() {
    let mut tracker = tracker();
    tracker.add(ALICE, FIVE_SECONDS, ServerId(1), WallTime(0));
    let timeout = tracker.revalidate(ALICE, ServerId(2), WallTime(3_000));
    assert_eq!(timeout, Some(FIVE_SECONDS));
    assert_eq!(tracker.next_expiry(), Some(WallTime(10_000)), "that was a sign of life, too");
    assert_eq!(tracker.check(ALICE, ServerId(1)), Err(OpError::SessionMoved));
    assert_eq!(tracker.check(ALICE, ServerId(2)), Ok(()));
    tracker.set_closing(ALICE);
    assert_eq!(tracker.revalidate(ALICE, ServerId(2), WallTime(4_000)), None);
}

#[test]
fn a_learner_hands_its_touches_over_once() {
    let mut table = TouchTable::new();
    table.touch(BOB, FIVE_SECONDS);
    table.touch(ALICE, FIVE_SECONDS);
    table.touch(BOB, FIVE_SECONDS);
    assert_eq!(table.take().into_keys().collect::<Vec<_>>(), [ALICE, BOB]);
    assert!(table.take().is_empty());
}
