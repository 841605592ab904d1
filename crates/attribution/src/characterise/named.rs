//! Speakers under their names: where in a phrase the name stands, whether it is a person's, and what it says they are.

use std::ops::Range;

use dateline_grammar::NameKind;
use dateline_model::SpeakerKind;

use super::lexicon::LEXICON;
use super::names::{ORGANISATION, TITLES, bare, gender_of_title, is_agent_noun, name_kind, name_run};
use super::speaker::{LONGEST, Speaker, phrase};
use super::tree::Tree;

/// The name that a phrase states of its speaker, at its head or right behind what they are, where the tree turns on another
/// word: "**Barbara O’Malley**, curator emerita of …", "Customs Officer in Command **Richard Delorme**". Nobody who
/// is named is a source without a name. "A friend of Anna Lind" and "Anna Lind’s lawyer" are others.
pub fn stated_name(tree: &Tree<'_>, phrase: &Range<usize>) -> Option<Range<usize>> {
    let end = phrase.clone().find(|&at| at > phrase.start && tree.word(at) == ",").unwrap_or(phrase.end);
    let capital = |at: usize| {
        // "O’Malley" in three tokens
        let inside = matches!(tree.word(at), "’" | "'") && at + 1 < end && tree.is_capitalised(at + 1);
        at < end && (inside || tree.is_capitalised(at))
    };
    let first =
        (phrase.start..end).find(|&at| LEXICON.forenames.contains_key(tree.lower(at)) && capital(at))?;
    let last = (first..end).take_while(|&at| capital(at)).last()?;
    // The name ends the phrase before the comma, and nothing before it makes it another's.
    // "The North Carolina Republican" has none.
    let whole = last > first && last + 1 == end && !LEXICON.calls_somebody(tree.lower(last));
    let before = first.checked_sub(1).filter(|&at| at >= phrase.start);
    let own = before.is_none_or(|at| {
        tree.is_noun(at) && !matches!(tree.lower(at), "friend" | "lawyer" | "aide") && tree.tag(at) != "POS"
    });
    // "in Command Richard Delorme": what stands behind the preposition is part of what they are.
    let of = before.is_some_and(|_| {
        (phrase.start..first).any(|at| matches!(tree.lower(at), "of" | "to" | "for" | "by" | "from" | "with"))
    });
    (whole && own && !of).then_some(first..last + 1)
}

impl Speaker {
    /// True where a run of capitalised words is a person's name.
    pub(super) fn is_person(&self, tree: &Tree<'_>, name: &Range<usize>) -> bool {
        let lexicon = &*LEXICON;
        let at_title = |at: usize| {
            TITLES.contains(&bare(tree.lower(at)))
                || lexicon.person.contains(bare(tree.lower(at)))
                || lexicon.spokesperson.contains(tree.lower(at))
        };
        let before = name.start.checked_sub(1).filter(|&at| at >= self.phrase.start);
        let polite = |at: usize| matches!(bare(tree.lower(at)), "mr" | "mrs" | "ms" | "miss" | "dr" | "sir");
        if name.clone().rev().skip(1).any(polite) || before.is_some_and(polite) {
            return true;
        }
        let titled = name.clone().rev().skip(1).any(at_title)
            || before.is_some_and(|at| {
                !tree.is_mark(at)
                    && (at_title(at) || lexicon.holder.contains(tree.lower(at)))
                    && tree.label(at) != "poss"
            });
        // "Vann Newkirk II", "John Kennedy Jr."
        let numbered = |at: usize| matches!(bare(tree.lower(at)), "ii" | "iii" | "iv" | "jr" | "sr");
        let last = name.clone().rev().find(|&at| !tree.is_mark(at) && !numbered(at)).unwrap_or(name.end - 1);
        let last = tree.lower(last);
        // "Charlie King", "Maria Bishop": a given name holds over what the surname means.
        let given = name.len() > 1 && lexicon.forenames.contains_key(tree.lower(name.start));
        // "Northgate Bank", "Orion Energy Company", "Justice Department": the last word says that it is no person.
        if lexicon.office.contains(last)
            || lexicon.document.contains(last)
            || ORGANISATION.contains(&bare(last))
            || (!given
                && (lexicon.person.contains(last)
                    || lexicon.holder.contains(last)
                    || lexicon.people.contains(last)))
        {
            return false;
        }
        if titled {
            return true;
        }
        let words: Vec<usize> = name.clone().filter(|&at| !tree.is_mark(at)).collect();
        let first = tree.lower(words.first().copied().unwrap_or(self.head));
        let with_article = before.is_some_and(|at| tree.label(at) == "det");
        if with_article || tree.tag(self.head) == "NNPS" {
            return false;
        }
        let written = tree.span(name.clone()).of(tree.text).unwrap_or_default();
        let place = written.to_lowercase();
        if lexicon.countries.contains(&place)
            || (lexicon.capitals.contains(&place) && !lexicon.forenames.contains_key(place.as_str()))
        {
            return false;
        }
        let organisation = words.iter().any(|&at| {
            lexicon.office.contains(tree.lower(at)) || ORGANISATION.contains(&bare(tree.lower(at)))
        });
        if organisation {
            return false;
        }
        let shouted = |at: usize| {
            tree.word(at).len() > 1 && tree.word(at).chars().all(|c| c.is_uppercase() || c == '.')
        };
        let kind = name_kind(tree, self.head);
        if words.len() == 1 {
            if shouted(words[0]) {
                return false;
            }
            return match kind {
                Some(NameKind::Person) => true,
                Some(NameKind::Gpe | NameKind::Location | NameKind::Facility | NameKind::Norp) => {
                    lexicon.forenames.contains_key(first)
                }
                Some(NameKind::Organization) => {
                    lexicon.forenames.contains_key(first) || lexicon.surnames.contains(first)
                }
                _ => true,
            };
        }
        if words.iter().all(|&at| shouted(at)) {
            return false;
        }
        lexicon.forenames.contains_key(first)
            || match kind {
                Some(NameKind::Person) => true,
                Some(
                    NameKind::Gpe
                    | NameKind::Location
                    | NameKind::Facility
                    | NameKind::Norp
                    | NameKind::Organization
                    | NameKind::Event
                    | NameKind::Law,
                ) => false,
                _ => words.len() <= 4,
            }
    }

    /// "a fisherman, Bako Sule": the name behind the comma.
    pub(super) fn apposed_name(&self, tree: &Tree<'_>) -> Option<usize> {
        let lexicon = &*LEXICON;
        let word = tree.lower(self.head);
        let person = lexicon.person.contains(word)
            || lexicon.holder.contains(word)
            || lexicon.spokesperson.contains(word)
            || is_agent_noun(word)
            || self.head_is_title(tree);
        // "A freshman named Hailey Puckett"
        let called = tree
            .children(self.head)
            .find(|&child| tree.label(child) == "acl" && matches!(tree.lower(child), "named" | "called"));
        if let Some(name) = called.and_then(|verb| tree.child(verb, &["oprd", "dobj", "attr"])) {
            return self.is_name_of_person(tree, name).then_some(name);
        }
        let appos =
            tree.children(self.head).find(|&child| child > self.head && tree.label(child) == "appos")?;
        let sure = person || LEXICON.forenames.contains_key(tree.lower(name_run(tree, appos).start));
        (sure && !tree.tag(self.head).starts_with("NNP") || person)
            .then_some(appos)
            .filter(|&appos| self.is_name_of_person(tree, appos))
    }

    /// "An attorney for Pagliano, Mark MacDougall": a name behind the last comma of a source, wherever the parser has
    /// hung it.
    pub fn name_behind(&mut self, tree: &Tree<'_>, source: Range<usize>) {
        let mut end = source.end;
        while end > source.start && tree.is_mark(end - 1) {
            end -= 1;
        }
        let Some(comma) = (source.start..end).rev().find(|&at| tree.word(at) == ",") else { return };
        let words = comma + 1..end;
        let all = words.clone().all(|at| tree.is_capitalised(at) && tree.tag(at).starts_with("NNP"));
        if (2..=4).contains(&words.len()) && all && self.head < comma && self.is_name_of_person(tree, end - 1)
        {
            self.role = Some(self.phrase.start..comma);
            self.name = Some(words);
            self.kind = SpeakerKind::Named;
        }
    }

    fn is_name_of_person(&self, tree: &Tree<'_>, at: usize) -> bool {
        let name = name_run(tree, at);
        tree.is_capitalised(at)
            && tree.tag(at).starts_with("NNP")
            && Self { head: at, phrase: name.clone(), ..self.clone() }.is_person(tree, &name)
    }

    fn head_is_title(&self, tree: &Tree<'_>) -> bool {
        TITLES.contains(&bare(tree.lower(self.head)))
    }

    /// Parts the titles from a name and finds what the person is.
    pub(super) fn take_name(&mut self, tree: &Tree<'_>, name: Range<usize>) {
        let lexicon = &*LEXICON;
        let title = |at: usize| {
            let word = bare(tree.lower(at));
            TITLES.contains(&word)
                || lexicon.person.contains(word)
                || lexicon.holder.contains(word)
                || lexicon.spokesperson.contains(word)
        };
        // The name begins behind the last title in it.
        let last = name.end - 1;
        let start = name.clone().filter(|&at| at < last && title(at)).max().map_or(name.start, |at| at + 1);
        let from = self.phrase.start.min(name.start);
        let polite = |at: usize| {
            matches!(
                bare(tree.lower(at)),
                "mr" | "mrs" | "ms" | "miss" | "dr" | "sir" | "dame" | "lord" | "lady" | "prof"
            )
        };
        for at in from..start {
            self.gender = self.gender.or(gender_of_title(tree.lower(at)));
        }
        if self.gender.is_none() {
            self.gender = lexicon.forenames.get(bare(tree.lower(start))).copied().flatten();
        }
        // "Defense Secretary Mara Lindqvist", "union leader Petra Novik": all before the name, politeness apart.
        let mut role = from..start;
        while role.start < role.end && (polite(role.end - 1) || tree.is_mark(role.end - 1)) {
            role.end -= 1;
        }
        let says = role.clone().any(|at| title(at) && !polite(at));
        self.role = if says { Some(role) } else { self.role_behind(tree, last) };
        self.name = Some(start..name.end);
        // "Mr. King and Mr. Morial" names two.
        if let Some(and) = tree.children(last).find(|&child| child > last && tree.label(child) == "cc") {
            self.phrase.end = self.phrase.end.min(and).max(name.end);
        }
    }

    /// "Otto Reiss, the bank's chairman".
    pub(super) fn role_behind(&self, tree: &Tree<'_>, name: usize) -> Option<Range<usize>> {
        let appos = tree
            .children(name)
            .find(|&child| child > name && tree.label(child) == "appos" && tree.is_noun(child))?;
        let mut reach = phrase(tree, appos);
        if reach.len() > LONGEST || tree.tag(appos) == "CD" {
            return None;
        }
        while reach.end > reach.start && tree.is_mark(reach.end - 1) {
            reach.end -= 1;
        }
        Some(reach)
    }
}

#[cfg(test)]
mod tests {
    use dateline_grammar::English;

    use super::*;

    #[test]
    fn a_name_is_stated_at_the_head_of_a_phrase_or_behind_what_somebody_is() {
        for (phrase, name) in [
            ("Barbara O’Malley, curator emerita of the Museum of Canals", Some("Barbara O’Malley")),
            ("Customs Officer in Command Richard Delorme", Some("Richard Delorme")),
            ("A friend of Richard Delorme", None),
            ("Richard Delorme’s lawyer", None),
            ("The North Carolina Republican", None),
            ("An official", None),
        ] {
            let parse = English::embedded().read(phrase);
            let tree = Tree::new(phrase, &parse);
            let stated = stated_name(&tree, &(0..tree.len())).map(|run| tree.span(run));
            assert_eq!(stated.and_then(|span| span.of(phrase)), name, "{phrase}");
        }
    }
}
