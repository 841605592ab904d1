//! One file a stage. A stage reads a data set, runs one room of dateline over it, and reports.

pub mod text;
pub mod warc;
