//! What an extension may stand for, and whether the content is something else.

use provenance::Format;

/// What the content of a document with some extension may be.
enum May {
    /// One of these media types.
    Be(&'static [&'static str]),
    /// One of these, or any text: a fragment, or what is cut, is not told for what it is.
    BeText(&'static [&'static str]),
    /// One of these, or any text but a page: what is served where a file was asked for is often one.
    BeRows(&'static [&'static str]),
    /// XML of any kind, or a page.
    BeXml,
    /// A ZIP, of which the head may not tell what is in it, or one of these.
    BeZip(&'static [&'static str]),
    /// A compound file, of which the head may not tell what is in it, or one of these.
    BeCompound(&'static [&'static str]),
}

use May::{Be, BeCompound, BeRows, BeText, BeXml, BeZip};

const PAGES: &[&str] = &["text/html", "application/xhtml+xml"];
const COMPOUND: &str = "application/x-ole-storage";
const FILM: &[&str] = &[
    "video/mp4",
    "video/quicktime",
    "video/x-m4v",
    "video/3gpp",
    "video/3gpp2",
    "audio/mp4",
    "audio/3gpp",
    "application/mp4",
];
const OGG: &[&str] = &["audio/ogg", "video/ogg", "application/ogg"];
const MATROSKA: &[&str] =
    &["video/matroska", "audio/matroska", "video/webm", "audio/webm", "application/x-ebml"];
const HEIF: &[&str] = &["image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"];
const WINDOWS_MEDIA: &[&str] =
    &["application/vnd.ms-asf", "video/x-ms-wmv", "audio/x-ms-wma", "video/x-ms-asf"];
const CMS: &[&str] = &[
    "application/pkcs7-mime",
    "application/pkcs7-signature",
    "application/cms",
    "application/vnd.etsi.timestamp-token",
];

/// Extensions in lower case, and what each may stand for. Of any other nothing is known: `.dat`, `.bin`
/// and `.tmp` may be anything, `.ts` a film or a program, `.dot` and
/// `.pot` templates of many kinds, `.db` any database.
const EXTENSIONS: &[(&[&str], May)] = &[
    (&["txt", "text", "md", "markdown", "log", "ini", "cfg", "conf", "tex", "bib", "asc"], BeText(&[])),
    (&["csv", "tsv", "tab", "srt", "vtt", "jsonl", "ndjson", "yaml", "yml", "toml", "sql"], BeRows(&[])),
    (&["py", "js", "css", "sh", "c", "h", "rs", "java", "pem"], BeText(&[])),
    (&["vcf", "vcs", "ics", "ttl", "eml", "mbox", "mht", "mhtml"], BeRows(&[])),
    (
        &["json", "geojson", "ipynb", "har", "webmanifest"],
        Be(&["application/json", "application/geo+json", "text/plain"]),
    ),
    (
        &["htm", "html", "shtml", "xhtml", "xht"],
        Be(&["text/html", "application/xhtml+xml", "application/xml", "text/plain"]),
    ),
    (&["xml", "xsd", "xsl", "xslt", "rss", "atom", "kml", "gpx", "svg", "fodt", "fods", "tei"], BeXml),
    (&["pdf"], Be(&["application/pdf"])),
    (&["rtf"], Be(&["application/rtf"])),
    (&["doc"], BeCompound(&["application/msword"])),
    (&["xls", "xlt", "xlm"], BeCompound(&["application/vnd.ms-excel"])),
    (&["ppt", "pps"], BeCompound(&["application/vnd.ms-powerpoint"])),
    // Other programs have messages in text by this name.
    (&["msg"], BeText(&["application/vnd.ms-outlook", COMPOUND])),
    (&["vsd"], BeCompound(&["application/vnd.visio"])),
    // With a password on it, each is a compound file.
    (
        &["docx"],
        BeZip(&["application/vnd.openxmlformats-officedocument.wordprocessingml.document", COMPOUND]),
    ),
    (&["docm"], BeZip(&["application/vnd.ms-word.document.macroEnabled.12", COMPOUND])),
    (
        &["dotx"],
        BeZip(&["application/vnd.openxmlformats-officedocument.wordprocessingml.template", COMPOUND]),
    ),
    (&["dotm"], BeZip(&["application/vnd.ms-word.template.macroEnabled.12", COMPOUND])),
    (&["xlsx"], BeZip(&["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", COMPOUND])),
    (&["xlsm"], BeZip(&["application/vnd.ms-excel.sheet.macroEnabled.12", COMPOUND])),
    (&["xlsb"], BeZip(&["application/vnd.ms-excel.sheet.binary.macroEnabled.12", COMPOUND])),
    (&["xltx"], BeZip(&["application/vnd.openxmlformats-officedocument.spreadsheetml.template", COMPOUND])),
    (
        &["pptx"],
        BeZip(&["application/vnd.openxmlformats-officedocument.presentationml.presentation", COMPOUND]),
    ),
    (&["pptm"], BeZip(&["application/vnd.ms-powerpoint.presentation.macroEnabled.12", COMPOUND])),
    (&["ppsx"], BeZip(&["application/vnd.openxmlformats-officedocument.presentationml.slideshow", COMPOUND])),
    (&["potx"], BeZip(&["application/vnd.openxmlformats-officedocument.presentationml.template", COMPOUND])),
    (&["odt"], BeZip(&["application/vnd.oasis.opendocument.text"])),
    (&["ods"], BeZip(&["application/vnd.oasis.opendocument.spreadsheet"])),
    (&["odp"], BeZip(&["application/vnd.oasis.opendocument.presentation"])),
    (&["odg"], BeZip(&["application/vnd.oasis.opendocument.graphics"])),
    (&["ott"], BeZip(&["application/vnd.oasis.opendocument.text-template"])),
    (&["otp"], BeZip(&["application/vnd.oasis.opendocument.presentation-template"])),
    (
        &["ots"],
        BeZip(&[
            "application/vnd.oasis.opendocument.spreadsheet-template",
            "application/vnd.opentimestamps.v1",
        ]),
    ),
    (&["epub"], BeZip(&["application/epub+zip"])),
    (&["kmz"], BeZip(&["application/vnd.google-earth.kmz"])),
    (&["wacz"], BeZip(&["application/wacz"])),
    (&["zip"], BeZip(&["application/java-archive", "application/wacz"])),
    (&["tar"], Be(&["application/x-tar"])),
    (&["gz", "tgz"], Be(&["application/gzip"])),
    (&["warc"], Be(&["application/warc", "application/gzip"])),
    (&["bz2", "tbz2"], Be(&["application/x-bzip2"])),
    (&["xz", "txz"], Be(&["application/x-xz"])),
    (&["zst"], Be(&["application/zstd"])),
    (&["7z"], Be(&["application/x-7z-compressed"])),
    (&["rar"], Be(&["application/vnd.rar"])),
    (&["jpg", "jpeg", "jpe", "jfif"], Be(&["image/jpeg"])),
    (&["png", "apng"], Be(&["image/png", "image/apng"])),
    (&["gif"], Be(&["image/gif"])),
    (&["tif", "tiff"], Be(&["image/tiff"])),
    (&["bmp", "dib"], Be(&["image/bmp"])),
    (&["webp"], Be(&["image/webp"])),
    (&["heic", "heif", "hif"], Be(HEIF)),
    (&["avif"], Be(&["image/avif"])),
    (&["djvu", "djv"], Be(&["image/vnd.djvu"])),
    (&["mp3"], Be(&["audio/mpeg"])),
    (&["wav", "wave", "bwf"], Be(&["audio/vnd.wave"])),
    (&["ogg", "oga", "ogv", "ogx", "opus", "spx"], Be(OGG)),
    (&["flac"], Be(&["audio/flac"])),
    (&["mp4", "m4v", "m4a", "m4b", "mov", "qt", "3gp", "3gpp", "3g2"], Be(FILM)),
    (&["aac"], Be(&["audio/aac", "audio/mp4", "video/mp4"])),
    (&["amr", "awb"], Be(&["audio/AMR", "audio/AMR-WB", "video/3gpp"])),
    (&["aif", "aiff", "aifc"], Be(&["audio/x-aiff"])),
    (&["mkv", "mka", "mks", "webm"], Be(MATROSKA)),
    (&["avi"], Be(&["video/vnd.avi"])),
    (&["wmv", "wma", "asf"], Be(WINDOWS_MEDIA)),
    (&["mpg", "mpeg", "vob"], Be(&["video/mpeg", "video/mp2t"])),
    (&["flv"], Be(&["video/x-flv", "video/mp4"])),
    (&["sqlite", "sqlite3", "db3"], Be(&["application/vnd.sqlite3"])),
    (&["mdb", "accdb"], Be(&["application/x-msaccess"])),
    (&["pst", "ost"], Be(&["application/vnd.ms-outlook-pst"])),
    (&["p7m", "p7s", "p7b", "p7c"], BeText(CMS)),
    (&["exe", "dll", "scr", "com"], Be(PROGRAM)),
];

const PROGRAM: &[&str] =
    &["application/vnd.microsoft.portable-executable", "application/x-msdownload", "application/x-dosexec"];

/// Extensions of formats whose every file begins with a signature that is known here: what has none is
/// damaged, encrypted, or something else.
const SIGNED: &[&str] = &[
    "pdf", "rtf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "wacz", "zip", "gz", "tgz", "bz2",
    "xz", "zst", "7z", "rar", "jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "webp", "heic", "wav",
    "ogg", "oga", "opus", "flac", "mkv", "webm", "avi", "sqlite", "sqlite3",
];

/// In words, where the extension of `name` stands for something else than `format`; `None` where either
/// of them says nothing.
pub(super) fn disagreement(name: &str, format: &Format) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    if stem.is_empty() {
        return None;
    }
    let Some(media_type) = format.media_type.filter(|media_type| *media_type != "application/octet-stream")
    else {
        // An empty file is told of as such.
        let extension = SIGNED.iter().find(|known| known.eq_ignore_ascii_case(extension))?;
        return format
            .basis
            .is_empty()
            .then(|| format!(".{extension}, and the content is of no known format"));
    };
    let is_it = |known: &&&str| known.eq_ignore_ascii_case(extension);
    let (extension, may) =
        EXTENSIONS.iter().find_map(|(known, may)| Some((*known.iter().find(is_it)?, may)))?;
    let is_text = format.basis.starts_with("text");
    let agrees = match may {
        Be(types) => types.contains(&media_type),
        BeText(types) => is_text || types.contains(&media_type),
        BeRows(types) => (is_text && !PAGES.contains(&media_type)) || types.contains(&media_type),
        BeXml => media_type.ends_with("xml") || is_text && ["text/html", "text/plain"].contains(&media_type),
        BeZip(types) => media_type == "application/zip" || types.contains(&media_type),
        BeCompound(types) => media_type == COMPOUND || types.contains(&media_type),
    };
    // Word opens these, and some programs write them instead of its own format.
    let custom = extension == "doc"
        && ["text/html", "multipart/related", "application/xml", "application/rtf"].contains(&media_type);
    let known = if custom { ", which Word opens, too" } else { "" };
    (!agrees).then(|| format!(".{extension}, and the content is {media_type}{known}"))
}
