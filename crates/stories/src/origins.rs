//! Origins: which newsroom obtained an article's reporting, and how the article relates to it.
//!
//! Three witnesses are heard, the strongest first: words that hand the article to a wire
//! ("NIAMEY (Reuters) –"), text shared with an earlier article, and words that take a claim from
//! another newsroom ("told Reuters"). Where they are silent the reporting is the outlet's own.

use dateline_model::{Credit, CreditKind, Evidence, Kinship, OutletKind, Part, Registry, Relation};

use serde::{Deserialize, Serialize};

use crate::copies::{COPY, Copy, Seq};

/// Share of the smaller text from which a copy is word for word. Light edits (a changed headline, a
/// cut last paragraph, corrected spelling) leave more than this of the five-word shingles intact.
const WORD_FOR_WORD: f32 = 0.85;
/// Share of the new article that must be copied for a word-for-word copy: with less, the outlet has
/// added a report of its own to the wire's, not boilerplate.
const MOSTLY_COPIED: f32 = 0.6;
/// Text an outlet's later article shares with its earlier one on the same event to be its update.
pub const UPDATE: f32 = 0.25;
/// A claim taken from another newsroom makes the article a citing one if it stands this early, in
/// bytes of text: the first two paragraphs. A newsroom with sources of its own names who was first
/// further down. Of the demo wire's citing articles the latest says so at byte 370, and of its own
/// reports the earliest that credits a rival does so at byte 884.
const CITED_EARLY: u32 = 600;

/// What is remembered of an article for those that come after it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// The article.
    pub article: dateline_model::ArticleId,
    /// The strand of its story, by key.
    pub story: crate::live::Key,
    /// Its language.
    pub lang: dateline_model::Lang,
    /// Domain of its outlet.
    pub outlet: Option<String>,
    /// When it was reported.
    pub at: Option<i64>,
    /// How it relates to its origin.
    pub relation: Relation,
    /// The origin.
    pub origin: Option<String>,
    /// The article at the root of its text, where that is another one.
    pub root: Option<Seq>,
    /// Why.
    #[serde(with = "crate::snapshot::kinship")]
    pub kinship: Kinship,
}

/// How an article relates to its origin, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Descent {
    /// The relation.
    pub relation: Relation,
    /// Domain of the newsroom that obtained the reporting, or its name as printed where the registry
    /// does not know it; `None` where nobody can tell.
    pub origin: Option<String>,
    /// The article at the root.
    pub root: Option<Seq>,
    /// Why.
    pub kinship: Kinship,
}

/// The article in question.
pub struct Subject<'a> {
    /// Domain of its outlet.
    pub outlet: Option<&'a str>,
    /// When it was reported.
    pub at: Option<i64>,
    /// Its version.
    pub version: u32,
    /// Where it credits others.
    pub credits: &'a [Credit],
    /// The earlier article of its outlet that it corrects, if it is a correction.
    pub corrects: Option<Seq>,
}

/// Decides the descent of an arriving article.
///
/// `copies` are the earlier articles it shares text with, most shared first; `known` looks them up;
/// `cited` finds an earlier article of the story by its origin.
pub fn descend<'k>(
    subject: &Subject<'_>,
    copies: &[Copy],
    known: impl Fn(Seq) -> Option<&'k Known>,
    cited: impl Fn(&str) -> Option<Seq>,
    registry: &Registry,
) -> Descent {
    let own = subject.outlet.map(str::to_owned);
    let family = |domain: &str| registry.family(domain).to_owned();
    let own_family = subject.outlet.map(family);
    let foreign = |credit: &&Credit| match &credit.outlet {
        Some(outlet) => Some(family(outlet)) != own_family,
        None => true,
    };
    let credit_of =
        |kind: CreditKind| subject.credits.iter().filter(foreign).find(|credit| credit.kind == kind);
    let evidence =
        |credit: &Credit| Evidence { version: subject.version, part: credit.part, span: credit.span };
    let newsroom = |credit: &Credit| credit.outlet.clone().unwrap_or_else(|| credit.name.clone());

    if let Some((seq, corrected)) = subject.corrects.and_then(|seq| Some((seq, known(seq)?))) {
        return Descent {
            relation: Relation::Update,
            origin: corrected.origin.clone(),
            root: root_of(seq, &known),
            kinship: Kinship { of: Some(corrected.article), ..Kinship::default() },
        };
    }

    let original = copies.iter().filter(|copy| copy.containment >= COPY).find_map(|copy| {
        let root = root_of(copy.of, &known)?;
        Some((*copy, root, known(root)?))
    });

    if let Some(credit) = credit_of(CreditKind::Carried) {
        let origin = newsroom(credit);
        let same =
            original.filter(|(_, _, root)| root.origin.as_deref().map(family) == Some(family(&origin)));
        // The wire's report is here, and this is not its text: the outlet put it into its own words or language.
        let reworded = same.is_none()
            && cited(&origin).and_then(&known).is_some_and(|article| article.relation == Relation::Own);
        let relation = if reworded { Relation::Edited } else { Relation::Verbatim };
        return Descent {
            relation: same.map_or(relation, |(copy, ..)| copied(copy)),
            root: same.map(|(_, root, _)| root),
            kinship: Kinship {
                of: same.map(|(_, _, root)| root.article),
                containment: same.map(|(copy, ..)| copy.containment),
                credit: Some(evidence(credit)),
            },
            origin: Some(origin),
        };
    }

    if let Some((copy, root_seq, root)) = original
        && !is_source_of(subject, root, registry)
    {
        let kinship = Kinship { of: Some(root.article), containment: Some(copy.containment), credit: None };
        let relation =
            if root.outlet.is_some() && root.outlet == own { Relation::Update } else { copied(copy) };
        return Descent { relation, origin: root.origin.clone(), root: Some(root_seq), kinship };
    }

    if let Some(credit) = credit_of(CreditKind::Contributed) {
        let origin = credit.outlet.clone();
        let kinship = Kinship { credit: Some(evidence(credit)), ..Kinship::default() };
        return Descent { relation: Relation::Edited, origin, root: None, kinship };
    }

    let early = |credit: &&Credit| credit.part == Part::Title || credit.span.start < CITED_EARLY;
    let cites = |credit: &&Credit| credit.kind == CreditKind::Cited;
    // An office speaks for itself: quoting it is reporting, not taking over.
    let is_newsroom = |credit: &&Credit| {
        let outlet = credit.outlet.as_deref().and_then(|domain| registry.by_domain(domain));
        outlet.is_none_or(|outlet| outlet.kind != OutletKind::Official)
    };
    let citation = subject.credits.iter().filter(foreign).filter(cites).filter(is_newsroom).find(early);
    // "told The Potomac Ledger" in The Potomac Ledger: it has sources of its own, whoever was first.
    let told_us = subject.credits.iter().find(|credit| !foreign(credit) && cites(credit));
    let told_us_first = |credit: &&Credit| {
        told_us.is_some_and(|own| (own.part, own.span.start) < (credit.part, credit.span.start))
    };
    if let Some(credit) = citation.filter(|credit| !told_us_first(credit)) {
        let origin = newsroom(credit);
        let root = cited(&origin);
        let of = root.and_then(&known).map(|article| article.article);
        let kinship = Kinship { of, containment: None, credit: Some(evidence(credit)) };
        return Descent { relation: Relation::Citing, origin: Some(origin), root: None, kinship };
    }

    let earlier = copies.iter().find_map(|copy| {
        let article = known(copy.of)?;
        (article.outlet.is_some() && article.outlet == own && copy.containment >= UPDATE)
            .then_some((copy, article))
    });
    if let Some((copy, article)) = earlier {
        return Descent {
            relation: Relation::Update,
            origin: article.origin.clone(),
            root: root_of(copy.of, &known),
            kinship: Kinship { of: Some(article.article), containment: Some(copy.containment), credit: None },
        };
    }

    let adds_nothing = subject
        .outlet
        .and_then(|domain| registry.by_domain(domain))
        .is_some_and(|outlet| outlet.kind == OutletKind::Aggregator);
    Descent {
        relation: Relation::Own,
        origin: if adds_nothing { None } else { own },
        root: None,
        kinship: Kinship::default(),
    }
}

/// The article at the root of an article's text: itself, unless it copies another.
pub fn root_of<'k>(seq: Seq, known: &impl Fn(Seq) -> Option<&'k Known>) -> Option<Seq> {
    /// A source may turn up after its copies more than once, hardly ever more often than this.
    const LONGEST_CHAIN: usize = 8;
    let mut at = seq;
    for _ in 0..LONGEST_CHAIN {
        match known(at)?.root {
            Some(root) if root != at && known(root).is_some() => at = root,
            _ => break,
        }
    }
    Some(at)
}

/// True where the arriving article is where the earlier one comes from: the wire's own report after
/// a copy that reached us first, or an article dated before its uncredited copy.
pub fn is_source_of(subject: &Subject<'_>, earlier: &Known, registry: &Registry) -> bool {
    let is_wire = |domain: Option<&str>| {
        domain
            .and_then(|domain| registry.by_domain(domain))
            .is_some_and(|outlet| outlet.kind == OutletKind::Wire)
    };
    let own_family = subject.outlet.map(|domain| registry.family(domain));
    if earlier.outlet.as_deref() == subject.outlet {
        return false;
    }
    if earlier.relation != Relation::Own {
        // It credits somebody, or copies somebody else: it comes from here only if here is whom it credits.
        let credited = earlier.origin.as_deref().map(|origin| registry.family(origin));
        return earlier.root.is_none() && own_family.is_some() && credited == own_family;
    }
    match (is_wire(subject.outlet), is_wire(earlier.outlet.as_deref())) {
        (true, false) => true,
        (false, true) => false,
        _ => matches!((subject.at, earlier.at), (Some(new), Some(old)) if new < old),
    }
}

fn copied(copy: Copy) -> Relation {
    if copy.containment >= WORD_FOR_WORD && copy.of_new >= MOSTLY_COPIED {
        Relation::Verbatim
    } else {
        Relation::Edited
    }
}

/// The descent of an earlier article, now that its source has arrived.
pub fn revise(
    earlier: &Known,
    source: Seq,
    article: dateline_model::ArticleId,
    origin: Option<&str>,
    copy: Copy,
) -> Descent {
    // The shares are those of the source's text; of the earlier article nearly all is copied.
    let whole = Copy { of_new: 1.0, ..copy };
    Descent {
        relation: copied(whole),
        origin: earlier.kinship.credit.and(earlier.origin.clone()).or_else(|| origin.map(str::to_owned)),
        root: Some(source),
        kinship: Kinship {
            of: Some(article),
            containment: Some(copy.containment),
            credit: earlier.kinship.credit,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{ArticleId, Span};

    fn registry() -> Registry {
        let (registry, errors) = Registry::parse(
            "meridian-wire.example\tMeridian Wire|MW\tGB\ten\twire\tMeridian\tindependent\tinvented\n\
             sahel-courier.example\tSahel Courier\tNE\ten\tnewspaper\t\tindependent\tinvented\n\
             courier-weekend.example\tCourier Weekend\tNE\ten\tmagazine\tsahel-courier.example\tindependent\tinvented\n",
        );
        assert!(errors.is_empty());
        registry
    }

    fn known(n: u8, outlet: &str, at: i64) -> Known {
        Known {
            article: ArticleId([n; 10]),
            story: 0,
            lang: dateline_model::Lang::EN,
            outlet: Some(outlet.into()),
            at: Some(at),
            relation: Relation::Own,
            origin: Some(outlet.into()),
            root: None,
            kinship: Kinship::default(),
        }
    }

    fn credit(kind: CreditKind, outlet: Option<&str>, name: &str, start: usize) -> Credit {
        Credit {
            kind,
            outlet: outlet.map(Into::into),
            name: name.into(),
            span: Span::new(start, start + 10),
            part: Part::Text,
        }
    }

    fn copy(containment: f32, of_new: f32) -> Copy {
        Copy { of: 0, containment, of_new }
    }

    fn decide(outlet: &str, credits: &[Credit], copies: &[Copy], earlier: &[Known]) -> Descent {
        let subject = Subject { outlet: Some(outlet), at: Some(100), version: 1, credits, corrects: None };
        descend(
            &subject,
            copies,
            |seq| earlier.get(seq as usize),
            |origin| earlier.iter().position(|k| k.origin.as_deref() == Some(origin)).map(|i| i as Seq),
            &registry(),
        )
    }

    #[test]
    fn a_dateline_credit_makes_a_copy_even_where_the_wire_was_not_seen() {
        let wire = [credit(CreditKind::Carried, Some("meridian-wire.example"), "Meridian Wire", 8)];
        let descent = decide("sahel-courier.example", &wire, &[], &[]);
        assert_eq!(descent.relation, Relation::Verbatim);
        assert_eq!(descent.origin.as_deref(), Some("meridian-wire.example"));
        assert!(descent.kinship.credit.is_some());
        let own = decide("meridian-wire.example", &wire, &[], &[]);
        assert_eq!(own.relation, Relation::Own, "a wire that signs its own report credits nobody");
        let unknown = [credit(CreditKind::Carried, None, "Lake Chad Press", 8)];
        assert_eq!(
            decide("sahel-courier.example", &unknown, &[], &[]).origin.as_deref(),
            Some("Lake Chad Press")
        );
    }

    #[test]
    fn copies_without_credit_are_copies() {
        let wire = [known(1, "meridian-wire.example", 50)];
        let verbatim = decide("sahel-courier.example", &[], &[copy(0.98, 0.9)], &wire);
        assert_eq!((verbatim.relation, verbatim.kinship.of), (Relation::Verbatim, Some(ArticleId([1; 10]))));
        let edited = decide("sahel-courier.example", &[], &[copy(0.62, 0.6)], &wire);
        assert_eq!(edited.relation, Relation::Edited);
        let extended = decide("sahel-courier.example", &[], &[copy(0.95, 0.4)], &wire);
        assert_eq!(extended.relation, Relation::Edited, "the wire's text with as much again of one's own");
        assert_eq!(extended.origin.as_deref(), Some("meridian-wire.example"));
    }

    #[test]
    fn early_citations_count_and_late_ones_are_background() {
        let wire = [known(1, "meridian-wire.example", 50)];
        let early = [credit(CreditKind::Cited, Some("meridian-wire.example"), "Meridian Wire", 200)];
        let citing = decide("sahel-courier.example", &early, &[], &wire);
        assert_eq!((citing.relation, citing.kinship.of), (Relation::Citing, Some(ArticleId([1; 10]))));
        let late = [credit(CreditKind::Cited, Some("meridian-wire.example"), "Meridian Wire", 5_000)];
        assert_eq!(decide("sahel-courier.example", &late, &[], &wire).relation, Relation::Own);
    }

    #[test]
    fn ones_own_later_state_is_an_update() {
        let own = [known(1, "sahel-courier.example", 50)];
        assert_eq!(decide("sahel-courier.example", &[], &[copy(0.9, 0.5)], &own).relation, Relation::Update);
        assert_eq!(decide("sahel-courier.example", &[], &[copy(0.3, 0.2)], &own).relation, Relation::Update);
        assert_eq!(decide("sahel-courier.example", &[], &[], &own).relation, Relation::Own);
    }

    #[test]
    fn the_source_may_arrive_after_its_copies() {
        let registry = registry();
        let paper = known(1, "sahel-courier.example", 50);
        let wire = Subject {
            outlet: Some("meridian-wire.example"),
            at: Some(60),
            version: 1,
            credits: &[],
            corrects: None,
        };
        assert!(is_source_of(&wire, &paper, &registry));
        let descent = revise(&paper, 9, ArticleId([9; 10]), Some("meridian-wire.example"), copy(0.9, 0.5));
        assert_eq!(descent.relation, Relation::Verbatim);
        assert_eq!(descent.origin.as_deref(), Some("meridian-wire.example"));
        let late_paper = Subject {
            outlet: Some("courier-weekend.example"),
            at: Some(60),
            version: 1,
            credits: &[],
            corrects: None,
        };
        assert!(!is_source_of(&late_paper, &paper, &registry));
        let early_paper = Subject {
            outlet: Some("courier-weekend.example"),
            at: Some(40),
            version: 1,
            credits: &[],
            corrects: None,
        };
        assert!(is_source_of(&early_paper, &paper, &registry));
    }
}
