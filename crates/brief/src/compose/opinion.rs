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
        let mut whole = (0..source.pieces.len()).rev().filter(|at| source.pieces[*at].alone);
        let Some(at) = whole.next() else { continue };
        let author = Some(source.version.byline.clone()).filter(|byline| !byline.is_empty());
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
