//! Speakers by the deep reading: whom "the official" means, what a named speaker is, and all that the origin tells of
//! a source it does not name (rules S8, A2).

use dateline_model::{Anonymity, Attribution, DeepAttribution, Described, Span, SpeakerKind};
use dateline_reader::words::{fold, words};

use super::sources::Source;
use super::speakers::{Speaker, trimmed};
use crate::vocabulary::points_back;

/// Who speaks in an attribution of the deep reading; `None` where it is left open who that is.
pub fn describe(source: &Source<'_>, said: &Attribution, deep: &DeepAttribution) -> Option<Speaker> {
    let printed = source.text(said.source);
    if is_open(printed) {
        return None;
    }
    // "The owner, Red Coral Lines": with a name behind the comma nobody is kept back, whatever was read.
    let behind = printed.split_once(", ").map(|(_, behind)| behind);
    if said.speaker.is_withheld() && behind.is_some_and(|behind| behind.starts_with(char::is_uppercase)) {
        return None;
    }
    let full = match deep.introduced {
        Some(introduced) if agrees(printed, source.text(introduced)) => Some(fullest(source, introduced)),
        Some(_) => return None,
        None => None,
    };
    let full = full.filter(|full| said.speaker != SpeakerKind::Named || !is_garbled(source.text(*full)));
    let withheld = said.speaker.is_withheld();
    if withheld && points_back(printed, source.lang()) && (full.is_none() || is_two(source, printed, full?)) {
        return None;
    }
    let slots = deep.slots.unwrap_or_default();
    let part = printed.to_lowercase().starts_with("one of ");
    let shown = if part { said.source } else { full.unwrap_or(said.source) };
    let name = trimmed(source.text(without_reason(source, shown, &slots)));
    let name = if withheld { name } else { name_alone(&name).to_owned() };
    let kind = kind(source, said, &name, &slots);
    let words = |span: Span| source.text(span).to_owned();
    let role = deep.role.filter(|_| kind == SpeakerKind::Named).map(words);
    // What the name goes with already is not told twice, however it ends.
    let opens = |role: &str| role.split_inclusive(' ').take(3).collect::<String>();
    let cut = |role: &str| role.starts_with("who") && role.split_whitespace().count() < WHOLE;
    let fits = |role: &String| !name.contains(&opens(role)) && !is_garbled(role) && !cut(role);
    let role = role.filter(fits);
    let described = kind.is_withheld().then(|| Described {
        rank: slots.rank.map(words),
        side: slots.side.map(words),
        country: slots.country.map(words),
        number: slots.number.map(words),
        access: slots.access.map(words),
        reason: slots.reason.or(said.anonymity).map(words),
    });
    let sentence =
        |span: Span| source.pieces.iter().find(|piece| piece.span.overlaps(span)).map(|piece| piece.span);
    let own = sentence(said.source);
    let mut support: Vec<Span> = Vec::new();
    let told = [full.filter(|_| !part), deep.introduced, slots.reason.or(said.anonymity), slots.access];
    let told = told.into_iter().chain([deep.role.filter(|_| role.is_some())]).flatten();
    for span in told.filter_map(sentence).filter(|span| Some(*span) != own) {
        if !support.contains(&span) {
            support.push(span);
        }
    }
    let anonymity = described.as_ref().and_then(|described| described.reason.clone());
    Some(Speaker { name, kind, role, described, support, anonymity })
}

/// True for a form of a name that runs into another sentence, as texts do that have lost their line breaks ("… two
/// former harbour masters.Tilsby mayor Petra Novik").
fn is_garbled(form: &str) -> bool {
    let signs: Vec<char> = form.chars().collect();
    signs.windows(5).any(|run| {
        let word = run[0].is_alphabetic() && run[1].is_alphabetic();
        word && matches!(run[2], '.' | '”' | '"') && run[3].is_uppercase() && run[4].is_lowercase()
    })
}

/// Words of a clause that tells something, at least: "who runs it".
const WHOLE: usize = 3;

/// A speaker's name without a clause that was cut off, without words that join the sentence to the one before, and without
/// the sign of a genitive: "Avi Lehmann, who once", "Novik, though, rejected those", "President Mara Lindqvist’s".
fn name_alone(form: &str) -> &str {
    let cut = |at: &usize| form[at + 2..].split_whitespace().count() < WHOLE;
    let does = form.find(", who ").or_else(|| form.find(", whose ")).filter(cut);
    // "Novik, though, rejected those": words between two commas that join the sentence to the one before.
    let joined = [", though", ", however", ", meanwhile", ", too,"].iter().find_map(|word| form.find(word));
    let end = [does, joined].into_iter().flatten().min().unwrap_or(form.len());
    let name = &form[..end];
    name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name)
}

/// True for sources that only another sentence could resolve, and that the deep reading resolves wrongly too often:
/// pronouns, "one of them", "the other official".
fn is_open(printed: &str) -> bool {
    const PRONOUNS: [&str; 12] =
        ["he", "she", "it", "they", "both", "all", "neither", "none", "some", "others", "another", "them"];
    let all: Vec<String> = printed.split_whitespace().map(|word| fold(word.trim_matches(','))).collect();
    let alone = all.len() == 1 && PRONOUNS.contains(&all[0].as_str());
    let other = all.iter().take(2).any(|word| matches!(word.as_str(), "other" | "another" | "others"));
    let of_them = all.iter().any(|word| matches!(word.as_str(), "them" | "us" | "whom"));
    all.is_empty() || alone || other || of_them
}

/// The words of a phrase up to the clause about it, articles and "one of" left out.
fn core(phrase: &str) -> Vec<String> {
    const LEFT_OUT: [&str; 10] = ["the", "a", "an", "that", "this", "these", "those", "one", "of", "both"];
    let head = phrase.split([',', '–', '—', '(']).next().unwrap_or_default();
    let all = words(head).into_iter().filter_map(|word| word.span.of(head)).map(fold);
    all.filter(|word| !LEFT_OUT.contains(&word.as_str())).take_while(|word| word != "who").collect()
}

/// True where every word of a short form stands in the full one: "the congressional official" is not "a senior
/// defense official", and "officials" are not "an official".
fn agrees(short: &str, full: &str) -> bool {
    let full: Vec<String> = words(full).iter().filter_map(|word| word.span.of(full)).map(fold).collect();
    let short = core(short);
    !short.is_empty() && short.iter().all(|word| full.contains(word))
}

/// True where a short form fits two of the article's unnamed sources.
fn is_two(source: &Source<'_>, short: &str, full: Span) -> bool {
    let full = source.text(full).to_lowercase();
    source.said.into_iter().flatten().any(|other| {
        let form = source.text(other.source);
        other.speaker.is_withheld()
            && !points_back(form, source.lang())
            && !is_open(form)
            && !form.to_lowercase().starts_with("one of ")
            && agrees(short, &core(form).join(" "))
            && !full.contains(&core(form).join(" "))
            && !agrees(form, &full)
    })
}

/// The longest phrase for a speaker that holds the words that introduce them: with the clause that says what they are.
fn fullest(source: &Source<'_>, introduced: Span) -> Span {
    let forms = source.said.into_iter().flatten().map(|said| said.source);
    forms.filter(|form| form.contains(introduced)).max_by_key(|form| form.len()).unwrap_or(introduced)
}

/// A phrase up to where it says why its source is not named, which is told beside it: "A State Department official,
/// who spoke on condition of anonymity".
fn without_reason(source: &Source<'_>, phrase: Span, slots: &Anonymity) -> Span {
    let cut = [slots.reason, slots.access].into_iter().flatten().filter(|slot| phrase.contains(*slot));
    let Some(reason) = cut.min_by_key(|slot| slot.start) else { return phrase };
    let before = Span { end: reason.start, ..phrase };
    match source.text(before).rfind(',') {
        Some(comma) if comma > 0 => Span { end: phrase.start + comma as u32, ..phrase },
        _ => phrase,
    }
}

/// What kind of speaker a phrase is, where the brief asks for more than the deep reading.
///
/// - *a crowd is nobody who was granted anonymity*: "residents", "forecasters" are people whose names nobody asked
///   for. Those who could be named and are not are officials, sources and their like, whoever asks for it, and whoever
///   is told from others by rank or access;
/// - *one person*: everyone without a name is flagged.
fn kind(source: &Source<'_>, said: &Attribution, name: &str, slots: &Anonymity) -> SpeakerKind {
    let asks =
        said.anonymity.is_some() || slots.reason.is_some() || slots.access.is_some() || slots.rank.is_some();
    match said.speaker {
        SpeakerKind::UnnamedGroup if !asks && !source.lang().is_known() => SpeakerKind::UnnamedGroup,
        SpeakerKind::UnnamedGroup if !asks && !is_withholding(name) => SpeakerKind::People,
        kind => kind,
    }
}

/// True where a phrase names persons who speak for or from within something, and whose names would be known.
fn is_withholding(name: &str) -> bool {
    const WITHHOLD: [&str; 34] = [
        "official",
        "officials",
        "source",
        "sources",
        "diplomat",
        "diplomats",
        "aide",
        "aides",
        "adviser",
        "advisers",
        "advisor",
        "advisors",
        "officer",
        "officers",
        "executive",
        "executives",
        "insider",
        "insiders",
        "lawmakers",
        "ministers",
        "envoys",
        "negotiators",
        "employees",
        "staffers",
        "investigators",
        "prosecutors",
        "commanders",
        "generals",
        "lawyers",
        "bankers",
        "traders",
        "persons",
        "associates",
        "individuals",
    ];
    let core = core(name);
    // "two people familiar with": counted persons are persons.
    core.iter().any(|word| WITHHOLD.contains(&word.as_str()))
        || core.iter().any(|word| word == "people") && core.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_with_what_somebody_is() {
        for (form, name) in [
            ("Foreign Minister Avi Lehmann, who once", "Foreign Minister Avi Lehmann"),
            (
                "Amal Haddad, who works as a nurse in Gaza City",
                "Amal Haddad, who works as a nurse in Gaza City",
            ),
            ("President Mara Lindqvist's", "President Mara Lindqvist"),
            ("Petra Novik, a union leader", "Petra Novik, a union leader"),
            ("Novik, though, rejected those", "Novik"),
        ] {
            assert_eq!(name_alone(form), name);
        }
    }

    #[test]
    fn a_form_that_runs_into_another_sentence_is_seen() {
        assert!(is_garbled("the port's inspector, two former harbour masters.Tilsby mayor"));
        for fine in
            ["U.S. Sen. Mara Lindqvist", "Ph.D. student Amal Haddad", "J.P. Orton", "Calloway, 28, a porter"]
        {
            assert!(!is_garbled(fine), "{fine}");
        }
    }
}
