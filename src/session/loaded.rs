//! An open case with its columns: what panels and commands read from.

use crate::domain::{Bounds, Kind, PlacePrecision, TerritoryEstimate};
use crate::index::Columns;
use crate::jobs::Progress;
use crate::locale::Problem;
use crate::scene::Camera;
use crate::store::{Case, DatasetInfo, ImportInfo};
use std::collections::HashMap;
use std::path::Path;

/// Everything read at open; replaced as a whole when the case changes.
pub struct Loaded {
    pub case: Case,
    pub columns: Columns,
    pub territories: Vec<TerritoryEstimate>,
    pub datasets: Vec<DatasetInfo>,
    pub imports: Vec<ImportInfo>,
    /// Incidents of the whole case by `Kind as usize`.
    pub kinds: [u32; Kind::ALL.len()],
    row_by_id: HashMap<i64, u32>,
}

impl Loaded {
    /// Opens a case for writing where possible; `None` where it was cancelled.
    pub fn open(path: &Path, progress: &Progress) -> Result<Option<Loaded>, Problem> {
        Self::read(Case::open(path)?, progress)
    }

    /// Opens a case that is only to be read, as the command line does.
    pub fn open_read_only(path: &Path) -> Result<Loaded, Problem> {
        let loaded = Self::read(Case::open_read_only(path)?, &Progress::default())?;
        loaded.ok_or_else(|| Problem::file("problem-cancelled", path))
    }

    /// Reads an open case.
    pub fn read(case: Case, progress: &Progress) -> Result<Option<Loaded>, Problem> {
        let datasets = case.datasets()?;
        let total = datasets.iter().map(|d| d.incidents).sum();
        let columns = case.columns(|rows| {
            progress.set(rows, total);
            progress.set_rows(rows);
            !progress.is_cancelled()
        })?;
        let Some(columns) = columns else {
            return Ok(None);
        };
        let territories = case
            .territories()?
            .into_iter()
            .map(|t| t.estimate)
            .collect();
        let imports = case.imports()?;
        let mut kinds = [0; Kind::ALL.len()];
        columns.kind.iter().for_each(|k| kinds[*k as usize] += 1);
        let row_by_id = columns
            .id
            .iter()
            .enumerate()
            .map(|(row, id)| (*id, row as u32))
            .collect();
        Ok(Some(Loaded {
            case,
            kinds,
            row_by_id,
            columns,
            territories,
            datasets,
            imports,
        }))
    }

    /// The row of an incident by its primary key.
    #[must_use]
    pub fn row_of(&self, id: i64) -> Option<u32> {
        self.row_by_id.get(&id).copied()
    }

    /// A camera that shows the bulk of the incidents on a picture of `size` px.
    #[must_use]
    pub fn home(&self, size: [f32; 2]) -> Camera {
        let all: Vec<u32> = (0..self.columns.len() as u32).collect();
        self.fitting(&all, size)
    }

    /// A camera that shows the bulk of these rows: a few far away (1 in 1,000 at each edge) do not zoom
    /// the map out for all.
    #[must_use]
    pub fn fitting(&self, rows: &[u32], size: [f32; 2]) -> Camera {
        // A place known only to the country says nothing about where to look, unless all are.
        let known = |r: &&u32| self.columns.place_precision[**r as usize] < PlacePrecision::Country;
        let known: Vec<u32> = rows.iter().filter(known).copied().collect();
        let rows = if known.is_empty() { rows } else { &known };
        let edge = if rows.len() > 1_000 { 0.001 } else { 0.0 };
        let range = |values: &[f64]| {
            let mut sorted: Vec<f64> = rows.iter().map(|r| values[*r as usize]).collect();
            sorted.sort_unstable_by(f64::total_cmp);
            let at = |q: f64| {
                sorted
                    .get(((sorted.len().saturating_sub(1)) as f64 * q).round() as usize)
                    .copied()
            };
            Some((at(edge)?, at(1.0 - edge)?))
        };
        let bounds = (|| {
            let (lon, lat) = (range(&self.columns.lon)?, range(&self.columns.lat)?);
            Bounds::new(lon.0, lat.0, lon.1, lat.1)
        })();
        Camera::fitting(bounds.unwrap_or(MEXICO), size, 60.0)
    }
}

/// Where to look while nothing is loaded.
const MEXICO: Bounds = Bounds {
    west: -117.1,
    south: 14.5,
    east: -86.7,
    north: 32.7,
};
