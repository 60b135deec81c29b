//! The command line: one file a subcommand. Arguments are parsed here and resolved against the
//! case by the commands.

mod area_args;
mod changes;
mod check;
mod count;
mod demo;
mod duplicates;
mod filter_args;
mod import;
mod list;
mod output;
mod reading_args;
mod rejects;
mod snapshot;
mod undo;

pub use filter_args::FilterArgs;
pub(crate) use output::remark;
pub use output::{Format, complain};

use crate::locale::{Lang, Problem, visible};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};
use std::path::PathBuf;

/// Maps security incidents with their uncertainty. Without a command it opens the window.
#[derive(Parser, Debug)]
#[command(name = "atalaya", version, about)]
pub struct Args {
    /// The case to open in the window; without one, the Nuevo Laredo case
    #[arg(value_name = "CASE.gpkg")]
    pub case: Option<PathBuf>,
    /// Files to import into it: the window asks how they are to be read
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Language of the program: en or es [default: that of the system]
    #[arg(long, global = true, value_parser = parse_lang)]
    pub lang: Option<Lang>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Args {
    /// From the command line; what makes no sense there ends the program with a word of usage.
    #[must_use]
    pub fn from_command_line() -> Args {
        let args = Args::try_parse().unwrap_or_else(|error| leave(&in_signs(error)));
        // Left to clap, this rule would also forbid `atalaya --lang es count …`.
        if args.case.is_some() && args.command.is_some() {
            let text = "the case to open in the window cannot be given together with a command";
            leave(&Args::command().error(ErrorKind::ArgumentConflict, text));
        }
        args
    }
}

/// The same error about what was typed made visible: names of files that somebody else gave are in it.
fn in_signs(error: clap::Error) -> clap::Error {
    let typed = std::env::args_os();
    let shown = typed.map(|word| visible(&word.to_string_lossy()).into_owned());
    Args::try_parse_from(shown).err().unwrap_or(error)
}

/// Ends the program with a word of usage, or with the help that was asked for.
fn leave(error: &clap::Error) -> ! {
    if error.use_stderr() {
        remark(&error.render().to_string());
    } else {
        // A pipe that is closed has read enough of it.
        let _ = error.print();
    }
    std::process::exit(error.exit_code());
}

/// Every subcommand. To add one: a file beside this one, a line here and one in [`run`].
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Make the Nuevo Laredo case, coded by hand from public reporting
    Demo(demo::DemoArgs),
    /// Load files of incidents or territory estimates into a case, which is made if missing
    Import(Box<import::ImportArgs>),
    /// Count incidents and deaths, linked ones once, all or by day, week, month, year, kind, actor, state or dataset
    Count(count::CountArgs),
    /// List incidents with the file and line each comes from; of linked ones the one that stands
    List(list::ListArgs),
    /// Propose incidents of different datasets that may be the same event; link or dismiss them
    Duplicates(duplicates::DuplicatesArgs),
    /// Draw a finished map: title, legend, scale, period, sources
    Snapshot(snapshot::SnapshotArgs),
    /// List what deliveries added, revised (field by field) and retired
    Changes(changes::ChangesArgs),
    /// Write the rows that could not be used as a table, to be mended and imported again
    Rejects(rejects::RejectsArgs),
    /// Take an import back: what it added goes, what it changed is as it was
    Undo(undo::UndoArgs),
    /// Look whether the case is sound and every row accounted for
    Check(check::CheckArgs),
}

/// Runs a subcommand.
pub fn run(command: Command, lang: Lang) -> Result<(), Problem> {
    match command {
        Command::Demo(args) => demo::run(&args, lang),
        Command::Import(args) => import::run(&args, lang),
        Command::Count(args) => count::run(&args, lang),
        Command::List(args) => list::run(&args, lang),
        Command::Duplicates(args) => duplicates::run(&args, lang),
        Command::Snapshot(args) => snapshot::run(&args, lang),
        Command::Changes(args) => changes::run(&args, lang),
        Command::Rejects(args) => rejects::run(&args, lang),
        Command::Undo(args) => undo::run(&args, lang),
        Command::Check(args) => check::run(&args, lang),
    }
}

pub use snapshot::draw_fallback;

fn parse_lang(text: &str) -> Result<Lang, String> {
    Lang::ALL
        .into_iter()
        .find(|l| l.code() == text)
        .ok_or_else(|| "en or es".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_well_formed() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_language_may_stand_on_either_side_of_the_command() {
        for words in [
            ["atalaya", "--lang", "es", "check", "a.gpkg"],
            ["atalaya", "check", "a.gpkg", "--lang", "es"],
        ] {
            assert_eq!(
                Args::try_parse_from(words).unwrap().lang,
                Some(Lang::Es),
                "{words:?}"
            );
        }
        let window = Args::try_parse_from(["atalaya", "--lang", "es", "a.gpkg"]).unwrap();
        assert!(window.command.is_none() && window.case.is_some());
    }

    #[test]
    fn every_command_and_option_is_explained() {
        for command in Args::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
            for arg in command.get_arguments() {
                assert!(
                    arg.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    arg.get_id()
                );
            }
        }
    }
}
