//! ESRI shapefiles (ESRI, 1998): geometries in `.shp`, one row of `.dbf` for each, the reference
//! system in `.prj`, the encoding in `.cpg`; beside each other or in one zip file. The checksum of the
//! import is that of the file that was named: the `.shp`, or the zip file.

mod parts;
mod rings;
mod shapes;

use super::archive::Archive;
use super::crs::Crs;
use super::dbf::{Dbf, DbfRow, charset_of_cpg};
use super::gis;
use super::record::Record;
use super::table::{Format, LayerName, Layout, Read, Rows, Table, no_layer};
use crate::import::fault::Fault;
use crate::import::text::{Content, Survey};
use crate::locale::{Problem, number};
use parts::{Bytes, Parts};
use shapes::Shapes;
use std::path::Path;
use std::sync::Arc;

/// As a file of its own.
pub const SHAPEFILE: Format = Format::new("shapefile", &["shp"], Content::Shapefile, open_file);

fn open_file(path: &Path, survey: &Survey, _: &Layout) -> Result<Table, Problem> {
    table(&Parts::beside(path)?, survey)
}

/// In a zip file.
pub const ZIPPED_SHAPEFILE: Format = Format {
    claims: claims_zip,
    layers: layers_zip,
    ..Format::new("shapefile-zip", &["zip"], Content::Zip, open_zip)
};

fn claims_zip(path: &Path, _: &Survey) -> bool {
    Archive::open(path).is_ok_and(|archive| archive.names().any(|name| is_shp(&name)))
}

fn layers_zip(path: &Path) -> Result<Vec<LayerName>, Problem> {
    let archive = Archive::open(path)?;
    let names: Vec<String> = archive.names().filter(|name| is_shp(name)).collect();
    match names.len() {
        0 => Err(archive.foreign()),
        1 => Ok(Vec::new()),
        _ => Ok(names.into_iter().map(LayerName::visible).collect()),
    }
}

fn open_zip(path: &Path, survey: &Survey, layout: &Layout) -> Result<Table, Problem> {
    let archive = Archive::open(path)?;
    let all: Vec<String> = archive.names().filter(|name| is_shp(name)).collect();
    let found = match &layout.layer {
        Some(name) => all.iter().find(|shp| *shp == name),
        None => all.first(),
    };
    let shp = match (found, &layout.layer) {
        (Some(shp), _) => shp,
        (None, None) => return Err(archive.foreign()),
        (None, Some(name)) => {
            return Err(no_layer(path, name, all.iter().map(String::as_str)));
        }
    };
    let mut table = table(&Parts::zipped(path, &archive, shp), survey)?;
    table.layer = (all.len() > 1 || layout.layer.is_some()).then(|| shp.clone());
    Ok(table)
}

fn is_shp(name: &str) -> bool {
    // Names of deleted forks that one desktop adds to its archives.
    name.to_ascii_lowercase().ends_with(".shp") && !name.starts_with("__MACOSX/")
}

fn table(parts: &Parts, survey: &Survey) -> Result<Table, Problem> {
    let Some(dbf) = &parts.dbf else {
        let wanted = Path::new(&parts.shp).with_extension("dbf");
        let wanted = wanted
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        return Err(Problem::new(text!(
            "problem-part-missing",
            file = parts.path.display(),
            part = wanted
        )));
    };
    let crs = match &parts.prj {
        Some(prj) => Crs::from_wkt(&parts.path, &parts.text(prj)?)?,
        None => Crs::unstated(),
    };
    let stated = match &parts.cpg {
        _ if survey.named.is_some() => survey.named,
        Some(cpg) => charset_of_cpg(&parts.text(cpg)?),
        None => None,
    };
    let crs = Arc::new(crs);
    let open_dbf = || {
        let name = Path::new(dbf)
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        let bytes = parts.open(dbf)?;
        Dbf::open(&parts.path, &name, bytes, stated, || parts.open(dbf))
    };
    let start = |columns: Vec<String>| -> Result<ShapeRows, Problem> {
        Ok(ShapeRows {
            shapes: Shapes::open(parts)?,
            dbf: open_dbf()?,
            parts: parts.clone(),
            crs: Arc::clone(&crs),
            columns,
            ended: false,
            size_bytes: survey.size_bytes,
        })
    };
    let first = open_dbf()?;
    let mut table = gis::table(&parts.path, &crs, start)?;
    table.notes.extend(first.found.note(&parts.path, 0));
    table.found = Some(first.found);
    Ok(table)
}

struct ShapeRows {
    shapes: Shapes,
    dbf: Dbf<Bytes>,
    parts: Parts,
    crs: Arc<Crs>,
    columns: Vec<String>,
    ended: bool,
    size_bytes: u64,
}

impl Rows for ShapeRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        loop {
            record.clear();
            let shape = self.shapes.next(&self.parts)?;
            let row = self.dbf.next(&self.parts.path, &self.columns, record)?;
            let shape = match (shape, row) {
                (None, DbfRow::End) => {
                    self.ended = true;
                    return Ok(Read::End);
                }
                (Some(_), DbfRow::Deleted) => continue,
                (Some(shape), DbfRow::Row) => shape,
                _ => {
                    let n = number(self.shapes.count);
                    let cause = format!("its rows are not as many as the shapes, from {n} on");
                    let dbf = self.parts.dbf.clone().unwrap_or_default();
                    return Err(self.parts.problem(&dbf, &cause));
                }
            };
            record.line = self.shapes.count;
            let placed = shape.and_then(|shape| self.crs.place(shape));
            return Ok(match placed {
                Ok(shape) => {
                    record.shape = shape;
                    Read::Row
                }
                Err((reason, value)) => Read::Bad(Fault::new(reason, "geometry", &value)),
            });
        }
    }

    fn bytes_read(&self) -> u64 {
        match self.ended {
            true => self.size_bytes,
            // In a zip file this counts what is unpacked.
            false => self.shapes.at.min(self.size_bytes),
        }
    }
}
