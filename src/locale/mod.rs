//! Every text people see, in English and Spanish, from `assets/locales/*.ftl`. Bottom layer: knows
//! nothing of the rest of the program.

mod format;
mod problem;
mod units;

pub use format::{
    date, date_range, month_short, number, number_f64, number_short, period, weekday_date,
};
pub use problem::Problem;
pub use units::{area, distance};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    #[default]
    En,
    Es,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Es];

    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Es => "es",
        }
    }

    /// From a code or a POSIX locale such as `es_MX.UTF-8`; English for what we do not speak.
    #[must_use]
    pub fn from_locale(locale: &str) -> Lang {
        if locale.to_ascii_lowercase().starts_with("es") {
            Lang::Es
        } else {
            Lang::En
        }
    }

    /// What the environment asks for.
    #[must_use]
    pub fn from_env() -> Lang {
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
            .map_or(Lang::En, |v| Lang::from_locale(&v))
    }

    #[must_use]
    pub const fn is_spanish(self) -> bool {
        matches!(self, Lang::Es)
    }
}

const EN: &str = include_str!("../../assets/locales/en.ftl");
const ES: &str = include_str!("../../assets/locales/es.ftl");

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> =
    LazyLock::new(|| [bundle("en", EN), bundle("es", ES)]);

fn bundle(code: &str, text: &str) -> FluentBundle<FluentResource> {
    let language = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    // A syntax error leaves the other messages usable; the tests hold that there is none.
    let resource =
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The text under `key`, with `{ $name }` filled in. A key without a text comes back as itself,
/// so that a gap is seen; a test holds that there is none.
#[must_use]
pub fn tr_args(lang: Lang, key: &str, args: &[(&str, &str)]) -> String {
    let mut fluent_args = FluentArgs::new();
    for (name, value) in args {
        // Counts choose plural forms, so a whole number is passed as one.
        let value = match value.replace(',', "").parse::<i64>() {
            Ok(n) if name.starts_with('n') => {
                fluent_args.set(format!("{name}_count"), FluentValue::from(n));
                FluentValue::from((*value).to_owned())
            }
            _ => FluentValue::from((*value).to_owned()),
        };
        fluent_args.set((*name).to_owned(), value);
    }
    let bundle = &BUNDLES[lang as usize];
    let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
        return key.to_owned();
    };
    let mut errors = Vec::new();
    bundle
        .format_pattern(pattern, Some(&fluent_args), &mut errors)
        .into_owned()
}

/// The text under `key`.
#[must_use]
pub fn tr(lang: Lang, key: &str) -> String {
    tr_args(lang, key, &[])
}

/// Whether there is a text under `key`.
#[must_use]
pub fn has(lang: Lang, key: &str) -> bool {
    BUNDLES[lang as usize].has_message(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(text: &str) -> BTreeSet<&str> {
        text.lines()
            .filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|l| l.split_once('=').map(|(k, _)| k.trim()))
            .collect()
    }

    fn variables(text: &str) -> BTreeSet<(String, String)> {
        let mut key = String::new();
        let mut found = BTreeSet::new();
        for line in text.lines() {
            if let Some((k, _)) = line
                .starts_with(|c: char| c.is_ascii_lowercase())
                .then(|| line.split_once('='))
                .flatten()
            {
                key = k.trim().to_owned();
            }
            for part in line.split('$').skip(1) {
                let name: String = part
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                found.insert((key.clone(), name.trim_end_matches("_count").to_owned()));
            }
        }
        found
    }

    #[test]
    fn both_languages_have_the_same_keys_and_variables() {
        assert_eq!(keys(EN), keys(ES));
        assert_eq!(variables(EN), variables(ES));
    }

    #[test]
    fn locale_files_parse() {
        for text in [EN, ES] {
            assert!(FluentResource::try_new(text.to_owned()).is_ok());
        }
    }

    #[test]
    fn every_code_has_a_name() {
        use crate::domain::*;
        for lang in Lang::ALL {
            for code in KindGroup::ALL
                .iter()
                .map(|k| k.code())
                .chain(Kind::ALL.iter().map(|k| k.code()))
                .chain(Mark::ALL.iter().map(|k| k.code()))
            {
                assert!(has(lang, &format!("kind-{code}")), "kind-{code}");
            }
            for code in ActorType::ALL {
                assert!(has(lang, &format!("actor-{}", code.code())));
            }
            for code in PlacePrecision::ALL {
                assert!(has(lang, &format!("place-{}", code.code())));
            }
            for code in TimePrecision::ALL {
                assert!(has(lang, &format!("time-{}", code.code())));
            }
            for code in Relation::ALL {
                assert!(has(lang, &format!("relation-{}", code.code())));
            }
            for code in Reliability::ALL {
                assert!(has(lang, &format!("reliability-{}", code.code())));
            }
            for code in Credibility::ALL {
                assert!(has(lang, &format!("credibility-{}", code.code())));
            }
        }
    }

    #[test]
    fn plural_forms_follow_the_count() {
        assert_eq!(
            tr_args(Lang::En, "n-incidents", &[("n", "1")]),
            "1 incident"
        );
        assert_eq!(
            tr_args(Lang::En, "n-incidents", &[("n", "18,957")]),
            "18,957 incidents"
        );
        assert_eq!(
            tr_args(Lang::Es, "n-incidents", &[("n", "1")]),
            "1 incidente"
        );
    }
}
