//! Tables that are written as text: by their rows, where nothing else tells.

use provenance::Format;

/// Octets whose rows are counted.
const LOOK: usize = 2 << 10;

/// The fewest rows and cells that are a table; less happens in prose.
const FEWEST_ROWS: usize = 4;
const FEWEST_CELLS: usize = 3;

/// The longest name of a column.
const LONGEST_NAME: usize = 60;

/// CSV: rows that all have as many cells as the first, which names them: each once, in a few words.
pub(super) fn identify(text: &str, whole: bool) -> Option<Format> {
    let seen = &text[..text.floor_char_boundary(LOOK)];
    let whole = whole && seen.len() == text.len();
    [
        (',', "text/csv", Some("x-fmt/18")),
        ('\t', "text/tab-separated-values", Some("x-fmt/13")),
        (';', "text/csv", None),
    ]
    .into_iter()
    .find(|(separator, ..)| is_table(seen, *separator, whole))
    .map(|(_, media_type, puid)| Format {
        media_type: Some(media_type),
        puid,
        basis: "text: valid UTF-8, rows of as many cells below their names",
    })
}

fn is_table(text: &str, separator: char, whole: bool) -> bool {
    // Most text has no such first line, and is not read any further.
    let Some(end) = memchr::memchr(b'\n', text.as_bytes()) else { return false };
    let first = &text[..end];
    if !first.split(separator).all(is_name) || first.split(separator).count() < FEWEST_CELLS {
        return false;
    }
    let Some(mut rows) = rows(text, separator) else { return false };
    if !whole {
        // The last may be cut.
        rows.pop();
    }
    let Some((names, rest)) = rows.split_first() else { return false };
    let once = names.iter().enumerate().all(|(at, name)| !names[..at].contains(name));
    rows.len() >= FEWEST_ROWS
        && names.len() >= FEWEST_CELLS
        && once
        && rest.iter().all(|row| row.len() == names.len())
}

/// Whether this can be the name of a column.
fn is_name(name: &str) -> bool {
    let name = name.trim_matches(['"', ' ', '\r']);
    name.len() <= LONGEST_NAME
        && name.chars().any(char::is_alphabetic)
        && !name.ends_with(['.', '!', '?', ':'])
}

/// The cells of each row; `None` where the quotes are not those of RFC 4180.
fn rows(text: &str, separator: char) -> Option<Vec<Vec<String>>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut closed) = (false, false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted => {
                if characters.next_if_eq(&'"').is_none() {
                    (quoted, closed) = (false, true);
                }
            }
            _ if quoted => cell.push(character),
            '"' if cell.is_empty() && !closed => quoted = true,
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
                closed = false;
            }
            _ if character == separator => {
                row.push(std::mem::take(&mut cell));
                closed = false;
            }
            _ if closed => return None,
            _ => cell.push(character),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    Some(rows)
}
