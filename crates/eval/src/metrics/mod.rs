//! The measures of the field, each checked against its reference implementation.

pub mod clusters;
