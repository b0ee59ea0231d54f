//! Hosts of the reader's own machine and network, told from their text alone.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Last labels that no public name has: RFC 6761, RFC 6762, RFC 8375, and those kept free by ICANN.
const LOCAL_LABELS: [&str; 9] =
    ["corp", "home", "internal", "intranet", "lan", "local", "localdomain", "localhost", "private"];

/// How a host is one of the reader's own; `Err` if it is none at all. Where the scheme looks no
/// host up, as `s3:` with its buckets, a single label is nothing special.
pub(super) fn local_host(host: &str, is_looked_up: bool) -> Result<Option<String>, &'static str> {
    if let Some(inner) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let address: Ipv6Addr = inner.parse().map_err(|_| "has brackets around what is no IPv6 address")?;
        let found = is_local_v6(address).then(|| format!("leads to {address}, in the reader's own network"));
        return Ok(found);
    }
    if host.contains('%') {
        return Ok(Some("hides its host behind percent codes".into()));
    }
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    if ends_in_number(&name) {
        let readings = [ipv4(&name, true), ipv4(&name, false)];
        if readings == [None, None] {
            return Err("has a number as host that is no IPv4 address");
        }
        let found = readings.into_iter().flatten().find(|&address| is_local_v4(address));
        return Ok(found.map(|address| format!("leads to {address}, in the reader's own network")));
    }
    let mut labels = name.rsplit('.');
    let last = labels.next().unwrap_or_default();
    let is_local = LOCAL_LABELS.contains(&last) || name == "home.arpa" || name.ends_with(".home.arpa");
    if is_local && (is_looked_up || last == "localhost") || is_looked_up && labels.next().is_none() {
        return Ok(Some(format!("leads to `{name}`, a name in the reader's own network")));
    }
    Ok(None)
}

/// Whether programs take a host for an IPv4 address (WHATWG URL, "ends in a number").
fn ends_in_number(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or(host);
    !last.is_empty() && last.bytes().all(|octet| octet.is_ascii_digit()) || number(last, true).is_some()
}

/// The address that programs read out of one to four numbers, decimal, octal or hexadecimal, the
/// last as wide as is left (WHATWG URL, "IPv4 parser"). Some take a leading zero for nothing.
fn ipv4(host: &str, zero_is_octal: bool) -> Option<Ipv4Addr> {
    let parts: Vec<&str> = host.split('.').collect();
    let (last, first) = parts.split_last()?;
    let mut address = 0;
    for part in first.iter().take(4) {
        address = address << 8 | number(part, zero_is_octal).filter(|&octet| octet < 256)?;
    }
    let bits = 32_u32.checked_sub(8 * u32::try_from(first.len()).ok()?).filter(|&bits| bits >= 8)?;
    let tail = number(last, zero_is_octal).filter(|&tail| tail < 1 << bits)?;
    Some(Ipv4Addr::from(u32::try_from(address << bits | tail).ok()?))
}

/// One number of an IPv4 address; text is in lower case.
fn number(text: &str, zero_is_octal: bool) -> Option<u64> {
    match (text.strip_prefix("0x"), text.strip_prefix('0')) {
        (Some(""), _) => Some(0),
        (Some(digits), _) if !digits.starts_with('+') => u64::from_str_radix(digits, 16).ok(),
        (None, Some(digits)) if zero_is_octal && !digits.is_empty() && !digits.starts_with('+') => {
            u64::from_str_radix(digits, 8).ok()
        }
        _ if text.starts_with('+') => None,
        _ => text.parse().ok(),
    }
}

/// Whether an address cannot be reached from everywhere (IANA's registry of special addresses): then
/// it can only be one of the reader's own network.
fn is_local_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    a == 0
        || a >= 224
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || (a == 100 && b & 0xC0 == 64)
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && b & 0xFE == 18)
}

fn is_local_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| is_local_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)));
    match segments {
        // IPv4 in other clothes: mapped, translated, 6to4.
        [0, 0, 0, 0, 0, 0xFFFF, high, low]
        | [0x64, 0xFF9B, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => embedded(high, low),
        // Protocols of the IETF, with Teredo; documentation.
        [0x2001, 0..=0x1FF | 0xDB8, ..] | [0x3FFF, 0..=0xFFF, ..] => true,
        // All else that is reached from everywhere lies in 2000::/3.
        [first, ..] => first & 0xE000 != 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_spelling_of_an_ipv4_address_is_judged_alike(octets: [u8; 4]) {
            let address = Ipv4Addr::from(octets);
            let [a, b, c, d] = octets;
            let number = u32::from(address);
            let spellings = [
                format!("{address}"),
                format!("{number}"),
                format!("0x{number:X}"),
                format!("{a:#x}.{b:#x}.{c:#x}.{d:#x}"),
                format!("{a}.{}", number & 0xFF_FFFF),
                format!("{a}.{b}.{}", number & 0xFFFF),
            ];
            for host in spellings {
                let found = local_host(&host, true).unwrap();
                prop_assert_eq!(found.is_some(), is_local_v4(address), "{} {:?}", host, found);
            }
        }
    }
}
