//! One comparison key for names: two spellings of a name have one key. Filters, groups, facets,
//! duplicates, the gazetteer and the time zones all compare by it.

use super::filter::{fold, is_mark};
use unicode_normalization::UnicodeNormalization;

/// The key of an actor, a place or any other name: Unicode compatibility forms, case and accents
/// folded, marks of direction left out, every run of blanks one blank, one sign for each kind of
/// quotation mark and dash.
#[must_use]
pub fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in fold(name).chars() {
        match c {
            c if c.is_whitespace() => {
                if !key.is_empty() && !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            '’' | '‘' | '´' | '`' | 'ʼ' | '′' => key.push('\''),
            '“' | '”' | '„' | '«' | '»' | '″' => key.push('"'),
            '‐' | '‑' | '–' | '—' | '−' => key.push('-'),
            c => key.push(c),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The name as it is shown: composed letters, single blanks and no marks that are not seen.
#[must_use]
pub fn shown(name: &str) -> String {
    let seen = name.nfc().filter(|c| !is_mark(*c));
    let seen: String = seen
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    seen.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The key of a state of Mexico or of the United States: without the word for what it is, written out
/// where it is known by an abbreviation, and without long forms ("Michoacán de Ocampo").
#[must_use]
pub fn state_key(name: &str) -> String {
    let dotless = key(name).replace(['.', ',', '-'], " ");
    let dotless = dotless.split_whitespace().collect::<Vec<_>>().join(" ");
    let variant = |text: &str| {
        let found = STATES.iter().find(|(known, _)| *known == text);
        found.map(|(_, meant)| (*meant).to_owned())
    };
    if let Some(meant) = variant(&dotless) {
        return meant;
    }
    let bare = without_word(&dotless, &STATE_STARTS, &STATE_ENDS);
    variant(bare).unwrap_or_else(|| bare.to_owned())
}

/// The key of a state or province elsewhere.
#[must_use]
pub fn province_key(name: &str) -> String {
    let key = key(name);
    without_word(&key, &[], &[" state"]).to_owned()
}

/// The key of a municipality, county or district.
#[must_use]
pub fn municipality_key(name: &str) -> String {
    let key = key(name);
    without_word(&key, &MUNICIPALITY_STARTS, &MUNICIPALITY_ENDS).to_owned()
}

/// The rest of a name that says what it names; the whole where nothing would be left.
fn without_word<'a>(key: &'a str, starts: &[&str], ends: &[&str]) -> &'a str {
    let start = starts.iter().find_map(|word| key.strip_prefix(word));
    let key = start.filter(|rest| !rest.is_empty()).unwrap_or(key);
    let end = ends.iter().find_map(|word| key.strip_suffix(word));
    end.filter(|rest| !rest.is_empty()).unwrap_or(key)
}

const STATE_STARTS: [&str; 6] = [
    "edo de ",
    "edo ",
    "estado de ",
    "state of ",
    "provincia de ",
    "departamento de ",
];
const STATE_ENDS: [&str; 6] = [
    " state",
    " province",
    " provincia",
    " department",
    " departamento",
    " governorate",
];
const MUNICIPALITY_STARTS: [&str; 8] = [
    "mpio de ",
    "mpio. de ",
    "del. ",
    "alc. ",
    "municipio de ",
    "municipality of ",
    "alcaldia ",
    "delegacion ",
];
const MUNICIPALITY_ENDS: [&str; 6] = [
    " municipality",
    " municipio",
    " county",
    " district",
    " distrito",
    " partido",
];

/// States as publishers and offices write them, without points, and the name that is meant.
const STATES: &[(&str, &str)] = &[
    ("ags", "aguascalientes"),
    ("bc", "baja california"),
    ("b c", "baja california"),
    ("baja california norte", "baja california"),
    ("bcs", "baja california sur"),
    ("b c s", "baja california sur"),
    ("camp", "campeche"),
    ("coah", "coahuila"),
    ("coahuila de zaragoza", "coahuila"),
    ("chis", "chiapas"),
    ("chih", "chihuahua"),
    ("cdmx", "ciudad de mexico"),
    ("cd de mexico", "ciudad de mexico"),
    ("nvo leon", "nuevo leon"),
    ("ciudad de mexico cdmx", "ciudad de mexico"),
    ("mexico city", "ciudad de mexico"),
    ("distrito federal", "ciudad de mexico"),
    ("federal district", "ciudad de mexico"),
    ("df", "ciudad de mexico"),
    ("d f", "ciudad de mexico"),
    ("dgo", "durango"),
    ("gto", "guanajuato"),
    ("gro", "guerrero"),
    ("hgo", "hidalgo"),
    ("jal", "jalisco"),
    ("mexico", "estado de mexico"),
    ("estado de mexico", "estado de mexico"),
    ("state of mexico", "estado de mexico"),
    ("mexico state", "estado de mexico"),
    ("edomex", "estado de mexico"),
    ("edo mex", "estado de mexico"),
    ("edo de mexico", "estado de mexico"),
    ("edo de mex", "estado de mexico"),
    ("mich", "michoacan"),
    ("michoacan de ocampo", "michoacan"),
    ("mor", "morelos"),
    ("nay", "nayarit"),
    ("nl", "nuevo leon"),
    ("n l", "nuevo leon"),
    ("oax", "oaxaca"),
    ("pue", "puebla"),
    ("qro", "queretaro"),
    ("queretaro de arteaga", "queretaro"),
    ("qroo", "quintana roo"),
    ("q roo", "quintana roo"),
    ("slp", "san luis potosi"),
    ("s l p", "san luis potosi"),
    ("sin", "sinaloa"),
    ("son", "sonora"),
    ("tab", "tabasco"),
    ("tamps", "tamaulipas"),
    ("tlax", "tlaxcala"),
    ("ver", "veracruz"),
    ("veracruz de ignacio de la llave", "veracruz"),
    ("veracruz llave", "veracruz"),
    ("yuc", "yucatan"),
    ("zac", "zacatecas"),
    ("az", "arizona"),
    ("ca", "california"),
    ("nm", "new mexico"),
    ("nuevo mexico", "new mexico"),
    ("tx", "texas"),
    ("tejas", "texas"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_a_name_have_one_key() {
        for (name, wanted) in [
            ("Cártel del Noreste", "cartel del noreste"),
            ("CÁRTEL DEL  NORESTE ", "cartel del noreste"),
            ("Ca\u{301}rtel del\u{a0}Noreste", "cartel del noreste"),
            (
                "\u{200e}Cártel\u{200b} del Noreste\u{200f}",
                "cartel del noreste",
            ),
            ("Ｃartel del Noreste", "cartel del noreste"),
            ("M’Bala", "m'bala"),
            ("Łódź – Øst", "lodz - ost"),
            ("नुआपाड़ा", "नुआपाड़ा"),
        ] {
            assert_eq!(key(name), key(wanted), "{name}");
        }
        assert_ne!(key("Nuevo León"), key("Nuevo Leo"));
        assert_ne!(key("कि"), key("की"));
    }

    #[test]
    fn states_and_municipalities_as_publishers_write_them() {
        for (names, wanted) in [
            (
                vec![
                    "Nuevo León",
                    "NUEVO LEON",
                    "Nuevo León state",
                    "N.L.",
                    "Estado de Nuevo León",
                ],
                "nuevo leon",
            ),
            (
                vec!["Michoacán", "Michoacán de Ocampo", "MICH."],
                "michoacan",
            ),
            (vec!["Coahuila", "Coahuila de Zaragoza"], "coahuila"),
            (
                vec![
                    "México",
                    "Estado de México",
                    "Edo. Méx.",
                    "State of Mexico",
                    "Mexico state",
                ],
                "estado de mexico",
            ),
            (
                vec![
                    "CDMX",
                    "Distrito Federal",
                    "Ciudad de México",
                    "Mexico City",
                ],
                "ciudad de mexico",
            ),
            (vec!["Texas", "TX"], "texas"),
        ] {
            for name in names {
                assert_eq!(state_key(name), wanted, "{name}");
            }
        }
        for name in [
            "Monterrey",
            "Monterrey municipality",
            "Municipio de Monterrey",
        ] {
            assert_eq!(municipality_key(name), "monterrey", "{name}");
        }
        assert_eq!(municipality_key("Webb County"), "webb");
        assert_eq!(state_key("State"), "state");
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "\\PC{0,30}") {
            let once = key(&name);
            prop_assert_eq!(key(&once), once);
        }
    }
}
