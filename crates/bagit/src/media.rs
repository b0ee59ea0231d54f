//! Media types of serializations, each with all its names: those that IANA registered and those that
//! profiles use.

/// A ZIP.
pub const ZIP: &[&str] = &["application/zip", "application/x-zip", "application/x-zip-compressed"];
/// A TAR that is not compressed.
pub const TAR: &[&str] = &["application/x-tar", "application/tar"];
/// A TAR in gzip.
pub const TAR_GZIP: &[&str] = &[
    "application/gzip",
    "application/x-gzip",
    "application/tar+gzip",
    "application/x-tar+gzip",
    "application/x-compressed-tar",
    "application/x-gtar",
    "application/x-tgz",
];
/// A TAR in bzip2.
pub const TAR_BZIP2: &[&str] = &[
    "application/x-bzip2",
    "application/bzip2",
    "application/tar+bzip2",
    "application/x-bzip-compressed-tar",
    "application/x-bzip2-compressed-tar",
];
/// A TAR in xz.
pub const TAR_XZ: &[&str] =
    &["application/x-xz", "application/xz", "application/tar+xz", "application/x-xz-compressed-tar"];
/// A TAR in zstd.
pub const TAR_ZSTD: &[&str] =
    &["application/zstd", "application/x-zstd", "application/tar+zstd", "application/x-zstd-compressed-tar"];
