//! The line of a receipt: what its QR code holds, and what a camera gives back.

use super::{LABEL, Receipt, ReceiptFault, Stated};
use crate::Timestamp;
use crate::seal::{Root, root};

impl Receipt {
    /// `fonds-receipt/v1 ROOT FINGERPRINT SIZE TIME NAME`, without an end: whoever has it can write
    /// `root.txt` anew, and see that nothing was misread.
    #[must_use]
    pub fn line(&self) -> String {
        of(&self.root, self.made)
    }
}

fn of(root: &Root, made: Timestamp) -> String {
    let mut room = [0; 64];
    let hash = fixity::hex_of(&root.hash, &mut room);
    format!("{LABEL} {hash} {} {} {made} {}", root.fingerprint(), root.size, root.bundle)
}

/// Reads a text that begins as a line does; `None` if it does not.
pub(super) fn read(text: &str) -> Option<Result<Stated, ReceiptFault>> {
    let rest = text.strip_prefix(LABEL)?.strip_prefix(' ')?;
    let rest = rest.strip_suffix('\n').map_or(rest, |line| line.strip_suffix('\r').unwrap_or(line));
    Some(stated(rest))
}

fn stated(rest: &str) -> Result<Stated, ReceiptFault> {
    let fault = ReceiptFault::Line("fonds-receipt/v1 ROOT FINGERPRINT SIZE TIME NAME");
    // The fingerprint is ten words.
    let words: Vec<&str> = rest.splitn(14, ' ').collect();
    let [hash, _, _, _, _, _, _, _, _, _, _, size, made, bundle] = words[..] else { return Err(fault) };
    let (Some(hash), Ok(size), Ok(made)) = (root::hash_of(hash), size.parse(), made.parse()) else {
        return Err(fault);
    };
    let root = Root { bundle: bundle.to_owned(), size, hash };
    // The grammar of a root is stricter than that of this line.
    Root::parse(root.text().as_bytes()).map_err(|_| fault)?;
    let written = of(&root, made);
    if written.strip_prefix(LABEL).and_then(|line| line.strip_prefix(' ')) != Some(rest) {
        return Err(ReceiptFault::Fingerprint);
    }
    Ok(Stated { root, made, payload: None, vouchers: None })
}
