//! JSON-LD: what scripts of linked data say of the page.

mod kept;

use super::markup::resolved;
use super::prose;
use kept::{Kept, Object};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Octets of one script that are parsed.
const SCRIPT: usize = 256 << 10;

/// What linked data says of one work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Work {
    /// Whether it is an article or the like, not the page around it.
    pub(super) is_article: bool,
    pub(super) title: Option<String>,
    pub(super) creators: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) created: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) address: Option<String>,
    pub(super) language: Option<String>,
    pub(super) summary: Option<String>,
}

/// The works of which all scripts together speak, articles first.
pub(super) fn works(scripts: &[&str]) -> Vec<Work> {
    let values: Vec<Kept> = scripts.iter().flat_map(|script| parse(script)).collect();
    let mut names = Names::default();
    for value in &values {
        each_object(value, &mut |object| {
            if let (Some(id), Some(name)) = (object.get("@id").and_then(Kept::as_text), object.get("name")) {
                names.add(id, name);
            }
        });
    }
    let mut works = Vec::new();
    for value in &values {
        each_object(value, &mut |object| works.extend(work(object, &names)));
    }
    works.sort_by_key(|work| !work.is_article);
    works
}

/// Names of people and organisations by what refers to them: made into text where somebody does.
#[derive(Default)]
struct Names<'a, 's>(BTreeMap<&'a str, &'a Kept<'s>>);

impl<'a, 's> Names<'a, 's> {
    /// The first that is a text is the name.
    fn add(&mut self, id: &'a str, name: &'a Kept<'s>) {
        if let Entry::Vacant(place) = self.0.entry(id)
            && is_text(name)
        {
            place.insert(name);
        }
    }

    fn of(&self, id: &str) -> Option<String> {
        self.0.get(id).and_then(|name| text(name))
    }
}

/// Whether a value gives a text: most is seen to at once.
fn is_text(value: &Kept) -> bool {
    match value {
        Kept::Text(text) if text.starts_with(|c: char| c.is_ascii_alphabetic()) => true,
        value => text(value).is_some(),
    }
}

/// The values in a script; what comes after broken JSON is lost.
fn parse(script: &str) -> Vec<Kept<'_>> {
    let mut script = Cow::Borrowed(script.trim());
    if script.len() > SCRIPT {
        return Vec::new();
    }
    for (start, end) in
        [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>")]
    {
        if let Some(inside) = script.trim().strip_prefix(start) {
            let inside = inside.trim().strip_suffix(end).unwrap_or(inside);
            script = Cow::Owned(inside.trim().to_owned());
        }
    }
    if script.trim_start().starts_with("{&quot;") {
        script = Cow::Owned(resolved(&script).into_owned());
    }
    let values = match &script {
        Cow::Borrowed(script) => stream(script),
        Cow::Owned(script) => owned(stream(script)),
    };
    if values.is_empty() && script.contains(|c: char| c.is_control()) {
        // Line breaks within strings are common, and forbidden.
        return owned(stream(&script.replace(|c: char| c.is_control(), " ")));
    }
    values
}

fn stream(script: &str) -> Vec<Kept<'_>> {
    let values = serde_json::Deserializer::from_str(script).into_iter();
    values.map_while(Result::ok).take(64).collect()
}

fn owned(values: Vec<Kept>) -> Vec<Kept<'static>> {
    values.into_iter().map(Kept::into_owned).collect()
}

/// Visits the objects that speak of the page: at the top, in graphs, and as its main entity.
fn each_object<'a, 's>(value: &'a Kept<'s>, visit: &mut impl FnMut(&'a Object<'s>)) {
    match value {
        Kept::Many(values) => values.iter().for_each(|value| each_object(value, visit)),
        Kept::Object(object) => {
            visit(object);
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    each_object(inner, visit);
                }
            }
        }
        _ => {}
    }
}

/// What an object says, if it is a work.
fn work(object: &Object, names: &Names) -> Option<Work> {
    let is = |ends: &[&str]| types(object).any(|kind| ends.iter().any(|end| kind.ends_with(end)));
    let is_article =
        is(&["Article", "Posting", "Report", "Review", "Recipe", "CreativeWork", "Blog", "Episode"]);
    let is_page = is(&["Page", "VideoObject", "Book", "Book", "Event", "HowTo", "Thesis", "Legislation"]);
    if !is_article && !is_page {
        return None;
    }
    let get = |key: &str| object.get(key).and_then(text);
    let people = |key: &str| {
        let mut found = Vec::new();
        collect_names(object.get(key), names, &mut found);
        found
    };
    let creators = people("author");
    Some(Work {
        is_article,
        title: get("headline").or_else(|| get("name")),
        creators: if creators.is_empty() { people("creator") } else { creators },
        published: get("datePublished"),
        created: get("dateCreated"),
        modified: get("dateModified"),
        publisher: people("publisher").into_iter().next(),
        address: get("url").or_else(|| get("@id")).filter(|address| address.starts_with("http")),
        language: get("inLanguage").or_else(|| {
            let Kept::Object(language) = object.get("inLanguage")? else { return None };
            language.get("alternateName").or_else(|| language.get("name")).and_then(text)
        }),
        summary: get("description"),
    })
}

fn types<'a>(object: &'a Object) -> impl Iterator<Item = &'a str> {
    let kind = object.get("@type");
    let many = match kind {
        Some(Kept::Many(kinds)) => kinds.as_slice(),
        _ => &[],
    };
    kind.into_iter().chain(many).filter_map(Kept::as_text)
}

/// A value as text on one line; the first of many.
fn text(value: &Kept) -> Option<String> {
    match value {
        Kept::Text(text) => prose::tidied(resolved(prose::beginning(text, 4_096))).map(Cow::into_owned),
        Kept::Number(number) => Some(number.to_string()),
        Kept::Many(values) => values.first().and_then(text),
        Kept::Object(object) => object.get("@value").and_then(text),
        Kept::Nothing => None,
    }
}

/// Names of people and organisations, whose own objects may stand elsewhere.
fn collect_names(value: Option<&Kept>, names: &Names, found: &mut Vec<String>) {
    match value {
        _ if found.len() >= 16 => {}
        Some(Kept::Many(values)) => {
            for value in values {
                collect_names(Some(value), names, found);
            }
        }
        Some(Kept::Object(object)) => {
            let reference = || names.of(object.get("@id")?.as_text()?);
            match object.get("name") {
                Some(Kept::Many(_)) => collect_names(object.get("name"), names, found),
                name => found.extend(name.and_then(text).or_else(reference)),
            }
        }
        Some(value) => found.extend(text(value)),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_may_stand_elsewhere_in_the_graph() {
        let script = r##"{"@graph": [
            {"@type": "WebPage", "name": "Page", "datePublished": "2021-01-01"},
            {"@type": ["NewsArticle"], "headline": "A &amp; B", "author": {"@id": "#p"}, "inLanguage": "fr"},
            {"@type": "Person", "@id": "#p", "name": "Jeanne Exemple"}]}"##;
        let works = works(&[script]);
        assert_eq!(works[0].title.as_deref(), Some("A & B"));
        assert_eq!(works[0].creators, ["Jeanne Exemple"]);
        assert!(!works[1].is_article);
    }

    #[test]
    fn broken_json_gives_what_it_can() {
        let broken = "<!-- {\"@type\":\"Article\",\"headline\":\"a\nb\"} -->";
        assert_eq!(works(&[broken])[0].title.as_deref(), Some("a b"));
        assert_eq!(works(&[r#"{"@type":"Article","name":"x"}}, rest"#])[0].title.as_deref(), Some("x"));
        assert_eq!(works(&["{", "", "[", "null", "\"@graph\""]), []);
    }

    #[test]
    fn a_name_is_the_first_that_is_one() {
        let script = r##"[{"@id": "#p", "name": {}}, {"@id": "#p", "name": "&nbsp;"}, {"@id": "#p", "name": ["Ida Ray"]},
            {"@id": "#p", "name": "Gus Arden"}, {"@type": "Article", "author": [{"@id": "#q"}, {"@id": "#p"}]}]"##;
        assert_eq!(works(&[script])[0].creators, ["Ida Ray"]);
    }

    #[test]
    fn very_many_references_to_very_many_names_are_no_danger() {
        let names: Vec<String> = (0..8_000).map(|n| format!(r#"{{"@id":"a{n}","name":""}}"#)).collect();
        let names = format!("[{}]", names.join(","));
        let authors: Vec<String> = (0..12_000).map(|n| format!(r#"{{"@id":"b{n}"}}"#)).collect();
        let article = format!(r#"{{"@type":"Article","author":[{},"Ida Ray"]}}"#, authors.join(","));
        let scripts = [names.as_str(), &names.replace(":\"\"", ":\"x\""), &article, &article];
        let works = works(&scripts);
        assert_eq!(works.len(), 2);
        assert_eq!(works[0].creators, ["Ida Ray"]);
    }

    #[test]
    fn depth_is_no_danger() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(works(&[&deep]), []);
        let graph = format!("{}1{}", "{\"@graph\":".repeat(10_000), "}".repeat(10_000));
        assert_eq!(works(&[&graph]), []);
    }

    #[test]
    fn the_author_of_a_comment_is_not_the_author() {
        let script = r#"{"@type":"Article","headline":"x","comment":[{"@type":"Comment","author":"Troll"}]}"#;
        assert_eq!(works(&[script])[0].creators, [""; 0]);
    }
}
