//! When a page was published and modified. A date is never invented: of two that might be the
//! article's or a teaser's, none is taken.

use dateline_model::{DAY, When};

use super::days::{LABELS, day_in_url, in_words, printed_day};
use super::json_ld::Article;
use super::survey::{Survey, TimeMark};
use crate::date::parse_date;

/// A date with the witness it comes from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Dated {
    pub when: When,
    pub from: String,
}

/// `<meta>`s that give the date of publication. `date` and its Dublin Core kin come last: some sites put
/// the last change there.
///
/// Names are compared without punctuation: `article:published_time` is `article:published:time` elsewhere.
const PUBLISHED: &[&str] = &[
    "articlepublishedtime",
    "ogarticlepublishedtime",
    "articlepublished",
    "articlepublicationdate",
    "ogpublishedtime",
    "datepublished",
    "publishdate",
    "publisheddate",
    "publicationdate",
    "pubdate",
    "publishedat",
    "parselypubdate",
    "sailthrudate",
    "cxenseparserecspublishtime",
    "cxenseparsepublishtime",
    "rnewsdatepublished",
    "dcdateissued",
    "dctermsissued",
    "dcissued",
    "dcdatecreated",
    "dctermscreated",
    "dccreated",
    "datecreated",
    "articledateoriginal",
    "articlecreated",
    "ptime",
    "dctermsdate",
    "dcdate",
    "date",
];

/// `<meta>`s that give the date of the last change.
const MODIFIED: &[&str] = &[
    "articlemodifiedtime",
    "ogarticlemodifiedtime",
    "ogupdatedtime",
    "articlemodified",
    "articleupdatedtime",
    "datemodified",
    "dctermsmodified",
    "dcdatemodified",
    "lastmodified",
    "lastmod",
    "revised",
];

/// The first day of news on the web; earlier dates are mistakes or the age of a site.
const EARLIEST: i64 = 788_918_400; // 1995-01-01

/// The dates of a page: published, modified. Dates more than a day after `fetched` are not taken.
pub(crate) fn dates(
    survey: &Survey,
    article: Option<Article<'_>>,
    web_page: Option<Article<'_>>,
    url: Option<&str>,
    fetched: Option<When>,
) -> (Option<Dated>, Option<Dated>) {
    let read = |text: &str, from: String| {
        let when = parse_date(text)?;
        let possible =
            when.seconds >= EARLIEST && fetched.is_none_or(|now| when.seconds <= now.seconds + DAY);
        possible.then_some(Dated { when, from })
    };
    let json = |node: Option<Article<'_>>, field: &str| {
        node.and_then(|node| read(&node.text(field)?, format!("json-ld:{field}")))
    };
    let bare = |name: &str| -> String { name.chars().filter(char::is_ascii_alphanumeric).collect() };
    let metas: Vec<(String, &str, &str)> =
        survey.metas.iter().map(|(name, content)| (bare(name), name.as_str(), content.as_str())).collect();
    let meta = |names: &[&str]| {
        names.iter().find_map(|wanted| {
            let mut named = metas.iter().filter(|(bare, ..)| bare == wanted);
            named.find_map(|(_, name, text)| read(text, format!("meta:{name}")))
        })
    };
    let mark = |prop: &str| {
        let marked = survey.times.iter().filter(|time| time.marks.contains(prop) && !time.place.furniture);
        agreed(marked.filter_map(|time| {
            read(time.datetime.as_deref().unwrap_or(&time.text), format!("microdata:{prop}"))
        }))
    };
    let published = json(article, "datePublished")
        .or_else(|| meta(PUBLISHED))
        .or_else(|| mark("datepublished"))
        .or_else(|| json(article, "dateCreated"))
        .or_else(|| json(web_page, "datePublished"))
        .or_else(|| shown(survey, |time| read(time.datetime.as_deref()?, "time".into())))
        .or_else(|| url.and_then(day_in_url).and_then(|day| read(&day, "url".into())))
        .or_else(|| dateline(survey, |text| read(text, "dateline".into())));
    let modified = json(article, "dateModified").or_else(|| meta(MODIFIED)).or_else(|| mark("datemodified"));
    // A page cannot have been changed before it was published: one of the two is wrong, and it is the change.
    let modified = modified.filter(|change| {
        published.as_ref().is_none_or(|first| change.when.seconds >= first.when.seconds - DAY)
    });
    (published, modified)
}

/// The one date that all witnesses give; `None` where they disagree on the day.
fn agreed(mut dates: impl Iterator<Item = Dated>) -> Option<Dated> {
    let first = dates.next()?;
    dates.all(|other| other.when.day() == first.when.day()).then_some(first)
}

/// The date shown with the headline: the first `<time>` of the article before its text begins, unless
/// it says that it is about something else.
fn shown(survey: &Survey, read: impl Fn(&TimeMark) -> Option<Dated>) -> Option<Dated> {
    let is_head = |time: &&TimeMark| {
        let place = time.place;
        let other = ["updat", "modif", "edit", "expire", "event", "duration"];
        !place.furniture
            && !place.link
            && !place.figure
            && (place.article || place.after_heading)
            && place.paragraphs_before <= HEAD
            && !other.iter().any(|word| time.marks.contains(word))
    };
    let marked = survey
        .times
        .iter()
        .filter(is_head)
        .filter(|time| time.marks.contains("pubdate") || time.marks.contains("publish"));
    agreed(marked.filter_map(&read)).or_else(|| {
        // Where the page shows no `<h1>` of its own, the article begins with `<article>`.
        let any_heading = survey.headings.iter().any(|heading| heading.level == 1 && !heading.furniture);
        let heads =
            survey.times.iter().filter(is_head).filter(|time| time.place.after_heading || !any_heading);
        let heads: Vec<Dated> = heads.filter_map(&read).collect();
        // The first is the article's, and a change comes after it; an earlier one further on means that the first
        // was the change, or that the list is of something else.
        let first = heads.first()?;
        heads.iter().all(|other| other.when.seconds >= first.when.seconds - DAY).then(|| first.clone())
    })
}

/// A date that the page prints next to its headline without marking it up. Such dates are read only where
/// day and month cannot be taken for one another, and where all that stand there agree.
fn dateline(survey: &Survey, read: impl Fn(&str) -> Option<Dated>) -> Option<Dated> {
    let lines = survey.datelines.iter().filter(|line| {
        let place = line.place;
        let lower = line.text.to_lowercase();
        let labelled = LABELS.iter().any(|label| lower.starts_with(label));
        !place.link
            && (place.after_heading || place.article || labelled)
            && (place.paragraphs_before <= HEAD || labelled)
            && !CHANGES.iter().any(|word| lower.contains(word))
    });
    let lang = survey.lang.as_deref().and_then(|lang| lang.get(..2)).unwrap_or_default().to_ascii_lowercase();
    let day_first = DAY_FIRST.contains(&lang.as_str());
    agreed(lines.filter_map(|line| {
        printed_day(&line.text, day_first).and_then(|day| read(&day)).or_else(|| read(in_words(&line.text)?))
    }))
}

/// Languages that write day, month, year with dots.
const DAY_FIRST: &[&str] = &[
    "de", "fr", "it", "pl", "cs", "sk", "ru", "uk", "tr", "ro", "bg", "fi", "nb", "no", "nn", "da", "sl",
    "hr", "sr", "et", "lv",
];

/// The article's text has begun after this many paragraphs.
const HEAD: usize = 2;

/// What stands before the date of a change.
const CHANGES: &[&str] = &[
    "updat",
    "aktualisiert",
    "stand:",
    "geändert",
    "mis à jour",
    "modif",
    "actualiz",
    "aggiorn",
    "atualiz",
    "güncel",
    "обновл",
    "zuletzt",
    "bijgewerkt",
    "修改",
    "更新",
    "수정",
];

#[cfg(test)]
mod tests {
    use super::super::survey::Place;
    use super::*;

    fn time(datetime: &str, marks: &str, place: Place) -> TimeMark {
        TimeMark { datetime: Some(datetime.into()), text: String::new(), marks: marks.into(), place }
    }

    const HEAD: Place = Place {
        article: true,
        furniture: false,
        figure: false,
        article_number: 1,
        after_heading: true,
        paragraphs_before: 0,
        link: false,
    };

    fn published(survey: &Survey, url: &str) -> Option<String> {
        dates(survey, None, None, Some(url), None).0.map(|dated| dated.when.day())
    }

    #[test]
    fn a_teasers_date_is_not_the_articles() {
        let teaser = Place { furniture: true, ..HEAD };
        let survey = Survey {
            times: vec![time("2024-04-30", "", teaser), time("2024-05-02T19:00:00Z", "", HEAD)],
            ..Survey::default()
        };
        assert_eq!(published(&survey, "https://a.example/x").as_deref(), Some("2024-05-02"));
        let late = Place { paragraphs_before: 9, ..HEAD };
        let survey = Survey { times: vec![time("2024-04-30", "", late)], ..Survey::default() };
        assert_eq!(published(&survey, "https://a.example/x"), None);
    }

    #[test]
    fn witnesses_of_one_kind_that_disagree_are_not_believed() {
        let marks = "datepublished";
        let survey = Survey {
            times: vec![
                time("2024-05-01", marks, Place::default()),
                time("2024-05-02", marks, Place::default()),
            ],
            ..Survey::default()
        };
        assert_eq!(published(&survey, "https://a.example/x"), None);
    }

    #[test]
    fn an_earlier_time_after_the_first_makes_both_doubtful() {
        let survey = Survey {
            times: vec![time("2024-05-03", "", HEAD), time("2024-04-01", "", HEAD)],
            ..Survey::default()
        };
        assert_eq!(published(&survey, "https://a.example/x"), None);
        let survey = Survey {
            times: vec![time("2024-05-03", "", HEAD), time("2024-05-09", "", HEAD)],
            ..Survey::default()
        };
        assert_eq!(published(&survey, "https://a.example/x").as_deref(), Some("2024-05-03"));
    }

    #[test]
    fn the_updated_time_is_not_the_time_of_publication() {
        let survey = Survey {
            times: vec![time("2024-05-03T08:00:00Z", "article-updated", HEAD)],
            ..Survey::default()
        };
        assert_eq!(published(&survey, "https://a.example/x"), None);
    }
}
