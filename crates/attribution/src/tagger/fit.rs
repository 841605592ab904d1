//! From annotated articles to a model.

use dateline_grammar::Parse;
use rustc_hash::FxHashMap;

use super::features::{self, Draft, Frame, Known, step, step_kind};
use super::learn::{Alphabet, Field, Lesson, Settings, train};
use super::lexicon::{Lexicon, cue_step};
use super::link::{self, Candidate, Choice, Counts, Links, Piece, Pieces, WEIGHTS};
use super::sequence;
use super::table::Table;
use super::words::{Words, hash};
use super::{CUE_LABELS, ROLE_LABELS, Tagger, between, repair, steps_between};
use crate::Found;

/// An annotated article.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its text.
    pub text: String,
    /// The grammar of its text.
    pub parse: Parse,
    /// Its attributions.
    pub gold: Vec<Found>,
}

/// How a model is made.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How the first field is trained.
    cues: Settings,
    /// How the others are.
    roles: Settings,
    /// Parts into which the articles are divided, for what each field and the linker learn from the one before.
    folds: usize,
    /// Rows that are kept of each table at most.
    rows: [usize; 3],
    /// Places of each table, as a power of two.
    bits: [u32; 2],
    /// Added to the scores of the labels.
    lean: [f32; ROLE_LABELS],
    /// Classes of words.
    classes: Vec<(String, [u16; 2])>,
}

impl Plan {
    /// The plan of the model that ships, with classes of words, coarse and fine from 1, by the word in small letters.
    pub fn with_classes(classes: Vec<(String, [u16; 2])>) -> Self {
        Self { classes, ..Self::default() }
    }
}

/// Added to the score of a source's first word, in the unit of the weights: annotators differ on where a source is
/// worth a mark, and the field is too careful with them. Right attributions on held-out training articles 71.1 → 71.6
/// F1, on the development articles 70.0 → 70.1.
const SOURCE_LEAN: f32 = 0.5;

/// Added to the score of every word outside: features left out by chance make the fields careful, and what is reported
/// without quotation marks is missed. Recall of that on held-out training articles 58.6, with .15 60.3.
const OUTSIDE_LEAN: f32 = -0.1;

/// Of a hundred features of a word, so many are left out by chance each time it is read. Exact contents of training
/// articles the second field did not see, none: 56.5 F1, 20: 57.8, 40: 58.7, 50: 59.2, 65: 60.0 (the last three with
/// features chosen first).
const DROPPED: u64 = 65;

impl Default for Plan {
    fn default() -> Self {
        // Twice the rounds give .4 more of F1 on held-out articles, and take twice as long.
        let settings = Settings { rounds: 10, averaged: 5, rate: 0.1, dropped: DROPPED, often: 2 };
        Self {
            cues: settings,
            roles: settings,
            folds: 2,
            rows: [134_000, 314_000, 345_000],
            bits: [19, 20],
            lean: [OUTSIDE_LEAN, SOURCE_LEAN, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            classes: Vec::new(),
        }
    }
}

/// The role of each word in the gold. Sources and cues go before contents, where annotations overlap.
fn gold_labels(words: &Words, gold: &[Found]) -> (Vec<u8>, Vec<Option<usize>>) {
    let mut labels = vec![0u8; words.len()];
    let mut owner = vec![None; words.len()];
    for (number, found) in gold.iter().enumerate() {
        for (spans, begin) in [(&found.source, 1u8), (&found.cue, 3), (&found.content, 5)] {
            for span in spans {
                let mut at = words.end.partition_point(|end| *end <= span.start);
                let mut begun = None;
                while at < words.len() && words.start[at] < span.end {
                    if labels[at] == 0 || begin != 5 {
                        let goes_on = begun == Some((at, words.paragraph[at]));
                        labels[at] = if goes_on { begin + 1 } else { begin };
                        owner[at] = Some(number);
                        begun = Some((at + 1, words.paragraph[at]));
                    }
                    at += 1;
                }
            }
        }
    }
    // What was cut in two by another annotation begins anew.
    for at in 0..labels.len() {
        let label = labels[at];
        if label != 0 && label.is_multiple_of(2) {
            let before = if at == 0 { 0 } else { labels[at - 1] };
            if before != label && before + 1 != label || words.paragraph[at] != words.paragraph[at.max(1) - 1]
            {
                labels[at] = label - 1;
            }
        }
    }
    (labels, owner)
}

struct Read {
    words: Words,
    known: Known,
    labels: Vec<u8>,
    owner: Vec<Option<usize>>,
    gold_sources: Vec<Vec<dateline_model::Span>>,
}

impl Read {
    /// The labels the second and the third field learn.
    fn roles(&self) -> Vec<u8> {
        sequence::with_last::<ROLE_LABELS>(&self.labels, &kinds(&self.words))
    }
}

fn kinds(words: &Words) -> Vec<u8> {
    (0..words.len()).map(|at| step_kind(words, at)).collect()
}

fn lesson(words: &Words, labels: Vec<u8>, mut each: impl FnMut(usize, &mut Vec<u32>)) -> Lesson {
    let mut lesson = Lesson { kinds: kinds(words), labels, ..Lesson::default() };
    for at in 0..words.len() {
        each(at, &mut lesson.features);
        lesson.ends.push(lesson.features.len() as u32);
    }
    lesson
}

/// The fields of all parts and of the whole, two at a time.
fn fields<const L: usize>(
    lessons: &[Lesson],
    features: usize,
    folds: usize,
    settings: Settings,
) -> Vec<Field<L>> {
    let jobs: Vec<usize> = (0..=folds).rev().collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let done = std::sync::Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(&fold) = jobs.get(at) else { break };
                    let field = train::<L>(lessons, |lesson| lesson % folds != fold, features, settings);
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((fold, field));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(fold, _)| *fold);
    done.into_iter().map(|(_, field)| field).collect()
}

/// The largest of a feature's weights against their mean, which says nothing.
fn size<const L: usize>(row: &[f32; L]) -> f32 {
    let mean = row.iter().sum::<f32>() / L as f32;
    row.iter().map(|weight| (weight - mean).abs()).fold(0.0, f32::max)
}

/// Keeps the features that say most, by a field that was trained on all of them: those with large weights, and more
/// so those that stand often. Fields trained on these alone lose nothing; where rows are left out only afterwards, what
/// a dropped feature shared with others is lost.
fn choose<const L: usize>(lessons: &mut [Lesson], alphabet: &mut Alphabet, rows: usize, settings: Settings) {
    let field = train::<L>(lessons, |_| true, alphabet.hashes.len(), settings);
    let mut counts = vec![0u32; alphabet.hashes.len()];
    for feature in lessons.iter().flat_map(|lesson| &lesson.features) {
        counts[*feature as usize] += 1;
    }
    let sizes: Vec<f32> =
        field.rows.iter().zip(&counts).map(|(row, often)| size(row) * (*often as f32).sqrt()).collect();
    let mut order: Vec<u32> = (0..sizes.len() as u32).collect();
    order.sort_by(|a, b| sizes[*b as usize].total_cmp(&sizes[*a as usize]).then(a.cmp(b)));
    order.truncate(rows);
    order.sort_unstable();
    let mut numbers = vec![u32::MAX; sizes.len()];
    for (number, at) in order.iter().enumerate() {
        numbers[*at as usize] = number as u32;
    }
    alphabet.hashes = order.iter().map(|at| alphabet.hashes[*at as usize]).collect();
    for lesson in lessons {
        let (mut kept, mut start) = (Vec::new(), 0);
        for end in &mut lesson.ends {
            let mine = lesson.features[start..*end as usize].iter().map(|feature| numbers[*feature as usize]);
            kept.extend(mine.filter(|number| *number != u32::MAX));
            start = *end as usize;
            *end = kept.len() as u32;
        }
        lesson.features = kept;
    }
}

fn table<const L: usize, const W: usize>(field: &Field<L>, alphabet: &Alphabet, bits: u32) -> Table<L, W> {
    let mut order: Vec<u32> = (0..field.rows.len() as u32).collect();
    order.sort_by(|a, b| {
        size(&field.rows[*b as usize]).total_cmp(&size(&field.rows[*a as usize])).then(a.cmp(b))
    });
    let largest = order
        .iter()
        .flat_map(|at| field.rows[*at as usize])
        .chain(field.steps.iter().flatten().flatten().map(|weight| weight / 8.0))
        .fold(0.0f32, |largest, weight| largest.max(weight.abs()));
    let mut table = Table::new(bits, largest / 127.0, &field.steps);
    for at in order {
        // Where both places of a feature are taken, by weightier ones, it is left out: 1 in 50.
        table.insert(alphabet.hashes[at as usize], &field.rows[at as usize]);
    }
    table
}

impl Tagger {
    /// Learns a model from annotated articles. Takes minutes, and about 100 bytes of memory a feature of a word.
    pub fn fit(examples: &[Example], plan: &Plan) -> Self {
        let mut counts: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
        let mut reads = Vec::with_capacity(examples.len());
        for example in examples {
            let words = Words::of(&example.text, &example.parse);
            let (labels, owner) = gold_labels(&words, &example.gold);
            for (low, label) in words.low.iter().zip(&labels) {
                let count = counts.entry(*low).or_default();
                count.0 += u32::from(matches!(label, 3 | 4));
                count.1 += 1;
            }
            reads.push(Read {
                words,
                known: Known { cue: Vec::new(), class: Vec::new() },
                labels,
                owner,
                gold_sources: example.gold.iter().map(|gold| gold.source.clone()).collect(),
            });
        }
        let mut lexicon = Lexicon::default();
        for (low, (cue, all)) in &counts {
            let step = cue_step(*cue, *all);
            if step > 0 {
                lexicon.entry(*low).cue = step;
            }
        }
        for (word, class) in &plan.classes {
            lexicon.entry(hash(word.as_bytes())).class = *class;
        }
        // An article learns from what the others say of its words.
        for read in &mut reads {
            let mut own: FxHashMap<u32, (u32, u32)> = FxHashMap::default();
            for (low, label) in read.words.low.iter().zip(&read.labels) {
                let count = own.entry(*low).or_default();
                count.0 += u32::from(matches!(label, 3 | 4));
                count.1 += 1;
            }
            read.known = Known::of(&read.words, &lexicon);
            for (step, low) in read.known.cue.iter_mut().zip(&read.words.low) {
                let (all, own) = (counts[low], own[low]);
                *step = cue_step(all.0 - own.0, all.1 - own.1);
            }
        }
        let cue_of = |labels: &[u8]| {
            labels.iter().map(|label| if matches!(label, 3 | 4) { label - 2 } else { 0 }).collect()
        };
        let mut lessons: Vec<Lesson> = reads
            .iter()
            .map(|read| {
                lesson(&read.words, cue_of(&read.labels), |at, out| {
                    features::cues(&read.words, &read.known, at, &mut |feature| out.push(feature));
                })
            })
            .collect();
        let mut alphabet = Alphabet::number(&mut lessons, plan.cues.often);
        choose::<CUE_LABELS>(&mut lessons, &mut alphabet, plan.rows[0], plan.cues);
        let cue_fields = fields::<CUE_LABELS>(&lessons, alphabet.hashes.len(), plan.folds, plan.cues);
        let frames: Vec<Frame> = reads
            .iter()
            .enumerate()
            .map(|(at, read)| {
                let field = &cue_fields[at % plan.folds];
                let lesson = &lessons[at];
                let margins = sequence::margins(&field.read(lesson), &lesson.kinds, &field.steps);
                Frame::of(&read.words, margins.into_iter().map(step).collect())
            })
            .collect();
        let cues = table(&cue_fields[plan.folds], &alphabet, plan.bits[0]);
        drop((lessons, cue_fields, alphabet));

        let mut lessons: Vec<Lesson> = reads
            .iter()
            .zip(&frames)
            .map(|(read, frame)| {
                lesson(&read.words, read.roles(), |at, out| {
                    features::roles(&read.words, &read.known, frame, at, &mut |feature| out.push(feature));
                })
            })
            .collect();
        let mut alphabet = Alphabet::number(&mut lessons, plan.roles.often);
        choose::<ROLE_LABELS>(&mut lessons, &mut alphabet, plan.rows[1], plan.roles);
        let role_fields = fields::<ROLE_LABELS>(&lessons, alphabet.hashes.len(), plan.folds, plan.roles);
        let firsts: Vec<Vec<[f32; ROLE_LABELS]>> = lessons
            .iter()
            .enumerate()
            .map(|(at, lesson)| role_fields[at % plan.folds].read(lesson))
            .collect();
        let first_steps: Vec<_> = role_fields.iter().map(|field| field.steps).collect();
        let drafts: Vec<Vec<u8>> = lessons
            .iter()
            .zip(&firsts)
            .enumerate()
            .map(|(at, (lesson, first))| {
                sequence::without_last(sequence::best(first, &lesson.kinds, &first_steps[at % plan.folds]))
            })
            .collect();
        let draft = table(&role_fields[plan.folds], &alphabet, plan.bits[1]);
        drop((lessons, role_fields, alphabet));

        let mut lessons: Vec<Lesson> = reads
            .iter()
            .zip(&frames)
            .zip(&drafts)
            .map(|((read, frame), draft)| {
                let draft = Draft::of(&read.words, draft);
                lesson(&read.words, read.roles(), |at, out| {
                    features::again(&read.words, &read.known, frame, &draft, at, &mut |feature| {
                        out.push(feature)
                    });
                })
            })
            .collect();
        let mut alphabet = Alphabet::number(&mut lessons, plan.roles.often);
        choose::<ROLE_LABELS>(&mut lessons, &mut alphabet, plan.rows[2], plan.roles);
        let role_fields = fields::<ROLE_LABELS>(&lessons, alphabet.hashes.len(), plan.folds, plan.roles);
        let labels: Vec<Vec<u8>> = reads
            .iter()
            .enumerate()
            .map(|(at, read)| {
                let field = &role_fields[at % plan.folds];
                let lesson = &lessons[at];
                let mut scores = field.read(lesson);
                for (third, second) in scores.iter_mut().zip(&firsts[at]) {
                    *third = between(*second, *third);
                    third.iter_mut().zip(&plan.lean).for_each(|(score, lean)| *score += lean);
                }
                let steps = steps_between(&first_steps[at % plan.folds], &field.steps);
                let mut labels = sequence::without_last(sequence::best(&scores, &lesson.kinds, &steps));
                repair::quotations(&read.words, &mut labels);
                labels
            })
            .collect();
        let roles = table(&role_fields[plan.folds], &alphabet, plan.bits[1]);
        drop((lessons, role_fields, alphabet));

        let mut choices = Vec::new();
        for (read, labels) in reads.iter().zip(&labels) {
            for labels in [labels, &read.labels] {
                link_lessons(read, labels, &mut choices);
            }
        }
        let links = fit_links(&choices);
        Self::of(lexicon, (cues, draft, roles), links, plan.lean)
    }
}

/// Candidates and which of them is right.
type Question = (Vec<Candidate>, usize);

/// What the linker learns from the labels of an article, its gold ones or found ones.
fn link_lessons(read: &Read, labels: &[u8], questions: &mut Vec<Question>) {
    let words = &read.words;
    let pieces = Pieces::of(labels);
    let counts = Counts::of(words, &pieces);
    // The gold attribution most words of a piece belong to, in the same role.
    let owner = |piece: Piece, role: u8| {
        let mut votes: FxHashMap<usize, usize> = FxHashMap::default();
        for at in piece.start..piece.end {
            if let Some(owner) = read.owner[at].filter(|_| read.labels[at].div_ceil(2) == role) {
                *votes.entry(owner).or_default() += 1;
            }
        }
        votes.into_iter().max_by_key(|(owner, votes)| (*votes, usize::MAX - owner)).map(|(owner, _)| owner)
    };
    let cue_owner: Vec<Option<usize>> = pieces.cues.iter().map(|cue| owner(*cue, 2)).collect();
    for &content in &pieces.contents {
        let right = owner(content, 3);
        let candidates = link::cues_of(words, &pieces, &counts, content);
        let right = candidates.iter().position(|candidate| {
            matches!(candidate.choice, Some(Choice::Piece(cue)) if right.is_some() && cue_owner[cue] == right)
        });
        let right = right.unwrap_or(candidates.len() - 1);
        questions.push((candidates, right));
    }
    for (cue, owner) in pieces.cues.iter().zip(&cue_owner) {
        let Some(owner) = owner else { continue };
        let candidates = link::sources_of(words, &pieces, &counts, *cue);
        // A source that two attributions share stands in the gold once for each; words know their last owner only.
        let spans = &read.gold_sources[*owner];
        let agrees = |piece: Piece| {
            spans
                .iter()
                .any(|span| words.start[piece.start] < span.end && span.start < words.end[piece.end - 1])
        };
        let right = candidates.iter().position(|candidate| match candidate.choice {
            None => spans.is_empty(),
            Some(Choice::Piece(source)) => agrees(pieces.sources[source]),
            Some(Choice::Subject(piece)) => agrees(piece),
        });
        let right = right.or_else(|| candidates.iter().position(|candidate| candidate.choice.is_none()));
        if let Some(right) = right {
            questions.push((candidates, right));
        }
    }
}

/// Multinomial logistic regression over the candidates of each question, by AdaGrad.
fn fit_links(questions: &[Question]) -> Links {
    let mut weights = vec![0.0f32; WEIGHTS];
    let mut squares = vec![0.0f32; WEIGHTS];
    let mut mean = vec![0.0f32; WEIGHTS];
    let mut order: Vec<usize> = (0..questions.len()).collect();
    let mut draw = 88_172_645_463_325_252u64;
    let rounds = 6;
    for round in 0..rounds {
        for at in (1..order.len()).rev() {
            draw ^= draw << 13;
            draw ^= draw >> 7;
            draw ^= draw << 17;
            order.swap(at, (draw % (at as u64 + 1)) as usize);
        }
        for &question in &order {
            let (candidates, right) = &questions[question];
            let scores: Vec<f32> = candidates
                .iter()
                .map(|candidate| {
                    candidate.features.iter().map(|hash| weights[*hash as usize % WEIGHTS]).sum()
                })
                .collect();
            let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let powers: Vec<f32> = scores.iter().map(|score| (score - highest).exp()).collect();
            let sum: f32 = powers.iter().sum();
            for (at, candidate) in candidates.iter().enumerate() {
                let slope = powers[at] / sum - f32::from(u8::from(at == *right));
                if slope.abs() < 1e-4 {
                    continue;
                }
                for feature in &candidate.features {
                    let at = *feature as usize % WEIGHTS;
                    squares[at] += slope * slope;
                    weights[at] -= 0.1 * slope / (squares[at].sqrt() + 1e-6);
                }
            }
        }
        if round >= rounds / 2 {
            for (mean, weight) in mean.iter_mut().zip(&weights) {
                *mean += weight / (rounds - rounds / 2) as f32;
            }
        }
    }
    Links::of(&mean)
}
