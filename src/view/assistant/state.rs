//! What the assistant knows of a file and what is decided about it.

use super::fields::field_name;
use crate::import::{Field, Inspection, Options, Trial, UnknownKinds};
use crate::locale::{Lang, Problem, Text, tr, tr_args};
use crate::session::{Fit, Template};
use jiff::civil::Date;
use std::path::PathBuf;

/// One file in the assistant.
#[derive(Default)]
pub struct State {
    pub path: PathBuf,
    /// Its place among the files chosen, from 1, and how many they are.
    pub at: usize,
    pub of: usize,
    /// What is decided; licence and attribution stand in fields of their own while they are typed.
    pub options: Options,
    /// Typed; empty is what the file or its profile says.
    pub dataset: String,
    pub licence: String,
    pub attribution: String,
    pub template_name: String,
    /// Typed: the day on which the file was received; empty is today.
    pub received: String,
    /// The file holds its whole dataset: what it lacks is retired.
    pub full: bool,
    /// The file is being looked at with other options than `seen` is of.
    pub looking: bool,
    pub seen: Option<Inspection>,
    /// Why the last look ended without an answer.
    pub problem: Option<Problem>,
    pub tried: Tried,
    /// The dataset of the case that has rows of the file already.
    pub fit: Option<Fit>,
    /// Of the last trial that came to its end.
    pub unknown_kinds: UnknownKinds,
    /// The template in use, and one that fits and is not.
    pub applied: Option<String>,
    pub offered: Option<Template>,
    /// The name under which all this was saved last.
    pub saved: Option<String>,
    /// What is wrong with files in the folder of templates.
    pub damaged: Vec<Problem>,
    /// Files after this one that have the same columns are not shown.
    pub same: bool,
    /// The dates left the order of day and month open when the file was first seen.
    pub asks_order: bool,
    /// The field whose value for all rows is to be typed next.
    pub wants: Option<Field>,
}

impl State {
    /// Nothing is decided, as when the file was first seen.
    pub fn forget(&mut self) {
        self.options = Options::default();
        let typed = [&mut self.dataset, &mut self.licence, &mut self.attribution];
        typed.into_iter().for_each(String::clear);
        self.received.clear();
    }

    /// The day on which the file was received, `None` for today; what was typed where it is no day.
    pub fn received_on(&self) -> Result<Option<Date>, &str> {
        match self.received.trim() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| text),
        }
    }

    /// A file without dates opens with a line for one that all rows get; where nothing else could
    /// give it, that is where typing begins.
    pub fn wait_for_date(&mut self, seen: &Inspection) {
        let is_given = self.options.set.iter().any(|(f, _)| *f == Field::Start);
        if seen.takes_values && seen.missing.contains(&Field::Start) && !is_given {
            self.options.set.push((Field::Start, String::new()));
            self.wants = (seen.brings_shapes && seen.missing.len() == 1).then_some(Field::Start);
        }
    }
}

/// What reading all rows has given so far.
#[derive(Default)]
pub enum Tried {
    #[default]
    Nothing,
    Running {
        kept: u64,
        rejected: u64,
    },
    Done(Trial),
    Failed(Problem),
}

/// What the assistant asks the program for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Import,
    /// Go on to the next file without this one.
    Skip,
    Cancel,
    /// Keep what is decided under the name typed.
    Save,
    /// Take the template that is offered.
    UseOffered,
    /// Back to what is found out without the template.
    DropTemplate,
}

/// In what it is said.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub lang: Lang,
}

impl Look {
    pub fn tr(&self, key: impl Into<Text>) -> String {
        tr(self.lang, key)
    }

    pub fn tr_args(&self, key: impl Into<Text>, args: &[(&'static str, &str)]) -> String {
        tr_args(self.lang, key, args)
    }
}

impl State {
    /// Why the file cannot be imported yet, in words for people.
    #[must_use]
    pub fn hindrance(&self, lang: Lang) -> Option<String> {
        if let Some(problem) = &self.problem {
            return Some(problem.message(lang));
        }
        let Some(seen) = self.seen.as_ref().filter(|_| !self.looking) else {
            return Some(tr(lang, text!("assistant-looking")));
        };
        if !seen.missing.is_empty() {
            let names = seen.missing.iter().map(|f| field_name(lang, *f));
            let names: Vec<String> = names.collect();
            let has = |field: Field| seen.mapping.iter().any(|(f, _)| *f == field);
            let by_name =
                !seen.missing.contains(&Field::Start) && (has(Field::Place) || has(Field::Admin2));
            // What comes with its places and nothing else has no column to choose.
            let by_value = seen.brings_shapes && seen.missing == [Field::Start];
            let key = match (by_value && seen.takes_values, by_name) {
                (true, _) => text!("assistant-missing-or-give"; fields),
                (false, true) => text!("assistant-missing-or-locate"; fields),
                (false, false) => text!("assistant-missing"; fields),
            };
            return Some(tr_args(lang, key, &[("fields", &names.join(", "))]));
        }
        if !seen.facts.readings.is_empty() && self.options.encoding.is_none() {
            return Some(tr(lang, text!("assistant-encoding-open")));
        }
        if self.asks_order && self.options.day_order.is_none() {
            return Some(tr(lang, text!("assistant-order-open")));
        }
        if seen.facts.half_converted.is_some() && self.options.half_converted.is_none() {
            return Some(tr(lang, text!("assistant-half-open")));
        }
        if let Err(text) = self.received_on() {
            return Some(tr(lang, text!("assistant-received-wrong", text = text)));
        }
        match &self.tried {
            Tried::Failed(problem) => Some(problem.message(lang)),
            Tried::Done(trial) if trial.kept == 0 && trial.rows_read > 0 => {
                Some(tr(lang, text!("assistant-nothing-kept")))
            }
            _ => None,
        }
    }

    pub(super) fn file_name(&self) -> String {
        let name = self.path.file_name();
        name.map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}
