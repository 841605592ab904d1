//! How well attributions that were found agree with annotated ones.
//!
//! The measures of the scorer that belongs to the data set. Only words are compared, so marks at the edge of a span
//! never matter. Attributions of an article are paired one to one, so that the pairs agree the most: in a common word
//! of the cues, in the contents, in the sources. A pair is *right* where the cues share a word, the contents agree in
//! half of their words (F1), and the sources share a word or are absent in both.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::assignment::best_pairs;
use super::clusters::Prf;

/// Ranges of code points.
pub type Ranges = Vec<[usize; 2]>;

/// An attribution as ranges; each role may lie in several pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roles {
    /// Who says it.
    pub source: Ranges,
    /// The words that say so.
    pub cue: Ranges,
    /// What is said.
    pub content: Ranges,
}

/// A pair without a common word in its cues needs this F1 of the contents.
const PAIRED: f64 = 0.3;
/// A right attribution needs this F1 of the contents.
const HALF: f64 = 0.5;

/// Words of cues of reported speech, without endings, as the scorer of the data set has them.
const SPEECH: &[&str] = &[
    "say",
    "tell",
    "add",
    "note",
    "write",
    "tweet",
    "announce",
    "claim",
    "state",
    "report",
    "argue",
    "explain",
    "ask",
    "call",
    "suggest",
    "describe",
    "insist",
    "acknowledge",
    "warn",
    "declare",
    "reply",
    "respond",
    "reiterate",
    "comment",
    "remark",
    "contend",
    "assert",
    "allege",
    "admit",
    "concede",
    "deny",
    "dismiss",
    "reject",
    "confirm",
    "disclose",
    "reveal",
    "according",
    "statement",
    "testify",
    "quote",
    "cite",
    "predict",
    "promise",
    "vow",
    "pledge",
    "urge",
    "accuse",
    "criticize",
    "praise",
    "condemn",
    "blast",
    "slam",
    "denounce",
    "mention",
    "joke",
    "quip",
    "point",
    "emphasize",
    "stress",
    "maintain",
    "speak",
    "talk",
    "discuss",
    "interview",
    "answer",
    "question",
    "challenge",
    "recount",
    "recall",
    "post",
    "publish",
    "release",
    "complain",
    "lament",
    "caution",
    "advise",
    "recommend",
    "propose",
    "demand",
    "request",
    "thank",
    "apologize",
    "brag",
    "boast",
    "hint",
    "imply",
    "indicate",
    "conclude",
];

const IRREGULAR: &[(&str, &str)] = &[
    ("said", "say"),
    ("says", "say"),
    ("saying", "say"),
    ("told", "tell"),
    ("tells", "tell"),
    ("telling", "tell"),
    ("wrote", "write"),
    ("written", "write"),
    ("writes", "write"),
    ("writing", "write"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("denied", "deny"),
    ("denies", "deny"),
    ("denying", "deny"),
    ("replied", "reply"),
    ("testified", "testify"),
    ("implied", "imply"),
    ("quipped", "quip"),
    ("admitted", "admit"),
    ("vowed", "vow"),
    ("bragged", "brag"),
];

/// Whether a word of a cue is one of speech.
fn is_speech(word: &str) -> bool {
    let word = word.to_lowercase();
    if SPEECH.contains(&word.as_str()) || IRREGULAR.iter().any(|(form, _)| *form == word) {
        return true;
    }
    let endings = [
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
        ("ed", "e"),
        ("es", ""),
        ("s", ""),
    ];
    endings.iter().any(|(ending, instead)| {
        word.strip_suffix(ending).is_some_and(|rest| {
            rest.chars().count() >= 2 && SPEECH.contains(&format!("{rest}{instead}").as_str())
        })
    })
}

/// Which attributions count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// All.
    All,
    /// Those whose cue holds a word of speech, on both sides; found ones without a cue stay.
    Speech,
}

/// Counts over articles.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Annotated attributions with a content.
    pub gold: usize,
    /// Found attributions with a cue or a content.
    pub found: usize,
    right: usize,
    half: usize,
    close: usize,
    exact: usize,
    by_kind: BTreeMap<String, (usize, usize)>,
    /// Pieces by role: right, found, annotated.
    pieces: [[usize; 3]; 3],
}

/// An attribution as numbers of words.
struct Words {
    source: BTreeSet<usize>,
    cue: BTreeSet<usize>,
    content: BTreeSet<usize>,
}

impl Counts {
    /// Adds an article. `kinds` names the kind of each annotated attribution, for recall by kind; it may be empty.
    pub fn add(&mut self, text: &str, gold: &[Roles], kinds: &[&str], found: &[Roles], kept: Kept) {
        let points: Vec<char> = text.chars().collect();
        let tokens = tokens(&points);
        let speaks = |words: &BTreeSet<usize>| {
            words.iter().any(|at| is_speech(&points[tokens[*at].0..tokens[*at].1].iter().collect::<String>()))
        };
        let words = |roles: &Roles| Words {
            source: within(&tokens, &roles.source),
            cue: within(&tokens, &roles.cue),
            content: within(&tokens, &roles.content),
        };
        let (mut theirs, mut kind_of) = (Vec::new(), Vec::new());
        for (at, roles) in gold.iter().enumerate() {
            let words = words(roles);
            if !words.content.is_empty() && (kept == Kept::All || speaks(&words.cue)) {
                theirs.push(words);
                kind_of.push(kinds.get(at).copied().unwrap_or_default());
            }
        }
        let mut ours: Vec<Words> = found.iter().map(words).collect();
        ours.retain(|words| !words.content.is_empty() || !words.cue.is_empty());
        if kept == Kept::Speech {
            ours.retain(|words| words.cue.is_empty() || speaks(&words.cue));
        }
        self.gold += theirs.len();
        self.found += ours.len();
        for kind in &kind_of {
            self.by_kind.entry((*kind).to_owned()).or_default().1 += 1;
        }
        for (g, f) in pairs(&theirs, &ours) {
            let kind = kind_of[g];
            let (g, f) = (&theirs[g], &ours[f]);
            let content = overlap(&g.content, &f.content);
            let right = content >= HALF && agree(&g.cue, &f.cue) && agree(&g.source, &f.source);
            let source =
                if g.source.is_empty() && f.source.is_empty() { 1.0 } else { overlap(&g.source, &f.source) };
            self.half += usize::from(content >= HALF);
            self.right += usize::from(right);
            self.close += usize::from(agree(&g.cue, &f.cue) && content >= 0.8 && source >= HALF);
            self.exact += usize::from(g.source == f.source && g.cue == f.cue && g.content == f.content);
            if right {
                self.by_kind.entry(kind.to_owned()).or_default().0 += 1;
            }
        }
        if kept == Kept::All {
            self.add_pieces(&points, gold, found);
        }
    }

    fn add_pieces(&mut self, points: &[char], gold: &[Roles], found: &[Roles]) {
        let marks = words_and_marks(points);
        let collect = |side: &[Roles], role: usize| -> HashSet<(usize, usize)> {
            side.iter()
                .flat_map(|roles| [&roles.source, &roles.cue, &roles.content][role])
                .map(|[from, to]| {
                    (
                        marks.partition_point(|(_, end)| end <= from),
                        marks.partition_point(|(start, _)| start < to),
                    )
                })
                .filter(|(from, to)| from < to)
                .collect()
        };
        for role in 0..3 {
            let (theirs, ours) = (collect(gold, role), collect(found, role));
            let pieces = &mut self.pieces[role];
            pieces[0] += theirs.intersection(&ours).count();
            pieces[1] += ours.len();
            pieces[2] += theirs.len();
        }
    }

    fn of(&self, hits: usize) -> Prf {
        let share = |of: usize| hits as f64 / of.max(1) as f64;
        Prf::new(share(self.found), share(self.gold))
    }

    /// Right attributions (`full_lenient`).
    pub fn right(&self) -> Prf {
        self.of(self.right)
    }

    /// Right ones whose contents agree in eight tenths of the words and whose sources in half (`full_content80`).
    pub fn close(&self) -> Prf {
        self.of(self.close)
    }

    /// Those that agree in every word (`full_exact`).
    pub fn exact(&self) -> Prf {
        self.of(self.exact)
    }

    /// Contents that agree in half of the words (`content50`).
    pub fn half(&self) -> Prf {
        self.of(self.half)
    }

    /// Share of the annotated attributions of a kind that were found right.
    pub fn recall(&self, kind: &str) -> f64 {
        let (right, all) = self.by_kind.get(kind).copied().unwrap_or_default();
        right as f64 / all.max(1) as f64
    }

    /// Pieces of a role that agree to the word and the mark: 0 source, 1 cue, 2 content. Links do not matter here.
    pub fn pieces(&self, role: usize) -> Prf {
        let [right, found, gold] = self.pieces[role].map(|count| count as f64);
        Prf::new(right / found.max(1.0), right / gold.max(1.0))
    }
}

fn overlap(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f64 {
    let both = a.intersection(b).count();
    if both == 0 { 0.0 } else { 2.0 * both as f64 / (a.len() + b.len()) as f64 }
}

/// A word in common, or no words on either side.
fn agree(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> bool {
    (a.is_empty() && b.is_empty()) || !a.is_disjoint(b)
}

fn pairs(gold: &[Words], found: &[Words]) -> Vec<(usize, usize)> {
    let weight = |g: &Words, f: &Words| {
        let cue = !g.cue.is_disjoint(&f.cue);
        let content = overlap(&g.content, &f.content);
        if cue || content >= PAIRED {
            f64::from(u8::from(cue)) * 2.0 + content + 0.5 * overlap(&g.source, &f.source)
        } else {
            0.0
        }
    };
    let weights: Vec<Vec<f64>> = gold.iter().map(|g| found.iter().map(|f| weight(g, f)).collect()).collect();
    best_pairs(&weights)
}

/// The words that ranges touch.
fn within(tokens: &[(usize, usize)], ranges: &[[usize; 2]]) -> BTreeSet<usize> {
    ranges
        .iter()
        .flat_map(|[from, to]| {
            let first = tokens.partition_point(|(_, end)| end <= from);
            (first..tokens.len()).take_while(move |at| tokens[*at].0 < *to)
        })
        .collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The words of a text as ranges of code points: letters, digits and underscores, joined by one mark of
/// `' ’ - . @ &` between two of them.
fn tokens(points: &[char]) -> Vec<(usize, usize)> {
    let word_at = |at: usize| points.get(at).is_some_and(|c| is_word(*c));
    let joins = |at: usize| points.get(at).is_some_and(|c| "'’-.@&".contains(*c)) && word_at(at + 1);
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < points.len() {
        if !word_at(at) {
            at += 1;
            continue;
        }
        let start = at;
        while word_at(at) || joins(at) {
            at += 1;
        }
        tokens.push((start, at));
    }
    tokens
}

/// Runs of letters and digits, and every other mark by itself.
fn words_and_marks(points: &[char]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < points.len() {
        let start = at;
        at += 1;
        if is_word(points[start]) {
            while at < points.len() && is_word(points[at]) {
                at += 1;
            }
        } else if points[start].is_whitespace() {
            continue;
        }
        found.push((start, at));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The base was shut, a senior official said.";

    fn roles(source: [usize; 2], cue: [usize; 2], content: [usize; 2]) -> Roles {
        Roles { source: vec![source], cue: vec![cue], content: vec![content] }
    }

    #[test]
    fn words_are_those_of_the_scorer() {
        let points: Vec<char> = "“U.S. troops” don’t.".chars().collect();
        assert_eq!(tokens(&points), [(1, 4), (6, 12), (14, 19)]);
    }

    #[test]
    fn gold_against_itself_is_all_right() {
        let gold = [roles([19, 36], [37, 41], [0, 17])];
        let mut counts = Counts::default();
        counts.add(TEXT, &gold, &["indirect"], &gold, Kept::Speech);
        counts.add(TEXT, &gold, &["indirect"], &gold, Kept::All);
        assert_eq!((counts.gold, counts.found), (2, 2));
        assert_eq!([counts.right().f1, counts.exact().f1, counts.pieces(2).f1], [1.0; 3]);
        assert_eq!(counts.recall("indirect"), 1.0);
    }

    #[test]
    fn half_of_the_content_and_a_word_of_the_source_are_enough() {
        let gold = [roles([19, 36], [37, 41], [0, 17])];
        let mut counts = Counts::default();
        counts.add(TEXT, &gold, &[], &[roles([28, 36], [37, 41], [4, 12])], Kept::All);
        assert_eq!([counts.right().f1, counts.close().f1, counts.exact().f1], [1.0, 0.0, 0.0]);
        assert_eq!([counts.pieces(0).f1, counts.pieces(1).f1], [0.0, 1.0]);
    }

    #[test]
    fn a_missing_source_is_wrong_unless_the_gold_has_none() {
        let gold = [roles([19, 36], [37, 41], [0, 17])];
        let silent = [Roles { source: Vec::new(), ..gold[0].clone() }];
        let mut counts = Counts::default();
        counts.add(TEXT, &gold, &[], &silent, Kept::All);
        assert_eq!((counts.right().f1, counts.half().f1), (0.0, 1.0));
        counts.add(TEXT, &silent, &[], &silent, Kept::All);
        assert_eq!(counts.right().f1, 0.5);
    }

    #[test]
    fn speech_leaves_out_wishes() {
        assert!(is_speech("told") && is_speech("Accused") && is_speech("claiming") && is_speech("denies"));
        assert!(!is_speech("hopes") && !is_speech("wants"));
        let gold = [roles([19, 36], [37, 41], [0, 17])];
        let mut counts = Counts::default();
        counts.add("The base was shut, a senior official hope.", &gold, &[], &gold, Kept::Speech);
        assert_eq!((counts.gold, counts.found), (0, 0));
    }
}
