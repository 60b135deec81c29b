//! What the actions depend on, and the palette over the window.

use super::App;
use crate::locale::Lang;
use crate::scene::theme::ThemeName;
use crate::session::Desk;
use crate::view::actions::{Now, offers};
use crate::view::{map, palette, panels};

impl App {
    pub(super) fn now(&self) -> Now<'_> {
        now(
            self.lang,
            self.theme.name,
            self.desk.as_ref(),
            &self.shown.map,
        )
    }

    /// The palette's card.
    pub(super) fn palette_card(&mut self, ui: &mut egui::Ui) {
        let now = self.now();
        let mut offers = offers(&now);
        offers.extend(panels::offers(&now, &offers));
        let lang = self.lang;
        let Some(state) = &mut self.shown.palette else {
            return;
        };
        if palette::show(ui, lang, state, &offers, &mut self.commands) {
            self.shown.palette = None;
        }
    }
}

pub(super) fn now<'a>(
    lang: Lang,
    theme: ThemeName,
    desk: Option<&'a Desk>,
    map: &map::State,
) -> Now<'a> {
    Now {
        lang,
        theme,
        workspace: desk.map(|d| &d.workspace),
        bookmarks: desk.map_or(&[], |d| &d.bookmarks.all),
        playing: desk.is_some_and(|d| d.playing_since.is_some()),
        can_undo: desk.is_some_and(|d| d.history.can_undo()),
        can_redo: desk.is_some_and(|d| d.history.can_redo()),
        selected: desk.map_or(0, |d| d.selected.len()),
        tool: map.sketch.tool,
        measuring: map.measure.is_some(),
    }
}
