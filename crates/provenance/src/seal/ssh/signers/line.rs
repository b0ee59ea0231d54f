//! One line of the list: `PRINCIPALS [OPTIONS] KIND KEY`.

use super::super::public::{PublicKey, is_certificate, is_kind};
use super::moment::{Moment, against};
use super::pattern;
use crate::Timestamp;
use crate::name::excerpt;

/// Who may sign with which key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Patterns of names, as they stand there.
    pub principals: String,
    /// It signs certificates, and no documents.
    pub authority: bool,
    /// The key.
    pub key: PublicKey,
    options: Options,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Options {
    authority: bool,
    namespaces: Option<String>,
    after: Option<Moment>,
    before: Option<Moment>,
}

impl Signer {
    /// Reads a line that is neither empty nor a comment.
    pub fn read(line: &str) -> Result<Self, String> {
        let (principals, rest) = principals(line)?;
        if is_kind(principals) {
            return Err("expected names before the key, found a key first".to_owned());
        }
        if principals.is_empty() || principals.split(',').any(|name| name.trim_start_matches('!').is_empty())
        {
            return Err(format!(
                "expected names before the key, found \"{}\"",
                excerpt(principals.as_bytes())
            ));
        }
        // A kind of key has no `=`, and stands before base64; whatever else comes first is options.
        let first = rest.split_ascii_whitespace().next().unwrap_or_default();
        let (options, key) = if is_kind(first) { ("", rest) } else { split_options(rest)? };
        let options = Options::read(options)?;
        if is_certificate(key.split_ascii_whitespace().next().unwrap_or_default()) {
            return Err("expected a plain key, found a certificate; list its authority with cert-authority"
                .to_owned());
        }
        let key = PublicKey::line(key)?;
        Ok(Self { principals: principals.to_owned(), authority: options.authority, key, options })
    }

    /// Whether the key may be used for something.
    pub fn is_for(&self, namespace: &str) -> bool {
        self.options.namespaces.as_ref().is_none_or(|list| pattern::matches(list, namespace))
    }

    /// Whether the key was valid, in whatever time zone its limits are meant; if not, when it is.
    pub fn in_time(&self, at: Option<Timestamp>) -> Result<(), String> {
        let Options { after, before, .. } = self.options;
        let fits = match at {
            Some(at) => {
                after.is_none_or(|after| after.latest <= at)
                    && before.is_none_or(|before| at <= before.earliest)
            }
            None => after.is_none() && before.is_none(),
        };
        if fits {
            return Ok(());
        }
        let after = after.map(|it| format!(" from {}", it.latest)).unwrap_or_default();
        let before = before.map(|it| format!(" until {}", it.earliest)).unwrap_or_default();
        Err(format!("the key is valid{after}{before}{}", against(at)))
    }
}

/// The first field, which may stand in quotes.
fn principals(line: &str) -> Result<(&str, &str), String> {
    let (field, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').ok_or("expected a second quote behind the names")?,
        None => line.split_once([' ', '\t']).unwrap_or((line, "")),
    };
    Ok((field, rest.trim_ascii()))
}

/// Options end at the first blank outside of quotes.
fn split_options(text: &str) -> Result<(&str, &str), String> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, octet) in text.bytes().enumerate() {
        match octet {
            b'"' if !escaped => quoted = !quoted,
            b' ' | b'\t' if !quoted => {
                let (options, key) = text.split_at(at);
                return Ok((options, key.trim_ascii()));
            }
            _ => {}
        }
        escaped = octet == b'\\' && !escaped;
    }
    Err(if quoted {
        "expected a second quote in the options".to_owned()
    } else {
        format!("expected a kind of key and a key, found \"{}\"", excerpt(text.as_bytes()))
    })
}

impl Options {
    fn read(mut text: &str) -> Result<Self, String> {
        let mut options = Self::default();
        while !text.is_empty() {
            let (name, value, rest) = one_option(text)?;
            let twice = match (&*name.to_ascii_lowercase(), value) {
                ("cert-authority", None) => std::mem::replace(&mut options.authority, true),
                ("namespaces", Some(list)) => options.namespaces.replace(list.to_owned()).is_some(),
                ("valid-after", Some(time)) => options.after.replace(moment(name, time)?).is_some(),
                ("valid-before", Some(time)) => options.before.replace(moment(name, time)?).is_some(),
                _ => {
                    return Err(format!(
                        "expected cert-authority, namespaces=\"…\", valid-after=\"…\" or valid-before=\"…\", \
                         found \"{}\"",
                        excerpt(name.as_bytes())
                    ));
                }
            };
            if twice {
                return Err(format!("expected {} once, found it twice", excerpt(name.as_bytes())));
            }
            text = match rest.strip_prefix(',') {
                Some("") => return Err("expected an option behind the last comma".to_owned()),
                Some(rest) => rest,
                None if rest.is_empty() => rest,
                None => {
                    return Err(format!(
                        "expected a comma between options, found \"{}\"",
                        excerpt(rest.as_bytes())
                    ));
                }
            };
        }
        if let (Some(after), Some(before)) = (options.after, options.before)
            && after.earliest >= before.earliest
        {
            return Err("expected valid-after to be earlier than valid-before".to_owned());
        }
        Ok(options)
    }
}

/// The name of the first option, its value, and what is behind it.
fn one_option(text: &str) -> Result<(&str, Option<&str>, &str), String> {
    let end = text.find(['=', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some(value) = rest.strip_prefix('=') else { return Ok((name, None, rest)) };
    let quoted = value
        .strip_prefix('"')
        .and_then(|value| value.split_once('"'))
        .ok_or_else(|| format!("expected {}=\"…\" with quotes", excerpt(name.as_bytes())))?;
    if quoted.0.contains('\\') {
        return Err(format!("expected no backslash in {}", excerpt(name.as_bytes())));
    }
    Ok((name, Some(quoted.0), quoted.1))
}

fn moment(name: &str, time: &str) -> Result<Moment, String> {
    Moment::read(time).ok_or_else(|| {
        format!(
            "expected a time such as 20230706Z or 202307060914Z in {}, found \"{}\"",
            excerpt(name.as_bytes()),
            excerpt(time.as_bytes())
        )
    })
}
