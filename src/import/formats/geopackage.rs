//! Somebody's GeoPackage (OGC 12-128), of which one layer is read: features or attributes. The file
//! is opened to be read only, and nothing that is written in it is run: of its schema only real
//! tables are read, without views, virtual tables, triggers and computed columns.

use super::crs::Crs;
use super::record::Record;
use super::shape::{Shape, ShapeFault};
use super::table::{Format, LayerName, Layout, Read, Rows, Table, gathered, no_layer};
use super::{gis, wkb};
use crate::files;
use crate::import::fault::Fault;
use crate::import::text::{Content, Survey};
use crate::locale::Problem;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::collections::VecDeque;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A row, and what is held of rows at once.
const MOST_ROW_BYTES: i32 = 64 << 20;
const PAGE_ROWS: usize = 1_000;
const PAGE_BYTES: usize = 4 << 20;
const MOST_LAYERS: usize = 1_000;
const MOST_COLUMNS: usize = 2_000;

pub const GEOPACKAGE: Format = Format {
    layers,
    ..Format::new("geopackage", &["gpkg"], Content::Sqlite, open)
};

fn layers(path: &Path) -> Result<Vec<LayerName>, Problem> {
    let names = names(path, &connect(path)?)?.into_iter();
    Ok(names.map(LayerName::visible).collect())
}

fn open(path: &Path, survey: &Survey, layout: &Layout) -> Result<Table, Problem> {
    let conn = connect(path)?;
    let names = names(path, &conn)?;
    let all = || names.iter().map(String::as_str);
    let layer = match &layout.layer {
        Some(wanted) => match names.iter().find(|name| *name == wanted) {
            Some(name) => Layer::read(path, &conn, name)?,
            None => return Err(no_layer(path, wanted, all())),
        },
        None => first_with_rows(path, &conn, &names)?,
    };
    let layer = Arc::new(layer);
    let crs = match &layer.geometry {
        Some(geometry) => reference_system(path, &conn, geometry.srs_id)?,
        None => Crs::unstated(),
    };
    let crs = Arc::new(crs);
    let start = |columns: Vec<String>| -> Result<LayerRows, Problem> {
        Ok(LayerRows {
            path: path.to_owned(),
            conn: connect(path)?,
            layer: Arc::clone(&layer),
            crs: Arc::clone(&crs),
            columns,
            page: VecDeque::new(),
            next_rowid: Some(i64::MIN),
            rows_read: 0,
            ended: false,
            size_bytes: survey.size_bytes,
        })
    };
    let mut table = match layer.geometry {
        Some(_) => gis::table(path, &crs, start)?,
        None => gathered(start)?,
    };
    table.has_shapes = layer.geometry.is_some();
    table.layer = Some(layer.name.clone());
    Ok(table)
}

fn problem(path: &Path, error: &rusqlite::Error) -> Problem {
    Problem::new(text!("problem-gpkg", file = path.display(), cause = error))
}

/// Opens the file such that it can be neither changed nor run code of its own.
fn connect(path: &Path) -> Result<Connection, Problem> {
    let open = || -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_NO_MUTEX
            | OpenFlags::SQLITE_OPEN_URI;
        let conn = Connection::open_with_flags(for_sqlite(path), flags)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
        conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, MOST_ROW_BYTES)?;
        conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
        conn.pragma_update(None, "cell_size_check", true)?;
        conn.pragma_update(None, "mmap_size", 0)?;
        Ok(conn)
    };
    open().map_err(|e| problem(path, &e))
}

/// The file for SQLite. One in WAL mode with nothing beside it is read as it lies there: SQLite would make
/// its neighbours anew, and leave them.
fn for_sqlite(path: &Path) -> PathBuf {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    let has_more = std::fs::metadata(&wal).is_ok_and(|m| m.len() > 0);
    let mut head = [0; 20];
    let read = File::open(path).and_then(|mut f| f.read_exact(&mut head));
    let writes_ahead = read.is_ok() && head[18..20].contains(&2);
    match writes_ahead && !has_more {
        true => files::untouched_uri(path).into(),
        false => path.to_owned(),
    }
}

/// Names of the layers that hold rows: features first.
fn names(path: &Path, conn: &Connection) -> Result<Vec<String>, Problem> {
    let is_geopackage = table_kind(path, conn, "gpkg_contents")?.is_some();
    if !is_geopackage {
        return Err(Problem::new(text!(
            "problem-gpkg-plain",
            file = path.display()
        )));
    }
    let read = || -> rusqlite::Result<Vec<String>> {
        let mut statement = conn.prepare(
            "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') \
             ORDER BY data_type DESC, rowid LIMIT ?1",
        )?;
        let names = statement.query_map([MOST_LAYERS as i64], |row| row.get(0))?;
        names.collect()
    };
    read().map_err(|e| problem(path, &e))
}

/// `table`, `view`, `virtual` or `shadow`.
fn table_kind(path: &Path, conn: &Connection, name: &str) -> Result<Option<String>, Problem> {
    let asked =
        "SELECT type FROM pragma_table_list WHERE schema = 'main' AND name = ?1 COLLATE NOCASE";
    conn.query_row(asked, [name], |row| row.get(0))
        .optional()
        .map_err(|e| problem(path, &e))
}

/// A name within a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The first layer that has a row, else the first.
fn first_with_rows(path: &Path, conn: &Connection, names: &[String]) -> Result<Layer, Problem> {
    let mut first = None;
    let mut refused = None;
    for name in names {
        let layer = match Layer::read(path, conn, name) {
            Ok(layer) => layer,
            // A view beside tables need not be read.
            Err(problem) => {
                refused.get_or_insert(problem);
                continue;
            }
        };
        let asked = format!("SELECT 1 FROM {} LIMIT 1", quoted(name));
        let row = conn.query_row(&asked, [], |_| Ok(())).optional();
        if row.map_err(|e| problem(path, &e))?.is_some() {
            return Ok(layer);
        }
        first.get_or_insert(layer);
    }
    first.ok_or_else(|| {
        refused.unwrap_or_else(|| Problem::new(text!("problem-gpkg-plain", file = path.display())))
    })
}

struct Geometry {
    column: String,
    srs_id: i64,
}

/// A table that is read.
struct Layer {
    name: String,
    /// As the file names them, without the geometry.
    columns: Vec<String>,
    geometry: Option<Geometry>,
    /// The statement that gives rows from a row id on: the id, the geometry or nothing, the columns.
    asked: String,
}

impl Layer {
    fn read(path: &Path, conn: &Connection, name: &str) -> Result<Layer, Problem> {
        match table_kind(path, conn, name)?.as_deref() {
            Some("table") => {}
            Some(_) => {
                return Err(Problem::new(text!(
                    "problem-gpkg-view",
                    file = path.display(),
                    layer = name
                )));
            }
            None => return Err(no_layer(path, name, std::iter::empty())),
        }
        let failed = |e: rusqlite::Error| problem(path, &e);
        let geometry = match table_kind(path, conn, "gpkg_geometry_columns")? {
            None => None,
            Some(_) => conn
                .query_row(
                    "SELECT column_name, srs_id FROM gpkg_geometry_columns \
                     WHERE table_name = ?1 COLLATE NOCASE",
                    [name],
                    |row| {
                        Ok(Geometry {
                            column: row.get(0)?,
                            srs_id: row.get(1)?,
                        })
                    },
                )
                .optional()
                .map_err(failed)?,
        };
        let all = columns(conn, name).map_err(failed)?;
        let is_geometry = |column: &Column| {
            let geometry = geometry.as_ref();
            geometry.is_some_and(|g| g.column.eq_ignore_ascii_case(&column.name))
        };
        let rowid = ["rowid", "_rowid_", "oid"]
            .into_iter()
            .find(|id| !all.iter().any(|c| c.name.eq_ignore_ascii_case(id)));
        let Some(rowid) = rowid.filter(|_| all.len() <= MOST_COLUMNS) else {
            return Err(Problem::new(text!(
                "problem-gpkg-view",
                file = path.display(),
                layer = name
            )));
        };
        if let Some(geometry) = &geometry
            && !all.iter().any(is_geometry)
        {
            return Err(Problem::new(text!(
                "problem-gpkg",
                file = path.display(),
                cause = format!("{name} has no column {}", geometry.column)
            )));
        }
        let columns: Vec<String> = all
            .iter()
            // Of the two names under which programs number rows the number says nothing of the row.
            .filter(|c| !(c.is_key && matches!(c.name.as_str(), "fid" | "ogc_fid")))
            .filter(|c| !c.is_computed && !is_geometry(c))
            .map(|c| c.name.clone())
            .collect();
        let geom = geometry
            .as_ref()
            .map_or("NULL".to_owned(), |g| quoted(&g.column));
        let listed: String = columns.iter().map(|c| format!(", {}", quoted(c))).collect();
        Ok(Layer {
            asked: format!(
                "SELECT {rowid}, {geom}{listed} FROM {} WHERE {rowid} >= ?1 ORDER BY {rowid}",
                quoted(name)
            ),
            name: name.to_owned(),
            columns,
            geometry,
        })
    }
}

struct Column {
    name: String,
    is_key: bool,
    is_computed: bool,
}

fn columns(conn: &Connection, table: &str) -> rusqlite::Result<Vec<Column>> {
    let mut statement =
        conn.prepare("SELECT name, pk, hidden FROM pragma_table_xinfo(?1) LIMIT 10000")?;
    let columns = statement.query_map([table], |row| {
        Ok(Column {
            name: row.get(0)?,
            is_key: row.get::<_, i64>(1)? > 0,
            is_computed: row.get::<_, i64>(2)? > 0,
        })
    })?;
    columns.collect()
}

fn reference_system(path: &Path, conn: &Connection, srs_id: i64) -> Result<Crs, Problem> {
    // -1 and 0 are the standard's own for what is not stated.
    if srs_id <= 0 {
        return Ok(Crs::unstated());
    }
    let found: Option<(String, String, i64, Option<String>)> = conn
        .query_row(
            "SELECT srs_name, organization, organization_coordsys_id, definition \
             FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
            [srs_id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
        )
        .optional()
        .map_err(|e| problem(path, &e))?;
    let (name, organization, code, definition) = found.unwrap_or_else(|| {
        let name = format!("srs_id {srs_id}");
        (name, String::new(), 0, None)
    });
    let definition = definition.filter(|d| d.contains('['));
    let code = u32::try_from(code).ok();
    let code = code.filter(|_| organization.eq_ignore_ascii_case("EPSG"));
    Crs::named(path, code, definition.as_deref(), &name)
}

/// Rows in the order of their ids, in pages, so that no statement stays open between them.
struct LayerRows {
    path: PathBuf,
    conn: Connection,
    layer: Arc<Layer>,
    crs: Arc<Crs>,
    columns: Vec<String>,
    page: VecDeque<(Record, Option<ShapeFault>)>,
    /// Where the next page starts; `None` after the last.
    next_rowid: Option<i64>,
    rows_read: u64,
    ended: bool,
    size_bytes: u64,
}

impl LayerRows {
    fn read_page(&mut self, from: i64) -> Result<(), Problem> {
        let last = self.fill(from).map_err(|e| problem(&self.path, &e))?;
        self.next_rowid = match last {
            // Ids that do not grow are those of a damaged file.
            Some(last) if last < from => {
                let cause = "its rows are out of order";
                return Err(Problem::new(text!(
                    "problem-gpkg",
                    file = self.path.display(),
                    cause = cause
                )));
            }
            Some(last) => last.checked_add(1),
            None => None,
        };
        Ok(())
    }

    /// Reads a page of rows; the id of the last one, `None` where there are no more.
    fn fill(&mut self, from: i64) -> rusqlite::Result<Option<i64>> {
        let mut statement = self.conn.prepare_cached(&self.layer.asked)?;
        let mut rows = statement.query([from])?;
        let (mut last, mut bytes) = (None, 0);
        while self.page.len() < PAGE_ROWS && bytes < PAGE_BYTES {
            let Some(row) = rows.next()? else { break };
            let rowid: i64 = row.get(0)?;
            let mut record = Record {
                line: u64::try_from(rowid).unwrap_or_default(),
                ..Record::default()
            };
            for (i, name) in self.layer.columns.iter().enumerate() {
                let text = text(row.get_ref(i + 2)?);
                gis::put(&mut record, &self.columns, name, &text);
            }
            let fault = match row.get_ref(1)? {
                ValueRef::Null => None,
                ValueRef::Blob(blob) => {
                    bytes += blob.len();
                    match shape(blob).and_then(|shape| self.crs.place(shape)) {
                        Ok(shape) => {
                            record.shape = shape;
                            None
                        }
                        Err(fault) => Some(fault),
                    }
                }
                other => Some(("bad_geometry", text(other))),
            };
            bytes += record.size_bytes();
            last = Some(rowid);
            self.page.push_back((record, fault));
        }
        Ok(last)
    }
}

/// A value as a cell of text. Bytes that are no text have none.
fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => String::new(),
        ValueRef::Integer(n) => n.to_string(),
        ValueRef::Real(n) => n.to_string(),
        ValueRef::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// GeoPackage's own header, then a well-known binary.
fn shape(blob: &[u8]) -> Result<Shape, ShapeFault> {
    let bad = || ("bad_geometry", "GeoPackageBinary".to_owned());
    let [b'G', b'P', _, flags, ..] = *blob else {
        return Err(bad());
    };
    let envelope_bytes = match flags >> 1 & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(bad()),
    };
    // A kind of geometry that an extension brings, or an empty one.
    if flags & 0x20 != 0 {
        return Err(("geometry_not_taken", "ExtendedGeoPackageBinary".to_owned()));
    }
    if flags & 0x10 != 0 {
        return Ok(Shape::None);
    }
    wkb::shape(blob.get(8 + envelope_bytes..).ok_or_else(bad)?)
}

impl Rows for LayerRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        while self.page.is_empty() {
            let Some(from) = self.next_rowid else {
                self.ended = true;
                return Ok(Read::End);
            };
            self.read_page(from)?;
        }
        let Some((row, fault)) = self.page.pop_front() else {
            return Ok(Read::End);
        };
        self.rows_read += 1;
        *record = row;
        Ok(match fault {
            None => Read::Row,
            Some((reason, value)) => {
                let geometry = self.layer.geometry.as_ref();
                let column = geometry.map_or("", |g| g.column.as_str());
                Read::Bad(Fault::new(reason, column, &value))
            }
        })
    }

    /// A row takes about as many bytes as its geometry's header and a few cells; at the end all is
    /// read.
    fn bytes_read(&self) -> u64 {
        const ROW_BYTES: u64 = 200;
        match self.ended {
            true => self.size_bytes,
            false => (self.rows_read * ROW_BYTES).min(self.size_bytes),
        }
    }
}
