//! The members of the payload in the order of their names in a ZIP.

use bagit::zip::Member;
use provenance::Accession;

/// Files and directories below `data/`, sorted; a directory's name ends in a slash there.
pub(super) struct Contents<'a> {
    accession: &'a Accession,
    order: Vec<Place>,
    /// Member number of each item.
    pub(super) files: Vec<usize>,
}

/// Which file or directory is meant: 32 bits are enough, since a row of `manifest.csv` is needed
/// for each and no spreadsheet holds a thousandth as many.
#[derive(Clone, Copy)]
enum Place {
    /// The payload directory itself.
    Data,
    Item(u32),
    EmptyFolder(u32),
}

impl<'a> Contents<'a> {
    pub(super) fn new(accession: &'a Accession) -> Self {
        let number = |index: usize| u32::try_from(index).unwrap_or(u32::MAX);
        let mut order = Vec::with_capacity(accession.items.len() + accession.empty_folders.len() + 1);
        let mut files = Vec::with_capacity(accession.items.len());
        order.push(Place::Data);
        let mut folders = accession.empty_folders.iter().enumerate().peekable();
        for (index, item) in accession.items.iter().enumerate() {
            while let Some((folder, _)) =
                folders.next_if(|(_, path)| comes_before(path.as_str(), item.path.as_str()))
            {
                order.push(Place::EmptyFolder(number(folder)));
            }
            files.push(order.len());
            order.push(Place::Item(number(index)));
        }
        order.extend(folders.map(|(folder, _)| Place::EmptyFolder(number(folder))));
        Self { accession, order, files }
    }

    pub(super) fn members(&self) -> usize {
        self.order.len()
    }

    pub(super) fn at(&self, index: usize) -> Member<'_> {
        match self.order[index] {
            Place::Data => Member { path: "data", size_octets: None, modified: None },
            Place::EmptyFolder(folder) => Member {
                path: self.accession.empty_folders[folder as usize].as_str(),
                size_octets: None,
                modified: None,
            },
            Place::Item(item) => {
                let item = &self.accession.items[item as usize];
                Member {
                    path: item.path.as_str(),
                    size_octets: Some(item.size_octets),
                    modified: item.modified,
                }
            }
        }
    }
}

/// Whether `folder/` sorts before `file`.
fn comes_before(folder: &str, file: &str) -> bool {
    folder.bytes().chain(std::iter::once(b'/')).lt(file.bytes())
}
