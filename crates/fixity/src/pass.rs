//! The one pass: every octet is read once, and every digest and the CRC-32 are made of it.

use crate::sha512::Sha512;
use crate::{Algorithm, Digest};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// What one file summed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Octets read.
    pub size_octets: u64,
    /// CRC-32 as ZIP uses it (ISO 3309).
    pub crc32: u32,
    /// One digest per algorithm asked for, in that order.
    pub digests: Vec<Digest>,
}

impl Sum {
    /// The digest by one algorithm, if it was asked for.
    #[must_use]
    pub fn digest(&self, algorithm: Algorithm) -> Option<&Digest> {
        self.digests.iter().find(|digest| digest.algorithm() == algorithm)
    }
}

/// A running sum of one file.
#[derive(Clone)]
pub struct Pass {
    size_octets: u64,
    crc32: crc32fast::Hasher,
    running: Vec<Running>,
}

#[derive(Clone)]
enum Running {
    Md5(Md5),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Box<Sha512>),
    /// SHA-512 is left to somebody else; the digest comes in at the end.
    Elsewhere,
}

impl Pass {
    /// Begins a sum by the given algorithms.
    #[must_use]
    pub fn new(algorithms: &[Algorithm]) -> Self {
        let begin = |algorithm: &Algorithm| match algorithm {
            Algorithm::Md5 => Running::Md5(Md5::new()),
            Algorithm::Sha1 => Running::Sha1(Sha1::new()),
            Algorithm::Sha256 => Running::Sha256(Sha256::new()),
            Algorithm::Sha512 => Running::Sha512(Box::new(Sha512::new())),
        };
        Self {
            size_octets: 0,
            crc32: crc32fast::Hasher::new(),
            running: algorithms.iter().map(begin).collect(),
        }
    }

    /// Takes the SHA-512 out, so that it can run elsewhere; `None` if none was asked for.
    pub(crate) fn take_sha512(&mut self) -> Option<Sha512> {
        self.running.iter_mut().find_map(|running| match std::mem::replace(running, Running::Elsewhere) {
            Running::Sha512(stream) => Some(*stream),
            other => {
                *running = other;
                None
            }
        })
    }

    /// Puts a SHA-512 back that ran elsewhere.
    pub(crate) fn return_sha512(&mut self, stream: Sha512) {
        if let Some(place) = self.running.iter_mut().find(|running| matches!(running, Running::Elsewhere)) {
            *place = Running::Sha512(Box::new(stream));
        }
    }

    /// Goes over more octets.
    pub fn update(&mut self, octets: &[u8]) {
        self.update_all_but_sha512(octets);
        Sha512::update_many(self.sha512().map(|stream| (stream, octets)).into_iter());
    }

    /// Goes over more octets of many files at once; much faster than one by one.
    pub fn update_many<'a>(files: impl Iterator<Item = (&'a mut Self, &'a [u8])>) {
        Sha512::update_many(files.filter_map(|(pass, octets)| {
            pass.update_all_but_sha512(octets);
            pass.sha512().map(|stream| (stream, octets))
        }));
    }

    pub(crate) fn update_all_but_sha512(&mut self, octets: &[u8]) {
        self.size_octets += octets.len() as u64;
        self.crc32.update(octets);
        for running in &mut self.running {
            match running {
                Running::Md5(stream) => stream.update(octets),
                Running::Sha1(stream) => stream.update(octets),
                Running::Sha256(stream) => stream.update(octets),
                Running::Sha512(_) | Running::Elsewhere => {}
            }
        }
    }

    fn sha512(&mut self) -> Option<&mut Sha512> {
        self.running.iter_mut().find_map(|running| match running {
            Running::Sha512(stream) => Some(&mut **stream),
            _ => None,
        })
    }

    /// Ends the sum.
    #[must_use]
    pub fn finish(self) -> Sum {
        Self::finish_many(vec![self]).remove(0)
    }

    /// Ends many sums at once, in their order.
    #[must_use]
    pub fn finish_many(mut files: Vec<Self>) -> Vec<Sum> {
        Sha512::finish_many(files.iter_mut().filter_map(Self::sha512));
        files.into_iter().map(Self::total).collect()
    }

    fn total(self) -> Sum {
        let digests = self.running.into_iter().filter_map(|running| match running {
            Running::Md5(stream) => Digest::from_octets(Algorithm::Md5, &stream.finalize()),
            Running::Sha1(stream) => Digest::from_octets(Algorithm::Sha1, &stream.finalize()),
            Running::Sha256(stream) => Digest::from_octets(Algorithm::Sha256, &stream.finalize()),
            Running::Sha512(stream) => Digest::from_octets(Algorithm::Sha512, &stream.octets()),
            Running::Elsewhere => None,
        });
        Sum { size_octets: self.size_octets, crc32: self.crc32.finalize(), digests: digests.collect() }
    }
}

/// Sums one text that is whole in memory.
#[must_use]
pub fn sum_of(octets: &[u8], algorithms: &[Algorithm]) -> Sum {
    let mut pass = Pass::new(algorithms);
    pass.update(octets);
    pass.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_digests_of_abc_are_those_of_their_standards() {
        let sum = sum_of(b"abc", &Algorithm::ALL);
        let text: Vec<String> = sum.digests.iter().map(Digest::to_string).collect();
        assert_eq!(text[0], "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(text[1], "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(text[2], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(text[3].starts_with("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea2"));
        assert_eq!((sum.crc32, sum.size_octets), (0x3524_41c2, 3));
    }
}
