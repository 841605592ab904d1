//! Names in the tree: where they begin and end, the titles before them, and the words that tell a body from a person.

use std::ops::Range;

use dateline_grammar::NameKind;

use super::lexicon::Gender;
use super::tree::Tree;

/// The most words of a name.
const LONGEST_NAME: usize = 8;

/// Titles before a name, which are no part of it, in lower case without stops.
pub const TITLES: [&str; 66] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "sir",
    "dame",
    "lord",
    "lady",
    "prof",
    "professor",
    "gen",
    "general",
    "maj",
    "major",
    "brig",
    "brigadier",
    "col",
    "colonel",
    "lt",
    "lieutenant",
    "capt",
    "captain",
    "sgt",
    "sergeant",
    "adm",
    "admiral",
    "cmdr",
    "commander",
    "rear",
    "vice",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "president",
    "premier",
    "chancellor",
    "minister",
    "secretary",
    "ambassador",
    "judge",
    "justice",
    "sheriff",
    "chief",
    "cardinal",
    "bishop",
    "archbishop",
    "pope",
    "king",
    "queen",
    "prince",
    "princess",
    "imam",
    "rabbi",
    "rev",
    "mayor",
    "speaker",
    "chairman",
    "director",
    "marshal",
    "inspector",
    "officer",
    "commissioner",
];

pub fn bare(word: &str) -> &str {
    word.trim_end_matches('.')
}

/// Titles that tell a man or a woman.
pub fn gender_of_title(word: &str) -> Option<Gender> {
    match bare(word) {
        "mr" | "sir" | "lord" | "king" | "prince" | "pope" | "cardinal" | "imam" | "spokesman"
        | "chairman" | "congressman" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "spokeswoman" | "chairwoman"
        | "congresswoman" => Some(Gender::Female),
        _ => None,
    }
}

/// Last words of organisations' names.
pub const ORGANISATION: [&str; 40] = [
    "inc",
    "corp",
    "ltd",
    "llc",
    "plc",
    "co",
    "group",
    "holdings",
    "organization",
    "organisation",
    "nations",
    "union",
    "energy",
    "airlines",
    "airways",
    "motors",
    "systems",
    "international",
    "watch",
    "security",
    "defense",
    "defence",
    "affairs",
    "house",
    "council",
    "street",
    "watchdog",
    "nato",
    "forces",
    "front",
    "brotherhood",
    "taliban",
    "research",
    "analytics",
    "partners",
    "capital",
    "initiative",
    "project",
    "fire",
    "health",
];

/// Nouns that name people by their ending: "epidemiologist", "hairdresser", "librarian".
pub fn is_agent_noun(word: &str) -> bool {
    const NOT: [&str; 14] = [
        "number",
        "order",
        "letter",
        "paper",
        "newsletter",
        "computer",
        "tower",
        "power",
        "matter",
        "border",
        "river",
        "water",
        "center",
        "quarter",
    ];
    word.len() > 5
        && !NOT.contains(&word)
        && ["ist", "ian", "man", "woman", "eer", "ologist", "er", "or", "tress", "stress"]
            .iter()
            .any(|end| word.ends_with(end))
}

/// What the grammar calls the name that a token stands in.
pub fn name_kind(tree: &Tree<'_>, at: usize) -> Option<NameKind> {
    let names = &tree.parse.names;
    let index = names.partition_point(|name| name.end as usize <= at);
    names.get(index).filter(|name| name.start as usize <= at).map(|name| name.kind)
}

/// The capitalised words that end at a token, titles included: "Brig. Gen. Tomas Okwudi".
pub fn name_run(tree: &Tree<'_>, head: usize) -> Range<usize> {
    let first = tree.sentence(tree.sentence_of(head)).start;
    let mut start = head;
    while start > first && head - start < LONGEST_NAME {
        let before = start - 1;
        let name = tree.is_capitalised(before)
            && (tree.tag(before).starts_with("NNP") || tree.label(before) == "compound")
            && tree.label(before) != "poss";
        let hyphen = tree.word(before) == "-" && before > first && tree.is_capitalised(before - 1);
        // "of", "bin", "van der" inside a name.
        let particle = matches!(
            tree.lower(before),
            "van" | "von" | "der" | "de" | "bin" | "al" | "el" | "ibn" | "da" | "dos" | "du"
        ) && before > first
            && tree.is_capitalised(before - 1)
            && tree.tag(before - 1).starts_with("NNP");
        if name || hyphen || particle {
            start = before;
        } else {
            break;
        }
    }
    start..head + 1
}
