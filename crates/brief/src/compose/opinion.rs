//! Opinion: what columnists hold, as the opinion of its author and as nothing else (rule S13).

use dateline_model::{Sentence, SpeakerKind, Voice};

use super::draft::Desk;

/// Opinions printed.
const PRINTED: usize = 3;

/// One sentence of each opinion piece, in order of arrival.
pub fn opinion(desk: &Desk<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (index, source) in desk.sources.iter().enumerate().filter(|(_, source)| source.is_opinion()) {
        // The opening sets the scene; what is held stands further down, often at the very end.
        let byline = source.version.byline.as_str();
        let held = |at: &usize| {
            let piece = &source.pieces[*at];
            piece.alone && !is_about_the_author(source.text(piece.span), byline)
        };
        let Some(at) = (0..source.pieces.len()).rev().find(held) else { continue };
        let author = Some(byline.to_owned()).filter(|byline| !byline.is_empty());
        let Some(citation) = desk.cite(index, source.pieces[at].span) else { continue };
        let outlet = source.member.outlet.as_deref();
        sentences.push(Sentence {
            text: source.text(source.pieces[at].span).to_owned(),
            lang: source.lang(),
            citations: vec![citation],
            attribution: Some(Voice {
                kind: author.as_ref().map(|_| SpeakerKind::Named),
                speaker: author,
                origin: outlet.map(str::to_owned),
                origin_name: outlet.map(|outlet| desk.registry.name(outlet).to_owned()),
                reported: source.member.reported,
                ..Voice::default()
            }),
        });
    }
    sentences.truncate(PRINTED);
    sentences
}

/// True where a sentence names who wrote it by first name and surname: "Anna Halvard is a columnist for the Lantern" is
/// a note on the author, and nothing that she holds.
fn is_about_the_author(sentence: &str, byline: &str) -> bool {
    let names = byline.split([';', ',']).map(|name| name.trim().trim_start_matches("By "));
    names.filter(|name| name.contains(char::is_whitespace)).any(|name| sentence.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_on_the_author_is_no_opinion_of_theirs() {
        let about = is_about_the_author;
        assert!(about("Anna Halvard is a columnist for the Lantern.", "By Anna Halvard"));
        assert!(about("Rémi d’Aubrac, ancien ministre, tient une chronique.", "Rémi d’Aubrac"));
        assert!(!about("The base should close before the rains.", "Anna Halvard"));
        assert!(!about("The base should close before the rains.", ""));
        assert!(about("Ada Sorn teaches law in Corlund.", "Anna Halvard; Ada Sorn"));
        assert!(!about("The Lantern should know better.", "Anna Halvard, Lantern"), "an outlet");
    }
}
