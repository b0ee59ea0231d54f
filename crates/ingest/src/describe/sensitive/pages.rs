//! What could identify a source in a page or a drawing: all of it is passed once, whatever is looked for.

use super::finder::Finder;
use super::{Clue, Clues, Text, folders, marks};
use std::sync::LazyLock;

/// Places of one sort that are looked at.
const MOST: usize = 10_000;

/// What is told by the words that stand somewhere.
#[derive(Clone, Copy)]
enum Sort {
    /// A folder in which every user has one.
    Root,
    /// Where a drawing or a picture in it lay.
    Drawing,
    /// A `meta` element, perhaps.
    Meta,
}

/// What is looked for: folders of users, the ends of the attributes of drawings, and the beginning of `meta`
/// in any case. Each begins with two octets that are seldom seen together in markup, for every place costs
/// a closer look. The finder deals words out to eight groups in this order and mixes up what the words of
/// a group begin with, so the ninth and tenth stand where mixtures are as seldom.
const WORDS: [(&str, Sort); 11] = [
    ("\\Users", Sort::Root),
    ("\\Documents and Settings", Sort::Root),
    ("/Users", Sort::Root),
    ("/home", Sort::Root),
    ("xport-filename=", Sort::Drawing),
    ("bsref=", Sort::Drawing),
    ("cbase=", Sort::Drawing),
    ("<m", Sort::Meta),
    ("\\home", Sort::Root),
    ("/Documents and Settings", Sort::Root),
    ("<M", Sort::Meta),
];

static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::of(&WORDS.map(|(word, _)| word)));

/// Notes what the octets of HTML, or of any other markup, tell.
pub(super) fn look(octets: &[u8], is_html: bool, clues: &mut Clues) {
    let (mut names_a_user, mut tells_a_place) = (false, false);
    let (mut roots, mut drawings, mut metas) = (0, 0, 0);
    let is_next = |count: &mut usize| {
        *count += 1;
        *count <= MOST
    };
    FINDER.each(octets, |word, range| match WORDS[word].1 {
        Sort::Root if !names_a_user && is_next(&mut roots) => {
            names_a_user = folders::leads_to_a_user(octets, range.start + 1, range.end, Text::Page);
        }
        Sort::Drawing if !names_a_user && is_drawing(&octets[..range.end]) && is_next(&mut drawings) => {
            names_a_user = marks::lay_in_a_users_folder(&octets[range.end..]);
        }
        Sort::Meta if is_html && !tells_a_place => {
            let inside = &octets[range.start + 1..];
            tells_a_place = marks::is_meta(inside) && is_next(&mut metas) && marks::tells_a_place(inside);
        }
        _ => {}
    });
    if names_a_user {
        clues.note(Clue::UserName, "paths that it holds");
    }
    if tells_a_place {
        clues.note(Clue::Position, "its meta elements");
    }
}

/// Whether octets end in an attribute of a drawing.
fn is_drawing(octets: &[u8]) -> bool {
    marks::DRAWINGS.iter().any(|word| octets.ends_with(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Clue> {
        let mut clues = Clues::default();
        look(text.as_bytes(), true, &mut clues);
        clues.0.into_keys().collect()
    }

    #[test]
    fn places_in_meta_elements_of_any_case() {
        for name in ["meta", "META", "Meta", "mETA", "metA"] {
            assert_eq!(of(&format!("<{name} name=ICBM content='1.5, 2'>")), [Clue::Position], "{name}");
            assert_eq!(of(&format!("<{name}x name=x content='1.5, 2'>")), [], "{name}");
        }
        assert_eq!(of("<method name=icbm content='1.5, 2'>"), []);
        assert_eq!(of("<met"), []);
    }

    #[test]
    fn every_folder_and_attribute_is_looked_for() {
        let of_sort = |sort: fn(&Sort) -> bool| {
            let of_sort = WORDS.into_iter().filter(move |(_, of)| sort(of));
            of_sort.map(|(word, _)| word).collect::<Vec<_>>()
        };
        let mut roots = of_sort(|sort| matches!(sort, Sort::Root));
        let mut all = folders::roots();
        roots.sort_unstable();
        all.sort_unstable();
        assert_eq!(roots, all);
        let ends = of_sort(|sort| matches!(sort, Sort::Drawing));
        assert_eq!(ends.len(), marks::DRAWINGS.len());
        for (word, end) in marks::DRAWINGS.into_iter().zip(ends) {
            assert!(word.ends_with(end), "{word}");
            for before in ["", "x", "=", "<m", "/home/", "absref"] {
                let page = format!("{}<g {before}{word}'/home/ada/a.png'>", "x".repeat(before.len()));
                assert_eq!(of(&page), [Clue::UserName], "{page}");
            }
            assert_eq!(of(&format!("<g z{end}'/home/ada/a.png'>")), [], "{end}");
        }
    }

    #[test]
    fn many_other_elements_hide_no_place() {
        let page = "<mi>x</mi>".repeat(MOST + 1) + "<meta name=icbm content='1.5, 2'>";
        assert_eq!(of(&page), [Clue::Position]);
    }

    #[test]
    fn paths_and_places_are_told_together() {
        let text =
            "/home/ <svg inkscape:export-filename=\"/home/ada/a.png\"><meta name=geo.position content='1;2'>";
        assert_eq!(of(text), [Clue::Position, Clue::UserName]);
        let mut clues = Clues::default();
        look(text.as_bytes(), false, &mut clues);
        assert_eq!(clues.0.into_keys().collect::<Vec<_>>(), [Clue::UserName]);
    }
}
