//! What kind of speaker a phrase is: a newsroom, an office, a document, a poll, somebody under their name or without one.

use std::ops::Range;

use dateline_grammar::NameKind;
use dateline_model::SpeakerKind;

use super::Outlets;
use super::lexicon::LEXICON;
use super::names::{ORGANISATION, TITLES, bare, is_agent_noun, name_kind, name_run};
use super::speaker::Speaker;
use super::tree::Tree;

impl Speaker {
    pub(super) fn kind_of(&mut self, tree: &Tree<'_>, outlets: &Outlets<'_>) -> SpeakerKind {
        let head = self.head;
        let word = tree.lower(head);
        let lexicon = &*LEXICON;
        let proper = matches!(tree.tag(head), "NNP" | "NNPS") && tree.is_capitalised(head);
        let name = name_run(tree, head);
        // A newsroom, by its name or by what it is called.
        let written = tree.span(name.clone()).of(tree.text).unwrap_or_default();
        let called = |at: usize| lexicon.newsroom.contains(tree.lower(at));
        if tree.is_capitalised(head) && (outlets.knows(written) || self.is_newsroom_name(tree, &name)) {
            self.name = Some(name);
            return SpeakerKind::Outlet;
        }
        if tree.children(head).any(|child| {
            child < head && called(child) && matches!(tree.label(child), "compound" | "nmod" | "amod")
        }) && proper
        {
            self.name = Some(name);
            return SpeakerKind::Outlet;
        }
        let media = matches!(
            word,
            "media"
                | "newspaper"
                | "newspapers"
                | "broadcaster"
                | "broadcasters"
                | "press"
                | "tabloid"
                | "newswire"
                | "magazine"
                | "television"
                | "tv"
                | "radio"
        );
        let agency =
            matches!(word, "agency" | "agencies" | "outlet" | "outlets" | "channel" | "network" | "station")
                && tree
                    .children(head)
                    .any(|child| matches!(tree.lower(child), "news" | "television" | "tv" | "radio"));
        if media || agency {
            return SpeakerKind::Outlet;
        }
        // A person under a name; with the name behind or before what they are.
        if proper && self.is_person(tree, &name) {
            self.take_name(tree, name);
            return SpeakerKind::Named;
        }
        if let Some(appos) = self.apposed_name(tree) {
            let named = name_run(tree, appos);
            let role = self.phrase.start..head + 1;
            self.take_name(tree, named);
            self.role = Some(role);
            self.plural = false;
            return SpeakerKind::Named;
        }
        // "the contractor, Stoneway Group": a body behind its comma.
        let body =
            tree.child(head, &["appos"]).filter(|&appos| appos > head && tree.tag(appos).starts_with("NNP"));
        if let Some(body) = body.filter(|_| self.definite) {
            let named = name_run(tree, body);
            if ORGANISATION.contains(&bare(tree.lower(body))) || lexicon.office.contains(tree.lower(body)) {
                self.name = Some(named);
                return SpeakerKind::Office;
            }
        }
        if lexicon.spokesperson.contains(word) {
            return SpeakerKind::Office;
        }
        if lexicon.poll.contains(word) && !proper || (proper && matches!(word, "poll" | "survey")) {
            return SpeakerKind::Poll;
        }
        let unnamed = if self.plural { SpeakerKind::UnnamedGroup } else { SpeakerKind::Unnamed };
        // "Parishioners said": at the head of a sentence a capital makes no name.
        let opens = proper && name.len() == 1 && head == tree.sentence(tree.sentence_of(head)).start;
        if opens && tree.tag(head) == "NNPS" && lexicon.names_a_person(word) {
            return unnamed;
        }
        if !proper || lexicon.person.contains(word) || lexicon.people.contains(word) {
            let one = lexicon.person.contains(word);
            if self.is_body(tree, word) {
                return SpeakerKind::Office;
            }
            if self.definite && !self.plural && self.holds_office(tree, word) {
                return SpeakerKind::Office;
            }
            if lexicon.office.contains(word) && (!one || self.definite) {
                // "aid groups said": several, and none by name.
                let bare = tree.tag(head) == "NNS"
                    && !self.definite
                    && !matches!(word, "police" | "forces" | "services" | "armed forces" | "united nations");
                return if bare { SpeakerKind::UnnamedGroup } else { SpeakerKind::Office };
            }
            if one || lexicon.people.contains(word) {
                return unnamed;
            }
            if lexicon.holder.contains(word) {
                return if self.definite && !self.is_out_of_office(tree) {
                    SpeakerKind::Office
                } else {
                    unnamed
                };
            }
            if lexicon.document.contains(word) {
                return SpeakerKind::Document;
            }
        }
        if proper {
            self.name = Some(name);
            if lexicon.document.contains(word) {
                return SpeakerKind::Document;
            }
            // "Republicans", "the Ukrainians": people by what they belong to.
            let people = tree.tag(head) == "NNPS"
                && (lexicon.countries.contains(word) || self.named_as(tree, &[NameKind::Norp]));
            return if people { SpeakerKind::UnnamedGroup } else { SpeakerKind::Office };
        }
        if word.ends_with("data") {
            return SpeakerKind::Document;
        }
        let person = lexicon.names_a_person(word) || is_agent_noun(word) || word.ends_with("mate");
        if tree.tag(head) == "NNS" || person { unnamed } else { SpeakerKind::Office }
    }

    /// "The authorities", "the army general staff": bodies that speak for themselves, and nobody who asked not to be
    /// named.
    fn is_body(&self, tree: &Tree<'_>, word: &str) -> bool {
        let of_an_army = || {
            tree.children(self.head).any(|child| {
                child < self.head && matches!(tree.lower(child), "general" | "joint" | "defense" | "defence")
            })
        };
        let guard = || {
            tree.children(self.head).any(|child| {
                child < self.head && matches!(tree.lower(child), "coast" | "national" | "revolutionary")
            })
        };
        word == "authorities" || word == "staff" && of_an_army() || word == "guard" && guard()
    }

    /// "the police chief", "the president": one person at a time, who answers for the office.
    fn holds_office(&self, tree: &Tree<'_>, word: &str) -> bool {
        /// Nouns that name an office only with what they are the head of.
        const HEADS: [&str; 10] = [
            "chief",
            "head",
            "director",
            "leader",
            "commander",
            "boss",
            "secretary",
            "executive",
            "general",
            "chair",
        ];
        let lexicon = &*LEXICON;
        if self.is_out_of_office(tree) {
            return false;
        }
        let of_something = || {
            tree.children(self.head).any(|child| {
                matches!(tree.label(child), "poss" | "compound")
                    || (child > self.head && tree.label(child) == "prep" && tree.lower(child) == "of")
            })
        };
        lexicon.holder.contains(word) || (HEADS.contains(&word) && of_something())
    }

    /// "the former governor", "the unnamed minister": who no longer answers for the office, or does not by name.
    fn is_out_of_office(&self, tree: &Tree<'_>) -> bool {
        tree.children(self.head).any(|child| {
            matches!(tree.lower(child), "former" | "retired" | "ex" | "unnamed" | "unidentified")
        })
    }

    /// Two to five capitalised words of which the last names a kind of newsroom: "Harbor Times".
    fn is_newsroom_name(&self, tree: &Tree<'_>, name: &Range<usize>) -> bool {
        let words = name.clone().filter(|&at| !tree.is_mark(at)).count();
        let last = tree.lower(name.end - 1);
        let channel = matches!(tree.lower(name.start), "radio" | "tv" | "channel");
        // The International Atomic Energy Agency reports nothing; a news or press agency does.
        let of_news = |at: usize| matches!(tree.lower(at), "news" | "press" | "information" | "media");
        if last == "agency" && !name.clone().any(of_news) {
            return false;
        }
        (2..=5).contains(&words)
            && ((LEXICON.newsroom_name.contains(last) && !TITLES.contains(&bare(tree.lower(name.start))))
                || channel)
            && !tree.word(name.end - 1).is_empty()
            && tree.is_capitalised(name.end - 1)
            && !LEXICON.forenames.contains_key(tree.lower(name.start))
            || self.is_the_paper(tree, name)
    }

    /// "The Post", "the Times".
    fn is_the_paper(&self, tree: &Tree<'_>, name: &Range<usize>) -> bool {
        let article = name.start.checked_sub(1).is_some_and(|before| tree.lower(before) == "the");
        let paper = matches!(
            tree.lower(self.head),
            "times"
                | "post"
                | "journal"
                | "herald"
                | "tribune"
                | "guardian"
                | "telegraph"
                | "globe"
                | "gazette"
                | "mirror"
                | "observer"
        );
        name.len() == 1 && article && paper && tree.tag(self.head).starts_with("NNP")
    }

    fn named_as(&self, tree: &Tree<'_>, kinds: &[NameKind]) -> bool {
        name_kind(tree, self.head).is_some_and(|kind| kinds.contains(&kind))
    }
}
