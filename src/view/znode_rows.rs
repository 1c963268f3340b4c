//! The tree of znodes as rows, of which only those in sight are made.
//!
//! An [`Outline`] is every row that could be scrolled to: name, depth and parent, nothing that has
//! to be looked up. [`Outline::rows`] makes the rows of a window of it. Keys are answered here too.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use imbl::OrdSet;

use crate::types::{ServerId, SessionId, Zxid};

use super::squares::{Square, squares};
use super::{Forest, Variant};

/// Children that are not more are shown at first, below the root and one level deeper.
const OPEN_MAX: usize = 32;
/// ZooKeeper's own znodes, which few come for.
const SYSTEM: &str = "/zookeeper";
/// So many rows beyond either edge of the window are there before they are scrolled to.
const OVERSCAN: usize = 6;

/// Which znodes the person has opened or closed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Folds(BTreeMap<Rc<str>, bool>);

impl Folds {
    /// Opens or closes a znode.
    pub fn set(&mut self, path: &str, open: bool) {
        self.0.insert(path.into(), open);
    }

    /// Opens all that stands above a path.
    pub fn reveal(&mut self, path: &str) {
        self.set("/", true);
        for (at, _) in path.match_indices('/').skip(1) {
            self.set(&path[..at], true);
        }
    }

    /// What was said of the children of `path`, by name.
    fn of_children<'a>(&'a self, path: &str) -> BTreeMap<&'a str, bool> {
        let prefix = if path == "/" { "/".to_owned() } else { format!("{path}/") };
        let below = self.0.range(Rc::from(&*prefix)..);
        let named = below.map_while(|(path, &open)| Some((path.strip_prefix(&*prefix)?, open)));
        named.filter(|(name, _)| !name.is_empty() && !name.contains('/')).collect()
    }
}

/// Every row that could be scrolled to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outline {
    branches: Vec<Branch>,
}

/// A row, without what has to be looked up.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Branch {
    name: Arc<str>,
    parent: Option<u32>,
    depth: u32,
    /// Its place among its siblings, from 1 on, and how many they are.
    place: (u32, u32),
    open: bool,
}

/// A row in sight.
#[derive(Clone, PartialEq, Debug)]
pub struct ZnodeRow {
    /// Its place in the outline.
    pub index: usize,
    /// The whole path.
    pub path: Rc<str>,
    /// Its last part; below the root with the slash.
    pub name: Rc<str>,
    /// How deep it stands; the root at 1.
    pub level: u32,
    /// Its place among its siblings, from 1 on, and how many they are.
    pub place: (u32, u32),
    /// Whether its children are shown; `None` where it has none.
    pub open: Option<bool>,
    /// The newest version of its data that any server has.
    pub version: Option<i32>,
    /// The session that it belongs to, if it is ephemeral.
    pub owner: Option<SessionId>,
    /// A square for each server.
    pub squares: Vec<Square>,
    /// Whether servers differ in it.
    pub differs: bool,
    /// Whether the last change of a tree touched it.
    pub fresh: bool,
}

/// Where a key leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TreeStep {
    /// To another row.
    To(Rc<str>),
    /// The row is opened or closed.
    Fold(Rc<str>, bool),
}

/// The outline of the trees of a forest, or of one server's tree.
pub fn outline(forest: &Forest, only: Option<ServerId>, folds: &Folds) -> Outline {
    let variants = chosen(forest, only);
    let mut outline = Outline::default();
    if variants.is_empty() {
        return outline;
    }
    let open = folds.0.get("/").copied().unwrap_or(true);
    let root = Branch { name: "/".into(), parent: None, depth: 0, place: (1, 1), open };
    outline.branches.push(root);
    if open {
        outline.grow(&variants, folds, "/", 0);
    }
    outline
}

/// The rows of a window, from its place and height in the units of one row's height: those that can
/// be seen, and a few more.
pub fn window(scrolled: f64, height: f64, row: f64, total: usize) -> Range<usize> {
    if row <= 0.0 {
        return 0..0;
    }
    let first = (scrolled.max(0.0) / row) as usize;
    let count = (height.max(0.0) / row).ceil() as usize + 1;
    let end = (first + count + OVERSCAN).min(total);
    first.saturating_sub(OVERSCAN).min(end)..end
}

/// Where to scroll so that a row can be seen; `None` where it can be.
pub fn scroll_to(index: usize, scrolled: f64, height: f64, row: f64) -> Option<f64> {
    let (top, bottom) = (index as f64 * row, (index + 1) as f64 * row);
    if top < scrolled {
        Some(top)
    } else if bottom > scrolled + height {
        Some(bottom - height)
    } else {
        None
    }
}

/// The paths at which servers differ, in the order of their text, no more than `limit`.
pub fn differing_paths(forest: &Forest, limit: usize) -> Vec<Rc<str>> {
    let variants = forest.variants();
    let mut found = std::collections::BTreeSet::new();
    for pair in variants.windows(2) {
        let [one, other] = pair else { continue };
        for (tree, against) in [(one.tree, other.tree), (other.tree, one.tree)] {
            let differs = |(path, znode): &(&Arc<str>, &Arc<crate::store::Znode>)| {
                against.znode(path).is_none_or(|other| !super::squares::is_same(znode, other))
            };
            found.extend(tree.znodes().filter(differs).map(|(path, _)| Rc::<str>::from(&**path)));
        }
    }
    found.into_iter().take(limit).collect()
}

fn chosen(forest: &Forest, only: Option<ServerId>) -> Vec<Variant<'_>> {
    let mut variants = forest.variants();
    if let Some(only) = only {
        variants.retain(|variant| variant.servers.contains(&only));
    }
    variants
}

impl Outline {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.branches.len()
    }

    /// Whether no server has a tree.
    pub fn is_empty(&self) -> bool {
        self.branches.is_empty()
    }

    /// The place of a path, if it can be scrolled to.
    pub fn find(&self, path: &str) -> Option<usize> {
        let mut at = 0;
        if path == "/" {
            return (!self.is_empty()).then_some(0);
        }
        for name in path.strip_prefix('/')?.split('/') {
            let depth = self.branches.get(at)?.depth + 1;
            let below = self.branches[at + 1..].iter().take_while(|branch| branch.depth >= depth);
            let mut named = below.enumerate().filter(|(_, branch)| branch.depth == depth);
            at += 1 + named.find(|(_, branch)| *branch.name == *name)?.0;
        }
        Some(at)
    }

    /// The path of a row.
    pub fn path(&self, index: usize) -> Option<Rc<str>> {
        let mut branch = self.branches.get(index)?;
        let mut names = Vec::new();
        while let Some(parent) = branch.parent {
            names.push(&*branch.name);
            branch = self.branches.get(parent as usize)?;
        }
        names.reverse();
        Some(format!("/{}", names.join("/")).into())
    }

    /// The rows of a window, with all that is shown of them.
    pub fn rows(&self, forest: &Forest, range: Range<usize>) -> Vec<ZnodeRow> {
        let variants = forest.variants();
        let end = range.end.min(self.len());
        (range.start.min(end)..end).filter_map(|index| self.row(forest, &variants, index)).collect()
    }

    /// Where a key leads from a row: arrows, Home and End, as in every tree.
    pub fn step(&self, forest: &Forest, from: usize, key: &str) -> Option<TreeStep> {
        let branch = self.branches.get(from)?;
        let to = |index: usize| self.path(index).map(TreeStep::To);
        let has_children = || {
            let path = self.path(from)?;
            let variants = forest.variants();
            let mut found = variants.iter().filter_map(|variant| variant.tree.znode(&path));
            Some(found.any(|znode| !znode.children().is_empty()))
        };
        match key {
            "ArrowDown" => to((from + 1).min(self.len() - 1)),
            "ArrowUp" => to(from.saturating_sub(1)),
            "Home" => to(0),
            "End" => to(self.len() - 1),
            "ArrowRight" if branch.open => {
                self.branches.get(from + 1).filter(|next| next.depth > branch.depth)?;
                to(from + 1)
            }
            "ArrowRight" if has_children()? => Some(TreeStep::Fold(self.path(from)?, true)),
            "ArrowLeft" if branch.open && has_children()? => {
                Some(TreeStep::Fold(self.path(from)?, false))
            }
            "ArrowLeft" => to(branch.parent? as usize),
            _ => None,
        }
    }

    fn row(&self, forest: &Forest, variants: &[Variant<'_>], index: usize) -> Option<ZnodeRow> {
        let branch = self.branches.get(index)?;
        let path = self.path(index)?;
        let found = |variant: &Variant<'_>| variant.tree.znode(&path).map(Arc::clone);
        let znodes: Vec<_> = variants.iter().map(found).collect();
        let present = || znodes.iter().flatten();
        let newest = present().max_by_key(|znode| znode.stored_stat().mzxid)?;
        let (squares, differs) = squares(forest, variants, &znodes, &path);
        let owner = newest.stored_stat().lifetime.owner();
        let has_children = present().any(|znode| !znode.children().is_empty());
        let top = branch.depth == 1;
        Some(ZnodeRow {
            index,
            name: if top { Rc::clone(&path) } else { (&*branch.name).into() },
            level: branch.depth + 1,
            place: branch.place,
            open: has_children.then_some(branch.open),
            version: Some(newest.stored_stat().version),
            owner: (owner != SessionId::NONE).then_some(owner),
            fresh: squares.iter().any(|square| square.fresh),
            path,
            squares,
            differs,
        })
    }

    /// Adds the children of `path`, and what is open below them.
    fn grow(&mut self, variants: &[Variant<'_>], folds: &Folds, path: &str, parent: usize) {
        let names = children(variants, path);
        let said = folds.of_children(path);
        let depth = self.branches[parent].depth + 1;
        let opens_itself = path == "/" && names.len() <= OPEN_MAX;
        let count = names.len() as u32;
        for (place, name) in (1..).zip(names) {
            let whole = || format!("{}/{name}", path.strip_suffix('/').unwrap_or(path));
            let open = match said.get(&*name) {
                Some(&open) => open,
                None => opens_itself && is_small(variants, &whole()),
            };
            let grown = open.then(whole);
            let parent = u32::try_from(parent).ok();
            self.branches.push(Branch { name, parent, depth, place: (place, count), open });
            if let Some(path) = grown {
                self.grow(variants, folds, &path, self.branches.len() - 1);
            }
        }
    }
}

fn is_small(variants: &[Variant<'_>], path: &str) -> bool {
    let few = |variant: &Variant<'_>| {
        variant.tree.znode(path).is_none_or(|znode| znode.children().len() <= OPEN_MAX)
    };
    path != SYSTEM && variants.iter().all(few)
}

/// The names below a path on any of the trees, in ascending order.
fn children(variants: &[Variant<'_>], path: &str) -> Vec<Arc<str>> {
    let mut lists: Vec<&OrdSet<Arc<str>>> = Vec::new();
    for znode in variants.iter().filter_map(|variant| variant.tree.znode(path)) {
        if !lists.contains(&znode.children()) {
            lists.push(znode.children());
        }
    }
    match lists[..] {
        [] => Vec::new(),
        [list] => list.iter().cloned().collect(),
        _ => {
            let mut names: Vec<Arc<str>> =
                lists.iter().flat_map(|list| list.iter()).cloned().collect();
            names.sort_unstable();
            names.dedup();
            names
        }
    }
}

/// The zxid that changed a znode last: its data, its children, or itself.
pub(super) fn changed_by(znode: &crate::store::Znode) -> Zxid {
    let stat = znode.stored_stat();
    stat.mzxid.max(stat.pzxid)
}
