//! Language packs: the words of plain attributions, credits and figures, one file a language in `languages/`.
//!
//! Facts of usage, kept as data: what a language's verbs of saying are, how it asks not to be
//! named, which words hand a claim to another newsroom, how it hedges a number and what it counts.

use std::sync::LazyLock;

use dateline_model::Lang;
use rustc_hash::{FxHashMap, FxHashSet};

/// A list of words or phrases, in lower case, in the order of the file.
#[derive(Debug, Default)]
pub struct List {
    phrases: Vec<&'static str>,
    set: FxHashSet<&'static str>,
    /// The words of each phrase, under its first word.
    by_first: FxHashMap<&'static str, Vec<Vec<&'static str>>>,
}

impl List {
    /// True where the list has the phrase.
    pub fn has(&self, phrase: &str) -> bool {
        self.set.contains(phrase)
    }

    /// The phrases that open with a word, each as its words.
    pub fn opening(&self, word: &str) -> &[Vec<&'static str>] {
        self.by_first.get(word).map_or(&[], Vec::as_slice)
    }

    /// The phrases in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.phrases.iter().copied()
    }
}

macro_rules! pack {
    ($($(#[$doc:meta])* $field:ident $key:literal;)*) => {
        /// The words of one language.
        #[derive(Debug, Default)]
        pub struct Pack {
            $($(#[$doc])* pub $field: List,)*
        }

        impl Pack {
            fn list(&mut self, key: &str) -> Option<&mut List> {
                match key {
                    $($key => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

pack! {
    /// Verbs of saying in the forms news uses; the words of a verb group apart by blanks.
    says "says";
    /// Those of them that do other things as well, and say something only before a clause or a quotation: "regrette".
    only_with_words "only with words";
    /// "according to": the speaker follows.
    according "according";
    /// "zufolge": the speaker stands before.
    according_after "according after";
    /// "according to them", of somebody whom an earlier sentence names.
    by_their_words "by their words";
    /// Words that tie a speaker's verb to what was said before it: "**wie** die Polizei mitteilte", "**según** dijo".
    ties "as";
    /// Words that open the content after the verb: "that".
    that "that";
    /// Pronouns that may speak.
    pronouns "pronouns";
    /// Determiners and numbers that may open a speaker.
    determiners "determiners";
    /// What one person without a name is called by.
    person "person";
    /// What several of them are called by.
    people "people";
    /// Those who speak for an office.
    spokesperson "spokesperson";
    /// Offices and organisations.
    office "office";
    /// Documents.
    document "document";
    /// Words that end a speaker that follows its verb.
    ends "ends";
    /// Words that open a clause and name nobody, capitalised at the beginning of a sentence: "then", "as".
    openers "openers";
    /// Words that may stand between a verb and the speaker behind it: "a indiqué **samedi** l'entraîneur".
    between_words "between verb and speaker";
    /// Words that say that nothing was said: "declined to".
    refusals "refusals";
    /// Words that ask not to be named.
    anonymity "anonymity";
    /// Verbs that no speaker contains.
    verbs "verbs";
    /// Prepositions with which a speaker's institution follows: "of".
    of "of";
    /// Cues before an outlet's name that a claim is taken from it: "told Reuters".
    cited_before "cited before";
    /// Cues after its name: "Reuters reported".
    cited_after "cited after";
    /// Words that hand a statement to an outlet only where somebody speaks: "a déclaré **à** l'AFP",
    /// not "il travaille à l'AFP".
    addressed "addressed";
    /// Single verbs of saying, to see whether somebody speaks.
    saying "saying";
    /// What may stand between a cue and the name: "told **the news agency** Reuters".
    qualifiers "qualifiers";
    /// Cues before an outlet's name that its material went in: "with input from".
    contributed "contributed";
    /// Lines that credit wires without naming them: "with agencies".
    agencies "agencies";
    /// Hedges that make a number approximate: "some 20".
    about "about";
    /// Hedges that make it a lower bound: "at least 20".
    at_least "at least";
    /// Hedges that make it an upper bound: "up to 20".
    at_most "at most";
    /// Lower-bound hedges that follow the number or its unit: "20 or more".
    hedged_after "hedged after";
    /// Opener and joiner of a range: "between and".
    between "between";
    /// Opener and joiner that tell a change as often as a range: "rose from 20 to 30".
    changes "changes";
    /// Words that join the ends of a range without an opener: "20 **to** 30".
    joins "joins";
    /// 10³.
    thousand "thousand";
    /// 10⁶.
    million "million";
    /// 10⁹, which is "Milliarde" in the long scale.
    billion "billion";
    /// 10¹², which is "Billion" in the long scale.
    trillion "trillion";
    /// Twelves, which news means roughly.
    dozen "dozen";
    /// Parts of a hundred.
    percent "percent";
    /// Names of currencies.
    currencies "currencies";
    /// Units of measurement.
    measures "measures";
    /// "years": what ages are told in.
    years "years";
    /// Units of time, which place an event as often as they count.
    spans_of_time "spans of time";
    /// Words before a number that make its unit of time a date: "the **last** 24 hours".
    time_before "time before";
    /// Words after a unit of time that make it a date or an age: "three days **ago**".
    time_after "time after";
    /// Months, whose neighbours are days and years.
    months "months";
    /// Words after a time of day.
    clock "clock";
    /// Words before a time of day.
    clock_before "clock before";
    /// Words before a year.
    year_before "year before";
    /// Words that a number names: "Flight 370", "Article 5".
    numbered "numbered";
    /// What news counts: nouns that are a unit wherever they stand after a number.
    counted "counted";
    /// What "one" may count; other uses of it are pronouns.
    one_person "one person";
    /// What happened to those counted, where the noun is left out: "20 **killed**".
    states "states";
    /// Words that are no unit, or say nothing of what is counted: "20 **others**".
    not_counted "not counted";
    /// Words before the base of a rate: "**per** 100,000 people".
    rates "rates";
    /// Words between the numbers of a proportion: "one **in** five people".
    out_of "out of";
}

const FILES: [(Lang, &str); 8] = [
    (Lang::EN, include_str!("../languages/en.txt")),
    (Lang::FR, include_str!("../languages/fr.txt")),
    (Lang::ES, include_str!("../languages/es.txt")),
    (Lang::DE, include_str!("../languages/de.txt")),
    (Lang::PT, include_str!("../languages/pt.txt")),
    (Lang::IT, include_str!("../languages/it.txt")),
    (Lang::RU, include_str!("../languages/ru.txt")),
    (Lang::AR, include_str!("../languages/ar.txt")),
];

static PACKS: LazyLock<FxHashMap<Lang, Pack>> = LazyLock::new(|| {
    FILES
        .into_iter()
        .map(|(lang, file)| {
            let (pack, errors) = parse(file);
            debug_assert!(errors.is_empty(), "languages/{lang}.txt: {errors:?}");
            (lang, pack)
        })
        .collect()
});

/// The pack of a language; `None` where there is none.
pub fn pack(lang: Lang) -> Option<&'static Pack> {
    PACKS.get(&lang)
}

/// The pack of a language, or the English one: credits are read in every language, and English
/// cues are what international wires are cited with where there is no pack.
pub fn pack_or_english(lang: Lang) -> &'static Pack {
    PACKS.get(&lang).unwrap_or(&PACKS[&Lang::EN])
}

/// Reads a file: `key:` opens a list, indented lines hold its phrases apart by `|`, `#` opens a comment.
fn parse(file: &'static str) -> (Pack, Vec<String>) {
    let mut pack = Pack::default();
    let mut errors = Vec::new();
    let mut key = "";
    for (number, line) in file.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(opened) = line.strip_suffix(':').filter(|_| !line.starts_with(' ')) {
            key = opened;
        }
        let Some(list) = pack.list(key) else {
            errors.push(format!("line {}: no list is called `{key}`", number + 1));
            continue;
        };
        if line.starts_with(' ') {
            for phrase in line.split('|').map(str::trim).filter(|phrase| !phrase.is_empty()) {
                if list.set.insert(phrase) {
                    list.phrases.push(phrase);
                    let words: Vec<_> =
                        phrase.split([' ', '\'', '’']).filter(|word| !word.is_empty()).collect();
                    if let Some(first) = words.first() {
                        list.by_first.entry(*first).or_default().push(words);
                    }
                }
            }
        }
    }
    (pack, errors)
}

/// What may stand before the name on a line that is nothing but a credit, in lower case. The empty
/// one is the bare name.
pub const SOURCE_LABELS: &[&str] = &[
    "",
    "source",
    "sources",
    "by",
    "from",
    "copyright",
    "with",
    "quelle",
    "quellen",
    "von",
    "fuente",
    "fuentes",
    "por",
    "avec",
    "par",
    "fonte",
    "con",
    "com",
    "mit",
    "di",
    "источник",
    "фото",
    "المصدر",
    "via",
    "text",
    "story by",
];

/// Words in which the name of a newsroom ends that the registry does not know, in lower case.
pub const NEWSROOM_WORDS: &[&str] = &[
    "agency",
    "broadcasting",
    "bulletin",
    "chronicle",
    "courier",
    "daily",
    "dispatch",
    "gazette",
    "guardian",
    "herald",
    "independent",
    "inquirer",
    "journal",
    "ledger",
    "mail",
    "mirror",
    "monitor",
    "network",
    "news",
    "newspaper",
    "observer",
    "post",
    "press",
    "radio",
    "record",
    "register",
    "review",
    "sentinel",
    "standard",
    "star",
    "sun",
    "telegraph",
    "television",
    "times",
    "tribune",
    "tv",
    "weekly",
    "wire",
    "world",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_sound() {
        for (lang, file) in FILES {
            let (pack, errors) = parse(file);
            assert_eq!(errors, Vec::<String>::new(), "{lang}");
            for (list, name) in [
                (&pack.says, "says"),
                (&pack.person, "person"),
                (&pack.anonymity, "anonymity"),
                (&pack.cited_before, "cited before"),
            ] {
                assert!(list.iter().count() >= 3, "{lang}: {name}");
                assert!(
                    list.iter().all(|phrase| phrase == phrase.to_lowercase()),
                    "{lang}: {name} is in lower case"
                );
            }
        }
    }

    #[test]
    fn a_list_nobody_knows_is_an_error() {
        let (pack, errors) = parse("says:\n    said | told\nsayz:\n    x\n");
        assert!(pack.says.has("told"));
        assert_eq!(errors.len(), 2);
        assert!(errors[0].starts_with("line 3: no list is called `sayz`"), "{}", errors[0]);
    }
}
