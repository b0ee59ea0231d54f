//! The formats of very many files in little memory.

use provenance::Format;
use std::sync::{Mutex, PoisonError};

/// Formats as they are told, by many threads.
pub(super) struct Formats(Mutex<FormatTable>);

/// Formats by file number: two octets a file, since there are few formats.
pub(super) struct FormatTable {
    known: Vec<Format>,
    by_file: Vec<u16>,
}

impl Formats {
    pub(super) fn new(files: usize) -> Self {
        Self(Mutex::new(FormatTable { known: vec![Format::UNKNOWN], by_file: vec![0; files] }))
    }

    /// Keeps the formats of a run of files.
    pub(super) fn set(&self, first: usize, formats: &[Format]) {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (file, format) in (first..).zip(formats) {
            let known = table.known.iter().position(|known| known == format).unwrap_or_else(|| {
                table.known.push(*format);
                table.known.len() - 1
            });
            table.by_file[file] = u16::try_from(known).unwrap_or(0);
        }
    }

    pub(super) fn into_table(self) -> FormatTable {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FormatTable {
    pub(super) fn get(&self, file: usize) -> Format {
        self.known[usize::from(self.by_file[file])]
    }

    /// Files whose media type is known.
    pub(super) fn identified(&self) -> u64 {
        self.by_file.iter().filter(|&&known| self.known[usize::from(known)].media_type.is_some()).count()
            as u64
    }

    /// Files whose PRONOM identifier is known.
    pub(super) fn with_puid(&self) -> u64 {
        self.by_file.iter().filter(|&&known| self.known[usize::from(known)].puid.is_some()).count() as u64
    }
}
