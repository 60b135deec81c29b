//! The filter flags, the same for every command that takes a filter: those of the parts, and what was
//! given for them.

use super::area_args;
use super::output::told_of;
use crate::domain::Filter;
use crate::index::{Columns, Wanted};
use crate::jobs::Progress;
use crate::locale::{Lang, Problem};
use crate::query::{Flag, Given, Part, Takes};
use crate::session::{Asked, Loaded};
use crate::store::Case;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, value_parser};
use jiff::civil::Date;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

#[derive(Debug, Default, Clone)]
pub struct FilterArgs(Given);

fn flags() -> impl Iterator<Item = &'static Flag> {
    Part::ALL.iter().flat_map(|part| part.declared().flags)
}

impl Args for FilterArgs {
    fn augment_args(command: Command) -> Command {
        let mut flags: Vec<&Flag> = flags().collect();
        flags.sort_by_key(|flag| flag.place);
        let args = flags.into_iter().map(|flag| {
            let arg = Arg::new(flag.name).long(flag.name).help(flag.help);
            let arg = match flag.requires {
                Some(other) => arg.requires(other),
                None => arg,
            };
            let many = |arg: Arg| arg.action(ArgAction::Append);
            match flag.takes {
                Takes::Nothing => arg.action(ArgAction::SetTrue),
                Takes::One(value) => arg.value_name(value),
                Takes::Signed(value) => arg.value_name(value).allow_hyphen_values(true),
                Takes::Number(value) => arg.value_name(value).value_parser(value_parser!(u32)),
                Takes::Many(value) => many(arg.value_name(value)),
                Takes::Listed(value) => many(arg.value_name(value).value_delimiter(',')),
                Takes::File(value) => arg.value_name(value).value_parser(value_parser!(PathBuf)),
            }
        });
        command.next_help_heading("Filter").args(args)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FilterArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<FilterArgs, clap::Error> {
        let mut given = Given::default();
        for flag in flags() {
            let is_switch = matches!(flag.takes, Takes::Nothing);
            if !is_switch && let Some(values) = matches.get_raw(flag.name) {
                given.insert(flag.name, values.map(OsStr::to_owned).collect());
            } else if is_switch && matches.get_flag(flag.name) {
                given.insert(flag.name, Vec::new());
            }
        }
        Ok(FilterArgs(given))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = FilterArgs::from_arg_matches(matches)?;
        Ok(())
    }
}

impl FilterArgs {
    /// The filter they ask for; names are looked up in the case, so that a misspelt one is an
    /// error and not an empty answer.
    pub fn resolve(&self, case: &Case, columns: &Columns, lang: Lang) -> Result<Filter, Problem> {
        let mut filter = Filter::default();
        for part in Part::ALL {
            (part.declared().read)(&self.0, columns, &mut filter)?;
        }
        if let Some(found) = area_args::elsewhere(&self.0, case, lang)? {
            (filter.area, filter.area_name) = (Some(found.area), found.name);
        }
        Ok(filter)
    }

    /// The case as it is asked for: as it was known on a day, or all of it.
    pub fn open(&self, case: &Path, lang: Lang) -> Result<Loaded, Problem> {
        let loaded = Loaded::open_known_on(case, self.day_known()?, &Progress::default())?;
        let loaded = loaded
            .ok_or_else(|| Problem::new(text!("problem-cancelled", file = case.display())))?;
        told_of(&loaded.case, lang);
        Ok(loaded)
    }

    /// The same with no more columns than the flags and `wanted` need.
    pub fn open_wanted(&self, case: &Path, wanted: Wanted, lang: Lang) -> Result<Loaded, Problem> {
        let loaded = Loaded::open_wanted(case, self.day_known()?, wanted.and(self.wanted()))?;
        told_of(&loaded.case, lang);
        Ok(loaded)
    }

    /// The same, to be asked once.
    pub fn ask(&self, case: &Path, wanted: Wanted, lang: Lang) -> Result<Asked, Problem> {
        let asked = Asked::open(case, self.day_known()?, wanted.and(self.wanted()))?;
        told_of(&asked.case, lang);
        Ok(asked)
    }

    /// The columns that the flags need.
    fn wanted(&self) -> Wanted {
        let parts = Part::ALL.iter().map(|part| part.declared());
        let given = parts.filter(|part| part.flags.iter().any(|flag| self.0.has(flag.name)));
        given.fold(Wanted::LEAST, |wanted, part| wanted.and(part.needs))
    }

    /// What was typed for a flag.
    pub fn typed(&self, flag: &str) -> Option<&str> {
        self.0.one(flag)
    }

    /// The file that a route is read from.
    pub fn route(&self) -> Option<&Path> {
        self.0.file("route").map(Path::new)
    }

    fn day_known(&self) -> Result<Option<Date>, Problem> {
        let mut filter = Filter::default();
        (Part::Known.declared().read)(&self.0, &Columns::default(), &mut filter)?;
        Ok(filter.known_on)
    }
}
