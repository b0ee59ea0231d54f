//! The seal of a new bundle: root and seed, from the digests that the one read has made.

use super::Order;
use super::tags::{TagManifest, Tags};
use crate::root::{grow, octets_of};
use crate::{Error, ErrorKind, Result};
use bagit::package::Package;
use fixity::{Algorithm, SumTable};
use provenance::seal::{self, Record, Root};

/// Writes `seal/root.txt` and `seal/seed.txt`; answers the root.
pub(super) fn put<P: Package>(
    order: &Order<'_>,
    tags: &Tags<'_>,
    tag_manifests: &[TagManifest],
    sums: &SumTable,
    package: &mut P,
) -> Result<Root> {
    let items = order.accession.items.iter().enumerate();
    let payload =
        items.map(|(file, item)| (item.path.as_str(), sums.size(file), sums.digest(file, Algorithm::Sha256)));
    let tag_files = tags.written().iter().map(|(path, sum)| (path, sum));
    let tag_files = tag_files.chain(tag_manifests.iter().map(|one| (&one.path, &one.sum)));
    let tag_files = tag_files
        .map(|(path, sum)| (path.as_str(), Some(sum.size_octets), sum.digest(Algorithm::Sha256).copied()));
    let mut records = Vec::with_capacity(order.accession.items.len() + 16);
    for (path, size_octets, digest) in payload.chain(tag_files) {
        let sha256 = digest.as_ref().and_then(octets_of);
        let (Some(size_octets), Some(sha256)) = (size_octets, sha256) else {
            let message = format!("cannot seal `{path}`: expected its SHA-256, found none");
            return Err(Error::new(ErrorKind::Package, message));
        };
        records.push(Record::of_file(path, size_octets, sha256));
    }
    records.sort_unstable_by_key(|record| record.path);
    let (root, seed) = grow(tags.identifier(), order.seed, &records);
    let text = root.text();
    package.put_tag(seal::ROOT, &[], &mut |out| out.write_all(text.as_bytes()))?;
    package.put_tag(seal::SEED, &[], &mut |out| out.write_all(&seed))?;
    Ok(root)
}
