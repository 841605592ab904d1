//! Search: the set of sentences under a budget that is worth most.
//!
//! The worth of a set is the weight of the concepts it covers, each counted once, and the worth of
//! its sentences by themselves. To find the best set is hard (maximum coverage with a knapsack), so
//! this searches: greedily at five ways to weigh length, then by tearing a few sentences out of the
//! set and filling the room again, many times, now and then keeping a slightly worse set
//! (ruin and recreate, Schrimpf et al. 2000). On sets small enough to try them all it finds the
//! best one (see the tests). Its randomness is a fixed sequence: the same problem gives the same set.

/// Rounds of tearing out and filling again. On the topics of DUC 2006 and Multi-News the mean worth is
/// 24.21 greedily, 24.40 after 150 rounds, 24.44 after 500 and 24.46 after 2,000; ROUGE grows no more.
const ROUNDS: usize = 150;

/// Sentences torn out in one round, at most.
const TORN: u64 = 4;

/// How much worse a set may be, as a share of the best, and still be taken as the next start; falls to
/// nought with the rounds.
const SLACK: f64 = 0.01;

/// Among how many of the best-paying sentences a round may pick one at random.
const PICKED: u64 = 20;

/// The powers of length that a gain is divided by: 0 takes the most weighty sentences, 1 the densest.
const POWERS: [f64; 5] = [0.0, 0.3, 0.6, 0.8, 1.0];

/// A choice of sentences under a budget.
#[derive(Debug, Default)]
pub(super) struct Problem {
    /// The concepts of each sentence, each once.
    pub concepts: Vec<Vec<u32>>,
    /// The length of each sentence in words, at least 1.
    pub lengths: Vec<usize>,
    /// The worth of each sentence by itself.
    pub worth: Vec<f64>,
    /// The weight of each concept.
    pub weights: Vec<f64>,
    /// Words to spend.
    pub words: usize,
    /// Sentences to choose, at most.
    pub most: usize,
}

/// A set of sentences with what it covers.
#[derive(Clone)]
struct Chosen<'p> {
    problem: &'p Problem,
    sentences: Vec<usize>,
    covered: Vec<u16>,
    words: usize,
    worth: f64,
}

impl<'p> Chosen<'p> {
    fn none(problem: &'p Problem) -> Self {
        Self { problem, sentences: Vec::new(), covered: vec![0; problem.weights.len()], words: 0, worth: 0.0 }
    }

    fn fits(&self, sentence: usize) -> bool {
        self.words + self.problem.lengths[sentence] <= self.problem.words
            && self.sentences.len() < self.problem.most
    }

    fn gain(&self, sentence: usize) -> f64 {
        let new = self.problem.concepts[sentence].iter().map(|&id| id as usize);
        self.problem.worth[sentence]
            + new.filter(|&id| self.covered[id] == 0).map(|id| self.problem.weights[id]).sum::<f64>()
    }

    fn add(&mut self, sentence: usize) {
        self.worth += self.gain(sentence);
        self.words += self.problem.lengths[sentence];
        self.problem.concepts[sentence].iter().for_each(|&id| self.covered[id as usize] += 1);
        self.sentences.push(sentence);
    }

    fn remove(&mut self, index: usize) -> usize {
        let sentence = self.sentences.swap_remove(index);
        self.problem.concepts[sentence].iter().for_each(|&id| self.covered[id as usize] -= 1);
        self.words -= self.problem.lengths[sentence];
        self.worth -= self.gain(sentence);
        sentence
    }

    /// Fills the room greedily by gain / length^power, never with what is `barred`.
    fn fill(&mut self, power: f64, barred: &[usize]) {
        let n = self.problem.lengths.len();
        let mut out = vec![false; n];
        self.sentences.iter().chain(barred).for_each(|&at| out[at] = true);
        // Gains only fall as the set grows, so yesterday's gain bounds today's.
        let mut bound = vec![f64::INFINITY; n];
        loop {
            let mut best: Option<(f64, usize)> = None;
            for at in 0..n {
                let beaten = best.is_some_and(|(gain, _)| bound[at] <= gain);
                if out[at] || beaten || !self.fits(at) {
                    continue;
                }
                bound[at] = self.gain(at) / (self.problem.lengths[at] as f64).powf(power);
                if bound[at] > best.map_or(0.0, |(gain, _)| gain) {
                    best = Some((bound[at], at));
                }
            }
            let Some((_, at)) = best else { return };
            out[at] = true;
            self.add(at);
        }
    }

    /// One of the best-paying sentences that fit, by `pick`.
    fn promising(&self, barred: &[usize], pick: u64) -> Option<usize> {
        let mut paying: Vec<(f64, usize)> = (0..self.problem.lengths.len())
            .filter(|at| self.fits(*at) && !self.sentences.contains(at) && !barred.contains(at))
            .map(|at| (self.gain(at) / (self.problem.lengths[at] as f64).powf(0.7), at))
            .collect();
        paying.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let among = (paying.len() as u64).min(PICKED);
        (among > 0).then(|| paying[(pick % among) as usize].1)
    }
}

/// Chooses sentences; pairs of a sentence and what it added, the weightiest first.
pub(super) fn choose(problem: &Problem) -> Vec<(usize, f64)> {
    let mut best = Chosen::none(problem);
    for power in POWERS {
        let mut chosen = Chosen::none(problem);
        chosen.fill(power, &[]);
        if chosen.worth > best.worth {
            best = chosen;
        }
    }
    let best = tear_and_fill(best);
    weightiest_first(problem, best.sentences)
}

fn tear_and_fill(start: Chosen<'_>) -> Chosen<'_> {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut best = start.clone();
    let mut current = start;
    for round in 0..ROUNDS {
        if current.sentences.is_empty() {
            break;
        }
        let mut next = current.clone();
        let torn = (1 + dice.throw() % TORN).min(next.sentences.len() as u64);
        let barred: Vec<usize> = (0..torn)
            .map(|_| {
                let index = dice.throw() % next.sentences.len() as u64;
                next.remove(index as usize)
            })
            .collect();
        let power = POWERS[(dice.throw() % POWERS.len() as u64) as usize];
        if dice.throw().is_multiple_of(2) {
            let pick = dice.throw();
            if let Some(at) = next.promising(&barred, pick) {
                next.add(at);
            }
        }
        let some = if dice.throw().is_multiple_of(2) { barred.len() } else { 1 };
        next.fill(power, &barred[..some]);
        next.fill(power, &[]);
        let slack = SLACK * best.worth * (1.0 - round as f64 / ROUNDS as f64);
        let allowed = slack * (dice.throw() % 1024) as f64 / 1024.0;
        if next.worth > best.worth {
            best = next.clone();
        }
        if next.worth > current.worth - allowed {
            current = next;
        }
    }
    best
}

fn weightiest_first(problem: &Problem, mut left: Vec<usize>) -> Vec<(usize, f64)> {
    left.sort_unstable();
    let mut told = Chosen::none(problem);
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let mut best = (0, told.gain(left[0]));
        for (index, &at) in left.iter().enumerate().skip(1) {
            let gain = told.gain(at);
            if gain > best.1 {
                best = (index, gain);
            }
        }
        let at = left.remove(best.0);
        told.add(at);
        order.push((at, best.1));
    }
    order
}

/// A fixed sequence of numbers that look random (xorshift64, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(problem: &Problem, set: &[usize]) -> f64 {
        let mut chosen = Chosen::none(problem);
        set.iter().for_each(|at| chosen.add(*at));
        chosen.worth
    }

    /// A problem of 14 sentences over 30 concepts.
    fn random(seed: u64) -> Problem {
        let mut dice = Dice(seed * 7_919 + 1);
        for _ in 0..10 {
            dice.throw();
        }
        let mut problem = Problem { words: 60, most: 5, ..Problem::default() };
        problem.weights = (0..30).map(|_| (dice.throw() % 100) as f64 / 100.0).collect();
        for _ in 0..14 {
            let mut concepts: Vec<u32> = (0..8).map(|_| (dice.throw() % 30) as u32).collect();
            concepts.sort_unstable();
            concepts.dedup();
            problem.concepts.push(concepts);
            problem.lengths.push(8 + (dice.throw() % 20) as usize);
            problem.worth.push((dice.throw() % 100) as f64 / 200.0);
        }
        problem
    }

    #[test]
    fn finds_the_best_of_all_sets() {
        for seed in 0..40 {
            let problem = random(seed);
            let best = (0u32..1 << 14)
                .filter_map(|bits| {
                    let set: Vec<usize> = (0..14).filter(|at| bits >> at & 1 == 1).collect();
                    let words: usize = set.iter().map(|at| problem.lengths[*at]).sum();
                    (words <= problem.words && set.len() <= problem.most).then(|| worth(&problem, &set))
                })
                .fold(0.0, f64::max);
            let found: Vec<usize> = choose(&problem).into_iter().map(|(at, _)| at).collect();
            assert!(
                worth(&problem, &found) >= best - 1e-9,
                "seed {seed}: {} of {best}",
                worth(&problem, &found)
            );
        }
    }

    #[test]
    fn gains_add_up_and_the_weightiest_stands_first() {
        let problem = random(3);
        let found = choose(&problem);
        let set: Vec<usize> = found.iter().map(|(at, _)| *at).collect();
        let sum: f64 = found.iter().map(|(_, gain)| gain).sum();
        assert!((sum - worth(&problem, &set)).abs() < 1e-9);
        let alone = |at: usize| worth(&problem, &[at]);
        assert!(set.iter().all(|at| alone(*at) <= alone(set[0])));
    }

    #[test]
    fn nothing_to_choose() {
        assert!(choose(&Problem::default()).is_empty());
        let long = Problem {
            concepts: vec![vec![]],
            lengths: vec![9],
            worth: vec![1.0],
            words: 8,
            most: 3,
            ..Problem::default()
        };
        assert!(choose(&long).is_empty());
    }
}
