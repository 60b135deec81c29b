//! Cards over the map: windows of their own with a title and a way out.

use super::{at_right, icon_button, title};
use crate::view::icons;
use egui::{Frame, Ui, Vec2, Window, vec2};

/// A card over what `ui` fills, of this size where there is room, points; people move and resize it.
pub fn card(ui: &Ui, name: &str, size: Vec2, add: impl FnOnce(&mut Ui)) {
    let rect = ui.max_rect();
    let most = (rect.size() - vec2(40.0, 60.0)).max(vec2(240.0, 160.0));
    Window::new(name)
        .id(ui.scope_id().with(name))
        .title_bar(false)
        .frame(Frame::window(ui.style()).inner_margin(14))
        .constrain_to(rect)
        .default_pos(rect.left_top() + vec2(24.0, 56.0))
        .default_size(size.min(most))
        .max_size(most)
        .show(ui.ctx(), add);
}

/// Its title, and `controls` from the button at the right end inwards that leaves it, whose name is
/// `close`; whether that was clicked.
pub fn card_head(ui: &mut Ui, name: String, close: &str, controls: impl FnOnce(&mut Ui)) -> bool {
    ui.horizontal(|ui| {
        title(ui, name);
        at_right(ui, |ui| {
            let clicked = icon_button(ui, icons::X, close, false).clicked();
            controls(ui);
            clicked
        })
    })
    .inner
}
