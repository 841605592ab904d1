//! Whether a sentence can be read by itself.
//!
//! A brief takes sentences out of their articles, and a sentence that leans on the one before it
//! ("He denied it.") says something false or nothing when it stands elsewhere. So the rules refuse
//! on doubt: a good sentence lost costs little, for another newsroom has its like; a garbled one
//! costs the reader's trust. Each rule has a name, [`Reason`], and works on the surface alone: word
//! lists of the language ([`super::usage`]), punctuation, and the shape of words.
//!
//! What they do not see: a definite noun whose referent stands before ("The official said …"); whoever
//! composes the brief resolves the speaker, or names whom the origin names.

use std::fmt;

use dateline_model::Lang;
use dateline_reader::stopwords::stop_words;
use dateline_reader::words::{Shape, Word, words};

use super::quotations::{closes, opens};
use super::usage::{Usage, usage};

/// Words of an introduction before its comma, at most: "On Monday, in a speech in the capital Niamey, …".
/// Longer ones hold a clause with names of its own.
const INTRODUCTION: usize = 12;

/// Words after an opening quotation among which its speaker is looked for: "the minister told us", "said he".
const AFTER_QUOTATION: usize = 3;

/// Why a sentence cannot be read by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// No word in it.
    Empty,
    /// Fewer words than a statement needs ([`super::SHORTEST`]).
    TooShort,
    /// More words than a reader takes in at once ([`super::LONGEST`]).
    TooLong,
    /// A line of the page: "Read more", "Sign up".
    PageText,
    /// A byline, caption or credit: "Photo: …", "(Reporting by …)".
    Credit,
    /// Terms, copyright, newsletters.
    Boilerplate,
    /// It begins in the middle: with a small letter or a loose mark.
    Fragment,
    /// More capitals than small letters: a heading.
    Heading,
    /// No full stop at its end, or one that says it was cut ("…").
    NoStop,
    /// A question.
    Question,
    /// A quotation mark without its partner.
    OpenQuotation,
    /// A bracket without its partner.
    OpenBracket,
    /// A quotation whose speaker is not named: "“It is not great.”", "“It is not great,” he said."
    NoSpeaker,
    /// A pronoun whose noun stands in an earlier sentence: "These …", "On Monday, he …".
    Pronoun,
    /// A word that continues an earlier sentence: "But …", "Meanwhile, …".
    Connective,
    /// First or second person outside quotations.
    Person,
    /// No finite verb, in the languages whose verbs are listed.
    NoVerb,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "holds no word",
            Self::TooShort => "is too short to say who did what",
            Self::TooLong => "is too long for a brief",
            Self::PageText => "speaks to the visitor of the page",
            Self::Credit => "is a credit or caption",
            Self::Boilerplate => "is boilerplate",
            Self::Fragment => "begins in the middle of a sentence",
            Self::Heading => "is set in capitals",
            Self::NoStop => "does not end with a full stop",
            Self::Question => "is a question",
            Self::OpenQuotation => "has a quotation mark without its partner",
            Self::OpenBracket => "has a bracket without its partner",
            Self::NoSpeaker => "quotes somebody it does not name",
            Self::Pronoun => "begins with a pronoun whose noun stands elsewhere",
            Self::Connective => "continues an earlier sentence",
            Self::Person => "speaks in the first or second person",
            Self::NoVerb => "has no verb",
        })
    }
}

/// Whether a sentence can be read out of its context; `sentence` without its dateline.
///
/// # Errors
///
/// The first [`Reason`] against it. Linear in the length of the sentence.
///
/// ```
/// use dateline_brief::select::{Reason, stands_alone};
/// use dateline_model::Lang;
///
/// assert_eq!(stands_alone("The Pentagon confirmed the withdrawal.", Lang::EN), Ok(()));
/// assert_eq!(stands_alone("He denied it.", Lang::EN), Err(Reason::Pronoun));
/// ```
pub fn stands_alone(sentence: &str, lang: Lang) -> Result<(), Reason> {
    let sentence = sentence.trim();
    let usage = usage(lang);
    let all = words(sentence);
    if all.is_empty() {
        return Err(Reason::Empty);
    }
    of_the_page(sentence, &all, usage)?;
    begins(sentence)?;
    counts_off(sentence)?;
    ends(sentence)?;
    let outside = outside_quotations(sentence)?;
    brackets(sentence)?;
    let spoken: Vec<Word> = all
        .iter()
        .copied()
        .filter(|word| outside.iter().any(|span| span.contains(&word.span.range().start)))
        .collect();
    if sentence.contains(['?', '؟', '？'])
        && outside.iter().any(|span| sentence[span.clone()].contains(['?', '؟', '？']))
    {
        return Err(Reason::Question);
    }
    if opens_with_quotation(sentence) {
        let after = outside.first().map_or(sentence.len(), |part| part.start);
        speaker(sentence, &spoken, after, usage)?;
    } else {
        opening(&all, usage)?;
        introduction(sentence, &spoken, usage, lang)?;
    }
    persons(&spoken, usage)?;
    verb(sentence, &spoken, usage)
}

/// Lines that belong to the page around the report.
fn of_the_page(sentence: &str, all: &[Word], usage: &Usage) -> Result<(), Reason> {
    if usage.boilerplate.stand_in(all) || sentence.contains('©') {
        return Err(if sentence.starts_with('(') { Reason::Credit } else { Reason::Boilerplate });
    }
    // "Photo: …", "PHOTO | …", "(Reporting by …)": "Photo editors met" is a sentence.
    if usage.credits.open(all) {
        let head: String = sentence.chars().take(40).collect();
        if head.contains([':', '|', '：']) || sentence.starts_with(['(', '[']) || all.len() < 6 {
            return Err(Reason::Credit);
        }
    }
    if usage.page.open(all) {
        return Err(Reason::PageText);
    }
    Ok(())
}

/// A sentence begins with a capital, a number, a quotation mark or the sign of a currency.
fn begins(sentence: &str) -> Result<(), Reason> {
    let Some(first) = sentence.chars().next() else { return Err(Reason::Empty) };
    let mark = is_opening(first) || matches!(first, '$' | '€' | '£' | '¥' | '¿' | '¡' | '#' | '@');
    let letter = sentence.chars().find(|c| c.is_alphanumeric());
    if letter.is_some_and(char::is_lowercase) && !is_camel(sentence) || !(mark || first.is_alphanumeric()) {
        return Err(Reason::Fragment);
    }
    let (mut upper, mut lower) = (0, 0);
    for c in sentence.chars() {
        upper += usize::from(c.is_uppercase());
        lower += usize::from(c.is_lowercase());
    }
    if upper > lower && lower > 0 || (upper > 12 && lower == 0) { Err(Reason::Heading) } else { Ok(()) }
}

/// A number and a colon count what another sentence announced: "Two: nobody will say when they leave."
fn counts_off(sentence: &str) -> Result<(), Reason> {
    const NUMBERS: [&str; 30] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "first",
        "second",
        "third",
        "un",
        "deux",
        "trois",
        "premièrement",
        "deuxièmement",
        "uno",
        "dos",
        "tres",
        "primero",
        "segundo",
        "tercero",
        "eins",
        "zwei",
        "drei",
        "erstens",
        "zweitens",
        "drittens",
        "due",
        "tre",
        "primo",
        "secondo",
        "terzo",
    ];
    let Some((head, _)) = sentence.split_once(':') else { return Ok(()) };
    let head = head.trim().to_lowercase();
    let digit = head.len() == 1 && head.starts_with(|c: char| c.is_ascii_digit());
    if digit || NUMBERS.contains(&head.as_str()) { Err(Reason::Connective) } else { Ok(()) }
}

/// "iPhone", "al-Jazeera": names that begin with a small letter.
fn is_camel(sentence: &str) -> bool {
    let head: String = sentence.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
    head.chars().skip(1).any(char::is_uppercase)
}

/// A sentence ends with a full stop, inside or outside of closing marks.
fn ends(sentence: &str) -> Result<(), Reason> {
    let end =
        sentence.trim_end_matches(|c: char| is_closing(c) || is_opening(c) || c == '\'' || c.is_whitespace());
    if end.ends_with('…') || end.ends_with("...") || end.ends_with("..") {
        return Err(Reason::NoStop);
    }
    // "The police chief said at a 1:30 a.m.": cut before "news conference".
    let mut last = end.rsplit(' ');
    let hour = matches!(last.next(), Some("a.m." | "p.m."))
        && last.next().is_some_and(|time| time.starts_with(|sign: char| sign.is_ascii_digit()));
    if hour && matches!(last.next(), Some("a" | "an" | "the")) {
        return Err(Reason::NoStop);
    }
    let stop = end.ends_with(['.', '!', '?', '。', '！', '？', '؟', '۔', '।', '։']);
    // Thai and Lao end their sentences with a blank.
    let unstopped = end.chars().next_back().is_some_and(|c| matches!(u32::from(c), 0x0E00..=0x0EFF));
    if stop || unstopped { Ok(()) } else { Err(Reason::NoStop) }
}

/// Marks that may open a quotation. „German“, »German«, «French», “English”, 「Japanese」.
fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '»' | '‹' | '「' | '『' | '‘')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '»' | '«' | '›' | '」' | '』' | '’' | ')' | ']')
}

fn opens_with_quotation(sentence: &str) -> bool {
    // A single ‘ opens quotations in headlines only, and is the apostrophe of ‘s-Hertogenbosch.
    sentence.starts_with(|c: char| is_opening(c) && c != '‘')
}

/// The parts of a sentence outside its quotations, as byte ranges, none empty.
fn outside_quotations(sentence: &str) -> Result<Vec<std::ops::Range<usize>>, Reason> {
    let mut parts = Vec::with_capacity(2);
    let mut open: Option<char> = None;
    let mut start = 0;
    for (at, c) in sentence.char_indices() {
        match open {
            None => {
                if opens(c) {
                    open = Some(c);
                    if at > start {
                        parts.push(start..at);
                    }
                } else if matches!(c, '”' | '」') {
                    return Err(Reason::OpenQuotation);
                }
            }
            Some(mark) => {
                if closes(mark, c) {
                    open = None;
                    start = at + c.len_utf8();
                } else if mark == '“' && c == '“' {
                    return Err(Reason::OpenQuotation);
                }
            }
        }
    }
    if open.is_some() {
        return Err(Reason::OpenQuotation);
    }
    if start < sentence.len() {
        parts.push(start..sentence.len());
    }
    Ok(parts)
}

/// Every bracket has its partner, in order.
fn brackets(sentence: &str) -> Result<(), Reason> {
    let mut open = Vec::new();
    for c in sentence.chars() {
        match c {
            '(' | '[' => open.push(c),
            ')' if open.pop() != Some('(') => return Err(Reason::OpenBracket),
            ']' if open.pop() != Some('[') => return Err(Reason::OpenBracket),
            _ => {}
        }
    }
    if open.is_empty() { Ok(()) } else { Err(Reason::OpenBracket) }
}

/// A sentence that opens with a quotation names who speaks: not "he said", not "dijo", not nobody.
fn speaker(sentence: &str, spoken: &[Word], after: usize, usage: &Usage) -> Result<(), Reason> {
    let rest: Vec<Word> =
        spoken.iter().copied().skip_while(|word| (word.span.start as usize) < after).collect();
    let named = rest.iter().any(|word| word.shape.is_capitalised());
    // Two words without a name are a verb and what belongs to it: "ha detto", "said one".
    let caseless = rest.iter().all(|word| matches!(word.shape, Shape::Caseless | Shape::Pair));
    if rest.is_empty() || (rest.len() <= 2 && !named && !caseless) {
        return Err(Reason::NoSpeaker);
    }
    let head = &rest[..rest.len().min(AFTER_QUOTATION)];
    let before_comma =
        |word: &Word| !sentence[after..word.span.start as usize].trim_start_matches([',', ' ']).contains(',');
    if (0..head.len()).any(|at| before_comma(&head[at]) && usage.subjects.open(&head[at..]))
        && !head.iter().any(|word| word.shape.is_capitalised())
        || usage.pronouns.open(&rest) && !usage.unless.open(&rest)
    {
        return Err(Reason::NoSpeaker);
    }
    Ok(())
}

/// The first words point to no earlier sentence.
fn opening(all: &[Word], usage: &Usage) -> Result<(), Reason> {
    if usage.unless.open(all) {
        return Ok(());
    }
    if usage.pronouns.open(all) {
        return Err(Reason::Pronoun);
    }
    if usage.connectives.open(all) { Err(Reason::Connective) } else { Ok(()) }
}

/// After an introduction ("On Monday, …") no pronoun follows whose noun stands in an earlier sentence.
///
/// A name in the introduction may be what the pronoun means ("After Garba fled, he …") where the
/// introduction is a clause; after a bare preposition ("In Niamey, he …") it is not.
fn introduction(sentence: &str, spoken: &[Word], usage: &Usage, lang: Lang) -> Result<(), Reason> {
    let Some(first) = spoken.first() else { return Ok(()) };
    let Some(comma) = sentence.find([',', '،']) else { return Ok(()) };
    let inside = spoken.iter().take_while(|word| (word.span.end as usize) <= comma).count();
    let stops = stop_words(lang);
    let is_introduction = usage.prepositions.open(spoken)
        || inside <= 2
            && spoken[..inside].iter().all(|word| stops.contains(&word.hash) || word.shape == Shape::Number);
    if inside == 0 || inside > INTRODUCTION || !is_introduction || first.span.start as usize > comma {
        return Ok(());
    }
    let rest = &spoken[inside..];
    if usage.subjects.open(rest) { Err(Reason::Pronoun) } else { Ok(()) }
}

/// Outside quotations a report does not say "we" or "you".
fn persons(spoken: &[Word], usage: &Usage) -> Result<(), Reason> {
    if speaks_to_the_reader(spoken, usage) { Err(Reason::Person) } else { Ok(()) }
}

/// True where a first or second person stands among words.
pub(super) fn speaks_to_the_reader(spoken: &[Word], usage: &Usage) -> bool {
    spoken.iter().enumerate().any(|(at, word)| {
        // "US" and "ME" are no pronouns, and "I" after a name counts: "World War I".
        let shouted = word.shape == Shape::Upper && word.span.len() > 1;
        let numeral = word.span.len() == 1 && at > 0 && spoken[at - 1].shape.is_capitalised();
        !shouted && !numeral && usage.persons.open(std::slice::from_ref(word))
    })
}

/// Somewhere outside quotations stands a word that may be a finite verb. Lenient: English plurals pass.
fn verb(sentence: &str, spoken: &[Word], usage: &Usage) -> Result<(), Reason> {
    if !usage.knows_verbs() {
        return Ok(());
    }
    let found = spoken.iter().any(|word| {
        let text = word.span.of(sentence).unwrap_or_default();
        usage.verbs.open(std::slice::from_ref(word))
            || (word.shape == Shape::Lower
                && text.len() >= 4
                && usage.verb_endings.iter().any(|ending| text.ends_with(ending)))
    });
    if found { Ok(()) } else { Err(Reason::NoVerb) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn stands(lang: Lang, sentences: &[&str]) {
        for sentence in sentences {
            assert_eq!(stands_alone(sentence, lang), Ok(()), "{sentence}");
        }
    }

    #[track_caller]
    fn refused(lang: Lang, reason: Reason, sentences: &[&str]) {
        for sentence in sentences {
            assert_eq!(stands_alone(sentence, lang), Err(reason), "{sentence}");
        }
    }

    #[test]
    fn sentences_that_stand() {
        stands(
            Lang::EN,
            &[
                "Russian military personnel have entered an air base in Niger that hosts U.S. troops.",
                "“It is not great,” a senior U.S. defense official told Meridian Wire.",
                "“It is not great, but manageable,” Defense Minister Garba said on Friday.",
                "On Thursday, the Pentagon said it would withdraw 1,000 troops.",
                "This week the junta told the United States to leave.",
                "The ministry (which runs the port) declined to comment.",
                "$3 million was spent on the hangar.",
                "When Garba arrived, he told reporters that the base would close.",
                "The monument honours soldiers who fell in World War I.",
                "The US told contractors to leave.",
                "“Why now?” the governor asked lawmakers.",
                "Photo editors at the agency met on Monday.",
                "There were 200 soldiers at the base, the army said.",
            ],
        );
        stands(
            Lang::FR,
            &[
                "Des militaires russes sont entrés sur une base aérienne du Niger.",
                "Il y a environ mille soldats américains au Niger.",
                "« La situation est gérable », a déclaré le ministre Garba.",
                "Cette semaine, la junte a expulsé les militaires américains.",
            ],
        );
        stands(
            Lang::DE,
            &[
                "Russische Soldaten haben einen Stützpunkt in Niger bezogen.",
                "„Die Lage ist beherrschbar“, sagte Minister Garba am Freitag.",
                "Es gibt rund tausend Soldaten im Land.",
            ],
        );
        stands(Lang::ES, &["El Ministerio de Defensa confirmó la retirada de mil soldados."]);
        stands(Lang::PT, &["O Ministério da Defesa confirmou a retirada de mil soldados."]);
        stands(Lang::IT, &["Il ministero della Difesa ha confermato il ritiro di mille soldati."]);
        stands(
            Lang::RU,
            &[
                "Министерство обороны подтвердило вывод тысячи военных.",
                "«Ситуация под контролем», — заявил министр Гарба.",
            ],
        );
        stands(
            Lang::AR,
            &["دخلت قوات روسية قاعدة جوية في النيجر.", "وقال المتحدث باسم الوزارة إن القوات ستنسحب."],
        );
        stands(Lang::ZH, &["俄罗斯军人进入尼日尔的一个空军基地。"]);
    }

    #[test]
    fn pronouns_without_their_noun() {
        refused(
            Lang::EN,
            Reason::Pronoun,
            &[
                "He denied it.",
                "It was the third such strike this month.",
                "That was not enough for the opposition.",
                "Their families waited outside.",
                "The two met again in March.",
                "One of them died in hospital.",
                "On Monday, he told reporters that the base would close.",
                "In a speech in Niamey, he said troops would leave.",
                "Earlier, they had refused to leave the hangar.",
            ],
        );
        refused(
            Lang::FR,
            Reason::Pronoun,
            &["Il a démenti.", "C’est une bonne nouvelle.", "Lundi, il a quitté la base."],
        );
        refused(
            Lang::DE,
            Reason::Pronoun,
            &["Er wies das zurück.", "Das sei falsch.", "Beide Seiten schwiegen."],
        );
        refused(Lang::ES, Reason::Pronoun, &["Ella lo negó.", "Esto no es suficiente."]);
        refused(Lang::PT, Reason::Pronoun, &["Ele negou.", "Isso não basta."]);
        refused(Lang::IT, Reason::Pronoun, &["Lui ha negato.", "Questo non basta."]);
        refused(Lang::RU, Reason::Pronoun, &["Он это отрицает.", "По его словам, база закрыта."]);
        refused(Lang::AR, Reason::Pronoun, &["هذا غير كاف.", "وأضاف أن القوات ستنسحب."]);
    }

    #[test]
    fn connectives() {
        refused(
            Lang::EN,
            Reason::Connective,
            &[
                "But the Pentagon confirmed the report.",
                "However, the base stays open.",
                "Meanwhile, talks went on in Niamey.",
                "As a result, flights were cancelled.",
                "Also on Friday, the junta met.",
                "In that same period, crime fell by half.",
                "Two: nobody in the capital will say when they leave.",
            ],
        );
        refused(
            Lang::FR,
            Reason::Connective,
            &["Mais la base reste ouverte.", "En revanche, les vols continuent."],
        );
        refused(
            Lang::DE,
            Reason::Connective,
            &["Allerdings bleibt der Stützpunkt offen.", "Auch Frankreich zog Soldaten ab."],
        );
        refused(Lang::ES, Reason::Connective, &["Sin embargo, la base sigue abierta."]);
        refused(Lang::PT, Reason::Connective, &["No entanto, a base continua aberta."]);
        refused(Lang::IT, Reason::Connective, &["Tuttavia la base resta aperta."]);
        refused(
            Lang::RU,
            Reason::Connective,
            &["Однако база остаётся открытой.", "Кроме того, полёты продолжаются."],
        );
        refused(Lang::AR, Reason::Connective, &["لكن القاعدة لا تزال مفتوحة.", "في المقابل نفت الوزارة ذلك."]);
    }

    #[test]
    fn quotations_and_brackets() {
        refused(
            Lang::EN,
            Reason::OpenQuotation,
            &[
                "“The base will close, the minister said.",
                "The base will close,” the minister said.",
                "The minister said \"the base will close.",
            ],
        );
        refused(Lang::DE, Reason::OpenQuotation, &["„Die Lage ist ernst, sagte der Minister."]);
        refused(Lang::FR, Reason::OpenQuotation, &["« La base va fermer, a dit le ministre."]);
        refused(
            Lang::EN,
            Reason::OpenBracket,
            &["The base (next to the airport closed.", "The base] closed."],
        );
        refused(
            Lang::EN,
            Reason::NoSpeaker,
            &[
                "“It is not great.”",
                "“It is not great,” he said.",
                "“It is not great,” said one.",
                "“It is not great,” they told reporters in Niamey.",
            ],
        );
        refused(Lang::DE, Reason::NoSpeaker, &["„Die Lage ist ernst“, sagte er."]);
        refused(Lang::ES, Reason::NoSpeaker, &["«No es ideal», dijo."]);
        refused(Lang::IT, Reason::NoSpeaker, &["«Non è l’ideale», ha detto."]);
        refused(Lang::RU, Reason::NoSpeaker, &["«Ситуация под контролем», — добавил он."]);
    }

    #[test]
    fn lines_of_the_page() {
        refused(
            Lang::EN,
            Reason::PageText,
            &[
                "Read more about the base here.",
                "Sign up to get our daily email.",
                "Click to see the map.",
                "Just Watched The base closed on Friday, and the troops have left.",
            ],
        );
        refused(
            Lang::FR,
            Reason::PageText,
            &["Lire aussi : la base évacuée.", "Abonnez-vous à nos lettres."],
        );
        refused(Lang::DE, Reason::PageText, &["Lesen Sie hier alles zum Abzug."]);
        refused(Lang::RU, Reason::PageText, &["Читайте также: база закрыта."]);
        refused(
            Lang::EN,
            Reason::Credit,
            &[
                "Photo: A. Garba.",
                "(Reporting by Jane Moss in Niamey; editing by Tom Hale.)",
                "Image: soldiers at the base, 2 May 2024.",
            ],
        );
        refused(Lang::DE, Reason::Credit, &["Foto: A. Garba"]);
        refused(
            Lang::EN,
            Reason::Boilerplate,
            &[
                "Copyright 2024 Meridian Wire.",
                "All rights reserved.",
                "Ana Diaz contributed to this report.",
                "Photos: Hide Caption 13 of 21 The mayor speaks to reporters after voting in Accra.",
            ],
        );
        refused(
            Lang::EN,
            Reason::NoStop,
            &[
                "Troops at the base in Niamey",
                "The Pentagon said on Friday that…",
                "By Jane Moss",
                "The police chief said at a 1:30 a.m.",
            ],
        );
        refused(Lang::EN, Reason::Heading, &["WHAT WE KNOW ABOUT THE BASE so far."]);
        refused(Lang::EN, Reason::Fragment, &["which hosts U.S. troops.", "— the base closed."]);
        refused(Lang::EN, Reason::Question, &["What happens to the base now?"]);
        refused(Lang::AR, Reason::Question, &["ماذا يحدث للقاعدة الآن؟"]);
        refused(Lang::EN, Reason::NoVerb, &["A hangar at the base in Niamey."]);
        refused(
            Lang::EN,
            Reason::Person,
            &[
                "The army showed us the hangar.",
                "Nobody knows what we will find.",
                "Let your voice be heard.",
            ],
        );
        refused(Lang::FR, Reason::Person, &["L’armée nous a montré le hangar."]);
        refused(Lang::EN, Reason::Empty, &["", "— …"]);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,120}", marks in "[“”«»„\"()\\[\\]?!., aHe]{0,40}") {
            for lang in [Lang::EN, Lang::DE, Lang::AR, Lang::UNKNOWN] {
                let _ = stands_alone(&text, lang);
                let _ = stands_alone(&marks, lang);
            }
        }
    }
}
