//! Lengths and areas as people read them, in the unit that fits their size.

use super::{number, number_f64};

/// `842 m`, `21.4 km`, `1,204 km`.
#[must_use]
pub fn distance(m: f64) -> String {
    if m < 999.5 {
        format!("{m:.0} m")
    } else if m < 999_950.0 {
        format!("{} km", number_f64(m / 1_000.0, 1))
    } else {
        format!("{} km", number((m / 1_000.0).round() as u64))
    }
}

/// To be read within a sentence, with no-break spaces: `850 m`, `9.5 km`, `1,223 km`.
#[must_use]
pub fn short_distance(m: f64) -> String {
    match m {
        ..999.5 => format!("{}\u{A0}m", number_f64(m, 0)),
        ..99_950.0 => format!("{}\u{A0}km", number_f64(m / 1e3, 1)),
        _ => format!("{}\u{A0}km", number((m / 1e3).round() as u64)),
    }
}

/// The same of an area: `0.5 km²`, `1,234 km²`.
#[must_use]
pub fn short_area(m2: f64) -> String {
    let km2 = m2 / 1e6;
    if km2 < 10.0 {
        format!("{}\u{A0}km²", number_f64(km2, 1))
    } else {
        format!("{}\u{A0}km²", number(km2.round() as u64))
    }
}

/// Of a round length, such as that of a scale bar: `0.5 m`, `200 m`, `1,000 km`.
#[must_use]
pub fn round_distance(m: f64) -> String {
    if m >= 1_000.0 {
        format!("{} km", number((m / 1_000.0).round() as u64))
    } else {
        format!("{} m", number_f64(m, 2))
    }
}

/// Two figures are enough: `1.2 km`, `35 km`, `480 m`.
#[must_use]
pub fn rough_distance(metres: f64) -> String {
    let two = |v: f64| {
        let digits = (1.0 - v.max(1e-6).log10().floor()).max(0.0) as usize;
        let step = 10_f64.powf(v.max(1e-6).log10().floor() - 1.0);
        number_f64((v / step).round() * step, digits)
    };
    if metres >= 1_000.0 {
        format!("{} km", two(metres / 1_000.0))
    } else {
        format!("{} m", two(metres))
    }
}

/// `842 m²`, `3.2 ha`, `21.45 km²`, `10,949 km²`.
#[must_use]
pub fn area(m2: f64) -> String {
    if m2 < 9_999.5 {
        format!("{} m²", number(m2.round() as u64))
    } else if m2 < 999_950.0 {
        format!("{} ha", number_f64(m2 / 1e4, 1))
    } else if m2 < 99_995_000.0 {
        format!("{} km²", number_f64(m2 / 1e6, 2))
    } else {
        format!("{} km²", number((m2 / 1e6).round() as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_fits_the_size() {
        let lengths = [0.4, 842.0, 999.7, 21_449.0, 213_696.1, 1_204_300.0].map(distance);
        let expected = ["0 m", "842 m", "1 km", "21.4 km", "213.7 km", "1,204 km"];
        assert_eq!(lengths, expected);
        let areas = [842.0, 9_999.7, 32_000.0, 21_450_000.0, 10_949_477_827.0].map(area);
        assert_eq!(
            areas,
            ["842 m²", "1 ha", "3.2 ha", "21.45 km²", "10,949 km²"]
        );
    }

    #[test]
    fn distances_are_as_fine_as_they_need_to_be() {
        let told = [0.4, 850.0, 999.7, 9_540.0, 1_223_400.0].map(short_distance);
        let told = told.map(|t| t.replace('\u{A0}', " "));
        assert_eq!(told, ["0 m", "850 m", "1 km", "9.5 km", "1,223 km"]);
    }
}
