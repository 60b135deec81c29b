//! The controls of the window, one of each: drawn in the theme of the window, reachable by keyboard,
//! named for screen readers.

mod button;
mod card;
mod choice;
pub mod list;
mod sign;
mod text;
mod tick;

pub use button::{
    button, button_of, dropdown, focus_ring, frame_of, hot_ink, icon_button, icon_button_enabled,
    link, primary, segmented, wash,
};
pub use card::{card, card_head};
pub use choice::{choice, choose, choose_in_row, line, listed, menu, pick, row, row_with};
pub use sign::{chip, floating_shadow, paint_bar, paint_icon, paint_mark};
pub use text::{
    at_right, body, elided, field, galley, note, quiet, section, small_caps, text, title, write,
};
pub use tick::{checkbox, paint_checkbox, paint_radio, radio};

use crate::scene::Theme;
use egui::{Context, Id, Ui};

/// Makes `theme` the one that everything is drawn in from now on.
pub fn set_theme(ctx: &Context, theme: Theme) {
    ctx.data_mut(|d| d.insert_temp(Id::unique("theme"), theme));
}

/// The theme that the window is drawn in.
#[must_use]
pub fn theme(ui: &Ui) -> Theme {
    theme_of(ui.ctx())
}

/// The same, where there is no `Ui` yet.
#[must_use]
pub fn theme_of(ctx: &Context) -> Theme {
    let theme = ctx.data(|d| d.get_temp(Id::unique("theme")));
    theme.unwrap_or(Theme::LIGHT)
}
