//! Words of bylines in several languages, all in lower case.

/// Words before a name that say it wrote. Each may be followed by a colon. In the order of their
/// initials; of those with one initial the first that fits is taken.
pub(super) const BEFORE: [&str; 39] = [
    "artikel von",
    "av",
    "beitrag von",
    "by",
    "created by",
    "di",
    "door",
    "ein beitrag von",
    "ein artikel von",
    "erstellt von",
    "eingestellt von",
    "escrito por",
    "geschrieben von",
    "posted by",
    "published by",
    "publié par",
    "publicado por",
    "par",
    "por",
    "przez",
    "reported by",
    "redazione di",
    "submitted by",
    "story by",
    "text by",
    "text von",
    "verfasst von",
    "veröffentlicht von",
    "von",
    "vom",
    "written by",
    "words by",
    "écrit par",
    "текст",
    "به قلم",
    "بقلم",
    "بواسطة",
    "كتب",
    "نوشته",
];

/// Words that are followed by a colon, or by a name on the next line. In the order of their initials.
pub(super) const LABELS: [&str; 17] = [
    "author",
    "authors",
    "autor",
    "autorin",
    "autoren",
    "autor*in",
    "auteur",
    "autore",
    "autora",
    "redaktion",
    "text",
    "verfasser",
    "автор",
    "الكاتب",
    "مؤلف",
    "نویسنده",
    "نویسندگان",
];

/// Words of which a line that has one is no name.
pub(super) const NO_NAME: [&str; 42] = [
    "admin",
    "administrator",
    "guest",
    "gast",
    "gastautor",
    "author",
    "autor",
    "anonymous",
    "anonym",
    "unknown",
    "home",
    "login",
    "facebook",
    "twitter",
    "instagram",
    "youtube",
    "whatsapp",
    "telegram",
    "share",
    "teilen",
    "comment",
    "comments",
    "kommentare",
    "kommentar",
    "read",
    "lesen",
    "more",
    "mehr",
    "foto",
    "fotos",
    "photo",
    "photos",
    "bild",
    "bilder",
    "copyright",
    "article",
    "artikel",
    "articles",
    "undefined",
    "null",
    "zvg",
    "publicado",
];

/// Words for what somebody is, after a comma.
pub(super) const ROLES: [&str; 24] = [
    "editor",
    "reporter",
    "correspondent",
    "writer",
    "redakteur",
    "redakteurin",
    "chefredakteur",
    "redaktor",
    "journalist",
    "journalistin",
    "journaliste",
    "korrespondent",
    "korrespondentin",
    "columnist",
    "contributor",
    "professor",
    "director",
    "redactor",
    "redactora",
    "corresponsal",
    "volontär",
    "volontärin",
    "phd",
    "md",
];

/// News agencies, which stand behind the names of their reporters.
pub(super) const AGENCIES: [&str; 20] = [
    "AFP",
    "AP",
    "Associated Press",
    "Reuters",
    "dpa",
    "EPA",
    "EFE",
    "ANSA",
    "UPI",
    "PTI",
    "ANI",
    "IRNA",
    "ISNA",
    "TASS",
    "Xinhua",
    "Anadolu",
    "Getty Images",
    "KNA",
    "epd",
    "SDA",
];

/// What separates names, beside words for "and".
pub(super) const BETWEEN: [char; 4] = [',', ';', '|', '،'];

/// Words for "and".
pub(super) const AND: [&str; 10] =
    [" und ", " and ", " & ", " et ", " y ", " e ", " و ", " och ", " en ", " i "];

/// What ends a byline.
pub(super) const BEHIND: [&str; 14] =
    [" | ", " • ", " · ", " – ", " — ", " - ", " (", " @", " / ", "http", " am ", " vom ", " on ", "•"];

/// Small words that names have.
pub(super) const SMALL: [&str; 16] =
    ["von", "van", "de", "der", "den", "zu", "la", "le", "del", "da", "dos", "di", "du", "al", "bin", "ten"];

/// Small words before a date, that are left where it was cut off.
pub(super) const BEFORE_DATES: [&str; 9] = ["le", "on", "am", "vom", "el", "il", "den", "at", "um"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lines_begin_with_is_in_the_order_of_initials() {
        assert!(BEFORE.is_sorted_by_key(|word| word.chars().next()));
        assert!(LABELS.is_sorted_by_key(|word| word.chars().next()));
    }
}
