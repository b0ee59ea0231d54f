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

struct Known {
    finder: Finder,
    sorts: Vec<Sort>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let roots = folders::roots().into_iter().map(|word| (word, Sort::Root));
    let drawings = marks::DRAWINGS.into_iter().map(|word| (word.to_owned(), Sort::Drawing));
    // In any case: three letters of the name are enough to look closer.
    let metas = (0..8_u8).map(|capitals| {
        let letter = |(at, c): (u8, char)| if capitals >> at & 1 == 1 { c.to_ascii_uppercase() } else { c };
        (format!("<{}", (0..).zip("met".chars()).map(letter).collect::<String>()), Sort::Meta)
    });
    let (words, sorts): (Vec<String>, Vec<Sort>) = roots.chain(drawings).chain(metas).unzip();
    Known { finder: Finder::of(&words), sorts }
});

/// Notes what the octets of HTML, or of any other markup, tell.
pub(super) fn look(octets: &[u8], is_html: bool, clues: &mut Clues) {
    let (mut names_a_user, mut tells_a_place) = (false, false);
    let (mut roots, mut drawings, mut metas) = (0, 0, 0);
    let is_next = |count: &mut usize| {
        *count += 1;
        *count <= MOST
    };
    KNOWN.finder.each(octets, |word, range| match KNOWN.sorts[word] {
        Sort::Root if !names_a_user && is_next(&mut roots) => {
            names_a_user = folders::leads_to_a_user(octets, range.start + 1, range.end, Text::Page);
        }
        Sort::Drawing if !names_a_user && is_next(&mut drawings) => {
            names_a_user = marks::lay_in_a_users_folder(&octets[range.end..]);
        }
        Sort::Meta if is_html && !tells_a_place && is_next(&mut metas) => {
            tells_a_place = marks::tells_a_place(&octets[range.start + 1..]);
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
    fn paths_and_places_are_told_together() {
        let text =
            "/home/ <svg inkscape:export-filename=\"/home/ada/a.png\"><meta name=geo.position content='1;2'>";
        assert_eq!(of(text), [Clue::Position, Clue::UserName]);
        let mut clues = Clues::default();
        look(text.as_bytes(), false, &mut clues);
        assert_eq!(clues.0.into_keys().collect::<Vec<_>>(), [Clue::UserName]);
    }
}
