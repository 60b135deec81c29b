//! Time in the window: two years compared, the wheel down to days, numbers that lead to their
//! rows. Driven by role and label; no graphics driver is needed.

use crate::support::{demo_case, settle, ucdp_case, window};
use atalaya::app::App;
use atalaya::domain::{Filter, Kind};
use atalaya::locale::{Lang, number};
use atalaya::query::BinWidth;
use atalaya::session::Command;
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Role, TouchPhase};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

/// Incidents and deaths whose interval touches a year, row by row.
fn of_year(w: &Harness<'_, App>, year: i16) -> (usize, u64) {
    let c = &w.state().loaded().unwrap().columns;
    let touches = |row: &u32| {
        let i = *row as usize;
        let year_of = |day| atalaya::domain::when::date_of(day).year();
        year_of(c.start_day[i]) <= year && year_of(c.end_day[i]) >= year
    };
    let rows = (0..c.len() as u32).filter(touches);
    rows.fold((0, 0), |(n, deaths), row| {
        (n + 1, deaths + c.deaths(row).in_sums()[1])
    })
}

fn type_period(w: &mut Harness<'static, App>, side: &str, period: &str) {
    let label = format!("{side}: year, month or days");
    w.get_by_role_and_label(Role::TextInput, &label).focus();
    w.run_steps(2);
    w.key_press_modifiers(Modifiers::COMMAND, egui::Key::A);
    w.run_steps(2);
    w.get_by_role_and_label(Role::TextInput, &label)
        .type_text(period);
    settle(w);
}

#[test]
fn two_years_are_typed_counted_and_lead_to_their_rows() {
    let case = ucdp_case();
    let mut w = window(&case.path, Lang::En);
    w.state_mut().push(Command::SetFilter(Box::new(Filter {
        from: "2015-01-01".parse().ok(),
        to: "2015-12-31".parse().ok(),
        ..Filter::default()
    })));
    settle(&mut w);
    w.get_by_role_and_label(Role::RadioButton, "Compare")
        .click();
    settle(&mut w);
    // The window and the year before it, and no time in the filter.
    let begun = w.state().workspace().unwrap().clone();
    assert_eq!(begun.compare.unwrap().a.0.to_string(), "2014-01-01");
    assert_eq!(begun.compare.unwrap().b.1.to_string(), "2015-12-31");
    assert!(begun.filter.is_empty());

    type_period(&mut w, "A", "2010");
    type_period(&mut w, "B", "2022");
    let [a, b] = [2010, 2022].map(|year| of_year(&w, year));
    let [n_a, n_b] = [a, b].map(|side| number(side.0 as u64));
    let more = format!("{:.0}", (b.0 as f64 / a.0 as f64 - 1.0) * 100.0);
    let sentence = format!("A 2010: {n_a} · B 2022: {n_b} · B has {more} % more incidents than A");
    assert!(
        w.query_all_by_label_contains(&sentence).next().is_some(),
        "{sentence}"
    );
    let deaths = number(b.1);
    w.get_by_role_and_label(Role::Button, &format!("B: {deaths} deaths"));

    w.get_by_role_and_label(Role::Button, &format!("A: {n_a} incidents"))
        .click();
    settle(&mut w);
    assert_eq!(w.state().selected().len(), a.0);

    // By kind: the table's number leads to its rows.
    w.get_by_role_and_label(Role::Link, "By kind").click();
    settle(&mut w);
    let battles = w
        .get_all_by_role(Role::Button)
        .find_map(|n| {
            let label = n.accesskit_node().label()?;
            label.starts_with("B, Gun battle: ").then_some(label)
        })
        .expect("gun battles in 2022");
    w.get_by_role_and_label(Role::Button, &battles).click();
    settle(&mut w);
    let selected = w.state().selected();
    let told = battles.rsplit(' ').next().unwrap();
    assert_eq!(number(selected.len() as u64), told);
    let c = w.state().loaded().unwrap().columns.clone();
    let is_battle = |id: &i64| c.kind[c.row_of(*id).unwrap() as usize] == Kind::GunBattle;
    assert!(selected.iter().all(is_battle));

    // The key on the map: what leans to B leads to its rows.
    let line = w
        .get_all_by_role(Role::Button)
        .find_map(|n| {
            let label = n.accesskit_node().label()?;
            label.starts_with("B: 4 times A").then_some(label)
        })
        .expect("hexagons that lean to B");
    w.get_by_role_and_label(Role::Button, &line).click();
    settle(&mut w);
    let both = line.rsplit(": ").next().unwrap().replace(',', "");
    let sum: usize = both
        .split('|')
        .map(|n| n.trim().parse::<usize>().unwrap())
        .sum();
    // A row whose date is uncertain may be in both.
    let found = w.state().selected().len();
    assert!(found <= sum && found * 100 >= sum * 99, "{found} of {sum}");

    // A drag on the bars draws another B; back to one window, the one from before is there.
    let bars = w
        .get_by_role_and_label(Role::Canvas, "Incidents over time")
        .rect();
    let y = bars.center().y;
    w.drag_at(egui::pos2(bars.left() + bars.width() * 0.40, y));
    w.step();
    w.hover_at(egui::pos2(bars.left() + bars.width() * 0.45, y));
    w.step();
    w.drop_at(egui::pos2(bars.left() + bars.width() * 0.50, y));
    settle(&mut w);
    let dragged = w.state().workspace().unwrap().compare.unwrap();
    assert_eq!(dragged.a.0.to_string(), "2010-01-01");
    assert!(dragged.b.1.to_string().as_str() < "2012", "{dragged:?}");
    w.get_by_role_and_label(Role::RadioButton, "Window").click();
    settle(&mut w);
    let after = w.state().workspace().unwrap().clone();
    assert_eq!(after.compare, None);
    assert_eq!(after.filter.from, "2015-01-01".parse().ok());
}

#[test]
fn the_wheel_leads_from_years_to_days_and_numbers_to_rows() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::En);
    let columns = w.state().loaded().unwrap().columns.clone();
    let bars = w
        .get_by_role_and_label(Role::Canvas, "Incidents over time")
        .rect();
    w.hover_at(bars.center());
    w.step();
    for _ in 0..90 {
        w.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: egui::vec2(0.0, 60.0),
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
            source: MouseWheelSource::Wheel,
        });
        w.run_steps(2);
    }
    settle(&mut w);
    assert!(
        w.query_by_label("by day").is_some(),
        "not down to days, the finest that the dates of the case tell"
    );
    // And back to everything with the button that says what is shown.
    let shown = w.get_by_label_contains("Part of the time that is shown: ");
    shown.click();
    settle(&mut w);
    w.get_by_label("All").click();
    settle(&mut w);
    assert!(w.query_by_label("by day").is_none());

    // The peak leads to all that may lie in it.
    let peak = w
        .get_all_by_role(Role::Button)
        .find_map(|n| {
            let label = n.accesskit_node().label()?;
            label.starts_with("most").then_some(label)
        })
        .expect("a peak");
    w.get_all_by_role_and_label(Role::Button, &peak)
        .next()
        .unwrap()
        .click();
    settle(&mut w);
    let selected = w.state().selected();
    assert!(!selected.is_empty());
    // They share a bar: all overlap the days that most of them lie in.
    let rows: Vec<usize> = selected
        .iter()
        .map(|id| columns.row_of(*id).unwrap() as usize)
        .collect();
    let (first, last) = columns.day_extent().unwrap();
    let width = BinWidth::fitting(i64::from(last - first + 1) * 24, 240);
    let overlaps = |days: (i32, i32)| {
        rows.iter()
            .all(|r| columns.start_day[*r] <= days.1 && columns.end_day[*r] >= days.0)
    };
    assert!(
        (first..=last).any(|day| overlaps(width.days(day))),
        "{peak}"
    );
}

#[test]
fn clock_and_calendar_count_and_lead_to_their_rows() {
    let case = demo_case();
    let mut w = window(&case.path, Lang::Es);
    let columns = w.state().loaded().unwrap().columns.clone();
    w.get_by_role_and_label(Role::Button, "En el tiempo")
        .click();
    settle(&mut w);
    w.get_by_label("Por día de la semana y hora").click();
    settle(&mut w);
    let of_one_day = |row: &usize| columns.start_day[*row] == columns.end_day[*row];
    let unknown = (0..columns.len()).filter(|row| !of_one_day(row)).count();
    assert!(unknown > 0);
    let label = format!("día desconocido: {}", number(unknown as u64));
    w.get_by_role_and_label(Role::Button, &label).click();
    settle(&mut w);
    assert_eq!(w.state().selected().len(), unknown);
    // Days whose hour is not known count by their weekday.
    let mondays = (0..columns.len()).filter(|row| {
        let is_known = columns.minute[*row] != atalaya::index::NO_MINUTE;
        of_one_day(row) && !is_known && atalaya::query::weekday_of(columns.start_day[*row]) == 0
    });
    let mondays = mondays.count();
    assert!(mondays > 0);
    let cell = w
        .get_all_by_role(Role::Button)
        .find(|n| {
            let label = n.accesskit_node().label();
            label.is_some_and(|l| l.starts_with("lun: "))
        })
        .expect("Mondays");
    cell.click();
    settle(&mut w);
    assert_eq!(w.state().selected().len(), mondays);

    w.get_by_role_and_label(Role::Button, "Por día de la semana y hora")
        .click();
    settle(&mut w);
    w.get_by_label("Por mes del año").click();
    settle(&mut w);
    let february = w
        .get_all_by_role(Role::Button)
        .find(|n| {
            n.accesskit_node()
                .label()
                .is_some_and(|l| l.starts_with("feb: "))
        })
        .expect("February");
    february.click();
    settle(&mut w);
    let in_february = (0..columns.len()).filter(|row| {
        let days = columns.start_day[*row]..=columns.end_day[*row];
        days.into_iter()
            .any(|day| atalaya::domain::when::date_of(day).month() == 2)
    });
    assert_eq!(w.state().selected().len(), in_february.count());
}
