//! The sums of very many files in little memory.

use crate::{Algorithm, Digest, Sum};

/// Sums by file number, in one block of memory: 12 octets and the digests per file.
#[derive(Clone, Debug, Default)]
pub struct SumTable {
    algorithms: Vec<Algorithm>,
    stride: usize,
    digests: Vec<u8>,
    /// How many of the digests were made.
    made: Vec<u8>,
    crc32: Vec<u32>,
    /// Octets read, or `u64::MAX` where the file was not read.
    sizes: Vec<u64>,
}

const NOT_READ: u64 = u64::MAX;

impl SumTable {
    /// Room for so many files, none of them read yet.
    #[must_use]
    pub fn new(algorithms: &[Algorithm], files: usize) -> Self {
        let stride = algorithms.iter().map(|algorithm| algorithm.octets()).sum();
        Self {
            algorithms: algorithms.to_vec(),
            stride,
            digests: vec![0; stride * files],
            made: vec![0; files],
            crc32: vec![0; files],
            sizes: vec![NOT_READ; files],
        }
    }

    /// The algorithms, in the order of their digests.
    #[must_use]
    pub fn algorithms(&self) -> &[Algorithm] {
        &self.algorithms
    }

    /// Keeps the sum of file `index`, made by the same algorithms, or the first of them.
    pub fn set(&mut self, index: usize, sum: &Sum) {
        self.sizes[index] = sum.size_octets;
        self.crc32[index] = sum.crc32;
        self.made[index] = u8::try_from(sum.digests.len()).unwrap_or(u8::MAX);
        let mut place = &mut self.digests[index * self.stride..][..self.stride];
        for digest in &sum.digests {
            let (here, rest) = place.split_at_mut(digest.octets().len());
            here.copy_from_slice(digest.octets());
            place = rest;
        }
    }

    /// Octets read of file `index`, or `None` if it was not read.
    #[must_use]
    pub fn size(&self, index: usize) -> Option<u64> {
        self.sizes.get(index).copied().filter(|&size| size != NOT_READ)
    }

    /// The CRC-32 of file `index`, or `None` if it was not read.
    #[must_use]
    pub fn crc32(&self, index: usize) -> Option<u32> {
        self.size(index).map(|_| self.crc32[index])
    }

    /// The digest of file `index` by one algorithm, or `None` if it was not made.
    #[must_use]
    pub fn digest(&self, index: usize, algorithm: Algorithm) -> Option<Digest> {
        self.size(index)?;
        let mut at = index * self.stride;
        for &each in self.algorithms.iter().take(usize::from(self.made[index])) {
            if each == algorithm {
                return Digest::from_octets(each, &self.digests[at..at + each.octets()]);
            }
            at += each.octets();
        }
        None
    }
}
