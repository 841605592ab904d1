//! Corrections by hand, planned: which articles go where, or why not.
//!
//! A pure function of the corrections so far and the stories in question. What it gives is a fact: the store keeps
//! it with the memberships it changes, and the [stream](crate::Stream::correct) takes it in.

use std::collections::{BTreeMap, BTreeSet};

use dateline_model::{ArticleId, Correction, CorrectionKind, Membership, StoryId, When, in_force, undone};

/// What is asked for. Stories are named by the ids they have now.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Put all articles of a story into another.
    Merge {
        /// The story that ends.
        story: StoryId,
        /// The one it goes into.
        into: StoryId,
    },
    /// Make a story of their own of some of a story's articles.
    Split {
        /// The story.
        story: StoryId,
        /// The articles that leave it.
        articles: Vec<ArticleId>,
    },
    /// Put one article into another story.
    Move {
        /// The article.
        article: ArticleId,
        /// The story it belongs to.
        to: StoryId,
    },
    /// Put all articles of a story into another one that is told in other languages: what the desk asks of itself.
    Tie {
        /// The story that ends.
        story: StoryId,
        /// The one it goes into.
        into: StoryId,
        /// How likely they are one, 0 to 1.
        probability: f32,
    },
    /// Take a correction back.
    Undo(u32),
}

/// Why a correction cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Merging a story with itself.
    #[error("that is story {0} twice; name two stories")]
    Same(StoryId),
    /// There is no such story, or it has no articles.
    #[error("there is no story {0}; `dateline stories` lists them")]
    NoStory(StoryId),
    /// The article is in none of the stories in question.
    #[error("article {article} is not in story {story}; `dateline show {article}` tells where it is")]
    NotInStory {
        /// The article.
        article: ArticleId,
        /// The story it was said to be in.
        story: StoryId,
    },
    /// Splitting off everything, or nothing.
    #[error("these are all articles of story {0}, so there is nothing to split them from; leave one out")]
    Whole(StoryId),
    /// No articles to split off.
    #[error("name the articles that are to leave story {0}; `dateline show {0}` lists them")]
    None(StoryId),
    /// The article is there already.
    #[error("article {article} is in story {story} already")]
    There {
        /// The article.
        article: ArticleId,
        /// The story.
        story: StoryId,
    },
    /// No correction has the number.
    #[error("there is no correction {0}; `dateline story corrections` lists them")]
    NoCorrection(u32),
    /// It is the undoing of another one.
    #[error("{number} is the undoing of correction {of}; make that correction again instead")]
    Undoing {
        /// The number.
        number: u32,
        /// The correction it took back.
        of: u32,
    },
    /// It is undone.
    #[error("correction {number} is undone already, by {by}")]
    Undone {
        /// The number.
        number: u32,
        /// The undoing.
        by: u32,
    },
    /// A later one changed the same stories.
    #[error(
        "correction {later} came after {number} and changed the same stories; undo that one first \
         (`dateline story undo {later}`), or move the articles"
    )]
    BuiltOn {
        /// The correction that was to be undone.
        number: u32,
        /// The newest one that builds on it.
        later: u32,
    },
}

/// The stories in question with the places of their articles, in order of arrival.
pub type Stories = BTreeMap<StoryId, Vec<Membership>>;

/// Plans a correction: the next one of the log.
///
/// `stories` has the stories that it names, for [`Ask::Move`] also the one the article is in, for [`Ask::Undo`] both
/// that the correction touched, as far as they have articles. `at` is the machine's clock, `after` the number of the
/// newest version. The versions that the articles have are counted by whoever knows them.
pub fn plan(
    ask: &Ask,
    log: &[Correction],
    stories: &Stories,
    at: When,
    after: i64,
) -> Result<Correction, Refused> {
    let number = log.last().map_or(1, |last| last.number + 1);
    let articles = |story: StoryId| -> Vec<ArticleId> {
        stories.get(&story).into_iter().flatten().map(|membership| membership.article).collect()
    };
    let found =
        |story: StoryId| Some(articles(story)).filter(|all| !all.is_empty()).ok_or(Refused::NoStory(story));
    let (kind, from, to, moved) = match ask {
        Ask::Merge { story, into } | Ask::Tie { story, into, .. } => {
            if story == into {
                return Err(Refused::Same(*story));
            }
            found(*into)?;
            let by_hand = matches!(ask, Ask::Merge { .. });
            let kind = if by_hand { CorrectionKind::Merge } else { CorrectionKind::Tie };
            (kind, *story, *into, found(*story)?)
        }
        Ask::Split { story, articles: named } => {
            let all = found(*story)?;
            if let Some(article) = named.iter().find(|article| !all.contains(article)) {
                return Err(Refused::NotInStory { article: *article, story: *story });
            }
            let moved: Vec<ArticleId> =
                all.iter().copied().filter(|article| named.contains(article)).collect();
            let first = *moved.first().ok_or(Refused::None(*story))?;
            if moved.len() == all.len() {
                return Err(Refused::Whole(*story));
            }
            // Its number keeps the id apart from that of any story the first article ever founded or was split off to.
            let to = StoryId::derive(&[b"split", &number.to_le_bytes(), &first.0]);
            (CorrectionKind::Split, *story, to, moved)
        }
        Ask::Move { article, to } => {
            if found(*to)?.contains(article) {
                return Err(Refused::There { article: *article, story: *to });
            }
            let from = stories.keys().copied().find(|story| articles(*story).contains(article));
            let from = from.ok_or(Refused::NotInStory { article: *article, story: *to })?;
            (CorrectionKind::Move, from, *to, vec![*article])
        }
        Ask::Undo(of) => {
            let back = undoable(*of, log)?;
            let here = articles(back.to);
            // A story that was split off is what its articles were split off for: it ends, with all that joined it.
            let moved = match back.kind {
                CorrectionKind::Split => here,
                _ => here.into_iter().filter(|article| back.moved.contains(article)).collect(),
            };
            (CorrectionKind::Undo(*of), back.to, back.from, moved)
        }
    };
    let gone: BTreeSet<ArticleId> = moved.iter().copied().collect();
    let left = articles(from).into_iter().filter(|article| !gone.contains(article)).collect();
    let mut correction = Correction {
        number,
        kind,
        at,
        after,
        from,
        to,
        moved,
        versions: 0,
        probability: match ask {
            Ask::Tie { probability, .. } => Some(*probability),
            _ => None,
        },
        left,
        joined: articles(to),
        loosened: Vec::new(),
        tied: Vec::new(),
    };
    correction.loosened = loosened(&correction, stories);
    correction.tied = tied(&correction, log, stories);
    Ok(correction)
}

/// The correction of a number, if it can be taken back: it is in force, and none that came later and is in force
/// touches its stories. So what it moved is where it put it, and no later word on the same articles is broken.
fn undoable(number: u32, log: &[Correction]) -> Result<&Correction, Refused> {
    let back =
        log.iter().find(|correction| correction.number == number).ok_or(Refused::NoCorrection(number))?;
    if let CorrectionKind::Undo(of) = back.kind {
        return Err(Refused::Undoing { number, of });
    }
    if let Some(by) = undone(log).get(&number) {
        return Err(Refused::Undone { number, by: *by });
    }
    let later = in_force(log)
        .filter(|later| later.number > number && (later.touches(back.from) || later.touches(back.to)))
        .last();
    match later {
        Some(later) => Err(Refused::BuiltOn { number, later: later.number }),
        None => Ok(back),
    }
}

/// True where an article was found to rest on another only by being in one story with it: it cites the other's
/// newsroom, or corrects what its outlet last had on the story. Shared text is descent wherever the articles are.
fn rests_by_story(membership: &Membership) -> bool {
    membership.kinship.containment.is_none()
}

/// Articles that rest on another by their story alone, which the correction parts from it.
fn loosened(correction: &Correction, stories: &Stories) -> Vec<(ArticleId, ArticleId)> {
    let moved: BTreeSet<ArticleId> = correction.moved.iter().copied().collect();
    let left: BTreeSet<ArticleId> = correction.left.iter().copied().collect();
    let parted = |a: &ArticleId, b: &ArticleId| {
        (moved.contains(a) && left.contains(b)) || (left.contains(a) && moved.contains(b))
    };
    let source = stories.get(&correction.from).into_iter().flatten();
    source
        .filter(|membership| rests_by_story(membership))
        .filter_map(|membership| Some((membership.article, membership.kinship.of?)))
        .filter(|(article, of)| parted(article, of))
        .collect()
}

/// Articles that the undone correction loosened, which are in one story again and were not tied otherwise since.
fn tied(correction: &Correction, log: &[Correction], stories: &Stories) -> Vec<(ArticleId, ArticleId)> {
    let CorrectionKind::Undo(of) = correction.kind else { return Vec::new() };
    let back = log.iter().find(|earlier| earlier.number == of);
    let together: BTreeSet<ArticleId> = correction.moved.iter().chain(&correction.joined).copied().collect();
    let free: BTreeSet<ArticleId> = stories
        .values()
        .flatten()
        .filter(|membership| rests_by_story(membership) && membership.kinship.of.is_none())
        .map(|membership| membership.article)
        .collect();
    let loosened = back.into_iter().flat_map(|back| &back.loosened);
    loosened
        .filter(|(article, of)| free.contains(article) && together.contains(article) && together.contains(of))
        .copied()
        .collect()
}

/// The places of articles as they were before corrections were made: what an article that is taken in again after
/// a restart was placed by, as the store has only the places they have now.
#[derive(Debug, Clone, Default)]
pub struct Before {
    stories: BTreeMap<ArticleId, StoryId>,
    /// What an article rested on, where a correction changed that.
    rested_on: BTreeMap<ArticleId, (Option<ArticleId>, Option<ArticleId>)>,
}

impl Before {
    /// As before all of these corrections, in the order in which they were made.
    pub fn new(log: &[Correction]) -> Self {
        let mut before = Self::default();
        // The first correction of an article found it as it was placed.
        for correction in log.iter().rev() {
            before.stories.extend(correction.moved.iter().map(|article| (*article, correction.from)));
            let tied = correction.tied.iter().map(|(article, of)| (*article, None, Some(*of)));
            let loosened = correction.loosened.iter().map(|(article, of)| (*article, Some(*of), None));
            for (article, was, is) in tied.chain(loosened) {
                let now = before.rested_on.get(&article).map_or(is, |(_, now)| *now);
                before.rested_on.insert(article, (was, now));
            }
        }
        before
    }

    /// An article's place as it was.
    pub fn place(&self, membership: &Membership) -> Membership {
        let mut place = membership.clone();
        if let Some(story) = self.stories.get(&place.article) {
            place.story = *story;
        }
        // Where a later arrival found its source, it no longer rests on what the corrections say.
        if let Some((was, now)) = self.rested_on.get(&place.article)
            && rests_by_story(&place)
            && place.kinship.of == *now
        {
            place.kinship.of = *was;
        }
        place
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Join, Kinship, Relation};

    const A: StoryId = StoryId([b'a'; 10]);
    const B: StoryId = StoryId([b'b'; 10]);

    fn article(n: u8) -> ArticleId {
        ArticleId([n; 10])
    }

    fn places(story: StoryId, articles: &[u8]) -> Vec<Membership> {
        let place = |n: &u8| Membership {
            article: article(*n),
            story,
            relation: Relation::Own,
            origin: None,
            kinship: Kinship::default(),
            join: Join::default(),
        };
        articles.iter().map(place).collect()
    }

    fn two() -> Stories {
        [(A, places(A, &[1, 2, 3])), (B, places(B, &[4, 5]))].into()
    }

    fn planned(ask: Ask, log: &[Correction], stories: &Stories) -> Result<Correction, Refused> {
        plan(&ask, log, stories, When::from_seconds(0), 5)
    }

    /// The stories after a correction.
    fn corrected(correction: &Correction, mut stories: Stories) -> Stories {
        let mut all: Vec<Membership> = std::mem::take(&mut stories).into_values().flatten().collect();
        all.sort_by_key(|membership| membership.article);
        for mut membership in all {
            if correction.moved.contains(&membership.article) {
                membership.story = correction.to;
            }
            if correction.loosened.iter().any(|(article, _)| *article == membership.article) {
                membership.kinship.of = None;
            }
            if let Some((_, of)) = correction.tied.iter().find(|(article, _)| *article == membership.article)
            {
                membership.kinship.of = Some(*of);
            }
            stories.entry(membership.story).or_default().push(membership);
        }
        stories
    }

    #[test]
    fn a_merge_takes_all_articles_and_a_move_one() {
        let merge = planned(Ask::Merge { story: A, into: B }, &[], &two()).unwrap();
        assert_eq!((merge.number, merge.from, merge.to), (1, A, B));
        assert_eq!((&merge.moved[..], merge.left.len()), (&[article(1), article(2), article(3)][..], 0));
        assert_eq!(merge.joined, [article(4), article(5)]);
        let moved = planned(Ask::Move { article: article(4), to: A }, &[merge], &two()).unwrap();
        assert_eq!((moved.number, moved.from, moved.to), (2, B, A));
        assert_eq!((moved.moved, moved.left), (vec![article(4)], vec![article(5)]));
    }

    #[test]
    fn a_split_makes_a_story_with_an_id_of_its_own() {
        let ask = || Ask::Split { story: A, articles: vec![article(3), article(1), article(3)] };
        let split = planned(ask(), &[], &two()).unwrap();
        assert_eq!((&split.moved[..], &split.left[..]), (&[article(1), article(3)][..], &[article(2)][..]));
        assert!(split.to != A && split.to != B && split.joined.is_empty());
        let again = planned(ask(), std::slice::from_ref(&split), &two()).unwrap();
        assert_ne!(again.to, split.to, "the same articles split off later are another story");
    }

    #[test]
    fn what_cannot_be_is_refused_with_the_reason() {
        let c = StoryId([b'c'; 10]);
        let refused = |ask: Ask| planned(ask, &[], &two()).unwrap_err();
        assert_eq!(refused(Ask::Merge { story: A, into: A }), Refused::Same(A));
        assert_eq!(refused(Ask::Merge { story: A, into: c }), Refused::NoStory(c));
        let all = vec![article(5), article(4)];
        assert_eq!(refused(Ask::Split { story: B, articles: all }), Refused::Whole(B));
        assert_eq!(refused(Ask::Split { story: B, articles: vec![] }), Refused::None(B));
        let stranger = Refused::NotInStory { article: article(1), story: B };
        assert_eq!(refused(Ask::Split { story: B, articles: vec![article(1)] }), stranger);
        let there = Refused::There { article: article(4), story: B };
        assert_eq!(refused(Ask::Move { article: article(4), to: B }), there);
        assert_eq!(refused(Ask::Undo(1)), Refused::NoCorrection(1));
    }

    #[test]
    fn a_correction_is_undone_once_and_the_later_one_first() {
        let stories = two();
        let split = planned(Ask::Split { story: A, articles: vec![article(3)] }, &[], &stories).unwrap();
        let stories = corrected(&split, stories);
        let merge =
            planned(Ask::Merge { story: split.to, into: B }, std::slice::from_ref(&split), &stories).unwrap();
        let mut stories = corrected(&merge, stories);
        let mut log = vec![split, merge];
        assert_eq!(planned(Ask::Undo(1), &log, &stories), Err(Refused::BuiltOn { number: 1, later: 2 }));
        for (number, before) in [(2, log[0].to), (1, A)] {
            let undo = planned(Ask::Undo(number), &log, &stories).unwrap();
            assert_eq!((&undo.moved[..], undo.to), (&[article(3)][..], before));
            stories = corrected(&undo, stories);
            log.push(undo);
        }
        assert_eq!(stories, two());
        assert_eq!(planned(Ask::Undo(1), &log, &stories), Err(Refused::Undone { number: 1, by: 4 }));
        assert_eq!(planned(Ask::Undo(4), &log, &stories), Err(Refused::Undoing { number: 4, of: 1 }));
    }

    #[test]
    fn undoing_a_split_brings_back_what_joined_since_and_undoing_a_merge_leaves_it() {
        let split = planned(Ask::Split { story: A, articles: vec![article(3)] }, &[], &two()).unwrap();
        let mut stories = corrected(&split, two());
        stories.get_mut(&split.to).unwrap().extend(places(split.to, &[9]));
        let undo = planned(Ask::Undo(1), &[split], &stories).unwrap();
        assert_eq!((undo.moved, undo.left), (vec![article(3), article(9)], vec![]));

        let merge = planned(Ask::Merge { story: A, into: B }, &[], &two()).unwrap();
        let mut stories = corrected(&merge, two());
        stories.get_mut(&B).unwrap().extend(places(B, &[9]));
        let undo = planned(Ask::Undo(1), &[merge], &stories).unwrap();
        assert_eq!(undo.moved, [article(1), article(2), article(3)]);
        assert_eq!(undo.left, [article(4), article(5), article(9)]);
    }

    #[test]
    fn what_rests_on_another_by_story_is_loosened_and_shared_text_is_not() {
        let mut stories = two();
        let of = |containment| Kinship { of: Some(article(1)), containment, ..Kinship::default() };
        let places = stories.get_mut(&A).unwrap();
        (places[1].relation, places[1].kinship) = (Relation::Citing, of(None));
        (places[2].relation, places[2].kinship) = (Relation::Verbatim, of(Some(0.9)));
        let before = stories.clone();
        let ask = Ask::Split { story: A, articles: vec![article(2), article(3)] };
        let split = planned(ask, &[], &stories).unwrap();
        assert_eq!(split.loosened, [(article(2), article(1))]);
        let stories = corrected(&split, stories);
        let was = Before::new(std::slice::from_ref(&split));
        assert_eq!(was.place(&stories[&split.to][0]), before[&A][1]);
        assert_eq!(was.place(&stories[&B][0]), before[&B][0]);
        let log = [split];
        let undo = planned(Ask::Undo(1), &log, &stories).unwrap();
        assert_eq!(undo.tied, [(article(2), article(1))]);
        let [split] = log;
        let stories = corrected(&undo, stories);
        assert_eq!(stories, before);
        let was = Before::new(&[split, undo]);
        assert_eq!(was.place(&stories[&A][1]), before[&A][1]);
    }
}
