//! A bundle and what is to be added to its seal, before any of it is written.

use crate::believed::why;
use bagit::container::{Container, find};
use export::sealing::Added;
use export::vouching::{Kind, LONGEST, Place, places, timestamp_path};
use provenance::seal::certificate::Anchors;
use provenance::seal::ots::Headers;
use provenance::seal::timestamp::{self, Request};
use provenance::seal::{FOLDER, ROOT, SIGNATURES, ots};
use std::io::Read;

/// A signature that is to be added.
pub(super) struct Signed {
    pub(super) path: String,
    pub(super) octets: Vec<u8>,
    pub(super) scheme: &'static str,
    pub(super) key: String,
}

/// What is there, and what comes to it.
pub(super) struct Draft<'a> {
    container: &'a dyn Container,
    /// The octets of `seal/root.txt`.
    pub(super) root: Vec<u8>,
    /// What is already there.
    places: Vec<Place>,
    pub(super) added: Vec<Added>,
    /// The signature that was made last, now.
    newest: Option<String>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(container: &'a dyn Container, root: Vec<u8>) -> Self {
        Self { container, root, places: places(container).0, added: Vec::new(), newest: None }
    }

    /// Takes a signature in; `false` if its key has signed this root already.
    pub(super) fn sign(&mut self, signed: Signed) -> bool {
        self.newest = Some(signed.path.clone());
        if self.has(&signed.path) {
            return false;
        }
        let detail = format!("{} signature over {ROOT} by the key {}", signed.scheme, signed.key);
        self.added.push(Added { path: signed.path, octets: signed.octets, detail });
        true
    }

    fn has(&self, path: &str) -> bool {
        self.added.iter().any(|added| added.path == path) || find(self.container.entries(), path).is_some()
    }

    fn octets(&self, path: &str) -> Option<Vec<u8>> {
        if path == ROOT {
            return Some(self.root.clone());
        }
        if let Some(added) = self.added.iter().find(|added| added.path == path) {
            return Some(added.octets.clone());
        }
        let stream = self.container.open(find(self.container.entries(), path)?, &|_, _| {})?;
        let mut octets = Vec::new();
        stream.take(LONGEST).read_to_end(&mut octets).ok()?;
        Some(octets)
    }

    /// The file that a timestamp is to be over: what was asked for, else the signature made last, else the only
    /// signature, else the root.
    pub(super) fn over(&self, asked: Option<&str>) -> Result<(String, Vec<u8>), String> {
        let signatures = self.places.iter().filter(|place| place.kind == Kind::Signature);
        let signatures: Vec<&str> = signatures.map(|place| place.path.as_str()).collect();
        let path = match (asked, &self.newest, signatures.as_slice()) {
            (Some("root" | "root.txt"), _, _) | (None, None, []) => ROOT.to_owned(),
            (Some(asked), _, _) => format!("{FOLDER}{}", asked.strip_prefix(FOLDER).unwrap_or(asked)),
            (None, Some(newest), _) => newest.clone(),
            (None, None, [one]) => (*one).to_owned(),
            (None, None, several) => {
                return Err(format!(
                    "expected --over with one of the signatures, found {}: {}",
                    several.len(),
                    several.join(", ")
                ));
            }
        };
        let is_one = path == ROOT || path.starts_with(SIGNATURES);
        let octets = if is_one { self.octets(&path) } else { None };
        octets
            .map(|octets| (path.clone(), octets))
            .ok_or_else(|| format!("expected `root` or `signatures/NAME` of this bundle, found `{path}`"))
    }

    /// Takes an authority's answer in, over whatever of this bundle it is; tells over what.
    pub(super) fn stamp(
        &mut self,
        answer: Vec<u8>,
        request: Option<&Request>,
        by: &str,
    ) -> Result<String, String> {
        let mut found = Err(String::new());
        for path in self.candidates() {
            let Some(content) = self.octets(&path) else { continue };
            match timestamp::verify(&answer, &content, request, &Anchors::default()) {
                Ok(stamped) => {
                    let claims = stamped.vouching.claims.unwrap_or_default();
                    found = Ok((path, format!("timestamp {by}, as {claims} says of itself")));
                    break;
                }
                Err(broken) => found = Err(why(broken)),
            }
        }
        let (over, detail) = found?;
        self.put(&over, "tsr", answer, &detail)
    }

    /// Takes a proof of OpenTimestamps in.
    pub(super) fn prove(&mut self, proof: Vec<u8>) -> Result<String, String> {
        let mut found = Err(String::new());
        for path in self.candidates() {
            let Some(content) = self.octets(&path) else { continue };
            let answers = ots::verify(&proof, &content, &Headers::default());
            match answers.into_iter().find_map(Result::err) {
                None => {
                    found = Ok(path);
                    break;
                }
                Some(broken) => found = Err(why(broken)),
            }
        }
        self.put(&found?, "ots", proof, "proof of OpenTimestamps")
    }

    fn put(&mut self, over: &str, ending: &str, octets: Vec<u8>, what: &str) -> Result<String, String> {
        let same = self.places.iter().map(|place| place.path.as_str());
        let is_there = same.clone().any(|path| self.octets(path).as_deref() == Some(&octets));
        if is_there {
            return Err("expected something new, found what is in the bundle already".to_owned());
        }
        let path = timestamp_path(over, ending, &|path| self.has(path));
        self.added.push(Added { path: path.clone(), octets, detail: format!("{what}, over {over}") });
        Ok(path)
    }

    /// What a timestamp may be over: signatures, the newest first, and the root last, so that its reason is told.
    fn candidates(&self) -> Vec<String> {
        let signatures = self.places.iter().filter(|place| place.kind == Kind::Signature);
        let mut all: Vec<String> = self.newest.iter().cloned().collect();
        all.extend(signatures.map(|place| place.path.clone()));
        all.push(ROOT.to_owned());
        all
    }
}
