//! A session as long as an hour's: tens of thousands of gestures, and the memory in use meanwhile, which
//! has to level off. Ignored, since it takes some 15 minutes:
//!
//! ```text
//! GESTURES=20000 cargo test --test window -- --ignored --nocapture long::
//! ```

use crate::support::{demo_case, settle, ucdp_case};
use atalaya::app::App;
use atalaya::domain::{Bounds, Filter, Kind};
use atalaya::locale::Lang;
use atalaya::query::Compare;
use atalaya::scene::Camera;
use atalaya::scene::style::IncidentStyle;
use atalaya::scene::theme::ThemeName;
use atalaya::session::{BasemapChoice, Command, Panel, Tool};
use egui::{Key, Modifiers, Role, pos2};
use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, TestRenderer};
use std::path::Path;

type Window = Harness<'static, App>;

/// A graphics card that forgets what it is given, where egui_kittest's keeps it for a picture.
struct NoCard;

impl TestRenderer for NoCard {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        delta.clear();
    }

    fn render(
        &mut self,
        _: &egui::Context,
        _: &egui::FullOutput,
    ) -> Result<image::RgbaImage, String> {
        Err("no card".to_owned())
    }
}

/// The same numbers every time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }

    fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.below(1 << 20) as f64 / f64::from(1 << 20)
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    fn on_map(&mut self) -> egui::Pos2 {
        pos2(
            self.between(420.0, 1150.0) as f32,
            self.between(90.0, 620.0) as f32,
        )
    }

    fn date(&mut self) -> jiff::civil::Date {
        atalaya::domain::when::date_of(self.below(16_000) as i32 + 4_000)
    }
}

fn window(case: &Path) -> Window {
    let case = case.to_owned();
    let builder = Harness::builder()
        .with_size([1600.0, 900.0])
        .renderer(NoCard);
    let mut window = builder.build_eframe(move |cc| {
        let templates = case.with_file_name("templates");
        App::new(cc, Some(case), Lang::En).with_templates(templates)
    });
    settle(&mut window);
    window
}

fn filter(chance: &mut Chance) -> Filter {
    let (from, to) = (chance.date(), chance.date());
    let mut filter = Filter::default();
    match chance.below(6) {
        0 => (filter.from, filter.to) = (Some(from.min(to)), Some(from.max(to))),
        1 => filter.kinds = [chance.one_of(Kind::ALL), chance.one_of(Kind::ALL)].into(),
        2 => filter.min_deaths = Some(chance.below(20) as u32),
        3 => {
            filter.text = chance
                .one_of(&["tijuana", "police", "el", "zet", "no such word"])
                .to_owned();
        }
        4 => {
            let (lon, lat) = (chance.between(-115.0, -92.0), chance.between(16.0, 28.0));
            let area = Bounds::new(lon, lat, lon + 4.0, lat + 3.0).unwrap();
            filter.area = Some(atalaya::domain::Area::Box(area));
        }
        _ => filter.certain = true,
    }
    filter
}

/// Commands as panels push them.
fn command(w: &Window, chance: &mut Chance) -> Command {
    let Some(workspace) = w.state().workspace() else {
        let seen: Vec<String> = w
            .get_all_by(|node| node.label().is_some())
            .filter_map(|node| node.accesskit_node().label())
            .collect();
        panic!("no case is open: {seen:?}");
    };
    let mut layers = workspace.layers;
    match chance.below(18) {
        0..=3 => Command::SetFilter(Box::new(filter(chance))),
        4..=6 => Command::SetCamera(Camera {
            lon: chance.between(-117.0, -87.0),
            lat: chance.between(14.0, 32.0),
            zoom: chance.between(1.0, 18.0),
        }),
        7 => Command::Undo,
        8 => Command::Redo,
        9 => Command::SetTheme(chance.one_of(&[ThemeName::Light, ThemeName::Dark])),
        10 => Command::SetLang(chance.one_of(&Lang::ALL)),
        11 => {
            use IncidentStyle::{Auto, Clusters, Density, Hexagons, Symbols};
            layers.density.style = chance.one_of(&[Auto, Symbols, Density, Hexagons, Clusters]);
            Command::SetLayers(layers)
        }
        12 => {
            let mut days = [chance.date(), chance.date(), chance.date(), chance.date()];
            days.sort_unstable();
            let [a, b, c, d] = days;
            let both = Compare {
                a: (a, b),
                b: (c, d),
            };
            Command::SetCompare(workspace.compare.is_none().then_some(both))
        }
        13 => {
            use Panel::{Inspector, Left, Legend, Table, Timeline};
            Command::Fold(chance.one_of(&[Left, Inspector, Timeline, Table, Legend]))
        }
        14 => chance.one_of_commands(),
        15 => Command::SetBasemap(match chance.below(4) {
            0 => BasemapChoice::None,
            _ => BasemapChoice::Builtin,
        }),
        16 => Command::Step(chance.below(9) as i32 - 4),
        _ => Command::Home,
    }
}

impl Chance {
    /// What opens and closes.
    fn one_of_commands(&mut self) -> Command {
        match self.below(7) {
            0 => Command::ToggleHelp,
            1 => Command::TogglePalette,
            2 => Command::Fold(Panel::Card(atalaya::text!("actors-title"))),
            3 => Command::Measure(self.below(2) == 0),
            4 => Command::Take(self.one_of(&[Tool::None, Tool::Box, Tool::Circle])),
            5 => Command::GoToSelected,
            _ => Command::Dismiss,
        }
    }
}

/// One thing a hand does, with the frames that follow.
fn gesture(w: &mut Window, chance: &mut Chance) {
    match chance.below(10) {
        0 => w.hover_at(chance.on_map()),
        1 | 2 => {
            w.drag_at(chance.on_map());
            w.step();
            w.hover_at(chance.on_map());
            w.step();
            w.drop_at(chance.on_map());
        }
        3 => {
            let at = chance.on_map();
            w.drag_at(at);
            w.drop_at(at);
        }
        4 => {
            w.hover_at(chance.on_map());
            w.event(egui::Event::MouseWheel {
                unit: egui::MouseWheelUnit::Line,
                delta: egui::vec2(0.0, chance.between(-4.0, 4.0) as f32),
                phase: egui::TouchPhase::Move,
                source: egui::MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
            });
        }
        5 => scrub(w, chance),
        6 if chance.below(4) == 0 => {
            w.key_press_modifiers(Modifiers::COMMAND, Key::F);
            w.step();
            let word = chance.one_of(&["laredo", "jalisco", "army", "25.6, -100.3", "zz"]);
            w.event(egui::Event::Text(word.to_owned()));
            w.step();
            w.key_press(chance.one_of(&[Key::Enter, Key::Escape]));
        }
        6 => w.key_press(chance.one_of(&[Key::Escape, Key::ArrowDown, Key::Tab, Key::Space])),
        _ => {
            let command = command(w, chance);
            w.state_mut().push(command);
        }
    }
    w.run_steps(2);
}

/// Drags over the bars of the timeline, where it is there.
fn scrub(w: &mut Window, chance: &mut Chance) {
    use egui_kittest::kittest::Queryable;
    let label = |lang| atalaya::locale::tr(lang, atalaya::text!("time-bars"));
    let bars = Lang::ALL.iter().find_map(|lang| {
        w.query_by_role_and_label(Role::Canvas, &label(*lang))
            .map(|n| n.rect())
    });
    let Some(bars) = bars else { return };
    let mut x = || bars.left() + bars.width() * chance.between(0.05, 0.95) as f32;
    let (from, to) = (pos2(x(), bars.center().y), pos2(x(), bars.center().y));
    w.drag_at(from);
    for part in 1..=4 {
        w.hover_at(from.lerp(to, part as f32 / 4.0));
        w.step();
    }
    w.drop_at(to);
}

/// Memory in use by this process, MiB; 0 where the system does not say.
fn resident_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    let kib = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) / 1024.0
}

#[test]
#[ignore = "takes some 15 minutes"]
fn memory_levels_off() {
    const LOOKS: usize = 40;
    let wanted = std::env::var("GESTURES").ok().and_then(|n| n.parse().ok());
    let gestures: usize = wanted.unwrap_or(20_000);
    let (case, other) = (ucdp_case(), demo_case());
    let mut chance = Chance(1);
    let mut w = window(&case.path);
    let mut looks = vec![resident_mib()];
    println!("at the start: {:.0} MiB", looks[0]);
    for look in 1..=LOOKS {
        for n in 0..gestures / LOOKS {
            // A case that is being opened comes when its job is done, whatever is clicked meanwhile.
            for _ in 0..10 {
                if w.state().workspace().is_none() {
                    settle(&mut w);
                }
            }
            gesture(&mut w, &mut chance);
            if n % 40 == 0 {
                settle(&mut w);
            }
        }
        // Now and then another case, and back.
        if look % 4 == 0 {
            for path in [&other.path, &case.path] {
                w.state_mut().push(Command::OpenPath(path.clone()));
                settle(&mut w);
            }
        }
        looks.push(resident_mib());
        println!("after {}: {:.0} MiB", look * gestures / LOOKS, looks[look]);
    }
    let most = |of: &[f64]| of.iter().copied().fold(0.0, f64::max);
    let (early, late) = (most(&looks[..=LOOKS / 2]), most(&looks[LOOKS / 2 + 1..]));
    println!("most in the first half {early:.0} MiB, in the second {late:.0} MiB");
    assert!(late < early * 1.05 + 10.0, "it grows");
}
