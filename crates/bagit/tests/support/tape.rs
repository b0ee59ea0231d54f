//! TARs made block by block, so that they can be wrong in any way.

#![allow(dead_code, reason = "not every test needs all of it")]

/// One header and what stands behind it.
#[derive(Clone)]
pub struct Entry {
    pub header: [u8; 512],
    pub content: Vec<u8>,
    /// Whether the header's sum is made when it is written.
    pub is_summed: bool,
}

impl Entry {
    /// A file or, with another type, something else; as ustar has it.
    pub fn new(kind: u8, name: &str, content: &[u8]) -> Self {
        let mut entry = Self { header: [0; 512], content: content.to_vec(), is_summed: true };
        entry.put(0, name.as_bytes());
        entry.put(100, b"0000644\0");
        entry.put(108, b"0000000\0");
        entry.put(116, b"0000000\0");
        entry.size(content.len() as u64);
        entry.put(136, b"14000000000\0");
        entry.header[156] = kind;
        entry.put(257, b"ustar\x0000");
        entry
    }

    pub fn file(name: &str, content: &[u8]) -> Self {
        Self::new(b'0', name, content)
    }

    /// An extended header of pax.
    pub fn pax(kind: u8, records: &[(&str, &str)]) -> Self {
        let text: String = records.iter().map(|(key, value)| record(key, value)).collect();
        Self::new(kind, "PaxHeaders/x", text.as_bytes())
    }

    pub fn put(&mut self, at: usize, octets: &[u8]) {
        self.header[at..at + octets.len()].copy_from_slice(octets);
    }

    pub fn size(&mut self, size: u64) {
        self.put(124, format!("{size:011o}\0").as_bytes());
    }

    fn write(&self, out: &mut Vec<u8>) {
        let mut header = self.header;
        if self.is_summed {
            header[148..156].fill(b' ');
            let sum: u32 = header.iter().map(|&octet| u32::from(octet)).sum();
            header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        }
        out.extend_from_slice(&header);
        out.extend_from_slice(&self.content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
}

fn record(key: &str, value: &str) -> String {
    let rest = key.len() + value.len() + 3;
    let digits = (1..9).find(|digits| (rest + digits).to_string().len() == *digits).unwrap();
    format!("{} {key}={value}\n", rest + digits)
}

/// The entries without an end.
pub fn endless(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in entries {
        entry.write(&mut out);
    }
    out
}

/// The entries and the end.
pub fn tar_of(entries: &[Entry]) -> Vec<u8> {
    let mut out = endless(entries);
    out.resize(out.len() + 1024, 0);
    out
}
