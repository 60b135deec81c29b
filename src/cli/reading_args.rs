//! How files are to be read: the flags of `atalaya import`, and the template they stand above.

use super::output::told_json;
use crate::import::{DayOrder, Field, Inspection, Options, kind_named, kinds_of, profiles};
use crate::locale::{Lang, Problem, number, tr};
use crate::session::{Template, save_template, template_named, templates_folder};
use std::path::{Path, PathBuf};

#[derive(clap::Args, Debug)]
pub struct ReadingArgs {
    /// Read files as a template says, by its name or as a .json file; other options here win over it
    #[arg(long, value_name = "NAME")]
    template: Option<String>,
    /// Keep how the first file is read as a template, for this command and for the window
    #[arg(long, value_name = "NAME")]
    save_template: Option<String>,
    /// Whose columns the files have [default: whose they look like]
    #[arg(long, value_parser = profile_ids())]
    profile: Option<String>,
    /// The dataset the rows belong to; loading a row of the same id again updates it
    #[arg(long, value_name = "NAME")]
    dataset: Option<String>,
    /// Read a field from a column, such as start=Fecha; may be given more than once
    #[arg(long, value_name = "FIELD=COLUMN")]
    map: Vec<String>,
    /// Give all rows one value for a field that no column gives, such as date=2025-02-03; may be
    /// given more than once
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// Read a field from no column, though one is named like it; may be given more than once
    #[arg(long, value_name = "FIELD")]
    no_field: Vec<String>,
    /// Take a word of the file for a kind, such as "Ponchallantas=blockade"; may be given more than once
    #[arg(long, value_name = "WORD=KIND")]
    kind_of: Vec<String>,
    /// A table of such words: word, kind and note between tabs, laid out as those in assets/kinds
    #[arg(long, value_name = "FILE")]
    kinds: Option<PathBuf>,
    /// Which sheet of a spreadsheet or layer of a geographic file [default: all sheets of a workbook with the same columns]
    #[arg(long, visible_alias = "layer", value_name = "NAME")]
    sheet: Option<String>,
    /// Line with the names of the columns; 0 where there is none
    #[arg(long, value_name = "LINE")]
    header: Option<u64>,
    /// Such as utf-8, windows-1252 or macintosh [default: found out]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// What stands between cells: one character, or tab
    #[arg(long, value_name = "CHARACTER")]
    delimiter: Option<String>,
    /// How dates such as 3/2/2025 are read [default: found out]
    #[arg(long, value_parser = ["day-first", "month-first"])]
    day_order: Option<String>,
    /// Whether a spreadsheet has exchanged day and month of its real dates, where the other half of the dates
    /// is text [default: you are told]
    #[arg(long, value_parser = ["yes", "no"])]
    half_converted: Option<String>,
    /// Exchange longitude and latitude
    #[arg(long)]
    swap: bool,
    /// Locate rows without coordinates by the names of their places
    #[arg(long)]
    gazetteer: bool,
    /// Zone of clock times that name none: such as America/Tijuana, or place for that of the place
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// How the publisher of the rows wants to be named
    #[arg(long, value_name = "TEXT")]
    attribution: Option<String>,
    /// The licence of the rows
    #[arg(long, value_name = "TEXT")]
    licence: Option<String>,
}

/// What the flags and the template come to.
pub(super) struct Reading {
    pub options: Options,
    pub dataset: Option<String>,
    save_as: Option<String>,
    /// The table of words that was read.
    kinds: Option<PathBuf>,
}

impl ReadingArgs {
    /// # Errors
    /// There is no such template or field, or a flag makes no sense.
    pub(super) fn resolve(&self) -> Result<Reading, Problem> {
        let template = match &self.template {
            Some(name) => template_named(&templates_folder(), name)?,
            None => Template::default(),
        };
        let mut options = template.options;
        match self.profile.as_deref() {
            None => {}
            Some("auto") => options.profile = None,
            Some(id) => options.profile = Some(id.to_owned()),
        }
        for (field, column) in self
            .map
            .iter()
            .map(|m| parse_map(m))
            .collect::<Result<Vec<_>, _>>()?
        {
            options.map.retain(|(f, _)| *f != field);
            options.unmap.retain(|f| *f != field);
            options.set.retain(|(f, _)| *f != field);
            options.map.push((field, column));
        }
        for code in &self.no_field {
            let field = Field::from_code(code.trim()).ok_or_else(|| unknown_field(code))?;
            options.map.retain(|(f, _)| *f != field);
            options.set.retain(|(f, _)| *f != field);
            options.unmap.push(field);
        }
        // What is named on the line wins over the table, and both over the template.
        let mut kinds = match &self.kinds {
            Some(path) => kinds_of(path)?,
            None => Vec::new(),
        };
        for text in &self.kind_of {
            let (word, kind) = text
                .rsplit_once('=')
                .filter(|(word, _)| !word.trim().is_empty())
                .ok_or_else(|| Problem::new(text!("problem-kind-of", value = text)))?;
            kinds.push((word.trim().to_owned(), kind_named(kind)?));
        }
        for (word, kind) in kinds {
            options.kinds.retain(|(w, _)| *w != word);
            options.kinds.push((word, kind));
        }
        self.give(&mut options)?;
        let given = |flag: &Option<String>, kept: &mut Option<String>| {
            if flag.is_some() {
                kept.clone_from(flag);
            }
        };
        given(&self.sheet, &mut options.layer);
        given(&self.encoding, &mut options.encoding);
        given(&self.zone, &mut options.zone);
        given(&self.attribution, &mut options.attribution);
        given(&self.licence, &mut options.licence);
        options.header = self.header.or(options.header);
        options.swap |= self.swap;
        options.gazetteer |= self.gazetteer;
        if let Some(text) = &self.delimiter {
            options.delimiter = Some(parse_delimiter(text)?);
        }
        match self.day_order.as_deref() {
            None => {}
            Some("day-first") => options.day_order = Some(DayOrder::DayFirst),
            Some(_) => options.day_order = Some(DayOrder::MonthFirst),
        }
        if let Some(answer) = &self.half_converted {
            options.half_converted = Some(answer == "yes");
        }
        Ok(Reading {
            options,
            dataset: self.dataset.clone().or(template.dataset),
            save_as: self.save_template.clone(),
            kinds: self.kinds.clone(),
        })
    }

    /// The values for all rows. One wins over the column that a template names, but a column that is
    /// named beside it makes no sense.
    fn give(&self, options: &mut Options) -> Result<(), Problem> {
        for text in &self.set {
            let (field, value) = parse_set(text)?;
            let named = |map: &String| parse_map(map).is_ok_and(|(f, _)| f == field);
            if let Some(map) = self.map.iter().find(|map| named(map)) {
                return Err(Problem::new(text!(
                    "problem-set-mapped",
                    set = text,
                    map = map
                )));
            }
            options.map.retain(|(f, _)| *f != field);
            options.set.retain(|(f, _)| *f != field);
            options.set.push((field, value));
        }
        Ok(())
    }
}

impl Reading {
    /// Keeps all this under the name asked for, if any; `seen` is the first file by it, and `inputs` are
    /// the files that the command works with.
    pub(super) fn save(
        &self,
        inputs: &[&Path],
        seen: impl FnOnce() -> Result<Inspection, Problem>,
    ) -> Result<(), Problem> {
        let Some(name) = &self.save_as else {
            return Ok(());
        };
        let template = Template::of(name, &seen()?, &self.options, self.dataset.clone())?;
        let inputs: Vec<&Path> = inputs
            .iter()
            .copied()
            .chain(self.kinds.as_deref())
            .collect();
        save_template(&templates_folder(), &template, &inputs).map(drop)
    }
}

/// `auto` and every profile there is.
fn profile_ids() -> clap::builder::PossibleValuesParser {
    std::iter::once("auto")
        .chain(profiles().iter().map(|p| p.id))
        .collect::<Vec<_>>()
        .into()
}

fn unknown_field(text: &str) -> Problem {
    let known: Vec<&str> = Field::ALL.iter().map(|f| f.code()).collect();
    Problem::new(text!(
        "problem-map-argument",
        value = text,
        known = known.join(", ")
    ))
}

fn parse_map(text: &str) -> Result<(Field, String), Problem> {
    let bad = || unknown_field(text);
    let (field, column) = text.split_once('=').ok_or_else(bad)?;
    let field = Field::from_code(field.trim()).ok_or_else(bad)?;
    Ok((field, column.trim().to_owned()))
}

fn parse_set(text: &str) -> Result<(Field, String), Problem> {
    let parsed = parse_map(text).ok().filter(|(_, value)| !value.is_empty());
    parsed.ok_or_else(|| {
        let fields = Field::ALL.iter().filter(|f| f.may_be_set());
        let known: Vec<&str> = fields.map(|f| f.code()).collect();
        Problem::new(text!(
            "problem-set-argument",
            value = text,
            known = known.join(", ")
        ))
    })
}

fn parse_delimiter(text: &str) -> Result<char, Problem> {
    let mut letters = text.chars();
    match (text, letters.next(), letters.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        (_, Some(one), None) => Ok(one),
        _ => Err(Problem::new(text!("problem-delimiter"))),
    }
}

/// How a file would be read, for people: whose it is, how it is cut, and each field with its column.
pub(super) fn reading_text(seen: &Inspection, lang: Lang) -> String {
    let mut text = String::new();
    let facts = &seen.facts;
    let candidate = seen.candidates.iter().find(|c| c.id == facts.profile);
    if let Some(candidate) = candidate {
        let score = number(u64::from(candidate.score));
        let reason = candidate.reason.message(lang);
        let read = text!(
            "cli-reading",
            file = facts.file_name,
            profile = facts.profile,
            score = score,
            reason = reason
        );
        text += &format!("{}\n", tr(lang, read));
    }
    let none = "–".to_owned();
    let delimiter = facts.delimiter.map_or(none.clone(), |c| match c {
        '\t' => "tab".to_owned(),
        c => c.to_string(),
    });
    let line = match facts.header_line {
        0 => none.clone(),
        line => number(line),
    };
    let encoding = if seen.has_encoding {
        &facts.encoding
    } else {
        &none
    };
    let mut lines = vec![text!(
        "cli-reading-file",
        format = facts.format,
        encoding = encoding,
        delimiter = delimiter,
        layer = facts.layer.as_ref().unwrap_or(&none),
        line = line
    )];
    let columns = facts.mapping.iter();
    lines.extend(columns.map(|(field, column)| {
        text!("cli-reading-field", field = field.as_str(), column = column)
    }));
    let given = facts.given.iter();
    lines.extend(
        given.map(|(field, value)| {
            text!("cli-reading-given", field = field.as_str(), value = value)
        }),
    );
    let extra = extra_columns(seen);
    if !extra.is_empty() {
        lines.push(text!("cli-reading-extra", columns = extra.join(", ")));
    }
    let order = match seen.day_order {
        DayOrder::DayFirst => text!("cli-reading-day-first"),
        DayOrder::MonthFirst => text!("cli-reading-month-first"),
    };
    lines.push(order.into());
    for line in lines {
        text += &format!("  {}\n", tr(lang, line));
    }
    text
}

/// The same for programs.
pub(super) fn reading_json(seen: &Inspection, lang: Lang) -> serde_json::Value {
    let facts = &seen.facts;
    let mapping: serde_json::Map<String, serde_json::Value> = facts
        .mapping
        .iter()
        .map(|(field, column)| (field.clone(), column.as_str().into()))
        .collect();
    let given: serde_json::Map<String, serde_json::Value> = facts
        .given
        .iter()
        .map(|(field, value)| (field.clone(), value.as_str().into()))
        .collect();
    let candidate = seen.candidates.iter().find(|c| c.id == facts.profile);
    serde_json::json!({
        "format": facts.format,
        "encoding": seen.has_encoding.then_some(&facts.encoding),
        "delimiter": facts.delimiter,
        "sheet": facts.layer,
        "sheets": facts.sheets,
        "sheets_not_read": facts.sheets_unread,
        "other_dates": facts.other_dates,
        "header": facts.header_line,
        "profile": facts.profile,
        "score": candidate.map(|c| c.score),
        "reason": candidate.map(|c| told_json(&c.reason, lang)),
        "columns": facts.columns,
        "mapping": mapping,
        "extra": extra_columns(seen),
        "given": given,
        "day_order": seen.day_order,
        "day_order_open": seen.day_order_open,
    })
}

/// Columns that no field is read from.
fn extra_columns(seen: &Inspection) -> Vec<&str> {
    let taken = |name: &&String| seen.facts.mapping.iter().any(|(_, c)| c == *name);
    let columns = seen.facts.columns.iter();
    columns
        .filter(|name| !taken(name))
        .map(String::as_str)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_one_character_or_a_tab() {
        assert_eq!(parse_delimiter(";").unwrap(), ';');
        assert_eq!(parse_delimiter("tab").unwrap(), '\t');
        assert_eq!(parse_delimiter("¦").unwrap(), '¦');
        for bad in ["", ";;", "comma"] {
            assert_eq!(parse_delimiter(bad).unwrap_err().key, "problem-delimiter");
        }
    }
}
