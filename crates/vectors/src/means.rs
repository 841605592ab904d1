//! The mean direction of the news of each language.
//!
//! All vectors of the model share much of their direction, and those of one language share more.
//! Subtracting it lets what differs show, and brings the same event in two languages closer. The means
//! are fixed and ship with the model, so an embedding never depends on what came before it.

use dateline_model::{Embedding, Lang};
use rustc_hash::FxHashMap;

/// The means.
pub struct Means {
    of: FxHashMap<Lang, Vec<f32>>,
    other: Vec<f32>,
}

impl Means {
    /// Reads lines of a language code and 384 numbers, separated by tabs. The line of `und` holds for
    /// languages without one, and has to be there. The error says what is wrong.
    pub fn read(file: &str) -> Result<Self, String> {
        let mut of = FxHashMap::default();
        for (number, line) in file.lines().enumerate() {
            let wrong =
                || format!("line {} is no language with {} numbers", number + 1, Embedding::DIMENSIONS);
            let mut fields = line.split('\t');
            let lang: Lang = fields.next().and_then(|code| code.parse().ok()).ok_or_else(wrong)?;
            let numbers: Option<Vec<f32>> = fields.map(|field| field.parse().ok()).collect();
            let numbers = numbers.filter(|n| n.len() == Embedding::DIMENSIONS).ok_or_else(wrong)?;
            if !numbers.iter().all(|number| number.is_finite()) {
                return Err(wrong());
            }
            of.insert(lang, numbers);
        }
        let other = of.remove(&Lang::UNKNOWN).ok_or("it has no line for other languages (und)")?;
        Ok(Self { of, other })
    }

    /// A unit vector without the mean of its language.
    pub fn centred(&self, vector: &[f32], lang: Lang) -> Vec<f32> {
        let mean = self.of.get(&lang).unwrap_or(&self.other);
        vector.iter().zip(mean).map(|(part, mean)| part - mean).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(code: &str, number: f32) -> String {
        format!("{code}{}\n", format!("\t{number}").repeat(Embedding::DIMENSIONS))
    }

    #[test]
    fn each_language_has_its_own_and_the_rest_share_one() {
        let means = Means::read(&(line("und", 0.5) + &line("de", 0.25))).unwrap();
        let vector = [1.0; Embedding::DIMENSIONS];
        assert_eq!(means.centred(&vector, Lang::DE)[0], 0.75);
        assert_eq!(means.centred(&vector, Lang::FR)[0], 0.5);
        assert_eq!(means.centred(&vector, Lang::UNKNOWN)[0], 0.5);
    }

    #[test]
    fn what_is_no_table_of_means_says_so() {
        for file in ["", "und\t1\n", &line("de", 0.1), &line("und", f32::NAN), &line("not a language", 0.1)] {
            assert!(Means::read(file).is_err());
        }
    }
}
