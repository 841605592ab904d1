//! What the tagger looks at, word by word, each feature as the hash of its kind and its values.

use super::lexicon::Lexicon;
use super::words::{DEPTH, NONE, Quote, Words, hash};

/// Hash of a feature: its kind, and one or two values.
#[inline(always)]
pub(crate) fn mix(kind: u32, a: u32, b: u32) -> u32 {
    let x = (u64::from(a) | (u64::from(b) << 32)) ^ u64::from(kind).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = x ^ (x >> 29);
    (x.wrapping_mul(0x94D0_49BB_1331_11EB) >> 32) as u32
}

/// Two values as one.
#[inline(always)]
pub(crate) fn pair(a: u32, b: u32) -> u32 {
    (a.rotate_left(5) ^ b).wrapping_mul(0x9E37_79B1)
}

/// A place outside the sentence.
const EDGE: u32 = 0x00ED_6E00;

/// What the lexicon knows of each word of a text.
pub(crate) struct Known {
    /// How often the word is part of a cue, in steps.
    pub cue: Vec<u8>,
    /// The coarse and the fine class of words it belongs to.
    pub class: Vec<[u16; 2]>,
}

impl Known {
    pub fn of(words: &Words, lexicon: &Lexicon) -> Self {
        let entries = words.low.iter().map(|low| lexicon.get(*low));
        let (cue, class) = entries.map(|entry| (entry.cue, entry.class)).unzip();
        Self { cue, class }
    }
}

/// What both stages look at.
fn common(words: &Words, known: &Known, at: usize, feature: &mut impl FnMut(u32)) {
    let count = words.len();
    let near = |offset: isize| {
        at.checked_add_signed(offset).filter(|there| *there < count && words.together(*there, at))
    };
    let places: [Option<usize>; 7] = std::array::from_fn(|k| near(k as isize - 3));
    let low = |k: isize| places[(k + 3) as usize].map_or(EDGE, |there| words.low[there]);
    let tag = |k: isize| places[(k + 3) as usize].map_or(EDGE, |there| words.tag[there]);
    let quote = |k: isize| places[(k + 3) as usize].map_or(9, |there| words.quote[there] as u32);
    let cue = |k: isize| places[(k + 3) as usize].map_or(9, |there| u32::from(known.cue[there]));
    let name = |k: isize| places[(k + 3) as usize].map_or(9, |there| u32::from(words.name[there]));
    let stem = words.stem[at];
    feature(mix(1, 0, 0));
    for k in -3..=3isize {
        let kind = (10 + k) as u32;
        feature(mix(kind, low(k), 0));
        feature(mix(kind + 10, tag(k), 0));
        if k.abs() <= 2 {
            feature(mix(kind + 20, quote(k), 0));
            feature(mix(kind + 30, cue(k), 0));
        }
        if k.abs() <= 1
            && let Some(there) = places[(k + 3) as usize]
        {
            let [coarse, fine] = known.class[there];
            feature(mix(kind + 40, u32::from(coarse), 0));
            feature(mix(kind + 50, u32::from(fine), 0));
        }
    }
    let [last3, last2, first3] = words.affix[at];
    feature(mix(70, last3, 0));
    feature(mix(71, last2, tag(0)));
    feature(mix(72, first3, 0));
    feature(mix(73, words.shape[at], 0));
    feature(mix(74, stem, 0));
    feature(mix(75, low(-1), low(0)));
    feature(mix(76, low(0), low(1)));
    feature(mix(77, stem, tag(1)));
    feature(mix(78, stem, tag(-1)));
    feature(mix(80, tag(-1), tag(0)));
    feature(mix(81, tag(0), tag(1)));
    feature(mix(82, pair(tag(-1), tag(0)), tag(1)));
    feature(mix(83, pair(tag(0), tag(1)), tag(2)));
    feature(mix(84, pair(tag(-2), tag(-1)), tag(0)));
    feature(mix(85, name(0) * 16 + name(-1), tag(0)));
    feature(mix(86, name(0) * 16 + name(1), quote(0) * 16 + quote(-1)));
    // The tree.
    let label = words.label[at];
    let head = words.head[at] as usize;
    let kids = words.kids[at];
    let side = u32::from(head < at) + 2 * u32::from(head == at);
    feature(mix(90, label, side));
    feature(mix(91, label, stem));
    feature(mix(92, label, words.stem[head]));
    feature(mix(93, label, words.tag[head]));
    feature(mix(94, kids, tag(0)));
    feature(mix(95, kids, stem));
    feature(mix(96, label, words.label[head]));
    feature(mix(97, label, u32::from(known.cue[head]) * 4 + side));
    feature(mix(98, label, u32::from(known.class[head][0])));
    // The largest phrases that begin here, that end here, and that ended one word earlier.
    let [opens, closes] = words.tops[at].map(|top| top as usize);
    let ended = near(-1).map(|there| words.tops[there][1] as usize);
    feature(mix(100, words.label[opens], words.tag[words.head[opens] as usize]));
    feature(mix(101, words.label[opens], words.stem[words.head[opens] as usize]));
    feature(mix(102, words.label[closes], tag(1)));
    if let Some(ended) = ended {
        feature(mix(103, words.label[ended], words.label[opens]));
        feature(mix(104, words.label[ended], words.stem[words.head[ended] as usize]));
    }
}

/// What the search for cues looks at.
pub(crate) fn cues(words: &Words, known: &Known, at: usize, feature: &mut impl FnMut(u32)) {
    common(words, known, at, feature);
    let stem = words.stem[at];
    let kids = words.kids[at];
    let tag = words.tag[at];
    // Subject and clause of the verb, its own or that of the verb it helps.
    let head = words.head[at] as usize;
    let verb = if words.label[at] == AUX || words.label[at] == AUXPASS || words.label[at] == NEG {
        head
    } else {
        at
    };
    let subject = words.subject[verb];
    if subject != NONE {
        let subject = subject as usize;
        let who = pair(words.tag[subject], u32::from(words.name[subject]));
        feature(mix(110, who, tag));
        feature(mix(111, who, stem));
        feature(mix(112, words.low[subject], stem));
        feature(mix(113, words.low[subject], tag));
        feature(mix(114, u32::from(known.class[subject][0]), words.label[at]));
        feature(mix(115, u32::from(known.class[subject][1]), u32::from(known.cue[verb])));
        feature(mix(116, u32::from(subject < at), stem));
    } else {
        feature(mix(117, stem, words.label[verb]));
    }
    let clause = words.clause[verb];
    if clause != NONE {
        let clause = clause as usize;
        let first = words.edges[clause][0] as usize;
        let how = words.low[first];
        let quoted = words.quote[first] as u32 * 4 + words.quote[clause] as u32;
        feature(mix(120, how, stem));
        feature(mix(121, how, tag));
        feature(mix(122, quoted, stem));
        feature(mix(123, quoted * 2 + u32::from(clause < at), u32::from(known.cue[verb])));
        feature(mix(124, words.tag[clause], stem));
        feature(mix(125, words.kids[clause], words.label[clause]));
    } else {
        feature(mix(126, kids, u32::from(known.class[at][1])));
    }
    // The verb of the head and what the head is.
    feature(mix(130, words.stem[head], stem));
    feature(mix(131, words.kids[head], words.label[at]));
    feature(mix(132, u32::from(known.class[at][1]), words.label[at]));
    feature(mix(133, u32::from(known.class[at][0]), kids));
    let next = (at + 1 < words.len() && words.together(at, at + 1)).then_some(at + 1);
    if let Some(next) = next {
        feature(mix(134, stem, words.stem[next]));
        feature(mix(135, stem, words.quote[next] as u32));
    }
    if at > 0 && words.together(at, at - 1) {
        feature(mix(136, stem, words.quote[at - 1] as u32));
    }
}

const AUX: u32 = hash(b"aux");
const AUXPASS: u32 = hash(b"auxpass");
const NEG: u32 = hash(b"neg");

/// The cues of a text as the first stage saw them, and where each word stands to them.
pub(crate) struct Frame {
    /// How sure it is that a word belongs to a cue, in steps; from [`SURE`] on it does.
    pub sure: Vec<u8>,
    /// Features that each word has because of the cues.
    near: Vec<Near>,
    /// What a sentence and its neighbours hold, as bits.
    flags: Vec<u32>,
    /// How many words the quotation has a word stands in, in steps; 0 outside.
    run: Vec<u8>,
}

/// From this step on a word belongs to a cue.
pub(crate) const SURE: u8 = 4;

/// The step of a margin of the first stage: the best path through a cue against the best without.
pub(crate) fn step(margin: f32) -> u8 {
    STEPS.iter().take_while(|bound| margin >= **bound).count() as u8
}

/// Bounds of the steps; the fourth is zero, where the first stage decides.
const STEPS: [f32; 7] = [-6.0, -3.0, -1.2, 0.0, 1.2, 3.0, 6.0];

/// Where a word stands to the nearest cue on each side and to the cue above it in the tree.
#[derive(Clone, Copy, Default)]
struct Near {
    /// Nearest cue at or before, and after: distance in steps, dividers in between, stem, tree relation.
    sides: [Side; 2],
    /// The cue above it: its stem, the label of the branch, steps up.
    above: Option<Above>,
}

#[derive(Clone, Copy, Default)]
struct Side {
    distance: u32,
    dividers: u32,
    stem: u32,
    relation: u32,
    found: bool,
}

#[derive(Clone, Copy)]
struct Above {
    cue: usize,
    branch: usize,
    steps: u32,
}

fn distance(words: usize) -> u32 {
    match words {
        0..=2 => words as u32,
        3..=4 => 3,
        5..=9 => 4,
        10..=19 => 5,
        _ => 6,
    }
}

impl Frame {
    pub fn of(words: &Words, sure: Vec<u8>) -> Self {
        let count = words.len();
        let mut near = vec![Near::default(); count];
        let is_cue = |at: usize| sure[at] >= SURE;
        // A cue of several words counts as its highest word.
        let top = |at: usize| {
            let head = words.head[at] as usize;
            if is_cue(head) && head != at && head.abs_diff(at) < 6 { head } else { at }
        };
        let mut stamp = vec![(NONE, NONE); count];
        for side in 0..2 {
            let mut last: Option<usize> = None;
            let mut dividers = 0u32;
            stamp.fill((NONE, NONE));
            for step in 0..count {
                let at = if side == 0 { step } else { count - 1 - step };
                if let Some(cue) = last
                    && !words.together(cue, at)
                {
                    last = None;
                }
                if is_cue(at) {
                    last = Some(at);
                    dividers = 0;
                    let mut node = top(at);
                    let mut below = NONE;
                    for _ in 0..DEPTH {
                        stamp[node] = (at as u32, below);
                        let head = words.head[node] as usize;
                        if head == node {
                            break;
                        }
                        below = words.label[node];
                        node = head;
                    }
                } else if last.is_some() {
                    dividers += u32::from(words.divides[at]);
                }
                let Some(cue) = last else { continue };
                let mut node = at;
                let mut mine = 0;
                let mut relation = 1;
                for _ in 0..DEPTH {
                    if stamp[node].0 == cue as u32 {
                        relation = pair(mine, stamp[node].1);
                        break;
                    }
                    let head = words.head[node] as usize;
                    if head == node {
                        break;
                    }
                    mine = words.label[node];
                    node = head;
                }
                near[at].sides[side] = Side {
                    distance: distance(at.abs_diff(cue)),
                    dividers: dividers.min(3),
                    stem: words.stem[top(cue)],
                    relation,
                    found: true,
                };
            }
        }
        for (at, near) in near.iter_mut().enumerate() {
            let mut node = at;
            for steps in 0..DEPTH as u32 {
                let head = words.head[node] as usize;
                if head == node {
                    break;
                }
                if is_cue(head) && !is_cue(node) {
                    near.above = Some(Above { cue: head, branch: node, steps });
                    break;
                }
                node = head;
            }
        }
        Self { flags: flags(words, &is_cue), run: runs(words), near, sure }
    }
}

/// What each sentence and the ones beside it hold: cues (this, before, after), marks (this, before).
fn flags(words: &Words, is_cue: &impl Fn(usize) -> bool) -> Vec<u32> {
    let sentences = words.sentence.last().map_or(0, |last| *last as usize + 1);
    let mut holds = vec![0u32; sentences + 2];
    for at in 0..words.len() {
        let here = &mut holds[words.sentence[at] as usize + 1];
        *here |= u32::from(is_cue(at)) | u32::from(words.quote[at] != Quote::Outside) << 1;
    }
    let mut flags = vec![0; words.len()];
    let mut starts = 0;
    for (at, flags) in flags.iter_mut().enumerate() {
        let sentence = words.sentence[at] as usize;
        if at == 0 || words.paragraph[at] != words.paragraph[at - 1] {
            starts = u32::from(words.quote[at] == Quote::Opens);
        }
        let [before, here, after] = [holds[sentence], holds[sentence + 1], holds[sentence + 2]];
        *flags = (here & 1)
            | (before & 1) << 1
            | (after & 1) << 2
            | (here & 2) << 2
            | (before & 2) << 3
            | starts << 5;
    }
    flags
}

/// How long the quotation is that a word stands in: 0 none, 1 to three words, 2 to nine, 3 more.
fn runs(words: &Words) -> Vec<u8> {
    let mut runs = vec![0; words.len()];
    let mut start = None;
    for at in 0..=words.len() {
        let inside = at < words.len() && words.quote[at] != Quote::Outside;
        let breaks = at == words.len()
            || words.quote[at] == Quote::Opens
            || (at > 0 && words.paragraph[at] != words.paragraph[at - 1]);
        if let Some(first) = start
            && (breaks || !inside)
        {
            let said = (first..at).filter(|at| words.is_word[*at]).count();
            let step = match said {
                0..=3 => 1,
                4..=9 => 2,
                _ => 3,
            };
            runs[first..at].fill(step);
            start = None;
        }
        if inside && start.is_none() {
            start = Some(at);
        }
    }
    runs
}

/// Whether two words stand below the same cue, and in the same branch of it.
fn kinship(a: Option<Above>, b: Option<Above>) -> u32 {
    match (a, b) {
        (None, None) => 0,
        (Some(_), None) => 1,
        (None, Some(_)) => 2,
        (Some(a), Some(b)) => 3 + 2 * u32::from(a.cue == b.cue) + u32::from(a.branch == b.branch),
    }
}

/// What the search for sources, cues and contents looks at.
pub(crate) fn roles(words: &Words, known: &Known, frame: &Frame, at: usize, feature: &mut impl FnMut(u32)) {
    common(words, known, at, feature);
    let count = words.len();
    let sure = |offset: isize| {
        at.checked_add_signed(offset)
            .filter(|there| *there < count)
            .map_or(9, |there| u32::from(frame.sure[there]))
    };
    let [left, right] = frame.near[at].sides;
    let (tag, low, label) = (words.tag[at], words.low[at], words.label[at]);
    let quote = words.quote[at] as u32 * 4 + u32::from(frame.run[at]);
    let flags = frame.flags[at];
    let [to_left, to_right] = [left, right].map(|side| if side.found { side.distance } else { 9 });
    let both = to_left * 16 + to_right;
    feature(mix(200, sure(0), 0));
    feature(mix(201, sure(-1), 0));
    feature(mix(202, sure(1), 0));
    feature(mix(203, sure(-2), 0));
    feature(mix(204, sure(2), 0));
    feature(mix(205, both, 0));
    feature(mix(206, flags, 0));
    feature(mix(207, flags, quote));
    feature(mix(208, to_left, left.dividers));
    feature(mix(209, to_right, right.dividers));
    feature(mix(210, left.stem, to_left));
    feature(mix(211, right.stem, to_right));
    feature(mix(212, left.stem, quote));
    feature(mix(213, right.stem, quote));
    feature(mix(214, u32::from(left.found) * 8 + left.dividers, u32::from(right.found) * 8 + right.dividers));
    let first = at == 0 || !words.together(at, at - 1);
    let last = at + 1 == count || !words.together(at, at + 1);
    feature(mix(215, u32::from(first) * 2 + u32::from(last), flags));
    feature(mix(216, tag, both));
    feature(mix(217, low, u32::from(left.found) * 2 + u32::from(right.found)));
    feature(mix(218, low, to_left));
    feature(mix(219, low, to_right));
    feature(mix(220, quote, u32::from(first)));
    // The tree between the word and the nearest cues.
    feature(mix(230, left.relation, to_left));
    feature(mix(231, right.relation, to_right));
    feature(mix(232, left.relation, left.stem));
    feature(mix(233, right.relation, right.stem));
    feature(mix(234, left.relation, right.relation));
    feature(mix(235, left.relation, label));
    feature(mix(236, right.relation, label));
    if let Some(Above { cue, branch, steps }) = frame.near[at].above {
        let after = u32::from(cue < at);
        feature(mix(240, words.label[branch], after));
        feature(mix(241, words.label[branch], words.stem[cue]));
        feature(mix(242, steps.min(4) * 2 + after, pair(words.label[branch], label)));
        feature(mix(243, words.label[branch], pair(quote, to_left * 16 + to_right)));
        // Edges of the branch.
        let [start, end] = words.edges[branch];
        let edge = u32::from(start == at as u32) * 2 + u32::from(end == at as u32);
        feature(mix(244, words.label[branch], edge));
        feature(mix(245, edge, words.stem[cue]));
        feature(mix(246, pair(words.label[branch], edge), tag));
    } else {
        feature(mix(247, label, both));
    }
    if at > 0 {
        // The branch that ended one word earlier.
        if let Some(Above { cue, branch, .. }) = frame.near[at - 1].above
            && words.edges[branch][1] as usize == at - 1
        {
            feature(mix(248, words.label[branch], tag));
            feature(mix(249, words.label[branch], words.stem[cue]));
        }
    }
    // What begins with the next word, and whether it goes on with the branch of the cue this word stands in.
    let (mine, opens) = (frame.near[at].above, words.tops[at][0] as usize);
    if !first {
        feature(mix(260, kinship(frame.near[at - 1].above, mine), words.label[opens]));
    }
    if !last {
        let next = at + 1;
        let begins = words.tops[next][0] as usize;
        let same = kinship(mine, frame.near[next].above);
        let back = u32::from(words.head[begins] as usize <= at);
        feature(mix(261, pair(words.label[begins], back), words.tag[next]));
        feature(mix(262, pair(words.label[begins], back), words.stem[words.head[begins] as usize]));
        feature(mix(263, same, words.label[begins]));
        feature(mix(264, same, pair(words.tag[next], quote)));
        if !words.is_word[next] && next + 1 < count && words.together(next, next + 1) {
            let begins = words.tops[next + 1][0] as usize;
            let back = u32::from(words.head[begins] as usize <= at);
            let same = kinship(mine, frame.near[next + 1].above);
            feature(mix(265, pair(words.label[begins], back), words.tag[next + 1]));
            feature(mix(266, same, pair(words.label[begins], words.low[next])));
        }
    }
    let [opens, closes] = words.tops[at].map(|top| top as usize);
    let heads = |top: usize| u32::from(frame.sure[words.head[top] as usize] >= SURE);
    feature(mix(250, words.label[opens], heads(opens) * 16 + quote));
    feature(mix(251, words.label[closes], heads(closes) * 16 + quote));
}

/// Features of a word that come from the labels a first reading gave to the text.
pub(crate) struct Draft<'a> {
    labels: &'a [u8],
    /// For each word the nearest labelled run before and after its own: its role, and the distance in steps.
    sides: Vec<[(u8, u32); 2]>,
    /// How many sources, cues and contents its sentence has, each at most 2.
    holds: Vec<u32>,
}

/// Role of a label: 0 none, 1 source, 2 cue, 3 content.
fn role(label: u8) -> u8 {
    label.div_ceil(2)
}

impl<'a> Draft<'a> {
    pub fn of(words: &Words, labels: &'a [u8]) -> Self {
        let count = words.len();
        let mut sides = vec![[(0, 9); 2]; count];
        for side in [0, 1] {
            // The run the word stands in, and the one before: role and word.
            let mut run: Option<(u8, usize)> = None;
            let mut last = run;
            for step in 0..count {
                let at = if side == 0 { step } else { count - 1 - step };
                let back = if side == 0 { at.wrapping_sub(1) } else { at + 1 };
                if step > 0 && words.paragraph[at] != words.paragraph[back] {
                    (last, run) = (None, None);
                }
                let mine = role(labels[at]);
                if run.is_some_and(|(there, _)| there != mine) {
                    last = run;
                    run = None;
                }
                if mine > 0 {
                    run = Some((mine, at));
                }
                if let Some((there, place)) = last {
                    sides[at][side] = (there, distance(place.abs_diff(at)));
                }
            }
        }
        let sentences = words.sentence.last().map_or(0, |last| *last as usize + 1);
        let mut counts = vec![[0u32; 4]; sentences];
        for at in 0..count {
            if labels[at] % 2 == 1 {
                counts[words.sentence[at] as usize][role(labels[at]) as usize] += 1;
            }
        }
        let holds = (0..count)
            .map(|at| {
                let [_, sources, cues, contents] =
                    counts[words.sentence[at] as usize].map(|count| count.min(2));
                sources * 9 + cues * 3 + contents
            })
            .collect();
        Self { labels, sides, holds }
    }
}

/// What the second reading looks at: all the first did, and what it found.
pub(crate) fn again(
    words: &Words,
    known: &Known,
    frame: &Frame,
    draft: &Draft,
    at: usize,
    feature: &mut impl FnMut(u32),
) {
    roles(words, known, frame, at, feature);
    let count = words.len();
    let label = |offset: isize| {
        let there = at.checked_add_signed(offset).filter(|there| *there < count);
        let there = there.filter(|there| words.paragraph[*there] == words.paragraph[at]);
        there.map_or(9, |there| u32::from(draft.labels[there]))
    };
    let here = label(0);
    let tag = words.tag[at];
    feature(mix(300, here, 0));
    feature(mix(301, here, label(-1)));
    feature(mix(302, here, label(1)));
    feature(mix(303, label(-1), label(1)));
    feature(mix(304, pair(label(-2), label(-1)), here));
    feature(mix(305, pair(label(1), label(2)), here));
    feature(mix(306, here, tag));
    feature(mix(307, label(-1) * 16 + label(1), tag));
    let [(left, to_left), (right, to_right)] = draft.sides[at];
    let mine = u32::from(role(draft.labels[at]));
    let (left, right) = (u32::from(left), u32::from(right));
    feature(mix(310, left * 16 + to_left, mine));
    feature(mix(311, right * 16 + to_right, mine));
    feature(mix(312, left * 4 + right, mine));
    feature(mix(313, left * 4 + right, pair(mine, draft.holds[at])));
    feature(mix(314, draft.holds[at], here));
    feature(mix(315, draft.holds[at], u32::from(frame.sure[at])));
    feature(mix(316, left * 4 + right, pair(tag, mine)));
    let quote = words.quote[at] as u32 * 4 + u32::from(frame.run[at]);
    feature(mix(317, quote, pair(here, label(-1))));
    // What the phrases hold that begin and end here, and the word above.
    let head = words.head[at] as usize;
    feature(mix(320, u32::from(draft.labels[head]), pair(here, words.label[at])));
    let [opens, closes] = words.tops[at].map(|top| top as usize);
    for (kind, top) in [(321, opens), (323, closes)] {
        let [first, last] = words.edges[top].map(|edge| u32::from(draft.labels[edge as usize]));
        let above = u32::from(draft.labels[words.head[top] as usize]);
        feature(mix(kind, first * 16 + last, here));
        feature(mix(kind + 1, pair(first * 16 + last, above), pair(words.label[top], here)));
    }
    if at > 0 {
        let top = words.tops[at - 1][1] as usize;
        let above = u32::from(draft.labels[words.head[top] as usize]);
        feature(mix(325, label(-1) * 16 + here, pair(words.label[top], above)));
    }
}

/// The kind of step between the word before and this one, which decides which transition weights count.
///
/// Kind 0 starts a paragraph. The others say what ends before the word, a clause, a phrase or nothing, and what comes.
pub(crate) fn step_kind(words: &Words, at: usize) -> u8 {
    if at == 0 || words.paragraph[at] != words.paragraph[at - 1] {
        return 0;
    }
    let ended = words.tops[at - 1][1] as usize;
    let ends = match words.label[ended] {
        _ if ended == at - 1 && words.edges[ended][0] as usize == at - 1 => 0,
        label if CLAUSES.contains(&label) => 1,
        _ => 2,
    };
    let (label, tag) = (words.label[at], words.tag[at]);
    let comes = match (words.quote[at - 1], words.quote[at]) {
        _ if !words.together(at, at - 1) => 0,
        (_, Quote::Opens) => 1,
        (_, Quote::Closes) => 2,
        (Quote::Closes, _) => 3,
        _ if words.divides[at] => 4,
        _ if words.divides[at - 1] => 5,
        _ if !words.is_word[at] => 6,
        _ if tag == CC => 7,
        _ if label == MARK || WH.contains(&tag) => 8,
        _ if label == PREP => 9,
        _ if FINITE.contains(&tag) => 10,
        _ => 11,
    };
    1 + ends * 12 + comes
}

/// Kinds of steps there are.
pub(crate) const STEP_KINDS: usize = 37;

const CLAUSES: [u32; 9] = [
    hash(b"ccomp"),
    hash(b"xcomp"),
    hash(b"advcl"),
    hash(b"relcl"),
    hash(b"acl"),
    hash(b"conj"),
    hash(b"parataxis"),
    hash(b"pcomp"),
    hash(b"ROOT"),
];
const CC: u32 = hash(b"CC");
const MARK: u32 = hash(b"mark");
const PREP: u32 = hash(b"prep");
const WH: [u32; 4] = [hash(b"WDT"), hash(b"WP"), hash(b"WRB"), hash(b"WP$")];
const FINITE: [u32; 4] = [hash(b"VBD"), hash(b"VBZ"), hash(b"VBP"), hash(b"MD")];
