//! One article: what it is, where its reporting comes from, its versions, its text.

use std::io;

use dateline_brief::faces::clean;
use dateline_brief::why::told::{self, Names};
use dateline_model::{Article, Cause, DateFlag, Extent, Grounds, Membership, Registry, Version, When};

use super::story::{ShortIds, facts as print_facts};
use super::{Page, thousands, time};

/// An article with everything that is known of it.
pub struct Shown<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its place.
    pub membership: &'a Membership,
    /// Why it is there.
    pub grounds: &'a Grounds,
    /// Its versions, oldest first.
    pub versions: &'a [Version],
    /// The version whose text is shown.
    pub version: &'a Version,
    /// Headline of its story.
    pub story_title: &'a str,
}

/// Prints an article.
pub fn article(page: &mut Page, shown: &Shown<'_>, registry: &Registry, ids: &ShortIds) -> io::Result<()> {
    let Shown { article, membership, grounds, versions, version, story_title } = shown;
    page.wrapped(&page.bold(&clean(&version.title)), "", "")?;
    let mut facts: Vec<(&str, String)> = vec![("article", article.id.to_string())];
    facts.extend(article.url.as_ref().map(|url| ("link", url.clone())));
    if let Some(domain) = &article.outlet {
        let name = registry.name(domain);
        let known = if name == domain.as_str() { String::new() } else { format!(" ({domain})") };
        facts.push(("outlet", format!("{name}{known}")));
    }
    if !version.byline.is_empty() {
        facts.push(("byline", version.byline.clone()));
    }
    if !article.external_ids.is_empty() {
        facts.push(("called", article.external_ids.join(", ")));
    }
    let dates = version.dates;
    for (label, when) in [
        ("published", dates.published),
        ("modified", dates.modified),
        ("in the feed", dates.feed),
        ("fetched", dates.fetched),
    ] {
        facts.extend(when.map(|when: When| (label, when.display_utc())));
    }
    if !version.date_flags.is_empty() {
        let flags: Vec<&str> = version.date_flags.iter().map(odd_date).collect();
        facts.push(("note", flags.join("; ")));
    }
    facts.push(("language", version.lang.name().to_owned()));
    facts.push(("captured", extent(version.extent).to_owned()));
    facts.push(("from", version.source.to_string()));
    let story = format!("{} {story_title}", ids.story(membership.story));
    facts.push(("story", story));
    let origin = membership.origin.as_deref().map_or("not known", |origin| registry.name(origin));
    facts.push((
        "relation",
        format!("{} · origin: {origin}", membership.relation.told(membership.kinship.manner)),
    ));
    for (label, value) in &facts {
        page.wrapped(&clean(value), &format!("{label:13}"), &" ".repeat(13))?;
    }
    page.line("")?;
    page.line(page.bold("Why it is here"))?;
    let outlet = |domain: &str| clean(registry.name(domain));
    let names = Names {
        story: membership.story,
        article: &|id| ids.article(id),
        other: &|id| ids.story(id),
        headline: &|_| version.title.clone(),
        outlet: &outlet,
    };
    print_facts(page, &told::article(grounds, &names))?;
    page.line("")?;
    page.line(page.bold("Versions"))?;
    for version in *versions {
        let size = format!("{} bytes of text", thousands(version.text.len() as u64));
        let hash = &version.sha256.to_string()[..12];
        let lead = format!(
            "{:>3}  {}  {}, {size}, sha256 {hash}…",
            version.number,
            time(version.dates.modified.or(version.dates.reported())),
            cause(version.cause),
        );
        page.line(lead)?;
    }
    page.line("")?;
    let heading =
        if versions.len() > 1 { format!("Text of version {}", version.number) } else { "Text".into() };
    page.line(page.bold(&heading))?;
    if version.text.trim().is_empty() {
        page.line("  (only the headline was captured)")?;
    }
    for paragraph in version.text.lines().map(clean).filter(|paragraph| !paragraph.is_empty()) {
        page.wrapped(&paragraph, "  ", "  ")?;
        page.line("")?;
    }
    Ok(())
}

fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::First => "as first seen",
        Cause::Edit => "changed by the outlet",
        Cause::Fuller => "captured more fully",
    }
}

fn extent(extent: Extent) -> &'static str {
    match extent {
        Extent::Headline => "the headline only",
        Extent::Summary => "headline and summary",
        Extent::Full => "the whole text",
    }
}

fn odd_date(flag: &DateFlag) -> &'static str {
    match flag {
        DateFlag::Undated => "neither page nor feed gives a date",
        DateFlag::Future => "dated in the future",
        DateFlag::Ancient => "dated before there was news on the web",
        DateFlag::Disagree => "page and feed give different dates",
    }
}
