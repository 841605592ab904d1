//! The tagger: which words say that something was said, who is said to have said it, and what.
//!
//! Three linear-chain conditional random fields and a linker. The first field finds cues. The second labels every word
//! as outside, source, cue or content, and sees the cues of the first and where each word stands to them in the
//! sentence and in the tree. The third does so again, and sees the labels of the second around each word and in the
//! phrases of the tree; the scores of both together decide. The linker joins contents to cues and cues to sources.
//! Trained on PolNeAR (Newell, Margolin and Ruths 2018); `models/attribution.md` is the card.

mod features;
mod fit;
mod learn;
mod lexicon;
mod link;
mod repair;
mod sequence;
mod table;
mod words;

use std::sync::LazyLock;

use dateline_grammar::Parse;
use dateline_model::Span;

use crate::Found;
use features::{Draft, Frame, Known, step, step_kind};
use lexicon::{Entry, Lexicon};
use link::{Choice, Counts, Links, Piece, Pieces};
use sequence::Steps;
use table::{Table, take};
use words::Words;

pub use fit::{Example, Plan};

/// Labels of the first field: outside, and begin and inside of a cue.
const CUE_LABELS: usize = 3;
/// Labels of the others: outside, begin and inside of source, cue and content, and the last word of a content.
const ROLE_LABELS: usize = 8;

/// Finds attributions in parsed English text.
///
/// ```no_run
/// # let (text, parse) = ("", dateline_grammar::Parse::default());
/// let found = dateline_attribution::Tagger::embedded().find(text, &parse);
/// ```
#[derive(Debug, Clone)]
pub struct Tagger {
    lexicon: Lexicon,
    /// The first field.
    cues: Table<CUE_LABELS, 4>,
    /// The second.
    draft: Table<ROLE_LABELS, 9>,
    /// The third.
    roles: Table<ROLE_LABELS, 9>,
    /// Weights of the steps of the second and the third together, in the unit of the scores.
    steps: Steps<ROLE_LABELS>,
    links: Links,
    /// Added to the score of each label.
    lean: [f32; ROLE_LABELS],
}

/// Bytes that are no model of this version, or not all of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelError;

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("this is not an attribution model of this version, or not all of it; `dateline eval train-attribution` makes one")
    }
}

impl std::error::Error for ModelError {}

/// First bytes of a model, with its version.
const MAGIC: &[u8; 8] = b"dlattr03";

/// A static, so that it stands in the program once, whoever uses it.
static WEIGHTS: &[u8] = include_bytes!("../../../../models/attribution.bin");

impl Tagger {
    /// The file of the model built into the program.
    pub fn weights() -> &'static [u8] {
        WEIGHTS
    }

    /// The model built into the program. It is unpacked on first use, in some 20 ms.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Tagger> =
            LazyLock::new(|| Tagger::from_bytes(WEIGHTS).expect("models/attribution.bin is whole"));
        &EMBEDDED
    }

    /// A model as [`to_bytes`](Self::to_bytes) wrote it.
    ///
    /// # Errors
    ///
    /// Where the bytes are something else, cut short, or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Self::read(bytes).ok_or(ModelError)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let mut bytes = bytes.strip_prefix(MAGIC)?;
        let bytes = &mut bytes;
        let count = u32::from_le_bytes(take(bytes)?);
        let mut entries = Vec::new();
        for _ in 0..count {
            let low = u32::from_le_bytes(take(bytes)?);
            let [cue] = take(bytes)?;
            let class = [u16::from_le_bytes(take(bytes)?), u16::from_le_bytes(take(bytes)?)];
            entries.push((low, Entry { cue, class }));
        }
        let cues = Table::read(bytes)?;
        let draft = Table::read(bytes)?;
        let roles = Table::read(bytes)?;
        let mut lean = [0.0; ROLE_LABELS];
        for value in &mut lean {
            *value = f32::from_le_bytes(take(bytes)?);
        }
        let mut links = Links::default();
        for weight in &mut links.weights {
            *weight = i16::from_le_bytes(take(bytes)?);
        }
        bytes.is_empty().then(|| Self::of(entries.into_iter().collect(), (cues, draft, roles), links, lean))
    }

    fn of(
        lexicon: Lexicon,
        (cues, draft, roles): (Table<CUE_LABELS, 4>, Table<ROLE_LABELS, 9>, Table<ROLE_LABELS, 9>),
        links: Links,
        lean: [f32; ROLE_LABELS],
    ) -> Self {
        let steps = steps_between(&draft.weighed_steps(), &roles.weighed_steps());
        Self { lexicon, cues, draft, roles, steps, links, lean }
    }

    /// The model as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        let entries = self.lexicon.sorted();
        out.extend((entries.len() as u32).to_le_bytes());
        for (low, entry) in entries {
            out.extend(low.to_le_bytes());
            out.push(entry.cue);
            out.extend(entry.class.iter().flat_map(|class| class.to_le_bytes()));
        }
        self.cues.write(&mut out);
        self.draft.write(&mut out);
        self.roles.write(&mut out);
        out.extend(self.lean.iter().flat_map(|value| value.to_le_bytes()));
        out.extend(self.links.weights.iter().flat_map(|weight| weight.to_le_bytes()));
        out
    }

    /// The attributions of a text with its parse, in order of their cues.
    ///
    /// Spans lie on character boundaries, in order and apart from one another within a role. Every attribution has a
    /// cue and a content; the source is empty where the text leaves it open. Linear in the length of the text.
    pub fn find(&self, text: &str, parse: &Parse) -> Vec<Found> {
        let words = Words::of(text, parse);
        let labels = self.label(&words);
        let pieces = Pieces::of(&labels);
        let attributions = attributions(&words, &pieces, &self.links);
        attributions.iter().map(|attribution| attribution.found(&words)).collect()
    }

    /// The role of each word: 0 outside, then begin and inside of source, cue and content.
    fn label(&self, words: &Words) -> Vec<u8> {
        let known = Known::of(words, &self.lexicon);
        let kinds: Vec<u8> = (0..words.len()).map(|at| step_kind(words, at)).collect();
        let mut features = Vec::with_capacity(160);
        let scores: Vec<_> = (0..words.len())
            .map(|at| {
                features.clear();
                features::cues(words, &known, at, &mut |feature| features.push(feature));
                self.cues.sum(&features)
            })
            .collect();
        let margins = sequence::margins(&scores, &kinds, &self.cues.steps);
        let sure = margins.iter().map(|margin| step(margin * self.cues.unit)).collect();
        let frame = Frame::of(words, sure);
        let first: Vec<_> = (0..words.len())
            .map(|at| {
                features.clear();
                features::roles(words, &known, &frame, at, &mut |feature| features.push(feature));
                self.draft.sum(&features)
            })
            .collect();
        let draft = sequence::without_last(sequence::best(&first, &kinds, &self.draft.steps));
        let draft = Draft::of(words, &draft);
        let scores: Vec<_> = first
            .iter()
            .enumerate()
            .map(|(at, first)| {
                features.clear();
                features::again(words, &known, &frame, &draft, at, &mut |feature| features.push(feature));
                let again = self.roles.sum(&features);
                let scores = between(
                    first.map(|score| score * self.draft.unit),
                    again.map(|score| score * self.roles.unit),
                );
                std::array::from_fn(|label| scores[label] + self.lean[label])
            })
            .collect();
        let mut labels = sequence::without_last(sequence::best(&scores, &kinds, &self.steps));
        repair::quotations(words, &mut labels);
        labels
    }
}

/// One attribution by pieces.
#[derive(Debug, Clone)]
struct Linked {
    cue: Piece,
    source: Option<Piece>,
    contents: Vec<Piece>,
}

impl Linked {
    fn found(&self, words: &Words) -> Found {
        let span = |piece: &Piece| Span { start: words.start[piece.start], end: words.end[piece.end - 1] };
        // Pieces without a word between them are one, within a paragraph.
        let mut content: Vec<Piece> = Vec::with_capacity(self.contents.len());
        for piece in &self.contents {
            match content.last_mut() {
                Some(last)
                    if last.end == piece.start
                        && words.paragraph[last.end - 1] == words.paragraph[piece.start] =>
                {
                    last.end = piece.end;
                }
                _ => content.push(*piece),
            }
        }
        Found {
            source: self.source.iter().map(span).collect(),
            cue: vec![span(&self.cue)],
            content: content.iter().map(span).collect(),
        }
    }
}

/// Joins pieces to attributions.
fn attributions(words: &Words, pieces: &Pieces, links: &Links) -> Vec<Linked> {
    let counts = Counts::of(words, pieces);
    let mut contents: Vec<Vec<Piece>> = vec![Vec::new(); pieces.cues.len()];
    for &content in &pieces.contents {
        if let Some(Choice::Piece(cue)) = links.choose(&link::cues_of(words, pieces, &counts, content)) {
            contents[cue].push(content);
        }
    }
    let mut linked = Vec::new();
    for (&cue, contents) in pieces.cues.iter().zip(contents) {
        if contents.is_empty() {
            continue;
        }
        let source = match links.choose(&link::sources_of(words, pieces, &counts, cue)) {
            Some(Choice::Piece(number)) => Some(pieces.sources[number]),
            Some(Choice::Subject(piece)) => Some(piece),
            None => None,
        };
        let source =
            source.filter(|source| contents.iter().all(|c| c.end <= source.start || source.end <= c.start));
        linked.push(Linked { cue, source, contents });
    }
    linked
}

/// Share of the second field in the scores that decide; the third has the rest. The third is too sure of what the
/// second found. Exact contents on held-out training articles, the third alone: 63.7 F1, so: 64.5; right attributions
/// 71.0 and 71.7.
const SECOND: f32 = 0.4;

/// Scores of the second field and of the third as one.
fn between<const L: usize>(second: [f32; L], third: [f32; L]) -> [f32; L] {
    std::array::from_fn(|label| SECOND * second[label] + (1.0 - SECOND) * third[label])
}

/// Weights of the steps of both, as one.
fn steps_between<const L: usize>(second: &Steps<L>, third: &Steps<L>) -> Steps<L> {
    std::array::from_fn(|kind| {
        std::array::from_fn(|before| between(second[kind][before], third[kind][before]))
    })
}
