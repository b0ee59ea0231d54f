//! Properties that a program filled in and nobody meant.

use crate::describe::{folding, prose};
use chrono::NaiveDate;

/// Extensions of what is written, drawn, scanned and printed.
const EXTENSIONS: [&str; 58] = [
    "ai", "bmp", "cdr", "csv", "dvi", "doc", "docm", "docx", "dot", "dotx", "eml", "eps", "epub", "fm",
    "fodt", "htm", "html", "indb", "indd", "jpeg", "jpg", "key", "log", "max", "md", "mdi", "mht", "msg",
    "numbers", "odp", "ods", "odt", "p65", "pages", "pdf", "pmd", "png", "pps", "ppt", "pptx", "ps", "psd",
    "pub", "qxd", "qxp", "rtf", "svg", "tex", "tif", "tiff", "tmp", "txt", "vsd", "wpd", "wps", "xls",
    "xlsx", "xps",
];

/// Titles, folded, that programs give to what has none; a number may follow.
const UNTITLED: [&str; 56] = [
    "untitled",
    "untitled document",
    "untitled spreadsheet",
    "untitled presentation",
    "no title",
    "title",
    "document",
    "doc",
    "new document",
    "word document",
    "microsoft word document",
    "new microsoft word document",
    "microsoft word",
    "text document",
    "dokument",
    "unbenannt",
    "unbenanntes dokument",
    "documento",
    "documento sin titulo",
    "sin título",
    "sin titulo",
    "documento sin título",
    "sans titre",
    "document sans titre",
    "document sans nom",
    "presentation",
    "powerpoint presentation",
    "powerpoint präsentation",
    "präsentation",
    "présentation powerpoint",
    "presentación de powerpoint",
    "apresentação do powerpoint",
    "slide",
    "slide title",
    "folie",
    "book",
    "workbook",
    "worksheet",
    "sheet",
    "spreadsheet",
    "mappe",
    "tabelle",
    "layout",
    "blank page",
    "page",
    "scan",
    "scanned document",
    "scanned image",
    "image",
    "img",
    "print",
    "unknown",
    "none",
    "null",
    "بدون عنوان",
    "عنوان",
];

/// Names, folded, of accounts that nobody was asked about, and of the packs that computers were set up from.
const ACCOUNTS: [&str; 54] = [
    "user",
    "users",
    "user name",
    "username",
    "admin",
    "administrator",
    "administrador",
    "administrateur",
    "owner",
    "root",
    "guest",
    "default",
    "author",
    "the author",
    "unknown",
    "unknown author",
    "anonymous",
    "anonym",
    "none",
    "null",
    "n a",
    "na",
    "un named",
    "unnamed",
    "test",
    "temp",
    "pc",
    "my pc",
    "computer",
    "home",
    "student",
    "office",
    "windows user",
    "windows benutzer",
    "utilisateur windows",
    "usuario de windows",
    "utente windows",
    "benutzer",
    "utilisateur",
    "usuario",
    "utente",
    "microsoft office user",
    "office user",
    "xp",
    "win7",
    "win 7",
    "win10",
    "windows 7",
    "mac",
    "laptop",
    "مدير",
    "المستخدم",
    "کاربر",
    "مدیر",
];

/// Programs, folded: a name that begins with one of them is nobody's.
const PROGRAMS: [&str; 24] = [
    "microsoft",
    "adobe",
    "libreoffice",
    "openoffice",
    "apache",
    "calibre",
    "python docx",
    "openpyxl",
    "xlsxwriter",
    "phpoffice",
    "phpword",
    "phpexcel",
    "docx4j",
    "aspose",
    "itext",
    "ghostscript",
    "pdfcreator",
    "pdftk",
    "wkhtmltopdf",
    "camscanner",
    "scanner",
    "indesign",
    "latex",
    "pdflatex",
];

/// Makers of devices, folded, and packs: alone, or with a number, they are nobody's name.
const MAKERS: [&str; 21] = [
    "canon", "xerox", "konica", "ricoh", "epson", "kyocera", "brother", "hewlett", "hp", "lenovo", "dell",
    "acer", "asus", "toshiba", "sony", "samsung", "mrt", "moorche", "moorcheh", "www", "compaq",
];

/// Moments at which templates that programs carry were made, and with them every document that
/// was begun from one: of Excel's empty workbooks, of python-docx and python-pptx.
const TEMPLATES: [&str; 6] = [
    "1996-10-14T23:33:28",
    "2006-09-16T00:00:00",
    "2015-06-05T18:17:20",
    "2015-06-05T18:19:34",
    "2013-12-23T23:15:00",
    "2013-01-27T09:14:16",
];

/// Whether a title is none: that of a program, a file's name, a path, an address.
pub(super) fn is_no_title(title: &str, file_name: &str) -> bool {
    let folded = folding::folded(title);
    let (stem, _) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    let is_one_word = !title.contains(char::is_whitespace);
    prose::letters(title) < 2
        || is_untitled(&folded)
        || folded == "microsoft excel"
        || folded == "microsoft powerpoint"
        || ["microsoft word ", "microsoft powerpoint ", "microsoft excel ", "microsoft publisher "]
            .iter()
            .any(|program| folded.starts_with(program) && title.contains(" - "))
        || has_extension(title)
        || ["file:", "http:", "https:", "about:", "/", "\\\\"]
            .iter()
            .any(|start| title.to_ascii_lowercase().starts_with(start))
        || title.get(1..3).is_some_and(|colon| colon == ":\\" || colon == ":/")
        || is_one_word && (title.contains('_') || title.eq_ignore_ascii_case(stem))
        || (title.starts_with('(') && matches!(folded.as_str(), "anonymous" | "unspecified"))
}

fn is_untitled(folded: &str) -> bool {
    let name = folded.trim_end_matches(|c: char| c.is_numeric() || c == ' ');
    UNTITLED.contains(&folded) || UNTITLED.contains(&name)
}

fn has_extension(title: &str) -> bool {
    title.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.ends_with(' ') && EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str())
    })
}

/// Whether an author is nobody: a program, an account that nobody was asked about.
pub(super) fn is_no_person(name: &str) -> bool {
    let folded = folding::folded(name);
    let account = folded.trim_end_matches(|c: char| c.is_numeric() || c == ' ');
    prose::letters(name) < 2
        || is_a_program(name)
        || is_a_device(name, &folded)
        || ACCOUNTS.contains(&folded.as_str())
        || ACCOUNTS.contains(&account)
        || name.contains(['\\', '\u{FFFD}'])
        || has_extension(name)
        || (name.starts_with('(') && name.ends_with(')'))
}

/// Whether what stands for an author says nothing of anybody, not even of an account.
pub(super) fn is_a_program(name: &str) -> bool {
    let folded = folding::folded(name);
    prose::letters(name) == 0
        || folded != "microsoft office user" && PROGRAMS.iter().any(|program| begins_with(&folded, program))
}

fn is_a_device(name: &str, folded: &str) -> bool {
    let is_marked = !folded.contains(' ') || name.contains(|c: char| c.is_ascii_digit());
    is_marked && MAKERS.iter().any(|maker| begins_with(folded, maker))
}

/// Whether these are the first words.
fn begins_with(folded: &str, words: &str) -> bool {
    folded.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether clocks that were never set begin on this day.
pub(super) fn is_epoch(day: NaiveDate) -> bool {
    let epochs = [
        (1601, 1, 1),
        (1899, 12, 30),
        (1899, 12, 31),
        (1900, 1, 1),
        (1904, 1, 1),
        (1970, 1, 1),
        (1980, 1, 1),
    ];
    epochs.iter().any(|&(year, month, of)| NaiveDate::from_ymd_opt(year, month, of) == Some(day))
}

/// Whether a moment is that of a template.
pub(super) fn is_of_a_template(text: &str) -> bool {
    TEMPLATES.iter().any(|moment| text.trim().starts_with(moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_programs_gave_are_none() {
        for title in [
            "Microsoft Word - x.doc",
            "Microsoft Word - Document1",
            "report final.pdf",
            "Untitled-1",
            "untitled",
            "PowerPoint Presentation",
            "PowerPoint-Präsentation",
            "Document 3",
            "Dokument1",
            "C:\\Users\\somebody\\a",
            "/home/somebody/a",
            "file:///a",
            "scan_0007",
            "Scan0007",
            "12345",
            "-",
            "Rpt_v3",
            "gozaresh",
            "about:blank",
            "(anonymous)",
        ] {
            assert!(is_no_title(title, "Gozaresh.pdf"), "{title}");
        }
        for title in [
            "The river report",
            "Report No. 7",
            "گزارش رودخانه",
            "Document of the year",
            "Microsoft Word for archivists",
            "Water",
        ] {
            assert!(!is_no_title(title, "Gozaresh.pdf"), "{title}");
        }
    }

    #[test]
    fn accounts_are_nobody() {
        for name in [
            "user",
            "Administrator",
            "Windows User",
            "Owner",
            "USER-PC\\user",
            "user2",
            "Adobe InDesign",
            "MRT Pack 20",
            "-",
            "کاربر",
            "x.docx",
        ] {
            assert!(is_no_person(name), "{name}");
        }
        for name in [
            "Jane Sample",
            "آرش نمونه",
            "J. Sample",
            "Council of the Lower Town",
            "Dellinger",
            "Canon John Sample",
            "Macaulay",
        ] {
            assert!(!is_no_person(name), "{name}");
        }
        assert!(is_no_person("Canon iR 2520") && !is_a_program("Canon iR 2520"));
        assert!(is_a_program("Adobe InDesign") && !is_a_program("Administrator"));
    }
}
