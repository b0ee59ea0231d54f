//! Films: when and with what they were taken, and what in them could identify a source. Of gigabytes
//! only the few boxes are read that say so.

mod matroska;
mod movie;
mod named;
mod riff;

pub(super) use riff::information;

use super::afar::Afar;
use super::made::Made;

/// What a film is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Film {
    /// MP4, MOV, 3GP, M4A.
    Movie,
    /// Matroska and `WebM`.
    Matroska,
    Avi,
}

impl Film {
    pub(super) fn of(media_type: &str) -> Option<Self> {
        Some(match media_type {
            "video/mp4" | "audio/mp4" | "video/quicktime" | "video/3gpp" | "video/3gpp2" | "audio/3gpp"
            | "video/x-m4v" | "audio/x-m4a" => Self::Movie,
            "video/matroska" | "audio/matroska" | "video/x-matroska" | "audio/x-matroska" | "video/webm"
            | "audio/webm" => Self::Matroska,
            "video/vnd.avi" | "video/avi" | "video/x-msvideo" => Self::Avi,
            _ => return None,
        })
    }

    /// Takes what the film says; stops where it is broken.
    pub(super) fn read(self, afar: &Afar<'_>, made: &mut Made) {
        let _ = match self {
            Self::Movie => {
                movie::read(afar, made);
                Some(())
            }
            Self::Matroska => matroska::read(afar, made),
            Self::Avi => riff::film(afar, made),
        };
    }
}
