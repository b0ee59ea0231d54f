//! Extended headers of pax: records `LENGTH KEY=VALUE` and LF.
//!
//! They are cut by their lengths, as a value may hold LF; the crate `tar` cuts at LF.

use chrono::{DateTime, Utc};

/// What an extended header says of the entry behind it.
#[derive(Debug, Default)]
pub(super) struct Pax {
    pub(super) path: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    pub(super) modified: Option<DateTime<Utc>>,
    pub(super) is_sparse: bool,
    /// The name and size of a sparse file when it is filled up.
    pub(super) sparse_name: Option<Vec<u8>>,
    pub(super) sparse_size: Option<u64>,
}

impl Pax {
    /// Reads the header of one entry; `Err` says in words on what readers would not agree.
    pub(super) fn of_entry(text: &[u8]) -> Result<Self, String> {
        let mut pax = Self::default();
        let mut link = None;
        for (key, value) in records(text)? {
            match key {
                b"path" => once(&mut pax.path, value.to_vec(), "path")?,
                b"linkpath" => once(&mut link, value.to_vec(), "linkpath")?,
                b"size" => once(&mut pax.size, number(value).ok_or("a size that is no number")?, "size")?,
                b"mtime" => pax.modified = time(value),
                b"GNU.sparse.name" => once(&mut pax.sparse_name, value.to_vec(), "name")?,
                b"GNU.sparse.realsize" | b"GNU.sparse.size" => {
                    let size = number(value).ok_or("a size that is no number")?;
                    once(&mut pax.sparse_size, size, "size")?;
                }
                _ => {}
            }
            pax.is_sparse |= key.starts_with(b"GNU.sparse.");
        }
        if pax.path.as_ref().is_some_and(Vec::is_empty) {
            return Err("an empty path".to_owned());
        }
        Ok(pax)
    }

    /// Looks at a header that is for all entries behind it: what is about one entry has no place there.
    pub(super) fn check_global(text: &[u8]) -> Result<(), String> {
        for (key, _) in records(text)? {
            let is_of_one = matches!(key, b"path" | b"linkpath" | b"size" | b"hdrcharset");
            if is_of_one || key.starts_with(b"GNU.sparse.") {
                return Err(format!("`{}` for all entries", String::from_utf8_lossy(key)));
            }
        }
        Ok(())
    }
}

fn once<T: PartialEq>(place: &mut Option<T>, value: T, what: &str) -> Result<(), String> {
    match place.replace(value) {
        earlier if earlier.is_none() || earlier == *place => Ok(()),
        _ => Err(format!("two of `{what}` for one entry")),
    }
}

type Record<'a> = (&'a [u8], &'a [u8]);

fn records(mut text: &[u8]) -> Result<Vec<Record<'_>>, String> {
    let mut records = Vec::new();
    while !text.is_empty() {
        let (record, rest) = cut(text).ok_or("a record of another form than `LENGTH KEY=VALUE`")?;
        records.push(record);
        text = rest;
    }
    Ok(records)
}

fn cut(text: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let digits = text.iter().position(|&octet| octet == b' ')?;
    let length = usize::try_from(number(&text[..digits])?).ok()?;
    let (record, rest) = text.split_at_checked(length)?;
    let record = record.get(digits + 1..)?.strip_suffix(b"\n")?;
    let equals = record.iter().position(|&octet| octet == b'=').filter(|&equals| equals > 0)?;
    Some(((&record[..equals], &record[equals + 1..]), rest))
}

fn number(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value: u64 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (value <= i64::MAX.cast_unsigned()).then_some(value)
}

/// Seconds since 1970 with a fraction.
fn time(value: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(value).ok()?;
    let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_before = seconds.starts_with('-');
    let whole: i64 = seconds.parse().ok()?;
    if !fraction.bytes().all(|octet| octet.is_ascii_digit()) {
        return None;
    }
    let nanoseconds: u32 = format!("{fraction:0<9.9}").parse().ok()?;
    match (is_before, nanoseconds) {
        (true, 1..) => DateTime::from_timestamp(whole.checked_sub(1)?, 1_000_000_000 - nanoseconds),
        _ => DateTime::from_timestamp(whole, nanoseconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_cut_by_their_lengths() {
        let pax =
            Pax::of_entry(b"12 path=a\nb\n13 size=1234\n25 SCHILY.xattr.a=\n=\n\0bc\n20 mtime=1500000.25\n");
        let pax = pax.unwrap();
        assert_eq!(pax.path.as_deref(), Some(&b"a\nb"[..]));
        assert_eq!(pax.size, Some(1234));
        assert_eq!(pax.modified, DateTime::from_timestamp(1_500_000, 250_000_000));
        assert_eq!(time(b"-1.5"), DateTime::from_timestamp(-2, 500_000_000));
    }

    #[test]
    fn what_readers_would_not_agree_on_is_refused() {
        for text in [
            &b"0 path=a\n"[..],
            b"11 path=a\n",
            b"8 path=a\n",
            b"9 path=a\0",
            b"9 path=a\n\0",
            b"99999999999999999999 path=a\n",
            b"x",
            b"9 path=a\n9 path=b\n",
            b"8 path=\n",
            b"9 size=x\n",
            b"5 =a\n",
            b"6 abc\n",
        ] {
            assert!(Pax::of_entry(text).is_err(), "{:?}", String::from_utf8_lossy(text));
        }
        assert!(Pax::check_global(b"13 comment=x\n").is_ok());
        assert!(Pax::check_global(b"9 path=a\n").is_err());
    }
}
