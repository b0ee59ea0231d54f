//! Files that somebody hands over, read whole within bounds.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// Opens a file. What it is is asked before: a pipe could keep whoever opens it waiting for ever.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no file"));
    }
    File::open(path)
}

/// All of a file of at most `most` octets.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let size = usize::try_from(file.metadata()?.len().min(most)).unwrap_or(0);
    // Room for all of it from the beginning: what outgrows its room leaves octets behind, and it may be a key.
    let mut octets = Vec::with_capacity(size + 1);
    file.take(most.saturating_add(1)).read_to_end(&mut octets)?;
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
