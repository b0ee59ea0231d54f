//! A new seal for a bundle that was made anew, or that never had one.

use super::{FinalFile, Sealer};
use crate::root::{grow, octets_of};
use crate::{Error, ErrorKind, Result, vouched};
use bagit::container::{Container, read_small};
use bagit::encoding::TagEncoding;
use bagit::{Version, info};
use fixity::Algorithm;
use provenance::seal::{self, Record, Seed};

/// Octets of the longest `bag-info.txt` that is looked into.
const LONGEST_INFO: u64 = 4 << 20;

/// Seals what is made from the bundle in `container`, under the name that it has; with a seed that is derived
/// from all files where none is given.
///
/// # Errors
/// If the bundle has no `External-Identifier`, or was sealed with this seed already.
pub fn sealer<'a>(container: &dyn Container, seed: Option<&'a Seed>) -> Result<Sealer<'a>> {
    let text = read_small(container, "bag-info.txt", TagEncoding::Utf8, LONGEST_INFO).unwrap_or_default();
    let (elements, _) = info::parse(&String::from_utf8_lossy(&text), Version::V1_0);
    let mut names = elements.into_iter().filter(|(label, _)| label == "External-Identifier");
    let (Some((_, bundle)), None) = (names.next(), names.next()) else {
        let message =
            "cannot seal a bundle without its name: expected one External-Identifier in bag-info.txt";
        return Err(Error::new(ErrorKind::Read, message));
    };
    let earlier = vouched::read(container, seal::SEED).and_then(|text| Seed::parse(&text).ok());
    if let (Some(seed), Some(earlier)) = (seed, &earlier) {
        seed.expect_fresh_after(earlier).map_err(|fault| {
            Error::new(ErrorKind::Request, format!("cannot seal a revision of `{bundle}`: {fault}"))
                .with_hint("unchanged files could be followed from one to the other; draw another seed")
        })?;
    }
    Ok(Box::new(move |files| seal(&bundle, seed, files)))
}

fn seal(bundle: &str, seed: Option<&Seed>, files: &[FinalFile]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut records = Vec::with_capacity(files.len());
    for file in files {
        let mut digests = file.digests.iter().filter(|digest| digest.algorithm() == Algorithm::Sha256);
        let sha256 = digests.next().and_then(octets_of).ok_or_else(|| {
            let message = format!("cannot seal `{}`: expected its SHA-256, found none", file.path);
            Error::new(ErrorKind::Package, message)
        })?;
        records.push(Record::of_file(&file.path, file.size_octets, sha256));
    }
    records.sort_unstable_by_key(|record| record.path);
    let (root, seed) = grow(bundle, seed, &records);
    Ok(vec![(seal::ROOT.to_owned(), root.text().into_bytes()), (seal::SEED.to_owned(), seed)])
}
