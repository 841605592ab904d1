//! What is indexed of a text, and what a query looks for: stems, as the reader makes them.

use std::collections::HashMap;

use dateline_model::Lang;
use dateline_reader::stems::stem;
use dateline_reader::words::{Shape, Word, words};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// The name the analysis is registered under.
pub const ANALYZER: &str = "article";

/// Languages whose stems a query word is expanded to: the ones with a stemmer of their own.
const QUERY_LANGS: [Lang; 16] = [
    Lang::EN,
    Lang::FR,
    Lang::ES,
    Lang::DE,
    Lang::PT,
    Lang::IT,
    Lang::RU,
    Lang::AR,
    Lang::NL,
    Lang::SV,
    Lang::DA,
    Lang::NB,
    Lang::FI,
    Lang::TR,
    Lang::SL,
    Lang::UNKNOWN,
];
/// Expansions of one phrase at most.
const MOST_FORMS: usize = 24;
/// Stems remembered per writer before the memory is emptied.
const REMEMBERED: usize = 1 << 18;

/// Marks a text with its language, for the analysis: a control character, the code, another one.
pub fn tagged(text: &str, lang: Lang) -> String {
    format!("\u{1}{}\u{1}{text}", lang.code())
}

fn untag(text: &str) -> (Lang, &str) {
    let parts = text.strip_prefix('\u{1}').and_then(|rest| rest.split_once('\u{1}'));
    match parts {
        Some((code, rest)) => (code.parse().unwrap_or(Lang::UNKNOWN), rest),
        None => (Lang::UNKNOWN, text),
    }
}

fn stem_of(word: Word, text: &str, lang: Lang) -> String {
    let written = word.span.of(text).unwrap_or_default();
    match word.shape {
        Shape::Pair => written.to_owned(),
        _ => stem(written, lang),
    }
}

/// The ways in which a phrase may stand in the index: its stems in each language, each way once.
pub fn forms(phrase: &[String]) -> Vec<Vec<String>> {
    let joined = phrase.join(" ");
    let found = words(&joined);
    let mut forms: Vec<Vec<String>> = Vec::new();
    for lang in QUERY_LANGS {
        let form: Vec<String> = found.iter().map(|word| stem_of(*word, &joined, lang)).collect();
        if !form.is_empty() && !forms.contains(&form) && forms.len() < MOST_FORMS {
            forms.push(form);
        }
    }
    forms
}

/// The analysis of articles: the reader's words, stemmed in the article's language.
#[derive(Clone, Default)]
pub struct ArticleWords {
    stems: HashMap<(Lang, u64), Box<str>>,
}

/// The words of one text.
pub struct Stream<'a> {
    stems: &'a mut HashMap<(Lang, u64), Box<str>>,
    text: &'a str,
    lang: Lang,
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl Tokenizer for ArticleWords {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let (lang, text) = untag(text);
        if self.stems.len() > REMEMBERED {
            self.stems.clear();
        }
        let token = Token { position: usize::MAX, ..Token::default() };
        Stream { stems: &mut self.stems, text, lang, words: words(text).into_iter(), token }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        let stem = self
            .stems
            .entry((self.lang, word.hash))
            .or_insert_with(|| stem_of(word, self.text, self.lang).into_boxed_str());
        self.token.text.clear();
        self.token.text.push_str(stem);
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = word.span.start as usize;
        self.token.offset_to = word.span.end as usize;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_and_queries_meet_in_their_stems() {
        let mut analysis = ArticleWords::default();
        let text = tagged("Les militaires russes sont entrés", Lang::FR);
        let mut stream = analysis.token_stream(&text);
        let mut stems = Vec::new();
        while stream.advance() {
            stems.push((stream.token().position, stream.token().text.clone()));
        }
        assert_eq!(stems[1].0, 1);
        assert!(forms(&["militaire".into()]).contains(&vec![stems[1].1.clone()]));
    }
}
