//! Manifests.

use super::findings::answer;
use super::shelf::{PAYLOAD, Shelf, VERSIONS, declaration};
use fixity::manifest::{Decoding, ManifestLine, lines, parse_line, write_line};
use fixity::{Algorithm, PayloadPath, hex_of, sum_of};

/// One algorithm for each length of a digest.
const LENGTHS: [Algorithm; 5] =
    [Algorithm::Md5, Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha384, Algorithm::Sha512];
const DECODINGS: [Decoding; 3] = [Decoding::Nothing, Decoding::LineEnds, Decoding::LineEndsAndPercent];

/// A manifest: what is read of a line is written and read the same, no path leads out, and a bag is
/// sound by this manifest only if every right digest stands in it.
pub fn manifest(octets: &[u8]) {
    for line in lines(octets) {
        assert!(!line.contains(&b'\n') && !line.contains(&b'\r'), "a line within a line");
        for algorithm in LENGTHS {
            for decoding in DECODINGS {
                if let Ok(read) = parse_line(line, algorithm, decoding) {
                    comes_back(&read, algorithm);
                }
            }
        }
    }
    for (_, version) in VERSIONS {
        let bag = Shelf::sound()
            .with("bagit.txt", &declaration(version, "UTF-8"))
            .with("manifest-sha256.txt", octets);
        if answer(&bag, octets.len()).verdict().is_sound() {
            lists_all(octets);
        }
    }
}

fn comes_back(read: &ManifestLine, algorithm: Algorithm) {
    for path in [Some(&read.path), read.literal.as_ref()].into_iter().flatten() {
        assert_eq!(PayloadPath::problem(path.as_str()), None, "{path}");
    }
    // A tag file called `*x` has no line of its own: the grammar takes the `*` for a marker.
    if !read.path.is_payload() {
        return;
    }
    let mut text = Vec::new();
    write_line(&mut text, &read.digest, read.path.as_str());
    let written: Vec<&[u8]> = lines(&text).collect();
    assert_eq!(written.len(), 1, "{} takes more than a line", read.path);
    let again = parse_line(written[0], algorithm, Decoding::LineEndsAndPercent).expect("written by us");
    assert_eq!((&again.path, again.digest, again.oddity), (&read.path, read.digest, None));
}

/// Every payload file is listed with the digest that it has.
fn lists_all(octets: &[u8]) {
    let text = String::from_utf8_lossy(octets).to_lowercase();
    for (path, content) in PAYLOAD {
        let digest = sum_of(content, &[Algorithm::Sha256]).digests[0];
        let mut room = [0; 128];
        assert!(text.contains(hex_of(digest.octets(), &mut room)), "{path} is sound by no line");
    }
}
