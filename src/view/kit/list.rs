//! A list under a line of text: arrows move in it, Enter takes, as in the search and the palette.

use super::{elided, focus_ring, paint_icon, theme, write};
use crate::scene::Weight;
use crate::view::theme::{RADIUS, ROW_H, SMALL, color};
use egui::{Align2, Key, Modifiers, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

/// What the keyboard did in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    Nothing,
    Moved,
    Taken,
}

/// Takes arrows and Enter before the line of text gets them; `at` is the one highlighted of `len`.
pub fn keys(ui: &Ui, at: &mut usize, len: usize) -> Pressed {
    let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    let (down, up) = (pressed(Key::ArrowDown), pressed(Key::ArrowUp));
    *at = (*at).min(len.saturating_sub(1));
    if len == 0 {
        return Pressed::Nothing;
    }
    if down || up {
        *at = (*at + if down { 1 } else { len - 1 }) % len;
        return Pressed::Moved;
    }
    if pressed(Key::Enter) {
        Pressed::Taken
    } else {
        Pressed::Nothing
    }
}

/// A row of the list.
pub struct Row<'a> {
    pub icon: Option<&'a str>,
    pub name: &'a str,
    /// After the name, in grey; may be empty.
    pub detail: &'a str,
    /// At the right edge.
    pub trailing: &'a str,
    pub highlighted: bool,
    pub enabled: bool,
    /// Kept free at the right, points.
    pub room_right: f32,
}

pub fn row(ui: &mut Ui, row: &Row<'_>) -> Response {
    let theme = theme(ui);
    let sense = if row.enabled {
        Sense::click()
    } else {
        Sense::hover()
    };
    let size = vec2(ui.available_width() - row.room_right, ROW_H);
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let label = [row.name, row.detail, row.trailing];
    let label: Vec<&str> = label.into_iter().filter(|t| !t.is_empty()).collect();
    let label = label.join(", ");
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, row.enabled, row.highlighted, &label)
    });
    // What Enter takes is told from what only lies under the pointer.
    if row.highlighted {
        let painter = ui.painter();
        painter.rect_filled(rect, RADIUS, color(theme.accent_wash));
        let bar = Rect::from_min_size(rect.min + vec2(0.0, 5.0), vec2(3.0, rect.height() - 10.0));
        painter.rect_filled(bar, 1.5, color(theme.accent));
    } else if row.enabled && response.hovered() {
        let ink = color(theme.line).gamma_multiply(0.55);
        ui.painter().rect_filled(rect, RADIUS, ink);
    }
    let ink = if row.enabled { theme.text } else { theme.faint };
    let y = rect.center().y;
    let mut left = rect.left() + 8.0;
    if let Some(icon) = row.icon {
        paint_icon(ui, pos2(left + 8.0, y), icon, 14.0, theme.muted);
        left += 24.0;
    }
    let trailing = write(
        ui,
        pos2(rect.right() - 8.0, y),
        Align2::RIGHT_CENTER,
        row.trailing,
        (Weight::Regular, 12.0),
        theme.muted,
    );
    let right = trailing.left() - 10.0;
    let end = elided(ui, row.name, ink, left, right, y);
    if !row.detail.is_empty() && right - end > 40.0 {
        elided(ui, row.detail, theme.muted, end + 8.0, right, y);
    }
    focus_ring(ui, rect.shrink(1.0), &response);
    response
}

/// The head of a group of rows.
pub fn head(ui: &mut Ui, title: &str) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(("head", title)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, title));
    write(
        ui,
        pos2(rect.left() + 8.0, rect.bottom() - 3.0),
        Align2::LEFT_BOTTOM,
        title.to_uppercase(),
        (Weight::SemiBold, SMALL),
        theme(ui).muted,
    );
}
