//! Describing documents by their content: title, authors, dates, language, address. Suggestions,
//! never facts; where the signals do not suffice, a blank.
//!
//! All work is bounded by lengths and counts, so that neither a document of any size nor a hostile
//! one takes more than a few milliseconds or a few times [`READ`] of memory: libraries here have
//! no clock.

mod afar;
mod article;
mod boxes;
mod byline;
mod charset;
mod chunks;
mod compound;
mod decide;
mod discreet;
mod epub;
mod evidence;
mod film;
mod folding;
mod garbled;
mod html;
mod language;
mod linked_data;
mod made;
mod mail;
mod markup;
mod office;
mod opendocument;
mod package;
mod page;
mod papers;
mod pdf;
mod picture;
mod prose;
mod reach;
mod rtf;
mod script;
pub mod sensitive;
mod shortcut;
mod sound;
mod stated;
mod unpack;
mod xml;
mod xmp;

pub(crate) use discreet::opens_something;
pub use evidence::{Claim, Evidence};

use afar::Afar;
use film::Film;
use made::Made;
use picture::Picture;
use provenance::Format;
use provenance::description::{Describer, Description, Look, RemarkKind};

use sensitive::Clues;
use sound::Sound;

/// Octets of a document that are looked at. Whoever packs many large documents side by side holds so
/// much of each.
pub const READ: usize = 2 << 20;

/// Octets of a picture, a film or a recording that are held where others are not to be had at once: what
/// a camera writes is mostly there.
const MEDIA: usize = 256 << 10;

/// Octets in which what begins as some markup may turn out to be HTML.
const SNIFFED: usize = 64 << 10;

/// Suggests descriptions by content, where it knows the format; an empty one where not.
#[derive(Clone, Copy, Debug, Default)]
pub struct ContentDescriber;

impl Describer for ContentDescriber {
    fn describe(&self, look: &Look<'_>) -> Description {
        decide::description(evidence(look))
    }

    fn looks_into(&self, format: &Format) -> bool {
        Reader::of("", format, b"").is_some()
            || papers::wants(format).is_some()
            || sensitive::Text::of(format.media_type).is_some()
    }

    /// All that is looked at, where octets further on could say more.
    fn wants(&self, format: &Format) -> usize {
        match format.media_type {
            None
            | Some(
                "text/html"
                | "application/xhtml+xml"
                | "text/plain"
                | "text/markdown"
                | "application/octet-stream"
                | "message/rfc822"
                | "application/mbox"
                | "multipart/related"
                | "application/x-mimearchive",
            ) => READ,
            Some(media_type) if Reader::of_media(media_type).is_some() => MEDIA,
            // What could identify a source may stand anywhere in a text.
            media_type if sensitive::Text::of(media_type).is_some() => READ,
            _ => papers::wants(format).unwrap_or(0),
        }
    }
}

/// The same, but of what documents mention nothing is written down.
#[derive(Clone, Copy, Debug, Default)]
pub struct WithoutMentions;

impl Describer for WithoutMentions {
    fn describe(&self, look: &Look<'_>) -> Description {
        decide::description(signals(look, Mentions::Unsought))
    }

    fn wants(&self, format: &Format) -> usize {
        ContentDescriber.wants(format)
    }

    fn looks_into(&self, format: &Format) -> bool {
        ContentDescriber.looks_into(format)
    }

    fn mentions(&self) -> bool {
        false
    }
}

/// What can be described, by how it is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Html,
    Article,
    Mail,
    Mailbox,
    Picture(Picture),
    Film(Film),
    Sound(Sound),
}

impl Reader {
    /// The reader for a format: here others join.
    fn of(name: &str, format: &Format, octets: &[u8]) -> Option<Self> {
        match format.media_type {
            Some("text/html" | "application/xhtml+xml") => Some(Self::Html),
            // What a proxy put before the document type, or a legacy charset, hides that it is HTML.
            None | Some("text/plain" | "application/octet-stream") if looks_like_html(octets) => {
                Some(Self::Html)
            }
            Some("text/plain" | "text/markdown") => Some(Self::Article),
            None if has_extension(name, "txt") => Some(Self::Article),
            // Mail in a legacy charset is no text to whoever looks for UTF-8.
            None if has_extension(name, "eml") => Some(Self::Mail),
            Some("message/rfc822" | "multipart/related" | "application/x-mimearchive") => Some(Self::Mail),
            Some("application/mbox") => Some(Self::Mailbox),
            Some(media_type) => Self::of_media(media_type),
            None => None,
        }
    }

    /// The reader for a picture, a film or a recording.
    fn of_media(media_type: &str) -> Option<Self> {
        let picture = || Picture::of(media_type).map(Self::Picture);
        let film = || Film::of(media_type).map(Self::Film);
        picture().or_else(film).or_else(|| Sound::of(media_type).map(Self::Sound))
    }
}

/// Whether anybody wants to know what a document mentions: looking for it costs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mentions {
    Sought,
    Unsought,
}

/// What the signals of a document say of it: what [`ContentDescriber`] decides from.
#[must_use]
pub fn evidence(look: &Look<'_>) -> Evidence {
    signals(look, Mentions::Sought)
}

fn signals(look: &Look<'_>, mentions: Mentions) -> Evidence {
    let octets = &look.beginning[..look.beginning.len().min(READ)];
    let reader = Reader::of(look.name, look.format, octets);
    let (mut evidence, mut clues) = match reader {
        _ if let Some(evidence) = shortcut::evidence(look) => (evidence, Clues::default()),
        _ if let Some(evidence) = papers::evidence(look) => (evidence, Clues::default()),
        None => Default::default(),
        Some(Reader::Html | Reader::Article) => {
            (of_text(look, octets, reader == Some(Reader::Html), mentions), Clues::default())
        }
        Some(Reader::Mail) => mail::message(look, octets, mentions),
        Some(Reader::Mailbox) => mail::mailbox(look, octets),
        Some(Reader::Picture(picture)) => of_media(look, |afar, made| picture.read(afar, made)),
        Some(Reader::Film(film)) => of_media(look, |afar, made| film.read(afar, made)),
        Some(Reader::Sound(sound)) => of_media(look, |afar, made| sound.read(afar, made)),
    };
    sensitive::of_path_and_text(look, octets, &mut clues);
    clues.tell(&mut evidence);
    evidence
}

/// What a page or an article says.
fn of_text(look: &Look<'_>, octets: &[u8], is_page: bool, mentions: Mentions) -> Evidence {
    let decoded = charset::decode(octets);
    let mut evidence = if is_page {
        html::evidence(&decoded.text, mentions)
    } else {
        let evidence = article::evidence(&decoded.text, mentions);
        let is_unpublished =
            evidence.creators.is_empty() && evidence.dates.iter().all(|date| date.name == "date line");
        Evidence { is_unpublished, ..evidence }
    };
    if look.size_octets > octets.len() as u64 {
        let read = format!("too long: only the first {} KiB were read", octets.len() >> 10);
        evidence.remark(RemarkKind::GivenUp, read);
    }
    evidence.charset = decoded.disagreement();
    garbled::evidence(evidence, decoded.doubt)
}

/// What a picture, a film or a recording says: as much as can be reached of it.
fn of_media(look: &Look<'_>, read: impl FnOnce(&Afar<'_>, &mut Made)) -> (Evidence, Clues) {
    let (afar, mut made) = (Afar::new(look), Made::default());
    read(&afar, &mut made);
    made.told(afar.trouble())
}

fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| found.eq_ignore_ascii_case(extension))
}

fn looks_like_html(octets: &[u8]) -> bool {
    let head = octets[..octets.len().min(SNIFFED)].trim_ascii_start();
    let is_mark = |at: usize| {
        let begins = |mark: &[u8]| head[at..].get(..mark.len()).is_some_and(|m| m.eq_ignore_ascii_case(mark));
        begins(b"<!doctype html") || begins(b"<html") || begins(b"<head>") || begins(b"<body")
    };
    head.starts_with(b"<") && memchr::memchr_iter(b'<', head).any(is_mark)
}
