//! Cases for tests: UCDP's Mexico from `tests/data`, and hand-made ones.

use atalaya::domain::*;
use atalaya::index::{Builder, Columns};
use atalaya::locale::Lang;
use atalaya::query::Selection;
use atalaya::scene::{Camera, MapView, Theme, Ways};
use jiff::civil::Date;
use testdata::testdata;

#[path = "../../tests/testdata/mod.rs"]
mod testdata;

/// UCDP GED Mexico, read just well enough to draw it; the real reading is the importer's.
pub fn ucdp() -> Columns {
    let mut reader = csv::Reader::from_path(testdata("ucdp-ged-mexico.csv")).unwrap();
    let head: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let column = |name: &str| head.iter().position(|h| h == name).unwrap();
    let names = [
        "latitude",
        "longitude",
        "low",
        "best",
        "high",
        "date_start",
        "date_end",
        "type_of_violence",
        "where_prec",
        "date_prec",
        "adm_1",
        "id",
    ];
    let at = names.map(column);
    let mut builder = Builder::default();
    for (i, record) in reader.records().enumerate() {
        let record = record.unwrap();
        let text = |k: usize| record.get(at[k]).unwrap().trim();
        let n = |k: usize| text(k).parse::<f64>().unwrap_or(0.0);
        let date = |k: usize| text(k)[..10].parse::<Date>().unwrap();
        let precision = match n(8) as u8 {
            1 => PlacePrecision::Exact,
            2 => PlacePrecision::Near,
            3 => PlacePrecision::Municipality,
            4 | 5 => PlacePrecision::State,
            _ => PlacePrecision::Country,
        };
        let kind = [
            Kind::GunBattle,
            Kind::Raid,
            Kind::GunBattle,
            Kind::AttackCivilians,
        ][n(7) as usize % 4];
        let mut incident = incident(n(1), n(0), kind);
        incident.position.precision = precision;
        incident.when = When::new(
            date(5),
            date(6),
            [
                TimePrecision::Day,
                TimePrecision::Week,
                TimePrecision::Month,
            ][(n(9) as usize).saturating_sub(2).min(2)],
        )
        .unwrap();
        // Some rows have low above best.
        incident.deaths = Deaths::new(Some(n(2) as u32), Some(n(3) as u32), Some(n(4) as u32))
            .unwrap_or(Deaths::exactly(n(3) as u32));
        incident.places.admin1 = text(10).trim_end_matches(" state").to_owned();
        builder.push(i as i64, "ucdp-ged", &incident);
    }
    builder.finish()
}

/// One incident of 2025-02-03, exact, deaths not reported.
pub fn incident(lon: f64, lat: f64, kind: Kind) -> Incident {
    Incident {
        external_id: String::new(),
        kind,
        source_kind: String::new(),
        title: LocalText::default(),
        when: When::day(Date::constant(2025, 2, 3)),
        position: Position::new(lon, lat, PlacePrecision::Exact).unwrap(),
        places: PlaceNames::default(),
        side_a: Vec::new(),
        side_b: Vec::new(),
        deaths: Deaths::UNKNOWN,
        narrative: LocalText::default(),
        sources: Vec::new(),
        credibility: None,
        related: Vec::new(),
        extra: Vec::new(),
        version: None,
        line: 0,
    }
}

pub fn columns(incidents: &[Incident]) -> Columns {
    let mut builder = Builder::default();
    for (i, incident) in incidents.iter().enumerate() {
        builder.push(i as i64, "test", incident);
    }
    builder.finish()
}

/// An estimate over a polygon of degrees.
pub fn territory(
    actor: &str,
    relation: Relation,
    grade: &str,
    outline: &[(f64, f64)],
) -> TerritoryEstimate {
    TerritoryEstimate {
        dataset: "test".into(),
        external_id: actor.into(),
        name: LocalText::new(actor),
        actor: Actor::new(actor, ActorType::CartelOrGang),
        relation,
        valid_from: None,
        valid_to: None,
        share_low: None,
        share_high: None,
        claimant: String::new(),
        grade: Grade::parse(grade).unwrap(),
        note: LocalText {
            text: "illustrative, not an assessment".into(),
            es: Some("ilustrativo, no es una evaluación".into()),
        },
        area: geo::MultiPolygon(vec![geo::Polygon::new(
            geo::LineString::from(outline.to_vec()),
            Vec::new(),
        )]),
        extra: Vec::new(),
        line: 0,
    }
}

/// A track of 2025-02-03 along lines of degrees.
pub fn movement(path: &[&[(f64, f64)]]) -> Movement {
    Movement {
        external_id: "m".into(),
        kind: MovementKind::Track,
        name: LocalText::new("Flight"),
        actor: None,
        when: Some(When::day(Date::constant(2025, 2, 3))),
        path: geo::MultiLineString(path.iter().map(|line| line.to_vec().into()).collect()),
        amount: None,
        unit: String::new(),
        note: LocalText::default(),
        sources: Vec::new(),
        extra: Vec::new(),
        line: 0,
    }
}

/// A look at all rows of some columns, 800 × 600 px around Nuevo Laredo.
pub fn with_rows<T>(columns: &Columns, check: impl FnOnce(&MapView) -> T) -> T {
    let rows = 0..columns.len() as atalaya::index::Row;
    let window = atalaya::query::Window::of(&Filter::default());
    let mut selection = Selection::of(columns, rows, window);
    let judged = atalaya::query::Judged::new(columns, (&Filter::default()).into());
    selection.leading = atalaya::query::leading(columns, &judged, 8);
    with_view(Ways::default(), |view| {
        check(&MapView {
            columns,
            selection: &selection,
            ..*view
        })
    })
}

/// A look at movements and places alone, 1200 × 800 px around Nuevo Laredo at zoom 8.
pub fn with_view<T>(ways: Ways<'_>, check: impl FnOnce(&MapView) -> T) -> T {
    let (columns, selection) = (Columns::default(), Selection::default());
    check(&MapView {
        ways,
        ..MapView::new(
            Camera {
                lon: -99.5,
                lat: 27.5,
                zoom: 8.0,
            },
            [1200.0, 800.0],
            &Theme::LIGHT,
            Lang::En,
            &columns,
            &selection,
        )
    })
}
