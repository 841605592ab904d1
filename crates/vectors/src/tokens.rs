//! Cuts a text into pieces of the vocabulary: the likeliest cut under a unigram model (Kudo, 2018,
//! arXiv:1804.10959), found by Viterbi over a trie. The same pieces as SentencePiece's.

use rustc_hash::FxHashMap;

use crate::normalise::Rules;

/// An unknown character counts this much less than the rarest piece (SentencePiece's `kUnkPenalty`).
const UNKNOWN_PENALTY: f32 = 10.0;

/// Characters of a text that are read, so that a text costs the same however long it is. The 64 tokens
/// of a headline and lead are about 250.
pub const CHARACTERS: usize = 2_048;

/// Cuts texts into pieces.
pub struct Tokeniser {
    rules: Rules,
    /// From a node and a byte to the next node; the root is 0.
    steps: FxHashMap<(u32, u8), u32>,
    /// The piece that ends at each node, with its score.
    ends: Vec<Option<(u32, f32)>>,
    unknown_score: f32,
    begin: u32,
    end: u32,
    unknown: u32,
}

impl Tokeniser {
    /// Of pieces with scores, the likeliest having the highest. Those up to `specials` are no text.
    pub(crate) fn new(
        rules: Rules,
        pieces: &[(&[u8], f32)],
        begin: u32,
        end: u32,
        unknown: u32,
        specials: u32,
    ) -> Result<Self, String> {
        let mut steps = FxHashMap::default();
        steps.reserve(pieces.len() * 3);
        let mut ends = vec![None];
        let mut lowest = 0.0f32;
        for (id, (piece, score)) in pieces.iter().enumerate().skip(specials as usize + 1) {
            if piece.is_empty() || std::str::from_utf8(piece).is_err() || !score.is_finite() {
                return Err(format!("piece {id} is not one"));
            }
            lowest = lowest.min(*score);
            let mut node = 0;
            for byte in *piece {
                node = *steps.entry((node, *byte)).or_insert_with(|| {
                    ends.push(None);
                    ends.len() as u32 - 1
                });
            }
            ends[node as usize].get_or_insert((id as u32, *score));
        }
        Ok(Self { rules, steps, ends, unknown_score: lowest - UNKNOWN_PENALTY, begin, end, unknown })
    }

    /// The ids of a text's pieces between those of begin and end, at most `limit` (at least 2) in all.
    ///
    /// Linear in the length of the text; no more than [`CHARACTERS`] of it are read.
    pub fn tokens(&self, text: &str, limit: usize) -> Vec<u32> {
        let read = text.char_indices().nth(CHARACTERS).map_or(text, |(end, _)| &text[..end]);
        let mut ids = vec![self.begin];
        ids.extend(self.cut(&self.rules.normalise(read)));
        ids.truncate(limit.max(2) - 1);
        ids.push(self.end);
        ids
    }

    /// The likeliest cut of a normalised text. Unknown characters in a row are one unknown piece.
    fn cut(&self, text: &str) -> Vec<u32> {
        #[derive(Clone, Copy)]
        struct Best {
            score: f32,
            from: usize,
            id: u32,
        }
        let bytes = text.as_bytes();
        let mut best: Vec<Option<Best>> = vec![None; bytes.len() + 1];
        best[0] = Some(Best { score: 0.0, from: 0, id: self.unknown });
        for (start, character) in text.char_indices() {
            let Some(here) = best[start] else { continue };
            let mut offer = |end: usize, score: f32, id: u32| {
                if best[end].is_none_or(|best| score > best.score) {
                    best[end] = Some(Best { score, from: start, id });
                }
            };
            let mut node = 0;
            let mut whole = false;
            for (end, byte) in bytes.iter().enumerate().skip(start) {
                let Some(next) = self.steps.get(&(node, *byte)) else { break };
                node = *next;
                if let Some((id, score)) = self.ends[node as usize] {
                    offer(end + 1, here.score + score, id);
                    whole |= end + 1 == start + character.len_utf8();
                }
            }
            if !whole {
                offer(start + character.len_utf8(), here.score + self.unknown_score, self.unknown);
            }
        }
        let mut ids = Vec::new();
        let mut end = bytes.len();
        while end > 0 {
            let Some(step) = best[end] else { break };
            if step.id != self.unknown || ids.last() != Some(&self.unknown) {
                ids.push(step.id);
            }
            end = step.from;
        }
        ids.reverse();
        ids
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokeniser() -> Tokeniser {
        let pieces: [(&[u8], f32); 9] = [
            (b"<s>", 0.0),
            (b"</s>", 0.0),
            (b"<unk>", 0.0),
            ("▁".as_bytes(), -4.0),
            ("▁fer".as_bytes(), -5.0),
            ("▁ferry".as_bytes(), -7.0),
            (b"ry", -4.0),
            (b"s", -3.0),
            (b"fer", -6.0),
        ];
        Tokeniser::new(Rules::read(&[]).unwrap(), &pieces, 0, 1, 2, 2).unwrap()
    }

    #[test]
    fn the_likeliest_cut_wins() {
        assert_eq!(tokeniser().tokens("ferrys", 64), [0, 5, 7, 1], "▁ferry s, not ▁fer ry s");
        assert_eq!(tokeniser().tokens("ferferry", 64), [0, 4, 8, 6, 1]);
    }

    #[test]
    fn unknown_characters_in_a_row_are_one() {
        assert_eq!(tokeniser().tokens("ferry 渡渡s", 64), [0, 5, 3, 2, 7, 1]);
    }

    #[test]
    fn specials_in_a_text_are_text() {
        assert_eq!(tokeniser().tokens("</s>", 64), [0, 3, 2, 7, 2, 1]);
    }

    #[test]
    fn texts_are_cut_short() {
        assert_eq!(tokeniser().tokens("ferrysss", 4), [0, 5, 7, 1]);
        assert_eq!(tokeniser().tokens("ferry", 0), [0, 1]);
        assert_eq!(tokeniser().tokens("", 64), [0, 1]);
        let long = "ferry ".repeat(100_000);
        assert!(tokeniser().tokens(&long, usize::MAX).len() <= CHARACTERS + 2);
    }

    proptest! {
        #[test]
        fn no_text_panics(text: String, limit in 0usize..80) {
            let ids = tokeniser().tokens(&text, limit);
            prop_assert!(ids.len() >= 2 && ids.len() <= limit.max(2));
            prop_assert_eq!((ids[0], ids[ids.len() - 1]), (0, 1));
        }
    }
}
