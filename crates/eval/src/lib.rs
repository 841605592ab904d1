//! The benchmarks: data sets, metrics, and the table beside the peers.
//!
//! Each stage of dateline has a stage here of the same name. A stage reads data that lies outside
//! the project (`--data DIR`), runs the shipped defaults over it, and returns a [`Report`]; data
//! that is not there is reported as missing, never passed over.

pub mod data;
mod document;
pub mod metrics;
pub mod peers;
pub mod replay;
mod report;
pub mod stages;
pub mod train;
pub mod yardstick;

pub use document::{document, run_all};
pub use report::{Measure, Report, Target, Unit};
