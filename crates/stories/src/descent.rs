//! Whose text an arriving article is, or on whose report it rests, among the articles of its story.
//!
//! [`origins`](crate::origins) decides; here stands what it may look at, and how what it decides changes earlier articles:
//! copies whose source arrives after them, and reports in another language that turn out to be of the same story.

use std::cmp::Reverse;

use dateline_model::{ArticleId, Credit, Genre, Lang, OutletKind, Relation};

use crate::copies::{COPY, Copy, Layout, Seq};
use crate::live::Key;
use crate::marks::{self, is_one_report, marks};
use crate::origins::{
    Descent, Earlier, Known, Subject, descend, is_other, is_report, is_source_of, revise, translated,
};
use crate::stream::{Arrival, Revision, Stream, lang_of};

/// An article that asks which report it rests on.
struct Asking<'a> {
    article: ArticleId,
    lang: Lang,
    at: Option<i64>,
    marks: &'a [u32],
}

/// The earlier articles, as an arrival in a strand sees them.
struct Sight<'a> {
    stream: &'a Stream,
    key: Key,
    asking: Asking<'a>,
    outlet: Option<&'a str>,
    shingles: &'a [u32],
}

impl Earlier for Sight<'_> {
    fn known(&self, seq: Seq) -> Option<&Known> {
        self.stream.known.get(&seq)
    }

    fn report_of(&self, origin: &str) -> Option<Seq> {
        self.stream.report_of(self.key, origin, &self.asking).or_else(|| {
            // Where its own report is not here, the first that carries it.
            let carries = |known: &Known| known.origin.as_deref() == Some(origin);
            self.stream.of_story(self.key).filter(|(_, known)| carries(known)).map(|(seq, _)| seq).min()
        })
    }

    fn in_another_language(&self) -> Option<Seq> {
        self.stream.same_report(self.key, self.outlet?, &self.asking)
    }

    fn layout(&self, seq: Seq) -> Layout {
        self.stream.copies.layout(self.shingles, seq)
    }
}

impl Stream {
    fn subject<'a>(&self, arrival: &Arrival<'a>, key: Key) -> Subject<'a> {
        let credits: &[Credit] = &arrival.reading.credits;
        let corrects = match (arrival.genre, arrival.outlet) {
            (Genre::Correction, Some(outlet)) => self.last_by(key, outlet, arrival.article),
            _ => None,
        };
        Subject {
            outlet: arrival.outlet,
            at: arrival.at,
            lang: lang_of(arrival),
            release: self.is_release(arrival),
            version: arrival.version,
            credits,
            corrects,
        }
    }

    /// True for a press release, and for what an office publishes.
    pub(crate) fn is_release(&self, arrival: &Arrival<'_>) -> bool {
        let outlet = arrival.outlet.and_then(|domain| self.registry.by_domain(domain));
        arrival.genre == Genre::PressRelease
            || outlet.is_some_and(|outlet| outlet.kind == OutletKind::Official)
    }

    /// The newest other article of an outlet in a story.
    fn last_by(&self, key: Key, outlet: &str, not: ArticleId) -> Option<Seq> {
        let its = |seq: &Seq| {
            let known = self.known.get(seq);
            known.is_some_and(|known| known.article != not && known.outlet.as_deref() == Some(outlet))
        };
        let strands = self.strands_of(key).iter().filter_map(|strand| self.members.get(strand));
        strands.filter_map(|members| members.iter().rev().copied().find(its)).max()
    }

    pub(crate) fn descent(&self, arrival: &Arrival<'_>, key: Key, copies: &[Copy]) -> Descent {
        let marks = marks(arrival.reading);
        let asking =
            Asking { article: arrival.article, lang: lang_of(arrival), at: arrival.at, marks: &marks };
        let outlet = arrival.outlet;
        let shingles = &arrival.reading.shingles;
        let sight = Sight { stream: self, key, asking, outlet, shingles };
        descend(&self.subject(arrival, key), copies, &sight, &self.registry)
    }

    /// The remembered articles of a story, in no order.
    fn of_story(&self, key: Key) -> impl Iterator<Item = (Seq, &Known)> {
        let strands = self.strands_of(key).iter().filter_map(|strand| self.members.get(strand));
        strands.flatten().filter_map(|seq| Some((*seq, self.known.get(seq)?)))
    }

    /// The report of a newsroom in a story that an article rests on most likely: of those that were there, the one with most
    /// of its names and numbers; of several the first. One dated after the article only where there is no other.
    fn report_of(&self, key: Key, origin: &str, asking: &Asking<'_>) -> Option<Seq> {
        let is_its = |known: &Known| {
            known.article != asking.article && is_report(known) && known.outlet.as_deref() == Some(origin)
        };
        let reports = self.of_story(key).filter(|(_, known)| is_its(known));
        let rank = |(seq, known): &(Seq, &Known)| {
            let later = matches!((asking.at, known.at), (Some(at), Some(its)) if at < its);
            (later, Reverse(marks::shared(asking.marks, &known.marks)), *seq)
        };
        reports.min_by_key(rank).map(|(seq, _)| seq)
    }

    /// The earliest other report of an outlet that says in another language what an article says.
    fn same_report(&self, key: Key, outlet: &str, asking: &Asking<'_>) -> Option<Seq> {
        let is_it = |known: &Known| {
            known.article != asking.article
                && known.relation == Relation::Own
                && known.outlet.as_deref() == Some(outlet)
                && is_other(asking.lang, known.lang)
                && is_one_report(asking.marks, &known.marks)
        };
        self.of_story(key).filter(|(_, known)| is_it(known)).map(|(seq, _)| seq).min()
    }

    /// Whose report in another language the articles of a story are, or rest on, as far as that was not known before.
    pub(crate) fn translations(&mut self, key: Key) -> Vec<Revision> {
        let mut revisions = Vec::new();
        for seq in self.members_of(key) {
            let Some(article) = self.known.get(&seq) else { continue };
            let Some(report) = self.translated_by(key, seq, article) else { continue };
            let (relation, kinship) = translated(article, report);
            let Some(known) = self.known.get_mut(&seq) else { continue };
            known.relation = relation;
            known.kinship = kinship;
            revisions.push(Revision {
                article: known.article,
                relation,
                origin: known.origin.clone(),
                kinship: known.kinship.clone(),
            });
        }
        revisions
    }

    /// The report in another language that an article is or rests on, if it rests on nothing better so far.
    fn translated_by(&self, key: Key, seq: Seq, article: &Known) -> Option<&Known> {
        let Known { lang, at, marks, .. } = article;
        let asking = Asking { article: article.article, lang: *lang, at: *at, marks };
        let outlet = article.outlet.as_deref();
        let origin = article.origin.as_deref();
        // An article that cites a newsroom rests on its report rather than on whoever carried that first.
        let by_origin = |of: &ArticleId| {
            let of = self.seqs.get(of).and_then(|of| self.known.get(of));
            of.is_none_or(|of| of.outlet.as_deref() == origin)
        };
        let settled = |of: &ArticleId| article.relation != Relation::Citing || by_origin(of);
        if article.kinship.containment.is_some() || article.kinship.of.as_ref().is_some_and(settled) {
            return None;
        }
        let report = match (article.relation, outlet, origin) {
            // Of two the later one is of the earlier one.
            (Relation::Own, Some(outlet), _) => {
                self.same_report(key, outlet, &asking).filter(|report| *report < seq)?
            }
            (Relation::Verbatim | Relation::Edited | Relation::Citing, _, Some(origin)) => {
                self.report_of(key, origin, &asking)?
            }
            _ => return None,
        };
        let report = self.known.get(&report)?;
        let later = matches!((*at, report.at), (Some(at), Some(its)) if at < its);
        (is_other(*lang, report.lang) && !later).then_some(report)
    }

    /// Corrects earlier articles that turn out to be copies of this one.
    pub(crate) fn revisions(
        &mut self,
        arrival: &Arrival<'_>,
        key: Key,
        copies: &[Copy],
        descent: &Descent,
    ) -> Vec<Revision> {
        if descent.relation != Relation::Own {
            return Vec::new();
        }
        let subject = self.subject(arrival, key);
        let mut revisions = Vec::new();
        for copy in copies.iter().filter(|copy| copy.containment >= COPY) {
            let Some(known) = self.known.get_mut(&copy.of) else { continue };
            if !is_source_of(&subject, known, &self.registry) {
                continue;
            }
            let layout = self.copies.layout(&arrival.reading.shingles, copy.of);
            let origin = descent.origin.as_deref();
            let revised = revise(known, self.arrivals, arrival.article, &subject, origin, (*copy, layout));
            known.relation = revised.relation;
            known.origin = revised.origin;
            known.root = revised.root;
            known.kinship = revised.kinship;
            revisions.push(Revision {
                article: known.article,
                relation: known.relation,
                origin: known.origin.clone(),
                kinship: known.kinship.clone(),
            });
        }
        revisions
    }
}
