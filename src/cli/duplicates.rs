//! `atalaya duplicates`

use super::filter_args::FilterArgs;
use super::output::{Cell, Format, Table, done, told_of};
use crate::domain::when::date_of;
use crate::index::Row;
use crate::jobs::Progress;
use crate::locale::{Lang, Problem, tr};
use crate::query::{Judged, Near, Pair};
use crate::session::Loaded;
use crate::session::duplicates::{Decided, propose, reason_words};
use crate::store::{Case, Verdict};
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub struct DuplicatesArgs {
    /// The case to look in
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    /// Kilometres between the two, at most 100
    #[arg(long, default_value_t = Near::default().km)]
    km: f64,
    /// Days between the two, at most 60
    #[arg(long, default_value_t = Near::default().days)]
    days: i32,
    #[command(flatten)]
    filter: FilterArgs,
    /// Show pairs that were linked or dismissed as well, with what was decided
    #[arg(long)]
    all: bool,
    /// At most so many, best first
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Say that two incidents are one event, as DATASET:ID=DATASET:ID: from now on they count once.
    /// May be given more than once; nothing is looked for then
    #[arg(long, value_name = "A=B")]
    link: Vec<String>,
    /// Say that two incidents are not one event: they are not proposed again
    #[arg(long, value_name = "A=B")]
    dismiss: Vec<String>,
    /// Take back what was said of two incidents
    #[arg(long, value_name = "A=B")]
    unlink: Vec<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &DuplicatesArgs, lang: Lang) -> Result<(), Problem> {
    let asked = [
        (&args.link, Some(Verdict::Linked)),
        (&args.dismiss, Some(Verdict::Dismissed)),
        (&args.unlink, None),
    ];
    if asked.iter().all(|(pairs, _)| pairs.is_empty()) {
        return list(args, lang);
    }
    if let Some(day) = args.filter.typed("known-on") {
        return Err(Problem::new(text!(
            "problem-known-on",
            file = args.case.display(),
            date = day
        )));
    }
    let case = Case::open_for_writing(&args.case)?;
    told_of(&case, lang);
    let mut said = Vec::new();
    // All are looked up before the first is written.
    for (pairs, verdict) in asked {
        for text in pairs {
            said.push((text, pair_of(&case, text)?, verdict));
        }
    }
    let mut rows = Vec::new();
    for (text, (a, b), verdict) in said {
        case.set_link(a, b, verdict)?;
        rows.push(vec![Cell::text(text), verdict_cell(verdict, lang)]);
    }
    let keys = ["pair", "verdict"].map(|key| (key, tr(lang, text!("cli-col-" + key))));
    let keys = keys.into();
    let told = Table { keys, rows }.print(args.format);
    done(told, &args.case, lang);
    Ok(())
}

/// The primary keys of `DATASET:ID=DATASET:ID`. Ids may hold any character, so each `=` is tried.
fn pair_of(case: &Case, text: &str) -> Result<(i64, i64), Problem> {
    let datasets = case.datasets()?;
    let id_of = |text: &str| -> Result<Option<i64>, Problem> {
        for dataset in &datasets {
            let id = text.strip_prefix(dataset.name.as_str());
            if let Some(id) = id.and_then(|rest| rest.strip_prefix(':'))
                && let Some(found) = case.incident_id(&dataset.name, id)?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    };
    for (at, _) in text.match_indices('=') {
        if let (Some(a), Some(b)) = (id_of(&text[..at])?, id_of(&text[at + 1..])?)
            && a != b
        {
            return Ok((a, b));
        }
    }
    let known: Vec<&str> = datasets.iter().map(|d| d.name.as_str()).collect();
    Err(Problem::new(text!(
        "problem-no-such-pair",
        value = text,
        known = known.join(", ")
    )))
}

fn verdict_cell(verdict: Option<Verdict>, lang: Lang) -> Cell {
    Cell::text(tr(
        lang,
        match verdict {
            Some(Verdict::Linked) => text!("duplicates-linked"),
            Some(Verdict::Dismissed) => text!("duplicates-dismissed"),
            None => text!("duplicates-undecided"),
        },
    ))
}

const COLUMNS: [&str; 17] = [
    "score",
    "distance_m",
    "days_apart",
    "a_dataset",
    "a_id",
    "a_start",
    "a_title",
    "a_place",
    "a_deaths",
    "b_dataset",
    "b_id",
    "b_start",
    "b_title",
    "b_place",
    "b_deaths",
    "reasons",
    "verdict",
];
/// Those a terminal has room for.
const IN_TABLE: [&str; 8] = [
    "score",
    "a_dataset",
    "a_id",
    "a_start",
    "b_dataset",
    "b_id",
    "b_start",
    "reasons",
];

fn list(args: &DuplicatesArgs, lang: Lang) -> Result<(), Problem> {
    let loaded = args.filter.open(&args.case, lang)?;
    let filter = args.filter.resolve(&loaded.case, &loaded.columns, lang)?;
    let found = loaded.found(&filter.text)?;
    let ask = crate::query::Ask {
        filter: &filter,
        found: found.as_ref(),
        links: None,
    };
    // Linked rows too: what stands aside may have another partner.
    let among = Judged::new(&loaded.columns, ask).rows_with_aside();
    let near = Near {
        km: args.km,
        days: args.days,
    };
    let decided = Decided::of_case(&loaded);
    let left_out = (!args.all).then_some(&decided);
    let pairs = propose(
        &loaded.columns,
        &among,
        near,
        left_out,
        &Progress::default(),
    );
    let shown = |key: &&str| match args.format {
        Format::Table => IN_TABLE.contains(key) || (args.all && *key == "verdict"),
        _ => true,
    };
    let kept: Vec<usize> = (0..COLUMNS.len()).filter(|i| shown(&COLUMNS[*i])).collect();
    let pairs = pairs.unwrap_or_default();
    let pairs = pairs.iter().take(args.limit.unwrap_or(usize::MAX));
    let rows = pairs.map(|pair| {
        let all = cells(&loaded, pair, decided.of(pair.a, pair.b), lang);
        kept.iter().map(|i| all[*i].clone()).collect()
    });
    let table = Table {
        rows: rows.collect(),
        keys: kept
            .iter()
            .map(|i| (COLUMNS[*i], tr(lang, text!("cli-col-" + COLUMNS[*i]))))
            .collect(),
    };
    table.print(args.format)
}

/// In the order of [`COLUMNS`].
fn cells(loaded: &Loaded, pair: &Pair, verdict: Option<Verdict>, lang: Lang) -> Vec<Cell> {
    let c = &loaded.columns;
    let side = |row: Row| {
        let i = row as usize;
        let text = loaded.text(row);
        [
            Cell::text(c.datasets.get(c.dataset[i])),
            Cell::text(&text.external_id),
            Cell::text(date_of(c.start_day[i]).to_string()),
            Cell::text(text.title_in(lang.is_spanish())),
            Cell::text(c.places.get(c.place[i])),
            Cell::known(c.deaths(row).best),
        ]
    };
    let mut cells = vec![
        Cell::count(u64::from(pair.score)),
        Cell::Number(pair.reasons.distance_m.round()),
        Cell::Number(f64::from(pair.reasons.days_apart)),
    ];
    cells.extend(side(pair.a));
    cells.extend(side(pair.b));
    cells.push(Cell::text(reason_words(lang, c, pair).join("; ")));
    cells.push(verdict_cell(verdict, lang));
    cells
}
