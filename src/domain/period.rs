//! Periods as people type them: a year, a month, a day, or from one of these to another, in the forms
//! that are usual in English and Spanish.

use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A month by its name in English or Spanish, or the first three letters or more of it; lower case.
#[must_use]
pub fn month_named(name: &str) -> Option<i8> {
    const NAMES: [[&str; 2]; 12] = [
        ["january", "enero"],
        ["february", "febrero"],
        ["march", "marzo"],
        ["april", "abril"],
        ["may", "mayo"],
        ["june", "junio"],
        ["july", "julio"],
        ["august", "agosto"],
        ["september", "septiembre"],
        ["october", "octubre"],
        ["november", "noviembre"],
        ["december", "diciembre"],
    ];
    // As it is spelled south of Mexico.
    let name = if name == "setiembre" {
        "septiembre"
    } else {
        name
    };
    let fits = |names: &[&str; 2]| names.iter().any(|n| n.starts_with(name));
    let index = NAMES.iter().position(fits).filter(|_| name.len() >= 3)?;
    i8::try_from(index + 1).ok()
}

/// A period as it can be typed, the shortest that says it: `2010`, `2010-03`, `2010-03-05`,
/// `2010 – 2012`. [`parse_period`] reads it back.
#[must_use]
pub fn period_text(from: Date, to: Date) -> String {
    let whole_months = from.day() == 1 && to == to.last_of_month();
    let whole_years = whole_months && from.month() == 1 && to.month() == 12;
    let text = |date: Date| match (whole_years, whole_months) {
        (true, _) => format!("{:04}", date.year()),
        (false, true) => format!("{:04}-{:02}", date.year(), date.month()),
        _ => date.to_string(),
    };
    let (first, last) = (text(from), text(to));
    if first == last {
        first
    } else {
        format!("{first} – {last}")
    }
}

/// Longer texts are no period.
const MOST_BYTES: usize = 100;

/// First and last day of `2010`, `2010-03`, `3 Feb 2010`, `feb 2010`, `3/2/2010` (day first), `Q1 2010`, `2010-W06`,
/// `2010s`, or of two of these with a dash, `to`, `hasta`, two dots or a slash between them; the first
/// may leave out what the second says, as in `1–28 Feb 2010`. `None` where it is anything else or ends before it
/// starts.
#[must_use]
pub fn parse_period(text: &str) -> Option<(Date, Date)> {
    match parse_open_period(text)? {
        (Some(from), Some(to)) => Some((from, to)),
        _ => None,
    }
}

/// As [`parse_period`], with one end open where `since 2010` or `until 2012` says so.
#[must_use]
pub fn parse_open_period(text: &str) -> Option<(Option<Date>, Option<Date>)> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let text = text.trim().to_lowercase();
    let after = |words: &[&str]| {
        let rest = |word: &&str| text.strip_prefix(word)?.strip_prefix(' ');
        words.iter().find_map(rest).map(str::trim)
    };
    if let Some((from, _)) = after(&["since", "from", "desde"]).and_then(single) {
        return Some((Some(from), None));
    }
    if let Some((from, to)) =
        closed(after(&["from", "de", "del", "desde", "between", "entre"]).unwrap_or(&text))
    {
        return Some((Some(from), Some(to)));
    }
    let (_, to) = after(&["until", "till", "to", "through", "hasta"]).and_then(single)?;
    Some((None, Some(to)))
}

/// A period with two ends.
fn closed(text: &str) -> Option<(Date, Date)> {
    const BETWEEN: [&str; 13] = [
        "–",
        "—",
        "..",
        " to ",
        " until ",
        " through ",
        " and ",
        " hasta ",
        " al ",
        " a ",
        " y ",
        "-",
        "/",
    ];
    if let Some(whole) = single(text) {
        return Some(whole);
    }
    let cuts = BETWEEN
        .iter()
        .flat_map(|between| text.match_indices(between));
    let both = cuts.filter_map(|(at, between)| {
        let (first, last) = (&text[..at], &text[at + between.len()..]);
        let (first, last) = (Part::read(first)?, Part::read(last)?);
        let last = last.with_month_of(first);
        let (_, to) = last.days()?;
        let (from, _) = first.within(last).days()?;
        if from <= to {
            return Some((from, to));
        }
        // `28 Dec – 3 Jan 2025` began the year before.
        let (from, _) = first.within(last.a_year_before()?).days()?;
        (first.has_no_year() && from <= to).then_some((from, to))
    });
    both.into_iter().next()
}

fn single(text: &str) -> Option<(Date, Date)> {
    Part::read(text)?.days()
}

/// A part of the calendar, as far as it is said.
#[derive(Clone, Copy)]
enum Part {
    Days(Date, Date),
    Said {
        year: Option<i16>,
        month: Option<i8>,
        day: Option<i8>,
    },
}

impl Part {
    fn read(text: &str) -> Option<Part> {
        let text = text.trim();
        special(text)
            .or_else(|| numbers(text))
            .or_else(|| words(text))
    }

    /// The first of two parts says less where the second says it: `1` of `1–28 Feb 2010`.
    fn within(self, last: Part) -> Part {
        match (self, last) {
            (
                Part::Said { year, month, day },
                Part::Said {
                    year: y, month: m, ..
                },
            ) if year.is_none() => Part::Said {
                year: y,
                month: month.or(m),
                day,
            },
            _ => self,
        }
    }

    fn has_no_year(self) -> bool {
        matches!(self, Part::Said { year: None, .. })
    }

    fn a_year_before(self) -> Option<Part> {
        match self {
            Part::Said { year, month, day } => Some(Part::Said {
                year: Some(year?.checked_sub(1)?),
                month,
                day,
            }),
            Part::Days(..) => None,
        }
    }

    /// The second says no month where the first does: `5, 2010` of `Feb 3 – 5, 2010`.
    fn with_month_of(self, first: Part) -> Part {
        match (self, first) {
            (
                Part::Said {
                    year,
                    month: None,
                    day: Some(day),
                },
                Part::Said { month, .. },
            ) => Part::Said {
                year,
                month,
                day: Some(day),
            },
            _ => self,
        }
    }

    fn days(self) -> Option<(Date, Date)> {
        let (year, month, day) = match self {
            Part::Days(from, to) => return Some((from, to)),
            Part::Said { year, month, day } => (year?, month, day),
        };
        let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        match (month, day) {
            (None, None) => Some((first, first.last_of_year())),
            (None, Some(_)) => None,
            (_, None) => Some((first, first.last_of_month())),
            _ => Some((first, first)),
        }
    }
}

fn year_of(text: &str) -> Option<i16> {
    let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    is_year.then(|| text.parse().ok()).flatten()
}

/// Up to two digits.
fn small(text: &str) -> Option<i8> {
    let is_small = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_small.then(|| text.parse().ok()).flatten()
}

/// `2010-w06`, `q1 2010`, `2010s`.
fn special(text: &str) -> Option<Part> {
    if let Some((year, week)) = text.split_once("-w") {
        let monday = ISOWeekDate::new(year_of(year)?, small(week)?, Weekday::Monday).ok()?;
        let monday = monday.date();
        let sunday = monday.checked_add(jiff::Span::new().days(6)).ok()?;
        return Some(Part::Days(monday, sunday));
    }
    if let Some(year) = text.strip_suffix('s').and_then(year_of) {
        let first = Date::new(year, 1, 1).ok().filter(|_| year % 10 == 0)?;
        return Some(Part::Days(first, Date::new(year + 9, 12, 31).ok()?));
    }
    let (quarter, year) = text.split_once(' ')?;
    let quarter = ["q", "t"].iter().find_map(|q| quarter.strip_prefix(q))?;
    let quarter = small(quarter).filter(|q| (1..=4).contains(q))?;
    let first = Date::new(year_of(year.trim())?, quarter * 3 - 2, 1).ok()?;
    let last = Date::new(first.year(), quarter * 3, 1).ok()?;
    Some(Part::Days(first, last.last_of_month()))
}

/// `2010-03-05` and shorter, `5/3/2010`, `03/2010`; `13/31/2010` has its month first, as no day is 31 of 13.
fn numbers(text: &str) -> Option<Part> {
    let sign = text.chars().find(|c| ['-', '/', '.'].contains(c));
    let parts: Vec<&str> = match sign {
        Some(sign) => text.split(sign).collect(),
        None => vec![text],
    };
    let said = |year, month, day| Some(Part::Said { year, month, day });
    if let Some(year) = year_of(parts[0]) {
        return match parts[1..] {
            [] => said(Some(year), None, None),
            [month] => said(Some(year), Some(small(month)?), None),
            [month, day] => said(Some(year), Some(small(month)?), Some(small(day)?)),
            _ => None,
        };
    }
    match parts[..] {
        [day] => said(None, None, Some(small(day)?)),
        [month, year] => said(Some(year_of(year)?), Some(small(month)?), None),
        [first, second, year] => {
            let (first, second) = (small(first)?, small(second)?);
            let (day, month) = if second > 12 {
                (second, first)
            } else {
                (first, second)
            };
            said(Some(year_of(year)?), Some(month), Some(day))
        }
        _ => None,
    }
}

/// `3 february 2010`, `3 de febrero de 2010`, `feb 3, 2010`, `feb 2010`, `feb`.
fn words(text: &str) -> Option<Part> {
    let (mut year, mut month, mut day) = (None, None, None);
    let is_filler = |word: &&str| !["", "de", "del", "of", "the", "el"].contains(word);
    let split = |c: char| c.is_whitespace() || c == ',' || c == '.';
    for word in text.split(split).filter(is_filler) {
        let ordinal = word.trim_end_matches(|c: char| c.is_alphabetic() || c == 'º');
        let ending = &word[ordinal.len()..];
        let is_ordinal = ["", "st", "nd", "rd", "th", "º", "o", "ro"].contains(&ending);
        if let Some(found) = year_of(word).filter(|_| year.is_none()) {
            year = Some(found);
        } else if let Some(found) = month_named(word).filter(|_| month.is_none()) {
            month = Some(found);
        } else if let Some(found) = small(ordinal).filter(|_| day.is_none() && is_ordinal) {
            day = Some(found);
        } else {
            return None;
        }
    }
    let says = year.is_some() || month.is_some() || day.is_some();
    says.then_some(Part::Said { year, month, day })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: &str, to: &str) -> Option<(Date, Date)> {
        Some((from.parse().unwrap(), to.parse().unwrap()))
    }

    #[test]
    fn periods_are_read_as_they_are_written() {
        for (text, from, to) in [
            ("2010", "2010-01-01", "2010-12-31"),
            ("2010 – 2012", "2010-01-01", "2012-12-31"),
            ("2010-02", "2010-02-01", "2010-02-28"),
            ("2010-11 – 2011-02", "2010-11-01", "2011-02-28"),
            ("2010-02-03", "2010-02-03", "2010-02-03"),
            ("2010-02-03 – 2010-03-04", "2010-02-03", "2010-03-04"),
        ] {
            let found = parse_period(text);
            assert_eq!(found, days(from, to), "{text}");
            let (from, to) = found.unwrap();
            assert_eq!(period_text(from, to), text);
        }
    }

    #[test]
    fn periods_are_read_in_any_usual_form() {
        for text in [
            "2010..2012",
            " 2010 - 2012 ",
            "2010-2012",
            "2010—2012",
            "2010/2012-12",
            "2010–2012-12-31",
            "2010 to 2012",
            "from 2010 to 2012",
            "de 2010 a 2012",
            "desde 2010 hasta 2012",
            "enero de 2010 a diciembre de 2012",
            "Jan 2010 – Dec 2012",
            "1/1/2010-31/12/2012",
            "Q1 2010 - Q4 2012",
            "1 Jan 2010 – 31 Dec 2012",
        ] {
            assert_eq!(
                parse_period(text),
                days("2010-01-01", "2012-12-31"),
                "{text}"
            );
        }
        for text in [
            "1–28 Feb 2025",
            "1 – 28 de febrero de 2025",
            "del 1 al 28 de febrero de 2025",
            "Feb 1 – 28, 2025",
            "February 2025",
            "feb. 2025",
            "02/2025",
            "2025-2",
            "1 feb – 28 feb 2025",
        ] {
            assert_eq!(
                parse_period(text),
                days("2025-02-01", "2025-02-28"),
                "{text}"
            );
        }
        for text in [
            "3 Feb 2025",
            "3 de febrero de 2025",
            "February 3rd, 2025",
            "3/2/2025",
            "03.02.2025",
            "3-2-2025",
            "2025-2-3",
            "2025/02/03",
        ] {
            assert_eq!(
                parse_period(text),
                days("2025-02-03", "2025-02-03"),
                "{text}"
            );
        }
        for (text, from, to) in [
            ("2025-W06", "2025-02-03", "2025-02-09"),
            ("2010s", "2010-01-01", "2019-12-31"),
            ("T2 2025", "2025-04-01", "2025-06-30"),
            ("nov – dec 2025", "2025-11-01", "2025-12-31"),
            ("28 Dec – 3 Jan 2025", "2024-12-28", "2025-01-03"),
            ("between 2010 and 2012", "2010-01-01", "2012-12-31"),
            ("entre 2010 y 2012", "2010-01-01", "2012-12-31"),
            ("28 Jan – 3 Feb 2025", "2025-01-28", "2025-02-03"),
            ("2/13/2025", "2025-02-13", "2025-02-13"),
        ] {
            assert_eq!(parse_period(text), days(from, to), "{text}");
        }
    }

    #[test]
    fn one_end_may_be_open() {
        let date = |text: &str| text.parse::<Date>().ok();
        let since = Some((date("2010-01-01"), None));
        assert_eq!(parse_open_period("since 2010"), since);
        assert_eq!(parse_open_period("Desde enero de 2010"), since);
        let until = Some((None, date("2012-12-31")));
        assert_eq!(parse_open_period("until 2012"), until);
        assert_eq!(parse_open_period("hasta dic 2012"), until);
        assert_eq!(parse_period("since 2010"), None);
    }

    #[test]
    fn what_is_no_period_is_none() {
        for text in [
            "",
            "20",
            "feb",
            "3 feb",
            "2010-13",
            "2012 – 2010",
            "2010-2-30",
            "1/2/3",
            "2010-1-1-1",
            "x",
            "–",
            "2010 2011",
            "32 Feb 2025",
            "3 3 2025",
            "since",
            "9999s",
        ] {
            assert_eq!(parse_open_period(text), None, "{text}");
        }
        assert_eq!(parse_period(&"2010 ".repeat(1000)), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[0-9a-záé /.,–-]{0,24}") {
            if let Some((from, to)) = parse_period(&text) {
                assert!(from <= to);
            }
        }
    }
}
