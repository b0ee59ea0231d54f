//! The QR code of a receipt, by ISO/IEC 18004.

use provenance::receipt::Unwritable;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment};
use std::fmt::Write as _;

/// Light modules that a code needs around it (ISO/IEC 18004 §6.3.8).
const QUIET: i32 = 4;

/// The number by which a code says that its octets are UTF-8 (AIM ECI).
const UTF_8: u32 = 26;

/// A code that a camera reads even where 15 % of it are lost.
pub(super) fn code(line: &str) -> Result<QrCode, Unwritable> {
    let mut segments = vec![QrSegment::make_bytes(line.as_bytes())];
    if !line.is_ascii() {
        segments.insert(0, QrSegment::make_eci(UTF_8));
    }
    QrCode::encode_segments(&segments, QrCodeEcc::Medium)
        .map_err(|_| Unwritable("name of the bundle that a QR code has room for"))
}

/// Runs of dark modules in a row: where each begins, and how many they are.
fn runs(code: &QrCode, y: i32) -> impl Iterator<Item = (i32, i32)> {
    let is_dark = move |x| code.get_module(x, y);
    let begins = (0..code.size()).filter(move |&x| is_dark(x) && !is_dark(x - 1));
    begins.map(move |x| (x, (x..code.size()).take_while(|&x| is_dark(x)).map(|_| 1).sum()))
}

/// As SVG that stands in a page, one path for all of it.
pub(super) fn svg(code: &QrCode) -> String {
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        for (x, width) in runs(code, y) {
            let _ = write!(path, "M{} {}h{width}v1h-{width}z", x + QUIET, y + QUIET);
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" \
         role=\"img\" aria-label=\"QR\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}

/// In half blocks, two modules above each other in a character: dark ones are ink, so that it is read
/// from paper.
pub(super) fn half_blocks(code: &QrCode) -> String {
    let mut text = String::new();
    let sides = -QUIET..code.size() + QUIET;
    for y in sides.clone().step_by(2) {
        let row = sides.clone().map(|x| match (code.get_module(x, y), code.get_module(x, y + 1)) {
            (true, true) => '█',
            (true, false) => '▀',
            (false, true) => '▄',
            (false, false) => ' ',
        });
        text.extend(row);
        text.truncate(text.trim_end_matches(' ').len());
        text.push('\n');
    }
    text
}
