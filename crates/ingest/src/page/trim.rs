//! Takes off the text of an article what an extractor left of the page around it: the headline and
//! byline above, pointers to other articles between, and calls to subscribe below.
//!
//! A line that is not the article's reads, further on, as if the article said it: a teaser for another
//! story becomes a claim of this one. So what is only a pointer goes. Credits stay (`(dpa)`, `Reporting
//! by …`): they say where the reporting comes from.

use std::collections::HashSet;

use super::phrases::{CALLS, LABELS, LAST_CALLS, POINTERS};
use super::plain;

/// What is known of the page, to tell its furniture from its text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// The headline as printed.
    pub title: String,
    /// Keys of the headlines the page goes by.
    pub headlines: Vec<String>,
    /// Keys of headlines of other articles on the same page.
    pub others: HashSet<String>,
    /// Keys of the authors' names.
    pub authors: Vec<String>,
    /// Keys of the texts of links to other pages.
    pub links: HashSet<String>,
}

/// A line this short without the end of a sentence is a label, a heading or a name.
const LABEL: usize = 80;
/// The headline stands among the first lines, if at all.
const HEAD: usize = 8;
/// Linked lines over this length are paragraphs that somebody put into a link.
const LONGEST_POINTER: usize = 300;
/// Calls to subscribe are shorter than this; a paragraph that mentions a newsletter may be news.
const LONGEST_CALL: usize = 420;

/// Trims the lines of an article.
pub(crate) fn trim(mut lines: Vec<String>, known: &Known) -> Vec<String> {
    // Pages that go on with the next article: the text ends where the next headline stands.
    if let Some(end) = lines.iter().skip(1).position(|line| known.others.contains(&plain::key(line))) {
        lines.truncate(end + 1);
    }
    lines.drain(..head(&lines, known));
    drop_repeats(&mut lines, known);
    if let Some(first) = lines.first_mut() {
        *first = without_headline(first, &known.title).to_owned();
    }
    lines.retain(|line| !line.is_empty());
    lines.retain(|line| !is_pointer(line, known) && !is_label(line) && !is_call(line, CALLS));
    while lines.last().is_some_and(|line| is_tail(line, known)) {
        lines.pop();
    }
    lines
}

/// Short articles come out of extractors twice now and then, the second time under their headline: what stands
/// there goes if all its sentences were said before.
fn drop_repeats(lines: &mut Vec<String>, known: &Known) {
    let again = (1..lines.len()).find(|&at| {
        // A name with a full stop (`F. M.`) is no sentence.
        let mut after = lines[at + 1..].iter().filter(|line| width(line) >= LABEL);
        known.headlines.contains(&plain::key(&lines[at])) && after.all(|line| lines[..at].contains(line))
    });
    if let Some(again) = again {
        lines.truncate(again);
    }
}

/// How many lines at the start are headline, kicker, byline and date.
fn head(lines: &[String], known: &Known) -> usize {
    let is_headline = |line: &String| {
        let key = plain::key(line);
        // With its kicker before it, the headline is the end of the line.
        known.headlines.iter().any(|headline| {
            key == *headline || (key.len() < headline.len() + LABEL && key.ends_with(headline.as_str()))
        })
    };
    let mut start = 0;
    for (at, line) in lines.iter().take(HEAD).enumerate() {
        let before = &lines[start..at];
        if is_headline(line) && before.iter().all(|line| !is_sentence(line) || line.chars().count() < LABEL) {
            start = at + 1;
        }
    }
    while let Some(line) = lines[start..].first() {
        let key = plain::key(line);
        let names_author = known.authors.iter().any(|author| key.contains(author.as_str()));
        // A byline or a dateline; a heading or an agency's place line stays.
        if is_short(line) && (names_author || looks_like_date(line)) {
            start += 1;
            continue;
        }
        // Whatever short line stands above the date of publication is a byline, too.
        let above = lines[start..]
            .iter()
            .take(MOST_ABOVE)
            .take_while(|line| is_short(line) && !looks_like_date(line));
        let date = start + above.count();
        let has_date =
            date > start && lines.get(date).is_some_and(|line| is_short(line) && looks_like_date(line));
        if !has_date {
            break;
        }
        start = date + 1;
    }
    start
}

/// A byline and the author's office stand above a date; a list of more lines is none.
const MOST_ABOVE: usize = 2;

fn is_short(line: &str) -> bool {
    line.chars().count() < LABEL && !is_sentence(line)
}

/// A first line without the headline that it begins with, and without the date after it: some templates set
/// headline, date and text in one block.
fn without_headline<'a>(line: &'a str, title: &str) -> &'a str {
    match line.strip_prefix(title) {
        Some(rest) if !title.is_empty() && rest.starts_with(char::is_whitespace) => {
            let rest = rest.trim_start();
            let text = rest.trim_start_matches(|c: char| {
                c.is_ascii_digit() || c.is_whitespace() || "/:.-年月日時分".contains(c)
            });
            let digits = rest[..rest.len() - text.len()].bytes().filter(u8::is_ascii_digit).count();
            if digits >= 6 { text } else { rest }
        }
        _ => line,
    }
}

/// Whether a short line is a date or a reading time and hardly anything else.
fn looks_like_date(text: &str) -> bool {
    let digits = text.chars().filter(|c| c.is_numeric()).count();
    let has_year = text.split(|c: char| !c.is_numeric()).any(|number| number.chars().count() == 4);
    let divided = text.contains([':', '.', '/', '年', '|']);
    digits >= 4 && (divided || has_year) && text.chars().filter(|c| c.is_alphabetic()).count() <= 30
}

/// Whether a line is only a pointer to another page.
fn is_pointer(line: &str, known: &Known) -> bool {
    if line.chars().count() > LONGEST_POINTER {
        return false;
    }
    let key = plain::key(line);
    if known.links.contains(&key) {
        return true;
    }
    let lower = line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    POINTERS.iter().any(|pointer| lower.starts_with(pointer))
        && (!is_sentence(line)
            || line.split_once(':').is_some_and(|(_, rest)| known.links.contains(&plain::key(rest))))
}

fn is_label(text: &str) -> bool {
    text.chars().count() < LABEL && LABELS.contains(&plain::key(text).as_str())
}

fn is_call(text: &str, calls: &[&str]) -> bool {
    let lower = text.to_lowercase();
    text.chars().count() < LONGEST_CALL && calls.iter().any(|call| lower.contains(call))
}

/// Whether a line at the end is no text: a heading with nothing under it, an author's name, a label.
fn is_tail(text: &str, known: &Known) -> bool {
    let key = plain::key(text);
    let is_author = known.authors.contains(&key);
    is_author
        || is_call(text, LAST_CALLS)
        || (text.chars().count() < LABEL && !is_sentence(text) && !is_credit(text))
}

/// Whether a line ends as sentences end, in the scripts that have such an end.
pub(crate) fn is_sentence(text: &str) -> bool {
    let last = text
        .trim_end_matches(['"', '”', '“', '»', '«', '\'', '’', ')', ']', '」', '』', '）', ' '])
        .chars()
        .next_back();
    last.is_some_and(|last| matches!(last, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '։' | '።'))
        // Scripts without a full stop of their own.
        || text.chars().any(|c| matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'))
}

/// Width of a text in characters, those of Chinese, Japanese and Korean counted twice: they say more each.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| if matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}') { 2 } else { 1 }).sum()
}

/// Whether a short line says who reported: in brackets, behind a sign, with a slash, or with an agency's name.
fn is_credit(text: &str) -> bool {
    const AGENCIES: &[&str] = &[
        "afp", "ap", "reuters", "dpa", "apa", "sda", "efe", "ansa", "upi", "tass", "xinhua", "ntb", "tt",
        "pti", "ani", "epd", "kna", "sid", "ritzau", "belga", "anp", "lusa", "ria", "interfax",
    ];
    let words = plain::key(text);
    text.contains(['©', '(', '（', '/'])
        || words.split(' ').any(|word| AGENCIES.contains(&word))
        || [
            "source",
            "quelle",
            "fuente",
            "fonte",
            "kilde",
            "kilder",
            "источник",
            "with files from",
            "with reporting",
            "reporting by",
            "avec",
            "mit material",
            "mit agentur",
        ]
        .iter()
        .any(|lead| words.starts_with(lead))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_above_a_date_goes_with_it() {
        assert_eq!(trimmed(&["Foreign Desk", "3 May 2024, 15:00", TEXT]), [TEXT]);
        assert_eq!(trimmed(&["Publié le lundi 6 mai 2024 à 09h00", TEXT]), [TEXT]);
        assert_eq!(trimmed(&["مراسل المنبر", "السبت ٤ مايو ٢٠٢٤ - ١٧:٤٠", TEXT]), [TEXT]);
        assert_eq!(trimmed(&["What is known", TEXT]), ["What is known", TEXT], "a heading stays");
    }

    const LONG: &str =
        "US and Russian troops share an air base, a defence official said on Thursday, but not a hangar.";

    #[test]
    fn a_text_that_comes_twice_is_said_once() {
        assert_eq!(trimmed(&[LONG, "World", "Troops share base in Niamey", "F. M.", LONG]), [LONG]);
        let parts = [LONG, "Troops share base in Niamey", TEXT, &LONG.replace("Thursday", "Friday")];
        assert_eq!(trimmed(&parts).len(), 4, "a headline is a heading where something new stands under it");
    }

    fn trimmed(lines: &[&str]) -> Vec<String> {
        let known = Known {
            title: "Troops share base in Niamey".into(),
            headlines: vec![plain::key("Troops share base in Niamey")],
            others: HashSet::from([plain::key("Another story")]),
            authors: vec![plain::key("Amina Saley")],
            links: HashSet::from([plain::key("Hangar doors closed"), plain::key("Hangar zu.")]),
        };
        trim(lines.iter().map(|line| (*line).to_owned()).collect(), &known)
    }

    const TEXT: &str = "US and Russian troops share an air base, a defence official said.";

    #[test]
    fn headline_byline_and_date_above_the_text_go() {
        for head in [
            "Troops share base in Niamey",
            "Niger: Troops share base in Niamey",
            "By Amina Saley",
            "02.05.2024 | 19:00",
        ] {
            assert_eq!(trimmed(&[head, TEXT]), [TEXT], "{head}");
        }
        assert_eq!(trimmed(&[&format!("Troops share base in Niamey 2024/05/02 19:00 {TEXT}")]), [TEXT]);
        let kept = trimmed(&["The talks", TEXT]);
        assert_eq!(kept, ["The talks", TEXT], "a heading of the article's own stays");
    }

    #[test]
    fn pointers_go_and_linked_words_stay() {
        let lines = [TEXT, "Hangar doors closed", "Lesen Sie auch: Hangar zu.", "À lire aussi", TEXT];
        assert_eq!(trimmed(&lines), [TEXT, TEXT]);
        assert_eq!(trimmed(&["More from the base was seen on Friday.", TEXT]).len(), 2);
    }

    #[test]
    fn calls_to_subscribe_go_and_credits_stay() {
        let lines = [
            TEXT,
            "Sign up for our newsletter and get the news first.",
            "(dpa)",
            "Recommended for you",
            "Amina Saley",
        ];
        assert_eq!(trimmed(&lines), [TEXT, "(dpa)"]);
        let news =
            "Die Behörde verarbeitet personenbezogene Daten ohne Rechtsgrundlage, sagt der Beauftragte.";
        assert_eq!(trimmed(&[news, TEXT]), [news, TEXT], "what may be news goes at the end only");
        assert_eq!(trimmed(&[TEXT, "Ihr Feedback ist willkommen."]), [TEXT]);
        assert_eq!(trimmed(&[TEXT, "Reporting by Amina Saley; AP contributed"]).len(), 2);
    }

    #[test]
    fn the_next_article_on_the_page_is_not_this_one() {
        assert_eq!(trimmed(&[TEXT, "Another story", "Its text is another's."]), [TEXT]);
    }
}
