//! Bags that bag-nabit signed (Library Innovation Lab): which file vouches for which, and whether it holds.
//!
//! Signatures and timestamps lie in `signatures/`, and each has the whole name of what it is over, with `.p7s` or
//! `.tsr` behind it; the first is over the tag manifest. So `signatures/tagmanifest-sha256.txt.p7s.tsr` is a
//! timestamp over the signature `signatures/tagmanifest-sha256.txt.p7s`.

use super::{
    certificate::{Anchors, Certificate, Moment},
    cms, timestamp,
    vouch::{Broken, Trust, Vouching},
};
use crate::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// The folder of signatures inside a bag.
pub const FOLDER: &str = "signatures/";
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// Signatures over signatures.
const LONGEST_CHAIN: usize = 16;

/// What a file in the folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `.p7s`: a signature in CMS.
    Signature,
    /// `.tsr`: an authority's answer.
    Timestamp,
}

/// A file that vouches for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its path in the bag.
    pub path: String,
    /// The path of what it is over.
    pub over: String,
    /// What it is.
    pub kind: Kind,
    /// The path of the certificates of a timestamp's authority (`.tsr.crt`), if they are there. They lie in the bag
    /// itself, so they are no reason to believe anything.
    pub certificates: Option<String>,
}

/// The layout of a signed bag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// What vouches for what: a file always after what it is over.
    pub links: Vec<Link>,
    /// Files in the folder that vouch for nothing that is here.
    pub astray: Vec<String>,
}

/// Which file of a bag vouches for which, by their names; nothing if no file lies in `signatures/`, or none of them
/// is over the tag manifest.
#[must_use]
pub fn signed<'a>(paths: impl IntoIterator<Item = &'a str>) -> Option<Signed> {
    let mut inside = BTreeSet::new();
    let mut manifest = false;
    for path in paths {
        manifest |= path == TAG_MANIFEST;
        inside.extend(path.strip_prefix(FOLDER));
    }
    if !manifest {
        return None;
    }
    let mut found = Signed::default();
    // Each name with the number of endings behind the manifest's; sorted, so that no file comes before its own.
    let mut names: Vec<(usize, &str)> = inside
        .iter()
        .map(|name| (name.matches(".p7s").count() + name.matches(".tsr").count(), *name))
        .collect();
    names.sort_unstable();
    let mut known = BTreeSet::from([TAG_MANIFEST]);
    let mut used = BTreeSet::new();
    for (_, name) in &names {
        let kind = [(".p7s", Kind::Signature), (".tsr", Kind::Timestamp)];
        let parted = kind.iter().find_map(|(ending, kind)| Some((name.strip_suffix(ending)?, *kind)));
        let Some((over, kind)) = parted.filter(|(over, _)| known.contains(over)) else { continue };
        if found.links.len() == LONGEST_CHAIN {
            break;
        }
        known.insert(name);
        used.insert((*name).to_owned());
        let certificates = format!("{name}.crt");
        let certificates = Some(certificates)
            .filter(|it| kind == Kind::Timestamp && inside.contains(it.as_str()))
            .inspect(|it| {
                used.insert(it.clone());
            });
        found.links.push(Link {
            path: format!("{FOLDER}{name}"),
            over: if over == TAG_MANIFEST { over.to_owned() } else { format!("{FOLDER}{over}") },
            kind,
            certificates: certificates.map(|it| format!("{FOLDER}{it}")),
        });
    }
    if found.links.is_empty() {
        return None;
    }
    found.astray =
        inside.iter().filter(|name| !used.contains(**name)).map(|name| format!("{FOLDER}{name}")).collect();
    Some(found)
}

/// What each file came to, in the order of the links: those of a signature file are all that signed it.
pub type Answers = Vec<(Link, Vec<Result<Vouching, Broken>>)>;

/// Checks all that vouches in a bag. A signature is judged at the earliest time that a known authority stamped it,
/// else at `now`.
///
/// `open` gives the octets of a file of the bag; nothing if it is not there.
///
/// What agrees: `openssl cms -verify -binary -content FILE -in FILE.p7s -inform PEM -purpose any -CAfile CA.pem`, and
/// `openssl ts -verify -data FILE -in FILE.tsr -CAfile CA.pem -untrusted FILE.tsr.crt`.
pub fn verify(
    signed: &Signed,
    mut open: impl FnMut(&str) -> Option<Vec<u8>>,
    anchors: &Anchors,
    now: Timestamp,
) -> Answers {
    let mut answers = Vec::new();
    let mut stamped: BTreeMap<&str, Timestamp> = BTreeMap::new();
    // From the last to the first: a timestamp before what it is over.
    for link in signed.links.iter().rev() {
        let answer = match (open(&link.path), open(&link.over)) {
            (Some(octets), Some(content)) => match link.kind {
                Kind::Signature => {
                    let moment =
                        stamped.get(link.path.as_str()).map_or(Moment::Told(now), |&at| Moment::Proven(at));
                    cms::verify(&octets, &content, anchors, moment)
                }
                Kind::Timestamp => {
                    let between = link.certificates.as_deref().and_then(&mut open);
                    let between =
                        between.and_then(|file| Certificate::read_all(&file).ok()).unwrap_or_default();
                    let answer = timestamp::verify(&octets, &content, None, &anchors.over(&between));
                    vec![answer.map(|it| it.vouching)]
                }
            },
            (None, _) => vec![Err(missing(&link.path))],
            (_, None) => vec![Err(missing(&link.over))],
        };
        for vouching in answer.iter().flatten() {
            if let (Kind::Timestamp, Some(at), Trust::Known { .. }) =
                (link.kind, vouching.at, &vouching.trust)
            {
                let earliest = stamped.entry(&link.over).or_insert(at);
                *earliest = at.min(*earliest);
            }
        }
        answers.push((link.clone(), answer));
    }
    answers.reverse();
    answers
}

fn missing(path: &str) -> Broken {
    Broken::Unreadable(format!("expected `{path}` in the bag, found nothing"))
}
