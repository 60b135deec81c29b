use super::*;
use crate::domain::{
    Actor, ActorType, Grade, LocalText, Measured, Place, PlaceNames, Relation, Series,
    TerritoryEstimate,
};
use crate::store::{Changed, RowHistory};
use geo::{LineString, MultiPolygon, Polygon};

fn square(at: f64, side: f64) -> LineString<f64> {
    LineString::from(vec![
        (at, at),
        (at + side, at),
        (at + side, at + side),
        (at, at),
    ])
}

fn area(area: MultiPolygon<f64>) -> Record {
    Record::Territory(Box::new(TerritoryEstimate {
        dataset: String::new(),
        external_id: "a".to_owned(),
        name: LocalText::default(),
        actor: Actor::new("A", ActorType::Unknown),
        relation: Relation::Present,
        valid_from: None,
        valid_to: None,
        share_low: None,
        share_high: None,
        claimant: String::new(),
        grade: Grade::UNJUDGED,
        note: LocalText::default(),
        area,
        extra: Vec::new(),
        line: 2,
    }))
}

#[test]
fn a_hole_is_no_second_area() {
    let (outline, inner) = (square(0.0, 9.0), square(5.0, 1.0));
    let two = vec![
        Polygon::new(outline.clone(), Vec::new()),
        Polygon::new(inner.clone(), Vec::new()),
    ];
    let two = area(MultiPolygon(two));
    let holed = area(MultiPolygon(vec![Polygon::new(outline, vec![inner])]));
    let found = compare(Lang::En, &two, &holed);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].before.ends_with(" / 2") && found[0].after.ends_with(" / 1 / 2"));
    assert!(compare(Lang::En, &holed, &holed).is_empty());
}

fn figures(values: &[Option<f64>]) -> Record {
    let day = Date::constant(2025, 1, 1);
    let values = values.iter().map(|value| Measured {
        from: day,
        to: day,
        value: *value,
    });
    Record::Series(Box::new(PlaceSeries {
        external_id: "s".to_owned(),
        place: Place {
            external_id: "p".to_owned(),
            name: LocalText::new("Laredo"),
            position: None,
            kind: String::new(),
            names: PlaceNames::default(),
        },
        series: vec![Series {
            measure: "Homicide".to_owned(),
            unit: String::new(),
            values: values.collect(),
        }],
        extra: Vec::new(),
        line: 2,
    }))
}

#[test]
fn two_values_of_one_period_are_both_held_against_the_others() {
    let before = figures(&[Some(3.0), Some(5.0)]);
    let found = compare(Lang::En, &before, &figures(&[Some(4.0), Some(5.0)]));
    let said: Vec<[&str; 2]> = found
        .iter()
        .map(|f| [f.before.as_str(), f.after.as_str()])
        .collect();
    assert_eq!(said, [["3; 5", "4; 5"]]);
    // Not reported is no value that is missing.
    let found = compare(Lang::En, &before, &figures(&[Some(3.0), Some(5.0), None]));
    assert_eq!(found.len(), 1);
    assert!(compare(Lang::En, &before, &before).is_empty());
}

/// A row that said 0, then 1 and so on.
fn history(n: u32, is_cut: bool) -> RowHistory {
    let step = |n: u32| Changed {
        id: 1,
        from_import: i64::from(n),
        import_id: i64::from(n) + 1,
        retired: false,
        before: figures(&[Some(f64::from(n))]),
        after: figures(&[Some(f64::from(n + 1))]),
    };
    RowHistory {
        changes: (0..n).rev().map(step).collect(),
        is_cut,
    }
}

#[test]
fn the_first_version_is_named_only_where_it_is_the_first() {
    let whole = tell(Lang::En, &history(3, false));
    assert_eq!(
        (whole.steps.len(), whole.first, whole.is_cut),
        (3, Some((0, 2)), false)
    );
    let cut = tell(Lang::En, &history(3, true));
    assert_eq!((cut.steps.len(), cut.first, cut.is_cut), (3, None, true));
    // More than anybody reads.
    let long = tell(Lang::En, &history(1_200, false));
    assert!(long.steps.len() < 1_200 && long.first.is_none() && long.is_cut);
    // Several rows of one place have no first version.
    let mut several = history(2, false);
    several.changes[0].id = 2;
    assert_eq!(tell(Lang::En, &several).first, None);
}

#[test]
fn a_row_that_was_retired_and_came_back_as_it_was_says_so() {
    let mut history = history(1, false);
    history.changes[0].retired = true;
    history.changes[0].after = history.changes[0].before.clone();
    let told = tell(Lang::En, &history);
    assert!(told.steps[0].came_back && told.steps[0].fields.is_empty());
}
