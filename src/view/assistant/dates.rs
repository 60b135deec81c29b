//! What the first rows show of the order of day and month.

use crate::import::{Field, Inspection};
use jiff::civil::Date;

/// A date of the file whose day and month stand before its year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    pub text: String,
    /// What it is read day first and month first; `None` where there is no such day.
    pub day_first: Option<Date>,
    pub month_first: Option<Date>,
}

impl Example {
    fn of(text: &str) -> Option<Example> {
        let date = text.split_whitespace().next()?;
        let numbers: Vec<i16> = date
            .split(|c: char| !c.is_ascii_digit())
            .map(|part| part.parse().ok())
            .collect::<Option<_>>()?;
        let [a, b, year] = numbers[..] else {
            return None;
        };
        let year = if year < 100 { year + 2000 } else { year };
        let small = |n: i16| i8::try_from(n).ok();
        let made = |day, month| Date::new(year, small(month)?, small(day)?).ok();
        let (day_first, month_first) = (made(a, b), made(b, a));
        // 5/5 tells nothing.
        (a <= 31 && a != b && (day_first.is_some() || month_first.is_some())).then(|| Example {
            text: date.to_owned(),
            day_first,
            month_first,
        })
    }

    /// Whether it can be read one way only.
    pub fn settles(&self) -> bool {
        self.day_first.is_some() != self.month_first.is_some()
    }
}

/// A date of the first rows that tells day from month, else one that does not.
pub fn example(seen: &Inspection) -> Option<Example> {
    let dates = [Field::Start, Field::End, Field::SourceDate];
    let columns: Vec<usize> = seen
        .mapping
        .iter()
        .filter(|(field, _)| dates.contains(field))
        .filter_map(|(_, name)| seen.facts.columns.iter().position(|c| c == name))
        .collect();
    let given = seen.facts.given.iter();
    let given = given.filter(|(code, _)| dates.iter().any(|field| field.code() == code));
    let rows = seen.preview.iter();
    let cells = rows.flat_map(|row| columns.iter().filter_map(|i| row.get(*i)));
    let cells = given.map(|(_, value)| value).chain(cells);
    let found: Vec<Example> = cells.filter_map(|cell| Example::of(cell)).collect();
    let settling = found.iter().find(|e| e.settles());
    settling.or(found.first()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_example_is_read_both_ways_where_both_are_days() {
        let both = Example::of("03/02/2025 14:30").unwrap();
        assert_eq!(both.text, "03/02/2025");
        assert_eq!(both.day_first, Some(date(2025, 2, 3)));
        assert_eq!(both.month_first, Some(date(2025, 3, 2)));
        assert!(!both.settles());
        let one = Example::of("25.02.25").unwrap();
        assert_eq!(
            (one.day_first, one.month_first),
            (Some(date(2025, 2, 25)), None)
        );
        assert!(one.settles());
        for none in [
            "2025-02-03",
            "5/5/2025",
            "3 de febrero de 2025",
            "",
            "99/99/2025",
            "1/2",
        ] {
            assert_eq!(Example::of(none), None, "{none}");
        }
    }
}
