//! What an authority signs (RFC 3161 §2.4.2): `TSTInfo`.

use crate::{
    Timestamp,
    seal::{bounds::unreadable, certificate::within, vouch::Broken},
};
use chrono::{DateTime, NaiveDate};
use der::{
    Reader, Tag, TagNumber, Tagged,
    asn1::{AnyRef, IntRef, ObjectIdentifier, UintRef},
};
use x509_cert::{ext::Extensions, spki::AlgorithmIdentifierOwned};

pub(super) const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// A digest and what it was made with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MessageImprint {
    pub algorithm: AlgorithmIdentifierOwned,
    pub digest: Vec<u8>,
}

/// The content of a token.
pub(super) struct Info {
    pub imprint: MessageImprint,
    pub policy: ObjectIdentifier,
    pub serial: Vec<u8>,
    pub at: Timestamp,
    /// In microseconds.
    pub accuracy: Option<u64>,
    pub nonce: Option<Vec<u8>>,
}

impl Info {
    /// # Errors
    /// [`Broken::Unreadable`] if it is none; [`Broken::Unsupported`] if it has an extension that has to be known.
    pub(super) fn read(octets: &[u8]) -> Result<Self, Broken> {
        crate::seal::bounds::check(octets)?;
        let not_one = |error: &der::Error| {
            unreadable("the content of a timestamp (TSTInfo)".into(), &error.to_string())
        };
        let mut reader = within(octets).map_err(|error| not_one(&error))?;
        let (info, time, critical) = parts(&mut reader).map_err(|error| not_one(&error))?;
        if let Some(critical) = critical {
            return Err(Broken::Unsupported(format!(
                "the extension {critical} of a timestamp has to be known"
            )));
        }
        let at = instant(&time).ok_or_else(|| {
            unreadable(
                "a time in UTC (RFC 3161 §2.4.2)".into(),
                &format!("{:?}", String::from_utf8_lossy(&time)),
            )
        })?;
        Ok(Self { at, ..info })
    }

    pub(super) fn is_over(&self, content: &[u8]) -> Result<(), Broken> {
        self.imprint.is_of(content)
    }
}

/// Everything of it; its time as text; and an extension that is critical.
fn parts<'a>(reader: &mut der::SliceReader<'a>) -> der::Result<(Info, Vec<u8>, Option<ObjectIdentifier>)> {
    let version: u8 = reader.decode()?;
    if version != 1 {
        return Err(Tag::Integer.value_error());
    }
    let policy = reader.decode()?;
    let imprint = MessageImprint::read(reader.tlv_bytes()?)?;
    let serial = reader.decode::<IntRef>()?.as_bytes().to_vec();
    let time: AnyRef = reader.decode()?;
    time.tag().assert_eq(Tag::GeneralizedTime)?;
    let at = crate::seal::certificate::at_second(0); // put right by whoever called
    let mut info = Info { imprint, policy, serial, at, accuracy: None, nonce: None };
    let next = |reader: &der::SliceReader<'a>| {
        if reader.is_finished() { Ok(None) } else { reader.peek_tag().map(Some) }
    };
    if next(reader)? == Some(Tag::Sequence) {
        info.accuracy = Some(accuracy(reader.tlv_bytes()?)?);
    }
    if next(reader)? == Some(Tag::Boolean) {
        let _ordering: bool = reader.decode()?;
    }
    if next(reader)? == Some(Tag::Integer) {
        info.nonce = Some(reader.decode::<UintRef>()?.as_bytes().to_vec());
    }
    if next(reader)? == Some(Tag::ContextSpecific { constructed: true, number: TagNumber::N0 }) {
        let _authority: AnyRef = reader.decode()?; // its name is that of its certificate, which is looked at
    }
    let extensions = reader.context_specific::<Extensions>(TagNumber::N1, der::TagMode::Implicit)?;
    let critical = extensions.into_iter().flatten().find(|it| it.critical).map(|it| it.extn_id);
    if !reader.is_finished() {
        return Err(Tag::Sequence.value_error());
    }
    Ok((info, time.value().to_vec(), critical))
}

/// `Accuracy ::= SEQUENCE { seconds INTEGER, millis [0] INTEGER (1..999), micros [1] INTEGER (1..999) }`, all optional.
fn accuracy(octets: &[u8]) -> der::Result<u64> {
    let mut reader = within(octets)?;
    let mut micros = 0;
    if !reader.is_finished() && reader.peek_tag()? == Tag::Integer {
        micros += u64::from(reader.decode::<u32>()?) * 1_000_000;
    }
    for (number, worth) in [(TagNumber::N0, 1000), (TagNumber::N1, 1)] {
        if let Some(part) = reader.context_specific::<u16>(number, der::TagMode::Implicit)? {
            if !(1..=999).contains(&part) {
                return Err(Tag::Integer.value_error());
            }
            micros += u64::from(part) * worth;
        }
    }
    reader.finish(micros)
}

/// `YYYYMMDDhhmmss[.fraction]Z`; the fraction does not end in 0. Digits behind the ninth are left away.
fn instant(text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (whole, fraction) =
        text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    if whole.len() != 14 || !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |from: usize, to: usize| whole.get(from..to)?.parse::<u32>().ok();
    let nanos = match fraction {
        None => 0,
        Some(digits) => {
            if digits.is_empty() || digits.ends_with('0') || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            let nine: String = digits.chars().chain("000000000".chars()).take(9).collect();
            nine.parse().ok()?
        }
    };
    let date = NaiveDate::from_ymd_opt(i32::try_from(part(0, 4)?).ok()?, part(4, 6)?, part(6, 8)?)?;
    let at = date.and_hms_nano_opt(part(8, 10)?, part(10, 12)?, part(12, 14)?, nanos)?.and_utc();
    if at < DateTime::UNIX_EPOCH {
        return None;
    }
    Timestamp::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_utc_and_may_have_a_fraction() {
        for (text, expected) in [
            ("20231123001122Z", Some("2023-11-23T00:11:22Z")),
            ("20231123001122.5Z", Some("2023-11-23T00:11:22.500Z")),
            ("20231123001122.1234567891Z", Some("2023-11-23T00:11:22.123456789Z")),
            ("20231123001122.50Z", None),
            ("20231123001122.Z", None),
            ("20231123001122", None),
            ("20231123001122+0100", None),
            ("202311230011Z", None),
            ("20231323001122Z", None),
            ("20231123001160Z", None),
            ("19691231235959Z", None),
            ("+0231123001122Z", None),
        ] {
            assert_eq!(instant(text.as_bytes()).map(|at| at.to_string()).as_deref(), expected, "{text}");
        }
    }
}
