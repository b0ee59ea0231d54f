//! What an XMP packet says of a picture or a film.

use super::{Key, Made};
use crate::dates::Trust;
use crate::describe::afar::Trouble;
use crate::describe::sensitive::{self, Clue};
use crate::describe::xmp::Xmp;

const PLACE: &str = "XMP";

/// Properties whose value is taken, the first of each that is there.
const TAKEN: [(Key, &[&str]); 5] = [
    (Key::Title, &["dc:title", "photoshop:Headline"]),
    (Key::Summary, &["dc:description"]),
    (Key::Make, &["tiff:Make"]),
    (Key::Model, &["tiff:Model"]),
    (Key::Publisher, &["dc:publisher"]),
];

/// When it was made, and how far that is believed: programs that save a file anew write some of them.
const DATES: [(&str, Trust, &str); 4] = [
    ("exif:DateTimeOriginal", Trust::Strong, "XMP original time"),
    ("photoshop:DateCreated", Trust::Fair, "XMP date created"),
    ("exif:DateTimeDigitized", Trust::Fair, "XMP time of digitizing"),
    ("xmp:CreateDate", Trust::Fair, "XMP create date"),
];

/// Properties that are noted, and not taken.
const NOTED: [(Clue, &[&str]); 10] = [
    (
        Clue::Position,
        &[
            "exif:GPSLatitude",
            "exif:GPSLongitude",
            "exif:GPSDestLatitude",
            "drone-dji:GpsLatitude",
            "drone-dji:GpsLongitude",
            "Iptc4xmpCore:Location",
            "Iptc4xmpExt:LocationCreated",
            "photoshop:City",
        ],
    ),
    (
        Clue::SerialNumber,
        &[
            "aux:SerialNumber",
            "aux:LensSerialNumber",
            "exifEX:BodySerialNumber",
            "exifEX:LensSerialNumber",
            "drone-dji:CameraSerialNumber",
            "drone-dji:DroneSerialNumber",
            "MicrosoftPhoto:CameraSerialNumber",
        ],
    ),
    (Clue::Owner, &["aux:OwnerName", "exifEX:CameraOwnerName", "xmpRights:Owner"]),
    (
        Clue::Creator,
        &["dc:creator", "tiff:Artist", "photoshop:CaptionWriter", "Iptc4xmpCore:CreatorContactInfo"],
    ),
    (
        Clue::MailAddress,
        &["Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiEmailWork", "Iptc4xmpCore:CiEmailWork"],
    ),
    (Clue::Telephone, &["Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiTelWork", "Iptc4xmpCore:CiTelWork"]),
    (
        Clue::Address,
        &["Iptc4xmpCore:CreatorContactInfo/Iptc4xmpCore:CiAdrExtadr", "Iptc4xmpCore:CiAdrExtadr"],
    ),
    (Clue::UniqueNumber, &["exif:ImageUniqueID"]),
    (Clue::Thumbnail, &["xmp:Thumbnails"]),
    (Clue::Person, &["mwg-rs:Regions", "MP:RegionInfo", "Iptc4xmpExt:PersonInImage"]),
];

impl Made {
    /// Takes what a packet says.
    pub(in crate::describe) fn packet(&mut self, octets: &[u8]) {
        /// Nobody writes more than two.
        const MOST: usize = 4;
        if self.packets == MOST {
            self.trouble = self.trouble.or(Some(Trouble::TooMuch));
            return;
        }
        self.packets += 1;
        let xmp = Xmp::read(octets);
        for (key, names) in TAKEN {
            if let Some((_, value)) = xmp.first_of(names) {
                self.hear(key, PLACE, value);
            }
        }
        let names: Vec<String> =
            xmp.all("dc:creator").chain(xmp.all("tiff:Artist")).map(str::to_owned).collect();
        let mut once: Vec<String> = Vec::new();
        for name in names {
            if !once.contains(&name) {
                once.push(name);
            }
        }
        self.creators(PLACE, once);
        for (name, trust, signal) in DATES {
            if let Some(value) = xmp.first(name) {
                self.dated(signal, trust, value, value);
            }
        }
        if let Some(value) = xmp.first("xmp:ModifyDate") {
            self.changed(PLACE, value);
        }
        for (clue, names) in NOTED {
            if names.iter().any(|name| xmp.has(name)) {
                self.clues.note(clue, PLACE);
            }
        }
        if xmp.properties.iter().any(|property| sensitive::leads_to_a_user(&property.value)) {
            self.clues.note(Clue::UserName, PLACE);
        }
        if xmp.fault.is_some() {
            self.trouble = self.trouble.or(Some(Trouble::Broken("its XMP packet")));
        }
    }
}
