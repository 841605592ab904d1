//! One story to one brief: what it says, the evidence for every sentence, and its faces.

mod dossier;
pub mod select;

pub use dossier::Dossier;
