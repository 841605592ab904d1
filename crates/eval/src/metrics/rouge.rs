//! ROUGE: how many of the words and word pairs of human summaries a summary holds.
//!
//! The measure of Lin, "ROUGE: A Package for Automatic Evaluation of Summaries" (2004), computed as
//! the script ROUGE 1.5.5 does with the options of NIST's evaluations, `-n 2 -2 4 -u -m -a`, and
//! `-l` for the limit: the first `limit` blank-separated words count on both sides; letters are
//! folded and everything but ASCII letters and digits parts tokens; tokens of four letters or more
//! are stemmed ([`super::porter`]); hits are clipped per reference, and hits and totals are summed
//! over the references before they are divided.
//!
//! Before it stems, the script looks irregular forms up in a list of WordNet ("said" → "say", "men" →
//! "man"); so does this. Without the list every average of DUC 2006 comes out .001–.002 lower in SU4.
//! With it our averages of the 35 systems of DUC 2006 differ from NIST's by at most [`DEVIATION`].

use std::collections::HashMap;

use std::sync::LazyLock;

use super::porter::stem;

/// The largest difference between our average and NIST's over the 35 systems of DUC 2006, ROUGE-2
/// and ROUGE-SU4 (see the stage `brief`, which measures it anew on every run).
pub const DEVIATION: f64 = 0.0001;

/// Irregular forms and their base forms.
static IRREGULAR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/wordnet-exceptions.txt").lines();
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
});

/// Words between the two words of a skip-bigram in ROUGE-SU4, at most.
const SKIP: usize = 4;

/// Tokens shorter than this are not stemmed.
const STEMMED: usize = 4;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gram {
    /// ROUGE-1: words.
    Word,
    /// ROUGE-2: neighbouring words.
    Pair,
    /// ROUGE-SU4: words, and pairs with at most four words between them.
    SkipPair,
}

/// Recall, precision and their harmonic mean, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rouge {
    /// Share of the references' grams that the summary holds.
    pub recall: f64,
    /// Share of the summary's grams that the references hold.
    pub precision: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

impl Rouge {
    fn of(hits: usize, in_references: usize, in_summary: usize) -> Self {
        let share = |all: usize| if all == 0 { 0.0 } else { hits as f64 / all as f64 };
        let (recall, precision) = (share(in_references), share(in_summary));
        let sum = recall + precision;
        let f1 = if sum == 0.0 { 0.0 } else { 2.0 * recall * precision / sum };
        Self { recall, precision, f1 }
    }

    /// The mean of several scores, field by field, as the script averages over topics; zero of none.
    pub fn mean(scores: &[Rouge]) -> Rouge {
        let n = scores.len().max(1) as f64;
        let mean = |field: fn(&Rouge) -> f64| scores.iter().map(field).sum::<f64>() / n;
        Rouge { recall: mean(|s| s.recall), precision: mean(|s| s.precision), f1: mean(|s| s.f1) }
    }
}

/// The grams of a text and how often each occurs.
#[derive(Debug, Clone, Default)]
struct Grams {
    counts: HashMap<String, usize>,
    total: usize,
}

impl Grams {
    fn of(tokens: &[String], gram: Gram) -> Self {
        let mut grams = Self::default();
        let mut add = |text: String| {
            *grams.counts.entry(text).or_default() += 1;
            grams.total += 1;
        };
        for (at, token) in tokens.iter().enumerate() {
            let reach = match gram {
                Gram::Word => 0,
                Gram::Pair => 1,
                Gram::SkipPair => SKIP + 1,
            };
            // The script counts no words of their own at the last token in SU4.
            if gram == Gram::Word || (gram == Gram::SkipPair && at + 1 < tokens.len()) {
                add(token.clone());
            }
            for next in tokens.iter().skip(at + 1).take(reach) {
                add(format!("{token} {next}"));
            }
        }
        grams
    }

    /// Occurrences that both hold; each counts at most as often as it stands in the other.
    fn hits(&self, other: &Self) -> usize {
        self.counts
            .iter()
            .map(|(gram, count)| (*count).min(other.counts.get(gram).copied().unwrap_or_default()))
            .sum()
    }
}

/// The tokens ROUGE compares: of the first `limit` words (all, where there is no limit), folded, stemmed.
fn tokens(text: &str, limit: Option<usize>) -> Vec<String> {
    text.split_whitespace()
        .take(limit.unwrap_or(usize::MAX))
        .flat_map(|word| word.split(|c: char| !c.is_ascii_alphanumeric()))
        .filter(|token| !token.is_empty())
        .map(|token| {
            let folded = token.to_ascii_lowercase();
            match IRREGULAR.get(folded.as_str()) {
                _ if folded.len() < STEMMED => folded,
                Some(base) => (*base).to_owned(),
                None => stem(&folded),
            }
        })
        .collect()
}

/// The references of one topic, counted once for any number of summaries.
#[derive(Debug, Clone)]
pub struct References {
    gram: Gram,
    limit: Option<usize>,
    each: Vec<Grams>,
}

impl References {
    /// Counts the grams of human summaries; `limit` in words, for them and for what is compared.
    pub fn new<S: AsRef<str>>(texts: &[S], gram: Gram, limit: Option<usize>) -> Self {
        let each = texts.iter().map(|text| Grams::of(&tokens(text.as_ref(), limit), gram)).collect();
        Self { gram, limit, each }
    }

    /// The score of a summary against all references together.
    pub fn score(&self, summary: &str) -> Rouge {
        let summary = Grams::of(&tokens(summary, self.limit), self.gram);
        self.score_against(&summary, |_| true)
    }

    /// The score as NIST gives it, so that systems compare with humans: the mean of the scores
    /// against all references but one, each left out in turn. With fewer than two references the
    /// same as [`References::score`].
    pub fn jackknife(&self, summary: &str) -> Rouge {
        let summary = Grams::of(&tokens(summary, self.limit), self.gram);
        if self.each.len() < 2 {
            return self.score_against(&summary, |_| true);
        }
        let scores: Vec<Rouge> =
            (0..self.each.len()).map(|left_out| self.score_against(&summary, |at| at != left_out)).collect();
        Rouge::mean(&scores)
    }

    fn score_against(&self, summary: &Grams, keep: impl Fn(usize) -> bool) -> Rouge {
        let (mut hits, mut in_references, mut in_summary) = (0, 0, 0);
        for (_, reference) in self.each.iter().enumerate().filter(|(at, _)| keep(*at)) {
            hits += reference.hits(summary);
            in_references += reference.total;
            in_summary += summary.total;
        }
        Rouge::of(hits, in_references, in_summary)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn by_hand() {
        // police kill the gunman: 4 words, 3 pairs.
        let references = ["police killed the gunman"];
        let summary = "police kill the gunman";
        close(References::new(&references, Gram::Word, None).score(summary).recall, 1.0);
        let summary = "the gunman kill police";
        close(References::new(&references, Gram::Word, None).score(summary).recall, 1.0);
        close(References::new(&references, Gram::Pair, None).score(summary).recall, 1.0 / 3.0);
        // Reference: 3 words (not the last) and 6 pairs; shared: the, kill; "the gunman".
        // The summary's words are: the, gunman, kill; the reference's: police, kill, the.
        close(References::new(&references, Gram::SkipPair, None).score(summary).recall, 3.0 / 9.0);
    }

    #[test]
    fn hits_are_clipped_and_references_are_summed() {
        let references = ["base base troops", "base"];
        let score = References::new(&references, Gram::Word, None).score("base base base base");
        close(score.recall, 3.0 / 4.0);
        close(score.precision, 3.0 / 8.0);
        close(score.f1, 0.5);
    }

    #[test]
    fn leaving_one_out() {
        let references = ["base", "hangar", "base"];
        let counted = References::new(&references, Gram::Word, None);
        close(counted.score("base").recall, 2.0 / 3.0);
        // Without the first 1/2, without the second 2/2, without the third 1/2.
        close(counted.jackknife("base").recall, 2.0 / 3.0);
        let two = References::new(&["base hangar", "base"], Gram::Word, None);
        close(two.score("base").recall, 2.0 / 3.0);
        close(two.jackknife("base").recall, (1.0 + 0.5) / 2.0);
        close(References::new(&["base"], Gram::Word, None).jackknife("base").recall, 1.0);
    }

    #[test]
    fn tokens_are_those_of_the_script() {
        assert_eq!(
            tokens("The U.S.-led troops' base, 1,000 strong", None),
            ["the", "u", "s", "led", "troop", "base", "1", "000", "strong"]
        );
        assert_eq!(tokens("one two-three four", Some(2)), ["one", "two", "three"]);
        assert_eq!(tokens("café", None), ["caf"]);
        assert_eq!(tokens("ran were dying said", None), ["ran", "be", "die", "say"]);
    }

    #[test]
    fn pairs_skip_at_most_four_words() {
        let grams = Grams::of(&tokens("a b c d e f g", None), Gram::SkipPair);
        assert!(grams.counts.contains_key("a f"));
        assert!(!grams.counts.contains_key("a g"));
        assert_eq!(grams.total, 6 + 5 + 5 + 4 + 3 + 2 + 1);
    }

    #[test]
    fn nothing_scores_nothing() {
        assert_eq!(References::new(&["base"], Gram::Pair, None).score(""), Rouge::default());
        assert_eq!(References::new::<&str>(&[], Gram::Word, None).jackknife("base"), Rouge::default());
        assert_eq!(Rouge::mean(&[]), Rouge::default());
    }
}
