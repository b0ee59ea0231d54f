//! The block of a receipt: plain lines `key: value`, in one order and one spelling.

use super::{LABEL, LONGEST_VALUE, Receipt, ReceiptFault, Unwritable};
use crate::Sha256Hex;
use crate::name::is_unsafe_character;
use crate::seal::{Root, root};
use fixity::Oxum;
use std::borrow::Cow;
use std::fmt::Write as _;

pub(super) const BEGIN: &str = "-----BEGIN FONDS RECEIPT-----";
pub(super) const END: &str = "-----END FONDS RECEIPT-----";

/// How a page of HTML begins, in which `<`, `>` and `&` are escaped.
const HTML: &str = "<!DOCTYPE html>";

impl Receipt {
    /// The block, with its first and last line, each ended by LF.
    ///
    /// # Errors
    /// If a value does not stand on one harmless line.
    pub fn block(&self) -> Result<String, Unwritable> {
        let values = [
            ("name of the bundle", Some(&self.root.bundle)),
            ("organisation", self.organisation.as_ref()),
            ("bagging date", self.bagged.as_ref()),
            ("giver's name", self.given_by.as_ref()),
            ("receiver's name", self.received_by.as_ref()),
            ("place", self.place.as_ref()),
            ("name of a program", Some(&self.software)),
        ];
        for (what, value) in values {
            if value.is_some_and(|value| !is_writable(value)) {
                return Err(Unwritable(what));
            }
        }
        if self.algorithms.is_empty() || self.algorithms.iter().any(|name| !is_algorithm(name)) {
            return Err(Unwritable("name of an algorithm"));
        }
        let lines = self.lines();
        Ok(format!("{BEGIN}\n{lines}check: {}\n{END}\n", Sha256Hex::of(lines.as_bytes()).as_str()))
    }

    /// All lines between the first and `check`.
    fn lines(&self) -> String {
        let mut lines = String::new();
        let mut put = |key: &str, value: &str| {
            let _ = writeln!(lines, "{key}: {value}");
        };
        let optional = |value: &Option<String>| value.clone().map(Cow::Owned);
        let text = |value: &dyn ToString| Some(Cow::<str>::Owned(value.to_string()));
        let mut room = [0; 64];
        let hash = fixity::hex_of(&self.root.hash, &mut room);
        let rows: [(&str, Option<Cow<'_, str>>); KEYS.len()] = [
            ("receipt", Some(LABEL.into())),
            ("bundle", Some(self.root.bundle.as_str().into())),
            ("organisation", optional(&self.organisation)),
            ("bagging-date", optional(&self.bagged)),
            ("files", text(&self.payload.streams)),
            ("octets", text(&self.payload.octets)),
            ("algorithms", Some(self.algorithms.join(" ").into())),
            ("size", text(&self.root.size)),
            ("root", Some((*hash).into())),
            ("fingerprint", text(&self.root.fingerprint())),
            ("signatures", text(&self.signatures)),
            ("timestamps", text(&self.timestamps)),
            ("given-by", optional(&self.given_by)),
            ("received-by", optional(&self.received_by)),
            ("place", optional(&self.place)),
            ("made", text(&self.made)),
            ("software", Some(self.software.as_str().into())),
        ];
        for (key, value) in rows {
            if let Some(value) = value {
                put(key, &value);
            }
        }
        lines
    }
}

/// Every key, in its place; what a line without it is told as.
const KEYS: [(&str, &str); 17] = [
    ("receipt", "receipt: fonds-receipt/v1"),
    ("bundle", "bundle: NAME"),
    ("organisation", "organisation: NAME"),
    ("bagging-date", "bagging-date: DATE"),
    ("files", "files: N"),
    ("octets", "octets: N"),
    ("algorithms", "algorithms: NAMES"),
    ("size", "size: N"),
    ("root", "root: HEX"),
    ("fingerprint", "fingerprint: TEN GROUPS"),
    ("signatures", "signatures: N"),
    ("timestamps", "timestamps: N"),
    ("given-by", "given-by: NAME"),
    ("received-by", "received-by: NAME"),
    ("place", "place: TEXT"),
    ("made", "made: TIME"),
    ("software", "software: NAME"),
];

fn is_writable(value: &str) -> bool {
    !value.is_empty() && value.len() <= LONGEST_VALUE && !value.contains(is_unsafe_character)
}

fn is_algorithm(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|octet| octet.is_ascii_lowercase() || octet.is_ascii_digit())
}

/// Finds the one block in a page or text, and reads it.
pub(super) fn find(text: &str) -> Result<Receipt, ReceiptFault> {
    let lines = || text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let places = |mark| lines().enumerate().filter(|(_, line)| *line == mark).map(|(at, _)| at).collect();
    let (begins, ends): (Vec<usize>, Vec<usize>) = (places(BEGIN), places(END));
    let (begin, end) = match (begins.as_slice(), ends.as_slice()) {
        ([], []) => return Err(ReceiptFault::NoBlock),
        ([begin], [end]) if begin < end => (*begin, *end),
        _ => return Err(ReceiptFault::TwoBlocks),
    };
    let inside = lines().skip(begin + 1).take(end - begin - 1);
    let is_html = text.starts_with(HTML);
    let inside = inside.map(|line| if is_html { unescaped(line) } else { Ok(line.into()) });
    read(&inside.collect::<Result<Vec<_>, _>>()?)
}

/// A line of HTML as text: `&lt;`, `&gt;` and `&amp;` are all that is escaped, and always.
fn unescaped(line: &str) -> Result<Cow<'_, str>, ReceiptFault> {
    let fault = ReceiptFault::Line("text in which `<`, `>` and `&` are escaped");
    if line.contains(['<', '>']) {
        return Err(fault);
    }
    let mut pieces = line.split('&');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let known = [("lt;", '<'), ("gt;", '>'), ("amp;", '&')];
        let found = known.iter().find_map(|(name, c)| Some((*c, piece.strip_prefix(name)?)));
        let (c, rest) = found.ok_or_else(|| fault.clone())?;
        text.push(c);
        text.push_str(rest);
    }
    Ok(text.into())
}

fn read(lines: &[Cow<'_, str>]) -> Result<Receipt, ReceiptFault> {
    let mut rest = lines;
    let mut values = [None; KEYS.len()];
    for ((key, _), value) in KEYS.iter().zip(&mut values) {
        let Some((line, behind)) = rest.split_first() else { break };
        if let Some(found) = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(": ")) {
            *value = Some(found);
            rest = behind;
        }
    }
    let check = match rest {
        [check] => check.strip_prefix("check: "),
        _ => None,
    };
    let check = check.ok_or(ReceiptFault::Line("the lines of a receipt in their order, and `check: HEX`"))?;
    let receipt = of_values(&values)?;
    let written = receipt.lines();
    let mut found = lines[..lines.len() - 1].iter();
    // Each value in its one spelling: what is read is what would be written.
    let is_same = written.lines().all(|line| found.next().is_some_and(|found| found == line));
    if !is_same || found.next().is_some() || Sha256Hex::of(written.as_bytes()).as_str() != check {
        return Err(ReceiptFault::Check);
    }
    Ok(receipt)
}

fn of_values(values: &[Option<&str>; KEYS.len()]) -> Result<Receipt, ReceiptFault> {
    let fault = |at: usize| ReceiptFault::Line(KEYS[at].1);
    let optional = |at: usize| values[at].map(|value| text(value).ok_or_else(|| fault(at))).transpose();
    let required = |at: usize| values[at].and_then(text).ok_or_else(|| fault(at));
    let number = |at: usize| values[at].and_then(|value| value.parse::<u64>().ok()).ok_or_else(|| fault(at));
    if values[0] != Some(LABEL) {
        return Err(fault(0));
    }
    let root = Root {
        bundle: required(1)?,
        size: number(7)?,
        hash: values[8].and_then(root::hash_of).ok_or_else(|| fault(8))?,
    };
    // The grammar of a root is stricter than that of these lines.
    Root::parse(root.text().as_bytes()).map_err(|_| fault(7))?;
    if values[9] != Some(&root.fingerprint().to_string()) {
        return Err(ReceiptFault::Fingerprint);
    }
    let algorithms: Vec<String> = required(6)?.split(' ').map(str::to_owned).collect();
    if algorithms.iter().any(|name| !is_algorithm(name)) {
        return Err(fault(6));
    }
    Ok(Receipt {
        root,
        organisation: optional(2)?,
        bagged: optional(3)?,
        payload: Oxum { octets: number(5)?, streams: number(4)? },
        algorithms,
        signatures: number(10)?,
        timestamps: number(11)?,
        given_by: optional(12)?,
        received_by: optional(13)?,
        place: optional(14)?,
        made: values[15].and_then(|value| value.parse().ok()).ok_or_else(|| fault(15))?,
        software: required(16)?,
    })
}

/// A value that may stand there.
fn text(value: &str) -> Option<String> {
    is_writable(value).then(|| value.to_owned())
}
