//! Story heads: the five numbers, the period, the headline and the flags, from a story's members.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    ArticleId, Counts, Genre, Lang, Manner, Member, OutletKind, Registry, Relation, StoryFlag, StoryHead,
    StoryId,
};

/// True where the registry knows an origin as a newsroom of its own, so that its independence can be judged.
pub fn is_known_origin(origin: &str, registry: &Registry) -> bool {
    registry.by_domain(origin).is_some_and(|outlet| outlet.kind != OutletKind::Aggregator)
}

/// The five numbers.
///
/// Articles without an outlet count as one outlet together. An origin counts if the registry knows
/// it; those it does not know cannot be told apart from one another or from the known, so they add
/// one only where there is no other. An origin is on record where its own words, or a word-for-word
/// copy of them, quote somebody by name: what a citing or editing outlet adds is not the origin's. An article that prints
/// passages of another report word for word confirms nothing, and adds no origin where there is another. The number of origins is therefore a lower bound, and never
/// exceeds the families that published: what one publisher prints from two wires rests, for all
/// the reader can check, on that publisher.
pub fn counts(members: &[Member], registry: &Registry) -> Counts {
    let outlets: BTreeSet<&str> =
        members.iter().map(|member| member.outlet.as_deref().unwrap_or("")).collect();
    let families: BTreeSet<&str> = outlets.iter().map(|outlet| registry.family(outlet)).collect();
    let mut origins: BTreeMap<&str, bool> = BTreeMap::new();
    let mut unknown_on_record = false;
    // What rests in part on another report does not confirm it.
    let is_apart = |member: &Member| member.manner != Some(Manner::Partial);
    for member in members.iter().filter(|member| member.genre != Genre::Opinion || members.len() == 1) {
        let own_words = matches!(member.relation, Relation::Own | Relation::Update | Relation::Verbatim);
        let on_record = own_words && member.on_record;
        let origin = member.origin.as_deref().filter(|_| is_apart(member));
        match origin.filter(|origin| is_known_origin(origin, registry)) {
            Some(origin) => *origins.entry(registry.family(origin)).or_default() |= on_record,
            None => unknown_on_record |= on_record,
        }
    }
    let (known, on_record) = (origins.len(), origins.values().filter(|on_record| **on_record).count());
    let (origins, on_record) = if known == 0 {
        (usize::from(!members.is_empty()), usize::from(unknown_on_record))
    } else {
        (known, on_record)
    };
    let origins = origins.min(families.len());
    Counts {
        articles: members.len() as u32,
        outlets: outlets.len() as u32,
        families: families.len() as u32,
        origins: origins as u32,
        on_record: on_record.min(origins) as u32,
    }
}

/// The member whose headline stands for the story: the one most others repeat, then the earliest
/// report that is not opinion. Ties go to the first in the list, which is in order of arrival.
pub fn representative(members: &[Member]) -> Option<&Member> {
    let mut repeated: HashMap<ArticleId, usize> = HashMap::new();
    for of in members.iter().filter_map(|member| member.of) {
        *repeated.entry(of).or_default() += 1;
    }
    let rank = |member: &Member| {
        (
            member.genre != Genre::Opinion && !member.title.trim().is_empty(),
            repeated.get(&member.article).copied().unwrap_or(0),
            member.relation == Relation::Own,
        )
    };
    members.iter().reduce(|best, member| if rank(member) > rank(best) { member } else { best })
}

/// The head of a story. `members` are in order of arrival.
pub fn head(story: StoryId, members: &[Member], registry: &Registry) -> StoryHead {
    let counts = counts(members, registry);
    let dated = || members.iter().filter_map(|member| member.reported);
    let mut langs: Vec<(Lang, usize)> = Vec::new();
    for member in members.iter().filter(|member| member.lang.is_known()) {
        match langs.iter_mut().find(|(lang, _)| *lang == member.lang) {
            Some((_, count)) => *count += 1,
            None => langs.push((member.lang, 1)),
        }
    }
    langs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));

    let mut flags = Vec::new();
    let mut flag = |holds: bool, flag: StoryFlag| {
        if holds {
            flags.push(flag);
        }
    };
    flag(counts.origins == 1 && counts.articles > 1, StoryFlag::SingleOrigin);
    flag(counts.on_record == 0, StoryFlag::NothingOnRecord);
    flag(members.iter().any(|member| member.editions > 1), StoryFlag::Edited);
    flag(members.iter().any(|member| member.genre == Genre::Correction), StoryFlag::Corrected);
    flag(langs.len() > 1, StoryFlag::Multilingual);

    StoryHead {
        story,
        title: representative(members).map(|member| member.title.clone()).unwrap_or_default(),
        first: dated().min(),
        last: dated().max(),
        counts,
        langs: langs.into_iter().map(|(lang, _)| lang).collect(),
        flags,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::When;
    use proptest::prelude::*;

    fn registry() -> Registry {
        Registry::parse(
            "meridian-wire.example\tMeridian Wire\tGB\ten\twire\tMeridian\tindependent\tinvented\n\
             transsahara.example\tAgence Transsaharienne\tSN\tfr\twire\t\tindependent\tinvented\n\
             a.example\tA\tNE\ten\tnewspaper\tGroup\tindependent\tinvented\n\
             b.example\tB\tNE\ten\tnewspaper\tGroup\tindependent\tinvented\n",
        )
        .0
    }

    fn member(n: u8, outlet: &str, relation: Relation, origin: &str, on_record: bool) -> Member {
        Member {
            article: ArticleId([n; 10]),
            title: format!("Headline {n}"),
            outlet: (!outlet.is_empty()).then(|| outlet.into()),
            reported: Some(When::from_seconds(i64::from(n))),
            lang: Lang::EN,
            genre: Genre::News,
            relation,
            origin: (!origin.is_empty()).then(|| origin.into()),
            of: None,
            manner: None,
            on_record,
            editions: 1,
            version: 1,
            url: None,
            external_id: None,
        }
    }

    #[test]
    fn forty_reprints_of_one_anonymous_report_are_one_origin() {
        let mut members =
            vec![member(0, "meridian-wire.example", Relation::Own, "meridian-wire.example", false)];
        for n in 1..40 {
            let outlet = format!("paper-{n}.example");
            members.push(member(n, &outlet, Relation::Verbatim, "meridian-wire.example", false));
        }
        let head = head(StoryId([1; 10]), &members, &registry());
        let Counts { articles, outlets, families, origins, on_record } = head.counts;
        assert_eq!((articles, outlets, families, origins, on_record), (40, 40, 40, 1, 0));
        assert_eq!(head.flags, [StoryFlag::SingleOrigin, StoryFlag::NothingOnRecord]);
    }

    #[test]
    fn one_publisher_is_one_origin_and_unknown_outlets_add_none() {
        let members = [
            member(1, "a.example", Relation::Own, "a.example", true),
            member(2, "b.example", Relation::Own, "b.example", true),
            member(3, "stranger.example", Relation::Own, "stranger.example", true),
        ];
        let counts = counts(&members, &registry());
        assert_eq!((counts.outlets, counts.families, counts.origins, counts.on_record), (3, 2, 1, 1));
        let strangers = super::counts(&members[2..], &registry());
        assert_eq!(strangers.origins, 1, "somebody reported it");
    }

    #[test]
    fn passages_of_another_report_confirm_nothing() {
        let mut members = [
            member(1, "meridian-wire.example", Relation::Own, "meridian-wire.example", false),
            member(2, "a.example", Relation::Own, "a.example", true),
        ];
        let five = |members: &[Member]| {
            let Counts { origins, on_record, .. } = counts(members, &registry());
            (origins, on_record)
        };
        assert_eq!(five(&members), (2, 1));
        members[1].manner = Some(Manner::Partial);
        assert_eq!(five(&members), (1, 0));
        assert_eq!(five(&members[1..]), (1, 1), "somebody reported it");
    }

    #[test]
    fn the_headline_is_that_of_the_report_others_repeat() {
        let mut members = vec![
            member(1, "paper.example", Relation::Verbatim, "meridian-wire.example", false),
            member(2, "meridian-wire.example", Relation::Own, "meridian-wire.example", false),
            member(3, "other.example", Relation::Citing, "meridian-wire.example", false),
        ];
        members[0].of = Some(members[1].article);
        members[2].of = Some(members[1].article);
        assert_eq!(representative(&members).unwrap().title, "Headline 2");
    }

    proptest! {
        #[test]
        fn the_five_numbers_never_disagree(
            rows in proptest::collection::vec((0..6usize, 0..5usize, 0..7usize, any::<bool>(), any::<bool>()), 1..40)
        ) {
            const OUTLETS: [&str; 6] = ["", "a.example", "b.example", "stranger.example", "meridian-wire.example", "transsahara.example"];
            const ORIGINS: [&str; 7] = ["", "a.example", "b.example", "stranger.example", "meridian-wire.example", "transsahara.example", "Lake Press"];
            let members: Vec<Member> = rows.iter().enumerate().map(|(n, &(outlet, relation, origin, on_record, opinion))| {
                let mut member = member(n as u8, OUTLETS[outlet], Relation::ALL[relation], ORIGINS[origin], on_record);
                if opinion { member.genre = Genre::Opinion; }
                if n % 3 == 0 { member.manner = Some(Manner::Partial); }
                member
            }).collect();
            let counts = counts(&members, &registry());
            prop_assert!(counts.agree(), "{counts:?}");
        }
    }
}
