//! Recordings: MP3, FLAC, Ogg and WAV. Tags are small and simple: what the crates for them bring
//! along is pictures, writing, and whole files in memory.

mod comments;
mod id3;
mod wave;

use super::afar::Afar;
use super::made::Made;

/// What a recording is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sound {
    Mp3,
    Flac,
    Ogg,
    Wave,
}

impl Sound {
    pub(super) fn of(media_type: &str) -> Option<Self> {
        Some(match media_type {
            "audio/mpeg" => Self::Mp3,
            "audio/flac" | "audio/x-flac" => Self::Flac,
            "audio/ogg" | "video/ogg" | "application/ogg" | "audio/opus" => Self::Ogg,
            "audio/vnd.wave" | "audio/wav" | "audio/x-wav" => Self::Wave,
            _ => return None,
        })
    }

    /// Takes what the recording says; stops where it is broken.
    pub(super) fn read(self, afar: &Afar<'_>, made: &mut Made) {
        let _ = match self {
            Self::Mp3 => id3::read(afar, made),
            Self::Flac => comments::flac(afar, made),
            Self::Ogg => comments::ogg(afar, made),
            Self::Wave => wave::read(afar, made),
        };
    }
}
