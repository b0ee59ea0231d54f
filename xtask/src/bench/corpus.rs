//! Files to pack: pseudo-random, and the same on every machine.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use crate::Result;

/// So many files of so many octets each.
pub struct Corpus {
    /// How many files.
    pub files: u64,
    /// How many octets in each.
    pub size: u64,
    folders: u64,
}

impl Corpus {
    /// 100,000 files of 4 KiB in 100 folders; quick: 10,000.
    pub fn small(quick: bool) -> Self {
        Self { files: if quick { 10_000 } else { 100_000 }, size: 4096, folders: 100 }
    }

    /// 20 files that make 4 GiB; quick: 512 MiB.
    pub fn big(quick: bool) -> Self {
        let total: u64 = if quick { 512 << 20 } else { 4 << 30 };
        Self { files: 20, size: total.div_ceil(20), folders: 1 }
    }

    /// So many files of a few octets, at least 8, in 100 folders.
    pub fn tiny(files: u64, size: u64) -> Self {
        Self { files, size: size.max(8), folders: 100 }
    }

    /// All octets of all files.
    pub fn octets(&self) -> u64 {
        self.files * self.size
    }

    /// What a reader is told it is.
    pub fn title(&self) -> String {
        if self.size < 1 << 10 {
            format!("{} files of {} octets", self.files, self.size)
        } else if self.size < 1 << 20 {
            format!("{} files of {} KiB", self.files, self.size >> 10)
        } else {
            format!("{} files, {} MiB in all", self.files, self.octets() >> 20)
        }
    }

    /// Writes the files into a new directory.
    pub fn make(&self, directory: &Path) -> Result {
        for folder in 0..self.folders {
            fs::create_dir_all(directory.join(format!("folder-{folder:03}")))?;
        }
        for number in 0..self.files {
            let folder = number % self.folders;
            let mut file = File::create(directory.join(format!("folder-{folder:03}/file-{number:06}.bin")))?;
            self.fill(&mut file, number)?;
        }
        Ok(())
    }

    /// A block from the generator, repeated with a count in its first octets, so that making 4 GiB
    /// takes no longer than writing them.
    fn fill(&self, file: &mut File, number: u64) -> Result {
        let mut block = random(number + 1, usize::try_from(self.size.min(1 << 20))?);
        let mut left = self.size;
        while left > 0 {
            let take = left.min(block.len() as u64);
            block[..8].copy_from_slice(&(left ^ (number << 40)).to_le_bytes());
            file.write_all(&block[..usize::try_from(take)?])?;
            left -= take;
        }
        Ok(())
    }
}

/// Marsaglia's xorshift64, from a seed that is not zero.
fn random(seed: u64, octets: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut block = Vec::with_capacity(octets + 8);
    while block.len() < octets {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        block.extend_from_slice(&state.to_le_bytes());
    }
    block.truncate(octets);
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corpus_has_the_files_it_says_and_is_the_same_each_time() {
        let corpus = Corpus { files: 3, size: (1 << 20) + 5, folders: 2 };
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        corpus.make(one.path()).unwrap();
        corpus.make(two.path()).unwrap();
        for name in ["folder-000/file-000000.bin", "folder-001/file-000001.bin", "folder-000/file-000002.bin"]
        {
            let octets = fs::read(one.path().join(name)).unwrap();
            assert_eq!(octets.len() as u64, corpus.size);
            assert_eq!(octets, fs::read(two.path().join(name)).unwrap());
        }
    }

    #[test]
    fn no_two_files_are_equal() {
        assert_ne!(random(1, 4096), random(2, 4096));
    }
}
