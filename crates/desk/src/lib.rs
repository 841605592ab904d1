//! One folder, worked on: articles go in through all rooms, stories and briefs come out.
//!
//! [`add`] takes inputs through the rooms into the folder. A [`Desk`] looks on: it lists stories, finds
//! them by words, and lays out the [`Dossier`](dateline_brief::Dossier) a brief is written from. [`correct`] changes by
//! hand which articles form a story.

mod about;
mod add;
mod clock;
mod correct;
mod desk;
mod material;
mod readings;
mod resume;
mod said;
mod search;

pub use add::{AddOptions, AddReport, Rooms, add};
pub use clock::machine as machine_clock;
pub use correct::{Corrected, correct};
/// What a correction can ask for, and why it can be refused.
pub use dateline_stories::correct::{Ask, Refused};
pub use desk::{Desk, DeskError, Found, SearchResult};
pub use readings::read_backlog;
pub use said::{DEEP, READ, read_attributions};
pub use search::{catch_up, reindex};
