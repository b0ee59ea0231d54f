//! Who withheld how many slots of a sealed bundle, when, and for what reason.
//!
//! `seal/disclosure/statement.txt` is the word of whoever made a disclosure, and what `--key` signs. It
//! names the tag manifest of the disclosure, and so vouches for its rows, which the root does not.

use super::hash::Hash;
use super::root::{Root, hash_of};
use crate::Timestamp;
use crate::name::is_unsafe_character;
use std::fmt::Write as _;

/// Where it stands.
pub const STATEMENT: &str = "seal/disclosure/statement.txt";
/// A detached signature of OpenSSH over it, for [`NAMESPACE`].
pub const SIGNATURE: &str = "seal/disclosure/statement.txt.sig";
/// What that signature is made for, so that none over a root is taken for one over a statement.
pub const NAMESPACE: &str = "bundle-disclosure@fonds";
/// The first line, which nothing but a statement begins with.
pub const LABEL: &str = "bundle-disclosure/v1";
/// Octets of the longest text: a line for each time that a disclosure was narrowed.
pub const MOST_OCTETS: usize = 256 << 10;

/// Why something is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Somebody's private life.
    Privacy,
    /// Whoever gave it, or speaks in it, would be in danger.
    Source,
    /// An investigation that goes on.
    Investigation,
    /// Rights of others, such as copyright.
    ThirdParty,
    /// Another one.
    Other,
    /// Nobody said.
    Unstated,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Privacy, Self::Source, Self::Investigation, Self::ThirdParty, Self::Other, Self::Unstated];

    /// Its code, which never changes.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Privacy => "privacy",
            Self::Source => "source-protection",
            Self::Investigation => "investigation",
            Self::ThirdParty => "third-party-rights",
            Self::Other => "other",
            Self::Unstated => "unstated",
        }
    }

    /// The one with this code.
    #[must_use]
    pub fn coded(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// One act of withholding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withholding {
    /// How many slots, decoys and descriptions among them: which of them are documents is not told.
    pub slots: u64,
    /// Why.
    pub reason: Reason,
    /// When, as whoever did it says.
    pub at: Timestamp,
    /// Who; `None` if nobody was named.
    pub agent: Option<String>,
}

/// What `statement.txt` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The root of the whole.
    pub root: Hash,
    /// Its slots.
    pub slots: u64,
    /// How many are opened.
    pub opened: u64,
    /// Who withheld the others, in the order in which it was done.
    pub withheld: Vec<Withholding>,
    /// The strongest tag manifest of the disclosure, and its SHA-256.
    pub tag_manifest: (String, Hash),
}

/// Why a text is no statement: the line that has to stand there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected `{0}`, found another line or none")]
pub struct StatementFault(pub &'static str);

impl Statement {
    /// The text, octet for octet.
    #[must_use]
    pub fn text(&self) -> String {
        let (mut one, mut other) = ([0; 64], [0; 64]);
        let root = fixity::hex_of(&self.root, &mut one);
        let mut text = format!("{LABEL}\nroot {root}\nslots {}\nopened {}\n", self.slots, self.opened);
        for Withholding { slots, reason, at, agent } in &self.withheld {
            let _ = write!(text, "withheld {slots} {} {at}", reason.code());
            text.extend(agent.iter().flat_map(|agent| [" by ", agent]));
            text.push('\n');
        }
        let (path, sha256) = &self.tag_manifest;
        let _ = writeln!(text, "bag {path} {}", fixity::hex_of(sha256, &mut other));
        text
    }

    /// Reads what [`text`](Self::text) writes, and nothing else.
    ///
    /// # Errors
    /// The first line that is not as it has to be.
    pub fn parse(octets: &[u8]) -> Result<Self, StatementFault> {
        let shape = StatementFault("lines of UTF-8, each ended by a line feed");
        let text = std::str::from_utf8(octets).ok().filter(|text| text.len() <= MOST_OCTETS);
        let text = text.and_then(|text| text.strip_suffix('\n')).ok_or(shape)?;
        let mut lines = text.split('\n');
        let mut next = |expected, begin: &str| {
            lines.next().and_then(|line| line.strip_prefix(begin)).ok_or(StatementFault(expected))
        };
        if !next(LABEL, LABEL)?.is_empty() {
            return Err(StatementFault(LABEL));
        }
        let root = hash_of(next("root HEX", "root ")?).ok_or(StatementFault("root HEX"))?;
        let slots = number(next("slots N", "slots ")?).ok_or(StatementFault("slots N"))?;
        let opened = number(next("opened N", "opened ")?).ok_or(StatementFault("opened N"))?;
        let (mut withheld, mut tag_manifest) = (Vec::new(), None);
        for line in lines {
            if let Some(act) = line.strip_prefix("withheld ").filter(|_| tag_manifest.is_none()) {
                withheld.push(act_of(act).ok_or(StatementFault("withheld N REASON TIME by NAME"))?);
            } else if tag_manifest.is_none() {
                tag_manifest = Some(bag_of(line).ok_or(StatementFault("bag TAGMANIFEST SHA256"))?);
            } else {
                return Err(StatementFault("the end"));
            }
        }
        let tag_manifest = tag_manifest.ok_or(StatementFault("bag TAGMANIFEST SHA256"))?;
        let statement = Self { root, slots, opened, withheld, tag_manifest };
        if statement.text().as_bytes() == octets {
            Ok(statement)
        } else {
            Err(StatementFault("one spelling"))
        }
    }

    /// What of it is not so in a disclosure of this root with so many opened leaves; `None` if all is.
    #[must_use]
    pub fn disagreement(&self, root: &Root, opened: u64) -> Option<String> {
        if self.root != root.hash || self.slots != root.size {
            return Some(
                "expected a statement about the root of this disclosure, found one of another".into(),
            );
        }
        if self.opened != opened {
            return Some(format!("expected {opened} opened leaves, found {} in the statement", self.opened));
        }
        let sum = self.withheld.iter().try_fold(0_u64, |sum, act| sum.checked_add(act.slots));
        let withheld = root.size.saturating_sub(opened);
        (sum != Some(withheld)).then(|| {
            format!("expected {withheld} withheld slots, as there are, found another sum in the statement")
        })
    }
}

fn number(digits: &str) -> Option<u64> {
    digits.parse().ok()
}

fn act_of(act: &str) -> Option<Withholding> {
    let mut words = act.splitn(4, ' ');
    let (slots, reason, at) = (words.next()?, words.next()?, words.next()?);
    let agent = match words.next() {
        None => None,
        Some(rest) => Some(
            rest.strip_prefix("by ")
                .filter(|name| !name.is_empty() && !name.contains(is_unsafe_character))?,
        ),
    };
    Some(Withholding {
        slots: number(slots)?,
        reason: Reason::coded(reason)?,
        at: at.parse().ok()?,
        agent: agent.map(str::to_owned),
    })
}

fn bag_of(line: &str) -> Option<(String, Hash)> {
    let (path, sha256) = line.strip_prefix("bag ")?.split_once(' ')?;
    let is_tag_manifest = matches!(path, "tagmanifest-sha256.txt" | "tagmanifest-sha512.txt");
    Some((path.to_owned(), hash_of(sha256)?)).filter(|_| is_tag_manifest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn statement() -> Statement {
        let act = |slots, reason, agent: Option<&str>| Withholding {
            slots,
            reason,
            at: "2026-11-22T10:00:00Z".parse().unwrap(),
            agent: agent.map(str::to_owned),
        };
        Statement {
            root: [7; 32],
            slots: 32,
            opened: 3,
            withheld: vec![act(28, Reason::Privacy, Some("Sahar by hand")), act(1, Reason::Unstated, None)],
            tag_manifest: ("tagmanifest-sha512.txt".into(), [9; 32]),
        }
    }

    #[test]
    fn what_is_stated_is_read_back_in_one_form_only() {
        let text = statement().text();
        assert_eq!(Statement::parse(text.as_bytes()), Ok(statement()));
        for length in 0..text.len() {
            assert!(Statement::parse(&text.as_bytes()[..length]).is_err(), "cut to {length}");
        }
        for (from, to) in [
            ("bundle-disclosure/v1", "bundle-root/v1"),
            ("slots 32", "slots 032"),
            ("28 privacy", "28 secrecy"),
            ("T10:00:00Z", "T10:00:00+00:00"),
            (" by Sahar", " by \u{202E}Sahar"),
            (" by Sahar by hand", " by "),
            ("tagmanifest-sha512", "tagmanifest-md5"),
            ("opened 3", "opened +3"),
            ("\n", "\r\n"),
        ] {
            assert!(text.contains(from));
            assert!(Statement::parse(text.replacen(from, to, 1).as_bytes()).is_err(), "{to:?}");
        }
        assert!(Statement::parse(format!("{text}more\n").as_bytes()).is_err());
    }

    #[test]
    fn counts_and_root_have_to_agree() {
        let root = Root { bundle: "tide".into(), size: 32, hash: [7; 32] };
        assert_eq!(statement().disagreement(&root, 3), None);
        assert!(statement().disagreement(&root, 4).is_some());
        assert!(statement().disagreement(&Root { size: 64, ..root.clone() }, 3).is_some());
        assert!(statement().disagreement(&Root { hash: [8; 32], ..root.clone() }, 3).is_some());
        let mut short = statement();
        short.withheld.pop();
        assert!(short.disagreement(&root, 3).is_some());
        short.withheld[0].slots = u64::MAX;
        short.withheld.push(statement().withheld[0].clone());
        assert!(short.disagreement(&root, 3).is_some());
    }

    proptest! {
        #[test]
        fn any_octets_are_read_in_one_spelling_or_refused(at: prop::sample::Index, octet: u8) {
            let mut text = statement().text().into_bytes();
            let at = at.index(text.len());
            text[at] = octet;
            if let Ok(statement) = Statement::parse(&text) {
                prop_assert_eq!(statement.text().into_bytes(), text);
            }
        }
    }
}
