//! The head of a record: version and named fields (WARC 1.1, clause 4 and 5).

use std::io::{self, BufRead};

/// Octets of a head, of a record or of HTTP; longer ones are none.
pub(super) const LONGEST: usize = 256 << 10;
/// Fields of a head.
const MOST_FIELDS: usize = 1_000;

/// The version line and named fields of a record, or of what was transferred by HTTP.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The first line.
    pub(super) first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// Reads a head to the blank line behind it; `None` if it is longer than any, or ends before.
    pub(super) fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut text = Vec::new();
        loop {
            let begins = text.len();
            loop {
                let ahead = reader.fill_buf()?;
                if ahead.is_empty() || text.len() > LONGEST {
                    return Ok(None);
                }
                let (octets, ended) = match memchr::memchr(b'\n', ahead) {
                    Some(at) => (at + 1, true),
                    None => (ahead.len(), false),
                };
                text.extend_from_slice(&ahead[..octets]);
                reader.consume(octets);
                if ended {
                    break;
                }
            }
            if matches!(&text[begins..], b"\n" | b"\r\n") {
                return Ok(Some(Self::parse(&String::from_utf8_lossy(&text[..begins]))));
            }
        }
    }

    fn parse(text: &str) -> Self {
        let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let first = lines.next().unwrap_or_default().to_owned();
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines {
            match line.split_once(':') {
                // A line that begins with white space goes on with the field before it.
                _ if line.starts_with([' ', '\t']) => {
                    if let Some((_, value)) = fields.last_mut() {
                        value.push(' ');
                        value.push_str(line.trim());
                    }
                }
                Some((name, value)) if fields.len() < MOST_FIELDS => {
                    fields.push((name.trim_end().to_owned(), value.trim().to_owned()));
                }
                _ => {}
            }
        }
        Self { first, fields }
    }

    /// The value of the first field of that name, in any case; `None` too if it is empty.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let named = self.fields.iter().filter(|(found, _)| found.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str()).find(|value| !value.is_empty())
    }

    /// The values of all fields of that name.
    pub(super) fn fields<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a str> {
        let named = self.fields.iter().filter(move |(found, _)| found.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}
