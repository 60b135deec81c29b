//! The table of incidents: which columns it shows in which order, and its rows as text.

use crate::domain::filter::PATH;
use crate::domain::when::date_of;
use crate::index::{Columns, Row, RowActor};
use crate::jobs::Progress;
use crate::locale::{Lang, Problem, formula, tr};
use crate::query::Field;
use crate::store::{Case, TableTexts};
use serde::{Deserialize, Serialize};

/// How the table is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableSpec {
    pub open: bool,
    /// From left to right; never empty.
    pub columns: Vec<Field>,
    pub sort: Field,
    pub descending: bool,
}

impl Default for TableSpec {
    fn default() -> TableSpec {
        TableSpec {
            open: false,
            columns: vec![
                Field::Date,
                Field::Kind,
                Field::Title,
                Field::Place,
                Field::State,
                Field::SideA,
                Field::SideB,
                Field::Deaths,
                Field::Precision,
                Field::Grade,
                Field::Dataset,
            ],
            sort: Field::Date,
            descending: false,
        }
    }
}

impl TableSpec {
    /// Put right where a file says what cannot be: a column twice, none at all, an order that rows
    /// cannot be put in.
    #[must_use]
    pub fn sound(mut self) -> TableSpec {
        let mut known = Vec::new();
        self.columns.retain(|f| {
            let is_new = !known.contains(f);
            known.push(*f);
            is_new
        });
        let usual = TableSpec::default();
        if self.columns.is_empty() {
            self.columns = usual.columns;
        }
        if !self.sort.is_sortable() {
            self.sort = usual.sort;
        }
        self
    }

    /// With a column shown or not, in the order of [`Field::ALL`] or where it stands; the last one
    /// stays.
    pub fn toggle(&mut self, field: Field) {
        match self.columns.iter().position(|f| *f == field) {
            Some(at) if self.columns.len() > 1 => {
                self.columns.remove(at);
            }
            Some(_) => {}
            None => {
                let at = self.columns.iter().position(|f| *f > field);
                self.columns.insert(at.unwrap_or(self.columns.len()), field);
            }
        }
    }

    /// Sorted by `field`; the other way round where it is sorted by it.
    pub fn sort_by(&mut self, field: Field) {
        self.descending = if self.sort == field {
            !self.descending
        } else {
            // Of deaths the most are looked for first.
            field == Field::Deaths
        };
        self.sort = field;
    }
}

/// Country, state or municipality of a row (level 0, 1, 2), empty where not given.
#[must_use]
pub fn admin_level(columns: &Columns, row: Row, level: usize) -> &str {
    let path = columns.admins.get(columns.admin[row as usize]);
    path.split(PATH).nth(level).unwrap_or_default()
}

/// The actors of a row on one side, joined by `; `.
#[must_use]
pub fn side(columns: &Columns, row: Row, on_side: fn(RowActor) -> bool) -> String {
    let actors = columns.actors_of(row).iter().filter(|a| on_side(**a));
    let names: Vec<&str> = actors.map(|a| columns.actors.get(a.actor())).collect();
    names.join("; ")
}

/// What rows are written from.
pub struct Texts<'a> {
    pub case: &'a Case,
    pub columns: &'a Columns,
    pub lang: Lang,
}

/// `rows` as tab-separated text with a line of names first, to be pasted into a spreadsheet: ISO
/// dates (`start/end` where it is an interval), numbers without grouping, deaths as low, best and
/// high. `None` where it was cancelled.
pub fn tsv(
    texts: &Texts,
    rows: &[Row],
    fields: &[Field],
    progress: &Progress,
) -> Result<Option<String>, Problem> {
    let mut out = String::new();
    let mut line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| spreadsheet_safe(cell)).collect();
        out.push_str(&cells.join("\t"));
        out.push('\n');
    };
    line(fields.iter().flat_map(|f| heads(texts.lang, *f)).collect());
    for (n, row) in rows.iter().enumerate() {
        if n % 256 == 0 {
            progress.set(n as u64, rows.len() as u64);
            progress.set_rows(n as u64);
            if progress.is_cancelled() {
                return Ok(None);
            }
        }
        let id = texts.columns.id[*row as usize];
        let text = texts.case.table_texts(&[id])?.pop().unwrap_or_default();
        line(
            fields
                .iter()
                .flat_map(|f| cells(texts, *row, &text, *f))
                .collect(),
        );
    }
    Ok(Some(out))
}

fn heads(lang: Lang, field: Field) -> Vec<String> {
    match field {
        Field::Deaths => [
            text!("table-deaths-low"),
            text!("table-deaths-best"),
            text!("table-deaths-high"),
        ]
        .map(|key| tr(lang, key))
        .into(),
        field => vec![tr(lang, text!("table-col-" + field.code()))],
    }
}

fn cells(texts: &Texts, row: Row, text: &TableTexts, field: Field) -> Vec<String> {
    let (c, i) = (texts.columns, row as usize);
    let one = match field {
        Field::Date if c.start_day[i] == c.end_day[i] => date_of(c.start_day[i]).to_string(),
        Field::Date => format!("{}/{}", date_of(c.start_day[i]), date_of(c.end_day[i])),
        Field::Kind => tr(texts.lang, text!("kind-" + c.kind[i].code())),
        Field::Title => text.title_in(texts.lang.is_spanish()).to_owned(),
        Field::Place => c.places.get(c.place[i]).to_owned(),
        Field::Country => admin_level(c, row, 0).to_owned(),
        Field::State => admin_level(c, row, 1).to_owned(),
        Field::Municipality => admin_level(c, row, 2).to_owned(),
        Field::SideA => side(c, row, RowActor::on_a),
        Field::SideB => side(c, row, RowActor::on_b),
        Field::Deaths => {
            let d = c.deaths(row);
            let plain = |n: Option<u32>| n.map_or_else(String::new, |n| n.to_string());
            return [d.low, d.best, d.high].map(plain).into();
        }
        Field::Precision => tr(texts.lang, text!("place-" + c.place_precision[i].code())),
        Field::Grade => format!("{}{}", c.reliability[i].code(), c.credibility[i].code()),
        Field::Dataset => c.datasets.get(c.dataset[i]).to_owned(),
        Field::Id => text.external_id.clone(),
        Field::File => text.file_name.clone(),
        Field::Line => text.line.to_string(),
    };
    vec![one]
}

/// One cell for a spreadsheet: no tab and no line end in it, and no formula.
fn spreadsheet_safe(cell: &str) -> String {
    formula::escape(&cell.replace(['\t', '\n', '\r'], " ")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_come_and_go_in_their_order_and_one_stays() {
        let mut spec = TableSpec {
            columns: vec![Field::Deaths, Field::Date],
            ..TableSpec::default()
        };
        spec.toggle(Field::Title);
        assert_eq!(spec.columns, [Field::Title, Field::Deaths, Field::Date]);
        for field in [Field::Title, Field::Deaths, Field::Date] {
            spec.toggle(field);
        }
        assert_eq!(spec.columns, [Field::Date]);
    }

    #[test]
    fn a_file_cannot_ask_for_a_table_that_is_none() {
        let json = r#"{"columns":["date","date"],"sort":"title"}"#;
        let read = serde_json::from_str::<TableSpec>(json).unwrap().sound();
        assert_eq!((read.columns, read.sort), (vec![Field::Date], Field::Date));
        let read = serde_json::from_str::<TableSpec>(r#"{"columns":[]}"#)
            .unwrap()
            .sound();
        assert_eq!(read, TableSpec::default());
    }

    #[test]
    fn deaths_are_sorted_from_the_most() {
        let mut spec = TableSpec::default();
        spec.sort_by(Field::Deaths);
        assert!(spec.descending);
        spec.sort_by(Field::Deaths);
        assert!(!spec.descending);
        spec.sort_by(Field::Kind);
        assert_eq!((spec.sort, spec.descending), (Field::Kind, false));
    }

    #[test]
    fn a_cell_is_one_line_and_no_formula() {
        assert_eq!(spreadsheet_safe("a\tb\r\nc"), "a b  c");
        assert_eq!(spreadsheet_safe("=1+1"), "'=1+1");
        assert_eq!(spreadsheet_safe("\t=1"), " =1");
    }
}
