//! A part of a sealed bundle leaves, and proves that it is of the whole without showing the rest.
//!
//! The bundle is verified whole before a document of it is copied. Nothing of it is carried over but the
//! chosen documents, their rows, its root and what vouches for that: all else is written anew. What was
//! written is verified as anybody would, before it gets its name.

mod choice;
mod folded;
mod held;
mod leaks;
mod package;
mod rows;

use crate::bundle::{Form, top_of};
use crate::{Error, ErrorKind, Result};
use bagit::container::Container;
use bagit::staging::Staged;
use bagit::tree::TreePackage;
use bagit::zip::ZipPackage;
pub use choice::Choice;
use fixity::{Observer, Oxum};
use held::Held;
use provenance::Attribution;
use provenance::seal::Root;
use provenance::seal::disclosure::Opened;
use provenance::seal::hash::Hash;
use provenance::seal::statement::{Reason, Withholding};
use std::path::Path;

/// Signs the octets of a statement; answers the file, or why there is none.
pub type Signer<'a> = &'a dyn Fn(&[u8]) -> std::result::Result<String, String>;

/// What is to be written, and how.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// Where it will stand; must not exist. Its name, without `.zip`, names the top directory.
    pub target: &'a Path,
    /// A ZIP that stores the documents, or a directory.
    pub form: Form,
    /// Why the rest is withheld.
    pub reason: Reason,
    /// Who answers for it, with what software, and when.
    pub by: &'a Attribution,
    /// Who signs the statement, if anybody does.
    pub signer: Option<Signer<'a>>,
    /// Worker threads.
    pub threads: usize,
}

/// A cell that was left blank, since it told of something that is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blanked {
    /// The document in whose row it stands.
    pub path: String,
    /// The column.
    pub column: &'static str,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Written {
    /// Payload files and octets.
    pub payload: Oxum,
    /// The root of the whole.
    pub root: Root,
    /// Leaves of the whole that stay closed.
    pub withheld: u64,
    /// Cells that were left blank.
    pub blanked: Vec<Blanked>,
    /// Columns that may name persons, and in how many rows they say something.
    pub naming: Vec<(&'static str, u64)>,
    /// Signatures and timestamps that were carried over.
    pub vouching: u64,
    /// Statements of those who made the disclosures that were merged.
    pub statements: u64,
    /// Half-made packages of interrupted runs that lie beside the target.
    pub leftovers: u32,
}

/// A document that leaves.
pub(crate) struct Leaving {
    pub(crate) opened: Opened,
    /// Which of the sources it is copied from, and its entry there.
    pub(crate) source: usize,
    pub(crate) entry: usize,
}

/// A statement that was made before, octet for octet.
#[derive(PartialEq, Eq)]
pub(crate) struct Stated {
    pub(crate) text: Vec<u8>,
    pub(crate) signature: Option<Vec<u8>>,
}

/// All that is to be written, decided.
pub(crate) struct Part<'a> {
    pub(crate) sources: Vec<Held<'a>>,
    /// Sorted by path.
    pub(crate) leaving: Vec<Leaving>,
    pub(crate) proof: Vec<Hash>,
    pub(crate) withholdings: Vec<Withholding>,
    /// Statements of the disclosures that are merged, with their signatures.
    pub(crate) statements: Vec<Stated>,
    pub(crate) root_text: Vec<u8>,
    pub(crate) root: Root,
}

impl Part<'_> {
    /// How many leaves stay closed.
    pub(crate) fn withheld(&self) -> u64 {
        self.root.size.saturating_sub(self.leaving.len() as u64)
    }
}

/// Writes a disclosure of what is chosen out of a whole bundle, or out of another disclosure, which is
/// narrowed so. It appears at its target whole or not at all.
///
/// # Errors
/// [`ErrorKind::Unsound`] if the bundle is; [`ErrorKind::Request`] if nothing is chosen or a pattern fits
/// nothing; else if it cannot be read or written, or the observer asked to stop.
pub fn disclose(
    container: &dyn Container,
    choice: &Choice,
    order: &Order<'_>,
    observer: &dyn Observer,
) -> Result<Written> {
    let held = Held::take(container, order.threads, observer)?;
    let chosen = choice.of(held.payload())?;
    let leaving: Vec<Leaving> = held.leaving(0, |path| chosen.contains(path))?;
    let proof = held.proof(&indices(&leaving))?;
    let withheld = held.root.size.saturating_sub(leaving.len() as u64);
    let mut withholdings = held.withholdings().to_vec();
    let before = withholdings.iter().fold(0_u64, |sum, act| sum.saturating_add(act.slots));
    if withheld > before {
        withholdings.push(withholding(withheld - before, order)?);
    }
    let (root, root_text) = (held.root.clone(), held.root_text.clone());
    // A statement about more than is left would tell by its digests what that was: it stays behind.
    let part =
        Part { sources: vec![held], leaving, proof, withholdings, statements: Vec::new(), root_text, root };
    write(&part, order, observer)
}

/// Writes a disclosure of all that several disclosures of one bundle open together. Where two of them say
/// different things of a document in their rows, the first is taken.
///
/// # Errors
/// As [`disclose`]; [`ErrorKind::Request`] also if they are not disclosures of one bundle.
pub fn merge(parts: &[&dyn Container], order: &Order<'_>, observer: &dyn Observer) -> Result<Written> {
    let mut sources = Vec::with_capacity(parts.len());
    for container in parts {
        sources.push(Held::take(*container, order.threads, observer)?);
    }
    let Some(first) = sources.first() else {
        return Err(request("expected disclosures to merge, found none"));
    };
    let (root, root_text) = (first.root.clone(), first.root_text.clone());
    if sources.iter().any(|held| held.root_text != root_text) {
        return Err(request("cannot merge: these are disclosures of different bundles, their roots differ")
            .with_hint("`fonds verify` prints the fingerprint of each"));
    }
    let mut statements: Vec<Stated> = Vec::new();
    let mut leaving: Vec<Leaving> = Vec::new();
    for (number, held) in sources.iter().enumerate() {
        leaving.extend(held.leaving(number, |_| true)?);
        for statement in held.statements()? {
            if !statements.contains(&statement) {
                statements.push(statement);
            }
        }
    }
    // The sort is stable: of one path, that of the first comes first.
    leaving.sort_by(|a, b| a.opened.path.cmp(&b.opened.path));
    leaving.dedup_by(|later, first| later.opened.path == first.opened.path);
    let proof = Held::proof_together(&sources, &indices(&leaving))?;
    let withheld = root.size.saturating_sub(leaving.len() as u64);
    let withholdings = if withheld > 0 { vec![withholding(withheld, order)?] } else { Vec::new() };
    let part = Part { sources, leaving, proof, withholdings, statements, root_text, root };
    write(&part, order, observer)
}

fn withholding(slots: u64, order: &Order<'_>) -> Result<Withholding> {
    let at = order.by.at.try_into().map_err(|error| Error::new(ErrorKind::Time, format!("{error}")))?;
    Ok(Withholding { slots, reason: order.reason, at, agent: order.by.agent.clone() })
}

/// Places of leaves, ascending.
fn indices(leaving: &[Leaving]) -> Vec<u64> {
    let mut indices: Vec<u64> = leaving.iter().map(|one| one.opened.index).collect();
    indices.sort_unstable();
    indices
}

fn write(part: &Part<'_>, order: &Order<'_>, observer: &dyn Observer) -> Result<Written> {
    if part.leaving.is_empty() {
        return Err(request("cannot disclose: nothing is chosen").with_hint("see --select and --withhold"));
    }
    let top = top_of(order.target, order.form)?;
    let prepared = rows::Prepared::of(part, order.target)?;
    let (staged, written) = if order.form == Form::Directory {
        let staged = Staged::directory(order.target)?;
        let mut package = TreePackage::new(staged.path(), order.by.at);
        let written = package::write(part, order, &top, &prepared, &mut package, observer)?;
        (staged, written)
    } else {
        let (staged, file) = Staged::file(order.target)?;
        let path = staged.path().to_owned();
        let mut package = ZipPackage::new(&file, &path, &top, order.by.at);
        let written = package::write(part, order, &top, &prepared, &mut package, observer)?;
        (staged, written)
    };
    crate::bundle::read_back(staged.path(), order.threads, observer)?;
    let leftovers = staged.leftovers();
    staged.commit()?;
    Ok(Written { leftovers, ..written })
}

fn request(message: &str) -> Error {
    Error::new(ErrorKind::Request, message)
}
