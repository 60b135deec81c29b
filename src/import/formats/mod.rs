//! One file a format. A format cuts a file into records of named columns; what the columns mean
//! is the profile's business.

pub(super) mod archive;
mod crs;
mod csv;
mod dbf;
mod flatgeobuf;
mod geojson;
mod geojsonl;
mod geopackage;
mod gis;
mod gpx;
mod html;
mod joined;
mod json;
mod kml;
mod kmz;
mod ods;
mod pieces;
mod record;
mod shape;
mod shapefile;
mod sheet_xml;
mod spreadsheet;
mod table;
mod wkb;
mod wkt;
mod written;
mod xlsx;
mod xml;

pub use geojson::Features;
#[cfg(test)]
pub use gis::put;
pub use gpx::lon_lat;
pub use joined::{SHEET, Sheet, joined};
pub use record::Record;
pub use shape::Shape;
pub use table::{Format, Header, Layout, Read, Rows, Sample, Table};
pub use written::written;
pub use xml::{Step, XmlWalk};

use crate::import::text::{Content, Survey, wrong_type};
use crate::locale::Problem;
use std::path::Path;

static FORMATS: [Format; 13] = [
    csv::CSV,
    geojsonl::GEOJSON_SEQ,
    geojsonl::GEOJSON_LINES,
    geojson::GEOJSON,
    xlsx::XLSX,
    ods::ODS,
    kml::KML,
    kmz::KMZ,
    gpx::GPX,
    shapefile::SHAPEFILE,
    shapefile::ZIPPED_SHAPEFILE,
    geopackage::GEOPACKAGE,
    flatgeobuf::FLATGEOBUF,
];

/// Every format that is read. The first also takes any text that no other claims.
#[must_use]
pub fn formats() -> &'static [Format] {
    &FORMATS
}

/// The format that claims the file, else that of its extension, among those of its content.
///
/// # Errors
/// No format is read that is made of this.
pub fn for_file(path: &Path, survey: &Survey) -> Result<&'static Format, Problem> {
    let extension = path
        .extension()
        .map(|e| e.to_string_lossy().to_ascii_lowercase());
    let extension = extension.as_deref().unwrap_or_default();
    let of_content = || FORMATS.iter().filter(|f| f.content == survey.content);
    let found = of_content()
        .find(|f| (f.claims)(path, survey))
        .or_else(|| of_content().find(|f| f.extensions.contains(&extension)))
        .or_else(|| of_content().next());
    found.ok_or_else(|| {
        let found = match survey.content {
            Content::Text => "text",
            Content::Xml => "XML",
            Content::Zip => "ZIP",
            Content::Sqlite => "SQLite",
            Content::Shapefile => "Shapefile",
            Content::FlatGeobuf => "FlatGeobuf",
        };
        wrong_type(path, found)
    })
}
