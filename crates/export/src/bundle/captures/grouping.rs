//! Which documents of a folder are one capture: by the stems of their names.

use super::part::{Held, Pages, Part, Seen};
use super::stem::{is_any_address, is_any_picture, page_of_folder, stem, stems_of_page};
use super::{Capture, Html, Image, Role};
use provenance::Item;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The role of each document. `items` are sorted by path.
pub(super) fn roles<'a>(items: &'a [Item], seen: &dyn Fn(usize) -> Seen<'a>) -> Vec<Role> {
    let mut roles = vec![Role::None; items.len()];
    // In the order of paths, the files of one folder have those of folders below it among them.
    let mut order: Vec<u32> = (0..u32::try_from(items.len()).unwrap_or(u32::MAX)).collect();
    order.sort_by_key(|&file| folder_of(&items[file as usize]));
    for files in
        order.chunk_by(|&one, &other| folder_of(&items[one as usize]) == folder_of(&items[other as usize]))
    {
        if !is_of_saved_page(items, folder_of(&items[files[0] as usize])) {
            Folder { items, seen, pages: BTreeMap::new(), shortcuts: BTreeMap::new() }
                .settle(files, &mut roles);
        }
    }
    roles
}

fn folder_of(item: &Item) -> &str {
    item.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a folder holds what a page beside it needs: pictures and frames that a browser saved with it.
fn is_of_saved_page(items: &[Item], folder: &str) -> bool {
    let Some((above, name)) = folder.rsplit_once('/') else { return false };
    page_of_folder(name).is_some_and(|page| {
        ["html", "htm", "xhtml"]
            .iter()
            .any(|ending| find(items, above, &format!("{page}.{ending}")).is_some())
    })
}

/// The number of a file by its name.
fn find(items: &[Item], folder: &str, name: &str) -> Option<u32> {
    let path = format!("{folder}/{name}");
    let found = items.binary_search_by(|item| item.path.as_str().cmp(&path)).ok()?;
    u32::try_from(found).ok()
}

/// One folder, without those below it.
struct Folder<'a, 'l> {
    items: &'a [Item],
    seen: &'l dyn Fn(usize) -> Seen<'a>,
    /// Pages and packages by their stem.
    pages: BTreeMap<Cow<'a, str>, Vec<u32>>,
    /// Addresses that belong to no page, by their stem.
    shortcuts: BTreeMap<Cow<'a, str>, Vec<u32>>,
}

impl<'a> Folder<'a, '_> {
    fn settle(mut self, files: &[u32], roles: &mut [Role]) {
        self.take_pages(files, roles);
        // A folder of one capture need not repeat its name.
        let only = match self.pages.values().map(Vec::as_slice).collect::<Vec<_>>()[..] {
            [&[page]] => Some(page),
            _ => None,
        };
        for &file in files {
            if self.part(file) != Part::Shortcut {
                continue;
            }
            let own = stem(self.name(file));
            match self.leaders(&own, file, &self.pages, only.filter(|_| is_any_address(&own))) {
                Some(&[page]) => self.join(file, page, roles),
                Some(_) => {}
                None => self.shortcuts.entry(own).or_default().push(file),
            }
        }
        let is_image = |file: u32| matches!(self.part(file), Part::Picture | Part::Print);
        for &file in files.iter().filter(|&&file| is_image(file)) {
            let own = stem(self.name(file));
            let of_page = self.leaders(&own, file, &self.pages, only.filter(|_| is_any_picture(&own)));
            match of_page.or_else(|| self.leaders(&own, file, &self.shortcuts, None)) {
                Some(&[leader]) => self.join(file, leader, roles),
                Some(several) => {
                    for &leader in several {
                        self.offer(leader, Image::Unsettled, roles);
                    }
                }
                None => {}
            }
        }
        keep_captures(files, roles);
    }

    fn part(&self, file: u32) -> Part {
        (self.seen)(file as usize).part
    }

    fn name(&self, file: u32) -> &'a str {
        self.items[file as usize].path.file_name()
    }

    /// Every page stands for a capture, and every package that no page of its name lies beside.
    fn take_pages(&mut self, files: &[u32], roles: &mut [Role]) {
        for &file in files {
            let seen = (self.seen)(file as usize);
            if seen.part == Part::Page {
                let html = if seen.is_hollow { Html::Hollow } else { Html::Page };
                let has_address = !seen.address.is_empty();
                roles[file as usize] = Role::Leads(Capture { html, has_address, image: Image::None });
                self.pages.entry(stem(self.name(file))).or_default().push(file);
            }
        }
        for &file in files {
            let seen = (self.seen)(file as usize);
            let Part::Package(kind) = seen.part else { continue };
            let (html, has_address) = within(kind, &seen);
            let seen_at = self.seen;
            let leaders = self.pages.entry(stem(self.name(file))).or_default();
            if let [page] = leaders[..]
                && seen_at(page as usize).part == Part::Page
                && let Role::Leads(capture) = &mut roles[page as usize]
            {
                capture.has_address |= has_address;
                roles[file as usize] = Role::With(page);
            } else {
                roles[file as usize] = Role::Leads(Capture { html, has_address, image: Image::None });
                leaders.push(file);
            }
        }
    }

    /// Those that a picture or address may belong to: one, or several that cannot be told apart.
    fn leaders<'s>(
        &self,
        own: &str,
        file: u32,
        among: &'s BTreeMap<Cow<'a, str>, Vec<u32>>,
        only: Option<u32>,
    ) -> Option<&'s [u32]> {
        // `page.html.png` is that of `page.html`, even where `page.htm` lies beside it.
        let named = self
            .name(file)
            .rsplit_once('.')
            .and_then(|(before, _)| find(self.items, folder_of(&self.items[file as usize]), before));
        let list = stems_of_page(own).find_map(|page| among.get(page));
        let one_of = |wanted: Option<u32>, list: &'s [u32]| {
            let at = list.iter().position(|&leader| Some(leader) == wanted)?;
            list.get(at..=at)
        };
        let by_name = list.map(|list| one_of(named, list).unwrap_or(list));
        by_name.or_else(|| among.values().find_map(|list| one_of(only, list)))
    }

    /// Puts a picture or address to the capture that it belongs to.
    fn join(&self, file: u32, leader: u32, roles: &mut [Role]) {
        let seen = (self.seen)(file as usize);
        let own = (self.seen)(leader as usize);
        match seen.part {
            Part::Shortcut => {
                if let Role::Leads(capture) = &mut roles[leader as usize] {
                    capture.has_address = true;
                }
            }
            // A picture of another address is one of the page's parts, or of another page.
            _ if !seen.address.is_empty() && !own.address.is_empty() && seen.address != own.address => return,
            _ => self.offer(leader, if seen.is_full { Image::Full } else { Image::Part }, roles),
        }
        roles[file as usize] = Role::With(leader);
    }

    fn offer(&self, leader: u32, image: Image, roles: &mut [Role]) {
        let role = &mut roles[leader as usize];
        if *role == Role::None && self.part(leader) == Part::Shortcut {
            *role = Role::Leads(Capture { has_address: true, ..Capture::default() });
        }
        if let Role::Leads(capture) = role {
            capture.image = capture.image.max(image);
        }
    }
}

/// What a package has of the page itself, and whether it has an address, or one is known of it.
fn within(kind: &'static str, seen: &Seen<'_>) -> (Html, bool) {
    let is_known = !seen.address.is_empty();
    match seen.held {
        Held::Unseen => (Html::Unseen(kind), is_known),
        Held::Looked { pages, has_address } => {
            let html = match pages {
                Pages::None => Html::NotWithin(kind),
                Pages::Hollow => Html::Hollow,
                Pages::Some => Html::Within { kind, with_address: has_address },
            };
            (html, has_address || is_known)
        }
    }
}

/// A page of which nothing tells that it was captured is a document like any other.
fn keep_captures(files: &[u32], roles: &mut [Role]) {
    let leader = |&file: &u32| match roles[file as usize] {
        Role::With(leader) => Some(leader),
        _ => None,
    };
    let followed: BTreeSet<u32> = files.iter().filter_map(leader).collect();
    for &file in files.iter().filter(|file| !followed.contains(file)) {
        if let Role::Leads(Capture { html: Html::Page, has_address: false, image: Image::None }) =
            roles[file as usize]
        {
            roles[file as usize] = Role::None;
        }
    }
}
