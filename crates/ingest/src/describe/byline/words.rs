//! Words of bylines in several languages, all in lower case.

/// Words before a name that say it wrote. Each may be followed by a colon.
pub(super) const BEFORE: [&str; 39] = [
    "written by",
    "posted by",
    "published by",
    "created by",
    "submitted by",
    "reported by",
    "story by",
    "words by",
    "text by",
    "text von",
    "ein beitrag von",
    "ein artikel von",
    "beitrag von",
    "artikel von",
    "geschrieben von",
    "verfasst von",
    "erstellt von",
    "eingestellt von",
    "veröffentlicht von",
    "publié par",
    "écrit par",
    "escrito por",
    "publicado por",
    "redazione di",
    "by",
    "von",
    "vom",
    "par",
    "por",
    "di",
    "door",
    "przez",
    "av",
    "نوشته",
    "به قلم",
    "بقلم",
    "بواسطة",
    "كتب",
    "текст",
];

/// Words that are followed by a colon, or by a name on the next line.
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
    "verfasser",
    "redaktion",
    "text",
    "автор",
    "نویسنده",
    "نویسندگان",
    "الكاتب",
    "مؤلف",
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
