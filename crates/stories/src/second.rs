//! The second look: whether an article belongs to a story, where what both are about is known as well.
//!
//! Words alone leave it open whether "Hosts open Games without crowd" and "Opening ceremony in empty stadium" are one event,
//! and they say nothing across languages. Where stories in several languages are live, articles are embedded; the
//! decision is then made anew by a model that sees the evidence of the words and how near the directions are
//! ([`dateline_model::Embedding`]), and stories that share no word with the article but its matter are looked at as well.
//!
//! Fitted by `dateline eval train-second` on the development sets; `models/second.txt`, with a card beside it.

use dateline_model::{Embedding, Lang, StoryId};

use crate::evidence::{self, Evidence};
use crate::live::{Key, Live, LiveSet, WINDOW};

/// How many kinds of evidence there are: those of the words, and five more.
pub const KINDS: usize = evidence::KINDS + 5;
/// Index of the cosine of the article and the mean of the strand, else of another strand of its story; missing (as NaN)
/// where nothing of them was embedded.
pub const COSINE: usize = evidence::KINDS;
/// Index of how far that is above the next best story.
pub const MARGIN: usize = evidence::KINDS + 1;
/// Index of how many articles of the strand were embedded.
pub const EMBEDDED: usize = evidence::KINDS + 2;
/// Index of whether article and strand are in one language, 1 or 0.
pub const SAME_LANG: usize = evidence::KINDS + 3;
/// Index of the log-odds that the words alone give.
pub const BY_WORDS: usize = evidence::KINDS + 4;

/// Strands that are looked at because they are about the same, beside those that share words. Four and sixteen find the
/// same stories on the multilingual development set (B³ F1 within .003).
const NEAR: usize = 8;
/// Cosine below which a strand is on another matter. Directions of unrelated news lie around 0.
const LEAST: f32 = 0.3;

/// Evidence for one article and one strand.
pub type SecondEvidence = [f32; KINDS];

/// The strands nearest to an article in what they are about, best first, without those that are `known` as candidates.
///
/// Looks at every live strand: 0.1 µs each.
pub fn near(about: &Embedding, at: Option<i64>, live: &LiveSet, known: &[Key]) -> Vec<Key> {
    let mut near: Vec<(f32, Key)> = live
        .iter()
        .filter_map(|(key, strand)| Some((key, strand, &strand.about.as_ref()?.0)))
        .filter(|(_, strand, _)| at.and_then(|at| strand.gap(at)).is_none_or(|gap| gap <= WINDOW))
        .map(|(key, _, mean)| (mean.cosine(about), key))
        .filter(|(cosine, key)| *cosine >= LEAST && !known.contains(key))
        .collect();
    near.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    near.into_iter().map(|(_, key)| key).take(NEAR).collect()
}

/// What speaks for an article belonging to each of the strands, whose words were [weighed](evidence::weigh) before.
///
/// `likely` is how likely the words make each.
pub fn look(
    about: &Embedding,
    lang: Lang,
    strands: &[&Live],
    words: &[Evidence],
    likely: &[f32],
) -> Vec<SecondEvidence> {
    let own = |strand: &Live| strand.about.as_ref().map_or(f32::NAN, |(mean, _)| mean.cosine(about));
    // A strand of which nothing was embedded is about what the others of its story are.
    let told = |strand: &&Live| {
        let others = strands.iter().filter(|other| strand.about.is_none() && other.story == strand.story);
        (others.map(|other| own(other)).fold(own(strand), f32::max), strand.story)
    };
    let cosines: Vec<(f32, StoryId)> = strands.iter().map(told).collect();
    let evidence = |index: usize| {
        let (strand, (cosine, story)) = (strands[index], cosines[index]);
        // `max` passes over what is missing.
        let others = cosines.iter().filter(|(_, other)| *other != story).map(|(cosine, _)| *cosine);
        let next = others.fold(LEAST, f32::max);
        let mut evidence = [0.0; KINDS];
        evidence[..evidence::KINDS].copy_from_slice(&words[index]);
        evidence[COSINE] = cosine;
        evidence[MARGIN] = cosine - next;
        evidence[EMBEDDED] = strand.about.as_ref().map_or(0.0, |(_, count)| *count as f32);
        evidence[SAME_LANG] = f32::from(u8::from(strand.lang == lang));
        evidence[BY_WORDS] = log_odds(likely[index]);
        evidence
    };
    (0..strands.len()).map(evidence).collect()
}

/// The log-odds of a probability, from -12 to 12.
fn log_odds(probability: f32) -> f32 {
    const MOST: f32 = 12.0;
    (probability / (1.0 - probability)).ln().clamp(-MOST, MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::LiveSet;

    /// A direction on one of a few matters, a little off its middle.
    fn direction(matter: usize, off: f32) -> Embedding {
        let mut parts = [0.0; Embedding::DIMENSIONS];
        parts[matter] = 1.0;
        parts[100] = off;
        Embedding::new(&parts).unwrap()
    }

    const GAMES: usize = 0;
    const FERRY: usize = 1;

    fn strands() -> (LiveSet, [Key; 3]) {
        let mut live = LiveSet::default();
        let keys = [(1, Lang::EN, GAMES), (1, Lang::ES, GAMES), (2, Lang::EN, FERRY)].map(
            |(story, lang, matter)| {
                let key = live.found(StoryId([story; 10]), lang);
                live.describe(key, &direction(matter, 0.3));
                key
            },
        );
        (live, keys)
    }

    #[test]
    fn what_is_about_the_same_is_near_whatever_its_language() {
        let (live, [english, spanish, _]) = strands();
        let opening = direction(GAMES, 0.1);
        assert_eq!(near(&opening, None, &live, &[]), [english, spanish], "the ferry is on another matter");
        assert_eq!(near(&opening, None, &live, &[english]), [spanish]);
    }

    #[test]
    fn the_margin_is_over_another_story_not_over_another_strand() {
        let (mut live, keys) = strands();
        let bare = live.found(StoryId([3; 10]), Lang::EN);
        let keys = [&keys[..], &[bare]].concat();
        let stories: Vec<&Live> = keys.iter().map(|key| live.get(*key).unwrap()).collect();
        let words = [[0.5; evidence::KINDS]; 4];
        let seen = look(&direction(GAMES, 0.1), Lang::ES, &stories, &words, &[0.5, 0.9, 0.0, 1.0]);
        assert_eq!(seen[0][..evidence::KINDS], words[0]);
        assert!(seen[0][COSINE] > 0.9 && seen[2][COSINE] < 0.1);
        assert!(seen[0][MARGIN] > 0.6 && seen[1][MARGIN] > 0.6 && seen[2][MARGIN] < -0.8);
        assert!(seen[3][COSINE].is_nan() && seen[3][MARGIN].is_nan() && seen[3][EMBEDDED] == 0.0);
        assert_eq!([seen[0][BY_WORDS], seen[2][BY_WORDS], seen[3][BY_WORDS]], [0.0, -12.0, 12.0]);
        assert_eq!([seen[0][SAME_LANG], seen[1][SAME_LANG]], [0.0, 1.0]);
    }

    #[test]
    fn a_strand_of_which_nothing_was_embedded_is_about_what_its_story_is() {
        let (mut live, [english, ..]) = strands();
        let french = live.found(StoryId([1; 10]), Lang::FR);
        let stories = [english, french].map(|key| live.get(key).unwrap());
        let words = [[0.5; evidence::KINDS]; 2];
        let seen = look(&direction(GAMES, 0.1), Lang::FR, &stories, &words, &[0.5; 2]);
        assert_eq!(seen[1][COSINE], seen[0][COSINE]);
        assert_eq!(seen[1][EMBEDDED], 0.0);
    }
}
