//! Datelines: the place, date and wire before the report begins. "NIAMEY, May 2 (Reuters) – …".

/// Bytes in which a dateline must end.
const LONGEST: usize = 130;
/// Bytes of a dateline that names no wire.
const LONGEST_BARE: usize = 60;

/// Bytes of a wire's note to editors at most.
const LONGEST_NOTE: usize = 400;
/// Words that open such a note: "(Adds analyst comment, no reply from junta)".
const NOTES: [&str; 10] = [
    "adds",
    "updates",
    "recasts",
    "corrects",
    "repeats",
    "refiles",
    "rewrites",
    "releads",
    "removes",
    "clarifies",
];

/// Length in bytes of the dateline that `text` opens with, dash and blanks included, and of a wire's note to editors before
/// it; 0 where there is neither. What they say is nobody's words.
pub fn dateline_length(text: &str) -> usize {
    let note = note_length(text);
    note + bare_dateline(&text[note..])
}

/// "(Adds analyst comment, details on Agadez base)" with the blanks behind it.
fn note_length(text: &str) -> usize {
    let Some(inside) = text.strip_prefix('(') else { return 0 };
    let opens = inside.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let end = text.char_indices().take_while(|(at, _)| *at < LONGEST_NOTE).find(|(_, c)| *c == ')');
    match end {
        Some((end, _)) if NOTES.contains(&opens.as_str()) => text.len() - text[end + 1..].trim_start().len(),
        _ => 0,
    }
}

fn bare_dateline(text: &str) -> usize {
    let mut limit = text.len().min(LONGEST);
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let line = text[..limit].split('\n').next().unwrap_or_default();
    let Some((at, length)) = first_dash(line) else { return slashed(line) };
    let head = line[..at].trim_end();
    let place_first = head.chars().find(|c| c.is_alphabetic()).is_some_and(|c| !c.is_lowercase());
    let sentence = head.contains(['?', '!', '"', '“', '”', '«', ';']) || head.split_whitespace().count() > 14;
    if head.is_empty() || !place_first || sentence {
        return 0;
    }
    let first_word: String =
        head.chars().take_while(|c| c.is_alphabetic() || *c == '\'' || *c == '’').collect();
    let shouted = first_word.chars().count() >= 3 && first_word.chars().all(|c| !c.is_lowercase());
    let named = head.ends_with([')', '/']) || head.ends_with(").") || head.ends_with("/.");
    if named || (shouted && head.len() <= LONGEST_BARE && is_cased(&first_word)) {
        let rest = &text[at + length..];
        at + length + (rest.len() - rest.trim_start_matches([' ', '\u{a0}', '-', '–', '—']).len())
    } else {
        0
    }
}

fn is_cased(word: &str) -> bool {
    word.chars().any(char::is_uppercase)
}

/// The first dash that parts words, and its length.
fn first_dash(line: &str) -> Option<(usize, usize)> {
    line.char_indices().find_map(|(at, c)| match c {
        '–' | '—' => Some((at, c.len_utf8())),
        '-' => {
            let before = line[..at].ends_with([' ', ')', '.', '/']);
            let after = line[at + 1..].starts_with([' ', '-', '\u{a0}']);
            (before && after).then_some((at, 1))
        }
        _ => None,
    })
}

/// "МОСКВА, 2 мая. /ТАСС/. Report": slashes, and no dash.
fn slashed(line: &str) -> usize {
    let Some(open) = line.find('/') else { return 0 };
    let Some(close) = line[open + 1..].find('/').map(|at| open + 1 + at) else { return 0 };
    let short = line[open + 1..close].chars().count() <= 20;
    let capital = line.chars().next().is_some_and(char::is_uppercase);
    if short && capital && open <= LONGEST_BARE {
        let rest = &line[close + 1..];
        close + 1 + (rest.len() - rest.trim_start_matches(['.', ' ', '-', '–', '—']).len())
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_to_editors_are_no_part_of_the_report() {
        let report = "Troops moved in.";
        for head in [
            "(Adds analyst comment, no reply from junta, details on Agadez base)\n\nWASHINGTON, May 2 (Meridian Wire) – ",
            "(Recasts) ",
            "(Updates with quotes) NIAMEY, May 2 (Meridian Wire) - ",
        ] {
            let text = format!("{head}{report}");
            assert_eq!(&text[dateline_length(&text)..], report, "{head}");
        }
        assert_eq!(dateline_length("(Two of them) left. NIAMEY is hot."), 0);
        assert_eq!(dateline_length("(Adds and never ends"), 0);
    }

    #[test]
    fn datelines_end_where_the_report_begins() {
        for text in [
            "NIAMEY, May 2 (Meridian Wire) – |The Pentagon confirmed it.",
            "PINE RIDGE, S.D. (MW) -- |President and tribe met.",
            "WASHINGTON — |The House voted.",
            "Niamey (dpa) - |Soldaten sind eingezogen.",
            "Niamey, 2 mai (ATS) - |Des militaires sont entrés.",
            "МОСКВА, 2 мая. /ТАСС/. |Военные вошли на базу.",
            "نيامي (ميريديان) - |دخلت قوات",
            "Madrid, 5 may (EFE).- |Un incendio destruyó el hangar.",
            "|The base – once busy – is empty.",
            "|A long-running dispute over the base ended.",
            "|NATO said it would stay.",
            "|“WAIT – WHAT?” he asked.",
            "|",
        ] {
            let at = text.find('|').unwrap();
            let plain = text.replace('|', "");
            assert_eq!(dateline_length(&plain), at, "{text}");
        }
    }
}
