//! Drafting: a sentence of a source to a sentence of the brief, with its citations and who answers for it.

use std::collections::{BTreeSet, HashMap};

use dateline_model::heads::representative;
use dateline_model::{Attribution, Citation, Lang, Part, Registry, Sentence, Span, Voice};
use dateline_reader::Reader;

use super::eligible::may_speak;
use super::sources::{Source, sources};
use super::speakers::resolve;
use crate::Dossier;

/// Passages cited for a sentence at most. The first is where it is taken from; more would be reprints.
const CITED: usize = 4;

/// Place of a sentence: index of its source, index in it.
pub type Place = (usize, usize);

/// What the composer works with.
pub struct Desk<'d> {
    pub dossier: &'d Dossier,
    pub registry: &'d Registry,
    pub sources: Vec<Source<'d>>,
    /// Which sources may speak.
    pub speaks: Vec<bool>,
    /// The language of the brief: that of its headline.
    pub lang: Lang,
    /// Where each sentence stands, by its letters and digits.
    same: HashMap<String, Vec<Place>>,
}

impl<'d> Desk<'d> {
    pub fn open(dossier: &'d Dossier, registry: &'d Registry, reader: &Reader) -> Self {
        let sources = sources(dossier, reader);
        let speaks = may_speak(&sources, registry);
        let mut same: HashMap<String, Vec<Place>> = HashMap::new();
        for (index, source) in sources.iter().enumerate() {
            for (at, piece) in source.pieces.iter().enumerate() {
                same.entry(piece.key.clone()).or_default().push((index, at));
            }
        }
        let lang = representative(&dossier.members).map_or(Lang::UNKNOWN, |member| member.lang);
        Self { dossier, registry, sources, speaks, lang, same }
    }

    /// The sentences of sources that may speak, newest source last, for which `fits` holds.
    pub fn places(&self, fits: impl Fn(&Source<'_>, usize) -> bool) -> Vec<Place> {
        let mut places = Vec::new();
        for (index, source) in self.sources.iter().enumerate().filter(|(index, _)| self.speaks[*index]) {
            let own = (0..source.pieces.len()).filter(|at| !self.is_second_hand((index, *at)));
            places.extend(own.filter(|at| fits(source, *at)).map(|at| (index, at)));
        }
        places
    }

    /// True where a sentence takes its statement from another newsroom than the source's origin: there it
    /// is a retelling, and who was told it says it better (rules S6, S7).
    pub fn is_second_hand(&self, (source, at): Place) -> bool {
        let cites = &self.sources[source].pieces[at].cites;
        cites.iter().any(|newsroom| self.registry.family(newsroom) != self.origin(source))
    }

    pub fn sentence(&self, (source, at): Place) -> &str {
        let source = &self.sources[source];
        source.text(source.pieces[at].span)
    }

    /// The family of a source's origin, which is one witness however many outlets print it (rule C2).
    pub fn origin(&self, source: usize) -> &str {
        let source = &self.sources[source];
        let origin = source.membership.origin.as_deref().or(source.member.outlet.as_deref()).unwrap_or("");
        self.registry.family(origin)
    }

    /// Seconds at which a source was reported; undated ones stand last.
    pub fn time(&self, source: usize) -> i64 {
        self.sources[source].member.reported.map_or(i64::MAX, |when| when.seconds)
    }

    /// Other places where the same sentence is printed word for word.
    pub fn reprints(&self, place: Place) -> impl Iterator<Item = Place> + '_ {
        let key = &self.sources[place.0].pieces[place.1].key;
        self.same.get(key).into_iter().flatten().copied().filter(move |other| other.0 != place.0)
    }

    pub fn cite(&self, source: usize, span: Span) -> Option<Citation> {
        Citation::of(self.sources[source].version, Part::Text, span)
    }

    /// The newsroom that a statement was made to by the words of its sentence, where the registry knows it as another
    /// than the origin: a wire's report of what an officer "described to Sahel Courier".
    fn told_elsewhere(
        &self,
        source: &Source<'_>,
        said: &Attribution,
        origin: Option<&str>,
    ) -> Option<String> {
        let name = source.text(said.via?);
        let known = self.registry.by_name(name).or_else(|| self.registry.by_name(&format!("The {name}")))?;
        (Some(known.domain.as_str()) != origin).then(|| name.to_owned())
    }

    /// A sentence of the brief: its words as they stand, its citations, who answers for it.
    ///
    /// `also` are places that say the same in other words. Returns `None` where it is left open who speaks.
    pub fn draft(&self, place: Place, also: &[Place]) -> Option<Sentence> {
        let (index, at) = place;
        let source = &self.sources[index];
        let piece = &source.pieces[at];
        let mut citations = vec![self.cite(index, piece.span)?];

        let speaker = match &piece.attribution {
            Some(_) => Some(resolve(source, at)?),
            None => None,
        };
        for told in speaker.iter().flat_map(|speaker| &speaker.support) {
            citations.extend(self.cite(index, *told));
        }
        let reprints: Vec<Place> = self.reprints(place).collect();
        let cited: BTreeSet<usize> = reprints.iter().chain(also).map(|place| place.0).collect();
        // Independent sources of the same statement are worth more to a reader than further reprints.
        let mut others: Vec<Place> = also.iter().chain(&reprints).copied().collect();
        others.sort_by_key(|place| self.origin(place.0) == self.origin(index));
        let mut seen = BTreeSet::from([index]);
        for other in others {
            if citations.len() < CITED && seen.insert(other.0) {
                citations.extend(self.cite(other.0, self.sources[other.0].pieces[other.1].span));
            }
        }

        let origin = source.membership.origin.as_deref().or(source.member.outlet.as_deref());
        let own = source.member.outlet.as_deref();
        let mut carriers: BTreeSet<&str> = cited
            .iter()
            .filter(|other| self.origin(**other) == self.origin(index))
            .filter_map(|other| self.sources[*other].member.outlet.as_deref())
            .collect();
        // Where the origin's own article is not at hand, who printed it carries it.
        carriers.extend(own);
        if let Some(origin) = origin {
            carriers.remove(origin);
        }
        let attribution = Voice {
            speaker: speaker.as_ref().map(|speaker| speaker.name.clone()),
            kind: speaker.as_ref().map(|speaker| speaker.kind),
            role: speaker.as_ref().and_then(|speaker| speaker.role.clone()),
            described: speaker.as_ref().and_then(|speaker| speaker.described.clone()),
            anonymity: speaker.and_then(|speaker| speaker.anonymity),
            origin: origin.map(str::to_owned),
            origin_name: origin.map(|origin| self.registry.name(origin).to_owned()),
            told: piece.attribution.as_ref().and_then(|said| self.told_elsewhere(source, said, origin)),
            reported: source.member.reported,
            carriers: carriers.into_iter().map(str::to_owned).collect(),
        };
        Some(Sentence {
            text: source.text(piece.span).to_owned(),
            lang: source.lang(),
            citations,
            attribution: Some(attribution),
        })
    }
}
