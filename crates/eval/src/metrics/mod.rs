//! The measures of the field, each checked against its reference implementation.

pub mod assignment;
pub mod attributions;
pub mod clusters;
pub mod misplaced;
pub mod pieces;
pub mod porter;
pub mod rouge;
pub mod worst;
