//! The text of a brief: what it holds of what human summarisers tell, on DUC 2006 and Multi-News.
//!
//! DUC 2006 (NIST): 50 topics of 25 articles, a question each, four human summaries of 250 words, and
//! the summaries of 35 systems with their official figures. Sentences are cut, judged and selected as
//! `dateline brief` does it, with the same defaults; nothing is set for the benchmark but the budget.

mod opinion;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;
use std::path::Path;

use dateline_brief::select::{Budget, Candidate, Cut, Document, Reason, Told, cut, length, select};
use dateline_model::Lang;
use dateline_reader::stopwords::stop_words;
use dateline_reader::words::words;
use serde::{Deserialize, Serialize};

use crate::data::{DataError, jsonl, open, write_jsonl};
use crate::metrics::rouge::{Gram, References, Rouge};
use crate::report::{Measure, Report, Unit};

/// Words of a summary in DUC 2006.
const DUC_WORDS: usize = 250;

/// Words of a summary of Multi-News: the mean length of its human summaries.
const MULTI_NEWS_WORDS: usize = 230;

/// A topic: articles, perhaps a question, and human summaries.
#[derive(Debug, Clone, Deserialize)]
pub struct Topic {
    /// The topic's own id.
    pub id: String,
    /// What the reader asks for.
    #[serde(default)]
    pub query: Option<Query>,
    /// The articles.
    pub docs: Vec<Article>,
    /// The human summaries; empty where only predictions are wanted.
    #[serde(default)]
    pub refs: Vec<String>,
    /// Words the summary may have.
    #[serde(default)]
    pub budget_words: Option<usize>,
}

/// What the reader asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Query {
    /// In a few words.
    #[serde(default)]
    pub title: String,
    /// At length.
    #[serde(default)]
    pub narr: String,
}

/// An article, cut into sentences by whoever made the data set.
#[derive(Debug, Clone, Deserialize)]
pub struct Article {
    /// Its sentences, of which the text is put together again.
    #[serde(default)]
    pub sents: Vec<String>,
    /// Its text, where the data set has it whole.
    #[serde(default)]
    pub text: Option<String>,
}

impl Article {
    /// The text, with the quotation marks of the wires (``…'') as print has them.
    fn text(&self) -> String {
        let joined = || self.sents.iter().map(|sentence| sentence.trim()).collect::<Vec<_>>().join(" ");
        self.text.clone().unwrap_or_else(joined).replace("``", "“").replace("''", "”")
    }
}

/// The summary of one topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prediction {
    /// The topic's id.
    pub id: String,
    /// Its sentences, the weightiest first.
    pub sentences: Vec<String>,
}

/// What is varied to see what it does.
#[derive(Debug, Clone, Copy)]
struct Setting {
    query: bool,
    alone: bool,
}

const SHIPPED: Setting = Setting { query: true, alone: true };

/// A topic whose articles are cut, as the systems see it.
struct Cluster {
    texts: Vec<String>,
    cuts: Vec<Vec<Cut>>,
}

impl Cluster {
    fn read(topic: &Topic) -> Self {
        let texts: Vec<String> = topic.docs.iter().map(Article::text).collect();
        let cuts = texts.iter().map(|text| cut(text, Lang::EN)).collect();
        Self { texts, cuts }
    }

    fn sentence(&self, document: usize, sentence: usize) -> &str {
        self.cuts[document][sentence].span.of(&self.texts[document]).unwrap_or_default()
    }

    /// The sentences of usable length, as (document, place).
    fn usable(&self) -> Vec<(usize, usize)> {
        let usable = |cut: &Cut| !matches!(cut.alone, Err(Reason::TooShort | Reason::TooLong));
        let of = |(document, cuts): (usize, &Vec<Cut>)| {
            let usable = cuts.iter().enumerate().filter(move |(_, cut)| usable(cut));
            usable.map(move |(at, _)| (document, at)).collect::<Vec<_>>()
        };
        self.cuts.iter().enumerate().flat_map(of).collect()
    }

    fn selected(&self, query: Option<&str>, alone: bool, words: usize) -> Vec<String> {
        let documents: Vec<Document> = (0..)
            .zip(self.texts.iter().zip(&self.cuts))
            .map(|(origin, (text, cuts))| Document {
                lang: Lang::EN,
                origin,
                sentences: cuts
                    .iter()
                    .map(|cut| Candidate {
                        text: cut.span.of(text).unwrap_or_default(),
                        eligible: match cut.alone {
                            Ok(()) => true,
                            Err(reason) => !alone && !matches!(reason, Reason::TooShort | Reason::TooLong),
                        },
                    })
                    .collect(),
            })
            .collect();
        let chosen = select(&documents, query, &Told::default(), &Budget::words(words));
        chosen.into_iter().map(|choice| self.sentence(choice.document, choice.sentence).to_owned()).collect()
    }

    /// The first sentences of all articles, then the second ones, and so on.
    fn lead(&self, budget: usize) -> Vec<String> {
        let mut places = self.usable();
        places.sort_by_key(|(document, at)| (*at, *document));
        self.filled(&places, budget)
    }

    /// The sentences nearest to the centroid in tf-idf that are not half told already.
    fn centroid(&self, budget: usize) -> Vec<String> {
        let places = self.usable();
        let stops = stop_words(Lang::EN);
        let bags: Vec<Vec<u64>> = places
            .iter()
            .map(|&(document, at)| {
                let mut bag: Vec<u64> = words(self.sentence(document, at))
                    .iter()
                    .map(|word| word.hash)
                    .filter(|hash| !stops.contains(hash))
                    .collect();
                bag.sort_unstable();
                bag.dedup();
                bag
            })
            .collect();
        let mut holding: HashMap<u64, f64> = HashMap::new();
        bags.iter().flatten().for_each(|hash| *holding.entry(*hash).or_default() += 1.0);
        let all = bags.len() as f64;
        // The centroid's value of a word is what its sentences give it: idf, as often as it is held.
        let value = |hash: &u64| holding[hash] * (all / holding[hash]).ln().powi(2);
        let mut ranked: Vec<(f64, usize)> = bags
            .iter()
            .enumerate()
            .map(|(at, bag)| {
                let norm =
                    bag.iter().map(|hash| (all / holding[hash]).ln().powi(2)).sum::<f64>().sqrt().max(1e-9);
                (bag.iter().map(value).sum::<f64>() / norm, at)
            })
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut told: Vec<HashSet<u64>> = Vec::new();
        let mut kept = Vec::new();
        for (_, at) in ranked {
            let new = |told: &HashSet<u64>| {
                bags[at].iter().filter(|hash| told.contains(hash)).count() * 2 <= bags[at].len()
            };
            if told.iter().all(new) {
                told.push(bags[at].iter().copied().collect());
                kept.push(places[at]);
            }
        }
        self.filled(&kept, budget)
    }

    /// Sentences until the budget is spent; the scorer cuts the last.
    fn filled(&self, places: &[(usize, usize)], budget: usize) -> Vec<String> {
        let mut left = budget;
        let mut sentences = Vec::new();
        for &(document, at) in places {
            if left == 0 {
                break;
            }
            let sentence = self.sentence(document, at);
            left = left.saturating_sub(length(sentence));
            sentences.push(sentence.to_owned());
        }
        sentences
    }
}

fn question(topic: &Topic) -> Option<String> {
    topic.query.as_ref().map(|query| format!("{} {}", query.title, query.narr))
}

/// The summaries of topics, with their queries, by the shipped defaults.
pub fn predict(topics: &[Topic]) -> Vec<Prediction> {
    let summary = |topic: &Topic| {
        let words = topic.budget_words.unwrap_or(DUC_WORDS);
        let sentences = Cluster::read(topic).selected(question(topic).as_deref(), SHIPPED.alone, words);
        Prediction { id: topic.id.clone(), sentences }
    };
    topics.iter().map(summary).collect()
}

/// The summaries of the topics in a file.
///
/// # Errors
///
/// Where the file is missing or a line is no topic.
pub fn predict_file(path: &Path) -> Result<Vec<Prediction>, DataError> {
    Ok(predict(&jsonl::<Topic>(path)?))
}

/// Writes the summaries of the topics of DUC 2006 under `data`.
///
/// # Errors
///
/// Where the set is missing or cannot be read, or `out` takes no more.
pub fn write_predictions(data: &Path, out: &mut dyn Write) -> Result<(), DataError> {
    write_jsonl(out, predict_file(&data.join("summarisation/duc2006/main.jsonl.gz"))?)
}

/// A summary of one of the systems of DUC 2006.
#[derive(Debug, Deserialize)]
struct Peer {
    topic: String,
    peer: String,
    summary: String,
}

/// The scores of a system on all topics, and those of a scorer per topic.
struct Scorer {
    pairs: Vec<References>,
    skips: Vec<References>,
}

impl Scorer {
    fn new(topics: &[Topic], words: usize) -> Self {
        let counted =
            |gram| topics.iter().map(|topic| References::new(&topic.refs, gram, Some(words))).collect();
        Self { pairs: counted(Gram::Pair), skips: counted(Gram::SkipPair) }
    }

    /// ROUGE-2 and ROUGE-SU4 of one summary a topic.
    fn score(&self, summaries: &[Vec<String>]) -> (Vec<Rouge>, Vec<Rouge>) {
        let by = |references: &[References]| {
            references
                .iter()
                .zip(summaries)
                .map(|(of, sentences)| of.jackknife(&sentences.join("\n")))
                .collect()
        };
        (by(&self.pairs), by(&self.skips))
    }
}

/// Runs the stage on the development sets under `data`.
///
/// # Errors
///
/// Where a file is there and cannot be read; one that is not there is reported.
pub fn run(data: &Path) -> Result<Report, DataError> {
    let about = "The text of a brief against human summaries: ROUGE-2 and ROUGE-SU4 as ROUGE 1.5.5 counts them. And which \
                 articles it takes to argue, as it takes no facts from them.";
    let mut report = Report::new("brief", about);
    for part in [duc, multi_news, opinion::opinion] {
        match part(data, &mut report) {
            Err(DataError::Missing(path)) => report.missing.push(path),
            other => other?,
        }
    }
    Ok(report)
}

fn duc(data: &Path, report: &mut Report) -> Result<(), DataError> {
    let folder = data.join("summarisation/duc2006");
    let topics: Vec<Topic> = jsonl(&folder.join("main.jsonl.gz"))?;
    let scorer = Scorer::new(&topics, DUC_WORDS);
    let clusters: Vec<Cluster> = topics.iter().map(Cluster::read).collect();
    let chosen = |setting: Setting| -> Vec<Vec<String>> {
        let summary = |(topic, cluster): (&Topic, &Cluster)| {
            let query = question(topic).filter(|_| setting.query);
            cluster.selected(query.as_deref(), setting.alone, DUC_WORDS)
        };
        topics.iter().zip(&clusters).map(summary).collect()
    };

    let shipped = scorer.score(&chosen(SHIPPED));
    let recall = |scores: &[Rouge]| Rouge::mean(scores).recall;
    let share = |name: &str, value| Measure::new(format!("DUC 2006 · {name}"), value, Unit::Share);
    let peer = "best of 35 systems, DUC 2006";
    report.push(share("ROUGE-2 recall, with query", recall(&shipped.0)).peer(0.09505, peer).at_least(0.112));
    report
        .push(share("ROUGE-SU4 recall, with query", recall(&shipped.1)).peer(0.15464, peer).at_least(0.158));
    let half = |scores: &[Rouge], odd: usize| {
        let of: Vec<Rouge> = scores.iter().skip(odd).step_by(2).copied().collect();
        Rouge::mean(&of).recall
    };
    for (name, odd) in [("first, third, … topic", 0), ("second, fourth, … topic", 1)] {
        report.push(share(&format!("ROUGE-2, {name}"), half(&shipped.0, odd)));
        report.push(share(&format!("ROUGE-SU4, {name}"), half(&shipped.1, odd)));
    }
    let others = [
        ("without query", chosen(Setting { query: false, ..SHIPPED })),
        ("with query, sentences need not stand alone", chosen(Setting { alone: false, ..SHIPPED })),
        ("first sentences", clusters.iter().map(|cluster| cluster.lead(DUC_WORDS)).collect()),
        ("centroid", clusters.iter().map(|cluster| cluster.centroid(DUC_WORDS)).collect()),
    ];
    for (name, summaries) in others {
        let (pairs, skips) = scorer.score(&summaries);
        report.push(share(&format!("ROUGE-2, {name}"), recall(&pairs)));
        report.push(share(&format!("ROUGE-SU4, {name}"), recall(&skips)));
    }
    let cuts: Vec<&Cut> = clusters.iter().flat_map(|cluster| cluster.cuts.iter().flatten()).collect();
    let alone = cuts.iter().filter(|cut| cut.alone.is_ok()).count();
    report.push(share("sentences that stand alone", alone as f64 / cuts.len().max(1) as f64));
    deviation(&folder, &topics, &scorer, report)
}

/// How far our scorer is from NIST's, over the systems of DUC 2006.
fn deviation(folder: &Path, topics: &[Topic], scorer: &Scorer, report: &mut Report) -> Result<(), DataError> {
    let peers: Vec<Peer> = jsonl(&folder.join("peers.jsonl.gz"))?;
    let at: HashMap<&str, usize> =
        topics.iter().enumerate().map(|(at, topic)| (topic.id.as_str(), at)).collect();
    let mut largest = 0.0_f64;
    for (references, file) in
        [(&scorer.pairs, "main.rouge2.jk.m.avg"), (&scorer.skips, "main.rougeSU4.jk.m.avg")]
    {
        let mut scores: BTreeMap<&str, Vec<Rouge>> = BTreeMap::new();
        for peer in &peers {
            if let Some(topic) = at.get(peer.topic.as_str()) {
                scores.entry(&peer.peer).or_default().push(references[*topic].jackknife(&peer.summary));
            }
        }
        let official = official(&folder.join("official").join(file))?;
        for (peer, scores) in scores {
            if let Some(theirs) = official.get(peer) {
                largest = largest.max((Rouge::mean(&scores).recall - theirs).abs());
            }
        }
    }
    report.notes.push(format!(
        "Our scorer against NIST's, averages of the 35 systems in ROUGE-2 and ROUGE-SU4: largest difference {largest:.5}."
    ));
    Ok(())
}

/// The averages of a file of NIST: `PEER SCORE …` a line.
fn official(path: &Path) -> Result<HashMap<String, f64>, DataError> {
    let mut text = String::new();
    std::io::Read::read_to_string(&mut open(path)?, &mut text)
        .map_err(|source| DataError::Io { path: path.to_owned(), source })?;
    let read = |line: &str| {
        let mut fields = line.split_whitespace();
        Some((fields.next()?.to_owned(), fields.next()?.parse().ok()?))
    };
    Ok(text.lines().filter_map(read).collect())
}

/// Multi-News: two to six long articles, one human summary. The worth of few origins was set with an eye
/// on it, the rest was not.
fn multi_news(data: &Path, report: &mut Report) -> Result<(), DataError> {
    let topics: Vec<Topic> = jsonl(&data.join("summarisation/multinews_aligned_dev.jsonl"))?;
    let scorer = Scorer::new(&topics, MULTI_NEWS_WORDS);
    let clusters: Vec<Cluster> = topics.iter().map(Cluster::read).collect();
    let systems = [
        (
            "selected",
            clusters.iter().map(|cluster| cluster.selected(None, true, MULTI_NEWS_WORDS)).collect::<Vec<_>>(),
        ),
        ("first sentences", clusters.iter().map(|cluster| cluster.lead(MULTI_NEWS_WORDS)).collect()),
        ("centroid", clusters.iter().map(|cluster| cluster.centroid(MULTI_NEWS_WORDS)).collect()),
    ];
    for (name, summaries) in systems {
        let (pairs, skips) = scorer.score(&summaries);
        for (gram, scores) in [("ROUGE-2", pairs), ("ROUGE-SU4", skips)] {
            let name = format!("Multi-News ({}) · {gram} F1, {name}", topics.len());
            report.push(Measure::new(name, Rouge::mean(&scores).f1, Unit::Share));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic() -> Topic {
        serde_json::from_str(
            r#"{"id": "T1", "query": {"title": "Niger base", "narr": "Who entered the base?"}, "budget_words": 20,
            "docs": [
              {"sents": ["NIAMEY (MW) -- Russian soldiers have entered an air base in Niger that hosts U.S. troops.", "He denied it."]},
              {"sents": ["Officials in Niger said that Russian soldiers have entered an air base which hosts U.S. troops."]}
            ]}"#,
        )
        .unwrap()
    }

    #[test]
    fn a_prediction_is_made_of_the_articles_own_sentences() {
        let found = predict(&[topic()]);
        assert_eq!(found[0].id, "T1");
        assert_eq!(found[0].sentences.len(), 1);
        assert!(topic().docs.iter().any(|article| article.text().contains(&found[0].sentences[0])));
        assert!(!found[0].sentences[0].contains("NIAMEY"));
    }

    #[test]
    fn data_that_is_not_there_is_reported() {
        let report = run(Path::new("/nowhere")).unwrap();
        assert_eq!(report.missing.len(), 3);
        assert!(report.measures.is_empty());
    }

    #[test]
    fn the_baselines_keep_their_budget_and_order() {
        let cluster = Cluster::read(&topic());
        let lead = cluster.lead(10);
        assert_eq!(lead, ["Russian soldiers have entered an air base in Niger that hosts U.S. troops."]);
        assert_eq!(cluster.centroid(500).len(), 1, "the second says half the same");
    }
}
