//! What operating systems leave behind for themselves, and make or delete without asking.

/// Files, of any case: Windows and macOS do not tell cases apart.
const FILES: [&[u8]; 6] =
    [b".DS_Store", b"Thumbs.db", b"Thumbs.db:encryptable", b"ehthumbs.db", b"desktop.ini", b"Icon\r"];

/// Folders, with all that is in them.
const FOLDERS: [&[u8]; 8] = [
    b".Spotlight-V100",
    b".Trashes",
    b".fseventsd",
    b".TemporaryItems",
    b".DocumentRevisions-V100",
    b"$RECYCLE.BIN",
    b"System Volume Information",
    b"__MACOSX",
];

/// First octets of an AppleDouble file, in which macOS keeps what other file systems cannot.
pub const APPLE_DOUBLE: [u8; 4] = [0x00, 0x05, 0x16, 0x07];

/// Whether a file of this name is litter.
#[must_use]
pub fn is_litter_file(name: &[u8]) -> bool {
    FILES.iter().any(|litter| name.eq_ignore_ascii_case(litter))
}

/// Whether a folder of this name is litter, with all that is in it.
#[must_use]
pub fn is_litter_folder(name: &[u8]) -> bool {
    FOLDERS.iter().any(|litter| name.eq_ignore_ascii_case(litter))
}

/// The name of the file that `name` would belong to, were it an AppleDouble file.
#[must_use]
pub fn apple_double_of(name: &[u8]) -> Option<&[u8]> {
    name.strip_prefix(b"._").filter(|sibling| !sibling.is_empty())
}
