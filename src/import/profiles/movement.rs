//! A line with properties as a movement. Its columns have fixed names in English and Spanish,
//! whatever the profile; its dates are read as those of incidents.

use crate::domain::{Actor, ActorType, Movement, MovementKind, Reliability, Source, When};
use crate::import::fault::Fault;
use crate::import::row::{Cell, Cells, Field, Row, Tally, when};
use crate::import::values::{
    Words, actor_type, count, date, decimal, given, normal, time_precision, words,
};
use geo::{Coord, LineString, MultiLineString};
use std::sync::LazyLock;

const KEY: [&str; 4] = ["id", "externalid", "clave", "folio"];

/// The id of a row with a line, also of one that cannot be taken; empty where it has none.
pub fn key(row: &Row) -> String {
    Cells::of(row).take(&KEY).text.to_owned()
}

/// What a row with a line tells.
///
/// # Errors
/// A line of too few, too many or impossible points, or a date, an amount or a code that cannot be
/// read.
pub fn draft(row: &Row, path: MultiLineString<f64>, tally: &mut Tally) -> Result<Movement, Fault> {
    let path = sound(path)?;
    let mut cells = Cells::of(row);
    let when = dated(row, &mut cells, tally)?;
    let name = cells.local(
        &["name", "nombre", "title", "titulo"],
        &["namees", "nombrees", "titlees", "tituloes"],
    );
    let note = cells.local(
        &[
            "note",
            "nota",
            "notes",
            "notas",
            "description",
            "descripcion",
            "desc",
            "narrative",
            "narrativa",
        ],
        &["notees", "notaes", "descripciones", "narrativees"],
    );
    let kind = kind(&mut cells);
    if when.is_none() {
        tally.add(text!("note-lines-undated"; n));
    }
    let actor = actor(&mut cells, tally);
    let (amount, unit) = amount(&mut cells)?;
    Ok(Movement {
        external_id: cells.take(&KEY).text.to_owned(),
        kind,
        name,
        actor,
        when,
        path,
        amount,
        unit,
        note,
        sources: sources(row, &mut cells, tally),
        extra: cells.left(),
        line: row.line(),
    })
}

/// The line in pieces that do not cross the antimeridian, which would draw it around the world.
fn sound(path: MultiLineString<f64>) -> Result<MultiLineString<f64>, Fault> {
    let points: usize = path.0.iter().map(|line| line.0.len()).sum();
    let on_earth = |c: &Coord<f64>| c.x.abs() <= 180.0 && c.y.abs() <= 90.0;
    if let Some(bad) = path.0.iter().flatten().find(|c| !on_earth(c)) {
        let found = format!("{}, {}", bad.x, bad.y);
        return Err(Fault::new("out_of_range", "geometry", &found));
    }
    let pieces: Vec<LineString<f64>> = path.0.iter().flat_map(cut).collect();
    match pieces.is_empty() {
        true => Err(Fault::new("line_short", "geometry", &points.to_string())),
        false => Ok(MultiLineString(pieces)),
    }
}

/// Cuts where one step goes more than half around the world: there it went the short way, over the
/// antimeridian. Pieces of a single point are left out.
fn cut(line: &LineString<f64>) -> Vec<LineString<f64>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Coord<f64>> = Vec::new();
    for c in &line.0 {
        if let Some(last) = piece.last().copied()
            && (c.x - last.x).abs() > 180.0
        {
            let edge = 180.0_f64.copysign(last.x);
            // Degrees to the edge on either side of it.
            let (before, after) = (180.0 - last.x.abs(), 180.0 - c.x.abs());
            let share = if before + after > 0.0 {
                before / (before + after)
            } else {
                0.0
            };
            let y = last.y + share * (c.y - last.y);
            piece.push(Coord { x: edge, y });
            pieces.push(LineString(std::mem::take(&mut piece)));
            piece.push(Coord { x: -edge, y });
        }
        piece.push(*c);
    }
    pieces.push(LineString(piece));
    pieces.retain(|piece| piece.0.len() > 1);
    pieces
}

/// When it was under way; `None` where no column says. An end without a start is that day.
fn dated<'a>(
    row: &Row<'a>,
    cells: &mut Cells<'a>,
    tally: &mut Tally,
) -> Result<Option<When>, Fault> {
    if given(row.get(Field::Start)).is_some() {
        for field in [Field::Start, Field::End, Field::Time, Field::Zone] {
            cells.used(row, field);
        }
        let precision = row.quality(Field::DatePrecision, time_precision, &mut Vec::new(), tally);
        return when(row, precision, tally).map(Some);
    }
    // In files whose rows name their own columns, another row may have given the field its column.
    let mut read = |field: Field| {
        let cell = match (cells.take(field.synonyms()), field) {
            (none, Field::Start) if none.text.is_empty() => {
                cells.take(&["year", "ano", "anio", "day", "dia"])
            }
            (cell, _) => cell,
        };
        let dated = given(cell.text).map(|text| date(text, row.day_order()));
        let dated = dated.transpose().map_err(|reason| cell.fault(reason))?;
        Ok::<_, Fault>((dated, cell))
    };
    let ((start, _), (end, end_cell)) = (read(Field::Start)?, read(Field::End)?);
    let (Some(first), Some(last)) = (
        start.as_ref().or(end.as_ref()),
        end.as_ref().or(start.as_ref()),
    ) else {
        return Ok(None);
    };
    let precision = first.precision.max(last.precision);
    let when = When::new(first.start, last.end, precision)
        .ok_or_else(|| end_cell.fault("end_before_start"))?;
    let instant = first.instant.clone();
    Ok(Some(When { instant, ..when }))
}

/// A word that is none of ours stays among the other columns.
fn kind(cells: &mut Cells) -> MovementKind {
    let names = ["kind", "type", "tipo", "movement", "movimiento"];
    let cell = cells.take(&names);
    match named(cell.text) {
        Some(kind) => kind,
        None => {
            cells.give_back(cell);
            MovementKind::Track
        }
    }
}

/// The kind of movement that a word stands for.
fn named(word: &str) -> Option<MovementKind> {
    use MovementKind::*;
    static WORDS: LazyLock<Words<MovementKind>> = LazyLock::new(|| {
        let more = [
            ("flight", Track),
            ("vuelo", Track),
            ("patrol", Track),
            ("patrulla", Track),
            ("ruta", Track),
            ("route", Track),
            ("trayecto", Track),
            ("path", Track),
            ("transfer", Deployment),
            ("traslado", Deployment),
            ("reinforcement", Deployment),
            ("refuerzo", Deployment),
            ("trafico", Flow),
            ("traffic", Flow),
            ("corredor", Flow),
            ("corridor", Flow),
            ("trade", Flow),
        ];
        words(
            MovementKind::ALL,
            MovementKind::code,
            |w| text!("movement-" + w.code()),
            &more,
        )
    });
    WORDS.get(&normal(word)).copied()
}

fn actor(cells: &mut Cells, tally: &mut Tally) -> Option<Actor> {
    let name = cells.take(&["actor", "actor1", "grupo", "group", "who", "quien"]);
    if name.text.is_empty() {
        return None;
    }
    let kind = cells.take(&["actortype", "actor1type", "tipoactor", "tipodeactor"]);
    let kind = kind.quality(cells, actor_type, tally);
    Some(Actor::new(name.text, kind.unwrap_or(ActorType::Unknown)))
}

/// How many or how much of what. A column called by what it counts is its own unit.
fn amount(cells: &mut Cells) -> Result<(Option<f64>, String), Fault> {
    const COUNTED: [&str; 12] = [
        "troops",
        "soldiers",
        "tropas",
        "soldados",
        "elementos",
        "personnel",
        "trucks",
        "camiones",
        "vehicles",
        "vehiculos",
        "people",
        "personas",
    ];
    let unit = cells.take(&["unit", "unidad", "units", "unidades"]);
    let cell = cells.take(&[
        "amount", "cantidad", "number", "numero", "monto", "volume", "volumen",
    ]);
    let (cell, unit) = match cell.text.is_empty() {
        false => (cell, unit.text),
        true => {
            let cell = cells.take(&COUNTED);
            let own = if unit.text.is_empty() {
                cell.column
            } else {
                unit.text
            };
            (cell, own)
        }
    };
    // `10,000` is ten thousand, as in columns of counts.
    let read = |text: &str| count(text).map(f64::from).or_else(|| decimal(text));
    let amount = cell.read("bad_number", |text| {
        read(text).filter(|n| n.is_finite() && *n >= 0.0)
    })?;
    let unit = if amount.is_some() { unit } else { "" };
    Ok((amount, unit.to_owned()))
}

fn sources(row: &Row, cells: &mut Cells, tally: &mut Tally) -> Vec<Source> {
    let dated = cells.take(&[
        "sourcedate",
        "fechafuente",
        "publicationdate",
        "fechapublicacion",
    ]);
    let (column, written) = (dated.column, dated.text);
    let day = dated.quality(cells, |text| date(text, row.day_order()).ok(), tally);
    let single = day.as_ref().filter(|d| d.start == d.end).map(|d| d.start);
    if day.is_some() && single.is_none() {
        // A month is no day: kept as written.
        cells.give_back(Cell {
            column,
            text: written,
        });
    }
    let upper = |text: &str| Reliability::from_code(&text.to_ascii_uppercase());
    let reliability = cells.take(&["reliability", "confiabilidad", "fiabilidad"]);
    let reliability = reliability.quality(cells, upper, tally);
    let mut text = |names: &[&'static str]| cells.take(names).text.to_owned();
    let source = Source {
        publisher: text(&["source", "fuente", "publisher", "medio"]),
        title: text(&["sourcetitle", "titulofuente"]),
        date: single,
        url: text(&["sourceurl", "url", "link", "enlace", "liga"]),
        language: text(&["sourcelanguage", "language", "idioma", "lang"]),
        reliability,
    };
    match source == Source::default() {
        true => Vec::new(),
        false => vec![source],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &[&[(f64, f64)]]) -> MultiLineString<f64> {
        MultiLineString(path.iter().map(|line| line.to_vec().into()).collect())
    }

    #[test]
    fn a_line_over_the_antimeridian_is_cut_there() {
        let pacific: &[(f64, f64)] =
            &[(170.0, 10.0), (179.0, 12.0), (-179.0, 16.0), (-170.0, 20.0)];
        let there: &[(f64, f64)] = &[(170.0, 10.0), (179.0, 12.0), (180.0, 14.0)];
        let beyond: &[(f64, f64)] = &[(-180.0, 14.0), (-179.0, 16.0), (-170.0, 20.0)];
        assert_eq!(sound(lines(&[pacific])), Ok(lines(&[there, beyond])));
        let back: Vec<(f64, f64)> = pacific.iter().rev().copied().collect();
        let found = sound(lines(&[&back])).unwrap();
        assert_eq!(found.0[0].0.last(), Some(&Coord { x: -180.0, y: 14.0 }));
        // Half around the world and no more is no jump.
        let wide: &[(f64, f64)] = &[(-90.0, 0.0), (90.0, 0.0)];
        assert_eq!(sound(lines(&[wide])), Ok(lines(&[wide])));
        // From edge to edge nothing is divided by nothing.
        let edge: &[(f64, f64)] = &[(180.0, 0.0), (-180.0, 1.0)];
        assert!(
            sound(lines(&[edge]))
                .unwrap()
                .0
                .iter()
                .flatten()
                .all(|c| c.y.is_finite())
        );
    }

    #[test]
    fn lines_that_are_none_say_why() {
        let reason = |path: &[&[(f64, f64)]]| sound(lines(path)).map_err(|fault| fault.reason);
        assert_eq!(reason(&[]), Err("line_short"));
        assert_eq!(reason(&[&[(1.0, 1.0)]]), Err("line_short"));
        assert_eq!(reason(&[&[(1.0, 1.0), (181.0, 1.0)]]), Err("out_of_range"));
        assert_eq!(
            reason(&[&[(1.0, 1.0), (f64::NAN, 1.0)]]),
            Err("out_of_range")
        );
    }
}
