//! Texts of a disclosure, read whole and in bounded memory.

use super::Bundle;
use crate::finding::E530;
use bagit::Finding;
use std::io::Read;

/// All of a file; `None` if it cannot be read, which was found when it was digested.
pub(super) fn read(bundle: &Bundle<'_>, path: &str, most: u64) -> Result<Option<Vec<u8>>, Finding> {
    let Some(stream) = bundle.open(path) else { return Ok(None) };
    let mut text = Vec::new();
    if stream.take(most + 1).read_to_end(&mut text).is_err() {
        return Ok(None);
    }
    if text.len() as u64 > most {
        let message = format!("expected at most {most} octets, found more");
        return Err(Finding::new(&E530, path, message));
    }
    Ok(Some(text))
}
