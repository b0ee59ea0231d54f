//! Who vouches, in words.

use crate::Context;
use crate::answer::{Answer, VoucherRow};
use crate::answer::{KNOWN, OUT_OF_TIME, REVOKED};

/// Each signature and timestamp on a line.
pub(super) fn vouched(answer: &Answer, context: &mut Context<'_>) {
    for row in &answer.vouchers {
        let line = if row.is_signature() { signature(row) } else { timestamp(row) };
        context.say(format_args!("  {line}"));
        context.say(format_args!("    {}, over {}", row.path, row.over));
    }
}

fn signature(row: &VoucherRow) -> String {
    let key = format!("{} key {}", row.scheme, row.key);
    let by = match row.trust.as_str() {
        KNOWN => format!("signed by {}, who is known ({key})", row.who.as_deref().unwrap_or_default()),
        REVOKED => format!("signed with a key that was revoked ({key})"),
        OUT_OF_TIME => format!(
            "signed with a key that was not valid then ({key}; {})",
            row.valid.as_deref().unwrap_or_default()
        ),
        _ => format!("signed by somebody who is not known ({key}{})", claimed(row)),
    };
    match (&row.since, &row.since_by, &row.at) {
        (Some(since), Some(who), _) => format!("{by}; it existed at {since}, as {who} says"),
        (_, _, Some(at)) => format!("{by}; at {at}, as the signer's clock claimed"),
        _ => format!("{by}; nothing proves since when"),
    }
}

fn timestamp(row: &VoucherRow) -> String {
    let what = if row.scheme == "opentimestamps" { "proof" } else { "timestamp" };
    match (row.trust.as_str(), &row.at) {
        (KNOWN, Some(at)) => {
            format!(
                "{what} of {at} by {}, who is known ({})",
                row.who.as_deref().unwrap_or_default(),
                row.scheme
            )
        }
        (REVOKED, _) => format!("{what} by an authority that was revoked ({}{})", row.scheme, claimed(row)),
        (OUT_OF_TIME, _) => {
            format!("{what} by an authority that was not valid then ({}{})", row.scheme, claimed(row))
        }
        (_, Some(at)) => format!(
            "{what} of {at}, as is claimed: its authority is not known ({} {}{})",
            row.scheme,
            row.key,
            claimed(row)
        ),
        _ => format!("{what} that proves no time here ({}{})", row.scheme, claimed(row)),
    }
}

fn claimed(row: &VoucherRow) -> String {
    row.claims.as_ref().map_or_else(String::new, |claims| format!("; it says of itself: {claims}"))
}

/// Why nobody vouches for a bundle that has signatures or timestamps.
pub(super) fn nobody(answer: &Answer) -> Option<&'static str> {
    let signatures = || answer.vouchers.iter().filter(|row| row.is_signature());
    if answer.vouchers.is_empty() || signatures().any(VoucherRow::is_known_signature) {
        return None;
    }
    let has = |trust: &str| signatures().any(|row| row.trust == trust);
    Some(if signatures().next().is_none() {
        "nobody has signed it: a timestamp says when it was, and not who vouches for it"
    } else if has(REVOKED) {
        "nobody vouches for it: a key that signed it was revoked, and nothing shows that the signature is older"
    } else if has(OUT_OF_TIME) {
        "nobody vouches for it: a key that signed it was not valid at the time that counts"
    } else {
        "nobody whom you said you know vouches for it: --allowed-signers FILE and --ca FILE say whom you know"
    })
}
