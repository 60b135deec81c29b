//! What a column can be read as, by name and in groups.

use crate::import::Field;
use crate::locale::{Lang, TextKey, tr};

/// The name of a field for people.
#[must_use]
pub fn field_name(lang: Lang, field: Field) -> String {
    tr(lang, text!("field-" + field.code()))
}

/// All fields, with the keys of the names of their groups; what most files have comes first.
pub const GROUPS: &[(TextKey, &[Field])] = &[
    (
        text!("card-when"),
        &[
            Field::Start,
            Field::End,
            Field::Year,
            Field::Month,
            Field::Day,
            Field::Time,
            Field::Zone,
            Field::DatePrecision,
        ],
    ),
    (
        text!("card-where"),
        &[
            Field::Lat,
            Field::Lon,
            Field::Coordinates,
            Field::Place,
            Field::Admin2,
            Field::Admin1,
            Field::Country,
            Field::PlacePrecision,
            Field::RadiusM,
        ],
    ),
    (
        text!("assistant-what"),
        &[
            Field::Title,
            Field::Kind,
            Field::Narrative,
            Field::Id,
            Field::KindGroup,
            Field::TitleEs,
            Field::NarrativeEs,
            Field::Version,
            Field::Related,
        ],
    ),
    (
        text!("card-deaths"),
        &[Field::DeathsBest, Field::DeathsLow, Field::DeathsHigh],
    ),
    (
        text!("card-who"),
        &[
            Field::Actor1,
            Field::Actor1Type,
            Field::Actor1Allies,
            Field::Actor2,
            Field::Actor2Type,
            Field::Actor2Allies,
            Field::Relation,
        ],
    ),
    (
        text!("card-sources"),
        &[
            Field::Source,
            Field::SourceTitle,
            Field::SourceDate,
            Field::SourceUrl,
            Field::SourceLanguage,
            Field::Grade,
            Field::Reliability,
            Field::Credibility,
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::has;

    #[test]
    fn every_field_can_be_chosen_once_and_has_a_name_of_its_own() {
        let all: Vec<Field> = GROUPS
            .iter()
            .flat_map(|(_, fields)| *fields)
            .copied()
            .collect();
        for field in Field::ALL {
            let times = all.iter().filter(|f| *f == field).count();
            assert_eq!(times, 1, "{}", field.code());
        }
        for lang in Lang::ALL {
            let mut names: Vec<String> = all.iter().map(|f| field_name(lang, *f)).collect();
            for field in &all {
                assert!(
                    has(lang, &format!("field-{}", field.code())),
                    "{}",
                    field.code()
                );
            }
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all.len(), "{lang:?}");
        }
    }
}
