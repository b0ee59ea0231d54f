//! A bag held against the rules of a profile. Everything is said in one run.

use super::Facts;
use super::names::{is_label, is_structural, kind_of, media_type, plain};
use super::read::IDENTIFIER;
use super::rules::{Fetch, Files, Kinds, Rules, Serialization, TagRule};
use crate::finding::{
    Code, E701, E702, E703, E704, E705, E706, E707, E708, E709, E710, E711, E712, E715, Finding, W713, W714,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

const INFO: &str = "bag-info.txt";

/// Everything that a bag does not keep.
pub(super) fn check(identifier: &str, rules: &Rules, facts: &Facts<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    identity(identifier, rules, facts, &mut findings);
    tags(INFO, &rules.tags, facts.info, &mut findings);
    for (path, asked) in &rules.other_tags {
        let found = facts.other_info.iter().find(|(found, _)| found == path);
        tags(path, asked, found.map_or(&[], |(_, elements)| elements.as_slice()), &mut findings);
    }
    manifests(rules, facts, &mut findings);
    fetch(rules.fetch, facts, &mut findings);
    serialization(&rules.serialization, facts, &mut findings);
    if let Some(version) = facts.version.filter(|&version| !rules.versions.contains(version)) {
        let message = format!(
            "expected BagIt {}, found version {version}",
            any_of(rules.versions.iter().map(String::as_str))
        );
        findings.push(Finding::new(&E709, "bagit.txt", message));
    }
    tag_files(&rules.tag_files, facts, &mut findings);
    payload(rules, facts, &mut findings);
    findings
}

/// Bags MUST name their profile; one that names another may keep this one all the same.
fn identity(identifier: &str, rules: &Rules, facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let named: Vec<String> = facts
        .info
        .iter()
        .filter(|(label, _)| is_label(label, IDENTIFIER))
        .map(|(_, value)| plain(value))
        .collect();
    if named.iter().any(|named| named == identifier) {
        return;
    }
    let (code, found) = match named.as_slice() {
        [] if rules.is_identifier_required => (&E715, "none".to_owned()),
        [] => (&W714, "none".to_owned()),
        others => (&W714, others.iter().map(|other| format!("`{other}`")).collect::<Vec<_>>().join(", ")),
    };
    findings.push(Finding::new(code, INFO, format!("expected {IDENTIFIER} `{identifier}`, found {found}")));
}

fn tags(
    path: &str,
    rules: &BTreeMap<String, TagRule>,
    elements: &[(String, String)],
    findings: &mut Vec<Finding>,
) {
    let mut by_label: HashMap<String, Vec<String>> = HashMap::new();
    for (label, value) in elements {
        by_label.entry(label.to_lowercase()).or_default().push(plain(value));
    }
    for (key, rule) in rules {
        let values = by_label.get(key).map_or(&[][..], Vec::as_slice);
        let label = &rule.label;
        let mut find = |code, message| findings.push(Finding::new(code, path, message));
        if values.iter().all(String::is_empty) && (rule.is_required || rule.is_recommended) {
            let found = if values.is_empty() { "none" } else { "an empty one" };
            if rule.is_required {
                find(&E701, format!("expected the element `{label}`, found {found}"));
            } else {
                find(&W713, format!("expected the recommended element `{label}`, found {found}"));
            }
        } else if !rule.values.is_empty() {
            for value in values.iter().filter(|&value| !rule.values.contains(value)) {
                let expected = any_of(rule.values.iter().map(String::as_str));
                find(&E702, format!("expected {expected} as value of `{label}`, found `{value}`"));
            }
        }
        if !rule.is_repeatable && values.len() > 1 {
            find(&E703, format!("expected `{label}` once, found it {} times", values.len()));
        }
    }
}

fn manifests(rules: &Rules, facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let mut judge = |asked: &Kinds, prefix: &str, missing, forbidden| {
        let found: Vec<(&str, String)> =
            facts.tag_files.iter().filter_map(|&path| Some((path, kind_of(path, prefix)?))).collect();
        for kind in &asked.required {
            if !found.iter().any(|(_, found)| found == kind) {
                let path = format!("{prefix}{kind}.txt");
                findings.push(Finding::new(missing, path, "expected this manifest, found no such file"));
            }
        }
        let Some(allowed) = &asked.allowed else { return };
        for (path, _) in found.iter().filter(|(_, found)| !allowed.contains(found)) {
            let message = match allowed.len() {
                0 => "expected no such manifest, found this one".to_owned(),
                _ => format!(
                    "expected no manifest but by {}, found this one",
                    any_of(allowed.iter().map(String::as_str))
                ),
            };
            findings.push(Finding::new(forbidden, *path, message));
        }
    };
    judge(&rules.manifests, "manifest-", &E704, &E705);
    judge(&rules.tag_manifests, "tagmanifest-", &E706, &E706);
}

fn fetch(asked: Fetch, facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let message = match (asked, facts.tag_files.contains(&"fetch.txt")) {
        (Fetch::Forbidden, true) => "expected no fetch file, found one",
        (Fetch::Required, false) => "expected a fetch file, found none",
        _ => return,
    };
    findings.push(Finding::new(&E707, "fetch.txt", message));
}

fn serialization(asked: &Serialization, facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let message = match (asked, facts.serialization) {
        (Serialization::Required(_), None) => "expected an archive, found a directory".to_owned(),
        (Serialization::Forbidden, Some(found)) => {
            format!("expected a directory, found {}", found.first().unwrap_or(&"an archive"))
        }
        (Serialization::Required(accepted) | Serialization::Optional(accepted), Some(found))
            if !accepted.is_empty() && !found.iter().any(|&found| accepted.contains(&media_type(found))) =>
        {
            format!(
                "expected {}, found {}",
                any_of(accepted.iter().map(String::as_str)),
                found.first().unwrap_or(&"another archive")
            )
        }
        _ => return,
    };
    findings.push(Finding::new(&E708, "", message));
}

fn tag_files(asked: &Files, facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    let found: HashSet<&str> = facts.tag_files.iter().copied().collect();
    for path in asked.required.iter().filter(|path| !found.contains(path.as_str())) {
        findings.push(Finding::new(&E710, path.as_str(), "expected this tag file, found no such file"));
    }
    let others = facts.tag_files.iter().copied().filter(|path| !is_structural(path));
    forbidden(asked, &E711, "tag file", others, findings);
}

/// Files that match none of the patterns; their message is shared, for there may be very many.
fn forbidden<'a>(
    asked: &Files,
    code: &'static Code,
    what: &str,
    paths: impl Iterator<Item = &'a str>,
    findings: &mut Vec<Finding>,
) {
    let Some(allowed) = &asked.allowed else { return };
    let message: Arc<str> = match any_of(allowed.iter()) {
        patterns if patterns.is_empty() => format!("expected no {what}, found this one").into(),
        patterns => format!("expected no {what} but {patterns}, found this one").into(),
    };
    let others = paths.filter(|path| !allowed.matches(path));
    findings.extend(others.map(|path| Finding::new(code, path, Arc::clone(&message))));
}

fn payload(rules: &Rules, facts: &Facts<'_>, findings: &mut Vec<Finding>) {
    if rules.is_data_empty && !matches!(facts.payload.as_slice(), [] | [(_, Some(0))]) {
        let message =
            format!("expected no payload file or a single empty one, found {} of them", facts.payload.len());
        findings.push(Finding::new(&E712, "data", message));
    }
    let asked = &rules.payload_files;
    let mut missing: HashSet<&str> = asked.required.iter().map(String::as_str).collect();
    for &path in facts.payload.iter().map(|(path, _)| path).chain(&facts.folders) {
        if missing.is_empty() {
            break;
        }
        missing.remove(path);
        // A folder is there with whatever lies below it.
        for (slash, _) in path.match_indices('/') {
            missing.remove(&path[..=slash]);
        }
    }
    for path in asked.required.iter().filter(|path| missing.contains(path.as_str())) {
        let what = if path.ends_with('/') { "a file in this folder" } else { "this payload file" };
        findings.push(Finding::new(&E712, path.as_str(), format!("expected {what}, found none")));
    }
    forbidden(asked, &E712, "payload file", facts.payload.iter().map(|&(path, _)| path), findings);
}

/// "`a`, `b` or `c`", and not more than a few of them.
fn any_of<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let mut texts = texts.map(|text| format!("`{text}`"));
    let mut shown: Vec<String> = texts.by_ref().take(MOST).collect();
    match texts.count() {
        0 => {}
        more => shown.push(format!("{more} others")),
    }
    match shown.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
