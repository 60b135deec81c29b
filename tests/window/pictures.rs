//! The window as it is painted, which needs a Vulkan or OpenGL driver: feature `picture-tests`.
//! Colours are looked for where the map must have them, so that blank tiles do not pass.

use crate::support::{DemoCase, demo_case, settle};
use atalaya::app::App;
use atalaya::locale::Lang;
use atalaya::scene::theme::ThemeName;
use atalaya::scene::{Color, Theme};
use atalaya::session::Command;
use egui::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

fn painted(case: &DemoCase, size: [f32; 2], lang: Lang, theme: ThemeName) -> Harness<'static, App> {
    let path = case.path.clone();
    let mut window = Harness::builder()
        .with_size(size)
        .wgpu()
        .build_eframe(move |cc| App::new(cc, Some(path), lang));
    window.state_mut().push(Command::SetTheme(theme));
    settle(&mut window);
    window
}

/// The colour of the picture at a place on the map.
fn at(window: &Harness<'static, App>, image: &image::RgbaImage, lon: f64, lat: f64) -> [u8; 3] {
    let map = window.get_by_role_and_label(Role::Canvas, "Map").rect();
    let camera = window.state().workspace().unwrap().camera;
    let [x, y] = camera.screen_from_lon_lat([map.width(), map.height()], lon, lat);
    let pixel = image.get_pixel((map.left() + x) as u32, (map.top() + y) as u32);
    [pixel[0], pixel[1], pixel[2]]
}

fn is_near(found: [u8; 3], wanted: Color) -> bool {
    let wanted = [wanted.r, wanted.g, wanted.b];
    (0..3).all(|i| found[i].abs_diff(wanted[i]) <= 3)
}

#[test]
fn land_and_sea_are_painted_in_both_themes_and_sizes() {
    let case = demo_case();
    for theme in [ThemeName::Light, ThemeName::Dark] {
        for size in [[1600.0, 900.0], [1280.0, 720.0]] {
            let mut window = painted(&case, size, Lang::En, theme);
            let image = window.render().expect("a picture");
            let colours = Theme::named(theme);
            let (sea, land) = (
                at(&window, &image, -96.5, 26.2),
                at(&window, &image, -98.9, 28.2),
            );
            assert!(
                is_near(sea, colours.water),
                "{theme:?} {size:?} sea {sea:?}"
            );
            assert!(
                is_near(land, colours.land),
                "{theme:?} {size:?} land {land:?}"
            );
        }
    }
}

#[test]
fn no_zoom_from_2_to_12_is_blank() {
    let case = demo_case();
    let mut window = painted(&case, [1280.0, 720.0], Lang::En, ThemeName::Light);
    for zoom in 2..=12 {
        let camera = atalaya::scene::Camera {
            lon: -97.25,
            lat: 26.07,
            zoom: f64::from(zoom),
        };
        window.state_mut().push(Command::SetCamera(camera));
        settle(&mut window);
        let image = window.render().expect("a picture");
        // The coast at Padre Island is in the middle: both must be seen near it.
        let map = window.get_by_role_and_label(Role::Canvas, "Map").rect();
        let mut seen = [0_u32; 2];
        for x in (map.left() as u32 + 320..map.right() as u32 - 60).step_by(7) {
            for y in (map.top() as u32 + 60..map.bottom() as u32 - 60).step_by(7) {
                let p = image.get_pixel(x, y);
                let found = [p[0], p[1], p[2]];
                seen[0] += u32::from(is_near(found, Theme::LIGHT.land));
                seen[1] += u32::from(is_near(found, Theme::LIGHT.water));
            }
        }
        assert!(
            seen.iter().all(|n| *n > 100),
            "zoom {zoom}: land and water {seen:?}"
        );
    }
}

#[test]
fn an_incident_is_painted_in_the_colour_of_its_kind() {
    let case = demo_case();
    let mut window = painted(&case, [1600.0, 900.0], Lang::En, ThemeName::Light);
    let with = window.render().expect("a picture");
    let layers = atalaya::scene::LayerSet::default().without("incidents");
    window.state_mut().push(Command::SetLayers(layers));
    settle(&mut window);
    let without = window.render().expect("a picture");
    let differing = with
        .pixels()
        .zip(without.pixels())
        .filter(|(a, b)| a != b)
        .count();
    assert!(differing > 500, "{differing} pixels");
}
