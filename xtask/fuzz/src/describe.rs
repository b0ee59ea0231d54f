//! What is suggested of documents.

use ingest::FormatIdentifier;
use ingest::describe::{ContentDescriber, WithoutMentions};
use provenance::description::{Describer, Description, Look, RemarkKind, Suggestion};
use provenance::name::is_harmless;
use provenance::{Format, Identifier};
use std::io;

/// Reads octets anywhere in a document.
type Again<'a> = &'a dyn Fn(u64, &mut [u8]) -> io::Result<usize>;

/// What documents are called: a name may choose the reader where their content does not.
const NAMES: [&str; 7] = ["x", "x.txt", "x.eml", "x.url", "x.webloc", "x.csv", "x.html"];

/// One format of each reader, for octets whose beginning is not that of the format.
const FORMATS: [&str; 29] = [
    "text/html",
    "text/plain",
    "text/csv",
    "application/json",
    "message/rfc822",
    "multipart/related",
    "application/mbox",
    "application/pdf",
    "application/rtf",
    "application/epub+zip",
    "application/msword",
    "application/vnd.ms-outlook",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image/jpeg",
    "image/png",
    "image/tiff",
    "image/heic",
    "image/webp",
    "video/mp4",
    "video/quicktime",
    "video/matroska",
    "video/vnd.avi",
    "audio/mpeg",
    "audio/ogg",
    "audio/flac",
    "audio/vnd.wave",
    "image/svg+xml",
    "application/octet-stream",
];

/// Octets of all that is suggested of a document, and said about it, mentions apart: some of it may be unfolded.
const LONGEST: usize = 256 << 10;
/// Mentions of one document, and octets of all words of one.
const MOST_MENTIONS: usize = 2_000;
const LONGEST_MENTION: usize = 16 << 10;
/// Digits in a row that no remark on a source may have: a value would.
const MOST_DIGITS: usize = 3;

/// A document: the same is suggested of it every time, whole or as far as it can be had, and no more than a
/// person would read. Its number of octets chooses how it is called, and a second format to read it as.
pub fn describe(octets: &[u8]) {
    let name = NAMES[octets.len() % NAMES.len()];
    let told = FormatIdentifier.identify(name, octets, octets.len() as u64);
    let other = Format { media_type: Some(FORMATS[octets.len() % FORMATS.len()]), puid: None, basis: "" };
    for format in [&told, &other] {
        let look = Look::whole(name, format, octets);
        let first = ContentDescriber.describe(&look);
        assert_eq!(first, ContentDescriber.describe(&look), "described twice");
        keeps_bounds(&first, octets.len());
        let nameless = WithoutMentions.describe(&look);
        assert!(nameless.mentions.is_empty(), "{:?}", nameless.mentions);
        assert_eq!(nameless.title, first.title, "without its mentions, another title");
        for cut in [octets.len() / 2, octets.len().min(64)] {
            in_pieces(&look, cut);
        }
    }
}

/// A document of which only the beginning is at hand; the rest can be read, or cannot, or is gone.
fn in_pieces(look: &Look<'_>, cut: usize) {
    let octets = look.beginning;
    let again = |offset: u64, room: &mut [u8]| {
        let rest = usize::try_from(offset).ok().and_then(|start| octets.get(start..)).unwrap_or_default();
        let count = rest.len().min(room.len());
        room[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    };
    let failing = |_: u64, _: &mut [u8]| Err(io::ErrorKind::Unsupported.into());
    let beginning = &octets[..cut];
    let all: [(Again<'_>, u64); 3] =
        [(&again, look.size_octets), (&failing, look.size_octets), (&again, u64::MAX)];
    for (again, size_octets) in all {
        let described = ContentDescriber.describe(&Look { beginning, again, size_octets, ..*look });
        keeps_bounds(&described, octets.len());
    }
}

fn keeps_bounds(description: &Description, octets: usize) {
    let suggested = [
        &description.title,
        &description.publisher,
        &description.source_url,
        &description.language,
        &description.summary,
    ];
    let suggested = suggested.into_iter().flatten().chain(&description.creators);
    let suggested: usize = suggested.map(|Suggestion { value, .. }| value.len()).sum();
    let dates = &description.dates;
    let dated = [&dates.published, &dates.created, &dates.as_written].into_iter().flatten();
    let dated = dated.map(String::len).sum::<usize>() + dates.basis.len();
    let remarked: usize = description.remarks.iter().map(|remark| remark.detail.len()).sum();
    let all = suggested + dated + remarked + description.format_detail.len();
    assert!(all <= LONGEST, "{octets} octets came to a description of {all}");
    for remark in &description.remarks {
        assert!(is_harmless(&remark.detail) && !remark.detail.is_empty(), "{remark:?}");
        let is_value = remark.detail.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() > MOST_DIGITS);
        assert!(remark.kind != RemarkKind::Sensitive || !is_value, "{remark:?}");
    }
    let mentions = &description.mentions;
    assert!(mentions.len() <= MOST_MENTIONS, "{} mentions", mentions.len());
    assert!(mentions.is_sorted_by_key(|mention| mention.start), "mentions in no order");
    for mention in mentions {
        assert!(
            mention.start < mention.end && mention.end <= octets as u64,
            "{mention:?} in {octets} octets"
        );
        let words = [&mention.text, &mention.role, &mention.speaker, &mention.normalised];
        let length: usize = words.map(String::len).iter().sum();
        assert!(
            !mention.text.is_empty() && length <= LONGEST_MENTION,
            "{length} octets of {:?}",
            mention.kind
        );
    }
}
