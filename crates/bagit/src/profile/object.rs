//! A JSON object whose fields are taken out one by one, and what is noticed on the way.

use super::Fault;
use super::json::Json;

/// So many faults are told of one profile; each item of a list may be one.
const MOST_FAULTS: usize = 1000;

/// What was noticed on the way.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) faults: Vec<Fault>,
    pub(super) remarks: Vec<String>,
}

impl Notes {
    pub(super) fn fault(&mut self, place: impl Into<String>, message: impl Into<String>) {
        let fault = match self.faults.len() {
            ..MOST_FAULTS => Fault { place: place.into(), message: message.into() },
            MOST_FAULTS => {
                Fault { place: String::new(), message: "more than these; they are not told".into() }
            }
            _ => return,
        };
        self.faults.push(fault);
    }
}

/// An object whose fields are taken out one by one.
pub(super) struct Object {
    pub(super) place: String,
    pub(super) fields: Vec<(String, Json)>,
}

impl Object {
    pub(super) fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() { key.to_owned() } else { format!("{}/{key}", self.place) }
    }

    /// Takes a field out; null is taken for an absent field.
    fn take(&mut self, key: &str, notes: &mut Notes) -> Option<Json> {
        let at = self.fields.iter().position(|(found, _)| found == key)?;
        match self.fields.remove(at).1 {
            Json::Null => {
                notes.remarks.push(format!("{}: null, taken for an absent field", self.place_of(key)));
                None
            }
            value => Some(value),
        }
    }

    /// All its fields, which must be objects themselves.
    pub(super) fn objects(self, notes: &mut Notes) -> Vec<(String, Self)> {
        let place = if self.place.is_empty() { String::new() } else { self.place + "/" };
        let mut objects = Vec::new();
        for (key, value) in self.fields {
            let place = format!("{place}{key}");
            match value {
                Json::Map(fields) => objects.push((key, Self { place, fields })),
                other => notes.fault(place, format!("expected an object, found {}", other.kind())),
            }
        }
        objects
    }

    fn unfit(&self, key: &str, expected: &str, found: &Json, notes: &mut Notes) {
        notes.fault(self.place_of(key), format!("expected {expected}, found {}", found.kind()));
    }

    pub(super) fn object(&mut self, key: &str, notes: &mut Notes) -> Option<Self> {
        match self.take(key, notes)? {
            Json::Map(fields) => Some(Self { place: self.place_of(key), fields }),
            other => {
                self.unfit(key, "an object", &other, notes);
                None
            }
        }
    }

    pub(super) fn string(&mut self, key: &str, notes: &mut Notes) -> Option<String> {
        match self.take(key, notes)? {
            Json::String(text) => Some(text),
            other => {
                self.unfit(key, "a string", &other, notes);
                None
            }
        }
    }

    pub(super) fn required_string(&mut self, key: &str, notes: &mut Notes) -> String {
        let before = notes.faults.len();
        match self.string(key, notes) {
            Some(text) if !text.trim().is_empty() => return text.trim().to_owned(),
            Some(_) => notes.fault(self.place_of(key), "expected a text, found an empty one"),
            None if notes.faults.len() == before => {
                notes.fault(self.place_of(key), "expected a string, found no such field");
            }
            None => {}
        }
        String::new()
    }

    /// `true` or `false`; the ABNF of the specification has them in quotes.
    pub(super) fn flag(&mut self, key: &str, notes: &mut Notes) -> Option<bool> {
        match self.take(key, notes)? {
            Json::Bool(flag) => Some(flag),
            Json::String(word) if word == "true" || word == "false" => {
                notes.remarks.push(format!("{}: `{word}` in quotes", self.place_of(key)));
                Some(word == "true")
            }
            other => {
                self.unfit(key, "true or false", &other, notes);
                None
            }
        }
    }

    /// A list of strings; a single string is taken for a list of one.
    pub(super) fn list(&mut self, key: &str, notes: &mut Notes) -> Option<Vec<String>> {
        let items = match self.take(key, notes)? {
            Json::List(items) => items,
            Json::String(text) => {
                notes.remarks.push(format!("{}: a string, taken for a list of one", self.place_of(key)));
                return Some(vec![text]);
            }
            other => {
                self.unfit(key, "a list", &other, notes);
                return None;
            }
        };
        let mut texts = Vec::new();
        for item in items {
            match item {
                Json::String(text) => texts.push(text),
                other => self.unfit(key, "a list of strings", &other, notes),
            }
        }
        Some(texts)
    }

    /// Remarks on what nobody asked for.
    pub(super) fn end(self, notes: &mut Notes) {
        for (key, _) in &self.fields {
            let place = self.place_of(key);
            notes.remarks.push(format!("{place}: no field of the specification; it is not judged"));
        }
    }
}
