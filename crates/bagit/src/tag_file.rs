//! The text of a tag file that is known before it is written: in memory, or in a file.

use fixity::{Algorithm, Pass, Sum};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// Octets handed on at a time: fixed, because what a compressor makes of them depends on it.
const CHUNK_OCTETS: usize = 64 << 10;

/// The text of a tag file; it can be read again and again.
#[derive(Debug)]
pub enum TagFile {
    /// In memory.
    Octets(Vec<u8>),
    /// All of a file that nobody else writes to, from its beginning.
    Spooled(File),
}

impl TagFile {
    /// Hands all of it to `each`, in pieces of 64 KiB.
    ///
    /// # Errors
    /// If it cannot be read, and those of `each`.
    pub fn each_chunk(&self, each: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        match self {
            Self::Octets(octets) => octets.chunks(CHUNK_OCTETS).try_for_each(each),
            Self::Spooled(file) => {
                let mut chunk = vec![0; CHUNK_OCTETS];
                let (mut at, end) = (0, file.metadata()?.len());
                while at < end {
                    let octets = CHUNK_OCTETS.min(usize::try_from(end - at).unwrap_or(CHUNK_OCTETS));
                    file.read_exact_at(&mut chunk[..octets], at)?;
                    each(&chunk[..octets])?;
                    at += octets as u64;
                }
                Ok(())
            }
        }
    }

    /// What it sums to.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn sum(&self, algorithms: &[Algorithm]) -> io::Result<Sum> {
        let mut pass = Pass::new(algorithms);
        self.each_chunk(&mut |chunk| {
            pass.update(chunk);
            Ok(())
        })?;
        Ok(pass.finish())
    }
}
