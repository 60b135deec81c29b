//! One option: fold, tick box or radio button, symbol, name, bar, number.

use crate::domain::{Inner, Mark};
use crate::locale::number;
use crate::query::Figure;
use crate::scene::{Color, Weight};
use crate::view::theme::{BODY, ROW_H, color, font};
use crate::view::{Context, icons, kit};
use egui::{Align2, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

pub const HEIGHT: f32 = ROW_H;
const FOLD_W: f32 = 18.0;

/// What stands before the name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// Of a list of which several may be chosen; `some` of a group, not all.
    Box { on: bool, some: bool },
    /// One of a few.
    Radio(bool),
}

pub struct Row<'a> {
    pub indent: f32,
    /// Whether what is below it is unfolded; `None` where there is nothing below it.
    pub open: Option<bool>,
    pub tick: Tick,
    pub symbol: Option<(Mark, Inner)>,
    pub name: &'a str,
    /// What a click on the name does, in words.
    pub only_name: &'a str,
    /// More about it, for who waits on it.
    pub about: &'a str,
    /// Tells rows apart that are alike otherwise.
    pub salt: u8,
    pub count: u32,
    /// 0..=1 of the longest bar.
    pub share: f32,
    pub bar: Color,
}

/// What was clicked.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Clicked {
    pub fold: bool,
    pub toggle: bool,
    pub only: bool,
    /// The number: its rows are wanted.
    pub count: bool,
}

impl Clicked {
    /// As a click on the box does.
    pub const TOGGLE: Clicked = Clicked {
        fold: false,
        toggle: true,
        only: false,
        count: false,
    };
}

impl<'a> Row<'a> {
    /// An option of a list, with a plain bar.
    pub fn option(cx: &Context<'_>, name: &'a str, only_name: &'a str, on: bool) -> Row<'a> {
        Row {
            indent: 0.0,
            open: None,
            tick: Tick::Box { on, some: false },
            symbol: None,
            name,
            only_name,
            about: "",
            salt: 0,
            count: 0,
            share: 0.0,
            bar: cx.theme.faint,
        }
    }

    /// The same row with its number, and its bar as long as `count` of `longest`.
    pub fn counting(self, count: u32, longest: u32) -> Row<'a> {
        Row {
            count,
            share: count as f32 / longest.max(1) as f32,
            ..self
        }
    }

    pub fn show(&self, ui: &mut Ui, cx: &Context<'_>) -> Clicked {
        let width = ui.available_width();
        let (rect, _) = ui.allocate_exact_size(vec2(width, HEIGHT), Sense::hover());
        // Names may repeat, as municipalities of two states do.
        let id = (self.name, self.about, self.salt);
        ui.push_id(id, |ui| self.parts(ui, cx, rect)).inner
    }

    fn parts(&self, ui: &mut Ui, cx: &Context<'_>, rect: Rect) -> Clicked {
        let mut left = rect.left() + self.indent;
        let mut clicked = Clicked::default();
        if let Some(open) = self.open {
            clicked.fold = self.fold(ui, cx, pos2(left, rect.center().y), open);
            left += FOLD_W;
        }
        let square = Rect::from_center_size(pos2(left + 8.0, rect.center().y), Vec2::splat(16.0));
        clicked.toggle = self.tick(ui, square);
        left = square.right() + 10.0;
        if let Some((mark, inner)) = self.symbol {
            let at = pos2(left + 7.0, rect.center().y);
            kit::paint_mark(ui, at, 6.0, mark, inner);
            left += 22.0;
        }
        let count_left = rect.right() - count_width(cx);
        // Below the name, which has the whole room.
        let track = Rect::from_min_max(
            pos2(left, rect.bottom() - 4.0),
            pos2(rect.right(), rect.bottom() - 2.0),
        );
        kit::paint_bar(ui, track, self.share, self.bar);
        let name = Rect::from_min_max(
            pos2(left - 4.0, rect.top()),
            pos2(count_left - 2.0, rect.bottom()),
        );
        clicked.only = self.name(ui, name);
        let count = Rect::from_min_max(pos2(count_left, rect.top()), rect.max);
        clicked.count = self.count(ui, cx, count);
        clicked
    }

    fn fold(&self, ui: &Ui, cx: &Context<'_>, at: egui::Pos2, open: bool) -> bool {
        let theme = kit::theme(ui);
        let rect = Rect::from_min_max(
            pos2(at.x, at.y - HEIGHT / 2.0),
            pos2(at.x + FOLD_W, at.y + HEIGHT / 2.0),
        );
        let response = ui.interact(rect, ui.scope_id().with("fold"), Sense::click());
        let key = if open {
            text!("filter-fold"; name)
        } else {
            text!("filter-unfold"; name)
        };
        let label = cx.tr_args(key, &[("name", self.name)]);
        response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, open, &label));
        kit::paint_icon(
            ui,
            pos2(at.x + 5.0, at.y),
            if open {
                icons::CARET_DOWN
            } else {
                icons::CARET_RIGHT
            },
            11.0,
            theme.muted,
        );
        kit::focus_ring(ui, rect.shrink(4.0), &response);
        response.on_hover_text(label).clicked()
    }

    fn tick(&self, ui: &Ui, square: Rect) -> bool {
        let response = ui.interact(
            square.expand(4.0),
            ui.scope_id().with("toggle"),
            Sense::click(),
        );
        let (role, on) = match self.tick {
            Tick::Box { on, .. } => (Role::CheckBox, on),
            Tick::Radio(on) => (Role::RadioButton, on),
        };
        response.widget_info(|| WidgetInfo::selected(role, true, on, self.name));
        match self.tick {
            Tick::Box { on, some } => kit::paint_checkbox(ui, square, on, some),
            Tick::Radio(on) => kit::paint_radio(ui, square.center(), on),
        }
        kit::focus_ring(ui, square, &response);
        response.clicked()
    }

    fn name(&self, ui: &Ui, rect: Rect) -> bool {
        let theme = kit::theme(ui);
        let response = ui.interact(rect, ui.scope_id().with("only"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, self.only_name));
        let is_on = match self.tick {
            Tick::Box { on, some } => on || some,
            Tick::Radio(on) => on,
        };
        let ink = if response.hovered() || response.has_focus() {
            theme.accent
        } else if is_on {
            theme.text
        } else {
            theme.muted
        };
        let mut job = egui::text::LayoutJob::simple_singleline(
            self.name.to_owned(),
            font(Weight::Regular, BODY),
            color(ink),
        );
        job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 4.0);
        let galley = ui.painter().layout_job(job);
        let at = pos2(rect.left() + 4.0, rect.center().y - galley.size().y / 2.0);
        let elided = galley.elided;
        ui.painter().galley(at, galley, color(ink));
        kit::focus_ring(ui, rect, &response);
        let mut tip: Vec<&str> = Vec::new();
        if elided {
            tip.push(self.name);
        }
        tip.extend(
            [self.about, self.only_name]
                .into_iter()
                .filter(|t| !t.is_empty()),
        );
        response.on_hover_text(tip.join("\n")).clicked()
    }

    fn count(&self, ui: &Ui, cx: &Context<'_>, rect: Rect) -> bool {
        let theme = kit::theme(ui);
        let count = number(u64::from(self.count));
        let font = font(Weight::Regular, BODY);
        if self.count == 0 {
            let at = rect.right_center();
            let ink = color(theme.faint);
            ui.painter()
                .text(at, Align2::RIGHT_CENTER, count, font, ink);
            return false;
        }
        let response = ui.interact(rect, ui.scope_id().with("count"), Sense::click());
        let key = match cx.workspace.figure {
            Figure::Incidents => text!("filter-list-these"; n, name),
            _ => text!("filter-list-deaths"; n, name),
        };
        let label = cx.tr_args(key, &[("n", &count), ("name", self.name)]);
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
        let hot = response.hovered() || response.has_focus();
        let ink = color(if hot { theme.accent } else { theme.muted });
        let at = rect.right_center();
        let text = ui
            .painter()
            .text(at, Align2::RIGHT_CENTER, count, font, ink);
        if hot {
            let pen = egui::Stroke::new(1.0, ink);
            ui.painter().hline(text.x_range(), text.bottom() - 1.0, pen);
        }
        kit::focus_ring(ui, rect.shrink2(vec2(0.0, 4.0)), &response);
        response.on_hover_text(label).clicked()
    }
}

/// Room for the longest number of the case.
fn count_width(cx: &Context<'_>) -> f32 {
    // An option may hold more deaths than all that passes has.
    let of_deaths = if cx.derived.deaths.is_some() { 100 } else { 1 };
    match cx.loaded.columns.len().saturating_mul(of_deaths) {
        0..1_000 => 32.0,
        1_000..10_000 => 44.0,
        10_000..100_000 => 52.0,
        _ => 68.0,
    }
}
