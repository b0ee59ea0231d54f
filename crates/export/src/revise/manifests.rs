//! What the manifests of a revision say.

use super::{Changes, FinalFile, original::Original};
use crate::{Error, ErrorKind, Result};
use bagit::tag_file::TagFile;
use fixity::manifest::{Decoding, lines, parse_line, write_line};
use fixity::{Algorithm, Digest, sum_of};
use provenance::seal;
use std::collections::BTreeMap;

/// Algorithms that a bundle may have.
const ALGORITHMS: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sha512];

/// The tag manifests of a bundle, by algorithm.
pub(super) struct TagManifests(Vec<TagManifest>);

struct TagManifest {
    algorithm: Algorithm,
    digests: BTreeMap<String, Digest>,
    /// As it is in the bundle.
    text: Vec<u8>,
}

impl TagManifests {
    /// Reads those of the old bundle.
    pub(super) fn read(original: &Original) -> Result<Self> {
        let mut manifests = Vec::new();
        for algorithm in ALGORITHMS {
            let path = format!("tagmanifest-{algorithm}.txt");
            if original.has(&path) {
                let text = original.read(&path)?;
                let digests = parsed(original, &path, &text, algorithm)?.into_iter().collect();
                manifests.push(TagManifest { algorithm, digests, text });
            }
        }
        if manifests.is_empty() {
            return Err(refused(original, "tagmanifest-sha256.txt", "expected a tag manifest, found none"));
        }
        Ok(Self(manifests))
    }

    fn algorithms(&self) -> Vec<Algorithm> {
        self.0.iter().map(|manifest| manifest.algorithm).collect()
    }

    /// Takes over what changes outside of `seal/`.
    pub(super) fn apply(&mut self, changes: &Changes) -> Result<()> {
        let algorithms = self.algorithms();
        for (path, text) in changes.files().iter().filter(|(path, _)| !path.starts_with(seal::FOLDER)) {
            let sum = text.as_ref().map(|text| sum_of_text(path, text, &algorithms)).transpose()?;
            for manifest in &mut self.0 {
                match sum.as_ref().and_then(|sum| sum.digest(manifest.algorithm)) {
                    Some(digest) => manifest.digests.insert(path.clone(), *digest),
                    None => manifest.digests.remove(path),
                };
            }
        }
        for TagManifest { digests, text, .. } in &mut self.0 {
            text.clear();
            for (path, digest) in digests.iter() {
                write_line(text, digest, path);
            }
        }
        Ok(())
    }

    /// Path and text of each.
    pub(super) fn texts(&self) -> impl Iterator<Item = (String, Vec<u8>)> {
        self.0.iter().map(|manifest| (manifest.path(), manifest.text.clone()))
    }

    /// Path of each, and its digest by its own algorithm.
    pub(super) fn digests(&self) -> Vec<(String, String)> {
        let digest = |manifest: &TagManifest| {
            let sum = sum_of(&manifest.text, &[manifest.algorithm]);
            sum.digest(manifest.algorithm).map(ToString::to_string).unwrap_or_default()
        };
        self.0.iter().map(|manifest| (manifest.path(), digest(manifest))).collect()
    }
}

impl TagManifest {
    fn path(&self) -> String {
        format!("tagmanifest-{}.txt", self.algorithm)
    }
}

/// Every file of the new bundle outside of `seal/`, sorted by path, with its SHA-256 in any case.
pub(super) fn final_files(
    original: &Original,
    changes: &Changes,
    tag_manifests: &TagManifests,
) -> Result<Vec<FinalFile>> {
    let mut algorithms = tag_manifests.algorithms();
    let has_sha256 = algorithms.contains(&Algorithm::Sha256);
    if !has_sha256 {
        algorithms.push(Algorithm::Sha256);
    }
    let mut files: BTreeMap<&str, FinalFile> = BTreeMap::new();
    let stays = |path: &str| !path.starts_with(seal::FOLDER) && changes.get(path).is_none();
    for entry in original.files().filter(|entry| stays(entry.path.as_str())) {
        let (path, size_octets) = (entry.path.as_str(), entry.size_octets);
        files.insert(path, FinalFile { path: path.to_owned(), size_octets, digests: Vec::new() });
    }
    let put = changes.files().iter().filter(|(path, _)| !path.starts_with(seal::FOLDER));
    for (path, text) in put.filter_map(|(path, text)| Some((path, text.as_ref()?))) {
        let sum = sum_of_text(path, text, &algorithms)?;
        let file = FinalFile { path: path.clone(), size_octets: sum.size_octets, digests: sum.digests };
        files.insert(path, file);
    }
    for manifest in &tag_manifests.0 {
        for (path, digest) in &manifest.digests {
            if let Some(file) = files.get_mut(path.as_str()).filter(|_| stays(path)) {
                file.digests.push(*digest);
            }
        }
        let path = manifest.path();
        if let Some(file) = files.get_mut(path.as_str()).filter(|_| stays(&path)) {
            file.digests = sum_of(&manifest.text, &algorithms).digests;
        }
        let path = format!("manifest-{}.txt", manifest.algorithm);
        let text = original.read(&path)?;
        for (path, digest) in parsed(original, &path, &text, manifest.algorithm)? {
            if let Some(file) = files.get_mut(path.as_str()) {
                file.digests.push(digest);
            }
        }
    }
    if !has_sha256 {
        sum_by_sha256(original, &mut files)?;
    }
    Ok(files.into_values().collect())
}

/// Reads what no manifest of the old bundle gives a SHA-256 of, which a seal asks for: a bundle by SHA-512
/// alone is read once more.
fn sum_by_sha256(original: &Original, files: &mut BTreeMap<&str, FinalFile>) -> Result<()> {
    let lacks = |file: &FinalFile| file.digests.iter().all(|one| one.algorithm() != Algorithm::Sha256);
    for file in files.values_mut().filter(|file| lacks(file)) {
        let sum = original.sum(&file.path, &[Algorithm::Sha256])?;
        file.digests.extend(sum.digests);
    }
    Ok(())
}

fn sum_of_text(path: &str, text: &TagFile, algorithms: &[Algorithm]) -> Result<fixity::Sum> {
    text.sum(algorithms)
        .map_err(|error| Error::io(ErrorKind::Package, &format!("cannot read back `{path}`"), error))
}

/// The lines of a manifest, all of which must be lines.
fn parsed(
    original: &Original,
    path: &str,
    text: &[u8],
    algorithm: Algorithm,
) -> Result<Vec<(String, Digest)>> {
    let line = |line: &[u8]| {
        let line = parse_line(line, algorithm, Decoding::LineEndsAndPercent).map_err(|problem| {
            refused(original, path, &format!("expected lines of digest and path, found that {problem}"))
        })?;
        Ok((line.path.as_str().to_owned(), line.digest))
    };
    lines(text).map(line).collect()
}

fn refused(original: &Original, path: &str, why: &str) -> Error {
    Error::new(ErrorKind::Read, format!("cannot revise `{}`: `{path}`: {why}", original.path.display()))
        .with_hint("`fonds verify` says what is wrong with it")
}
