//! Streams that were unfolded as far as some part, and are kept for the parts behind it.
//!
//! Where a whole WARC is one member of gzip, or is deflated in a WACZ, a part is found only by unfolding
//! all that stands before it. Parts are read in the order of their names, which is the order in which
//! they stand there, so that each reader goes on from where another has ended.

use super::plain::Plain;
use std::io::{self, Read};
use std::sync::{Mutex, PoisonError};

/// Streams that are kept; each holds some 200 KiB.
const KEPT: usize = 8;
/// Octets that are worth keeping a stream for.
const WORTH: u64 = 256 << 10;

/// Which stream it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) holder: u32,
    pub(super) stretch: u32,
    /// Where its unfolding began.
    pub(super) from: u64,
}

/// Streams by what they are, those that were used last at the end.
#[derive(Default)]
pub(super) struct Pool(Mutex<Vec<(Key, Plain<'static>)>>);

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pool")
    }
}

impl Pool {
    /// The stream that has come nearest to `skip` octets behind its beginning, and not beyond.
    pub(super) fn take(&self, key: Key, skip: u64) -> Option<Plain<'static>> {
        if skip < WORTH {
            return None;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let positions = kept.iter().enumerate().filter(|(_, (other, _))| *other == key);
        let before = positions.map(|(index, (_, plain))| (plain.place().skip, index));
        let (_, index) = before.filter(|(position, _)| *position <= skip).max()?;
        Some(kept.remove(index).1)
    }

    fn put(&self, key: Key, plain: Plain<'static>) {
        let place = plain.place();
        if place.from != key.from || place.skip < WORTH || plain.has_failed() {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((key, plain));
    }
}

/// So many octets of a stream, which goes to the pool when they are no longer needed.
pub(super) struct Lent<'a> {
    plain: Option<Plain<'static>>,
    left: u64,
    key: Key,
    pool: &'a Pool,
}

impl<'a> Lent<'a> {
    pub(super) fn new(plain: Plain<'static>, octets: u64, key: Key, pool: &'a Pool) -> Self {
        Self { plain: Some(plain), left: octets, key, pool }
    }
}

impl Read for Lent<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let most = room.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let Some(plain) = self.plain.as_mut().filter(|_| most > 0) else { return Ok(0) };
        let octets = plain.read(&mut room[..most])?;
        self.left -= octets as u64;
        Ok(octets)
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(plain) = self.plain.take() {
            self.pool.put(self.key, plain);
        }
    }
}
