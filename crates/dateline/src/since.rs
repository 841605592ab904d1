//! `--since`: a day of the calendar, or a time counted back from the desk's clock.

use std::str::FromStr;

use dateline_model::{DAY, When};

/// From when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// From this time.
    Time(When),
    /// From so many seconds before the newest report in the folder.
    Back(i64),
}

impl Since {
    /// The time it means, by a clock.
    pub fn by(self, clock: When) -> When {
        match self {
            Self::Time(when) => when,
            Self::Back(seconds) => When::from_seconds(clock.seconds.saturating_sub(seconds)),
        }
    }
}

impl FromStr for Since {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if let Ok(when) = text.parse() {
            return Ok(Self::Time(when));
        }
        let unit = text.chars().last().and_then(|unit| match unit {
            'm' => Some(60),
            'h' => Some(3600),
            'd' => Some(DAY),
            'w' => Some(7 * DAY),
            _ => None,
        });
        let count = text.get(..text.len().saturating_sub(1)).and_then(|count| count.parse::<u32>().ok());
        match (count, unit) {
            (Some(count), Some(unit)) => Ok(Self::Back(i64::from(count) * unit)),
            _ => Err("give a time span such as 90m, 12h, 2d or 3w, or a date such as 2024-05-01".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_count_back_from_the_clock_and_dates_stand() {
        let clock: When = "2024-05-10T12:00:00Z".parse().unwrap();
        let by = |text: &str| text.parse::<Since>().unwrap().by(clock).to_string();
        assert_eq!(by("2d"), "2024-05-08T12:00:00Z");
        assert_eq!(by("90m"), "2024-05-10T10:30:00Z");
        assert_eq!(by("1w"), "2024-05-03T12:00:00Z");
        assert_eq!(by("2024-05-01"), "2024-05-01");
        for bad in ["", "d", "two days", "-3d", "2y", "é"] {
            assert!(bad.parse::<Since>().is_err(), "{bad}");
        }
    }
}
