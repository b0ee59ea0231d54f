//! Deflate, of which only so much comes out.

use flate2::{Decompress, FlushDecompress, Status};

/// Octets of room that are added at once.
const STEP: usize = 64 << 10;

/// At most `most` octets of what was deflated, with the two octets of zlib before it or without.
/// Where the octets are broken or cut, what came out until then.
pub(super) fn inflate(octets: &[u8], has_header: bool, most: usize) -> Vec<u8> {
    let mut decoder = Decompress::new(has_header);
    let mut unpacked = Vec::new();
    while unpacked.len() < most {
        unpacked
            .reserve_exact(STEP.min(most - unpacked.len()).max(unpacked.len().min(most - unpacked.len())));
        let (read, written) = (decoder.total_in(), decoder.total_out());
        let rest = usize::try_from(read).ok().and_then(|read| octets.get(read..)).unwrap_or_default();
        let status = decoder.decompress_vec(rest, &mut unpacked, FlushDecompress::None);
        let is_over = !matches!(status, Ok(Status::Ok | Status::BufError));
        if is_over || decoder.total_in() == read && decoder.total_out() == written {
            break;
        }
    }
    unpacked.truncate(most);
    unpacked
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn deflated(octets: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(octets).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn no_more_comes_out_than_is_asked_for() {
        let text: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
        let packed = deflated(&text);
        assert!(inflate(&packed, true, usize::MAX >> 1) == text);
        assert!(inflate(&packed[2..], false, text.len()) == text);
        assert!(inflate(&packed, true, 70_000) == text[..70_000]);
        let cut = inflate(&packed[..packed.len() / 2], true, text.len());
        assert!(cut.len() > 1_000 && text.starts_with(&cut));
        let bomb = deflated(&vec![0; 50 << 20]);
        assert_eq!(inflate(&bomb, true, 1 << 20).len(), 1 << 20);
        assert!(inflate(b"nothing of the kind", true, 99).is_empty());
    }
}
