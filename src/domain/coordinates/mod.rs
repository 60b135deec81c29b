//! A place written in any of the ways people write one → longitude and latitude.
//!
//! Understood: decimal degrees with point or comma, degrees and minutes, degrees, minutes and
//! seconds, compass letters in English and Spanish before or after, UTM, `geo:` links, addresses of
//! web maps, `POINT (lon lat)`, `[lon, lat]`, points of forms. Without letters the latitude comes first, unless only the other order
//! lies on Earth.

mod degrees;
mod web;

#[cfg(test)]
mod tests;

pub use degrees::Unread;

use super::area::LonLat;
use super::filter::is_mark;
use super::utm::{Utm, band, band_latitudes};
use degrees::{Piece, degrees, number, pieces, value};
use web::web_address;

/// Reads a place, degrees on WGS 84.
///
/// # Errors
/// Says why the text is none.
pub fn parse(text: &str) -> Result<LonLat, Unread> {
    let text = plain(text);
    let known = [
        geo_link,
        web_address,
        well_known_text,
        json_array,
        form_point,
        utm,
    ];
    let [lon, lat] = match known.iter().find_map(|read| read(&text)) {
        Some(read) => read?,
        None => degrees(&text)?,
    };
    let on_earth = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
    on_earth.then_some([lon, lat]).ok_or(Unread::OffEarth)
}

/// Reads one of the two coordinates, degrees: `27.5`, `27,5`, `27°28'34"N`, `99.5 O`.
///
/// # Errors
/// Says why the text is none; a letter of the other axis makes it unclear.
pub fn parse_one(text: &str, is_latitude: bool) -> Result<f64, Unread> {
    let mut text = plain(text);
    if !text.contains('.') && text.matches(',').count() == 1 {
        text = text.replace(',', ".");
    }
    let mut pieces = pieces(&text)?;
    let mut sign = None;
    let axis = pieces.iter().position(|p| matches!(p, Piece::Axis(..)));
    if let Some(at) = axis.filter(|at| *at == 0 || *at == pieces.len() - 1)
        && let Piece::Axis(of_latitude, letter) = pieces.remove(at)
    {
        if of_latitude != is_latitude {
            return Err(Unread::Unclear);
        }
        sign = letter;
    }
    if pieces.contains(&Piece::Between) || pieces.is_empty() {
        return Err(Unread::NotCoordinates);
    }
    let value = value(&pieces)?;
    match sign {
        // `−27 S` says south twice, or north: who knows.
        Some(_) if value.is_sign_negative() => Err(Unread::Unclear),
        sign => Ok(value * sign.unwrap_or(1.0)),
    }
}

/// `27.476300, -99.516400`: a decimetre.
#[must_use]
pub fn decimal([lon, lat]: LonLat) -> String {
    format!("{lat:.6}, {lon:.6}")
}

/// `27°28'34.7"N 99°30'59.0"W`, with the letters of a language for north, south, east, west.
#[must_use]
pub fn sexagesimal([lon, lat]: LonLat, letters: [&str; 4]) -> String {
    let one = |degrees: f64, letter: &str| {
        // Whole tenths of a second, so that 60 of anything carries.
        let tenths = (degrees.abs() * 36_000.0).round() as u64;
        let (d, m, s) = (tenths / 36_000, tenths / 600 % 60, tenths % 600);
        format!("{d}°{m:02}'{:02}.{}\"{letter}", s / 10, s % 10)
    };
    let [n, s, e, w] = letters;
    let ns = one(lat, if lat < 0.0 { s } else { n });
    format!("{ns} {}", one(lon, if lon < 0.0 { w } else { e }))
}

/// `14R 448983 3039298`; `None` near the poles.
#[must_use]
pub fn grid(at: LonLat) -> Option<String> {
    let utm = Utm::from_lon_lat(at)?;
    let band = band(at[1])?;
    let (e, n) = (utm.easting_m, utm.northing_m);
    Some(format!("{}{band} {e:.0} {n:.0}", utm.zone))
}

type Read = Option<Result<LonLat, Unread>>;

/// Upper case, with one sign for each mark.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let seen = text.trim().chars().filter(|c| !is_mark(*c));
    for c in seen.flat_map(char::to_uppercase) {
        plain.push(match c {
            '′' | '’' | '‘' | '´' | '`' | 'ʹ' => '\'',
            '″' | '”' | '“' | '„' | 'ʺ' => '"',
            '−' | '–' | '\u{2010}' | '\u{2011}' => '-',
            'º' | '˚' => '°',
            c if c.is_whitespace() => ' ',
            c => c,
        });
    }
    let plain = plain.replace("''", "\"");
    // `- 99.5`: the sign of the number that follows.
    match plain.strip_prefix("- ") {
        Some(rest) => format!("-{}", rest.trim_start()),
        None => plain,
    }
}

/// The numbers of a text with nothing but `between` around them.
fn numbers(text: &str, between: &[char]) -> Option<Vec<f64>> {
    let parts = text.split(between).filter(|p| !p.is_empty());
    parts.map(number).collect()
}

/// `geo:27.4763,-99.5164;u=35`.
fn geo_link(text: &str) -> Read {
    let rest = text.strip_prefix("GEO:")?;
    let place = rest.split([';', '?']).next().unwrap_or_default();
    Some(match numbers(place, &[',']).as_deref() {
        Some([lat, lon] | [lat, lon, _]) => Ok([*lon, *lat]),
        _ => Err(Unread::Unclear),
    })
}

/// `[-99.5164, 27.4763]`, as GeoJSON has it: longitude first, unless only the other order lies on Earth.
fn json_array(text: &str) -> Read {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    match numbers(inside, &[',', ' '])?[..] {
        [lon, lat] | [lon, lat, _] => Some(Ok(match lat.abs() > 90.0 && lon.abs() <= 90.0 {
            true => [lat, lon],
            false => [lon, lat],
        })),
        _ => None,
    }
}

/// `27.4763 -99.5164 130.2 4.8`: latitude, longitude, height and accuracy, as forms of ODK and KoBo write
/// a point. Degrees with a fraction have no minutes after them, nor have those with a sign.
fn form_point(text: &str) -> Read {
    let parts: Vec<&str> = text.split([' ', ',']).filter(|p| !p.is_empty()).collect();
    let all: Vec<f64> = parts
        .iter()
        .map(|part| number(part))
        .collect::<Option<_>>()?;
    match (&all[..], &parts[..]) {
        ([lat, lon, _] | [lat, lon, _, _], [first, second, ..])
            if first.contains('.') || second.starts_with('-') =>
        {
            Some(Ok([*lon, *lat]))
        }
        _ => None,
    }
}

/// `POINT (-99.5164 27.4763)`, also of three numbers and with an SRID.
fn well_known_text(text: &str) -> Read {
    let rest = text.split_once(';').map_or(text, |(head, rest)| {
        if head.starts_with("SRID=") {
            rest
        } else {
            text
        }
    });
    let rest = rest.trim_start().strip_prefix("POINT")?.trim_start();
    let rest = rest.trim_start_matches(['Z', 'M']).trim();
    let inside = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')'));
    Some(match inside.and_then(|r| numbers(r, &[' '])).as_deref() {
        Some([lon, lat] | [lon, lat, _] | [lon, lat, _, _]) => Ok([*lon, *lat]),
        _ => Err(Unread::Unclear),
    })
}

/// `14R 447000 3040000`, `14 R 447000mE 3040000mN`. The letter is that of the band; N and S, which
/// many write for the hemisphere, are taken so where the band does not fit.
fn utm(text: &str) -> Read {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let zone: u8 = text[..digits].parse().ok()?;
    let rest = text[digits..].trim_start();
    let letter = rest.chars().next().filter(char::is_ascii_uppercase)?;
    let rest = rest[1..].replace("ME", " ").replace("MN", " ");
    let [easting_m, northing_m] = numbers(&rest, &[' ', ',', 'E', 'N', 'M'])?
        .try_into()
        .ok()?;
    // Degrees with a letter look alike: `27 N 99 30`.
    if easting_m < 1_000.0 {
        return None;
    }
    let sound = (1..=60).contains(&zone)
        && (100_000.0..900_000.0).contains(&easting_m)
        && (0.0..=10_000_000.0).contains(&northing_m);
    let at = |north| {
        let utm = Utm {
            zone,
            north,
            easting_m,
            northing_m,
        };
        utm.lon_lat()
    };
    let bounds = band_latitudes(letter).filter(|_| sound);
    Some(bounds.ok_or(Unread::OffEarth).and_then(|[south, north]| {
        let by_band = at(letter >= 'N').ok_or(Unread::OffEarth)?;
        // Half a degree of slack: the grid is not quite parallel to the band's edges.
        if (south - 0.5..=north + 0.5).contains(&by_band[1]) {
            Ok(by_band)
        } else if letter == 'N' || letter == 'S' {
            at(letter == 'N').ok_or(Unread::OffEarth)
        } else {
            Err(Unread::OffEarth)
        }
    }))
}
