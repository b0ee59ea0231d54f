//! How much DER is looked at, before anything looks at it.
//!
//! The crate `der` sorts every SET that it reads by moving one element past another, so a long one of a hostile
//! file would cost its square; and it calls itself for what lies within.

use super::vouch::Broken;

/// Octets of a signature or timestamp, and of a private key; theirs are some thousand.
pub const LONGEST: usize = 1 << 20;
const DEEPEST: usize = 40;
/// Elements of one SET: attributes and signers come by the handful.
const WIDEST: usize = 128;

/// One DER value, from the first octet to the last, that can be read in bounded time.
///
/// # Errors
/// [`Broken::Unreadable`] if it is longer than [`LONGEST`], is not one value in lengths of definite form, or has
/// too much in too little.
pub(super) fn check(octets: &[u8]) -> Result<(), Broken> {
    if octets.len() > LONGEST {
        return Err(unreadable(format!("at most {LONGEST} octets"), &format!("{}", octets.len())));
    }
    // For each value that is open: where it ends, how many it may hold, how many it holds.
    let mut open = vec![(octets.len(), 1, 0_usize)];
    let mut at = 0;
    while let Some(last) = open.last_mut() {
        if at == last.0 {
            open.pop();
            continue;
        }
        last.2 += 1;
        if last.2 > last.1 {
            return Err(unreadable("values of DER by the handful".into(), &format!("more at octet {at}")));
        }
        let end = last.0;
        let (head, length) = head(octets.get(at..end).unwrap_or_default())
            .ok_or_else(|| unreadable("DER".into(), &format!("something else at octet {at}")))?;
        let tag = octets.get(at).copied().unwrap_or_default();
        at += head;
        if length > end - at {
            return Err(unreadable("DER".into(), &format!("a value that is cut off at octet {at}")));
        }
        if tag & 0x20 == 0 {
            at += length;
        } else if open.len() > DEEPEST {
            return Err(unreadable(
                "DER that is not nested".into(),
                &format!("depth {DEEPEST} at octet {at}"),
            ));
        } else {
            let most = if tag == 0x30 { usize::MAX } else { WIDEST };
            open.push((at + length, most, 0));
        }
    }
    Ok(())
}

/// Octets of tag and length, and the length; in the one form of DER.
fn head(octets: &[u8]) -> Option<(usize, usize)> {
    if octets.first()? & 0x1F == 0x1F {
        return None; // tags of many octets occur in nothing that is read here
    }
    match *octets.get(1)? {
        short @ 0..=0x7F => Some((2, usize::from(short))),
        long @ 0x81..=0x84 => {
            let count = usize::from(long & 0x7F);
            let length = octets.get(2..2 + count)?.iter().fold(0_usize, |sum, &b| sum << 8 | usize::from(b));
            (length >= 0x80 && length >> (8 * (count - 1)) != 0).then_some((2 + count, length))
        }
        _ => None,
    }
}

/// That something is not what its name says.
pub(super) fn unreadable(expected: String, found: &str) -> Broken {
    Broken::Unreadable(format!("expected {expected}, found {found}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_that_is_whole_passes() {
        check(&[0x30, 0x03, 0x02, 0x01, 0x05]).unwrap();
        for bad in [
            &[0x30, 0x03, 0x02, 0x01][..],
            &[0x30, 0x03, 0x02, 0x01, 0x05, 0x00],
            &[0x30, 0x80, 0x00, 0x00],
            &[0x30, 0x81, 0x03, 0x02, 0x01, 0x05],
            &[0x3F, 0x03, 0x02, 0x01, 0x05],
            &[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF],
        ] {
            assert!(matches!(check(bad), Err(Broken::Unreadable(_))), "{bad:02x?}");
        }
        check(&[]).unwrap(); // nothing to read: whoever reads it says so
    }

    #[test]
    fn sets_and_depth_have_an_end() {
        let mut wide = vec![0x31, 0x82, 0x01, 0x02];
        wide.resize(4 + 258, 0x05);
        for pair in wide[4..].chunks_mut(2) {
            pair[1] = 0;
        }
        assert!(check(&wide).is_err(), "129 elements");
        wide.truncate(4 + 256);
        wide[3] = 0;
        check(&wide).unwrap();

        let mut deep = Vec::new();
        for _ in 0..DEEPEST {
            let inner = std::mem::take(&mut deep);
            deep.extend([0x30, u8::try_from(inner.len()).unwrap()]);
            deep.extend(inner);
        }
        check(&deep).unwrap();
        let mut deeper = vec![0x30, u8::try_from(deep.len()).unwrap()];
        deeper.extend(&deep);
        assert!(check(&deeper).is_err());
        assert!(check(&vec![0; LONGEST + 1]).is_err());
    }
}
