//! Files that somebody hands over, read whole within bounds.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// All of a file of at most `most` octets.
///
/// What it is is asked before it is opened: a pipe could keep whoever opens it waiting for ever.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    }
    let mut octets = Vec::new();
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut octets)?;
    if octets.len() as u64 > most {
        return Err(io::Error::other(format!("expected at most {most} octets, found more")));
    }
    Ok(octets)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_file_is_read_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "tide").unwrap();
        assert_eq!(read(&path, 4).unwrap(), b"tide");
        assert_eq!(read(&path, 3).unwrap_err().to_string(), "expected at most 3 octets, found more");
        assert_eq!(read(folder.path(), 3).unwrap_err().to_string(), "it is no file");
    }
}
