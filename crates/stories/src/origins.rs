//! Origins: which newsroom obtained an article's reporting, and how the article relates to it.
//!
//! Three witnesses are heard, the strongest first: words that hand the article to a wire
//! ("NIAMEY (Reuters) –"), text shared with an earlier article, and words that take a claim from
//! another newsroom ("told Reuters"). Where they are silent the reporting is the outlet's own.

use dateline_model::{
    Credit, CreditKind, Evidence, Kinship, Lang, Manner, OutletKind, Part, Registry, Relation,
};

use serde::{Deserialize, Serialize};

use crate::copies::{COPY, Copy, Layout, Seq};
use crate::manner::{MOSTLY_COPIED, PASSAGES, WORD_FOR_WORD, manner};

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
    /// The article its text comes from, where that is another one.
    pub root: Option<Seq>,
    /// True where its text is a press release, or what an office published.
    pub release: bool,
    /// Its names and numbers, as hashes, sorted.
    pub marks: Vec<u32>,
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
    /// The article its text comes from.
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
    /// Its language.
    pub lang: Lang,
    /// True where its text is a press release, or what an office published.
    pub release: bool,
    /// Its version.
    pub version: u32,
    /// Where it credits others.
    pub credits: &'a [Credit],
    /// The earlier article of its outlet that it corrects, if it is a correction.
    pub corrects: Option<Seq>,
}

/// The earlier articles, as far as one that arrives asks after them.
pub trait Earlier {
    /// What is remembered of one.
    fn known(&self, seq: Seq) -> Option<&Known>;
    /// The report of a newsroom, by its domain, that the arriving article rests on most likely; of the same story.
    fn report_of(&self, origin: &str) -> Option<Seq>;
    /// The same report in another language, by the same outlet.
    fn in_another_language(&self) -> Option<Seq>;
    /// How the text that the arriving article shares with one lies in both.
    fn layout(&self, seq: Seq) -> Layout;
}

/// Decides the descent of an arriving article.
///
/// `copies` are the earlier articles of its story that it shares text with, most shared first.
pub fn descend(
    subject: &Subject<'_>,
    copies: &[Copy],
    earlier: &impl Earlier,
    registry: &Registry,
) -> Descent {
    let known = |seq| earlier.known(seq);
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
            root: source_of(seq, &known),
            kinship: Kinship { of: Some(corrected.article), ..Kinship::default() },
        };
    }

    let original = copies.iter().filter(|copy| copy.containment >= COPY).find_map(|copy| {
        let source = source_of(copy.of, &known)?;
        // A copy of a copy is compared with the original, if that is remembered.
        let direct = copies.iter().find(|direct| direct.of == source && direct.containment >= COPY);
        Some((*direct.unwrap_or(copy), source, known(source)?))
    });
    let kinship_of = |copy: Copy, source: &Known| Kinship {
        of: Some(source.article),
        containment: Some(copy.containment),
        credit: None,
        manner: Some(if source.release { Manner::Release } else { manner(&copy, earlier.layout(copy.of)) }),
    };
    // The newsroom's report is here, and this is not its text: the outlet put it into its own words or language.
    let reworded = |origin: &str| -> Kinship {
        let report = earlier.report_of(origin).and_then(known).filter(|report| is_report(report));
        let translated = report.is_some_and(|report| is_other(subject.lang, report.lang));
        Kinship {
            of: report.map(|report| report.article),
            manner: translated.then_some(Manner::Translated),
            ..Kinship::default()
        }
    };

    if let Some(credit) = credit_of(CreditKind::Carried) {
        let origin = newsroom(credit);
        let same =
            original.filter(|(_, _, source)| source.origin.as_deref().map(family) == Some(family(&origin)));
        let (relation, root, kinship) = match same {
            Some((copy, root, source)) => (copied(copy), Some(root), kinship_of(copy, source)),
            None => {
                let kinship = reworded(&origin);
                let relation = if kinship.of.is_some() { Relation::Edited } else { Relation::Verbatim };
                (relation, None, kinship)
            }
        };
        let kinship = Kinship { credit: Some(evidence(credit)), ..kinship };
        return Descent { relation, root, kinship, origin: Some(origin) };
    }

    let contributed = credit_of(CreditKind::Contributed);
    if let Some((copy, root_seq, root)) = original
        && !is_source_of(subject, root, registry)
    {
        // "Meridian Wire contributed to this report": whoever says so has done something to it.
        let credit = contributed
            .filter(|credit| credit.outlet.as_deref().map(family) == root.origin.as_deref().map(family));
        let kinship = Kinship { credit: credit.map(evidence), ..kinship_of(copy, root) };
        let relation = if root.outlet.is_some() && root.outlet == own {
            let kinship = Kinship { manner: None, ..kinship };
            let (relation, origin) = (Relation::Update, root.origin.clone());
            return Descent { relation, origin, root: Some(root_seq), kinship };
        } else if credit.is_some() {
            Relation::Edited
        } else {
            copied(copy)
        };
        return Descent { relation, origin: root.origin.clone(), root: Some(root_seq), kinship };
    }

    if let Some(credit) = contributed {
        let origin = credit.outlet.clone();
        let kinship = origin.as_deref().map(reworded).unwrap_or_default();
        let kinship = Kinship { credit: Some(evidence(credit)), ..kinship };
        return Descent { relation: Relation::Edited, origin, root: None, kinship };
    }

    let passages = passages(subject, copies, earlier, registry);
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
        let taken =
            passages.filter(|(_, source)| source.origin.as_deref().map(family) == Some(family(&origin)));
        let kinship = match taken {
            Some((copy, source)) => partial(copy, source),
            None => {
                let of = earlier.report_of(&origin).and_then(known).map(|article| article.article);
                Kinship { of, ..Kinship::default() }
            }
        };
        let kinship = Kinship { credit: Some(evidence(credit)), ..kinship };
        return Descent { relation: Relation::Citing, origin: Some(origin), root: None, kinship };
    }

    let updated = copies.iter().find_map(|copy| {
        let article = known(copy.of)?;
        (article.outlet.is_some() && article.outlet == own && copy.containment >= UPDATE)
            .then_some((copy, article))
    });
    if let Some((copy, article)) = updated {
        let kinship =
            Kinship { of: Some(article.article), containment: Some(copy.containment), ..Kinship::default() };
        return Descent {
            relation: Relation::Update,
            origin: article.origin.clone(),
            root: source_of(copy.of, &known),
            kinship,
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
        kinship: match passages {
            Some((copy, source)) => partial(copy, source),
            None => {
                let same = earlier.in_another_language().and_then(known);
                let manner = same.map(|_| Manner::Translated);
                Kinship { of: same.map(|same| same.article), manner, ..Kinship::default() }
            }
        },
    }
}

fn partial(copy: Copy, source: &Known) -> Kinship {
    Kinship {
        of: Some(source.article),
        containment: Some(copy.containment),
        manner: Some(Manner::Partial),
        ..Kinship::default()
    }
}

/// The report of another publisher from which the arriving article has passages word for word, though it is mostly its own.
fn passages<'k>(
    subject: &Subject<'_>,
    copies: &[Copy],
    earlier: &'k impl Earlier,
    registry: &Registry,
) -> Option<(Copy, &'k Known)> {
    let family = |outlet: Option<&str>| outlet.map(|outlet| registry.family(outlet).to_owned());
    let own = family(subject.outlet);
    let known = |seq| earlier.known(seq);
    let of = |copy: &Copy| {
        let source = known(source_of(copy.of, &known)?)?;
        // What one publisher has on all its pages is no reuse, nor is what was reported later.
        let theirs = family(source.outlet.as_deref());
        let later = matches!((subject.at, source.at), (Some(new), Some(old)) if new < old);
        let foreign = own.is_some() && theirs.is_some() && own != theirs && !later;
        let run = if foreign { earlier.layout(copy.of).run } else { 0 };
        (run >= PASSAGES).then_some((run, *copy, source))
    };
    let weak = copies.iter().filter(|copy| copy.containment < COPY && copy.shared >= PASSAGES);
    // Of runs as long as one another the earliest article's.
    let longest = weak.filter_map(of).min_by_key(|(run, copy, _)| (std::cmp::Reverse(*run), copy.of));
    longest.map(|(_, copy, source)| (copy, source))
}

/// True where an article is its newsroom's own word: its report, or a later state of it.
pub fn is_report(article: &Known) -> bool {
    matches!(article.relation, Relation::Own | Relation::Update)
}

/// True for two languages that are known and not the same.
pub fn is_other(a: Lang, b: Lang) -> bool {
    a.is_known() && b.is_known() && a != b
}

/// An article that rests on another newsroom's report in another language which turns out to be in its story: what changes.
/// Words say whose report it is, so its relation is no guess; it is not that report's text, whatever it was taken for.
pub fn translated(article: &Known, report: &Known) -> (Relation, Kinship) {
    let copies = matches!(article.relation, Relation::Verbatim | Relation::Edited);
    let kinship = Kinship {
        of: Some(report.article),
        manner: (copies || article.relation == Relation::Own).then_some(Manner::Translated),
        ..article.kinship.clone()
    };
    (if copies { Relation::Edited } else { article.relation }, kinship)
}

/// The article that a text comes from: itself, unless it copies another. A later state of a report is a text of its own.
pub fn source_of<'k>(seq: Seq, known: &impl Fn(Seq) -> Option<&'k Known>) -> Option<Seq> {
    /// A source may turn up after its copies more than once, hardly ever more often than this.
    const LONGEST_CHAIN: usize = 8;
    let mut at = seq;
    for _ in 0..LONGEST_CHAIN {
        let article = known(at)?;
        match article.root {
            Some(root) if !is_report(article) && root != at && known(root).is_some() => at = root,
            _ => break,
        }
    }
    Some(at)
}

/// True where the arriving article is where the earlier one comes from: the wire's own report after
/// a copy that reached us first, a press release after its reprint, or an article dated before its uncredited copy.
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
    let first_hand = |domain: Option<&str>, release: bool| release || is_wire(domain);
    match (
        first_hand(subject.outlet, subject.release),
        first_hand(earlier.outlet.as_deref(), earlier.release),
    ) {
        (true, false) => true,
        (false, true) => false,
        _ => matches!((subject.at, earlier.at), (Some(new), Some(old)) if new < old),
    }
}

/// Whether a copy is word for word or edited.
pub fn copied(copy: Copy) -> Relation {
    if copy.containment >= WORD_FOR_WORD && copy.of_new >= MOSTLY_COPIED {
        Relation::Verbatim
    } else {
        Relation::Edited
    }
}

/// The descent of an earlier article, now that its source has arrived. `copy` and `layout` are as the source found them.
pub fn revise(
    earlier: &Known,
    source: Seq,
    article: dateline_model::ArticleId,
    subject: &Subject<'_>,
    origin: Option<&str>,
    (copy, layout): (Copy, Layout),
) -> Descent {
    // Seen from the earlier article, which is the copy.
    let copy = Copy { of: source, of_new: copy.of_old, of_old: copy.of_new, ..copy };
    Descent {
        relation: copied(copy),
        origin: earlier.kinship.credit.and(earlier.origin.clone()).or_else(|| origin.map(str::to_owned)),
        root: Some(source),
        kinship: Kinship {
            of: Some(article),
            containment: Some(copy.containment),
            credit: earlier.kinship.credit,
            manner: Some(if subject.release { Manner::Release } else { manner(&copy, layout) }),
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
            release: false,
            marks: Vec::new(),
            kinship: Kinship::default(),
        }
    }

    /// Earlier articles by their place.
    struct Seen<'a>(&'a [Known], Layout);

    impl Earlier for Seen<'_> {
        fn known(&self, seq: Seq) -> Option<&Known> {
            self.0.get(seq as usize)
        }
        fn report_of(&self, origin: &str) -> Option<Seq> {
            self.0.iter().position(|known| known.origin.as_deref() == Some(origin)).map(|at| at as Seq)
        }
        fn in_another_language(&self) -> Option<Seq> {
            None
        }
        fn layout(&self, _: Seq) -> Layout {
            self.1
        }
    }

    fn subject<'a>(outlet: &'a str, at: i64, credits: &'a [Credit]) -> Subject<'a> {
        let (outlet, at) = (Some(outlet), Some(at));
        Subject { outlet, at, lang: Lang::EN, release: false, version: 1, credits, corrects: None }
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
        let of_old = if of_new < containment { containment } else { 0.5 };
        Copy { of: 0, containment, of_new, of_old, shared: 50 }
    }

    fn decide(outlet: &str, credits: &[Credit], copies: &[Copy], earlier: &[Known]) -> Descent {
        descend(&subject(outlet, 100, credits), copies, &Seen(earlier, Layout::default()), &registry())
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
        let wire = subject("meridian-wire.example", 60, &[]);
        assert!(is_source_of(&wire, &paper, &registry));
        let wires = Some("meridian-wire.example");
        // The wire finds half of its report in the paper, which has nothing else.
        let cut = (copy(0.9, 0.5), Layout::default());
        let descent = revise(&paper, 9, ArticleId([9; 10]), &wire, wires, cut);
        assert_eq!((descent.relation, descent.kinship.manner), (Relation::Verbatim, Some(Manner::Truncated)));
        assert_eq!(descent.origin.as_deref(), wires);
        assert!(!is_source_of(&subject("courier-weekend.example", 60, &[]), &paper, &registry));
        assert!(is_source_of(&subject("courier-weekend.example", 40, &[]), &paper, &registry));
        let office = Subject { release: true, ..subject("ministry.example", 60, &[]) };
        assert!(is_source_of(&office, &paper, &registry), "a press release after its reprint");
        let descent = revise(&paper, 9, ArticleId([9; 10]), &office, Some("ministry.example"), cut);
        assert_eq!(descent.kinship.manner, Some(Manner::Release));
    }

    #[test]
    fn a_credited_report_in_another_language_is_of_the_wires() {
        let wire = [known(1, "meridian-wire.example", 50)];
        let credits = [credit(CreditKind::Carried, Some("meridian-wire.example"), "Meridian Wire", 8)];
        let french = Subject { lang: Lang::FR, ..subject("echo.example", 100, &credits) };
        let descent = descend(&french, &[], &Seen(&wire, Layout::default()), &registry());
        assert_eq!(descent.relation, Relation::Edited);
        let Kinship { of, manner, .. } = descent.kinship;
        assert_eq!((of, manner), (Some(ArticleId([1; 10])), Some(Manner::Translated)));
        assert_eq!(descent.root, None, "its text is not the wire's");
    }

    #[test]
    fn whoever_says_that_a_wire_contributed_has_edited_it() {
        let wire = [known(1, "meridian-wire.example", 50)];
        let credits =
            [credit(CreditKind::Contributed, Some("meridian-wire.example"), "Meridian Wire", 2_000)];
        let descent = decide("sahel-courier.example", &credits, &[copy(0.95, 0.9)], &wire);
        assert_eq!(descent.relation, Relation::Edited);
        assert!(descent.kinship.credit.is_some() && descent.kinship.of.is_some());
    }

    #[test]
    fn a_run_of_passages_is_told_and_makes_no_copy() {
        let rival = [known(1, "potomac-ledger.example", 50)];
        let copies = [Copy { of: 0, containment: 0.2, of_new: 0.2, of_old: 0.1, shared: 14 }];
        let reuse = |run, outlet, at| {
            let seen = Seen(&rival, Layout { run, backs: 0 });
            descend(&subject(outlet, at, &[]), &copies, &seen, &registry())
        };
        let descent = reuse(PASSAGES, "sahel-courier.example", 100);
        assert_eq!((descent.relation, descent.root), (Relation::Own, None));
        assert_eq!(descent.origin.as_deref(), Some("sahel-courier.example"));
        let Kinship { of, manner, containment, .. } = descent.kinship;
        assert_eq!((of, manner), (Some(ArticleId([1; 10])), Some(Manner::Partial)));
        assert_eq!(containment, Some(0.2));
        let none = Kinship::default();
        assert_eq!(
            reuse(PASSAGES - 1, "sahel-courier.example", 100).kinship,
            none,
            "two quotations of one statement"
        );
        assert_eq!(reuse(12, "sahel-courier.example", 40).kinship, none, "the other came later");
        assert_eq!(reuse(12, "potomac-ledger.example", 100).kinship, none, "an outlet's own lines");
    }
}
