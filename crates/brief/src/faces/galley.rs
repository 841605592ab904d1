//! The galley: a brief in words and in reading order, before it is set for one medium.
//!
//! Everything a face prints for people is decided here: what comes first, which empty parts are left out,
//! which number refers to which article, what counts as evidence worth showing. All foreign text in it is
//! clean (one line, no commands); the faces still escape it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use dateline_model::{
    ArticleId, BlockKind, Brief, Citation, CoverageArticle, Lang, Manner, OriginGroup, Part, Relation,
    Sentence, Voice,
};

use super::Passages;
use super::clean::{clean, link};
use super::words::{self, Number, Said};
use crate::why::told::{self, Fact};

/// The order of the blocks, whatever order the brief holds them in.
const ORDER: [BlockKind; 7] = [
    BlockKind::Situation,
    BlockKind::WhoSaysWhat,
    BlockKind::Disputed,
    BlockKind::Numbers,
    BlockKind::Changes,
    BlockKind::NotKnown,
    BlockKind::Opinion,
];

/// A brief ready to be set.
#[derive(Debug)]
pub(super) struct Galley {
    pub(super) title: String,
    pub(super) lang: Lang,
    pub(super) meta: Vec<(&'static str, String)>,
    pub(super) numbers: Vec<Number>,
    pub(super) banners: Vec<String>,
    pub(super) sections: Vec<Section>,
    pub(super) coverage: Vec<Group>,
    pub(super) turns: Option<Turns>,
    pub(super) withheld: Vec<Kept>,
    /// What holds the articles together; the reasons of each, by its number.
    pub(super) held: Vec<Fact>,
    pub(super) why: Vec<Reasons>,
    pub(super) method: Vec<String>,
}

/// Why an article is in the story.
#[derive(Debug)]
pub(super) struct Reasons {
    pub(super) reference: Reference,
    pub(super) outlet: String,
    pub(super) facts: Vec<Fact>,
}

/// A block with its heading.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) kind: BlockKind,
    pub(super) lines: Vec<Line>,
    /// Questions no article answers; only under "Not known".
    pub(super) gaps: Vec<String>,
}

/// A sentence with all that is printed beside it.
#[derive(Debug)]
pub(super) struct Line {
    /// Its number in the brief, from 1.
    pub(super) number: usize,
    pub(super) text: String,
    pub(super) lang: Lang,
    /// The name of its language where that is not the language of the headline.
    pub(super) foreign: Option<String>,
    /// The numbers of the cited articles, each once, the one it is taken from first.
    pub(super) refs: Vec<Reference>,
    pub(super) said: Option<Said>,
    pub(super) evidence: Vec<Proof>,
}

/// The number of a cited article; `None` where the brief does not list it (a fault in the brief, shown).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference(pub(super) Option<u32>);

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(number) => write!(f, "[{number}]"),
            None => f.write_str("[?]"),
        }
    }
}

/// Cited words, with every place they stand at.
#[derive(Debug)]
pub(super) struct Proof {
    /// The words; `None` where they are not at hand.
    pub(super) words: Option<String>,
    pub(super) lang: Lang,
    /// True where the words are a sentence of the brief, letter for letter.
    pub(super) same: bool,
    /// Where they stand; never empty.
    pub(super) stands: Vec<Stand>,
}

/// A place where cited words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stand {
    pub(super) reference: Reference,
    pub(super) outlet: String,
    /// True where a state owns or directs the outlet.
    pub(super) state_controlled: bool,
    pub(super) time: String,
    pub(super) link: Option<String>,
    /// Where in the article: `version 2, bytes 10–40`.
    pub(super) place: String,
}

/// The articles of one origin.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) facts: Vec<String>,
    pub(super) entries: Vec<Entry>,
}

/// An article of the Expanded Coverage.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) number: u32,
    pub(super) title: String,
    pub(super) lang: Lang,
    pub(super) link: Option<String>,
    pub(super) outlet: String,
    pub(super) country: Option<String>,
    pub(super) time: String,
    /// The time for machines, RFC 3339.
    pub(super) datetime: Option<String>,
    pub(super) relation: Relation,
    pub(super) manner: Option<Manner>,
    pub(super) labels: Vec<String>,
}

/// The nearest stories on the storyline, in the order in which they began, with how many more there are.
#[derive(Debug)]
pub(super) struct Turns {
    pub(super) more_before: Option<String>,
    pub(super) before: Vec<Turn>,
    pub(super) after: Vec<Turn>,
    pub(super) more_after: Option<String>,
}

/// Another story on the storyline.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) title: String,
    /// When, how many articles, how many origins, and by what id it is found.
    pub(super) facts: Vec<String>,
}

/// A sentence that was withheld.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) text: String,
    pub(super) rule: String,
    pub(super) reason: String,
}

impl Galley {
    /// Sets a brief in words.
    pub(super) fn of(brief: &Brief, passages: &Passages) -> Self {
        let articles: BTreeMap<ArticleId, &CoverageArticle> =
            brief.articles().map(|article| (article.article, article)).collect();
        let lang = articles.get(&brief.title_article).map_or(Lang::UNKNOWN, |article| article.lang);
        let sentences: Vec<String> = brief.sentences().map(|sentence| clean(&sentence.text)).collect();
        let setter = Setter { articles, passages, sentences, lang };
        let (held, why) = setter.why(brief);
        Self {
            title: clean(&brief.title),
            lang,
            held,
            why,
            meta: words::meta(brief),
            numbers: words::numbers(brief),
            banners: brief.banners.iter().map(|banner| clean(banner)).collect(),
            sections: setter.sections(brief),
            coverage: brief.coverage.iter().map(group).collect(),
            turns: brief.storyline.as_ref().map(turns),
            withheld: (brief.withheld.iter())
                .map(|kept| Kept {
                    text: clean(&kept.text),
                    rule: clean(&kept.rule),
                    reason: clean(&kept.reason),
                })
                .collect(),
            method: words::method(brief),
        }
    }
}

/// What a sentence needs beside itself to be set.
struct Setter<'a> {
    articles: BTreeMap<ArticleId, &'a CoverageArticle>,
    passages: &'a Passages,
    /// All sentences of the brief, cleaned.
    sentences: Vec<String>,
    /// The language of the headline.
    lang: Lang,
}

impl Setter<'_> {
    fn sections(&self, brief: &Brief) -> Vec<Section> {
        let mut number = 0;
        let mut sections = Vec::new();
        for kind in ORDER {
            let blocks = brief.blocks.iter().filter(|block| block.kind == kind);
            let lines: Vec<Line> = blocks
                .flat_map(|block| &block.sentences)
                .map(|sentence| {
                    number += 1;
                    self.line(number, kind, sentence)
                })
                .collect();
            let gaps: Vec<String> = match kind {
                BlockKind::NotKnown => brief.gaps.iter().map(|gap| clean(&gap.note)).collect(),
                _ => Vec::new(),
            };
            if !lines.is_empty() || !gaps.is_empty() {
                sections.push(Section { kind, lines, gaps });
            }
        }
        sections
    }

    /// Why these articles, in the order of their numbers.
    fn why(&self, brief: &Brief) -> (Vec<Fact>, Vec<Reasons>) {
        let origin = |domain: &str| {
            let group = brief.coverage.iter().find(|group| group.origin.as_deref() == Some(domain));
            group.map_or_else(|| clean(domain), |group| clean(&group.name))
        };
        let names = told::Names {
            story: brief.story,
            article: &|id| match self.articles.get(&id) {
                Some(article) => Reference(Some(article.number)).to_string(),
                // What was copied may be in another story by hand.
                None => format!("article {id}"),
            },
            other: &|story| format!("story {story}"),
            headline: &|id| self.articles.get(&id).map_or_else(String::new, |article| article.title.clone()),
            outlet: &origin,
        };
        let mut why: Vec<Reasons> = (brief.why.articles.iter())
            .map(|grounds| {
                let article = self.articles.get(&grounds.article);
                Reasons {
                    reference: Reference(article.map(|article| article.number)),
                    outlet: article.map_or_else(String::new, |article| clean(&article.outlet_name)),
                    facts: told::article(grounds, &names),
                }
            })
            .collect();
        why.sort_by_key(|reasons| reasons.reference.0.unwrap_or(u32::MAX));
        (told::story(&brief.why, &names), why)
    }

    fn line(&self, number: usize, kind: BlockKind, sentence: &Sentence) -> Line {
        let mut refs = Vec::new();
        for citation in &sentence.citations {
            let reference = self.reference(citation);
            if !refs.contains(&reference) {
                refs.push(reference);
            }
        }
        if refs.is_empty() {
            refs.push(Reference(None));
        }
        let foreign = sentence.lang.is_known() && self.lang.is_known() && sentence.lang != self.lang;
        Line {
            number,
            text: clean(&sentence.text),
            lang: sentence.lang,
            foreign: foreign.then(|| sentence.lang.name().to_owned()),
            refs,
            said: (sentence.attribution.as_ref())
                .and_then(|voice| Said::of(voice, kind, self.is_state_controlled(voice))),
            evidence: self.evidence(&sentence.citations),
        }
    }

    /// True where the story has an article of the voice's newsroom and a state controls it.
    fn is_state_controlled(&self, voice: &Voice) -> bool {
        voice.origin.is_some()
            && self
                .articles
                .values()
                .any(|article| article.outlet == voice.origin && article.state_controlled)
    }

    fn reference(&self, citation: &Citation) -> Reference {
        Reference(self.articles.get(&citation.article).map(|article| article.number))
    }

    /// The cited passages in the order of the citations; equal words of several articles together.
    fn evidence(&self, citations: &[Citation]) -> Vec<Proof> {
        let mut proofs: Vec<Proof> = Vec::new();
        for citation in citations {
            let words = self.passages.get(citation).map(clean);
            let stand = self.stand(citation);
            match proofs.iter_mut().find(|proof| proof.words.is_some() && proof.words == words) {
                Some(proof) => proof.stands.push(stand),
                None => proofs.push(Proof {
                    same: words.as_ref().is_some_and(|words| self.sentences.contains(words)),
                    words,
                    lang: self.articles.get(&citation.article).map_or(Lang::UNKNOWN, |article| article.lang),
                    stands: vec![stand],
                }),
            }
        }
        proofs
    }

    fn stand(&self, citation: &Citation) -> Stand {
        let article = self.articles.get(&citation.article);
        Stand {
            reference: self.reference(citation),
            outlet: article
                .map_or_else(|| citation.article.to_string(), |article| clean(&article.outlet_name)),
            state_controlled: article.is_some_and(|article| article.state_controlled),
            time: words::time(article.and_then(|article| article.published)),
            link: article.and_then(|article| article.url.as_deref()).and_then(link),
            place: place(citation),
        }
    }
}

/// Where a passage stands, in words.
fn place(citation: &Citation) -> String {
    let Citation { version, start, end, .. } = *citation;
    let part = match citation.part {
        Part::Text => "",
        Part::Title => "headline, ",
        Part::Byline => "byline, ",
    };
    format!("{part}version {version}, bytes {start}–{end}")
}

fn group(group: &OriginGroup) -> Group {
    Group {
        name: clean(&group.name),
        facts: words::group_facts(group),
        entries: group.articles.iter().map(entry).collect(),
    }
}

fn turns(turns: &dateline_model::Turns) -> Turns {
    let near = turns.nearest();
    let turn =
        |turn: &dateline_model::Turn| Turn { title: headline(&turn.title), facts: words::turn_facts(turn) };
    let more = |count: usize, side: &str| (count > 0).then(|| format!("{count} more {side}"));
    Turns {
        more_before: more(near.more_before, "before"),
        before: near.before.iter().map(turn).collect(),
        after: near.after.iter().map(turn).collect(),
        more_after: more(near.more_after, "after"),
    }
}

fn headline(title: &str) -> String {
    let title = clean(title);
    if title.is_empty() { "(no headline)".into() } else { title }
}

fn entry(article: &CoverageArticle) -> Entry {
    Entry {
        number: article.number,
        title: headline(&article.title),
        lang: article.lang,
        link: article.url.as_deref().and_then(link),
        outlet: clean(&article.outlet_name),
        country: Some(clean(&article.country)).filter(|country| !country.is_empty()),
        time: words::time(article.published),
        datetime: article.published.map(|when| when.to_string()),
        relation: article.relation,
        manner: article.manner,
        labels: words::labels(article),
    }
}

impl Entry {
    /// Its relation to its origin, and what became of the text: "verbatim copy, cut short".
    pub(super) fn told(&self) -> String {
        self.relation.told(self.manner)
    }

    /// What is known of the article, in reading order: outlet, country, language, time, relation, labels.
    pub(super) fn facts(&self) -> Vec<String> {
        let mut facts = vec![self.outlet.clone()];
        facts.extend(self.country.clone());
        if self.lang.is_known() {
            facts.push(self.lang.name().to_owned());
        }
        facts.push(self.time.clone());
        facts.push(self.told());
        facts.extend(self.labels.iter().cloned());
        facts
    }
}

impl Line {
    /// The flag that a sentence of running text carries: nobody answers for it by name (rule A1).
    pub(super) fn flag(&self) -> Option<&'static str> {
        self.said.as_ref().and_then(|said| said.flag)
    }

    /// `[3][7]`; many of them in groups, so that a line can break between.
    pub(super) fn marks(&self) -> String {
        /// References that stand together without a blank.
        const GROUP: usize = 5;
        let group = |refs: &[Reference]| refs.iter().map(Reference::to_string).collect::<String>();
        self.refs.chunks(GROUP).map(group).collect::<Vec<_>>().join(" ")
    }
}

impl Stand {
    /// The place in one line, without the article's number.
    pub(super) fn phrase(&self) -> String {
        let label = if self.state_controlled { " (state-controlled)" } else { "" };
        format!("{}{label}, {} ({})", self.outlet, self.time, self.place)
    }
}

impl Galley {
    /// Passages that support a sentence in words of their own, each once, in the order of the sentences:
    /// what the faces without folding print as evidence. Passages that are a sentence of the brief letter
    /// for letter are not printed again.
    pub(super) fn further_evidence(&self) -> Vec<&Proof> {
        let mut seen = BTreeSet::new();
        (self.sections.iter())
            .flat_map(|section| &section.lines)
            .flat_map(|line| &line.evidence)
            .filter(|proof| proof.words.is_some() && !proof.same && seen.insert(&proof.words))
            .collect()
    }
}
