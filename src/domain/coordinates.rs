//! A place written in any of the ways people write one → longitude and latitude.
//!
//! Understood: decimal degrees with point or comma, degrees and minutes, degrees, minutes and
//! seconds, compass letters in English and Spanish before or after, UTM, `geo:` links, addresses of
//! web maps, `POINT (lon lat)`, `[lon, lat]`, points of forms. Without letters the latitude comes first, unless only the other order
//! lies on Earth.

use super::area::LonLat;
use super::filter::is_mark;
use super::utm::{Utm, band, band_latitudes};

/// Why a text is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It does not look like coordinates.
    NotCoordinates,
    /// It looks like coordinates, but can be read in no way or in several.
    Unclear,
    /// It is read, but does not lie on Earth.
    OffEarth,
}

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

/// A number in digits, one sign and one point; not `1e5`, `inf` and what else a program may read.
fn number(text: &str) -> Option<f64> {
    let signs = |c: char| c.is_ascii_digit() || "+-.".contains(c);
    text.chars().all(signs).then(|| text.parse().ok()).flatten()
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

/// Addresses of web maps. Where the pin is counts before what the screen shows, and of a way its end:
/// `…!3d27.4763!4d-99.5164`, `…?q=27.4763,-99.5164`, `…/search/27.4763,+-99.5164`,
/// `…/dir/27.4,-99.5/27.5,-99.6`, `…?mlat=27.4763&mlon=-99.5164`, `…/@27.4763,-99.5164,12z`,
/// `…#map=12/27.4763/-99.5164`.
fn web_address(text: &str) -> Read {
    let text = &text
        .replace("%2C", ",")
        .replace("%20", " ")
        .replace("%7E", "~")
        .replace("%3A", ":")
        .replace("%C2%B0", "°")
        .replace("%22", "\"")
        .replace("%27", "'");
    let after = |key: &str| text.rsplit_once(key).map(|(_, rest)| rest);
    let until = |rest: &str, ends: &[char]| -> String {
        rest.split(ends).next().unwrap_or_default().to_owned()
    };
    let ends = ['&', '#', '/', '?', '!'];
    let both = |lat: &str, lon: &str| {
        let pair = (number(&until(lat, &ends)), number(&until(lon, &ends)));
        match pair {
            (Some(lat), Some(lon)) => Ok([lon, lat]),
            _ => Err(Unread::Unclear),
        }
    };
    // The pin of a place; of several the last, which is where a way ends.
    if let (Some(lat), Some(lon)) = (after("!3D"), after("!4D")) {
        return Some(both(lat, lon));
    }
    // The same of directions, longitude first.
    if let (Some(lon), Some(lat)) = (after("!1D"), after("!2D"))
        && text.contains("/DIR/")
    {
        return Some(both(lat, lon));
    }
    if let (Some(lat), Some(lon)) = (after("MLAT="), after("MLON=")) {
        return Some(both(lat, lon));
    }
    let is_address = text.starts_with("HTTP") || text.contains("MAPS");
    let pair = |rest: &str| {
        let rest = rest
            .trim_start_matches("LOC:")
            .trim_start_matches("POINT.")
            .trim_start_matches("LL.");
        // `27°28'34.7"N+99°30'59.0"W`
        if rest.contains('°') {
            return degrees(&until(rest, &['/', '?', '&']).replace('+', " ")).ok();
        }
        let pair = until(rest, &ends).replace("+", " ");
        let two: Vec<&str> = pair
            .split([',', '~', ' '])
            .filter(|p| !p.is_empty())
            .take(2)
            .collect();
        match numbers(&two.join(","), &[','])?[..] {
            [lat, lon] => Some([lon, lat]),
            _ => None,
        }
    };
    const QUERIES: [&str; 14] = [
        "?TO=",
        "&TO=",
        "DADDR=",
        "DESTINATION=",
        "QUERY=",
        "?Q=",
        "&Q=",
        "COORDINATE=",
        "?LL=",
        "&LL=",
        "?CP=",
        "&CP=",
        "&SLL=",
        "CENTER=",
    ];
    let asked = QUERIES
        .iter()
        .filter(|_| is_address)
        .filter_map(|key| after(key));
    if let Some(at) = asked.filter_map(pair).next() {
        return Some(Ok(at));
    }
    // `/search/…`, `/place/…`, `/dir/…/…`: the last pair that stands between slashes.
    let path = text.split(['?', '#']).next().unwrap_or_default();
    let parts = path
        .split('/')
        .skip(3)
        .filter(|part| !part.starts_with('@') && part.contains([',', '°']));
    if let Some(at) = parts.filter(|_| is_address).filter_map(pair).last() {
        return Some(Ok(at));
    }
    if let Some(rest) = after("#MAP=").or_else(|| text.strip_prefix("MAP=")) {
        return Some(
            match numbers(&until(rest, &['&', ' ']), &['/']).as_deref() {
                Some([_, lat, lon]) => Ok([*lon, *lat]),
                _ => Err(Unread::Unclear),
            },
        );
    }
    let screen = text.split_once('@').map(|(_, rest)| rest)?;
    Some(pair(screen).ok_or(Unread::Unclear))
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
        let by_band = at(letter >= 'N');
        // Half a degree of slack: the grid is not quite parallel to the band's edges.
        if (south - 0.5..=north + 0.5).contains(&by_band[1]) {
            Ok(by_band)
        } else if letter == 'N' || letter == 'S' {
            Ok(at(letter == 'N'))
        } else {
            Err(Unread::OffEarth)
        }
    }))
}

/// A piece of a text in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    Number(f64),
    /// `°`, `'` and `"` by 0, 1, 2.
    Mark(usize),
    /// Whether it names the latitude, and the sign where it is a letter of the compass.
    Axis(bool, Option<f64>),
    Between,
}

fn degrees(text: &str) -> Result<LonLat, Unread> {
    let pieces = pieces(&with_points(text)?)?;
    let count = |is: fn(&Piece) -> bool| pieces.iter().filter(|p| is(p)).count();
    let numbers = count(|p| matches!(p, Piece::Number(_)));
    if numbers < 2 {
        return Err(Unread::NotCoordinates);
    }
    if count(|p| matches!(p, Piece::Axis(..))) > 0 {
        return with_axes(&pieces);
    }
    let halves = halves(&pieces, numbers).ok_or(Unread::Unclear)?;
    let [first, second] = [value(halves[0])?, value(halves[1])?];
    // Only one order may lie on Earth.
    let swapped = first.abs() > 90.0 && second.abs() <= 90.0;
    Ok(if swapped {
        [first, second]
    } else {
        [second, first]
    })
}

/// Decimal commas as points, other commas left alone.
fn with_points(text: &str) -> Result<String, Unread> {
    let chars: Vec<char> = text.chars().collect();
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let between = |i: usize| i > 0 && digit(i - 1) && digit(i + 1);
    let tight: Vec<usize> = (0..chars.len())
        .filter(|i| chars[*i] == ',' && between(*i))
        .collect();
    let has_point = (0..chars.len()).any(|i| chars[i] == '.' && digit(i + 1));
    // Something else keeps the two apart.
    let parted = chars
        .iter()
        .enumerate()
        .any(|(i, c)| ";° '\"".contains(*c) || c.is_alphabetic() || (*c == ',' && !between(i)));
    let decimal: Vec<usize> = match tight.len() {
        _ if has_point => Vec::new(),
        0 => Vec::new(),
        _ if parted => tight,
        1 => Vec::new(),
        3 => vec![tight[0], tight[2]],
        _ => return Err(Unread::Unclear),
    };
    let point = |(i, c)| if decimal.contains(&i) { '.' } else { c };
    Ok(chars.iter().copied().enumerate().map(point).collect())
}

fn pieces(text: &str) -> Result<Vec<Piece>, Unread> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let mut taken = c.len_utf8();
        match c {
            '+' | '-' | '.' | '0'..='9' => {
                let signs = usize::from("+-".contains(c));
                taken = signs
                    + rest[signs..]
                        .find(|c: char| !c.is_ascii_digit() && c != '.')
                        .unwrap_or(rest.len() - signs);
                let number = number(&rest[..taken]).ok_or(Unread::NotCoordinates)?;
                // The sign of −0° 30′ would be lost.
                let negative = c == '-' && number == 0.0;
                pieces.push(Piece::Number(if negative { -0.0 } else { number }));
            }
            '°' => pieces.push(Piece::Mark(0)),
            '\'' => pieces.push(Piece::Mark(1)),
            '"' => pieces.push(Piece::Mark(2)),
            ',' | ';' | '/' => pieces.push(Piece::Between),
            ' ' | '(' | ')' | '[' | ']' | ':' | '=' => {}
            c if c.is_alphabetic() => {
                taken = length(char::is_alphabetic);
                pieces.push(axis(&rest[..taken]).ok_or(Unread::NotCoordinates)?);
            }
            _ => return Err(Unread::NotCoordinates),
        }
        rest = &rest[taken..];
    }
    Ok(pieces)
}

fn axis(word: &str) -> Option<Piece> {
    Some(match word {
        "N" | "NORTH" | "NORTE" => Piece::Axis(true, Some(1.0)),
        "S" | "SOUTH" | "SUR" => Piece::Axis(true, Some(-1.0)),
        "E" | "EAST" | "ESTE" => Piece::Axis(false, Some(1.0)),
        "W" | "WEST" | "O" | "OESTE" => Piece::Axis(false, Some(-1.0)),
        "DEG" | "DEGREES" | "GRADOS" | "GRAD" => Piece::Mark(0),
        "MIN" | "MINUTES" | "MINUTOS" => Piece::Mark(1),
        "SEC" | "SEG" | "SECONDS" | "SEGUNDOS" => Piece::Mark(2),
        "LAT" | "LATITUDE" | "LATITUD" => Piece::Axis(true, None),
        "LON" | "LNG" | "LONG" | "LONGITUDE" | "LONGITUD" => Piece::Axis(false, None),
        _ => return None,
    })
}

/// Two numbers with a name each, all named before or all after.
fn with_axes(pieces: &[Piece]) -> Result<LonLat, Unread> {
    let named: Vec<usize> = (0..pieces.len())
        .filter(|i| matches!(pieces[*i], Piece::Axis(..)))
        .collect();
    let [first, second] = named[..] else {
        return Err(Unread::Unclear);
    };
    let halves = if first == 0 {
        [&pieces[1..second], &pieces[second + 1..]]
    } else {
        [&pieces[..first], &pieces[first + 1..second]]
    };
    let nothing_left = first == 0 || second == pieces.len() - 1;
    let mut found = [None; 2];
    for (half, name) in halves.into_iter().zip([first, second]) {
        let Piece::Axis(is_lat, sign) = pieces[name] else {
            continue;
        };
        let value = value(half)?;
        // `−27 S` says south twice, or north: who knows.
        if sign.is_some() && value.is_sign_negative() {
            return Err(Unread::Unclear);
        }
        found[usize::from(is_lat)] = Some(value * sign.unwrap_or(1.0));
    }
    match found {
        [Some(lon), Some(lat)] if nothing_left => Ok([lon, lat]),
        _ => Err(Unread::Unclear),
    }
}

/// The pieces of the first and of the second number: parted by a comma, by their degree signs, or
/// by the middle.
fn halves(pieces: &[Piece], numbers: usize) -> Option<[&[Piece]; 2]> {
    let places = |is: fn(&Piece) -> bool| -> Vec<usize> {
        (0..pieces.len()).filter(|i| is(&pieces[*i])).collect()
    };
    let between = places(|p| *p == Piece::Between);
    if let [at] = between[..] {
        return Some([&pieces[..at], &pieces[at + 1..]]);
    }
    if !between.is_empty() {
        return None;
    }
    let split = match places(|p| *p == Piece::Mark(0))[..] {
        [_, second] if second > 0 => second - 1,
        [] if numbers.is_multiple_of(2) => places(|p| matches!(p, Piece::Number(_)))[numbers / 2],
        _ => return None,
    };
    Some([&pieces[..split], &pieces[split..]])
}

/// Degrees, and minutes and seconds where given, each with its mark or in their order.
fn value(pieces: &[Piece]) -> Result<f64, Unread> {
    let mut parts: Vec<(f64, usize)> = Vec::new();
    let mut marked = false;
    for piece in pieces {
        match piece {
            Piece::Number(n) => {
                let next = parts.last().map_or(0, |(_, unit)| unit + 1);
                parts.push((*n, next));
                marked = false;
            }
            Piece::Mark(unit) => {
                let last = parts
                    .last_mut()
                    .filter(|_| !marked)
                    .ok_or(Unread::Unclear)?;
                if *unit < last.1 {
                    return Err(Unread::Unclear);
                }
                last.1 = *unit;
                marked = true;
            }
            Piece::Between => {}
            Piece::Axis(..) => return Err(Unread::Unclear),
        }
    }
    let Some((degrees, 0)) = parts.first().copied() else {
        return Err(Unread::Unclear);
    };
    let mut sum = degrees.abs();
    for (i, (n, unit)) in parts.iter().enumerate().skip(1) {
        let whole_before = parts[i - 1].0.fract() == 0.0;
        if *unit > 2 || !whole_before || n.is_sign_negative() || *n >= 60.0 {
            return Err(Unread::Unclear);
        }
        sum += n / 60_f64.powi(*unit as i32);
    }
    Ok(if degrees.is_sign_negative() {
        -sum
    } else {
        sum
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HERE: LonLat = [-99.5164, 27.4763];

    fn is_near(text: &str, [lon, lat]: LonLat, degrees: f64) {
        let read = parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert!(
            (read[0] - lon).abs() <= degrees && (read[1] - lat).abs() <= degrees,
            "{text}: {read:?}"
        );
    }

    #[test]
    fn the_pin_of_a_map_and_the_point_of_a_form() {
        for text in [
            "https://www.google.com/maps/place/X/@27.4863,-99.5477,15z/data=!8m2!3d27.4763!4d-99.5164!16z",
            "https://www.google.com/maps/search/27.4763,+-99.5164?entry=tts",
            "https://www.google.com/maps/search/?api=1&query=27.4763%2C-99.5164",
            "https://maps.google.com/?q=27.4763,-99.5164",
            "https://maps.google.com/maps?q=loc:27.4763,-99.5164",
            "https://www.google.com/maps/dir/26.0922,-98.2779/27.4763,-99.5164/@26.8,-98.9,9z",
            "https://www.google.com/maps/dir/A/B/@26.8,-98.9,9z/data=!1d-98.2779!2d26.0922!1d-99.5164!2d27.4763",
            "https://www.google.com/maps/dir/?api=1&origin=26.1,-98.3&destination=27.4763,-99.5164",
            "https://maps.apple.com/?ll=27.4763,-99.5164&z=12",
            "https://www.openstreetmap.org/?mlat=27.4763&mlon=-99.5164#map=12/27.5/-99.6",
            "https://waze.com/ul?ll=27.4763,-99.5164&navigate=yes",
            "https://www.google.com/maps/@27.4763,-99.5164,15z",
            "[-99.5164, 27.4763]",
            "27.4763 -99.5164 130.2 4.8",
            "27.4763 -99.5164 0 0",
            "27.4763,-99.5164,0.0,0.0",
            "27 deg 28' 34.68\" N, 99 deg 30' 59.04\" W",
            "\u{200e}27.4763\u{200b}, \u{200e}-99.5164",
        ] {
            is_near(text, HERE, 1e-4);
        }
        // Degrees and minutes are still that.
        is_near("27 28.578, -99 30.984", HERE, 1e-4);
        assert!(parse("https://maps.app.goo.gl/AbCdEf").is_err());
    }

    #[test]
    fn one_coordinate_of_a_column() {
        for (text, is_latitude, wanted) in [
            ("27.5", true, 27.5),
            ("-99,5", false, -99.5),
            ("99.5 O", false, -99.5),
            ("W99.5", false, -99.5),
            ("27°30'N", true, 27.5),
            ("27° 30′ 00″ norte", true, 27.5),
            ("99°30'0,0\"W", false, -99.5),
            ("27 30 00", true, 27.5),
        ] {
            assert_eq!(parse_one(text, is_latitude), Ok(wanted), "{text}");
        }
        for text in [
            "",
            "N",
            "27.5 W",
            "27.5, 3",
            "north of town",
            "-27.5 S",
            "1,2,3",
            "NaN",
        ] {
            assert!(parse_one(text, true).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_coordinate_never_fails_otherwise(text in "\\PC{0,30}", digits in "[-0-9.,°'\" NSEWO]{0,20}") {
            for text in [&text, &digits] {
                let _ = parse_one(text, true);
                let _ = parse_one(text, false);
            }
        }

        #[test]
        fn degrees_minutes_and_seconds_come_back(lat in -89.99..89.99_f64, lon in -179.99..179.99_f64) {
            let written = sexagesimal([lon, lat], ["N", "S", "E", "O"]);
            let (ns, eo) = written.split_once(' ').unwrap();
            prop_assert!((parse_one(ns, true).unwrap() - lat).abs() < 2e-5);
            prop_assert!((parse_one(eo, false).unwrap() - lon).abs() < 2e-5);
        }
    }

    #[test]
    fn decimal_degrees() {
        for text in [
            "27.4763, -99.5164",
            "27.4763,-99.5164",
            "27.4763 -99.5164",
            "27.4763; −99.5164",
            "27,4763; -99,5164",
            "27,4763 -99,5164",
            "27,4763, -99,5164",
            "27,4763,-99,5164",
            "(27.4763, -99.5164)",
            "27.4763° N, 99.5164° W",
            "99.5164 O, 27.4763 N",
            "N 27.4763 W 99.5164",
            "27.4763N 99.5164O",
            "99,5164° oeste 27,4763° norte",
            "lat: 27.4763, lon: -99.5164",
            "longitud=-99.5164 latitud=27.4763",
            // Only one order lies on Earth.
            "-99.5164, 27.4763",
            "27.4763°\u{a0}N  99.5164°\u{a0}W",
        ] {
            is_near(text, HERE, 1e-9);
        }
        is_near("27,-99", [-99.0, 27.0], 0.0);
        is_near("19 -99", [-99.0, 19.0], 0.0);
        is_near("27,5 -99", [-99.0, 27.5], 0.0);
        is_near("-33.8568, 151.2153", [151.2153, -33.8568], 1e-9);
    }

    #[test]
    fn degrees_minutes_seconds() {
        for text in [
            "27°28'34.7\"N 99°30'59\"W",
            "27°28′34.7″ N, 99°30′59″ O",
            "27º 28’ 34,7” N 99º 30’ 59” O",
            "27 28 34.7 -99 30 59",
            "27 28 34.7 N 99 30 59 W",
            "N27°28'34.7'' W99°30'59''",
            "27°28'34.7\" -99°30'59\"",
            "99°30'59\"W 27°28'34.7\"N",
        ] {
            is_near(text, [-99.516_388_9, 27.476_305_6], 1e-6);
        }
        for text in ["27 28.578 N 99 30.984 W", "27°28.578' -99°30.984'"] {
            is_near(text, HERE, 1e-6);
        }
        is_near("0°30'S 0°30'W", [-0.5, -0.5], 0.0);
        is_near("-0 30, -0 30", [-0.5, -0.5], 0.0);
    }

    #[test]
    fn grids_links_and_geometry() {
        for text in [
            "14R 447000 3040000",
            "14 r 447000 3040000",
            "14R 447000mE 3040000mN",
            "14R 447000, 3040000",
            "14N 447000 3040000",
        ] {
            is_near(text, [-99.536_496_937, 27.482_564_045], 1e-8);
        }
        is_near("20S 750000 8000000", [-60.638_002, -18.074_252_8], 1e-6);
        for text in [
            "geo:27.4763,-99.5164;u=35",
            "geo:27.4763,-99.5164?z=12",
            "https://www.google.com/maps/@27.4763,-99.5164,12z",
            "https://www.google.com/maps/place/X/@27.4763,-99.5164,12z/data=!3m1",
            "@27.4763,-99.5164,12z",
            "https://maps.google.com/?q=27.4763,-99.5164",
            "https://www.openstreetmap.org/#map=12/27.4763/-99.5164",
            "#map=12/27.4763/-99.5164&layers=N",
            "https://www.openstreetmap.org/?mlat=27.4763&mlon=-99.5164#map=5/1/1",
            "POINT(-99.5164 27.4763)",
            "SRID=4326;POINT Z (-99.5164 27.4763 120)",
            "POINTZM (-99.5164 27.4763 120 1)",
        ] {
            is_near(text, HERE, 1e-9);
        }
    }

    #[test]
    fn what_is_none_is_told_apart() {
        for (text, why) in [
            ("", Unread::NotCoordinates),
            ("Nuevo Laredo", Unread::NotCoordinates),
            ("Ruta 85", Unread::NotCoordinates),
            ("2025", Unread::NotCoordinates),
            ("1e5 nan", Unread::NotCoordinates),
            ("99 N 27 N", Unread::Unclear),
            ("-27 S 99 W", Unread::Unclear),
            ("27°75'N 99°W", Unread::Unclear),
            ("27.5°30'N 99°W", Unread::Unclear),
            ("27 28 29", Unread::Unclear),
            ("1,2,3", Unread::Unclear),
            ("127, 199", Unread::OffEarth),
            ("geo:95,10", Unread::OffEarth),
            ("14Q 447000 3040000", Unread::OffEarth),
            ("77R 447000 3040000", Unread::OffEarth),
        ] {
            assert_eq!(parse(text), Err(why), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(lon in -180.0..180.0_f64, lat in -90.0..90.0_f64) {
            let at = [lon, lat];
            is_near(&decimal(at), at, 1e-6);
            is_near(&sexagesimal(at, ["N", "S", "E", "W"]), at, 2e-5);
            is_near(&sexagesimal(at, ["N", "S", "E", "O"]), at, 2e-5);
            is_near(&format!("POINT({lon} {lat})"), at, 1e-9);
            // At the edge of a zone half a metre may lie beyond it.
            if let Some(grid) = grid(at) && lat > -79.9 {
                let read = parse(&grid).unwrap_or_else(|e| panic!("{grid}: {e:?}"));
                prop_assert!((read[1] - lat).abs() < 1e-5, "{grid} {read:?}");
            }
        }

        #[test]
        fn nothing_makes_it_fall_over(text in "\\PC{0,40}", odd in "[0-9.,;°'\" NSEWO+-]{0,30}") {
            let _ = parse(&text);
            let _ = parse(&odd);
        }
    }
}
