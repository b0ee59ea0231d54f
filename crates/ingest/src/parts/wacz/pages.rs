//! What pages are called, as the list in a WACZ says (1.1.1, `pages.jsonl`).

use super::archive::Archive;
use crate::parts::titles::Titles;
use serde_json::Value;
use std::io::{BufRead, Read};

/// Octets of one line: it may hold all text of the page.
const LONGEST_LINE: u64 = 1 << 20;
/// Lists that are read.
const MOST_LISTS: usize = 10;
/// Octets of all lists.
const LONGEST: u64 = 64 << 20;

fn is_list(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.starts_with("pages/") && lower.rsplit_once('.').is_some_and(|(_, extension)| extension == "jsonl")
}

/// Reads all lists; what cannot be read of them gives no titles.
pub(super) fn read(archive: &Archive) -> Titles {
    let mut titles = Titles::default();
    let lists = archive.entries.iter().filter(|entry| is_list(&entry.name));
    let mut left = LONGEST;
    for entry in lists.take(MOST_LISTS) {
        let Ok(mut list) = archive.read(entry, left, None) else { continue };
        loop {
            let mut line = Vec::new();
            match list.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(octets) if octets > 0 => {}
                _ => break,
            }
            let Ok(page) = serde_json::from_slice::<Value>(&line) else { continue };
            let text = |field: &str| page.get(field).and_then(Value::as_str);
            if let (Some(url), Some(title)) = (text("url"), text("title")) {
                titles.add(url, title);
            }
        }
        left = list.budget_left();
    }
    titles
}
