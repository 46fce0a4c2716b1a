//! A day of the calendar, to tell how old a list is. Nothing here asks a clock; today comes in with
//! the files, from whoever read them, or is unknown.

use std::fmt;

/// A day, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Days since 1970-01-01.
    number: i64,
}

/// Seconds of a day.
const SECONDS: u64 = 24 * 60 * 60;
/// Days of 400 years, after which the calendar repeats itself.
const CYCLE: i64 = 146_097;

impl Day {
    /// The day of a moment given in seconds since 1970-01-01T00:00:00Z.
    pub fn of_unix_time(seconds: u64) -> Self {
        Self { number: i64::try_from(seconds / SECONDS).unwrap_or(i64::MAX / 2) }
    }

    /// The day that a text begins with: `2026-01-31`, alone or before a time. `None` when it names
    /// none.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let date = text.get(..10)?;
        // What follows a date is a time, not a further digit.
        if text.as_bytes().get(10).is_some_and(u8::is_ascii_alphanumeric)
            && !text.get(10..)?.starts_with(['T', 't'])
        {
            return None;
        }
        let mut parts = date.split('-');
        let mut part = |length: usize| -> Option<i64> {
            let part = parts.next()?;
            let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            if digits { part.parse().ok() } else { None }
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        (1..=12).contains(&month).then_some(())?;
        (1..=days_of(year, month)).contains(&day).then_some(())?;
        // The year begins in March, so that the leap day is its last.
        let shifted = if month <= 2 { year - 1 } else { year };
        let (cycle, of_cycle) = (shifted.div_euclid(400), shifted.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let in_cycle = of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year;
        // 719,468 days lie between 0000-03-01 and 1970-01-01.
        Some(Self { number: cycle * CYCLE + in_cycle - 719_468 })
    }

    /// The days from `earlier` to this day; negative when it is the later one.
    pub fn days_since(self, earlier: Self) -> i64 {
        self.number - earlier.number
    }
}

impl fmt::Display for Day {
    /// `2026-01-31`
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shifted = self.number + 719_468;
        let (cycle, in_cycle) = (shifted.div_euclid(CYCLE), shifted.rem_euclid(CYCLE));
        // The last day of four years, of a hundred and of the cycle is no day of a further year.
        let of_cycle = (in_cycle - in_cycle / 1_460 + in_cycle / 36_524 - in_cycle / 146_096) / 365;
        let of_year = in_cycle - (365 * of_cycle + of_cycle / 4 - of_cycle / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = cycle * 400 + of_cycle + i64::from(month <= 2);
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn a_day_is_read_from_its_date() {
        for (text, number) in [
            ("1970-01-01", Some(0)),
            ("1969-12-31", Some(-1)),
            ("2000-02-29T23:59:59Z", Some(11_016)),
            ("2000-03-01 08:00", Some(11_017)),
            ("2026-01-31", Some(20_484)),
            (" 2026-01-31 ", Some(20_484)),
            ("2026-02-29", None),
            ("1900-02-29", None),
            ("2026-13-01", None),
            ("2026-00-10", None),
            ("2026-1-31", None),
            ("2026-01-311", None),
            ("31 January", None),
            ("二〇二六年一月", None),
            ("", None),
        ] {
            assert_eq!(Day::read(text).map(|day| day.number), number, "{text:?}");
        }
    }

    #[test]
    fn a_moment_lies_in_its_day() {
        assert_eq!(Day::read("2026-01-31"), Some(Day::of_unix_time(20_484 * 86_400 + 86_399)));
        let of = |text| Day::read(text).unwrap();
        assert_eq!(of("2026-01-31").days_since(of("2025-01-31")), 365);
        assert_eq!(of("2025-01-31").days_since(of("2026-01-31")), -365);
    }

    #[test]
    fn a_day_is_written_as_it_is_read() {
        for number in (-700_000..800_000).step_by(37).chain([-1, 0, 11_016, 11_017, 20_484]) {
            let day = Day { number };
            assert_eq!(Day::read(&day.to_string()), Some(day), "{day}");
        }
        assert_eq!(Day::of_unix_time(20_484 * 86_400).to_string(), "2026-01-31");
    }
}
