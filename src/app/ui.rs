//! The window's layout: the bar above, the panels and the map, and the cards over everything.

use super::App;
use crate::jobs::{Busy, Progress};
use crate::locale::tr;
use crate::scene::Weight;
use crate::session::Desk;
use crate::view::panels::RIGHT_W;
use crate::view::theme::{TITLE, color};
use crate::view::{Context, assistant, cards, kit, panels, top_bar};
use egui::{Align2, Frame, Margin, Ui};

const TOP_H: f32 = 44.0;
/// From this width on there is room for the inspector with nothing selected.
const WIDE: f32 = 1500.0;

impl App {
    pub(super) fn inspector_is_open(&self) -> bool {
        let is_selected = |d: &Desk| !d.selected.is_empty() || d.inspected.way.is_some();
        let selected = self.desk.as_ref().is_some_and(is_selected);
        self.shown.has_inspector(selected)
    }

    pub(super) fn draw(&mut self, ui: &mut Ui) {
        let theme = self.theme;
        kit::set_theme(ui.ctx(), theme);
        self.shown.wide = ui.available_width() >= WIDE;
        self.top(ui);
        match &mut self.desk {
            Some(desk) => {
                let mut cx = Context {
                    lang: self.lang,
                    theme: &theme,
                    loaded: &desk.loaded,
                    workspace: &desk.workspace,
                    derived: &desk.derived,
                    selected: &desk.selected.rows,
                    selected_ids: &desk.selected.ids,
                    way: desk.inspected.way,
                    inspected: &desk.inspected,
                    rejects: &desk.rejects,
                    proposed: &desk.proposed,
                    playing: desk.playing_since.is_some(),
                    basemap: &desk.basemap,
                    left_open: self.shown.left,
                    timeline_open: self.shown.timeline,
                    commands: &mut self.commands,
                };
                panels::show(ui, &mut cx, &mut self.shown);
                if std::mem::take(&mut desk.needs_home) {
                    let camera = desk.loaded.home(self.shown.map.size);
                    desk.workspace.camera = camera;
                    // Not a gesture: undo does not lead back to before it.
                    desk.history = crate::session::History::new(desk.workspace.clone());
                    ui.ctx().request_repaint();
                }
                self.welcome_card(ui);
            }
            None => {
                egui::CentralPanel::default()
                    .frame(Frame::new().fill(color(theme.background)))
                    .show(ui, |ui| {
                        if !self.opening.is_busy() {
                            cards::empty(ui, self.lang, &mut self.commands);
                        }
                    });
            }
        }
        self.over(ui.ctx());
        if !self.commands.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    fn top(&mut self, ui: &mut Ui) {
        let desk = self.desk.as_ref();
        let name = desk
            .and_then(|d| d.loaded.case.path().file_name())
            .map(|n| n.to_string_lossy().into_owned());
        let read_only = desk
            .and_then(|d| d.loaded.case.read_only())
            .map(|p| p.message(self.lang));
        let mut bar = top_bar::Bar {
            lang: self.lang,
            case_name: name,
            case_path: desk.map(|d| d.loaded.case.path()),
            read_only,
            bookmarks: desk.map(|d| &d.bookmarks),
            now: super::palette::now(self.lang, self.theme.name, desk, &self.shown.map),
            recent: self.settings.recent(),
            commands: &mut self.commands,
        };
        let (search, menu) = (&mut self.shown.search, &mut self.shown.bookmarks);
        egui::Panel::top("top")
            .exact_size(TOP_H)
            .frame(panels::frame(ui, Margin::symmetric(8, 0)))
            .show(ui, |ui| top_bar::show(ui, &mut bar, search, menu));
    }

    /// What else there is to open: over the example that a start without a case begins with, until
    /// somebody clicks elsewhere.
    fn welcome_card(&mut self, ui: &Ui) {
        if !self.shown.welcome || self.is_modal() {
            return;
        }
        let (lang, ctx) = (self.lang, ui.ctx());
        // Beside the tools of the map, away from its key.
        const TOOLS_W: f32 = 60.0;
        let inspector = if self.inspector_is_open() {
            RIGHT_W
        } else {
            0.0
        };
        let right = ctx.content_rect().right() - inspector - TOOLS_W;
        let at = egui::pos2(right, TOP_H + 12.0);
        let frame = panels::frame(ui, Margin::same(18))
            .corner_radius(12)
            .shadow(ctx.global_style().visuals.window_shadow)
            .stroke(egui::Stroke::new(1.0, color(self.theme.line)));
        let card = egui::Area::new(egui::Id::unique("welcome"))
            .fixed_pos(at)
            .pivot(Align2::RIGHT_TOP)
            .show(ctx, |ui| {
                frame.show(ui, |ui| {
                    let recent = self.settings.recent();
                    cards::welcome(ui, lang, recent, &mut self.commands)
                })
            });
        let elsewhere = ctx.input(|i| {
            let at = i.pointer.interact_pos();
            // Theme, language and the menus of the bar leave it.
            let outside = |p: egui::Pos2| p.y > TOP_H && !card.response.rect.contains(p);
            i.pointer.any_pressed() && at.is_some_and(outside)
        });
        if elsewhere || card.inner.inner {
            self.shown.welcome = false;
        }
    }

    fn assistant_card(&mut self, ctx: &egui::Context) {
        let lang = self.lang;
        let Some(open) = &mut self.assistant else {
            return;
        };
        let mut asked = None;
        card(ctx, "assistant", |ui| {
            asked = assistant::show(ui, lang, &mut open.state);
        });
        if let Some(asked) = asked {
            self.answer(ctx, asked);
        }
    }

    /// Whatever lies over the window: work under way, messages, help, a drop about to happen.
    fn over(&mut self, ctx: &egui::Context) {
        let lang = self.lang;
        self.assistant_card(ctx);
        let commands = &mut self.commands;
        let mut working = |id: &str, title: &str, progress: &Progress| {
            card(ctx, id, |ui| {
                cards::working(ui, lang, title, progress, commands);
            });
        };
        if let (Some(path), Some(progress)) = (self.opening.key(), self.opening.progress()) {
            let name = path.file_name().map(|n| n.to_string_lossy());
            let name = name.unwrap_or_default();
            let title = crate::locale::tr(lang, text!("working-open", file = name));
            working("opening", &title, progress);
        }
        let desk = self.desk.as_ref();
        if let Some(progress) = desk.and_then(Desk::importing) {
            working("importing", &tr(lang, text!("working-import")), progress);
        }
        if let Some(progress) = desk.and_then(Desk::long_copying) {
            working("copying", &tr(lang, text!("working-copy")), progress);
        }
        if let Some(message) = &self.message {
            card(ctx, "message", |ui| {
                cards::message(ui, lang, message, commands);
            });
        }
        if self.shown.help {
            card(ctx, "help", |ui| {
                cards::help(ui, lang, commands);
            });
        }
        if self.shown.palette.is_some() {
            card(ctx, "palette", |ui| self.palette_card(ui));
        }
        if self.typed.is_some() {
            card(ctx, "typed", |ui| self.typed_card(ui));
        }
        if ctx.input(|i| !i.raw.hovered_files.is_empty()) {
            card(ctx, "drop", |ui| {
                kit::text(
                    ui,
                    tr(lang, text!("drop-here")),
                    Weight::SemiBold,
                    TITLE,
                    |t| t.accent,
                );
            });
        }
    }
}

/// A card over everything, in the middle of the window.
fn card(ctx: &egui::Context, id: &str, add: impl FnOnce(&mut Ui)) {
    let theme = kit::theme_of(ctx);
    let frame = Frame::new()
        .fill(color(theme.panel))
        .stroke(egui::Stroke::new(1.0, color(theme.line)))
        .corner_radius(12)
        .shadow(ctx.global_style().visuals.window_shadow)
        .inner_margin(Margin::same(20));
    egui::Modal::new(egui::Id::unique(id))
        .frame(frame)
        .backdrop_color(egui::Color32::from_black_alpha(50))
        .show(ctx, add);
}
