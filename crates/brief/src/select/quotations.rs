//! Quotation marks: what stands inside and outside of them. „German“, »German«, «French», “English”, 「Japanese」.

use std::ops::Range;

/// True for a mark that opens a quotation where none is open.
pub(super) fn opens(c: char) -> bool {
    matches!(c, '"' | '“' | '„' | '«' | '»' | '「')
}

/// True where `c` closes what `mark` has opened.
pub(super) fn closes(mark: char, c: char) -> bool {
    match mark {
        '“' => c == '”',
        '„' => matches!(c, '“' | '”'),
        '«' => c == '»',
        '»' => c == '«',
        '「' => c == '」',
        _ => c == mark,
    }
}

/// The quotations of a text in order, with their marks. One that does not end in its paragraph goes to the end of that,
/// as does one that the next paragraph goes on with.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match open {
            None if opens(c) => open = Some((at, c)),
            Some((start, _)) if c == '\n' => {
                found.push(start..at);
                open = None;
            }
            Some((start, mark)) if closes(mark, c) => {
                found.push(start..at + c.len_utf8());
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|(start, _)| start..text.len()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_without_an_end_goes_to_the_end_of_its_paragraph() {
        assert_eq!(quotations("a “b\n“c” d « é » \"x"), [2..6, 7..14, 17..25, 26..28]);
        assert_eq!(quotations("»Nein« und „ja“"), [0..8, 13..21]);
        assert!(quotations("").is_empty());
    }
}
