//! The time of day in a date, and its offset from UTC.

use super::Reading;
use super::lexer::Token;
use super::words;

/// A time of day: hour, minute, and the second where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: Option<i64>,
}

impl Reading {
    /// Finds the time of day with its offset. `None` where there is one that cannot be.
    pub(super) fn time(&mut self) -> Option<()> {
        let Some((start, mut end, mut clock)) = (0..self.tokens.len()).find_map(|at| self.clock_at(at))
        else {
            return Some(());
        };
        // The half of the day stands before (오후 9:01) or after (9:01 PM).
        let skip =
            |at: usize, reading: &Self| at + usize::from(reading.tokens.get(at) == Some(&Token::Space));
        let after = skip(end, self);
        let mut half = None;
        if let Some(second) = self.word(after).and_then(words::half_of_day) {
            half = Some(second);
            end = after + 1;
            end += usize::from(self.is_sign(end, '.') && half.is_some());
        }
        let mut from = start;
        if half.is_none() {
            let spaced = start > 0 && self.tokens[start - 1] == Token::Space;
            let before = if spaced { start - 1 } else { start };
            if before > 0
                && let Some((word, second)) = self.half_before(before)
            {
                half = Some(second);
                from = word;
            }
        }
        match half {
            Some(true) if clock.hour == 0 => return None,
            Some(false) if clock.hour > 12 => return None,
            Some(true) if clock.hour < 12 => clock.hour += 12,
            Some(false) if clock.hour == 12 => clock.hour = 0,
            _ => {}
        }
        let end = self.read_offset(end)?;
        self.clock = Some(clock);
        self.tokens.splice(from..end, [Token::Space]);
        // A second time of day would be another date's.
        (0..self.tokens.len()).all(|at| self.clock_at(at).is_none()).then_some(())
    }

    /// The word for the half of the day that ends at `end`: one token, or two Han characters.
    fn half_before(&self, end: usize) -> Option<(usize, bool)> {
        if let Some(second) = self.word(end - 1).and_then(words::half_of_day) {
            return Some((end - 1, second));
        }
        let pair = format!("{}{}", self.word(end.checked_sub(2)?)?, self.word(end - 1)?);
        words::half_of_day(&pair).map(|second| (end - 2, second))
    }

    /// A time of day that starts at a token: its range and value.
    fn clock_at(&self, at: usize) -> Option<(usize, usize, Clock)> {
        let (hour, digits) = self.number(at)?;
        if digits > 2 {
            return None;
        }
        let announced = || {
            let before = self.tokens[..at]
                .iter()
                .rev()
                .filter(|token| !matches!(token, Token::Space | Token::Sign('.')));
            matches!(before.into_iter().next(), Some(Token::Word(word)) if words::announces_time(word))
        };
        // 17.3.2024 21.01.33: after the year, which ends a date, comes a time.
        let after_year = || {
            let years =
                self.tokens[..at].iter().filter(|token| matches!(token, Token::Number { digits: 4, .. }));
            at > 0 && self.tokens[at - 1] == Token::Space && digits == 2 && years.count() == 1
        };
        let two_digits = |at: usize| self.number(at).is_some_and(|(_, digits)| digits == 2);
        let dotted = self.is_sign(at + 1, '.') && two_digits(at + 2);
        let ends = !self.is_sign(at + 3, '.') || two_digits(at + 4);
        let followed = |at: usize| {
            let at = at + usize::from(self.tokens.get(at) == Some(&Token::Space));
            self.word(at)
                .is_some_and(|word| words::half_of_day(word).is_some() || word == "uhr" || word == "wib")
        };
        let (minute, mut end) = match self.tokens.get(at + 1) {
            Some(Token::Sign(':')) => (self.number(at + 2).filter(|(_, digits)| *digits == 2)?.0, at + 3),
            Some(Token::Sign('.')) if dotted && ends && (announced() || followed(at + 3) || after_year()) => {
                (self.number(at + 2)?.0, at + 3)
            }
            // 21h01, 21時01分, 9시 1분
            Some(Token::Word(word)) if matches!(word.as_str(), "h" | "時" | "时" | "시" | "點" | "点") =>
            {
                let space = usize::from(self.tokens.get(at + 2) == Some(&Token::Space));
                match self.number(at + 2 + space).filter(|(_, digits)| *digits <= 2) {
                    Some((minute, _)) if space == 0 || word == "시" => {
                        let end = at + 3 + space;
                        let unit = matches!(self.word(end), Some("分" | "분" | "min"));
                        (minute, end + usize::from(unit))
                    }
                    _ => return None,
                }
            }
            // 9 PM
            _ if self.is_am_or_pm(at + 1) && !(at > 0 && matches!(self.tokens[at - 1], Token::Sign(_))) => {
                (0, at + 1)
            }
            _ => return None,
        };
        let mut second = None;
        if self.is_sign(end, ':') || (self.is_sign(end, '.') && self.is_sign(at + 1, '.')) {
            second = self.number(end + 1).filter(|(_, digits)| *digits == 2).map(|(value, _)| value);
            end += if second.is_some() { 2 } else { 0 };
        } else if let Some((value, _)) = self.number(end)
            && matches!(self.word(end + 1), Some("秒" | "초"))
        {
            second = Some(value);
            end += 2;
        }
        if second.is_some()
            && matches!(self.tokens.get(end), Some(Token::Sign('.' | ',')))
            && self.number(end + 1).is_some()
        {
            end += 2;
        }
        let valid = hour <= 24 && minute < 60 && second.unwrap_or(0) <= 60 && (hour < 24 || minute == 0);
        valid.then_some((at, end, Clock { hour, minute, second }))
    }

    fn is_am_or_pm(&self, at: usize) -> bool {
        let at = at + usize::from(self.tokens.get(at) == Some(&Token::Space));
        matches!(self.word(at), Some("am" | "pm"))
    }

    /// Reads an offset or zone that starts at a token; gives where it ends. `None` where it is
    /// impossible.
    fn read_offset(&mut self, start: usize) -> Option<usize> {
        let mut at = start + usize::from(self.tokens.get(start) == Some(&Token::Space));
        let mut end = start;
        let mut named = None;
        if let Some(word) = self.word(at)
            && words::half_of_day(word).is_none()
        {
            if let Some(minutes) = words::zone(word) {
                named = Some(minutes);
                at += 1;
                end = at;
                // GMT+2, GMT +0200
                let space = usize::from(self.tokens.get(at) == Some(&Token::Space));
                if self.signed(at + space).is_some() {
                    at += space;
                }
            } else if is_zone_like(word) {
                self.offset_is_sure = false;
                end = at + 1;
            }
        }
        if let Some((minutes, after)) = self.signed(at) {
            if minutes.abs() > 15 * 60 {
                return None;
            }
            if named.is_some_and(|named| named != 0 && named != minutes) {
                self.offset_is_sure = false;
            }
            named = Some(minutes);
            end = after;
            // +0200 (CEST), +0000 GMT
            let next = end + usize::from(self.tokens.get(end) == Some(&Token::Space));
            if self.is_sign(next, '(') {
                let close = self.tokens[next..].iter().position(|token| *token == Token::Sign(')'))?;
                end = next + close + 1;
            } else if let Some(zone) = self.word(next).and_then(words::zone) {
                self.offset_is_sure &= zone == minutes;
                end = next + 1;
            }
        }
        self.offset = named;
        Some(end)
    }

    /// `+02:00`, `-0330`, `+02`, `+2` at a token.
    fn signed(&self, at: usize) -> Option<(i16, usize)> {
        let sign = match self.tokens.get(at)? {
            Token::Sign('+') => 1,
            Token::Sign('-') => -1,
            _ => return None,
        };
        let (value, digits) = self.number(at + 1)?;
        let (hours, minutes, end) = match digits {
            4 => (value / 100, value % 100, at + 2),
            1 | 2 if self.is_sign(at + 2, ':') => {
                (value, self.number(at + 3).filter(|(_, d)| *d == 2)?.0, at + 4)
            }
            2 => (value, 0, at + 2),
            // `GMT+2`, but not `21:01 -2 May`.
            1 if !matches!(self.tokens.get(at + 2), Some(Token::Space)) || at + 3 >= self.tokens.len() => {
                (value, 0, at + 2)
            }
            _ => return None,
        };
        (minutes < 60).then(|| ((sign * (hours * 60 + minutes)) as i16, end))
    }
}

/// True for words that look like the abbreviation of a zone.
fn is_zone_like(word: &str) -> bool {
    let known = words::is_weekday(word) || words::month(word, false).is_some() || words::is_noise(word);
    (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase()) && !known
}
