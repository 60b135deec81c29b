use super::*;
use crate::domain::{Deaths, Filter, Incident};
use crate::query::select;
use crate::scene::{Camera, LayerSet, Theme, sample};

fn legend(incidents: &[Incident], layers: LayerSet) -> IncidentKey {
    let columns = sample::columns(incidents);
    let selection = select(&columns, &Filter::default());
    IncidentKey::of(&MapView {
        layers,
        ..MapView::new(
            Camera {
                lon: -99.5,
                lat: 27.5,
                zoom: 7.0,
            },
            [800.0, 600.0],
            &Theme::LIGHT,
            Lang::Es,
            &columns,
            &selection,
        )
    })
}

#[test]
fn colours_that_say_years_are_listed_with_their_incidents() {
    let on = |date: &str| {
        let mut incident = sample::incident(-99.5, 27.5, Kind::GunBattle);
        incident.when = crate::domain::When::day(date.parse().unwrap());
        incident
    };
    let by_year = LayerSet {
        color_by: ColorBy::Year,
        ..LayerSet::default()
    };
    let rows = [on("2023-05-01"), on("2025-02-03"), on("2025-02-03")];
    let found = legend(&rows, by_year);
    let classes = found.classes.iter().map(|(c, n)| (c.name.as_str(), *n));
    assert_eq!(classes.collect::<Vec<_>>(), [("2023", 1), ("2025", 2)]);
    assert_ne!(found.classes[0].0.color, found.classes[1].0.color);
    // The shapes still say kinds: all of one are one line.
    let lines = found.lines();
    assert_eq!((lines.len(), lines[0].kind), (1, Some(Kind::GunBattle)));
}

#[test]
fn it_lists_only_what_is_in_view() {
    let here = |kind| sample::incident(-99.5, 27.5, kind);
    let mut deadly = here(Kind::GunBattle);
    deadly.deaths = Deaths::exactly(12);
    let far = sample::incident(10.0, 50.0, Kind::Protest);
    let mut vague = here(Kind::Seizure);
    vague.position.precision = PlacePrecision::Municipality;
    let all = LayerSet::default();
    let found = legend(
        &[
            deadly.clone(),
            here(Kind::Homicide),
            far.clone(),
            here(Kind::Raid),
        ],
        all,
    );
    assert_eq!(
        found.marks,
        [(Mark::ArmedViolence, 2), (Mark::StateAction, 1)]
    );
    assert_eq!(found.total, 3);
    assert_eq!(found.sizes.iter().map(|s| s.0).collect::<Vec<_>>(), [0, 10]);
    assert!(!found.rings && !found.lighter);
    assert!(legend(&[vague.clone()], all).rings);
    assert!(legend(&[far], all).marks.is_empty());
    assert_eq!(
        legend(&[deadly], all.without(LAYER.id)),
        IncidentKey::default()
    );
}
