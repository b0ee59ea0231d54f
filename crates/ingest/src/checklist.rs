//! Lists of checksums as other programs write them: `sha256sum` and its kin, BSD, openssl, hashdeep.

mod hashdeep;
mod line;
mod name;

use fixity::{Algorithm, Digest};
use hashdeep::Columns;
pub(crate) use name::{Hint, hint_of};
use std::io::{self, BufRead, Read};

/// Octets of the longest line: a path has at most 4 KiB on any system, and twice that when escaped.
const LONGEST_LINE: usize = 64 << 10;

/// One digest of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The path as it stands in the list, unescaped: raw octets that lead anywhere.
    pub(crate) path: Vec<u8>,
    /// What the file is said to sum to.
    pub(crate) digest: Digest,
    /// Whether nothing names the algorithm: it is the usual one of digests of that length.
    pub(crate) is_guessed: bool,
}

/// What came of reading a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Each line is a checksum and a path, or says nothing.
    List(Vec<Listed>),
    /// It begins otherwise: it is no list at all.
    NoList,
    /// It begins as a list, and this line, counted from 1, is none of it.
    Broken(u64),
    /// It lists more than it may.
    TooLong,
}

/// Reads a list that may have `most` entries. `hint` is what its name says.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn read(text: impl BufRead, hint: &Hint, most: usize) -> io::Result<Reading> {
    let mut listed: Vec<Listed> = Vec::new();
    let mut columns = None;
    let mut number = 0;
    let mut bare = None;
    let end = each_line(text, |line| {
        number += 1;
        let Some(line) = line else { return Err(Some(number)) };
        let line = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
        if hashdeep::is_header(line) {
            columns = columns.take().or_else(|| hashdeep::columns(line));
            return Ok(());
        }
        if line.iter().all(u8::is_ascii_whitespace) || line.starts_with(b"#") || line.starts_with(b";") {
            return Ok(());
        }
        let before = listed.len();
        match &columns {
            Some(columns) => Columns::read(columns, line, &mut listed),
            None => listed.extend(line::gnu(line, hint.algorithm).or_else(|| line::bsd(line))),
        }
        if listed.len() == before && before == 0 && bare.is_none() && columns.is_none() {
            bare = hint.alone(line);
            return if bare.is_some() { Ok(()) } else { Err(None) };
        }
        match () {
            () if listed.len() == before || bare.is_some() => Err(Some(number)),
            () if listed.len() > most => Err(None),
            () => Ok(()),
        }
    })?;
    Ok(match end {
        Some(None) if listed.len() > most => Reading::TooLong,
        Some(Some(line)) if line > 1 => Reading::Broken(line),
        Some(_) => Reading::NoList,
        None if listed.is_empty() && bare.is_none() => Reading::NoList,
        None => {
            listed.extend(bare);
            Reading::List(listed)
        }
    })
}

/// Calls `each` with every line, without its LF, CRLF or CR, and `None` for one that is too long, until it
/// answers an error; that is the answer then.
fn each_line<E>(
    mut text: impl BufRead,
    mut each: impl FnMut(Option<&[u8]>) -> Result<(), E>,
) -> io::Result<Option<E>> {
    let mut line = Vec::new();
    let end = if is_by_cr(text.fill_buf()?) { b'\r' } else { b'\n' };
    loop {
        line.clear();
        let octets = text.by_ref().take(LONGEST_LINE as u64).read_until(end, &mut line)?;
        if octets == 0 {
            return Ok(None);
        }
        let is_whole = line.ends_with(&[end]) || octets < LONGEST_LINE;
        let plain = line.strip_suffix(b"\n").unwrap_or(&line);
        let plain = plain.strip_suffix(b"\r").unwrap_or(plain);
        if let Err(end) = each(is_whole.then_some(plain)) {
            return Ok(Some(end));
        }
    }
}

/// Whether a text that begins so ends its lines by CR alone, as the Macintosh did before 2001. A name may
/// hold a CR, so one LF says no.
fn is_by_cr(ahead: &[u8]) -> bool {
    !ahead.contains(&b'\n') && ahead.iter().rev().skip(1).any(|&octet| octet == b'\r')
}

/// The algorithm that a digest of so many hexadecimal digits is probably of, where nothing names one.
fn by_length(digits: usize) -> Option<Algorithm> {
    const USUAL: [Algorithm; 6] = [
        Algorithm::Md5,
        Algorithm::Sha1,
        Algorithm::Sha224,
        Algorithm::Sha256,
        Algorithm::Sha384,
        Algorithm::Sha512,
    ];
    USUAL.into_iter().find(|algorithm| 2 * algorithm.octets() == digits)
}

#[cfg(test)]
mod tests;
