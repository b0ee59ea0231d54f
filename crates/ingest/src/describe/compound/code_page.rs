//! Code pages of Windows, by number.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, ISO_8859_2, ISO_8859_5, ISO_8859_6, ISO_8859_7, ISO_8859_8, KOI8_R,
    KOI8_U, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16LE, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252,
    WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

/// The encoding of a code page; `None` where it is not one that text is still met in.
pub(in crate::describe) fn encoding(number: u16) -> Option<&'static Encoding> {
    Some(match number {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1200 => UTF_16LE,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 | 28591 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 | 28599 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        20866 => KOI8_R,
        21866 => KOI8_U,
        28592 => ISO_8859_2,
        28595 => ISO_8859_5,
        28596 => ISO_8859_6,
        28597 => ISO_8859_7,
        28598 => ISO_8859_8,
        54936 => GB18030,
        65001 => UTF_8,
        _ => return None,
    })
}

/// Text in a code page, up to its first NUL; nothing where the code page is not known or does not
/// fit, unless it is plain ASCII.
pub(in crate::describe) fn decoded(octets: &[u8], number: Option<u16>) -> Option<String> {
    let encoding = number.and_then(encoding);
    if encoding == Some(UTF_16LE) {
        let units = octets
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .take_while(|unit| *unit != 0);
        return char::decode_utf16(units).collect::<Result<_, _>>().ok();
    }
    let octets = octets.split(|octet| *octet == 0).next().unwrap_or_default();
    if octets.is_ascii() {
        return std::str::from_utf8(octets).ok().map(str::to_owned);
    }
    encoding?.decode_without_bom_handling_and_without_replacement(octets).map(std::borrow::Cow::into_owned)
}
