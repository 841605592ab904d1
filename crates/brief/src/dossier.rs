//! What a brief is written from: one story with everything that is known of it.

use std::collections::BTreeMap;

use dateline_model::{
    ArticleId, Attribution, Member, Membership, StoryHead, StoryId, Storyline, Version, When,
};

/// A story beside the one in question: its id, and its headline now. Where it was put into another one since, that
/// one's.
pub type Neighbour = (StoryId, String);

/// A story with its articles, all their versions, and the reasons for their places.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// The story's head.
    pub head: StoryHead,
    /// Its articles, in order of arrival.
    pub members: Vec<Member>,
    /// Their places, in the same order.
    pub memberships: Vec<Membership>,
    /// All versions of each article, oldest first.
    pub versions: BTreeMap<ArticleId, Vec<Version>>,
    /// Who says what in the newest version of each article that was read deeply, in the order of the text.
    /// Articles without an entry are read in their plain forms.
    pub said: BTreeMap<ArticleId, Vec<Attribution>>,
    /// What corrections of the story by hand add to the version of its brief.
    pub corrected: u32,
    /// The articles that are here by hand, each with the number of the correction.
    pub by_hand: BTreeMap<ArticleId, u32>,
    /// The stories its articles would have joined next, by the ids they had then.
    pub neighbours: BTreeMap<StoryId, Neighbour>,
    /// The stories that it continues and that continue it, with itself; `None` where it stands alone.
    pub storyline: Option<Storyline>,
    /// The desk's clock: the newest report in the folder.
    pub clock: Option<When>,
}

impl Dossier {
    /// The newest version of an article.
    pub fn newest(&self, article: ArticleId) -> Option<&Version> {
        self.versions.get(&article)?.last()
    }

    /// A version of an article.
    pub fn version(&self, article: ArticleId, number: u32) -> Option<&Version> {
        self.versions.get(&article)?.iter().find(|version| version.number == number)
    }
}
