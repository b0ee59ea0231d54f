//! All findings of one bag, in bounded memory.

use crate::{Code, Finding, Verdict};
use std::collections::BTreeMap;
use std::ops::Deref;

/// So many findings are kept, whatever a bag does to have more …
const MOST: usize = 320_000;
/// … and beyond that so many of each code, so that a flood of one hides no other.
const MOST_OF_A_CODE_IN_A_FLOOD: u64 = 1_000;

/// Findings, each kept unless there are too many: then it is only counted.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    kept: Vec<Finding>,
    counts: BTreeMap<&'static str, Count>,
}

/// Findings of one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// The code.
    pub code: &'static Code,
    /// How often it was found.
    pub found: u64,
    /// How many of these are listed.
    pub kept: u64,
}

impl Findings {
    /// Takes one more.
    pub fn push(&mut self, finding: Finding) {
        let code = finding.code;
        let count = self.counts.entry(code.id).or_insert(Count { code, found: 0, kept: 0 });
        count.found += 1;
        if self.kept.len() < MOST || count.kept < MOST_OF_A_CODE_IN_A_FLOOD {
            count.kept += 1;
            self.kept.push(finding);
        }
    }

    /// Drops those kept ones that turn out to be none.
    pub fn forget(&mut self, is_none: impl Fn(&Finding) -> bool) {
        let counts = &mut self.counts;
        self.kept.retain(|finding| {
            let is_none = is_none(finding);
            if is_none && let Some(count) = counts.get_mut(finding.code.id) {
                count.found -= 1;
                count.kept -= 1;
            }
            !is_none
        });
        counts.retain(|_, count| count.found > 0);
    }

    /// Gives them all to another, counts too.
    pub fn move_into(self, other: &mut Self) {
        for Count { code, found, kept } in self.counts() {
            // What is kept is counted when it is taken.
            other.counts.entry(code.id).or_insert(Count { code, found: 0, kept: 0 }).found += found - kept;
        }
        other.extend(self.kept);
    }

    /// How often each code was found, kept or not, in the order of codes.
    pub fn counts(&self) -> impl Iterator<Item = Count> {
        self.counts.values().copied()
    }

    /// How many were found, kept or not.
    #[must_use]
    pub fn found(&self) -> u64 {
        self.counts().map(|count| count.found).sum()
    }

    /// The worst verdict that any finding asks for, kept or not.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.counts().map(|count| count.code.verdict).max().unwrap_or(Verdict::Consistent)
    }

    /// Puts them in their order, so that two runs print the same, and drops doubles.
    pub fn sort(&mut self) {
        fn key(finding: &Finding) -> (crate::Severity, &str, &str, &str) {
            (finding.code.severity(), &finding.path, finding.code.id, &finding.message)
        }
        self.kept.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        let counts = &mut self.counts;
        self.kept.dedup_by(|later, earlier| {
            let is_double = later == earlier;
            if is_double && let Some(count) = counts.get_mut(later.code.id) {
                count.found -= 1;
                count.kept -= 1;
            }
            is_double
        });
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.kept
    }
}

impl Extend<Finding> for Findings {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        for finding in findings {
            self.push(finding);
        }
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<T: IntoIterator<Item = Finding>>(findings: T) -> Self {
        let mut all = Self::default();
        all.extend(findings);
        all
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.iter()
    }
}

impl PartialEq<[Finding; 0]> for Findings {
    fn eq(&self, _: &[Finding; 0]) -> bool {
        self.found() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{E401, E403, W116};

    #[test]
    fn a_flood_is_counted_and_hides_nothing_else() {
        let flood = (0..MOST as u64 + 5_000).map(|n| Finding::new(&W116, n.to_string(), ""));
        let mut findings: Findings = flood.collect();
        findings.push(Finding::new(&E403, "data/letter.txt", "altered"));
        findings.extend([Finding::new(&E401, "a", "x"), Finding::new(&E401, "a", "x")]);
        findings.sort();
        assert_eq!(findings.len(), MOST + 2);
        assert_eq!((&*findings[0].path, &*findings[1].path), ("a", "data/letter.txt"));
        assert_eq!(findings.verdict(), Verdict::Altered);
        let counts: Vec<_> =
            findings.counts().map(|count| (count.code.id, count.found, count.kept)).collect();
        assert_eq!(counts, [("E401", 1, 1), ("E403", 1, 1), ("W116", 325_000, 320_000)]);
        assert_eq!(findings.found(), 325_002);
    }
}
