//! Names that not every system keeps, or keeps apart (RFC 8493 §6.1). They are no fault of the bag:
//! whoever unpacks it should know.

use super::Bag;
use crate::Report;
use crate::finding::{Finding, W115, W116, W117};
use fixity::litter::{is_litter_file, is_litter_folder};
use fixity::portable::{NameProblem, is_foreign_to_windows, name_problems};
use fixity::twins::in_paths;

/// Remarks on every name, and on all names together.
pub(super) fn judge(bag: &Bag<'_>, report: &mut Report) {
    let paths = || bag.files.iter().map(|&index| bag.entries[index].path.as_str());
    for twins in in_paths(paths()) {
        let (first, others) = twins.split_first().map_or(("", &[][..]), |(first, others)| (*first, others));
        let message = format!(
            "expected names that every system tells apart, found others that differ only in case or Unicode form: {}",
            others.join(", ")
        );
        report.findings.push(Finding::new(&W115, first, message));
    }
    let mut above = "";
    for path in bag.entries.iter().map(|entry| entry.path.as_str()) {
        for (end, name) in names_not_in(path, above) {
            report.findings.extend(problem(name).map(|message| Finding::new(&W116, &path[..end], message)));
            report.findings.extend(litter(name).map(|message| Finding::new(&W117, &path[..end], message)));
        }
        above = path;
    }
}

/// The names in `path`, each with where it ends, but for those above that `before` has as well:
/// paths come in order, and a folder is judged once.
fn names_not_in<'a>(path: &'a str, before: &str) -> impl Iterator<Item = (usize, &'a str)> {
    let shared = path.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
    let judged =
        path.as_bytes()[..shared].iter().rposition(|&octet| octet == b'/').map_or(0, |slash| slash + 1);
    let mut begin = judged;
    path[judged..].split('/').map(move |name| {
        let end = begin + name.len();
        begin = end + 1;
        (end, name)
    })
}

fn litter(name: &str) -> Option<&'static str> {
    (is_litter_file(name.as_bytes()) || is_litter_folder(name.as_bytes()))
        .then_some("expected documents only, found what an operating system keeps for itself")
}

fn problem(name: &str) -> Option<String> {
    let mut problems: Vec<String> =
        name_problems(name.as_bytes()).iter().map(NameProblem::to_string).collect();
    if is_foreign_to_windows(name) {
        problems.push("holds a character that Windows cannot store".into());
    }
    (!problems.is_empty()).then(|| {
        format!("expected a name that survives on every system, found that it {}", problems.join(", and "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_looked_at_once() {
        let names = |path, before| {
            names_not_in(path, before).map(|(end, name)| (&path[..end], name)).collect::<Vec<_>>()
        };
        assert_eq!(names("data/a/b", ""), [("data", "data"), ("data/a", "a"), ("data/a/b", "b")]);
        assert_eq!(names("data/a/c", "data/a/b"), [("data/a/c", "c")]);
        assert_eq!(names("data/ab", "data/a/b"), [("data/ab", "ab")]);
        assert_eq!(names("data/é/x", "data/è"), [("data/é", "é"), ("data/é/x", "x")]);
        assert!(problem("نامهٔ ۱.txt").is_none());
        assert!(problem("con").is_some() && problem("a\u{202E}b").is_some() && problem("what?").is_some());
    }
}
