//! Dates as files write them, down to the precision of their form.

use super::civil::{
    BUDDHIST, DateFault, DayOrder, Spanned, civil, is_buddhist, is_year, one_date, parts, plain,
};
use super::clock::{Clock, clock, is_midnight, is_utc};
use crate::domain::filter::fold;
use crate::domain::period::month_named as month;
use crate::domain::{Instant, TimePrecision};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// What a text says of a time: the first and last day it may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    pub start: Date,
    pub end: Date,
    pub precision: TimePrecision,
    pub instant: Option<Instant>,
    /// A clock time without a zone, which no instant can be made of yet.
    pub clock: Option<Time>,
    /// How the moment is written, where it is one.
    pub written: Written,
    /// The year was one of the Buddhist calendar.
    pub is_buddhist: bool,
}

/// How a moment is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Written {
    /// With an offset of its own, or not as a moment.
    #[default]
    Otherwise,
    /// In UTC, by whoever wrote the file.
    Utc,
    /// In UTC by a program that writes all of its times so: a number of seconds or milliseconds since
    /// 1970, or as ArcGIS does.
    UtcByProgram,
}

/// Reads one date, or two as one span, in any of the known forms.
pub fn date(text: &str, order: DayOrder) -> Result<Dated, DateFault> {
    date_and_clock(text, order, false)
}

/// As [`date`]. With `has_moments`, midnight in UTC is a moment like any other: the column has others.
pub fn date_and_clock(text: &str, order: DayOrder, has_moments: bool) -> Result<Dated, DateFault> {
    let text = text.trim();
    // What nearly every row has: `2025-02-03`.
    if text.len() == 10
        && let Ok(day) = text.parse::<Date>()
        && !BUDDHIST.contains(&day.year())
    {
        return Ok(Dated::of((day, day, TimePrecision::Day)));
    }
    let text = plain(text);
    let text = text.trim();
    if let Some(moment) = since_1970(text) {
        return Ok(moment_of(moment, has_moments));
    }
    match single(text, order, has_moments) {
        Err(fault) => span(text, order).map_or(Err(fault), |read| read),
        read => read,
    }
}

impl Dated {
    pub fn of((start, end, precision): Spanned) -> Dated {
        Dated {
            start,
            end,
            precision,
            instant: None,
            clock: None,
            written: Written::Otherwise,
            is_buddhist: false,
        }
    }
}

/// Seconds or milliseconds since 1970, in UTC: ten, twelve or thirteen digits, also as a spreadsheet
/// writes such a number.
fn since_1970(text: &str) -> Option<Timestamp> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let digits = text.strip_prefix('-').unwrap_or(text);
    // `202502031430`
    if matches!(digits.len(), 12 | 14) && split_whole(text).is_some() {
        return None;
    }
    let is_number = digits.bytes().all(|b| b.is_ascii_digit());
    if is_number && matches!(digits.len(), 12 | 13) {
        return Timestamp::from_millisecond(text.parse().ok()?).ok();
    }
    if is_number && digits.len() == 10 {
        return Timestamp::from_second(text.parse().ok()?).ok();
    }
    let is_power = digits.starts_with(|c: char| c.is_ascii_digit()) && digits.contains(['e', 'E']);
    let number: f64 = digits.parse().ok().filter(|_| is_power)?;
    let is_milliseconds = (1e11..1e13).contains(&number) && number.fract() == 0.0;
    is_milliseconds.then(|| Timestamp::from_millisecond(number as i64).ok())?
}

fn moment_of(utc: Timestamp, has_moments: bool) -> Dated {
    let local = utc.to_zoned(TimeZone::UTC).datetime();
    let day = local.date();
    let mut dated = Dated::of((day, day, TimePrecision::Day));
    if has_moments || local.time() != Time::midnight() {
        dated.precision = TimePrecision::Minute;
        dated.instant = Some(Instant {
            utc,
            zone: "UTC".to_owned(),
        });
        dated.written = Written::UtcByProgram;
    }
    dated
}

/// One date with its clock time, if it has one.
fn single(text: &str, order: DayOrder, has_moments: bool) -> Result<Dated, DateFault> {
    let (day_text, clock_text) = split_clock(text);
    let mut read = civil(day_text, order);
    let mut clock_text = clock_text.map(str::to_owned);
    // `Mon Feb  3 14:30:00 CST 2025`: the year comes last.
    if read.is_err()
        && let Some((rest, year)) = clock_text.as_deref().and_then(|c| c.rsplit_once(' '))
        && is_year(year)
    {
        read = civil(&format!("{day_text} {year}"), order);
        clock_text = Some(rest.trim().to_owned());
    }
    // `2025-02-03 1430`, `3/2/2025 14h30`, `20250203T143000Z`.
    if read.is_err()
        && clock_text.is_none()
        && let Some((day, clock)) = split_compact(day_text)
    {
        read = civil(day, order);
        clock_text = Some(clock.to_owned());
    }
    let mut dated = Dated::of(read?);
    dated.is_buddhist = is_buddhist(day_text);
    let Some(clock_text) = clock_text.filter(|c| !is_midnight(c) || (has_moments && is_utc(c)))
    else {
        return Ok(dated);
    };
    if dated.precision != TimePrecision::Day || dated.start != dated.end {
        return Err("bad_date");
    }
    match clock(dated.start, &clock_text)? {
        Clock::Moment(instant) => {
            dated.written = match (
                is_utc(&clock_text),
                clock_text.ends_with("+00") && day_text.contains('/'),
            ) {
                (_, true) => Written::UtcByProgram,
                (true, _) => Written::Utc,
                _ => Written::Otherwise,
            };
            dated.precision = TimePrecision::Minute;
            dated.instant = Some(instant);
        }
        Clock::Local(time) => dated.clock = Some(time),
    }
    Ok(dated)
}

/// What stands between two dates that are one span.
const BETWEEN: [&str; 13] = [
    " & ",
    " - ",
    " – ",
    " — ",
    " al ",
    " a ",
    " hasta ",
    " to ",
    " until ",
    " through ",
    " thru ",
    "–",
    "..",
];

/// Two dates with a word or a dash between them; what the first leaves out is that of the second.
fn span(text: &str, order: DayOrder) -> Option<Result<Dated, DateFault>> {
    let lower = text.to_lowercase();
    let starts = [
        "entre el ",
        "entre ",
        "between ",
        "desde el ",
        "desde ",
        "del ",
        "from ",
    ];
    let start = starts.iter().find_map(|word| lower.strip_prefix(word));
    let body = start.unwrap_or(&lower);
    let both = (start.is_some() && (lower.starts_with("entre") || lower.starts_with("between")))
        .then(|| {
            [" y el ", " y ", " and "]
                .iter()
                .find_map(|word| body.split_once(word))
        })
        .flatten();
    let split = BETWEEN.iter().find_map(|word| body.split_once(word));
    // `03/02/2025-05/02/2025`.
    let tight = || {
        let (a, b) = body.split_once('-')?;
        let is_day = a.len() < 3 && a.bytes().all(|b| b.is_ascii_digit());
        ((is_day || a.contains('/')) && b.contains('/') && !b.contains('-')).then_some((a, b))
    };
    let (first, second) = both.or(split).or_else(tight)?;
    let second = second.strip_prefix("el ").unwrap_or(second);
    let (first, second) = (first.trim(), second.trim());
    let read = |text: &str| single(text, order, false).ok();
    let month_word = first
        .split([' ', ','])
        .next()
        .filter(|word| month(&fold(word)).is_some());
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let year = second
        .get(second.len().saturating_sub(4)..)
        .filter(|y| is_year(y));
    // `Feb 3` and `5, 2025`: a month would be read of the two numbers.
    let to = match month_word.filter(|_| digits(second) > 0 && parts(second).len() == 2) {
        Some(word) => read(&format!("{word} {second}"))?,
        // `2025-02-03` and `05`
        None if digits(second) == second.len()
            && second.len() == 2
            && first
                .len()
                .checked_sub(2)
                .and_then(|at| first.get(at..))
                .is_some_and(|end| digits(end) == 2) =>
        {
            read(&format!("{}{second}", first.get(..first.len() - 2)?))?
        }
        None => read(second)?,
    };
    // `6` and `8 de febrero de 2025`; `3` and `5/02/2025`; `28/01` and `03/02/2025`.
    let from = match digits(first) == first.len() && first.len() < 3 {
        true => read(&format!("{first}{}", &second[digits(second)..])),
        // `Jan 28` alone would be a month of 2028.
        false if !first.split([' ', '/', '-', '.', ',']).any(is_year) => {
            read(&format!("{first} {}", year?))
        }
        false => read(first),
    }?;
    Some(match from.start <= to.end {
        true => Ok(Dated::of((
            from.start,
            to.end,
            from.precision.max(to.precision).max(TimePrecision::Day),
        ))),
        false => Err("end_before_start"),
    })
}

/// The clock time starts after the first `T` or blank that is followed by digits and a colon.
pub fn split_clock(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else {
        return (text, None);
    };
    match text[..colon].rfind(['T', 't', ' ']) {
        Some(at) => (
            text[..at].trim_end_matches([' ', ',', '-']),
            Some(text[at + 1..].trim()),
        ),
        None => (text, None),
    }
}

/// A day and a clock time in digits alone, such as `202502031430`.
fn split_whole(text: &str) -> Option<(&str, &str)> {
    let is_whole = matches!(text.len(), 12 | 14) && text.bytes().all(|b| b.is_ascii_digit());
    let (day, clock) = text.split_at_checked(8).filter(|_| is_whole)?;
    let (date, ..) = one_date(day, DayOrder::DayFirst).ok()?;
    let is_clock = clock[..2] < *"24" && clock[2..4] < *"60";
    ((1900..2100).contains(&date.year()) && is_clock).then_some((day, clock))
}

/// A clock time without a colon after a whole date.
fn split_compact(text: &str) -> Option<(&str, &str)> {
    if let Some(split) = split_whole(text) {
        return Some(split);
    }
    // `2025-02-03, 9 pm`
    if let Some((rest, "am" | "pm" | "AM" | "PM")) = text.rsplit_once(' ')
        && let Some((day, _)) = rest.rsplit_once(' ')
    {
        return Some((day.trim_end_matches([' ', ',']), &text[day.len() + 1..]));
    }
    let (day, clock) = text.rsplit_once([' ', 'T', 't'])?;
    let day = day.trim_end_matches([' ', ',', '-']);
    let digits = clock.bytes().filter(u8::is_ascii_digit).count();
    let is_clock = (3..=6).contains(&digits) && clock.bytes().next()?.is_ascii_digit()
        || clock.to_ascii_lowercase().contains('h') && (1..=4).contains(&digits)
        || clock.to_ascii_lowercase().ends_with('m') && (1..=4).contains(&digits);
    let has_day =
        parts(day).len() >= 3 || (day.len() == 8 && day.bytes().all(|b| b.is_ascii_digit()));
    (is_clock && has_day).then_some((day, clock))
}

#[cfg(test)]
mod tests {
    use super::*;
    use DayOrder::{DayFirst, MonthFirst};
    use proptest::prelude::*;

    fn read(text: &str, order: DayOrder) -> String {
        match date(text, order) {
            Ok(d) => format!("{}..{} {}", d.start, d.end, d.precision.code()),
            Err(reason) => reason.to_owned(),
        }
    }

    #[test]
    fn dates_of_all_forms() {
        for text in [
            "2025-02-03",
            "2025/2/3",
            "20250203",
            "2025-02-03 00:00:00.000",
            "2025-02-03T14:30",
            "3/2/2025",
            "03-02-2025",
            "3.2.25",
            "3 Feb 2025",
            "03 February 2025",
            "3-Feb-25",
            "February 3rd, 2025",
            "3 de febrero de 2025",
            "3 de FEBRERO del 2025",
        ] {
            assert_eq!(read(text, DayFirst), "2025-02-03..2025-02-03 day", "{text}");
        }
        assert_eq!(read("3/2/2025", MonthFirst), "2025-03-02..2025-03-02 day");
        assert_eq!(read("2025", DayFirst), "2025-01-01..2025-12-31 year");
        for text in [
            "2025-02-03/2025-02-05",
            "3-5 de febrero de 2025",
            "del 3 al 5 de febrero de 2025",
            "February 3-5, 2025",
        ] {
            assert_eq!(read(text, DayFirst), "2025-02-03..2025-02-05 day", "{text}");
        }
        assert_eq!(read("2025-W06", DayFirst), "2025-02-03..2025-02-09 week");
        assert_eq!(read("Feb-25", DayFirst), "2025-02-01..2025-02-28 month");
        assert_eq!(read("3-feb.-2025", DayFirst), "2025-02-03..2025-02-03 day");
        assert_eq!(read("2025-02-03/2025-02-01", DayFirst), "end_before_start");
        // A spreadsheet's number of days is a guess away from anything.
        assert_eq!(read("45321", DayFirst), "bad_date");
        for text in ["2025-02", "02/2025", "febrero de 2025", "Feb 2025"] {
            assert_eq!(
                read(text, DayFirst),
                "2025-02-01..2025-02-28 month",
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_date_says_why() {
        for text in [
            "2023-02-30",
            "31/04/2024",
            "2025-13-01",
            "0/1/2024",
            "2025-00",
            "2025-W60",
        ] {
            assert_eq!(read(text, DayFirst), "no_such_day", "{text}");
        }
        for text in [
            "",
            "soon",
            "12",
            "1/2",
            "2025-02-03 25:99",
            "1/2/3/4",
            "+1/-2/2025x",
            "año",
        ] {
            assert_eq!(read(text, DayFirst), "bad_date", "{text}");
        }
    }

    #[test]
    fn a_clock_time_needs_its_zone() {
        let zoned = date("2025-02-03T22:15:00-06:00", DayFirst).unwrap();
        let instant = zoned.instant.unwrap();
        assert_eq!(instant.utc.to_string(), "2025-02-04T04:15:00Z");
        assert_eq!(
            (instant.zone.as_str(), zoned.start),
            ("Etc/GMT+6", Date::constant(2025, 2, 3))
        );
        for day in ["2025-02-03T00:00:00.000Z", "2025-02-03 00:00:00+00:00"] {
            let read = date(day, DayFirst).unwrap();
            assert_eq!((read.precision, read.instant), (TimePrecision::Day, None));
        }
        let elsewhere = date("2025-02-03T00:00:00-06:00", DayFirst).unwrap();
        assert!(elsewhere.instant.is_some());
        let local = date("2025-02-03 22:15", DayFirst).unwrap();
        assert_eq!(local.instant, None);
        assert_eq!(local.clock, Some(Time::constant(22, 15, 0, 0)));
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_or_refused(text in "\\PC{0,40}") {
            for order in [DayFirst, MonthFirst] {
                let _ = date(&text, order);
            }
        }

        #[test]
        fn what_has_the_form_of_a_date_is_read_or_refused(
            text in "[0-9]{0,5}[-/. ]?(de )?[a-zW0-9]{0,4}[-/. ]?[0-9]{0,5}([T ][0-9:+Z-]{0,12})?"
        ) {
            for order in [DayFirst, MonthFirst] {
                if let Ok(dated) = date(&text, order) {
                    prop_assert!(dated.start <= dated.end, "{text}");
                }
            }
        }

        #[test]
        fn days_are_read_as_they_are_written(n in -25_000_i32..50_000) {
            let day = crate::domain::when::date_of(n);
            for form in ["%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%d %B %Y", "%-d-%b-%Y", "%B %-d, %Y"] {
                let text = day.strftime(form).to_string();
                let read = date(&text, DayFirst).map(|d| (d.start, d.end));
                prop_assert_eq!(read, Ok((day, day)), "{}", text);
            }
        }
    }
}
