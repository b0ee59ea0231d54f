//! A ZIP of ours taken apart and put together again, in the same layout.

use std::ops::Range;

/// One entry: its local header and content, and its central header.
#[derive(Clone)]
pub struct Part {
    pub name: String,
    local: Vec<u8>,
    central: Vec<u8>,
}

const CENTRAL_OCTETS: usize = 46;
const END_OCTETS: usize = 22;
const OFFSET: Range<usize> = 42..46;

fn number(octets: &[u8], range: Range<usize>) -> usize {
    octets[range].iter().rev().fold(0, |sum, &octet| sum << 8 | usize::from(octet))
}

/// Takes a ZIP of ours apart: entries stand one after the other, and so do their central headers.
pub fn parts_of(zip: &[u8]) -> Vec<Part> {
    let end = &zip[zip.len() - END_OCTETS..];
    let begin = number(end, 16..20);
    let mut directory = &zip[begin..zip.len() - END_OCTETS];
    let mut headers = Vec::new();
    while !directory.is_empty() {
        let (header, rest) = directory.split_at(CENTRAL_OCTETS + number(directory, 28..30));
        headers.push(header);
        directory = rest;
    }
    let ends = headers.iter().skip(1).map(|header| number(header, OFFSET)).chain([begin]);
    let part = |(header, end): (&&[u8], usize)| Part {
        name: String::from_utf8(header[CENTRAL_OCTETS..].to_vec()).unwrap(),
        local: zip[number(header, OFFSET)..end].to_vec(),
        central: header.to_vec(),
    };
    headers.iter().zip(ends).map(part).collect()
}

/// Puts a ZIP together.
pub fn zip_of(parts: &[Part]) -> Vec<u8> {
    let (mut zip, mut directory) = (Vec::new(), Vec::new());
    let four = |value: usize| u32::try_from(value).unwrap().to_le_bytes();
    for part in parts {
        let mut central = part.central.clone();
        central[OFFSET].copy_from_slice(&four(zip.len()));
        directory.extend(central);
        zip.extend_from_slice(&part.local);
    }
    let (begin, count) = (zip.len(), u16::try_from(parts.len()).unwrap().to_le_bytes());
    zip.extend_from_slice(&directory);
    zip.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    zip.extend([count, count].concat());
    zip.extend([four(directory.len()), four(begin)].concat());
    zip.extend_from_slice(&[0, 0]);
    zip
}
