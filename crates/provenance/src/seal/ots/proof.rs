//! The file `.ots`: a digest, and the ways from it to what witnesses saw.
//!
//! The format is that of python-opentimestamps, which is its only description. Its limits are kept.

use crate::seal::{bounds::unreadable, vouch::Broken};
use sha2::Digest;
use std::fmt;

const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
/// Octets of a file; a real one has some thousand.
const LONGEST: usize = 64 << 10;
/// Octets of a message on its way.
const MESSAGE: usize = 4096;
/// Octets of what a witness says.
const PAYLOAD: usize = 8192;
/// Steps on one way, and forks that are open.
const DEEPEST: usize = 256;

/// Who saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// A calendar promises a proof.
    Pending {
        /// Where it is to be fetched from.
        calendar: String,
    },
    /// A block of Bitcoin.
    Bitcoin {
        /// Blocks before it.
        height: u64,
    },
    /// A block of Litecoin.
    Litecoin {
        /// Blocks before it.
        height: u64,
    },
    /// Somebody who is not known here.
    Unknown {
        /// Eight octets in hexadecimal.
        tag: String,
    },
}

impl fmt::Display for Witness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pending { calendar } => write!(f, "a promise of the calendar {calendar}"),
            Self::Bitcoin { height } => write!(f, "block {height} of Bitcoin"),
            Self::Litecoin { height } => write!(f, "block {height} of Litecoin"),
            Self::Unknown { tag } => write!(f, "a witness of the kind {tag}"),
        }
    }
}

/// One end of a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// Who saw it.
    pub witness: Witness,
    /// What was seen: the digest after all steps of the way. Nothing if a step is too weak to be taken.
    pub commitment: Option<Vec<u8>>,
}

/// Reads a proof over `content`, and goes all its ways.
///
/// # Errors
/// [`Broken::Unreadable`] if it is none, over 64 KiB, or beyond the limits of its format; [`Broken::Mismatch`] if
/// it begins with the digest of something else; [`Broken::Unsupported`] if that digest is weak or the version is
/// not known.
pub fn read(octets: &[u8], content: &[u8]) -> Result<Vec<Attestation>, Broken> {
    if octets.len() > LONGEST {
        return Err(unreadable(format!("a proof of at most {LONGEST} octets"), &octets.len().to_string()));
    }
    let rest = octets
        .strip_prefix(MAGIC)
        .ok_or_else(|| unreadable("a proof of OpenTimestamps".into(), "another beginning"))?;
    let mut file = File { rest, at: MAGIC.len() };
    let version = file.number()?;
    if version != 1 {
        return Err(Broken::Unsupported(format!("version {version} of OpenTimestamps: 1 is known")));
    }
    let here = match file.octet()? {
        0x08 => sha2::Sha256::digest(content).to_vec(),
        0x67 => sha3::Keccak256::digest(content).to_vec(),
        tag @ (0x02 | 0x03) => {
            return Err(Broken::Unsupported(format!(
                "a proof over a digest by {}: it is too weak",
                if tag == 0x02 { "SHA-1" } else { "RIPEMD-160" }
            )));
        }
        tag => return Err(file.wrong("a digest", &format!("{tag:#04x}"))),
    };
    let stamped = file.take(here.len())?;
    if stamped != here {
        return Err(Broken::Mismatch(format!(
            "it is over other octets: {} was stamped, and {} is here",
            base16ct::lower::encode_string(stamped),
            base16ct::lower::encode_string(&here)
        )));
    }
    file.ways(here)
}

/// A message on its way, and how many steps it took. Nothing of it is left behind a step that is not taken.
#[derive(Clone)]
struct Way {
    message: Option<Vec<u8>>,
    steps: usize,
}

struct File<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> File<'a> {
    /// `way := (0xff branch)* branch`, `branch := 0x00 attestation | step way`; without recursion.
    fn ways(&mut self, digest: Vec<u8>) -> Result<Vec<Attestation>, Broken> {
        let mut found = Vec::new();
        let mut forks: Vec<Way> = Vec::new();
        let mut way = Way { message: Some(digest), steps: 0 };
        loop {
            let mut tag = self.octet()?;
            if tag == 0xFF {
                if forks.len() == DEEPEST {
                    return Err(self.wrong("at most 256 open forks", "more"));
                }
                forks.push(way.clone());
                tag = self.octet()?;
            }
            if tag == 0x00 {
                found.push(Attestation { witness: self.witness()?, commitment: way.message });
                match forks.pop() {
                    Some(fork) => way = fork,
                    None if self.rest.is_empty() => return Ok(found),
                    None => return Err(self.wrong("the end", "more octets")),
                }
            } else {
                way.steps += 1;
                if way.steps > DEEPEST {
                    return Err(self.wrong("at most 256 steps", "more"));
                }
                way.message = self.step(tag, way.message)?;
            }
        }
    }

    fn step(&mut self, tag: u8, message: Option<Vec<u8>>) -> Result<Option<Vec<u8>>, Broken> {
        let argument = match tag {
            0xF0 | 0xF1 => self.lengthy(MESSAGE)?,
            0xF2 | 0xF3 | 0x02 | 0x03 | 0x08 | 0x67 => &[],
            _ => return Err(self.wrong("a step that is known", &format!("{tag:#04x}"))),
        };
        if argument.is_empty() && matches!(tag, 0xF0 | 0xF1) {
            return Err(self.wrong("something to append or prepend", "nothing"));
        }
        let Some(mut message) = message else { return Ok(None) };
        let next = match tag {
            0xF0 => {
                message.extend_from_slice(argument);
                message
            }
            0xF1 => [argument, &message].concat(),
            0xF2 => {
                message.reverse();
                message
            }
            0xF3 => base16ct::lower::encode_string(&message).into_bytes(),
            0x08 => sha2::Sha256::digest(&message).to_vec(),
            0x67 => sha3::Keccak256::digest(&message).to_vec(),
            _ => return Ok(None), // SHA-1 and RIPEMD-160: whoever finds a collision has two histories
        };
        if next.len() > MESSAGE {
            return Err(self.wrong("a message of at most 4096 octets", &next.len().to_string()));
        }
        Ok(Some(next))
    }

    fn witness(&mut self) -> Result<Witness, Broken> {
        let tag = self.take(8)?;
        let payload = self.lengthy(PAYLOAD)?;
        let mut payload = File { rest: payload, at: self.at - payload.len() };
        let witness = match tag {
            [0x83, 0xDF, 0xE3, 0x0D, 0x2E, 0xF9, 0x0C, 0x8E] => {
                let calendar = payload.lengthy(1000)?;
                let calendar = std::str::from_utf8(calendar)
                    .ok()
                    .filter(|text| text.chars().all(|c| c.is_ascii_alphanumeric() || "-._/:".contains(c)));
                let calendar =
                    calendar.ok_or_else(|| payload.wrong("the address of a calendar", "other characters"))?;
                Witness::Pending { calendar: calendar.to_owned() }
            }
            [0x05, 0x88, 0x96, 0x0D, 0x73, 0xD7, 0x19, 0x01] => {
                Witness::Bitcoin { height: payload.number()? }
            }
            [0x06, 0x86, 0x9A, 0x0D, 0x73, 0xD7, 0x1B, 0x45] => {
                Witness::Litecoin { height: payload.number()? }
            }
            other => return Ok(Witness::Unknown { tag: base16ct::lower::encode_string(other) }),
        };
        if payload.rest.is_empty() {
            Ok(witness)
        } else {
            Err(payload.wrong("the end of what a witness says", "more"))
        }
    }

    fn octet(&mut self) -> Result<u8, Broken> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Broken> {
        let (taken, rest) = self
            .rest
            .split_at_checked(count)
            .ok_or_else(|| self.wrong(&format!("{count} more octets"), &self.rest.len().to_string()))?;
        self.rest = rest;
        self.at += count;
        Ok(taken)
    }

    /// Octets behind their count.
    fn lengthy(&mut self, most: usize) -> Result<&'a [u8], Broken> {
        let count = self.number()?;
        match usize::try_from(count) {
            Ok(count) if count <= most => self.take(count),
            _ => Err(self.wrong(&format!("at most {most} octets"), &count.to_string())),
        }
    }

    /// LEB128 without needless octets: one number, one form.
    fn number(&mut self) -> Result<u64, Broken> {
        let mut value = 0_u64;
        for shift in (0..63).step_by(7) {
            let octet = self.octet()?;
            value |= u64::from(octet & 0x7F) << shift;
            if octet & 0x80 == 0 {
                if octet == 0 && shift > 0 {
                    return Err(self.wrong("a number in its shortest form", "another one"));
                }
                return Ok(value);
            }
        }
        Err(self.wrong("a number", "one without end"))
    }

    fn wrong(&self, expected: &str, found: &str) -> Broken {
        unreadable(format!("{expected} at octet {} of a proof of OpenTimestamps", self.at), found)
    }
}
