//! Names of users in paths: folders that an operating system calls by them.

use super::Text;
use super::finder::Finder;
use std::sync::LazyLock;

/// Folders in which every user has one.
const HOMES: [&str; 3] = ["Users", "home", "Documents and Settings"];

/// What lies beside the users' and belongs to none.
const SHARED: [&str; 10] = [
    "public",
    "default",
    "default user",
    "all users",
    "shared",
    "localservice",
    "networkservice",
    "administrator",
    "runner",
    "user",
];

/// What lies in the folder of a user.
const WITHIN: [&str; 15] = [
    "Desktop",
    "Documents",
    "Downloads",
    "Library",
    "Pictures",
    "Movies",
    "Videos",
    "Music",
    "Dropbox",
    "OneDrive",
    "AppData",
    "My Documents",
    "Local Settings",
    "Application Data",
    "Bilder",
];

/// Places that are looked at.
const MOST: usize = 10_000;

/// Octets of the longest name.
const NAME: usize = 64;

/// Whether a path in a package leads through the folder of a user.
pub(super) fn is_named_after_a_user(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let folders = parts.len().saturating_sub(1);
    (0..folders.saturating_sub(1)).any(|at| {
        // Sites call their first page home: deep down it is no folder of users.
        let is_home = HOMES.contains(&parts[at]) && (parts[at] != "home" || at <= 2);
        is_home && is_of_a_user(parts[at + 1].as_bytes())
    })
}

/// Whether a path stands in a text that leads through the folder of a user.
pub(super) fn names_a_user(octets: &[u8], kind: Text) -> bool {
    let (mut names, mut places) = (false, 0);
    ROOTS.each(octets, |_, range| {
        places += 1;
        // Each begins with the separator before the folder.
        names |= places <= MOST && !names && leads_to_a_user(octets, range.start + 1, range.end, kind);
    });
    names
}

static ROOTS: LazyLock<Finder> = LazyLock::new(|| Finder::of(&roots()));

/// A separator and one of [`HOMES`] behind it.
pub(super) fn roots() -> Vec<String> {
    HOMES.iter().flat_map(|home| [format!("/{home}"), format!("\\{home}")]).collect()
}

/// Whether the folder of users that stands at these octets leads to one.
pub(super) fn leads_to_a_user(octets: &[u8], start: usize, end: usize, kind: Text) -> bool {
    let (before, after) = (&octets[..start], &octets[end..]);
    let Some(after) = without_separators(after) else { return false };
    let closes = |octet: &u8| matches!(octet, b'/' | b'\\' | 0..=0x1F | b'"' | b'\'' | b'<'..=b'>' | b',' | b';' | b'|');
    let longest = &after[..after.len().min(NAME)];
    let Some(length) = longest.iter().position(closes) else { return false };
    let (name, behind) = after.split_at(length);
    if !is_of_a_user(name) {
        return false;
    }
    let Some(root) = before.strip_suffix(b"/").or_else(|| before.strip_suffix(b"\\")) else { return false };
    if is_drive(root) || root.ends_with(b"file://") || root.ends_with(b"file://localhost") {
        return true;
    }
    let opens = |octet: &u8| octet.is_ascii_whitespace() || b"\"'=([>,;|`".contains(octet);
    let is_root = before.ends_with(b"/") && root.last().is_none_or(opens);
    let Some(within) = without_separators(behind).filter(|_| is_root) else { return false };
    // Addresses of a site look the same.
    let is_known = WITHIN.iter().any(|folder| within.starts_with(folder.as_bytes()));
    let begins_a_name = within.first().is_some_and(|octet| !octet.is_ascii_whitespace() && !closes(octet));
    is_known || kind != Text::Page && begins_a_name
}

/// What follows one separator, or several as in JSON; `None` without one.
fn without_separators(octets: &[u8]) -> Option<&[u8]> {
    let count = octets.iter().take(4).take_while(|octet| matches!(octet, b'/' | b'\\')).count();
    (count > 0).then(|| &octets[count..])
}

/// Whether a text ends in `C:`, perhaps with one more separator behind it.
fn is_drive(root: &[u8]) -> bool {
    let root = root.strip_suffix(b"\\").unwrap_or(root);
    match root {
        [.., before, letter, b':'] => letter.is_ascii_alphabetic() && !before.is_ascii_alphanumeric(),
        [letter, b':'] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

fn is_of_a_user(name: &[u8]) -> bool {
    let is_word = name.iter().any(|octet| octet.is_ascii_alphanumeric() || !octet.is_ascii());
    // `%USERNAME%`, `{user}`, `$USER` stand for a name.
    let is_variable = name.iter().any(|octet| b"%{}$*".contains(octet));
    let shared = SHARED.iter().any(|shared| name.eq_ignore_ascii_case(shared.as_bytes()));
    is_word && !is_variable && !shared && !name.starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_users_in_the_path_of_a_document() {
        for path in [
            "data/Users/a.muster/Desktop/scan.jpg",
            "data/disk/C/Users/Anna Muster/scan.jpg",
            "data/home/anna/scan.jpg",
            "data/old/Documents and Settings/Anna/Desktop/scan.doc",
            "data/Users/آرش/عکس.jpg",
        ] {
            assert!(is_named_after_a_user(path), "{path}");
        }
        for path in [
            "",
            "data/scan.jpg",
            "data/Users/scan.jpg",
            "data/Users",
            "data/Users/Public/scan.jpg",
            "data/users/list/scan.jpg",
            "data/a/b/c/home/news/index.html",
            "data/home/index.html",
            "data/Users/%USERNAME%/a.txt",
        ] {
            assert!(!is_named_after_a_user(path), "{path}");
        }
    }

    #[test]
    fn paths_in_text() {
        for text in [
            r"opened C:\Users\anna\Desktop\list.xlsx",
            r"C:\Users\anna",
            r#"{"path": "D:\\Users\\anna\\a.txt"}"#,
            "file:///C:/Users/anna/a.html",
            "/home/anna/list.csv",
            "a,b\n\"/Users/anna/list.csv\",2",
            r"c:\Documents and Settings\Anna Muster\My Documents\a.doc",
        ] {
            let line = format!("{text}\n");
            assert!(names_a_user(line.as_bytes(), Text::Plain), "{text}");
        }
        for text in [
            "https://a.example/home/news/today",
            "https://a.example/Users/login/",
            "the home/work divide",
            "Users and groups",
            r"C:\Users\Public\a.txt",
            r"C:\Users\",
            "/home/",
            "/home/anna is a page",
            r"C:\Users\%USERNAME%\a.txt",
        ] {
            let line = format!("{text}\n");
            assert!(!names_a_user(line.as_bytes(), Text::Plain), "{text}");
        }
    }

    #[test]
    fn pages_have_addresses_that_look_like_paths() {
        let names = |text: &str| names_a_user(text.as_bytes(), Text::Page);
        assert!(!names("<a href=\"/home/news/today\">"));
        assert!(!names("<a href=\"/Users/login/x\">"));
        assert!(names("<img src=\"file:///home/anna/a.png\">"));
        assert!(names("<img src=\"/Users/anna/Desktop/a.png\">"));
    }

    #[test]
    fn utf_16_is_read_too() {
        let text = "\u{FEFF}C:\\Users\\anna\\a.txt\n";
        let octets: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(names_a_user(&super::super::readable(&octets), Text::Plain));
    }
}
