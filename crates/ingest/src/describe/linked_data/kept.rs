//! JSON of which only what is asked for is kept: scripts hold whole articles, pictures and lists of
//! other pages, too.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// The keys of all that is asked for, in objects at any depth.
const KEYS: [&str; 18] = [
    "@type",
    "@id",
    "@value",
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "name",
    "alternateName",
    "headline",
    "author",
    "creator",
    "publisher",
    "datePublished",
    "dateCreated",
    "dateModified",
    "url",
    "inLanguage",
    "description",
];

/// A value, and of objects only what has one of the [`KEYS`].
pub(super) struct Kept(pub(super) Value);

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Keeping).map(Self)
    }
}

struct Keeping;

impl<'de> Visitor<'de> for Keeping {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Value, A::Error> {
        let mut kept = Vec::new();
        while let Some(Kept(value)) = values.next_element()? {
            kept.push(value);
        }
        Ok(Value::Array(kept))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut kept = Map::new();
        while let Some(Key(key)) = entries.next_key()? {
            if let Some(key) = key {
                let Kept(value) = entries.next_value()?;
                kept.insert(key.to_owned(), value);
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Value::Object(kept))
    }
}

/// One of the [`KEYS`], or any other.
struct Key(Option<&'static str>);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Known).map(Self)
    }
}

struct Known;

impl Visitor<'_> for Known {
    type Value = Option<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(KEYS.into_iter().find(|known| *known == key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(script: &str) -> Value {
        serde_json::from_str::<Kept>(script).unwrap().0
    }

    #[test]
    fn what_is_kept_is_as_it_was_written() {
        let script = r#"{"name": ["a", 1, -1, 1.5, true, null, {"@id": "b", "name": {}}], "url": "c\u00e9"}"#;
        assert_eq!(kept(script), serde_json::from_str::<Value>(script).unwrap());
    }

    #[test]
    fn all_else_is_left_out_at_any_depth() {
        let script =
            r#"{"articleBody": "x", "author": {"name": "y", "image": {"name": "z"}}, "url": 1, "url": 2}"#;
        assert_eq!(kept(script), serde_json::json!({"author": {"name": "y"}, "url": 2}));
    }

    #[test]
    fn what_is_broken_stays_so() {
        for script in ["{", "{\"x\": }", "{\"x\": \"a\nb\"}", "{1: 2}", "{\"name\": [1,]}"] {
            assert!(serde_json::from_str::<Kept>(script).is_err(), "{script}");
        }
        assert!(serde_json::from_str::<Kept>(&"[".repeat(10_000)).is_err());
    }
}
