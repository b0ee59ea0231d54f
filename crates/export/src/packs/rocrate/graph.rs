//! A JSON-LD document written entity by entity: flattened, compacted, in no more memory than one needs.

use crate::{Error, ErrorKind, Result};
use provenance::Sha256Hex;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write;

/// The context of RO-Crate 1.2, by reference as its specification asks.
const CONTEXT: &str = "https://w3id.org/ro/crate/1.2/context";

/// A document in the making: one line for each entity.
pub(super) struct Graph<W: Write> {
    out: W,
    is_first: bool,
}

impl<W: Write> Graph<W> {
    pub(super) fn new(mut out: W) -> Result<Self> {
        writeln!(out, "{{\"@context\":\"{CONTEXT}\",\"@graph\":[").map_err(|error| cannot_write(&error))?;
        Ok(Self { out, is_first: true })
    }

    /// Ends the document.
    pub(super) fn end(mut self) -> Result<()> {
        self.out.write_all(b"\n]}\n").and_then(|()| self.out.flush()).map_err(|error| cannot_write(&error))
    }

    /// Writes an entity.
    pub(super) fn entity(&mut self, entity: &Value) -> Result<()> {
        self.next()?;
        self.json(entity)
    }

    /// Writes an entity with one more property, which refers to so many others that they come one by one.
    pub(super) fn entity_with(
        &mut self,
        entity: &Value,
        property: &str,
        list: &mut dyn FnMut(&mut References<'_, W>) -> Result<()>,
    ) -> Result<()> {
        self.next()?;
        let text = entity.to_string();
        // The property takes the place of the brace that ends the entity, which is never empty.
        let open = text.strip_suffix('}').unwrap_or(&text);
        self.raw(open)?;
        self.raw(",")?;
        self.json(&json!(property))?;
        self.raw(":[")?;
        let mut references = References { graph: self, is_first: true };
        list(&mut references)?;
        self.raw("]}")
    }

    fn next(&mut self) -> Result<()> {
        if std::mem::take(&mut self.is_first) { Ok(()) } else { self.raw(",\n") }
    }

    fn json(&mut self, value: &Value) -> Result<()> {
        serde_json::to_writer(&mut self.out, value).map_err(|error| cannot_write(&error.into()))
    }

    fn raw(&mut self, text: &str) -> Result<()> {
        self.out.write_all(text.as_bytes()).map_err(|error| cannot_write(&error))
    }
}

/// The entities that a property refers to.
pub(super) struct References<'g, W: Write> {
    graph: &'g mut Graph<W>,
    is_first: bool,
}

impl<W: Write> References<'_, W> {
    pub(super) fn push(&mut self, id: &str) -> Result<()> {
        let between = if std::mem::take(&mut self.is_first) { "\n" } else { ",\n" };
        self.graph.raw(between)?;
        self.graph.json(&reference(id))
    }
}

/// A reference to an entity.
pub(super) fn reference(id: &str) -> Value {
    json!({ "@id": id })
}

/// One value as it is, and several as an array: RO-Crate wants no array of one.
pub(super) fn one_or_many(mut values: Vec<Value>) -> Option<Value> {
    if values.len() > 1 {
        return Some(Value::Array(values));
    }
    values.pop()
}

/// The identifier of an entity that only this document knows, from what it is and what it is called.
pub(super) fn local_id(kind: &str, name: &str) -> String {
    let digest = Sha256Hex::of(name.as_bytes());
    let digits = digest.as_str().get(..16).unwrap_or_default();
    format!("#{kind}-{digits}")
}

/// A path as a relative reference (RFC 3987 §2.2; RO-Crate 1.2, «Encoding file paths»): what a reference
/// may hold stays as it is, letters of all scripts too, and all else becomes `%HH` for each octet. So does
/// a colon, which would make a scheme of what stands before it.
pub(super) fn path_reference(path: &str) -> String {
    let mut reference = String::with_capacity(path.len() + 8);
    for c in path.chars() {
        if is_plain(c) {
            reference.push(c);
        } else {
            for octet in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(reference, "%{octet:02X}");
            }
        }
    }
    reference
}

/// `ipchar` without the colon, and the slash; of `ucschar` the letters, but no marks of direction.
fn is_plain(c: char) -> bool {
    match c {
        'A'..='Z'
        | 'a'..='z'
        | '0'..='9'
        | '/'
        | '-'
        | '.'
        | '_'
        | '~'
        | '!'
        | '$'
        | '&'
        | '\''
        | '('
        | ')'
        | '*'
        | '+'
        | ','
        | ';'
        | '='
        | '@' => true,
        '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => {
            !c.is_whitespace() && !provenance::name::is_unsafe_character(c)
        }
        '\u{10000}'..='\u{EFFFD}' => u32::from(c) & 0xFFFE != 0xFFFE,
        _ => false,
    }
}

fn cannot_write(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Package, format!("cannot write the RO-Crate: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        let paths = [
            ("bag/data/a b.txt", "bag/data/a%20b.txt"),
            ("bag/data/50%.txt", "bag/data/50%25.txt"),
            ("a:b/data/#1?", "a%3Ab/data/%231%3F"),
            ("bag/data/نامهٔ من.txt", "bag/data/نامهٔ%20من.txt"),
            ("bag/data/[a]{b}|^`\"<>", "bag/data/%5Ba%5D%7Bb%7D%7C%5E%60%22%3C%3E"),
            ("bag/data/\u{FFFE}", "bag/data/%EF%BF%BE"),
            ("bag/data/\u{A0}x", "bag/data/%C2%A0x"),
        ];
        for (path, expected) in paths {
            assert_eq!(path_reference(path), expected);
        }
    }

    #[test]
    fn a_document_is_json_however_many_entities_it_has() {
        for count in 0..3 {
            let mut out = Vec::new();
            let mut graph = Graph::new(&mut out).unwrap();
            graph
                .entity_with(&json!({ "@id": "./" }), "hasPart", &mut |list| {
                    (0..count).try_for_each(|number| list.push(&format!("\"{number}")))
                })
                .unwrap();
            for number in 0..count {
                graph.entity(&json!({ "@id": number })).unwrap();
            }
            graph.end().unwrap();
            let read: Value = serde_json::from_slice(&out).unwrap();
            assert_eq!(read["@graph"].as_array().unwrap().len(), count + 1);
            assert_eq!(read["@graph"][0]["hasPart"].as_array().unwrap().len(), count);
        }
    }

    #[test]
    fn an_array_has_more_than_one_value() {
        assert_eq!(one_or_many(Vec::new()), None);
        assert_eq!(one_or_many(vec![json!("a")]), Some(json!("a")));
        assert_eq!(one_or_many(vec![json!("a"), json!("b")]), Some(json!(["a", "b"])));
    }
}
