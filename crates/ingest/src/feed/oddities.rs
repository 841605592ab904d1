//! Collecting what is odd about a feed, once a kind.

use super::document::{Oddity, OddityKind};

/// Oddities told apart; the feed is past describing after that. Each costs a count of lines.
const MAX_ODDITIES: usize = 32;

/// Characters of a value that a message quotes.
const QUOTED: usize = 60;

/// The oddities of one feed, each kind and detail once, in the order of their first places.
#[derive(Default)]
pub(super) struct Oddities {
    list: Vec<Oddity>,
}

impl Oddities {
    /// Notes an oddity; `line` is asked for its first place only.
    pub(super) fn note(&mut self, kind: OddityKind, detail: &str, line: impl FnOnce() -> Option<usize>) {
        let detail: String = detail.chars().take(QUOTED).collect();
        let known = self.list.iter_mut().find(|oddity| oddity.kind == kind && oddity.detail == detail);
        if let Some(oddity) = known {
            oddity.count += 1;
        } else if self.list.len() < MAX_ODDITIES {
            self.list.push(Oddity { kind, detail, line: line(), count: 1 });
        }
    }

    /// The list.
    pub(super) fn into_list(self) -> Vec<Oddity> {
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_oddity_is_told_once() {
        let mut oddities = Oddities::default();
        for line in [3, 9] {
            oddities.note(OddityKind::Unclosed, "p", || Some(line));
        }
        let list = oddities.into_list();
        assert_eq!(list[0].to_string(), "<p> is not closed (2 times, first on line 3)");
    }
}
