//! A text as the tagger sees it: words with their forms, quotation marks, paragraphs and trees, all as numbers.

use dateline_grammar::{NameKind, Parse};

/// Words of a text, white space left out, each property as one column.
///
/// Every column is as long as the text has words; heads and edges are indices of words.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// First byte.
    pub start: Vec<u32>,
    /// Byte after the last.
    pub end: Vec<u32>,
    /// Hash of the word in small letters.
    pub low: Vec<u32>,
    /// Hash of its stem.
    pub stem: Vec<u32>,
    /// Hashes of its last three and two and its first three bytes, in small letters.
    pub affix: Vec<[u32; 3]>,
    /// Hash of its shape: "Xx", "9", "XXx".
    pub shape: Vec<u32>,
    /// Hash of its tag.
    pub tag: Vec<u32>,
    /// Hash of its label.
    pub label: Vec<u32>,
    /// The word it depends on; its own index for a root.
    pub head: Vec<u32>,
    /// First and last word of the subtree below it, inclusive.
    pub edges: Vec<[u32; 2]>,
    /// The highest word whose subtree begins with this word, and the highest whose subtree ends with it.
    pub tops: Vec<[u32; 2]>,
    /// What hangs on it, one bit for each of [`KIDS`].
    pub kids: Vec<u32>,
    /// Its subject, or `NONE`.
    pub subject: Vec<u32>,
    /// Its clause: what hangs on it as ccomp, else xcomp, or `NONE`.
    pub clause: Vec<u32>,
    /// Where it stands to quotation marks.
    pub quote: Vec<Quote>,
    /// Number of its paragraph.
    pub paragraph: Vec<u32>,
    /// Number of its sentence; a new paragraph starts a new one.
    pub sentence: Vec<u32>,
    /// One and the kind of the name it belongs to, or 0.
    pub name: Vec<u8>,
    /// How it divides clauses: comma, dash, colon, semicolon.
    pub divides: Vec<bool>,
    /// True where it holds a letter or a digit.
    pub is_word: Vec<bool>,
}

/// Where a word stands to double quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[repr(u8)]
pub(crate) enum Quote {
    /// Outside.
    #[default]
    Outside,
    /// Inside.
    Inside,
    /// The mark that opens.
    Opens,
    /// The mark that closes.
    Closes,
}

/// No word.
pub(crate) const NONE: u32 = u32::MAX;

/// Labels whose presence below a word says what kind of predicate it is, one bit each, in this order.
pub(crate) const KIDS: [&str; 16] = [
    "nsubj",
    "ccomp",
    "xcomp",
    "parataxis",
    "dobj",
    "nsubjpass",
    "mark",
    "neg",
    "aux",
    "prep",
    "agent",
    "advcl",
    "acl",
    "auxpass",
    "poss",
    "prt",
];

/// FNV-1a, for tags and labels at compile time and words at run time.
pub(crate) const fn hash(bytes: &[u8]) -> u32 {
    let mut state = 0x811c_9dc5u32;
    let mut at = 0;
    while at < bytes.len() {
        state = (state ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    state
}

/// Longest chain of heads that is followed; trees of news stay far below it.
pub(crate) const DEPTH: usize = 40;

impl Words {
    /// The words of a parsed text. Linear in its length.
    pub fn of(text: &str, parse: &Parse) -> Self {
        let mut words = Self::default();
        let count = parse.tokens.len();
        let mut index = vec![NONE; count];
        let mut kept = Vec::with_capacity(count);
        for (at, token) in parse.tokens.iter().enumerate() {
            let form = token.span.of(text).unwrap_or("");
            if !form.trim().is_empty() {
                index[at] = kept.len() as u32;
                kept.push(at);
            }
        }
        words.reserve(kept.len());
        let mut small = String::new();
        let (mut paragraph, mut sentence, mut inside, mut before) = (0u32, 0u32, false, 0usize);
        // Where white space that is left out starts a sentence, the next word does.
        let mut starts = false;
        let mut token_at = 0;
        for (at, &token_index) in kept.iter().enumerate() {
            for token in &parse.tokens[token_at..=token_index] {
                starts |= token.starts_sentence;
            }
            token_at = token_index + 1;
            let token = &parse.tokens[token_index];
            let form = token.span.of(text).unwrap_or("");
            let gap = text.get(before..token.span.start as usize).unwrap_or("");
            before = token.span.end as usize;
            let breaks = at > 0 && gap.contains('\n');
            if breaks {
                paragraph += 1;
                inside = false;
            }
            if at > 0 && (starts || breaks) {
                sentence += 1;
            }
            starts = false;
            let quote = match form {
                "“" | "``" | "„" | "«" => Quote::Opens,
                "”" | "»" => Quote::Closes,
                // One mark for both ends.
                "\"" | "''" if inside => Quote::Closes,
                "\"" | "''" => Quote::Opens,
                _ if inside => Quote::Inside,
                _ => Quote::Outside,
            };
            inside = matches!(quote, Quote::Opens | Quote::Inside);
            words.start.push(token.span.start);
            words.end.push(token.span.end);
            words.tag.push(hash(token.tag.as_bytes()));
            words.label.push(hash(token.label.as_bytes()));
            words.quote.push(quote);
            words.paragraph.push(paragraph);
            words.sentence.push(sentence);
            words.divides.push(matches!(form, "," | ";" | "--" | "—" | "–" | ":"));
            words.is_word.push(form.chars().any(char::is_alphanumeric));
            words.form(form, &mut small);
        }
        words.name = vec![0; kept.len()];
        for name in &parse.names {
            for token in name.start..name.end {
                if let Some(&at) = index.get(token as usize).filter(|at| **at != NONE) {
                    words.name[at as usize] = 1 + kind(name.kind);
                }
            }
        }
        words.tree(parse, &index, &kept);
        words
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.start.len()
    }

    /// True where two words stand in the same sentence.
    pub fn together(&self, a: usize, b: usize) -> bool {
        self.sentence[a] == self.sentence[b]
    }

    /// The highest word above `at` whose subtree has `at` as its first (`side` 0) or last (1) word.
    fn top(&self, at: usize, side: usize) -> u32 {
        let mut top = at;
        for _ in 0..DEPTH {
            let head = self.head[top] as usize;
            if head == top || self.edges[head][side] != at as u32 || self.edges[top][side] != at as u32 {
                break;
            }
            top = head;
        }
        top as u32
    }

    fn reserve(&mut self, count: usize) {
        for column in [
            &mut self.start,
            &mut self.end,
            &mut self.low,
            &mut self.stem,
            &mut self.shape,
            &mut self.tag,
            &mut self.label,
            &mut self.paragraph,
            &mut self.sentence,
        ] {
            column.reserve(count);
        }
        self.affix.reserve(count);
        self.quote.reserve(count);
        self.divides.reserve(count);
        self.is_word.reserve(count);
    }

    fn form(&mut self, form: &str, small: &mut String) {
        small.clear();
        // What stands for a quotation mark or an apostrophe is written in many ways.
        for c in form.chars().take(LONGEST) {
            match c {
                '’' | '‘' => small.push('\''),
                '“' | '”' => small.push('"'),
                _ if c.is_ascii() => small.push(c.to_ascii_lowercase()),
                _ => small.extend(c.to_lowercase()),
            }
        }
        let bytes = small.as_bytes();
        let last = |count: usize| hash(&bytes[bytes.len().saturating_sub(count)..]);
        self.affix.push([last(3), last(2), hash(&bytes[..bytes.len().min(3)])]);
        self.low.push(hash(bytes));
        self.stem.push(stem(small));
        let (mut shape, mut previous, mut marks) = (0x811c_9dc5u32, 0u8, 0);
        for c in form.chars().take(LONGEST) {
            let class = if c.is_uppercase() {
                b'X'
            } else if c.is_lowercase() {
                b'x'
            } else if c.is_ascii_digit() {
                b'9'
            } else if c.is_ascii() {
                c as u8
            } else {
                b'?'
            };
            if class != previous || class == b'X' {
                shape = (shape ^ u32::from(class)).wrapping_mul(0x0100_0193);
                marks += 1;
            }
            previous = class;
            if marks > 6 {
                break;
            }
        }
        self.shape.push(shape);
    }

    /// Heads, the edges of subtrees, and what hangs on each word.
    fn tree(&mut self, parse: &Parse, index: &[u32], kept: &[usize]) {
        let count = kept.len();
        self.head = kept
            .iter()
            .enumerate()
            .map(|(at, &token)| {
                let head = parse.tokens[token].head as usize;
                match index.get(head) {
                    Some(&found) if found != NONE => found,
                    _ => at as u32,
                }
            })
            .collect();
        let order = deepest_first(&self.head);
        self.edges = (0..count as u32).map(|at| [at, at]).collect();
        self.kids = vec![0; count];
        self.subject = vec![NONE; count];
        self.clause = vec![NONE; count];
        for &at in &order {
            let (at, head) = (at as usize, self.head[at as usize] as usize);
            if at == head {
                continue;
            }
            let [left, right] = self.edges[at];
            let edges = &mut self.edges[head];
            *edges = [edges[0].min(left), edges[1].max(right)];
        }
        self.tops = (0..count).map(|at| [self.top(at, 0), self.top(at, 1)]).collect();
        for at in 0..count {
            let head = self.head[at] as usize;
            if at == head {
                continue;
            }
            let label = self.label[at];
            if let Some(bit) = KID_HASHES.iter().position(|kid| *kid == label) {
                self.kids[head] |= 1 << bit;
                match bit {
                    0 | 5 if self.subject[head] == NONE => self.subject[head] = at as u32,
                    1 => self.clause[head] = at as u32,
                    2 if self.clause[head] == NONE => self.clause[head] = at as u32,
                    _ => {}
                }
            }
        }
    }
}

const KID_HASHES: [u32; 16] = {
    let mut hashes = [0; 16];
    let mut at = 0;
    while at < 16 {
        hashes[at] = hash(KIDS[at].as_bytes());
        at += 1;
    }
    hashes
};

/// Characters of a word that are looked at; longer ones are no words.
const LONGEST: usize = 48;

/// Words in an order in which each stands before its head. Cycles, which no parser gives, are cut.
fn deepest_first(heads: &[u32]) -> Vec<u32> {
    let count = heads.len();
    let mut waiting = vec![0u32; count];
    for (at, &head) in heads.iter().enumerate() {
        if at as u32 != head {
            waiting[head as usize] += 1;
        }
    }
    let mut order: Vec<u32> = (0..count as u32).filter(|at| waiting[*at as usize] == 0).collect();
    let mut next = 0;
    while let Some(&at) = order.get(next) {
        next += 1;
        let head = heads[at as usize];
        if head != at {
            let left = &mut waiting[head as usize];
            *left -= 1;
            if *left == 0 {
                order.push(head);
            }
        }
    }
    order
}

fn kind(kind: NameKind) -> u8 {
    match kind {
        NameKind::Person => 0,
        NameKind::Norp => 1,
        NameKind::Organization => 2,
        NameKind::Gpe | NameKind::Location | NameKind::Facility => 3,
        NameKind::Date | NameKind::Time => 4,
        NameKind::Product | NameKind::Event | NameKind::WorkOfArt | NameKind::Law | NameKind::Language => 5,
        NameKind::Percent | NameKind::Money | NameKind::Quantity | NameKind::Ordinal | NameKind::Cardinal => {
            6
        }
    }
}

/// Hash of a word without its endings: rough, as the words themselves are looked at too.
fn stem(word: &str) -> u32 {
    let irregular = match word {
        "said" | "says" | "saying" => "say",
        "told" => "tell",
        "wrote" | "written" => "write",
        "thought" => "think",
        "knew" | "known" => "know",
        "spoke" | "spoken" => "speak",
        "felt" => "feel",
        "saw" | "seen" => "see",
        "found" => "find",
        "made" => "make",
        "gave" | "given" => "give",
        "took" | "taken" => "take",
        "heard" => "hear",
        "held" => "hold",
        "meant" => "mean",
        "understood" => "understand",
        "swore" | "sworn" => "swear",
        "is" | "was" | "are" | "were" | "been" | "be" | "'s" | "'re" => "be",
        "has" | "had" | "have" | "'ve" => "have",
        _ => "",
    };
    if !irregular.is_empty() {
        return hash(irregular.as_bytes());
    }
    let bytes = word.as_bytes();
    for (ending, instead) in
        [("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")]
    {
        if bytes.len() > ending.len() + 2 && bytes.ends_with(ending.as_bytes()) {
            let mut rest = &bytes[..bytes.len() - ending.len()];
            if instead.is_empty() && rest.ends_with(b"e") {
                rest = &rest[..rest.len() - 1];
            }
            // "admitted", "planning": the doubled letter goes.
            if let [.., a, b] = rest
                && (ending == "ed" || ending == "ing")
                && a == b
                && !matches!(a, b'l' | b's' | b'f' | b'z')
            {
                rest = &rest[..rest.len() - 1];
            }
            return instead
                .bytes()
                .fold(hash(rest), |state, byte| (state ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        }
    }
    hash(bytes)
}
