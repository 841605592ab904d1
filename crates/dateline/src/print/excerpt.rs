//! The words around a hit: the stretch of an article that has the most of what was looked for.

use std::collections::BTreeSet;

use dateline_brief::faces::clean;
use dateline_model::{Lang, Span};
use dateline_reader::stems::stem;
use dateline_reader::words::{Shape, Word, words};
use dateline_store::search::{Clause, Search};

/// Words of an excerpt: two or three lines of a page.
const WORDS: usize = 36;
/// Words shown in front of the first hit, so that it stands in a context.
const BEFORE: usize = 8;
/// Signs that stand around hits while the text is cleaned. They are of the area for private use, and are
/// taken out of foreign text first.
const MARKS: [char; 2] = ['\u{E000}', '\u{E001}'];

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Where it stands.
    pub span: Span,
    /// Its words for print, in one line, `…` where the text goes on; hits between two marks.
    marked: String,
}

impl Excerpt {
    /// The excerpt with each hit as `emphasis` has it.
    pub fn print(&self, emphasis: impl Fn(&str) -> String) -> String {
        let mut printed = String::with_capacity(self.marked.len());
        let mut rest = self.marked.as_str();
        while let Some((before, after)) = rest.split_once(MARKS[0]) {
            let (hit, after) = after.split_once(MARKS[1]).unwrap_or((after, ""));
            printed.push_str(before);
            printed.push_str(&emphasis(hit));
            rest = after;
        }
        printed + rest
    }
}

/// The stretch of a text that has the most different words of a search; the first one of several. Where
/// there is none, the beginning.
pub fn excerpt(text: &str, lang: Lang, search: &Search) -> Excerpt {
    let sought = stems_of(search, lang);
    let all = words(text);
    let hits: Vec<Option<&str>> = all
        .iter()
        .map(|word| {
            let stem = stem_of(*word, text, lang);
            sought.get(&stem).map(String::as_str)
        })
        .collect();
    let richness = |start: usize| {
        hits[start..hits.len().min(start + WORDS - BEFORE)].iter().flatten().collect::<BTreeSet<_>>().len()
    };
    let starts = (0..hits.len()).filter(|&at| hits[at].is_some());
    // `max_by_key` gives the last of equals, so the order is turned around.
    let best = starts.rev().max_by_key(|&at| richness(at)).unwrap_or(0);
    let first = best.saturating_sub(BEFORE);
    let last = all.len().min(first + WORDS);

    let start = all.get(first).filter(|_| first > 0).map_or(0, |word| word.span.start as usize);
    let end = all.get(last).map_or(text.len(), |_| all[last - 1].span.end as usize);
    let mut marked = String::new();
    let mut at = start;
    for (word, _) in all[first..last].iter().zip(&hits[first..last]).filter(|(_, hit)| hit.is_some()) {
        // Pairs of characters overlap; the second of two only goes on.
        let from = (word.span.start as usize).max(at);
        push(&mut marked, &text[at..from]);
        marked.push(MARKS[0]);
        push(&mut marked, &text[from..(word.span.end as usize).max(from)]);
        marked.push(MARKS[1]);
        at = (word.span.end as usize).max(from);
    }
    push(&mut marked, &text[at..end.max(at)]);
    let mut marked = clean(&marked);
    if start > 0 {
        marked.insert_str(0, "… ");
    }
    if end < text.len() {
        marked.push_str(" …");
    }
    Excerpt { span: Span::new(start, end.max(at)), marked }
}

fn push(marked: &mut String, foreign: &str) {
    marked.extend(foreign.chars().filter(|letter| !MARKS.contains(letter)));
}

fn stem_of(word: Word, text: &str, lang: Lang) -> String {
    let written = word.span.of(text).unwrap_or_default();
    if word.shape == Shape::Pair { written.to_owned() } else { stem(written, lang) }
}

fn stems_of(search: &Search, lang: Lang) -> BTreeSet<String> {
    let sought = search.clauses.iter().filter_map(|clause| match clause {
        Clause::Must(alternatives) => Some(alternatives.iter().flatten()),
        Clause::MustNot(_) => None,
    });
    sought
        .flatten()
        .chain(search.speakers().flatten())
        .flat_map(|given| words(given).into_iter().map(move |word| stem_of(word, given, lang)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::Registry;

    fn of(text: &str, query: &str, lang: Lang) -> String {
        let search = dateline_store::search::parse(query, Registry::builtin()).unwrap();
        excerpt(text, lang, &search).print(|hit| format!("[{hit}]"))
    }

    #[test]
    fn the_richest_stretch_is_shown_with_every_form_of_the_words() {
        let filler =
            "The convoy waited in the rain and nobody knew for how long it would have to. ".repeat(6);
        let text =
            format!("The hangar is old. {filler}Russian forces use a separate hangar at the base.\n{filler}");
        let printed = of(&text, "hangars \"Russian force\"", Lang::EN);
        assert!(printed.contains("[Russian] [forces] use a separate [hangar] at the base. The"), "{printed}");
        assert!(printed.starts_with("… ") && printed.ends_with(" …"), "{printed}");
        let french = of("Les militaires russes sont entrés.", "militaire -base", Lang::FR);
        assert_eq!(french, "Les [militaires] russes sont entrés.");
    }

    #[test]
    fn odd_texts_have_excerpts_too() {
        assert_eq!(of("", "hangar", Lang::EN), "");
        assert_eq!(of("Nothing of it.", "hangar", Lang::EN), "Nothing of it.");
        assert_eq!(of("a \u{E000}hangar\u{E001} \u{1b}[31m", "hangar", Lang::EN), "a [hangar] [31m");
        assert!(of("尼亚美空军基地与俄军共用机库", "空军基地", Lang::UNKNOWN).contains('['));
        assert!(of(&"word ".repeat(5_000), "word", Lang::EN).len() < 1_000);
    }
}
