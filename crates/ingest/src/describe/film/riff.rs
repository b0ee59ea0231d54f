//! AVI, and the lists of information that every RIFF may have.

use crate::dates::Trust;
use crate::describe::afar::{Afar, le_32};
use crate::describe::chunks::{Chunk, Chunks};
use crate::describe::made::{Key, Made, VALUE};
use crate::describe::sensitive::Clue;

const WHAT: &str = "a chunk";

/// Names of the list `INFO`.
const CODES: [(&[u8; 4], Key); 9] = [
    (b"INAM", Key::Title),
    (b"ISBJ", Key::Summary),
    (b"IART", Key::Creator),
    (b"IDIT", Key::Day),
    (b"ICRD", Key::Day),
    (b"IMAK", Key::Make),
    (b"IMOD", Key::Model),
    (b"IENG", Key::Clue(Clue::Creator)),
    (b"ITCH", Key::Clue(Clue::Creator)),
];

/// Takes what an AVI says.
pub(super) fn film(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    for chunk in Chunks::of_document(afar) {
        if &chunk.kind == b"LIST" {
            list(afar, chunk, made)?;
        }
    }
    Some(())
}

fn list(afar: &Afar<'_>, chunk: Chunk, made: &mut Made) -> Option<()> {
    match &*afar.beginning(chunk.start, chunk.end, 4, WHAT)? {
        b"INFO" => information(afar, chunk, made),
        b"hdrl" => {
            for part in Chunks::between(afar, chunk.start + 4, chunk.end) {
                match &part.kind {
                    b"avih" => {
                        let head = afar.beginning(part.start, part.end, 40, WHAT)?;
                        let (each, frames) = (u64::from(le_32(&head, 0)?), u64::from(le_32(&head, 16)?));
                        made.length = Some(each * frames / 1_000);
                        made.frame = le_32(&head, 32).zip(le_32(&head, 36)).filter(|(w, h)| *w > 0 && *h > 0);
                    }
                    b"IDIT" => day(afar, part, made)?,
                    _ => {}
                }
            }
        }
        _ => {}
    }
    Some(())
}

/// `MON MAR 10 15:04:43 2003`, as cameras write it.
fn day(afar: &Afar<'_>, part: Chunk, made: &mut Made) -> Option<()> {
    let text = text(afar, part)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    if let [_, month, day, time, year] = words.as_slice() {
        made.dated("AVI date", Trust::Strong, text.trim(), &format!("{day} {month} {year} {time}"));
    } else {
        made.dated("AVI date", Trust::Fair, text.trim(), text.trim());
    }
    Some(())
}

/// Takes a list `INFO`, whose first four octets are its name.
pub(in crate::describe) fn information(afar: &Afar<'_>, list: Chunk, made: &mut Made) {
    for part in Chunks::between(afar, list.start + 4, list.end) {
        let known = CODES.iter().find(|(code, _)| **code == part.kind);
        if let Some((key, text)) = known.and_then(|(_, key)| Some((*key, text(afar, part)?))) {
            made.hear(key, "RIFF information", &text);
        }
    }
}

fn text(afar: &Afar<'_>, part: Chunk) -> Option<String> {
    let octets = afar.beginning(part.start, part.end, VALUE, WHAT)?;
    let text = octets.split(|octet| *octet == 0).next().unwrap_or_default();
    // Windows wrote its own charset here, and did not say which: a few words do not tell.
    std::str::from_utf8(text).ok().map(str::to_owned)
}
