//! Words that stand for a member of a coded list, in English and Spanish.

use crate::domain::filter::fold;
use crate::domain::{ActorType, PlacePrecision, TimePrecision};
use crate::locale::{Lang, Text, tr};
use std::collections::HashMap;
use std::sync::LazyLock;

/// A column name as it is compared: lower case, without accents, and letters and digits only.
#[must_use]
pub fn normal(name: &str) -> String {
    // Labels of a million rows come through here, nearly all of them plain ASCII.
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    match name.is_ascii() {
        true => letters.map(|c| c.to_ascii_lowercase()).collect(),
        false => fold(&letters.collect::<String>()),
    }
}

/// Members of a coded list by their codes, their names in both languages and further words.
pub type Words<T> = HashMap<String, T>;

pub fn words<T: Copy>(
    all: &[T],
    code: fn(T) -> &'static str,
    name: fn(T) -> Text,
    more: &[(&str, T)],
) -> Words<T> {
    let mut words = HashMap::new();
    for item in all {
        words.insert(normal(code(*item)), *item);
        for lang in Lang::ALL {
            words.insert(normal(&tr(lang, name(*item))), *item);
        }
    }
    words.extend(more.iter().map(|(word, item)| (normal(word), *item)));
    words
}

pub fn actor_type(word: &str) -> Option<ActorType> {
    use ActorType::*;
    static WORDS: LazyLock<Words<ActorType>> = LazyLock::new(|| {
        let more = [
            ("cartel", CartelOrGang),
            ("gang", CartelOrGang),
            ("crimen organizado", CartelOrGang),
            ("army", Military),
            ("ejército", Military),
            ("marina", Military),
            ("militares", Military),
            ("militar", Military),
            ("soldados", Military),
            ("armed forces", Military),
            ("policías", Police),
            ("guardia nacional", Military),
            ("banda criminal", CartelOrGang),
            ("grupo criminal", CartelOrGang),
            ("delincuencia organizada", CartelOrGang),
            ("civil", Civilians),
            ("población civil", Civilians),
            ("policía", Police),
            ("gobierno", Government),
            ("autodefensas", ArmedCivilians),
            ("civiles", Civilians),
            ("desconocido", Unknown),
        ];
        words(
            ActorType::ALL,
            ActorType::code,
            |w| text!("actor-" + w.code()),
            &more,
        )
    });
    WORDS.get(&normal(word)).copied()
}

pub fn place_precision(word: &str) -> Option<PlacePrecision> {
    use PlacePrecision::*;
    static WORDS: LazyLock<Words<PlacePrecision>> = LazyLock::new(|| {
        let more = [
            ("exacto", Exact),
            ("exacta", Exact),
            ("cerca", Near),
            ("cercano", Near),
            ("aproximado", Near),
            ("approximate", Near),
            ("municipio", Municipality),
            ("estado", State),
            ("país", Country),
        ];
        words(
            PlacePrecision::ALL,
            PlacePrecision::code,
            |w| text!("place-" + w.code()),
            &more,
        )
    });
    WORDS.get(&normal(word)).copied()
}

pub fn time_precision(word: &str) -> Option<TimePrecision> {
    use TimePrecision::*;
    static WORDS: LazyLock<Words<TimePrecision>> = LazyLock::new(|| {
        let more = [
            ("minuto", Minute),
            ("hora", Hour),
            ("día", Day),
            ("semana", Week),
            ("mes", Month),
            ("año", Year),
        ];
        words(
            TimePrecision::ALL,
            TimePrecision::code,
            |w| text!("time-" + w.code()),
            &more,
        )
    });
    WORDS.get(&normal(word)).copied()
}

#[cfg(test)]
mod tests {
    use super::super::kinds::kind;
    use super::*;
    use crate::domain::Kind;

    #[test]
    fn labels_in_both_languages() {
        assert_eq!(kind("Gun battle"), Some(Kind::GunBattle));
        assert_eq!(kind("gun_battle"), Some(Kind::GunBattle));
        assert_eq!(kind("DETENCION"), Some(Kind::Arrest));
        assert_eq!(kind("something else"), None);
        assert_eq!(actor_type("Policía"), Some(ActorType::Police));
        assert_eq!(
            place_precision("Municipio"),
            Some(PlacePrecision::Municipality)
        );
        assert_eq!(time_precision("mes"), Some(TimePrecision::Month));
    }
}
