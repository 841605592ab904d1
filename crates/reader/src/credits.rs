//! Credits: the words in which an article says whose reporting it carries, uses or cites.
//!
//! Three kinds are told apart. *Carried*: the article is the other newsroom's ("NIAMEY (Reuters) –",
//! a line "© AFP", the byline "dpa"). *Contributed*: the other's material went in ("avec AFP", "AP
//! contributed to this report"). *Cited*: a claim is taken from it ("told Reuters", "selon l'AFP").
//! Names are the outlet registry's; a name it does not know is still a credit where the words leave
//! no doubt that a newsroom is meant, and stays unknown.

use std::sync::{Arc, LazyLock};

use dateline_model::{Credit, CreditKind, Lang, Outlet, Part, Registry, Span};
use memchr::memmem::Finder;

use crate::names::Names;
use crate::pack::{NEWSROOM_WORDS, Pack, SOURCE_LABELS, pack_or_english};
use crate::sentences::paragraphs;

/// A credit in the first bytes of a text is a dateline's; the longest dateline seen is 110 bytes.
const DATELINE: usize = 200;
/// Bytes at the beginning of a text whose credits can decide its descent: a citing article says so in its
/// first two paragraphs, and whom an outlet's own report was told by stands before.
const OPENING: usize = 3_000;
/// Bytes at its end: credit lines, with the notices that follow them.
const CLOSING: usize = 1_500;
/// A line longer than this is prose, not a credit line.
const CREDIT_LINE: usize = 90;
/// Credits kept of one article.
const MOST_CREDITS: usize = 64;

/// Finds credits; built once from a registry.
#[derive(Debug, Clone)]
pub struct CreditFinder {
    names: Names,
    /// For each name: what it is the name of.
    meant: Vec<Meant>,
}

/// What a name stands for.
#[derive(Debug, Clone)]
struct Meant {
    name: Box<str>,
    domain: Arc<str>,
    /// False for abbreviations that mean somebody else in running text.
    in_prose: bool,
}

impl CreditFinder {
    /// A finder for the names of a registry.
    pub fn new(registry: &Registry) -> Self {
        let mut meant = Vec::new();
        for outlet in registry.iter() {
            let domain: Arc<str> = Arc::from(outlet.domain.as_str());
            for (name, in_prose) in outlet.credit_names() {
                meant.push(Meant { name: name.into(), domain: Arc::clone(&domain), in_prose });
            }
        }
        let names = Names::new(meant.iter().map(|meant| &*meant.name));
        Self { names, meant }
    }

    /// The credits of an article in order: byline, headline, text.
    pub fn find(&self, title: &str, text: &str, byline: &str, lang: Lang) -> Vec<Credit> {
        self.find_in(title, text, byline, lang, std::slice::from_ref(&(0..text.len())))
    }

    /// The credits that decide an article's descent: those of its byline, its headline, its first
    /// paragraphs and its last lines. Names in between are those of a long text's background.
    pub fn find_at_ends(&self, title: &str, text: &str, byline: &str, lang: Lang) -> Vec<Credit> {
        if text.len() <= OPENING + CLOSING {
            return self.find(title, text, byline, lang);
        }
        let (opening, closing) = (floor_boundary(text, OPENING), floor_boundary(text, text.len() - CLOSING));
        self.find_in(title, text, byline, lang, &[0..opening, closing..text.len()])
    }

    fn find_in(
        &self,
        title: &str,
        text: &str,
        byline: &str,
        lang: Lang,
        ranges: &[std::ops::Range<usize>],
    ) -> Vec<Credit> {
        let pack = pack_or_english(lang);
        let mut credits = Vec::new();
        self.in_byline(byline, &mut credits);
        self.in_prose(title, 0..title.len(), Part::Title, pack, &mut credits);
        for range in ranges {
            self.in_prose(text, range.clone(), Part::Text, pack, &mut credits);
        }
        unknown_wire(text, &mut credits);
        if lang == Lang::EN {
            let opening = ranges.first().map_or(0, |range| range.end);
            unknown_cited(&text[..opening], &mut credits);
        }
        agencies(text, pack, &mut credits);
        credits.sort_by_key(|credit| (credit.part != Part::Byline, credit.part == Part::Text, credit.span));
        credits.truncate(MOST_CREDITS);
        credits
    }

    /// Names that stand as words of their own.
    fn names<'a>(
        &'a self,
        text: &'a str,
        range: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (Span, &'a Meant)> {
        self.names.find(text, range).filter_map(move |found| {
            let (start, end) = (found.start(), found.end());
            let before = text[..start].chars().next_back();
            let after = text[end..].chars().next();
            let arabic = text[start..end].starts_with(is_arabic);
            // Arabic joins "and", "to", "in", "by" to the name: لرويترز "to Reuters".
            let opens = !before.is_some_and(char::is_alphanumeric)
                || (arabic && before.is_some_and(is_arabic_prefix));
            let closes = !after.is_some_and(char::is_alphanumeric);
            // "Reuters.com" and "@AFP" are addresses, "AP-NORC" and "AFP-JIJI" other names.
            let address = before == Some('@')
                || text[end..]
                    .strip_prefix(['.', '-'])
                    .is_some_and(|rest| rest.starts_with(char::is_alphabetic));
            let meant = &self.meant[found.pattern().as_usize()];
            let written = Outlet::is_written(&meant.name, &text[start..end]);
            (opens && closes && !address && written).then(|| (Span::new(start, end), meant))
        })
    }

    fn in_byline(&self, byline: &str, credits: &mut Vec<Credit>) {
        for (span, meant) in self.names(byline, 0..byline.len()) {
            // "Jane Doe, Associated Press" and "By Reuters": the name stands between separators.
            let before = byline[..span.start as usize].trim_end();
            let after = byline[span.end as usize..].trim_start();
            let opens = before.is_empty()
                || before.ends_with([',', ';', '|', '/', '-', '–', '(', '•'])
                || ends_with_by(before);
            let closes = after.is_empty()
                || after.starts_with([',', ';', '|', '/', '-', '–', ')', '•'])
                || after.starts_with("and ")
                || after.eq_ignore_ascii_case("staff");
            if opens && closes {
                credits.push(credit(
                    CreditKind::Carried,
                    Some(&meant.domain),
                    byline,
                    span,
                    span,
                    Part::Byline,
                ));
            }
        }
    }

    fn in_prose(
        &self,
        text: &str,
        range: std::ops::Range<usize>,
        part: Part,
        pack: &Pack,
        credits: &mut Vec<Credit>,
    ) {
        for (name, meant) in self.names(text, range) {
            if credits.len() >= MOST_CREDITS {
                return;
            }
            let line = line_around(text, name);
            if part == Part::Text
                && let Some(words) = dateline(text, name).or_else(|| credit_line(text, line, name))
            {
                let kind = if is_contributed(text, words, name, pack) {
                    CreditKind::Contributed
                } else {
                    CreditKind::Carried
                };
                credits.push(credit(kind, Some(&meant.domain), text, name, words, part));
            } else if !meant.in_prose {
                // Only a credit line's form could have told that the agency is meant.
            } else if let Some(words) = contributed(text, line, name, pack) {
                credits.push(credit(CreditKind::Contributed, Some(&meant.domain), text, name, words, part));
            } else if let Some(words) = cited(text, line, name, pack) {
                credits.push(credit(CreditKind::Cited, Some(&meant.domain), text, name, words, part));
            }
        }
    }
}

fn credit(
    kind: CreditKind,
    domain: Option<&Arc<str>>,
    text: &str,
    name: Span,
    words: Span,
    part: Part,
) -> Credit {
    Credit {
        kind,
        outlet: domain.map(|domain| domain.to_string()),
        name: name.of(text).unwrap_or_default().to_owned(),
        span: words,
        part,
    }
}

fn is_arabic(c: char) -> bool {
    matches!(u32::from(c), 0x0600..=0x06FF)
}

fn is_arabic_prefix(c: char) -> bool {
    matches!(c, 'و' | 'ل' | 'ب' | 'ك' | 'ف')
}

fn ends_with_by(before: &str) -> bool {
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "by" | "par" | "von" | "por" | "di" | "da")
}

/// The line of the text that holds `name`, without white space at its ends.
fn line_around(text: &str, name: Span) -> Span {
    let start = text[..name.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = text[name.end as usize..].find('\n').map_or(text.len(), |at| name.end as usize + at);
    Span::new(start, end).trim(text)
}

/// Characters that part a dateline from the report.
const DASHES: [char; 5] = ['–', '—', '-', '‒', ':'];

/// "NIAMEY, May 2 (Reuters) – …", "МОСКВА, 2 мая. /ТАСС/. …", "AFP - …": the words up to the dash.
fn dateline(text: &str, name: Span) -> Option<Span> {
    let (start, end) = (name.start as usize, name.end as usize);
    let lead = text.len() - text.trim_start().len();
    if start > lead + DATELINE || text[lead..start].contains('\n') {
        return None;
    }
    let before = &text[lead..start];
    let after = &text[end..];
    let span = |length: usize| Some(Span::new(lead, end + length));
    for (open, close) in [('(', ')'), ('/', '/'), ('[', ']')] {
        // A regional desk may follow: "(dpa/lnw)".
        let closed = after
            .strip_prefix('/')
            .and_then(|desk| desk.split_once(close))
            .filter(|(desk, _)| desk.len() < 12);
        if before.ends_with(open)
            && let Some(rest) = after.strip_prefix(close).or(closed.map(|(_, rest)| rest))
        {
            let rest = rest.trim_start_matches(['.', ' ', '\u{a0}']);
            // A dash follows, or the report begins: "(Reuters) The army said".
            let parted =
                rest.starts_with(DASHES) || rest.starts_with(char::is_uppercase) || rest.starts_with('\n');
            if parted && is_place_and_date(&before[..before.len() - open.len_utf8()]) {
                return span(closed.map_or(0, |(desk, _)| desk.len() + 1) + close.len_utf8());
            }
        }
    }
    // "МОСКВА, 2 мая - РИА Новости. …", "نيامي - رويترز", "AFP – Niamey"
    let trimmed = before.trim_end();
    let after = after.trim_start_matches([' ', '\u{a0}', '.']);
    let named = trimmed.ends_with(['–', '—', '-']) && is_place_and_date(trimmed);
    if (named
        && (after.starts_with(DASHES)
            || text[end..].starts_with('.')
            || text[end..].trim_start_matches(' ').starts_with('\n')))
        || (trimmed.is_empty() && after.starts_with(['–', '—', '-']))
    {
        return span(0);
    }
    None
}

/// A dateline is a place, perhaps a date and an author: short, and no sentence.
fn is_place_and_date(words: &str) -> bool {
    words.len() <= 110 && !words.contains(['?', '!', '"', '“', '”', ';']) && !words.contains(". ")
        || words.trim().is_empty()
        || is_dated(words)
}

/// "МОСКВА, 2 мая. " – a full stop after a short place and date.
fn is_dated(words: &str) -> bool {
    words.len() <= 60 && words.chars().any(|c| c.is_ascii_digit())
}

/// A line that is nothing but a credit: "(Reuters)", "© AFP", "Quelle: dpa", "Fuente: EFE".
fn credit_line(text: &str, line: Span, name: Span) -> Option<Span> {
    let whole = line.of(text)?;
    if whole.len() > CREDIT_LINE {
        // A report that ends in "(Reuters)".
        let at_end = text[name.end as usize..line.end as usize].trim_end_matches(['.', ' ']) == ")"
            && text[..name.start as usize].ends_with('(')
            && text[line.end as usize..].trim().is_empty();
        return at_end.then(|| Span::new(name.start as usize - 1, line.end as usize));
    }
    let before = &text[line.start as usize..name.start as usize];
    let after = &text[name.end as usize..line.end as usize];
    let mut label = before.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if let Some(stripped) = label.strip_suffix([' ', ':']) {
        label = stripped.to_owned();
    }
    let tail_is_bare =
        after.chars().all(|c| !c.is_alphabetic()) || after.trim().eq_ignore_ascii_case("staff");
    let others = after.trim_start_matches([',', '/', ' ', '-', '|']);
    let lists_more = after.starts_with(['/', ',', '|']) && others.len() < 30 && !others.contains(' ');
    (SOURCE_LABELS.contains(&label.as_str()) && (tail_is_bare || lists_more)).then_some(line)
}

fn is_contributed(text: &str, words: Span, name: Span, pack: &Pack) -> bool {
    let before =
        text[words.start as usize..name.start as usize].trim_end_matches([' ', '(', '[']).to_lowercase();
    pack.contributed.iter().any(|cue| ends_with_words(&before, cue))
}

/// "(avec AFP)", "with input from Reuters", "AP contributed to this report".
fn contributed(text: &str, line: Span, name: Span, pack: &Pack) -> Option<Span> {
    let before = &text[line.start as usize..name.start as usize];
    let after = &text[name.end as usize..line.end as usize];
    if let Some(rest) = after.trim_start_matches([' ', ',']).strip_prefix("contributed to this")
        && rest.len() < 60
    {
        return Some(Span::new(name.start as usize, line.end as usize));
    }
    let plain = strip_qualifiers(before, pack);
    let lower = plain.to_lowercase();
    let cue = pack.contributed.iter().find(|cue| ends_with_words(&lower, cue))?;
    let start = line.start as usize + plain.trim_end().len().saturating_sub(cue.len());
    let start = floor_boundary(text, start);
    // "avec AFP" within prose is a meeting with AFP; in brackets or on a line of its own it is a credit.
    let bracketed = text[..start].trim_end().ends_with(['(', '['])
        && after.trim_start().starts_with([')', ']', ',', '/']);
    let alone = line.len() <= CREDIT_LINE
        && text[line.start as usize..start].trim_matches(|c: char| !c.is_alphanumeric()).len() <= 30;
    let clear = cue.contains(' ') && cue.split(' ').count() >= 3;
    (bracketed || alone || clear).then(|| Span::new(start, name.end as usize))
}

/// "told Reuters", "selon l'AFP", "Reuters reported".
fn cited(text: &str, line: Span, name: Span, pack: &Pack) -> Option<Span> {
    let before = &text[line.start as usize..name.start as usize];
    let plain = strip_qualifiers(before, pack);
    let lower = plain.to_lowercase();
    for cue in pack.cited_before.iter() {
        if ends_with_words(&lower, cue) {
            let start = line.start as usize + plain.trim_end().len().saturating_sub(cue.len());
            return Some(Span::new(floor_boundary(text, start), name.end as usize));
        }
    }
    for cue in pack.addressed.iter() {
        if ends_with_words(&lower, cue) && somebody_speaks(text, line, name, pack) {
            let start = line.start as usize + plain.trim_end().len().saturating_sub(cue.len());
            return Some(Span::new(floor_boundary(text, start), name.end as usize));
        }
    }
    let after = &text[name.end as usize..line.end as usize];
    let rest = after.trim_start_matches(['\'', '’', ' ', ',', '“', '”', '»', '"', '\u{a0}']);
    let rest = rest.strip_prefix("news agency ").unwrap_or(rest);
    let lower: String = rest.chars().take(40).flat_map(char::to_lowercase).collect();
    for cue in pack.cited_after.iter() {
        if lower.strip_prefix(cue).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) {
            // "Reuters reported" but not "Reuters reported a profit".
            if lower.contains("profit") || lower.contains("revenue") {
                return None;
            }
            let end = name.end as usize + (after.len() - rest.len()) + cue.len();
            return Some(Span::new(name.start as usize, floor_boundary(text, end)));
        }
    }
    None
}

/// True where a verb of saying stands shortly before the name or right after it: "a déclaré un responsable à l'AFP".
fn somebody_speaks(text: &str, line: Span, name: Span, pack: &Pack) -> bool {
    /// Bytes before the name in which the verb stands: the speaker and their office come between.
    const REACH: usize = 160;
    let from = floor_boundary(text, (name.start as usize).saturating_sub(REACH)).max(line.start as usize);
    let before = text[from..name.start as usize].to_lowercase();
    let after: String =
        text[name.end as usize..line.end as usize].chars().take(30).flat_map(char::to_lowercase).collect();
    let words =
        before.split(|c: char| !c.is_alphanumeric()).chain(after.split(|c: char| !c.is_alphanumeric()));
    words.into_iter().any(|word| pack.saying.has(word))
}

/// Drops what may stand between a cue and the name: "told **the news agency** Reuters".
fn strip_qualifiers<'b>(before: &'b str, pack: &Pack) -> &'b str {
    let mut rest = before;
    'again: loop {
        let trimmed = rest.trim_end_matches([' ', '\u{a0}', '"', '“', '«', '„', '(']);
        for qualifier in pack.qualifiers.iter() {
            if let Some(start) = trimmed.len().checked_sub(qualifier.len())
                && trimmed.is_char_boundary(start)
                && trimmed[start..].to_lowercase() == qualifier
            {
                let head = &trimmed[..start];
                let whole = head.is_empty()
                    || head.ends_with(|c: char| !c.is_alphanumeric())
                    || qualifier.starts_with(is_arabic);
                if whole {
                    rest = head;
                    continue 'again;
                }
            }
        }
        return trimmed;
    }
}

/// True where `text` ends in the words of `cue`, not in the middle of one. Arabic cues may end joined to the name.
fn ends_with_words(text: &str, cue: &str) -> bool {
    text.strip_suffix(cue).is_some_and(|head| {
        !head.ends_with(char::is_alphanumeric)
            || cue.starts_with(is_arabic) && head.ends_with(is_arabic_prefix)
    })
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// "N'DJAMENA, May 3 (Lake Chad Press) –": a wire the registry does not know.
fn unknown_wire(text: &str, credits: &mut Vec<Credit>) {
    let lead = text.len() - text.trim_start().len();
    let head = &text[lead..floor_boundary(text, lead + DATELINE)];
    let Some(open) = head.find('(') else { return };
    let Some(length) = head[open..].find(')') else { return };
    let name = Span::new(lead + open + 1, lead + open + length);
    let (Some(words), rest) = (name.of(text), &head[open + length + 1..]) else { return };
    let parted = rest.trim_start_matches(' ').starts_with(['–', '—', '-']);
    let place = &head[..open];
    let placed = place.starts_with(char::is_uppercase)
        && is_place_and_date(place)
        && place.split_whitespace().count() <= 8;
    let known = credits.iter().any(|credit| credit.part == Part::Text && credit.span.overlaps(name));
    if parted && placed && !known && is_newsroom_name(words) {
        credits.push(credit(
            CreditKind::Carried,
            None,
            text,
            name,
            Span::new(lead, name.end as usize + 1),
            Part::Text,
        ));
    }
}

/// What stands before a newsroom whose name has to tell that it is one.
static CUES: LazyLock<[Finder<'static>; 3]> =
    LazyLock::new(|| ["told ", "according to ", "citing "].map(Finder::new));

/// "told the Sahel Courier": a newsroom the registry does not know, told by its last word.
fn unknown_cited(text: &str, credits: &mut Vec<Credit>) {
    for cue in &*CUES {
        for at in cue.find_iter(text.as_bytes()) {
            if credits.len() >= MOST_CREDITS {
                return;
            }
            let from = at + cue.needle().len();
            let rest = text[from..].strip_prefix("the ").map_or(from, |_| from + 4);
            let mut end = rest;
            for word in text[rest..].split_inclusive(' ').take(6) {
                if !word.starts_with(char::is_uppercase) {
                    break;
                }
                let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
                end += bare.len();
                if bare.len() < word.trim_end().len() {
                    break;
                }
                end += word.len() - bare.len();
            }
            let name = Span::new(rest, end.min(text.len())).trim(text);
            let known = credits.iter().any(|credit| credit.part == Part::Text && credit.span.overlaps(name));
            if !known && name.of(text).is_some_and(is_newsroom_name) {
                let words = Span::new(at, name.end as usize);
                credits.push(credit(CreditKind::Cited, None, text, name, words, Part::Text));
            }
        }
    }
}

/// Two to five capitalised words of which the last names a kind of newsroom.
fn is_newsroom_name(words: &str) -> bool {
    let parts: Vec<&str> = words.split_whitespace().collect();
    (2..=5).contains(&parts.len())
        && parts.iter().all(|part| part.starts_with(char::is_uppercase))
        && parts.last().is_some_and(|last| NEWSROOM_WORDS.contains(&last.to_lowercase().as_str()))
}

/// "With agency input", "(avec agences)": wires' material without their names.
fn agencies(text: &str, pack: &Pack, credits: &mut Vec<Credit>) {
    for line in paragraphs(text) {
        if line.len() > CREDIT_LINE {
            continue;
        }
        let Some(words) = line.of(text) else { continue };
        let bare = words.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if pack.agencies.has(&bare) {
            credits.push(credit(CreditKind::Contributed, None, text, line, line, Part::Text));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder() -> CreditFinder {
        let (registry, errors) = Registry::parse(
            "meridian-wire.example\tMeridian Wire|Meridian|Меридиан|ميريديان\tGB\ten\twire\t\tindependent\tinvented\n\
             transsahara.example\tAgence Transsaharienne|ATS|(AT)\tSN\tfr\twire\t\tindependent\tinvented\n\
             sahel-courier.example\tSahel Courier\tNE\ten\tnewspaper\t\tindependent\tinvented\n",
        );
        assert!(errors.is_empty());
        CreditFinder::new(&registry)
    }

    fn kinds(text: &str, lang: Lang) -> Vec<(CreditKind, String)> {
        finder().find("", text, "", lang).into_iter().map(|credit| (credit.kind, credit.name)).collect()
    }

    fn one(text: &str, lang: Lang) -> (CreditKind, String, String) {
        let found = finder().find("", text, "", lang);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let words = found[0].span.of(text).unwrap().to_owned();
        (found[0].kind, found[0].name.clone(), words)
    }

    use CreditKind::{Carried, Cited, Contributed};

    #[test]
    fn datelines_hand_the_article_to_the_wire() {
        for (text, lang) in [
            ("NIAMEY, May 2 (Meridian Wire) – Russian forces have entered an air base.", Lang::EN),
            ("WASHINGTON (Meridian Wire) The army said so.", Lang::EN),
            ("(Meridian Wire) - Russian forces have entered an air base.", Lang::EN),
            ("Niamey (Meridian Wire) - Russische Soldaten sind eingezogen.", Lang::DE),
            ("Niamey, 2 mai (ATS) - Des militaires russes sont entrés.", Lang::FR),
            ("Niamey, 2 may (ATS).- Militares rusos entraron en una base.", Lang::ES),
            ("НИАМЕЙ, 2 мая. /Меридиан/. Российские военные вошли на базу.", Lang::RU),
            ("НИАМЕЙ, 2 мая - Меридиан. Российские военные вошли на базу.", Lang::RU),
            ("نيامي (ميريديان) - دخلت قوات روسية قاعدة جوية", Lang::AR),
            ("Meridian Wire - Russian forces have entered an air base.", Lang::EN),
            ("NIAMEY (MERIDIAN WIRE) – Russian forces have entered an air base.", Lang::EN),
            ("Niamey (ATS/sn) - Russische Soldaten sind eingezogen.", Lang::DE),
            ("DAKAR (AT) – The ministry said so.", Lang::EN),
        ] {
            assert_eq!(one(text, lang).0, Carried, "{text}");
        }
        let (_, name, words) = one("NIAMEY, May 2 (Meridian Wire) – Russian forces.", Lang::EN);
        assert_eq!((name.as_str(), words.as_str()), ("Meridian Wire", "NIAMEY, May 2 (Meridian Wire)"));
    }

    #[test]
    fn credit_lines_and_bylines() {
        for (line, lang) in [
            ("(Meridian Wire)", Lang::EN),
            ("© Meridian Wire", Lang::EN),
            ("Source: Meridian Wire", Lang::EN),
            ("Quelle: ATS", Lang::DE),
            ("Fuente: ATS", Lang::ES),
            ("Источник: Меридиан", Lang::RU),
            ("المصدر: ميريديان", Lang::AR),
        ] {
            assert_eq!(one(&format!("Something happened.\n{line}"), lang).0, Carried, "{line}");
        }
        assert_eq!(one("Long report of more than ninety bytes so that the line is prose and no credit line at all. (Meridian Wire)", Lang::EN).0, Carried);
        for byline in ["Meridian Wire", "By Meridian Wire", "Jane Doe, Meridian Wire", "Meridian Wire Staff"]
        {
            let found = finder().find("", "Something happened.", byline, Lang::EN);
            assert_eq!((found[0].kind, found[0].part), (Carried, Part::Byline), "{byline}");
        }
    }

    #[test]
    fn contributions() {
        for (text, lang) in [
            ("Something happened.\nMeridian Wire contributed to this report.", Lang::EN),
            ("Something happened.\n(with input from Meridian Wire)", Lang::EN),
            ("Il s'est passé quelque chose.\n(avec ATS)", Lang::FR),
            ("Etwas ist geschehen. (mit Material der ATS)", Lang::DE),
            ("Algo pasó.\nCon información de ATS", Lang::ES),
            ("Something happened.\nWith agency input", Lang::EN),
            ("Il s'est passé quelque chose.\n(avec agences)", Lang::FR),
            ("Что-то случилось.\nС использованием материалов Меридиан", Lang::RU),
        ] {
            assert_eq!(one(text, lang).0, Contributed, "{text}");
        }
    }

    #[test]
    fn citations() {
        for (text, lang, words) in [
            (
                "They use a hangar, an official told Meridian Wire on Thursday.",
                Lang::EN,
                "told Meridian Wire",
            ),
            (
                "They use a hangar, an official told the news agency Meridian Wire.",
                Lang::EN,
                "told the news agency Meridian Wire",
            ),
            ("Meridian Wire reported that troops had entered.", Lang::EN, "Meridian Wire reported"),
            ("Troops entered, according to Meridian Wire.", Lang::EN, "according to Meridian Wire"),
            (
                "… a déclaré un responsable à l'Agence Transsaharienne.",
                Lang::FR,
                "à l'Agence Transsaharienne",
            ),
            ("Selon l'ATS, des militaires sont entrés.", Lang::FR, "Selon l'ATS"),
            ("Das sagte ein Beamter der Nachrichtenagentur ATS.", Lang::DE, "der Nachrichtenagentur ATS"),
            ("Laut ATS sind Soldaten eingezogen.", Lang::DE, "Laut ATS"),
            ("Según ATS, entraron militares.", Lang::ES, "Según ATS"),
            ("Об этом сообщает Меридиан.", Lang::RU, "сообщает Меридиан"),
            ("وقال مسؤول لميريديان إن القوات دخلت", Lang::AR, "لميريديان"),
        ] {
            let (kind, _, found) = one(text, lang);
            assert_eq!(kind, Cited, "{text}");
            assert!(found.ends_with(words.rsplit(' ').next().unwrap()), "{text}: {found}");
        }
        assert_eq!(
            one("They use a hangar, an official told Meridian Wire.", Lang::EN).2,
            "told Meridian Wire"
        );
    }

    #[test]
    fn unknown_newsrooms_stay_unknown() {
        let finder = finder();
        let dateline = finder.find("", "N'DJAMENA, May 3 (Lake Chad Press) – Troops left.", "", Lang::EN);
        assert_eq!(
            (dateline[0].kind, dateline[0].outlet.as_deref(), dateline[0].name.as_str()),
            (Carried, None, "Lake Chad Press")
        );
        let cited = finder.find("", "He told the Abeche Daily Herald that troops had left.", "", Lang::EN);
        assert_eq!(
            (cited[0].kind, cited[0].outlet.as_deref(), cited[0].name.as_str()),
            (Cited, None, "Abeche Daily Herald")
        );
    }

    #[test]
    fn what_only_looks_like_a_credit() {
        for (text, lang) in [
            ("Meridian Wire is a news agency in London.", Lang::EN),
            ("The party told AT members to vote, and according to AT they did.", Lang::EN),
            ("They met at meridian and told meridian stories.", Lang::EN),
            ("The official told John Smith that troops had left.", Lang::EN),
            ("According to Western intelligence, they left.", Lang::EN),
            ("He read meridian-wire.example and the Meridianism of the day.", Lang::EN),
            (
                "Il a déjeuné avec ATS et ses amis au bord du fleuve, dans un restaurant très connu de la ville de Niamey.",
                Lang::FR,
            ),
            ("The base (formerly Camp Alpha) – now empty – was sold.", Lang::EN),
        ] {
            assert_eq!(kinds(text, lang), [], "{text}");
        }
    }
}
