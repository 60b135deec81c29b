//! How good source and information are to be, by the Admiralty code. What cannot be judged (F, 6)
//! passes only where it is asked for.

use crate::domain::{Credibility, Filter, Grade, Reliability};
use crate::index::{Columns, Traits, Wanted};
use crate::locale::{Lang, Problem, tr, tr_args};
use crate::query::control::{Choice, Control, Panel, Scale};
use crate::query::flags::{Flag, Takes};
use crate::query::part::{FilterPart, HasOptions, Options, Shared, Test, Verdict};
use crate::query::wording::{Words, chip};

/// An option is a reliability and a credibility.
const CREDIBILITIES: usize = Credibility::ALL.len();

pub const PART: FilterPart = FilterPart {
    needs: Wanted::GRADE,
    verdict: Some(Verdict {
        same: |a, b| asked(a.filter) == asked(b.filter),
        test: |_, ask| {
            let (reliability, credibility) = asked(ask.filter);
            let is_asked = reliability.is_some() || credibility.is_some();
            let reliability = reliability.unwrap_or(Reliability::F);
            let credibility = credibility.unwrap_or(Credibility::Six);
            is_asked.then(|| -> Test {
                Box::new(move |c, marks| {
                    let of_source = c.reliability[marks.rows()].iter();
                    let grades = of_source.zip(&c.credibility[marks.rows()]);
                    marks.set(grades.map(|(r, k)| (*r <= reliability) & (*k <= credibility)));
                })
            })
        },
    }),
    options: Some(Options::of::<Grade>().shared(Shared::Traits, |bits| {
        let traits = Traits::of(bits as u16);
        Some(traits.reliability * CREDIBILITIES + traits.credibility)
    })),
    is_set: |f| asked(f) != (None, None),
    clear: |f| (f.reliability, f.credibility) = (None, None),
    chips: |w| {
        let code = |key, code: Option<&str>| code.map(|c| w.tr_args(key, &[("code", c)]));
        let source = code(
            text!("chip-reliability"; code),
            w.filter.reliability.map(Reliability::code),
        );
        let said = code(
            text!("chip-credibility"; code),
            w.filter.credibility.map(Credibility::code),
        );
        let both: Vec<String> = source.into_iter().chain(said).collect();
        let label = (!both.is_empty()).then(|| both.join(" · "));
        chip(label, |f| (f.reliability, f.credibility) = (None, None))
    },
    sentences,
    panel: Some(
        Panel::new(
            text!("filter-grade"),
            Control::Choice(Choice {
                scales: &SCALES,
                switch: None,
            }),
        )
        .folded(),
    ),
    flags: &[Flag::new(
        30,
        "grade",
        Takes::One("GRADE"),
        "Grade at least: B for the source, 2 for the information, B2 for both",
    )],
    read: |given, _, f| {
        let grade = given.one("grade").map(parse).transpose()?;
        (f.reliability, f.credibility) = grade.unwrap_or_default();
        Ok(())
    },
};

const SCALES: [Scale; 2] = [
    Scale {
        title: Some(text!("filter-reliability")),
        any: text!("filter-grade-any"),
        steps: &[0, 1, 2, 3, 4],
        name: |lang, step| {
            let code = Reliability::ALL[step].code();
            step_name(lang, step, code, &tr(lang, text!("reliability-" + code)))
        },
        step: |option| option / CREDIBILITIES,
        get: |f| {
            f.reliability
                .filter(|r| *r != Reliability::F)
                .map(|r| r as usize)
        },
        set: |f, step| f.reliability = step.map(|step| Reliability::ALL[step]),
    },
    Scale {
        title: Some(text!("filter-credibility")),
        any: text!("filter-grade-any"),
        steps: &[0, 1, 2, 3, 4],
        name: |lang, step| {
            let code = Credibility::ALL[step].code();
            step_name(lang, step, code, &tr(lang, text!("credibility-" + code)))
        },
        step: |option| option % CREDIBILITIES,
        get: |f| {
            f.credibility
                .filter(|c| *c != Credibility::Six)
                .map(|c| c as usize)
        },
        set: |f, step| f.credibility = step.map(|step| Credibility::ALL[step]),
    },
];

fn step_name(lang: Lang, step: usize, code: &str, words: &str) -> String {
    let key = match step {
        0 => text!("filter-grade-best"; code, words),
        _ => text!("filter-grade-at-least"; code, words),
    };
    tr_args(lang, key, &[("code", code), ("words", words)])
}

impl HasOptions for Grade {
    fn len(_: &Columns) -> usize {
        Reliability::ALL.len() * CREDIBILITIES
    }

    fn each(c: &Columns, row: usize, mut put: impl FnMut(usize)) {
        put(c.reliability[row] as usize * CREDIBILITIES + c.credibility[row] as usize);
    }
}

type Asked = (Option<Reliability>, Option<Credibility>);

fn asked(f: &Filter) -> Asked {
    (f.reliability, f.credibility)
}

fn sentences(w: &Words) -> Vec<String> {
    let say = |key, (code, words): (&str, String)| w.say(key, &format!("{code} ({words})"));
    let of_source = w
        .filter
        .reliability
        .map(|r| (r.code(), w.tr(text!("reliability-" + r.code()))));
    let of_information = w
        .filter
        .credibility
        .map(|c| (c.code(), w.tr(text!("credibility-" + c.code()))));
    let of_source = of_source.map(|grade| say(text!("page-method-reliability"; value), grade));
    let of_information =
        of_information.map(|grade| say(text!("page-method-credibility"; value), grade));
    of_source.into_iter().chain(of_information).collect()
}

/// `B`, `2` or `B2`.
fn parse(text: &str) -> Result<Asked, Problem> {
    let upper = text.trim().to_ascii_uppercase();
    let both = Grade::parse(&upper).map(|g| (Some(g.reliability), Some(g.credibility)));
    let source = || Reliability::from_code(&upper).map(|r| (Some(r), None));
    let information = || Credibility::from_code(&upper).map(|c| (None, Some(c)));
    both.or_else(source)
        .or_else(information)
        .ok_or_else(|| Problem::new(text!("problem-grade-argument", value = text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_may_be_half_of_one() {
        let grade = |t: &str| {
            let (r, c) = parse(t).unwrap();
            (r.map(Reliability::code), c.map(Credibility::code))
        };
        assert_eq!(grade("B2"), (Some("B"), Some("2")));
        assert_eq!(grade("b"), (Some("B"), None));
        assert_eq!(grade("3"), (None, Some("3")));
        for bad in ["", "G", "7", "2B", "B22"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
