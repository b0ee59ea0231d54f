//! Judging all names before anything else happens.
//!
//! A name is refused, or on request rewritten, where another system or another checker of bags
//! would not keep it as it is.

mod portable;
mod twins;

pub(crate) use portable::spell;

use crate::tree::Tree;
use crate::{Error, ErrorKind};
use fixity::portable::{self as rules, NameProblem};
use fixity::twins::{caseless_key, in_folder};
use provenance::name::escape;
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::ops::Range;
use std::os::unix::ffi::OsStrExt;

/// What is done with names that would not survive another system or checker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// They are refused, all in one error.
    #[default]
    Strict,
    /// They are rewritten reversibly, an octet to `=HH`; the raw name is kept beside the new one.
    Portable,
}

/// Everything that keeps one name, such as that of a package, from surviving another system.
#[must_use]
pub fn name_problems(name: &OsStr) -> Vec<String> {
    rules::name_problems(name.as_bytes()).iter().map(ToString::to_string).collect()
}

/// Octets that a path below `data/` may have, so that with it the path keeps the limit.
pub(crate) const PATH_LIMIT: usize = rules::PATH_LIMIT - "data/".len();

/// Why something cannot keep its name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Problem {
    #[error(transparent)]
    Name(NameProblem),
    #[error("has a path longer than 4096 octets")]
    PathTooLong,
    #[error("differs from `{0}` only in case or Unicode normalization")]
    TwinOf(String),
}

/// The names that everything in a tree will have.
pub(crate) struct Naming(HashMap<u32, String>);

impl Naming {
    /// The new name of a node; `None` where it keeps its own.
    pub(crate) fn renamed(&self, node: u32) -> Option<&str> {
        self.0.get(&node).map(String::as_str)
    }
}

/// Decides on a name for everything in the tree.
///
/// # Errors
/// Every name that cannot be kept, with all reasons.
pub(crate) fn judge(tree: &Tree, names: Names) -> Result<Naming, Error> {
    let (naming, mut problems) = match names {
        Names::Strict => (Naming(HashMap::new()), strict_problems(tree)),
        Names::Portable => (portable_naming(tree), HashMap::new()),
    };
    for node in overlong_paths(tree, &naming) {
        problems.entry(node).or_default().push(Problem::PathTooLong);
    }
    if problems.is_empty() { Ok(naming) } else { Err(refusal(tree, &problems, names)) }
}

fn refusal(tree: &Tree, problems: &HashMap<u32, Vec<Problem>>, names: Names) -> Error {
    let mut lines: Vec<(Vec<u8>, &Vec<Problem>)> =
        problems.iter().map(|(&node, problems)| (tree.path_below(node), problems)).collect();
    lines.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let lines: Vec<String> = lines
        .into_iter()
        .map(|(path, problems)| {
            let reasons: Vec<String> = problems.iter().map(ToString::to_string).collect();
            format!("`{}`: {}", escape(&path), reasons.join("; "))
        })
        .collect();
    let heading = match lines.len() {
        1 => "cannot keep 1 name, which not every system can store".to_owned(),
        count => format!("cannot keep {count} names, which not every system can store"),
    };
    // No other name makes a place less deep.
    let only_deep = problems.values().flatten().all(|problem| *problem == Problem::PathTooLong);
    Error::listing(ErrorKind::Names, &heading, &lines).with_hint(if only_deep || names == Names::Portable {
        "move what lies this deep closer to the top of its source"
    } else {
        "`--names portable` renames them reversibly and records the names as received"
    })
}

fn strict_problems(tree: &Tree) -> HashMap<u32, Vec<Problem>> {
    let mut problems: HashMap<u32, Vec<Problem>> = HashMap::new();
    for (number, node) in tree.iter() {
        // Names that fonds makes are sound, or have the problem of the container beside them.
        if tree.container_of(number).is_some() {
            continue;
        }
        let found = rules::name_problems(&node.name);
        if !found.is_empty() {
            problems.insert(number, found.into_iter().map(Problem::Name).collect());
        }
    }
    for folder in tree.folders() {
        let keyed =
            folder.filter_map(|number| Some((number, std::str::from_utf8(&tree.node(number).name).ok()?)));
        for (number, twin) in in_folder(keyed) {
            let twin = escape(&tree.node(twin).name);
            problems.entry(number).or_default().push(Problem::TwinOf(twin));
        }
    }
    problems
}

fn portable_naming(tree: &Tree) -> Naming {
    let mut renamed = HashMap::new();
    for folder in tree.folders() {
        let (made, received): (Vec<u32>, Vec<u32>) =
            folder.clone().partition(|&number| tree.container_of(number).is_some());
        let is_made = made_by_us(tree, &folder);
        let spelt: Vec<String> = received.iter().map(|&number| spelt(tree, number, is_made)).collect();
        let told_apart = twins::tell_apart(spelt);
        let mut taken: HashSet<String> = HashSet::new();
        if !made.is_empty() {
            taken.extend(told_apart.iter().map(|name| caseless_key(name).into_owned()));
        }
        let mut keep = |number: u32, name: String| {
            if name.as_bytes() != &*tree.node(number).name {
                renamed.insert(number, name);
            }
        };
        let mut names: HashMap<u32, String> = HashMap::new();
        for (number, name) in received.into_iter().zip(told_apart) {
            if !made.is_empty() {
                names.insert(number, name.clone());
            }
            keep(number, name);
        }
        // A folder of parts goes by the name that its container gets.
        for number in made {
            let container = tree.container_of(number).and_then(|container| names.get(&container));
            if let Some(container) = container {
                keep(number, name_of_parts(container, &mut taken));
            }
        }
    }
    Naming(renamed)
}

/// Whether the names in a folder are such as fonds makes for parts, which are portable already.
fn made_by_us(tree: &Tree, children: &Range<u32>) -> bool {
    !children.is_empty() && tree.container_of(tree.node(children.start).parent()).is_some()
}

fn spelt(tree: &Tree, number: u32, is_made: bool) -> String {
    let raw = &tree.node(number).name;
    if is_made { String::from_utf8_lossy(raw).into_owned() } else { portable::spell(raw) }
}

/// The name of the folder for the parts of `container`: none that is taken beside it, and taken then.
pub(crate) fn name_of_parts(container: &str, taken: &mut HashSet<String>) -> String {
    let mut number = 1_u32;
    loop {
        let tail = if number == 1 { ".parts".to_owned() } else { format!(".parts {number}") };
        let most = rules::NAME_LIMIT - tail.len();
        let name = format!("{}{tail}", &container[..container.floor_char_boundary(most)]);
        if taken.insert(caseless_key(&name).into_owned()) {
            return name;
        }
        number += 1;
    }
}

/// Whatever has too long a path, in a folder that has not.
fn overlong_paths(tree: &Tree, naming: &Naming) -> Vec<u32> {
    let mut lengths = vec![0_usize];
    let mut overlong = Vec::new();
    for (number, node) in tree.iter() {
        let above = lengths[node.parent() as usize];
        let own = naming.renamed(number).map_or(node.name.len(), str::len);
        let length = if above == 0 { own } else { above + 1 + own };
        if length > PATH_LIMIT && above <= PATH_LIMIT {
            overlong.push(number);
        }
        lengths.push(length);
    }
    overlong
}
