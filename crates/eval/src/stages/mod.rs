//! One file a stage. A stage reads a data set, runs one room of dateline over it, and reports.

pub mod attribution;
pub mod brief;
pub mod feeds;
pub mod neardup;
pub mod opml;
pub mod stories;
pub mod text;
pub mod warc;
