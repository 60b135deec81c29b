//! Deaths instead of incidents, the table of the bars, typed periods, and a selection that follows
//! the filter: against sums over the rows.

use crate::support::{demo_case, settle, ucdp_case, window};
use atalaya::app::App;
use atalaya::domain::{Filter, Kind};
use atalaya::locale::{Lang, number};
use atalaya::query::Figure;
use atalaya::scene::{ColorBy, LayerSet};
use atalaya::session::Command;
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

fn filtered(w: &mut Harness<'static, App>, filter: Filter) {
    w.state_mut().push(Command::SetFilter(Box::new(filter)));
    settle(w);
}

/// Best estimates of deaths of the rows for which `is` holds.
fn deaths(w: &Harness<'static, App>, is: impl Fn(usize) -> bool) -> u64 {
    let c = &w.state().loaded().unwrap().columns;
    let rows = (0..c.len()).filter(|row| is(*row));
    rows.map(|row| c.deaths(row as u32).in_sums()[1]).sum()
}

/// All labels with a text in them.
fn named(w: &Harness<'static, App>, text: &str) -> Vec<String> {
    let nodes = w.query_all_by_label_contains(text);
    nodes.filter_map(|n| n.accesskit_node().label()).collect()
}

fn has(w: &Harness<'static, App>, text: &str) -> bool {
    w.query_all_by_label_contains(text).next().is_some()
}

#[test]
fn deaths_are_counted_everywhere_once_asked_for() {
    let case = ucdp_case();
    let mut w = window(&case.path, Lang::En);
    w.get_by_role_and_label(Role::Button, "Incidents").click();
    settle(&mut w);
    w.get_by_role_and_label(Role::Button, "Deaths").click();
    settle(&mut w);
    assert_eq!(w.state().workspace().unwrap().figure, Figure::Deaths);
    let c = w.state().loaded().unwrap().columns.clone();
    let all = number(deaths(&w, |_| true));
    w.get_by_role_and_label(Role::Button, &format!("{all} deaths"));
    // The facet of a kind, an actor and a state.
    let attacks = deaths(&w, |row| c.kind[row] == Kind::AttackCivilians);
    let sinaloa = deaths(&w, |row| {
        let names = c
            .actors_of(row as u32)
            .iter()
            .map(|a| c.actors.get(a.actor()));
        names.into_iter().any(|name| name == "Sinaloa Cartel")
    });
    for (n, name) in [
        (attacks, "Attack on civilians"),
        (sinaloa, "Sinaloa Cartel"),
    ] {
        let label = format!("{} deaths: list the incidents of {name}", number(n));
        if name == "Attack on civilians" {
            w.get_by_label("Unfold Armed violence").click();
            settle(&mut w);
        }
        assert!(has(&w, &label), "{label}: {:?}", named(&w, name));
    }
    // The list has the deadliest first, though another has more incidents.
    let mut listed: Vec<(f32, String)> = w
        .query_all_by_label_contains("deaths: list the incidents of ")
        .map(|n| {
            (
                n.rect().top(),
                n.accesskit_node().label().unwrap_or_default(),
            )
        })
        .filter(|(_, l)| l.contains("Cartel"))
        .collect();
    listed.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(
        listed[0].1.ends_with("Jalisco Cartel New Generation"),
        "{listed:?}"
    );
    // And the summary of all that is shown.
    assert!(has(
        &w,
        &format!("Sinaloa Cartel: {} deaths", number(sinaloa))
    ));
    // Back with one step.
    w.state_mut().push(Command::Undo);
    settle(&mut w);
    assert_eq!(w.state().workspace().unwrap().figure, Figure::Incidents);
}

/// What the button below the table of the bars copies.
fn copied_bars(w: &mut Harness<'static, App>) -> String {
    w.get_by_role_and_label(Role::Button, "Table of the bars")
        .click();
    settle(w);
    w.get_by_role_and_label(Role::Button, "Copy table").click();
    w.run_steps(1);
    let copied = w
        .output()
        .platform_output
        .commands
        .iter()
        .find_map(|c| match c {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
    copied.expect("the table")
}

#[test]
fn the_table_of_the_bars_is_copied_with_deaths() {
    let case = ucdp_case();
    let mut w = window(&case.path, Lang::En);
    let text = copied_bars(&mut w);
    let mut lines = text.lines().map(|l| l.split('\t').collect::<Vec<_>>());
    assert_eq!(
        lines.next().unwrap(),
        ["Period", "Incidents", "Deaths", "low", "high"]
    );
    let rest: Vec<Vec<&str>> = lines.collect();
    assert_eq!(rest.first().unwrap()[0], "1989");
    assert_eq!(rest.last().unwrap()[0], "2023");
    let sum = |column: usize| {
        rest.iter()
            .map(|l| l[column].parse::<f64>().unwrap())
            .sum::<f64>()
    };
    assert!((sum(1) - 18_957.0).abs() < 2.0, "{}", sum(1));
    let all = deaths(&w, |_| true) as f64;
    assert!((sum(2) - all).abs() < 2.0, "{} {all}", sum(2));
    assert!(sum(3) < sum(2) && sum(2) < sum(4));
}

#[test]
fn periods_are_typed_in_any_usual_form_and_step_as_long_as_they_are() {
    let case = ucdp_case();
    let mut w = window(&case.path, Lang::En);
    let typed = |w: &mut Harness<'static, App>, text: &str| {
        w.get_by_role_and_label(Role::TextInput, "Period").focus();
        w.run_steps(2);
        w.key_press_modifiers(Modifiers::COMMAND, Key::A);
        w.run_steps(2);
        w.get_by_role_and_label(Role::TextInput, "Period")
            .type_text(text);
        settle(w);
        let f = &w.state().workspace().unwrap().filter;
        (f.from.map(|d| d.to_string()), f.to.map(|d| d.to_string()))
    };
    let days = |from: &str, to: &str| (Some(from.to_owned()), Some(to.to_owned()));
    assert_eq!(typed(&mut w, "2010-2011"), days("2010-01-01", "2011-12-31"));
    assert_eq!(typed(&mut w, "mar 2010"), days("2010-03-01", "2010-03-31"));
    assert_eq!(
        typed(&mut w, "since 2020"),
        (Some("2020-01-01".into()), None)
    );
    // What is no period changes nothing, and says which forms are.
    assert_eq!(typed(&mut w, "20x"), (Some("2020-01-01".into()), None));
    assert!(has(&w, "Not recognised as a period"));
    assert_eq!(typed(&mut w, "2022"), days("2022-01-01", "2022-12-31"));
    w.get_by_role_and_label(Role::Button, "One step forward")
        .click();
    settle(&mut w);
    let filter = &w.state().workspace().unwrap().filter;
    assert_eq!(filter.from.unwrap().to_string(), "2023-01-01");
    assert_eq!(filter.to.unwrap().to_string(), "2023-12-31");
    w.get_by_role_and_label(Role::Button, "All times").click();
    settle(&mut w);
    assert!(w.state().workspace().unwrap().filter.is_empty());
}

#[test]
fn a_selection_follows_the_filter_and_comes_back_with_it() {
    let case = ucdp_case();
    let mut w = window(&case.path, Lang::En);
    let c = w.state().loaded().unwrap().columns.clone();
    let attacks: Vec<u32> = (0..c.len() as u32)
        .filter(|row| c.kind[*row as usize] == Kind::AttackCivilians)
        .collect();
    w.state_mut()
        .push(Command::Select(c.ids_of(attacks.clone())));
    settle(&mut w);
    assert_eq!(w.state().selected().len(), attacks.len());
    filtered(
        &mut w,
        Filter {
            from: "2010-01-01".parse().ok(),
            ..Filter::default()
        },
    );
    let from = atalaya::domain::when::day_number("2010-01-01".parse().unwrap());
    let later = attacks
        .iter()
        .filter(|row| c.end_day[**row as usize] >= from)
        .count();
    assert!(later > 0 && later < attacks.len());
    assert_eq!(w.state().selected().len(), later);
    filtered(
        &mut w,
        Filter {
            kinds: [Kind::Other].into(),
            ..Filter::default()
        },
    );
    assert!(w.state().selected().is_empty());
    filtered(&mut w, Filter::default());
    assert_eq!(w.state().selected().len(), attacks.len());
    // One alone is being read: it stays, and its card says so.
    w.state_mut().push(Command::Select(c.ids_of([attacks[0]])));
    filtered(
        &mut w,
        Filter {
            kinds: [Kind::Other].into(),
            ..Filter::default()
        },
    );
    assert_eq!(w.state().selected().len(), 1);
    assert!(has(&w, "Not on the map: the filter leaves it out"));
}

#[test]
fn colours_say_what_was_chosen_and_the_key_says_what_that_is() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    w.get_by_label("Layers").click();
    settle(&mut w);
    w.get_by_role_and_label(Role::Button, "Kind").click();
    settle(&mut w);
    w.get_by_role_and_label(Role::Button, "Year").click();
    settle(&mut w);
    let layers = w.state().workspace().unwrap().layers;
    assert_eq!(layers.color_by, ColorBy::Year);
    // Marks differ by shape alone then: bars and panels have no colours of kinds.
    assert!(w.query_all_by_label("Year").count() > 0);
    w.state_mut().push(Command::SetLayers(LayerSet {
        color_by: ColorBy::SideA,
        ..layers
    }));
    settle(&mut w);
    assert!(w.query_all_by_label("Actor, side A").count() > 0);
}

#[test]
fn the_palette_keeps_its_height_and_starts_at_the_top() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    w.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut w);
    let field = "Find a command";
    let top = |w: &Harness<'static, App>| w.get_by_label(field).rect().top();
    let before = top(&w);
    w.get_by_label(field).type_text("zzz");
    settle(&mut w);
    assert_eq!(top(&w), before);
}

#[test]
fn two_times_are_compared_in_deaths_where_those_are_counted() {
    let case = ucdp_case();
    let mut w = window(&case.path, Lang::En);
    w.state_mut().push(Command::SetFigure(Figure::Deaths));
    settle(&mut w);
    w.get_by_role_and_label(Role::RadioButton, "Compare")
        .click();
    settle(&mut w);
    // The first and the last year of what is shown; then typed over without clearing the fields first.
    for (side, period) in [("A", "2010-2011"), ("B", "2021-2022")] {
        let label = format!("{side}: year, month or days");
        w.get_by_role_and_label(Role::TextInput, &label).focus();
        w.run_steps(2);
        w.get_by_role_and_label(Role::TextInput, &label)
            .type_text(period);
        settle(&mut w);
    }
    let touching = |from: i16, to: i16| {
        let c = w.state().loaded().unwrap().columns.clone();
        let year = |day| atalaya::domain::when::date_of(day).year();
        deaths(&w, |row| {
            year(c.start_day[row]) <= to && year(c.end_day[row]) >= from
        })
    };
    let (a, b) = (touching(2010, 2011), touching(2021, 2022));
    let more = b as f64 / a as f64;
    assert!(more > 2.0 && more < 10.0, "{a} {b}");
    let verdict = format!("B has {more:.1}× as many deaths as A");
    assert!(has(&w, &verdict), "{verdict}: {:?}", named(&w, "B has"));
    // What is not known is said of the two and of nothing else.
    let compared = w.state().loaded().unwrap().columns.clone();
    let year = |day| atalaya::domain::when::date_of(day).year();
    let in_either = |row: usize| {
        let (from, to) = (year(compared.start_day[row]), year(compared.end_day[row]));
        [(2010, 2011), (2021, 2022)]
            .iter()
            .any(|(a, b)| from <= *b && to >= *a)
    };
    let n = (0..compared.len()).filter(|row| in_either(*row)).count();
    assert!(n < compared.len());
    let words = format!(
        "{} have a source whose reliability nobody judged",
        atalaya::locale::number(n as u64)
    );
    assert!(has(&w, &words), "{words}: {:?}", named(&w, "nobody judged"));
    // The table of the bars is of the two.
    let text = copied_bars(&mut w);
    let lines: Vec<Vec<&str>> = text.lines().map(|l| l.split('\t').collect()).collect();
    assert_eq!(
        (lines.len(), lines[1][0], lines[2][0]),
        (3, "A 2010–2011", "B 2021–2022")
    );
    assert_eq!(
        (lines[1][2], lines[2][2]),
        (&*a.to_string(), &*b.to_string())
    );
    // A picture of the two is made.
    let picture = case.folder.path().join("two-times.png");
    w.state_mut().push(Command::SavePictureAt(picture.clone()));
    settle(&mut w);
    assert!(std::fs::read(&picture).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn the_search_finds_a_way_by_road_and_filters_by_it() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    w.key_press_modifiers(Modifiers::COMMAND, Key::F);
    settle(&mut w);
    let field = "Search incidents, places, actors";
    w.get_by_label(field).type_text("Monterrey - Nuevo Laredo");
    settle(&mut w);
    assert!(has(&w, "filter by what lies along the way"));
    w.key_press(Key::Enter);
    settle(&mut w);
    let filter = &w.state().workspace().unwrap().filter;
    assert!(matches!(
        filter.area,
        Some(atalaya::domain::Area::Corridor { .. })
    ));
    assert_eq!(filter.area_name, "Monterrey - Nuevo Laredo");
    // Its chip says how wide it is.
    assert!(
        has(&w, "Monterrey - Nuevo Laredo, 10.0\u{a0}km")
            || has(&w, "Monterrey - Nuevo Laredo, 10\u{a0}km")
    );
}
