//! Header lines of plain text: `date 2023-07-05`, `Title: …`, in several languages.

/// What a header line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Date,
    Changed,
    Title,
    Author,
    Publisher,
    Address,
    Language,
    Summary,
}

/// Words that begin header lines, in lower case.
const KEYS: [(&str, Key); 48] = [
    ("date", Key::Date),
    ("published", Key::Date),
    ("date published", Key::Date),
    ("publication date", Key::Date),
    ("released", Key::Date),
    ("datum", Key::Date),
    ("veröffentlicht", Key::Date),
    ("veröffentlicht am", Key::Date),
    ("fecha", Key::Date),
    ("publicado", Key::Date),
    ("publié le", Key::Date),
    ("data", Key::Date),
    ("tarih", Key::Date),
    ("дата", Key::Date),
    ("تاریخ", Key::Date),
    ("تاریخ انتشار", Key::Date),
    ("التاريخ", Key::Date),
    ("تاريخ النشر", Key::Date),
    ("updated", Key::Changed),
    ("aktualisiert", Key::Changed),
    ("title", Key::Title),
    ("headline", Key::Title),
    ("titel", Key::Title),
    ("titre", Key::Title),
    ("título", Key::Title),
    ("عنوان", Key::Title),
    ("تیتر", Key::Title),
    ("العنوان", Key::Title),
    ("author", Key::Author),
    ("byline", Key::Author),
    ("autor", Key::Author),
    ("autorin", Key::Author),
    ("auteur", Key::Author),
    ("نویسنده", Key::Author),
    ("الكاتب", Key::Author),
    ("publisher", Key::Publisher),
    ("outlet", Key::Publisher),
    ("ناشر", Key::Publisher),
    ("الناشر", Key::Publisher),
    ("url", Key::Address),
    ("source", Key::Address),
    ("link", Key::Address),
    ("quelle", Key::Address),
    ("fuente", Key::Address),
    ("منبع", Key::Address),
    ("المصدر", Key::Address),
    ("language", Key::Language),
    ("summary", Key::Summary),
];

/// The key of a header line, what follows it, and whether a colon parts them.
pub(super) fn keyed(line: &str) -> Option<(Key, &str, bool)> {
    let parted = line.split_once([':', '：']).filter(|(key, _)| key.chars().count() <= 20);
    if let Some((key, value)) = parted {
        let lower = key.trim().to_lowercase();
        let known = KEYS.iter().find(|(word, _)| *word == lower);
        if let Some((_, key)) = known {
            return Some((*key, value.trim(), true));
        }
    }
    let (key, value) = line.split_once(char::is_whitespace)?;
    let lower = key.to_lowercase();
    let (_, key) = KEYS.iter().find(|(word, _)| *word == lower)?;
    Some((*key, value.trim(), false))
}
