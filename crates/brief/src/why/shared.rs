//! What the articles of a story have in common: the words and names that spoke for joining it, counted over all of them.
//!
//! Which words are rare is known where an article is placed, and is stored with its place: the words that weighed most.
//! How many articles have them is counted in the texts, as an article that has a word among many others shares it too.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use dateline_model::{Evidence, Lang, Part, SharedWord, Span, Version};
use dateline_reader::stems::StemHashes;
use dateline_reader::terms::terms;
use dateline_reader::words::words;

use super::{joint, words_of};
use crate::Dossier;

/// Names and words told at most, of each kind: what a reader takes in at a glance.
const TOLD: usize = 8;
/// A word holds a story together where at least one in so many articles has it.
const HALF: usize = 2;
/// Digits of a number that says something by itself: of "14.50" the words are 14 and 50, which hold no story together; 101
/// and 2002 do.
const DIGITS: usize = 3;
/// Two names are told as one where at least this part of the articles that have either have them side by side. Of the 27
/// pairs in the demo's stories 24 have .8 or more; the other three, at most .63, are spelled in two ways ("Adji Kossei" and
/// "Adji Kosseï").
const SIDE_BY_SIDE: f32 = 0.75;

/// An article, as far as what it has in common with others is concerned.
#[derive(Debug, Clone, Default)]
pub(super) struct Present {
    /// Each stem of its newest version, in the form in which it stands there first.
    pub has: HashMap<u32, String>,
    /// Its headline and text, for looking for phrases.
    pub texts: [String; 2],
    /// The stems that spoke for it, weightiest first, names and other words apart.
    pub names: Vec<u32>,
    pub words: Vec<u32>,
    /// Names that stand side by side, with what is between them.
    pub pairs: Vec<(u32, u32, String)>,
}

/// What most articles share.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Shared {
    pub names: Vec<SharedWord>,
    pub words: Vec<SharedWord>,
}

/// The articles of a dossier. Those that are in the story by hand have words, and none that spoke for them.
pub(super) fn present(dossier: &Dossier) -> Vec<Present> {
    (dossier.memberships.iter())
        .map(|membership| {
            let versions = dossier.versions.get(&membership.article).map(Vec::as_slice).unwrap_or_default();
            let Some(newest) = versions.last() else { return Present::default() };
            let mut present = Present {
                has: stems(newest),
                texts: [newest.title.clone(), newest.text.clone()],
                ..Present::default()
            };
            if !dossier.by_hand.contains_key(&membership.article) {
                let join = &membership.join;
                let stem = |evidence: &Evidence| stem_of(evidence, versions, newest.lang);
                present.names = join.names.iter().filter_map(stem).collect();
                present.words = join.terms.iter().filter_map(stem).collect();
                for (first, second) in pairs(&join.names) {
                    if let Some(joint) = joint(first, second, versions) {
                        let stems = stem(first).zip(stem(second));
                        present.pairs.extend(stems.map(|(first, second)| (first, second, joint.to_owned())));
                    }
                }
            }
            present
        })
        .collect()
}

/// Each piece of evidence with each other one.
fn pairs(evidence: &[Evidence]) -> impl Iterator<Item = (&Evidence, &Evidence)> {
    evidence.iter().flat_map(|first| evidence.iter().map(move |second| (first, second)))
}

fn stems(version: &Version) -> HashMap<u32, String> {
    let Version { title, text, lang, .. } = version;
    let of = |part: Part, span: Span| version.slice(part, span).unwrap_or_default().to_owned();
    let terms = terms(title, text, &words(title), &words(text), *lang);
    terms.into_iter().map(|term| (term.hash, of(term.part, term.first))).collect()
}

/// The stem that a piece of evidence was found by.
fn stem_of(evidence: &Evidence, versions: &[Version], lang: Lang) -> Option<u32> {
    let word = words_of(evidence, versions)?;
    Some(StemHashes::new(lang).of(*words(word).first()?, word))
}

/// The words that spoke for at least one article and that at least half of all articles have: of these the ones that
/// spoke for most, in the order of how many have them.
///
/// A pure function: no order of a hash map shows in what it gives.
pub(super) fn shared(articles: &[Present]) -> Shared {
    if articles.len() < 2 {
        return Shared::default();
    }
    // For how many articles a stem spoke as a name, and as another word.
    let mut spoke: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    for article in articles {
        article.names.iter().for_each(|stem| spoke.entry(*stem).or_default().0 += 1);
        article.words.iter().for_each(|stem| spoke.entry(*stem).or_default().1 += 1);
    }
    let mut names = Vec::new();
    let mut words = Vec::new();
    for (stem, (as_name, as_word)) in spoke {
        let Some(word) = usual(stem, articles) else { continue };
        if (word.articles as usize * HALF) < articles.len() || is_piece_of_a_number(&word.word) {
            continue;
        }
        // Capitals make a name of a word in one article, and not in another: most decide.
        let list = if as_name >= as_word { &mut names } else { &mut words };
        list.push(Weighed { spoke_for: as_name + as_word, first: stem, last: stem, word });
    }
    Shared { names: told(joined(weightiest(names), articles)), words: told(weightiest(words)) }
}

fn is_piece_of_a_number(word: &str) -> bool {
    word.chars().count() < DIGITS && word.chars().all(char::is_numeric)
}

/// A word or name that most articles have.
struct Weighed {
    /// For how many articles it spoke.
    spoke_for: u32,
    /// The stem of its first word.
    first: u32,
    /// The stem of its last word.
    last: u32,
    word: SharedWord,
}

/// The words that spoke for most articles, twice as many as are told: two may be one name.
fn weightiest(mut words: Vec<Weighed>) -> Vec<Weighed> {
    words.sort_by(|a, b| {
        let most = b.spoke_for.cmp(&a.spoke_for).then(b.word.articles.cmp(&a.word.articles));
        most.then_with(|| a.word.word.cmp(&b.word.word))
    });
    words.truncate(2 * TOLD);
    words
}

fn told(words: Vec<Weighed>) -> Vec<SharedWord> {
    let mut words: Vec<SharedWord> = words.into_iter().map(|weighed| weighed.word).take(TOLD).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.articles));
    words
}

/// A stem in the form that most articles have, with how many have it; of two forms as frequent, the one that came first.
fn usual(stem: u32, articles: &[Present]) -> Option<SharedWord> {
    let mut forms: Vec<(&str, u32)> = Vec::new();
    for form in articles.iter().filter_map(|article| article.has.get(&stem)) {
        match forms.iter_mut().find(|(known, _)| known == form) {
            Some((_, count)) => *count += 1,
            None => forms.push((form, 1)),
        }
    }
    let most = forms.iter().map(|(_, count)| *count).max()?;
    let (form, _) = forms.iter().find(|(_, count)| *count == most)?;
    let articles = forms.iter().map(|(_, count)| count).sum();
    Some(SharedWord { word: (*form).to_owned(), articles })
}

/// Names that most articles have side by side, as one.
fn joined(mut names: Vec<Weighed>, articles: &[Present]) -> Vec<Weighed> {
    let pairs: BTreeSet<&(u32, u32, String)> = articles.iter().flat_map(|article| &article.pairs).collect();
    for (first, second, joint) in pairs {
        let one = names.iter().position(|name| name.last == *first);
        let two = names.iter().position(|name| name.first == *second);
        let (Some(one), Some(two)) = (one, two) else { continue };
        let phrase = format!("{}{joint}{}", names[one].word.word, names[two].word.word);
        let has = |article: &&Present| article.texts.iter().any(|text| text.contains(&phrase));
        let together = articles.iter().filter(has).count() as u32;
        let either = names[one].word.articles.max(names[two].word.articles);
        if one != two && together as f32 >= either as f32 * SIDE_BY_SIDE {
            names[one].last = names[two].last;
            names[one].word = SharedWord { word: phrase, articles: together };
            names.remove(two);
        }
    }
    names
}
