//! Names that are written in several ways and mean one thing.

use crate::media;

/// The algorithm of a manifest in the base directory.
pub(super) fn kind_of(path: &str, prefix: &str) -> Option<String> {
    let name = path.strip_prefix(prefix)?.strip_suffix(".txt")?;
    (!name.contains('/')).then(|| algorithm(name))
}

/// Tag files that the standard itself asks for or names: other fields speak of these.
pub(super) fn is_structural(path: &str) -> bool {
    matches!(path, "bagit.txt" | "bag-info.txt" | "fetch.txt")
        || kind_of(path, "manifest-").is_some()
        || kind_of(path, "tagmanifest-").is_some()
}

/// Labels are case insensitive (RFC 8493 §2.2.2).
pub(super) fn is_label(found: &str, label: &str) -> bool {
    found.to_lowercase() == label.to_lowercase()
}

/// A value without the white space that continued lines bring with them.
pub(super) fn plain(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of an algorithm as RFC 8493 §2.4 normalises it.
pub(super) fn algorithm(name: &str) -> String {
    name.chars().filter(|&c| c != '-').flat_map(char::to_lowercase).collect()
}

/// A media type without parameters.
pub(super) fn media_type(text: &str) -> String {
    let name = text.split(';').next().unwrap_or(text).trim().to_ascii_lowercase();
    // One name for all names of a type.
    let all = [media::ZIP, media::TAR, media::TAR_GZIP, media::TAR_BZIP2, media::TAR_XZ, media::TAR_ZSTD];
    match all.into_iter().find(|names| names.contains(&name.as_str())) {
        Some(names) => names[0].to_owned(),
        None => name,
    }
}
