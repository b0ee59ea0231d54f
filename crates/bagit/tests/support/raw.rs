//! ZIPs made octet by octet, so that they can be wrong in any way.

/// One entry as both of its headers tell it, unless `local_name` says otherwise.
#[derive(Clone)]
pub struct Raw {
    pub name: Vec<u8>,
    /// The name in the local header, where that is another.
    pub local_name: Option<Vec<u8>>,
    pub flags: u16,
    pub method: u16,
    pub crc32: u32,
    /// The size before compression.
    pub size: u32,
    /// What stands in the archive, and how much of it is said to be content.
    pub kept: Vec<u8>,
    /// The 64-bit extra field of both headers: size, compressed size.
    pub wide: Option<[u64; 2]>,
    /// Unix mode.
    pub mode: u32,
}

impl Raw {
    /// A stored file.
    pub fn stored(name: &str, content: &[u8]) -> Self {
        Self {
            name: name.into(),
            local_name: None,
            flags: 0x0800,
            method: 0,
            crc32: fixity::sum_of(content, &[]).crc32,
            size: u32::try_from(content.len()).unwrap(),
            kept: content.to_vec(),
            wide: None,
            mode: 0o100_644,
        }
    }

    fn shared(&self, name: &[u8], extra: usize, out: &mut Vec<u8>) {
        let full = self.wide.is_some().then_some(u32::MAX);
        put(out, 45_u32, 2);
        put(out, self.flags, 2);
        put(out, self.method, 2);
        put(out, 0x6000_u32, 2);
        put(out, 0x11D4_u32, 2);
        put(out, self.crc32, 4);
        put(out, full.unwrap_or(u32::try_from(self.kept.len()).unwrap()), 4);
        put(out, full.unwrap_or(self.size), 4);
        put(out, name.len() as u64, 2);
        put(out, extra as u64, 2);
    }

    fn extra(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if let Some(wide) = self.wide {
            put(&mut out, 1_u32, 2);
            put(&mut out, 16_u32, 2);
            for value in wide {
                put(&mut out, value, 8);
            }
        }
        out
    }
}

fn put(out: &mut Vec<u8>, value: impl Into<u64>, width: usize) {
    out.extend_from_slice(&value.into().to_le_bytes()[..width]);
}

/// The archive of these entries, one after the other.
pub fn zip_of(entries: &[Raw]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let (offset, extra) = (out.len(), entry.extra());
        let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);
        out.extend_from_slice(b"PK\x03\x04");
        entry.shared(local_name, extra.len(), &mut out);
        for part in [local_name, &extra, &entry.kept] {
            out.extend_from_slice(part);
        }
        directory.extend_from_slice(b"PK\x01\x02");
        put(&mut directory, 0x0314_u32, 2);
        entry.shared(&entry.name, extra.len(), &mut directory);
        put(&mut directory, 0_u32, 2 + 2 + 2);
        put(&mut directory, entry.mode << 16, 4);
        put(&mut directory, offset as u64, 4);
        directory.extend_from_slice(&entry.name);
        directory.extend_from_slice(&extra);
    }
    let begin = out.len();
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06");
    put(&mut out, 0_u32, 4);
    put(&mut out, entries.len() as u64, 2);
    put(&mut out, entries.len() as u64, 2);
    put(&mut out, directory.len() as u64, 4);
    put(&mut out, begin as u64, 4);
    put(&mut out, 0_u32, 2);
    out
}
