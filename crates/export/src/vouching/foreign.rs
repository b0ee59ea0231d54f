//! What vouches for a bag of others: the layout of bag-nabit.

use super::places::Kind;
use super::{Believed, Judged, LONGEST, Proven, Voucher, octets_of};
use crate::finding::W523;
use bagit::Finding;
use bagit::container::{Container, EntryKind, find};
use provenance::seal::nabit;
use provenance::seal::vouch::{Broken, Trust};
use std::collections::BTreeMap;

/// The one tag manifest that such signatures are over.
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// Octets of the longest tag manifest that is held against a signature.
const LONGEST_TAG_MANIFEST: u64 = 16 << 20;

/// What vouches for a bag of others, if anything does.
pub(crate) struct Foreign {
    pub(crate) judged: Judged,
    /// Files that no manifest lists, since they vouch for one.
    pub(crate) own: Vec<String>,
    /// Whether somebody who is believed signed the only tag manifest.
    pub(crate) is_signed_whole: bool,
}

/// Judges signatures in bag-nabit's layout; `None` if the bag has none.
pub(crate) fn judge(container: &dyn Container, believed: &Believed) -> Option<Foreign> {
    let files = container.entries().iter().filter(|entry| entry.kind == EntryKind::File);
    let paths = || files.clone().map(|entry| entry.path.as_str());
    let signed = nabit::signed(paths())?;
    let mut judged = Judged::default();
    let own = signed.links.iter().flat_map(|link| [Some(link.path.clone()), link.certificates.clone()]);
    let own = own.flatten().collect();
    let is_too_long = find(container.entries(), TAG_MANIFEST)
        .is_some_and(|index| container.entries()[index].size_octets > LONGEST_TAG_MANIFEST);
    if is_too_long {
        let message = format!(
            "expected a tag manifest of at most {LONGEST_TAG_MANIFEST} octets, found more; its signatures were not checked"
        );
        judged.findings.push(Finding::new(&W523, TAG_MANIFEST, message));
        return Some(Foreign { judged, own, is_signed_whole: false });
    }
    let open = |path: &str| {
        let most = if path == TAG_MANIFEST { LONGEST_TAG_MANIFEST } else { LONGEST };
        octets_of(container, path, most)
    };
    // Without a clock nobody is believed either.
    let now = believed.now.unwrap_or_default();
    let answers = nabit::verify(&signed, open, &believed.authorities, now);
    let proven = proven(&answers);
    for (link, answers) in answers {
        let kind = match link.kind {
            nabit::Kind::Signature => Kind::Signature,
            nabit::Kind::Timestamp => Kind::Timestamp,
        };
        for answer in answers {
            match answer {
                Ok(vouching) => judged.vouchers.push(Voucher {
                    path: link.path.clone(),
                    over: link.over.clone(),
                    kind,
                    vouching,
                    proven: proven.get(&link.path).filter(|_| kind == Kind::Signature).cloned(),
                }),
                // Others may write what we do not read.
                Err(Broken::Unreadable(why)) => judged.broken(&link.path, Broken::Unsupported(why)),
                Err(broken) => judged.broken(&link.path, broken),
            }
        }
    }
    judged.vouchers.sort_by_key(|voucher| voucher.kind);
    let mut manifests = paths().filter(|path| path.starts_with("tagmanifest-") && !path.contains('/'));
    let has_no_other = manifests.all(|path| path == TAG_MANIFEST);
    let is_signed_whole = has_no_other && judged.has_known_signer_of(TAG_MANIFEST);
    Some(Foreign { judged, own, is_signed_whole })
}

/// The earliest time at which somebody who is believed saw each file.
fn proven(answers: &nabit::Answers) -> BTreeMap<String, Proven> {
    let mut proven: BTreeMap<String, Proven> = BTreeMap::new();
    let timestamps = answers.iter().filter(|(link, _)| link.kind == nabit::Kind::Timestamp);
    for (link, answers) in timestamps {
        for vouching in answers.iter().flatten() {
            let (Some(at), Trust::Known { who }) = (vouching.at, &vouching.trust) else { continue };
            let is_earlier = |known: &Proven| at < known.at;
            if proven.get(&link.over).is_none_or(is_earlier) {
                proven.insert(link.over.clone(), Proven { at, by: who.clone() });
            }
        }
    }
    proven
}
