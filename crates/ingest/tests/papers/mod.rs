//! Writers of small documents, for tests: PDF in three forms, ZIP, compound files. Every person in
//! them is invented.
#![allow(dead_code, missing_docs, reason = "not every test uses every writer")]

use ingest::FormatIdentifier;
use ingest::describe::ContentDescriber;
use provenance::Identifier;
use provenance::description::{Describer, Description, Look, RemarkKind};
use std::io::{Cursor, Write};

/// Describes a document that is identified by its content.
pub fn describe(name: &str, octets: &[u8]) -> Description {
    let format = FormatIdentifier.identify(name, octets, octets.len() as u64);
    ContentDescriber.describe(&Look::whole(name, &format, octets))
}

pub fn title(description: &Description) -> &str {
    description.title.as_ref().map_or("", |title| &title.value)
}

pub fn creators(description: &Description) -> Vec<&str> {
    description.creators.iter().map(|creator| creator.value.as_str()).collect()
}

pub fn language(description: &Description) -> &str {
    description.language.as_ref().map_or("", |language| &language.value)
}

pub fn sensitive(description: &Description) -> Vec<&str> {
    remarks(description, RemarkKind::Sensitive)
}

pub fn given_up(description: &Description) -> Vec<&str> {
    remarks(description, RemarkKind::GivenUp)
}

fn remarks(description: &Description, kind: RemarkKind) -> Vec<&str> {
    description.remarks.iter().filter(|remark| remark.kind == kind).map(|remark| &*remark.detail).collect()
}

/// A PDF that is being written. Its root is object 1.
#[derive(Clone, Default)]
pub struct Pdf {
    objects: Vec<(u32, Vec<u8>)>,
    pub trailer: String,
}

impl Pdf {
    /// With so many pages, of which the even ones show text; objects 2 to 9 but 2 are free for use.
    pub fn with_pages(pages: u32, content: impl Fn(u32) -> String) -> Self {
        let mut pdf = Self::default();
        let kids = (0..pages).map(|page| format!("{} 0 R", 100 + page * 2)).collect::<Vec<_>>().join(" ");
        pdf.object(1, "<</Type/Catalog/Pages 2 0 R/Lang(en-GB)/Metadata 3 0 R>>");
        pdf.object(2, &format!("<</Type/Pages/Count {pages}/Kids[{kids}]/Resources<</Font<</F1 9 0 R>>>>>>"));
        pdf.object(9, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
        for page in 0..pages {
            let number = 100 + page * 2;
            pdf.object(
                number,
                &format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {} 0 R>>", number + 1),
            );
            pdf.folded(number + 1, "", content(page).as_bytes());
        }
        pdf
    }

    pub fn object(&mut self, number: u32, value: &str) -> &mut Self {
        self.objects.retain(|(found, _)| *found != number);
        self.objects.push((number, value.as_bytes().to_vec()));
        self
    }

    /// A stream as it is.
    pub fn stream(&mut self, number: u32, keys: &str, content: &[u8]) -> &mut Self {
        let head = format!("<<{keys}/Length {}>>\nstream\n", content.len());
        self.objects.retain(|(found, _)| *found != number);
        self.objects.push((number, [head.as_bytes(), content, b"\nendstream"].concat()));
        self
    }

    /// A stream that is deflated.
    pub fn folded(&mut self, number: u32, keys: &str, content: &[u8]) -> &mut Self {
        self.stream(number, &format!("{keys}/Filter/FlateDecode"), &deflated(content))
    }

    /// With a cross-reference table.
    pub fn with_table(&self) -> Vec<u8> {
        let mut out = b"%PDF-1.4\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut offsets = Vec::new();
        for (number, value) in &self.objects {
            offsets.push((*number, out.len()));
            out.extend([format!("{number} 0 obj\n").as_bytes(), value, b"\nendobj\n"].concat());
        }
        let start = out.len();
        offsets.sort_unstable();
        out.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, offset) in &offsets {
            out.extend(format!("{number} 1\n{offset:010} 00000 n \n").bytes());
        }
        let size = offsets.last().map_or(0, |(number, _)| number + 1);
        let trailer =
            format!("trailer\n<</Size {size}/Root 1 0 R{}>>\nstartxref\n{start}\n%%EOF\n", self.trailer);
        out.extend(trailer.bytes());
        out
    }

    /// With objects in a stream, and a cross-reference stream with the predictor that most use.
    pub fn with_streams(&self) -> Vec<u8> {
        let is_stream = |value: &[u8]| value.ends_with(b"endstream");
        let plain: Vec<_> = self.objects.iter().filter(|(_, value)| !is_stream(value)).collect();
        let (mut index, mut body) = (String::new(), Vec::new());
        for (number, value) in &plain {
            index.extend([number.to_string(), " ".into(), body.len().to_string(), " ".into()]);
            body.extend([value.as_slice(), b"\n"].concat());
        }
        let mut out = b"%PDF-1.5\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut rows: Vec<(u32, [u8; 6])> = Vec::new();
        let row = |kind: u8, second: usize, third: usize| {
            let [_, _, _, _, a, b, c, d] = (second as u64).to_be_bytes();
            [kind, a, b, c, d, u8::try_from(third).unwrap()]
        };
        let mut streams = self.clone();
        streams.objects.retain(|(_, value)| is_stream(value));
        let keys = format!("/Type/ObjStm/N {}/First {}", plain.len(), index.len());
        streams.folded(9_000, &keys, &[index.as_bytes(), &body].concat());
        for (number, value) in &streams.objects {
            rows.push((*number, row(1, out.len(), 0)));
            out.extend([format!("{number} 0 obj\n").as_bytes(), value, b"\nendobj\n"].concat());
        }
        rows.extend(plain.iter().enumerate().map(|(at, (number, _))| (*number, row(2, 9_000, at))));
        rows.push((9_001, row(1, out.len(), 0)));
        rows.sort_unstable();
        let index = rows.iter().map(|(number, _)| format!("{number} 1")).collect::<Vec<_>>().join(" ");
        let (mut predicted, mut above) = (Vec::new(), [0; 6]);
        for (_, row) in &rows {
            predicted.push(2);
            predicted.extend(row.iter().zip(above).map(|(octet, above)| octet.wrapping_sub(above)));
            above = *row;
        }
        let start = out.len();
        let packed = deflated(&predicted);
        let head = format!(
            "9001 0 obj\n<</Type/XRef/Size 9002/Root 1 0 R{}/W[1 4 1]/Index[{index}]/Filter/FlateDecode\
             /DecodeParms<</Predictor 12/Columns 6>>/Length {}>>\nstream\r\n",
            self.trailer,
            packed.len()
        );
        out.extend([head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat());
        out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        out
    }

    /// Its objects and nothing that says where they are.
    pub fn without_reference(&self) -> Vec<u8> {
        let whole = self.with_table();
        let end = whole.windows(5).rposition(|found| found == b"xref\n").unwrap();
        let table = whole[..end].windows(5).rposition(|found| found == b"xref\n");
        whole[..table.unwrap_or(end)].to_vec()
    }
}

pub fn deflated(octets: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

/// A ZIP of these entries; the one that is called `mimetype` is stored.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        let method = if *name == "mimetype" {
            zip::CompressionMethod::Stored
        } else {
            zip::CompressionMethod::Deflated
        };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A compound file of these streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (path, content) in streams {
        if let Some((storage, _)) = path.rsplit_once('/') {
            file.create_storage_all(storage).unwrap();
        }
        file.create_stream(path).unwrap().write_all(content).unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A value of a property set.
pub enum Value<'a> {
    Narrow(&'a [u8]),
    Number(u32),
    CodePage(u16),
    /// Seconds since 1970.
    Moment(i64),
    Picture,
}

/// A property set of one section (MS-OLEPS 2.20 and 2.21).
pub fn property_set(properties: &[(u32, Value<'_>)]) -> Vec<u8> {
    let (mut index, mut values) = (Vec::new(), Vec::new());
    let start = 8 + properties.len() * 8;
    for (id, value) in properties {
        let offset = u32::try_from(start + values.len()).unwrap();
        index.extend([id.to_le_bytes(), offset.to_le_bytes()].concat());
        match value {
            Value::Narrow(text) => {
                values.extend(30_u32.to_le_bytes());
                values.extend(u32::try_from(text.len() + 1).unwrap().to_le_bytes());
                values.extend([text, &b"\0\0\0\0"[..4 - text.len() % 4]].concat());
            }
            Value::Number(number) => values.extend([3_u32.to_le_bytes(), number.to_le_bytes()].concat()),
            Value::CodePage(page) => {
                values.extend(2_u32.to_le_bytes());
                values.extend(u32::from(*page).to_le_bytes());
            }
            Value::Moment(seconds) => {
                values.extend(64_u32.to_le_bytes());
                values.extend(filetime(*seconds).to_le_bytes());
            }
            Value::Picture => values.extend([71_u32.to_le_bytes(), 4_u32.to_le_bytes(), [0; 4]].concat()),
        }
    }
    let mut set = [0xFE, 0xFF, 0, 0, 0, 0, 0, 0].to_vec();
    set.extend([0; 16]);
    set.extend(1_u32.to_le_bytes());
    set.extend([0; 16]);
    set.extend(48_u32.to_le_bytes());
    set.extend(u32::try_from(start + values.len()).unwrap().to_le_bytes());
    set.extend(u32::try_from(properties.len()).unwrap().to_le_bytes());
    [set, index, values].concat()
}

/// Seconds since 1970 as a `FILETIME`.
pub fn filetime(seconds: i64) -> u64 {
    u64::try_from(seconds + 11_644_473_600).unwrap() * 10_000_000
}
