//! The light path: what every article is read for, at thousands a second.

use dateline_model::{Credit, Lang, Reading, Registry};

use crate::attributions::is_on_record;
use crate::credits::CreditFinder;
use crate::language;
use crate::shingles::shingles;
use crate::terms::terms;
use crate::words::{Word, words};

/// The parts of an article that are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Copy<'a> {
    /// Headline.
    pub title: &'a str,
    /// Body.
    pub text: &'a str,
    /// Byline as printed.
    pub byline: &'a str,
    /// Language the source declares.
    pub lang: Option<Lang>,
    /// Language as it was read before: it is not read again.
    pub read_as: Option<Lang>,
}

/// Text beyond this many bytes is not read for speakers: a 5 MB page is a database dump, and a
/// report names its sources in the first part of it.
const READ_FOR_SPEAKERS: usize = 200_000;

/// Bytes that are read for speakers before the rest is: three in four articles quote somebody by name in them.
const READ_FIRST: usize = 2_500;

/// Reads articles; built once, shared by all threads.
#[derive(Debug, Clone)]
pub struct Reader {
    credits: CreditFinder,
}

impl Reader {
    /// A reader that knows the outlets of a registry by name.
    pub fn new(registry: &Registry) -> Self {
        Self { credits: CreditFinder::new(registry) }
    }

    /// Finds the words that credit other newsrooms.
    pub fn credits(&self) -> &CreditFinder {
        &self.credits
    }

    /// Reads an article as far as the stories room needs.
    pub fn read(&self, copy: Copy<'_>) -> Reading {
        let Copy { title, text, byline, .. } = copy;
        let lang = copy.read_as.unwrap_or_else(|| language::identify(title, text, copy.lang));
        let title_words = words(title);
        let text_words = words(text);
        let credits = self.credits.find_at_ends(title, text, byline, lang);
        let on_record = quotes_on_record(text, &text_words, lang, &credits);
        Reading {
            lang: Some(lang),
            terms: terms(title, text, &title_words, &text_words, lang),
            shingles: shingles(&text_words),
            credits,
            on_record,
            words: text_words.len() as u32,
        }
    }
}

/// True where somebody named, an office or a document is quoted in a text.
fn quotes_on_record(text: &str, words: &[Word], lang: Lang, credits: &[Credit]) -> bool {
    // One speaker on the record is enough to know, and most articles have one at the beginning.
    let first = whole_sentences(floor(text, READ_FIRST));
    if is_on_record(first, 0, up_to(words, first.len()), lang, credits) {
        return true;
    }
    if text.len() <= READ_FIRST {
        return false;
    }
    // Lines that were read are not read again; a line that was cut is.
    let is_read = text[first.len()..].starts_with('\n') && !first.trim().is_empty();
    let prose = floor(text, READ_FOR_SPEAKERS);
    is_on_record(prose, if is_read { first.len() } else { 0 }, up_to(words, prose.len()), lang, credits)
}

/// The words that end within the first `end` bytes.
fn up_to(words: &[Word], end: usize) -> &[Word] {
    &words[..words.partition_point(|word| word.span.end as usize <= end)]
}

/// A text without the sentence that its end cuts through: all of it up to the last line or stop.
fn whole_sentences(text: &str) -> &str {
    match text.rfind('\n').or_else(|| text.rfind(". ").map(|stop| stop + 1)) {
        Some(end) if text.len() >= READ_FIRST - 4 => &text[..end],
        _ => text,
    }
}

/// The first `most` bytes of a text, or one character less.
fn floor(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::CreditKind;

    #[test]
    fn one_pass_gives_all_the_stories_room_needs() {
        let registry =
            Registry::parse("meridian-wire.example\tMeridian Wire\tGB\ten\twire\t\tindependent\tinvented\n");
        let reader = Reader::new(&registry.0);
        let reading = reader.read(Copy {
            title: "Troops share base in Niger",
            text: "NIAMEY, May 1 (Meridian Wire) – Russian forces are using a separate hangar, a senior U.S. defense \
                   official said on condition of anonymity.",
            ..Copy::default()
        });
        assert_eq!(reading.lang, Some(Lang::EN));
        assert_eq!(reading.credits[0].kind, CreditKind::Carried);
        assert!(!reading.on_record);
        assert!(reading.terms.iter().any(|term| term.title > 0));
    }

    #[test]
    fn odd_articles_are_read() {
        let reader = Reader::new(&Registry::default());
        for text in
            ["", "\n\n\n", "…", &"“".repeat(10_000), &"word ".repeat(20_000), &"\u{0301}".repeat(1000)]
        {
            reader.read(Copy { text, ..Copy::default() });
        }
    }
}
