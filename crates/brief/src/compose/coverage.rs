//! Expanded Coverage: every article of the story once, under the newsroom that obtained it (rules E1, E2).

use std::collections::BTreeMap;

use dateline_model::heads::is_known_origin;
use dateline_model::{CoverageArticle, Genre, OriginGroup, Relation, StateControl};

use super::draft::Desk;

/// The origins: known ones first, those with most articles first; within one by relation, then time.
pub fn coverage(desk: &Desk<'_>) -> Vec<OriginGroup> {
    let dossier = desk.dossier;
    let mut groups: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (index, membership) in dossier.memberships.iter().enumerate() {
        groups.entry(membership.origin.as_deref()).or_default().push(index);
    }
    let mut groups: Vec<(Option<&str>, Vec<usize>)> = groups.into_iter().collect();
    let known = |origin: Option<&str>| origin.is_some_and(|origin| is_known_origin(origin, desk.registry));
    let time = |index: usize| dossier.members[index].reported.map_or(i64::MAX, |when| when.seconds);
    groups.sort_by_key(|(origin, members)| {
        let first = members.iter().map(|index| time(*index)).min();
        (!known(*origin), std::cmp::Reverse(members.len()), first, origin.map(str::to_owned))
    });

    let mut number = 0;
    groups
        .into_iter()
        .map(|(origin, mut members)| {
            members.sort_by_key(|&index| {
                let relation = dossier.memberships[index].relation;
                let rank = Relation::ALL.iter().position(|other| *other == relation);
                (rank, time(index), index)
            });
            let on_record = members.iter().any(|&index| {
                let member = &dossier.members[index];
                matches!(member.relation, Relation::Own | Relation::Update | Relation::Verbatim)
                    && member.on_record
                    && member.genre != Genre::Opinion
            });
            OriginGroup {
                origin: origin.map(str::to_owned),
                name: origin.map_or_else(
                    || "Origin not known".to_owned(),
                    |origin| desk.registry.name(origin).to_owned(),
                ),
                known: known(origin),
                on_record,
                articles: members
                    .into_iter()
                    .map(|index| {
                        number += 1;
                        article(desk, index, number)
                    })
                    .collect(),
            }
        })
        .collect()
}

fn article(desk: &Desk<'_>, index: usize, number: u32) -> CoverageArticle {
    let member = &desk.dossier.members[index];
    let outlet = member.outlet.as_deref().and_then(|outlet| desk.registry.by_domain(outlet));
    CoverageArticle {
        article: member.article,
        number,
        title: member.title.clone(),
        url: member.url.clone(),
        outlet: member.outlet.clone(),
        outlet_name: match (outlet, &member.outlet) {
            (Some(outlet), _) => outlet.name().to_owned(),
            (None, Some(domain)) => domain.clone(),
            (None, None) => "outlet not known".into(),
        },
        country: outlet.map(|outlet| outlet.country.clone()).unwrap_or_default(),
        state_controlled: outlet.is_some_and(|outlet| outlet.state == StateControl::State),
        lang: member.lang,
        published: member.reported,
        relation: member.relation,
        manner: member.manner,
        opinion: member.genre == Genre::Opinion,
        versions: member.editions,
    }
}
