//! The light path: what every article is read for, at thousands a second.

use dateline_model::{Lang, Reading};

use crate::language;
use crate::shingles::shingles;
use crate::terms::terms;
use crate::words::words;

/// Reads an article as far as the stories room needs.
pub fn read(title: &str, text: &str, declared: Option<Lang>) -> Reading {
    let lang = language::identify(title, text, declared);
    let title_words = words(title);
    let text_words = words(text);
    Reading {
        lang: Some(lang),
        terms: terms(title, text, &title_words, &text_words, lang),
        shingles: shingles(&text_words),
        words: text_words.len() as u32,
        ..Reading::default()
    }
}
