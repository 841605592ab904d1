//! Articles over time: which story an article belongs to, which articles are copies, and where
//! their reporting comes from.
//!
//! Articles pass through a [`Stream`] one after the other. Each is turned into a sparse
//! [`vector`] over its terms, weighed by how rare they are ([`vocabulary`]); the [`live`] stories
//! that share its weightiest terms are compared with it kind by kind ([`evidence`]), and the
//! [`join`] model says how likely it belongs to each; where several languages are live, a [second](mod@second) look sees what
//! each is about as well. What several languages have of
//! one story are its [`strands`]; stories that continue each other are on one storyline (`lines`). Text shared with
//! earlier articles ([`copies`]) and the words that credit other newsrooms decide its [`origins`], and what became of the
//! text its [`manner`](mod@manner). What a reader
//! sees first of a story — the five numbers, headline, flags — is its [head](dateline_model::heads).
//! What somebody corrects by hand is [planned](correct) from the stories as they stand, and taken in
//! like an arrival.

mod choose;
pub mod copies;
pub mod correct;
mod descent;
mod elsewhere;
pub mod evidence;
mod index;
pub mod join;
mod lines;
pub mod live;
pub mod manner;
mod marks;
pub mod origins;
mod regroup;
pub mod second;
pub mod snapshot;
pub mod strands;
mod stream;
pub mod vector;
pub mod vocabulary;

pub use regroup::Text;
pub use strands::Tie;
pub use stream::{Arrival, Placement, Revision, Stream};
