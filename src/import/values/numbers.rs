//! Numbers, counts and lengths as people write them in tables.

use crate::domain::filter::is_mark;

/// A number with a decimal point or comma. Also `NaN`, so that the range check can name it.
pub fn decimal(text: &str) -> Option<f64> {
    // As nearly every row has it.
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text: String = text.trim().replace('−', "-");
    let text: String = text.chars().filter(|c| !is_mark(*c)).collect();
    let text = match text.contains('.') {
        true => text,
        false => text.replacen(',', ".", 1),
    };
    text.parse().ok()
}

/// A number as people write them in tables: `1,286`, `1 286.5`, `3,5`. A comma parts thousands where
/// three digits follow each, else it is the decimal one.
pub fn grouped(text: &str) -> Option<f64> {
    const BLANKS: [char; 3] = [' ', '\u{a0}', '\u{202f}'];
    let text = text.trim();
    let digits = |part: &str| part.bytes().take_while(u8::is_ascii_digit).count();
    let mut parts = text.split(BLANKS).skip(1);
    let joined = match parts.all(|part| digits(part) == 3) {
        true => text.replace(BLANKS, ""),
        false => text.to_owned(),
    };
    let (whole, fraction) = joined.split_at(joined.find('.').unwrap_or(joined.len()));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().trim_start_matches('-');
    let first = match first.starts_with('0') {
        true => 0,
        false => digits(first),
    };
    let are_thousands = (1..=3).contains(&first) && groups.all(|g| g.len() == 3 && digits(g) == 3);
    match are_thousands {
        true => decimal(&format!("{}{fraction}", whole.replace(',', ""))),
        false => decimal(&joined),
    }
}

/// A count: `12`, `12.0`, `1,286`.
pub fn count(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.bytes().all(|b| b.is_ascii_digit())
        && let Ok(number) = text.parse()
    {
        return Some(number);
    }
    // `1.000` may be one or a thousand: nobody is to guess at the dead.
    if is_point_grouped(text) {
        return None;
    }
    let n = grouped(text)?;
    // Every whole number up to u32::MAX is exact as f64.
    (n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&n)).then_some(n as u32)
}

/// One to three digits, not nought, and a point before three more.
fn is_point_grouped(text: &str) -> bool {
    let Some((whole, rest)) = text.split_once('.') else {
        return false;
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
        && digits(whole)
        && rest.len() == 3
        && digits(rest)
}

/// `250`, `250 m`, `2.5 km`.
pub fn metres(text: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    let about = [
        "aprox.", "aprox", "approx.", "approx", "~", "unos", "about", "±",
    ]
    .iter();
    let text = about
        .fold(text.as_str(), |text, word| {
            text.strip_prefix(word).unwrap_or(text)
        })
        .trim();
    let kilometres = text.strip_suffix("km").map(|t| (t, 1e3));
    let metres = || text.strip_suffix('m').map(|t| (t, 1.0));
    let (number, unit) = kilometres.or_else(metres).unwrap_or((text, 1.0));
    decimal(number.trim())
        .filter(|m| m.is_finite() && *m >= 0.0)
        .map(|m| m * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (text, n) in [
            ("27.476", 27.476),
            ("27,476", 27.476),
            ("−99.5", -99.5),
            (" 3 ", 3.0),
        ] {
            assert_eq!(decimal(text), Some(n), "{text}");
        }
        assert!(decimal("nan").is_some_and(f64::is_nan));
        assert_eq!(decimal("27°28'N"), None);
        for (text, n) in [
            ("12", 12),
            ("12.0", 12),
            ("1,286", 1286),
            ("1 286", 1286),
            ("12,0", 12),
        ] {
            assert_eq!(count(text), Some(n), "{text}");
        }
        for (text, n) in [
            ("3,5", 3.5),
            ("0,500", 0.5),
            (",500", 0.5),
            ("1,286", 1286.0),
            ("1,286,000.5", 1_286_000.5),
            ("1 286,5", 1286.5),
            ("-1,286", -1286.0),
            ("1234,567", 1234.567),
        ] {
            assert_eq!(grouped(text), Some(n), "{text}");
        }
        assert_eq!(grouped("1,2,3"), None);
        for text in [
            "-1",
            "1.5",
            "some",
            "",
            "5000000000",
            "NaN",
            "1.000",
            "12.000",
        ] {
            assert_eq!(count(text), None, "{text}");
        }
    }
}
