//! The deep reading of an article: who says what, with all that its grammar tells of the speakers.

use dateline_attribution::Outlets;
use dateline_model::{Attribution, Lang, Registry};
use dateline_reader::Reader;
use dateline_reader::dateline::dateline_length;

/// Reads a text deeply; `None` in languages whose grammar is not known.
///
/// Costs some milliseconds for an article of 5 kB on one core, linear in the text.
pub fn read_deeply(
    title: &str,
    text: &str,
    byline: &str,
    lang: Lang,
    reader: &Reader,
    registry: &Registry,
) -> Option<Vec<Attribution>> {
    if lang != Lang::EN {
        return None;
    }
    let credits = reader.credits().find(title, text, byline, lang);
    let credited: Vec<&str> = credits.iter().map(|credit| credit.name.as_str()).collect();
    // A dateline is nobody's words.
    Some(dateline_attribution::deep(text, dateline_length(text), &Outlets::new(&credited, registry)))
}
