//! The nouns of dateline, as plain data.
//!
//! An **article** is a page of an outlet, known by its URL. It is seen in **versions** that never
//! change; every finding is a **span** of one. The reader's findings in a version are a
//! **reading**. Articles on one event form a **story**; within it, each article has a **relation**
//! to the **origin**, the newsroom that obtained the reporting. A story is written up as a
//! **brief**, whose every sentence carries **citations** into versions. Where the desk has a story wrong, somebody
//! says so in a **correction**.
//!
//! This crate knows nothing of the others, and does no input or output.

mod article;
mod brief;
mod correction;
mod embedding;
pub mod heads;
mod id;
mod lang;
mod outlet;
mod reading;
mod span;
mod story;
mod when;
mod why;

pub use article::{Article, Cause, DateFlag, Dates, Extent, Genre, Item, Part, Source, Version};
pub use brief::{
    Block, BlockKind, Brief, Citation, CoverageArticle, Described, Gap, Inputs, NearTurns, OriginGroup,
    Sentence, Turn, Turns, Voice, Withheld,
};
pub use correction::{Correction, CorrectionKind, Link, editions, in_force, links, put_by_hand, undone};
pub use embedding::Embedding;
pub use id::{ArticleId, ID_BYTES, ParseIdError, Sha, StoryId, StorylineId};
pub use lang::{Lang, ParseLangError};
pub use outlet::{Outlet, OutletKind, Registry, RegistryError, StateControl};
pub use reading::{
    Anonymity, Attribution, Certainty, Credit, CreditKind, CueClass, DeepAttribution, Figure, Hedge,
    Occasion, OccasionKind, Reading, SpeakerKind, Term, TermKind,
};
pub use span::Span;
pub use story::{
    Continuation, Counts, Evidence, Join, Kinship, Manner, Member, Membership, Relation, StoryFlag,
    StoryHead, Storyline,
};
pub use when::{DAY, ParseWhenError, Precision, When};
pub use why::{Copies, Grounds, Nearest, Placing, SharedWord, Why, weakest};
