//! The grammar of English texts: tokens, tags, trees, sentences and names in one call.

use std::sync::{LazyLock, Mutex, PoisonError};

use dateline_model::Span;
use pulp::Arch;
use rustc_hash::FxHashMap;

use crate::arcs::{self, Parser};
use crate::biluo::{self, Finder};
use crate::chars::{Chars, SPACE};
use crate::encoder::{self, Encoder, WIDTH};
use crate::ids::Symbols;
use crate::labels;
use crate::lexicon::{Lexicon, WordId};
use crate::matrix::{Matrix, greatest};
use crate::parse::{Parse, Token};
use crate::tokens::{Text, Tokenizer};
use crate::trees;
use crate::weights::{self, ModelError};
use crate::words::Words;

/// After so many tokens a text is cut at the next line break.
const CUT_AT_LINE: usize = 3072;
/// After so many, at the next white space.
const CUT: usize = 4096;
/// A string without white space is cut after so many bytes.
const LONGEST_STRING: usize = 8192;

/// The model of English: spaCy's `en_core_web_sm` 3.8, read from `models/english.bin`.
///
/// Texts of up to 3,072 tokens are read whole, and give what spaCy gives but for the last bits of its sums. Longer
/// ones are read in pieces of at most 4,096 tokens and a string, cut at line breaks where there are any, so that the
/// memory of a call does not grow beyond some 60 MB and its result; time is linear in the length of the text.
#[derive(Debug)]
pub struct English {
    tokenizer: Tokenizer,
    words: Words,
    tags: Vec<&'static str>,
    context: Encoder<6, 576>,
    tagger: Matrix<WIDTH>,
    parser: Parser,
    names: Encoder<4, 384>,
    finder: Finder,
    arch: Arch,
    /// Room for reading, one for each call under way.
    desks: Mutex<Vec<Desk>>,
}

/// Room for reading.
#[derive(Debug, Default)]
struct Desk {
    lexicon: Lexicon,
    found: Vec<crate::lexicon::Token>,
    piece: Vec<Placed>,
    encoder: encoder::Scratch,
    vectors: Vec<f32>,
    scores: Vec<f32>,
    parser: arcs::Scratch,
    arcs: Vec<arcs::Arc>,
    finder: biluo::Scratch,
    spaces: Vec<bool>,
}

/// A token in its place.
#[derive(Debug, Clone, Copy)]
struct Placed {
    span: Span,
    word: WordId,
    /// A blank follows.
    blank: bool,
}

/// A static, so that it stands in the program once, whoever uses it.
static WEIGHTS: &[u8] = include_bytes!("../../../models/english.bin");

impl English {
    /// The file of the model built into the program.
    pub fn weights() -> &'static [u8] {
        WEIGHTS
    }

    /// The model built into the program. It is unpacked on first use, in some 30 ms.
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<English> =
            LazyLock::new(|| English::from_bytes(WEIGHTS).expect("models/english.bin is whole"));
        &EMBEDDED
    }

    /// The model in a file that `models/build/english.py` made.
    ///
    /// # Errors
    /// If the file is something else, cut short, or of another model.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let (tables, mut tensors) = weights::read(bytes)?;
        let norms = tables.norms.into_iter().filter_map(|(id, norm)| Some((id.parse().ok()?, norm)));
        let tags = tables.tags.iter().map(|tag| labels::tag(tag)).collect::<Result<Vec<_>, _>>()?;
        let tagger = Matrix::for_linear(
            &tensors.take("tagger.weights", tags.len() * WIDTH)?,
            &tensors.take("tagger.bias", tags.len())?,
        );
        Ok(Self {
            words: Words::new(Symbols::new(tables.symbols), norms.collect::<FxHashMap<_, _>>()),
            tokenizer: Tokenizer::new(Chars::new(tables.chars), tables.after_digits, tables.special_cases),
            context: Encoder::new("context", &tables.context_seeds, &mut tensors)?,
            tagger,
            tags,
            parser: Parser::new(&tables.parser_moves, &mut tensors)?,
            names: Encoder::new("names", &tables.names_seeds, &mut tensors)?,
            finder: Finder::new(&tables.names_moves, &mut tensors)?,
            arch: Arch::new(),
            desks: Mutex::default(),
        })
    }

    /// The grammar of a text of at most 4 GiB.
    ///
    /// Any text is read; what is not English gets an English reading. The same text gives the same result on any thread
    /// and after any other text.
    pub fn read(&self, text: &str) -> Parse {
        let taken = self.desks.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut desk = taken.unwrap_or_default();
        let parse = self.read_at(&mut desk, text);
        self.desks.lock().unwrap_or_else(PoisonError::into_inner).push(desk);
        parse
    }

    fn read_at(&self, desk: &mut Desk, text: &str) -> Parse {
        let mut parse = Parse::default();
        desk.piece.clear();
        desk.lexicon.empty_if_full();
        let mut at = 0;
        while at < text.len() {
            let string = self.next_string(&text[at..]);
            desk.found.clear();
            desk.lexicon.split(string, &self.tokenizer, &self.words, &mut desk.found);
            for token in &desk.found {
                let end = at + token.len as usize;
                desk.piece.push(Placed { span: Span::new(at, end), word: token.word, blank: false });
                at = end;
            }
            let space = string.starts_with(|c| self.tokenizer.chars().is(c, SPACE));
            // One blank after a string belongs to it.
            if !space && text[at..].starts_with(' ') {
                at += 1;
                desk.piece.last_mut().into_iter().for_each(|last| last.blank = true);
            }
            let whole =
                desk.piece.len() >= CUT || desk.piece.len() >= CUT_AT_LINE && space && string.contains('\n');
            if whole {
                self.read_piece(desk, text, &mut parse);
                desk.piece.clear();
                desk.lexicon.empty_if_full();
            }
        }
        if !desk.piece.is_empty() {
            self.read_piece(desk, text, &mut parse);
        }
        parse
    }

    /// The string at the start of a text: white space or none, as far as it goes.
    fn next_string<'a>(&self, text: &'a str) -> &'a str {
        let space = |c: char| self.tokenizer.chars().is(c, SPACE);
        let first = text.starts_with(space);
        let end = text.char_indices().find(|(at, c)| space(*c) != first || *at >= LONGEST_STRING);
        &text[..end.map_or(text.len(), |(at, _)| at)]
    }

    fn read_piece(&self, desk: &mut Desk, text: &str, parse: &mut Parse) {
        self.rejoin(desk, text);
        let Desk { lexicon, piece, encoder, vectors, scores, parser, arcs, finder, spaces, .. } = desk;
        let arch = self.arch;
        lexicon.mix(
            arch,
            piece.iter().map(|token| (token.word, token.blank)),
            &self.context,
            &self.names,
            encoder,
        );
        spaces.clear();
        spaces.extend(piece.iter().map(|token| lexicon.get(token.word).features.space));

        let rows = piece.iter().map(|token| lexicon.context_row(token.word, token.blank));
        self.context.encode(arch, rows, encoder, vectors);
        scores.resize(piece.len() * self.tagger.columns(), 0.0);
        self.tagger.linear(arch, vectors, WIDTH, scores);
        self.parser.parse(arch, vectors, piece.len(), parser, arcs);
        trees::reattach(arcs, spaces);
        let starts = trees::sentence_starts(arcs);

        let offset = parse.tokens.len() as u32;
        let tagged = scores
            .chunks_exact(self.tagger.columns())
            .map(|scores| self.tags[greatest(&scores[..self.tags.len()])]);
        let found = piece.iter().zip(tagged).zip(arcs.iter()).zip(starts.iter().zip(spaces.iter()));
        parse.tokens.extend(found.map(|(((token, tag), arc), (starts, space))| Token {
            span: token.span,
            head: offset + arc.head,
            tag: if *space { labels::SPACE_TAG } else { tag },
            label: if *space { labels::DEP } else { arc.label.name },
            starts_sentence: *starts,
        }));

        self.names.encode(arch, piece.iter().map(|token| lexicon.names_row(token.word)), encoder, vectors);
        self.finder.find(arch, vectors, &starts, spaces, offset, finder, &mut parse.names);
    }

    /// Puts special cases together that were taken apart.
    fn rejoin(&self, desk: &mut Desk, text: &str) {
        let placed = PlacedText { text, tokens: &desk.piece };
        let starts = (0..desk.piece.len()).filter(|i| desk.lexicon.get(desk.piece[*i].word).may_rejoin);
        let cases = self.tokenizer.rejoin(&placed, starts);
        for (start, end, pieces) in cases.into_iter().rev() {
            let blank = desk.piece[end - 1].blank;
            let mut at = desk.piece[start].span.start as usize;
            let mut tokens: Vec<Placed> = Vec::with_capacity(pieces.len());
            for piece in pieces {
                let span = Span::new(at, at + piece.len as usize);
                let word = desk.lexicon.word(&text[span.range()], *piece, &self.tokenizer, &self.words);
                tokens.push(Placed { span, word, blank: false });
                at = span.end as usize;
            }
            tokens.last_mut().into_iter().for_each(|last| last.blank = blank);
            desk.piece.splice(start..end, tokens);
        }
    }
}

struct PlacedText<'a> {
    text: &'a str,
    tokens: &'a [Placed],
}

impl Text for PlacedText<'_> {
    fn len(&self) -> usize {
        self.tokens.len()
    }

    fn token(&self, i: usize) -> &str {
        &self.text[self.tokens[i].span.range()]
    }

    fn blank_after(&self, i: usize) -> bool {
        self.tokens[i].blank
    }
}
