//! How a source without a name is characterised: rank, side, country, number, access, and the reason for anonymity.

use std::ops::Range;

use dateline_model::Anonymity;

use super::lexicon::LEXICON;
use super::sides::{INHABITANTS, KIN, is_place_like, is_principal, is_spot, is_trade};
use super::speaker::Speaker;
use super::tree::Tree;

/// The slots that the source's own phrase fills.
pub fn of_phrase(tree: &Tree<'_>, speaker: &Speaker) -> Anonymity {
    let mut slots = Anonymity::default();
    if speaker.pronoun {
        if speaker.plural && tree.lower(speaker.head) == "both" {
            slots.number = Some(tree.span(speaker.head..speaker.head + 1));
        }
        return slots;
    }
    before(tree, speaker, &mut slots);
    behind(tree, speaker, &mut slots);
    if let Some(other) = in_other_words(tree, speaker) {
        let mut more = Anonymity::default();
        before(tree, &other, &mut more);
        behind(tree, &other, &mut more);
        fill(&mut slots, &more, false);
    }
    slots
}

/// "The source, **a former Iranian diplomat**": what one person is, said again behind a comma.
fn in_other_words(tree: &Tree<'_>, speaker: &Speaker) -> Option<Speaker> {
    let noun = tree.children(speaker.noun).find(|&child| {
        child > speaker.noun && tree.label(child) == "appos" && LEXICON.person.contains(tree.lower(child))
    })?;
    let one = tree.child(noun, &["det"]).is_some_and(|article| matches!(tree.lower(article), "a" | "an"));
    let phrase = tree.reach(noun).start.max(speaker.noun + 1)..noun + 1;
    (one && !speaker.plural).then(|| Speaker { head: noun, noun, phrase, ..speaker.clone() })
}

/// True for a dash between blanks: "North Sea fields - sources".
fn is_apart(tree: &Tree<'_>, at: usize) -> bool {
    at > 0 && tree.token(at - 1).span.end < tree.token(at).span.start
}

/// A word before the noun, hyphenated ones whole.
#[derive(Debug)]
struct Modifier {
    run: Range<usize>,
    lower: String,
}

/// The words before a noun, from the left.
fn modifiers(tree: &Tree<'_>, run: Range<usize>) -> Vec<Modifier> {
    let mut all: Vec<Modifier> = Vec::new();
    for at in run {
        let joined = at > 0 && tree.token(at - 1).span.end == tree.token(at).span.start;
        match all.last_mut() {
            // "high-ranking", "Trump's"
            Some(last) if last.run.end == at && joined && !matches!(tree.word(at), "," | "\"" | "”") => {
                last.run.end = at + 1;
                last.lower.push_str(tree.lower(at));
            }
            _ => all.push(Modifier { run: at..at + 1, lower: tree.lower(at).to_owned() }),
        }
    }
    all
}

fn before(tree: &Tree<'_>, speaker: &Speaker, slots: &mut Anonymity) {
    let lexicon = &*LEXICON;
    let noun = speaker.noun;
    let reach = tree.reach(noun);
    let own = speaker.noun == speaker.head;
    let mut start = if own { speaker.phrase.start } else { reach.start.max(speaker.head + 1) };
    for at in (start..noun).rev() {
        if tree.is_mark(at) && (tree.word(at) != "-" || is_apart(tree, at)) {
            start = at + 1;
            break;
        }
    }
    if !own {
        let word = tree.lower(speaker.head);
        let counts = matches!(word, "pair" | "handful" | "couple" | "trio");
        if speaker.plural && (counts || lexicon.number.contains(word) || tree.tag(speaker.head) == "CD") {
            // "at least two of the officials", "dozens of residents"
            slots.number = Some(tree.span(speaker.head..speaker.head + 1));
        }
    }
    let mut words = modifiers(tree, start..noun);
    // "sous-chef": what a hyphen ties to the noun is part of it.
    if words.last().is_some_and(|last| tree.word(last.run.end - 1) == "-") {
        words.pop();
    }
    let mut side: Option<Range<usize>> = None;
    let mut at = 0;
    while at < words.len() {
        // Countries may have three words: "South Korean".
        let country = (1..=3.min(words.len() - at)).rev().find(|&n| {
            let run = words[at].run.start..words[at + n - 1].run.end;
            let written = tree.span(run.clone()).of(tree.text).unwrap_or_default();
            let plain = written.to_lowercase().replace('’', "'");
            tree.is_capitalised(run.start)
                && (is_country(&plain) || plain.strip_suffix("'s").is_some_and(is_country))
        });
        let body = |n: usize| words.get(at + n).is_some_and(|next| is_body(&words[at].lower, &next.lower));
        if let Some(n) = country.filter(|&n| !body(n)) {
            let run = words[at].run.start..words[at + n - 1].run.end;
            // "U.S. and Qatari officials": both.
            let joined = at > 0 && words[at - 1].lower == "and";
            let from = slots.country.filter(|_| joined).map_or(run.start, |one| tree.tokens_in(one).start);
            slots.country = Some(tree.span(without_possessive(tree, from..run.end)));
            at += n;
            continue;
        }
        let Modifier { run, lower } = &words[at];
        at += 1;
        let word = lower.as_str();
        let tag = tree.tag(run.start);
        let number = tag == "CD" || (lexicon.number.contains(word) && speaker.plural);
        if number {
            if speaker.plural && word != "one" && side.is_none() {
                let from = slots
                    .number
                    .filter(|_| run.start > start)
                    .map_or(run.start, |span| tree.tokens_in(span).start);
                slots.number = Some(tree.span(from..run.end));
            }
        } else if matches!(tag, "JJR" | "JJS" | "DT" | "PRP$" | "IN" | "RB" | "RBS" | "RBR" | "WDT" | "PDT")
            && !lexicon.rank.contains(word)
        {
            // "most senior", "half a dozen": a number goes on over the article.
        } else if word == "chief" && tree.lower(noun).starts_with("executive") {
            // A chief executive is one of their kind, and no higher one.
        } else if lexicon.rank.contains(word) && side.is_none() {
            let from = slots.rank.map_or(run.start, |span| tree.tokens_in(span).start);
            slots.rank = Some(tree.span(from..run.end));
        } else if lexicon.no_side.contains(word)
            || tag == "JJ"
                && (word.ends_with("th") || word.ends_with("st"))
                && word.len() > 4
                && !tree.is_capitalised(run.start)
            || is_trade(tree, noun, run.start, word) && !is_principal(tree, run)
            || KIN.contains(&tree.lower(noun).trim_end_matches('s')) && !tree.is_capitalised(run.start)
            || matches!(tag, "CC" | "VBN" | "VBG") && !tree.is_capitalised(run.start)
            || tree.is_mark(run.start)
        {
            // says nothing of the side
        } else {
            side = Some(side.map_or(run.clone(), |side| side.start..run.end));
        }
    }
    if let Some(number) = slots.number {
        let at = tree.tokens_in(number).start;
        slots.number = Some(tree.span(hedged(tree, at, reach.start.min(start))..tree.tokens_in(number).end));
    }
    if let Some(run) = side {
        slots.side = Some(tree.span(without_possessive(tree, run)));
    }
    // "several people", of whom the determiner counts
    if slots.number.is_none() && speaker.plural && own {
        let first = words.first().filter(|word| lexicon.number.contains(word.lower.as_str()));
        slots.number = first.map(|word| tree.span(word.run.clone()));
    }
}

/// A country, a people or a region, also one by a point of the compass: "South Asian", "central African".
fn is_country(name: &str) -> bool {
    const POINTS: [&str; 11] = [
        "north",
        "northern",
        "south",
        "southern",
        "east",
        "eastern",
        "west",
        "western",
        "central",
        "southeast",
        "northeast",
    ];
    let known = &LEXICON.countries;
    known.contains(name)
        || name.split_once(' ').is_some_and(|(point, rest)| POINTS.contains(&point) && known.contains(rest))
}

/// "European Commission", "African Union": bodies with a continent in their name are no country.
fn is_body(continent: &str, body: &str) -> bool {
    matches!(continent, "european" | "african" | "arab" | "asian" | "american" | "nordic")
        && matches!(
            body,
            "commission"
                | "union"
                | "league"
                | "parliament"
                | "council"
                | "central"
                | "court"
                | "airlines"
                | "development"
        )
}

/// "More than 30", "at least two", "about 15", "a dozen": the words before a number that are part of it.
fn hedged(tree: &Tree<'_>, number: usize, first: usize) -> usize {
    let hedge = |at: &usize| {
        matches!(
            tree.lower(*at),
            "more"
                | "than"
                | "at"
                | "least"
                | "about"
                | "nearly"
                | "almost"
                | "roughly"
                | "around"
                | "up"
                | "to"
                | "as"
                | "many"
                | "well"
                | "no"
                | "between"
                | "fewer"
                | "over"
                | "half"
                | "a"
                | "an"
                | "most"
                | "some"
                | "approximately"
        )
    };
    let start = (first..number).rev().take_while(hedge).last().unwrap_or(number);
    // "to two people": a lone preposition is none.
    if number - start == 1 && matches!(tree.lower(start), "to" | "as" | "at" | "than" | "up") {
        number
    } else {
        start
    }
}

fn without_possessive(tree: &Tree<'_>, run: Range<usize>) -> Range<usize> {
    if run.len() > 1 && matches!(tree.lower(run.end - 1), "'s" | "'") { run.start..run.end - 1 } else { run }
}

/// What stands behind the noun: "an official **at the ministry**", "diplomats **from two European countries**".
fn behind(tree: &Tree<'_>, speaker: &Speaker, slots: &mut Anonymity) {
    let noun = speaker.noun;
    let lexicon = &*LEXICON;
    for prep in tree.children(noun).filter(|&child| child > noun && tree.label(child) == "prep") {
        let Some(object) = tree.child(prep, &["pobj"]).or_else(|| name_behind(tree, prep)) else { continue };
        // "an attorney for two of the students": for the students.
        let counted = tree.tag(object) == "CD" || lexicon.number.contains(tree.lower(object));
        let of = tree.children(object).find(|&child| counted && child > object && tree.lower(child) == "of");
        let object = of.and_then(|of| tree.child(of, &["pobj"])).unwrap_or(object);
        let reach = tree.reach(object);
        let run = reach.start..(object + 1).max(end_of_name(tree, object));
        let word = tree.lower(object);
        let run = without_country(tree, run, object, slots);
        let written = tree.span(run.clone()).of(tree.text).unwrap_or_default();
        let bare = written.trim_start_matches("the ").trim_start_matches("The ");
        let is_country = lexicon.countries.contains(bare.to_lowercase().as_str());
        let countries = matches!(
            word,
            "country"
                | "countries"
                | "nation"
                | "nations"
                | "government"
                | "governments"
                | "state"
                | "states"
        ) && run.clone().any(|at| lexicon.countries.contains(tree.lower(at)));
        match tree.lower(prep) {
            "from" | "of" if (is_country || countries) && slots.country.is_none() => {
                slots.country = Some(tree.span(run))
            }
            "of" | "for" | "at" | "from" | "inside" | "within" | "to" | "with" | "in"
                if slots.side.is_none() =>
            {
                let organisation = lexicon.office.contains(word)
                    || lexicon.workplace.contains(word)
                    || (tree.is_capitalised(object) && !is_country && tree.lower(prep) != "in");
                let person = lexicon.person.contains(word)
                    || lexicon.holder.contains(word)
                    || tree.tag(object).starts_with("NNP");
                let belongs = organisation
                    || lexicon.people.contains(word)
                    || tree.tag(object) == "NNS" && lexicon.names_a_person(word)
                    || word.ends_with("ists");
                let fits = match tree.lower(prep) {
                    "of" | "for" | "to" => organisation || person || tree.is_noun(object),
                    // "at the auction house"
                    "at" => {
                        let house = word == "house" && tree.child(object, &["compound"]).is_some();
                        let works = organisation || tree.tag(object) == "NN" && !is_spot(word);
                        works && (house || !is_place_like(word))
                    }
                    "from" | "inside" | "within" => organisation && !is_place_like(word),
                    "with" => belongs && !is_place_like(word),
                    "in" => {
                        let unit = tree.tag(object).starts_with("NNP")
                            && (lexicon.office.contains(word) || lexicon.workplace.contains(word));
                        unit || organisation && !tree.tag(object).starts_with("NNP") && !is_place_like(word)
                    }
                    _ => organisation && !tree.tag(object).starts_with("NNP") && !is_place_like(word),
                };
                // "a source of the report", "people with knowledge": no side.
                let counted = run.clone().any(|at| tree.lower(at) == "same")
                    || tree.tag(object) == "CD"
                    || matches!(
                        word,
                        "condition"
                            | "knowledge"
                            | "anonymity"
                            | "ties"
                            | "access"
                            | "matter"
                            | "background"
                            | "them"
                            | "age"
                    );
                // "residents of Port Almeda" live there, and are on nobody's side.
                let lives = (tree.tag(object).starts_with("NNP") || !organisation || is_place_like(word))
                    && INHABITANTS.contains(&tree.lower(noun));
                let kin = KIN.contains(&tree.lower(noun).trim_end_matches('s'));
                if fits && !kin && !counted && !lives && object != noun {
                    // "executives at three rival teams": the number is that of the teams.
                    let first = run
                        .clone()
                        .find(|&at| !matches!(tree.tag(at), "CD" | "PRP$") && tree.label(at) != "det")
                        .unwrap_or(run.start);
                    slots.side = Some(tree.span(first..run.end));
                }
            }
            _ => {}
        }
    }
}

/// "at Kenya's transport ministry", "at the Kenyan transport ministry": the country before the organisation's own
/// words is a slot of its own. "The Kenyan Red Cross" is a name.
fn without_country(tree: &Tree<'_>, run: Range<usize>, object: usize, slots: &mut Anonymity) -> Range<usize> {
    let first = run.start + usize::from(!run.is_empty() && tree.label(run.start) == "det");
    for words in (1..=3).rev().filter(|&words| first + words <= object) {
        let country = first..first + words;
        let written = tree.span(country.clone()).of(tree.text).unwrap_or_default().to_lowercase();
        if !tree.is_capitalised(first) || !LEXICON.countries.contains(&written) {
            continue;
        }
        let possessive = matches!(tree.lower(country.end), "'s" | "'");
        let next = country.end + usize::from(possessive);
        if next <= object && (possessive || !tree.is_capitalised(next)) {
            slots.country = slots.country.or(Some(tree.span(country)));
            return next..run.end;
        }
    }
    run
}

/// "Analysts at Brightwater Capital forecast that …": a name right behind a preposition that the tree has given away.
fn name_behind(tree: &Tree<'_>, prep: usize) -> Option<usize> {
    let end = tree.sentence(tree.sentence_of(prep)).end;
    let named = |at: &usize| tree.is_capitalised(*at) && tree.tag(*at).starts_with("NNP");
    (prep + 1..end).take_while(named).last()
}

/// Where a name with its "of …" or "& …" ends: "Department of Defense", "Pardoe & Finch".
fn end_of_name(tree: &Tree<'_>, object: usize) -> usize {
    let joins = |sign: usize| tree.word(sign) == "&" && tree.parse.tokens.get(sign + 1).is_some();
    if tree.tag(object).starts_with("NNP") && object + 1 < tree.len() && joins(object + 1) {
        return object + 3;
    }
    let of = tree.children(object).find(|&child| child == object + 1 && tree.lower(child) == "of");
    of.map_or(object + 1, |of| tree.reach(of).end)
}

/// Takes from `more` what `slots` lacks: what an introduction says of a source holds for it.
pub fn fill(slots: &mut Anonymity, more: &Anonymity, with_number: bool) {
    slots.rank = slots.rank.or(more.rank);
    slots.side = slots.side.or(more.side);
    slots.country = slots.country.or(more.country);
    slots.access = slots.access.or(more.access);
    slots.reason = slots.reason.or(more.reason);
    if with_number {
        slots.number = slots.number.or(more.number);
    }
}
