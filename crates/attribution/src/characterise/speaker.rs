//! What kind of speaker a noun phrase names.

use std::ops::Range;

use dateline_grammar::NameKind;
use dateline_model::SpeakerKind;

use super::Outlets;
use super::lexicon::{Gender, LEXICON};
use super::names::{ORGANISATION, TITLES, bare, gender_of_title, is_agent_noun, name_kind, name_run};
use super::tree::Tree;

/// A noun phrase as a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// What the phrase hangs on in the tree: "One" in "One of the officials".
    pub head: usize,
    /// The noun that says what it is: "officials".
    pub noun: usize,
    /// What kind of speaker, by its own words.
    pub kind: SpeakerKind,
    /// "he", "they", "who": another phrase says who that is.
    pub pronoun: bool,
    /// True where several are meant.
    pub plural: bool,
    /// "he" or "she", where a title or a given name tells.
    pub gender: Option<Gender>,
    /// True where a determiner points back: "the official".
    pub definite: bool,
    /// "One of …", "two of the …".
    pub partitive: bool,
    /// The words of the name.
    pub name: Option<Range<usize>>,
    /// The words that say what a named person is: "Defense Secretary", "The bank's chairman".
    pub role: Option<Range<usize>>,
    /// The phrase without clauses about it.
    pub phrase: Range<usize>,
}

/// The most tokens a phrase is looked at: longer ones are parsed wrongly.
const LONGEST: usize = 60;

/// "a third", "the fourth": one more of those told of before.
pub fn is_ordinal(word: &str) -> bool {
    matches!(
        word,
        "first"
            | "second"
            | "third"
            | "fourth"
            | "fifth"
            | "sixth"
            | "seventh"
            | "eighth"
            | "ninth"
            | "tenth"
            | "eleventh"
            | "twelfth"
    )
}

/// The name that a phrase states of its speaker, at its head or right behind what they are, where the tree turns on another
/// word: "**Barbara O’Connor**, director emeritus of …", "FBI Special Agent in Charge **Richard DesLauriers**". Nobody who
/// is named is a source without a name. "A friend of Anna Lind" and "Anna Lind’s lawyer" are others.
pub fn stated_name(tree: &Tree<'_>, phrase: &Range<usize>) -> Option<Range<usize>> {
    let end = phrase.clone().find(|&at| at > phrase.start && tree.word(at) == ",").unwrap_or(phrase.end);
    let capital = |at: usize| {
        // "O’Connor" in three tokens
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
    // "in Charge Richard DesLauriers": what stands behind the preposition is part of what they are.
    let of = before.is_some_and(|_| {
        (phrase.start..first).any(|at| matches!(tree.lower(at), "of" | "to" | "for" | "by" | "from" | "with"))
    });
    (whole && own && !of).then_some(first..last + 1)
}

impl Speaker {
    /// Reads the phrase that hangs on a token; `None` where it is no noun phrase.
    pub fn read(tree: &Tree<'_>, outlets: &Outlets<'_>, head: usize) -> Option<Self> {
        let tag = tree.tag(head);
        let phrase = phrase(tree, head);
        let mut speaker = Self {
            head,
            noun: head,
            kind: SpeakerKind::Unnamed,
            pronoun: false,
            plural: false,
            gender: None,
            definite: false,
            partitive: false,
            name: None,
            role: None,
            phrase,
        };
        if matches!(tag, "PRP" | "WP" | "WDT")
            || (tag == "DT"
                && tree.child(head, &["prep", "acl", "relcl"]).is_none()
                && matches!(tree.lower(head), "both" | "all" | "neither"))
        {
            speaker.pronoun = true;
            speaker.plural = matches!(tree.lower(head), "they" | "we" | "both" | "all" | "them" | "neither");
            speaker.gender = match tree.lower(head) {
                "he" | "him" => Some(Gender::Male),
                "she" | "her" => Some(Gender::Female),
                _ => None,
            };
            // "he and many of his supporters"
            if tree.child(head, &["conj"]).is_some_and(|other| tree.is_noun(other) || tree.tag(other) == "JJ")
            {
                speaker.plural = true;
            }
            // Whom "he" means may be left open; it is seldom somebody who has no name.
            speaker.kind = match tree.lower(head) {
                _ if speaker.plural => SpeakerKind::UnnamedGroup,
                "it" => SpeakerKind::Office,
                // The author of a column has a byline.
                "he" | "she" | "i" => SpeakerKind::Named,
                _ => SpeakerKind::Unnamed,
            };
            return Some(speaker);
        }
        // "All three spoke on condition of anonymity", "the two": those told of before.
        let counted = tree.tag(head) == "CD"
            && tree.lower(head) != "one"
            && !tree.word(head).starts_with(|c: char| c.is_ascii_digit());
        let all = tree.children(head).any(|child| {
            child < head && matches!(tree.lower(child), "all" | "the" | "both" | "these" | "those")
        });
        if counted && all && tree.child(head, &["prep", "acl", "relcl", "conj"]).is_none() {
            speaker.pronoun = true;
            speaker.plural = true;
            speaker.definite = true;
            speaker.kind = SpeakerKind::UnnamedGroup;
            return Some(speaker);
        }
        // "one of the officials", "two of the people": what they are stands behind "of". "a third said": one more.
        let ordinal = is_ordinal(tree.lower(head));
        if !tree.is_noun(head) || LEXICON.number.contains(tree.lower(head)) || ordinal {
            let of = tree.children(head).find(|&child| child > head && tree.lower(child) == "of");
            let noun = of.and_then(|of| tree.child(of, &["pobj"]));
            speaker.partitive = noun.is_some();
            if let Some(noun) = noun {
                // "dozens of officials" are not some of them.
                speaker.partitive =
                    tree.child(noun, &["det", "poss"]).is_some() || matches!(tree.tag(noun), "PRP");
                speaker.noun = noun;
            }
            // "the older of the two", "the younger"
            let compared = matches!(tag, "JJR" | "JJS")
                && !LEXICON.number.contains(tree.lower(head))
                && !matches!(tree.lower(head), "more" | "fewer" | "less" | "least")
                && tree.child(head, &["det"]).is_some();
            let one = ordinal || compared || matches!(tree.lower(head), "one" | "another" | "each" | "other");
            speaker.plural = !one
                && (noun.is_some()
                    || !matches!(tree.tag(head), "CD" | "DT" | "JJ")
                    || tree.lower(head) != "other");
            if !one && matches!(tree.lower(head), "other" | "another") {
                speaker.plural = false;
            }
            if noun.is_none() && !matches!(tag, "CD" | "DT" | "JJ" | "NN" | "NNS" | "JJR" | "JJS") {
                return None;
            }
            speaker.kind = if speaker.plural { SpeakerKind::UnnamedGroup } else { SpeakerKind::Unnamed };
            // "several of the most recent surveys", "one of the reports"
            if let Some(of) = noun.filter(|&noun| tree.is_noun(noun)) {
                let word = tree.lower(of);
                if LEXICON.poll.contains(word) {
                    speaker.kind = SpeakerKind::Poll;
                } else if LEXICON.document.contains(word) && !LEXICON.person.contains(word) {
                    speaker.kind = SpeakerKind::Document;
                }
            }
            return Some(speaker);
        }
        speaker.definite = tree.children(head).any(|child| {
            (tree.label(child) == "det"
                && matches!(tree.lower(child), "the" | "this" | "that" | "these" | "those"))
                || tree.label(child) == "poss"
        });
        let joined = tree.children(head).any(|child| {
            child > head
                && tree.label(child) == "conj"
                && speaker.phrase.contains(&child)
                && tree.is_noun(child)
        });
        let many = matches!(tag, "NNS" | "NNPS")
            || LEXICON.people.contains(tree.lower(head)) && !LEXICON.person.contains(tree.lower(head));
        // "neither side": two, in the singular.
        let each =
            tree.children(head).any(|child| child < head && matches!(tree.lower(child), "neither" | "both"));
        speaker.plural = many || joined || each;
        // "a small group of donors", "63 percent of voters": those in it.
        let crowd = matches!(
            tree.lower(head),
            "group"
                | "number"
                | "handful"
                | "couple"
                | "series"
                | "majority"
                | "minority"
                | "crowd"
                | "pair"
                | "trio"
                | "%"
                | "percent"
        );
        let of =
            tree.children(head).find(|&child| child > head && tree.lower(child) == "of").filter(|_| crowd);
        let members = of.and_then(|of| tree.child(of, &["pobj"])).filter(|&noun| {
            LEXICON.people.contains(tree.lower(noun))
                || matches!(tree.tag(noun), "NNS" | "NNPS") && !LEXICON.office.contains(tree.lower(noun))
        });
        if let Some(members) = members {
            speaker.noun = members;
            speaker.plural = true;
            speaker.definite = false;
            // Who is counted in percent was polled.
            let polled = matches!(tree.lower(head), "%" | "percent");
            speaker.kind = if polled { SpeakerKind::Poll } else { SpeakerKind::UnnamedGroup };
            return Some(speaker);
        }
        speaker.kind = speaker.kind_of(tree, outlets);
        if speaker.kind == SpeakerKind::Unnamed
            && !joined
            && let Some(name) = stated_name(tree, &speaker.phrase)
        {
            speaker.take_name(tree, name);
            speaker.kind = SpeakerKind::Named;
        }
        if joined && speaker.kind == SpeakerKind::Named {
            // Each of "Tomas Greve and Anna Lind" is one.
            speaker.plural = many;
        }
        if joined && speaker.kind == SpeakerKind::Unnamed {
            speaker.kind = SpeakerKind::UnnamedGroup;
        }
        Some(speaker)
    }

    fn kind_of(&mut self, tree: &Tree<'_>, outlets: &Outlets<'_>) -> SpeakerKind {
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

    /// True where a run of capitalised words is a person's name.
    fn is_person(&self, tree: &Tree<'_>, name: &Range<usize>) -> bool {
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
    fn apposed_name(&self, tree: &Tree<'_>) -> Option<usize> {
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
    fn take_name(&mut self, tree: &Tree<'_>, name: Range<usize>) {
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
    fn role_behind(&self, tree: &Tree<'_>, name: usize) -> Option<Range<usize>> {
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

/// The words of the phrase on a token, without the clauses about it.
fn phrase(tree: &Tree<'_>, head: usize) -> Range<usize> {
    let reach = tree.reach(head);
    let mut start = reach.start.max(head.saturating_sub(LONGEST));
    // What a comma or a quotation mark parts off before the noun is no part of it.
    for at in (start..head).rev() {
        if tree.is_mark(at) && !matches!(tree.word(at), "-" | "$" | "'" | "’") || tree.lower(at) == "\n" {
            start = at + 1;
            break;
        }
    }
    let mut end = head + 1;
    let after: Vec<usize> = tree.children(head).filter(|&child| child > head).collect();
    for (index, &child) in after.iter().enumerate() {
        let label = tree.label(child);
        let appos_next =
            after.get(index + 1).is_some_and(|&next| matches!(tree.label(next), "appos" | "conj"));
        let stays = match label {
            "punct" => appos_next && matches!(tree.word(child), "," | "-"),
            "relcl" | "advcl" | "parataxis" | "ccomp" | "nsubj" => false,
            "acl" => {
                tree.tag(child) == "VBN" || tree.tag(child) == "VBG" || tree.tag(child).starts_with("JJ")
            }
            _ => true,
        };
        if !stays {
            break;
        }
        if label != "punct" {
            end = tree.reach(child).end.min(head + LONGEST).max(end);
        }
    }
    while end > head + 1 && tree.is_mark(end - 1) {
        end -= 1;
    }
    start..end
}
