//! GeoJSON as a row of features: one a line (GeoJSON Lines), or each behind a record separator
//! (GeoJSON text sequence, RFC 8142). What is broken spoils itself only.

use super::geojson::{as_feature, fill};
use super::json::{MAX_VALUE_BYTES, is_too_big};
use super::record::Record;
use super::table::{Format, Layout, Read, Rows, Table, gathered};
use crate::import::encoding::Charset;
use crate::import::fault::Fault;
use crate::import::text::{Content, Survey, Utf8Reader};
use crate::locale::Problem;
use serde_json::Value;
use std::path::{Path, PathBuf};

const RECORD_SEPARATOR: u8 = 0x1E;

pub const GEOJSON_LINES: Format = Format {
    claims: claims_lines,
    ..Format::new(
        "geojsonl",
        &["geojsonl", "ndjson", "jsonl"],
        Content::Text,
        open_lines,
    )
};

/// Whether the first line is a whole feature and another one begins on the next.
fn claims_lines(path: &Path, survey: &Survey) -> bool {
    let extension = path
        .extension()
        .map(|e| e.to_string_lossy().to_ascii_lowercase());
    let named = extension.is_some_and(|e| GEOJSON_LINES.extensions.contains(&e.as_str()));
    let mut lines = survey
        .head
        .split(['\n', '\r'])
        .filter(|l| !l.trim().is_empty());
    let (first, second) = (lines.next().unwrap_or_default(), lines.next());
    let goes_on = second.is_some_and(|line| line.starts_with('{'));
    let is_object = first.trim_start().starts_with('{');
    // The first line may be longer than what was looked at.
    let is_long = second.is_none() && survey.size_bytes > survey.head.len() as u64 + 4;
    let is_long = is_long && !first.contains("\"FeatureCollection\"");
    let whole = || {
        let value = serde_json::from_str(first).map(as_feature);
        value.is_ok_and(|v| v.get("type").and_then(Value::as_str) == Some("Feature"))
    };
    match named {
        true => is_object && (goes_on || is_long || whole()),
        false => goes_on && whole(),
    }
}

fn open_lines(path: &Path, survey: &Survey, _: &Layout) -> Result<Table, Problem> {
    gathered(|columns| PieceRows::open(path, survey.encoding, false, columns))
}

pub const GEOJSON_SEQ: Format = Format {
    claims: |_, survey| survey.starts_with == Some(RECORD_SEPARATOR),
    ..Format::new("geojson-seq", &["geojsons"], Content::Text, open_sequence)
};

fn open_sequence(path: &Path, survey: &Survey, _: &Layout) -> Result<Table, Problem> {
    gathered(|columns| PieceRows::open(path, survey.encoding, true, columns))
}

/// The features of a text that is cut at its separators.
struct PieceRows {
    path: PathBuf,
    reader: Utf8Reader,
    columns: Vec<String>,
    /// Whether pieces begin with a record separator, and not on a line each.
    is_sequence: bool,
    /// 1-based, of the next byte.
    line: u64,
    after_cr: bool,
    /// The piece, without what is beyond [`MAX_VALUE_BYTES`].
    piece: Vec<u8>,
}

impl PieceRows {
    fn open(
        path: &Path,
        charset: Charset,
        is_sequence: bool,
        columns: Vec<String>,
    ) -> Result<PieceRows, Problem> {
        Ok(PieceRows {
            path: path.to_owned(),
            reader: Utf8Reader::open(path, charset)?,
            columns,
            is_sequence,
            line: 1,
            after_cr: false,
            piece: Vec::new(),
        })
    }

    /// Reads the next piece that is not blank; the line it begins on, or `None` at the end.
    fn next(&mut self) -> Result<Option<u64>, Problem> {
        loop {
            self.piece.clear();
            let first_line = self.line;
            let mut ended = false;
            while !ended {
                let bytes = self
                    .reader
                    .fill()
                    .map_err(|e| Problem::io(&self.path, &e))?;
                if bytes.is_empty() {
                    break;
                }
                let end = match self.is_sequence {
                    true => memchr::memchr(RECORD_SEPARATOR, bytes),
                    false => memchr::memchr2(b'\n', b'\r', bytes),
                };
                let piece = &bytes[..end.unwrap_or(bytes.len())];
                let room = (MAX_VALUE_BYTES + 1).saturating_sub(self.piece.len());
                self.piece
                    .extend_from_slice(&piece[..piece.len().min(room)]);
                let taken = &bytes[..end.map_or(bytes.len(), |end| end + 1)];
                for byte in taken {
                    self.line += u64::from(*byte == b'\r' || (*byte == b'\n' && !self.after_cr));
                    self.after_cr = *byte == b'\r';
                }
                ended = end.is_some();
                let n = taken.len();
                self.reader.consume(n);
            }
            let blank = self
                .piece
                .iter()
                .take_while(|b| b.is_ascii_whitespace())
                .count();
            if blank < self.piece.len() {
                let passed = self.piece[..blank].iter().filter(|b| **b == b'\n').count();
                return Ok(Some(first_line + passed as u64));
            }
            if !ended {
                return Ok(None);
            }
        }
    }

    fn feature(&self) -> Result<Value, Fault> {
        if is_too_big(&self.piece) {
            return Err(Fault::new("feature_too_big", "", ""));
        }
        let value = serde_json::from_slice(&self.piece);
        value
            .map(as_feature)
            .map_err(|e| Fault::new("feature_not_json", "", &e.to_string()))
    }
}

impl Rows for PieceRows {
    fn read(&mut self, record: &mut Record) -> Result<Read, Problem> {
        record.clear();
        let Some(line) = self.next()? else {
            return Ok(Read::End);
        };
        record.line = line;
        let filled = self.feature().and_then(|f| fill(record, &self.columns, f));
        Ok(match filled {
            Ok(()) => Read::Row,
            Err(fault) => Read::Bad(fault),
        })
    }

    fn bytes_read(&self) -> u64 {
        self.reader.bytes_read()
    }
}
