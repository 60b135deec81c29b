//! `atalaya snapshot`

use super::filter_args::FilterArgs;
use super::output::{complain, done, say};
use crate::index::Wanted;
use crate::locale::{Lang, Problem, tr};
use crate::query::parse_bounds;
use crate::render::missing_letters;
use crate::scene::camera::ZOOM_RANGE;
use crate::scene::page::DEFAULT_SIZE_PX;
use crate::scene::style::{Density, DensityColor, DensityScale, IncidentStyle};
use crate::scene::theme::ThemeName;
use crate::scene::{Camera, ColorBy, LayerSet};
use crate::session::picture::{self, Aim, Picture, draw, write};
use crate::session::{BasemapChoice, Loaded};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::path::{Path, PathBuf};

#[derive(clap::Args, Debug)]
pub struct SnapshotArgs {
    /// The case to draw
    #[arg(value_name = "CASE.gpkg")]
    case: PathBuf,
    /// The picture to write; .png or .svg
    #[arg(value_name = "OUT.png|OUT.svg")]
    out: PathBuf,
    #[command(flatten)]
    filter: FilterArgs,
    /// Width and height in pixels [default: 1920x1080]
    #[arg(long, value_name = "WIDTHxHEIGHT", value_parser = parse_size)]
    size: Option<[u32; 2]>,
    /// Middle of the map, degrees; with --zoom
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true, requires = "zoom", value_parser = parse_center)]
    center: Option<[f64; 2]>,
    /// Zoom of the map, 1 to 18: the world is 256·2^zoom pixels wide
    #[arg(long, value_name = "Z", requires = "center", value_parser = parse_zoom)]
    zoom: Option<f64>,
    /// Show this box, degrees, without filtering by it
    #[arg(
        long,
        value_name = "W,S,E,N",
        allow_hyphen_values = true,
        conflicts_with = "center"
    )]
    view: Option<String>,
    /// The headline; made from the data when left out
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// What lies below: builtin, none, or a .pmtiles or .mbtiles file of vector tiles
    #[arg(long, value_name = "builtin|none|FILE", default_value = "builtin")]
    basemap: String,
    /// Colours
    #[arg(long, value_enum, default_value_t)]
    theme: ThemeArg,
    /// How incidents are shown: auto draws symbols up to 20,000, a raster of counts above
    #[arg(long, value_enum, default_value_t)]
    style: StyleArg,
    /// What the colour of a count says: how many, or of which kinds
    #[arg(long, value_enum, default_value_t)]
    color: ColorArg,
    /// What the colour of a symbol says
    #[arg(long, value_enum, default_value_t)]
    color_by: ColorBy,
    /// How counts become colours
    #[arg(long, value_enum, default_value_t)]
    scale: ScaleArg,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum StyleArg {
    #[default]
    Auto,
    Symbols,
    Density,
    Hexagons,
    Clusters,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ColorArg {
    #[default]
    Count,
    Kind,
}

impl ValueEnum for ColorBy {
    fn value_variants<'a>() -> &'a [ColorBy] {
        &ColorBy::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.code()))
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ScaleArg {
    #[default]
    Log,
    EqualArea,
}

impl SnapshotArgs {
    fn density(&self) -> Density {
        Density {
            style: match self.style {
                StyleArg::Auto => IncidentStyle::Auto,
                StyleArg::Symbols => IncidentStyle::Symbols,
                StyleArg::Density => IncidentStyle::Density,
                StyleArg::Hexagons => IncidentStyle::Hexagons,
                StyleArg::Clusters => IncidentStyle::Clusters,
            },
            color: match self.color {
                ColorArg::Count => DensityColor::Ramp,
                ColorArg::Kind => DensityColor::Kind,
            },
            scale: match self.scale {
                ScaleArg::Log => DensityScale::Log,
                ScaleArg::EqualArea => DensityScale::EqualArea,
            },
        }
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ThemeArg {
    #[default]
    Light,
    Dark,
}

pub(super) fn run(args: &SnapshotArgs, lang: Lang) -> Result<(), Problem> {
    let by_actor = matches!(args.color_by, ColorBy::SideA | ColorBy::SideB);
    let wanted = picture::WANTED.and_if(by_actor, Wanted::ACTORS);
    let loaded = args.filter.open_wanted(&args.case, wanted, lang)?;
    let filter = args.filter.resolve(&loaded.case, &loaded.columns, lang)?;
    let camera = match (args.center, args.zoom, &args.view, &filter.area) {
        (Some([lon, lat]), Some(zoom), ..) => {
            Aim::Camera(Camera { lon, lat, zoom }, [1000.0, 700.0])
        }
        (_, _, Some(view), _) => Aim::Bounds(parse_bounds(view)?),
        // An area filters, and is what the map shows.
        (_, _, None, Some(area)) => Aim::Extent(area.extent()),
        _ => Aim::Incidents,
    };
    let picture = Picture {
        size_px: args.size.unwrap_or(DEFAULT_SIZE_PX),
        camera,
        title: args.title.clone(),
        filter,
        layers: LayerSet {
            density: args.density(),
            color_by: args.color_by,
            ..LayerSet::default()
        },
        compare: None,
        basemap: match args.basemap.as_str() {
            "builtin" => BasemapChoice::Builtin,
            "none" => BasemapChoice::None,
            file => BasemapChoice::File(PathBuf::from(file)),
        },
        theme: match args.theme {
            ThemeArg::Light => ThemeName::Light,
            ThemeArg::Dark => ThemeName::Dark,
        },
        lang,
    };
    let drawing = draw(&loaded, &picture)?;
    let title = title_of(&args.case, args.title.as_deref());
    let mut inputs = vec![args.case.as_path()];
    inputs.extend(picture.basemap.file());
    inputs.extend(args.filter.route());
    write(&drawing, &args.out, &title, &inputs)?;
    let missing = missing_letters(&drawing);
    if !missing.is_empty() {
        complain(&picture::no_font(&missing), lang);
    }
    let file = args.out.display().to_string();
    let made = tr(lang, text!("cli-snapshot-made", file = file));
    done(say(&format!("{made}\n")), &args.out, lang);
    Ok(())
}

fn title_of(case: &Path, title: Option<&str>) -> String {
    let stem = case.file_stem().map(|s| s.to_string_lossy().into_owned());
    title.map(str::to_owned).or(stem).unwrap_or_default()
}

/// Draws a whole case with the defaults: what is left to do where no window opens.
pub fn draw_fallback(loaded: &Loaded, out: &Path, lang: Lang) -> Result<(), Problem> {
    let picture = Picture {
        size_px: DEFAULT_SIZE_PX,
        camera: Aim::Incidents,
        title: None,
        filter: crate::domain::Filter::default(),
        layers: LayerSet::default(),
        compare: None,
        basemap: BasemapChoice::Builtin,
        theme: ThemeName::Light,
        lang,
    };
    write(
        &draw(loaded, &picture)?,
        out,
        &title_of(loaded.case.path(), None),
        &[loaded.case.path()],
    )
}

fn parse_size(text: &str) -> Result<[u32; 2], String> {
    let size = text
        .split_once('x')
        .and_then(|(w, h)| Some([w.parse().ok()?, h.parse().ok()?]));
    let fits = |n: &u32| (200..=10_000).contains(n);
    size.filter(|s: &[u32; 2]| s.iter().all(fits))
        .ok_or_else(|| "such as 1920x1080, each side 200 to 10000".to_owned())
}

fn parse_center(text: &str) -> Result<[f64; 2], String> {
    let center = text
        .split_once(',')
        .and_then(|(lon, lat)| Some([lon.trim().parse().ok()?, lat.trim().parse().ok()?]));
    let on_map = |c: &[f64; 2]| c[0].abs() <= 180.0 && c[1].abs() <= 85.0;
    center
        .filter(on_map)
        .ok_or_else(|| "LON,LAT in degrees, such as -99.5,27.5".to_owned())
}

fn parse_zoom(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|z| ZOOM_RANGE.contains(z))
        .ok_or_else(|| "a number from 1 to 18".to_owned())
}
