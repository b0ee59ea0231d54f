//! Lines of lists in the forms of GNU and BSD.

use super::{Listed, by_length};
use fixity::{Algorithm, Digest};

/// `DIGEST  NAME`, `DIGEST *NAME` or `DIGEST NAME`; with a backslash in front, the name is escaped.
pub(super) fn gnu(line: &[u8], algorithm: Option<Algorithm>) -> Option<Listed> {
    let (line, is_escaped) = escaped(line);
    let end = line.iter().position(|octet| matches!(octet, b' ' | b'\t'))?;
    let (algorithm, is_guessed) = match algorithm {
        Some(named) => (of_family(named, end), false),
        None => (by_length(end)?, true),
    };
    let digest = Digest::from_hex(algorithm, &line[..end])?;
    let rest = &line[end..];
    let ([b' ', b' ' | b'*', name @ ..] | [_, name @ ..]) = rest else { return None };
    Some(Listed { path: name_of(name, is_escaped)?, digest, is_guessed })
}

/// `b2sum` writes other lengths of BLAKE2b, too, and names none of them in a line of this form.
fn of_family(named: Algorithm, digits: usize) -> Algorithm {
    use Algorithm::{Blake2b160, Blake2b256, Blake2b384, Blake2b512};
    let family = [Blake2b160, Blake2b256, Blake2b384];
    let other = family.into_iter().find(|other| named == Blake2b512 && 2 * other.octets() == digits);
    other.unwrap_or(named)
}

/// `ALGORITHM (NAME) = DIGEST`, as `sha256sum --tag` and BSD write it, or `ALGORITHM(NAME)= DIGEST` of
/// openssl.
pub(super) fn bsd(line: &[u8]) -> Option<Listed> {
    let (line, is_escaped) = escaped(line);
    let begin = line.iter().position(|octet| *octet == b'(')?;
    let algorithm = std::str::from_utf8(&line[..begin]).ok()?.trim_end_matches(' ');
    // OpenSSL tells SHA-2 from SHA-3 where everybody else does not.
    let algorithm = match algorithm.strip_prefix("SHA2-") {
        Some(length) => format!("SHA{length}").parse::<Algorithm>(),
        None => algorithm.parse(),
    };
    let rest = &line[begin + 1..];
    let equals = rest.windows(2).rposition(|two| two == b"= ")?;
    let name = rest[..equals].strip_suffix(b") ").or_else(|| rest[..equals].strip_suffix(b")"))?;
    let digest = Digest::from_hex(algorithm.ok()?, &rest[equals + 2..])?;
    Some(Listed { path: name_of(name, is_escaped)?, digest, is_guessed: false })
}

fn escaped(line: &[u8]) -> (&[u8], bool) {
    line.strip_prefix(b"\\").map_or((line, false), |line| (line, true))
}

/// A name as it is written; `None` if it is blank, or not escaped as coreutils does.
fn name_of(written: &[u8], is_escaped: bool) -> Option<Vec<u8>> {
    if written.is_empty() || !is_escaped {
        return (!written.is_empty()).then(|| written.to_vec());
    }
    let mut name = Vec::with_capacity(written.len());
    let mut octets = written.iter();
    while let Some(&octet) = octets.next() {
        name.push(match octet {
            b'\\' => match octets.next()? {
                b'\\' => b'\\',
                b'n' => b'\n',
                b'r' => b'\r',
                _ => return None,
            },
            plain => plain,
        });
    }
    Some(name)
}
