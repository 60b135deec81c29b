//! What the publishers' own files must give.

use super::*;
use crate::domain::{ActorType, Deaths, Kind, TimePrecision};

fn numbered<T>(items: &[T], what: impl Fn(&T) -> bool) -> usize {
    items.iter().filter(|i| what(i)).count()
}

#[test]
fn the_whole_of_ucdp_mexico_is_read() {
    let (loaded, facts) = load(&testdata("ucdp-ged-mexico.csv")).unwrap();
    assert_eq!(facts.profile, "ucdp-ged");
    assert_eq!((loaded.rows(), loaded.reasons()), (18_957, vec![]));
    let incidents = &loaded.incidents;
    let best: u64 = incidents
        .iter()
        .filter_map(|i| i.deaths.best)
        .map(u64::from)
        .sum();
    assert_eq!(best, 140_695);
    let in_nuevo_laredo = |i: &Incident| i.places.admin2.contains("Nuevo Laredo");
    assert_eq!(numbered(incidents, in_nuevo_laredo), 89);
    assert_eq!(
        numbered(incidents, |i| i.kind == Kind::AttackCivilians),
        223
    );
    // Sums of months in a state or a country, with nearly half of the dead.
    let is_sum = |i: &Incident| i.kind == Kind::Other;
    assert_eq!(numbered(incidents, is_sum), 201);
    assert_eq!(numbered(incidents, |i| i.deaths.best == Some(0)), 613);
    assert_eq!(numbered(incidents, |i| i.when.start != i.when.end), 2_381);
    assert_eq!(
        numbered(incidents, |i| i.when.precision == TimePrecision::Week),
        1_399
    );
    // Where UCDP's bounds contradict its best estimate, they are kept as it wrote them.
    let contradicted = |i: &Incident| i.extra.iter().any(|(name, _)| name == "low");
    assert_eq!(numbered(incidents, contradicted), 89);
    assert_eq!(loaded.notes, ["note-deaths-bounds", "note-sums-of-events"]);
}

#[test]
fn a_ucdp_row_keeps_all_it_says() {
    let (loaded, facts) = load(&testdata("ucdp-ged-mexico.csv")).unwrap();
    assert_eq!(facts.licence, "CC BY 4.0");
    let first = &loaded.incidents[0];
    assert_eq!((first.external_id.as_str(), first.line), ("182027", 2));
    assert_eq!(first.title.text, "Sinaloa Cartel - Tijuana Cartel");
    assert_eq!(first.source_kind, "non-state");
    assert_eq!(first.side_b[0].actor_type, ActorType::CartelOrGang);
    assert_eq!(first.when.precision, TimePrecision::Month);
    assert_eq!(first.deaths, Deaths::exactly(9));
    let extra = |name: &str| {
        first
            .extra
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.as_str())
    };
    assert_eq!(extra("where_description"), Some("Mexico City"));
    assert_eq!(extra("deaths_b"), Some("9.0"));
    let many = loaded
        .incidents
        .iter()
        .find(|i| i.side_a[0].name.contains(", La Familia, "));
    assert_eq!(many.unwrap().side_a.len(), 1);
    let state = loaded
        .incidents
        .iter()
        .find(|i| i.source_kind == "state-based")
        .unwrap();
    assert_eq!(state.side_a[0].actor_type, ActorType::Government);
    assert_eq!(
        state
            .title
            .es
            .as_deref()
            .map(|t| t.contains("Gobierno de México")),
        Some(true)
    );
    let headline = &loaded.incidents[9_000];
    assert_eq!(headline.narrative.text, headline.sources[0].title);
    assert_eq!(headline.sources[0].publisher, "El Sol de Tijuana");
    assert_eq!(headline.sources[0].date.unwrap().to_string(), "2020-05-22");
}

#[test]
fn the_older_layout_of_ucdp_is_known_by_its_columns() {
    let text = "id,type_of_violence,dyad_name,side_a,side_b,where_prec,latitude,longitude,country,event_clarity,date_prec,date_start,date_end,best_est,high_est,low_est\n\
        7,3,Los Zetas - Civilians,Los Zetas,Civilians,7,24.5,-98.1,Mexico,2,1,2010-08-22 00:00:00.000,2010-08-22 00:00:00.000,72,73,72\n\
        8,9,x,x,x,1,24.5,-98.1,Mexico,1,1,2010-08-22,2010-08-22,1,1,1\n";
    let (loaded, facts) = load_text(text, ".csv").unwrap();
    assert_eq!(facts.profile, "ucdp-ged");
    let incident = &loaded.incidents[0];
    assert_eq!(
        incident.deaths,
        Deaths::new(Some(72), Some(72), Some(73)).unwrap()
    );
    assert_eq!(incident.side_a[0].actor_type, ActorType::CartelOrGang);
    assert_eq!(incident.side_b[0].actor_type, ActorType::Civilians);
    assert_eq!(incident.position.precision.code(), "country");
    // A type of violence that is not known is no reason to lose the row.
    assert_eq!(loaded.reasons(), []);
    assert_eq!(loaded.incidents[1].kind, Kind::Other);
}

#[test]
fn acled_rows_of_all_ages_are_read() {
    let (loaded, facts) = load(&fixture("acled.csv")).unwrap();
    assert_eq!(
        (facts.profile, facts.default_dataset.as_str()),
        ("acled", "acled")
    );
    assert_eq!(loaded.reasons(), [(6, "no_such_day")]);
    let [battle, protest, attack] = &loaded.incidents[..] else {
        panic!()
    };
    assert_eq!(
        (battle.kind, battle.source_kind.as_str()),
        (Kind::GunBattle, "Armed clash")
    );
    assert_eq!(
        battle.title.text,
        "Armed clash: Military Forces of Mexico (2024-) – CDN: Northeast Cartel"
    );
    let types: Vec<_> = battle
        .side_a
        .iter()
        .chain(&battle.side_b)
        .map(|a| a.actor_type)
        .collect();
    assert_eq!(
        types,
        [
            ActorType::Military,
            ActorType::Unknown,
            ActorType::CartelOrGang
        ]
    );
    assert_eq!(battle.deaths, Deaths::exactly(0));
    let publishers: Vec<_> = battle
        .sources
        .iter()
        .map(|s| s.publisher.as_str())
        .collect();
    assert_eq!(publishers, ["El Mañana", "Milenio"]);
    assert!(
        battle
            .extra
            .contains(&("timestamp".to_owned(), "1738800000".to_owned()))
    );
    assert!(
        battle
            .extra
            .contains(&("event_type".to_owned(), "Battles".to_owned()))
    );
    let span = |i: &Incident| {
        format!(
            "{}..{} {}",
            i.when.start,
            i.when.end,
            i.when.precision.code()
        )
    };
    assert_eq!(span(protest), "2020-11-30..2020-12-06 week");
    assert_eq!(
        (protest.side_a.len(), protest.side_b.len(), protest.line),
        (3, 0, 4)
    );
    assert_eq!(span(attack), "2020-05-01..2020-05-31 month");
    assert_eq!(attack.position.precision.code(), "state");
}

#[test]
fn acled_weekly_counts_are_refused() {
    let text = "WEEK,REGION,COUNTRY,ADMIN1,EVENT_TYPE,SUB_EVENT_TYPE,EVENTS,FATALITIES,POPULATION_EXPOSURE,DISORDER_TYPE,ID,CENTROID_LATITUDE,CENTROID_LONGITUDE\n\
        2025-02-01,North America,Mexico,Tamaulipas,Battles,Armed clash,3,1,,Political violence,1,24.3,-98.6\n";
    assert_eq!(
        load_text(text, ".csv").err().unwrap().key,
        "problem-acled-aggregate"
    );
}

#[test]
fn the_columns_of_the_hand_coded_case_are_all_known() {
    let (loaded, facts) = load(&fixture("own.csv")).unwrap();
    assert_eq!(
        (facts.profile, loaded.incidents.len(), loaded.rejects.len()),
        ("own", 2, 0)
    );
    for (field, column) in &facts.mapping {
        let is_same =
            field == column || (field, column.as_str()) == (&"relation".to_owned(), "predicate");
        assert!(is_same, "{field} {column}");
    }
    assert_eq!(facts.mapping.len(), 33);
    let [battle, share] = &loaded.incidents[..] else {
        panic!()
    };
    assert_eq!(
        (battle.external_id.as_str(), battle.kind),
        ("X-1", Kind::GunBattle)
    );
    assert_eq!(
        battle.title.es.as_deref(),
        Some("Enfrentamiento en un puente")
    );
    assert_eq!(battle.position.radius_m, Some(10_000.0));
    assert_eq!(battle.related, ["X-2", "X-3"]);
    assert_eq!(
        (battle.grade().to_string().as_str(), battle.deaths),
        ("B2", Deaths::UNKNOWN)
    );
    assert_eq!(battle.side_b[0].actor_type, ActorType::Military);
    let extra: Vec<&str> = share.extra.iter().map(|(name, _)| name.as_str()).collect();
    let claim = [
        "claimant",
        "predicate",
        "subject",
        "denominator",
        "value_low",
        "value_high",
        "unit",
        "stance",
    ];
    assert_eq!(extra, claim);
}
