//! The calendar day in a date: in words, in numbers, by week or by day of the year.

use jiff::civil::Date;

use super::lexer::Token;
use super::{Reading, YEARS, words};

impl Reading {
    /// Finds the date.
    pub(super) fn date(&mut self) -> Option<(i64, i64, i64)> {
        self.cjk_date().or_else(|| self.worded_date()).or_else(|| self.numeric_date())
    }

    /// 2024年5月2日, 2024년 5월 2일.
    fn cjk_date(&mut self) -> Option<(i64, i64, i64)> {
        let unit = |at: usize, units: [&str; 3]| {
            let (value, _) = self.number(at)?;
            let next = at + 1 + usize::from(self.tokens.get(at + 1) == Some(&Token::Space));
            let word = self.word(next)?;
            let after = next + 1 + usize::from(self.tokens.get(next + 1) == Some(&Token::Space));
            units.contains(&word).then_some((value, after))
        };
        let start = (0..self.tokens.len()).find(|at| unit(*at, ["年", "년", "년"]).is_some())?;
        let (year, at) = unit(start, ["年", "년", "년"])?;
        let (month, at) = unit(at, ["月", "월", "월"])?;
        let (day, end) = unit(at, ["日", "일", "号"])?;
        self.tokens.splice(start..end, [Token::Space]);
        Some((year, month, day))
    }

    /// A month's name with a day and a year.
    fn worded_date(&mut self) -> Option<(i64, i64, i64)> {
        let (month_at, width, month) = self.month_word()?;
        self.tokens.splice(month_at..month_at + width, [Token::Month]);
        let numbers: Vec<usize> = (0..self.tokens.len()).filter(|at| self.number(*at).is_some()).collect();
        let [first, second] = numbers[..] else { return None };
        let (a, b) = (self.number(first)?, self.number(second)?);
        let (day, year) = match (a.1, b.1) {
            (1 | 2, 4) => (a.0, b.0),
            (4, 1 | 2) => (b.0, a.0),
            // RFC 822: `01 Jan 04`. Day, month, year in this order, or it could be another.
            (1 | 2, 2) if first < month_at && month_at < second => {
                (a.0, self.short_year(first, month, a.0, b.0)?)
            }
            _ => return None,
        };
        for at in [second, first] {
            self.tokens[at] = Token::Space;
        }
        Some((year, i64::from(month), day))
    }

    /// The year that two digits stand for: RFC 2822 puts 00–49 into this century. With dashes
    /// (`02-05`) the first number might be the year, unless the weekday settles it.
    fn short_year(&self, first: usize, month: u8, day: i64, short: i64) -> Option<i64> {
        let year = if short < 50 { 2000 + short } else { 1900 + short };
        if !self.is_sign(first + 1, '-') || short > 31 {
            return Some(year);
        }
        let weekday = self.tokens.iter().find_map(|token| match token {
            Token::Word(word) => words::english_weekday(word),
            _ => None,
        })?;
        let date = Date::new(year as i16, month as i8, day as i8).ok()?;
        (date.weekday().to_monday_zero_offset() as usize == weekday).then_some(year)
    }

    /// The one word, or two, that name a month. A word that is a weekday's name as well (`mar`) is
    /// the month only where no other word is.
    fn month_word(&self) -> Option<(usize, usize, u8)> {
        let mut found: Vec<(usize, usize, u8)> = Vec::new();
        for at in 0..self.tokens.len() {
            let Some(word) = self.word(at) else { continue };
            if let Some(second) = self.word(at + 2)
                && let Some(month) = words::month_of_two(word, second)
            {
                found.push((at, 3, month));
                continue;
            }
            let dotted = at >= 1 && (self.is_sign(at - 1, '.') || at >= 2 && self.is_sign(at - 2, '.'));
            if let Some(month) = words::month(word, dotted) {
                found.push((at, 1, month));
            } else if matches!(word, "thang" | "thg") && self.number(at + 2).is_some() {
                // Vietnamese counts its months.
                let (month, _) = self.number(at + 2).filter(|(month, _)| (1..=12).contains(month))?;
                found.push((at, 3, month as u8));
            }
        }
        if found.len() > 1 {
            found.retain(|(at, width, _)| *width > 1 || !self.word(*at).is_some_and(words::is_weekday));
        }
        match found[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Three numbers, week dates, ordinal dates.
    fn numeric_date(&mut self) -> Option<(i64, i64, i64)> {
        let at = (0..self.tokens.len()).find(|at| self.number(*at).is_some())?;
        let (first, digits) = self.number(at)?;
        if digits == 4
            && let Some((date, end)) = self.week_date(at, first).or_else(|| self.ordinal_date(at, first))
        {
            self.tokens.splice(at..end, [Token::Space]);
            return Some(date);
        }
        let sign = match self.tokens.get(at + 1) {
            Some(Token::Sign(sign @ ('-' | '/' | '.'))) => *sign,
            _ => return None,
        };
        let space = |at: usize| usize::from(sign == '.' && self.tokens.get(at) == Some(&Token::Space));
        let second_at = at + 2 + space(at + 2);
        let (second, second_digits) = self.number(second_at)?;
        let sign_at = second_at + 1;
        if !self.is_sign(sign_at, sign) {
            return None;
        }
        let third_at = sign_at + 1 + space(sign_at + 1);
        let (third, third_digits) = self.number(third_at)?;
        let date = match (digits, second_digits, third_digits) {
            (4, 1 | 2, 1 | 2) => (first, second, third),
            (1 | 2, 1 | 2, 4) => {
                let (day, month) = day_and_month(first, second, sign)?;
                (third, month, day)
            }
            _ => return None,
        };
        let end = third_at + 1;
        let end = end + usize::from(sign == '.' && self.is_sign(end, '.'));
        // A fourth number in the row makes it an address or a version.
        if self.is_sign(end, sign) && self.number(end + 1).is_some() {
            return None;
        }
        self.tokens.splice(at..end, [Token::Space]);
        Some(date)
    }

    /// 2024-W18-4, 2024W184.
    fn week_date(&self, at: usize, year: i64) -> Option<((i64, i64, i64), usize)> {
        let dash = usize::from(self.is_sign(at + 1, '-'));
        if self.word(at + 1 + dash) != Some("w") {
            return None;
        }
        let (value, digits) = self.number(at + 2 + dash)?;
        let (week, day, end) = match (dash, digits) {
            (0, 3) => (value / 10, value % 10, at + 3),
            (1, 2) if self.is_sign(at + 4, '-') => (value, self.number(at + 5)?.0, at + 6),
            _ => return None,
        };
        if !(1..=53).contains(&week) || !(1..=7).contains(&day) {
            return None;
        }
        let weekday = jiff::civil::Weekday::from_monday_one_offset(day as i8).ok()?;
        let date = jiff::civil::ISOWeekDate::new(year as i16, week as i8, weekday).ok()?.date();
        Some(((i64::from(date.year()), i64::from(date.month()), i64::from(date.day())), end))
    }

    /// 2024-123.
    fn ordinal_date(&self, at: usize, year: i64) -> Option<((i64, i64, i64), usize)> {
        let (day, _) = self.number(at + 2).filter(|(_, digits)| *digits == 3)?;
        if !self.is_sign(at + 1, '-') || !YEARS.contains(&year) {
            return None;
        }
        let first = Date::new(year as i16, 1, 1).ok()?;
        let date = first.checked_add(jiff::Span::new().try_days(day.checked_sub(1)?).ok()?).ok()?;
        let same_year = i64::from(date.year()) == year && day > 0;
        same_year.then_some(((year, i64::from(date.month()), i64::from(date.day())), at + 3))
    }
}

/// Which of two numbers is the day. Dots mean day first wherever they are used; with other signs the
/// order depends on the country, and only an impossible month settles it.
fn day_and_month(first: i64, second: i64, sign: char) -> Option<(i64, i64)> {
    match (first, second) {
        _ if sign == '.' => Some((first, second)),
        (day, month) if day == month => Some((day, month)),
        (day, month @ 1..=12) if day > 12 => Some((day, month)),
        (month @ 1..=12, day) if day > 12 => Some((day, month)),
        _ => None,
    }
}
