//! WAV, and its broadcast extension (EBU Tech 3285).

use crate::dates::Trust;
use crate::describe::afar::{Afar, le_32};
use crate::describe::chunks::Chunks;
use crate::describe::film::information;
use crate::describe::made::{Key, Made};
use crate::describe::sensitive::Clue;

const WHAT: &str = "a chunk";

/// Takes what a WAV file says.
pub(super) fn read(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    let mut rate = None;
    for chunk in Chunks::of_document(afar) {
        match &chunk.kind {
            b"fmt " => rate = le_32(&afar.beginning(chunk.start, chunk.end, 16, WHAT)?, 8).map(u64::from),
            b"data" => {
                made.length = rate.and_then(|rate| ((chunk.end - chunk.start) * 1_000).checked_div(rate));
            }
            b"bext" => broadcast(&afar.beginning(chunk.start, chunk.end, 346, WHAT)?, made),
            b"_PMX" => {
                made.packet(&afar.beginning(chunk.start, chunk.end, crate::describe::xmp::LONGEST, WHAT)?);
            }
            b"LIST" if &*afar.beginning(chunk.start, chunk.end, 4, WHAT)? == b"INFO" => {
                information(afar, chunk, made);
            }
            _ => {}
        }
    }
    Some(())
}

fn broadcast(octets: &[u8], made: &mut Made) {
    const PLACE: &str = "the broadcast chunk";
    let text = |from: usize, to: usize| -> Option<String> {
        let field = octets.get(from..to)?.split(|octet| *octet == 0).next()?;
        Some(std::str::from_utf8(field).ok()?.trim().to_owned())
    };
    if let Some(summary) = text(0, 256) {
        made.hear(Key::Summary, PLACE, &summary);
    }
    // Recorders write their maker here, and their serial number into the reference.
    if text(256, 288).is_some_and(|originator| !originator.is_empty()) {
        made.clues.note(Clue::Creator, PLACE);
    }
    if text(288, 320).is_some_and(|reference| !reference.is_empty()) {
        made.clues.note(Clue::UniqueNumber, PLACE);
    }
    let day = text(320, 330).unwrap_or_default().replace(['_', ':', '.', ' '], "-");
    if day.bytes().any(|octet| matches!(octet, b'1'..=b'9')) {
        let time = text(330, 338).unwrap_or_default().replace(['_', '-', '.', ' '], ":");
        let iso = if time.is_empty() { day } else { format!("{day}T{time}") };
        made.dated("broadcast chunk", Trust::Strong, &iso, &iso);
    }
}
