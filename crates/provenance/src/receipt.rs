//! Receipts: what somebody who handed a bundle over, or took it, keeps elsewhere, to compare it by later.
//!
//! A page for people holds a block of plain lines ([`Receipt::block`]) and a QR code of one line
//! ([`Receipt::line`]). [`Stated::read`] finds either in a file, strictly: a receipt of which an octet was
//! changed is no receipt. What both say is in FORMAT.md, §Receipts. Neither holds a name of a document,
//! nor anything of the seed.

mod block;
mod line;

use crate::Timestamp;
use crate::seal::Root;
use fixity::Oxum;

/// The first words of block and line.
pub const LABEL: &str = "fonds-receipt/v1";
/// A file with more octets is no receipt; ours have some 50,000, most of them the QR code.
pub const MOST_OCTETS: usize = 1 << 20;
/// Octets of the longest value; names of bundles have no more than some 1,000.
pub const LONGEST_VALUE: usize = 4096;

/// What a receipt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The root to which the bundle led when the receipt was made; its name is that of the bundle.
    pub root: Root,
    /// `Source-Organization` of the bundle.
    pub organisation: Option<String>,
    /// `Bagging-Date` of the bundle, as it stands there.
    pub bagged: Option<String>,
    /// Files and octets of the payload.
    pub payload: Oxum,
    /// Digest algorithms of the manifests, by their `BagIt` names.
    pub algorithms: Vec<String>,
    /// Files that stand where signatures do. Whose they are, and whether they are right, is not said.
    pub signatures: u64,
    /// Files that stand where timestamps do.
    pub timestamps: u64,
    /// Who handed the bundle over.
    pub given_by: Option<String>,
    /// Who took it.
    pub received_by: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// When the receipt was made, by the clock of whoever made it.
    pub made: Timestamp,
    /// By what program.
    pub software: String,
}

/// What of a receipt is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// The root.
    pub root: Root,
    /// When the receipt was made.
    pub made: Timestamp,
    /// Files and octets of the payload, where they are told: not in a line.
    pub payload: Option<Oxum>,
    /// How many signatures and timestamps there were, where that is told: not in a line.
    pub vouchers: Option<(u64, u64)>,
}

/// Why something is no receipt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptFault {
    /// More than [`MOST_OCTETS`].
    #[error("expected at most {MOST_OCTETS} octets, found more")]
    TooLong,
    /// Not UTF-8.
    #[error("expected text in UTF-8, found other octets")]
    NotText,
    /// No block and no line.
    #[error(
        "expected the lines between `{}` and `{}`, or the line of its QR code; found neither",
        block::BEGIN,
        block::END
    )]
    NoBlock,
    /// Two beginnings or ends, or an end before the beginning: two readers might see two receipts.
    #[error("expected one `{}` and one `{}` behind it, found others", block::BEGIN, block::END)]
    TwoBlocks,
    /// A line that is not what has to stand there.
    #[error("expected `{0}`, found something else")]
    Line(&'static str),
    /// All lines are well formed, and not what was written.
    #[error("expected lines that lead to their `check`, found that they were changed")]
    Check,
    /// The fingerprint is not that of name, leaves and root.
    #[error("expected the fingerprint of this root, found another: the receipt was changed")]
    Fingerprint,
}

/// Why a receipt could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a {0} on one line, without controls, of 1 to {LONGEST_VALUE} octets, found another")]
pub struct Unwritable(pub &'static str);

impl Receipt {
    /// What of it is compared.
    #[must_use]
    pub fn stated(&self) -> Stated {
        Stated {
            root: self.root.clone(),
            made: self.made,
            payload: Some(self.payload),
            vouchers: Some((self.signatures, self.timestamps)),
        }
    }
}

impl Stated {
    /// Finds the receipt in a file: the block in a page of HTML or text, or the line of a QR code alone.
    /// Lines may end in CRLF, as in mail; nothing else may differ from what was written.
    ///
    /// # Errors
    /// The first [`ReceiptFault`] found.
    pub fn read(octets: &[u8]) -> Result<Self, ReceiptFault> {
        if octets.len() > MOST_OCTETS {
            return Err(ReceiptFault::TooLong);
        }
        let text = std::str::from_utf8(octets).map_err(|_| ReceiptFault::NotText)?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        match line::read(text) {
            Some(stated) => stated,
            None => block::find(text).map(|receipt| receipt.stated()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some() -> Receipt {
        Receipt {
            root: Root { bundle: "press 1988 بامداد & <b>".into(), size: 16, hash: [0xAB; 32] },
            organisation: Some("بنیاد <آزمون>".into()),
            bagged: Some("2026-11-22".into()),
            payload: Oxum { octets: 12_345, streams: 7 },
            algorithms: vec!["sha256".into(), "sha512".into()],
            signatures: 1,
            timestamps: 0,
            given_by: Some("A. Someone".into()),
            received_by: None,
            place: Some("Esfand Street 7".into()),
            made: "2026-11-22T10:00:00Z".parse().unwrap(),
            software: "fonds 0.1.0".into(),
        }
    }

    fn page(block: &str) -> String {
        let block = block.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<!DOCTYPE html>\n<html><body>\n<pre>\n{block}</pre>\n</body></html>\n")
    }

    #[test]
    fn every_form_is_read_back() {
        let receipt = some();
        let block = receipt.block().unwrap();
        let whole = receipt.stated();
        for text in
            [block.clone(), format!("before\n\n{block}after\n"), block.replace('\n', "\r\n"), page(&block)]
        {
            assert_eq!(Stated::read(text.as_bytes()), Ok(whole.clone()), "{text}");
        }
        let line = receipt.line();
        for text in [line.clone(), format!("{line}\n"), format!("\u{FEFF}{line}\r\n")] {
            assert_eq!(
                Stated::read(text.as_bytes()),
                Ok(Stated { payload: None, vouchers: None, ..whole.clone() })
            );
        }
    }

    #[test]
    fn what_holds_no_receipt_or_two_is_refused() {
        let block = some().block().unwrap();
        let cases = [
            (String::new(), ReceiptFault::NoBlock),
            ("-----BEGIN FONDS RECEIPT-----\n".to_owned(), ReceiptFault::TwoBlocks),
            (format!("{block}{block}"), ReceiptFault::TwoBlocks),
            (block.replace("-----", "----"), ReceiptFault::NoBlock),
            (some().line().replace("16 2026", "+16 2026"), ReceiptFault::Fingerprint),
            (
                page(&block).replace("&lt;", "<"),
                ReceiptFault::Line("text in which `<`, `>` and `&` are escaped"),
            ),
            (
                page(&block).replace("&lt;", "&#60;"),
                ReceiptFault::Line("text in which `<`, `>` and `&` are escaped"),
            ),
            ("x".repeat(MOST_OCTETS + 1), ReceiptFault::TooLong),
        ];
        for (text, fault) in cases {
            assert_eq!(Stated::read(text.as_bytes()), Err(fault), "{text:.200}");
        }
        assert_eq!(Stated::read(b"\xff"), Err(ReceiptFault::NotText));
    }

    #[test]
    fn no_changed_bit_and_no_cut_is_read_as_the_same_or_another_receipt() {
        let receipt = some();
        let block = receipt.block().unwrap();
        for text in [block.clone(), page(&block), receipt.line()] {
            let begin = text.find("-----BEGIN").unwrap_or(0);
            let end = text.find("-----END").map_or(text.len(), |at| at + "-----END FONDS RECEIPT-----".len());
            for bit in begin * 8..end * 8 {
                let mut octets = text.clone().into_bytes();
                octets[bit / 8] ^= 1 << (bit % 8);
                let read = Stated::read(&octets);
                // The time of a line is not bound by the fingerprint, and nothing is compared by it.
                let is_time =
                    !text.contains("BEGIN") && matches!(&read, Ok(stated) if stated.root == receipt.root);
                assert!(
                    read.is_err() || is_time,
                    "bit {bit}: {read:?}\n{}",
                    String::from_utf8_lossy(&octets)
                );
            }
            for length in 0..end {
                assert!(Stated::read(&text.as_bytes()[..length]).is_err(), "cut to {length}: {text}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_values_are_read_back_and_no_other_root_is(
            bundle in "[^\\p{C}\u{61C}\u{200E}\u{200F}\u{2028}\u{2029}]{1,30}",
            given in "[^\\p{C}\u{61C}\u{200E}\u{200F}\u{2028}\u{2029}]{1,30}",
            hash: [u8; 32], octets: u64, streams: u64,
            at: prop::sample::Index, octet: u8,
        ) {
            let mut receipt = some();
            receipt.root = Root { bundle, size: 32, hash };
            receipt.given_by = Some(given);
            receipt.payload = Oxum { octets, streams };
            let block = receipt.block().unwrap();
            prop_assert_eq!(Stated::read(block.as_bytes()), Ok(receipt.stated()));
            prop_assert_eq!(Stated::read(page(&block).as_bytes()), Ok(receipt.stated()));
            let line = receipt.line();
            prop_assert_eq!(Stated::read(line.as_bytes()).map(|stated| stated.root), Ok(receipt.root.clone()));
            for text in [block, line] {
                let mut changed = text.into_bytes();
                let at = at.index(changed.len());
                changed[at] = octet;
                if let Ok(read) = Stated::read(&changed) {
                    prop_assert_eq!(read.root, receipt.root.clone());
                }
            }
        }

        #[test]
        fn nothing_makes_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Stated::read(&octets);
            let framed = [b"-----BEGIN FONDS RECEIPT-----\n".as_slice(), &octets, b"\n-----END FONDS RECEIPT-----\n"].concat();
            prop_assert!(Stated::read(&framed).is_err());
            let _ = Stated::read(&[b"fonds-receipt/v1 ".as_slice(), &octets].concat());
        }
    }
}
