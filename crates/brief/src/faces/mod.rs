//! The faces of a brief: what people and programs read of it.
//!
//! A [`Brief`] is data. [`markdown`], [`html`] and [`text`] print it for people, [`json`] for programs.
//! The first three print one and the same `galley`: the brief in words, in reading order, cleaned of
//! what could deceive the eye. So they cannot disagree on what is said, who says it or what it rests on;
//! each adds only the marks of its medium, and the escaping that foreign text needs there.
//!
//! A brief cites its evidence but does not hold it. [`Passages`] brings the cited words along, so that
//! the evidence stands beside the sentence. All functions are pure: the same brief and passages give the
//! same bytes.

mod clean;
mod galley;
mod html;
mod markdown;
mod passages;
mod text;
mod words;

pub use clean::clean;
pub use html::html;
pub use markdown::markdown;
pub use passages::Passages;
pub use text::text;

pub(crate) use clean::{LEFT_TO_RIGHT, has_rtl};

use dateline_model::Brief;

/// The brief as JSON, indented, with a line break at the end: the interface for programs.
///
/// The fields are those of [`Brief`], described and bounded by `docs/brief.schema.json` (JSON Schema
/// 2020-12). Texts are given letter for letter as the sources have them; whoever shows them escapes them.
pub fn json(brief: &Brief) -> String {
    let json = serde_json::to_string_pretty(brief);
    // Serialisation fails only on maps without text keys and on foreign `Serialize` code; a brief has neither.
    let mut json = json.expect("a brief is made of texts, numbers and lists");
    json.push('\n');
    json
}
