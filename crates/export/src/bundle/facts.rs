//! What matters of a description where its document is a part of a capture.

use provenance::description::{Description, RemarkKind};

/// Signal by which a description says that the document is nothing but an address.
const SHORTCUT: &str = "shortcut";

/// How the detail of the format begins where a page was found that a browser saved in one file.
const SAVED: &str = "web page saved";

/// What matters of a description where its document is a part of a capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four facts that are told apart from each other")]
pub(super) struct Facts {
    /// It was found to be a page without its content.
    pub(super) is_hollow: bool,
    /// It is an address and nothing else.
    pub(super) is_shortcut: bool,
    /// It is a picture at least as high as wide.
    pub(super) is_tall: bool,
    /// It is a page that a browser saved in one file with all that it needs.
    pub(super) is_saved: bool,
}

impl Facts {
    pub(super) fn of(description: &Description) -> Self {
        let address = description.source_url.as_ref();
        Self {
            is_hollow: description.remarks.iter().any(|remark| remark.kind == RemarkKind::HollowCapture),
            is_shortcut: address.is_some_and(|address| address.signals.first() == Some(&SHORTCUT)),
            is_tall: description.pixels.is_some_and(|(width, height)| height >= width && width > 0),
            is_saved: description.format_detail.starts_with(SAVED),
        }
    }
}
