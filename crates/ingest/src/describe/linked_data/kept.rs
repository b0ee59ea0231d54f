//! JSON of which only what is asked for is kept: scripts hold whole articles, pictures and lists of
//! other pages, too. Text is lent by the script where it can be.

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::borrow::Cow;
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

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Kept<'s> {
    Text(Cow<'s, str>),
    Number(Number),
    Many(Vec<Kept<'s>>),
    Object(Object<'s>),
    /// `true`, `false` or `null`: they name nothing.
    Nothing,
}

/// Of an object only what has one of the [`KEYS`]; the last where several have the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Object<'s>(Vec<(&'static str, Kept<'s>)>);

impl<'s> Object<'s> {
    pub(super) fn get(&self, key: &str) -> Option<&Kept<'s>> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
    }

    fn keep(&mut self, key: &'static str, value: Kept<'s>) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => *known = value,
            None => self.0.push((key, value)),
        }
    }
}

impl Kept<'_> {
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same, with text of its own.
    pub(super) fn into_owned(self) -> Kept<'static> {
        match self {
            Self::Text(text) => Kept::Text(Cow::Owned(text.into_owned())),
            Self::Number(number) => Kept::Number(number),
            Self::Many(values) => Kept::Many(values.into_iter().map(Kept::into_owned).collect()),
            Self::Object(Object(entries)) => Kept::Object(Object(
                entries.into_iter().map(|(key, value)| (key, value.into_owned())).collect(),
            )),
            Self::Nothing => Kept::Nothing,
        }
    }
}

impl<'de> Deserialize<'de> for Kept<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Keeping)
    }
}

struct Keeping;

impl<'de> Visitor<'de> for Keeping {
    type Value = Kept<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Kept<'de>, E> {
        Ok(Kept::Nothing)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Kept<'de>, E> {
        Ok(Kept::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Kept<'de>, E> {
        Ok(Kept::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Kept<'de>, E> {
        Ok(Number::from_f64(value).map_or(Kept::Nothing, Kept::Number))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Kept<'de>, E> {
        Ok(Kept::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Kept<'de>, E> {
        Ok(Kept::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_unit<E: Error>(self) -> Result<Kept<'de>, E> {
        Ok(Kept::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut values: A) -> Result<Kept<'de>, A::Error> {
        let mut kept = Vec::new();
        while let Some(value) = values.next_element()? {
            kept.push(value);
        }
        Ok(Kept::Many(kept))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Kept<'de>, A::Error> {
        let mut kept = Object::default();
        while let Some(Key(key)) = entries.next_key()? {
            if let Some(key) = key {
                kept.keep(key, entries.next_value()?);
            } else {
                entries.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Kept::Object(kept))
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
    use serde_json::{Value, json};

    /// As the crate has it, but for `true` and `false`.
    fn value(kept: Kept) -> Value {
        match kept {
            Kept::Text(text) => text.into(),
            Kept::Number(number) => number.into(),
            Kept::Many(values) => values.into_iter().map(value).collect(),
            Kept::Object(Object(entries)) => {
                entries.into_iter().map(|(key, kept)| (key, value(kept))).collect()
            }
            Kept::Nothing => Value::Null,
        }
    }

    fn kept(script: &str) -> Value {
        let kept: Kept = serde_json::from_str(script).unwrap();
        assert_eq!(value(kept.clone()), value(kept.clone().into_owned()));
        value(kept)
    }

    #[test]
    fn what_is_kept_is_as_it_was_written() {
        let script = r#"{"name": ["a", 1, -1, 1.5, null, {"@id": "b", "name": {}}], "url": "c\u00e9"}"#;
        assert_eq!(kept(script), serde_json::from_str::<Value>(script).unwrap());
        assert_eq!(kept("[true, false, null]"), json!([null, null, null]));
    }

    #[test]
    fn all_else_is_left_out_at_any_depth() {
        let script =
            r#"{"articleBody": "x", "author": {"name": "y", "image": {"name": "z"}}, "url": 1, "url": 2}"#;
        assert_eq!(kept(script), json!({"author": {"name": "y"}, "url": 2}));
    }

    #[test]
    fn text_is_lent_where_it_can_be() {
        let kept: Vec<Kept> = serde_json::from_str(r#"["a", "b\n"]"#).unwrap();
        let lent = |kept: &Kept| matches!(kept, Kept::Text(Cow::Borrowed(_)));
        assert_eq!(kept.iter().map(lent).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn what_is_broken_stays_so() {
        for script in ["{", "{\"x\": }", "{\"x\": \"a\nb\"}", "{1: 2}", "{\"name\": [1,]}"] {
            assert!(serde_json::from_str::<Kept>(script).is_err(), "{script}");
        }
        assert!(serde_json::from_str::<Kept>(&"[".repeat(10_000)).is_err());
    }
}
