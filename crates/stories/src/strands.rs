//! Strands: what each language has of a story, and when two of them are one story.
//!
//! Words do not cross languages, so a story grows in each by itself. What a strand is *about* is the mean direction
//! of its first articles ([`dateline_model::Embedding`]). A single headline says little of that: of two that tell of one event in two
//! languages, one in six lies nearer to the other than to anything else with any certainty. Means of ten headlines do
//! for six in ten. So a strand is compared with those of other languages each time its mean has moved, and joins the
//! story of one when a model fitted on the development sets holds them to be the same. Strands are never compared by way
//! of a third, and two strands of a story in one language must be about the same as well.

use dateline_model::{DAY, StoryId};

use crate::live::{Key, Live, LiveSet};
use crate::vector::{Entry, NAMES};

/// Articles of a strand that are embedded, its first. Embedding one costs as much as placing ten, and a mean of
/// sixteen hardly moves any more.
pub const EMBEDDED: u32 = 16;
/// Seconds that two strands of one story may lie apart.
const APART: i64 = 3 * DAY;
/// Cosine below which strands are not compared any further: as the means of the languages are subtracted, strands on
/// two matters lie around 0.
const LEAST: f32 = 0.3;

/// How many kinds of evidence there are.
pub const KINDS: usize = 7;
/// The kinds of evidence, in the order the model knows them.
pub const NAMES_OF_KINDS: [&str; KINDS] = [
    "cosine",
    "margin over the next best story",
    "margin seen from there",
    "names",
    "embedded, the fewer",
    "embedded, the more",
    "days apart",
];
/// Index of the days between the strands.
pub const DAYS_APART: usize = 6;
/// Indexes of the numbers of embedded articles.
pub const SIZES: [usize; 2] = [4, 5];

/// What speaks for two strands being one story.
pub type TieEvidence = [f32; KINDS];

/// The strand in another language that is nearest to a strand in what it is about, with the evidence. `None` where
/// there is none near enough, in time and in meaning, whose story could be this one.
///
/// Looks at every live strand twice: 0.1 µs each.
pub fn nearest(key: Key, live: &LiveSet) -> Option<(Key, TieEvidence)> {
    let here = live.get(key)?;
    let (about, embedded) = here.about.as_ref()?;
    let mut near: Vec<(f32, Key, StoryId)> = live
        .iter()
        .filter(|(_, other)| other.lang != here.lang && other.lang.is_known() && other.story != here.story)
        .filter(|(_, other)| apart(here, other) <= APART)
        .filter_map(|(key, other)| Some((other.about.as_ref()?.0.cosine(about), key, other.story)))
        .filter(|(cosine, ..)| *cosine >= LEAST)
        .collect();
    near.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (cosine, there, story) = *near.first()?;
    let next = near.iter().find(|(_, _, other)| *other != story).map_or(LEAST, |(cosine, ..)| *cosine);
    let other = live.get(there)?;
    let (other_about, other_embedded) = other.about.as_ref()?;
    // Seen from there, the nearest strand in this language that is of another story.
    let next_there = live
        .iter()
        .filter(|(_, back)| back.lang == here.lang && back.story != here.story && apart(other, back) <= APART)
        .filter_map(|(_, back)| Some(back.about.as_ref()?.0.cosine(other_about)))
        .fold(LEAST, f32::max);
    let (fewer, more) = ((*embedded).min(*other_embedded), (*embedded).max(*other_embedded));
    let evidence = [
        cosine,
        cosine - next,
        cosine - next_there,
        names(&here.sum, here.norms[NAMES], &other.sum, other.norms[NAMES]),
        fewer as f32,
        more as f32,
        apart(here, other) as f32 / DAY as f32,
    ];
    Some((there, evidence))
}

/// Seconds between the periods of two strands; 0 where they meet, or where one is not dated.
fn apart(a: &Live, b: &Live) -> i64 {
    match (a.period, b.period) {
        (Some(a), Some(b)) => (a.0 - b.1).max(b.0 - a.1).max(0),
        _ => 0,
    }
}

/// The cosine of two sums of terms as far as they are names: those that two languages write alike.
fn names(a: &[Entry], norm_a: f32, b: &[Entry], norm_b: f32) -> f32 {
    let mut dot = 0.0;
    for entry in a.iter().filter(|entry| entry.weights[NAMES] > 0.0) {
        if let Ok(at) = b.binary_search_by_key(&entry.term, |other| other.term) {
            dot += entry.weights[NAMES] * b[at].weights[NAMES];
        }
    }
    if norm_a > 0.0 && norm_b > 0.0 { dot / (norm_a * norm_b) } else { 0.0 }
}
