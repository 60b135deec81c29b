//! An open case with its columns: what panels and commands read from.

use crate::domain::filter::words;
use crate::domain::{Bounds, Filter, PlacePrecision, TerritoryEstimate};
use crate::index::spatial::Spatial;
use crate::index::{Columns, Links, Row, Wanted};
use crate::jobs::Progress;
use crate::locale::Problem;
use crate::query::RowSet;
use crate::scene::layers::incidents;
use crate::scene::times::Times;
use crate::scene::ways::{Spot, Track, Way, Ways};
use crate::scene::{Camera, MapView};
use crate::store::{
    Case, DatasetInfo, ImportInfo, Link, StoredMovement, StoredPlace, TableTexts, Verdict,
};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// Everything read at open; replaced as a whole when the case changes.
pub struct Loaded {
    pub case: Case,
    /// Shared with the jobs that look into them.
    pub columns: Arc<Columns>,
    /// What was said of pairs of incidents, and which rows are one event by it.
    pub verdicts: Vec<Link>,
    pub links: Arc<Links>,
    pub territories: Vec<TerritoryEstimate>,
    pub movements: Vec<StoredMovement>,
    /// The same, made ready to be drawn.
    pub tracks: Vec<Track>,
    pub places: Vec<StoredPlace>,
    /// Those of them whose position is known, made ready to be drawn.
    pub spots: Vec<Spot>,
    pub datasets: Vec<DatasetInfo>,
    pub imports: Vec<ImportInfo>,
    /// Rows by place; made when first asked for.
    pub spatial: Arc<Spatial>,
    texts: RefCell<HashMap<Row, Arc<TableTexts>>>,
}

/// Rows whose texts are kept at most: some screens full.
const MOST_TEXTS: usize = 10_000;

impl Loaded {
    /// Opens a case for writing where possible; `None` where it was cancelled.
    pub fn open(path: &Path, progress: &Progress) -> Result<Option<Loaded>, Problem> {
        Self::read(Case::open(path)?, progress)
    }

    /// Opens a case that is only to be read, as the command line does.
    pub fn open_read_only(path: &Path) -> Result<Loaded, Problem> {
        let loaded = Self::read(Case::open_read_only(path)?, &Progress::default())?;
        loaded.ok_or_else(|| Problem::new(text!("problem-cancelled", file = path.display())))
    }

    /// As [`Loaded::open_read_only`], of the case as it was known at the end of a day.
    pub fn open_known_on(
        path: &Path,
        day: Option<Date>,
        progress: &Progress,
    ) -> Result<Option<Loaded>, Problem> {
        Self::read(known_on(path, day)?, progress)
    }

    /// As [`Loaded::open_known_on`], with some of the columns and without how much there is of each
    /// dataset.
    pub fn open_wanted(path: &Path, day: Option<Date>, wanted: Wanted) -> Result<Loaded, Problem> {
        let case = known_on(path, day)?;
        let datasets = case.datasets_uncounted()?;
        let loaded = Self::read_wanted(case, datasets, wanted, |_| true)?;
        loaded.ok_or_else(|| Problem::new(text!("problem-cancelled", file = path.display())))
    }

    /// Reads an open case.
    pub fn read(case: Case, progress: &Progress) -> Result<Option<Loaded>, Problem> {
        let datasets = case.datasets()?;
        let total = datasets.iter().map(|d| d.incidents).sum();
        Self::read_wanted(case, datasets, Wanted::ALL, |rows| {
            progress.set(rows, total);
            progress.set_rows(rows);
            !progress.is_cancelled()
        })
    }

    fn read_wanted(
        case: Case,
        datasets: Vec<DatasetInfo>,
        wanted: Wanted,
        progress: impl FnMut(u64) -> bool,
    ) -> Result<Option<Loaded>, Problem> {
        let verdicts = case.links()?;
        let wanted = wanted.and_if(!verdicts.is_empty(), TO_LINK);
        let Some(columns) = case.columns_wanted(wanted, progress)? else {
            return Ok(None);
        };
        let territories = case
            .territories()?
            .into_iter()
            .map(|t| t.estimate)
            .collect();
        let movements = case.movements()?;
        let ready = |m: &StoredMovement| Track::new(m.id, &m.dataset, &m.movement);
        let tracks = movements.iter().map(ready).collect();
        let places = case.places()?;
        let ready = |p: &StoredPlace| Spot::new(p.id, &p.dataset, &p.place);
        let spots = places.iter().filter_map(ready).collect();
        let imports = case.imports()?;
        Ok(Some(Loaded {
            case,
            spatial: Arc::default(),
            texts: RefCell::default(),
            links: Arc::new(links_of(&columns, &verdicts)),
            verdicts,
            columns: Arc::new(columns),
            territories,
            movements,
            tracks,
            places,
            spots,
            datasets,
            imports,
        }))
    }

    /// The case on a map as filtered: what the window shows is what a picture shows.
    #[must_use]
    pub fn on_map<'a>(
        &'a self,
        view: MapView<'a>,
        filter: &'a Filter,
        compare: Option<&'a Times>,
    ) -> MapView<'a> {
        let mut layers = view.layers;
        // Two times side by side take the place of the incidents.
        let compare = compare.filter(|_| layers.is_on(incidents::LAYER.id));
        if compare.is_some() {
            layers.set(incidents::LAYER.id, false);
        }
        MapView {
            territories: &self.territories,
            ways: self.ways(filter, None),
            from: filter.from,
            to: filter.to,
            layers,
            compare,
            spatial: Some(&self.spatial),
            ..view
        }
    }

    /// The movements and places that pass a filter's datasets, to be drawn.
    #[must_use]
    pub fn ways<'a>(&'a self, filter: &'a Filter, selected: Option<Way>) -> Ways<'a> {
        Ways {
            tracks: &self.tracks,
            spots: &self.spots,
            datasets: Some(&filter.datasets),
            selected,
        }
    }

    /// Degrees `[west, south, east, north]` of a movement or a place; `None` where it is not known.
    #[must_use]
    pub fn extent_of(&self, way: Way) -> Option<[f64; 4]> {
        match way {
            Way::Movement(id) => self.tracks.iter().find(|t| t.id == id).map(|t| t.extent),
            Way::Place(id) => {
                let [lon, lat] = self.spots.iter().find(|s| s.id == id)?.lon_lat;
                Some([lon, lat, lon, lat])
            }
        }
    }

    /// Whether the case has it.
    #[must_use]
    pub fn has(&self, way: Way) -> bool {
        match way {
            Way::Movement(id) => self.movements.iter().any(|m| m.id == id),
            Way::Place(id) => self.places.iter().any(|p| p.id == id),
        }
    }

    /// Whether the case holds nothing that a map could show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
            && self.territories.is_empty()
            && self.movements.is_empty()
            && self.places.is_empty()
    }

    /// Reads anew what was said of pairs.
    pub fn relink(&mut self) -> Result<(), Problem> {
        self.verdicts = self.case.links()?;
        self.links = Arc::new(links_of(&self.columns, &self.verdicts));
        Ok(())
    }

    /// The title of a row, for hover and lists.
    #[must_use]
    pub fn title(&self, row: Row, spanish: bool) -> Arc<str> {
        self.text(row).title_in(spanish).into()
    }

    /// The texts of a row that is looked at: read from the case, as a million of them do not fit
    /// into memory. Empty where the case cannot be read any more.
    #[must_use]
    pub fn text(&self, row: Row) -> Arc<TableTexts> {
        let mut texts = self.texts.borrow_mut();
        if texts.len() > MOST_TEXTS {
            texts.clear();
        }
        let read = || {
            let id = self.columns.id.get(row as usize)?;
            self.case.table_texts(&[*id]).ok()?.pop().map(Arc::new)
        };
        if let Some(text) = texts.get(&row) {
            return text.clone();
        }
        // What could not be read is asked for again.
        let Some(text) = read() else {
            return Arc::default();
        };
        texts.insert(row, text.clone());
        text
    }

    /// The rows in whose texts the words occur; `None` where there are no words.
    pub fn found(&self, text: &str) -> Result<Option<Arc<RowSet>>, Problem> {
        find(&self.case, &self.columns, text, &|| false)
    }

    /// A camera that shows the bulk of the incidents on a picture of `size` px.
    #[must_use]
    pub fn home(&self, size: [f32; 2]) -> Camera {
        // Without incidents, whatever else lies somewhere.
        let tracks = self.tracks.iter().map(|t| t.extent);
        let spots = self.spots.iter().map(|s| [s.lon_lat, s.lon_lat].concat());
        let spots = spots.filter_map(|e| <[f64; 4]>::try_from(e).ok());
        let around = |a: [f64; 4], b: [f64; 4]| {
            [
                a[0].min(b[0]),
                a[1].min(b[1]),
                a[2].max(b[2]),
                a[3].max(b[3]),
            ]
        };
        if self.columns.is_empty()
            && let Some(extent) = tracks.chain(spots).reduce(around)
        {
            return Camera::fitting_extent(extent, size, 60.0);
        }
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
        // Of very many, evenly taken ones tell the bulk as well.
        let every = rows.len().div_ceil(100_000).max(1);
        let edge = if rows.len() > 1_000 { 0.001 } else { 0.0 };
        let range = |values: &[f64]| {
            let rows = rows.iter().step_by(every);
            let mut values: Vec<f64> = rows.map(|r| values[*r as usize]).collect();
            let last = values.len().checked_sub(1)? as f64;
            let mut at = |q: f64| {
                let nth = (last * q).round() as usize;
                *values.select_nth_unstable_by(nth, f64::total_cmp).1
            };
            let (low, high) = (at(edge), at(1.0 - edge));
            // What lies a little further out is shown too; a sign that was lost is not to show the whole world.
            let near = (high - low) * 0.25;
            let (least, most) = (at(0.0), at(1.0));
            let low = if low - least <= near { least } else { low };
            Some((low, if most - high <= near { most } else { high }))
        };
        let bounds = (|| {
            let (lon, lat) = (range(&self.columns.lon)?, range(&self.columns.lat)?);
            Bounds::new(lon.0, lat.0, lon.1, lat.1)
        })();
        Camera::fitting(bounds.unwrap_or(MEXICO), size, 60.0)
    }
}

/// A case that is only read, as it is or as it was known at the end of a day.
pub(super) fn known_on(path: &Path, day: Option<Date>) -> Result<Case, Problem> {
    let mut case = Case::open_read_only(path)?;
    if let Some(day) = day {
        case.look_back(day)?;
    }
    Ok(case)
}

/// What is read of linked rows: which of them stands for their event depends on how well it is known.
pub(super) const TO_LINK: Wanted = Wanted::KEYS.and(Wanted::GRADE).and(Wanted::PRECISION);

/// Which rows are one event by what was said of pairs.
pub(super) fn links_of(columns: &Columns, verdicts: &[Link]) -> Links {
    let linked = verdicts.iter().filter(|l| l.verdict == Verdict::Linked);
    Links::new(columns, linked.map(|l| (l.a, l.b)))
}

/// The rows in whose texts every word of `text` occurs; `None` where there are no words, or where it
/// was cancelled.
pub fn find(
    case: &Case,
    columns: &Columns,
    text: &str,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<Arc<RowSet>>, Problem> {
    if words(text).is_empty() {
        return Ok(None);
    }
    let ids = case.search(text, cancelled)?;
    Ok(ids.map(|ids| {
        let rows = ids.into_iter().filter_map(|id| columns.row_of(id));
        Arc::new(RowSet::new(columns.len(), rows))
    }))
}

/// Where to look while nothing is loaded.
const MEXICO: Bounds = Bounds {
    west: -117.1,
    south: 14.5,
    east: -86.7,
    north: 32.7,
};
