//! The pages of a PDF, and whether they have text (ISO 32000-2, 7.7.3).

use super::content::{self, Shown};
use super::file::File;
use super::object::{Dictionary, Value};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Nodes of the page tree that are looked at.
const NODES: usize = 4_000;
/// Nodes that wait to be looked at.
const WAITING: usize = 60_000;
/// Pages whose content is looked at.
pub(super) const SAMPLED: usize = 5;
/// Octets of the content of a page.
const CONTENT: usize = 1 << 20;
/// Pieces that the content of a page is in.
const PIECES: usize = 200;
/// Drawings within drawings.
const NESTED: usize = 3;
/// Drawings of a page that are looked into.
const DRAWINGS: usize = 24;
/// Annotations of a page.
const ANNOTATIONS: usize = 60;

/// The pages that a file has.
pub(super) struct Pages {
    /// Those that were looked at, in order.
    found: Vec<Page>,
    /// How many there are by the file's own count.
    pub(super) stated: Option<u64>,
    /// Whether all pages were looked at.
    pub(super) is_whole: bool,
}

/// A page.
struct Page {
    dictionary: Rc<Dictionary>,
    /// Fonts and drawings that it may use; its own or those of a node above it.
    resources: Option<Rc<Value>>,
}

impl Pages {
    /// All pages, as far as they can be found.
    pub(super) fn of(file: &File<'_>, catalog: &Dictionary) -> Self {
        let mut pages = Self { found: Vec::new(), stated: None, is_whole: true };
        let Some(root) = catalog.get(b"Pages") else { return pages };
        pages.stated = file
            .dictionary(root)
            .and_then(|root| file.get(&root, b"Count")?.integer())
            .and_then(|count| u64::try_from(count).ok());
        let mut waiting: Vec<(Value, Option<Rc<Value>>)> = vec![(root.clone(), None)];
        let (mut seen, mut looked) = (BTreeSet::new(), 0);
        while let Some((node, inherited)) = waiting.pop() {
            let is_new = node.reference().is_none_or(|number| seen.insert(number));
            if looked >= NODES || file.is_spent() || waiting.len() > WAITING {
                pages.is_whole = false;
                break;
            }
            looked += 1;
            let Some(dictionary) = file.dictionary(&node).filter(|_| is_new) else { continue };
            let resources = dictionary.get(b"Resources").map(|own| Rc::new(own.clone())).or(inherited);
            match file.get(&dictionary, b"Kids") {
                Some(Value::Array(kids)) => {
                    waiting.extend(kids.into_iter().rev().map(|kid| (kid, resources.clone())));
                }
                _ if !is_page(&dictionary) => {}
                _ => pages.found.push(Page { dictionary: Rc::new(dictionary), resources }),
            }
        }
        pages
    }

    /// How many pages were found.
    pub(super) fn count(&self) -> usize {
        self.found.len()
    }

    /// Whether pages that are spread over the document show text: one answer for each of them.
    pub(super) fn shown(&self, file: &File<'_>) -> Vec<Shown> {
        let last = self.found.len().saturating_sub(1);
        let mut chosen: Vec<usize> = if self.found.len() <= SAMPLED {
            (0..self.found.len()).collect()
        } else {
            (0..SAMPLED).map(|at| at * last / (SAMPLED - 1)).collect()
        };
        chosen.dedup();
        chosen.into_iter().filter_map(|at| self.found.get(at)).map(|page| page.shown(file)).collect()
    }

    /// Who annotated the first pages, and whether pages carry pictures of themselves.
    pub(super) fn annotators(&self, file: &File<'_>, pages: usize) -> Vec<Vec<u8>> {
        let (mut names, mut seen) = (Vec::new(), BTreeSet::new());
        for page in self.found.iter().take(pages) {
            let Some(Value::Array(annotations)) = file.get(&page.dictionary, b"Annots") else { continue };
            for annotation in annotations.iter().take(ANNOTATIONS) {
                if !annotation.reference().is_none_or(|number| seen.insert(number)) {
                    continue;
                }
                let Some(annotation) = file.dictionary(annotation) else { continue };
                // What is called T in these is the name of a field, or nothing.
                let is_markup =
                    ![&b"Widget"[..], b"Link", b"Popup"].iter().any(|kind| annotation.is(b"Subtype", kind));
                let name = file.get(&annotation, b"T").filter(|_| is_markup);
                names.extend(name.as_ref().and_then(Value::text).map(<[u8]>::to_vec));
            }
        }
        names
    }

    /// Whether a page among the first carries a small picture of itself.
    pub(super) fn have_thumbnails(&self, pages: usize) -> bool {
        self.found.iter().take(pages).any(|page| page.dictionary.has(b"Thumb"))
    }
}

impl Page {
    fn shown(&self, file: &File<'_>) -> Shown {
        let resources = self.resources.as_deref().and_then(|resources| file.dictionary(resources));
        let mut left = DRAWINGS;
        let pieces = file.get(&self.dictionary, b"Contents");
        let pieces: Vec<Value> = match pieces {
            // The stream itself: what refers to it is asked for its content.
            Some(Value::Dictionary(_)) => self.dictionary.get(b"Contents").cloned().into_iter().collect(),
            Some(Value::Array(pieces)) => pieces,
            _ => return Shown::Nothing,
        };
        let mut whole = Vec::new();
        let mut is_unknown = false;
        for piece in pieces.iter().take(PIECES) {
            match file.stream(piece, CONTENT.saturating_sub(whole.len())) {
                Some(content) => whole.extend([&content[..], b"\n"].concat()),
                None => is_unknown = true,
            }
        }
        let fonts = has_fonts(file, resources.as_ref());
        let shown = match content::shown(&whole) {
            Shown::Text => Shown::Text,
            // What cannot be unfolded shows text where it has fonts to show it in.
            _ if is_unknown && fonts => Shown::Text,
            Shown::Nothing if is_unknown => Shown::Unknown,
            other => other,
        };
        match resources {
            Some(resources) if shown != Shown::Text => {
                shown.or(drawings(file, &resources, NESTED, &mut left))
            }
            _ => shown,
        }
    }
}

/// Whether a node without others below it is a page; what a broken file has in the place of its pages may
/// be anything.
fn is_page(node: &Dictionary) -> bool {
    if node.has(b"Type") {
        return node.is(b"Type", b"Page");
    }
    [&b"Contents"[..], b"MediaBox", b"Resources", b"Parent"].iter().any(|key| node.has(key))
}

fn has_fonts(file: &File<'_>, resources: Option<&Dictionary>) -> bool {
    let fonts = resources.and_then(|resources| file.dictionary(resources.get(b"Font")?));
    fonts.is_some_and(|fonts| fonts.values().next().is_some())
}

/// Whether drawings that a page may place on itself show text.
fn drawings(file: &File<'_>, resources: &Dictionary, depth: usize, left: &mut usize) -> Shown {
    let Some(placed) = resources.get(b"XObject").and_then(|placed| file.dictionary(placed)) else {
        return Shown::Nothing;
    };
    let mut shown = Shown::Nothing;
    for value in placed.values() {
        if *left == 0 || depth == 0 {
            return shown.or(Shown::Unknown);
        }
        let Some(number) = value.reference() else { continue };
        let Some(object) = file.object(number) else { continue };
        let Some(drawing) = object.value.dictionary().filter(|found| found.is(b"Subtype", b"Form")) else {
            continue;
        };
        *left -= 1;
        let content = file.content(&object, CONTENT, 0);
        shown = shown.or(content.map_or(Shown::Unknown, |content| content::shown(&content)));
        if let Some(own) =
            drawing.get(b"Resources").and_then(|own| file.dictionary(own)).filter(|_| shown != Shown::Text)
        {
            shown = shown.or(drawings(file, &own, depth - 1, left));
        }
        if shown == Shown::Text {
            return shown;
        }
    }
    shown
}
