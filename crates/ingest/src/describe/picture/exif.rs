//! What the tags of Exif 3.0 say.

use super::directory::{Directory, Tiff};
use crate::dates::Trust;
use crate::describe::afar::Afar;
use crate::describe::made::{Key, Made};
use crate::describe::sensitive::Clue;

const PLACE: &str = "EXIF";

/// Tags of the first directory.
mod first {
    pub(super) const DESCRIPTION: u16 = 0x010E;
    pub(super) const MAKE: u16 = 0x010F;
    pub(super) const MODEL: u16 = 0x0110;
    pub(super) const CHANGED: u16 = 0x0132;
    pub(super) const ARTIST: u16 = 0x013B;
    pub(super) const HOST: u16 = 0x013C;
    pub(super) const EXIF: u16 = 0x8769;
    pub(super) const GPS: u16 = 0x8825;
    pub(super) const WINDOWS_TITLE: u16 = 0x9C9B;
    pub(super) const WINDOWS_AUTHOR: u16 = 0x9C9D;
    pub(super) const DNG_SERIAL: u16 = 0xC62F;
    pub(super) const THUMBNAIL: u16 = 0x0201;
}

/// Tags of the directory of Exif.
mod second {
    pub(super) const ORIGINAL: u16 = 0x9003;
    pub(super) const DIGITIZED: u16 = 0x9004;
    pub(super) const ZONE: u16 = 0x9010;
    pub(super) const ZONE_OF_ORIGINAL: u16 = 0x9011;
    pub(super) const ZONE_OF_DIGITIZED: u16 = 0x9012;
    pub(super) const MAKER_NOTE: u16 = 0x927C;
    pub(super) const UNIQUE_ID: u16 = 0xA420;
    pub(super) const OWNER: u16 = 0xA430;
    pub(super) const BODY_SERIAL: u16 = 0xA431;
    pub(super) const LENS_SERIAL: u16 = 0xA435;
    pub(super) const TITLE: u16 = 0xA436;
    pub(super) const PHOTOGRAPHER: u16 = 0xA437;
    pub(super) const EDITOR: u16 = 0xA438;
}

/// Tags of the directory of positions.
mod gps {
    pub(super) const LATITUDE: u16 = 2;
    pub(super) const LONGITUDE: u16 = 4;
    pub(super) const TIME: u16 = 7;
    pub(super) const TARGET_LATITUDE: u16 = 20;
    pub(super) const TARGET_LONGITUDE: u16 = 22;
    pub(super) const AREA: u16 = 28;
    pub(super) const DAY: u16 = 29;
}

/// Takes what Exif at `base` says.
pub(super) fn read(afar: &Afar<'_>, base: u64, end: u64, made: &mut Made) -> Option<()> {
    let tiff = Tiff::open(afar, base, end)?;
    let main = tiff.directory(tiff.first)?;
    directory(&tiff, &main, made);
    Some(())
}

/// Takes what the first directory says, and those that it points to.
pub(super) fn directory(tiff: &Tiff<'_, '_>, main: &Directory, made: &mut Made) {
    for (key, tag) in
        [(Key::Summary, first::DESCRIPTION), (Key::Make, first::MAKE), (Key::Model, first::MODEL)]
    {
        if let Some(value) = tiff.text(main, tag) {
            made.hear(key, PLACE, &value);
        }
    }
    if let Some(title) = tiff.wide_text(main, first::WINDOWS_TITLE) {
        made.hear(Key::Title, PLACE, &title);
    }
    let artist = tiff.text(main, first::ARTIST).or_else(|| tiff.wide_text(main, first::WINDOWS_AUTHOR));
    // Several names stand apart by semicolons.
    let names = artist.iter().flat_map(|names| names.split(';')).map(|name| name.trim().to_owned());
    made.creators(PLACE, names.collect());
    if tiff.text(main, first::HOST).is_some() {
        made.clues.note(Clue::Computer, PLACE);
    }
    if main.has(first::DNG_SERIAL) {
        made.clues.note(Clue::SerialNumber, PLACE);
    }
    if let Some(exif) = tiff.below(main, first::EXIF) {
        of_exif(tiff, &exif, made);
    }
    if let Some(gps) = tiff.below(main, first::GPS) {
        of_gps(tiff, &gps, made);
    }
    if let Some((iso, _)) = tiff.text(main, first::CHANGED).and_then(|written| moment(&written, None)) {
        made.changed("EXIF", &iso);
    }
    // The second directory of a picture is its thumbnail; of a TIFF file it may be another page.
    let second = (main.next != 0).then(|| tiff.further(main.next)).flatten();
    if second.is_some_and(|second| second.has(first::THUMBNAIL)) {
        made.clues.note(Clue::Thumbnail, PLACE);
    }
}

fn of_exif(tiff: &Tiff<'_, '_>, exif: &Directory, made: &mut Made) {
    let zone = |tag| tiff.text(exif, tag).or_else(|| tiff.text(exif, second::ZONE));
    let moments = [
        ("EXIF original time", Trust::Strong, second::ORIGINAL, second::ZONE_OF_ORIGINAL),
        ("EXIF time of digitizing", Trust::Fair, second::DIGITIZED, second::ZONE_OF_DIGITIZED),
    ];
    for (signal, trust, tag, zone_tag) in moments {
        let zone = zone(zone_tag);
        if let Some((iso, written)) =
            tiff.text(exif, tag).and_then(|written| moment(&written, zone.as_deref()))
        {
            made.dated(signal, trust, &written, &iso);
        }
    }
    if let Some(title) = tiff.text(exif, second::TITLE) {
        made.hear(Key::Title, PLACE, &title);
    }
    made.creators(PLACE, tiff.text(exif, second::PHOTOGRAPHER).into_iter().collect());
    for (clue, tags) in [
        (Clue::SerialNumber, &[second::BODY_SERIAL, second::LENS_SERIAL][..]),
        (Clue::Owner, &[second::OWNER]),
        (Clue::Creator, &[second::EDITOR]),
        (Clue::UniqueNumber, &[second::UNIQUE_ID]),
    ] {
        let says = |tag: &u16| tiff.text(exif, *tag).is_some_and(|value| value.contains(|c| c != '0'));
        if tags.iter().any(says) {
            made.clues.note(clue, PLACE);
        }
    }
    if exif.has(second::MAKER_NOTE) {
        made.clues.note(Clue::MakerNotes, PLACE);
    }
}

fn of_gps(tiff: &Tiff<'_, '_>, gps: &Directory, made: &mut Made) {
    let positions = [gps::LATITUDE, gps::LONGITUDE, gps::TARGET_LATITUDE, gps::TARGET_LONGITUDE, gps::AREA];
    if positions.into_iter().any(|tag| gps.has(tag)) {
        made.clues.note(Clue::Position, PLACE);
    }
    // Satellites tell the time in UTC, and it is the last time that they were heard.
    let day = tiff.text(gps, gps::DAY).map(|day| day.replace(':', "-"));
    let time = tiff.three_fractions(gps, gps::TIME);
    if let (Some(day), Some([hour, minute, second])) = (day, time) {
        let iso = format!("{day}T{hour:02}:{minute:02}:{second:02}Z");
        made.dated("GPS time", Trust::Fair, &iso, &iso);
    }
}

/// `2023:07:05 14:03:00` in ISO 8601, with its zone if it is told, and both as they were written.
/// Blanks and zeros stand for what is not known.
fn moment(written: &str, zone: Option<&str>) -> Option<(String, String)> {
    let (day, time) = written.trim().split_once([' ', 'T'])?;
    let mut parts = day.split([':', '-', '/', '.']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |text: &&str| text.len() >= 2 && text.bytes().all(|octet| octet.is_ascii_digit());
    if parts.next().is_some() || ![year, month, day].iter().all(is_number) || year.len() != 4 {
        return None;
    }
    if year == "0000" {
        return None;
    }
    let time = time.trim();
    let zone = zone.map(str::trim).filter(|zone| zone.starts_with(['+', '-']) && zone.len() == 6);
    // Some write it behind the time.
    let zone = zone.filter(|_| !time.contains(['+', '-', 'Z'])).unwrap_or_default();
    let as_written = if zone.is_empty() { written.trim().to_owned() } else { format!("{written} {zone}") };
    Some((format!("{year}-{month}-{day}T{time}{zone}"), as_written))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_with_the_zone_that_is_told() {
        let iso = |written, zone| moment(written, zone).map(|(iso, _)| iso);
        assert_eq!(iso("2023:07:05 14:03:00", None).as_deref(), Some("2023-07-05T14:03:00"));
        assert_eq!(iso("2023:07:05 14:03:00", Some("+03:30")).as_deref(), Some("2023-07-05T14:03:00+03:30"));
        assert_eq!(iso("2023:07:05 14:03:00", Some("   :  ")).as_deref(), Some("2023-07-05T14:03:00"));
        assert_eq!(iso("2023-07-05 14:03:00", None).as_deref(), Some("2023-07-05T14:03:00"));
        for nothing in ["0000:00:00 00:00:00", "    :  :     :  :  ", "", "2023:07:05", "last summer at noon"]
        {
            assert_eq!(iso(nothing, None), None, "{nothing}");
        }
    }
}
