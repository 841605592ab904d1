//! A parse as the rules walk it: words in lower case, children, and the reach of each subtree.

use dateline_grammar::{Parse, Token};
use dateline_model::Span;

const NONE: u32 = u32::MAX;

/// A parse with what the rules ask of it. Built in time linear in the tokens.
pub struct Tree<'t> {
    /// The text.
    pub text: &'t str,
    /// Its parse.
    pub parse: &'t Parse,
    lower: String,
    bounds: Vec<u32>,
    first_child: Vec<u32>,
    next_sibling: Vec<u32>,
    reach: Vec<(u32, u32)>,
    sentence: Vec<u32>,
    sentences: Vec<(u32, u32)>,
    quoted: Vec<bool>,
}

impl<'t> Tree<'t> {
    /// The tree of a parse of `text`.
    pub fn new(text: &'t str, parse: &'t Parse) -> Self {
        let tokens = &parse.tokens;
        let n = tokens.len();
        let mut lower = String::new();
        let mut bounds = Vec::with_capacity(n + 1);
        bounds.push(0);
        for token in tokens {
            let word = token.span.of(text).unwrap_or_default();
            if word.is_ascii() {
                lower.extend(word.chars().map(|c| c.to_ascii_lowercase()));
            } else {
                lower.extend(
                    word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }),
                );
            }
            bounds.push(lower.len() as u32);
        }
        let (mut first_child, mut next_sibling) = (vec![NONE; n], vec![NONE; n]);
        let mut roots = Vec::new();
        for at in (0..n).rev() {
            let head = tokens[at].head as usize;
            if head == at || head >= n {
                roots.push(at as u32);
            } else {
                next_sibling[at] = first_child[head];
                first_child[head] = at as u32;
            }
        }
        // From the leaves up; what hangs on no root reaches itself.
        let mut order = roots;
        let mut next = 0;
        while next < order.len() {
            let mut child = first_child[order[next] as usize];
            while child != NONE {
                order.push(child);
                child = next_sibling[child as usize];
            }
            next += 1;
        }
        let mut reach: Vec<(u32, u32)> = (0..n as u32).map(|at| (at, at + 1)).collect();
        for &at in order.iter().rev() {
            let head = tokens[at as usize].head as usize;
            if head < n && head != at as usize {
                let (left, right) = reach[at as usize];
                reach[head] = (reach[head].0.min(left), reach[head].1.max(right));
            }
        }
        let (mut sentence, mut sentences) = (Vec::with_capacity(n), Vec::new());
        for (at, token) in tokens.iter().enumerate() {
            if at == 0 || token.starts_sentence {
                sentences.push((at as u32, at as u32));
            }
            sentence.push(sentences.len() as u32 - 1);
            if let Some(last) = sentences.last_mut() {
                last.1 = at as u32 + 1;
            }
        }
        let quoted = quoted(text, tokens);
        Self { text, parse, lower, bounds, first_child, next_sibling, reach, sentence, sentences, quoted }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.parse.tokens.len()
    }

    /// A token.
    pub fn token(&self, at: usize) -> &Token {
        &self.parse.tokens[at]
    }

    /// A token's word in lower case, with straight apostrophes.
    pub fn lower(&self, at: usize) -> &str {
        &self.lower[self.bounds[at] as usize..self.bounds[at + 1] as usize]
    }

    /// A token's word as printed.
    pub fn word(&self, at: usize) -> &'t str {
        self.token(at).span.of(self.text).unwrap_or_default()
    }

    /// A token's tag.
    pub fn tag(&self, at: usize) -> &'static str {
        self.token(at).tag
    }

    /// How a token depends on its head.
    pub fn label(&self, at: usize) -> &'static str {
        self.token(at).label
    }

    /// A token's head; `None` for the root of a sentence.
    pub fn head(&self, at: usize) -> Option<usize> {
        let head = self.token(at).head as usize;
        (head != at && head < self.len()).then_some(head)
    }

    /// The tokens that depend on a token, in order.
    pub fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = self.first_child[at];
        std::iter::from_fn(move || {
            let at = next;
            (at != NONE).then(|| {
                next = self.next_sibling[at as usize];
                at as usize
            })
        })
    }

    /// The first child with one of these labels.
    pub fn child(&self, at: usize, labels: &[&str]) -> Option<usize> {
        self.children(at).find(|&child| labels.contains(&self.label(child)))
    }

    /// The tokens `from..to` that a token's subtree reaches over.
    pub fn reach(&self, at: usize) -> std::ops::Range<usize> {
        self.reach[at].0 as usize..self.reach[at].1 as usize
    }

    /// Which sentence a token stands in.
    pub fn sentence_of(&self, at: usize) -> usize {
        self.sentence[at] as usize
    }

    /// The tokens of a sentence.
    pub fn sentence(&self, index: usize) -> std::ops::Range<usize> {
        self.sentences.get(index).map_or(0..0, |&(from, to)| from as usize..to as usize)
    }

    /// True inside quotation marks, the marks included.
    pub fn quoted(&self, at: usize) -> bool {
        self.quoted[at]
    }

    /// The bytes of a run of tokens, without white space at its ends.
    pub fn span(&self, run: std::ops::Range<usize>) -> Span {
        match (
            self.parse.tokens.get(run.start),
            run.end.checked_sub(1).and_then(|at| self.parse.tokens.get(at)),
        ) {
            (Some(first), Some(last)) if run.start < run.end => {
                Span { start: first.span.start, end: last.span.end }.trim(self.text)
            }
            _ => Span { start: 0, end: 0 },
        }
    }

    /// The tokens that lie in a span.
    pub fn tokens_in(&self, span: Span) -> std::ops::Range<usize> {
        let tokens = &self.parse.tokens;
        let from = tokens.partition_point(|token| token.span.end <= span.start);
        let to = tokens.partition_point(|token| token.span.start < span.end);
        from..to.max(from)
    }

    /// True for a verb.
    pub fn is_verb(&self, at: usize) -> bool {
        self.tag(at).starts_with("VB")
    }

    /// True for a noun or a name.
    pub fn is_noun(&self, at: usize) -> bool {
        self.tag(at).starts_with("NN")
    }

    /// True where the word opens with a capital.
    pub fn is_capitalised(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// True for a token of white space or marks only.
    pub fn is_mark(&self, at: usize) -> bool {
        !self.word(at).chars().any(char::is_alphanumeric)
    }

    /// Where a phrase of these stands at a token: the end of the longest.
    pub fn phrase(&self, at: usize, phrases: &super::lexicon::Phrases, end: usize) -> Option<usize> {
        let all = phrases.get(self.lower(at))?;
        let fits = |phrase: &&Vec<&str>| {
            at + phrase.len() <= end && phrase.iter().enumerate().all(|(i, word)| self.lower(at + i) == *word)
        };
        all.iter().filter(fits).map(|phrase| at + phrase.len()).max()
    }
}

/// Which tokens stand in double quotation marks. A paragraph ends all quotations: the next one opens its own.
fn quoted(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut open = false;
    let mut all = Vec::with_capacity(tokens.len());
    for token in tokens {
        let word = token.span.of(text).unwrap_or_default();
        if word.contains('\n') {
            open = false;
        }
        let closes = match word {
            "“" | "«" | "``" => {
                open = true;
                false
            }
            "”" | "»" | "''" => true,
            "\"" if open => true,
            "\"" => {
                open = true;
                false
            }
            _ => false,
        };
        all.push(open || closes);
        if closes {
            open = false;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::super::tests::parse;
    use super::*;

    #[test]
    fn subtrees_reach_over_their_words() {
        let (text, parse) =
            parse("a/DT/det/2 senior/JJ/amod/2 official/NN/nsubj/3 said/VBD/ROOT/3 so/RB/advmod/3");
        let tree = Tree::new(&text, &parse);
        assert_eq!(tree.reach(2), 0..3);
        assert_eq!(tree.reach(3), 0..5);
        assert_eq!(tree.children(2).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(tree.span(0..3).of(&text), Some("a senior official"));
        assert_eq!(tree.tokens_in(tree.span(1..3)), 1..3);
    }

    #[test]
    fn heads_that_lead_nowhere_do_no_harm() {
        let (text, parse) = parse("a/DT/det/1 b/NN/nsubj/0 c/NN/dep/99");
        let tree = Tree::new(&text, &parse);
        assert_eq!(tree.reach(0), 0..1);
        assert_eq!(tree.head(2), None);
    }
}
