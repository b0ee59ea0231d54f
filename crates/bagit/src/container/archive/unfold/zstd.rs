//! Frames of zstd, one by one: content, or something to be skipped.

use super::source::Source;
use super::{LARGEST_WINDOW, Obstacle, damaged};
use ruzstd::decoding::errors::{FrameDecoderError, FrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, Read};

/// One frame of zstd.
pub(super) struct Frame<R> {
    source: Source<R>,
    decoder: FrameDecoder,
    octets: u64,
}

/// What a frame turned out to be.
pub(super) enum Begun<R> {
    /// One with content, opened.
    Frame(Box<Frame<R>>),
    /// One that was passed over.
    Skipped(Source<R>),
}

impl<R: Read> Frame<R> {
    pub(super) fn begin(mut source: Source<R>) -> io::Result<Begun<R>> {
        if let &[0x50..=0x5F, _, _, _, a, b, c, d, ..] = source.ahead(8)? {
            source.skip(8 + u64::from(u32::from_le_bytes([a, b, c, d])))?;
            return Ok(Begun::Skipped(source));
        }
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        decoder.init(&mut source).map_err(of_zstd)?;
        Ok(Begun::Frame(Box::new(Self { source, decoder, octets: 0 })))
    }

    pub(super) fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            self.decoder
                .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                .map_err(of_zstd)?;
        }
        let octets = self.decoder.read(room)?;
        self.octets += octets as u64;
        if octets == 0 {
            self.check()?;
        }
        Ok(octets)
    }

    pub(super) fn into_source(self) -> Source<R> {
        self.source
    }

    /// The decoder leaves it to its caller to compare.
    fn check(&self) -> io::Result<()> {
        let stated = self.decoder.get_checksum_from_data();
        if stated.is_some() && stated != self.decoder.get_calculated_checksum() {
            return Err(damaged("the content has another checksum than is stated"));
        }
        let stated = self.decoder.content_size();
        if stated > 0 && stated != self.octets {
            return Err(damaged(format!("the content has {} octets, and {stated} are stated", self.octets)));
        }
        Ok(())
    }
}

fn of_zstd(error: FrameDecoderError) -> io::Error {
    match error {
        FrameDecoderError::WindowSizeTooBig { .. }
        | FrameDecoderError::FrameHeaderError(FrameHeaderError::WindowTooBig { .. }) => {
            Obstacle::Window.into()
        }
        FrameDecoderError::DictNotProvided { .. } => Obstacle::Unknown.into(),
        other => io::Error::new(io::ErrorKind::InvalidData, other),
    }
}
