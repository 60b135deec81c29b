//! `atalaya undo`

use super::output::{done, say, told_of};
use crate::locale::{Lang, Problem, date, number, tr};
use crate::store::{Case, ImportInfo};
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct UndoArgs {
    /// The case that the import went into
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    /// The import by its number, as check lists them [default: the last one]
    #[arg(long, value_name = "N")]
    import: Option<i64>,
    /// Do it; without this, only what would happen is told
    #[arg(long)]
    yes: bool,
}

pub(super) fn run(args: &UndoArgs, lang: Lang) -> Result<(), Problem> {
    if !args.yes {
        let case = Case::open_read_only(&args.case)?;
        told_of(&case, lang);
        let import = case.undoable(args.import)?;
        return say(&format!("{}\n", foretold(&import, lang)));
    }
    let mut case = Case::open_for_writing(&args.case)?;
    told_of(&case, lang);
    let import = case.undoable(args.import)?;
    let undone = case.undo_import(import.id)?;
    let n = [undone.removed, undone.restored, undone.rejects].map(number);
    let said = tr(
        lang,
        text!(
            "cli-undone",
            id = import.id,
            file = import.file_name,
            removed = n[0],
            restored = n[1],
            rejects = n[2]
        ),
    );
    done(say(&format!("{said}\n")), &args.case, lang);
    Ok(())
}

fn foretold(import: &ImportInfo, lang: Lang) -> String {
    let day = import.imported_at.get(..10).unwrap_or_default();
    let day = day
        .parse()
        .map_or_else(|_| day.to_owned(), |d| date(lang, d));
    tr(
        lang,
        text!(
            "cli-undo-would",
            id = import.id,
            file = import.file_name,
            dataset = import.dataset,
            date = day,
            removed = number(import.added),
            restored = number(import.updated + import.retired),
            rejects = number(import.rejected)
        ),
    )
}
