//! Kinds of Office Open XML and `OpenDocument`.

/// Main parts of Office Open XML packages as `[Content_Types].xml` names them, between
/// `application/vnd.` and `.main+xml` (`.main` where they are binary); media types; identifiers.
pub(super) const OFFICE_PARTS: [(&str, &str, Option<&str>); 18] = [
    (
        "openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Some("fmt/412"),
    ),
    (
        "openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("fmt/214"),
    ),
    (
        "openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        Some("fmt/215"),
    ),
    (
        "openxmlformats-officedocument.wordprocessingml.template",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
        Some("fmt/597"),
    ),
    (
        "openxmlformats-officedocument.spreadsheetml.template",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.template",
        Some("fmt/598"),
    ),
    (
        "openxmlformats-officedocument.presentationml.template",
        "application/vnd.openxmlformats-officedocument.presentationml.template",
        Some("fmt/631"),
    ),
    (
        "openxmlformats-officedocument.presentationml.slideshow",
        "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
        Some("fmt/629"),
    ),
    ("ms-word.document.macroEnabled", "application/vnd.ms-word.document.macroEnabled.12", Some("fmt/523")),
    (
        "ms-word.template.macroEnabledTemplate",
        "application/vnd.ms-word.template.macroEnabled.12",
        Some("fmt/599"),
    ),
    ("ms-excel.sheet.macroEnabled", "application/vnd.ms-excel.sheet.macroEnabled.12", Some("fmt/445")),
    ("ms-excel.template.macroEnabled", "application/vnd.ms-excel.template.macroEnabled.12", Some("fmt/627")),
    ("ms-excel.addin.macroEnabled", "application/vnd.ms-excel.addin.macroEnabled.12", Some("fmt/628")),
    (
        "ms-excel.sheet.binary.macroEnabled",
        "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        Some("fmt/595"),
    ),
    (
        "ms-powerpoint.presentation.macroEnabled",
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
        Some("fmt/487"),
    ),
    (
        "ms-powerpoint.slideshow.macroEnabled",
        "application/vnd.ms-powerpoint.slideshow.macroEnabled.12",
        Some("fmt/630"),
    ),
    (
        "ms-powerpoint.template.macroEnabled",
        "application/vnd.ms-powerpoint.template.macroEnabled.12",
        Some("fmt/632"),
    ),
    (
        "ms-powerpoint.addin.macroEnabled",
        "application/vnd.ms-powerpoint.addin.macroEnabled.12",
        Some("fmt/633"),
    ),
    ("ms-visio.drawing", "application/vnd.ms-visio.drawing.main+xml", Some("fmt/924")),
];

/// Identifiers of versions 1.0 to 1.4 of a kind of `OpenDocument`.
type Versions = [&'static str; 5];

const TEXT: Versions = ["fmt/136", "fmt/290", "fmt/291", "fmt/1756", "fmt/2044"];
const SPREADSHEET: Versions = ["fmt/137", "fmt/294", "fmt/295", "fmt/1755", "fmt/2045"];
const PRESENTATION: Versions = ["fmt/138", "fmt/292", "fmt/293", "fmt/1754", "fmt/2046"];
const GRAPHICS: Versions = ["fmt/139", "fmt/296", "fmt/297", "fmt/1753", "fmt/2048"];

/// Media types of `OpenDocument`, and identifiers: PRONOM has none for formulas and charts, and the same
/// for a template as for what it makes.
pub(super) const OPEN_DOCUMENTS: [(&str, Option<Versions>); 11] = [
    ("application/vnd.oasis.opendocument.text", Some(TEXT)),
    ("application/vnd.oasis.opendocument.spreadsheet", Some(SPREADSHEET)),
    ("application/vnd.oasis.opendocument.presentation", Some(PRESENTATION)),
    ("application/vnd.oasis.opendocument.graphics", Some(GRAPHICS)),
    ("application/vnd.oasis.opendocument.text-template", Some(TEXT)),
    ("application/vnd.oasis.opendocument.spreadsheet-template", Some(SPREADSHEET)),
    ("application/vnd.oasis.opendocument.presentation-template", Some(PRESENTATION)),
    ("application/vnd.oasis.opendocument.graphics-template", Some(GRAPHICS)),
    ("application/vnd.oasis.opendocument.text-master", Some(TEXT)),
    ("application/vnd.oasis.opendocument.formula", None),
    ("application/vnd.oasis.opendocument.chart", None),
];
