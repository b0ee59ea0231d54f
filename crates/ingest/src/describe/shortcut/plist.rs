//! The address in a property list of macOS, in either of its two forms.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The key under which it stands.
const KEY: &str = "URL";

/// Elements, texts and references of XML that are looked at.
const MOST_EVENTS: usize = 10_000;

/// The address in a property list as XML.
pub(super) fn address_in_xml(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    let (mut content, mut is_next) = (String::new(), false);
    for _ in 0..MOST_EVENTS {
        match reader.read_event().ok()? {
            Event::Start(_) => content.clear(),
            Event::Text(text) => content.push_str(&text),
            Event::CData(text) => content.push_str(&text),
            // Entities of the document's own are never resolved.
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(character) => content.push(character),
                None => content.push_str(quick_xml::escape::resolve_predefined_entity(&reference)?),
            },
            Event::End(element) if is_next && element.name().as_ref() == "string" => return Some(content),
            Event::End(element) => is_next = element.name().as_ref() == "key" && content == KEY,
            Event::Eof => return None,
            _ => {}
        }
    }
    None
}

/// The address in a binary property list: `bplist00`, objects, a table of where they begin, a trailer.
pub(super) fn address(octets: &[u8]) -> Option<String> {
    let trailer = octets.len().checked_sub(32).and_then(|at| octets.get(at..))?;
    let [offset_width, reference_width] = [usize::from(trailer[6]), usize::from(trailer[7])];
    let list = List {
        octets,
        offsets: number(&trailer[24..32])?,
        offset_width,
        reference_width,
        count: number(&trailer[8..16])?,
    };
    let (kind, count, at) = list.object(number(&trailer[16..24])?)?;
    let pairs = (kind == 0xD).then_some(count)?;
    let reference = |place: usize| {
        let at = at.checked_add(place.checked_mul(reference_width)?)?;
        number(octets.get(at..at.checked_add(reference_width)?)?)
    };
    // No list of a shortcut has many keys.
    for pair in 0..pairs.min(64) {
        if list.text(reference(pair)?)? == KEY {
            return list.text(reference(pairs.checked_add(pair)?)?);
        }
    }
    None
}

/// A binary property list.
struct List<'a> {
    octets: &'a [u8],
    /// Where the table of offsets begins.
    offsets: usize,
    offset_width: usize,
    reference_width: usize,
    count: usize,
}

impl List<'_> {
    /// The kind of an object, how many things it holds, and where they begin.
    fn object(&self, index: usize) -> Option<(u8, usize, usize)> {
        if index >= self.count || !(1..=8).contains(&self.reference_width) {
            return None;
        }
        let at = self.offsets.checked_add(index.checked_mul(self.offset_width)?)?;
        let begin = number(self.octets.get(at..at.checked_add(self.offset_width)?)?)?;
        let marker = *self.octets.get(begin)?;
        let (kind, count, at) = (marker >> 4, usize::from(marker & 0xF), begin.checked_add(1)?);
        if count < 0xF {
            return Some((kind, count, at));
        }
        // A larger count is an integer of its own: marker 0x1n, and 2 to the nth octets.
        let marker = *self.octets.get(at)?;
        let width = (marker >> 4 == 1 && marker & 0xF <= 3).then(|| 1_usize << (marker & 0xF))?;
        let from = at.checked_add(1)?;
        let to = from.checked_add(width)?;
        Some((kind, number(self.octets.get(from..to)?)?, to))
    }

    /// A text object: ASCII, or UTF-16 with the greater octet first.
    fn text(&self, index: usize) -> Option<String> {
        let (kind, count, at) = self.object(index)?;
        match kind {
            0x5 => String::from_utf8(self.octets.get(at..at.checked_add(count)?)?.to_vec()).ok(),
            0x6 => {
                let octets = self.octets.get(at..at.checked_add(count.checked_mul(2)?)?)?;
                let units: Vec<u16> =
                    octets.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                String::from_utf16(&units).ok()
            }
            _ => Some(String::new()),
        }
    }
}

/// A number with the greater octet first.
fn number(octets: &[u8]) -> Option<usize> {
    if octets.is_empty() || octets.len() > 8 {
        return None;
    }
    let value = octets.iter().fold(0_u64, |sum, &octet| sum << 8 | u64::from(octet));
    usize::try_from(value).ok()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// As Python's `plistlib` writes it.
    const OF_PYTHON: &[u8] =
        b"bplist00\xd2\x01\x02\x03\x04UTitleSURLd\x06F\x06'\x06B\x06H\x063_\x10\x12https://a.example/\
        \x08\x0d\x13\x17\x22\0\0\0\0\0\0\x01\x01\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x37";

    /// A binary property list with a title in UTF-16 and an address of at most 255 octets.
    pub(in super::super) fn binary(address: &str) -> Vec<u8> {
        let mut list = b"bplist00".to_vec();
        let mut offsets = vec![8];
        list.extend([0xD2, 1, 2, 3, 4]);
        offsets.push(list.len());
        list.extend(b"\x55Title");
        offsets.push(list.len());
        list.extend(b"\x53URL");
        offsets.push(list.len());
        let title: Vec<u16> = "ناقوس".encode_utf16().collect();
        list.push(0x60 | u8::try_from(title.len()).unwrap());
        list.extend(title.into_iter().flat_map(u16::to_be_bytes));
        offsets.push(list.len());
        list.extend([0x5F, 0x10, u8::try_from(address.len()).unwrap()]);
        list.extend(address.as_bytes());
        let table = list.len();
        list.extend(offsets.iter().map(|&offset| u8::try_from(offset).unwrap()));
        list.extend([0, 0, 0, 0, 0, 0, 1, 1]);
        list.extend(5_u64.to_be_bytes());
        list.extend(0_u64.to_be_bytes());
        list.extend((table as u64).to_be_bytes());
        list
    }

    #[test]
    fn a_binary_list_is_cut_anywhere_or_has_any_octet_wrong() {
        assert_eq!(address(OF_PYTHON).as_deref(), Some("https://a.example/"));
        let sound = binary("https://a.example/");
        assert_eq!(address(&sound).as_deref(), Some("https://a.example/"));
        for cut in 0..sound.len() {
            assert_ne!(address(&sound[..cut]).as_deref(), Some("https://a.example/"));
        }
        for at in 0..sound.len() {
            for octet in [0, 0x0F, 0x7F, 0xFF] {
                let mut other = sound.clone();
                other[at] = octet;
                address(&other);
            }
        }
    }
}
