//! Stories: how well the stream groups articles, on any JSONL whose lines carry a gold `cluster`.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::hash::Hash;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline_model::{ArticleId, Embedding, Lang, Registry, StoryId, StorylineId, When};
use dateline_reader::{Copy, Reader};
use dateline_stories::join::JoinModel;
use dateline_stories::{Arrival, Stream};
use dateline_vectors::{Embedder, head_of};
use serde::{Deserialize, Serialize};

use crate::data::{DataError, jsonl, write_jsonl};
use crate::metrics::clusters::{Agreement, Prf, compare};
use crate::metrics::misplaced::misplaced;
use crate::metrics::pieces::pieces;
use crate::metrics::worst::{merges, splits};
use crate::report::{Measure, Report, Unit};

/// A line of a gold file.
#[derive(Debug, Clone, Deserialize)]
pub struct Row {
    /// The row's own id.
    pub id: String,
    /// Headline.
    #[serde(default)]
    pub title: String,
    /// Body.
    #[serde(default)]
    pub text: String,
    /// When it was published.
    #[serde(default, alias = "published")]
    pub date: Option<String>,
    /// Declared language.
    #[serde(default)]
    pub lang: Option<String>,
    /// The gold cluster.
    pub cluster: serde_json::Value,
}

impl Row {
    /// Declared language.
    pub fn lang(&self) -> Option<Lang> {
        self.lang.as_deref()?.parse().ok()
    }

    /// The name of its gold event, without the quotes of a JSON string.
    pub fn event(&self) -> String {
        self.cluster.as_str().map_or_else(|| self.cluster.to_string(), str::to_owned)
    }

    /// Time of publication in seconds.
    pub fn at(&self) -> Option<i64> {
        Some(self.date.as_deref()?.parse::<When>().ok()?.seconds)
    }
}

/// What was predicted for a row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Prediction {
    /// The row's own id.
    pub id: String,
    /// The story it was put in.
    pub cluster: String,
    /// The storyline of that story, where storylines are told.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub storyline: Option<String>,
}

impl Prediction {
    /// A story, and nothing of storylines.
    pub fn of_story(id: String, cluster: String) -> Self {
        Self { id, cluster, storyline: None }
    }
}

/// Embeds a text in a language, where there is a model for it.
pub type Embed<'a> = &'a dyn Fn(Lang, &str) -> Option<Embedding>;

/// Runs the stream that ships over rows in their order; each language by itself where the sentence vectors are missing.
pub fn predict(rows: &[Row]) -> Vec<Prediction> {
    let embedder: OnceCell<Option<Embedder>> = OnceCell::new();
    let find = || Embedder::find().ok().map(|embedder| embedder.with_threads(1));
    let embed = |lang: Lang, text: &str| embedder.get_or_init(find).as_ref()?.embed(&[(lang, text)]).pop();
    predict_with(rows, shipped(), &embed)
}

/// The same by words alone.
pub fn predict_by_words(rows: &[Row]) -> Vec<Prediction> {
    let mut light = LightPath::shipped();
    rows.iter().map(|row| Prediction::of_story(row.id.clone(), light.place(row).to_string())).collect()
}

/// The models that ship: for joining, for the second look, and for ties.
fn shipped() -> [&'static Arc<JoinModel>; 3] {
    [JoinModel::shipped(), JoinModel::shipped_second(), JoinModel::shipped_ties()]
}

/// Runs a stream that joins, looks again and ties by these models over rows in their order.
pub fn predict_with(
    rows: &[Row],
    [join, second, ties]: [&Arc<JoinModel>; 3],
    embed: Embed<'_>,
) -> Vec<Prediction> {
    let registry = Arc::new(Registry::builtin().clone());
    let reader = Reader::new(&registry);
    let mut stream = Stream::with_model(registry, Arc::clone(join))
        .with_second(Arc::clone(second))
        .with_ties(Arc::clone(ties));
    let mut leads_to: HashMap<StoryId, StoryId> = HashMap::new();
    let mut lines: HashMap<StoryId, StorylineId> = HashMap::new();
    let placed: Vec<StoryId> = rows
        .iter()
        .map(|row| {
            let reading =
                reader.read(Copy { title: &row.title, text: &row.text, lang: row.lang(), ..Copy::default() });
            let article = dateline_model::ArticleId::derive(&[b"id", row.id.as_bytes()]);
            let arrival = Arrival {
                article,
                version: 1,
                outlet: None,
                genre: Default::default(),
                at: row.at(),
                reading: &reading,
            };
            let lang = reading.lang.unwrap_or(Lang::UNKNOWN);
            let placement = stream.place_about(arrival, || embed(lang, &head_of(&row.title, &row.text)));
            leads_to.extend(placement.tie.map(|tie| (tie.from, tie.into)));
            lines.extend(stream.follow(article).map(|followed| (followed.story, followed.line)));
            lines.extend(placement.tie.map(|tie| (tie.into, stream.line_of(tie.into))));
            placement.membership.story
        })
        .collect();
    let end = |mut story: StoryId| {
        while let Some(next) = leads_to.get(&story) {
            story = *next;
        }
        story
    };
    let prediction = |(row, story): (&Row, StoryId)| {
        let story = end(story);
        let line = lines.get(&story).copied().unwrap_or(StorylineId::started_by(story));
        Prediction { id: row.id.clone(), cluster: story.to_string(), storyline: Some(line.to_string()) }
    };
    rows.iter().zip(placed).map(prediction).collect()
}

/// The light path by itself: from the text of an article to the id of its story, nothing stored.
#[derive(Debug)]
pub struct LightPath {
    reader: Reader,
    stream: Stream,
}

impl LightPath {
    /// With the join model that ships.
    pub fn shipped() -> Self {
        let registry = Arc::new(Registry::builtin().clone());
        let reader = Reader::new(&registry);
        Self { reader, stream: Stream::new(registry) }
    }

    /// Reads an article and gives its story, and sees which storyline that continues.
    pub fn place(&mut self, row: &Row) -> StoryId {
        let copy = Copy { title: &row.title, text: &row.text, lang: row.lang(), ..Copy::default() };
        let reading = self.reader.read(copy);
        let arrival = Arrival {
            article: ArticleId::derive(&[b"id", row.id.as_bytes()]),
            version: 1,
            outlet: None,
            genre: Default::default(),
            at: row.at(),
            reading: &reading,
        };
        let story = self.stream.place(arrival).membership.story;
        self.stream.follow(arrival.article);
        story
    }

    /// Stories that an article may still join.
    pub fn live_stories(&self) -> usize {
        self.stream.live_stories()
    }
}

/// Compares predictions with the gold of the same rows, for those that `keep`.
pub fn score(rows: &[Row], predictions: &[Prediction], keep: impl Fn(&Row) -> bool) -> Agreement {
    let (gold, predicted): (Vec<String>, Vec<&str>) = rows
        .iter()
        .zip(predictions)
        .filter(|(row, _)| keep(row))
        .map(|(row, prediction)| (row.cluster.to_string(), prediction.cluster.as_str()))
        .unzip();
    compare(&gold, &predicted)
}

/// What others reach in the two measures, and who.
pub type Best = [(f64, &'static str); 2];

/// The development sets, what others reach on them, and what we hold ourselves to.
pub(crate) const SETS: [(&str, Best, [f64; 2]); 4] = [
    ("allsides2021.jsonl", [(0.840, "Priberam 2018"), (0.817, "Priberam 2018")], [0.87, 0.84]),
    (
        "allsides_full_dev.jsonl.gz",
        [(0.869, "MiniLM + TF-IDF, full set"), (0.653, "MiniLM + TF-IDF, full set")],
        [0.89, 0.70],
    ),
    ("galaxy_wikinews.jsonl", [(0.786, "TF-IDF online"), (0.694, "TF-IDF online")], [0.82, 0.0]),
    (
        "og2021_dev.jsonl",
        [(0.546, "Event Registry, full set"), (0.579, "Event Registry, full set")],
        [0.65, 0.70],
    ),
];

/// Runs the stage on the development sets under `data`.
pub fn run(data: &Path) -> Result<Report, DataError> {
    run_sets(data, false)
}

/// Runs the stage on the development sets under `data`, and notes the worst errors in each, with
/// headlines of the sets. Such a report is for reading at a desk, not for publishing.
///
/// # Errors
///
/// Where a set cannot be read; one that is not there is named in the report.
pub fn run_with_worst(data: &Path) -> Result<Report, DataError> {
    run_sets(data, true)
}

fn run_sets(data: &Path, worst: bool) -> Result<Report, DataError> {
    let mut report = Report::new(
        "stories",
        "Articles into stories, one configuration for all sets. The floor is what leaving every article alone scores.",
    );
    if let Err(error) = Embedder::find() {
        report.notes.push(format!("Each language by itself: {error}"));
    }
    for (file, peers, targets) in SETS {
        let path = data.join("clustering").join(file);
        let rows: Vec<Row> = match jsonl(&path) {
            Err(DataError::Missing(path)) => {
                report.missing.push(path);
                continue;
            }
            other => other?,
        };
        let set = file.split('.').next().unwrap_or(file);
        let predictions = predict(&rows);
        describe(&mut report, set, &rows, &predictions, Some((peers, targets)));
        if worst {
            note_worst(&mut report, set, &rows, &predictions);
        }
    }
    describe_affairs(&mut report, data)?;
    Ok(report)
}

/// The set of affairs that go on for weeks and months: reports on eight of them, each labelled with its affair.
const AFFAIRS: &str = "summarisation/t17/articles.jsonl.gz";

/// A report of the set of affairs.
#[derive(Debug, Deserialize)]
struct OfAffair {
    topic: String,
    id: String,
    date: String,
    /// Its sentences.
    sents: Vec<String>,
}

/// Adds what storylines make of whole affairs. An affair of a year is many storylines, and should be: what counts is
/// that none mixes two.
fn describe_affairs(report: &mut Report, data: &Path) -> Result<(), DataError> {
    let path = data.join(AFFAIRS);
    let mut of_affairs: Vec<OfAffair> = match jsonl(&path) {
        Err(DataError::Missing(path)) => {
            report.missing.push(path);
            return Ok(());
        }
        other => other?,
    };
    of_affairs.sort_by(|a, b| a.date.cmp(&b.date));
    let rows: Vec<Row> = of_affairs.into_iter().map(Row::from).collect();
    let affairs: Vec<String> = rows.iter().map(Row::event).collect();
    let predictions = predict_with(&rows, shipped(), &|_, _| None);
    let stories: Vec<&str> = predictions.iter().map(|prediction| prediction.cluster.as_str()).collect();
    let lines: Vec<&str> =
        predictions.iter().filter_map(|prediction| prediction.storyline.as_deref()).collect();
    let agreement = compare(&affairs, &lines);
    report.push(Measure::new("affairs storylines · B³ precision", agreement.b3.precision, Unit::Share));
    let (by_story, by_line) = (compare(&affairs, &stories), pieces(&affairs, &lines));
    report.notes.push(format!(
        "affairs: {} articles on {} affairs of weeks and months; {}; B³ of stories {:.3}/{:.3}, of storylines \
         {:.3}/{:.3}; an affair is {:.0} stories on {:.0} storylines.",
        rows.len(),
        agreement.gold,
        told_lines(&stories, &lines),
        by_story.b3.precision,
        by_story.b3.recall,
        agreement.b3.precision,
        agreement.b3.recall,
        pieces(&affairs, &stories).mean,
        by_line.mean,
    ));
    Ok(())
}

impl From<OfAffair> for Row {
    fn from(of: OfAffair) -> Self {
        Self {
            id: of.id,
            title: String::new(),
            text: of.sents.join(" "),
            date: Some(of.date),
            lang: Some("en".to_owned()),
            cluster: of.topic.into(),
        }
    }
}

/// Runs the stage on files whose lines carry a gold `cluster`, each by itself.
///
/// # Errors
///
/// Where a file is missing, or a line has no `id` or no `cluster`.
pub fn files(paths: &[PathBuf]) -> Result<Report, DataError> {
    let mut report =
        Report::new("stories", "Articles into stories, against the gold `cluster` of each line.");
    for path in paths {
        let rows: Vec<Row> = jsonl(path)?;
        describe(&mut report, &set_name(path), &rows, &predict(&rows), None);
    }
    Ok(report)
}

/// The name of the set in a file: what stands before the first full stop of the file's name.
pub(crate) fn set_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().to_owned()
}

/// Writes the story of each article of the development sets under `data`, with the name of the set;
/// sets that are not there are left out.
///
/// # Errors
///
/// Where a set cannot be read, or `out` takes no more.
pub fn write_predictions(data: &Path, out: &mut dyn Write) -> Result<(), DataError> {
    #[derive(Serialize)]
    struct Line {
        set: String,
        #[serde(flatten)]
        prediction: Prediction,
    }
    for (file, ..) in SETS {
        let path = data.join("clustering").join(file);
        let rows: Vec<Row> = match jsonl(&path) {
            Err(DataError::Missing(_)) => continue,
            other => other?,
        };
        let line = |prediction| Line { set: set_name(&path), prediction };
        write_jsonl(out, predict(&rows).into_iter().map(line))?;
    }
    Ok(())
}

/// Adds the figures of one set.
pub fn describe(
    report: &mut Report,
    set: &str,
    rows: &[Row],
    predictions: &[Prediction],
    bounds: Option<(Best, [f64; 2])>,
) {
    let all = score(rows, predictions, |_| true);
    let mut b3 = Measure::new(format!("{set} · B³ F1"), all.b3.f1, Unit::Share);
    let mut ami = Measure::new(format!("{set} · AMI"), all.ami, Unit::Share);
    if let Some((peers, targets)) = bounds {
        b3 = b3.peer(peers[0].0, peers[0].1).at_least(targets[0]);
        ami = ami.peer(peers[1].0, peers[1].1);
        if targets[1] > 0.0 {
            ami = ami.at_least(targets[1]);
        }
    }
    report.push(b3);
    report.push(ami);
    let singletons: Vec<usize> = (0..rows.len()).collect();
    let gold: Vec<String> = rows.iter().map(|row| row.cluster.to_string()).collect();
    let floor = compare(&gold, &singletons);
    report.notes.push(format!(
        "{set}: {} articles, {} stories for {} in the gold; B³ {:.3}/{:.3}, pairs {:.3}/{:.3}/{:.3}, ARI {:.3}; floor B³ F1 {:.3}.",
        all.n,
        all.predicted,
        all.gold,
        all.b3.precision,
        all.b3.recall,
        all.pairs.precision,
        all.pairs.recall,
        all.pairs.f1,
        all.ari,
        floor.b3.f1,
    ));
    describe_storylines(report, set, &gold, predictions);
    let stories: Vec<&str> = predictions.iter().map(|prediction| prediction.cluster.as_str()).collect();
    let errors = misplaced(&gold, &stories);
    report.notes.push(format!(
        "{set}: wrong merges: {} articles stand in a story that is mostly about another event; \
         wrong splits: {} stand outside the largest story of their event.",
        errors.iter().filter(|place| place.merged).count(),
        errors.iter().filter(|place| place.split).count(),
    ));
    let mut langs: Vec<Lang> = rows.iter().filter_map(Row::lang).collect();
    langs.sort();
    langs.dedup();
    if langs.len() > 1 {
        let crossing = crossing_pairs(rows, predictions);
        report.push(Measure::new(
            format!("{set} across languages · pair precision"),
            crossing.precision,
            Unit::Share,
        ));
        report.push(Measure::new(
            format!("{set} across languages · pair recall"),
            crossing.recall,
            Unit::Share,
        ));
        for lang in langs {
            let part = score(rows, predictions, |row| row.lang() == Some(lang));
            report.push(Measure::new(format!("{set} {lang} ({}) · B³ F1", part.n), part.b3.f1, Unit::Share));
        }
    }
}

/// Adds the figures of the second level: events that stories cut into pieces should be on one storyline. A storyline
/// also holds what is another event of one affair, so precision against events is a floor.
fn describe_storylines(report: &mut Report, set: &str, gold: &[String], predictions: &[Prediction]) {
    let lines: Option<Vec<&str>> =
        predictions.iter().map(|prediction| prediction.storyline.as_deref()).collect();
    let Some(lines) = lines else { return };
    let stories: Vec<&str> = predictions.iter().map(|prediction| prediction.cluster.as_str()).collect();
    let agreement = compare(gold, &lines);
    report.push(Measure::new(format!("{set} storylines · B³ F1"), agreement.b3.f1, Unit::Share));
    report.push(Measure::new(format!("{set} storylines · AMI"), agreement.ami, Unit::Share));
    let (by_story, by_line) = (pieces(gold, &stories), pieces(gold, &lines));
    report.notes.push(format!(
        "{set}: {}; B³ {:.3}/{:.3}. Of {} events with two articles and more, {:.1} % are in several stories and \
         {:.1} % on several storylines; pieces of an event: {:.2} and {:.2}.",
        told_lines(&stories, &lines),
        agreement.b3.precision,
        agreement.b3.recall,
        by_story.clusters,
        100.0 * by_story.cut,
        100.0 * by_line.cut,
        by_story.mean,
        by_line.mean,
    ));
}

/// How many storylines there are, and how large the largest is, in words.
fn told_lines(stories: &[&str], lines: &[&str]) -> String {
    let mut of: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (story, line) in stories.iter().zip(lines) {
        of.entry(line).or_default().insert(story);
    }
    let distinct = stories.iter().collect::<HashSet<_>>().len();
    let several = of.values().filter(|stories| stories.len() > 1).count();
    let largest = of.values().map(HashSet::len).max().unwrap_or_default();
    format!(
        "{distinct} stories on {} storylines, {several} of them with several stories, {largest} at most",
        of.len()
    )
}

/// Precision and recall of the pairs of articles in two different languages.
fn crossing_pairs(rows: &[Row], predictions: &[Prediction]) -> Prf {
    let langs: Vec<Option<Lang>> = rows.iter().map(Row::lang).collect();
    let gold: Vec<String> = rows.iter().map(|row| row.cluster.to_string()).collect();
    let found: Vec<&str> = predictions.iter().map(|prediction| prediction.cluster.as_str()).collect();
    let both: Vec<(&str, &str)> = gold.iter().map(String::as_str).zip(found.iter().copied()).collect();
    let (gold, found, both) = (crossing(&gold, &langs), crossing(&found, &langs), crossing(&both, &langs));
    Prf::new(both / found.max(1.0), both / gold.max(1.0))
}

/// How many pairs of articles in two languages a grouping puts together.
fn crossing<G: Eq + Hash>(groups: &[G], langs: &[Option<Lang>]) -> f64 {
    let mut sizes: HashMap<&G, HashMap<Option<Lang>, u64>> = HashMap::new();
    for (group, lang) in groups.iter().zip(langs) {
        *sizes.entry(group).or_default().entry(*lang).or_default() += 1;
    }
    let pairs = |n: u64| n * n.saturating_sub(1) / 2;
    let within = |of: &HashMap<Option<Lang>, u64>| of.values().copied().map(pairs).sum::<u64>();
    sizes.values().map(|of| pairs(of.values().sum()) - within(of)).sum::<u64>() as f64
}

/// How many errors of each kind are shown: as many as somebody reads in one sitting.
const SHOWN: usize = 10;

/// Where a headline is cut, in characters: it stays on one line of a terminal.
const HEADLINE: usize = 90;

/// Notes the worst wrong merges and the worst wrong splits of one set, with headlines to look at.
///
/// # Panics
/// Where there is not one prediction for each row.
pub fn note_worst(report: &mut Report, set: &str, rows: &[Row], predictions: &[Prediction]) {
    // The whole value, as the figures take it: the number 1 and the text "1" are two events.
    let gold: Vec<String> = rows.iter().map(|row| row.cluster.to_string()).collect();
    let event = |part: &[usize]| one_line(&rows[part[0]].event());
    let stories: Vec<&str> = predictions.iter().map(|prediction| prediction.cluster.as_str()).collect();
    let merges = merges(&gold, &stories);
    let merged = merges.iter().take(SHOWN).map(|story| {
        let title = format!(
            "story of {} articles on {} events, {}",
            story.size,
            story.parts.len(),
            counted(story.pairs, "wrong pair")
        );
        let parts = story.parts.iter().take(3);
        (title, parts.map(|part| format!("{} on {}: {}", part.len(), event(part), headline(rows, part))))
    });
    report.notes.push(listed(set, "wrong merges", merges.len(), merged));
    let splits = splits(&gold, &stories);
    let split = splits.iter().take(SHOWN).map(|whole| {
        let title = format!(
            "event {}: {} articles in {} stories, {}",
            event(&whole.parts[0]),
            whole.size,
            whole.parts.len(),
            counted(whole.pairs, "missing pair")
        );
        let parts = whole.parts.iter().take(2);
        (title, parts.map(|part| format!("{} with: {}", part.len(), headline(rows, part))))
    });
    report.notes.push(listed(set, "wrong splits", splits.len(), split));
}

/// A numbered Markdown list of errors, each with its largest parts below it.
fn listed<P: Iterator<Item = String>>(
    set: &str,
    kind: &str,
    all: usize,
    errors: impl Iterator<Item = (String, P)>,
) -> String {
    let mut out = match all {
        0 => return format!("{set}: no {kind}."),
        all if all > SHOWN => format!("{set}: the {SHOWN} worst of {all} {kind}.\n"),
        all => format!("{set}: all {kind}, {all}.\n"),
    };
    for (number, (title, parts)) in errors.enumerate() {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n{}. {title}", number + 1);
        for part in parts {
            // Four spaces put it below its item also where the number has two digits.
            let _ = write!(out, "\n    - {part}");
        }
    }
    out
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The first headline among some rows, on one line and cut; their first id where none has one.
fn headline(rows: &[Row], part: &[usize]) -> String {
    let title = part.iter().map(|at| one_line(&rows[*at].title)).find(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| one_line(&rows[part[0]].id));
    match title.char_indices().nth(HEADLINE) {
        Some((end, _)) => format!("{}…", title[..end].trim_end()),
        None => title,
    }
}

/// Somebody else's text on one line, without the control characters that a terminal would obey.
fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cluster: &str, title: &str) -> Row {
        Row {
            id: format!("id-{cluster}"),
            title: title.to_owned(),
            text: String::new(),
            date: None,
            lang: None,
            cluster: cluster.into(),
        }
    }

    #[test]
    fn the_worst_errors_are_noted_with_headlines() {
        let long = "word ".repeat(40);
        let rows = [
            row("ferry", ""),
            row("ferry", "Ferry\u{1b}\n sinks"),
            row("flood", &long),
            row("flood", ""),
            row("strike", "Strike"),
        ];
        let placed = ["s1", "s1", "s1", "s2", "s3"];
        let predictions: Vec<Prediction> = rows
            .iter()
            .zip(placed)
            .map(|(row, story)| Prediction::of_story(row.id.clone(), story.to_owned()))
            .collect();
        let mut report = Report::new("stories", "");
        note_worst(&mut report, "gold", &rows, &predictions);
        let cut = format!("{}…", "word ".repeat(18).trim_end());
        assert_eq!(
            report.notes,
            [
                format!(
                    "gold: all wrong merges, 1.\n\n1. story of 3 articles on 2 events, 2 wrong pairs\n    \
                     - 2 on ferry: Ferry sinks\n    - 1 on flood: {cut}"
                ),
                format!(
                    "gold: all wrong splits, 1.\n\n1. event flood: 2 articles in 2 stories, 1 missing pair\n    \
                     - 1 with: {cut}\n    - 1 with: id-flood"
                ),
            ]
        );
        let mut report = Report::new("stories", "");
        note_worst(&mut report, "gold", &rows[4..], &predictions[4..]);
        assert_eq!(report.notes, ["gold: no wrong merges.", "gold: no wrong splits."]);
    }

    #[test]
    fn pairs_in_two_languages_are_counted_apart() {
        let in_lang = |cluster: &str, lang: &str| Row { lang: Some(lang.into()), ..row(cluster, "") };
        let rows = [
            in_lang("a", "en"),
            in_lang("a", "en"),
            in_lang("a", "fr"),
            in_lang("b", "fr"),
            in_lang("b", "de"),
        ];
        let placed = ["1", "1", "1", "1", "2"];
        let predictions = placed.map(|story| Prediction::of_story(String::new(), story.to_owned()));
        // Gold: two English ones with a French one, a French one with a German one. Found: each of two with each of two.
        let crossing = crossing_pairs(&rows, &predictions);
        assert_eq!((crossing.precision, crossing.recall), (2.0 / 4.0, 2.0 / 3.0));
    }
}
