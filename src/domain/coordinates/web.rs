//! Addresses of web maps. Where the pin is counts before what the screen shows, and of a way its end:
//! `…!3d27.4763!4d-99.5164`, `…?q=27.4763,-99.5164`, `…/search/27.4763,+-99.5164`,
//! `…/dir/27.4,-99.5/27.5,-99.6`, `…?mlat=27.4763&mlon=-99.5164`, `…/@27.4763,-99.5164,12z`,
//! `…#map=12/27.4763/-99.5164`.

use super::degrees::{Unread, degrees, number};
use crate::domain::area::LonLat;

/// What comes before a pair in the query of an address.
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
/// What ends a number or a pair.
const ENDS: [char; 5] = ['&', '#', '/', '?', '!'];

/// The place of an address in capital letters; `None` where it is no address of a map.
pub fn web_address(text: &str) -> Option<Result<LonLat, Unread>> {
    let text = &text
        .replace("%2C", ",")
        .replace("%20", " ")
        .replace("%7E", "~")
        .replace("%3A", ":")
        .replace("%C2%B0", "°")
        .replace("%22", "\"")
        .replace("%27", "'");
    if let Some(pin) = pin(text) {
        return Some(pin);
    }
    if text.starts_with("HTTP") || text.contains("MAPS") {
        let mut asked = QUERIES.iter().filter_map(|key| after(text, key));
        if let Some(at) = asked.find_map(pair).or_else(|| last_of_path(text)) {
            return Some(Ok(at));
        }
    }
    if let Some(rest) = after(text, "#MAP=").or_else(|| text.strip_prefix("MAP=")) {
        let parts = until(rest, &['&', ' ']).split('/');
        let parts: Option<Vec<f64>> = parts.filter(|p| !p.is_empty()).map(number).collect();
        return Some(match parts.as_deref() {
            Some([_, lat, lon]) => Ok([*lon, *lat]),
            _ => Err(Unread::Unclear),
        });
    }
    let (_, screen) = text.split_once('@')?;
    Some(pair(screen).ok_or(Unread::Unclear))
}

/// What follows a key; of several the last, which is where a way ends.
fn after<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.rsplit_once(key).map(|(_, rest)| rest)
}

fn until<'a>(text: &'a str, ends: &[char]) -> &'a str {
    text.split(ends).next().unwrap_or_default()
}

/// The pin of a place, in each of the ways that maps write it.
fn pin(text: &str) -> Option<Result<LonLat, Unread>> {
    let place = || Some((after(text, "!3D")?, after(text, "!4D")?));
    // The same of directions, longitude first.
    let directions = || Some((after(text, "!2D")?, after(text, "!1D")?));
    let directions = || directions().filter(|_| text.contains("/DIR/"));
    let marker = || Some((after(text, "MLAT=")?, after(text, "MLON=")?));
    let (lat, lon) = place().or_else(directions).or_else(marker)?;
    let [lat, lon] = [lat, lon].map(|text| number(until(text, &ENDS)));
    Some(match (lat, lon) {
        (Some(lat), Some(lon)) => Ok([lon, lat]),
        _ => Err(Unread::Unclear),
    })
}

/// Latitude and longitude at the beginning of a text.
fn pair(text: &str) -> Option<LonLat> {
    let text = text
        .trim_start_matches("LOC:")
        .trim_start_matches("POINT.")
        .trim_start_matches("LL.");
    // `27°28'34.7"N+99°30'59.0"W`
    if text.contains('°') {
        return degrees(&until(text, &['/', '?', '&']).replace('+', " ")).ok();
    }
    let pair = until(text, &ENDS).replace('+', " ");
    let mut parts = pair.split([',', '~', ' ']).filter(|p| !p.is_empty());
    let (lat, lon) = (number(parts.next()?)?, number(parts.next()?)?);
    Some([lon, lat])
}

/// `/search/…`, `/place/…`, `/dir/…/…`: the last pair that stands between slashes.
fn last_of_path(text: &str) -> Option<LonLat> {
    let parts = until(text, &['?', '#']).split('/').skip(3);
    let written = parts.filter(|part| !part.starts_with('@') && part.contains([',', '°']));
    written.filter_map(pair).last()
}
