//! What stands in a cell, in the words of the window's language.

use crate::domain::when::date_of;
use crate::index::{NO_MINUTE, Row, RowActor};
use crate::locale::{date_range, number};
use crate::query::Field;
use crate::session::table::{admin_level, side};
use crate::view::Context;

pub(super) fn words(cx: &Context<'_>, row: Row, field: Field) -> String {
    let (c, i) = (&cx.loaded.columns, row as usize);
    match field {
        Field::Date => when(cx, i),
        Field::Kind => cx.tr(text!("kind-" + c.kind[i].code())),
        Field::Title => cx.loaded.title(row, cx.lang.is_spanish()).to_string(),
        Field::Place => c.places.get(c.place[i]).to_owned(),
        Field::Country => admin_level(c, row, 0).to_owned(),
        Field::State => admin_level(c, row, 1).to_owned(),
        Field::Municipality => admin_level(c, row, 2).to_owned(),
        Field::SideA => side(c, row, RowActor::on_a),
        Field::SideB => side(c, row, RowActor::on_b),
        Field::Deaths => deaths(cx, row),
        Field::Precision => cx.tr(text!("place-" + c.place_precision[i].code())),
        Field::Grade => format!("{}{}", c.reliability[i].code(), c.credibility[i].code()),
        Field::Dataset => c.datasets.get(c.dataset[i]).to_owned(),
        Field::Id => cx.loaded.text(row).external_id.clone(),
        Field::File => cx.loaded.text(row).file_name.clone(),
        // A place in a file, not a quantity: digits are not grouped.
        Field::Line => cx.loaded.text(row).line.to_string(),
    }
}

fn when(cx: &Context<'_>, i: usize) -> String {
    let c = &cx.loaded.columns;
    let days = date_range(cx.lang, date_of(c.start_day[i]), date_of(c.end_day[i]));
    match c.minute[i] {
        NO_MINUTE => days,
        minute => format!("{days} {:02}:{:02}", minute / 60, minute % 60),
    }
}

/// The best estimate, else the bounds that are known; `–` where nobody said.
fn deaths(cx: &Context<'_>, row: Row) -> String {
    let d = cx.loaded.columns.deaths(row);
    let known = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| number(u64::from(n)));
    match d.best {
        Some(best) => number(u64::from(best)),
        None if d.is_unknown() => "–".to_owned(),
        None => format!("{}–{}", known(d.low), known(d.high)),
    }
}

/// What a cell says beside what stands in it.
pub(super) fn more(cx: &Context<'_>, row: Row, field: Field) -> Option<String> {
    let c = &cx.loaded.columns;
    match field {
        Field::Deaths => Some(crate::view::inspector::deaths_words(cx, c.deaths(row))),
        Field::Grade => {
            let i = row as usize;
            let reliability = cx.tr(text!("reliability-" + c.reliability[i].code()));
            let credibility = cx.tr(text!("credibility-" + c.credibility[i].code()));
            Some(format!("{reliability} · {credibility}"))
        }
        _ => None,
    }
}
