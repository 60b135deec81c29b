//! How files of one kind are read, kept by name in the user's data folder: what was settled once,
//! in the window or on the command line, is offered for the next such file.

use super::demo::data_folder;
use crate::files::{self, Existing};
use crate::import::{Inspection, Options};
use crate::locale::Problem;
use serde::{Deserialize, Serialize};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Larger files, and files beyond so many, are no templates of ours.
const MOST_BYTES: u64 = 1024 * 1024;
const MOST_FILES: usize = 500;
/// Letters of a name.
const LONGEST_NAME: usize = 80;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    pub name: String,
    /// The columns of the file it was made with.
    pub columns: Vec<String>,
    pub options: Options,
    /// The dataset rows go to; `None` leaves it to the name of each file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dataset: Option<String>,
}

/// What is in the folder: sound templates by name, and what is wrong with the others.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    pub all: Vec<Template>,
    pub damaged: Vec<Problem>,
}

impl Template {
    /// What was decided about a file, with what was found out about it where that may turn out
    /// differently another day: whose rows they are, and in people's own files every column. The day
    /// that all rows were given is left out: it is to be given anew.
    ///
    /// # Errors
    /// The name cannot be that of a file everywhere.
    pub fn of(
        name: &str,
        seen: &Inspection,
        decided: &Options,
        dataset: Option<String>,
    ) -> Result<Template, Problem> {
        let mut options = decided.clone();
        options.profile = Some(seen.facts.profile.to_owned());
        options.set.retain(|(field, _)| !field.is_of_one_file());
        // The next file may be sound.
        options.half_converted = None;
        // Found from the dates: another delivery may have none that tells.
        if seen.day_order_told {
            options.day_order.get_or_insert(seen.day_order);
        }
        if seen.facts.profile == crate::import::OWN {
            options.map.clone_from(&seen.mapping);
        }
        Ok(Template {
            name: sound_name(name)?,
            columns: seen.facts.columns.clone(),
            options,
            dataset,
        })
    }

    /// How many of its columns a file has; `None` where one is missing that a field is read from,
    /// or more than half of them.
    fn overlap(&self, columns: &[String]) -> Option<usize> {
        let has = |name: &String| columns.contains(name);
        let shared = self.columns.iter().filter(|c| has(c)).count();
        let sound = self.options.map.iter().all(|(_, column)| has(column));
        (sound && shared > 0 && shared * 2 >= self.columns.len()).then_some(shared)
    }

    /// Whether a file has these columns and no others.
    #[must_use]
    pub fn is_made_for(&self, columns: &[String]) -> bool {
        self.columns == columns
    }
}

impl Templates {
    /// The one that fits a file of these columns best.
    #[must_use]
    pub fn fitting(&self, columns: &[String]) -> Option<&Template> {
        let fitting = self
            .all
            .iter()
            .filter_map(|t| Some((t.is_made_for(columns), t.overlap(columns)?, t)));
        fitting
            .max_by_key(|(exact, overlap, _)| (*exact, *overlap))
            .map(|(_, _, template)| template)
    }
}

/// Where templates are kept: `ATALAYA_TEMPLATES`, else in the user's data folder.
#[must_use]
pub fn templates_folder() -> PathBuf {
    let set = std::env::var_os("ATALAYA_TEMPLATES").filter(|v| !v.is_empty());
    set.map_or_else(|| data_folder().join("templates"), PathBuf::from)
}

/// All templates of a folder, by name. A folder that is not there has none.
#[must_use]
pub fn templates_in(folder: &Path) -> Templates {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .take(MOST_FILES)
        .collect();
    paths.sort();
    let mut found = Templates::default();
    for path in paths {
        match read(&path) {
            Ok(template) => found.all.push(template),
            Err(problem) => found.damaged.push(problem),
        }
    }
    found
}

/// The template of this name, or in this file where it ends in `.json`.
///
/// # Errors
/// There is none, or it is damaged.
pub fn template_named(folder: &Path, name: &str) -> Result<Template, Problem> {
    if name.ends_with(".json") {
        return read(Path::new(name));
    }
    let path = path_of(folder, &sound_name(name)?);
    if path.exists() {
        return read(&path);
    }
    let all = templates_in(folder).all;
    let known: Vec<&str> = all.iter().map(|t| t.name.as_str()).collect();
    let known = if known.is_empty() {
        "–".to_owned()
    } else {
        known.join(", ")
    };
    Err(Problem::new(text!(
        "problem-template-missing",
        file = folder.display(),
        name = name,
        known = known
    )))
}

/// Keeps a template under its name, in place of one that has it. `inputs` are the files that it was made
/// with.
///
/// # Errors
/// The folder cannot be written to, or a file of that name is an input.
pub fn save_template(
    folder: &Path,
    template: &Template,
    inputs: &[&Path],
) -> Result<PathBuf, Problem> {
    let path = path_of(folder, &sound_name(&template.name)?);
    std::fs::create_dir_all(folder).map_err(|e| Problem::unwritten(folder, &e))?;
    let json = serde_json::to_vec_pretty(template)
        .map_err(|e| Problem::new(text!("problem-unwritten", file = path.display(), cause = e)))?;
    files::write(&path, &json, Existing::Replaced, inputs)?;
    Ok(path)
}

fn path_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.json"))
}

/// A name that is one of a file on every system and leads nowhere else.
fn sound_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    let taken = |c: char| c.is_alphanumeric() || " -_.()".contains(c);
    let sound = !name.is_empty()
        && !name.starts_with('.')
        && !name.ends_with(".json")
        && name.chars().count() <= LONGEST_NAME
        && name.chars().all(taken);
    if sound {
        Ok(name.to_owned())
    } else {
        Err(Problem::new(text!("problem-template-name", name = name)))
    }
}

fn read(path: &Path) -> Result<Template, Problem> {
    let file = std::fs::File::open(path).map_err(|e| Problem::io(path, &e))?;
    let mut json = String::new();
    let damaged = |cause: String| {
        Problem::new(text!(
            "problem-template-damaged",
            file = path.display(),
            cause = cause
        ))
    };
    file.take(MOST_BYTES)
        .read_to_string(&mut json)
        .map_err(|e| damaged(e.to_string()))?;
    serde_json::from_str(&json).map_err(|e| damaged(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{DayOrder, Field};

    fn template(name: &str, columns: &[&str], map: &[(Field, &str)]) -> Template {
        Template {
            name: name.to_owned(),
            columns: columns.iter().map(|c| (*c).to_owned()).collect(),
            options: Options {
                map: map.iter().map(|(f, c)| (*f, (*c).to_owned())).collect(),
                ..Options::default()
            },
            dataset: None,
        }
    }

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn what_is_saved_is_read_again_and_replaced_under_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("not there yet");
        assert!(templates_in(&folder).all.is_empty());
        let mut kept = template("Boletín (mensual)", &["Día", "X"], &[(Field::Start, "Día")]);
        kept.options.day_order = Some(DayOrder::MonthFirst);
        kept.options.delimiter = Some(';');
        save_template(&folder, &kept, &[]).unwrap();
        assert_eq!(template_named(&folder, "Boletín (mensual)").unwrap(), kept);
        kept.dataset = Some("boletin".to_owned());
        let path = save_template(&folder, &kept, &[]).unwrap();
        assert_eq!(templates_in(&folder).all, [kept.clone()]);
        assert_eq!(
            template_named(&folder, path.to_str().unwrap()).unwrap(),
            kept
        );
    }

    #[test]
    fn the_order_of_day_and_month_that_dates_told_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let of = |dates: &str| {
            let file = folder.path().join("f.csv");
            std::fs::write(&file, format!("fecha,lat,lon\n{dates},27.5,-99.5\n")).unwrap();
            let seen = crate::import::inspect(&file, &Options::default()).unwrap();
            let made = Template::of("t", &seen, &Options::default(), None).unwrap();
            made.options.day_order
        };
        assert_eq!(of("2/25/2025"), Some(DayOrder::MonthFirst));
        assert_eq!(of("25/2/2025"), Some(DayOrder::DayFirst));
        // What no date tells is not kept: another file may tell.
        assert_eq!((of("2/3/2025"), of("2025-02-03")), (None, None));
    }

    #[test]
    fn the_day_of_one_file_is_not_that_of_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("f.csv");
        std::fs::write(&file, "lat,lon\n27.5,-99.5\n").unwrap();
        let set = |field: Field, value: &str| (field, value.to_owned());
        let decided = Options {
            set: vec![
                set(Field::Start, "2025-02-03"),
                set(Field::End, "2025-02-04"),
                set(Field::Time, "10:30"),
                set(Field::SourceDate, "2025-02-05"),
                set(Field::Kind, "arrest"),
            ],
            ..Options::default()
        };
        let seen = crate::import::inspect(&file, &decided).unwrap();
        let made = Template::of("t", &seen, &decided, None).unwrap();
        assert_eq!(made.options.set, [set(Field::Kind, "arrest")]);
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "",
            "..",
            "../a",
            "a/b",
            "a\\b",
            ".hidden",
            "C:x",
            "a\0",
            &"n".repeat(81),
        ] {
            let problem = save_template(folder.path(), &template(name, &[], &[]), &[]).unwrap_err();
            assert_eq!(problem.key, "problem-template-name", "{name:?}");
        }
        assert!(templates_in(folder.path()).all.is_empty());
        let problem = template_named(folder.path(), "nobody").unwrap_err();
        assert_eq!(problem.key, "problem-template-missing");
    }

    #[test]
    fn a_damaged_one_is_told_and_the_others_serve() {
        let folder = tempfile::tempdir().unwrap();
        save_template(folder.path(), &template("sound", &["a"], &[]), &[]).unwrap();
        std::fs::write(folder.path().join("cut.json"), "{\"name\": \"cut\", ").unwrap();
        std::fs::write(folder.path().join("other.json"), "[]").unwrap();
        let unknown = r#"{"name": "u", "columns": [], "options": {"map": [["nothing", "a"]]}}"#;
        std::fs::write(folder.path().join("unknown.json"), unknown).unwrap();
        let found = templates_in(folder.path());
        assert_eq!(found.all.len(), 1);
        assert_eq!(found.damaged.len(), 3);
        assert!(
            found
                .damaged
                .iter()
                .all(|p| p.key == "problem-template-damaged")
        );
    }

    #[test]
    fn one_fits_by_the_columns_it_reads_and_the_exact_one_first() {
        let all = Templates {
            all: vec![
                template("wide", &["f", "x", "y", "n", "m"], &[(Field::Start, "f")]),
                template("exact", &["f", "x", "y"], &[(Field::Start, "f")]),
                template("other", &["f", "x", "y", "d"], &[(Field::Start, "d")]),
            ],
            damaged: Vec::new(),
        };
        let name = |names: &[&str]| all.fitting(&columns(names)).map(|t| t.name.as_str());
        assert_eq!(name(&["f", "x", "y"]), Some("exact"));
        assert_eq!(name(&["f", "x", "y", "n"]), Some("wide"));
        assert_eq!(name(&["d", "f", "x", "y"]), Some("other"));
        // Of what it reads nothing is there, or too little of the rest.
        assert_eq!(name(&["x", "y", "n", "m"]), None);
        assert_eq!(name(&["f"]), None);
    }
}
