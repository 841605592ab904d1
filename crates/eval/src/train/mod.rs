//! Fitting what ships in `models/`, reproducibly, on the development data only.

pub mod boosting;
pub mod stories;
