//! Who says what in an English text: cues, sources and contents, then who that is.
//!
//! Two steps. The *tagger* finds the words: which words say that something was said (cue), who is said to have said
//! it (source), and what (content). The *characterisation* reads these words: what kind of speaker, how strongly
//! put, to whom, on what occasion, and, of a source without a name, all that the origin tells of it.

pub mod characterise;
mod deep;
mod found;
mod headline;
mod mend;
mod tagger;

pub use characterise::{Outlets, characterise, find_plain};
pub use deep::{deep, weights};
pub use found::Found;
pub use tagger::{Example, ModelError, Plan, Tagger};
