//! Paths that name who sat at a computer.

/// What a path tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Path {
    /// That it lies on some computer, or on a server of some network.
    OfComputer,
    /// The name of an account.
    OfUser,
}

/// Octets of a text that are looked at.
const LONGEST: usize = 4 << 20;

/// Folders in which accounts have theirs, in lower case with slashes.
const HOMES: [&str; 4] = ["/users/", "/home/", "/documents and settings/", "/documents%20and%20settings/"];

/// Accounts that every computer has.
const EVERYBODY: [&str; 9] = [
    "public",
    "all users",
    "all%20users",
    "default",
    "default user",
    "shared",
    "administrator",
    "user",
    "username",
];

/// The most that paths anywhere in a text tell.
pub(super) fn of_paths(text: &str) -> Option<Path> {
    let text = text[..text.floor_char_boundary(LONGEST)].to_ascii_lowercase().replace('\\', "/");
    if HOMES.iter().any(|home| text.match_indices(home).any(|(at, _)| is_home(&text, at, home))) {
        return Some(Path::OfUser);
    }
    let is_computer =
        text.contains("file:///") || text.contains("file://") || has_drive(&text) || text.starts_with("//");
    is_computer.then_some(Path::OfComputer)
}

/// Whether this is the beginning of a path on a computer, and an account follows.
fn is_home(text: &str, at: usize, home: &str) -> bool {
    let before = &text[..at];
    let begins = before.is_empty()
        || before.ends_with([':', '"', '\'', '>', ' ', '(', '=', '|', '\n', '\0'])
        || before.ends_with("file://")
        || before.ends_with("file://localhost");
    let account = text[at + home.len()..].split(['/', '"', '\'', '<', '\0']).next().unwrap_or_default();
    begins && !account.trim().is_empty() && !EVERYBODY.contains(&account.trim())
}

/// Whether `c:/` stands somewhere where no longer word ends.
fn has_drive(text: &str) -> bool {
    text.match_indices(":/").any(|(at, _)| {
        let mut before = text[..at].bytes().rev();
        let letter = before.next().is_some_and(|octet| octet.is_ascii_lowercase());
        letter && !before.next().is_some_and(|octet| octet.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_are_found_in_paths() {
        for text in [
            "C:\\Users\\somebody\\AppData\\Normal.dotm",
            "file:///C:/Users/somebody/a.docx",
            "/home/somebody/a.odt",
            "file:///home/somebody",
            "/Users/somebody/Desktop",
            "Target=\"file:///D:\\Documents%20and%20Settings\\somebody\\a\"",
        ] {
            assert_eq!(of_paths(text), Some(Path::OfUser), "{text}");
        }
        for text in [
            "file:///D:/jobs/a.dot",
            "D:\\work\\a.dot",
            "\\\\server\\share\\a.dot",
            "C:\\Users\\Public\\a.dot",
        ] {
            assert_eq!(of_paths(text), Some(Path::OfComputer), "{text}");
        }
        for text in [
            "https://a.example/users/12",
            "https://a.example/home/river",
            "Normal.dotm",
            "../a/home/b",
            "http://a.example/",
            "x",
        ] {
            assert_eq!(of_paths(text), None, "{text}");
        }
    }
}
