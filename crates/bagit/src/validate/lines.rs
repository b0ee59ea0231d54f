//! Lines of a tag file of any length, in bounded memory.

use std::io::{self, Read};

/// Octets read at a time.
const CHUNK_OCTETS: usize = 256 << 10;
/// Longest line that is taken; a path is at most 4 KiB on any system.
pub(super) const LONGEST_LINE: usize = 64 << 10;

/// A line that was met.
#[derive(Clone, Copy)]
pub(super) enum Line<'a> {
    /// Its octets without its end, and its end.
    Whole(&'a [u8], &'a [u8]),
    /// It is longer than [`LONGEST_LINE`]; its octets were passed over.
    TooLong,
}

/// Calls `each` with every line; a line ends at LF, CR or CRLF.
pub(super) fn each_line(mut text: impl Read, mut each: impl FnMut(Line<'_>)) -> io::Result<()> {
    let mut buffer = vec![0; CHUNK_OCTETS];
    let (mut begin, mut filled) = (0, 0);
    let (mut skipping, mut ended) = (false, false);
    while !ended {
        buffer.copy_within(begin..filled, 0);
        filled -= begin;
        begin = 0;
        let octets = match text.read(&mut buffer[filled..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        ended = octets == 0;
        filled += octets;
        while let Some((length, width)) = first_line(&buffer[begin..filled], ended) {
            match (std::mem::take(&mut skipping), length > LONGEST_LINE) {
                (true, _) => {}
                (false, true) => each(Line::TooLong),
                (false, false) => {
                    let (line, end) = buffer[begin..begin + length + width].split_at(length);
                    each(Line::Whole(line, end));
                }
            }
            begin += length + width;
        }
        if filled - begin > LONGEST_LINE {
            if !std::mem::replace(&mut skipping, true) {
                each(Line::TooLong);
            }
            // A CR at the very end may be half of a CRLF.
            begin = filled - usize::from(buffer[filled - 1] == b'\r');
        }
    }
    Ok(())
}

/// Octets of the first line and of its end; `None` if the end is not there yet.
fn first_line(text: &[u8], is_last: bool) -> Option<(usize, usize)> {
    match text.iter().position(|&octet| octet == b'\n' || octet == b'\r') {
        Some(end) if text[end] == b'\n' => Some((end, 1)),
        Some(end) if text.get(end + 1) == Some(&b'\n') => Some((end, 2)),
        Some(end) if end + 1 < text.len() || is_last => Some((end, 1)),
        Some(_) => None,
        None => (is_last && !text.is_empty()).then_some((text.len(), 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Gives a few octets at a time, so that every split is met.
    struct Dribble<'a>(&'a [u8], usize);

    impl Read for Dribble<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(self.1).min(room.len());
            room[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    proptest! {
        #[test]
        fn they_are_those_of_the_whole_text(text in "[a\r\n]{0,60}", step in 1_usize..9) {
            let mut found = Vec::new();
            each_line(Dribble(text.as_bytes(), step), |line| match line {
                Line::Whole(line, _) => found.push(line.to_vec()),
                Line::TooLong => unreachable!(),
            }).unwrap();
            let expected: Vec<Vec<u8>> = fixity::manifest::lines(text.as_bytes()).map(<[u8]>::to_vec).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn an_endless_line_is_passed_over() {
        let mut text = vec![b'x'; 3 * CHUNK_OCTETS];
        text.extend(b"\r\nshort\n");
        let mut met = Vec::new();
        each_line(text.as_slice(), |line| {
            met.push(match line {
                Line::Whole(line, end) => line.len() + end.len(),
                Line::TooLong => usize::MAX,
            });
        })
        .unwrap();
        assert_eq!(met, [usize::MAX, 6]);
    }
}
