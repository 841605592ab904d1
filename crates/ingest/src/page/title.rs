//! The headline of a page, out of the several it gives.
//!
//! A page shows a headline to its readers (`<h1>`), one to social networks (`og:title`), one to
//! search engines (JSON-LD, `<title>`), and they differ in length and in what the site adds to them.
//! The one that two witnesses agree on is taken, the readers' first.

use super::plain;
use super::survey::Survey;

/// A headline with the witness it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Headline {
    pub text: String,
    pub from: &'static str,
}

/// Headings shorter than this are section names and logos (`News`, `Sport`), unless somebody agrees.
const SHORTEST_HEADING: usize = 9;

/// What stands between a headline and the name of the site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " / "];

/// The same for sites that put no blanks around them; only where the name is the site's own.
const TIGHT: &[&str] = &["|", "｜", "ㅣ", " : "];

/// The headline of the page; `json_ld` is the headline of its article's node, `sites` are the names its
/// site goes by and its domain.
pub(crate) fn headline(survey: &Survey, json_ld: Option<&str>, sites: &[&str]) -> Option<Headline> {
    let mut claimed: Vec<Headline> = Vec::new();
    let mut claim = |text: Option<&str>, from: &'static str| {
        let text = text.map(|text| without_site(&plain::text(text), sites)).filter(|text| !text.is_empty());
        claimed.extend(text.map(|text| Headline { text, from }));
    };
    claim(survey.meta("og:title").next(), "meta:og:title");
    claim(json_ld, "json-ld:headline");
    claim(survey.meta("twitter:title").next(), "meta:twitter:title");
    claim(
        survey.props.iter().find(|(prop, _)| prop == "headline").map(|(_, text)| text.as_str()),
        "microdata:headline",
    );
    claim(survey.title.as_deref(), "title");
    // A `<title>` of a word or two names the site or the template.
    let has_heading = survey.headings.iter().any(|heading| heading.level == 1 && !heading.furniture);
    claimed.retain(|claim| {
        claim.from != "title" || !has_heading || claim.text.chars().count() >= SHORTEST_HEADING
    });
    // What readers see, where another witness says the same: `<h1>`, else an `<h2>` (some templates keep
    // `<h1>` for the breadcrumb).
    for level in [1, 2] {
        let headings = survey.headings.iter().filter(|heading| heading.level == level && !heading.furniture);
        for heading in headings {
            if let Some(claim) = claimed.iter().find(|claim| says_the_same(&claim.text, &heading.text)) {
                // A kicker inside a heading is set apart by its looks, in a claim by a colon.
                if plain::key(&claim.text) == plain::key(&heading.text)
                    && marks(&claim.text) > marks(&heading.text)
                {
                    return Some(claim.clone());
                }
                return Some(Headline {
                    text: heading.text.clone(),
                    from: if level == 1 { "h1" } else { "h2" },
                });
            }
        }
    }
    // Else what two of the data's witnesses agree on, else the first of them.
    let kind = |from: &str| {
        if from.starts_with("meta") {
            0
        } else if from == "title" {
            1
        } else {
            2
        }
    };
    let agreed = claimed.iter().find(|claim| {
        claimed
            .iter()
            .any(|other| kind(other.from) != kind(claim.from) && says_the_same(&other.text, &claim.text))
    });
    let chosen = agreed.or(claimed.first()).cloned();
    let chosen = chosen.map(|claim| whole(claim, &claimed));
    chosen.or_else(|| {
        let mut headings = survey.headings.iter().filter(|heading| heading.level == 1 && !heading.furniture);
        let heading = headings.find(|heading| heading.text.chars().count() >= SHORTEST_HEADING)?;
        Some(Headline { text: heading.text.clone(), from: "h1" })
    })
}

/// Whether a claim says the same as a heading, or begins with it and then names the site in a way that
/// [`without_site`] does not know.
fn says_the_same(claim: &str, heading: &str) -> bool {
    let (claimed, shown) = (plain::key(claim), plain::key(heading));
    if shown.is_empty() {
        return false;
    }
    claimed == shown
        || shown.chars().count() >= SHORTEST_HEADING
            && SEPARATORS.iter().any(|separator| {
                claim.rsplit_once(separator).is_some_and(|(head, _)| plain::key(head) == shown)
            })
}

/// How many punctuation marks a text has.
fn marks(text: &str) -> usize {
    text.chars().filter(|c| !c.is_alphanumeric() && !c.is_whitespace()).count()
}

/// The whole of a claim that was cut short: by a quotation mark in an attribute, by a limit of characters.
fn whole(claim: Headline, claimed: &[Headline]) -> Headline {
    let start = claim.text.trim_end_matches(['…', '.', ' ']);
    let limited = claim.text.ends_with(['…']) || claim.text.ends_with("...");
    let longer = claimed.iter().filter(|other| {
        let rest = other.text.strip_prefix(start).map(str::trim_start);
        rest.is_some_and(|rest| {
            rest.starts_with('"') || (limited && rest.len() > 3 && !rest.starts_with(['…', '.']))
        })
    });
    longer.min_by_key(|other| other.text.len()).cloned().unwrap_or(claim)
}

/// A headline without the name of the site before or after it.
fn without_site(text: &str, sites: &[&str]) -> String {
    let mut text = text;
    loop {
        let mut shorter = text;
        for separator in SEPARATORS.iter().chain(TIGHT) {
            if let Some((head, tail)) = text.rsplit_once(separator)
                && is_site(tail, sites)
                && head.len() < shorter.len()
            {
                shorter = head;
            }
            if let Some((head, tail)) = text.split_once(separator)
                && is_site(head, sites)
                && tail.len() < shorter.len()
            {
                shorter = tail;
            }
        }
        if shorter.trim().is_empty() || shorter.len() == text.len() {
            return text.trim().to_owned();
        }
        text = shorter.trim();
    }
}

/// Whether a part of a title is a name of the site: equal to one, or to the words of its domain.
fn is_site(part: &str, sites: &[&str]) -> bool {
    let squeeze = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    if SEPARATORS.iter().any(|separator| part.contains(separator)) {
        return false;
    }
    let part = squeeze(part);
    const SHORTEST_NAME: usize = 2;
    if part.chars().count() < SHORTEST_NAME {
        return false;
    }
    sites.iter().any(|site| {
        let whole = squeeze(site);
        let label = squeeze(site.split('.').next().unwrap_or(site));
        // `Courier Online` for `courier`, `Sahel Courier` for `The Sahel Courier`; but not a sentence with the name in it.
        let near = part.len() <= label.len() * 2;
        part == whole
            || part == label
            || (label.len() > 5 && near && part.contains(&label))
            || (part.len() > 5 && whole.contains(&part))
    })
}

#[cfg(test)]
mod tests {
    use super::super::survey::Heading;
    use super::*;

    const SITES: &[&str] = &["The Sahel Courier", "sahel-courier.example"];

    #[test]
    fn the_name_of_the_site_is_no_part_of_the_headline() {
        for title in [
            "Troops share base - in Niamey | The Sahel Courier",
            "Sahel Courier: x — Troops share base - in Niamey",
            "Troops share base - in Niamey – World | Sahel Courier",
        ] {
            let cut = without_site(title, SITES);
            assert!(cut.contains("Troops share base - in Niamey"), "{cut}");
            assert!(!cut.ends_with("Courier"), "{cut}");
        }
        assert_eq!(without_site("Sahel Courier", SITES), "Sahel Courier");
    }

    #[test]
    fn the_heading_that_another_witness_agrees_with_is_taken() {
        let heading = |text: &str| Heading { text: text.into(), level: 1, furniture: false, article: 0 };
        let survey = Survey {
            metas: vec![("og:title".into(), "“Hundreds of metres apart”: troops share base".into())],
            headings: vec![heading("World"), heading("Troops share base in Niamey")],
            title: Some("Troops share base in Niamey | Sahel Courier".into()),
            ..Survey::default()
        };
        let found = headline(&survey, None, SITES).unwrap();
        assert_eq!((found.text.as_str(), found.from), ("Troops share base in Niamey", "h1"));
    }

    #[test]
    fn a_claim_that_was_cut_short_is_made_whole() {
        let survey = Survey {
            metas: vec![("og:title".into(), "Marathon: easy win and".into())],
            title: Some("Marathon: easy win and \"royal visit\" | Sahel Courier".into()),
            ..Survey::default()
        };
        assert_eq!(headline(&survey, None, SITES).unwrap().text, "Marathon: easy win and \"royal visit\"");
    }

    #[test]
    fn a_heading_that_a_claim_begins_with_is_the_headline() {
        let survey = Survey {
            metas: vec![("og:title".into(), "“Tireless effort” - Courier of the South".into())],
            headings: vec![Heading {
                text: "“Tireless effort”".into(),
                level: 1,
                furniture: false,
                article: 0,
            }],
            ..Survey::default()
        };
        assert_eq!(headline(&survey, None, &[]).unwrap().text, "“Tireless effort”");
    }

    #[test]
    fn a_logo_is_no_headline() {
        let survey = Survey {
            headings: vec![Heading { text: "News".into(), level: 1, furniture: false, article: 0 }],
            ..Survey::default()
        };
        assert_eq!(headline(&survey, None, &[]), None);
    }
}
