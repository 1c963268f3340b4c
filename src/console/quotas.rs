//! Commands about quotas: ordinary znodes under `/zookeeper/quota`, read and written step by step.
//! Source: `SetQuotaCommand`, `DelQuotaCommand`, `ListQuotaCommand`.

use std::sync::Arc;

use super::dialogue::{Dialogue, Stop, check_path};
use super::wording::error_text;
use super::words::Arguments;
use crate::api::{CreateMode, Op, OpError, OpResult};
use crate::types::PathText;

type Done = Result<(), Stop>;

const ROOT: &str = "/zookeeper/quota";

/// Limits or statistics; -1 is none. Source: `StatsTrack`.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Limits {
    count: i64,
    bytes: i64,
    byte_hard: i64,
    count_hard: i64,
}

impl Limits {
    const NONE: Limits = Limits { count: -1, bytes: -1, byte_hard: -1, count_hard: -1 };

    fn from_text(text: &str) -> Limits {
        let mut limits = Limits::NONE;
        for part in text.split([',', ';']) {
            let mut words = part.split('=');
            let number = words.next().zip(words.next());
            let Some((key, Ok(number))) = number.map(|(key, text)| (key, text.parse())) else {
                continue;
            };
            match key {
                "count" => limits.count = number,
                "bytes" => limits.bytes = number,
                "byteHardLimit" => limits.byte_hard = number,
                "countHardLimit" => limits.count_hard = number,
                _ => {}
            }
        }
        limits
    }

    fn text(&self) -> String {
        let Limits { count, bytes, byte_hard, count_hard } = self;
        let soft = format!("count={count},bytes={bytes}");
        if (*byte_hard, *count_hard) == (-1, -1) {
            return soft;
        }
        format!("{soft}=;byteHardLimit={byte_hard};countHardLimit={count_hard}")
    }

    /// The limit that an option names.
    fn named(&mut self, option: char) -> &mut i64 {
        match option {
            'n' => &mut self.count,
            'b' => &mut self.bytes,
            'N' => &mut self.count_hard,
            _ => &mut self.byte_hard,
        }
    }
}

fn limits_path(path: &str) -> PathText {
    format!("{ROOT}{path}/zookeeper_limits").into()
}

fn stats_path(path: &str) -> PathText {
    format!("{ROOT}{path}/zookeeper_stats").into()
}

/// What a znode holds as text, or `None` if there is none.
fn text_at(path: &PathText, dialogue: &mut Dialogue) -> Result<Option<String>, Stop> {
    match dialogue.try_ask(Op::GetData { path: Arc::clone(path), watch: false })? {
        Ok(OpResult::Data { data, .. }) => {
            let data = data.as_deref().unwrap_or_default();
            Ok(Some(String::from_utf8_lossy(data).into_owned()))
        }
        Ok(_) | Err(OpError::NoNode) => Ok(None),
        Err(error) => Err(Stop::failed(error_text(*error, Some(path)))),
    }
}

/// Source: `ListQuotaCommand`.
pub(super) fn list(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("", ""), 1)?;
    let path = &arguments.plain[0];
    check_path(path)?;
    let limits = limits_path(path);
    dialogue.complain(format!("absolute path is {limits}"));
    let Some(limits) = text_at(&limits, dialogue)? else {
        return Err(Stop::failed(format!("quota for {path} does not exist.")));
    };
    dialogue.print(format!("Output quota for {path} {}", Limits::from_text(&limits).text()));
    if let Some(stats) = text_at(&stats_path(path), dialogue)? {
        dialogue.print(format!("Output stat for {path} {}", Limits::from_text(&stats).text()));
    }
    Ok(())
}

/// Source: `SetQuotaCommand.createQuota`.
pub(super) fn set(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("", "nbNB"), 1)?;
    let path = &arguments.plain[0];
    check_path(path)?;
    let mut wanted = Vec::new();
    for option in ['n', 'b', 'N', 'B'] {
        wanted.extend(arguments.number::<i64>(option)?.map(|value| (option, value)));
    }
    if wanted.is_empty() {
        return Err(Stop::failed(super::table::usage_of("setquota")));
    }
    if path.starts_with(ROOT) {
        return Err(Stop::failed("cannot set a quota under /zookeeper/quota"));
    }
    if *dialogue.try_ask(Op::exists(path))? == Err(OpError::NoNode) {
        return Err(Stop::failed(format!("{path} does not exist.")));
    }
    refuse_nested(path, dialogue)?;

    let before = text_at(&limits_path(path), dialogue)?;
    let mut limits = before.as_deref().map_or(Limits::NONE, Limits::from_text);
    for (option, value) in &wanted {
        *limits.named(*option) = *value;
    }
    match before {
        Some(_) => drop(dialogue.ask(Op::set(&limits_path(path), &limits.text()))?),
        None => create(path, &limits, dialogue)?,
    }
    warn(path, &wanted, dialogue)
}

/// A quota within a quota is not allowed.
fn refuse_nested(path: &str, dialogue: &mut Dialogue) -> Done {
    for (end, _) in path.match_indices('/').filter(|(end, _)| *end > 0) {
        let parent = &path[..end];
        if text_at(&limits_path(parent), dialogue)?.is_some() {
            let why = format!("{path} has a parent {parent} which has a quota");
            return Err(Stop::failed(why));
        }
    }
    let mut level = vec![PathText::from(format!("{ROOT}{path}"))];
    let mut is_own = true;
    while !level.is_empty() {
        let children = |path: &PathText| Op::GetChildren { path: Arc::clone(path), watch: false };
        let answers = dialogue.ask_all(level.iter().map(children).collect())?;
        let mut next = Vec::new();
        for (parent, answer) in level.iter().zip(answers) {
            let Ok(OpResult::Children(names)) = answer else { continue };
            if !is_own && names.iter().any(|name| &**name == "zookeeper_limits") {
                let child = parent.strip_prefix(ROOT).unwrap_or(parent);
                let why = format!("{path} has a child {child} which has a quota");
                return Err(Stop::failed(why));
            }
            let inner = names.iter().filter(|name| !name.starts_with("zookeeper_"));
            next.extend(inner.map(|name| PathText::from(format!("{parent}/{name}"))));
        }
        (level, is_own) = (next, false);
    }
    Ok(())
}

fn create(path: &str, limits: &Limits, dialogue: &mut Dialogue) -> Done {
    let ends = path.match_indices('/').map(|(end, _)| end).skip(1).chain([path.len()]);
    let mut wanted: Vec<(PathText, String)> =
        ends.map(|end| (format!("{ROOT}{}", &path[..end]).into(), String::new())).collect();
    wanted.push((limits_path(path), limits.text()));
    wanted.push((stats_path(path), "count=0,bytes=0".to_owned()));
    for (path, text) in wanted {
        match dialogue.try_ask(Op::create(&path, &text, CreateMode::Persistent))? {
            Ok(_) | Err(OpError::NodeExists) => {}
            Err(error) => return Err(Stop::failed(error_text(*error, Some(&path)))),
        }
    }
    Ok(())
}

fn warn(path: &str, wanted: &[(char, i64)], dialogue: &mut Dialogue) -> Done {
    let Some(stats) = text_at(&stats_path(path), dialogue)? else { return Ok(()) };
    let stats = Limits::from_text(&stats);
    for (option, limit) in wanted {
        let (what, now) = match option {
            'n' | 'N' => ("count", stats.count),
            _ => ("bytes", stats.bytes),
        };
        if *limit > -1 && now > *limit {
            dialogue.print(format!(
                "[Warning]: the {what} quota you create is less than the existing {what}:{now}"
            ));
        }
    }
    Ok(())
}

/// One limit, or without an option all of the quota. Source: `DelQuotaCommand.delQuota`.
pub(super) fn delete(words: &[Arc<str>], dialogue: &mut Dialogue) -> Done {
    let arguments = Arguments::read(words, ("nbNB", ""), 1)?;
    let path = &arguments.plain[0];
    check_path(path)?;
    let Some(limits) = text_at(&limits_path(path), dialogue)? else {
        return Err(Stop::failed(format!("Quota does not exist for {path}")));
    };
    let named: Vec<char> =
        ['n', 'b', 'N', 'B'].into_iter().filter(|option| arguments.has(*option)).collect();
    if !named.is_empty() {
        let mut limits = Limits::from_text(&limits);
        named.into_iter().for_each(|option| *limits.named(option) = -1);
        return dialogue.ask(Op::set(&limits_path(path), &limits.text())).map(|_| ());
    }
    dialogue.try_ask(Op::delete(&stats_path(path)))?;
    dialogue.ask(Op::delete(&limits_path(path)))?;
    // Upwards, as far as nothing else is there.
    let mut empty = Some(format!("{ROOT}{path}"));
    while let Some(place) = empty.filter(|place| place.as_str() != ROOT) {
        let gone = dialogue.try_ask(Op::delete(&place))?.is_ok();
        empty = place.rfind('/').filter(|_| gone).map(|end| place[..end].to_owned());
    }
    Ok(())
}
