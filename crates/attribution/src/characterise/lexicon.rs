//! The words of the characterisation, from the files in `data/`: each list there says why it is there.

use std::sync::LazyLock;

use dateline_model::CueClass;
use rustc_hash::{FxHashMap, FxHashSet};

static WORDS: &str = include_str!("../../data/words.txt");
static CUES: &str = include_str!("../../data/cues.txt");
static COUNTRIES: &str = include_str!("../../data/countries.txt");
static PERSONS: &str = include_str!("../../data/persons.txt");
static CAPITALS: &str = include_str!("../../data/capitals.txt");
static SURNAMES: &str = include_str!("../../data/surnames.txt");
static FORENAMES: &str = include_str!("../../data/forenames.txt");
static OCCASIONS: &str = include_str!("../../data/occasions.txt");

/// The words, read once.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

/// Phrases as token runs, under their first token.
pub type Phrases = FxHashMap<&'static str, Vec<Vec<&'static str>>>;

/// What a verb does as a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    /// How strongly it puts what was said.
    pub class: CueClass,
    /// True where it attributes in nearly all of its uses.
    pub plain: bool,
}

/// With which words a person may be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "he"
    Male,
    /// "she"
    Female,
}

/// All lists; the files say what each is for.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// One person: "official".
    pub person: FxHashSet<&'static str>,
    /// Nouns whose first sense is a person, beyond those of the lists: "midwife".
    pub persons: FxHashSet<&'static str>,
    /// Several: "officials".
    pub people: FxHashSet<String>,
    /// Holders of an office: "minister".
    pub holder: FxHashSet<&'static str>,
    /// Those who speak for an office, one or several.
    pub spokesperson: FxHashSet<String>,
    /// Offices and organisations, one or several.
    pub office: FxHashSet<String>,
    /// Documents, one or several.
    pub document: FxHashSet<String>,
    /// Polls, one or several.
    pub poll: FxHashSet<String>,
    /// Nouns that call a newsroom, one or several.
    pub newsroom: FxHashSet<String>,
    /// Last words of newsrooms' names.
    pub newsroom_name: FxHashSet<&'static str>,
    /// Ranks.
    pub rank: FxHashSet<&'static str>,
    /// Modifiers that tell no side.
    pub no_side: FxHashSet<&'static str>,
    /// Numbers in words.
    pub number: FxHashSet<&'static str>,
    /// Phrases of access.
    pub access: Phrases,
    /// Verbs and what follows "who was" by which somebody would know.
    pub witnessing: FxHashSet<&'static str>,
    /// Phrases that mean anonymity by themselves.
    pub reason: Phrases,
    /// Verbs that ask for it.
    pub asking: FxHashSet<&'static str>,
    /// Verbs that keep a name back.
    pub keeping: FxHashSet<&'static str>,
    /// Words of naming.
    pub naming: FxHashSet<&'static str>,
    /// What takes leave to do under one's name.
    pub speaking: FxHashSet<&'static str>,
    /// Words of permission.
    pub permission: FxHashSet<&'static str>,
    /// Places of work, by which a source is characterised: "at the plant".
    pub workplace: FxHashSet<&'static str>,
    /// Words that make a content probable.
    pub probable: FxHashSet<&'static str>,
    /// … or possible.
    pub possible: FxHashSet<&'static str>,
    /// Negations.
    pub negation: FxHashSet<&'static str>,
    /// Words that hold headlines together, and the verbs most of them turn on.
    pub headline: FxHashSet<&'static str>,
    /// Verbs of keeping from saying.
    pub withholding: FxHashSet<&'static str>,
    /// Cue verbs by their forms.
    pub cues: FxHashMap<&'static str, Cue>,
    /// Countries, peoples and regions, in lower case, by one to three words.
    pub countries: FxHashSet<String>,
    /// Capitals and seats of power in lower case.
    pub capitals: FxHashSet<String>,
    /// Surnames in lower case.
    pub surnames: FxHashSet<&'static str>,
    /// Given names in lower case; `None` where both are common.
    pub forenames: FxHashMap<&'static str, Option<Gender>>,
    /// Lists of occasions, by kind and part: "interview nouns".
    pub occasions: FxHashMap<&'static str, FxHashSet<&'static str>>,
}

/// The sections of a file: `name:` on a line of its own, then entries apart by `|`.
fn sections(file: &'static str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let mut all: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        match line.strip_suffix(':') {
            Some(name) if !line.starts_with(' ') => all.push((name, Vec::new())),
            _ => {
                if let Some((_, entries)) = all.last_mut() {
                    entries.extend(line.split('|').map(str::trim).filter(|entry| !entry.is_empty()));
                }
            }
        }
    }
    all.into_iter()
}

/// A noun and its plural: what is written `one/many`, else -s.
fn numbers(entry: &'static str) -> (&'static str, String) {
    entry.split_once('/').map_or((entry, format!("{entry}s")), |(one, many)| (one, many.to_owned()))
}

/// A phrase as the grammar's tokens: hyphens are tokens of their own.
fn tokens(phrase: &'static str) -> Vec<&'static str> {
    let mut all = Vec::new();
    for word in phrase.split(' ') {
        for (at, part) in word.split('-').enumerate() {
            if at > 0 {
                all.push("-");
            }
            all.push(part);
        }
    }
    all
}

fn class(name: &str) -> Option<CueClass> {
    Some(match name {
        "suggest" => CueClass::Suggest,
        "say" => CueClass::Say,
        "state" => CueClass::State,
        "confirm" => CueClass::Confirm,
        "admit" => CueClass::Admit,
        "deny" => CueClass::Deny,
        "claim" => CueClass::Claim,
        "predict" => CueClass::Predict,
        "intend" => CueClass::Intend,
        _ => return None,
    })
}

impl Lexicon {
    fn read() -> Self {
        let mut lexicon = Self::default();
        for (name, entries) in sections(WORDS) {
            let both = |entries: &[&'static str]| -> FxHashSet<String> {
                let pairs = entries.iter().map(|entry| numbers(entry));
                pairs.flat_map(|(one, many)| [one.to_owned(), many]).collect()
            };
            let phrases = |entries: &[&'static str]| {
                let mut all = Phrases::default();
                for phrase in entries.iter().map(|entry| tokens(entry)) {
                    all.entry(phrase[0]).or_default().push(phrase);
                }
                all
            };
            let plain = || entries.iter().copied().collect();
            match name {
                "person" => {
                    for (one, many) in entries.iter().map(|entry| numbers(entry)) {
                        if one != many {
                            lexicon.person.insert(one);
                        }
                        lexicon.people.insert(many);
                    }
                }
                "holder" => lexicon.holder = plain(),
                "spokesperson" => lexicon.spokesperson = both(&entries),
                "office" => lexicon.office = both(&entries),
                "document" => lexicon.document = both(&entries),
                "poll" => lexicon.poll = both(&entries),
                "newsroom" => lexicon.newsroom = both(&entries),
                "newsroom name" => lexicon.newsroom_name = plain(),
                "rank" => lexicon.rank = plain(),
                "no side" => lexicon.no_side = plain(),
                "number" => lexicon.number = plain(),
                "access" => lexicon.access = phrases(&entries),
                "reason" => lexicon.reason = phrases(&entries),
                "witnessing" => lexicon.witnessing = plain(),
                "asking" => lexicon.asking = plain(),
                "keeping" => lexicon.keeping = plain(),
                "naming" => lexicon.naming = plain(),
                "speaking" => lexicon.speaking = plain(),
                "permission" => lexicon.permission = plain(),
                "workplace" => lexicon.workplace = plain(),
                "probable" => lexicon.probable = plain(),
                "possible" => lexicon.possible = plain(),
                "negation" => lexicon.negation = plain(),
                "withholding" => lexicon.withholding = plain(),
                "headline" => lexicon.headline = plain(),
                _ => debug_assert!(false, "no list is called {name}"),
            }
        }
        let mut current = None;
        for line in CUES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_suffix(':') {
                current = class(name);
            } else if let Some(class) = current {
                let plain = !line.starts_with('*');
                for form in line.trim_start_matches('*').split(' ') {
                    lexicon.cues.insert(form, Cue { class, plain });
                }
            }
        }
        let rows =
            |file: &'static str| file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lexicon.countries = rows(COUNTRIES).map(str::to_lowercase).collect();
        lexicon.capitals = rows(CAPITALS).map(str::to_lowercase).collect();
        lexicon.surnames = rows(SURNAMES).collect();
        lexicon.persons = rows(PERSONS).collect();
        for row in rows(FORENAMES) {
            if let Some((name, gender)) = row.rsplit_once(' ') {
                let gender = match gender {
                    "m" => Some(Gender::Male),
                    "f" => Some(Gender::Female),
                    _ => None,
                };
                lexicon.forenames.insert(name, gender);
            }
        }
        lexicon.occasions =
            sections(OCCASIONS).map(|(name, words)| (name, words.into_iter().collect())).collect();
        lexicon
    }
}

impl Lexicon {
    /// True for a noun in lower case that calls one or several persons: "official", "ministers", "midwife".
    pub fn calls_somebody(&self, word: &str) -> bool {
        self.person.contains(word)
            || self.people.contains(word)
            || self.holder.contains(word)
            || self.spokesperson.contains(word)
            || self.names_a_person(word)
    }

    /// True for a word in lower case that is a common one by the lists: "officials", "confirm", "after".
    pub fn is_common(&self, word: &str) -> bool {
        self.headline.contains(word)
            || self.cues.contains_key(word)
            || self.calls_somebody(word)
            || self.office.contains(word)
            || self.document.contains(word)
            || self.poll.contains(word)
            || self.rank.contains(word)
            || self.number.contains(word)
            || self.workplace.contains(word)
    }

    /// True where a noun's first sense is a person, in the singular or the plural.
    pub fn names_a_person(&self, noun: &str) -> bool {
        let one = |noun: &str| {
            self.persons.contains(noun)
                || noun.rsplit_once('-').is_some_and(|(_, last)| self.persons.contains(last))
        };
        let plain = noun.replace(['é', 'è'], "e");
        let noun = plain.as_str();
        one(noun)
            || noun.strip_suffix('s').is_some_and(one)
            || noun.strip_suffix("es").is_some_and(one)
            || noun.strip_suffix("ies").is_some_and(|stem| one(&format!("{stem}y")))
            || noun.strip_suffix("men").is_some_and(|stem| one(&format!("{stem}man")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        let lexicon = &*LEXICON;
        assert!(lexicon.person.contains("official") && lexicon.people.contains("officials"));
        assert!(lexicon.people.contains("people") && lexicon.office.contains("ministries"));
        assert_eq!(lexicon.cues["denied"], Cue { class: CueClass::Deny, plain: true });
        assert!(!lexicon.cues["declined"].plain);
        assert!(lexicon.reason["on"].iter().any(|phrase| phrase.len() == 4));
        assert!(lexicon.countries.contains("chadian"));
        assert_eq!(lexicon.forenames["maria"], Some(Gender::Female));
        assert!(lexicon.occasions["interview"].contains("interview"));
    }

    #[test]
    fn hyphens_are_tokens() {
        assert_eq!(tokens("with first-hand knowledge"), ["with", "first", "-", "hand", "knowledge"]);
    }
}
