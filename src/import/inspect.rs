//! A look at a file before it is imported: what the mapping assistant shows.

use super::open::{Opened, open};
use super::profiles::Candidate;
use super::report::{FileFacts, Item, Reject, RejectGroups};
use super::row::{Field, Options, Row, UnknownKinds, lon_lat};
use super::values::DayOrder;
use crate::domain::{Bounds, Record};
use crate::locale::Problem;
use std::path::Path;

/// What was found out about a file, and what the first rows hold.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// Format, encoding, profile, columns, and the column of each field that has one.
    pub facts: FileFacts,
    /// Sheets or layers to choose from; empty where the format has none.
    pub layers: Vec<String>,
    /// Whether the encoding is guessed or given: text, XML and the tables of shapefiles alone have one.
    pub has_encoding: bool,
    /// Every profile that may read the file, the best one first.
    pub candidates: Vec<Candidate>,
    /// The first rows, each as long as `facts.columns` or, where a row is ragged, not.
    pub preview: Vec<Vec<String>>,
    /// Line of the file, or number of the feature, of each of them.
    pub preview_lines: Vec<u64>,
    /// As `facts.mapping`, as fields.
    pub mapping: Vec<(Field, String)>,
    /// Fields that a row cannot do without and that no column gives.
    pub missing: Vec<Field>,
    /// Whether rows bring their places along, so that there need be no column at all.
    pub brings_shapes: bool,
    /// Whether all rows may be given a value for what no column gives.
    pub takes_values: bool,
    pub day_order: DayOrder,
    /// Whether the sample leaves open which it is.
    pub day_order_open: bool,
    /// Whether a date told which it is.
    pub day_order_told: bool,
    /// Whether longitude and latitude look as if they stood in each other's columns.
    pub swapped: Option<SwapHint>,
}

/// Why coordinates look swapped: of `rows` points, so many lie near `country` as they are, and so
/// many with the two exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwapHint {
    pub country: String,
    pub rows: usize,
    pub as_they_are: usize,
    pub exchanged: usize,
}

/// Rows shown of a file.
const PREVIEW_ROWS: usize = 20;

/// Looks at a file without reading all its rows.
///
/// # Errors
/// The file cannot be read, or something decided in `options` is not in it. A missing column is no
/// error: [`Inspection::missing`] lists it.
pub fn inspect(path: &Path, options: &Options) -> Result<Inspection, Problem> {
    let opened = Opened::new(path, options)?;
    let facts = opened.facts(path);
    let columns = &opened.table.columns;
    let records = opened.table.sample.records.iter().take(PREVIEW_ROWS);
    let preview_lines = records.clone().map(|r| r.line).collect();
    let mapping = Field::ALL
        .iter()
        .filter_map(|f| Some((*f, columns.get(opened.mapping.index(*f)?)?.clone())));
    Ok(Inspection {
        layers: (opened.format.layers)(path)?
            .into_iter()
            .map(|layer| layer.name)
            .collect(),
        has_encoding: opened.survey.is_text() || opened.table.found.is_some(),
        preview: records
            .map(|r| r.cells().map(str::to_owned).collect())
            .collect(),
        preview_lines,
        mapping: mapping.collect(),
        missing: opened.mapping.missing(&opened.table),
        brings_shapes: opened.table.has_shapes,
        takes_values: opened.profile.is_peoples_own,
        day_order: opened.mapping.day_order,
        day_order_open: opened.mapping.look.orders.leave_open(),
        day_order_told: opened.mapping.look.orders.tell(),
        swapped: swap_hint(&opened, options),
        candidates: opened.candidates,
        facts,
    })
}

/// West, south, east, north of the countries that case files are mostly of, in whole degrees.
const BOXES: [(&[&str], [f64; 4]); 9] = [
    (
        &["mexico", "mx", "mex", "méxico"],
        [-119.0, 14.0, -86.0, 33.0],
    ),
    (
        &["united states", "usa", "us", "estados unidos"],
        [-125.0, 24.0, -66.0, 50.0],
    ),
    (&["guatemala"], [-93.0, 13.0, -88.0, 18.0]),
    (&["belize", "belice"], [-90.0, 15.0, -87.0, 19.0]),
    (&["el salvador"], [-91.0, 13.0, -87.0, 15.0]),
    (&["honduras"], [-90.0, 12.0, -83.0, 18.0]),
    (&["nicaragua"], [-88.0, 10.0, -82.0, 16.0]),
    (&["costa rica"], [-88.0, 5.0, -82.0, 12.0]),
    (&["colombia"], [-82.0, -5.0, -66.0, 14.0]),
];

/// Rows that name no country are held against Mexico and the United States together.
const HERE: [f64; 4] = [-125.0, 14.0, -66.0, 50.0];

/// Counts the sample's points as they are and exchanged; a hint only where most of them fall into
/// their country exchanged, and more than as they are.
fn swap_hint(opened: &Opened, options: &Options) -> Option<SwapHint> {
    if options.swap {
        return None;
    }
    let inside = |[west, south, east, north]: [f64; 4], lon: f64, lat: f64| {
        (west..=east).contains(&lon) && (south..=north).contains(&lat)
    };
    let (mut rows, mut as_they_are, mut exchanged) = (0, 0, 0);
    let mut country = "";
    for record in &opened.table.sample.records {
        let row = Row::new(record, &opened.table.columns, &opened.mapping);
        let Ok((lon, lat)) = lon_lat(&row) else {
            continue;
        };
        let named = row.get(Field::Country);
        let folded = named.to_lowercase();
        let found = BOXES
            .iter()
            .find(|(names, _)| names.contains(&folded.as_str()));
        let bounds = match found {
            Some((_, bounds)) => *bounds,
            None if named.is_empty() => HERE,
            None => continue,
        };
        if country.is_empty() {
            country = named;
        }
        rows += 1;
        as_they_are += usize::from(inside(bounds, lon, lat));
        exchanged += usize::from(inside(bounds, lat, lon));
    }
    (exchanged > as_they_are && exchanged * 2 > rows).then(|| SwapHint {
        country: match country {
            "" => "Mexico".to_owned(),
            named => named.to_owned(),
        },
        rows,
        as_they_are,
        exchanged,
    })
}

/// What an import of the whole file would give.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    pub rows_read: u64,
    pub kept: u64,
    pub rejected: u64,
    /// The rows rejected, by column and cause.
    pub groups: RejectGroups,
    /// The first [`EXAMPLES`] rejects.
    pub examples: Vec<Reject>,
    /// Around the points of the incidents kept.
    pub bounds: Option<Bounds>,
    pub notes: Vec<Problem>,
    /// Words for what happened that no table knows.
    pub unknown_kinds: UnknownKinds,
}

/// Rejects carried in a [`Trial`].
pub const EXAMPLES: usize = 100;

/// Reads the whole file and keeps nothing. `go_on` gets the bytes read and what came of them so
/// far now and then, and ends it with `false`; then the answer is `None`.
///
/// # Errors
/// As [`open`], or the file breaks off.
pub fn try_out(
    path: &Path,
    options: &Options,
    go_on: &mut dyn FnMut(u64, &Trial) -> bool,
) -> Result<Option<Trial>, Problem> {
    let mut reader = open(path, options)?;
    let mut trial = Trial::default();
    while let Some(item) = reader.next() {
        trial.rows_read += 1;
        match item? {
            Item::Reject(reject) => {
                trial.rejected += 1;
                trial.groups.add(&reject);
                if trial.examples.len() < EXAMPLES {
                    trial.examples.push(reject);
                }
            }
            Item::Row(Record::Incident(incident)) => {
                trial.kept += 1;
                let (lon, lat) = (incident.position.lon, incident.position.lat);
                let b = trial.bounds.get_or_insert(Bounds {
                    west: lon,
                    south: lat,
                    east: lon,
                    north: lat,
                });
                (b.west, b.east) = (b.west.min(lon), b.east.max(lon));
                (b.south, b.north) = (b.south.min(lat), b.north.max(lat));
            }
            Item::Row(_) => trial.kept += 1,
        }
        if trial.rows_read % 512 == 0 && !go_on(reader.bytes_read(), &trial) {
            return Ok(None);
        }
    }
    trial.notes.clone_from(&reader.facts().notes);
    trial.unknown_kinds.clone_from(reader.unknown_kinds());
    Ok(Some(trial))
}
