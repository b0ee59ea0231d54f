//! Where reading goes on behind a damaged member of gzip: at the next one that begins as a record does.

use super::MAGIC;
use crate::parts::plain::{GZIP, Stretch};
use crate::parts::window::{Watch, Window};
use crate::source::OpenFile;
use flate2::bufread::GzDecoder;
use std::io::{self, Read};
use std::sync::Arc;

/// Octets that are searched at a time.
const ROOM: usize = 256 << 10;
/// Octets in which a member has to show how it begins.
const SHOWN: usize = 4 << 10;
/// Places of one container that are looked at because a member may begin there, and how often reading goes
/// on in it. A file made for it would have millions.
const MOST_TRIED: u32 = 4_000;
const MOST_RESUMED: u32 = 1_000;

/// What may still be tried of one container.
#[derive(Debug)]
pub(super) struct Patience {
    tries: u32,
    times: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self { tries: MOST_TRIED, times: MOST_RESUMED }
    }
}

impl Patience {
    /// The next member behind `from`, both counted from the beginning of the stretch; `None` if there is
    /// none, or too many places look like one.
    pub(super) fn next_member(
        &mut self,
        file: &Arc<OpenFile>,
        stretch: Stretch,
        from: u64,
        watch: Watch<'_>,
    ) -> io::Result<Option<u64>> {
        if !stretch.gzip || stretch.deflated || self.times == 0 {
            return Ok(None);
        }
        self.times -= 1;
        let mut room = vec![0; ROOM];
        let mut at = from;
        while at < stretch.octets {
            let filled = read(file, stretch, at, &mut room, watch)?;
            let seen = &room[..filled];
            for found in memchr::memmem::find_iter(seen, &GZIP) {
                if self.tries == 0 {
                    return Ok(None);
                }
                self.tries -= 1;
                let place = at + found as u64;
                let mut shown = [0; SHOWN];
                let octets = read(file, stretch, place, &mut shown, watch)?;
                if begins_record(&shown[..octets]) {
                    return Ok(Some(place));
                }
            }
            if filled < GZIP.len() {
                break;
            }
            // The beginning of a member may lie across.
            at += (filled - (GZIP.len() - 1)) as u64;
        }
        Ok(None)
    }
}

/// Reads from `at` on, until `room` is full or the stretch ends.
fn read(
    file: &Arc<OpenFile>,
    stretch: Stretch,
    at: u64,
    room: &mut [u8],
    watch: Watch<'_>,
) -> io::Result<usize> {
    let left = stretch.octets.saturating_sub(at);
    let mut window = Window::new(Arc::clone(file), stretch.at.saturating_add(at), left).watched(watch);
    let mut filled = 0;
    while filled < room.len() {
        match window.read(&mut room[filled..])? {
            0 => break,
            octets => filled += octets,
        }
    }
    Ok(filled)
}

fn begins_record(octets: &[u8]) -> bool {
    let mut first = [0; MAGIC.len()];
    GzDecoder::new(octets).read_exact(&mut first).is_ok() && first == *MAGIC
}
