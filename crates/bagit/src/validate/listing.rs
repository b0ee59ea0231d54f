//! The lines of one manifest.

use super::Bag;
use super::lines::{LONGEST_LINE, Line, each_line};
use super::manifest::{Doubtful, Manifest, Missing, named};
use super::resolve::{How, Resolver};
use super::text::unreadable_text;
use crate::encoding::TagEncoding;
use crate::finding::{Code, E210, E301, E302, E303, E304, E307, Finding, W306, W308};
use crate::{Findings, Report, Version};
use fixity::PayloadPath;
use fixity::manifest::{LineProblem, ManifestLine, Oddity, parse_line, write_line};
use std::collections::btree_map::Entry;

/// Reads one manifest to its end.
pub(super) fn read_one(
    bag: &Bag<'_>,
    resolver: &Resolver<'_>,
    file: usize,
    manifest: Manifest,
    report: &mut Report,
) -> Manifest {
    let Some(stream) = bag.open_text(file, bag.encoding, report) else {
        return manifest.unread();
    };
    let mut reading = Lines {
        bag,
        resolver,
        manifest,
        findings: &mut report.findings,
        pending: None,
        number: 0,
        next: 0,
        last: None,
    };
    let read = each_line(stream, |line| reading.take(line));
    reading.tell();
    if let Err(error) = read {
        reading.manifest.is_whole = false;
        reading.findings.extend(unreadable_text(bag.encoding, &bag.entry(file).path, &error));
    }
    // fonds writes UTF-8 only.
    reading.manifest.is_canonical &= bag.encoding == TagEncoding::Utf8;
    reading.manifest
}

/// Takes the lines of one manifest.
struct Lines<'a> {
    bag: &'a Bag<'a>,
    resolver: &'a Resolver<'a>,
    manifest: Manifest,
    findings: &'a mut Findings,
    /// What was noted last, and of which lines: a million equal lines are one finding.
    pending: Option<Pending>,
    number: usize,
    /// File number that is probably listed next: manifests are mostly in order.
    next: usize,
    last: Option<PayloadPath>,
}

struct Pending {
    code: &'static Code,
    message: String,
    first: usize,
    last: usize,
    /// The message is that of the first line only.
    is_mixed: bool,
}

impl Lines<'_> {
    fn note(&mut self, code: &'static Code, message: impl Into<String>) {
        let message = message.into();
        match &mut self.pending {
            // What else stands in place of lines need not be told one by one.
            Some(pending)
                if pending.code == code
                    && pending.last + 1 == self.number
                    && (pending.message == message || code == &E301) =>
            {
                pending.last = self.number;
                pending.is_mixed |= pending.message != message;
            }
            _ => {
                self.tell();
                self.pending =
                    Some(Pending { code, message, first: self.number, last: self.number, is_mixed: false });
            }
        }
    }

    /// Makes a finding of what is pending.
    fn tell(&mut self) {
        let Some(Pending { code, message, first, last, is_mixed }) = self.pending.take() else {
            return;
        };
        let message = if first == last {
            format!("line {first}: {message}")
        } else {
            let others = if is_mixed { " in the first of them, and the like in the others" } else { "" };
            format!("lines {first} to {last}: {message}{others}")
        };
        self.findings.push(Finding::new(code, self.manifest.name.as_str(), message));
    }

    fn take(&mut self, line: Line<'_>) {
        self.number += 1;
        let Line::Whole(mut line, end) = line else {
            return self.note(&E301, format!("expected at most {LONGEST_LINE} octets, found more"));
        };
        if self.number == 1 && line.starts_with(b"\xEF\xBB\xBF") {
            self.note(&E210, "expected no byte order mark, found one");
            line = &line[3..];
        }
        let read = match parse_line(line, self.manifest.algorithm, self.bag.version.decoding()) {
            Ok(read) => read,
            Err(LineProblem::Path(problem)) => {
                let path = String::from_utf8_lossy(line).into_owned();
                let message = format!("expected a path inside the bag, found one that {problem}: {path}");
                return self.note(&E303, message);
            }
            Err(problem) => return self.note(&E301, format!("expected `checksum filepath`; {problem}")),
        };
        if !self.belongs(&read.path) {
            return;
        }
        if self.manifest.is_canonical {
            self.manifest.is_canonical = self.is_canonical(&read, line, end);
        }
        self.list(&read);
        self.last = Some(read.path);
    }

    /// Whether a line is octet for octet as fonds writes it, and in order.
    fn is_canonical(&self, read: &ManifestLine, line: &[u8], end: &[u8]) -> bool {
        let mut canonical = Vec::with_capacity(line.len() + 1);
        write_line(&mut canonical, &read.digest, read.path.as_str());
        let in_order = self.last.as_ref().is_none_or(|last| *last < read.path);
        in_order && canonical.strip_suffix(end) == Some(line) && end == b"\n"
    }

    /// Whether a path may stand in this manifest.
    fn belongs(&mut self, path: &PayloadPath) -> bool {
        if self.manifest.is_payload && !path.is_payload() {
            // A shell reads a leading tilde as somebody's home directory.
            let code = if path.as_str().starts_with('~') { &E303 } else { &E307 };
            self.note(code, format!("expected a path below `data/`, found `{path}`"));
            return false;
        }
        let is_tag_manifest = named(path.as_str()).is_some_and(|(_, is_payload)| !is_payload);
        if !self.manifest.is_payload && (path.is_payload() || is_tag_manifest) {
            self.note(&E304, format!("expected a tag file that is no tag manifest, found `{path}`"));
            return false;
        }
        true
    }

    fn list(&mut self, line: &ManifestLine) {
        match self.resolver.find(line, self.next) {
            Some((file, How::Exactly)) => {
                self.remark_oddity(line);
                if self.manifest.lists(file) {
                    let is_same = self.manifest.expected(file) == Some(line.digest);
                    return self.note_again(line, is_same);
                }
                self.manifest.expect(file, &line.digest);
                self.next = file + 1;
            }
            Some((file, how)) => self.doubt(file, how, line),
            None => {
                self.remark_oddity(line);
                self.manifest.missing.push(Missing::new(line.path.clone(), &line.digest));
            }
        }
    }

    /// Keeps a line that means a file of another name, if it means one at all.
    fn doubt(&mut self, file: usize, how: How, line: &ManifestLine) {
        self.manifest.is_canonical = false;
        match self.manifest.doubtful.entry(file) {
            Entry::Vacant(vacant) => {
                let (path, digest) = (line.path.clone(), line.digest);
                vacant.insert(Doubtful { path, digest, how, line: self.number });
            }
            Entry::Occupied(first) if first.get().path == line.path => {
                let is_same = first.get().digest == line.digest;
                self.note_again(line, is_same);
            }
            // Two names cannot both mean it.
            Entry::Occupied(_) => {
                self.manifest.missing.push(Missing::new(line.path.clone(), &line.digest));
            }
        }
    }

    fn note_again(&mut self, line: &ManifestLine, is_same: bool) {
        let code = again(self.bag.version, is_same);
        self.note(code, format!("expected each path once, found `{}` again", line.path));
    }

    fn remark_oddity(&mut self, line: &ManifestLine) {
        let message = match line.oddity {
            None => return,
            Some(Oddity::BinaryMarker) => {
                "expected the path right after the white space, found `*` before it"
            }
            Some(Oddity::RawPercent) => "expected `%` to be written `%25`, found it as it is",
            Some(Oddity::LeadingDot) => "expected the path relative to the bag, found a leading `./`",
        };
        self.note(&W306, message);
    }
}

/// The code of a path that a manifest has again. Before 1.0 nothing asks for each path once; but two
/// digests for one file cannot both be right.
pub(super) const fn again(version: Version, is_same: bool) -> &'static Code {
    if is_same && !version.is_strict() { &W308 } else { &E302 }
}
