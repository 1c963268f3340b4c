//! What is said about sharing: the sheet, and what came of opening a link or a file.

use std::rc::Rc;

use crate::scenario::ENGINE_VERSION;
use crate::text::{Key, Phrase};
use crate::types::Instant;
use crate::viewer::share::{
    Arrival, Difference, LINK_LENGTH_MAX, Link, Problem, ShareError, Subject, Waypoint,
};

/// The sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShareView {
    /// The link, or the length that it would have.
    pub link: Result<Rc<str>, u32>,
    /// How many events lie before the place.
    pub events: u64,
    /// The place's instant.
    pub at: Instant,
    /// The state hash there.
    pub hash: Rc<str>,
}

/// Something that stays until it is closed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// Whether something is wrong.
    pub is_bad: bool,
    /// What it is, in a sentence.
    pub title: Phrase,
    /// What else there is to say, a sentence each.
    pub lines: Vec<Phrase>,
    /// Whether the run that was kept can be forgotten here.
    pub forgets: bool,
}

impl ShareView {
    /// Of a link of the page at that address.
    pub fn of(link: &Link, page: &str) -> ShareView {
        let address = link.address(page);
        ShareView {
            link: address.map(Rc::from).map_err(|long| long.length as u32),
            events: link.cursor.events,
            at: link.cursor.at,
            hash: hash_text(link.hash).into(),
        }
    }

    /// Where the link leads.
    pub fn place(&self) -> Phrase {
        place(Key::SharePlace, self.events, &self.hash).with("at", self.at)
    }

    /// Why there is no link.
    pub fn too_long(length: u32) -> Phrase {
        let max = LINK_LENGTH_MAX as u32;
        Phrase::new(Key::ShareTooLong).with("length", length).with("max", max)
    }
}

impl Notice {
    /// A link or a file could not be opened.
    pub fn refused(error: &ShareError) -> Notice {
        let (what, advice) = problem(error);
        let title = match error.subject {
            Subject::Link => Key::NoticeBadLink,
            Subject::Scenario | Subject::Trace => Key::NoticeBadFile,
        };
        let lines = vec![what, advice.into(), Key::NoticeUntouched.into()];
        Notice { is_bad: true, title: title.into(), lines, forgets: false }
    }

    /// Something was opened, and it is not what was left.
    pub fn arrived(arrival: &Arrival, from_link: bool) -> Option<Notice> {
        match arrival {
            Arrival::Verified(_) | Arrival::Unverified => None,
            Arrival::Differs(difference) => Some(Notice::differs(difference)),
            Arrival::OtherEngine { made_with } => {
                let title = if from_link { Key::NoticeOldLink } else { Key::NoticeOldFile };
                let engines = Phrase::new(Key::NoticeEngines)
                    .with("made", *made_with)
                    .with("here", ENGINE_VERSION);
                let lines = vec![engines, Key::NoticeEnginesDiffer.into()];
                Some(Notice { is_bad: false, title: title.into(), lines, forgets: false })
            }
        }
    }

    /// The run of last time is back.
    pub fn kept(arrival: &Arrival) -> Notice {
        let back = Notice {
            is_bad: false,
            title: Key::NoticeKept.into(),
            lines: vec![Key::NoticeKeptAbout.into()],
            forgets: true,
        };
        let other = Notice::arrived(arrival, true);
        other.map_or(back, |other| Notice { forgets: true, ..other })
    }

    fn differs(difference: &Difference) -> Notice {
        let Difference { expected, found, event } = difference;
        let hash = |key, point: &Waypoint| place(key, point.events, &hash_text(point.hash));
        let mut lines = vec![hash(Key::NoticeExpected, expected), hash(Key::NoticeFound, found)];
        lines.extend(event.map(|event| Phrase::new(Key::NoticeFrom).with("event", event)));
        lines.push(Key::NoticeAltered.into());
        Notice { is_bad: true, title: Key::NoticeDiffers.into(), lines, forgets: false }
    }
}

/// The line for what was opened as it was left.
pub fn opened(arrival: &Arrival) -> Phrase {
    match arrival {
        Arrival::Verified(found) => place(Key::ToastVerified, found.events, &hash_text(found.hash)),
        _ => Key::ToastOpened.into(),
    }
}

fn place(key: Key, events: u64, hash: &str) -> Phrase {
    Phrase::new(key).with("events", events).with("hash", hash)
}

fn hash_text(hash: u64) -> String {
    format!("{hash:016x}")
}

/// What is wrong, and what to do about it.
fn problem(error: &ShareError) -> (Phrase, Key) {
    let is_link = error.subject == Subject::Link;
    let again = if is_link { Key::AdviceCopyAgain } else { Key::AdviceGetAgain };
    match &error.problem {
        Problem::Foreign if is_link => (Key::ProblemForeignLink.into(), Key::AdviceCopyAgain),
        Problem::Foreign => (Key::ProblemForeignFile.into(), Key::AdviceFile),
        Problem::Truncated { at } => {
            let key = if is_link { Key::ProblemTruncatedLink } else { Key::ProblemTruncatedFile };
            (Phrase::new(key).with("at", *at), again)
        }
        Problem::Damaged { at: Some(at) } => {
            (Phrase::new(Key::ProblemDamagedAt).with("at", *at), again)
        }
        Problem::Damaged { at: None } => (Key::ProblemDamaged.into(), again),
        Problem::Future { version } => {
            let future = Phrase::new(Key::ProblemFuture).with("version", *version);
            (future.with("known", error.known()), Key::AdviceNewer)
        }
        Problem::TooLarge { limit } => {
            let key = if is_link { Key::ProblemTooLargeLink } else { Key::ProblemTooLargeFile };
            (Phrase::new(key).with("limit", *limit), Key::AdviceFile)
        }
        // Places and words of a scenario are the same in every language.
        Problem::Content(wrong) => {
            (Phrase::new(Key::ProblemContent).with("problem", wrong.to_string()), Key::AdviceFix)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, Text};

    fn said(notice: &Notice) -> String {
        let text = Text::new(Language::English);
        let lines = notice.lines.iter().map(|line| text.say(line));
        [text.say(&notice.title)].into_iter().chain(lines).collect::<Vec<_>>().join(" ")
    }

    fn check(subject: Subject, problem: Problem, told: &str) {
        let words = said(&Notice::refused(&ShareError { subject, problem }));
        assert!(words.contains(told), "{words}");
        assert!(words.ends_with("What runs here is as it was."), "{words}");
    }

    #[test]
    fn what_is_bad_is_told_with_its_place_and_what_to_do() {
        let link = Subject::Link;
        check(link, Problem::Foreign, "The link cannot be opened. It was not made by ZabScope.");
        check(link, Problem::Truncated { at: 132 }, "It ends too early, behind character 132.");
        check(link, Problem::Truncated { at: 132 }, "Copy all of it again.");
        check(link, Problem::Future { version: 7 }, "format 7; this page reads up to format 1.");
        check(Subject::Trace, Problem::Truncated { at: 2 }, "It ends too early, behind line 2.");
        check(Subject::Scenario, Problem::Foreign, "It is neither a scenario nor a trace.");
    }

    #[test]
    fn a_difference_is_told_with_both_hashes() {
        let expected = Waypoint { events: 812, hash: 0x9f };
        let found = Waypoint { events: 811, hash: 0x10 };
        let arrival = Arrival::Differs(Difference { expected, found, event: Some(7) });
        let words = said(&Notice::arrived(&arrival, true).expect("it differs"));
        assert!(
            words.contains("000000000000009f") && words.contains("0000000000000010"),
            "{words}"
        );
        assert!(words.contains("From event 7 on"), "{words}");
    }

    #[test]
    fn another_engine_is_told_plainly() {
        let arrival = Arrival::OtherEngine { made_with: 0 };
        let words = said(&Notice::arrived(&arrival, true).expect("it is another one"));
        let expected = "This link was made by another version. The scenario opens; its history \
                        cannot.";
        assert!(words.starts_with(expected), "{words}");
        assert!(Notice::kept(&arrival).forgets);
    }
}
