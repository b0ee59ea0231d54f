//! What streams are folded in (ISO 32000-2, 7.4): the filters of text and of tables, not those of
//! pictures.

use super::object::{Dictionary, Value, is_space};
use crate::describe::unpack;

/// Filters one after another.
const CHAIN: usize = 4;

/// The content of a stream, at most `most` octets of it; `None` where a filter is not known here.
/// Broken content is as much as came out before the fault. Values of `dictionary` must be direct.
pub(super) fn unfolded(dictionary: &Dictionary, raw: &[u8], most: usize) -> Option<Vec<u8>> {
    let filters = dictionary.get(b"Filter").map(Value::each).unwrap_or_default();
    let parameters = dictionary.get(b"DecodeParms").map(Value::each).unwrap_or_default();
    if filters.len() > CHAIN {
        return None;
    }
    let mut content = raw.to_vec();
    for (at, filter) in filters.iter().enumerate() {
        let parameters = parameters.get(at).and_then(Value::dictionary);
        content = match filter.name()? {
            b"FlateDecode" => predicted(parameters, flate(&content, most))?,
            b"LZWDecode" => {
                let early = parameters.and_then(|found| found.integer(b"EarlyChange")) != Some(0);
                predicted(parameters, lzw(&content, early, most))?
            }
            b"ASCII85Decode" => ascii_85(&content),
            b"ASCIIHexDecode" => ascii_hexadecimal(&content),
            b"RunLengthDecode" => run_lengths(&content, most),
            b"Crypt" => content,
            _ => return None,
        };
    }
    content.truncate(most);
    Some(content)
}

fn flate(octets: &[u8], most: usize) -> Vec<u8> {
    let unpacked = unpack::inflate(octets, true, most);
    // A few programs leave white space before it, or no header.
    if !unpacked.is_empty() || octets.is_empty() {
        return unpacked;
    }
    let start = octets.iter().take(4).take_while(|octet| is_space(**octet)).count();
    if start > 0 {
        unpack::inflate(&octets[start..], true, most)
    } else {
        unpack::inflate(octets, false, most)
    }
}

/// Undoes the predictors of PNG; that of TIFF is used for pictures only.
fn predicted(parameters: Option<&Dictionary>, content: Vec<u8>) -> Option<Vec<u8>> {
    let of = |key: &[u8], default: i64| {
        let value = parameters.and_then(|found| found.integer(key)).unwrap_or(default);
        usize::try_from(value).ok().filter(|value| *value <= 1 << 16)
    };
    match of(b"Predictor", 1)? {
        1 => return Some(content),
        10..=15 => {}
        _ => return None,
    }
    let (colours, bits, columns) = (of(b"Colors", 1)?, of(b"BitsPerComponent", 8)?, of(b"Columns", 1)?);
    let width = (colours * bits).div_ceil(8).max(1);
    let row = colours.checked_mul(bits)?.checked_mul(columns)?.div_ceil(8).max(1);
    let mut plain: Vec<u8> = Vec::with_capacity(content.len());
    for line in content.chunks(row + 1) {
        let (kind, line) = line.split_first()?;
        let start = plain.len();
        for (at, octet) in line.iter().enumerate() {
            let known = |back: usize| {
                start.checked_add(at)?.checked_sub(back).and_then(|from| plain.get(from).copied())
            };
            let left = if at >= width { known(width) } else { None }.unwrap_or(0);
            let above = known(row).unwrap_or(0);
            let corner = if at >= width { known(row + width) } else { None }.unwrap_or(0);
            let guess = match kind {
                1 => left,
                2 => above,
                3 => u8::midpoint(left, above),
                4 => paeth(left, above, corner),
                _ => 0,
            };
            plain.push(octet.wrapping_add(guess));
        }
    }
    Some(plain)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let guess = a + b - c;
    let [to_a, to_b, to_c] = [a, b, c].map(|of| (guess - of).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        corner
    }
}

/// LZW as in TIFF: codes of 9 to 12 bits, the highest first.
fn lzw(octets: &[u8], early: bool, most: usize) -> Vec<u8> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut content: Vec<u8> = Vec::new();
    // Where in the content each code from 258 on stands, and how long it is.
    let mut codes: Vec<(usize, usize)> = Vec::new();
    let (mut bits, mut held, mut width) = (0_usize, 0_u32, 9_u32);
    let mut previous: Option<(usize, usize)> = None;
    for octet in octets {
        (bits, held) = (bits << 8 | usize::from(*octet), held + 8);
        if held < width {
            continue;
        }
        held -= width;
        let code = bits >> held;
        bits &= (1 << held) - 1;
        if code == CLEAR {
            codes.clear();
            (width, previous) = (9, None);
            continue;
        }
        let start = content.len();
        if let Ok(octet) = u8::try_from(code) {
            content.push(octet);
        } else {
            // The code that is only being made: what came before, and its first octet again.
            let being_made =
                previous.filter(|_| code == 258 + codes.len()).map(|(from, length)| (from, length + 1));
            let known = code.checked_sub(258).and_then(|at| codes.get(at).copied()).or(being_made);
            let Some((from, length)) = known.filter(|_| code != END) else { break };
            for at in from..from + length {
                let Some(&octet) = content.get(at) else { break };
                content.push(octet);
            }
        }
        if let Some((from, length)) = previous.filter(|_| codes.len() < 4096 - 258) {
            codes.push((from, length + 1));
        }
        previous = Some((start, content.len() - start));
        width = match 258 + codes.len() + usize::from(early) {
            0..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
        if content.len() >= most {
            break;
        }
    }
    content
}

fn ascii_85(octets: &[u8]) -> Vec<u8> {
    let octets = octets.strip_prefix(b"<~").unwrap_or(octets);
    let (mut content, mut group) = (Vec::with_capacity(octets.len()), Vec::with_capacity(5));
    let mut flush = |group: &mut Vec<u32>| {
        let known = group.len();
        if known > 1 {
            group.resize(5, 84);
            let number = group.iter().fold(0_u32, |sum, digit| sum.wrapping_mul(85).wrapping_add(*digit));
            content.extend(&number.to_be_bytes()[..known - 1]);
        }
        group.clear();
    };
    for octet in octets {
        match octet {
            b'!'..=b'u' => group.push(u32::from(octet - b'!')),
            b'z' if group.is_empty() => group.extend([0; 5]),
            b'~' => break,
            _ => {}
        }
        if group.len() == 5 {
            flush(&mut group);
        }
    }
    flush(&mut group);
    content
}

fn ascii_hexadecimal(octets: &[u8]) -> Vec<u8> {
    let digits =
        octets.iter().take_while(|octet| **octet != b'>').filter_map(|octet| char::from(*octet).to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|digit| u8::try_from(digit).ok()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

fn run_lengths(octets: &[u8], most: usize) -> Vec<u8> {
    let (mut content, mut rest) = (Vec::new(), octets);
    while let Some((&length, after)) =
        rest.split_first().filter(|(length, _)| **length != 128 && content.len() < most)
    {
        let count = usize::from(length);
        if count < 128 {
            let (run, behind) = after.split_at(after.len().min(count + 1));
            content.extend(run);
            rest = behind;
        } else {
            let Some((&octet, behind)) = after.split_first() else { break };
            content.resize(content.len() + 257 - count, octet);
            rest = behind;
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::super::object::Parser;
    use super::*;

    fn unfold(dictionary: &str, raw: &[u8]) -> Option<Vec<u8>> {
        let Ok(Value::Dictionary(dictionary)) = Parser::over(dictionary.as_bytes()).value() else { panic!() };
        unfolded(&dictionary, raw, 1 << 20)
    }

    #[test]
    fn filters_of_text_are_undone() {
        // The examples of the standard and of RFC 1951's reference.
        assert_eq!(unfold("<</Filter/ASCIIHexDecode>>", b"48 65 6C6C6f>zz").as_deref(), Some(&b"Hello"[..]));
        assert_eq!(
            unfold("<</Filter[/ASCII85Decode]>>", b"87cURD]i,\"Ebo80~>").as_deref(),
            Some(&b"Hello World!"[..])
        );
        assert_eq!(
            unfold("<</Filter/RunLengthDecode>>", b"\x02abc\xFEd\x80zz").as_deref(),
            Some(&b"abcddd"[..])
        );
        let lzw = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(
            unfold("<</Filter/LZWDecode>>", &lzw).as_deref(),
            Some(&[45, 45, 45, 45, 45, 65, 45, 45, 45, 66][..])
        );
        assert_eq!(unfold("<</Filter/DCTDecode>>", b"x"), None);
        assert_eq!(unfold("<</Filter[/Crypt/Crypt/Crypt/Crypt/Crypt]>>", b"x"), None);
    }

    #[test]
    fn predictors_are_undone() {
        let rows = [&[2, 1, 2, 3][..], &[2, 1, 1, 1], &[1, 1, 1, 1], &[4, 1, 1, 1], &[3, 0, 0, 0]].concat();
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, &rows).unwrap();
        let packed = encoder.finish().unwrap();
        let found =
            unfold("<</Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 3>>>>", &packed).unwrap();
        assert_eq!(found, [1, 2, 3, 2, 3, 4, 1, 2, 3, 2, 3, 4, 1, 2, 3]);
    }
}
