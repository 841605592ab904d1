//! Classes of words that are used alike, from plain text.
//!
//! Words are vectors of what stands one and two places before and after them, as positive pointwise mutual information
//! (Levy and Goldberg 2014), cut down to their main directions by orthogonal iteration, and grouped by spherical
//! k-means (Dhillon and Modha 2001). "said", "added" and "warned" come to lie in one class, "senator", "governor" and
//! "mayor" in another.

use std::collections::HashMap;

/// Words that get a class: the most frequent ones.
const WORDS: usize = 20_000;
/// A word with a class stands at least so often in the texts.
const OFTEN: u32 = 8;
/// The most frequent words count as neighbours.
const NEIGHBOURS: usize = 2_000;
/// Places of neighbours.
const PLACES: [isize; 4] = [-2, -1, 1, 2];
/// Main directions that are kept.
const DIRECTIONS: usize = 80;
/// Rounds of orthogonal iteration.
const ROUNDS: usize = 6;
/// Coarse and fine classes.
const CLASSES: [usize; 2] = [64, 512];
/// Rounds of k-means.
const STEPS: usize = 20;

/// The frequent words of texts, in small letters, each with its coarse and its fine class, from 1.
///
/// The same for the same texts in the same order. Takes some 300 MB for ten million words.
pub fn classes<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(String, [u16; 2])> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut counts: Vec<u32> = Vec::new();
    let mut documents: Vec<Vec<u32>> = Vec::new();
    for text in texts {
        let mut document = Vec::new();
        for word in split(text) {
            let next = counts.len() as u32;
            let number = *numbers.entry(word).or_insert(next);
            if number == next {
                counts.push(0);
            }
            counts[number as usize] += 1;
            document.push(number);
        }
        documents.push(document);
    }
    // By frequency, then by the word itself.
    let mut order: Vec<(&String, u32)> = numbers.iter().map(|(word, number)| (word, *number)).collect();
    order.retain(|(_, number)| counts[*number as usize] >= OFTEN);
    order.sort_unstable_by(|a, b| counts[b.1 as usize].cmp(&counts[a.1 as usize]).then(a.0.cmp(b.0)));
    order.truncate(WORDS);
    let mut rank = vec![u32::MAX; counts.len()];
    for (at, (_, number)) in order.iter().enumerate() {
        rank[*number as usize] = at as u32;
    }
    let vectors = directions(&information(&documents, &rank, order.len()));
    let [coarse, fine] = CLASSES.map(|count| group(&vectors, count));
    order
        .iter()
        .zip(coarse.iter().zip(&fine))
        .map(|((word, _), (a, b))| ((*word).clone(), [*a, *b]))
        .collect()
}

/// Words in small letters, clitics and marks of a text, roughly as the tokenizer cuts them.
fn split(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut word = String::new();
    let mut chars = text.chars().map(|c| if matches!(c, '’' | '‘') { '\'' } else { c }).peekable();
    while let Some(c) = chars.next() {
        let clitic = c == '\'' && chars.peek().is_some_and(|next| next.is_alphabetic()) && !word.is_empty();
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
            continue;
        }
        if clitic {
            // "don't" is "do" and "n't".
            let no = word.ends_with('n') && chars.peek() == Some(&'t');
            if no {
                word.pop();
            }
            found.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            word.push_str(if no { "n'" } else { "'" });
            continue;
        }
        found.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
        if !c.is_whitespace() {
            found.push(if matches!(c, '“' | '”') { '"' } else { c }.to_string());
        }
    }
    found.extend((!word.is_empty()).then_some(word));
    found
}

/// Rows of a sparse matrix: the column and the value of each entry.
type Rows = Vec<Vec<(u32, f32)>>;

/// For each word, how much more often each neighbour stands at each place than chance has it.
fn information(documents: &[Vec<u32>], rank: &[u32], words: usize) -> Rows {
    let columns = NEIGHBOURS.min(words) * PLACES.len();
    let mut counts = vec![0u32; words * columns];
    for document in documents {
        for (at, word) in document.iter().enumerate() {
            let row = rank[*word as usize] as usize;
            if row >= words {
                continue;
            }
            for (place, offset) in PLACES.iter().enumerate() {
                let neighbour = at.checked_add_signed(*offset).and_then(|at| document.get(at));
                let Some(neighbour) = neighbour.map(|number| rank[*number as usize] as usize) else {
                    continue;
                };
                if neighbour < NEIGHBOURS {
                    counts[row * columns + neighbour * PLACES.len() + place] += 1;
                }
            }
        }
    }
    let mut of_column = vec![0f64; columns];
    for row in counts.chunks_exact(columns.max(1)) {
        for (sum, count) in of_column.iter_mut().zip(row) {
            *sum += f64::from(*count);
        }
    }
    let all: f64 = of_column.iter().sum();
    counts
        .chunks_exact(columns.max(1))
        .map(|row| {
            let of_row: f64 = row.iter().map(|count| f64::from(*count)).sum();
            row.iter()
                .enumerate()
                .filter(|(_, count)| **count > 0)
                .map(|(at, count)| {
                    (at as u32, (f64::from(*count) * all / (of_row * of_column[at])).ln() as f32)
                })
                .filter(|(_, value)| *value > 0.0)
                .collect()
        })
        .collect()
}

/// The rows in their main directions, each direction weighing the root of its strength, each row of length 1.
fn directions(rows: &Rows) -> Vec<[f32; DIRECTIONS]> {
    let columns = rows.iter().flatten().map(|(at, _)| *at as usize + 1).max().unwrap_or(0);
    let mut draw = 88_172_645_463_325_252u64;
    let mut basis = vec![[0f32; DIRECTIONS]; columns];
    for value in basis.iter_mut().flatten() {
        draw ^= draw << 13;
        draw ^= draw >> 7;
        draw ^= draw << 17;
        *value = (draw >> 40) as f32 / (1 << 23) as f32 - 1.0;
    }
    let mut left = vec![[0f32; DIRECTIONS]; rows.len()];
    let mut strength = [0f32; DIRECTIONS];
    for round in 0..=ROUNDS {
        for (sum, row) in left.iter_mut().zip(rows) {
            *sum = [0.0; DIRECTIONS];
            for (at, value) in row {
                let basis = &basis[*at as usize];
                sum.iter_mut().zip(basis).for_each(|(sum, part)| *sum += value * part);
            }
        }
        strength = orthonormal(&mut left);
        if round == ROUNDS {
            break;
        }
        basis.iter_mut().for_each(|row| *row = [0.0; DIRECTIONS]);
        for (part, row) in left.iter().zip(rows) {
            for (at, value) in row {
                let basis = &mut basis[*at as usize];
                basis.iter_mut().zip(part).for_each(|(sum, part)| *sum += value * part);
            }
        }
        orthonormal(&mut basis);
    }
    for row in &mut left {
        row.iter_mut().zip(&strength).for_each(|(value, strength)| *value *= strength.max(0.0).sqrt());
        scale(row);
    }
    left
}

/// Makes columns orthogonal and of length 1, one after the other, and gives the lengths they had.
fn orthonormal(rows: &mut [[f32; DIRECTIONS]]) -> [f32; DIRECTIONS] {
    let mut lengths = [0f32; DIRECTIONS];
    for column in 0..DIRECTIONS {
        // What the columns before leave of this one; twice, for the sake of rounding.
        for _ in 0..2 {
            let mut shares = [0f64; DIRECTIONS];
            for row in rows.iter() {
                let value = f64::from(row[column]);
                shares[..column]
                    .iter_mut()
                    .zip(row)
                    .for_each(|(share, other)| *share += value * f64::from(*other));
            }
            for row in rows.iter_mut() {
                let taken: f64 = shares[..column]
                    .iter()
                    .zip(row.iter())
                    .map(|(share, other)| share * f64::from(*other))
                    .sum();
                row[column] -= taken as f32;
            }
        }
        let length = rows.iter().map(|row| f64::from(row[column]).powi(2)).sum::<f64>().sqrt() as f32;
        rows.iter_mut().for_each(|row| row[column] /= length.max(1e-12));
        lengths[column] = length;
    }
    lengths
}

fn scale(row: &mut [f32; DIRECTIONS]) {
    let length = row.iter().map(|value| value * value).sum::<f32>().sqrt().max(1e-12);
    row.iter_mut().for_each(|value| *value /= length);
}

/// The class of each vector, from 1: spherical k-means that begins with frequent words.
fn group(vectors: &[[f32; DIRECTIONS]], count: usize) -> Vec<u16> {
    let stride = (vectors.len() / count.max(1)).clamp(1, 6);
    let mut centres: Vec<[f32; DIRECTIONS]> = vectors.iter().step_by(stride).take(count).copied().collect();
    let mut classes = vec![0u16; vectors.len()];
    for _ in 0..STEPS {
        for (class, vector) in classes.iter_mut().zip(vectors) {
            let mut best = (0, f32::NEG_INFINITY);
            for (at, centre) in centres.iter().enumerate() {
                let likeness: f32 = centre.iter().zip(vector).map(|(a, b)| a * b).sum();
                if likeness > best.1 {
                    best = (at, likeness);
                }
            }
            *class = best.0 as u16 + 1;
        }
        let mut sums = vec![[0f32; DIRECTIONS]; centres.len()];
        for (class, vector) in classes.iter().zip(vectors) {
            sums[*class as usize - 1].iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
        }
        for (centre, mut sum) in centres.iter_mut().zip(sums) {
            // A class that lost all its words keeps its centre.
            if sum.iter().any(|value| *value != 0.0) {
                scale(&mut sum);
                *centre = sum;
            }
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_the_tokenizer_cuts_them() {
        assert_eq!(
            split("They don’t say “the mayor's plan”."),
            ["they", "do", "n't", "say", "\"", "the", "mayor", "'s", "plan", "\"", "."]
        );
    }

    #[test]
    fn words_used_alike_share_a_class() {
        let people = ["mayor", "senator", "governor", "minister"];
        let verbs = ["said", "warned", "added"];
        let places = ["harbour", "airport", "bridge"];
        let mut text = String::new();
        for round in 0..40 {
            for (at, who) in people.iter().enumerate() {
                let verb = verbs[(at + round) % 3];
                let place = places[(at + round / 3) % 3];
                text += &format!("The {who} {verb} that the {place} is closed. ");
            }
        }
        let found: HashMap<String, [u16; 2]> = classes([text.as_str()].into_iter()).into_iter().collect();
        let class = |word: &str| found[word][0];
        assert!(people.iter().all(|word| class(word) != class("said")));
        assert_eq!(found, classes([text.as_str()].into_iter()).into_iter().collect());
        assert!(classes(std::iter::empty()).is_empty());
    }
}
