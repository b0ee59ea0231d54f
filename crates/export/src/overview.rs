//! What is in a bag, who made it, when: read from what it says of itself, without verifying it.

use crate::sheet::SheetReader;
use crate::vouching::{Place, places};
use bagit::Version;
use bagit::container::{Container, EntryKind, find, open_stated, read_small};
use bagit::encoding::TagEncoding;
use chrono::{DateTime, Utc};
use fixity::Oxum;
use provenance::seal::{self, Root};
use provenance::{LedgerSummary, check_ledger};
use std::collections::BTreeMap;

/// No declaration or metadata of a real bag is longer.
const LONGEST_TEXT: u64 = 16 << 20;

/// What a bag says of itself.
#[derive(Debug, Default)]
pub struct Overview {
    /// Name of the base directory.
    pub top: Option<String>,
    /// The `BagIt` version that it declares.
    pub version: Option<String>,
    /// The elements of `bag-info.txt`, in order.
    pub info: Vec<(String, String)>,
    /// Payload files and octets that are there.
    pub payload: Oxum,
    /// Files outside the payload.
    pub tag_files: u64,
    /// Directories below `data/` that hold nothing.
    pub empty_folders: u64,
    /// Payload files and octets by media type, as `manifest.csv` has it; blank where unknown.
    pub formats: BTreeMap<String, Oxum>,
    /// The earliest and the latest modification time of a payload file in `manifest.csv`.
    pub modified: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// What `events.csv` records, where there is one.
    pub events: Option<LedgerSummary>,
    /// What `seal/root.txt` says, where there is one.
    pub root: Option<Root>,
    /// Signatures and timestamps that lie in the seal, by their names: nobody judged them.
    pub vouchers: Vec<Place>,
}

/// Reads what a bag says of itself; what is damaged or absent stays blank.
#[must_use]
pub fn overview(container: &dyn Container) -> Overview {
    let mut overview = Overview { top: container.top().map(str::to_owned), ..Overview::default() };
    let entries = container.entries();
    for (index, entry) in entries.iter().enumerate() {
        match entry.kind {
            EntryKind::File if entry.path.is_payload() => overview.payload.add(entry.size_octets),
            EntryKind::File => overview.tag_files += 1,
            EntryKind::Directory => {
                let below = format!("{}/", entry.path);
                let is_empty = !entries[index + 1..]
                    .iter()
                    .take_while(|next| next.path.as_str().starts_with(entry.path.as_str()))
                    .any(|next| next.path.as_str().starts_with(&below));
                overview.empty_folders += u64::from(is_empty && entry.path.is_payload());
            }
        }
    }
    read_description(container, &mut overview);
    read_sheet(container, &mut overview);
    overview.root = read_small(container, seal::ROOT, TagEncoding::Utf8, LONGEST_TEXT)
        .and_then(|text| Root::parse(&text).ok());
    overview.vouchers = places(container).0;
    overview.events = find(entries, "metadata/events.csv")
        .and_then(|index| open_stated(container, index, &|_, _| {}))
        .and_then(|text| check_ledger(text, &mut |_| {}).ok());
    overview
}

fn read_description(container: &dyn Container, overview: &mut Overview) {
    let text = read_small(container, "bagit.txt", TagEncoding::Utf8, LONGEST_TEXT);
    let declared = text.and_then(|text| bagit::declaration::parse(&text).ok());
    let version = declared.as_ref().map_or(Version::Unknown, |declared| Version::named(&declared.version));
    let encoding = declared.as_ref().and_then(|declared| TagEncoding::named(&declared.encoding));
    overview.version = declared.map(|declared| declared.version);
    let info = ["bag-info.txt", version.info_file()]
        .into_iter()
        .find_map(|path| read_small(container, path, encoding.unwrap_or(TagEncoding::Utf8), LONGEST_TEXT));
    if let Some(text) = info {
        overview.info = bagit::info::parse(&String::from_utf8_lossy(&text), version).0;
    }
}

fn read_sheet(container: &dyn Container, overview: &mut Overview) {
    let index = find(container.entries(), "metadata/manifest.csv");
    let Some(text) = index.and_then(|index| open_stated(container, index, &|_, _| {})) else {
        return;
    };
    let Ok(mut sheet) = SheetReader::new(text, &mut |_| {}) else {
        return;
    };
    while let Ok(Some(row)) = sheet.next_row(&mut |_| {}) {
        let octets = row.size_octets.unwrap_or(0);
        let media_type = row.media_type.unwrap_or_default();
        match overview.formats.get_mut(media_type) {
            Some(oxum) => oxum.add(octets),
            None => {
                overview.formats.insert(media_type.to_owned(), Oxum { octets, streams: 1 });
            }
        }
        if let Some(at) = row.modified {
            let (first, last) = overview.modified.unwrap_or((at, at));
            overview.modified = Some((first.min(at), last.max(at)));
        }
    }
}
