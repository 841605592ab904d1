//! The grounds of a story and of its articles in words: a label and a text each, in reading order.
//!
//! All foreign text in them is clean; what escapes it for a medium is the face that prints it.

use dateline_model::{ArticleId, Grounds, Manner, Nearest, Placing, Relation, SharedWord, StoryId, Why};

use crate::faces::clean;

/// A story that an article belonged to with less probability than this was no alternative.
const WORTH_NAMING: f32 = 0.01;

/// A label, and what there is to say under it.
pub type Fact = (&'static str, String);

/// What a page calls articles, stories and outlets.
pub struct Names<'a> {
    /// The story that is told of.
    pub story: StoryId,
    /// An article of it, or one that is copied.
    pub article: &'a dyn Fn(ArticleId) -> String,
    /// Another story.
    pub other: &'a dyn Fn(StoryId) -> String,
    /// The headline of an article of it.
    pub headline: &'a dyn Fn(ArticleId) -> String,
    /// An outlet, by its domain.
    pub outlet: &'a dyn Fn(&str) -> String,
}

/// What holds a story together. Nothing for a story of one article.
pub fn story(why: &Why, names: &Names<'_>) -> Vec<Fact> {
    let all = why.articles.len();
    if all < 2 {
        return Vec::new();
    }
    let mut facts = Vec::new();
    for (label, words) in [("shared names", &why.names), ("shared words", &why.words)] {
        if !words.is_empty() {
            facts.push((label, counted(words, all)));
        }
    }
    if facts.is_empty() {
        facts.push(("shared", "no rare word or name stands in half of the articles".to_owned()));
    }
    if !why.copies.is_empty() {
        facts.push(("copies", copies(why, names)));
    }
    if let Some(grounds) = why.articles.iter().find(|grounds| Some(grounds.article) == why.weakest) {
        facts.extend(weakest(grounds, names));
    }
    facts
}

/// Why an article is in its story, and how it relates to its origin.
pub fn article(grounds: &Grounds, names: &Names<'_>) -> Vec<Fact> {
    let mut facts = vec![("placed", placed(grounds))];
    facts.extend(nearest(grounds, names).map(|text| ("next best", text)));
    for (label, words) in [("names", &grounds.names), ("words", &grounds.words)] {
        if !words.is_empty() {
            facts.push((label, quoted(words)));
        }
    }
    // A cosine below 0 is nothing in common, as 0 is.
    let alike = grounds.about.map(|about| per_cent(about.max(0.0)));
    facts.extend(alike.map(|alike| ("headline", format!("{alike} like the story's in what it is about"))));
    if let Some(of) = grounds.of {
        let share = (grounds.containment)
            .map(|share| format!(", {} of the shorter text shared", per_cent(share)))
            .unwrap_or_default();
        let how = match grounds.relation {
            _ if grounds.manner == Some(Manner::Partial) => "passages of",
            Relation::Own => "same report",
            Relation::Update => "update of",
            Relation::Verbatim | Relation::Edited => "copy of",
            Relation::Citing => "rests on",
        };
        let manner = grounds.manner.filter(|manner| *manner != Manner::Partial).and_then(Manner::label);
        let manner = manner.map(|manner| format!(", {manner}")).unwrap_or_default();
        facts.push((how, format!("{}{manner}{share}", (names.article)(of))));
    }
    facts.extend(grounds.credit.iter().map(|credit| ("credits", quote(credit))));
    facts
}

fn placed(grounds: &Grounds) -> String {
    match grounds.placing {
        Placing::Founding => "founded the story".into(),
        Placing::Strand => "first on it in its language, whose headlines are about the same".into(),
        Placing::Copy => "joined by its text, which it shares with an article of the story".into(),
        Placing::Likeness { probability } => format!("joined, {} sure", per_cent(probability)),
        Placing::Hand { correction } => format!("put here by hand: correction {correction}"),
    }
}

fn nearest(grounds: &Grounds, names: &Names<'_>) -> Option<String> {
    let Nearest { story, title, probability } = grounds.nearest.as_ref()?;
    if *probability < WORTH_NAMING {
        return Some(format!("no other story reached {}", per_cent(WORTH_NAMING)));
    }
    let likely = per_cent(*probability);
    if *story == names.story {
        return Some(format!("{likely}: a story that was put into this one since"));
    }
    let other = (names.other)(*story);
    Some(match title.as_deref().map(clean).filter(|title| !title.is_empty()) {
        Some(title) => format!("{likely}: {title} ({other})"),
        None => format!("{likely}: {other}"),
    })
}

/// `“Niger” in 19 of 19, “Niamey” in 18`
fn counted(words: &[SharedWord], all: usize) -> String {
    let counted = words.iter().enumerate().map(|(at, SharedWord { word, articles })| {
        let of = if at == 0 { format!(" of {all}") } else { String::new() };
        format!("{} in {articles}{of}", quote(word))
    });
    counted.collect::<Vec<_>>().join(", ")
}

/// `11 of 19: 9 of Meridian Wire, 2 of The Potomac Ledger`
fn copies(why: &Why, names: &Names<'_>) -> String {
    let total: u32 = why.copies.iter().map(|copies| copies.articles).sum();
    let of_each: Vec<String> = (why.copies.iter())
        .map(|copies| {
            let origin = copies.origin.as_deref();
            let origin = origin.map_or_else(|| "an origin not known".into(), |origin| (names.outlet)(origin));
            format!("{} of {origin}", copies.articles)
        })
        .collect();
    format!("{total} of {}: {}", why.articles.len(), of_each.join(", "))
}

/// The article that is least sure to belong, with what speaks for it and where else it might.
fn weakest(grounds: &Grounds, names: &Names<'_>) -> Vec<Fact> {
    /// Names and words of each kind that stand for all it shares.
    const FEW: usize = 4;
    let few = |words: &[String]| words.iter().take(FEW).cloned().collect::<Vec<_>>();
    let shares = [few(&grounds.names), few(&grounds.words)].concat();
    let sure = per_cent(grounds.probability().unwrap_or_default());
    let id = grounds.article;
    let mut facts =
        vec![("weakest", format!("{}, {sure} sure: {}", (names.article)(id), clean(&(names.headline)(id))))];
    facts.push(("it shares", if shares.is_empty() { "no rare word".into() } else { quoted(&shares) }));
    facts.extend(nearest(grounds, names).map(|text| ("its next best", text)));
    facts
}

fn quoted(words: &[String]) -> String {
    words.iter().map(|word| quote(word)).collect::<Vec<_>>().join(", ")
}

fn quote(words: &str) -> String {
    let words = clean(words);
    // Else letters from right to left would pull the next word, and the comma between, to their left.
    let mark =
        if crate::faces::has_rtl(&words) { crate::faces::LEFT_TO_RIGHT.to_string() } else { String::new() };
    format!("“{words}”{mark}")
}

/// A share for people. One just under one is not a certainty, and one just over nothing is not nothing.
pub fn per_cent(share: f32) -> String {
    let rounded = (share * 100.0).round();
    if rounded >= 100.0 && share < 1.0 {
        "over 99 %".into()
    } else if rounded < 1.0 && share > 0.0 {
        "under 1 %".into()
    } else {
        format!("{rounded:.0} %")
    }
}
