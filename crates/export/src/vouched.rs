//! Tag files held against the tag manifests, without reading the payload.

use crate::{Error, ErrorKind, Result};
use bagit::container::{Container, find, open_stated};
use fixity::manifest::{Decoding, lines, parse_line};
use fixity::{Algorithm, Digest, Pass};
use std::io::{self, Read, Write};

/// No tag manifest of a bundle is longer: it lists some twenty files.
const LONGEST_MANIFEST: u64 = 1 << 20;
/// Octets read at a time.
const CHUNK_OCTETS: usize = 128 << 10;
/// Tag manifests that vouch, the strongest first.
const MANIFESTS: [(Algorithm, &str); 2] =
    [(Algorithm::Sha512, "tagmanifest-sha512.txt"), (Algorithm::Sha256, "tagmanifest-sha256.txt")];

/// Makes sure that the tag file at `path` is what the strongest tag manifest says.
///
/// # Errors
/// As those of [`copy`].
pub(crate) fn vouched(container: &dyn Container, path: &str) -> Result<()> {
    copy(container, path, &mut io::sink()).map(drop)
}

/// Copies the tag file at `path` octet for octet, and answers how many it has.
///
/// # Errors
/// If it is not what the strongest tag manifest says, if no tag manifest lists it, or if either
/// cannot be read; if `out` cannot be written. Then what was written is not to be used.
pub fn copy(container: &dyn Container, path: &str, out: &mut dyn Write) -> Result<u64> {
    let unlisted = || damaged(path, "expected a tag manifest that lists it, found none");
    let (algorithm, text) = MANIFESTS
        .into_iter()
        .find_map(|(algorithm, manifest)| Some((algorithm, read(container, manifest)?)))
        .ok_or_else(unlisted)?;
    let stated = lines(&text)
        .filter_map(|line| parse_line(line, algorithm, Decoding::LineEndsAndPercent).ok())
        .find(|line| line.path.as_str() == path)
        .ok_or_else(unlisted)?;
    let (octets, found) = carry(container, path, algorithm, out)?;
    if found == stated.digest {
        return Ok(octets);
    }
    let how = format!("expected {algorithm} {}, as its tag manifest says, found {found}", stated.digest);
    Err(damaged(path, &how))
}

/// Text of a tag manifest; `None` if it is not there or cannot be read.
pub(crate) fn read(container: &dyn Container, path: &str) -> Option<Vec<u8>> {
    let stream = container.open(find(container.entries(), path)?, &|_, _| {})?;
    let mut text = Vec::new();
    stream.take(LONGEST_MANIFEST).read_to_end(&mut text).ok()?;
    Some(text)
}

fn carry(
    container: &dyn Container,
    path: &str,
    algorithm: Algorithm,
    out: &mut dyn Write,
) -> Result<(u64, Digest)> {
    let missing = || damaged(path, "expected to read it, found that it cannot be");
    let index = find(container.entries(), path).ok_or_else(missing)?;
    let mut stream = open_stated(container, index, &|_, _| {}).ok_or_else(missing)?;
    let mut pass = Pass::new(&[algorithm]);
    let mut chunk = vec![0; CHUNK_OCTETS];
    loop {
        match stream.read(&mut chunk) {
            Ok(0) => break,
            Ok(octets) => {
                pass.update(&chunk[..octets]);
                out.write_all(&chunk[..octets])
                    .map_err(|error| Error::io(ErrorKind::Package, "cannot write the sheet", error))?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Error::io(ErrorKind::Read, &format!("cannot read `{path}`"), error)),
        }
    }
    let mut sum = pass.finish();
    let digest = sum.digests.pop().ok_or_else(missing)?;
    Ok((sum.size_octets, digest))
}

fn damaged(path: &str, how: &str) -> Error {
    Error::new(ErrorKind::Read, format!("cannot use `{path}`: {how}"))
        .with_hint("`fonds verify` says what else is wrong with this bag")
}
