//! The analyst's desk from end to end, over UCDP's Mexico: a town is looked for, a road is filtered
//! along, two years are compared, a number is asked for its rows, and a row for its line in the
//! file. Driven by role and label; no graphics driver is needed.

use crate::support::{settle, testdata, ucdp_case, window};
use atalaya::app::App;
use atalaya::domain::Area;
use atalaya::index::Row;
use atalaya::locale::{Lang, number, tr};
use atalaya::scene::Camera;
use atalaya::session::Command;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use geo::{Distance, Geodesic, Point};

type Window = Harness<'static, App>;

const MONTERREY: [f64; 2] = [-100.316, 25.686];
const NUEVO_LAREDO: [f64; 2] = [-99.507, 27.476];

fn click_map(w: &mut Window, [lon, lat]: [f64; 2]) {
    let map = w.get_by_role_and_label(Role::Canvas, "Map").rect();
    let camera = w.state().workspace().unwrap().camera;
    let [x, y] = camera.screen_from_lon_lat([map.width(), map.height()], lon, lat);
    let at = map.min + egui::vec2(x, y);
    w.drag_at(at);
    w.step();
    w.drop_at(at);
    w.step();
}

fn type_period(w: &mut Window, side: &str, period: &str) {
    let label = format!("{side}: year, month or days");
    w.get_by_role_and_label(Role::TextInput, &label).focus();
    w.run_steps(2);
    w.key_press_modifiers(Modifiers::COMMAND, Key::A);
    w.run_steps(2);
    w.get_by_role_and_label(Role::TextInput, &label)
        .type_text(period);
    settle(w);
}

/// The rows within 5 km of the line that may lie in the year: row by row, step by step.
fn along(w: &Window, line: &[[f64; 2]], year: i16) -> Vec<Row> {
    let c = &w.state().loaded().unwrap().columns;
    let on = |i: u32| {
        let t = f64::from(i) / 2_000.0;
        Point::from([0, 1].map(|k| line[0][k] + (line[1][k] - line[0][k]) * t))
    };
    let steps: Vec<Point> = (0..=2_000).map(on).collect();
    let year_of = |day| atalaya::domain::when::date_of(day).year();
    let is_there = |row: &Row| {
        let i = *row as usize;
        let at = Point::new(c.lon[i], c.lat[i]);
        let touches = year_of(c.start_day[i]) <= year && year_of(c.end_day[i]) >= year;
        // Further off than the corridor is long there is nothing to measure.
        touches
            && (c.lon[i] + 100.0).abs() < 3.0
            && (c.lat[i] - 26.5).abs() < 3.0
            && steps.iter().any(|s| Geodesic.distance(*s, at) <= 5_000.0)
    };
    (0..c.len() as Row).filter(is_there).collect()
}

#[test]
fn from_a_name_to_the_line_of_a_row() {
    let case = ucdp_case();
    let mut w = window(&case.path, Lang::En);

    // Search.
    w.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut w);
    let hint = tr(Lang::En, atalaya::text!("search-hint"));
    w.get_by_role_and_label(Role::SearchInput, &hint)
        .type_text("Nuevo Laredo");
    settle(&mut w);
    let options = w.query_all_by_role(Role::ListBoxOption);
    let options: Vec<_> = options.filter_map(|n| n.accesskit_node().label()).collect();
    assert!(
        options.iter().any(|o| o.starts_with("Nuevo Laredo")),
        "{options:?}"
    );
    w.key_press(Key::Enter);
    settle(&mut w);
    let there = w.state().workspace().unwrap().camera;
    assert!(
        (there.lon - NUEVO_LAREDO[0]).abs() < 1.0 && (there.lat - NUEVO_LAREDO[1]).abs() < 1.0,
        "{there:?}"
    );

    // A corridor of 10 km from Monterrey.
    // Both ends lie free of the card that says what to do.
    w.state_mut().push(Command::SetCamera(Camera {
        lon: -99.9,
        lat: 26.6,
        zoom: 8.0,
    }));
    settle(&mut w);
    // Further down in the panel than the window is high.
    w.get_by_role_and_label(Role::RadioButton, "Corridor")
        .scroll_to_me();
    settle(&mut w);
    w.get_by_role_and_label(Role::RadioButton, "Corridor")
        .click();
    settle(&mut w);
    click_map(&mut w, MONTERREY);
    click_map(&mut w, NUEVO_LAREDO);
    w.key_press(Key::Enter);
    settle(&mut w);
    let filter = w.state().workspace().unwrap().filter.clone();
    let Some(Area::Corridor { line, width_m }) = filter.area else {
        panic!("{filter:?}");
    };
    assert_eq!((line.len(), width_m), (2, 10_000.0));

    // 2010 beside 2022.
    w.get_by_role_and_label(Role::RadioButton, "Compare")
        .click();
    settle(&mut w);
    type_period(&mut w, "A", "2010");
    type_period(&mut w, "B", "2022");
    let [a, b] = [2010, 2022].map(|year| along(&w, &line, year));
    assert!(a.len() > 20 && b.len() > 20, "{} {}", a.len(), b.len());
    let [n_a, n_b] = [&a, &b].map(|rows| number(rows.len() as u64));
    let sentence = format!("A 2010: {n_a} · B 2022: {n_b}");
    assert!(
        w.query_all_by_label_contains(&sentence).next().is_some(),
        "{sentence}"
    );

    // The number of 2022 leads to its rows, and of those the top bar to its own.
    w.get_by_role_and_label(Role::Button, &format!("B: {n_b} incidents"))
        .click();
    settle(&mut w);
    let c = w.state().loaded().unwrap().columns.clone();
    let ids = |rows: &[Row]| -> Vec<i64> { rows.iter().map(|r| c.id[*r as usize]).collect() };
    assert_eq!(w.state().selected(), ids(&b));
    w.get_by_role_and_label(Role::RadioButton, "Summary")
        .click();
    settle(&mut w);
    let mut by_kind = std::collections::BTreeMap::<_, Vec<Row>>::new();
    for row in &b {
        let kind = c.kind[*row as usize];
        by_kind.entry(kind).or_default().push(*row);
    }
    let (top, rows) = by_kind.iter().max_by_key(|(_, rows)| rows.len()).unwrap();
    let bar = format!(
        "{}: {} incidents",
        tr(Lang::En, atalaya::text!("kind-" + top.code())),
        number(rows.len() as u64)
    );
    w.get_by_role_and_label(Role::Button, &bar).click();
    settle(&mut w);
    assert_eq!(w.state().selected(), ids(rows));

    // A row of it, down to its line: the line of the file that has its id.
    w.state_mut().push(Command::Inspect(c.id[rows[0] as usize]));
    settle(&mut w);
    let stored = w.state().loaded().unwrap().case.incident(ids(rows)[0]);
    let incident = stored.unwrap().unwrap().incident;
    let text = std::fs::read_to_string(testdata("ucdp-ged-mexico.csv")).unwrap();
    let begins = format!("{}.0,", incident.external_id);
    let is_row = |l: &str| l.starts_with(&begins);
    let line = text.lines().position(is_row).unwrap() + 1;
    w.get_by_label_contains(&format!("ucdp-ged-mexico.csv, line {line}"));
}
