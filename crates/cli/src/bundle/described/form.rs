//! Whose list it is, told by its header, and what each of its columns says.

use super::date::language_of;
use export::columns::{Meaning, Sheet};
use export::crosswalk::{Vocabulary, column_of, incoming};
use export::returned::Table;
use export::sheet::{COLUMNS, FilledBy};
use fixity::Algorithm;
use provenance::name::excerpt;

/// Whose list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `manifest.csv`, as `fonds sheet` writes it or as people send it back; or some of its columns.
    Sheet,
    /// `metadata.csv` of Archivematica.
    Archivematica,
    /// The CSV template of AtoM for ISAD(G).
    Atom,
    /// A list of one's own.
    List,
}

impl Form {
    /// In words.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Sheet => "sheet of fonds",
            Self::Archivematica => "metadata.csv of Archivematica",
            Self::Atom => "ISAD(G) template of AtoM",
            Self::List => "plain list",
        }
    }

    /// Whether dates there may be free text.
    pub(super) fn has_free_dates(self) -> bool {
        matches!(self, Self::Archivematica | Self::Atom)
    }
}

/// What a column says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// Which document the row is about.
    Path,
    /// The same, by its identifier.
    ItemId,
    /// What a column of ours says.
    Described(&'static str),
    /// A digest of the document.
    Digest(Algorithm),
    /// Its octets.
    Size,
    /// One of AtoM's parallel lists of events.
    Event(EventList),
    /// What level of an arrangement the row is about.
    Level,
    /// Kept among the notes under its own name.
    Kept,
    /// Measured or told anew, so that nobody takes it from here.
    Passed,
    /// Without a name, as some spreadsheets leave at the end; it must be blank.
    Nameless,
}

/// AtoM's lists of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventList {
    Dates,
    Types,
    Starts,
    Ends,
    Actors,
}

/// Names that are AtoM's own, of which a list of AtoM has two at least.
const ATOM: [&str; 10] = [
    "legacyId",
    "parentId",
    "qubitParentSlug",
    "levelOfDescription",
    "digitalObjectPath",
    "digitalObjectURI",
    "scopeAndContent",
    "extentAndMedium",
    "accessionNumber",
    "eventTypes",
];

/// A header that is understood.
pub(super) struct Header {
    pub(super) form: Form,
    pub(super) columns: Vec<Column>,
    /// The language of its names, where it tells how dates are read.
    pub(super) language: Option<&'static str>,
}

impl Header {
    /// Reads it; every problem if there is one. With `keep`, columns that nobody knows are kept among
    /// the notes.
    pub(super) fn read(table: &Table, keep: bool) -> Result<Self, Vec<String>> {
        let names: Vec<&str> = table.columns.iter().map(String::as_str).collect();
        let form = form_of(&names);
        let mut problems = Vec::new();
        let mut columns = Vec::with_capacity(names.len());
        for (at, name) in names.iter().enumerate() {
            let again = names[..at].iter().any(|other| other.eq_ignore_ascii_case(name));
            if again && !name.is_empty() && form != Form::Archivematica {
                let shown = excerpt(name.as_bytes());
                problems.push(format!("row 1: expected each column once, found `{shown}` again"));
            }
            columns.push(column(form, at, name).unwrap_or_else(|| {
                if !keep {
                    problems.push(unknown(form, name));
                }
                Column::Kept
            }));
        }
        if !columns.iter().any(|column| matches!(column, Column::Path | Column::ItemId)) {
            problems.push(format!("row 1: expected a column that names the files ({}), found none", paths()));
        }
        let language = language_of(names.iter().copied());
        if problems.is_empty() { Ok(Self { form, columns, language }) } else { Err(problems) }
    }

    pub(super) fn has(&self, column: &Column) -> bool {
        self.columns.contains(column)
    }
}

fn form_of(names: &[&str]) -> Form {
    let is = |name: &str, known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(name));
    let is_dublin_core = |name: &&str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("dc.") || name.starts_with("dcterms.")
    };
    if names.first().is_some_and(|first| is(first, &["filename", "parts"]))
        && names.iter().any(is_dublin_core)
    {
        return Form::Archivematica;
    }
    if names.iter().filter(|name| is(name, &ATOM)).count() >= 2 {
        return Form::Atom;
    }
    let named = || names.iter().filter(|name| !name.is_empty());
    let is_ours = |name: &&&str| ours(name).is_some() || name.parse::<Algorithm>().is_ok();
    let has = |column: &str| named().any(|name| ours(name).is_some_and(|meaning| meaning.name == column));
    if has("item_id") || (has("path") && named().all(|name| is_ours(&name))) {
        return Form::Sheet;
    }
    Form::List
}

/// The column of ours that has this name, or this title in either language.
fn ours(name: &str) -> Option<&'static Meaning> {
    let mut columns = Sheet::Manifest.columns();
    columns.find(|meaning| {
        meaning.name.eq_ignore_ascii_case(name) || meaning.title_en == name || meaning.title_fa == name
    })
}

/// What a name in the header stands for; `None` if nobody knows.
fn column(form: Form, at: usize, name: &str) -> Option<Column> {
    if name.is_empty() {
        return Some(Column::Nameless);
    }
    match form {
        Form::Sheet => our_column(name),
        Form::Archivematica if at == 0 => Some(Column::Path),
        Form::Archivematica => Some(known(Vocabulary::Archivematica, name).unwrap_or_else(|| {
            // Our own names may be there, too; what fonds tells of itself in such a file is passed over.
            match our_column(name) {
                Some(column @ (Column::Described(_) | Column::Passed)) => column,
                _ => Column::Kept,
            }
        })),
        Form::Atom => Some(event_list(name).or_else(|| known(Vocabulary::Atom, name)).unwrap_or({
            if name.eq_ignore_ascii_case("levelOfDescription") { Column::Level } else { Column::Kept }
        })),
        Form::List => known(Vocabulary::List, name).or_else(|| our_column(name)),
    }
}

fn our_column(name: &str) -> Option<Column> {
    let Some(meaning) = ours(name) else {
        return name.parse::<Algorithm>().ok().map(Column::Digest);
    };
    let column = COLUMNS.iter().find(|column| column.name == meaning.name)?;
    Some(match column.name {
        "path" => Column::Path,
        "item_id" => Column::ItemId,
        "size_bytes" => Column::Size,
        "sha256" => Column::Digest(Algorithm::Sha256),
        "sha512" => Column::Digest(Algorithm::Sha512),
        name if column.filled_by == FilledBy::Fonds || name.ends_with("_basis") => Column::Passed,
        name => Column::Described(name),
    })
}

fn known(vocabulary: Vocabulary, name: &str) -> Option<Column> {
    match column_of(vocabulary, name)? {
        "path" => Some(Column::Path),
        column => Some(Column::Described(column)),
    }
}

fn event_list(name: &str) -> Option<Column> {
    let list = match name {
        "eventDates" => EventList::Dates,
        "eventTypes" => EventList::Types,
        "eventStartDates" => EventList::Starts,
        "eventEndDates" => EventList::Ends,
        "eventActors" => EventList::Actors,
        _ => return None,
    };
    Some(Column::Event(list))
}

/// Names that a column of paths may have.
fn paths() -> String {
    let names = incoming(Vocabulary::List).filter(|term| term.column == "path");
    names.map(|term| term.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// What is said of a column that nobody knows.
fn unknown(form: Form, name: &str) -> String {
    let known: Vec<&str> = match form {
        Form::List => incoming(Vocabulary::List)
            .filter(|term| term.language == "en")
            .map(|term| term.name.as_str())
            .collect(),
        _ => COLUMNS.iter().map(|column| column.name).filter(|name| !name.ends_with("_basis")).collect(),
    };
    let shown = excerpt(name.as_bytes());
    format!(
        "row 1: expected columns such as {}, found `{shown}`; --keep-columns keeps it among the notes",
        known.join(", ")
    )
}
