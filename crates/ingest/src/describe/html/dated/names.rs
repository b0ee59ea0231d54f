//! Names of declarations of dates, and words about changes.

/// Declarations of the day of publication.
pub(super) const PUBLISHED: [&str; 15] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "citation_publication_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "article_date_original",
];

/// Declarations of a day that usually is that of publication.
pub(super) const DATED: [&str; 11] = [
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "dcterms.created",
    "date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "release_date",
];

/// Declarations of a change, or of something that may be one.
pub(super) const CHANGED: [&str; 8] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "revised",
    "modified_time",
];

/// Words by which a line speaks of a change, not of publication.
pub(super) const CHANGE_WORDS: [&str; 16] = [
    "updated",
    "modified",
    "last edited",
    "aktualisiert",
    "geändert",
    "update:",
    "mis à jour",
    "modifié",
    "actualizado",
    "actualización",
    "aggiornato",
    "обновлено",
    "güncellenme",
    "به‌روزرسانی",
    "بروزرسانی",
    "آخر تحديث",
];
