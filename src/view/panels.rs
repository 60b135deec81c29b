//! The panels around and over the map, each one entry of [`PANELS`]: its name, where it lies, when it
//! is on show and what draws it.

use super::actions::{Now, Offer};
use super::theme::{BODY, color};
use super::{
    Context, actors, bookmarks, cards, data_panel, duplicates, filter_panel, icons, inspector, kit,
    layers_panel, map, palette, search, table, tiles, timeline,
};
use crate::locale::{TextKey, tr};
use crate::scene::Weight;
use crate::scene::theme::ThemeName;
use crate::session::{BasemapChoice, Command, Panel as Folded};
use egui::{Align2, Frame, Margin, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

pub struct Panel {
    /// Key of its name in the locale files.
    pub name: TextKey,
    pub dock: Dock,
    /// Whether there is anything to show in it now.
    is_there: fn(&Context<'_>, &Shown) -> bool,
    show: fn(&mut Ui, &mut Context<'_>, &mut Shown),
}

/// Where a panel lies.
pub enum Dock {
    /// Below the map, over its whole width: made as high as fits where so many points are free.
    Below(fn(egui::Panel, f32) -> egui::Panel, Margin),
    /// One of the tabs at the left.
    Tab,
    Right,
    /// Over the map; [`Folded::Card`] opens and closes it.
    Card,
}

/// In the order in which they take their room.
pub const PANELS: &[Panel] = &[
    Panel {
        name: text!("help-timeline"),
        dock: Dock::Below(timeline::sized, margin(14, 14, 10, 4)),
        is_there: |cx, shown| shown.timeline && !cx.loaded.columns.is_empty(),
        show: |ui, cx, shown| timeline::show(ui, cx, &mut shown.times),
    },
    Panel {
        name: text!("help-table"),
        dock: Dock::Below(table::sized, margin(14, 8, 8, 4)),
        is_there: |cx, _| table::is_open(cx),
        show: |ui, cx, shown| table::show(ui, cx, &mut shown.table),
    },
    Panel {
        name: text!("tab-filter"),
        dock: Dock::Tab,
        is_there: |_, _| true,
        show: |ui, cx, shown| filter_panel::show(ui, cx, &mut shown.filter),
    },
    Panel {
        name: text!("tab-layers"),
        dock: Dock::Tab,
        is_there: |_, _| true,
        show: |ui, cx, shown| layers_panel::show(ui, cx, &mut shown.layers),
    },
    Panel {
        name: text!("tab-data"),
        dock: Dock::Tab,
        is_there: |_, _| true,
        show: |ui, cx, _| data_panel::show(ui, cx),
    },
    Panel {
        name: text!("inspector-shown"),
        dock: Dock::Right,
        is_there: |cx, shown| shown.has_inspector(cx.has_selected()),
        show: |ui, cx, shown| inspector::show(ui, cx, &mut shown.record),
    },
    Panel {
        name: text!("actors-title"),
        dock: Dock::Card,
        is_there: |_, _| true,
        show: |ui, cx, shown| actors::show(ui, cx, &mut shown.actors),
    },
    Panel {
        name: text!("duplicates-title"),
        dock: Dock::Card,
        is_there: |_, _| true,
        show: |ui, cx, shown| duplicates::show(ui, cx, &mut shown.duplicates),
    },
];

const fn margin(left: i8, right: i8, top: i8, bottom: i8) -> Margin {
    Margin {
        left,
        right,
        top,
        bottom,
    }
}

/// What is open and typed in the window; not saved.
pub struct Shown {
    /// The tab at the left that is on top, by its name.
    pub tab: TextKey,
    pub left: bool,
    /// The window is wide enough for all panels.
    pub wide: bool,
    /// `None`: by the width of the window and whether something is selected.
    pub inspector: Option<bool>,
    pub timeline: bool,
    /// The cards that are open over the map, by name.
    pub cards: Vec<TextKey>,
    pub help: bool,
    /// What else there is to open, as long as nobody has clicked elsewhere.
    pub welcome: bool,
    pub palette: Option<palette::State>,
    pub search: search::State,
    pub bookmarks: bookmarks::State,
    pub actors: actors::State,
    pub duplicates: duplicates::State,
    pub filter: filter_panel::State,
    pub layers: layers_panel::State,
    pub map: map::State,
    pub times: timeline::State,
    pub table: table::State,
    pub record: inspector::State,
    pub ground: Option<(BasemapChoice, ThemeName)>,
}

impl Shown {
    /// As the window begins; with the card of a start without a case where `welcome`.
    #[must_use]
    pub fn new(welcome: bool) -> Shown {
        Shown {
            tab: text!("tab-filter"),
            left: true,
            wide: true,
            inspector: None,
            timeline: true,
            cards: Vec::new(),
            help: false,
            welcome,
            palette: None,
            search: search::State::default(),
            bookmarks: bookmarks::State::default(),
            actors: actors::State::default(),
            duplicates: duplicates::State::default(),
            filter: filter_panel::State::default(),
            layers: layers_panel::State::default(),
            map: map::State::new(tiles::Ground::Plain),
            times: timeline::State::default(),
            table: table::State::default(),
            record: inspector::State::default(),
            ground: None,
        }
    }

    #[must_use]
    pub fn has_inspector(&self, has_selected: bool) -> bool {
        self.inspector.unwrap_or(self.wide || has_selected)
    }

    /// Opens a card over the map, or closes it.
    pub fn toggle(&mut self, card: TextKey) {
        let open = self.cards.len();
        self.cards.retain(|name| *name != card);
        if self.cards.len() == open {
            self.cards.push(card);
        }
    }

    /// The uppermost of the cards that are open.
    #[must_use]
    pub fn last_card(&self) -> Option<TextKey> {
        let mut names = PANELS.iter().rev().map(|panel| panel.name);
        names.find(|name| self.cards.contains(name))
    }

    /// Unfolds the filter at the left.
    pub fn show_filter(&mut self) {
        (self.left, self.tab) = (true, text!("tab-filter"));
    }
}

impl Panel {
    fn is_on_show(&self, cx: &Context<'_>, shown: &Shown) -> bool {
        let open = match self.dock {
            Dock::Below(..) | Dock::Right => true,
            Dock::Tab => shown.left && shown.tab == self.name,
            Dock::Card => shown.cards.contains(&self.name),
        };
        open && (self.is_there)(cx, shown)
    }
}

/// The cards that no action of its own opens, for the palette.
#[must_use]
pub fn offers(now: &Now, known: &[Offer]) -> Vec<Offer> {
    let cards = PANELS.iter().filter(|p| matches!(p.dock, Dock::Card));
    let offers = cards.map(|panel| Offer {
        name: tr(now.lang, panel.name),
        shortcut: String::new(),
        command: now
            .workspace
            .map(|_| Command::Fold(Folded::Card(panel.name))),
    });
    offers
        .filter(|offer| known.iter().all(|k| k.name != offer.name))
        .collect()
}

/// The map with all that lies around and over it.
pub fn show(ui: &mut Ui, cx: &mut Context<'_>, shown: &mut Shown) {
    for panel in PANELS {
        if let Dock::Below(sized, margin) = panel.dock
            && panel.is_on_show(cx, shown)
        {
            let side = egui::Panel::bottom(panel.name);
            sized(side, ui.available_height())
                .frame(frame(ui, margin))
                .show(ui, |ui| (panel.show)(ui, cx, shown));
        }
    }
    if shown.left {
        egui::Panel::left("left")
            .exact_size(300.0)
            .frame(frame(ui, margin(14, 14, 0, 0)))
            .show(ui, |ui| left(ui, cx, shown));
    }
    for panel in PANELS {
        if matches!(panel.dock, Dock::Right) && panel.is_on_show(cx, shown) {
            egui::Panel::right(panel.name)
                .exact_size(RIGHT_W)
                .frame(frame(ui, margin(16, 14, 12, 0)))
                .show(ui, |ui| (panel.show)(ui, cx, shown));
        }
    }
    egui::CentralPanel::default()
        .frame(Frame::new().fill(color(kit::theme(ui).water)))
        .show(ui, |ui| middle(ui, cx, shown));
}

/// Width of what lies at the right, points.
pub const RIGHT_W: f32 = 324.0;

/// The ground of a panel.
pub fn frame(ui: &Ui, margin: Margin) -> Frame {
    let panel = color(kit::theme(ui).panel);
    Frame::new().fill(panel).inner_margin(margin)
}

fn middle(ui: &mut Ui, cx: &mut Context<'_>, shown: &mut Shown) {
    map::show(ui, cx, &mut shown.map);
    if table::is_open(cx)
        && let Some(row) = shown.table.hovered()
    {
        map::point_out(ui, cx, &shown.map, row);
    }
    for panel in PANELS {
        if matches!(panel.dock, Dock::Card) && panel.is_on_show(cx, shown) {
            (panel.show)(ui, cx, shown);
        }
    }
    if !cx.loaded.is_empty() {
        return;
    }
    let area = egui::Area::new(egui::Id::unique("no-rows"))
        .pivot(Align2::CENTER_CENTER)
        .fixed_pos(ui.max_rect().center());
    let frame = frame(ui, Margin::same(20))
        .corner_radius(12)
        .stroke(Stroke::new(1.0, color(kit::theme(ui).line)));
    area.show(ui.ctx(), |ui| {
        let filter = &cx.workspace.filter;
        frame.show(ui, |ui| match filter.known_on {
            Some(_) => cards::nothing_known(ui, cx.lang, filter, cx.commands),
            None => cards::no_rows(ui, cx.lang, cx.commands),
        })
    });
}

fn left(ui: &mut Ui, cx: &mut Context<'_>, shown: &mut Shown) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        for panel in PANELS.iter().filter(|p| matches!(p.dock, Dock::Tab)) {
            if tab_head(ui, &cx.tr(panel.name), shown.tab == panel.name) {
                shown.tab = panel.name;
            }
        }
        kit::at_right(ui, |ui| {
            let name = cx.tr(text!("fold-left"));
            if kit::icon_button(ui, icons::SIDEBAR_SIMPLE, &name, false).clicked() {
                cx.commands.push(Command::Fold(Folded::Left));
            }
        });
    });
    let rect = ui.available_rect_before_wrap();
    let line = Stroke::new(1.0, color(kit::theme(ui).line));
    ui.painter().hline(rect.x_range(), rect.top() - 2.0, line);
    for panel in PANELS {
        if matches!(panel.dock, Dock::Tab) && panel.is_on_show(cx, shown) {
            egui::ScrollArea::vertical()
                .id_salt(panel.name)
                .auto_shrink([false, false])
                .show(ui, |ui| (panel.show)(ui, cx, shown));
        }
    }
}

/// The name of a tab; whether it was clicked.
fn tab_head(ui: &mut Ui, label: &str, on: bool) -> bool {
    let theme = kit::theme(ui);
    let (weight, ink) = match on {
        true => (Weight::SemiBold, theme.text),
        false => (Weight::Regular, theme.muted),
    };
    let galley = kit::galley(ui, label, weight, BODY, ink);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, 34.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, label));
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color(ink));
    if on {
        let line = Stroke::new(2.0, color(theme.accent));
        ui.painter()
            .hline(rect.x_range(), rect.bottom() - 1.0, line);
    }
    kit::focus_ring(ui, rect, &response);
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_have_names_of_their_own() {
        for (i, panel) in PANELS.iter().enumerate() {
            assert!(PANELS[..i].iter().all(|p| p.name != panel.name));
        }
    }

    #[test]
    fn cards_open_and_close_and_the_uppermost_is_closed_first() {
        let mut shown = Shown::new(false);
        assert_eq!(shown.last_card(), None);
        shown.toggle(text!("duplicates-title"));
        shown.toggle(text!("actors-title"));
        assert_eq!(shown.last_card(), Some(text!("duplicates-title")));
        shown.toggle(text!("duplicates-title"));
        assert_eq!(shown.last_card(), Some(text!("actors-title")));
    }
}
