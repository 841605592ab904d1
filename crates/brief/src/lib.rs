//! One story to one brief.

pub mod faces;
