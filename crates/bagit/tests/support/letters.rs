//! A small bag that is sound, and what an archive of it comes to.

use fixity::Algorithm;
use fixity::manifest::write_line;

/// The payload, sorted.
pub const PAYLOAD: [(&str, &[u8]); 2] =
    [("data/letter.txt", b"The water stood at the third step, the third.\n"), ("data/none.txt", b"")];

/// Every file of the bag with the payload `payload`, sorted.
pub fn bag_of(payload: &[(&str, &[u8])]) -> Vec<(String, Vec<u8>)> {
    let declaration = bagit::declaration::DECLARATION.as_bytes();
    let manifest = manifest_of(payload);
    let tags = [("bagit.txt", declaration), ("manifest-sha256.txt", &manifest)];
    let tag_manifest = manifest_of(&tags);
    let owned = |(path, octets): &(&str, &[u8])| ((*path).to_owned(), octets.to_vec());
    let mut files: Vec<_> = payload.iter().chain(&tags).map(owned).collect();
    files.push(("tagmanifest-sha256.txt".to_owned(), tag_manifest));
    files.sort();
    files
}

fn manifest_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut text = Vec::new();
    for (path, octets) in files {
        write_line(&mut text, &fixity::sum_of(octets, &[Algorithm::Sha256]).digests[0], path);
    }
    text
}
