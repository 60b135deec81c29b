//! What is drawn, and what lies below it.

use super::kit;
use super::{Context, icons};
use crate::locale::TextKey;
use crate::online::{OPEN_STREET_MAP, is_tile_address};
use crate::scene::layers::{LAYERS, incidents};
use crate::scene::style::{Density, DensityColor, DensityScale, IncidentStyle};
use crate::scene::{ColorBy, Weight};
use crate::session::{BasemapChoice, Command};
use egui::{Role, Ui, WidgetInfo};

/// What is typed here; not saved.
#[derive(Default)]
pub struct State {
    address: String,
}

pub fn show(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    kit::section(ui, &cx.tr(text!("layers-shown")), |_| {});
    let mut layers = cx.workspace.layers;
    for layer in LAYERS.iter().filter(|l| l.has_switch) {
        let is_on = layers.is_on(layer.id);
        if kit::checkbox(ui, is_on, &cx.tr(layer.name_key)).clicked() {
            layers.set(layer.id, !is_on);
        }
    }
    if layers.is_on(incidents::LAYER.id) {
        color_by(ui, cx, &mut layers.color_by);
        density(ui, cx, &mut layers.density);
    }
    if layers != cx.workspace.layers {
        cx.commands.push(Command::SetLayers(layers));
    }
    basemap(ui, cx, state);
}

/// A choice, the key of its name and that of what it means.
type Named<T> = (T, TextKey, TextKey);

const STYLES: [Named<IncidentStyle>; 5] = [
    (
        IncidentStyle::Auto,
        text!("style-auto"),
        text!("style-auto-hint"),
    ),
    (
        IncidentStyle::Symbols,
        text!("style-symbols"),
        text!("style-symbols-hint"),
    ),
    (
        IncidentStyle::Density,
        text!("style-density"),
        text!("style-density-hint"),
    ),
    (
        IncidentStyle::Hexagons,
        text!("style-hexagons"),
        text!("style-hexagons-hint"),
    ),
    (
        IncidentStyle::Clusters,
        text!("style-clusters"),
        text!("style-clusters-hint"),
    ),
];
const COLORS: [Named<DensityColor>; 2] = [
    (
        DensityColor::Ramp,
        text!("density-color-ramp"),
        text!("density-color-ramp-hint"),
    ),
    (
        DensityColor::Kind,
        text!("density-color-kind"),
        text!("density-color-kind-hint"),
    ),
];
const SCALES: [Named<DensityScale>; 2] = [
    (
        DensityScale::Log,
        text!("density-scale-log"),
        text!("density-scale-log-hint"),
    ),
    (
        DensityScale::EqualArea,
        text!("density-scale-equal-area"),
        text!("density-scale-equal-area-hint"),
    ),
];

/// What the colours of symbols say.
fn color_by(ui: &mut Ui, cx: &Context<'_>, color_by: &mut ColorBy) {
    kit::section(ui, &cx.tr(text!("layers-color-by")), |_| {});
    let name = |by: ColorBy| cx.tr(text!("color-by-" + by.code()));
    let tip = cx.tr(text!("layers-color-by-tip"));
    let taken = kit::menu(ui, &name(*color_by), tip, 180.0, |ui| {
        kit::pick(
            ui,
            ColorBy::ALL
                .into_iter()
                .map(|by| (by, *color_by == by, name(by))),
        )
    });
    *color_by = taken.unwrap_or(*color_by);
}

/// How incidents are shown, and what the colours of counts say.
fn density(ui: &mut Ui, cx: &mut Context<'_>, density: &mut Density) {
    kit::section(ui, &cx.tr(text!("layers-incidents")), |_| {});
    // Five names are too long for one line.
    for (style, key, hint) in STYLES {
        if kit::radio(ui, density.style == style, &cx.tr(key))
            .on_hover_text(cx.tr(hint))
            .clicked()
        {
            density.style = style;
        }
    }
    if !matches!(
        density.style,
        IncidentStyle::Auto | IncidentStyle::Density | IncidentStyle::Hexagons
    ) {
        return;
    }
    choice(
        ui,
        cx,
        text!("layers-density-color"),
        &COLORS,
        &mut density.color,
    );
    choice(
        ui,
        cx,
        text!("layers-density-scale"),
        &SCALES,
        &mut density.scale,
    );
}

/// One of a few, side by side under its name.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &Context<'_>,
    title: TextKey,
    options: &[Named<T>],
    chosen: &mut T,
) {
    ui.add_space(6.0);
    kit::note(ui, cx.tr(title));
    let names: Vec<String> = options.iter().map(|(_, key, _)| cx.tr(*key)).collect();
    let current = options.iter().position(|(value, ..)| value == chosen);
    let width = ui.available_width();
    let shown = ui.scope(|ui| kit::segmented(ui, &names, current.unwrap_or_default(), Some(width)));
    let hints: Vec<String> = options
        .iter()
        .map(|(_, key, hint)| format!("{}: {}", cx.tr(*key), cx.tr(*hint)))
        .collect();
    shown.response.on_hover_text(hints.join("\n"));
    if let Some((value, ..)) = shown.inner.and_then(|i| options.get(i)) {
        *chosen = *value;
    }
}

fn basemap(ui: &mut Ui, cx: &mut Context<'_>, state: &mut State) {
    kit::section(ui, &cx.tr(text!("layers-basemap")), |_| {});
    let current = cx.basemap.clone();
    let mut chosen = None;
    if kit::radio(
        ui,
        current == BasemapChoice::Builtin,
        &cx.tr(text!("basemap-builtin")),
    )
    .clicked()
    {
        chosen = Some(BasemapChoice::Builtin);
    }
    if kit::radio(
        ui,
        current == BasemapChoice::None,
        &cx.tr(text!("basemap-none")),
    )
    .clicked()
    {
        chosen = Some(BasemapChoice::None);
    }
    let file = match &current {
        BasemapChoice::File(path) => path.file_name().map(|n| n.to_string_lossy().into_owned()),
        _ => None,
    };
    let label = file.clone().unwrap_or_else(|| cx.tr(text!("basemap-file")));
    if kit::radio(ui, file.is_some(), &label).clicked() {
        cx.commands.push(Command::ChooseBasemapFile);
    }
    kit::section(ui, &cx.tr(text!("layers-online")), |_| {});
    warning(ui, &cx.tr(text!("online-warning")));
    let is_osm = matches!(&current, BasemapChoice::Online(a) if a == OPEN_STREET_MAP);
    if kit::radio(ui, is_osm, &cx.tr(text!("basemap-osm"))).clicked() {
        chosen = Some(BasemapChoice::Online(OPEN_STREET_MAP.to_owned()));
    }
    let hint = cx.tr(text!("basemap-address"));
    let edit = egui::TextEdit::singleline(&mut state.address)
        .hint_text("https://…/{z}/{x}/{y}.png")
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::symmetric(10, 6));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &hint));
    let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
    ui.add_space(4.0);
    let address = state.address.trim();
    if address.is_empty() {
        kit::note(ui, hint);
    } else if is_tile_address(address) {
        if kit::button(ui, icons::GLOBE, &cx.tr(text!("basemap-use-address"))).clicked() || entered
        {
            chosen = Some(BasemapChoice::Online(address.to_owned()));
        }
    } else {
        kit::text(
            ui,
            cx.tr(text!("basemap-bad-address")),
            Weight::Regular,
            12.0,
            |t| t.warning,
        );
    }
    if let Some(choice) = chosen.filter(|c| *c != current) {
        cx.commands.push(Command::SetBasemap(choice));
    }
}

/// A sign and a sentence, wrapped as one text.
fn warning(ui: &mut Ui, sentence: &str) {
    let theme = kit::theme(ui);
    use super::theme::{color, font, icon_font};
    let mut job = egui::text::LayoutJob::default();
    job.append(
        icons::WARNING,
        0.0,
        egui::TextFormat::simple(icon_font(14.0), color(theme.warning)),
    );
    job.append(
        sentence,
        6.0,
        egui::TextFormat::simple(font(Weight::Regular, 12.0), color(theme.muted)),
    );
    ui.label(job);
}
