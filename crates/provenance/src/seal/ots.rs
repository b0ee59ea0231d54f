//! Proofs of OpenTimestamps: that a digest stood in a block of Bitcoin, as far as that shows without a network.

mod headers;
mod proof;

pub use headers::Headers;
pub use proof::{Attestation, Witness, read};

use super::vouch::{Broken, Scheme, Trust, Vouching};

/// Checks a proof (`.ots`) over `content`: one answer for each witness that it names, and there is at least one.
///
/// Whoever hands over the header of a block ([`Headers`]) has its time proven. Without it, the answer says what
/// Merkle root the block has to have, so that a person can look it up. A calendar's promise is only that:
/// `ots upgrade` fetches the proof once the block is there.
///
/// What agrees: `ots info NAME.ots`, which prints the same roots; and `ots verify -f FILE NAME.ots`, which asks a
/// Bitcoin node.
#[must_use]
pub fn verify(octets: &[u8], content: &[u8], headers: &Headers) -> Vec<Result<Vouching, Broken>> {
    match read(octets, content) {
        Ok(attestations) => attestations.iter().map(|it| judge(it, headers)).collect(),
        Err(broken) => vec![Err(broken)],
    }
}

fn judge(attestation: &Attestation, headers: &Headers) -> Result<Vouching, Broken> {
    let Some(commitment) = &attestation.commitment else {
        return Err(Broken::Unsupported(format!(
            "the way to {}: it leads over SHA-1 or RIPEMD-160, which are too weak",
            attestation.witness
        )));
    };
    let open = |key: String, claims: String| Vouching {
        scheme: Scheme::OpenTimestamps,
        key,
        claims: Some(claims),
        at: None,
        trust: Trust::Unknown,
    };
    let root = |chain: &str, height: u64| -> Result<[u8; 32], Broken> {
        commitment.as_slice().try_into().map_err(|_| {
            Broken::Unreadable(format!(
                "expected a Merkle root of 32 octets for block {height} of {chain}, found {}",
                commitment.len()
            ))
        })
    };
    match &attestation.witness {
        Witness::Bitcoin { height } => {
            let root = root("Bitcoin", *height)?;
            let shown = headers::shown(root);
            let Some(header) = headers.at(*height) else {
                return Ok(open(
                    shown.clone(),
                    format!("Bitcoin block {height}, if its Merkle root is {shown}"),
                ));
            };
            if header.merkle_root() != root {
                return Err(Broken::Mismatch(format!(
                    "block {height} of Bitcoin has the Merkle root {}, and the proof leads to {shown}",
                    headers::shown(header.merkle_root())
                )));
            }
            Ok(Vouching {
                at: Some(header.time()),
                trust: Trust::Known { who: format!("Bitcoin block {height}, {}", header.hash()) },
                ..open(shown, format!("Bitcoin block {height}"))
            })
        }
        Witness::Litecoin { height } => {
            let shown = headers::shown(root("Litecoin", *height)?);
            Ok(open(shown.clone(), format!("Litecoin block {height}, if its Merkle root is {shown}")))
        }
        other => Ok(open(base16ct::lower::encode_string(commitment), other.to_string())),
    }
}
