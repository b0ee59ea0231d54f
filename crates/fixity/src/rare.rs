//! Digests that fonds does not write, and that bags of others have.

use crate::{Algorithm, Digest};

/// One running digest behind a pointer, so that many algorithms widen nothing that every file has.
pub(crate) struct Rare {
    algorithm: Algorithm,
    stream: Box<dyn Stream>,
}

trait Stream: Send + Sync {
    fn update(&mut self, octets: &[u8]);
    fn finish(self: Box<Self>, algorithm: Algorithm) -> Option<Digest>;
    fn copy(&self) -> Box<dyn Stream>;
}

impl<D: sha2::Digest + Clone + Send + Sync + 'static> Stream for D {
    fn update(&mut self, octets: &[u8]) {
        sha2::Digest::update(self, octets);
    }

    fn finish(self: Box<Self>, algorithm: Algorithm) -> Option<Digest> {
        Digest::from_octets(algorithm, &self.finalize())
    }

    fn copy(&self) -> Box<dyn Stream> {
        Box::new(self.clone())
    }
}

/// BLAKE3 shares the traits of the other crates only as a preview.
#[derive(Clone)]
struct Blake3(blake3::Hasher);

impl Stream for Blake3 {
    fn update(&mut self, octets: &[u8]) {
        self.0.update(octets);
    }

    fn finish(self: Box<Self>, algorithm: Algorithm) -> Option<Digest> {
        Digest::from_octets(algorithm, self.0.finalize().as_bytes())
    }

    fn copy(&self) -> Box<dyn Stream> {
        Box::new(self.clone())
    }
}

impl Rare {
    /// Begins a digest by `D`, which has to be that algorithm.
    pub(crate) fn new<D: sha2::Digest + Clone + Send + Sync + 'static>(algorithm: Algorithm) -> Self {
        Self { algorithm, stream: Box::new(D::new()) }
    }

    pub(crate) fn blake3() -> Self {
        Self { algorithm: Algorithm::Blake3, stream: Box::new(Blake3(blake3::Hasher::new())) }
    }

    pub(crate) fn update(&mut self, octets: &[u8]) {
        self.stream.update(octets);
    }

    pub(crate) fn finish(self) -> Option<Digest> {
        self.stream.finish(self.algorithm)
    }
}

impl Clone for Rare {
    fn clone(&self) -> Self {
        Self { algorithm: self.algorithm, stream: self.stream.copy() }
    }
}
