//! The line of column names: what they are sorted by, and how wide they are.

use crate::query::Field;
use crate::scene::Weight;
use crate::session::Command;
use crate::view::Context;
use crate::view::theme::{SMALL, color, font, icon_font};
use crate::view::{icons, kit};
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

/// How wide a column is, points.
struct Width {
    /// Where there is too little room for all: what stands in it can still be told.
    least: f32,
    usual: f32,
    /// Of the room that is left over.
    share: f32,
}

const fn width(field: Field) -> Width {
    let (least, usual, share) = match field {
        Field::Date => (132.0, 158.0, 0.0),
        Field::Kind => (128.0, 152.0, 0.0),
        Field::Title => (170.0, 240.0, 3.0),
        Field::Place => (96.0, 130.0, 0.5),
        Field::Municipality | Field::State => (90.0, 120.0, 0.5),
        Field::Country => (76.0, 90.0, 0.0),
        Field::SideA | Field::SideB => (110.0, 150.0, 1.0),
        Field::Deaths => (76.0, 76.0, 0.0),
        Field::Precision => (110.0, 130.0, 0.0),
        Field::Grade => (56.0, 56.0, 0.0),
        Field::Dataset => (84.0, 96.0, 0.0),
        Field::Id => (90.0, 120.0, 0.0),
        Field::File => (120.0, 170.0, 0.5),
        Field::Line => (72.0, 72.0, 0.0),
    };
    Width {
        least,
        usual,
        share,
    }
}

/// Where the columns lie in `room` points: wider than usual where there is more, narrower where there is
/// less, and beyond it where the least of them needs more.
pub(super) fn columns(fields: &[Field], room: f32) -> Vec<Column> {
    let sum = |of: fn(Width) -> f32| fields.iter().map(|f| of(width(*f))).sum::<f32>();
    let (least, usual, shares) = (sum(|w| w.least), sum(|w| w.usual), sum(|w| w.share));
    let spare = (room - usual).max(0.0) / shares.max(1.0);
    // Each gives the same part of what it can.
    let given = ((usual - room) / (usual - least).max(1.0)).clamp(0.0, 1.0);
    let mut left = 0.0;
    let column = |field: &Field| {
        let w = width(*field);
        let right = left + w.usual - given * (w.usual - w.least) + spare * w.share;
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
    let theme = kit::theme(ui);
    for column in columns {
        name(ui, cx, column, column.part(head));
    }
    let line = Stroke::new(1.0, color(theme.line));
    ui.painter()
        .hline(head.x_range(), head.bottom() - 0.5, line);
}

fn name(ui: &mut Ui, cx: &mut Context<'_>, column: &Column, rect: Rect) {
    let theme = kit::theme(ui);
    let spec = &cx.workspace.table;
    let field = column.field;
    let sorted = spec.sort == field;
    let name = cx.tr(text!("table-col-" + field.code()));
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
        theme.accent
    } else {
        theme.muted
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
    kit::focus_ring(ui, rect.shrink(2.0), &response);
    let tip = if field.is_sortable() {
        text!("table-sort")
    } else {
        text!("table-no-sort")
    };
    let by_pointer = response.clicked() && ui.input(|i| i.pointer.any_released());
    if response.on_hover_text(cx.tr(tip)).clicked() {
        // So that Home leads to the first row, not the map to all that is filtered.
        if by_pointer {
            ui.memory_mut(|m| m.request_focus(super::state::keyboard_id()));
        }
        let mut spec = spec.clone();
        spec.sort_by(field);
        cx.commands.push(Command::SetTable(spec));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::table::TableSpec;

    #[test]
    fn the_usual_columns_end_where_a_small_window_does() {
        let fields = TableSpec::default().columns;
        for room in [1_240.0, 1_400.0, 1_560.0] {
            let all = columns(&fields, room);
            let end = all.last().unwrap().right;
            assert!((end - room).abs() < 1.0, "{end} in {room}");
            assert!(all.windows(2).all(|w| w[0].right == w[1].left));
        }
        // All of them at once go beyond it, and can be scrolled to.
        let end = columns(Field::ALL, 900.0).last().unwrap().right;
        assert!(end > 900.0);
    }
}
