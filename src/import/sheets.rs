//! Which sheets of a workbook are read: the first that has what a row cannot do without, and with it
//! all of the same columns. A cover sheet is passed over, and what is not read is named.

use super::profiles;
use super::text::Survey;
use crate::import::formats::{Format, Layout, Sample, Sheet, Table, joined};
use crate::import::row::{Field, Mapping, Options};
use crate::import::values::normal;
use crate::locale::Problem;
use std::path::Path;

/// Sheets that are looked into.
const MOST_SHEETS: usize = 200;

pub struct Sheets {
    pub table: Table,
    /// Sheets or layers that are read, where there are several.
    pub read: Vec<String>,
    /// Those with rows in them that are not.
    pub unread: Vec<String>,
}

/// A sheet that was looked into; its rows are opened again when their turn comes.
struct Seen {
    name: String,
    columns: Vec<String>,
    sample: Sample,
    /// The column of each field; `None` where a row could not do with what there is.
    fields: Option<Vec<(Field, String)>>,
}

/// Opens a file, with the sheets that belong together where the user has not chosen one.
///
/// # Errors
/// As [`Format::open`], or all that could be read is an aggregate.
pub fn open(
    path: &Path,
    survey: &Survey,
    format: &'static Format,
    layout: &Layout,
    options: &Options,
) -> Result<Sheets, Problem> {
    let layers = (format.layers)(path)?;
    let hidden: Vec<String> = layers
        .iter()
        .filter(|layer| layer.is_hidden)
        .map(|layer| layer.name.clone())
        .collect();
    let names: Vec<String> = layers.into_iter().map(|layer| layer.name).collect();
    if names.len() < 2 || layout.layer.is_some() || !format.takes_header {
        return one(path, survey, format, layout, names);
    }
    let open = {
        let (path, survey, layout) = (path.to_owned(), survey.clone(), layout.clone());
        move |name: &str| {
            let of_sheet = Layout {
                layer: Some(name.to_owned()),
                ..layout.clone()
            };
            (format.open)(&path, &survey, &of_sheet)
        }
    };
    let (seen, mut unread, refused) = look_into(path, &names, options, &open);
    let is_main = |s: &&Seen| s.fields.is_some();
    let main = seen
        .iter()
        .filter(is_main)
        .min_by_key(|s| hidden.contains(&s.name));
    let Some(main) = main else {
        if let Some(problem) = refused {
            return Err(problem);
        }
        return one(path, survey, format, layout, names);
    };
    let (columns, fields) = (
        main.columns.clone(),
        main.fields.clone().unwrap_or_default(),
    );
    let of_main = main.name.clone();
    let (mut read, mut sheets) = (Vec::new(), Vec::new());
    for sheet in seen {
        // A hidden sheet of the same columns is a copy that somebody kept.
        let is_candidate = sheet.name == of_main || !hidden.contains(&sheet.name);
        match sheet.order(&columns, &fields).filter(|_| is_candidate) {
            Some(order) => {
                read.push(sheet.name.clone());
                sheets.push(Sheet {
                    name: sheet.name,
                    order,
                    sample: sheet.sample,
                });
            }
            None => unread.push(sheet.name),
        }
    }
    Ok(Sheets {
        table: joined(sheets, Box::new(open))?,
        read,
        unread,
    })
}

/// Sheets that were looked into, names of those that cannot be read, and the first refusal of a table.
type Looked = (Vec<Seen>, Vec<String>, Option<Problem>);

fn look_into(
    path: &Path,
    names: &[String],
    options: &Options,
    open: impl Fn(&str) -> Result<Table, Problem>,
) -> Looked {
    let (mut seen, mut unread, mut refused) = (Vec::new(), Vec::new(), None);
    for (i, name) in names.iter().enumerate() {
        if i >= MOST_SHEETS {
            unread.push(name.clone());
            continue;
        }
        match open(name) {
            Ok(table) => {
                let fields = fields(path, &table, options);
                let fields = fields.unwrap_or_else(|problem| {
                    refused.get_or_insert(problem);
                    None
                });
                seen.push(Seen {
                    name: name.clone(),
                    columns: table.columns,
                    sample: table.sample,
                    fields,
                });
            }
            // Without rows, or without the line that the user names, there is nothing to be read.
            Err(problem)
                if ["problem-sheet-empty", "problem-header-line"].contains(&problem.key) => {}
            Err(_) => unread.push(name.clone()),
        }
    }
    (seen, unread, refused)
}

/// The sheet or layer that the user or the format chooses; the others are named.
fn one(
    path: &Path,
    survey: &Survey,
    format: &Format,
    layout: &Layout,
    mut names: Vec<String>,
) -> Result<Sheets, Problem> {
    let table = (format.open)(path, survey, layout)?;
    let read: Vec<String> = table.layer.iter().cloned().collect();
    names.retain(|name| !read.contains(name));
    Ok(Sheets {
        read: if names.is_empty() { Vec::new() } else { read },
        table,
        unread: names,
    })
}

/// The column of each field of a sheet, where it has all that its rows cannot do without.
///
/// # Errors
/// It is an aggregate.
fn fields(
    path: &Path,
    table: &Table,
    options: &Options,
) -> Result<Option<Vec<(Field, String)>>, Problem> {
    let profile = profiles::choose(path, options.profile.as_deref(), &table.columns)?;
    let mapping = Mapping::new(path, &profile.reads(), table, options);
    Ok(mapping
        .ok()
        .filter(|m| m.missing(table).is_empty())
        .map(|mapping| {
            let column =
                |field: &Field| Some((*field, table.columns.get(mapping.index(*field)?)?.clone()));
            Field::ALL.iter().filter_map(column).collect()
        }))
}

impl Seen {
    /// Where each of the main sheet's columns stands in this one, by its name or by the field that both
    /// give; `None` where the two are different tables. They are of one where this one gives all fields of
    /// the main one, and most names are the same.
    fn order(&self, columns: &[String], fields: &[(Field, String)]) -> Option<Vec<Option<usize>>> {
        let own = self.fields.as_ref()?;
        if !fields
            .iter()
            .all(|(field, _)| own.iter().any(|(f, _)| f == field))
        {
            return None;
        }
        let names: Vec<String> = self.columns.iter().map(|c| normal(c)).collect();
        let by_name = |column: &String| names.iter().position(|name| *name == normal(column));
        let shared = columns.iter().filter(|c| by_name(c).is_some()).count();
        if shared * 5 < columns.len().max(self.columns.len()) * 3 {
            return None;
        }
        let by_field = |column: &String| {
            let (field, _) = fields.iter().find(|(_, c)| c == column)?;
            let (_, of_sheet) = own.iter().find(|(f, _)| f == field)?;
            self.columns.iter().position(|c| c == of_sheet)
        };
        Some(
            columns
                .iter()
                .map(|column| by_name(column).or_else(|| by_field(column)))
                .collect(),
        )
    }
}
