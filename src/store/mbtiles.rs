//! Map tiles in an MBTiles file: SQLite too, so it is read here.

use crate::basemap::{TileKey, TileSource, inflated};
use crate::locale::Problem;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::path::Path;
use std::sync::Mutex;

/// An open MBTiles file. Rows are numbered from the south there (TMS); callers count from the north.
pub struct MbTiles {
    conn: Mutex<Connection>,
    pub format: String,
    pub attribution: String,
    pub max_zoom: u8,
}

impl MbTiles {
    pub fn open(path: &Path) -> Result<MbTiles, Problem> {
        if path.is_dir() {
            return Err(Problem::new(text!(
                "problem-file-is-folder",
                file = path.display()
            )));
        }
        std::fs::metadata(path).map_err(|e| Problem::io(path, &e))?;
        let bad = |_| Problem::new(text!("problem-not-mbtiles", file = path.display()));
        let conn =
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(bad)?;
        super::guard::harden(&conn).map_err(bad)?;
        let meta = |key: &str| {
            conn.query_row("SELECT value FROM metadata WHERE name = ?1", [key], |r| {
                r.get::<_, String>(0)
            })
            .optional()
            .map(Option::unwrap_or_default)
        };
        let (format, attribution) = (
            meta("format").map_err(bad)?,
            meta("attribution").map_err(bad)?,
        );
        let max_zoom: Option<i64> = conn
            .query_row("SELECT max(zoom_level) FROM tiles", [], |r| r.get(0))
            .map_err(bad)?;
        let max_zoom = max_zoom
            .and_then(|z| u8::try_from(z).ok())
            .filter(|z| *z <= 30);
        Ok(MbTiles {
            conn: Mutex::new(conn),
            format,
            attribution,
            max_zoom: max_zoom
                .ok_or_else(|| Problem::new(text!("problem-not-mbtiles", file = path.display())))?,
        })
    }

    /// Whether its tiles are images, not vectors.
    #[must_use]
    pub fn is_raster(&self) -> bool {
        matches!(self.format.as_str(), "png" | "jpg" | "jpeg" | "webp")
    }
}

impl TileSource for MbTiles {
    fn tile(&self, (zoom, x, y): TileKey) -> Option<Vec<u8>> {
        let tms_y = (1_u32.checked_shl(u32::from(zoom))?)
            .checked_sub(1)?
            .checked_sub(y)?;
        let conn = self.conn.lock().ok()?;
        let bytes = conn.prepare_cached("SELECT tile_data FROM tiles WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3")
            .and_then(|mut s| s.query_row([u32::from(zoom), x, tms_y], |r| r.get(0)))
            .ok()?;
        inflated(bytes)
    }

    fn max_zoom(&self) -> u8 {
        self.max_zoom
    }

    fn attribution(&self) -> String {
        self.attribution.clone()
    }
}
