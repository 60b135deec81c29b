//! The theme's tokens as egui's style, and the bundled fonts.

use crate::scene::theme::{Theme, ThemeName};
use crate::scene::{Color, Weight};
use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle,
    Visuals,
};
use std::sync::Arc;

/// Text sizes in points, see design/LOOK.md: small capitals, body, titles, one big number.
pub const SMALL: f32 = 11.0;
pub const BODY: f32 = 13.0;
pub const TITLE: f32 = 15.0;
pub const NUMBER: f32 = 24.0;
/// Height of controls and of rows, points.
pub const CONTROL_H: f32 = 28.0;
pub const ROW_H: f32 = 26.0;
/// Corner radius of controls.
pub const RADIUS: u8 = 7;

const FONTS: [(&str, &[u8]); 4] = [
    (
        "regular",
        include_bytes!("../../assets/fonts/AtalayaSans-Regular.ttf"),
    ),
    (
        "medium",
        include_bytes!("../../assets/fonts/AtalayaSans-Medium.ttf"),
    ),
    (
        "semibold",
        include_bytes!("../../assets/fonts/AtalayaSans-SemiBold.ttf"),
    ),
    (
        "icons",
        include_bytes!("../../assets/fonts/AtalayaIcons.ttf"),
    ),
];

/// A colour of the theme as egui takes it.
#[must_use]
pub fn color(c: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(c.r, c.g, c.b, c.a)
}

/// The font of a weight at a size in points.
#[must_use]
pub fn font(weight: Weight, size: f32) -> FontId {
    let family = match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Medium => FontFamily::Name("medium".into()),
        Weight::SemiBold => FontFamily::Name("semibold".into()),
    };
    FontId::new(size, family)
}

#[must_use]
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("icons".into()))
}

/// Makes the bundled fonts the program's; to be called before the first frame.
pub fn install_fonts(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::default();
    let fallbacks = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    for (name, bytes) in FONTS {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        let mut stack = vec![name.to_owned()];
        stack.extend(fallbacks.iter().cloned());
        let family = match name {
            "regular" => FontFamily::Proportional,
            other => FontFamily::Name(other.into()),
        };
        fonts.families.insert(family, stack);
    }
    ctx.set_fonts(fonts);
}

/// Dresses egui in the theme.
pub fn apply(ctx: &egui::Context, theme: &Theme) {
    let dark = theme.name == ThemeName::Dark;
    ctx.set_theme(if dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    });
    ctx.all_styles_mut(|style| {
        style.text_styles = [
            (TextStyle::Small, font(Weight::Regular, SMALL)),
            (TextStyle::Body, font(Weight::Regular, BODY)),
            (TextStyle::Button, font(Weight::Regular, BODY)),
            (TextStyle::Heading, font(Weight::SemiBold, TITLE)),
            (TextStyle::Monospace, font(Weight::Regular, BODY)),
        ]
        .into();
        style.spacing.item_spacing = egui::vec2(8.0, 4.0);
        style.spacing.button_padding = egui::vec2(10.0, 5.0);
        style.spacing.interact_size.y = CONTROL_H;
        style.spacing.menu_margin = egui::Margin::same(6);
        style.spacing.scroll = egui::style::ScrollStyle::thin();
        style.spacing.tooltip_width = 320.0;
        style.animation_time = 0.0;
        style.visuals = visuals(theme, dark);
    });
}

fn visuals(theme: &Theme, dark: bool) -> Visuals {
    let mut v = if dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let (text, line, panel) = (color(theme.text), color(theme.line), color(theme.panel));
    v.override_text_color = Some(text);
    v.weak_text_color = Some(color(theme.muted));
    v.panel_fill = panel;
    v.window_fill = panel;
    v.window_stroke = Stroke::new(1.0, line);
    v.extreme_bg_color = color(theme.background);
    v.text_edit_bg_color = Some(color(theme.background));
    v.faint_bg_color = color(theme.accent_wash);
    v.hyperlink_color = color(theme.accent);
    v.warn_fg_color = color(theme.warning);
    v.error_fg_color = color(theme.warning);
    v.selection.bg_fill = color(theme.accent_wash);
    v.selection.stroke = Stroke::new(1.0, color(theme.accent));
    v.window_corner_radius = CornerRadius::same(10);
    v.menu_corner_radius = CornerRadius::same(8);
    let shadow = egui::Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(if dark { 110 } else { 36 }),
    };
    v.window_shadow = shadow;
    v.popup_shadow = shadow;
    let radius = CornerRadius::same(RADIUS);
    for w in [
        &mut v.widgets.noninteractive,
        &mut v.widgets.inactive,
        &mut v.widgets.hovered,
        &mut v.widgets.active,
        &mut v.widgets.open,
    ] {
        w.corner_radius = radius;
        w.bg_stroke = Stroke::new(1.0, line);
        w.fg_stroke = Stroke::new(1.0, text);
        w.bg_fill = color(theme.background);
        w.weak_bg_fill = color(theme.background);
        w.expansion = 0.0;
    }
    v.widgets.hovered.weak_bg_fill = color(theme.accent_wash);
    v.widgets.hovered.bg_stroke = Stroke::new(1.0, color(theme.accent));
    v.widgets.active.weak_bg_fill = color(theme.accent_wash);
    v.widgets.open.weak_bg_fill = color(theme.accent_wash);
    v
}
