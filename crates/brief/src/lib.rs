//! One story to one brief: what it says, the evidence for every sentence, and its faces.
//!
//! [`compose`] writes the brief from a [`Dossier`], withholding every sentence a rule is against;
//! [`check`](check::check) examines a brief rule by rule; [`faces`] print it. [`why`] tells why its articles are in one story.

pub mod check;
mod compose;
mod dossier;
pub mod faces;
mod heard;
mod on_record;
pub mod select;
mod vocabulary;
pub mod why;

pub use compose::{Composed, compose};
pub use dossier::{Dossier, Neighbour};
