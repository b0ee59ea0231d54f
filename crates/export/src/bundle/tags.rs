//! The tag files of a bundle.

use super::Order;
use super::descriptions::DescriptionTable;
use super::events::{Events, Recorded};
use super::formats::FormatTable;
use super::given::Laid;
use super::mentions::MentionTally;
use crate::Result;
use crate::checked::Checked;
use crate::error::passed_on;
use crate::format::{FORMAT_VERSION, PROFILE};
use crate::sheet::{CAPTURE, DESCRIBED, Description, Row, SUGGESTED, SheetWriter, item_id};
use bagit::info;
use bagit::package::Package;
use fixity::manifest::write_line;
use fixity::{Algorithm, Digest, Oxum, Sum, SumTable, hex_of, sum_of};
use provenance::{Timestamp, name};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// How to read and check a bundle without fonds, but for its algorithms.
const FORMAT_TEXT: &str = include_str!("../format.txt");

/// Checks a bundle without fonds: it is in every bundle.
pub(crate) const VERIFIER: &str = include_str!("../verify.py");

/// What stands there of `mentions.csv`, where it is.
const MENTIONS_TEXT: &str =
    "  metadata/mentions.csv    persons, organisations, quotations, dates, places and events
                           that the documents mention, as a machine read them: suggestions
                           that nobody has looked at. start and end count characters of the
                           document's text (of a web page: of its source), from 0
";

/// Octets of manifest text gathered before they are written on.
const BUFFER_OCTETS: usize = 64 << 10;

/// Writes tag files, and remembers what they summed to.
pub(super) struct Tags<'a> {
    order: &'a Order<'a>,
    top: &'a str,
    payload: Oxum,
    /// The bundle's algorithms, and SHA-256 for the seal.
    summed_by: Vec<Algorithm>,
    written: Vec<(String, Sum)>,
}

/// A tag manifest that is to be written.
pub(super) struct TagManifest {
    pub(super) path: String,
    algorithm: Algorithm,
    text: Vec<u8>,
    /// By its own algorithm, and SHA-256.
    pub(super) sum: Sum,
}

impl<'a> Tags<'a> {
    pub(super) fn new(order: &'a Order<'a>, top: &'a str, payload: Oxum) -> Self {
        let summed_by = order.summed_by();
        Self { order, top, payload, summed_by, written: Vec::new() }
    }

    /// Writes one tag file.
    pub(super) fn put<P: Package>(
        &mut self,
        package: &mut P,
        path: &str,
        mut text: impl FnMut(&Self, &mut dyn Write) -> io::Result<()>,
    ) -> Result<()> {
        let sum = package.put_tag(path, &self.summed_by, &mut |out| text(self, out))?;
        self.written.push((path.to_owned(), sum));
        Ok(())
    }

    /// What was written, with its sums.
    pub(super) fn written(&self) -> &[(String, Sum)] {
        &self.written
    }

    /// A tag manifest by each algorithm over all that was written.
    pub(super) fn tag_manifests(&self) -> Vec<TagManifest> {
        let manifest = |&algorithm: &Algorithm| {
            let mut text = Vec::new();
            for (path, sum) in &self.written {
                if let Some(digest) = sum.digest(algorithm) {
                    write_line(&mut text, digest, path);
                }
            }
            let sum = sum_of(&text, &self.summed_by);
            TagManifest { path: format!("tagmanifest-{algorithm}.txt"), algorithm, text, sum }
        };
        self.order.algorithms.iter().map(manifest).collect()
    }

    /// What the bundle is called, in `bag-info.txt` and in its root.
    pub(super) fn identifier(&self) -> &str {
        self.order.identifier_of_bag.unwrap_or(self.top)
    }

    /// Text of `bag-info.txt`.
    pub(super) fn bag_info(&self) -> String {
        let by = self.order.by;
        let mut elements: Vec<(&str, String)> = Vec::new();
        elements.extend(self.order.organization.map(|name| ("Source-Organization", name.to_owned())));
        elements.push(("External-Identifier", self.identifier().to_owned()));
        elements.push(("Bagging-Date", by.at.format("%Y-%m-%d").to_string()));
        elements.push(("Bag-Size", human_size(self.payload.octets)));
        elements.push(("Payload-Oxum", self.payload.to_string()));
        elements.push(("Bag-Software-Agent", by.software.clone()));
        elements.push(("BagIt-Profile-Identifier", PROFILE.to_owned()));
        elements.push(("Fonds-Format", FORMAT_VERSION.to_owned()));
        // So that a seal that was taken away is missed.
        elements.push(("Fonds-Seal", provenance::seal::root::LABEL.to_owned()));
        info::write(&elements)
    }

    /// Text of `metadata/FORMAT.txt`: how to read and check this very bundle without fonds.
    pub(super) fn format_text(&self) -> String {
        let mut names = String::new();
        let mut checks = String::new();
        for algorithm in self.order.algorithms {
            let file = format!("manifest-{algorithm}.txt");
            let _ = writeln!(names, "  {file:<24} the {algorithm} digest of every document");
            let _ = writeln!(checks, "       {algorithm}sum -c {file}\n       {algorithm}sum -c tag{file}");
        }
        let mentions = self.order.describer.filter(|describer| describer.mentions());
        let mentions = mentions.map_or("", |_| MENTIONS_TEXT);
        FORMAT_TEXT
            .replace("{mentions}\n", mentions)
            .replace("{manifests}\n", &names)
            .replace("{checks}\n", &checks)
    }

    /// Text of a payload manifest.
    pub(super) fn manifest(
        &self,
        algorithm: Algorithm,
        sums: &SumTable,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut text = Vec::with_capacity(BUFFER_OCTETS + 4096);
        for (file, item) in self.order.accession.items.iter().enumerate() {
            if let Some(digest) = sums.digest(file, algorithm) {
                write_line(&mut text, &digest, item.path.as_str());
            }
            if text.len() >= BUFFER_OCTETS {
                out.write_all(&text)?;
                text.clear();
            }
        }
        out.write_all(&text)
    }

    /// Text of `manifest.csv`.
    pub(super) fn sheet(
        &self,
        sums: &SumTable,
        formats: &FormatTable,
        descriptions: &DescriptionTable,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut sheet = SheetWriter::new(out).map_err(passed_on)?;
        for (file, item) in self.order.accession.items.iter().enumerate() {
            let format = formats.get(file);
            let (mut room256, mut room512) = ([0; 64], [0; 128]);
            let sha256 = sums.digest(file, Algorithm::Sha256);
            let sha512 = sums.digest(file, Algorithm::Sha512);
            let mut described = [""; DESCRIBED];
            described[..SUGGESTED].copy_from_slice(&descriptions.values(file));
            let capture = descriptions.capture(file, &self.order.accession.items);
            described[CAPTURE] = &capture;
            let laid = Laid::over(&described, &item.given);
            if let Some(laid) = &laid {
                laid.put(&mut described);
            }
            let format_basis = [format.basis, descriptions.format_detail(file)];
            let path = item.path.as_str();
            let received = match &item.received_as {
                Some(raw) => name::escape(raw),
                None => name::escape(path.strip_prefix("data/").unwrap_or(path).as_bytes()),
            };
            sheet
                .row(&Row {
                    item_id: item_id(path).as_str(),
                    path,
                    original_name: &received,
                    size_octets: Some(item.size_octets),
                    sha256: sha256.as_ref().map(|digest| hex_of(digest.octets(), &mut room256)),
                    sha512: sha512.as_ref().map(|digest| hex_of(digest.octets(), &mut room512)),
                    modified: item.modified.filter(|&at| Timestamp::try_from(at).is_ok()),
                    media_type: format.media_type,
                    puid: format.puid,
                    format_basis: &joined(format_basis),
                    description: Description::of(&described),
                })
                .map_err(passed_on)?;
        }
        sheet.finish().map_err(passed_on)?;
        Ok(())
    }

    /// Text of `events.csv`; answers what was recorded.
    pub(super) fn events(
        &self,
        sums: &SumTable,
        checked: &Checked,
        formats: &FormatTable,
        descriptions: &DescriptionTable,
        mentioned: Option<&MentionTally>,
        out: &mut dyn Write,
    ) -> io::Result<Recorded> {
        let mut ledger = Events::new(self.order, out)?;
        ledger.arrivals()?;
        ledger.appraisal()?;
        ledger.names()?;
        ledger.ingestion(sums)?;
        ledger.digests(self.payload)?;
        ledger.fixity(checked)?;
        ledger.formats(self.payload, formats)?;
        ledger.descriptions(self.payload, descriptions, mentioned)?;
        ledger.given()?;
        ledger.package()
    }
}

/// Writes the tag manifests; answers their digests, each by its own algorithm.
pub(super) fn put_tag_manifests<P: Package>(
    package: &mut P,
    manifests: Vec<TagManifest>,
) -> Result<Vec<(String, String)>> {
    let mut digests = Vec::new();
    for TagManifest { path, algorithm, text, sum } in manifests {
        package.put_tag(&path, &[], &mut |out| out.write_all(&text))?;
        let own = sum.digest(algorithm).map(Digest::to_string);
        digests.push((path, own.unwrap_or_default()));
    }
    Ok(digests)
}

/// Which signal told a format, and what more is known of it.
fn joined(basis: [&str; 2]) -> Cow<'_, str> {
    match basis {
        [only, ""] | ["", only] => only.into(),
        [signal, detail] => format!("{signal}; {detail}").into(),
    }
}

/// A size for people: decimal units, one digit after the point.
pub(crate) fn human_size(octets: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if octets < 1000 {
        return format!("{octets} B");
    }
    let (mut whole, mut unit) = (u128::from(octets) * 10 / 1000, 0);
    while whole >= 10_000 && unit + 1 < UNITS.len() {
        whole /= 1000;
        unit += 1;
    }
    format!("{}.{} {}", whole / 10, whole % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::{human_size, joined};

    #[test]
    fn a_format_is_told_by_a_signal_and_more() {
        assert_eq!(joined(["signature", "12 pages"]), "signature; 12 pages");
        assert_eq!(
            [joined(["signature", ""]), joined(["", "12 pages"]), joined(["", ""])],
            ["signature", "12 pages", ""]
        );
    }

    #[test]
    fn sizes_are_for_people() {
        let sizes = [0, 999, 1000, 12_345, 999_999, 1_000_000, 4_294_967_296, u64::MAX];
        let texts = ["0 B", "999 B", "1.0 kB", "12.3 kB", "999.9 kB", "1.0 MB", "4.2 GB", "18.4 EB"];
        assert_eq!(sizes.map(human_size), texts);
    }
}
