//! `atalaya count` against counts made straight from the file, by code that shares nothing with
//! the program.

use crate::common::*;
use atalaya::index::Wanted;
use clap::Parser;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

type CsvRow = HashMap<String, String>;

/// The rows of UCDP's file by column name.
fn csv_rows() -> &'static [CsvRow] {
    static ROWS: OnceLock<Vec<CsvRow>> = OnceLock::new();
    ROWS.get_or_init(|| {
        csv::Reader::from_path(ucdp())
            .unwrap()
            .deserialize()
            .map(Result::unwrap)
            .collect()
    })
}

fn number(row: &CsvRow, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// Incidents and best deaths among the rows that pass.
fn expected(passes: impl Fn(&CsvRow) -> bool) -> [u64; 2] {
    let kept: Vec<_> = csv_rows().iter().filter(|r| passes(r)).collect();
    [
        kept.len() as u64,
        kept.iter().map(|r| number(r, "best") as u64).sum(),
    ]
}

/// The filter flags alone, as every command reads them.
#[derive(clap::Parser)]
struct Flags {
    #[command(flatten)]
    filter: atalaya::cli::FilterArgs,
}

/// What the flags count, of no more columns than they need. That the program answers the same is
/// held by [`asked`].
fn counted(args: &[&str]) -> [u64; 2] {
    let flags = Flags::try_parse_from([&["count"], args].concat()).unwrap();
    let asked = flags
        .filter
        .ask(ucdp_case(), Wanted::LEAST, atalaya::locale::Lang::En)
        .unwrap();
    let filter = flags
        .filter
        .resolve(&asked.case, &asked.columns, atalaya::locale::Lang::En)
        .unwrap();
    let selection = asked.select(&filter).unwrap();
    [selection.len() as u64, selection.deaths_best]
}

/// What the program answers to them.
fn asked(args: &[&str]) -> [u64; 2] {
    let rows = json(
        atalaya()
            .arg("count")
            .arg(ucdp_case())
            .args(args)
            .args(["--format", "json"]),
    );
    assert_eq!(rows.as_array().unwrap().len(), 1);
    ["incidents", "deaths_best"].map(|key| rows[0][key].as_u64().unwrap())
}

/// Dates as the file has them sort as text: `2023-01-31`, some with a time of day behind.
fn day<'a>(row: &'a CsvRow, column: &str) -> &'a str {
    &row[column][..10]
}

/// The first and last day a row stands for. UCDP gives both for each row, and a date precision of
/// a week, month or year for a single day only where it means the whole of it.
fn overlaps(row: &CsvRow, from: &str, to: &str) -> bool {
    day(row, "date_start") <= to && day(row, "date_end") >= from
}

fn lies_within(row: &CsvRow, from: &str, to: &str) -> bool {
    day(row, "date_start") >= from && day(row, "date_end") <= to
}

#[test]
fn the_whole_file() {
    assert_eq!(counted(&[]), expected(|_| true));
    assert_eq!(asked(&[]), [18_957, 140_695]);
}

#[test]
fn a_time_window_counts_what_may_and_what_must_lie_in_it() {
    for (from, to) in [
        ("2023-01-01", "2023-12-31"),
        ("2010-02-17", "2010-03-02"),
        ("1989-01-01", "1995-06-30"),
        ("2006-12-11", "2006-12-11"),
    ] {
        let window = ["--from", from, "--to", to];
        assert_eq!(
            counted(&window),
            expected(|r| overlaps(r, from, to)),
            "{from}"
        );
        let certain = [&window[..], &["--certain"]].concat();
        assert_eq!(
            counted(&certain),
            expected(|r| lies_within(r, from, to)),
            "{from} for certain"
        );
    }
    let year = ["--from", "2023-01-01", "--to", "2023-12-31"];
    assert_eq!(
        asked(&year),
        expected(|r| overlaps(r, "2023-01-01", "2023-12-31"))
    );
    assert_eq!(
        asked(&[&year[..], &["--certain"]].concat()),
        expected(|r| lies_within(r, "2023-01-01", "2023-12-31"))
    );
    assert_eq!(
        counted(&["--from", "2023", "--to", "2023"]),
        counted(&["--from", "2023-01-01", "--to", "2023-12-31"])
    );
    assert_eq!(
        counted(&["--from", "2022-02"]),
        expected(|r| day(r, "date_end") >= "2022-02-01")
    );
    assert_eq!(
        counted(&["--to", "2012-02"]),
        expected(|r| day(r, "date_start") <= "2012-02-29")
    );
}

#[test]
fn kinds_deaths_places_and_precision() {
    let violence = |r: &CsvRow| number(r, "type_of_violence") as u8;
    // What UCDP sums up over months in a state or a country is no event of any kind.
    let is_sum = |r: &CsvRow| {
        let date = |column| day(r, column)[..10].parse::<jiff::civil::Date>().unwrap();
        let days = (date("date_end") - date("date_start")).get_days();
        number(r, "where_prec") >= 4.0 && days >= 90
    };
    assert_eq!(
        counted(&["--kind", "attack_civilians"]),
        expected(|r| violence(r) == 3 && !is_sum(r))
    );
    assert_eq!(
        counted(&["--kind", "gun_battle"]),
        expected(|r| violence(r) != 3 && !is_sum(r))
    );
    assert_eq!(
        counted(&["--kind", "armed_violence"]),
        expected(|r| !is_sum(r))
    );
    assert_eq!(counted(&["--kind", "other"]), expected(is_sum));
    assert_eq!(
        counted(&["--kind", "gun_battle,attack_civilians"]),
        expected(|r| !is_sum(r))
    );
    assert_eq!(counted(&["--kind", "arrest"]), [0, 0]);
    for least in ["0", "1", "10", "100"] {
        assert_eq!(
            counted(&["--min-deaths", least]),
            expected(|r| number(r, "best") >= least.parse().unwrap()),
            "{least}"
        );
    }
    let inside = |r: &CsvRow| {
        (-100.0..=-99.0).contains(&number(r, "longitude"))
            && (27.0..=28.0).contains(&number(r, "latitude"))
    };
    assert_eq!(counted(&["--bbox", "-100,27,-99,28"]), expected(inside));
    for (code, worst) in [
        ("exact", 1.0),
        ("near", 2.0),
        ("municipality", 3.0),
        ("state", 5.0),
        ("country", 7.0),
    ] {
        assert_eq!(
            counted(&["--precision", code]),
            expected(|r| number(r, "where_prec") <= worst),
            "{code}"
        );
    }
    assert_eq!(counted(&["--dataset", "ucdp-ged"]), expected(|_| true));
}

#[test]
fn actors_and_words() {
    let side = |r: &CsvRow, test: &dyn Fn(&str) -> bool| test(&r["side_a"]) || test(&r["side_b"]);
    assert_eq!(
        counted(&["--actor", "Sinaloa Cartel"]),
        expected(|r| side(r, &|name| name == "Sinaloa Cartel"))
    );
    assert_eq!(
        counted(&["--actor", "sinaloa CARTEL"]),
        counted(&["--actor", "Sinaloa Cartel"])
    );
    assert_eq!(
        counted(&["--actor", "zetas"]),
        expected(|r| side(r, &|name| name.to_lowercase().contains("zetas")))
    );
    assert_eq!(
        counted(&["--actor", "Sinaloa Cartel", "--actor", "Gulf Cartel"]),
        expected(|r| side(r, &|name| name == "Sinaloa Cartel" || name == "Gulf Cartel"))
    );
    // The beginning of a word anywhere in the row's texts; accents and case do not matter.
    let plain = |text: &str| {
        text.to_lowercase()
            .replace('á', "a")
            .replace('é', "e")
            .replace('í', "i")
            .replace('ó', "o")
    };
    let said = |r: &CsvRow, word: &str| {
        let account = if r["source_headline"].trim().is_empty() {
            "source_article"
        } else {
            "source_headline"
        };
        let columns = [
            "dyad_name",
            account,
            "where_coordinates",
            "adm_1",
            "adm_2",
            "country",
            "side_a",
            "side_b",
        ];
        let begins = |text: &str| {
            plain(text)
                .split(|c: char| !c.is_alphanumeric())
                .any(|w| w.starts_with(word))
        };
        columns.iter().any(|c| begins(&r[*c]))
    };
    for word in ["reynosa", "michoacan", "zetas"] {
        assert_eq!(
            counted(&["--text", word]),
            expected(|r| said(r, word)),
            "{word}"
        );
    }
    assert_eq!(
        counted(&["--text", "MICHOACÁN"]),
        counted(&["--text", "michoacan"])
    );
    assert_eq!(
        counted(&["--text", "zetas reynosa"]),
        expected(|r| said(r, "zetas") && said(r, "reynosa"))
    );
}

#[test]
fn sides_places_and_the_most_deaths() {
    assert_eq!(
        counted(&["--side-a", "Sinaloa Cartel"]),
        expected(|r| r["side_a"] == "Sinaloa Cartel")
    );
    assert_eq!(
        counted(&["--side-b", "sinaloa cartel"]),
        expected(|r| r["side_b"] == "Sinaloa Cartel")
    );
    assert_eq!(
        counted(&["--side-a", "Sinaloa Cartel", "--side-b", "Gulf Cartel"]),
        expected(|r| r["side_a"] == "Sinaloa Cartel" && r["side_b"] == "Gulf Cartel")
    );
    let state = |name: &'static str| move |r: &CsvRow| r["adm_1"] == name;
    let mut states: Vec<&str> = csv_rows().iter().map(|r| r["adm_1"].as_str()).collect();
    states.sort_unstable();
    let tamaulipas = states.iter().find(|s| s.starts_with("Tamaulipas")).unwrap();
    let found = expected(state(tamaulipas));
    assert!(found[0] > 300, "{found:?}");
    let name = tamaulipas.trim_end_matches(" state");
    assert_eq!(counted(&["--admin", &name.to_uppercase()]), found);
    assert_eq!(counted(&["--admin", &format!("Mexico / {name}")]), found);
    assert_eq!(
        counted(&["--max-deaths", "3"]),
        expected(|r| number(r, "best") <= 3.0)
    );
    assert_eq!(
        asked(&["--min-deaths", "2", "--max-deaths", "4"]),
        expected(|r| (2.0..=4.0).contains(&number(r, "best")))
    );
    // UCDP gives no grade: all of it passes what cannot be judged, and nothing else.
    assert_eq!(counted(&["--grade", "F6"]), expected(|_| true));
    assert_eq!(counted(&["--grade", "C3"]), [0, 0]);
}

/// Metres between two places `[lon, lat]`, on the ellipsoid.
fn metres(a: [f64; 2], b: [f64; 2]) -> f64 {
    use geo::{Distance, Geodesic, Point};
    Geodesic.distance(Point::from(a), Point::from(b))
}

fn place(row: &CsvRow) -> [f64; 2] {
    [number(row, "longitude"), number(row, "latitude")]
}

/// Metres from a line, by walking along it in steps of some 60 m; straight in degrees, which on
/// legs this short is straight on the map to a few metres.
fn from_line(line: &[[f64; 2]], at: [f64; 2]) -> f64 {
    from_line_within(line, at, 50_000.0)
}

/// What lies further away than `reach_m` may be at any distance beyond it.
fn from_line_within(line: &[[f64; 2]], at: [f64; 2], reach_m: f64) -> f64 {
    let mut least = f64::INFINITY;
    for leg in line.windows(2) {
        // No nearer than this whatever the steps say.
        let direct = metres(leg[0], at).min(metres(leg[1], at));
        if direct > metres(leg[0], leg[1]) + reach_m {
            continue;
        }
        for i in 0..=400 {
            let t = f64::from(i) / 400.0;
            let on = [0, 1].map(|k| leg[0][k] + (leg[1][k] - leg[0][k]) * t);
            least = least.min(metres(on, at));
        }
    }
    least
}

#[test]
fn areas_count_what_lies_in_them() {
    let laredo = [-99.507, 27.476];
    assert_eq!(
        counted(&["--circle", "-99.507,27.476,25"]),
        expected(|r| metres(place(r), laredo) <= 25_000.0)
    );
    assert_eq!(
        asked(&["--circle=-99.507,27.476,150"]),
        expected(|r| metres(place(r), laredo) <= 150_000.0)
    );
    // A triangle: each side has its corners to the left.
    let left = |a: [f64; 2], b: [f64; 2], p: [f64; 2]| {
        (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0.0
    };
    // Its slanting sides are short enough for degrees and map to agree.
    let corners = [[-100.5, 25.4], [-99.9, 25.4], [-100.2, 25.9]];
    let inside = |p| (0..3).all(|i| left(corners[i], corners[(i + 1) % 3], p));
    let found = expected(|r| inside(place(r)));
    assert!(found[0] > 100, "{found:?}");
    assert_eq!(
        counted(&["--polygon", "-100.5,25.4 -99.9,25.4 -100.2,25.9"]),
        found
    );
}

#[test]
fn a_corridor_counts_what_lies_along_it() {
    // Monterrey to Nuevo Laredo by way of Sabinas Hidalgo.
    let line = [[-100.316, 25.686], [-100.175, 26.508], [-99.507, 27.476]];
    let distances: Vec<f64> = csv_rows()
        .iter()
        .map(|r| from_line(&line, place(r)))
        .collect();
    for width_km in [4.0, 10.0, 40.0] {
        let half = width_km * 500.0;
        // Steps and straightness leave some metres open: no incident is to lie there.
        assert!(
            distances.iter().all(|d| (d - half).abs() > 40.0),
            "an incident on the edge at {width_km}"
        );
        let near: Vec<usize> = (0..distances.len())
            .filter(|i| distances[*i] < half)
            .collect();
        let deaths: u64 = near
            .iter()
            .map(|i| number(&csv_rows()[*i], "best") as u64)
            .sum();
        let corridor = format!("-100.316,25.686 -100.175,26.508 -99.507,27.476;{width_km}");
        let found = counted(&["--corridor", &corridor]);
        assert!(near.len() > 50, "{}", near.len());
        assert_eq!(found, [near.len() as u64, deaths], "{width_km}");
        // The same line from a file.
        let folder = folder();
        let points = line
            .map(|[lon, lat]| format!("<trkpt lat='{lat}' lon='{lon}'/>"))
            .concat();
        let gpx = format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>");
        let file = write(&folder, "road.gpx", gpx);
        let width = width_km.to_string();
        let route = ["--route", file.to_str().unwrap(), "--width", &width];
        assert_eq!(counted(&route), found);
    }
}

#[test]
fn all_parts_of_a_filter_narrow_together() {
    let args = [
        "--from",
        "2019-01-01",
        "--to",
        "2020-12-31",
        "--kind",
        "gun_battle",
        "--min-deaths",
        "5",
        "--precision",
        "municipality",
    ];
    let passes = |r: &CsvRow| {
        overlaps(r, "2019-01-01", "2020-12-31")
            && number(r, "type_of_violence") != 3.0
            && number(r, "best") >= 5.0
            && number(r, "where_prec") <= 3.0
    };
    assert_ne!(expected(passes)[0], 0);
    assert_eq!(asked(&args), expected(passes));
    assert_eq!(counted(&args), expected(passes));
}

#[test]
fn tables_by_time_and_kind_add_up() {
    let by = |fields: &[&str]| {
        let flags = fields.iter().flat_map(|f| ["--by", f]);
        json(
            atalaya()
                .arg("count")
                .arg(ucdp_case())
                .args(flags)
                .args(["--format", "json"]),
        )
    };
    let mut years: BTreeMap<String, [u64; 2]> = BTreeMap::new();
    for row in csv_rows() {
        let year = years.entry(row["date_start"][..4].to_owned()).or_default();
        year[0] += 1;
        year[1] += number(row, "best") as u64;
    }
    let told: BTreeMap<String, [u64; 2]> = by(&["year"])
        .as_array()
        .unwrap()
        .iter()
        .map(|r| {
            (
                r["year"].as_str().unwrap().to_owned(),
                ["incidents", "deaths_best"].map(|k| r[k].as_u64().unwrap()),
            )
        })
        .collect();
    assert_eq!(told, years);
    for fields in [&["day"][..], &["month", "kind", "admin1"]] {
        let rows = by(fields);
        let sum = |key: &str| {
            rows.as_array()
                .unwrap()
                .iter()
                .map(|r| r[key].as_u64().unwrap())
                .sum::<u64>()
        };
        assert_eq!(
            (sum("incidents"), sum("deaths_best")),
            (18_957, 140_695),
            "{fields:?}"
        );
        assert!(
            rows.as_array()
                .unwrap()
                .iter()
                .all(|r| r["deaths_low"].as_u64() <= r["deaths_best"].as_u64())
        );
    }
}

#[test]
fn the_three_ways_to_write_an_answer_agree() {
    let ask = |format: &str| {
        stdout(
            atalaya()
                .arg("count")
                .arg(demo_case())
                .args(["--by", "kind", "--format", format]),
        )
    };
    let rows: Vec<CsvRow> = csv::Reader::from_reader(ask("csv").as_bytes())
        .deserialize()
        .map(Result::unwrap)
        .collect();
    let objects: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(&ask("json")).unwrap();
    assert!(rows.len() > 5);
    for (row, object) in rows.iter().zip(&objects) {
        let plain: CsvRow = object
            .iter()
            .map(|(k, v)| (k.clone(), v.to_string().trim_matches('"').to_owned()))
            .collect();
        assert_eq!(*row, plain);
    }
    assert!(ask("csv").ends_with("\r\n"));
    let table = ask("table");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), rows.len() + 1);
    assert!(
        lines[0].starts_with("Kind") && lines[0].contains("Deaths, best"),
        "{table}"
    );
    assert!(
        lines[1].starts_with("arrest ") && lines[2].starts_with("bodies_displayed "),
        "{table}"
    );
    let spanish = stdout(
        atalaya()
            .arg("count")
            .arg(demo_case())
            .args(["--by", "kind", "--lang", "es"]),
    );
    assert_ne!(spanish.lines().next(), table.lines().next());
}

#[test]
fn a_row_leads_back_to_its_line_of_the_file() {
    let rows = json(
        atalaya()
            .arg("list")
            .arg(ucdp_case())
            .args(["--text", "182027", "--format", "json"]),
    );
    let row = rows
        .as_array()
        .unwrap()
        .iter()
        .find(|r| r["id"] == "182027")
        .unwrap();
    assert_eq!(
        (&row["file"], &row["line"]),
        (&"ucdp-ged-mexico.csv".into(), &2.into())
    );
    assert_eq!(
        (&row["start"], &row["end"], &row["time_precision"]),
        (&"1992-09-01".into(), &"1992-09-30".into(), &"month".into())
    );
    let five = json(
        atalaya()
            .arg("list")
            .arg(ucdp_case())
            .args(["--limit", "5", "--format", "json"]),
    );
    assert_eq!(five.as_array().unwrap().len(), 5);
}

#[test]
fn what_is_not_known_is_an_error_and_not_an_empty_answer() {
    let wrong = [
        (
            &["--kind", "meteor"][..],
            "There is no kind \"meteor\". Known are: armed_violence",
        ),
        (
            &["--actor", "Nobody at all"],
            "No actor of this case is called \"Nobody at all\"",
        ),
        (
            &["--dataset", "acled"],
            "no dataset \"acled\". It has: nuevo-laredo-2025",
        ),
        (&["--from", "2023-02-30"], "\"2023-02-30\" is not a date"),
        (
            &["--from", "2024", "--to", "2023"],
            "(2024-01-01) is after the last (2023-12-31)",
        ),
        (&["--bbox", "1,2,3"], "\"1,2,3\" is not a box"),
        (&["--precision", "street"], "\"street\" is not a precision"),
        (&["--side-b", "Nobody"], "No actor of this case"),
        (&["--admin", "Atlantis"], "is called “Atlantis”"),
        (&["--grade", "G9"], "“G9” is not a grade"),
        (
            &["--min-deaths", "5", "--max-deaths", "4"],
            "(5) is above the most (4)",
        ),
        (&["--circle", "1,2"], "Write lon,lat,km"),
        (
            &["--circle", "1,2,3", "--bbox", "0,0,1,1"],
            "Only one area at a time: --bbox, --circle",
        ),
        (&["--width", "5"], "--width goes with --route"),
        (&["--route", "no-such.gpx"], "there is no such file"),
    ];
    for (args, told) in wrong {
        let said = sentence(atalaya().arg("count").arg(demo_case()).args(args));
        assert!(said.contains(told), "{args:?}: {said}");
    }
    for args in [
        &["--by", "moon"][..],
        &["--min-deaths", "-1"],
        &["--format", "xml"],
        &["--no-such-flag"],
    ] {
        atalaya()
            .arg("count")
            .arg(demo_case())
            .args(args)
            .assert()
            .code(2);
    }
}

/// The line is that of the program; how far rows lie from it, and to how many metres they are known, is not.
#[test]
fn a_way_by_road_tells_what_lies_along_it_for_certain_and_what_may() {
    let stops = atalaya::roads::stops("Monterrey – Nuevo Laredo").unwrap();
    let at: Vec<[f64; 2]> = stops.into_iter().map(|stop| stop.at).collect();
    let ways = atalaya::roads::ways(&at).unwrap();
    assert_eq!(ways.len(), 2);
    let columns = atalaya::store::Case::open_read_only(ucdp_case())
        .unwrap()
        .columns(|_| true)
        .unwrap()
        .unwrap();
    for (n, way) in ["1", "2"].into_iter().zip(&ways) {
        let mut expected = [0; 3];
        for row in 0..columns.len() {
            let radius = f64::from(columns.radius_m[row]);
            let at = [columns.lon[row], columns.lat[row]];
            let away = from_line_within(&way.line, at, radius + 50_000.0);
            for (count, is) in expected.iter_mut().zip([
                away <= 10_000.0,
                away + radius <= 10_000.0,
                away - radius <= 10_000.0,
            ]) {
                *count += u64::from(is);
            }
        }
        let count = |by: &[&str]| {
            let args = ["--along", "Monterrey – Nuevo Laredo", "--width", "20"];
            let mut program = atalaya();
            program.arg("count").arg(ucdp_case()).args(args);
            json(program.args(["--way", n, "--format", "json"]).args(by))
        };
        let names = ["incidents", "certainly_inside", "possibly_inside"];
        let found = names.map(|name| count(&[])[0][name].as_u64().unwrap());
        assert_eq!(found, expected, "{:?}", way.numbers);
        // By year they add up, and years that have some only possibly are there too.
        let years = count(&["--by", "year"]);
        let sum = |name: &str| -> u64 {
            let rows = years.as_array().unwrap().iter();
            rows.map(|row| row[name].as_u64().unwrap()).sum()
        };
        assert_eq!(names.map(sum), expected);
    }
}

#[test]
fn weekdays_count_from_days_and_hours_only_where_they_are_known() {
    let case = ucdp_case();
    let by = |field: &str| {
        let mut program = atalaya();
        json(
            program
                .arg("count")
                .arg(case)
                .args(["--by", field, "--format", "json"]),
        )
    };
    let days = by("weekday");
    let of = |key: &str| -> u64 {
        let rows = days.as_array().unwrap().iter();
        let row = rows.into_iter().find(|row| row["weekday"] == key);
        row.unwrap()["incidents"].as_u64().unwrap()
    };
    let monday = |row: &&CsvRow| {
        let date: jiff::civil::Date = day(row, "date_start").parse().unwrap();
        day(row, "date_start") == day(row, "date_end") && date.weekday().to_monday_one_offset() == 1
    };
    assert_eq!(of("1"), csv_rows().iter().filter(monday).count() as u64);
    let several = |row: &&CsvRow| day(row, "date_start") != day(row, "date_end");
    assert_eq!(of(""), csv_rows().iter().filter(several).count() as u64);
    // UCDP knows no hours.
    assert_eq!(by("hour").as_array().unwrap().len(), 1);
}

#[test]
fn areas_are_known_by_name() {
    let counted = |args: &[&str]| {
        let found = json(
            atalaya()
                .arg("count")
                .arg(ucdp_case())
                .args(args)
                .args(["--format", "json"]),
        );
        found[0]["incidents"].as_u64().unwrap()
    };
    // The municipality against the publisher's own word for it, where places are known that well: outlines are
    // simplified, and towns at the border of two lie on either side.
    let inside = counted(&["--area", "Nuevo Laredo", "--precision", "municipality"]);
    let by_name = counted(&[
        "--admin",
        "Mexico / Tamaulipas state / Nuevo Laredo municipality",
    ]);
    assert!(
        inside > 50 && inside.abs_diff(by_name) * 10 < by_name,
        "{inside} {by_name}"
    );
    assert!(counted(&["--area", "Juárez, Chihuahua"]) > 500);
    let refused = |name: &str| {
        sentence(
            atalaya()
                .arg("count")
                .arg(ucdp_case())
                .args(["--area", name]),
        )
    };
    assert!(refused("Atlantis").contains("No area is called Atlantis"));
    assert!(refused("Juárez").contains("Juárez, Chihuahua"));
    assert!(refused("").contains("No area is called"));
    let both = ["--area", "Nuevo Laredo", "--bbox", "0,0,1,1"];
    let said = sentence(atalaya().arg("count").arg(ucdp_case()).args(both));
    assert!(said.contains("--area"), "{said}");
}

#[test]
fn an_area_kept_in_the_case_comes_before_one_that_is_built_in() {
    use atalaya::domain::Area;
    use atalaya::scene::Camera;
    use atalaya::session::{NamedArea, WORKSPACE, Workspace};
    let (_folder, path) = demo_copy();
    let case = atalaya::store::Case::open_for_writing(&path).unwrap();
    let mut workspace = Workspace::at(Camera {
        lon: 0.0,
        lat: 0.0,
        zoom: 3.0,
    });
    workspace.areas.push(NamedArea {
        name: "Nuevo Laredo".into(),
        area: Area::Circle {
            center: [-99.133, 19.433],
            radius_m: 1_000.0,
        },
    });
    case.set_setting(WORKSPACE, &workspace.to_json()).unwrap();
    drop(case);
    let args = ["--area", "nuevo laredo", "--format", "json"];
    let rows = json(atalaya().arg("list").arg(&path).args(args));
    let ids: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["NL-014"]);
}
