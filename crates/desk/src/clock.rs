//! The two clocks: the machine's, by which dates are judged, and the desk's, by which briefs are dated.

use std::time::{SystemTime, UNIX_EPOCH};

use dateline_model::When;

/// The machine's clock, or the time that `DATELINE_NOW` gives in its place (RFC 3339 or a day).
pub fn machine() -> When {
    if let Some(now) = std::env::var("DATELINE_NOW").ok().and_then(|now| now.parse().ok()) {
        return now;
    }
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    When::from_seconds(seconds as i64)
}
