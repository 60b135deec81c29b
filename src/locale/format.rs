//! Numbers and dates as people read them. Mexican Spanish and English group digits alike.

use super::{Lang, tr};
use jiff::civil::Date;

/// `18,957`.
#[must_use]
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Short enough for a circle on the map: `987`, `1.2k`, `12k`, `1.2M`; in Spanish `1.2 mil`. It is
/// cut, not rounded, so that it never says more than there are.
#[must_use]
pub fn number_short(lang: Lang, n: u64) -> String {
    let unit = match n {
        0..1_000 => return n.to_string(),
        1_000..1_000_000 => 1_000,
        _ => 1_000_000,
    };
    let (whole, tenth) = (n / unit, n % unit / (unit / 10));
    let text = if whole < 10 && tenth > 0 {
        format!("{whole}.{tenth}")
    } else {
        whole.to_string()
    };
    match unit {
        1_000 => tr(lang, text!("number-thousands", n = text)),
        _ => tr(lang, text!("number-millions", n = text)),
    }
}

/// With at most `decimals` decimals, trailing zeros left out.
#[must_use]
pub fn number_f64(n: f64, decimals: usize) -> String {
    let text = format!("{n:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// The short name of a month, 1..=12.
#[must_use]
pub fn month_short(lang: Lang, month: i8) -> String {
    tr(lang, text!("month-" + month))
}

/// `3 Feb 2025`.
#[must_use]
pub fn date(lang: Lang, date: Date) -> String {
    format!(
        "{} {} {}",
        date.day(),
        month_short(lang, date.month()),
        date.year()
    )
}

/// `Mon 3 Feb 2025`.
#[must_use]
pub fn weekday_date(lang: Lang, d: Date) -> String {
    let weekday = tr(lang, text!("weekday-" + d.weekday().to_monday_one_offset()));
    format!("{weekday} {}", date(lang, d))
}

/// `3 Feb 2025`, `1 – 28 Feb 2025`, `1 Oct 2010 – 30 Sep 2011`.
#[must_use]
pub fn date_range(lang: Lang, from: Date, to: Date) -> String {
    if from == to {
        date(lang, from)
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        format!("{} – {}", from.day(), date(lang, to))
    } else if from.year() == to.year() {
        format!(
            "{} {} – {}",
            from.day(),
            month_short(lang, from.month()),
            date(lang, to)
        )
    } else {
        format!("{} – {}", date(lang, from), date(lang, to))
    }
}

/// As [`date_range`], whole months and years by their names: `2010`, `2010–2012`, `Oct 2010`.
#[must_use]
pub fn period(lang: Lang, from: Date, to: Date) -> String {
    let month = |d: Date| format!("{} {}", month_short(lang, d.month()), d.year());
    if from.day() != 1 || to != to.last_of_month() {
        date_range(lang, from, to)
    } else if from.month() == 1 && to.month() == 12 {
        match (from.year(), to.year()) {
            (a, b) if a == b => a.to_string(),
            (a, b) => format!("{a}–{b}"),
        }
    } else if (from.year(), from.month()) == (to.year(), to.month()) {
        month(from)
    } else {
        format!("{} – {}", month(from), month(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_000), "1,000");
        assert_eq!(number(140_695), "140,695");
        assert_eq!(number(1_000_000), "1,000,000");
    }

    #[test]
    fn short_numbers() {
        for (n, en, es) in [
            (999, "999", "999"),
            (1_000, "1k", "1 mil"),
            (1_290, "1.2k", "1.2 mil"),
            (12_900, "12k", "12 mil"),
            (999_999, "999k", "999 mil"),
            (1_250_000, "1.2M", "1.2 M"),
        ] {
            assert_eq!(number_short(Lang::En, n), en);
            assert_eq!(number_short(Lang::Es, n), es);
        }
    }

    #[test]
    fn ranges_say_nothing_twice() {
        let d = Date::constant;
        assert_eq!(
            date_range(Lang::En, d(2025, 2, 1), d(2025, 2, 28)),
            "1 – 28 Feb 2025"
        );
        assert_eq!(
            date_range(Lang::Es, d(2010, 1, 1), d(2010, 4, 30)),
            "1 ene – 30 abr 2010"
        );
        assert_eq!(
            date_range(Lang::En, d(2025, 2, 3), d(2025, 2, 3)),
            "3 Feb 2025"
        );
        assert_eq!(period(Lang::En, d(2010, 1, 1), d(2010, 12, 31)), "2010");
        assert_eq!(
            period(Lang::En, d(2010, 1, 1), d(2012, 12, 31)),
            "2010–2012"
        );
        assert_eq!(period(Lang::Es, d(2010, 1, 1), d(2010, 1, 31)), "ene 2010");
        assert_eq!(
            period(Lang::En, d(2010, 10, 1), d(2011, 2, 28)),
            "Oct 2010 – Feb 2011"
        );
        assert_eq!(
            period(Lang::En, d(2010, 10, 1), d(2010, 10, 30)),
            "1 – 30 Oct 2010"
        );
        assert_eq!(weekday_date(Lang::En, d(2025, 2, 3)), "Mon 3 Feb 2025");
    }
}
