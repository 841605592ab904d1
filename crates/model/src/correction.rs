//! Corrections of stories by hand: what somebody who knows better has said, kept for good.
//!
//! Each correction takes articles from one story to another. What it says of pairs of articles are *links*: these
//! belong together, those do not. The corrections of a folder are a log that only grows; undoing one is an entry too.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{ArticleId, StoryId, When};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CorrectionKind {
    /// All articles of one story went into another.
    Merge,
    /// Articles of a story became a story of their own.
    Split,
    /// One article went into another story.
    Move,
    /// All articles of one story went into another, told in other languages: nobody said so, the desk found them to
    /// be about the same.
    Tie,
    /// An earlier correction, by its number, was taken back.
    Undo(u32),
}

impl CorrectionKind {
    /// Its name in a store and for programs, and the number of the correction that it takes back, if it does.
    pub fn word(self) -> (&'static str, Option<u32>) {
        match self {
            Self::Merge => ("merge", None),
            Self::Split => ("split", None),
            Self::Move => ("move", None),
            Self::Tie => ("tie", None),
            Self::Undo(of) => ("undo", Some(of)),
        }
    }
}

/// A correction, with all that is needed to make it again and to take it back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Its number in the folder: 1 for the first.
    pub number: u32,
    /// What was done.
    pub kind: CorrectionKind,
    /// When, by the clock of the machine.
    pub at: When,
    /// The number of the newest version in the folder at that time: the correction concerns what had come in by then.
    pub after: i64,
    /// The story that the articles left.
    pub from: StoryId,
    /// The story that they went to.
    pub to: StoryId,
    /// The articles that went, in order of arrival.
    pub moved: Vec<ArticleId>,
    /// How many versions they had.
    pub versions: u32,
    /// The articles that stayed where those went from.
    pub left: Vec<ArticleId>,
    /// The articles that were already where those went to.
    pub joined: Vec<ArticleId>,
    /// Of a tie, how likely the two are one story, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub probability: Option<f32>,
    /// Articles that rested on another by being in one story with it, and no longer are.
    #[serde(default)]
    pub loosened: Vec<(ArticleId, ArticleId)>,
    /// Articles that rest on another again, as the correction that parted them was undone.
    #[serde(default)]
    pub tied: Vec<(ArticleId, ArticleId)>,
}

/// What a correction says of two articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// They belong in one story (must-link).
    Together,
    /// They do not (cannot-link).
    Apart,
}

impl Correction {
    /// True where the story lost or gained articles by it.
    pub fn touches(&self, story: StoryId) -> bool {
        self.from == story || self.to == story
    }

    /// What it says of pairs of articles, each pair in the order of ids. Nothing for an undoing, which only takes
    /// back what another one said, and nothing for what the desk found by itself.
    ///
    /// As many pairs as there are articles that went times articles of both stories.
    pub fn links(&self) -> Vec<((ArticleId, ArticleId), Link)> {
        if matches!(self.kind, CorrectionKind::Undo(_) | CorrectionKind::Tie) {
            return Vec::new();
        }
        let mut links = Vec::new();
        for (at, moved) in self.moved.iter().enumerate() {
            let with = self.moved[at + 1..].iter().chain(&self.joined);
            links.extend(with.map(|other| (pair(*moved, *other), Link::Together)));
            links.extend(self.left.iter().map(|other| (pair(*moved, *other), Link::Apart)));
        }
        links
    }
}

fn pair(a: ArticleId, b: ArticleId) -> (ArticleId, ArticleId) {
    (a.min(b), a.max(b))
}

/// The numbers of the corrections that were undone, each with the number of the undoing.
pub fn undone(log: &[Correction]) -> BTreeMap<u32, u32> {
    log.iter()
        .filter_map(|correction| match correction.kind {
            CorrectionKind::Undo(of) => Some((of, correction.number)),
            _ => None,
        })
        .collect()
}

/// The corrections in force, oldest first: those that neither were undone nor undo another.
pub fn in_force(log: &[Correction]) -> impl Iterator<Item = &Correction> {
    let gone: BTreeSet<u32> = undone(log).into_keys().collect();
    log.iter().filter(move |correction| {
        !matches!(correction.kind, CorrectionKind::Undo(_)) && !gone.contains(&correction.number)
    })
}

/// What the corrections in force say of each pair of articles; of two that disagree, the later one.
pub fn links(log: &[Correction]) -> BTreeMap<(ArticleId, ArticleId), Link> {
    in_force(log).flat_map(Correction::links).collect()
}

/// The articles that are where they are by hand, each with the number of the correction in force that put it there.
pub fn put_by_hand(log: &[Correction]) -> BTreeMap<ArticleId, u32> {
    in_force(log)
        .filter(|by| by.kind != CorrectionKind::Tie)
        .flat_map(|by| by.moved.iter().map(|article| (*article, by.number)))
        .collect()
}

/// What corrections add to the version of a story's brief beside the versions of its articles: one each, and as many
/// as the articles had that they took away. So no two states of a story's brief have the same number.
pub fn editions(story: StoryId, log: &[Correction]) -> u32 {
    let lost = |correction: &Correction| if correction.from == story { correction.versions } else { 0 };
    log.iter().filter(|correction| correction.touches(story)).map(|correction| 1 + lost(correction)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(n: u8) -> ArticleId {
        ArticleId([n; 10])
    }

    fn correction(number: u32, kind: CorrectionKind, moved: &[u8], left: &[u8], joined: &[u8]) -> Correction {
        let articles = |of: &[u8]| of.iter().map(|n| article(*n)).collect();
        Correction {
            number,
            kind,
            at: When::from_seconds(0),
            after: 9,
            from: StoryId([1; 10]),
            to: StoryId([2; 10]),
            moved: articles(moved),
            versions: moved.len() as u32,
            left: articles(left),
            joined: articles(joined),
            probability: None,
            loosened: vec![],
            tied: vec![],
        }
    }

    #[test]
    fn a_split_keeps_its_articles_together_and_the_rest_apart() {
        let split = correction(1, CorrectionKind::Split, &[4, 3], &[1, 2], &[]);
        let links = links(&[split]);
        assert_eq!(links[&(article(3), article(4))], Link::Together);
        assert_eq!(links[&(article(1), article(4))], Link::Apart);
        assert_eq!(links.len(), 5);
    }

    #[test]
    fn the_version_of_a_brief_grows_with_each_correction() {
        let story = StoryId([1; 10]);
        // Four articles, of which two leave and come back.
        let split = correction(1, CorrectionKind::Split, &[3, 4], &[1, 2], &[]);
        let mut undo = correction(2, CorrectionKind::Undo(1), &[3, 4], &[], &[1, 2]);
        (undo.from, undo.to) = (split.to, split.from);
        let version = |articles: u32, log: &[Correction]| articles + editions(story, log);
        let log = [split, undo];
        assert_eq!([version(4, &[]), version(2, &log[..1]), version(4, &log)], [4, 5, 8]);
        assert_eq!(editions(StoryId([9; 10]), &log), 0);
    }

    #[test]
    fn the_later_word_counts_and_an_undone_one_says_nothing() {
        let split = correction(1, CorrectionKind::Split, &[3], &[1], &[]);
        let merge = correction(2, CorrectionKind::Merge, &[3], &[], &[1]);
        let undo = correction(3, CorrectionKind::Undo(2), &[3], &[1], &[]);
        let pair = (article(1), article(3));
        assert_eq!(links(&[split.clone(), merge.clone()])[&pair], Link::Together);
        let log = [split, merge, undo];
        assert_eq!(links(&log)[&pair], Link::Apart, "the split is in force again");
        assert_eq!(in_force(&log).map(|correction| correction.number).collect::<Vec<_>>(), [1]);
        assert_eq!(put_by_hand(&log), [(article(3), 1)].into());
        assert_eq!(undone(&log), [(2, 3)].into());
    }
}
