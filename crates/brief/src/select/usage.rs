//! The usage of each language that tells whether a sentence can be read by itself: one file a language
//! in `languages/`, plain lists of words and phrases.
//!
//! Facts of usage, kept as data: which words point back to an earlier sentence, which speak to the
//! reader, which belong to the page and not to the report. A language without a file has empty
//! lists, and only the rules of punctuation hold there.

use std::collections::HashMap;
use std::sync::LazyLock;

use dateline_model::Lang;
use dateline_reader::words::{Word, words};

/// Words and phrases, compared by the hashes of their folded words.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    by_first: HashMap<u64, Vec<Vec<u64>>>,
}

impl Phrases {
    fn add(&mut self, phrase: &str) {
        let hashes: Vec<u64> = words(phrase).into_iter().map(|word| word.hash).collect();
        if let Some(first) = hashes.first() {
            self.by_first.entry(*first).or_default().push(hashes);
        }
    }

    /// True where `words` open with one of the phrases.
    pub(super) fn open(&self, words: &[Word]) -> bool {
        let Some(phrases) = words.first().and_then(|word| self.by_first.get(&word.hash)) else {
            return false;
        };
        phrases.iter().any(|phrase| {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(hash, word)| *hash == word.hash)
        })
    }

    /// True where one of the phrases stands anywhere in `words`.
    pub(super) fn stand_in(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.open(&words[at..]))
    }
}

macro_rules! usage {
    ($($(#[$doc:meta])* $field:ident $key:literal;)*) => {
        /// The lists of one language.
        #[derive(Debug, Default)]
        pub(super) struct Usage {
            $($(#[$doc])* pub(super) $field: Phrases,)*
            /// Endings of lower-case words that may be finite verbs.
            pub(super) verb_endings: Vec<&'static str>,
        }

        impl Usage {
            fn list(&mut self, key: &str) -> Option<&mut Phrases> {
                match key {
                    $($key => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

usage! {
    /// Openings that point back to somebody or something: "he", "these", "the latter".
    pronouns "pronouns";
    /// Openings that begin like a pronoun and stand by themselves: "this week".
    unless "unless";
    /// Openings that continue a thought: "but", "in addition".
    connectives "connectives";
    /// Pronouns that are subjects or objects, which need a name even after an introduction.
    subjects "subjects";
    /// Openings of an introduction that ends with a comma: "In a speech, …".
    prepositions "prepositions";
    /// First and second person.
    persons "persons";
    /// Words that say what ought to be, in the languages where a measure shows that they tell opinion from reports.
    oughts "oughts";
    /// Openings of lines that speak to the visitor of a page: "Read more".
    page "page";
    /// Openings of credits and captions: "Photo:".
    credits "credits";
    /// Phrases that no report contains, anywhere.
    boilerplate "boilerplate";
    /// Words that turn a statement round.
    negations "negations";
    /// Finite verbs that have none of the endings; where a language lists none, verbs are not asked for.
    verbs "verbs";
}

impl Usage {
    fn parse(text: &'static str) -> Self {
        let mut usage = Self::default();
        let mut key = "";
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(name) = line.strip_suffix(':') {
                key = name;
                continue;
            }
            for phrase in line.split('|').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                match usage.list(key) {
                    Some(list) => list.add(phrase),
                    None => usage.verb_endings.push(phrase),
                }
            }
        }
        usage
    }

    /// True where the language's verbs are listed.
    pub(super) fn knows_verbs(&self) -> bool {
        !self.verbs.by_first.is_empty()
    }
}

static ALL: LazyLock<HashMap<Lang, Usage>> = LazyLock::new(|| {
    [
        (Lang::AR, include_str!("../../languages/ar.txt")),
        (Lang::DE, include_str!("../../languages/de.txt")),
        (Lang::EN, include_str!("../../languages/en.txt")),
        (Lang::ES, include_str!("../../languages/es.txt")),
        (Lang::FR, include_str!("../../languages/fr.txt")),
        (Lang::IT, include_str!("../../languages/it.txt")),
        (Lang::PT, include_str!("../../languages/pt.txt")),
        (Lang::RU, include_str!("../../languages/ru.txt")),
    ]
    .into_iter()
    .map(|(lang, text)| (lang, Usage::parse(text)))
    .collect()
});

static NONE: LazyLock<Usage> = LazyLock::new(Usage::default);

/// The usage of a language; empty lists where there is no file for it.
pub(super) fn usage(lang: Lang) -> &'static Usage {
    ALL.get(&lang).unwrap_or(&NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_fills_every_list_a_reader_needs() {
        for (lang, usage) in ALL.iter() {
            for (name, list) in [
                ("pronouns", &usage.pronouns),
                ("connectives", &usage.connectives),
                ("subjects", &usage.subjects),
                ("prepositions", &usage.prepositions),
                ("persons", &usage.persons),
                ("page", &usage.page),
                ("credits", &usage.credits),
                ("boilerplate", &usage.boilerplate),
                ("negations", &usage.negations),
            ] {
                assert!(!list.by_first.is_empty(), "{lang}: {name}");
            }
            // Only one key of the files is no list of phrases; a key written wrong would end up there.
            let expected: &[&str] = if *lang == Lang::EN { &["ed", "s"] } else { &[] };
            assert_eq!(usage.verb_endings, expected, "{lang}");
        }
    }

    #[test]
    fn phrases_are_compared_word_by_word() {
        let en = usage(Lang::EN);
        assert!(en.connectives.open(&words("In addition, the base closed.")));
        assert!(!en.connectives.open(&words("In additional talks")));
        assert!(en.boilerplate.stand_in(&words("© 2024 Meridian Wire. All Rights Reserved.")));
        assert!(usage(Lang::FR).pronouns.open(&words("C’est une base.")));
    }
}
