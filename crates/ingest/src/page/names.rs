//! The names in a byline, as printed, without what stands around them.
//!
//! `By Jane Doe and John Roe, Political Correspondents (AFP)` names two people. What is kept is what names
//! somebody: people, newsrooms and agencies.

use super::plain;

/// What stands before a name, in the languages of the pages we know: `By Jane Doe`.
const BEFORE: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "da",
    "door",
    "av",
    "af",
    "przez",
    "od",
    "autor",
    "autorin",
    "autoren",
    "author",
    "authors",
    "auteur",
    "auteurs",
    "autore",
    "autori",
    "text",
    "texte",
    "texto",
    "testo",
    "words",
    "story",
    "written by",
    "reported by",
    "report by",
    "posted by",
    "published by",
    "reporting by",
    "reviewed by",
    "edited by",
    "ein artikel von",
    "ein bericht von",
    "ein gastbeitrag von",
    "eine analyse von",
    "ein kommentar von",
    "ein interview von",
    "aus",
    "text von",
    "автор",
    "авторы",
    "текст",
];

/// What stands before the name of whoever took the picture.
const PICTURES: &[&str] = &[
    "foto:",
    "fotos:",
    "photo:",
    "photos:",
    "photo by",
    "photograph",
    "image:",
    "images:",
    "bild:",
    "bilder:",
    "picture:",
    "illustration",
    "grafik",
    "infografik",
    "credit",
    "©",
    "crédit",
    "immagine",
    "imagen",
    "фото",
];

/// Words that say what somebody does, not who they are.
const ROLES: &[&str] = &[
    "correspondent",
    "correspondents",
    "reporter",
    "reporters",
    "editor",
    "editors",
    "writer",
    "writers",
    "journalist",
    "columnist",
    "producer",
    "contributor",
    "contributors",
    "photographer",
    "photos",
    "photo",
    "bureau",
    "chief",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
    "journalistin",
    "chefredakteur",
    "volontär",
    "volontärin",
    "autor",
    "autorin",
    "journaliste",
    "correspondant",
    "correspondante",
    "envoyé",
    "envoyée",
    "rédacteur",
    "rédactrice",
    "periodista",
    "corresponsal",
    "redactor",
    "redactora",
    "giornalista",
    "follow",
    "published",
    "updated",
    "analyst",
    "specialist",
    "корреспондент",
    "редактор",
    "обозреватель",
];

/// Words between names.
const AND: &[&str] = &[
    " and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " i ", " и ", " & ", " with ", " mit ",
    " ve ",
];

/// The longest byline part that is still a name: `Associated Press Staff of the Sahel Bureau`.
const LONGEST_NAME: usize = 60;
/// The names in one byline, as printed but without what stands around them.
pub(crate) fn clean(text: &str) -> Vec<String> {
    let mut rest = plain::text(text);
    if rest.contains("://") || rest.starts_with("www.") {
        return Vec::new(); // a profile page, which names nobody
    }
    let lower = rest.to_lowercase();
    if PICTURES.iter().any(|lead| lower.starts_with(lead)) {
        return Vec::new();
    }
    rest = without_brackets(&rest);
    rest = without_lead(&rest).to_owned();
    let mut parts = vec![rest];
    for and in AND {
        parts = parts.iter().flat_map(|part| split_names(part, and)).collect();
    }
    for separator in [";", " | ", " / ", "/", "、", "，", " – ", " - ", " • "] {
        parts = parts
            .iter()
            .flat_map(|part| part.split(separator).map(str::to_owned).collect::<Vec<_>>())
            .collect();
    }
    let mut names = Vec::new();
    for part in &parts {
        let mut pieces = part.split(',').map(|piece| without_lead(piece.trim()));
        let first = pieces.next().unwrap_or_default();
        let mut kept = vec![first.to_owned()];
        for piece in pieces {
            if is_suffix(piece) {
                if let Some(last) = kept.last_mut() {
                    last.push_str(", ");
                    last.push_str(piece);
                }
            } else if is_person(piece) || (piece.chars().count() <= 4 && is_agency(piece)) {
                kept.push(piece.to_owned());
            }
        }
        names.extend(kept);
    }
    names.iter().map(|name| trim_name(name)).filter(|name| is_name(name)).collect()
}

/// Splits at a word for `and` where names stand on both sides: `Marks and Spencer` stays.
fn split_names(text: &str, and: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(and).collect();
    let all_names = parts.iter().all(|part| {
        let first = part.split([',', ';', '/']).next().unwrap_or(part).trim();
        is_person(first) || is_agency(first)
    });
    if parts.len() > 1 && all_names {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        vec![text.to_owned()]
    }
}

/// Takes off what brackets hold: initials, agencies, roles, e-mail addresses.
fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0usize;
    let mut balanced = true;
    for c in text.chars() {
        match c {
            '(' | '[' | '<' => depth += 1,
            // The end of a bracket that a list was cut in: what came before it stood inside.
            ')' | ']' | '>' if depth == 0 => {
                out.clear();
                balanced = false;
            }
            ')' | ']' | '>' => depth -= 1,
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    let out = plain::fold(&out);
    // Initials that stand in brackets alone: `(jd)`. A picture credit does too, and is longer.
    let inside = text.trim_matches(['(', ')', '[', ']', '<', '>']);
    if out.is_empty() && balanced && depth == 0 && inside.len() <= 8 { inside.to_owned() } else { out }
}

/// Takes off `By `, `Von `, `Text: ` before a name.
fn without_lead(text: &str) -> &str {
    let mut text = text
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '•' | '·' | '-' | '–' | '—' | ','));
    loop {
        let lead = BEFORE.iter().filter_map(|lead| {
            let head = text.get(..lead.len())?;
            let rest = &text[lead.len()..];
            let next = rest.chars().next()?;
            let ends = next == ':'
                || (next.is_whitespace()
                    && rest.trim_start().chars().next().is_some_and(|c| !c.is_lowercase()));
            (head.to_lowercase() == *lead && ends).then_some(rest)
        });
        match lead.min_by_key(|rest| rest.len()) {
            Some(rest) if !rest.trim_matches([':', ' ']).is_empty() => text = rest.trim_matches([':', ' ']),
            _ => return text,
        }
    }
}

fn trim_name(name: &str) -> String {
    // What Korean bylines put after a name: reporter, correspondent.
    let name = [" 기자", " 특파원", " 논설위원", "記者"]
        .iter()
        .find_map(|role| name.trim_end().strip_suffix(role))
        .unwrap_or(name);
    let name = name.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ';' | ':' | '|' | '•' | '·' | '-' | '–' | '—' | '*' | '/' | '"' | '“' | '”')
    });
    // Initials and honours keep their full stop; a sentence's goes.
    let stop = name
        .strip_suffix('.')
        .filter(|rest| rest.split_whitespace().next_back().is_some_and(|word| word.chars().count() > 3));
    stop.unwrap_or(name).trim().to_owned()
}

/// Whether what is left names somebody at all: no address, no link, no sentence, no bare number.
fn is_name(name: &str) -> bool {
    let count = name.chars().count();
    (2..=LONGEST_NAME).contains(&count)
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['@', '{', '}', '<', '>', '_', '\\'])
        && !name.contains("://")
        && !name.starts_with("www.")
        && !name.starts_with('/')
        && !["null", "undefined", "none", "admin", "n/a", "unknown", "anonymous", "and", "by"]
            .contains(&name.to_lowercase().as_str())
        && name.chars().filter(char::is_ascii_digit).count() <= 3
        && !(has_role(name)
            && name
                .split_whitespace()
                .all(|word| is_role(word) || word.chars().next().is_some_and(char::is_lowercase)))
}

/// Whether a text reads like the name of a person: two to five words that begin with a capital, or a
/// short word in a script without capitals.
pub(crate) fn is_person(text: &str) -> bool {
    let text = text.trim();
    if !is_name(text) || has_role(text) {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let cased = text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    if !cased {
        return text.chars().count() <= 12;
    }
    const PARTICLES: &[&str] = &[
        "de", "van", "von", "der", "den", "la", "le", "da", "di", "del", "dos", "du", "bin", "al", "el",
        "zu", "und", "ten", "ter", "y", "e",
    ];
    (2..=5).contains(&words.len())
        && words.iter().all(|word| {
            let first = word.chars().find(|c| c.is_alphabetic());
            first.is_some_and(|c| !c.is_lowercase())
                || PARTICLES.contains(word)
                || word.contains('\'')
                || word.contains('’')
        })
        && words.first().and_then(|word| word.chars().next()).is_some_and(|c| !c.is_lowercase() || c == 'd')
        && !text.chars().any(|c| c.is_ascii_digit())
}

fn is_role(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    ROLES.contains(&word.as_str())
}

fn has_role(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || c == '-').any(is_role)
}

/// Whether a text is an agency's short name: `AFP`, `dpa`, `EFE`.
fn is_agency(text: &str) -> bool {
    const AGENCIES: &[&str] = &[
        "afp",
        "ap",
        "apa",
        "dpa",
        "efe",
        "ansa",
        "upi",
        "pa",
        "pti",
        "ani",
        "ians",
        "sid",
        "epd",
        "kna",
        "ntb",
        "tt",
        "stt",
        "ritzau",
        "belga",
        "anp",
        "lusa",
        "agi",
        "reuters",
        "tass",
        "xinhua",
        "rts",
        "ats",
        "sda",
        "keystone-sda",
    ];
    AGENCIES.contains(&text.trim().to_lowercase().as_str())
}

fn is_suffix(text: &str) -> bool {
    matches!(text.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "PhD" | "Ph.D" | "MD" | "M.D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_and_what_stands_around_them_is_not() {
        for (text, names) in [
            ("By Jane Doe", &["Jane Doe"] as &[&str]),
            ("By Jane Doe and John Roe, Political Correspondents", &["Jane Doe", "John Roe"]),
            ("Von Klaus von der Heide und Anna Müller", &["Klaus von der Heide", "Anna Müller"]),
            ("Jane Doe, Political Correspondent", &["Jane Doe"]),
            ("Jane Doe, John Roe & Amina Saley", &["Jane Doe", "John Roe", "Amina Saley"]),
            ("Martin Roe, Jr.", &["Martin Roe, Jr."]),
            ("Jane Doe (jd)", &["Jane Doe"]),
            ("Par Amina Saley; jane.doe@a.example", &["Amina Saley"]),
            ("AFP", &["AFP"]),
            ("Reuters", &["Reuters"]),
            ("Jane Doe/dpa", &["Jane Doe", "dpa"]),
            ("https://a.example/author/jane", &[]),
            ("Associated Press", &["Associated Press"]),
            ("Marks and Spencer", &["Marks and Spencer"]),
            ("배윤경", &["배윤경"]),
            ("山田、田中", &["山田", "田中"]),
            ("undefined", &[]),
            ("Staff Writer", &["Staff Writer"]),
            ("신현주 기자", &["신현주"]),
            ("Jane Doe (Image: Getty", &["Jane Doe"]),
            ("iStockphoto)", &[]),
            ("Foto: Mads Roe", &[]),
        ] {
            assert_eq!(clean(text), names, "{text}");
        }
    }
}
