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
}
