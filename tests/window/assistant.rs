//! The mapping assistant in the window: from an unknown spreadsheet to incidents on the map, driven
//! by role and label, no graphics driver is needed.

use crate::support::{DemoCase, demo_case, settle, window};
use atalaya::app::App;
use atalaya::locale::{Lang, tr};
use atalaya::session::Command;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use std::path::{Path, PathBuf};

type Window = Harness<'static, App>;

/// A window over an empty case, with a folder for files.
fn empty_case() -> DemoCase {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.gpkg");
    drop(atalaya::store::Case::create(&path).unwrap());
    DemoCase { path, folder }
}

/// Writes a text as Windows-1252, which has a byte for each of its letters.
fn windows_1252(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    let bytes: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("a letter of Latin-1"))
        .collect();
    std::fs::write(&path, bytes).unwrap();
    path
}

fn open(w: &mut Window, files: &[PathBuf]) {
    w.state_mut().push(Command::ImportPaths(files.to_vec()));
    settle(w);
}

/// Clicks on what has this role and label, else the first whose label begins like it, and counts.
struct Clicks(usize);

impl Clicks {
    fn on(&mut self, w: &mut Window, role: Role, label: &str) {
        let label_of = |n: &egui_kittest::Node<'_>| n.accesskit_node().label().unwrap_or_default();
        let exact = w.query_all_by_role(role).find(|n| label_of(n) == label);
        let found = exact.or_else(|| {
            let mut all = w.query_all_by_role(role);
            all.find(|n| label_of(n).starts_with(label))
        });
        let found = found.unwrap_or_else(|| {
            let all = labels(w, role);
            panic!("no {role:?} “{label}” among {all:?}")
        });
        // Also where a list has first to be scrolled to it, which is no click.
        found.click_accesskit();
        self.0 += 1;
        settle(w);
    }
}

fn labels(w: &Window, role: Role) -> Vec<String> {
    w.query_all_by_role(role)
        .filter_map(|n| n.accesskit_node().label())
        .collect()
}

/// What stands in the way of the import.
fn hindrance(w: &Window) -> Option<String> {
    labels(w, Role::Alert).into_iter().next()
}

const SPREADSHEET: &str = "Fecha;Municipio;Latitud;Longitud;Muertos\r\n\
    03/02/2025;Nuevo Laredo;27,4763;-99,5164;2\r\n\
    05/02/2025;Cárdenas;17,9866;-93,3755;0\r\n\
    07/03/2025;Peñón Blanco;24,7893;-104,0331;5\r\n\
    09/03/2025;Ciudad Juárez;31,6904;-106,4245;1\r\n";

#[test]
fn an_unknown_spanish_spreadsheet_is_on_the_map_in_under_ten_clicks() {
    let case = empty_case();
    let file = windows_1252(case.folder.path(), "municipios.csv", SPREADSHEET);
    let mut w = window(&case.path, Lang::Es);
    open(&mut w, &[file]);
    let mut clicks = Clicks(0);

    // What was found out is shown: encoding, columns, rows.
    let choices = labels(&w, Role::ComboBox);
    for shown in [
        "Codificación: windows-1252 (supuesta)",
        "Separador: Punto y coma",
        "Columna Fecha: Fecha",
        "Columna Municipio: Municipio",
        "Columna Latitud: Latitud",
        "Columna Longitud: Longitud",
        "Columna Muertos: Muertes",
    ] {
        assert!(choices.iter().any(|c| c == shown), "{shown}: {choices:?}");
    }
    let rows = labels(&w, Role::Row);
    assert!(rows.iter().any(|r| r.contains("Peñón Blanco")), "{rows:?}");
    // The dates leave it open, so it is asked, with a date of the file read both ways.
    assert!(hindrance(&w).unwrap().contains("el día o el mes"));
    let status = labels(&w, Role::Status);
    assert!(
        status.contains(&"4 filas se conservarían".to_owned()),
        "{status:?}"
    );
    clicks.on(
        &mut w,
        Role::RadioButton,
        "Primero el día: 03/02/2025 → 3 feb 2025",
    );
    assert_eq!(hindrance(&w), None);
    clicks.on(&mut w, Role::Button, "Importar");
    clicks.on(&mut w, Role::Button, "Cerrar");
    assert!(clicks.0 < 10, "{} clicks", clicks.0);

    let loaded = w.state().loaded().unwrap();
    let columns = &loaded.columns;
    let mut found: Vec<(String, String, u32, f64, f64)> = (0..columns.len())
        .map(|row| {
            let stored = loaded.case.incident(columns.id[row]).unwrap().unwrap();
            let i = stored.incident;
            (
                i.when.start.to_string(),
                i.places.admin2,
                i.deaths.best.unwrap(),
                i.position.lat,
                i.position.lon,
            )
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = [
        ("2025-02-03", "Nuevo Laredo", 2, 27.4763, -99.5164),
        ("2025-02-05", "Cárdenas", 0, 17.9866, -93.3755),
        ("2025-03-07", "Peñón Blanco", 5, 24.7893, -104.0331),
        ("2025-03-09", "Ciudad Juárez", 1, 31.6904, -106.4245),
    ];
    assert_eq!(
        found,
        expected.map(|(day, place, deaths, lat, lon)| (
            day.to_owned(),
            place.to_owned(),
            deaths,
            lat,
            lon
        ))
    );
    assert_eq!(loaded.imports[0].encoding, "windows-1252");
}

#[test]
fn a_column_is_read_as_what_is_chosen_for_it_and_counts_follow() {
    let case = empty_case();
    let text = "folio;momento;y;x;caidos\nA1;2025-02-03;27.5;-99.5;2\nA2;2025-02-30;27.5;-99.5;1\n";
    let file = windows_1252(case.folder.path(), "libre.csv", text);
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[file]);
    let mut clicks = Clicks(0);
    assert_eq!(hindrance(&w).unwrap(), "Choose a column for: Date");
    assert!(labels(&w, Role::Status).is_empty());
    clicks.on(&mut w, Role::ComboBox, "Column momento: kept as extra");
    clicks.on(&mut w, Role::Button, "Date");
    assert_eq!(hindrance(&w), None);
    clicks.on(&mut w, Role::ComboBox, "Column caidos: kept as extra");
    clicks.on(&mut w, Role::Button, "Deaths");
    assert_eq!(
        labels(&w, Role::Status),
        ["1 row would be kept", "1 would be rejected"]
    );
    w.get_by_label_contains("Line or feature 3: “2025-02-30” in column momento");
    // What is chosen can be taken back: then nothing gives the date again.
    clicks.on(&mut w, Role::ComboBox, "Column momento: Date");
    clicks.on(&mut w, Role::Button, "kept as extra");
    assert_eq!(hindrance(&w).unwrap(), "Choose a column for: Date");
    clicks.on(&mut w, Role::ComboBox, "Column momento: kept as extra");
    clicks.on(&mut w, Role::Button, "Date");
    w.key_press(Key::Enter);
    settle(&mut w);
    w.get_by_label_contains("2 rows read: 1 added, 0 updated, 0 unchanged, 1 rejected");
    let loaded = w.state().loaded().unwrap();
    let stored = loaded.case.incident(loaded.columns.id[0]).unwrap().unwrap();
    assert_eq!(stored.incident.deaths.best, Some(2));
    assert_eq!(stored.incident.external_id, "A1");
}

#[test]
fn a_saved_template_is_used_for_the_next_such_file_and_offered_for_one_like_it() {
    let case = empty_case();
    let folder = case.folder.path();
    let columns = "clave;momento;y;x;caidos";
    let write = |name: &str, columns: &str, row: &str| {
        windows_1252(folder, name, &format!("{columns}\n{row}\n"))
    };
    let first = write("enero.csv", columns, "A1;02/01/2025;27.5;-99.5;2");
    let second = write("febrero.csv", columns, "A2;03/02/2025;27.6;-99.6;3");
    let wider = write(
        "marzo.csv",
        &format!("{columns};nota"),
        "A3;04/03/2025;27.7;-99.7;4;x",
    );
    let mut clicks = Clicks(0);

    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[first]);
    clicks.on(&mut w, Role::ComboBox, "Column momento");
    clicks.on(&mut w, Role::Button, "Date");
    clicks.on(&mut w, Role::ComboBox, "Column caidos");
    clicks.on(&mut w, Role::Button, "Deaths");
    clicks.on(
        &mut w,
        Role::RadioButton,
        "Month first: 02/01/2025 → 1 Feb 2025",
    );
    let name = "Name of the template";
    w.get_by_role_and_label(Role::TextInput, name).focus();
    w.step();
    w.get_by_role_and_label(Role::TextInput, name)
        .type_text("Boletín");
    settle(&mut w);
    clicks.on(&mut w, Role::Button, "Save");
    w.get_by_label_contains("Saved as “Boletín”");
    clicks.on(&mut w, Role::Button, "Cancel");
    drop(w);

    // In another window, the next month: one Enter.
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[second]);
    w.get_by_label_contains("Read as the template “Boletín” says.");
    assert_eq!(hindrance(&w), None);
    w.key_press(Key::Enter);
    settle(&mut w);
    w.get_by_label_contains("1 row read: 1 added");
    w.key_press(Key::Enter);
    settle(&mut w);
    let loaded = w.state().loaded().unwrap();
    let stored = loaded.case.incident(loaded.columns.id[0]).unwrap().unwrap();
    assert_eq!(stored.incident.when.start.to_string(), "2025-03-02");
    assert_eq!(stored.incident.deaths.best, Some(3));

    // One column more: offered, not taken.
    open(&mut w, &[wider]);
    w.get_by_label_contains("The template “Boletín” fits these columns.");
    assert_eq!(hindrance(&w).unwrap(), "Choose a column for: Date");
    w.get_by_role_and_label(Role::Link, "Use template “Boletín”")
        .click();
    settle(&mut w);
    assert_eq!(hindrance(&w), None);
    w.get_by_role_and_label(Role::Link, "Without the template")
        .click();
    settle(&mut w);
    assert_eq!(hindrance(&w).unwrap(), "Choose a column for: Date");
}

#[test]
fn cancel_and_escape_leave_the_case_as_it_is() {
    let case = demo_case();
    let file = windows_1252(case.folder.path(), "municipios.csv", SPREADSHEET);
    let before = std::fs::read(&case.path).unwrap();
    let mut w = window(&case.path, Lang::En);
    for leave in [true, false] {
        open(&mut w, std::slice::from_ref(&file));
        assert!(w.state().is_assisting());
        // An open list is closed first.
        w.get_by_role_and_label(Role::ComboBox, "Encoding: windows-1252 (guessed)")
            .click();
        settle(&mut w);
        w.key_press(Key::Escape);
        settle(&mut w);
        assert!(w.state().is_assisting());
        if leave {
            w.get_by_role_and_label(Role::Button, "Cancel").click();
        } else {
            w.key_press(Key::Escape);
        }
        settle(&mut w);
        assert!(!w.state().is_assisting());
    }
    assert_eq!(w.state().loaded().unwrap().columns.len(), 30);
    assert_eq!(w.state().loaded().unwrap().imports.len(), 4);
    assert!(std::fs::read(&case.path).unwrap() == before);
}

#[test]
fn enter_does_not_import_what_is_not_settled() {
    let case = empty_case();
    let file = windows_1252(case.folder.path(), "municipios.csv", SPREADSHEET);
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[file]);
    w.key_press(Key::Enter);
    settle(&mut w);
    assert!(w.state().is_assisting());
    assert!(w.state().loaded().unwrap().columns.is_empty());
}

#[test]
fn the_encoding_can_be_chosen_and_the_rows_are_seen_anew() {
    let case = empty_case();
    let file = windows_1252(case.folder.path(), "municipios.csv", SPREADSHEET);
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[file]);
    let mut clicks = Clicks(0);
    clicks.on(&mut w, Role::ComboBox, "Encoding: ");
    clicks.on(&mut w, Role::Button, "macintosh");
    let rows = labels(&w, Role::Row);
    assert!(rows.iter().any(|r| r.contains("C·rdenas")), "{rows:?}");
    clicks.on(&mut w, Role::ComboBox, "Encoding: macintosh");
    clicks.on(&mut w, Role::Button, "windows-1252");
    let rows = labels(&w, Role::Row);
    assert!(rows.iter().any(|r| r.contains("Cárdenas")), "{rows:?}");
}

#[test]
fn several_files_are_asked_about_once_where_their_columns_are_the_same() {
    let case = empty_case();
    let folder = case.folder.path();
    let head = "folio;momento;y;x";
    let file = |name: &str, head: &str, id: &str| {
        let text = format!("{head}\n{id};2025-02-03;27.5;-99.5\n");
        windows_1252(folder, name, &text)
    };
    let files = [
        file("1.csv", head, "A1"),
        file("2.csv", head, "A2"),
        file("3.csv", "folio;fecha;y;x", "A3"),
    ];
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &files);
    let mut clicks = Clicks(0);
    w.get_by_label("file 1 of 3");
    clicks.on(&mut w, Role::ComboBox, "Column momento");
    clicks.on(&mut w, Role::Button, "Date");
    clicks.on(
        &mut w,
        Role::CheckBox,
        "Read the files after it the same way",
    );
    w.get_by_role_and_label(Role::TextInput, "Dataset").focus();
    w.step();
    w.get_by_role_and_label(Role::TextInput, "Dataset")
        .type_text("mine");
    settle(&mut w);
    clicks.on(&mut w, Role::Button, "Import");
    // The second went the same way; the third has other columns.
    w.get_by_label("file 3 of 3");
    assert_eq!(hindrance(&w), None);
    w.key_press(Key::Enter);
    settle(&mut w);
    w.get_by_label_contains("Import finished");
    let imports = &w.state().loaded().unwrap().imports;
    let names: Vec<&str> = imports.iter().map(|i| i.file_name.as_str()).collect();
    assert_eq!(names, ["1.csv", "2.csv", "3.csv"]);
    // What was said of the first file is not said of one that is another's.
    let datasets: Vec<&str> = imports.iter().map(|i| i.dataset.as_str()).collect();
    assert_eq!(datasets, ["mine", "mine", "3"]);
    assert_eq!(w.state().loaded().unwrap().columns.len(), 3);
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_can_be_left_out() {
    let case = empty_case();
    let folder = case.folder.path();
    std::fs::write(folder.join("bad.csv"), b"%PDF-1.7 nothing for us").unwrap();
    let good = windows_1252(folder, "good.csv", "date,lat,lon\n2025-02-03,27.5,-99.5\n");
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[folder.join("bad.csv"), good]);
    assert!(hindrance(&w).unwrap().contains("PDF"));
    w.get_by_role_and_label(Role::Button, "Skip this file")
        .click();
    settle(&mut w);
    w.get_by_label("file 2 of 2");
    w.key_press(Key::Enter);
    settle(&mut w);
    w.get_by_label_contains("1 row read: 1 added");
}

#[test]
fn rejected_rows_are_counted_by_reason_and_saved_to_be_mended() {
    let case = empty_case();
    let folder = case.folder.path();
    let text = "date,lat,lon\n2025-02-03,27.5,-99.5\n2025-02-30,27.5,-99.5\nsoon,27.5,-99.5\n\
        later,27.5,-99.5\n";
    let file = windows_1252(folder, "mine.csv", text);
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[file]);
    w.key_press(Key::Enter);
    settle(&mut w);
    w.key_press(Key::Enter);
    settle(&mut w);
    w.get_by_role_and_label(Role::Tab, "Data").click();
    settle(&mut w);
    w.get_by_label_contains("3 rows could not be used").click();
    settle(&mut w);
    w.get_by_label_contains("1 row, line 3: “2025-02-30” in column date");
    w.get_by_label_contains("2 rows, the first in line 4: “soon” in column date");
    w.get_by_label("Show 2 rows from line 4 on").click();
    settle(&mut w);
    w.get_by_label_contains("feature 5: “later” in column date");
    w.get_by_role_and_label(Role::Link, "Save the rejected rows…");
    let out = folder.join("out.csv");
    w.state_mut().push(Command::SaveRejectsAt(1, out.clone()));
    settle(&mut w);
    w.get_by_label_contains("Rejected rows saved");
    let saved = std::fs::read_to_string(out).unwrap();
    assert!(
        saved.starts_with("\u{feff}date,lat,lon,atalaya_reason"),
        "{saved}"
    );
    assert_eq!(saved.lines().count(), 4);
}

#[test]
fn a_full_delivery_retires_what_it_lacks() {
    let case = empty_case();
    let folder = case.folder.path();
    let row = |id: u32| format!("r{id},2025-02-0{id},27.5,-99.5\n");
    let write = |name: &str, ids: &[u32]| {
        let rows: String = ids.iter().map(|id| row(*id)).collect();
        windows_1252(folder, name, &format!("id,date,lat,lon\n{rows}"))
    };
    let files = [
        write("one.csv", &[1, 2, 3, 4]),
        write("two.csv", &[1, 2, 3]),
    ];
    let mut w = window(&case.path, Lang::En);
    let mut clicks = Clicks(0);
    for (i, file) in files.into_iter().enumerate() {
        open(&mut w, &[file]);
        let name = "Dataset";
        w.get_by_role_and_label(Role::TextInput, name).focus();
        w.step();
        w.get_by_role_and_label(Role::TextInput, name)
            .type_text("mine");
        settle(&mut w);
        if i == 1 {
            clicks.on(&mut w, Role::CheckBox, "The file holds its whole dataset");
        }
        clicks.on(&mut w, Role::Button, "Import");
        clicks.on(&mut w, Role::Button, "Close");
    }
    assert_eq!(w.state().loaded().unwrap().columns.len(), 3);
    assert_eq!(w.state().loaded().unwrap().datasets.len(), 1);
}

#[test]
fn a_word_that_no_table_knows_is_given_a_kind() {
    let case = empty_case();
    let text = "folio,fecha,lat,lon,tipo\n\
        A1,2025-02-03,27.5,-99.5,Robo de camión\n\
        A2,2025-02-04,27.5,-99.5,Robo de camión\n\
        A3,2025-02-05,27.5,-99.5,Ponchallantas\n\
        A4,2025-02-06,27.5,-99.5,Balacera\n";
    let file = windows_1252(case.folder.path(), "boletin.csv", text);
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[file]);
    let of_words = |w: &Window| -> Vec<String> {
        let all = labels(w, Role::ComboBox).into_iter();
        all.filter(|l| l.starts_with("Robo") || l.starts_with("Ponch"))
            .collect()
    };
    assert_eq!(
        of_words(&w),
        [
            "Robo de camión (2): Other (not known)",
            "Ponchallantas (1): Other (not known)"
        ]
    );
    let mut clicks = Clicks(0);
    clicks.on(&mut w, Role::ComboBox, "Robo de camión (2)");
    clicks.on(&mut w, Role::Button, "Gun battle");
    clicks.on(&mut w, Role::ComboBox, "Ponchallantas (1)");
    clicks.on(&mut w, Role::Button, "Blockade");
    assert_eq!(
        of_words(&w),
        ["Robo de camión: Gun battle", "Ponchallantas: Blockade"]
    );
    // It can be taken back.
    clicks.on(&mut w, Role::ComboBox, "Ponchallantas: Blockade");
    clicks.on(&mut w, Role::Button, "Not known");
    assert_eq!(
        of_words(&w),
        [
            "Robo de camión: Gun battle",
            "Ponchallantas (1): Other (not known)"
        ]
    );
    clicks.on(&mut w, Role::Button, "Import");
    let loaded = w.state().loaded().unwrap();
    let mut kinds: Vec<&str> = loaded.columns.kind.iter().map(|k| k.code()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["gun_battle", "gun_battle", "gun_battle", "other"]);
}

/// A phone's placemarks of one day: where, and nothing of when and what.
const CHECKPOINTS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>Reten norte</name><Point><coordinates>-99.51,27.48,0</coordinates></Point></Placemark>
<Placemark><name>Reten sur</name><Point><coordinates>-99.49,27.44,0</coordinates></Point></Placemark>
</Document></kml>"#;

#[test]
fn a_file_without_dates_waits_for_one_that_all_rows_get() {
    let case = empty_case();
    let file = windows_1252(case.folder.path(), "retenes.kml", CHECKPOINTS);
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[file]);
    let mut clicks = Clicks(0);
    assert_eq!(
        hindrance(&w).unwrap(),
        "Give all rows a value at the left, or choose a column, for: Date"
    );
    // Typing goes there without a click.
    let type_into = |w: &mut Window, name: &str, text: &str| {
        let line = w.get_by_role_and_label(Role::TextInput, name);
        assert!(line.accesskit_node().is_focused(), "{name}");
        line.type_text(text);
        settle(w);
    };
    type_into(&mut w, "Date for all rows", "2025-02-30");
    assert!(hindrance(&w).unwrap().contains("there is no such day"));
    for _ in 0..2 {
        w.key_press(Key::Backspace);
    }
    settle(&mut w);
    type_into(&mut w, "Date for all rows", "03");
    assert_eq!(hindrance(&w), None);
    assert_eq!(labels(&w, Role::Status)[0], "2 rows would be kept");
    clicks.on(&mut w, Role::ComboBox, "Same for all rows");
    let offered = labels(&w, Role::Button);
    for never in ["Latitude", "Id", "Date"] {
        assert!(!offered.contains(&never.to_owned()), "{offered:?}");
    }
    clicks.on(&mut w, Role::Button, "Kind");
    type_into(&mut w, "Kind for all rows", "retén militar");
    w.get_by_label_contains("of the kind “Other”: “retén militar” (2)");
    // The template keeps both.
    let name = "Name of the template";
    w.get_by_role_and_label(Role::TextInput, name).focus();
    w.step();
    w.get_by_role_and_label(Role::TextInput, name)
        .type_text("Retenes");
    settle(&mut w);
    clicks.on(&mut w, Role::Button, "Save");
    w.get_by_label_contains("Saved as “Retenes”");
    clicks.on(&mut w, Role::Button, "Import");
    w.get_by_label_contains("2 rows read: 2 added");
    w.get_by_label_contains("For all rows, and not from the file: kind = retén militar");
    let loaded = w.state().loaded().unwrap();
    for row in 0..2 {
        let stored = loaded.case.incident(loaded.columns.id[row]).unwrap();
        let incident = stored.unwrap().incident;
        assert_eq!(incident.when.start.to_string(), "2025-02-03");
        assert_eq!(incident.source_kind, "retén militar");
        let told = incident
            .extra
            .iter()
            .find(|(k, _)| k == "given_for_all_rows");
        assert_eq!(told.unwrap().1, "kind = retén militar; start = 2025-02-03");
    }
    w.key_press(Key::Enter);
    settle(&mut w);
    let tuesday = CHECKPOINTS.replace("norte", "oriente");
    let file = windows_1252(case.folder.path(), "martes.kml", &tuesday);
    open(&mut w, &[file]);
    w.get_by_label_contains("Read as the template “Retenes” says.");
    // The kind is the same; the day is another.
    w.get_by_role_and_label(Role::TextInput, "Kind for all rows");
    let wants_date = "Give all rows a value at the left, or choose a column, for: Date";
    assert_eq!(hindrance(&w).unwrap(), wants_date);
}

#[test]
fn files_read_the_same_way_are_each_of_a_day_of_their_own() {
    let case = empty_case();
    let file = |name: &str, text: &str| windows_1252(case.folder.path(), name, text);
    let files = [
        file("lunes.kml", CHECKPOINTS),
        file("martes.kml", &CHECKPOINTS.replace("norte", "oriente")),
        file("jueves.kml", &CHECKPOINTS.replace("norte", "poniente")),
    ];
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &files);
    let mut clicks = Clicks(0);
    for day in 1..=3 {
        w.get_by_label(&format!("file {day} of 3"));
        assert!(hindrance(&w).unwrap().ends_with("for: Date"));
        let line = w.get_by_role_and_label(Role::TextInput, "Date for all rows");
        assert!(line.accesskit_node().is_focused());
        line.type_text(&format!("2025-02-0{day}"));
        settle(&mut w);
        assert_eq!(hindrance(&w), None);
        if day == 1 {
            let same = "Read the files after it the same way";
            clicks.on(&mut w, Role::CheckBox, same);
        }
        clicks.on(&mut w, Role::Button, "Import");
    }
    let loaded = w.state().loaded().unwrap();
    let mut starts: Vec<i32> = loaded.columns.start_day.to_vec();
    starts.sort_unstable();
    starts.dedup();
    assert_eq!((loaded.columns.len(), starts.len()), (6, 3));
}

/// A window over a case with one import, received before it was loaded, with rejected rows.
fn received_earlier() -> (DemoCase, Window) {
    let case = empty_case();
    let text = "id,date,lat,lon\nr1,2025-02-03,27.5,-99.5\nr2,2025-02-30,27.5,-99.5\n";
    let file = windows_1252(case.folder.path(), "mine.csv", text);
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[file]);
    let received = |w: &mut Window, text: &str| {
        let field = w.get_by_role_and_label(Role::TextInput, "Received on");
        field.scroll_to_me();
        settle(w);
        w.get_by_role_and_label(Role::TextInput, "Received on")
            .focus();
        w.step();
        w.get_by_role_and_label(Role::TextInput, "Received on")
            .type_text(text);
        settle(w);
    };
    received(&mut w, "2025-03");
    let said = hindrance(&w).expect("no day");
    assert!(said.contains("“2025-03” is not a day"), "{said}");
    received(&mut w, "-01");
    assert_eq!(hindrance(&w), None);
    let mut clicks = Clicks(0);
    clicks.on(&mut w, Role::Button, "Import");
    clicks.on(&mut w, Role::Button, "Close");
    (case, w)
}

#[test]
fn the_day_a_file_was_received_is_given_shown_and_gone_back_to() {
    let (_case, mut w) = received_earlier();
    let import = w.state().loaded().unwrap().imports[0].clone();
    assert_eq!(import.known_at.get(..10), Some("2025-03-01"));
    w.get_by_role_and_label(Role::Tab, "Data").click();
    settle(&mut w);
    w.get_by_label_contains("Received on 1 Mar 2025, loaded on ");

    // By its name in the palette, whatever panel is on top.
    w.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut w);
    let hint = tr(Lang::En, atalaya::text!("palette-hint"));
    w.get_by_role_and_label(Role::SearchInput, &hint)
        .type_text("as known on");
    settle(&mut w);
    w.key_press(Key::Enter);
    settle(&mut w);
    let field = w.get_by_role_and_label(Role::TextInput, "As known on this day");
    assert!(field.accesskit_node().is_focused());
    field.type_text("2025-02-28");
    settle(&mut w);
    assert_eq!(w.state().loaded().unwrap().columns.len(), 0);
    let day = w.state().workspace().unwrap().filter.known_on;
    assert_eq!(day, "2025-02-28".parse().ok());
    // An empty past is no empty case, and there is a way back.
    w.get_by_label("Nothing of this case was known on 28 Feb 2025");
    w.get_by_role_and_label(Role::Button, "Show what is known today")
        .click();
    settle(&mut w);
    assert_eq!(w.state().loaded().unwrap().columns.len(), 1);
}

#[test]
fn rejects_are_read_while_the_panel_stays() {
    let (_case, mut w) = received_earlier();
    w.get_by_role_and_label(Role::Tab, "Data").click();
    settle(&mut w);
    w.get_by_label_contains("1 row could not be used").click();
    settle(&mut w);
    let row = "1 row, line 3: “2025-02-30” in column date";
    w.get_by_label_contains(row);
    // Other rows of the case come on show, and with them rejects to be read.
    let mut filter = w.state().workspace().unwrap().filter.clone();
    filter.known_on = "2025-03-02".parse().ok();
    w.state_mut().push(Command::SetFilter(Box::new(filter)));
    w.step();
    w.state_mut().wait_for_jobs();
    w.step();
    w.get_by_label_contains("The rejected rows are being read");
    assert!(w.query_by_label_contains(row).is_none());
    settle(&mut w);
    w.get_by_label_contains(row);
    assert!(w.query_by_label_contains("are being read").is_none());
}

#[test]
fn rows_far_from_their_country_are_warned_of_before_and_after() {
    let case = empty_case();
    let text = "id,fecha,lat,lon,país\n\
        a,2025-02-03,27.4763,-99.5164,México\n\
        b,2025-02-03,27.4763,99.5164,México\n";
    let file = windows_1252(case.folder.path(), "signo.csv", text);
    let mut w = window(&case.path, Lang::Es);
    open(&mut w, &[file]);
    let (far, sign) = (
        "Una fila queda a más de 100 km",
        "parece que falta o sobra un signo menos",
    );
    w.get_by_label_contains(far);
    w.get_by_label_contains(sign);
    assert_eq!(hindrance(&w), None);
    Clicks(0).on(&mut w, Role::Button, "Importar");
    w.get_by_label_contains("2 filas leídas");
    w.get_by_label_contains(far);
    w.get_by_label_contains(sign);
}

const FORM: &str = "start,Fecha del incidente,tipo,lat,lon\n\
    2025-02-10,2025-02-03,arrest,27.4763,-99.5164\n\
    2025-02-11,2025-01-28,arrest,26.0922,-98.2779\n";

/// The first days of the incidents, sorted.
fn days(w: &Window) -> Vec<String> {
    let loaded = w.state().loaded().unwrap();
    let day = |id: &i64| {
        let stored = loaded.case.incident(*id).unwrap().unwrap();
        stored.incident.when.start.to_string()
    };
    let mut days: Vec<String> = loaded.columns.id.iter().map(day).collect();
    days.sort();
    days
}

#[test]
fn other_columns_with_dates_are_named_and_can_be_read_instead() {
    for instead in [false, true] {
        let case = empty_case();
        let file = windows_1252(case.folder.path(), "form.csv", FORM);
        let mut w = window(&case.path, Lang::En);
        open(&mut w, &[file]);
        let mut clicks = Clicks(0);
        let choices = labels(&w, Role::ComboBox);
        assert!(
            choices.contains(&"Column Fecha del incidente: Date".to_owned()),
            "{choices:?}"
        );
        if instead {
            clicks.on(&mut w, Role::Link, "start");
        }
        clicks.on(&mut w, Role::Button, "Import");
        let wanted = match instead {
            false => ["2025-01-28", "2025-02-03"],
            true => ["2025-02-10", "2025-02-11"],
        };
        assert_eq!(days(&w), wanted);
    }
}

#[test]
fn a_new_delivery_is_recognised_and_can_be_kept_apart() {
    let first =
        "id,date,lat,lon,type\nA1,2025-02-03,27.5,-99.5,arrest\nA2,2025-02-04,27.5,-99.5,raid\n";
    for apart in [false, true] {
        let case = empty_case();
        let again = format!("{first}A3,2025-02-05,27.5,-99.5,raid\n");
        let files = [("log.csv", first), ("log (1).csv", &again)];
        let mut w = window(&case.path, Lang::En);
        let mut clicks = Clicks(0);
        for (name, text) in files {
            let file = windows_1252(case.folder.path(), name, text);
            open(&mut w, &[file]);
            if name != "log.csv" {
                w.get_by_label_contains("2 of 3 rows are in dataset log already");
                if apart {
                    clicks.on(&mut w, Role::Link, "Keep it apart");
                }
            }
            clicks.on(&mut w, Role::Button, "Import");
            clicks.on(&mut w, Role::Button, "Close");
        }
        let loaded = w.state().loaded().unwrap();
        let wanted = if apart { (5, 2) } else { (3, 1) };
        assert_eq!((loaded.columns.len(), loaded.datasets.len()), wanted);
    }
}

#[test]
fn days_that_a_spreadsheet_took_for_months_are_asked_about() {
    let text = "fecha,tipo,lat,lon\n2025-03-02,arrest,27.5,-99.5\n13/02/2025,arrest,27.5,-99.5\n\
        2025-06-02,arrest,27.5,-99.5\n28/01/2025,arrest,27.5,-99.5\n";
    for (answer, wanted) in [
        ("Exchange day and month back", "2025-02-06"),
        ("The dates are right", "2025-06-02"),
    ] {
        let case = empty_case();
        let file = windows_1252(case.folder.path(), "half.csv", text);
        let mut w = window(&case.path, Lang::En);
        open(&mut w, &[file]);
        assert_eq!(
            hindrance(&w).unwrap(),
            "Say whether a spreadsheet exchanged day and month."
        );
        let mut clicks = Clicks(0);
        clicks.on(&mut w, Role::RadioButton, answer);
        assert_eq!(hindrance(&w), None);
        clicks.on(&mut w, Role::Button, "Import");
        assert!(days(&w).contains(&wanted.to_owned()), "{:?}", days(&w));
    }
}

#[test]
fn rejected_rows_are_grouped_with_a_remedy_that_a_click_applies() {
    let text = "fecha,tipo,municipio,estado,lat,lon\n2025-02-03,arrest,Reynosa,Tamaulipas,,\n\
        2025-02-04,arrest,Matamoros,Tamaulipas,,\n2025-02-05,arrest,Reynosa,Tamaulipas,26.09,-98.28\n";
    let case = empty_case();
    let file = windows_1252(case.folder.path(), "log.csv", text);
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[file]);
    assert!(labels(&w, Role::Status).contains(&"2 would be rejected".to_owned()));
    let mut clicks = Clicks(0);
    clicks.on(
        &mut w,
        Role::Link,
        "Locate rows by the names of their places",
    );
    assert!(labels(&w, Role::Status).contains(&"3 rows would be kept".to_owned()));
    clicks.on(&mut w, Role::Button, "Import");
    assert_eq!(w.state().loaded().unwrap().columns.len(), 3);
}

#[test]
fn letters_that_several_encodings_give_are_asked_about_before_the_import() {
    // One name in capitals, as DOS wrote it: KÍLN, or KÖLN by Windows.
    let rows = b"id,fecha,tipo,lugar,lat,lon\na,2025-02-03,arrest,K\xd6LN,26.09,-98.28\n";
    let case = empty_case();
    let file = case.folder.path().join("log.csv");
    std::fs::write(&file, rows).unwrap();
    for (lang, asked, import) in [
        (
            Lang::En,
            "Say which reading of the letters is right.",
            "Import",
        ),
        (
            Lang::Es,
            "Indique cuál lectura de las letras es la correcta.",
            "Importar",
        ),
    ] {
        let mut w = window(&case.path, lang);
        open(&mut w, std::slice::from_ref(&file));
        assert_eq!(hindrance(&w).unwrap(), asked);
        let answers = labels(&w, Role::RadioButton);
        for answer in ["KÍLN (IBM850)", "KÖLN (windows-1252)"] {
            assert!(answers.contains(&answer.to_owned()), "{answers:?}");
        }
        let mut clicks = Clicks(0);
        clicks.on(&mut w, Role::RadioButton, "KÖLN (windows-1252)");
        assert_eq!(hindrance(&w), None);
        clicks.on(&mut w, Role::Button, import);
        let columns = &w.state().loaded().unwrap().columns;
        assert!(columns.places.find("KÖLN").is_some());
    }
}

#[test]
fn the_letters_of_an_encoding_are_named() {
    let case = empty_case();
    let file = case.folder.path().join("log.csv");
    let rows = b"id,fecha,tipo,lugar,lat,lon\na,2025-02-03,arrest,\xddstanbul,41.0,29.0\n";
    std::fs::write(&file, rows).unwrap();
    let mut w = window(&case.path, Lang::En);
    open(&mut w, &[file]);
    let answers = labels(&w, Role::RadioButton);
    assert!(
        answers.contains(&"İstanbul (Turkish, windows-1254)".to_owned()),
        "{answers:?}"
    );
}
