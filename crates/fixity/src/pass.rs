//! The one pass: every octet is read once, and every digest and the CRC-32 are made of it.

use crate::rare::Rare;
use crate::sha512::Sha512;
use crate::{Algorithm, Digest};
use blake2::digest::consts::{U20, U48};
use blake2::{Blake2b, Blake2b256, Blake2b512, Blake2s256};
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
    Sha256(Sha256),
    Sha512(Box<Sha512>),
    Rare(Rare),
    /// SHA-512 is left to somebody else; the digest comes in at the end.
    Elsewhere,
}

impl Running {
    fn begin(algorithm: Algorithm) -> Self {
        Self::Rare(match algorithm {
            Algorithm::Sha256 => return Self::Sha256(Sha256::new()),
            Algorithm::Sha512 => return Self::Sha512(Box::new(Sha512::new())),
            Algorithm::Blake2b160 => Rare::new::<Blake2b<U20>>(algorithm),
            Algorithm::Blake2b256 => Rare::new::<Blake2b256>(algorithm),
            Algorithm::Blake2b384 => Rare::new::<Blake2b<U48>>(algorithm),
            Algorithm::Blake2b512 => Rare::new::<Blake2b512>(algorithm),
            Algorithm::Blake2s256 => Rare::new::<Blake2s256>(algorithm),
            Algorithm::Blake3 => Rare::blake3(),
            Algorithm::Md5 => Rare::new::<md5::Md5>(algorithm),
            Algorithm::Sha1 => Rare::new::<sha1::Sha1>(algorithm),
            Algorithm::Sha224 => Rare::new::<sha2::Sha224>(algorithm),
            Algorithm::Sha3_224 => Rare::new::<sha3::Sha3_224>(algorithm),
            Algorithm::Sha3_256 => Rare::new::<sha3::Sha3_256>(algorithm),
            Algorithm::Sha3_384 => Rare::new::<sha3::Sha3_384>(algorithm),
            Algorithm::Sha3_512 => Rare::new::<sha3::Sha3_512>(algorithm),
            Algorithm::Sha384 => Rare::new::<sha2::Sha384>(algorithm),
            Algorithm::Sha512_224 => Rare::new::<sha2::Sha512_224>(algorithm),
            Algorithm::Sha512_256 => Rare::new::<sha2::Sha512_256>(algorithm),
        })
    }
}

impl Pass {
    /// Begins a sum by the given algorithms.
    #[must_use]
    pub fn new(algorithms: &[Algorithm]) -> Self {
        Self {
            size_octets: 0,
            crc32: crc32fast::Hasher::new(),
            running: algorithms.iter().map(|&algorithm| Running::begin(algorithm)).collect(),
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
                Running::Sha256(stream) => stream.update(octets),
                Running::Rare(stream) => stream.update(octets),
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
            Running::Sha256(stream) => Digest::from_octets(Algorithm::Sha256, &stream.finalize()),
            Running::Sha512(stream) => Digest::from_octets(Algorithm::Sha512, &stream.octets()),
            Running::Rare(stream) => stream.finish(),
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
