//! When a page was published and modified. A date is never invented: of two that might be the
//! article's or a teaser's, none is taken.

use dateline_model::{DAY, When};

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

/// A short text that may be a date with its month in words: `Published: 2 May 2024, 21:01`. It must say the
/// year; the date reader refuses what has other words in it.
fn in_words(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let label = LABELS.iter().find(|label| lower.starts_with(**label) && lower.len() == text.len());
    let rest = label.map_or(text, |label| text[label.len()..].trim_start_matches([':', ' ', '\u{a0}']));
    let has_month = rest.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let has_year = rest.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    (has_month && has_year).then_some(rest)
}

/// The article's text has begun after this many paragraphs.
const HEAD: usize = 2;

/// What stands before the date of publication, in lower case.
const LABELS: &[&str] = &[
    "datum",
    "date",
    "published",
    "veröffentlicht",
    "publié",
    "publicado",
    "pubblicato",
    "fecha",
    "erstellt",
    "дата",
];

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

/// The day printed in a short text, as `2024-05-02`: digits with dots, slashes, hyphens or the characters
/// for year, month and day between them. `None` where there is none, more than one, more than a dateline's
/// words around it, or where day and month could be exchanged: templates print `05.04.2025` for both.
fn printed_day(text: &str, day_first: bool) -> Option<String> {
    /// A dateline has a weekday, a time, a place, a name; a sentence has more letters.
    const MOST_LETTERS: usize = 40;
    if text.chars().filter(|c| c.is_alphabetic()).count() > MOST_LETTERS {
        return None;
    }
    let mut days = text.char_indices().filter_map(|(at, c)| {
        let before = text[..at].chars().next_back();
        (c.is_ascii_digit() && !before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-')))
            .then(|| day_at(&text[at..], day_first))?
    });
    let first = days.next()?;
    days.all(|other| other == first).then_some(first)
}

/// The day at the start of a text: year first, or day or month first where one of them is over 12. Years of two
/// digits only after dots in a language that puts the `day_first`: `25.04.24` is a day of 2025 in Korean.
fn day_at(text: &str, day_first: bool) -> Option<String> {
    fn number(text: &str) -> Option<(u32, usize, &str)> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        Some((text[..digits].parse().ok()?, digits, &text[digits..]))
    }
    let (first, first_len, rest) = number(text)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '.' | '/' | '-' | '年' | '년'))?;
    let (second, second_len, rest) = number(rest[separator.len_utf8()..].trim_start())?;
    let next = rest.chars().next().filter(|c| *c == separator || matches!(c, '月' | '월'))?;
    let (third, third_len, rest) = number(rest[next.len_utf8()..].trim_start())?;
    if second_len > 2 || rest.starts_with(separator) {
        return None;
    }
    let (year, month, day) = match (first_len, third_len) {
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) if first > 12 || first == second => (third, second, first),
        (1 | 2, 4) if second > 12 => (third, first, second),
        (2, 2) if first > 12 && separator == '.' && day_first => (2000 + third, second, first),
        _ => return None,
    };
    ((1995..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
        .then(|| format!("{year}-{month:02}-{day:02}"))
}

/// The day in a URL's path: `/2024/05/02/`, `/2024-05-02-`, `/20240502/`.
fn day_in_url(url: &str) -> Option<String> {
    let path = url.split(['?', '#']).next()?.split_once("://")?.1;
    let path = &path[path.find('/')?..];
    let mut runs: Vec<(usize, &str)> = Vec::new();
    let mut start = None;
    for (at, b) in path.bytes().enumerate().chain([(path.len(), b'/')]) {
        match (b.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push((from, &path[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    let alone = |at: usize| matches!(path.as_bytes().get(at.wrapping_sub(1)), Some(b'/' | b'-' | b'_'));
    let plausible = |year: &str, month: &str, day: &str| {
        let number = |text: &str| text.parse::<u32>().unwrap_or(0);
        ((1995..2100).contains(&number(year))
            && (1..=12).contains(&number(month))
            && (1..=31).contains(&number(day)))
        .then(|| format!("{year}-{:02}-{:02}", number(month), number(day)))
    };
    for window in runs.windows(3) {
        let [(y, year), (m, month), (d, day)] = window else { continue };
        let joined = y + 4 + 1 == *m
            && m + month.len() + 1 == *d
            && path.as_bytes()[y + 4] == path.as_bytes()[m + month.len()];
        if year.len() == 4 && month.len() <= 2 && day.len() <= 2 && joined && alone(*y) {
            return plausible(year, month, day);
        }
    }
    // `/2024/0502/`
    for window in runs.windows(2) {
        let [(y, year), (m, rest)] = window else { continue };
        if year.len() == 4 && rest.len() == 4 && y + 5 == *m && alone(*y) && path.as_bytes()[y + 4] == b'/' {
            return plausible(year, &rest[..2], &rest[2..]);
        }
    }
    let whole = runs
        .iter()
        .find(|(at, run)| run.len() == 8 && alone(*at) && (run.starts_with("19") || run.starts_with("20")));
    whole.and_then(|(_, run)| plausible(&run[..4], &run[4..6], &run[6..]))
}

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
    fn days_in_urls_are_days() {
        for (url, day) in [
            ("https://a.example/2024/05/02/base", Some("2024-05-02")),
            ("https://a.example/world/2024-5-2-base-101", Some("2024-05-02")),
            ("https://a.example/world/20240502/base", Some("2024-05-02")),
            ("https://a.example/n1/2024/0424/c1001-40223222.html", Some("2024-04-24")),
            ("https://a.example/world/base-20241399", None),
            ("https://a.example/2024/05/base-12", None),
            ("https://a.example/article/88420240502", None),
            ("https://a.example/base?d=2024/05/02", None),
        ] {
            assert_eq!(day_in_url(url).as_deref(), day, "{url}");
        }
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
    fn printed_days_are_read_only_where_they_cannot_be_misread() {
        for (text, day) in [
            ("Datum 28.04.2023", Some("2023-04-28")),
            ("Niamey, 04/28/2023, 14:07", Some("2023-04-28")),
            ("2024年04月24日23:52 | 来源：", Some("2024-04-24")),
            ("입력 2026.01.29 18:40", Some("2026-01-29")),
            ("05.04.2025", None),
            ("05.05.2025", Some("2025-05-05")),
            ("28.04.23", None),
            ("28.04.2023 – 30.04.2023", None),
            ("192.168.28.4", None),
            ("Am 28.04.2023 trafen sich die Minister beider Länder in Niamey zu Gesprächen", None),
        ] {
            assert_eq!(printed_day(text, false).as_deref(), day, "{text}");
        }
        assert_eq!(printed_day("Do 25.04.24 | 14:07 Uhr", true).as_deref(), Some("2024-04-25"));
        assert_eq!(printed_day("Do 05.04.24 | 14:07 Uhr", true), None);
    }

    #[test]
    fn dates_in_words_are_told_from_sentences_by_their_year() {
        assert_eq!(in_words("Published: 2 May 2024, 21:01"), Some("2 May 2024, 21:01"));
        assert_eq!(in_words("2 мая 2024"), Some("2 мая 2024"));
        assert_eq!((in_words("21:01"), in_words("2 May"), in_words("02.05.2024")), (None, None, None));
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
