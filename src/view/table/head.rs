//! The line of column names: what they are sorted by, and how wide they are.

use super::Context;
use crate::query::Field;
use crate::scene::Weight;
use crate::session::Command;
use crate::view::theme::{SMALL, color, font, icon_font};
use crate::view::{icons, widgets};
use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};

/// A column with its edges from the left edge of the table, points.
pub(super) struct Column {
    pub field: Field,
    pub left: f32,
    pub right: f32,
}

impl Column {
    /// The part of a line that is this column's.
    pub fn part(&self, line: Rect) -> Rect {
        line.with_min_x(line.left() + self.left)
            .with_max_x(line.left() + self.right)
    }

    pub fn is_number(&self) -> bool {
        matches!(self.field, Field::Deaths | Field::Line)
    }
}

/// Usual width, points, and the share of the room that is left over.
const fn width(field: Field) -> (f32, f32) {
    match field {
        Field::Date => (158.0, 0.0),
        Field::Kind => (152.0, 0.0),
        Field::Title => (240.0, 3.0),
        Field::Place => (130.0, 0.5),
        Field::Municipality | Field::State => (120.0, 0.5),
        Field::Country => (90.0, 0.0),
        Field::SideA | Field::SideB => (150.0, 1.0),
        Field::Deaths => (76.0, 0.0),
        Field::Precision => (130.0, 0.0),
        Field::Grade => (56.0, 0.0),
        Field::Dataset => (96.0, 0.0),
        Field::Id => (120.0, 0.0),
        Field::File => (170.0, 0.5),
        Field::Line => (72.0, 0.0),
    }
}

/// Where the columns lie in `room` points; beyond it where they need more.
pub(super) fn columns(fields: &[Field], room: f32) -> Vec<Column> {
    let needed: f32 = fields.iter().map(|f| width(*f).0).sum();
    let shares: f32 = fields.iter().map(|f| width(*f).1).sum();
    let spare = (room - needed).max(0.0) / shares.max(1.0);
    let mut left = 0.0;
    let column = |field: &Field| {
        let (usual, share) = width(*field);
        let right = left + usual + spare * share;
        let column = Column {
            field: *field,
            left,
            right,
        };
        left = right;
        column
    };
    fields.iter().map(column).collect()
}

pub(super) fn show(ui: &mut Ui, cx: &mut Context<'_>, columns: &[Column], head: Rect) {
    for column in columns {
        name(ui, cx, column, column.part(head));
    }
    let line = Stroke::new(1.0, color(cx.theme.line));
    ui.painter()
        .hline(head.x_range(), head.bottom() - 0.5, line);
}

fn name(ui: &mut Ui, cx: &mut Context<'_>, column: &Column, rect: Rect) {
    let spec = &cx.workspace.table;
    let field = column.field;
    let sorted = spec.sort == field;
    let name = cx.tr(&format!("table-col-{}", field.code()));
    let id = ui.scope_id().with(("head", field.code()));
    let sense = if field.is_sortable() {
        Sense::click()
    } else {
        Sense::hover()
    };
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| WidgetInfo::selected(Role::ColumnHeader, true, sorted, &name));
    let hot = field.is_sortable() && response.hovered();
    let ink = if sorted || hot {
        cx.theme.accent
    } else {
        cx.theme.muted
    };
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let (x, align) = if column.is_number() {
        (rect.right() - 22.0, Align2::RIGHT_CENTER)
    } else {
        (rect.left() + 8.0, Align2::LEFT_CENTER)
    };
    let at = pos2(x, rect.center().y);
    let words = painter.text(at, align, &name, font(Weight::SemiBold, SMALL), color(ink));
    if sorted {
        let icon = if spec.descending {
            icons::CARET_DOWN
        } else {
            icons::CARET_UP
        };
        let at = pos2(words.right() + 9.0, rect.center().y);
        painter.text(at, Align2::CENTER_CENTER, icon, icon_font(11.0), color(ink));
    }
    widgets::focus_ring(ui, cx.theme, rect.shrink(2.0), &response);
    let tip = if field.is_sortable() {
        "table-sort"
    } else {
        "table-no-sort"
    };
    if response.on_hover_text(cx.tr(tip)).clicked() {
        let mut spec = spec.clone();
        spec.sort_by(field);
        cx.commands.push(Command::SetTable(spec));
    }
}
