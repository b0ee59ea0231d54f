//! ZIPs made octet by octet, so that they can be wrong in any way.

/// One entry as both of its headers tell it, unless `local` says otherwise.
#[derive(Clone, Default)]
pub struct Raw {
    pub name: Vec<u8>,
    /// The version of the format that is asked for.
    pub version: u16,
    /// What the local header says, where that is something else.
    pub local: Option<Box<Raw>>,
    pub flags: u16,
    pub method: u16,
    pub crc32: u32,
    /// The size before compression.
    pub size: u32,
    /// What stands in the archive.
    pub kept: Vec<u8>,
    /// How much of it is said to be content, where that is not all.
    pub compressed: Option<u32>,
    /// The 64-bit extra field of both headers: size, compressed size.
    pub wide: Option<[u64; 2]>,
    /// Further extra fields.
    pub extra: Vec<u8>,
    /// Unix mode, and the attributes of DOS.
    pub mode: u32,
    pub dos: u32,
    pub disk: u16,
    /// What stands before the local header, and behind the content.
    pub before: Vec<u8>,
    pub behind: Vec<u8>,
}

impl Raw {
    /// A stored file.
    pub fn stored(name: &str, content: &[u8]) -> Self {
        Self {
            name: name.into(),
            version: 45,
            flags: 0x0800,
            crc32: fixity::sum_of(content, &[]).crc32,
            size: u32::try_from(content.len()).unwrap(),
            kept: content.to_vec(),
            mode: 0o100_644,
            ..Self::default()
        }
    }

    /// A directory; its name ends in a slash.
    pub fn directory(name: &str) -> Self {
        Self { mode: 0o040_755, dos: 0x10, ..Self::stored(name, b"") }
    }

    /// Lets the local header say something else.
    pub fn locally(mut self, change: impl FnOnce(&mut Self)) -> Self {
        let mut local = self.clone();
        change(&mut local);
        self.local = Some(Box::new(local));
        self
    }

    /// Sizes and CRC-32 are left out of the local header, and `behind` stands behind the content.
    pub fn described(mut self, behind: &[u8]) -> Self {
        self.flags |= 8;
        self.behind = behind.to_vec();
        self.locally(|local| (local.crc32, local.size, local.compressed) = (0, 0, Some(0)))
    }

    fn shared(&self, out: &mut Vec<u8>) {
        let full = self.wide.is_some().then_some(u32::MAX);
        let compressed = self.compressed.unwrap_or_else(|| u32::try_from(self.kept.len()).unwrap());
        put(out, self.version, 2);
        put(out, self.flags, 2);
        put(out, self.method, 2);
        put(out, 0x6000_u32, 2);
        put(out, 0x11D4_u32, 2);
        put(out, self.crc32, 4);
        put(out, full.unwrap_or(compressed), 4);
        put(out, full.unwrap_or(self.size), 4);
        put(out, self.name.len() as u64, 2);
        put(out, self.all_extra().len() as u64, 2);
    }

    fn all_extra(&self) -> Vec<u8> {
        let wide = self.wide.map(|wide| field(1, &wide.map(u64::to_le_bytes).concat()));
        [wide.unwrap_or_default(), self.extra.clone()].concat()
    }

    fn put_local(&self, out: &mut Vec<u8>) {
        let local = self.local.as_deref().unwrap_or(self);
        out.extend_from_slice(b"PK\x03\x04");
        local.shared(out);
        for part in [&local.name, &local.all_extra(), &self.kept, &self.behind] {
            out.extend_from_slice(part);
        }
    }

    fn put_central(&self, offset: u64, out: &mut Vec<u8>) {
        out.extend_from_slice(b"PK\x01\x02");
        put(out, 0x0314_u32, 2);
        self.shared(out);
        put(out, 0_u32, 2);
        put(out, self.disk, 2);
        put(out, 0_u32, 2);
        put(out, self.mode << 16 | self.dos, 4);
        put(out, offset, 4);
        out.extend_from_slice(&self.name);
        out.extend_from_slice(&self.all_extra());
    }
}

fn put(out: &mut Vec<u8>, value: impl Into<u64>, width: usize) {
    out.extend_from_slice(&value.into().to_le_bytes()[..width]);
}

/// One extra field.
pub fn field(id: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap();
    [&id.to_le_bytes(), &length.to_le_bytes(), content].concat()
}

/// An archive in parts, each of which can be wrong.
#[derive(Clone)]
pub struct Parts {
    /// Local headers and contents.
    pub entries: Vec<u8>,
    pub directory: Vec<u8>,
    /// What stands between the central directory and the end record.
    pub before_end: Vec<u8>,
    /// What the end record says: disk, disk of the central directory, entries on this disk,
    /// entries, octets and offset of the central directory.
    pub end: [u64; 6],
    pub comment: Vec<u8>,
}

impl Parts {
    /// These entries, one after the other.
    pub fn of(entries: &[Raw]) -> Self {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for entry in entries {
            out.extend_from_slice(&entry.before);
            let offset = out.len() as u64;
            entry.put_local(&mut out);
            entry.put_central(offset, &mut directory);
        }
        let count = entries.len() as u64;
        let end = [0, 0, count, count, directory.len() as u64, out.len() as u64];
        Self { entries: out, directory, before_end: Vec::new(), end, comment: Vec::new() }
    }

    /// Puts the 64-bit records before the end record; it says `numbers`, and that it is at `at`.
    pub fn widened(mut self, numbers: [u64; 6], at: u64) -> Self {
        let out = &mut self.before_end;
        out.extend_from_slice(b"PK\x06\x06");
        put(out, 44_u32, 8);
        put(out, 0x032D_002D_u32, 4);
        for (value, width) in numbers.into_iter().zip([4, 4, 8, 8, 8, 8]) {
            put(out, value, width);
        }
        out.extend_from_slice(b"PK\x06\x07");
        put(out, 0_u32, 4);
        put(out, at, 8);
        put(out, 1_u32, 4);
        self
    }

    /// The archive.
    pub fn octets(&self) -> Vec<u8> {
        let mut out = [&*self.entries, &self.directory, &self.before_end, b"PK\x05\x06"].concat();
        for (value, width) in self.end.into_iter().zip([2, 2, 2, 2, 4, 4]) {
            put(&mut out, value, width);
        }
        put(&mut out, self.comment.len() as u64, 2);
        out.extend_from_slice(&self.comment);
        out
    }
}

/// The archive of these entries, one after the other.
pub fn zip_of(entries: &[Raw]) -> Vec<u8> {
    Parts::of(entries).octets()
}
