//! Plain text out of what publishers put into attributes and JSON: entities decoded, tags taken
//! off, white space folded; and keys that tell whether two such texts say the same.

use scraper::Html;

/// The text of a field: entities decoded (once more, since templates often encode twice), tags taken
/// off, white space folded to single blanks, characters that only say where to break lines dropped.
pub(crate) fn text(raw: &str) -> String {
    let has_tags = raw.contains('<') && raw.contains('>');
    let has_entities = raw.contains('&') && raw.contains(';');
    if !has_tags && !has_entities {
        return fold(raw);
    }
    // The parser decodes entities by the standard's own table. Where there are no tags, a `<` is a `<`.
    let markup = if has_tags { super::slim::slim(raw).html } else { raw.replace('<', "&lt;") };
    let fragment = Html::parse_fragment(&markup);
    let mut joined = String::with_capacity(raw.len());
    fragment.root_element().text().for_each(|text| joined.push_str(text));
    fold(&joined)
}

/// White space folded to single blanks, soft hyphens and zero-width spaces dropped.
pub(crate) fn fold(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for word in raw.split_whitespace() {
        let before = out.len();
        if before > 0 {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}')));
        if out.len() == before + 1 && before > 0 {
            out.pop();
        }
    }
    out
}

/// The words of a text in lower case, without punctuation: equal for texts that read the same.
pub(crate) fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if c != '\u{ad}' && !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_plain() {
        assert_eq!(
            text("Troops &amp; <b>allies</b>\n share&nbsp;base&#8217;s hangar"),
            "Troops & allies share base’s hangar"
        );
        assert_eq!(text("Growth < 3 % &amp; falling"), "Growth < 3 % & falling");
        assert_eq!(text("Hubschrauber\u{ad}lande\u{ad}platz \u{200b} neu"), "Hubschrauberlandeplatz neu");
    }

    #[test]
    fn keys_ignore_case_and_punctuation() {
        assert_eq!(key("Troops “share” base – 101!"), key("TROOPS share Base, 101"));
        assert_ne!(key("Troops share base"), key("Troops shared base"));
        assert_eq!(key("…"), "");
    }
}
