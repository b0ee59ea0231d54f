//! Sums by the number of the entry, as they come in; not every file is summed by the same algorithms.

use fixity::{Algorithm, Digest, Sum, SumTable};

/// What is known of every entry so far.
#[derive(Default)]
pub(super) struct Sums {
    columns: Vec<Column>,
    /// Octets and CRC-32 of each entry that was read to its end.
    read: Vec<Option<(u64, u32)>>,
}

/// The digests by one algorithm.
struct Column {
    algorithm: Algorithm,
    digests: Vec<u8>,
    is_known: Vec<bool>,
}

impl Sums {
    /// Takes in what one entry sums to, by some of its algorithms.
    pub(super) fn add(&mut self, entry: usize, sum: &Sum) {
        if self.read.len() <= entry {
            self.read.resize(entry + 1, None);
        }
        self.read[entry] = Some((sum.size_octets, sum.crc32));
        for digest in &sum.digests {
            self.column(digest.algorithm()).set(entry, digest);
        }
    }

    /// Takes in what another pass has brought.
    pub(super) fn extend(&mut self, other: Self) {
        if self.read.len() < other.read.len() {
            self.read.resize(other.read.len(), None);
        }
        for (place, read) in self.read.iter_mut().zip(&other.read) {
            *place = place.or(*read);
        }
        for column in other.columns {
            let mine = self.column(column.algorithm);
            for entry in 0..column.is_known.len() {
                if let Some(digest) = column.get(entry) {
                    mine.set(entry, &digest);
                }
            }
        }
    }

    fn column(&mut self, algorithm: Algorithm) -> &mut Column {
        let place = self.columns.iter().position(|column| column.algorithm == algorithm);
        let place = place.unwrap_or_else(|| {
            self.columns.push(Column { algorithm, digests: Vec::new(), is_known: Vec::new() });
            self.columns.len() - 1
        });
        &mut self.columns[place]
    }

    fn digest(&self, entry: usize, algorithm: Algorithm) -> Option<Digest> {
        self.columns.iter().find(|column| column.algorithm == algorithm)?.get(entry)
    }

    /// Those algorithms that some entry lacks which was read.
    pub(super) fn lacking(&self, entries: &[usize], algorithms: &[Algorithm]) -> Vec<Algorithm> {
        let is_read = |entry: usize| self.read.get(entry).copied().flatten().is_some();
        let lacks = |algorithm: &Algorithm| {
            entries.iter().any(|&entry| is_read(entry) && self.digest(entry, *algorithm).is_none())
        };
        algorithms.iter().copied().filter(lacks).collect()
    }

    /// The sums of some entries, in their order; one that lacks a digest has no sum.
    pub(super) fn table(&self, entries: &[usize], algorithms: &[Algorithm]) -> SumTable {
        let mut table = SumTable::new(algorithms, entries.len());
        for (file, &entry) in entries.iter().enumerate() {
            let Some((size_octets, crc32)) = self.read.get(entry).copied().flatten() else { continue };
            let digests: Option<Vec<Digest>> =
                algorithms.iter().map(|&algorithm| self.digest(entry, algorithm)).collect();
            if let Some(digests) = digests {
                table.set(file, &Sum { size_octets, crc32, digests });
            }
        }
        table
    }
}

impl Column {
    fn set(&mut self, entry: usize, digest: &Digest) {
        let octets = self.algorithm.octets();
        if self.is_known.len() <= entry {
            self.is_known.resize(entry + 1, false);
            self.digests.resize((entry + 1) * octets, 0);
        }
        self.is_known[entry] = true;
        self.digests[entry * octets..][..octets].copy_from_slice(digest.octets());
    }

    fn get(&self, entry: usize) -> Option<Digest> {
        let octets = self.algorithm.octets();
        self.is_known.get(entry).filter(|&&is_known| is_known)?;
        Digest::from_octets(self.algorithm, &self.digests[entry * octets..][..octets])
    }
}
