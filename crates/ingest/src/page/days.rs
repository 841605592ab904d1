//! Days in short texts and URLs: found where they cannot be taken for another day, and nowhere else.

/// What stands before the date of publication, in lower case.
pub(crate) const LABELS: &[&str] = &[
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

/// A short text that may be a date with its month in words: `Published: 2 May 2024, 21:01`. It must say the
/// year; the date reader refuses what has other words in it.
pub(crate) fn in_words(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    let label = LABELS.iter().find(|label| lower.starts_with(**label) && lower.len() == text.len());
    let rest = label.map_or(text, |label| text[label.len()..].trim_start_matches([':', ' ', '\u{a0}']));
    let has_month = rest.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let has_year = rest.split(|c: char| !c.is_numeric()).any(|digits| digits.chars().count() == 4);
    (has_month && has_year).then_some(rest)
}

/// The day printed in a short text, as `2024-05-02`: digits with dots, slashes, hyphens or the characters
/// for year, month and day between them. `None` where there is none, more than one, more than a dateline's
/// words around it, or where day and month could be exchanged: templates print `05.04.2025` for both.
pub(crate) fn printed_day(text: &str, day_first: bool) -> Option<String> {
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
pub(crate) fn day_in_url(url: &str) -> Option<String> {
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
    use super::*;

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
        assert_eq!(in_words("السبت ٤ مايو ٢٠٢٤"), Some("السبت ٤ مايو ٢٠٢٤"), "in Arabic digits");
        assert_eq!((in_words("21:01"), in_words("2 May"), in_words("02.05.2024")), (None, None, None));
    }
}
