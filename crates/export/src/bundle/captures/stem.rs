//! Names of files that belong together: `page.html`, `page-screenshot.png`, `page.html.png`.

use fixity::twins::caseless_key;
use std::borrow::Cow;

/// What a picture of a page is called beside the name of the page; the longer before the shorter.
const PICTURE: [&str; 17] = [
    "screenshot",
    "screen-shot",
    "screen_shot",
    "screen shot",
    "screencapture",
    "full-page",
    "full_page",
    "full page",
    "fullpage",
    "fullsize",
    "capture",
    "screen",
    "snapshot",
    "image",
    "full",
    "page",
    "shot",
];

/// What a file with an address is called in a folder of one capture.
const ADDRESS: [&str; 9] =
    ["source-url", "source_url", "url", "source", "address", "link", "page", "capture", "index"];

/// What stands between the words of a name.
const BETWEEN: [char; 6] = ['-', '_', '.', ' ', '(', ')'];

/// Extensions of pages, which tools put another behind: `page.html.png`.
const PAGES: [&str; 5] = [".html", ".htm", ".xhtml", ".mhtml", ".mht"];

/// What browsers add to the name of a page for the folder of what it needs, each in its language.
const FOLDERS: [&str; 14] = [
    "_files",
    ".files",
    "-dateien",
    "_fichiers",
    "_archivos",
    "_file",
    "_bestanden",
    "-filer",
    "_pliki",
    "_soubory",
    "_ficheiros",
    "_arquivos",
    "_dosyalar",
    "_datoteke",
];

/// What stands behind the last dot; blank where that is the first character, or there is none.
pub(super) fn extension(name: &str) -> &str {
    name.rsplit_once('.').filter(|(before, _)| !before.is_empty()).map_or("", |(_, extension)| extension)
}

/// The name without its extension, the same for names that differ in case or normalization only.
pub(super) fn stem(name: &str) -> Cow<'_, str> {
    let plain =
        name.rsplit_once('.').map_or(name, |(before, _)| if before.is_empty() { name } else { before });
    let plain = plain.strip_suffix(".warc").unwrap_or(plain);
    caseless_key(plain)
}

/// The stems that a page may have to which a picture, print or address of this stem belongs, the
/// nearest first.
pub(super) fn stems_of_page(own: &str) -> impl Iterator<Item = &str> {
    let bare = PAGES.iter().find_map(|page| own.strip_suffix(page)).filter(|bare| !bare.is_empty());
    let shorter = std::iter::successors(Some(bare.unwrap_or(own)), |name| without_word(name));
    bare.is_some().then_some(own).into_iter().chain(shorter.take(4))
}

/// The name without a last word that tells of a picture, nor a number behind it.
fn without_word(name: &str) -> Option<&str> {
    let numberless = name.trim_end_matches(|c: char| c.is_ascii_digit() || BETWEEN.contains(&c));
    [name, numberless].into_iter().flat_map(|name| PICTURE.iter().map(move |word| (name, word))).find_map(
        |(name, word)| {
            let before = name.strip_suffix(word)?;
            let page = before.trim_end_matches(BETWEEN);
            (page.len() < before.len() && !page.is_empty()).then_some(page)
        },
    )
}

/// Whether a picture of this stem says nothing but that it is one: `screenshot-full`.
pub(super) fn is_any_picture(own: &str) -> bool {
    consists_of(own, &PICTURE)
}

/// Whether an address of this stem says nothing but that it is one: `url`, `source`.
pub(super) fn is_any_address(own: &str) -> bool {
    consists_of(own, &ADDRESS)
}

/// Whether a name has at least one of these words, and beside them only numbers and what parts words.
fn consists_of(name: &str, words: &[&str]) -> bool {
    let mut rest = name;
    let mut found = false;
    loop {
        rest = rest.trim_start_matches(|c: char| found && c.is_ascii_digit() || BETWEEN.contains(&c));
        let Some(after) = words.iter().find_map(|word| rest.strip_prefix(word)) else { break };
        (rest, found) = (after, true);
    }
    found && rest.is_empty()
}

/// Whether a name says that a picture is one of a full page.
pub(super) fn has_full(name: &str) -> bool {
    let own = stem(name);
    let mut words = own.split(BETWEEN);
    words.any(|word| matches!(word, "full" | "fullpage" | "fullsize" | "fullscreenshot"))
}

/// The name of the page to which a folder of this name belongs, without its extension.
pub(super) fn page_of_folder(name: &str) -> Option<&str> {
    FOLDERS.iter().find_map(|suffix| {
        let at = name.len().checked_sub(suffix.len()).filter(|&at| at > 0 && name.is_char_boundary(at))?;
        name[at..].eq_ignore_ascii_case(suffix).then(|| &name[..at])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_what_stands_before_the_last_dot() {
        for (name, expected) in [
            ("Page.HTML", "page"),
            ("page.html.png", "page.html"),
            ("crawl.warc.gz", "crawl"),
            (".note", ".note"),
            ("note", "note"),
            ("ناقوس‌ها.html", "ناقوس‌ها"),
            ("Cafe\u{301}.html", "cafe\u{301}"),
            ("CAF\u{c9}.png", "cafe\u{301}"),
        ] {
            assert_eq!(stem(name), expected, "{name}");
        }
        assert_eq!((extension("a.PNG"), extension(".note"), extension("a")), ("PNG", "", ""));
    }

    #[test]
    fn a_picture_is_named_after_its_page_in_several_ways() {
        for (own, expected) in [
            ("page", &["page"][..]),
            ("page.html", &["page.html", "page"]),
            ("page-screenshot", &["page-screenshot", "page"]),
            ("page_full-screenshot", &["page_full-screenshot", "page_full", "page"]),
            ("page (full page) 2", &["page (full page) 2", "page"]),
            ("page-2", &["page-2"]),
            ("screenshot", &["screenshot"]),
            ("homepage", &["homepage"]),
            ("ناقوس‌ها-full", &["ناقوس‌ها-full", "ناقوس‌ها"]),
        ] {
            let found: Vec<_> = stems_of_page(own).collect();
            assert_eq!(found, expected, "{own}");
        }
    }

    #[test]
    fn some_names_are_of_any_capture() {
        for own in
            ["screenshot", "full-page", "full_page_1", "fullpage", "capture-02", "page", "screenshot full"]
        {
            assert!(is_any_picture(own), "{own}");
        }
        for own in ["", "1", "-", "portrait", "page of the minister", "screenshots", "01-screenshot"] {
            assert!(!is_any_picture(own), "{own}");
        }
        assert!(is_any_address("url") && is_any_address("source_url") && !is_any_address("minutes"));
        assert!(has_full("page_FULL.png") && has_full("full page.png") && !has_full("fuller.png"));
    }

    #[test]
    fn folders_of_what_a_page_needs_are_known() {
        assert_eq!(page_of_folder("page_files"), Some("page"));
        assert_eq!(page_of_folder("Seite-Dateien"), Some("Seite"));
        assert_eq!(page_of_folder("_files"), None);
        assert_eq!(page_of_folder("files"), None);
        assert_eq!(page_of_folder("ناقوسxfiles"), None);
    }
}
