//! Each profile with files as its publisher writes them: what they hold, told in lines of text that
//! stand beside the file.

use super::*;
use std::fmt::Write as _;

/// One incident, in a line.
fn incident(i: &Incident) -> String {
    let side = |side: &[crate::domain::Actor]| {
        let actors = side.iter();
        let actors = actors.map(|a| format!("{} ({})", a.name, a.actor_type.code()));
        actors.collect::<Vec<_>>().join(" + ")
    };
    let number = |n: Option<u32>| n.map_or("?".to_owned(), |n| n.to_string());
    let (when, places, at) = (&i.when, &i.places, &i.position);
    let mut line = format!(
        "{} | {} <{}> | {} | {}..{} {}",
        i.external_id,
        i.kind.code(),
        i.source_kind,
        i.title.text,
        when.start,
        when.end,
        when.precision.code()
    );
    if let Some(instant) = &when.instant {
        let _ = write!(line, " {} {}", instant.utc, instant.zone);
    }
    let _ = write!(
        line,
        " | {} {} {} | {}/{}/{}/{} | {} -> {} | {}-{}-{} {}",
        at.lon,
        at.lat,
        at.precision.code(),
        places.place,
        places.admin2,
        places.admin1,
        places.country,
        side(&i.side_a),
        side(&i.side_b),
        number(i.deaths.low),
        number(i.deaths.best),
        number(i.deaths.high),
        i.grade()
    );
    for source in &i.sources {
        let _ = write!(
            line,
            " | [{}] {} {}",
            source.publisher, source.title, source.url
        );
    }
    if let Some(version) = i.version {
        let _ = write!(line, " | version {version}");
    }
    let extra = i
        .extra
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    let extra: Vec<String> = extra.collect();
    let _ = write!(line, " | {}", extra.join(", "));
    line.replace('\n', "⏎")
}

fn series(s: &PlaceSeries) -> String {
    let at = s.place.position.as_ref();
    let at = at.map_or("nowhere".to_owned(), |p| format!("{} {}", p.lon, p.lat));
    let mut line = format!(
        "{} | {} {} {} | {at}",
        s.external_id, s.place.kind, s.place.external_id, s.place.name.text
    );
    for series in &s.series {
        let _ = write!(line, " | {} [{}]", series.measure, series.unit);
        for m in &series.values {
            let value = m.value.map_or("?".to_owned(), |v| v.to_string());
            let _ = write!(line, " {}..{}={value}", m.from, m.to);
        }
    }
    let extra = s
        .extra
        .iter()
        .map(|(name, value)| format!("{name}={value}"));
    let extra: Vec<String> = extra.collect();
    let _ = write!(line, " | {}", extra.join(", "));
    line
}

fn told(name: &str, options: &Options) -> String {
    let (loaded, facts) = load_with(&fixture(&format!("profiles/{name}")), options).unwrap();
    let mut text = format!(
        "{} in {}, {} columns, dataset {}\n",
        facts.profile,
        facts.encoding,
        facts.columns.len(),
        facts.default_dataset
    );
    for i in &loaded.incidents {
        text += &(incident(i) + "\n");
    }
    for s in &loaded.series {
        text += &(series(s) + "\n");
    }
    for r in &loaded.rejects {
        let _ = writeln!(
            text,
            "line {}: {} [{}] {}",
            r.line, r.reason, r.column, r.value
        );
    }
    text += &loaded.notes.join(" ");
    let lines = text.lines().map(str::trim_end).filter(|l| !l.is_empty());
    lines.map(|l| l.to_owned() + "\n").collect()
}

#[test]
fn files_as_publishers_write_them() {
    let plain = Options::default();
    let places = Options {
        profile: Some("places".to_owned()),
        ..Options::default()
    };
    let by_place = Options {
        zone: Some("place".to_owned()),
        ..Options::default()
    };
    let gazetteer = Options {
        gazetteer: true,
        ..Options::default()
    };
    let mut wrong = String::new();
    for (name, options) in [
        ("acled-29.csv", &plain),
        ("acled-15.csv", &plain),
        ("acled-from-r.csv", &plain),
        ("ucdp-candidate-headerless.csv", &plain),
        ("ucdp-41.csv", &plain),
        ("gdelt.export.csv", &plain),
        ("gdelt-with-header.csv", &plain),
        ("gtd.csv", &plain),
        ("sesnsp-municipal.csv", &gazetteer),
        ("sesnsp-victims.csv", &plain),
        ("places.csv", &places),
        ("own-coordinates.csv", &by_place),
        ("own-dms.csv", &plain),
        ("own-event-types.csv", &plain),
        ("own-names.csv", &gazetteer),
    ] {
        let golden = fixture(&format!("profiles/{name}.txt"));
        let told = told(name, options);
        if std::env::var_os("ATALAYA_BLESS").is_some() {
            std::fs::write(&golden, &told).unwrap();
        }
        let wanted = std::fs::read_to_string(golden);
        if wanted.ok().as_deref() != Some(told.as_str()) {
            let _ = writeln!(wrong, "=== {name}\n{told}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_file_of_places_without_dates_is_told_how_to_be_read() {
    let path = fixture("profiles/places.csv");
    let problem = load(&path).err().unwrap();
    assert_eq!(problem.key, "problem-columns-places");
    for lang in Lang::ALL {
        assert!(problem.message(lang).contains("--profile places"));
    }
    let shown = inspect(&path, &Options::default()).unwrap();
    let ids: Vec<&str> = shown.candidates.iter().map(|c| c.id).collect();
    assert_eq!(ids, ["own", "places"]);
}

#[test]
fn the_ports_at_hand_are_places() {
    let options = Options {
        profile: Some("places".to_owned()),
        ..Options::default()
    };
    let (loaded, _) = load_with(&testdata("us-mexico-ports-2018.csv"), &options).unwrap();
    assert_eq!((loaded.series.len(), loaded.rejects.len()), (27, 0));
    let laredo = loaded
        .series
        .iter()
        .find(|s| s.place.name.text == "Laredo")
        .unwrap();
    let measures: Vec<&str> = laredo.series.iter().map(|s| s.measure.as_str()).collect();
    assert_eq!(
        measures,
        ["trucks", "personal_vehicles", "pedestrians", "buses"]
    );
    assert_eq!(laredo.series[0].values[0].to.to_string(), "2018-12-31");
    assert_eq!(laredo.place.names.admin1, "Texas");
}

#[test]
fn candidates_say_why() {
    let of = |name: &str| {
        let shown = inspect(&fixture(&format!("profiles/{name}")), &Options::default()).unwrap();
        let all = shown.candidates.into_iter();
        all.map(|c| format!("{} {}: {}", c.id, c.score, c.reason.message(Lang::En)))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("acled-15.csv"),
        [
            "acled 63: 14 of its 22 columns are there",
            "own 80: any table: 12 of 15 columns are known by their names",
        ]
    );
    // A table with a few names in common is nobody's but its own.
    let text = "event_date,event_type,actor1,latitude,longitude\n2025-02-03,Battles,A,27.5,-99.5\n";
    let file = written(text.as_bytes(), ".csv");
    let shown = inspect(file.path(), &Options::default()).unwrap();
    assert_eq!(shown.facts.profile, "own");
    let acled = shown.candidates.iter().find(|c| c.id == "acled").unwrap();
    let es = acled.reason.message(Lang::Es);
    assert!(es.contains("eventidcnty"), "{es}");
    assert_eq!(shown.candidates[0].id, "own");
}

#[test]
fn names_that_a_shapefile_cut_are_known() {
    let text = "id,type_of_vi,dyad_name,side_a,side_b,where_prec,latitude,longitude,country,event_clar,date_prec,date_start,date_end,best,high,low\n\
        7,2,A - B,A,B,1,24.5,-98.1,Mexico,1,1,2010-08-22,2010-08-22,72,73,72\n";
    let (loaded, facts) = load_text(text, ".csv").unwrap();
    assert_eq!(facts.profile, "ucdp-ged");
    assert_eq!(loaded.incidents[0].source_kind, "non-state");
    assert_eq!(loaded.incidents[0].grade().to_string(), "F2");
}

#[test]
fn an_exchanged_pair_is_proposed_and_never_done() {
    let path = fixture("profiles/own-swapped.csv");
    let hint = inspect(&path, &Options::default())
        .unwrap()
        .swapped
        .unwrap();
    assert_eq!((hint.rows, hint.as_they_are, hint.exchanged), (5, 0, 5));
    assert_eq!(hint.country, "Mexico");
    let (loaded, _) = load(&path).unwrap();
    assert!(
        loaded
            .reasons()
            .iter()
            .all(|(_, reason)| *reason == "swapped")
    );
    assert_eq!(loaded.rejects.len(), 5);
    let swap = Options {
        swap: true,
        ..Options::default()
    };
    let (loaded, _) = load_with(&path, &swap).unwrap();
    assert_eq!(loaded.incidents.len(), 5);
    assert!(loaded.incidents.iter().all(|i| i.position.lat > 27.0));
    assert_eq!(inspect(&path, &swap).unwrap().swapped, None);
    let sound = inspect(&fixture("own-es-windows1252.csv"), &Options::default()).unwrap();
    assert_eq!(sound.swapped, None);
}

#[test]
fn one_column_of_both_coordinates_says_its_order() {
    let at = |header: &str, cell: &str| {
        let text = format!("date;{header}\n2025-02-03;{cell}\n");
        let (loaded, _) = load_text(&text, ".csv").unwrap();
        match &loaded.incidents[..] {
            [i] => format!("{} {}", i.position.lon, i.position.lat),
            _ => loaded.rejects[0].reason.to_owned(),
        }
    };
    assert_eq!(at("coordinates", "25.8, -80.1"), "-80.1 25.8");
    assert_eq!(at("lonlat", "-80.1, 25.8"), "-80.1 25.8");
    assert_eq!(at("lonlat", "25.8 N, 80.1 W"), "-80.1 25.8");
    assert_eq!(at("latlon", "-99.5, 27.5"), "-99.5 27.5");
    assert_eq!(at("geom", "POINT Z (-80.1 25.8 3)"), "-80.1 25.8");
    assert_eq!(at("geom", "POINT (448983 3039298)"), "projected");
    assert!(at("gps", "14R 448983 3039298").starts_with("-99.51"));
    assert_eq!(at("gps", "200, 300"), "out_of_range");
    assert_eq!(at("gps", "at the bridge"), "bad_coordinates");
}

#[test]
fn a_clock_time_without_a_zone_moves_no_day() {
    let zone = |zone: &str| Options {
        zone: Some(zone.to_owned()),
        ..Options::default()
    };
    let path = fixture("profiles/own-coordinates.csv");
    let first = |options: &Options| {
        let (loaded, _) = load_with(&path, options).unwrap();
        let when = loaded.incidents[0].when.clone();
        assert_eq!(when.start.to_string(), "2023-07-03");
        when.instant.map(|i| i.utc.to_string())
    };
    assert_eq!(first(&Options::default()), None);
    let utc = |text: &str| Some(text.to_owned());
    assert_eq!(
        first(&zone("America/Monterrey")),
        utc("2023-07-03T20:30:00Z")
    );
    assert_eq!(first(&zone("place")), utc("2023-07-03T19:30:00Z"));
    let refused = load_with(&path, &zone("Nowhere/Land")).err().unwrap();
    assert_eq!(refused.key, "problem-zone-unknown");
}
