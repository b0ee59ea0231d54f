//! Which documents are chosen: by patterns over their paths, and by the rows of sheets.

use super::request;
use crate::returned::Table;
use crate::{Error, ErrorKind, Result};
use std::collections::BTreeSet;

/// What is chosen and what is withheld of it. Withholding wins.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    selected: Vec<Pattern>,
    withheld: Vec<Pattern>,
    /// Paths that sheets name, with the name of the sheet.
    listed: Vec<(String, BTreeSet<String>)>,
}

/// A pattern over whole paths: `*` stands for any characters but a slash, `?` for one, and `**` alone
/// between slashes for any number of folders, none too.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pattern {
    text: String,
    steps: Vec<String>,
}

impl Choice {
    /// Chooses what a pattern over payload paths fits, such as `data/**/witness-*`.
    pub fn select(&mut self, pattern: &str) {
        self.selected.push(Pattern::new(pattern));
    }

    /// Withholds what it fits, whoever chose it.
    pub fn withhold(&mut self, pattern: &str) {
        self.withheld.push(Pattern::new(pattern));
    }

    /// Chooses the documents of a sheet's rows, by their column `path`.
    ///
    /// # Errors
    /// If it has no such column, or a row without a path.
    pub fn select_rows(&mut self, name: &str, table: &Table) -> Result<()> {
        let column = table.column("path").ok_or_else(|| {
            Error::new(
                ErrorKind::Request,
                format!("cannot choose by `{name}`: expected a column `path`, found none"),
            )
            .with_hint("take the rows of what `fonds sheet` writes")
        })?;
        let mut paths = BTreeSet::new();
        for row in &table.rows {
            let path = row.cells.get(column).map_or("", |cell| cell.trim());
            if path.is_empty() {
                let message =
                    format!("cannot choose by `{name}`: expected a path in row {}, found none", row.number);
                return Err(Error::new(ErrorKind::Request, message));
            }
            paths.insert(path.to_owned());
        }
        self.listed.push((name.to_owned(), paths));
        Ok(())
    }

    /// The chosen ones of these paths.
    ///
    /// # Errors
    /// [`ErrorKind::Request`] if a pattern fits none of them, or a sheet names one that is not there: what
    /// was meant is not what would leave.
    pub(super) fn of<'p>(&self, paths: impl Iterator<Item = &'p str>) -> Result<BTreeSet<String>> {
        let paths: BTreeSet<&str> = paths.collect();
        for pattern in self.selected.iter().chain(&self.withheld) {
            if !paths.iter().any(|path| pattern.fits(path)) {
                let shown = provenance::name::escape(pattern.text.as_bytes());
                return Err(request(&format!("expected a document that `{shown}` fits, found none"))
                    .with_hint("patterns are over payload paths, such as `data/**/witness-*`; `*` stays within a folder"));
            }
        }
        for (name, listed) in &self.listed {
            if let Some(path) = listed.iter().find(|path| !paths.contains(path.as_str())) {
                let shown = provenance::name::escape(path.as_bytes());
                return Err(request(&format!("`{name}` names `{shown}`, and there is no such document")));
            }
        }
        let is_chosen = |path: &&str| {
            (self.selected.iter().any(|pattern| pattern.fits(path))
                || self.listed.iter().any(|(_, listed)| listed.contains(*path)))
                && !self.withheld.iter().any(|pattern| pattern.fits(path))
        };
        let chosen: BTreeSet<String> = paths.into_iter().filter(is_chosen).map(str::to_owned).collect();
        if chosen.is_empty() {
            return Err(request("cannot disclose: nothing is chosen")
                .with_hint("what --withhold fits stays, whatever --select says"));
        }
        Ok(chosen)
    }
}

impl Pattern {
    fn new(text: &str) -> Self {
        let mut steps: Vec<String> = text.split('/').map(str::to_owned).collect();
        // Many in a row say no more than one.
        steps.dedup_by(|a, b| a == "**" && b == "**");
        Self { text: text.to_owned(), steps }
    }

    fn fits(&self, path: &str) -> bool {
        let names: Vec<&str> = path.split('/').collect();
        let is_any = |step: &String| step == "**";
        run(&self.steps, &names, is_any, |step, name| {
            let (step, name): (Vec<char>, Vec<char>) = (step.chars().collect(), name.chars().collect());
            run(&step, &name, |&c| c == '*', |&wanted, &found| wanted == '?' || wanted == found)
        })
    }
}

/// Whether a pattern fits all of a text. Where a wildcard may stand for more or fewer, only the last one
/// has to be tried again: it takes no more steps than the product of both lengths.
fn run<P, T>(pattern: &[P], text: &[T], is_any: impl Fn(&P) -> bool, fits: impl Fn(&P, &T) -> bool) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut again = None;
    while t < text.len() {
        if pattern.get(p).is_some_and(&is_any) {
            again = Some((p + 1, t));
            p += 1;
        } else if pattern.get(p).is_some_and(|wanted| fits(wanted, &text[t])) {
            (p, t) = (p + 1, t + 1);
        } else if let Some((behind, from)) = again {
            (p, t) = (behind, from + 1);
            again = Some((behind, from + 1));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(is_any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asterisk_stays_within_a_folder() {
        for (pattern, path, fits) in [
            ("data/**/witness-*", "data/witness-1.txt", true),
            ("data/**/witness-*", "data/a/b/witness-1.txt", true),
            ("data/**/witness-*", "data/a/b/not-witness-1.txt", false),
            ("data/**/witness-*", "data/witness-1/a.txt", false),
            ("data/*", "data/a.txt", true),
            ("data/*", "data/a/b.txt", false),
            ("data/**", "data/a/b.txt", true),
            ("data/?.txt", "data/é.txt", true),
            ("data/a*b*c", "data/aXbXbXc", true),
            ("data/a*b*c", "data/aXbXbX", false),
            ("data/**/x/**/y", "data/1/x/2/x/3/y", true),
            ("data/**/x/**/y", "data/1/2/3/y", false),
            ("data", "data/a", false),
            ("", "data/a", false),
        ] {
            assert_eq!(Pattern::new(pattern).fits(path), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn a_hostile_pattern_takes_no_long_time() {
        let pattern = Pattern::new(&format!("data/{}b", "*a".repeat(500)));
        assert!(!pattern.fits(&format!("data/{}", "a".repeat(20_000))));
        let pattern = Pattern::new(&format!("{}b", "**/a/".repeat(200)));
        assert!(!pattern.fits(&"a/".repeat(2_000)));
    }

    #[test]
    fn withholding_wins_and_what_fits_nothing_is_an_error() {
        let paths = ["data/a.txt", "data/b.txt", "data/c/d.txt"];
        let mut choice = Choice::default();
        choice.select("data/**");
        choice.withhold("data/b*");
        assert_eq!(
            choice.of(paths.into_iter()).unwrap().into_iter().collect::<Vec<_>>(),
            ["data/a.txt", "data/c/d.txt"]
        );
        let mut other = choice.clone();
        other.withhold("data/z*");
        assert_eq!(other.of(paths.into_iter()).unwrap_err().kind(), ErrorKind::Request);
        choice.withhold("**");
        assert_eq!(choice.of(paths.into_iter()).unwrap_err().kind(), ErrorKind::Request);
        assert_eq!(Choice::default().of(paths.into_iter()).unwrap_err().kind(), ErrorKind::Request);
        let mut listed = Choice::default();
        let table = Table::read("s.csv", b"path,title\r\ndata/b.txt,x\r\n").unwrap();
        listed.select_rows("s.csv", &table).unwrap();
        assert!(listed.of(paths.into_iter()).unwrap().contains("data/b.txt"));
        assert!(listed.of(["data/a.txt"].into_iter()).is_err());
        let table = Table::read("s.csv", b"name\r\ndata/b.txt\r\n").unwrap();
        assert!(listed.select_rows("s.csv", &table).is_err());
    }
}
