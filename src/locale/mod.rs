//! Every text people see, in English and Spanish, from `assets/locales/*.ftl`. Bottom layer: knows
//! nothing of the rest of the program.

#[macro_use]
mod text;

mod cause;
mod format;
pub mod formula;
mod problem;
mod units;
mod visible;

pub use format::{
    date, date_range, month_short, number, number_f64, number_short, period, weekday_date,
};
pub use problem::Problem;
pub use text::{Text, TextKey};
pub use units::{area, distance, rough_distance, round_distance, short_area, short_distance};
pub use visible::{visible, visible_json, visible_lines};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
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

/// A message in a language with its values filled in, as it may be shown ([`visible`]). A value that is a whole
/// number, grouped or not, is there once more as `$name_count`, for plural forms to be chosen by.
#[must_use]
pub fn tr(lang: Lang, text: impl Into<Text>) -> String {
    let text = text.into();
    let args = text
        .args
        .iter()
        .map(|(name, value)| (*name, value.as_str()));
    filled_in(lang, text.key.as_str(), args)
}

fn filled_in<'a>(
    lang: Lang,
    key: &str,
    values: impl Iterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in values {
        let is_whole = value.bytes().all(|b| b.is_ascii_digit() || b == b',');
        if let Some(Ok(n)) = is_whole.then(|| value.replace(',', "").parse::<i64>()) {
            args.set(format!("{name}_count"), FluentValue::from(n));
        }
        args.set(name, FluentValue::from(visible(value)));
    }
    let bundle = &BUNDLES[lang as usize];
    let pattern = bundle.get_message(key).and_then(|m| m.value());
    let mut errors = Vec::new();
    let said = pattern.map(|p| bundle.format_pattern(p, Some(&args), &mut errors));
    said.map_or_else(|| key.to_owned(), Cow::into_owned)
}

/// As [`tr`], for a key that is chosen among several, `text!("key"; n)`: with the values that it was checked for.
#[must_use]
pub fn tr_args(lang: Lang, key: impl Into<Text>, args: &[(&'static str, &str)]) -> String {
    let mut text = key.into();
    text.args.extend(
        args.iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    tr(lang, text)
}

/// Whether there is a text under `key`.
#[must_use]
pub fn has(lang: Lang, key: &str) -> bool {
    BUNDLES[lang as usize].has_message(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

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

    /// Messages with a number that is never one: limits of the program, and what is said only of
    /// several.
    const NEVER_ONE: &[&str] = &[
        // Of one incident `page-headline-one` speaks, and one of one is `page-deck-all`.
        "page-deck",
        "page-headline-mixed",
        "page-headline-only",
        "page-headline-plain",
        // A ring has three corners at least, and a list that is cut holds many.
        "page-method-polygon",
        "summary-list-cut",
        // A file with hard links has two names at least.
        "problem-case-names",
        // Limits.
        "problem-csv-cells",
        "problem-route-points",
        "problem-too-many-to-copy",
        "problem-xml-deep",
        "reject-too_many_cells",
        "reject-too_many_names",
        "problem-zip-entries",
        "reject-too_many_points",
    ];

    /// Words in `s` that may follow a one, and plurals that end otherwise.
    const SINGULAR: &[&str] = &[
        "is", "was", "has", "as", "its", "does", "says", "holds", "lies", "goes", "ends", "gives",
        "lacks", "grows", "más", "es", "las", "los", "menos",
    ];
    const PLURAL: &[&str] = &[
        "have", "are", "were", "tienen", "son", "están", "dan", "caen", "fueron", "these", "estos",
        "estas", "otros", "otras",
    ];

    /// Every message, with each of its variables 1 in turn and the others 7: no plural stands before
    /// the 1 or after it.
    #[test]
    fn one_of_a_thing_is_never_told_as_several() {
        let mut wrong = Vec::new();
        for lang in Lang::ALL {
            let messages = text::MESSAGES.iter();
            for (key, names) in messages.filter(|(k, _)| !NEVER_ONE.contains(k)) {
                // The name of a file or of a server is no count.
                for name in names.iter().filter(|n| !["file", "host"].contains(n)) {
                    let args: Vec<(&str, &str)> = names
                        .iter()
                        .map(|n| (*n, if n == name { "1" } else { "7" }))
                        .collect();
                    let said = filled_in(lang, key, args.into_iter());
                    let words: Vec<&str> = said
                        .split(|c: char| c.is_whitespace() || ";,.:()–".contains(c))
                        .collect();
                    let at = words.windows(3).find(|w| {
                        let plural_before =
                            PLURAL.contains(&w[0]) || ["los", "las"].contains(&w[0]);
                        w[1] == "1" && (plural_before || is_plural(w[2]))
                    });
                    let first = words.first() == Some(&"1")
                        && words.get(1).is_some_and(|word| is_plural(word));
                    if at.is_some() || first {
                        wrong.push(format!("{lang:?} {key} ({name}): {said}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    fn is_plural(word: &str) -> bool {
        let letters = word.chars().count() > 2 && word.chars().all(char::is_alphabetic);
        PLURAL.contains(&word) || (letters && word.ends_with('s') && !SINGULAR.contains(&word))
    }

    /// A selector that says the same of one and of two in both languages is none.
    #[test]
    fn every_choice_by_a_count_says_something_else_of_one() {
        let mut idle: BTreeMap<(String, String), bool> = BTreeMap::new();
        for (lang, text) in [(Lang::En, EN), (Lang::Es, ES)] {
            let named: BTreeMap<&str, &[&str]> = text::MESSAGES.iter().copied().collect();
            let mut key = "";
            for line in text.lines() {
                if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                    key = line.split_once(" =").map_or(key, |(k, _)| k);
                }
                let choices = line.split("{ $").skip(1);
                for (name, _) in choices.filter_map(|part| part.split_once("_count ->")) {
                    let said = |n: &str| {
                        let of = |v: &&str| {
                            if *v == name {
                                n.to_owned()
                            } else {
                                "7".to_owned()
                            }
                        };
                        let values: Vec<String> = named[key].iter().map(of).collect();
                        let args = named[key].iter().zip(&values);
                        let args: Vec<_> = args.map(|(k, v)| (*k, v.as_str())).collect();
                        filled_in(lang, key, args.into_iter())
                    };
                    let (one, two) = (said("1"), said("2"));
                    assert!(!format!("{one}{two}").contains('$'), "{one} {two}");
                    let same = one == two.replace('2', "1");
                    let known = idle
                        .entry((key.to_owned(), name.to_owned()))
                        .or_insert(true);
                    *known &= same;
                }
            }
        }
        assert!(idle.len() > 100, "only {}: the reader is blind", idle.len());
        idle.retain(|_, same| *same);
        assert!(idle.is_empty(), "{idle:#?}");
    }

    #[test]
    fn plural_forms_follow_the_count() {
        assert_eq!(tr(Lang::En, text!("n-incidents", n = 1)), "1 incident");
        assert_eq!(
            tr(Lang::En, text!("n-incidents", n = "18,957")),
            "18,957 incidents"
        );
        assert_eq!(tr(Lang::Es, text!("n-incidents", n = 1)), "1 incidente");
    }
}
