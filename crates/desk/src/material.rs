//! What matters in a text: the material-change test.
//!
//! Outlets touch their pages all day: a line "Updated at 14:05", a blank more, another kind of dash.
//! None of that is an edit. Two states of an article differ materially where their letters and digits
//! differ, lines that only say when the page was touched left out.

use dateline_model::Item;
use xxhash_rust::xxh3::Xxh3;

/// Words that open a line about when a page was touched, in the languages the reader knows.
const TOUCHED: [&str; 40] = [
    "updated",
    "last updated",
    "last modified",
    "published",
    "first published",
    "posted",
    "modified",
    "as of",
    "mis à jour",
    "mise à jour",
    "publié",
    "dernière mise à jour",
    "modifié",
    "actualizado",
    "publicado",
    "última actualización",
    "actualización",
    "aktualisiert",
    "zuletzt aktualisiert",
    "veröffentlicht",
    "stand",
    "atualizado",
    "última atualização",
    "publicada",
    "aggiornato",
    "ultimo aggiornamento",
    "pubblicato",
    "обновлено",
    "опубликовано",
    "последнее обновление",
    "تم التحديث",
    "آخر تحديث",
    "نُشر",
    "نشر في",
    "محدث",
    "update",
    "updated on",
    "edited",
    "revised",
    "timestamp",
];
/// A line about when a page was touched has at most this many words: longer ones say something.
const TOUCHED_WORDS: usize = 12;

/// Fingerprint of what matters in an item's headline and text.
pub fn fingerprint(item: &Item) -> i64 {
    let mut hash = Xxh3::new();
    let mut bytes = Vec::with_capacity(item.text.len().min(1 << 16));
    for line in std::iter::once(item.title.as_str()).chain(item.text.lines()) {
        if says_when_touched(line) {
            continue;
        }
        bytes.clear();
        if line.is_ascii() {
            bytes.extend(line.bytes().filter(u8::is_ascii_alphanumeric));
            hash.update(&bytes);
            continue;
        }
        let mut utf8 = [0; 4];
        for character in line.chars().filter(|character| character.is_alphanumeric()) {
            bytes.extend_from_slice(character.encode_utf8(&mut utf8).as_bytes());
        }
        hash.update(&bytes);
    }
    hash.digest() as i64
}

/// True for a line that only says when the page was touched: it opens with one of the words for it,
/// holds a digit, and is short.
fn says_when_touched(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 160 || !line.chars().any(char::is_numeric) {
        return false;
    }
    let lower = line.to_lowercase();
    let opens = TOUCHED.iter().any(|words| {
        lower.strip_prefix(words).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    });
    opens && lower.split_whitespace().count() <= TOUCHED_WORDS && holds_time(&lower) && !is_prose(line)
}

/// True where a line holds a time of day or a year: `14:05`, `18h30`, `2024`.
fn holds_time(line: &str) -> bool {
    line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '.' | '-' | '(' | ')')).any(|word| {
        let digits = word.chars().filter(|c| c.is_numeric()).count();
        let marked = word.chars().any(|c| matches!(c, ':' | 'h')) && digits >= 2 && word.chars().count() <= 8;
        marked || (digits == 4 && word.chars().count() == 4)
    })
}

/// True where a line ends as sentences do, and is more than a date: "Updated figures put the toll at 9."
fn is_prose(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '»', '”', '"']) && !line.ends_with("m.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, text: &str) -> i64 {
        fingerprint(&Item { title: title.into(), text: text.into(), ..Item::default() })
    }

    #[test]
    fn a_touched_page_is_the_same_article() {
        let first = of("Troops share base", "Updated at 14:05\nThirty passes were issued.");
        for (title, text) in [
            ("Troops share base", "Updated at 18:30\nThirty passes were issued."),
            ("Troops  share base", "Thirty passes\u{a0}were issued."),
            ("Troops share base", "Thirty passes were issued.\n\nLast updated: 2 May 2024, 6:30 p.m."),
            ("Troops share base", "Mis à jour le 2 mai 2024 à 18h30\nThirty passes were issued."),
        ] {
            assert_eq!(first, of(title, text), "{text}");
        }
    }

    #[test]
    fn a_changed_number_or_headline_is_an_edit() {
        let first = of("Troops share base", "30 passes were issued.");
        assert_ne!(first, of("Troops share base", "58 passes were issued."));
        assert_ne!(first, of("Troops share air base", "30 passes were issued."));
    }

    #[test]
    fn a_sentence_that_opens_like_a_time_stamp_matters() {
        let first = of("Ferry", "Updated figures put the toll at 9.");
        assert_ne!(first, of("Ferry", "Updated figures put the toll at 15."));
        assert_ne!(
            of("", "Published accounts differ on 3 points"),
            of("", "Published accounts differ on 4 points")
        );
    }
}
