//! Changes to an archive that is sound: whatever is done to it, it is not sound with other content.

use super::archive::{file_of, opened};
use super::findings::answer;
use bagit::container::{Container, EntryKind};
use std::io::Read;

/// Archives to be changed, and whether each is a bundle in the one layout of fonds, in which not a
/// single octet may be another.
const ARCHIVES: [(&[u8], bool); 8] = [
    (include_bytes!("../../../fixtures/bundles/press-1988.zip"), true),
    (include_bytes!("../../../fixtures/bags/consistent/zipped_elsewhere.zip"), false),
    (include_bytes!("../../../fixtures/bags/consistent/zipped_with_bzip2.zip"), false),
    (include_bytes!("../../../fixtures/bags/consistent/uncompressed.tar"), false),
    (include_bytes!("../../../fixtures/bags/consistent/compressed_gzip.tar.gz"), false),
    (include_bytes!("../../../fixtures/bags/consistent/compressed_bzip2.tar.bz2"), false),
    (include_bytes!("../../../fixtures/bags/consistent/compressed_xz.tar.xz"), false),
    (include_bytes!("../../../fixtures/bags/consistent/compressed_zstd.tar.zst"), false),
];

/// Changes to one of the archives: the first octet says to which; then an octet for what is done, three
/// for where, one for how much, and as many as that takes.
pub fn bundle(changes: &[u8]) {
    let mut changes = Changes(changes);
    let (sound, is_ours) = ARCHIVES[usize::from(changes.octet().unwrap_or(0)) % ARCHIVES.len()];
    let mut octets = sound.to_vec();
    while changes.apply(&mut octets).is_some() {}
    if octets == sound {
        return;
    }
    let file = file_of(&octets);
    let container = opened(&file, true);
    if !answer(&*container, octets.len()).verdict().is_sound() {
        return;
    }
    assert!(!is_ours, "a bundle was changed, and is sound");
    let before = file_of(sound);
    assert!(payload(&*opened(&file, false)) == payload(&*opened(&before, false)), "other content, and sound");
}

/// Every payload file with its content.
fn payload(container: &dyn Container) -> Vec<(String, Vec<u8>)> {
    let files = container.entries().iter().enumerate();
    let payload = files.filter(|(_, entry)| entry.kind == EntryKind::File && entry.path.is_payload());
    let content = |index| {
        let mut content = Vec::new();
        let mut stream = container.open(index, &|_, _| {}).expect("a sound file");
        stream.read_to_end(&mut content).expect("a sound file");
        content
    };
    payload.map(|(index, entry)| (entry.path.to_string(), content(index))).collect()
}

/// What is still to be done.
struct Changes<'a>(&'a [u8]);

impl Changes<'_> {
    fn octet(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn place(&mut self, octets: usize) -> Option<usize> {
        let place = [self.octet()?, self.octet()?, self.octet()?];
        // From the end if the highest bit is set: there the directory of a ZIP lies.
        let at = usize::from(place[0] & 0x7F) << 16 | usize::from(place[1]) << 8 | usize::from(place[2]);
        let at = at % (octets + 1);
        Some(if place[0] & 0x80 == 0 { at } else { octets - at })
    }

    /// Does the next; nothing if there is no more.
    fn apply(&mut self, octets: &mut Vec<u8>) -> Option<()> {
        let what = self.octet()?;
        let at = self.place(octets.len())?;
        let count = usize::from(self.octet()?);
        let end = octets.len().min(at + count);
        match what % 6 {
            // Other octets in the place of some.
            0 => {
                for place in &mut octets[at..end] {
                    *place = self.octet()?;
                }
            }
            1 => drop(octets.drain(at..end)),
            2 => {
                let more: Vec<u8> = (0..count).map_while(|_| self.octet()).collect();
                drop(octets.splice(at..at, more));
            }
            // The same octets once more, elsewhere.
            3 => {
                let copy = octets[at..end].to_vec();
                let to = self.place(octets.len())?;
                drop(octets.splice(to..to, copy));
            }
            4 => octets.truncate(at),
            _ => {
                if let Some(place) = octets.get_mut(at) {
                    *place ^= 1 << (count % 8);
                }
            }
        }
        Some(())
    }
}
