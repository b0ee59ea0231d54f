//! WARCs, record by record.

use fixity::{Algorithm, sum_of};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// A record with these fields; its length is stated rightly unless the fields state it.
pub fn record(fields: &[(&str, &str)], block: &[u8]) -> Vec<u8> {
    let mut octets = b"WARC/1.1\r\n".to_vec();
    for (name, value) in fields {
        octets.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    }
    if !fields.iter().any(|(name, _)| *name == "Content-Length") {
        octets.extend_from_slice(format!("Content-Length: {}\r\n", block.len()).as_bytes());
    }
    octets.extend_from_slice(b"\r\n");
    octets.extend_from_slice(block);
    octets.extend_from_slice(b"\r\n\r\n");
    octets
}

/// A response with these fields of HTTP, and with more fields of its own.
pub fn response(url: &str, http: &str, body: &[u8], more: &[(&str, &str)]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\n{http}\r\n");
    let block = [head.as_bytes(), body].concat();
    let fields = [
        ("WARC-Type", "response"),
        ("WARC-Record-ID", "<urn:uuid:0a1b2c3d-0000-4000-8000-000000000001>"),
        ("WARC-Target-URI", url),
        ("WARC-Date", "2023-07-06T11:14:02+02:00"),
        ("Content-Type", "application/http; msgtype=response"),
    ];
    record(&[&fields, more].concat(), &block)
}

/// A response of HTML.
pub fn page(url: &str, body: &str) -> Vec<u8> {
    response(url, "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes(), &[])
}

pub fn gzip(octets: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

/// Each record in a member of its own.
pub fn members(records: &[Vec<u8>]) -> Vec<u8> {
    records.iter().flat_map(|record| gzip(record)).collect()
}

/// `sha1:` and hexadecimal.
pub fn sha1(octets: &[u8]) -> String {
    format!("sha1:{}", sum_of(octets, &[Algorithm::Sha1]).digests[0])
}

/// A body in chunks of seven octets.
pub fn chunked(body: &[u8]) -> Vec<u8> {
    let chunk = |chunk: &[u8]| [format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat();
    let mut octets: Vec<u8> = body.chunks(7).flat_map(chunk).collect();
    octets.extend_from_slice(b"0\r\n\r\n");
    octets
}
