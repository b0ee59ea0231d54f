//! The cells of a row in one piece of memory: sheets have 39 columns, most of them blank.

/// Cells of a row, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// All of them, one behind the other.
    text: Box<str>,
    /// Where in it each of them ends, up to the last that is not blank.
    ends: Box<[u32]>,
    /// How many there are with the blank ones behind that.
    count: u32,
}

impl Cells {
    /// How many there are. A row that breaks off has fewer than the header.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// A cell by its place, from 0 on; `None` if the row ends before it.
    #[must_use]
    pub fn get(&self, place: usize) -> Option<&str> {
        let Some(&end) = self.ends.get(place) else { return (place < self.len()).then_some("") };
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start as usize..end as usize)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|place| self.get(place))
    }
}

impl<T: AsRef<str>> FromIterator<T> for Cells {
    /// Cells beyond 4 GiB of text are not kept: no file that is read has them.
    fn from_iter<I: IntoIterator<Item = T>>(cells: I) -> Self {
        let (mut text, mut ends, mut count) = (String::new(), Vec::new(), 0);
        for cell in cells {
            let Ok(end) = u32::try_from(text.len() + cell.as_ref().len()) else { break };
            text.push_str(cell.as_ref());
            ends.push(end);
            count += 1;
        }
        let kept = ends.partition_point(|end| (*end as usize) < text.len());
        ends.truncate(if text.is_empty() { 0 } else { kept + 1 });
        Self { text: text.into_boxed_str(), ends: ends.into_boxed_slice(), count }
    }
}

#[cfg(test)]
mod tests {
    use super::Cells;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn cells_are_what_they_were(cells in proptest::collection::vec("(|.{0,5})", 0..9)) {
            let kept: Cells = cells.iter().collect();
            prop_assert_eq!(kept.len(), cells.len());
            prop_assert_eq!(kept.iter().collect::<Vec<_>>(), cells.iter().map(String::as_str).collect::<Vec<_>>());
            prop_assert_eq!(kept.get(cells.len()), None);
        }
    }
}
