//! Whether the day or the month stands first in dates of three numbers.

use super::civil::{DayOrder, parts, plain, take_weekday, three};
use super::dates::split_clock;
use crate::domain::filter::fold;
use crate::locale::TextKey;

/// What dates tell of the order of day and month, counted as they come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Orders {
    day_first: u32,
    month_first: u32,
    either: u32,
}

impl Orders {
    pub fn add(&mut self, text: &str) {
        let text = plain(text);
        let folded = fold(split_clock(text.trim()).0);
        let mut parts = parts(&folded);
        let weekday = take_weekday(&mut parts);
        let numbers: Option<Vec<u32>> = parts.iter().map(|p| p.parse().ok()).collect();
        let Some([a @ 1..=31, b, _]) = numbers.as_deref() else {
            return;
        };
        let (a, b) = (*a, *b);
        let named = weekday.and_then(|named| {
            let falls = |order| {
                let day = three(&parts, order).ok().map(|(day, ..)| day.weekday());
                day == Some(named)
            };
            match (falls(DayOrder::DayFirst), falls(DayOrder::MonthFirst)) {
                (true, false) => Some(DayOrder::DayFirst),
                (false, true) => Some(DayOrder::MonthFirst),
                _ => None,
            }
        });
        match (a > 12, b > 12, named) {
            (true, ..) | (_, false, Some(DayOrder::DayFirst)) => self.day_first += 1,
            (_, true, _) | (.., Some(DayOrder::MonthFirst)) => self.month_first += 1,
            // 5/5 is the same day either way.
            _ => self.either += u32::from(a != b),
        }
    }

    /// Whether any date has this form.
    pub fn are_asked(&self) -> bool {
        self.day_first + self.month_first + self.either > 0
    }

    /// Whether there are dates that can be read both ways, and none that tells.
    pub fn leave_open(&self) -> bool {
        self.day_first + self.month_first == 0 && self.either > 0
    }

    /// Whether some date tells.
    pub fn tell(&self) -> bool {
        self.day_first + self.month_first > 0
    }

    /// Decides by the dates that leave no choice, with the key of a note where that is in doubt.
    pub fn order(&self) -> (DayOrder, Option<TextKey>) {
        let doubt = match (self.day_first > 0, self.month_first > 0) {
            (true, true) => Some(text!("note-dates-mixed"; file)),
            _ => self
                .leave_open()
                .then_some(text!("note-dates-ambiguous"; file)),
        };
        match self.month_first > self.day_first {
            true => (DayOrder::MonthFirst, doubt),
            false => (DayOrder::DayFirst, doubt),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DayOrder::{DayFirst, MonthFirst};

    #[test]
    fn the_order_of_day_and_month_is_decided_by_the_column() {
        let of = |texts: &[&'static str]| {
            let mut orders = Orders::default();
            texts.iter().for_each(|text| orders.add(text));
            orders.order()
        };
        assert_eq!(of(&["3/2/2025", "25/2/2025"]), (DayFirst, None));
        assert_eq!(of(&["3/2/2025", "2/25/2025"]), (MonthFirst, None));
        assert_eq!(
            of(&["3/2/2025", "5/5/2025"]),
            (DayFirst, Some(text!("note-dates-ambiguous"; file)))
        );
        assert_eq!(
            of(&["25/2/2025", "2/25/2025"]),
            (DayFirst, Some(text!("note-dates-mixed"; file)))
        );
        assert_eq!(of(&["2025-02-03", "x"]), (DayFirst, None));
    }
}
