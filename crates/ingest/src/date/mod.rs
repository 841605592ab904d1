//! Dates as feeds and pages write them, to a time with the precision it was stated in.
//!
//! One reader for all shapes: RFC 822 and 2822 with everything software gets wrong about them, ISO
//! 8601 and its profiles (week and ordinal dates too), `asctime`, seconds since 1970, and dates in
//! the words of some thirty languages. The text is cut into numbers, words and signs; time, offset
//! and date are found among them; and whatever is left over must be known to say nothing, or the
//! text is no date.
//!
//! It never guesses. `03/04/2024` is March in one country and April in another and is refused, as
//! are months without a day, years of two digits outside RFC 822, and calendars other than the
//! Gregorian. A time in a zone whose name means two offsets is read to the day.

mod calendar;
mod clock;
mod lexer;
mod words;

use dateline_model::{Precision, When};
use jiff::civil::Date;

use self::clock::Clock;
use self::lexer::{Token, lex};

/// Years that dates may lie in. The web's own dates begin in the nineties, its archives and
/// obituaries earlier; `0001-01-01` and `9999-12-31` are how software writes "no date".
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2100;

/// Reads a date in any form feeds and pages use; `None` where it is none, or could be two.
///
/// Precision is that of the text: to the day, minute or second. The offset is the one written, or
/// `None`.
///
/// ```
/// use dateline_ingest::date::parse_date;
///
/// assert_eq!(parse_date("Thu, 2 May 2024 21:01 +0200").unwrap().to_string(), "2024-05-02T21:01:00+02:00");
/// assert_eq!(parse_date("2 мая 2024 г.").unwrap().to_string(), "2024-05-02");
/// assert_eq!(parse_date("03/04/2024"), None);
/// ```
pub fn parse_date(text: &str) -> Option<When> {
    let tokens = lex(text)?;
    if let Some(epoch) = epoch(&tokens) {
        return Some(epoch);
    }
    Reading { tokens, clock: None, offset: None, offset_is_sure: true }.read()
}

/// Seconds or milliseconds since 1970, where the number of digits leaves no doubt: ten and thirteen
/// digits lie between 2001 and 2286.
fn epoch(tokens: &[Token]) -> Option<When> {
    let number = match tokens {
        [Token::Number { value, digits }] => (*value, *digits),
        [Token::Number { value, digits: 10 }, Token::Sign('.'), Token::Number { .. }] => (*value, 10),
        _ => return None,
    };
    let seconds = match number {
        (value, 10) => value,
        (value, 13) => value / 1000,
        _ => return None,
    };
    let when = When::from_seconds(seconds);
    YEARS.contains(&i64::from(when.zoned().year())).then_some(when)
}

/// What has been found so far; found tokens are taken out.
struct Reading {
    tokens: Vec<Token>,
    clock: Option<Clock>,
    offset: Option<i16>,
    /// False where a zone stands there and cannot be read.
    offset_is_sure: bool,
}

impl Reading {
    fn read(mut self) -> Option<When> {
        self.join_abbreviations();
        self.compact()?;
        self.time()?;
        let date = self.date()?;
        self.rest_says_nothing().then_some(())?;
        self.when(date)
    }

    fn number(&self, at: usize) -> Option<(i64, usize)> {
        match self.tokens.get(at)? {
            Token::Number { value, digits } => Some((*value, *digits)),
            _ => None,
        }
    }

    fn is_sign(&self, at: usize, sign: char) -> bool {
        self.tokens.get(at) == Some(&Token::Sign(sign))
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at)? {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    /// `a.m.` → `am`, `kl.` → `kl`.
    fn join_abbreviations(&mut self) {
        let mut at = 0;
        while at + 2 < self.tokens.len() {
            if let (Some(first @ ("a" | "p" | "π" | "μ")), true, Some(second @ ("m" | "μ"))) =
                (self.word(at), self.is_sign(at + 1, '.'), self.word(at + 2))
            {
                let joined = format!("{first}{second}");
                let dot = usize::from(self.is_sign(at + 3, '.'));
                self.tokens.splice(at..at + 3 + dot, [Token::Word(joined)]);
            }
            at += 1;
        }
    }

    /// Spells ISO 8601's basic format out: `20240502T210133Z`, `20240502`.
    fn compact(&mut self) -> Option<()> {
        let spelled = |digits: &[(i64, usize)], sign: char| {
            let mut tokens = Vec::new();
            for (index, (value, digits)) in digits.iter().enumerate() {
                if index > 0 {
                    tokens.push(Token::Sign(sign));
                }
                tokens.push(Token::Number { value: *value, digits: *digits });
            }
            tokens
        };
        if let Some((value, digits @ (8 | 14))) = self.number(0) {
            let (day, time) =
                if digits == 8 { (value, None) } else { (value / 1_000_000, Some(value % 1_000_000)) };
            let mut date = spelled(&[(day / 10_000, 4), (day / 100 % 100, 2), (day % 100, 2)], '-');
            if let Some(time) = time {
                date.push(Token::Space);
                date.extend(spelled(&[(time / 10_000, 2), (time / 100 % 100, 2), (time % 100, 2)], ':'));
            }
            self.tokens.splice(0..1, date);
        }
        if let Some(t) = self.tokens.iter().position(|token| *token == Token::Word("t".into())) {
            match self.number(t + 1) {
                Some((value, 6)) => {
                    let time = [(value / 10_000, 2), (value / 100 % 100, 2), (value % 100, 2)];
                    self.tokens.splice(t..=t + 1, spelled(&time, ':'));
                }
                Some((value, 4)) => {
                    self.tokens.splice(t..=t + 1, spelled(&[(value / 100, 2), (value % 100, 2)], ':'));
                }
                Some(_) => self.tokens[t] = Token::Space,
                None => {}
            }
        }
        Some(())
    }

    /// True where nothing is left that might mean something.
    fn rest_says_nothing(&self) -> bool {
        let mut weekdays = 0;
        self.tokens.iter().all(|token| match token {
            Token::Space | Token::Month => true,
            Token::Sign(sign) => !matches!(sign, '+' | '/'),
            Token::Number { .. } => false,
            Token::Word(word) => {
                let is_weekday = words::is_weekday(word);
                weekdays += usize::from(is_weekday);
                // `Thursday, Thu`, but no lists of days.
                (is_weekday && weekdays <= 2)
                    || words::is_noise(word)
                    || (words::zone(word) == Some(0) && self.clock.is_none())
            }
        })
    }

    fn when(&self, (year, month, day): (i64, i64, i64)) -> Option<When> {
        if !YEARS.contains(&year) {
            return None;
        }
        let (year, month, day) = (year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        let date = Date::new(year, month, day).ok()?;
        let Some(clock) = self.clock.filter(|_| self.offset_is_sure) else {
            return When::from_day(year, month, day);
        };
        let precision = if clock.second.is_some() { Precision::Second } else { Precision::Minute };
        // ISO 8601 lets a day end at 24:00.
        let date = if clock.hour == 24 { date.tomorrow().ok()? } else { date };
        // A leap second is the last one of its minute here, as in most clocks.
        let second = clock.second.unwrap_or(0).min(59);
        let time = ((clock.hour % 24) as i8, clock.minute as i8, second as i8);
        When::from_civil((date.year(), date.month(), date.day()), time, self.offset, precision)
    }
}

#[cfg(test)]
mod tests;
