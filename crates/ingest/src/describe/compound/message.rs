//! Outlook messages (MS-OXMSG): subject, sender and day, by their MAPI properties.

use super::properties::moment;
use super::{Compound, code_page};
use crate::describe::prose;
use crate::describe::stated::{Stated, counted};

/// The signal.
const MESSAGE: &str = "outlook properties";
/// Octets of a property that is a text.
const TEXT: usize = 64 << 10;
/// Octets of the stream of all fixed properties.
const FIXED: usize = 256 << 10;
/// Octets before the first of them, in a message that is in no other.
const HEADER: usize = 32;

/// Properties by their identifiers (MS-OXPROPS).
const SUBJECT: u16 = 0x0037;
const SENT_FOR: u16 = 0x0042;
const SENDER: u16 = 0x0C1A;
const SENDER_ADDRESS: u16 = 0x0C1F;
const HEADERS: u16 = 0x007D;
const SUBMITTED: u16 = 0x0039;
const DELIVERED: u16 = 0x0E06;
const CODE_PAGE: u16 = 0x3FFD;

pub(super) fn describe(file: &Compound<'_, '_>, stated: &mut Stated<'_>) {
    let fixed = file.read("__properties_version1.0", FIXED).unwrap_or_default();
    let value = |id: u16, kind: u16| {
        let rows = fixed.get(HEADER..).unwrap_or_default().chunks_exact(16);
        let mut found = rows.filter(|row| row[..2] == kind.to_le_bytes() && row[2..4] == id.to_le_bytes());
        found.find_map(|row| Some(u64::from_le_bytes(row[8..].try_into().ok()?)))
    };
    let page = value(CODE_PAGE, 3).and_then(|page| u16::try_from(page & 0xFFFF_FFFF).ok());
    let text = |id: u16| {
        let wide = file
            .read(&format!("__substg1.0_{id:04X}001F"), TEXT)
            .and_then(|octets| code_page::decoded(&octets, Some(1200)));
        let narrow = || {
            file.read(&format!("__substg1.0_{id:04X}001E"), TEXT)
                .and_then(|octets| code_page::decoded(&octets, page))
        };
        prose::tidy(&wide.or_else(narrow)?)
    };
    if let Some(subject) = text(SUBJECT) {
        stated.title(MESSAGE, &subject);
    }
    let sender = text(SENT_FOR).or_else(|| text(SENDER));
    if let Some(sender) = sender.or_else(|| text(SENDER_ADDRESS).filter(|address| address.contains('@'))) {
        stated.creators(MESSAGE, "the message (sender)", [sender.as_str()]);
    }
    if let Some(sent) = value(SUBMITTED, 0x40).or_else(|| value(DELIVERED, 0x40)).and_then(moment) {
        stated.made(MESSAGE, &sent);
    }
    let attachments = file.count("__attach_version1.0_");
    if attachments > 0 {
        stated.detail(&counted(attachments, "attachment", "attachments"));
    }
    if file.count("__recip_version1.0_") > 0 {
        stated.sensitive("recipients of the message");
    }
    if file.has(&format!("__substg1.0_{HEADERS:04X}001F"))
        || file.has(&format!("__substg1.0_{HEADERS:04X}001E"))
    {
        stated.sensitive("mail headers with addresses and servers");
    }
}
