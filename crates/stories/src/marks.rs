//! Marks: the names and numbers of an article, which most languages write alike.
//!
//! By them it shows which of a newsroom's reports one in another language, or one in words of its own, rests on.

use dateline_model::{Reading, TermKind};

/// Names and numbers that are remembered of an article, its first: those of the report, before its background.
const MOST_MARKS: usize = 64;

/// Marks that one report has in two languages, at least, as a share of those of the version with fewer. It finds both that
/// the demo wires translated themselves, and takes no other of their reports for a translation.
pub const SAME_REPORT: f32 = 0.3;
/// Fewer marks than this in common are a place and a day.
pub const FEWEST_MARKS: usize = 4;

/// The hashes of an article's names and numbers, sorted.
pub fn marks(reading: &Reading) -> Vec<u32> {
    let terms = reading.terms.iter().filter(|term| term.kind != TermKind::Word);
    let mut marks: Vec<u32> = terms.take(MOST_MARKS).map(|term| term.hash).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// How many marks two articles share.
pub fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|mark| b.binary_search(mark).is_ok()).count()
}

/// True where two articles of one outlet in two languages are one report.
pub fn is_one_report(a: &[u32], b: &[u32]) -> bool {
    let shared = shared(a, b);
    shared >= FEWEST_MARKS && shared as f32 >= SAME_REPORT * a.len().min(b.len()) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Lang, Registry};
    use dateline_reader::{Copy, Reader};

    fn of(lang: Lang, title: &str, text: &str) -> Vec<u32> {
        let reader = Reader::new(&Registry::default());
        marks(&reader.read(Copy { title, text, lang: Some(lang), ..Copy::default() }))
    }

    #[test]
    fn names_and_numbers_tell_a_translation_from_another_report() {
        let english = of(
            Lang::EN,
            "Ferry capsizes off Safaga",
            "Fifteen people died and 41 were missing after the Nour al-Bahr, with 132 people on board, capsized off \
             Safaga, the ministry in Cairo said. It had left Duba. Gamal Abou Wafi was among the 76 who were saved.",
        );
        let french = of(
            Lang::FR,
            "Un ferry chavire au large de Safaga",
            "Quinze personnes sont mortes et 41 sont portées disparues après le naufrage du Nour al-Bahr, qui transportait \
             132 personnes, au large de Safaga, a annoncé le ministère au Caire. Il venait de Duba. Gamal Abou Wafi est \
             l’un des 76 rescapés.",
        );
        let inquiry = of(
            Lang::FR,
            "Naufrage de Safaga : le capitaine entendu",
            "Le capitaine du ferry qui a chaviré au large de Safaga a été entendu par le parquet de Hurghada, selon son \
             avocat Hatem Rizk. Deux employés de la compagnie Sindibad sont en garde à vue depuis 48 heures.",
        );
        assert!(is_one_report(&english, &french));
        assert!(!is_one_report(&english, &inquiry), "{}", shared(&english, &inquiry));
        assert!(shared(&english, &french) > shared(&english, &inquiry));
    }
}
