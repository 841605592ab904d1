//! Every brief of the demo wire, composed and checked rule by rule.

use std::collections::{BTreeMap, BTreeSet};

use dateline_brief::check::{Level, check};
use dateline_brief::{Dossier, compose};
use dateline_model::Registry;
use dateline_reader::Reader;

use crate::report::{Measure, Report, Unit};

/// Composes and checks the brief of each story.
pub fn score(dossiers: &[Dossier], registry: &Registry, report: &mut Report) {
    let reader = Reader::new(registry);
    let (mut sentences, mut citations, mut resolve, mut withheld) = (0, 0, 0, 0);
    let (mut uncited, mut incomplete) = (0, 0);
    let mut broken: BTreeMap<&str, (Level, usize)> = BTreeMap::new();
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut first = Vec::new();
    for dossier in dossiers {
        let brief = compose(dossier, registry, &reader).brief;
        for sentence in brief.sentences() {
            sentences += 1;
            uncited += usize::from(sentence.citations.is_empty());
            citations += sentence.citations.len();
            resolve += sentence
                .citations
                .iter()
                .filter_map(|citation| citation.resolve(dossier.version(citation.article, citation.version)?))
                .count();
        }
        let listed: Vec<_> = brief.articles().map(|article| article.article).collect();
        let distinct: BTreeSet<_> = listed.iter().collect();
        let members: BTreeSet<_> = dossier.members.iter().map(|member| &member.article).collect();
        incomplete += usize::from(distinct != members || distinct.len() != listed.len());
        withheld += brief.withheld.len();
        for sentence in &brief.withheld {
            *reasons.entry(sentence.rule.clone()).or_default() += 1;
        }
        for outcome in check(&brief, dossier, registry) {
            if !outcome.findings.is_empty() {
                broken.entry(outcome.rule).or_insert((outcome.level, 0)).1 += outcome.findings.len();
            }
            for finding in outcome.findings.iter().filter(|_| outcome.level == Level::Blocks) {
                first.push(format!("{} in `{}`: {}", outcome.rule, brief.title, finding.what));
            }
        }
    }
    let times = |level: Level| -> usize {
        broken.values().filter(|(found, _)| *found == level).map(|(_, times)| times).sum()
    };
    let count =
        |name: &str, value: usize| Measure::new(format!("briefs · {name}"), value as f64, Unit::Count);
    report.push(count("written", dossiers.len()));
    report.push(count("blocking rules broken", times(Level::Blocks)).at_most(0.0));
    report.push(count("warnings", times(Level::Warns)));
    report.push(count("sentences", sentences));
    report.push(count("sentences without a citation", uncited).at_most(0.0));
    let share = if citations == 0 { 0.0 } else { resolve as f64 / citations as f64 };
    report.push(Measure::new("briefs · citations that resolve", share, Unit::Share).at_least(1.0));
    report.push(count("citations", citations));
    report
        .push(count("whose Expanded Coverage is not exactly the story's articles", incomplete).at_most(0.0));
    report.push(count("sentences withheld", withheld));
    let list = |pairs: Vec<(String, usize)>| {
        pairs.iter().map(|(rule, times)| format!("{rule} {times}")).collect::<Vec<_>>().join(", ")
    };
    if withheld > 0 {
        report.notes.push(format!("Sentences withheld, by rule: {}.", list(reasons.into_iter().collect())));
    }
    if !broken.is_empty() {
        let all = broken.iter().map(|(rule, (_, times))| ((*rule).to_owned(), *times)).collect();
        report.notes.push(format!("Findings, by rule: {}.", list(all)));
    }
    if !first.is_empty() {
        report.notes.push(format!("Blocking rules broken:\n\n- {}", first.join("\n- ")));
    }
}
