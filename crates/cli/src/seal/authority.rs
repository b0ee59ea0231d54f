//! Asking a time-stamping authority over the network: the one place in which fonds reaches out, and only where
//! an address was given. It sends a digest and nothing else.

use std::io::Read;
use std::time::Duration;

/// How long an authority may take in all.
const PATIENCE: Duration = Duration::from_mins(1);
/// Octets of the longest answer.
const MOST_OCTETS: u64 = 1 << 20;

/// Sends a request (RFC 3161 §3.4), and gives the answer as it came.
pub(super) fn ask(address: &str, request: &[u8]) -> Result<Vec<u8>, String> {
    let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(3);
    let agent: ureq::Agent = config.user_agent(crate::SOFTWARE).build().into();
    let answer = agent
        .post(address)
        .header("Content-Type", "application/timestamp-query")
        .header("Accept", "application/timestamp-reply")
        .send(request)
        .map_err(|error| error.to_string())?;
    let mut octets = Vec::new();
    let mut body = answer.into_body().into_reader().take(MOST_OCTETS + 1);
    body.read_to_end(&mut octets).map_err(|error| error.to_string())?;
    if octets.len() as u64 > MOST_OCTETS {
        return Err(format!("expected an answer of at most {MOST_OCTETS} octets, found more"));
    }
    Ok(octets)
}

/// Only addresses that are asked over HTTP.
pub(super) fn parse(address: &str) -> Result<String, String> {
    let is_http = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    let is_plain = address.bytes().all(|octet| octet.is_ascii_graphic());
    if is_http && is_plain {
        Ok(address.to_owned())
    } else {
        Err("expected an address that begins with http:// or https://".to_owned())
    }
}
