//! Times as news gives them: an instant with the precision it was stated in.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How finely a time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// To the day; the instant is midnight UTC of that day.
    Day,
    /// To the minute.
    Minute,
    /// To the second.
    Second,
}

/// A time of the calendar with the offset and precision it was published with.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct When {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// Offset from UTC the source wrote, in minutes; `None` where it wrote none (UTC assumed).
    pub offset: Option<i16>,
    /// How finely the source states it.
    pub precision: Precision,
}

/// Why a string is not a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date such as 2024-05-02 or 2024-05-02T21:01:00+02:00")]
pub struct ParseWhenError(String);

/// Seconds in a day.
pub const DAY: i64 = 86_400;

impl When {
    /// An instant in UTC, to the second.
    pub fn from_seconds(seconds: i64) -> Self {
        Self { seconds, offset: Some(0), precision: Precision::Second }
    }

    /// A calendar day; `None` where there is no such day.
    pub fn from_day(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = Date::new(year, month, day).ok()?;
        let seconds = date.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
        Some(Self { seconds, offset: None, precision: Precision::Day })
    }

    /// A calendar day at a time of day, `offset` minutes east of UTC.
    pub fn from_civil(
        (year, month, day): (i16, i8, i8),
        (hour, minute, second): (i8, i8, i8),
        offset: Option<i16>,
        precision: Precision,
    ) -> Option<Self> {
        let civil = Date::new(year, month, day)
            .ok()?
            .to_datetime(jiff::civil::Time::new(hour, minute, second, 0).ok()?);
        let utc = civil.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
        let seconds = utc - i64::from(offset.unwrap_or(0)) * 60;
        Timestamp::from_second(seconds).ok()?;
        Some(Self { seconds, offset, precision })
    }

    /// The time on the source's own clock.
    pub fn zoned(self) -> Zoned {
        let offset = Offset::from_seconds(i32::from(self.offset.unwrap_or(0)) * 60).unwrap_or(Offset::UTC);
        let instant = Timestamp::from_second(self.seconds).unwrap_or(Timestamp::UNIX_EPOCH);
        instant.to_zoned(TimeZone::fixed(offset))
    }

    /// The calendar day on the source's own clock, as `2024-05-02`.
    pub fn day(self) -> String {
        self.zoned().date().to_string()
    }

    /// A short form for people, on the source's own clock: `2 May 2024, 21:01` or `2 May 2024`.
    pub fn display(self) -> String {
        let zoned = self.zoned();
        let day = zoned.strftime("%-d %b %Y");
        match self.precision {
            Precision::Day => day.to_string(),
            _ => format!("{day}, {}", zoned.strftime("%H:%M")),
        }
    }

    /// A short form for people in UTC: `2 May 2024, 19:01 UTC` or `2 May 2024`.
    pub fn display_utc(self) -> String {
        match self.precision {
            Precision::Day => self.display(),
            _ => format!("{} UTC", Self { offset: Some(0), ..self }.display()),
        }
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for When {
    /// By instant; equal instants by precision and offset, so that sorting is total.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.seconds, self.precision, self.offset).cmp(&(other.seconds, other.precision, other.offset))
    }
}

impl fmt::Display for When {
    /// RFC 3339, or the bare day where no more is known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zoned = self.zoned();
        match self.precision {
            Precision::Day => write!(f, "{}", zoned.date()),
            _ if self.offset.unwrap_or(0) == 0 => write!(f, "{}", zoned.strftime("%Y-%m-%dT%H:%M:%SZ")),
            _ => write!(f, "{}", zoned.strftime("%Y-%m-%dT%H:%M:%S%:z")),
        }
    }
}

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn digits(bytes: &[u8]) -> Option<i16> {
    if bytes.is_empty() || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// Reads `+02:00`, `+0200`, `+02`, `Z` as minutes east of UTC; empty as no offset.
fn offset(text: &[u8]) -> Option<Option<i16>> {
    let (sign, rest) = match text.split_first() {
        None => return Some(None),
        Some((b'Z' | b'z', [])) => return Some(Some(0)),
        Some((b'+', rest)) => (1, rest),
        Some((b'-', rest)) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest.len() {
        2 => (digits(rest)?, 0),
        4 => (digits(&rest[..2])?, digits(&rest[2..])?),
        5 if rest[2] == b':' => (digits(&rest[..2])?, digits(&rest[3..])?),
        _ => return None,
    };
    (hours <= 15 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
}

impl FromStr for When {
    type Err = ParseWhenError;

    /// Reads RFC 3339 and its common relaxations: a bare day, a space for the `T`, no seconds,
    /// fractions of a second (dropped), `+0200`, no offset at all.
    fn from_str(text: &str) -> Result<Self, ParseWhenError> {
        let parse = || -> Option<Self> {
            let bytes = text.trim().as_bytes();
            if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' {
                return None;
            }
            let year = digits(&bytes[..4])?;
            let (month, day) = (digits(&bytes[5..7])? as i8, digits(&bytes[8..10])? as i8);
            if bytes.len() == 10 {
                return Self::from_day(year, month, day);
            }
            if !matches!(bytes[10], b'T' | b't' | b' ') || bytes.len() < 16 || bytes[13] != b':' {
                return None;
            }
            let (hour, minute) = (digits(&bytes[11..13])? as i8, digits(&bytes[14..16])? as i8);
            let mut rest = &bytes[16..];
            let mut second = 0;
            let mut precision = Precision::Minute;
            if rest.len() >= 3 && rest[0] == b':' {
                second = (digits(&rest[1..3])? as i8).min(59);
                precision = Precision::Second;
                rest = &rest[3..];
                if rest.first().is_some_and(|b| matches!(b, b'.' | b',')) {
                    let fraction = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
                    rest = &rest[1 + fraction..];
                }
            }
            let rest = rest.trim_ascii();
            let offset = if rest.eq_ignore_ascii_case(b"utc") || rest.eq_ignore_ascii_case(b"gmt") {
                Some(0)
            } else {
                offset(rest)?
            };
            Self::from_civil((year, month, day), (hour, minute, second), offset, precision)
        };
        parse().ok_or_else(|| ParseWhenError(text.chars().take(60).collect()))
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn news_dates_keep_their_precision_and_offset() {
        for (given, shown) in [
            ("2024-05-02", "2024-05-02"),
            ("2024-05-02T21:01:00+02:00", "2024-05-02T21:01:00+02:00"),
            ("2024-05-02 21:01:33.123-0330", "2024-05-02T21:01:33-03:30"),
            ("2024-05-02T21:01Z", "2024-05-02T21:01:00Z"),
            ("2024-05-02T21:01:00", "2024-05-02T21:01:00Z"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ] {
            assert_eq!(given.parse::<When>().unwrap().to_string(), shown);
        }
        let day: When = "2024-05-02".parse().unwrap();
        assert_eq!(day.precision, Precision::Day);
        assert_eq!(day.display(), "2 May 2024");
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for bad in
            ["", "Thursday", "2024-13-01", "2024-02-30", "2024-05-02T25:00:00Z", "02/05/2024", "2024-05-02Tx"]
        {
            assert!(bad.parse::<When>().is_err(), "{bad}");
        }
    }

    #[test]
    fn order_is_by_instant() {
        let early: When = "2024-05-02T21:01:00+02:00".parse().unwrap();
        let late: When = "2024-05-02T20:00:00Z".parse().unwrap();
        assert!(early < late);
    }

    proptest! {
        #[test]
        fn parsing_never_panics(text in "\\PC{0,40}") {
            let _ = text.parse::<When>();
        }

        #[test]
        fn shown_times_read_back(seconds in -2_000_000_000i64..4_000_000_000, minutes in -840i16..840) {
            let when = When { seconds, offset: Some(minutes), precision: Precision::Second };
            prop_assert_eq!(when.to_string().parse::<When>().unwrap().seconds, seconds);
        }
    }
}
