//! The window's layout: bar above, panels left and right, timeline below, the map in the middle.

use super::{App, Desk, Shown, Tab};
use crate::locale::{Lang, tr};
use crate::scene::Theme;
use crate::session::{Command, Panel};
use crate::view::theme::color;
use crate::view::{
    Context, actors, assistant, cards, data_panel, duplicates, filter_panel, inspector,
    layers_panel, map, table, timeline, top_bar, widgets,
};
use egui::{Align2, Frame, Margin, Ui};

const TOP_H: f32 = 44.0;
const LEFT_W: f32 = 300.0;
const RIGHT_W: f32 = 324.0;
/// From this width on there is room for the inspector with nothing selected.
const WIDE: f32 = 1500.0;

impl App {
    pub(super) fn inspector_is_open(&self) -> bool {
        let is_selected = |d: &Desk| !d.selected.is_empty() || d.inspected.way.is_some();
        let selected = self.desk.as_ref().is_some_and(is_selected);
        self.shown.inspector.unwrap_or(self.shown.wide || selected)
    }

    pub(super) fn draw(&mut self, ui: &mut Ui) {
        self.shown.wide = ui.available_width() >= WIDE;
        let theme = self.theme;
        self.top(ui);
        let inspector_open = self.inspector_is_open();
        match &mut self.desk {
            Some(desk) => {
                desk_ui(
                    ui,
                    self.lang,
                    &theme,
                    desk,
                    &mut self.shown,
                    inspector_open,
                    &mut self.commands,
                );
                self.welcome_card(ui.ctx());
            }
            None => {
                egui::CentralPanel::default()
                    .frame(Frame::new().fill(color(theme.background)))
                    .show(ui, |ui| {
                        if self.opening.is_none() {
                            cards::empty(ui, self.lang, &theme, &mut self.commands);
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
        let theme = self.theme;
        let desk = self.desk.as_ref();
        let name = desk
            .and_then(|d| d.loaded.case.path().file_name())
            .map(|n| n.to_string_lossy().into_owned());
        let read_only = desk
            .and_then(|d| d.loaded.case.read_only())
            .map(|p| p.message(self.lang));
        let mut bar = top_bar::Bar {
            lang: self.lang,
            theme: &theme,
            case_name: name,
            case_path: desk.map(|d| d.loaded.case.path()),
            read_only,
            bookmarks: desk.map(|d| &d.bookmarks),
            now: super::palette::now(self.lang, theme.name, desk, &self.shown.map),
            recent: self.settings.recent(),
            commands: &mut self.commands,
        };
        let (search, menu) = (&mut self.shown.search, &mut self.shown.bookmarks);
        egui::Panel::top("top")
            .exact_size(TOP_H)
            .frame(panel_frame(&theme, Margin::symmetric(8, 0)))
            .show(ui, |ui| top_bar::show(ui, &mut bar, search, menu));
    }

    /// What else there is to open: over the example that a start without a case begins with, until
    /// somebody clicks elsewhere.
    fn welcome_card(&mut self, ctx: &egui::Context) {
        if !self.shown.welcome || self.is_modal() {
            return;
        }
        let (lang, theme) = (self.lang, self.theme);
        // Beside the tools of the map, away from its key.
        const TOOLS_W: f32 = 60.0;
        let inspector = if self.inspector_is_open() {
            RIGHT_W
        } else {
            0.0
        };
        let right = ctx.content_rect().right() - inspector - TOOLS_W;
        let at = egui::pos2(right, TOP_H + 12.0);
        let frame = panel_frame(&theme, Margin::same(18))
            .corner_radius(12)
            .shadow(ctx.global_style().visuals.window_shadow)
            .stroke(egui::Stroke::new(1.0, color(theme.line)));
        let card = egui::Area::new(egui::Id::unique("welcome"))
            .fixed_pos(at)
            .pivot(Align2::RIGHT_TOP)
            .show(ctx, |ui| {
                frame.show(ui, |ui| {
                    let recent = self.settings.recent();
                    cards::welcome(ui, lang, &theme, recent, &mut self.commands)
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
        let (lang, theme) = (self.lang, self.theme);
        let Some(open) = &mut self.assistant else {
            return;
        };
        let mut asked = None;
        card(ctx, &theme, "assistant", |ui| {
            asked = assistant::show(ui, lang, &theme, &mut open.state);
        });
        if let Some(asked) = asked {
            self.answer(ctx, asked);
        }
    }

    /// Whatever lies over the window: work under way, messages, help, a drop about to happen.
    fn over(&mut self, ctx: &egui::Context) {
        let (lang, theme) = (self.lang, self.theme);
        self.assistant_card(ctx);
        let copying = self.long_copying().cloned();
        let commands = &mut self.commands;
        if let Some((path, job)) = &self.opening {
            let name = path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            let title = crate::locale::tr_args(lang, "working-open", &[("file", &name)]);
            card(ctx, &theme, "opening", |ui| {
                cards::working(ui, lang, &theme, &title, &job.progress, commands);
            });
        }
        if let Some(job) = &self.importing {
            card(ctx, &theme, "importing", |ui| {
                cards::working(
                    ui,
                    lang,
                    &theme,
                    &tr(lang, "working-import"),
                    &job.progress,
                    commands,
                );
            });
        }
        let copying = copying.is_some_and(|progress| {
            let title = tr(lang, "working-copy");
            card(ctx, &theme, "copying", |ui| {
                cards::working(ui, lang, &theme, &title, &progress, commands);
            });
            true
        });
        let comparing = self.desk.as_ref().is_some_and(|d| d.comparing.is_some());
        if copying || comparing || self.opening.is_some() || self.importing.is_some() {
            ctx.request_repaint_after(std::time::Duration::from_millis(100));
        }
        if let Some(message) = &self.message {
            card(ctx, &theme, "message", |ui| {
                cards::message(ui, lang, &theme, message, commands);
            });
        }
        if self.shown.help {
            card(ctx, &theme, "help", |ui| {
                cards::help(ui, lang, &theme, commands);
            });
        }
        if self.shown.palette.is_some() {
            card(ctx, &theme, "palette", |ui| self.palette_card(ui));
        }
        if self.typed.is_some() {
            card(ctx, &theme, "typed", |ui| self.typed_card(ui));
        }
        if ctx.input(|i| !i.raw.hovered_files.is_empty()) {
            card(ctx, &theme, "drop", |ui| {
                widgets::text(
                    ui,
                    tr(lang, "drop-here"),
                    crate::scene::Weight::SemiBold,
                    crate::view::theme::TITLE,
                    theme.accent,
                );
            });
        }
    }
}

fn panel_frame(theme: &Theme, margin: Margin) -> Frame {
    Frame::new().fill(color(theme.panel)).inner_margin(margin)
}

/// A card over everything, in the middle of the window.
fn card(ctx: &egui::Context, theme: &Theme, id: &str, add: impl FnOnce(&mut Ui)) {
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

fn desk_ui(
    ui: &mut Ui,
    lang: Lang,
    theme: &Theme,
    desk: &mut Desk,
    shown: &mut Shown,
    inspector_open: bool,
    commands: &mut Vec<Command>,
) {
    let playing = desk.playing_since.is_some();
    let mut cx = Context {
        lang,
        theme,
        loaded: &desk.loaded,
        workspace: &desk.workspace,
        derived: &desk.derived,
        selected: &desk.selected,
        way: desk.inspected.way,
        basemap: &desk.basemap,
        left_open: shown.left,
        timeline_open: shown.timeline,
        commands,
    };
    let has_time = shown.timeline && !desk.loaded.columns.is_empty();
    if has_time {
        let height = if ui.available_height() < 760.0 {
            150.0
        } else {
            timeline::HEIGHT
        };
        let frame = panel_frame(
            theme,
            Margin {
                left: 14,
                right: 14,
                top: 10,
                bottom: 4,
            },
        );
        egui::Panel::bottom("timeline")
            .exact_size(height)
            .frame(frame)
            .show(ui, |ui| {
                timeline::show(ui, &mut cx, &mut shown.times, playing);
            });
    }
    table_ui(ui, &mut cx, shown);
    if shown.left {
        let frame = panel_frame(
            theme,
            Margin {
                left: 14,
                right: 14,
                top: 0,
                bottom: 0,
            },
        );
        egui::Panel::left("left")
            .exact_size(LEFT_W)
            .frame(frame)
            .show(ui, |ui| left(ui, &mut cx, shown, &desk.rejects));
    }
    if inspector_open {
        let frame = panel_frame(
            theme,
            Margin {
                left: 16,
                right: 14,
                top: 12,
                bottom: 0,
            },
        );
        egui::Panel::right("inspector")
            .exact_size(RIGHT_W)
            .frame(frame)
            .show(ui, |ui| {
                inspector::show(ui, &mut cx, &mut shown.record, &desk.inspected);
            });
    }
    egui::CentralPanel::default()
        .frame(Frame::new().fill(color(theme.water)))
        .show(ui, |ui| {
            let rect = ui.available_rect_before_wrap();
            map::show(ui, &mut cx, &mut shown.map);
            if let Some(row) = shown.table.hovered() {
                map::point_out(ui, &cx, &shown.map, row);
            }
            actors::show(ui, &mut cx, &mut shown.actors, rect);
            let pairs = &desk.proposed;
            duplicates::show(ui, &mut cx, &mut shown.duplicates, pairs, rect);
            if desk.loaded.is_empty() {
                let at = ui.max_rect().center();
                let area = egui::Area::new(egui::Id::unique("no-rows"))
                    .pivot(Align2::CENTER_CENTER)
                    .fixed_pos(at);
                let frame = panel_frame(theme, Margin::same(20))
                    .corner_radius(12)
                    .stroke(egui::Stroke::new(1.0, color(theme.line)));
                area.show(ui.ctx(), |ui| {
                    let filter = &cx.workspace.filter;
                    frame.show(ui, |ui| match filter.known_on {
                        Some(_) => cards::nothing_known(ui, lang, theme, filter, cx.commands),
                        None => cards::no_rows(ui, lang, theme, cx.commands),
                    })
                });
            }
        });
    if desk.needs_home {
        desk.needs_home = false;
        let camera = desk.loaded.home(shown.map.size);
        desk.workspace.camera = camera;
        // Not a gesture: undo does not lead back to before it.
        desk.history = crate::session::History::new(desk.workspace.clone());
        ui.ctx().request_repaint();
    }
}

/// Between map and timeline, as high as somebody made it.
fn table_ui(ui: &mut Ui, cx: &mut Context<'_>, shown: &mut Shown) {
    if !cx.workspace.table.open || cx.loaded.columns.is_empty() {
        return shown.table.closed();
    }
    let room = ui.available_height();
    let frame = panel_frame(
        cx.theme,
        Margin {
            left: 14,
            right: 8,
            top: 8,
            bottom: 4,
        },
    );
    egui::Panel::bottom("table-panel")
        .resizable(true)
        .default_size(room * 0.4)
        .min_size(120.0)
        .max_size((room - 160.0).max(120.0))
        .frame(frame)
        .show(ui, |ui| table::show(ui, cx, &mut shown.table));
}

fn left(ui: &mut Ui, cx: &mut Context<'_>, shown: &mut Shown, rejects: &data_panel::Rejects) {
    ui.add_space(4.0);
    tabs(ui, cx, shown);
    egui::ScrollArea::vertical()
        .id_salt(shown.tab as u8)
        .auto_shrink([false, false])
        .show(ui, |ui| match shown.tab {
            Tab::Filter => filter_panel::show(ui, cx, &mut shown.filter),
            Tab::Layers => layers_panel::show(ui, cx, &mut shown.layers),
            Tab::Data => data_panel::show(ui, cx, rejects),
        });
}

fn tabs(ui: &mut Ui, cx: &mut Context<'_>, shown: &mut Shown) {
    use crate::scene::Weight;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        for (tab, key) in [
            (Tab::Filter, "tab-filter"),
            (Tab::Layers, "tab-layers"),
            (Tab::Data, "tab-data"),
        ] {
            let on = shown.tab == tab;
            let label = cx.tr(key);
            let ink = color(if on { cx.theme.text } else { cx.theme.muted });
            let weight = if on {
                Weight::SemiBold
            } else {
                Weight::Regular
            };
            let galley = ui.painter().layout_no_wrap(
                label.clone(),
                crate::view::theme::font(weight, 13.0),
                ink,
            );
            let (rect, response) =
                ui.allocate_exact_size(egui::vec2(galley.size().x, 34.0), egui::Sense::click());
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, on, &label));
            ui.painter().galley(
                egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0),
                galley,
                ink,
            );
            if on {
                ui.painter().hline(
                    rect.x_range(),
                    rect.bottom() - 1.0,
                    egui::Stroke::new(2.0, color(cx.theme.accent)),
                );
            }
            widgets::focus_ring(ui, cx.theme, rect, &response);
            if response.clicked() {
                shown.tab = tab;
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let name = cx.tr("fold-left");
            if widgets::icon_button(
                ui,
                cx.theme,
                crate::view::icons::SIDEBAR_SIMPLE,
                &name,
                false,
            )
            .clicked()
            {
                cx.commands.push(Command::Fold(Panel::Left));
            }
        });
    });
    let rect = ui.available_rect_before_wrap();
    ui.painter().hline(
        rect.x_range(),
        rect.top() - 2.0,
        egui::Stroke::new(1.0, color(cx.theme.line)),
    );
}
