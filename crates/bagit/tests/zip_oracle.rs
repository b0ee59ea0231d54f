//! The ZIPs that fonds writes, read by the crate `zip` and by fonds' own strict reader.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/written.rs"]
mod written;

use bagit::container::{self, EntryKind, Layout};
use bagit::zip::recompress;
use chrono::{DateTime, Datelike, Timelike, Utc};
use fixity::PayloadPath;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use tempfile::NamedTempFile;
use written::{Document, Payload, TAGS, TOP, put_large, put_small, tags_at, write};
use zip::{CompressionMethod, ZipArchive};

/// What one entry is to every reader: name, content, time and Unix mode.
type Seen = (String, Vec<u8>, [u32; 6], Option<u32>);

/// All that the crate `zip` reads, in the order of the archive.
fn seen_by_the_crate(path: &Path) -> Vec<Seen> {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    archive.validate_header_consistency().unwrap();
    assert!(!archive.has_duplicate_names() && !archive.has_overlapping_entries().unwrap());
    assert_eq!((archive.offset(), archive.comment()), (0, b"".as_slice()));
    let mut seen = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        assert_eq!(entry.size(), content.len() as u64);
        assert_eq!(entry.is_dir(), entry.name_raw().ends_with(b"/"));
        let at = entry.last_modified().unwrap();
        let rest = [at.month(), at.day(), at.hour(), at.minute(), at.second()].map(u32::from);
        let time = [at.year().into(), rest[0], rest[1], rest[2], rest[3], rest[4]];
        seen.push((entry.name().unwrap().into_owned(), content, time, entry.unix_mode()));
    }
    seen
}

/// What a reader has to see.
fn expected(payload: &Payload) -> Vec<Seen> {
    let tag = |(path, content): (&str, &[u8])| Document {
        path: path.into(),
        content: Some(content.to_vec()),
        modified: Some(tags_at()),
    };
    let [before, behind] = TAGS.map(tag);
    std::iter::once(&before)
        .chain(&payload.0)
        .chain([&behind])
        .map(|document| {
            let mode = if document.content.is_some() { 0o100_644 } else { 0o040_755 };
            let content = document.content.clone().unwrap_or_default();
            (format!("{TOP}/{}", document.name()), content, dos_time(document.modified), Some(mode))
        })
        .collect()
}

/// The time that a ZIP can keep: even seconds, 1980 to 2107; unknown is the earliest.
fn dos_time(at: Option<DateTime<Utc>>) -> [u32; 6] {
    match at.map(|at| (at, u32::try_from(at.year()).unwrap_or(0))) {
        None | Some((_, ..1980)) => [1980, 1, 1, 0, 0, 0],
        Some((_, 2108..)) => [2107, 12, 31, 23, 59, 58],
        Some((at, year)) => [year, at.month(), at.day(), at.hour(), at.minute(), at.second() & !1],
    }
}

/// Payloads of any names: no path stands twice, nor above another unless it is a directory.
fn payloads() -> impl Strategy<Value = Payload> {
    let name = vec("[a-c0A.,' \"-]{1,3}|[é٠یگ\u{200C}]{1,3}|[😀🌊]", 1..4).prop_map(|parts| parts.join("/"));
    let content = prop_oneof![1 => Just(None), 3 => vec(any::<u8>(), 0..40).prop_map(Some)];
    let content = prop_oneof![4 => content, 1 => Just(Some(b"again and ".repeat(50)))];
    let time = proptest::option::weighted(0.8, -1_000_000_000_i64..6_000_000_000);
    vec((name, content, time), 0..12).prop_map(|documents| {
        let mut by_path: BTreeMap<String, Document> = BTreeMap::new();
        for (name, content, seconds) in documents {
            let path = format!("data/{name}");
            let modified = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            if PayloadPath::problem(&path).is_none() {
                by_path.insert(path.clone(), Document { path, content, modified });
            }
        }
        let paths: Vec<String> = by_path.keys().cloned().collect();
        let is_above =
            |document: &Document| paths.iter().any(|path| path.starts_with(&format!("{}/", document.path)));
        let mut documents: Vec<Document> = by_path
            .into_values()
            .filter(|document| document.content.is_none() || !is_above(document))
            .collect();
        documents.push(Document { path: "data".into(), content: None, modified: None });
        documents.sort_by_key(Document::name);
        Payload(documents)
    })
}

fn assert_is_canonical(path: &Path, payload: &Payload) {
    let container = container::open(path).unwrap();
    assert_eq!(
        (container.layout(), container.findings(), container.top()),
        (Layout::Canonical, [].as_slice(), Some(TOP))
    );
    let mut found: Vec<String> = container
        .entries()
        .iter()
        .map(|entry| format!("{}{}", entry.path, if entry.kind == EntryKind::File { "" } else { "/" }))
        .collect();
    found.sort();
    let mut wanted: Vec<String> = payload.0.iter().map(Document::name).collect();
    wanted.extend(TAGS.map(|(path, _)| path.to_owned()));
    wanted.sort();
    assert_eq!(found, wanted);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_is_written_is_what_both_readers_see(payload in payloads()) {
        let zip = write(&payload, |package| {
            payload.files().into_iter().for_each(|index| put_large(package, &payload, index));
        });
        prop_assert_eq!(seen_by_the_crate(zip.path()), expected(&payload));
        assert_is_canonical(zip.path(), &payload);
    }

    #[test]
    fn the_octets_do_not_depend_on_the_order_or_on_who_travels_with_whom(
        (payload, shuffled) in payloads().prop_flat_map(|payload| {
            let files = payload.files();
            (Just(payload), Just(files).prop_shuffle())
        }),
        run in 1_usize..5,
    ) {
        let one = write(&payload, |package| {
            for &index in &shuffled {
                put_large(package, &payload, index);
            }
        });
        let other = write(&payload, |package| {
            payload.files().chunks(run).rev().for_each(|files| put_small(package, &payload, files));
        });
        prop_assert_eq!(std::fs::read(one.path()).unwrap(), std::fs::read(other.path()).unwrap());
    }

    #[test]
    fn what_is_compressed_is_what_both_readers_see(payload in payloads()) {
        let stored = write(&payload, |package| put_small(package, &payload, &payload.files()));
        let smaller = NamedTempFile::new().unwrap();
        recompress(stored.as_file(), smaller.as_file(), smaller.path(), &()).unwrap();
        prop_assert_eq!(seen_by_the_crate(smaller.path()), expected(&payload));
        assert_is_canonical(smaller.path(), &payload);
        let has_repetition = payload.0.iter().any(|d| d.content.as_ref().is_some_and(|c| c.len() == 500));
        let mut archive = ZipArchive::new(File::open(smaller.path()).unwrap()).unwrap();
        let methods: Vec<CompressionMethod> =
            (0..archive.len()).map(|index| archive.by_index_raw(index).unwrap().compression()).collect();
        prop_assert!(!has_repetition || methods.contains(&CompressionMethod::Deflated));
    }
}

#[test]
fn more_entries_than_sixteen_bits_can_count_are_read_by_both() {
    let document = |number: u32| Document {
        path: format!("data/{number:05}"),
        content: Some(number.to_le_bytes()[..(number % 4) as usize].to_vec()),
        modified: None,
    };
    let mut documents = vec![Document { path: "data".into(), content: None, modified: None }];
    documents.extend((0..=u32::from(u16::MAX)).map(document));
    let payload = Payload(documents);
    let zip = write(&payload, |package| {
        payload.files().chunks(512).for_each(|files| put_small(package, &payload, files));
    });
    assert_is_canonical(zip.path(), &payload);
    assert_eq!(seen_by_the_crate(zip.path()), expected(&payload));
}
