//! Banners: what a reader must know before reading on (rules A7, C3).

use dateline_model::Genre;

use super::draft::Desk;

/// The banners, gravest first. Fixed sentences around names of outlets and counts.
pub fn banners(desk: &Desk<'_>) -> Vec<String> {
    let counts = desk.dossier.head.counts;
    let mut banners = Vec::new();
    // Nobody can register a domain under .example: what comes from there is a sample, and must not pass for news.
    let outlets = || desk.sources.iter().map(|source| source.member.outlet.as_deref());
    if outlets().next().is_some()
        && outlets().all(|outlet| outlet.is_some_and(|outlet| outlet.ends_with(".example")))
    {
        banners.push("Sample data: the outlets are invented, and so is what they report.".into());
    }
    let origins: std::collections::BTreeSet<&str> = desk
        .sources
        .iter()
        .filter(|source| !source.is_opinion())
        .filter_map(|source| source.membership.origin.as_deref())
        .collect();
    let name = match origins.iter().next() {
        Some(origin) if origins.len() == 1 => desk.registry.name(origin).to_owned(),
        _ => "one newsroom".to_owned(),
    };
    let unnamed = desk.sources.iter().any(|source| {
        source
            .pieces
            .iter()
            .filter_map(|piece| piece.attribution.as_ref())
            .any(|said| said.speaker.is_withheld())
    });
    let articles = match counts.articles {
        1 => "The one article rests".to_owned(),
        many => format!("All {many} articles rest"),
    };
    if counts.origins == 1 && counts.on_record == 0 && unnamed {
        banners.push(format!(
            "{articles} on {name}, and its sources are unnamed. Reprints add no confirmation."
        ));
    } else if counts.origins == 1 && counts.articles > 1 {
        banners.push(format!("{articles} on {name}. Reprints add no confirmation."));
    }
    if desk.sources.iter().any(|source| source.version.genre == Genre::Correction) {
        banners.push("An outlet has corrected its report; see “What changed”.".into());
    }
    banners
}
