//! The demo wire: all rooms at once, on what no public data set labels.
//!
//! The project's own invented wire says of each article who obtained the report, of each story its five
//! numbers, and of the main statements who speaks. Feeds and pages go through `dateline add` into a
//! temporary folder; what it makes of them is held against the gold. Then the second states of three
//! pages come in, and every brief is composed and checked.

mod briefs;
mod descents;
mod said;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};

use dateline_brief::Dossier;
use dateline_desk::{AddOptions, Desk, add};
use dateline_model::{ArticleId, Counts, Manner, Member, Relation};
use dateline_store::{Folder, HeadFilter};
use serde::{Deserialize, Serialize};

use crate::data::{DataError, jsonl, write_jsonl};
use crate::metrics::clusters::compare;
use crate::metrics::misplaced::misplaced;
use crate::report::{Measure, Report, Unit};

/// A day after the newest article: by the clock of the machine nothing of the demo lies in the future, but
/// a fixed one gives the same briefs every year.
const NOW: &str = "2024-05-11T00:00:00Z";

/// What the gold says of an article.
#[derive(Debug, Clone, Deserialize)]
struct GoldArticle {
    url: String,
    story: String,
    relation: Relation,
    origin: Option<String>,
    #[serde(default)]
    of: Option<String>,
    lang: String,
    versions: u32,
    #[serde(default)]
    traps: Vec<String>,
}

/// What the gold says of a story.
#[derive(Debug, Clone, Deserialize)]
struct GoldStory {
    story: String,
    /// The affair it is part of.
    storyline: String,
    counts: Counts,
}

/// What dateline says of an article.
#[derive(Debug, Clone, Serialize)]
struct Prediction {
    url: String,
    story: String,
    relation: Relation,
    origin: Option<String>,
    of: Option<String>,
    manner: Option<Manner>,
    versions: u32,
}

/// The demo, filled into a folder.
struct Filled {
    // Held for its files.
    _dir: tempfile::TempDir,
    folder: Folder,
}

fn desk_error(error: impl std::fmt::Display) -> DataError {
    DataError::Folder(error.to_string())
}

impl Filled {
    /// Feeds and first states of pages, with the demo's own outlets.
    fn first(demo: &Path) -> Result<Self, DataError> {
        let dir = tempfile::tempdir().map_err(desk_error)?;
        let path = dir.path().join("demo");
        std::fs::create_dir(&path).map_err(desk_error)?;
        let outlets = demo.join("outlets.tsv");
        std::fs::copy(&outlets, path.join("outlets.tsv"))
            .map_err(|source| DataError::Io { path: outlets, source })?;
        let filled = Self { _dir: dir, folder: Folder::at(path) };
        filled.add(&[demo.join("feeds"), demo.join("pages")])?;
        Ok(filled)
    }

    /// Adds inputs. Problems are the demo's own faults and would show as missing articles.
    fn add(&self, inputs: &[PathBuf]) -> Result<(), DataError> {
        let inputs: Vec<String> = inputs.iter().map(|path| path.display().to_string()).collect();
        let options = AddOptions { now: NOW.parse().ok(), ..AddOptions::default() };
        add(&self.folder, &inputs, &options).map_err(desk_error).map(drop)
    }

    fn desk(&self) -> Result<Desk, DataError> {
        Desk::open(self.folder.clone()).map_err(desk_error)
    }

    fn dossiers(&self) -> Result<Vec<Dossier>, DataError> {
        let desk = self.desk()?;
        let heads = desk.stories(&HeadFilter::default()).map_err(desk_error)?;
        heads.iter().map(|head| desk.dossier(head.story).map_err(desk_error)).collect()
    }
}

/// The demo wire: the folder given, a folder `demo` in it, or the one that lies beside the sources.
fn folder_of_demo(given: &Path) -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    [given.to_owned(), given.join("demo")]
        .into_iter()
        .find(|path| path.join("gold/articles.jsonl").is_file())
        .unwrap_or(beside)
}

/// Runs the stage on the demo wire: `given`, a folder `demo` in it, or the one beside the sources.
///
/// # Errors
///
/// Where the gold cannot be read or the temporary folder cannot be filled. A missing demo is reported as
/// missing.
pub fn run(given: &Path) -> Result<Report, DataError> {
    let mut report =
        Report::new("demo", "The project's own invented wire through all rooms, against its gold labels.");
    let demo = folder_of_demo(given);
    let gold: Vec<GoldArticle> = match jsonl(&demo.join("gold/articles.jsonl")) {
        Err(DataError::Missing(path)) => {
            report.missing.push(path);
            return Ok(report);
        }
        other => other?,
    };
    let stories: Vec<GoldStory> = jsonl(&demo.join("gold/stories.jsonl"))?;
    let filled = Filled::first(&demo)?;
    let dossiers = filled.dossiers()?;
    let members = by_url(&dossiers);
    let missing = gold.iter().filter(|article| !members.contains_key(article.url.as_str())).count();
    report.push(
        Measure::new(format!("articles not found (of {})", gold.len()), missing as f64, Unit::Count)
            .at_most(0.0),
    );
    score_stories(&gold, &members, &dossiers, &mut report);
    score_storylines(&gold, &stories, &members, &mut report);
    score_relations(&gold, &members, &mut report);
    score_origins(&gold, &members, &filled, &mut report)?;
    descents::score(&gold, &members, filled.desk()?.registry(), &mut report);
    score_counts(&gold, &stories, &members, &dossiers, &mut report);
    said::score(&demo, &gold, &dossiers, filled.desk()?.registry(), &mut report)?;

    filled.add(&[demo.join("later/pages")])?;
    let dossiers = filled.dossiers()?;
    score_versions(&gold, &by_url(&dossiers), &mut report);
    briefs::score(&dossiers, filled.desk()?.registry(), &mut report);
    report.notes.push(
        "The wire is invented and was written beside the program: it shows which errors are left on the cases \
         it was written for, not how frequent they are in the world."
            .to_owned(),
    );
    Ok(report)
}

/// Writes what dateline says of each article of the demo wire, second states included.
///
/// # Errors
///
/// Where the demo cannot be read, or `out` takes no more.
pub fn write_predictions(given: &Path, out: &mut dyn Write) -> Result<(), DataError> {
    let demo = folder_of_demo(given);
    let filled = Filled::first(&demo)?;
    filled.add(&[demo.join("later/pages")])?;
    let dossiers = filled.dossiers()?;
    let members = by_url(&dossiers);
    let urls = urls(&members);
    let mut predictions: Vec<Prediction> = members
        .iter()
        .map(|(url, (dossier, member))| Prediction {
            url: (*url).to_owned(),
            story: dossier.head.story.to_string(),
            relation: member.relation,
            origin: member.origin.clone(),
            of: member.of.and_then(|of| urls.get(&of)).map(|url| (*url).to_owned()),
            manner: member.manner,
            versions: member.version,
        })
        .collect();
    predictions.sort_by(|a, b| a.url.cmp(&b.url));
    write_jsonl(out, predictions)
}

type Members<'a> = HashMap<&'a str, (&'a Dossier, &'a Member)>;

fn by_url(dossiers: &[Dossier]) -> Members<'_> {
    dossiers
        .iter()
        .flat_map(|dossier| dossier.members.iter().map(move |member| (dossier, member)))
        .filter_map(|(dossier, member)| Some((member.url.as_deref()?, (dossier, member))))
        .collect()
}

fn urls<'a>(members: &Members<'a>) -> HashMap<ArticleId, &'a str> {
    members.iter().map(|(url, (_, member))| (member.article, *url)).collect()
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn score_stories(gold: &[GoldArticle], members: &Members<'_>, dossiers: &[Dossier], report: &mut Report) {
    let story = |article: &GoldArticle| {
        // An article that was not found stands alone.
        let found = members.get(article.url.as_str()).map(|(dossier, _)| dossier.head.story.to_string());
        found.unwrap_or_else(|| article.url.clone())
    };
    let events: Vec<&str> = gold.iter().map(|article| article.story.as_str()).collect();
    let found: Vec<String> = gold.iter().map(story).collect();
    let places = misplaced(&events, &found);
    let all = compare(&events, &found);
    report.push(Measure::new("stories · B³ F1", all.b3.f1, Unit::Share));
    report.push(Measure::new("stories · B³ precision", all.b3.precision, Unit::Share));
    report.push(Measure::new("stories · B³ recall", all.b3.recall, Unit::Share));
    let merged = places.iter().filter(|place| place.merged).count();
    let split = places.iter().filter(|place| place.split).count();
    report.push(Measure::new("stories · wrong merges, articles", merged as f64, Unit::Count).at_most(0.0));
    report.push(Measure::new("stories · wrong splits, articles", split as f64, Unit::Count));
    report.push(Measure::new(
        format!("stories found (for {} in the gold)", all.gold),
        dossiers.len() as f64,
        Unit::Count,
    ));
    let langs: BTreeSet<&str> = gold.iter().map(|article| article.lang.as_str()).collect();
    for lang in langs {
        let of: Vec<usize> = (0..gold.len()).filter(|at| gold[*at].lang == lang).collect();
        let (events, found): (Vec<&str>, Vec<&str>) =
            of.iter().map(|at| (events[*at], found[*at].as_str())).unzip();
        let within = compare(&events, &found);
        report.push(Measure::new(
            format!("stories · {lang} ({}) · B³ F1", of.len()),
            within.b3.f1,
            Unit::Share,
        ));
        let count = |what: fn(&crate::metrics::misplaced::Place) -> bool| {
            of.iter().filter(|at| what(&places[**at])).count()
        };
        report.notes.push(format!(
            "stories, {lang}: {} articles merged wrongly, {} outside the largest story of their event in any language.",
            count(|place| place.merged),
            count(|place| place.split)
        ));
    }
    for (article, _) in gold.iter().zip(&places).filter(|(_, place)| place.merged) {
        report.notes.push(format!("wrong merge: `{}`, about `{}`", article.url, article.story));
    }
}

fn score_storylines(gold: &[GoldArticle], stories: &[GoldStory], members: &Members<'_>, report: &mut Report) {
    let affair_of: HashMap<&str, &str> =
        stories.iter().map(|story| (story.story.as_str(), story.storyline.as_str())).collect();
    let line = |article: &GoldArticle| match members.get(article.url.as_str()) {
        Some((dossier, _)) => match &dossier.storyline {
            Some(storyline) => storyline.line.to_string(),
            None => dossier.head.story.to_string(),
        },
        None => article.url.clone(),
    };
    let affairs: Vec<&str> = gold.iter().map(|article| affair_of[article.story.as_str()]).collect();
    let found: Vec<String> = gold.iter().map(line).collect();
    let all = compare(&affairs, &found);
    report.push(Measure::new("storylines · B³ F1", all.b3.f1, Unit::Share));
    report.push(Measure::new("storylines · B³ precision", all.b3.precision, Unit::Share));
    report.push(Measure::new("storylines · B³ recall", all.b3.recall, Unit::Share));
    report.push(Measure::new(
        format!("storylines found (for {} in the gold)", all.gold),
        all.predicted as f64,
        Unit::Count,
    ));
    for (article, _) in gold.iter().zip(misplaced(&affairs, &found)).filter(|(_, place)| place.merged) {
        report.notes.push(format!("on a wrong storyline: `{}`, about `{}`", article.url, article.story));
    }
}

fn score_relations(gold: &[GoldArticle], members: &Members<'_>, report: &mut Report) {
    let mut confusion: BTreeMap<(Relation, Relation), usize> = BTreeMap::new();
    for article in gold {
        if let Some((_, member)) = members.get(article.url.as_str()) {
            *confusion.entry((article.relation, member.relation)).or_default() += 1;
        }
    }
    let right: usize =
        confusion.iter().filter(|((gold, found), _)| gold == found).map(|(_, count)| count).sum();
    report.push(Measure::new("relations right", share(right, gold.len()), Unit::Share));
    let header: String = Relation::ALL.iter().map(|relation| format!(" {relation} |")).collect();
    let mut table = format!(
        "Relations, gold in rows, found in columns:\n\n| |{header}\n|---|{}",
        "--:|".repeat(Relation::ALL.len())
    );
    for truth in Relation::ALL {
        let cells: String = Relation::ALL
            .iter()
            .map(|found| format!(" {} |", confusion.get(&(truth, *found)).copied().unwrap_or(0)))
            .collect();
        table.push_str(&format!("\n| {truth} |{cells}"));
    }
    report.notes.push(table);
}

fn score_origins(
    gold: &[GoldArticle],
    members: &Members<'_>,
    filled: &Filled,
    report: &mut Report,
) -> Result<(), DataError> {
    let desk = filled.desk()?;
    let registry = desk.registry();
    let home = |domain: &str| registry.home(domain).to_owned();
    let urls = urls(members);
    let (mut origins, mut parents, mut with_parent) = (0, 0, 0);
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    for article in gold {
        let member = members.get(article.url.as_str()).map(|(_, member)| *member);
        let found = member.and_then(|member| member.origin.as_deref()).map(home);
        let truth = article.origin.as_deref().map(home);
        if found == truth {
            origins += 1;
        } else {
            let name = |origin: &Option<String>| origin.clone().unwrap_or_else(|| "none".to_owned());
            *wrong.entry(format!("`{}` for `{}`", name(&found), name(&truth))).or_default() += 1;
        }
        if let Some(of) = &article.of {
            with_parent += 1;
            let found = member.and_then(|member| member.of).and_then(|of| urls.get(&of));
            parents += usize::from(found == Some(&of.as_str()));
        }
    }
    report.push(Measure::new("origins right", share(origins, gold.len()), Unit::Share));
    report.push(Measure::new(
        format!("the article that is copied, updated or cited right (of {with_parent})"),
        share(parents, with_parent),
        Unit::Share,
    ));
    if !wrong.is_empty() {
        let mut wrong: Vec<(String, usize)> = wrong.into_iter().collect();
        wrong.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let lines: Vec<String> = wrong.iter().map(|(what, count)| format!("{count} × {what}")).collect();
        report.notes.push(format!("Wrong origins, found for gold:\n\n- {}", lines.join("\n- ")));
    }
    Ok(())
}

/// The five numbers of each gold story, against those of the story that has most of its articles.
fn score_counts(
    gold: &[GoldArticle],
    stories: &[GoldStory],
    members: &Members<'_>,
    dossiers: &[Dossier],
    report: &mut Report,
) {
    let five = |counts: &Counts| {
        [counts.articles, counts.outlets, counts.families, counts.origins, counts.on_record]
    };
    let names = ["articles", "outlets", "families", "origins", "on record"];
    let mut right = [0; 5];
    let mut table = "The five numbers, articles/outlets/families/origins/on record:\n\n| story | gold | found |\n|---|---|---|".to_owned();
    for story in stories {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for article in gold.iter().filter(|article| article.story == story.story) {
            let Some((dossier, _)) = members.get(article.url.as_str()) else { continue };
            let at = dossiers.iter().position(|other| other.head.story == dossier.head.story);
            *votes.entry(at.unwrap_or_default()).or_default() += 1;
        }
        let best = votes.into_iter().max_by_key(|(at, votes)| (*votes, std::cmp::Reverse(*at)));
        let found = best.map_or([0; 5], |(at, _)| five(&dossiers[at].head.counts));
        let truth = five(&story.counts);
        for (right, (found, truth)) in right.iter_mut().zip(found.iter().zip(&truth)) {
            *right += usize::from(found == truth);
        }
        let written = |numbers: [u32; 5]| numbers.map(|number| number.to_string()).join("/");
        table.push_str(&format!("\n| {} | {} | {} |", story.story, written(truth), written(found)));
    }
    for (name, right) in names.iter().zip(right) {
        report.push(Measure::new(
            format!("stories whose number of {name} is right (of {})", stories.len()),
            right as f64,
            Unit::Count,
        ));
    }
    let disagree = dossiers.iter().filter(|dossier| !dossier.head.counts.agree()).count();
    report.push(
        Measure::new("stories whose five numbers disagree with one another", disagree as f64, Unit::Count)
            .at_most(0.0),
    );
    report.notes.push(table);
}

/// Texts under one address: an edit of substance is a new one, a new time stamp is none.
fn score_versions(gold: &[GoldArticle], members: &Members<'_>, report: &mut Report) {
    let of = |article: &GoldArticle| {
        let (dossier, member) = members.get(article.url.as_str())?;
        let edits = dossier.versions.get(&member.article)?.iter();
        // The page after the feed's summary is the same text, more of it.
        Some(1 + edits.filter(|version| version.cause == dateline_model::Cause::Edit).count() as u32)
    };
    let right = gold.iter().filter(|article| of(article) == Some(article.versions)).count();
    report.push(Measure::new(
        "number of texts under one address right",
        share(right, gold.len()),
        Unit::Share,
    ));
    for article in gold.iter().filter(|article| of(article) != Some(article.versions)) {
        let found = of(article).unwrap_or_default();
        report.notes.push(format!("`{}`: {found} texts for {}", article.url, article.versions));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_wire_is_scored_and_no_brief_breaks_a_rule() {
        let report = run(Path::new("/nowhere")).unwrap();
        assert!(report.missing.is_empty());
        let value = |name: &str| {
            let measure = report.measures.iter().find(|measure| measure.name.starts_with(name));
            measure.unwrap_or_else(|| panic!("no measure {name}")).value
        };
        assert_eq!(value("articles not found"), 0.0);
        assert_eq!(value("stories whose five numbers disagree"), 0.0);
        assert_eq!(value("briefs · blocking rules broken"), 0.0);
        assert_eq!(value("briefs · citations that resolve"), 1.0);
        let text = report.markdown();
        assert!(text.contains("| airbase-101 |"), "{text}");
    }
}
