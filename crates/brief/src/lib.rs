//! One story to one brief.
