//! The bag declaration `bagit.txt` (RFC 8493 §2.1.1).

/// Text of the declaration of every bag that fonds writes.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// What a bag declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The version, as written: `1.0`.
    pub version: String,
    /// The encoding of the other tag files, as written.
    pub encoding: String,
    /// How the writing departs from the form that RFC 8493 gives, where an earlier version, or
    /// common usage, lets that pass.
    pub oddity: Option<String>,
}

/// Reads a declaration; `Err` says in words how it departs from the standard.
///
/// # Errors
/// What was expected and found.
pub fn parse(text: &[u8]) -> Result<Declaration, String> {
    if text.starts_with(b"\xEF\xBB\xBF") {
        return Err("expected no byte order mark, found one".into());
    }
    let text = std::str::from_utf8(text).map_err(|_| "expected UTF-8, found other octets".to_owned())?;
    let lines: Vec<&[u8]> = fixity::manifest::lines(text.as_bytes()).take(MOST_LINES).collect();
    let [first, second] = lines[..] else {
        let more = if lines.len() == MOST_LINES { " or more" } else { "" };
        return Err(format!("expected exactly two lines, found {}{more}", lines.len()));
    };
    let version = value(first, "BagIt-Version")?;
    let encoding = value(second, "Tag-File-Character-Encoding")?;
    let numbers = version.text.split_once('.').map(|(major, minor)| [major, minor]);
    if !numbers
        .is_some_and(|parts| parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit())))
    {
        return Err(format!("expected a version of the form M.N, found `{}`", excerpt(&version.text)));
    }
    let is_strict = crate::Version::named(&version.text).is_strict();
    let spaced = [&version, &encoding].into_iter().find(|value| value.is_spaced);
    if let (true, Some(spaced)) = (is_strict, spaced) {
        return Err(expected(spaced.label, spaced.line));
    }
    let odd = [&version, &encoding].into_iter().find(|value| value.is_spaced || value.is_recased);
    let oddity = odd.map(|value| expected(value.label, value.line));
    Ok(Declaration { version: version.text, encoding: encoding.text, oddity })
}

/// More lines than these need not be counted.
const MOST_LINES: usize = 1000;

/// One of the two values, and how its line is written.
struct Value<'a> {
    text: String,
    label: &'static str,
    line: &'a [u8],
    /// Other white space than one space after the colon.
    is_spaced: bool,
    /// The label in other letters.
    is_recased: bool,
}

fn value<'a>(line: &'a [u8], label: &'static str) -> Result<Value<'a>, String> {
    let problem = || expected(label, line);
    let text = std::str::from_utf8(line).map_err(|_| problem())?;
    let (found, rest) = text.split_once(':').ok_or_else(problem)?;
    let bare = rest.trim_matches([' ', '\t']);
    let plain = found.trim_end_matches([' ', '\t']);
    if !plain.eq_ignore_ascii_case(label) || bare.is_empty() || bare.contains(char::is_whitespace) {
        return Err(problem());
    }
    let is_spaced = plain != found || rest.strip_prefix(' ') != Some(bare);
    Ok(Value { text: bare.to_owned(), label, line, is_spaced, is_recased: plain != label })
}

fn expected(label: &str, line: &[u8]) -> String {
    format!("expected a line `{label}: VALUE`, found `{}`", excerpt(&String::from_utf8_lossy(line)))
}

/// As much of a line as a message needs.
fn excerpt(line: &str) -> String {
    line.chars().take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_is_read_back() {
        let read = parse(DECLARATION.as_bytes()).unwrap();
        assert_eq!((read.version.as_str(), read.encoding.as_str()), ("1.0", "UTF-8"));
    }

    #[test]
    fn what_earlier_versions_let_pass_is_an_oddity() {
        for text in [
            "BagIt-Version : 0.97\nTag-File-Character-Encoding:UTF-8\n",
            "BagIt-Version:   0.96\r\nTag-File-Character-Encoding: UTF-8 \r\n",
            "BagIt-version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        ] {
            assert!(parse(text.as_bytes()).unwrap().oddity.is_some(), "{text}");
        }
        assert_eq!(parse(DECLARATION.as_bytes()).unwrap().oddity, None);
    }

    #[test]
    fn departures_are_named() {
        for text in [
            &b""[..],
            b"BagIt-Version: 1.0\n",
            b"BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n",
            b"Tag-File-Character-Encoding: UTF-8\nBagIt-Version: 1.0\n",
            b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nX: y\n",
            b"\xEF\xBB\xBFBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            b"BagIt-Version: one\nTag-File-Character-Encoding: UTF-8\n",
        ] {
            assert!(parse(text).is_err(), "{}", String::from_utf8_lossy(text));
        }
    }
}
