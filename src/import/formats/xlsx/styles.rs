//! How cells are shown: numbers that stand for dates and clock times.

use crate::import::formats::archive::Archive;
use crate::import::formats::sheet_xml::{Xml, attribute};
use crate::locale::Problem;
use jiff::{Span, civil};
use quick_xml::events::Event;
use std::collections::HashMap;
use std::path::Path;

/// Inflated bytes of a part that is held in memory.
pub const MOST_PART_BYTES: u64 = 16 << 20;

const STYLES: &str = "xl/styles.xml";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Number,
    Date,
    Clock,
}

/// The kind of each style: formats of numbers, then the styles that name them.
pub fn styles(path: &Path) -> Result<Vec<Style>, Problem> {
    let mut archive = Archive::open(path)?;
    let mut styles = Vec::new();
    if !archive.has(STYLES) {
        return Ok(styles);
    }
    let mut formats: HashMap<u32, Style> = HashMap::new();
    let mut xml = Xml::new(path, STYLES, archive.entry(STYLES, MOST_PART_BYTES)?);
    let mut in_cell_styles = false;
    loop {
        match xml.next()? {
            Event::Eof => return Ok(styles),
            Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => in_cell_styles = false,
            Event::Start(tag) | Event::Empty(tag) => {
                let id = || attribute(&tag, "numFmtId").and_then(|v| v.parse::<u32>().ok());
                match tag.local_name().as_ref() {
                    "cellXfs" => in_cell_styles = true,
                    "numFmt" => {
                        let code = attribute(&tag, "formatCode").unwrap_or_default();
                        if let Some(id) = id() {
                            formats.insert(id, style_of(&code));
                        }
                    }
                    "xf" if in_cell_styles => {
                        let id = id().unwrap_or(0);
                        let own = formats.get(&id).copied();
                        styles.push(own.unwrap_or_else(|| built_in(id)));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

/// ECMA-376 part 1, 18.8.30, with the formats of East Asian editions.
fn built_in(id: u32) -> Style {
    match id {
        14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Style::Date,
        18..=21 | 32..=35 | 45..=47 | 55 | 56 => Style::Clock,
        _ => Style::Number,
    }
}

/// Whether the code of a format shows a number as a date or a clock time: letters of either outside
/// of quotation marks, brackets and escapes.
fn style_of(code: &str) -> Style {
    let mut letters = String::new();
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => while chars.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // Hours beyond a day: [h]:mm. All else in brackets is a colour or a language.
                if ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.to_ascii_lowercase().as_str())
                {
                    letters.push('h');
                }
            }
            ';' => break,
            c => letters.push(c.to_ascii_lowercase()),
        }
    }
    let has = |wanted: &[char]| letters.contains(wanted);
    if letters.contains("general") || has(&['0', '#', '?']) && !has(&['y', 'd', 'h', 's']) {
        Style::Number
    } else if has(&['y', 'd']) || has(&['m']) && !has(&['h', 's']) {
        Style::Date
    } else if has(&['h', 's']) {
        Style::Clock
    } else {
        Style::Number
    }
}

/// A day number as `2025-02-03`, with a clock time where it has one; alone where it has no day.
pub fn date_text(serial: f64, style: Style, is_1904: bool) -> Option<String> {
    const DAY_S: i64 = 86_400;
    // 9999-12-31, the last day Excel knows.
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = (serial * DAY_S as f64).round() as i64;
    let (day, in_day) = (seconds / DAY_S, seconds % DAY_S);
    let clock = format!(
        "{:02}:{:02}:{:02}",
        in_day / 3600,
        in_day / 60 % 60,
        in_day % 60
    );
    if day == 0 && (style == Style::Clock || in_day > 0) {
        return Some(clock);
    }
    let origin = match (is_1904, day) {
        (true, _) => civil::date(1904, 1, 1),
        // Excel has a 29th of February in 1900.
        (false, ..60) => civil::date(1899, 12, 31),
        (false, _) => civil::date(1899, 12, 30),
    };
    let date = origin.checked_add(Span::new().try_days(day).ok()?).ok()?;
    Some(match in_day {
        0 => date.to_string(),
        _ => format!("{date} {clock}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_dates() {
        for (code, style) in [
            ("General", Style::Number),
            ("0.00", Style::Number),
            ("#,##0\\ \"días\"", Style::Number),
            ("0.00E+00", Style::Number),
            ("[Red]0", Style::Number),
            ("dd/mm/yyyy", Style::Date),
            ("[$-80A]d \"de\" mmmm \"de\" yyyy;@", Style::Date),
            ("mmm", Style::Date),
            ("yyyy\\-mm\\-dd hh:mm:ss", Style::Date),
            ("hh:mm", Style::Clock),
            ("[h]:mm:ss", Style::Clock),
            ("mm:ss.0", Style::Clock),
            ("@", Style::Number),
        ] {
            assert_eq!(style_of(code), style, "{code}");
        }
    }

    #[test]
    fn day_numbers_are_dates() {
        // As Excel shows them.
        for (serial, style, is_1904, text) in [
            (45_691.0, Style::Date, false, Some("2025-02-03")),
            (44_229.0, Style::Date, true, Some("2025-02-03")),
            (
                45_691.604_166_666_664,
                Style::Date,
                false,
                Some("2025-02-03 14:30:00"),
            ),
            (
                0.604_166_666_666_666_6,
                Style::Clock,
                false,
                Some("14:30:00"),
            ),
            (0.0, Style::Clock, false, Some("00:00:00")),
            (45_691.999_999_999, Style::Date, false, Some("2025-02-04")),
            (59.0, Style::Date, false, Some("1900-02-28")),
            (61.0, Style::Date, false, Some("1900-03-01")),
            (-1.0, Style::Date, false, None),
            (1e300, Style::Date, false, None),
            (f64::NAN, Style::Date, false, None),
        ] {
            let found = date_text(serial, style, is_1904);
            assert_eq!(found.as_deref(), text, "{serial}");
        }
    }
}
