//! From a JSON document to a profile: everything that is wrong is said, each with its place.

use super::json::{self, Json};
use super::names::{algorithm, is_structural, media_type, plain};
use super::object::{Notes, Object};
use super::pattern::Patterns;
use super::rules::{Fetch, Files, Kinds, Rules, Serialization, TagRule};
use super::{Info, Profile, ProfileProblem};
use fixity::PayloadPath;
use std::collections::{BTreeMap, BTreeSet};

/// The tag by which a bag names its profiles.
pub(super) const IDENTIFIER: &str = "BagIt-Profile-Identifier";
/// An extension of fonds: as `Bag-Info`, for other tag files by their paths.
const OTHER_TAGS: &str = "Fonds-Tag-Info";
/// Newest version of the specification that is known: 1.4.
const NEWEST_MINOR: u32 = 4;
/// Fields that came with 1.4.0.
const NEW_IN_1_4: [&str; 4] =
    ["Data-Empty", "Fetch.txt-Required", "Payload-Files-Allowed", "Payload-Files-Required"];

/// Reads a whole profile.
pub(super) fn profile(text: &[u8]) -> Result<Profile, ProfileProblem> {
    let mut notes = Notes::default();
    let document = json::read(text)?;
    if let Some(dialect) = other_dialect(&document) {
        notes.fault("", dialect);
    }
    let mut top = match document {
        Json::Map(fields) if notes.faults.is_empty() => Object { place: String::new(), fields },
        Json::Map(_) => return Err(ProfileProblem { faults: notes.faults }),
        other => {
            notes.fault("", format!("expected an object, found {}", other.kind()));
            return Err(ProfileProblem { faults: notes.faults });
        }
    };
    let info = read_info(&mut top, &mut notes);
    let newer: Vec<&str> =
        NEW_IN_1_4.into_iter().filter(|field| top.fields.iter().any(|(key, _)| key == field)).collect();
    if info.specification < (1, 4) && !newer.is_empty() {
        let (major, minor) = info.specification;
        notes.remarks.push(format!(
            "{}: of version 1.4 of the specification, in a profile of {major}.{minor}; judged all the same",
            newer.join(", ")
        ));
    }
    let rules = read_rules(&mut top, &mut notes);
    top.end(&mut notes);
    if notes.faults.is_empty() {
        Ok(Profile { info, rules, remarks: notes.remarks })
    } else {
        Err(ProfileProblem { faults: notes.faults })
    }
}

/// Documents that others call profiles, and that are written in another way.
fn other_dialect(document: &Json) -> Option<&'static str> {
    let Json::Map(fields) = document else { return None };
    if fields.iter().any(|(key, _)| key == "BagIt-Profile-Info") {
        return None;
    }
    if fields.iter().any(|(key, _)| key == "bagItProfileInfo") {
        return Some(
            "expected a BagIt Profile, found a profile in the form that DART keeps for itself; export it there",
        );
    }
    let is_field = |value: &Json| matches!(value, Json::Map(parts) if parts.iter().any(|(key, _)| key == "fieldRequired" || key == "requiredValue"));
    let is_bagger = |(key, value): &(String, Json)| key == "ordered" || is_field(value);
    fields
        .iter()
        .any(is_bagger)
        .then_some("expected a BagIt Profile, found a profile of the program Bagger, which says other things")
}

fn read_info(top: &mut Object, notes: &mut Notes) -> Info {
    let place = "BagIt-Profile-Info";
    let Some(mut info) = top.object(place, notes) else {
        if !notes.faults.iter().any(|fault| fault.place == place) {
            notes.fault(place, "expected an object, found no such field");
        }
        return Info {
            identifier: String::new(),
            specification: (1, 1),
            version: String::new(),
            organization: String::new(),
            description: String::new(),
        };
    };
    let specification = match info.string("BagIt-Profile-Version", notes) {
        None => (1, 1),
        Some(version) => specification(&version).unwrap_or_else(|| {
            let expected = format!("expected a version from 1.0 to 1.{NEWEST_MINOR}, found `{version}`");
            notes.fault(info.place_of("BagIt-Profile-Version"), expected);
            (1, 1)
        }),
    };
    let identifier = info.required_string(IDENTIFIER, notes);
    if identifier.contains(char::is_whitespace) {
        let message = format!("expected a URI, found white space in `{identifier}`");
        notes.fault(info.place_of(IDENTIFIER), message);
    }
    // What else stands here describes, and asks nothing: contacts and tags of anybody's own.
    Info {
        identifier,
        specification,
        version: info.required_string("Version", notes),
        organization: info.required_string("Source-Organization", notes),
        description: info.required_string("External-Description", notes),
    }
}

/// Major and minor version of the specification, if it is a known one.
fn specification(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.strip_prefix('v').unwrap_or(version).split('.').map(str::parse::<u32>);
    let (major, minor) = (parts.next()?.ok()?, parts.next()?.ok()?);
    (parts.all(|part| part.is_ok()) && major == 1 && minor <= NEWEST_MINOR).then_some((major, minor))
}

fn read_rules(top: &mut Object, notes: &mut Notes) -> Rules {
    let mut tags = top.object("Bag-Info", notes).map(|tags| read_tags(tags, notes)).unwrap_or_default();
    let mut is_identifier_required = true;
    if let Some(rule) = tags.get_mut(&IDENTIFIER.to_ascii_lowercase()) {
        if rule.is_required {
            notes.remarks.push(format!("Bag-Info/{IDENTIFIER}: is always required, and need not be listed"));
        }
        is_identifier_required = std::mem::take(&mut rule.is_required);
    }
    tags.retain(|_, rule| rule.asks_something());
    let mut other_tags = BTreeMap::new();
    if let Some(files) = top.object(OTHER_TAGS, notes) {
        for (path, tags) in files.objects(notes) {
            let mut tags = read_tags(tags, notes);
            tags.retain(|_, rule| rule.asks_something());
            other_tags.insert(path, tags);
        }
    }
    let versions = top.list("Accept-BagIt-Version", notes).unwrap_or_default();
    if versions.is_empty() {
        notes.fault("Accept-BagIt-Version", "expected at least one version, found none");
    }
    let manifests = kinds(top, "Manifests-Required", "Manifests-Allowed", notes);
    if manifests.allowed.as_ref().is_some_and(BTreeSet::is_empty) {
        notes.fault("Manifests-Allowed", "expected at least one type, found none; every bag has a manifest");
    }
    Rules {
        tags,
        other_tags,
        is_identifier_required,
        manifests,
        tag_manifests: kinds(top, "Tag-Manifests-Required", "Tag-Manifests-Allowed", notes),
        tag_files: files(top, "Tag-Files-Required", "Tag-Files-Allowed", false, notes),
        payload_files: files(top, "Payload-Files-Required", "Payload-Files-Allowed", true, notes),
        fetch: fetch(top, notes),
        is_data_empty: top.flag("Data-Empty", notes).unwrap_or(false),
        serialization: serialization(top, notes),
        versions: versions.into_iter().collect(),
    }
}

/// Rules for the elements of one tag file. Labels are case insensitive (RFC 8493 §2.2.2).
fn read_tags(tags: Object, notes: &mut Notes) -> BTreeMap<String, TagRule> {
    let mut rules = BTreeMap::new();
    for (label, mut parts) in tags.objects(notes) {
        let values = parts.list("values", notes).unwrap_or_default();
        let rule = TagRule {
            is_required: parts.flag("required", notes).unwrap_or(false),
            is_recommended: parts.flag("recommended", notes).unwrap_or(false),
            is_repeatable: parts.flag("repeatable", notes).unwrap_or(true),
            values: values.iter().map(|value| plain(value)).collect(),
            label,
        };
        parts.fields.retain(|(key, _)| key != "description");
        if let Some(twin) = rules.insert(rule.label.to_lowercase(), rule) {
            notes.fault(&*parts.place, format!("expected each label once, found `{}`, too", twin.label));
        }
        parts.end(notes);
    }
    rules
}

fn kinds(top: &mut Object, required: &str, allowed: &str, notes: &mut Notes) -> Kinds {
    let mut read = |field| {
        let list = top.list(field, notes)?;
        Some(list.iter().map(|kind| algorithm(kind)).collect::<BTreeSet<String>>())
    };
    let kinds = Kinds { required: read(required).unwrap_or_default(), allowed: read(allowed) };
    if let Some(all) = &kinds.allowed {
        for kind in kinds.required.difference(all) {
            notes.fault(allowed, format!("expected all of {required} here too, found no `{kind}`"));
        }
    }
    kinds
}

fn files(top: &mut Object, required: &str, allowed: &str, is_payload: bool, notes: &mut Notes) -> Files {
    let mut files = Files::default();
    for path in top.list(required, notes).unwrap_or_default() {
        let plain = if is_payload { path.strip_suffix('/').unwrap_or(&path) } else { &path };
        let fits = PayloadPath::new(plain).is_ok_and(|path| path.is_payload() == is_payload);
        if !(fits || is_payload && path == "data/") {
            let where_to = if is_payload { "below data/" } else { "outside data/" };
            notes.fault(required, format!("expected a path in the bag {where_to}, found `{path}`"));
        } else if !is_payload && is_structural(&path) {
            notes
                .remarks
                .push(format!("{required}: `{path}` is governed by other fields, and required here"));
        }
        files.required.insert(path);
    }
    let Some(patterns) = top.list(allowed, notes) else { return files };
    let mut set = Patterns::default();
    let mut fits = true;
    for pattern in patterns {
        if pattern.is_empty() {
            notes.remarks.push(format!("{allowed}: an empty pattern allows nothing"));
            continue;
        }
        if pattern.ends_with('/') {
            notes.fault(allowed, format!("expected a folder to end in `/*`, found `{pattern}`"));
        }
        if pattern.contains(['?', '[']) {
            notes.remarks.push(format!("{allowed}: only `*` is special in `{pattern}`"));
        }
        fits = set.insert(pattern);
        if !fits {
            notes.fault(allowed, "expected at most 1,000 patterns with `*`, found more");
            break;
        }
    }
    for path in files.required.iter().filter(|_| fits) {
        if !set.matches(path) {
            notes.fault(
                allowed,
                format!("expected all of {required} to be allowed, found no match for `{path}`"),
            );
        }
    }
    let allows_all = set.iter().any(|pattern| pattern == "*");
    files.allowed = (!allows_all).then_some(set);
    files
}

fn fetch(top: &mut Object, notes: &mut Notes) -> Fetch {
    let allowed = top.flag("Allow-Fetch.txt", notes).unwrap_or(true);
    let required = top.flag("Fetch.txt-Required", notes).unwrap_or(false);
    match (allowed, required) {
        (true, false) => Fetch::Allowed,
        (true, true) => Fetch::Required,
        (false, false) => Fetch::Forbidden,
        (false, true) => {
            notes.fault("Fetch.txt-Required", "expected false where Allow-Fetch.txt is false, found true");
            Fetch::Forbidden
        }
    }
}

fn serialization(top: &mut Object, notes: &mut Notes) -> Serialization {
    let named = top.string("Serialization", notes);
    let accepted = top.list("Accept-Serialization", notes);
    if named.as_ref().is_some_and(|word| word != "forbidden") && accepted.as_ref().is_none_or(Vec::is_empty) {
        notes.fault("Accept-Serialization", "expected at least one media type, found none");
    }
    let accepted: BTreeSet<String> =
        accepted.unwrap_or_default().iter().map(|accepted| media_type(accepted)).collect();
    match named.as_deref() {
        Some("forbidden") => Serialization::Forbidden,
        Some("required") => Serialization::Required(accepted),
        Some("optional") | None => Serialization::Optional(accepted),
        Some(other) => {
            let message = format!("expected forbidden, required or optional, found `{other}`");
            notes.fault("Serialization", message);
            Serialization::Forbidden
        }
    }
}
