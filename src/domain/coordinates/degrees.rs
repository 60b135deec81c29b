//! Degrees, minutes and seconds with their marks and letters.

use crate::domain::area::LonLat;

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

/// A number in digits, one sign and one point; not `1e5`, `inf` and what else a program may read.
pub fn number(text: &str) -> Option<f64> {
    let signs = |c: char| c.is_ascii_digit() || "+-.".contains(c);
    text.chars().all(signs).then(|| text.parse().ok()).flatten()
}

/// A piece of a text in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    Number(f64),
    /// `°`, `'` and `"` by 0, 1, 2.
    Mark(usize),
    /// Whether it names the latitude, and the sign where it is a letter of the compass.
    Axis(bool, Option<f64>),
    Between,
}

pub fn degrees(text: &str) -> Result<LonLat, Unread> {
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

pub fn pieces(text: &str) -> Result<Vec<Piece>, Unread> {
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
pub fn value(pieces: &[Piece]) -> Result<f64, Unread> {
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
