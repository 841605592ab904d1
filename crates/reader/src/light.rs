//! The light path: what every article is read for, at thousands a second.

use dateline_model::{Lang, Reading, Registry};

use crate::attributions::attributions;
use crate::credits::CreditFinder;
use crate::language;
use crate::sentences::sentences;
use crate::shingles::shingles;
use crate::terms::terms;
use crate::words::words;

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
        let credits = self.credits.find(title, text, byline, lang);
        let prose = floor(text, READ_FOR_SPEAKERS);
        let prose_words =
            &text_words[..text_words.partition_point(|word| word.span.end as usize <= prose.len())];
        let said = attributions(prose, prose_words, &sentences(prose, lang), lang, &credits);
        Reading {
            lang: Some(lang),
            terms: terms(title, text, &title_words, &text_words, lang),
            shingles: shingles(&text_words),
            credits,
            on_record: said.iter().any(|attribution| attribution.speaker.is_on_record()),
            anonymous: said.iter().any(|attribution| !attribution.speaker.is_on_record()),
            words: text_words.len() as u32,
        }
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
        assert!(reading.anonymous && !reading.on_record);
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
