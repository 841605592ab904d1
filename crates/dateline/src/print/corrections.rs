//! Corrections of stories by hand: one line each, what went where.

use dateline_model::{Correction, CorrectionKind, StoryId, undone};
use dateline_store::SqliteStore;
use serde_json::{Value, json};

use super::{Page, count, ids, time};
use crate::outcome::Failure;

/// Articles named in a line; of more, how many there are is said.
const NAMED: usize = 3;

/// Prints corrections, oldest first.
pub fn corrections(page: &mut Page, log: &[Correction], store: &SqliteStore) -> Result<(), Failure> {
    let undone = undone(log);
    let width = log.last().map_or(1, |last| last.number.to_string().len());
    for correction in log {
        let lead = format!("{:>width$}  {}  ", correction.number, time(Some(correction.at)));
        let by = undone.get(&correction.number).map(|by| format!(" (undone by {by})")).unwrap_or_default();
        let text = said(correction, store)? + &by;
        page.wrapped(&text, &lead, &" ".repeat(lead.len()))?;
    }
    Ok(())
}

/// What a correction did, in words.
pub fn said(correction: &Correction, store: &SqliteStore) -> Result<String, Failure> {
    let Correction { from, to, moved, .. } = correction;
    let story = |story: StoryId| ids::story(store, story);
    let (from, to) = (story(*from)?, story(*to)?);
    let articles = match &moved[..] {
        few if few.len() <= NAMED => {
            let named: Result<Vec<String>, _> =
                few.iter().map(|article| ids::article(store, *article)).collect();
            named?.join(", ")
        }
        many => count(many.len() as u64, "article", "articles"),
    };
    Ok(match correction.kind {
        CorrectionKind::Merge => format!("merged story {from} into story {to}: {articles}"),
        CorrectionKind::Tie => {
            let sure = correction.probability.map(|likely| format!(", {:.0} % sure", likely * 100.0));
            format!(
                "found story {from} to be story {to} in other languages{}: {articles}",
                sure.unwrap_or_default()
            )
        }
        CorrectionKind::Split => format!("split story {from}: {articles} became story {to}"),
        CorrectionKind::Move => format!("moved {articles} from story {from} to story {to}"),
        CorrectionKind::Undo(of) => {
            format!("undid correction {of}: {articles} back from story {from} to story {to}")
        }
    })
}

/// A correction for programs.
pub fn correction_json(correction: &Correction, undone_by: Option<u32>) -> Value {
    let (kind, undoes) = correction.kind.word();
    json!({
        "number": correction.number, "kind": kind, "undoes": undoes, "undone_by": undone_by, "at": correction.at,
        "probability": correction.probability, "from": correction.from, "to": correction.to, "ended": correction.left.is_empty(),
        "moved": correction.moved, "left": correction.left, "joined": correction.joined,
    })
}
