//! Which time zone a place in Mexico or in a border state of the US keeps.
//!
//! Mexico ended daylight time in October 2022, but for the municipalities along the border, which
//! change their clocks with the US. IANA has zones of their own for them. Source: Ley de los Husos
//! Horarios en los Estados Unidos Mexicanos, 2022, with Chihuahua's change of 30 November 2022.

use super::PlaceNames;
use super::area::LonLat;
use super::filter::fold;
use super::names::state_key;

/// Municipalities that keep another zone than their state: state, zone, and each with the
/// longitude and latitude of its seat, in degrees.
type Apart = (
    &'static str,
    &'static str,
    &'static [(&'static str, f64, f64)],
);

const APART: &[Apart] = &[
    (
        "tamaulipas",
        "America/Matamoros",
        &[
            ("nuevo laredo", -99.516, 27.476),
            ("guerrero", -99.225, 26.567),
            ("mier", -99.148, 26.431),
            ("miguel aleman", -99.027, 26.403),
            ("camargo", -98.832, 26.314),
            ("gustavo diaz ordaz", -98.597, 26.231),
            ("reynosa", -98.278, 26.092),
            ("rio bravo", -98.090, 25.986),
            ("valle hermoso", -97.813, 25.673),
            ("matamoros", -97.504, 25.880),
        ],
    ),
    (
        "nuevo leon",
        "America/Matamoros",
        &[("anahuac", -100.135, 27.239)],
    ),
    (
        "coahuila",
        "America/Matamoros",
        &[
            ("acuna", -100.932, 29.324),
            ("allende", -100.857, 28.341),
            ("guerrero", -100.379, 28.309),
            ("hidalgo", -99.874, 27.787),
            ("jimenez", -100.675, 29.069),
            ("morelos", -100.889, 28.408),
            ("nava", -100.768, 28.421),
            ("ocampo", -102.397, 27.315),
            ("piedras negras", -100.523, 28.700),
            ("villa union", -100.727, 28.221),
            ("zaragoza", -100.919, 28.477),
        ],
    ),
    (
        "chihuahua",
        "America/Ciudad_Juarez",
        &[
            ("juarez", -106.487, 31.738),
            ("ascension", -107.996, 31.094),
            ("guadalupe", -106.102, 31.391),
            ("janos", -108.192, 30.889),
            ("praxedis g guerrero", -106.005, 31.367),
        ],
    ),
    (
        "chihuahua",
        "America/Ojinaga",
        &[
            ("ojinaga", -104.408, 29.564),
            ("coyame del sotol", -105.093, 29.462),
            ("manuel benavides", -103.917, 29.105),
        ],
    ),
    (
        "nayarit",
        "America/Bahia_Banderas",
        &[("bahia de banderas", -105.246, 20.803)],
    ),
];

/// The rest of each state; those not named keep the time of the capital.
const STATES: &[(&str, &str)] = &[
    ("baja california sur", "America/Mazatlan"),
    ("baja california", "America/Tijuana"),
    ("sonora", "America/Hermosillo"),
    ("sinaloa", "America/Mazatlan"),
    ("nayarit", "America/Mazatlan"),
    ("chihuahua", "America/Chihuahua"),
    ("coahuila", "America/Monterrey"),
    ("nuevo leon", "America/Monterrey"),
    ("tamaulipas", "America/Monterrey"),
    ("durango", "America/Monterrey"),
    ("quintana roo", "America/Cancun"),
    ("yucatan", "America/Merida"),
    ("campeche", "America/Merida"),
];

const CENTRAL: &str = "America/Mexico_City";
const CENTRAL_STATES: &[&str] = &[
    "aguascalientes",
    "chiapas",
    "ciudad de mexico",
    "colima",
    "guanajuato",
    "guerrero",
    "hidalgo",
    "jalisco",
    "estado de mexico",
    "michoacan",
    "morelos",
    "oaxaca",
    "puebla",
    "queretaro",
    "san luis potosi",
    "tabasco",
    "tlaxcala",
    "veracruz",
    "zacatecas",
];

/// Around the seat of a municipality of [`APART`], metres: a place of no name there belongs to it,
/// and one of another name is not sure to keep the time of the rest of the state.
const NEAR_M: f64 = 40_000.0;
/// A place further from the seat than this is not in the municipality that it names.
const FAR_M: f64 = 150_000.0;

/// The IANA zone of a place, by its state and municipality or county and by where it lies. `None` for
/// other countries, where no state is named or none that is known, and in a state of two zones where
/// name and position do not tell which.
#[must_use]
pub fn zone_of(places: &PlaceNames, at: Option<LonLat>) -> Option<&'static str> {
    let (state, country) = (state_key(&places.admin1), plain(&places.country));
    let names = [plain(&places.admin2), plain(&places.place)];
    if is_one_of(
        &country,
        &[
            "united states",
            "united states of america",
            "usa",
            "us",
            "estados unidos",
        ],
    ) {
        return us_zone(&state, &names);
    }
    if !is_one_of(&country, &["", "mexico", "mx", "mex"]) || state.is_empty() {
        return None;
    }
    let in_state = |known: &str| state == known;
    let rest = STATES.iter().find(|(known, _)| in_state(known));
    let rest = match rest {
        Some((_, zone)) => Some(*zone),
        None => CENTRAL_STATES
            .iter()
            .any(|known| in_state(known))
            .then_some(CENTRAL),
    };
    // The name of the state in the place of a municipality's says nothing, but for Chihuahua's capital.
    let says_nothing = |name: &String| *name == state && state != "chihuahua";
    let [municipality, place] = names.map(|name| {
        if says_nothing(&name) {
            String::new()
        } else {
            name
        }
    });
    apart_zone(&in_state, [&municipality, &place], at, rest)
}

/// `rest` is the zone of the state where no municipality of its own zone is meant.
fn apart_zone(
    in_state: &dyn Fn(&str) -> bool,
    [municipality, place]: [&str; 2],
    at: Option<LonLat>,
    rest: Option<&'static str>,
) -> Option<&'static str> {
    let bare = |name: &str| {
        let short = ["heroica ", "ciudad "];
        let cut = short.iter().find_map(|start| name.strip_prefix(start));
        cut.unwrap_or(name).to_owned()
    };
    let (named, of_place) = (bare(municipality), bare(place));
    let (mut is_apart, mut nearest) = (false, None);
    for (_, zone, seats) in APART.iter().filter(|(known, ..)| in_state(known)) {
        is_apart = true;
        for (name, lon, lat) in *seats {
            let away_m = at.map(|at| super::measure::distance_m(at, [*lon, *lat]));
            if *name == named || (named.is_empty() && *name == of_place) {
                return away_m.is_none_or(|m| m < FAR_M).then_some(zone);
            }
            if away_m.is_some_and(|m| m < NEAR_M) {
                nearest = Some(*zone);
            }
        }
    }
    match (is_apart, nearest) {
        (false, _) => rest,
        (true, Some(zone)) => named.is_empty().then_some(zone),
        (true, None) if named.is_empty() && of_place.is_empty() && at.is_none() => None,
        (true, None) => rest,
    }
}

/// Without case, accents and points, with what is written short written out.
fn plain(text: &str) -> String {
    let folded = fold(text).replace(['.', ','], " ");
    let words = folded.split_whitespace().map(|word| match word {
        "cd" => "ciudad",
        "nvo" => "nuevo",
        "h" => "heroica",
        "gral" => "general",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn us_zone(state: &str, names: &[String; 2]) -> Option<&'static str> {
    let is_in = |county: &str| {
        names
            .iter()
            .any(|n| n.strip_suffix(" county").unwrap_or(n) == county)
    };
    match state {
        "california" => Some("America/Los_Angeles"),
        "arizona" => Some("America/Phoenix"),
        "new mexico" => Some("America/Denver"),
        "texas" if is_in("el paso") || is_in("hudspeth") => Some("America/Denver"),
        "texas" => Some("America/Chicago"),
        _ => None,
    }
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(place: &str, admin2: &str, admin1: &str, country: &str) -> &'static str {
        let places = PlaceNames {
            place: place.to_owned(),
            admin2: admin2.to_owned(),
            admin1: admin1.to_owned(),
            country: country.to_owned(),
        };
        zone_of(&places, None).unwrap_or("-")
    }

    #[test]
    fn the_border_keeps_its_own_time() {
        for (admin2, admin1, wanted) in [
            ("Nuevo Laredo", "Tamaulipas", "America/Matamoros"),
            ("Victoria", "Tamaulipas", "America/Monterrey"),
            ("Anáhuac", "Nuevo León", "America/Matamoros"),
            ("Monterrey", "Nuevo León", "America/Monterrey"),
            ("Acuña", "Coahuila de Zaragoza", "America/Matamoros"),
            ("Torreón", "Coahuila", "America/Monterrey"),
            ("Juárez", "Chihuahua", "America/Ciudad_Juarez"),
            ("Ojinaga", "Chihuahua", "America/Ojinaga"),
            ("Chihuahua", "Chihuahua", "America/Chihuahua"),
            ("Bahía de Banderas", "Nayarit", "America/Bahia_Banderas"),
            ("Tepic", "Nayarit", "America/Mazatlan"),
            ("La Paz", "Baja California Sur", "America/Mazatlan"),
            ("Tijuana", "Baja California", "America/Tijuana"),
            ("Nogales", "Sonora", "America/Hermosillo"),
            ("Benito Juárez", "Quintana Roo", "America/Cancun"),
            ("Mérida", "Yucatán", "America/Merida"),
            ("Toluca", "México", "America/Mexico_City"),
            ("H. Matamoros", "Tamps.", "America/Matamoros"),
            ("Nvo. Laredo", "Tamaulipas state", "America/Matamoros"),
            ("Cd. Acuña", "Coah.", "America/Matamoros"),
            ("Cd. Juárez", "Chih.", "America/Ciudad_Juarez"),
            ("TJ", "B.C.", "America/Tijuana"),
            // A state that is none, and a state of two zones without a municipality.
            ("Victoria", "Tamaulipass", "-"),
            ("", "Tamaulipas", "-"),
            ("Tamaulipas", "Tamaulipas", "-"),
        ] {
            assert_eq!(zone("", admin2, admin1, "Mexico"), wanted, "{admin2}");
        }
        assert_eq!(
            zone("Ciudad Juárez", "", "Chihuahua", ""),
            "America/Ciudad_Juarez"
        );
        assert_eq!(
            zone("", "El Paso County", "Texas", "United States"),
            "America/Denver"
        );
        assert_eq!(zone("Laredo", "Webb", "TX", "US"), "America/Chicago");
        assert_eq!(zone("", "", "", "Mexico"), "-");
        assert_eq!(zone("", "", "Antioquia", "Colombia"), "-");
    }

    #[test]
    fn the_position_tells_or_speaks_against() {
        let at = |admin2: &str, lon, lat| {
            let places = PlaceNames {
                admin1: "Tamaulipas".to_owned(),
                admin2: admin2.to_owned(),
                ..PlaceNames::default()
            };
            zone_of(&places, Some([lon, lat]))
        };
        assert_eq!(at("", -99.55, 27.45), Some("America/Matamoros"));
        assert_eq!(at("", -98.7, 24.3), Some("America/Monterrey"));
        // A name that is no municipality on the border, and yet it lies there.
        assert_eq!(at("Colonia Centro", -99.55, 27.45), None);
        assert_eq!(at("Victoria", -99.15, 23.73), Some("America/Monterrey"));
        // Named after the border, and far from it.
        assert_eq!(at("Nuevo Laredo", -100.3, 25.67), None);
    }
}
