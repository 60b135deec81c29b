//! Countries by their names in English and Spanish and their codes.

use crate::domain::names::key;
use std::collections::HashMap;
use std::sync::LazyLock;

static COUNTRIES_TSV: &str = include_str!("../../assets/gazetteer/countries.tsv");

/// Code and name in English of a country, by its folded names and codes.
static COUNTRIES: LazyLock<HashMap<String, (&str, &str)>> = LazyLock::new(|| {
    let mut found = HashMap::new();
    for line in COUNTRIES_TSV.lines().skip(1) {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [code, _, name, ..] = cells[..] else {
            continue;
        };
        for cell in cells.iter().filter(|c| !c.is_empty()) {
            found.insert(key(cell), (code, name));
        }
    }
    if let Some(us) = found.get("us").copied() {
        found.insert("united states of america".to_owned(), us);
    }
    found
});

/// Code of two letters of a country by its name in English or Spanish or a code.
#[must_use]
pub fn country_code(named: &str) -> Option<&'static str> {
    const FORMS: [(&str, &str); 9] = [
        ("mex", "mx"),
        ("estados unidos mexicanos", "mx"),
        ("republica mexicana", "mx"),
        ("eeuu", "us"),
        ("ee uu", "us"),
        ("eua", "us"),
        ("usa", "us"),
        ("estados unidos de america", "us"),
        ("the united states", "us"),
    ];
    let name = key(named);
    let found = COUNTRIES.get(&name).or_else(|| {
        let bare = name.replace('.', "");
        let bare = bare.trim();
        let form = FORMS.iter().find(|(form, _)| *form == bare);
        COUNTRIES.get(form.map_or(bare, |(_, code)| code))
    });
    found.map(|(code, _)| *code)
}

/// The name in English of a country by its code; the code where it is not known.
pub(super) fn country_name(code: &'static str) -> &'static str {
    COUNTRIES.get(&key(code)).map_or(code, |(_, name)| name)
}
