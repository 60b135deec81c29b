//! What only many rows of a file tell: the order of day and month, whether a column of ids tells rows
//! apart, whether times are moments, and whether a spreadsheet has taken days for months.

use crate::import::formats::Record;
use crate::import::values::{DayOrder, Orders, Written, date_and_clock, given};
use jiff::Span;
use jiff::civil::Date;
use std::collections::HashMap;
use xxhash_rust::xxh3::xxh3_64;

#[derive(Default)]
pub struct Look {
    pub orders: Orders,
    half: Half,
    /// Moments in UTC that are not midnight.
    moments: u64,
    /// Cells of the column of dates, and of them those that may be a spreadsheet's number of a day.
    starts: u64,
    day_numbers: u64,
    pub ids: Vec<IdColumn>,
}

/// Dates of a spreadsheet as its own dates and as texts.
#[derive(Default)]
struct Half {
    /// Own dates whose day could be a month, and those whose day could not.
    short: u64,
    long: u64,
    /// Texts of three numbers whose first could be a month, and those whose first could not.
    open_texts: u64,
    day_first_texts: u64,
    month_first_texts: u64,
}

/// A column that may give the ids.
pub struct IdColumn {
    pub index: usize,
    rows: u64,
    /// Rows whose id an earlier row of other content has.
    repeats: u64,
    nought: u64,
    /// Such as 2.02E+11, which a spreadsheet made of a longer number.
    damaged: u64,
    seen: HashMap<u64, u64>,
}

/// Why a column is none of ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoId {
    Repeats(u64),
    Damaged(u64),
}

impl IdColumn {
    pub fn new(index: usize) -> IdColumn {
        IdColumn {
            index,
            rows: 0,
            repeats: 0,
            nought: 0,
            damaged: 0,
            seen: HashMap::new(),
        }
    }

    fn add(&mut self, record: &Record, content: u64) {
        let Some(id) = given(record.get(self.index).trim()) else {
            return;
        };
        self.rows += 1;
        self.nought += u64::from(["0", "0.0"].contains(&id));
        self.damaged += u64::from(is_damaged(id));
        match self.seen.entry(xxh3_64(id.as_bytes())) {
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(content);
            }
            std::collections::hash_map::Entry::Occupied(known) => {
                self.repeats += u64::from(*known.get() != content);
            }
        }
    }

    /// Why the column is none of ids; `None` where it is one. An id typed twice by mistake is no
    /// reason: that row is rejected with its line.
    pub fn fault(&self, is_own: bool) -> Option<NoId> {
        if self.damaged * 2 > self.rows {
            return Some(NoId::Damaged(self.damaged));
        }
        // What a publisher calls its id is one, unless a spreadsheet has rounded most of them.
        let share = if is_own { 8 } else { 2 };
        let repeats = self.repeats > 0 && self.repeats * share >= self.rows;
        let is_nought = self.rows > 1 && self.nought == self.rows;
        (repeats || is_nought).then_some(NoId::Repeats(self.repeats))
    }
}

/// Digits and a power of ten.
fn is_damaged(id: &str) -> bool {
    let Some((digits, power)) = id.split_once(['E', 'e']) else {
        return false;
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_digits(&digits.replace(['.', ','], "")) && power.strip_prefix('+').is_some_and(is_digits)
}

impl Look {
    /// Takes one record into account. `dates` are the columns of its start, its end and the date of its source.
    pub fn add(&mut self, dates: [Option<usize>; 3], day_order: DayOrder, record: &Record) {
        for index in dates.into_iter().flatten() {
            self.orders.add(record.get(index));
        }
        let [start, end, _] = dates.map(|index| Some(record.get(index?).trim()));
        if let Some(text) = start {
            self.start(text, day_order);
        }
        if let Some(text) = end {
            self.moment(text, day_order);
        }
        if !self.ids.is_empty() {
            let content = record.content_hash();
            self.ids
                .iter_mut()
                .for_each(|column| column.add(record, content));
        }
    }

    fn start(&mut self, text: &str, day_order: DayOrder) {
        if given(text).is_some() {
            self.starts += 1;
            self.day_numbers += u64::from(day_of_number(text).is_some());
        }
        let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
        let is_iso = text.len() >= 10 && text.is_char_boundary(10);
        if let Some(day) = is_iso.then(|| day(&text[..10])).flatten() {
            match day.day() > 12 {
                true => self.half.long += 1,
                false => self.half.short += 1,
            }
            if text.len() == 10 {
                return;
            }
        }
        let numbers: Vec<u32> = text
            .split(['/', '.', '-'])
            .map_while(|p| p.trim().parse().ok())
            .collect();
        if let [first @ 1..=31, second @ 1..=31, _] = numbers[..] {
            match (first > 12, second > 12) {
                (true, _) => self.half.day_first_texts += 1,
                (_, true) => self.half.month_first_texts += 1,
                _ => self.half.open_texts += 1,
            }
            return;
        }
        self.moment(text, day_order);
    }

    fn moment(&mut self, text: &str, day_order: DayOrder) {
        if self.moments == 0 && text.len() > 9 {
            let read = date_and_clock(text, day_order, false);
            self.moments += u64::from(read.is_ok_and(|d| d.written != Written::Otherwise));
        }
    }

    /// Whether dates are a spreadsheet's numbers of days: all of several are.
    pub fn has_day_numbers(&self) -> bool {
        self.starts > 1 && self.day_numbers == self.starts
    }

    pub fn has_moments(&self) -> bool {
        self.moments > 0
    }

    /// How many dates a spreadsheet seems to have taken the day for the month of: its own dates all
    /// have a day that could be a month, and the texts left over are just those that have none.
    pub fn half(&self) -> Option<u64> {
        let half = &self.half;
        let texts = half.day_first_texts.max(half.month_first_texts);
        let is_half = half.short >= 2
            && texts >= 2
            && (half.day_first_texts == 0 || half.month_first_texts == 0);
        (is_half && half.long == 0 && half.open_texts == 0).then_some(half.short)
    }
}

/// The day of a spreadsheet's number, of the years 1995 to 2079: days since the 30th of December 1899.
pub fn day_of_number(text: &str) -> Option<Date> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    let number: i64 = text.parse().ok().filter(|n| (34_700..65_500).contains(n))?;
    let day = Date::constant(1899, 12, 30).checked_add(Span::new().days(number));
    day.ok().filter(|_| text.len() == 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_a_spreadsheet_ruined_are_no_ids() {
        for id in ["2.02E+11", "2,02E+11", "1E+15", "2.01901E+11"] {
            assert!(is_damaged(id), "{id}");
        }
        for id in ["201903010001", "MEX1", "E+1", "12E", "A2E+11", "1e5"] {
            assert!(!is_damaged(id), "{id}");
        }
    }
}
