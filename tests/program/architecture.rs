//! Rules that hold the program together, read from its own text: which module may use which, that
//! every list's members are named and shown, and that no text for people is missing or left over.

use crate::sources::*;
use atalaya::locale::Lang;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The top modules that a file names.
fn used_modules(source: &Source) -> BTreeSet<&str> {
    let of_crate = source.paths.iter().filter(|p| p[0] == "crate");
    of_crate.map(|p| p[1].as_str()).collect()
}

/// The order that the head of `lib.rs` states, lowest first.
fn layers() -> Vec<String> {
    let lib = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let head: String = lib.lines().filter_map(|l| l.strip_prefix("//!")).collect();
    let list = head
        .split("`use` lines):")
        .nth(1)
        .and_then(|rest| rest.split("`cli` uses").next())
        .unwrap();
    list.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn arrows_point_down_only() {
    let layers = layers();
    assert_eq!(layers.first().map(String::as_str), Some("domain"));
    let mut wrong = Vec::new();
    for source in sources() {
        let allowed: Vec<&str> = match source.module.as_str() {
            // On top of all.
            "lib" | "main" | "window" => continue,
            "cli" => layers
                .iter()
                .map(String::as_str)
                .filter(|m| !["view", "app"].contains(m))
                .chain(["cli"])
                .collect(),
            module => {
                let at = layers
                    .iter()
                    .position(|l| l == module)
                    .unwrap_or_else(|| panic!("{module} has no place in lib.rs"));
                layers[..=at].iter().map(String::as_str).collect()
            }
        };
        for used in used_modules(&source) {
            if !allowed.contains(&used) {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
        if source.module == "view" && used_modules(&source).contains("store") {
            wrong.push(format!("{} names the store", source.path));
        }
        // A chain of `super` as long as the path ends at the crate and goes around the rule.
        let depth = source.module_path().len();
        let climbs = |p: &Names| p.iter().take_while(|n| *n == "super").count() >= depth;
        if depth > 0 && source.paths.iter().any(climbs) {
            wrong.push(format!("{} climbs to the crate by `super`", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `import` is built in floors, and each uses only itself and those before it here.
#[test]
fn the_floors_of_import_rest_on_those_below() {
    let floors = [
        "fault", "encoding", "text", "values", "formats", "row", "profiles",
    ];
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module_path();
        let on_floor = |m: &[String]| floors.iter().position(|f| m.get(1).is_some_and(|n| n == f));
        if module[..].first().is_none_or(|m| m != "import") {
            continue;
        }
        let Some(at) = on_floor(&module) else {
            continue;
        };
        let of_import = source
            .paths
            .iter()
            .filter(|p| p[..2] == ["crate", "import"]);
        for used in of_import.filter_map(|p| p.get(2)) {
            if !floors[..=at].contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
        let climbs = |p: &Names| p.iter().take_while(|n| *n == "super").count() >= module.len() - 1;
        if module.len() > 2 && source.paths.iter().any(climbs) {
            wrong.push(format!(
                "{} climbs out of its floor by `super`",
                source.path
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Files that need each other in a circle can only be understood together.
#[test]
fn circles_of_files_are_small() {
    let sources = sources();
    let needs = needs(&sources);
    let edges = needs.iter().map(|(a, b)| (*a as u32, *b as u32));
    let graph = petgraph::graph::DiGraph::<(), ()>::from_edges(edges);
    let mut circles = petgraph::algo::tarjan_scc(&graph);
    circles.retain(|circle| circle.len() > LARGEST_CIRCLE);
    let mut named = Vec::new();
    for circle in circles {
        let members: BTreeSet<usize> = circle.iter().map(|i| i.index()).collect();
        let within = needs
            .iter()
            .filter(|(a, b)| members.contains(a) && members.contains(b));
        let arrow =
            |(a, b): &(usize, usize)| format!("{} -> {}", sources[*a].path, sources[*b].path);
        named.push(within.map(arrow).collect::<Vec<_>>());
    }
    assert!(named.is_empty(), "{named:#?}");
}

/// Of files of one subject.
const LARGEST_CIRCLE: usize = 3;

#[test]
fn what_only_some_may_know() {
    let only: [(&[&str], &[&str]); 4] = [
        (&["rusqlite"], &["store"]),
        (
            &["egui", "eframe", "walkers", "egui_extras", "rfd"],
            &["view", "app"],
        ),
        (&["clap", "indicatif"], &["cli", "main"]),
        (&["resvg", "usvg", "tiny_skia"], &["render"]),
    ];
    // No I/O: what these ask for must come in through their arguments.
    let pure = ["domain", "index", "query"];
    let mut wrong = Vec::new();
    for source in sources() {
        for (crates, modules) in only {
            for name in crates
                .iter()
                .filter(|_| !modules.contains(&source.module.as_str()))
            {
                let named = source.paths.iter().any(|p| p[0] == *name);
                // Somebody's GeoPackage is read row by row like any other file, without the store.
                let reads_geopackages = source.path == "import/formats/geopackage.rs";
                if named && !(*name == "rusqlite" && reads_geopackages) {
                    wrong.push(format!("{} names {name}", source.path));
                }
            }
        }
        let io = [
            "std::fs",
            "std::io",
            "std::net",
            "std::env",
            "std::process",
            "SystemTime",
            "Instant::now",
        ];
        for name in io
            .iter()
            .filter(|name| pure.contains(&source.module.as_str()) && source.text.contains(**name))
        {
            wrong.push(format!("{} does I/O: {name}", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is printed goes through what makes foreign text visible; what is written, through what writes it
/// whole and never over what it is made from.
#[test]
fn printing_and_writing_have_one_place_each() {
    let print = ["print!(", "println!(", "io::stdout", "io::stderr"];
    let write = [
        "fs::write(",
        "fs::rename(",
        "fs::copy(",
        "File::create",
        "OpenOptions",
        "NamedTempFile",
        "tempfile_in(",
    ];
    // Cases are the store's, and the demo hands files of its own to the import.
    let only: [(&[&str], &[&str]); 2] = [
        (&print, &["cli/output.rs"]),
        (&write, &["files.rs", "store/", "session/demo.rs"]),
    ];
    let mut wrong = Vec::new();
    for source in sources() {
        for (calls, places) in only {
            let is_place = places.iter().any(|place| source.path.starts_with(place));
            let called = calls.iter().filter(|call| source.text.contains(**call));
            wrong.extend(
                called
                    .filter(|_| !is_place)
                    .map(|call| format!("{}: {call}", source.path)),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

// --- lists ------------------------------------------------------------------------------------

/// The lists that are there to be added to, each with the ids of its members.
fn lists() -> BTreeMap<&'static str, Vec<String>> {
    use clap::CommandFactory;
    let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect::<Vec<String>>();
    BTreeMap::from([
        (
            "formats",
            owned(atalaya::import::formats().iter().map(|f| f.id).collect()),
        ),
        (
            "profiles",
            owned(atalaya::import::profiles().iter().map(|p| p.id).collect()),
        ),
        (
            "layers",
            owned(
                atalaya::scene::layers::LAYERS
                    .iter()
                    .map(|l| l.id)
                    .collect(),
            ),
        ),
        (
            "subcommands",
            owned(
                atalaya::cli::Args::command()
                    .get_subcommands()
                    .map(clap::Command::get_name)
                    .collect(),
            ),
        ),
        (
            "languages",
            owned(Lang::ALL.iter().map(|l| l.code()).collect()),
        ),
    ])
}

#[test]
fn members_of_lists_have_ids_of_their_own_and_a_line_in_the_readme() {
    let readme = std::fs::read_to_string(root().join("README.md"))
        .unwrap_or_else(|e| panic!("README.md: {e}"));
    let mut missing = Vec::new();
    for (list, ids) in lists() {
        assert!(!ids.is_empty(), "{list}");
        assert_eq!(
            ids.iter().collect::<BTreeSet<_>>().len(),
            ids.len(),
            "{list} has an id twice"
        );
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        assert!(
            ids.iter().all(|id| id.chars().all(plain)),
            "{list}: {ids:?}"
        );
        // In code marks or as a command; languages by their names.
        let shown = |id: &String| match (list, id.as_str()) {
            ("languages", "en") => readme.contains("English"),
            ("languages", "es") => readme.contains("Spanish"),
            ("subcommands", id) => readme.contains(&format!("atalaya {id} ")),
            (_, id) => readme.contains(&format!("`{id}`")),
        };
        missing.extend(
            ids.into_iter()
                .filter(|id| !shown(id))
                .map(|id| format!("{list}: {id}")),
        );
    }
    assert!(missing.is_empty(), "not in README.md: {missing:#?}");
}

#[test]
fn formats_and_profiles_have_a_file_that_shows_them() {
    let files = files_below(&root().join("tests/fixtures"), "").into_iter();
    // A file that its profile is named after is read as that: not every one is found by itself.
    let facts = files.chain([crate::common::ucdp()]).filter_map(|file| {
        let stem = file.file_stem()?.to_string_lossy().into_owned();
        let is_profile = atalaya::import::profiles().iter().any(|p| p.id == stem);
        let options = atalaya::import::Options {
            profile: is_profile.then_some(stem),
            ..Default::default()
        };
        let reader = atalaya::import::open(&file, &options).ok()?;
        Some((reader.facts().format, reader.facts().profile))
    });
    let (formats, profiles): (BTreeSet<&str>, BTreeSet<&str>) = facts.unzip();
    let lists = lists();
    assert!(
        lists["formats"]
            .iter()
            .all(|id| formats.contains(id.as_str())),
        "{formats:?}"
    );
    assert!(
        lists["profiles"]
            .iter()
            .all(|id| profiles.contains(id.as_str())),
        "{profiles:?}"
    );
}

#[test]
fn every_layer_changes_the_picture() {
    use atalaya::scene::{LayerSet, layers::LAYERS, theme::ThemeName};
    use atalaya::session::picture::{Aim, Picture, draw};
    let (_folder, case) = crate::common::demo_copy();
    add_movement_and_place(&case);
    let loaded = atalaya::session::Loaded::open_read_only(&case).unwrap();
    let picture = |layers: LayerSet| {
        let picture = Picture {
            size_px: [1200, 800],
            camera: Aim::Incidents,
            title: None,
            filter: Default::default(),
            layers,
            compare: None,
            basemap: atalaya::session::BasemapChoice::Builtin,
            theme: ThemeName::Light,
            lang: Lang::En,
        };
        draw(&loaded, &picture).unwrap()
    };
    let all = picture(LayerSet::default());
    let switches = serde_json::to_value(LayerSet::default()).unwrap();
    let switches_of = switches.as_object().unwrap().iter();
    for (name, _) in switches_of.filter(|(_, value)| value.is_boolean()) {
        let mut off = switches.clone();
        off[name] = false.into();
        let layers: LayerSet = serde_json::from_value(off).unwrap();
        assert!(
            LAYERS.iter().any(|l| l.id == name && !l.is_on(&layers)),
            "{name} switches no layer of its name"
        );
        assert!(
            picture(layers) != all,
            "{name} draws nothing in the Nuevo Laredo case with a movement, a place and an outline"
        );
    }
}

/// Of which the Nuevo Laredo case has none.
fn add_movement_and_place(case: &Path) {
    use atalaya::domain::*;
    let mut case = atalaya::store::Case::open_for_writing(case).unwrap();
    let mut writer = case.begin_import(&Default::default()).unwrap();
    let line: geo::LineString<f64> = vec![(-101.0, 24.0), (-99.5, 27.5)].into();
    let movement = Movement {
        external_id: "m".to_owned(),
        kind: MovementKind::Track,
        name: LocalText::default(),
        actor: None,
        when: None,
        path: geo::MultiLineString(vec![line]),
        amount: None,
        unit: String::new(),
        note: LocalText::default(),
        sources: Vec::new(),
        extra: Vec::new(),
        line: 1,
    };
    let row = PlaceSeries {
        external_id: "s".to_owned(),
        place: Place {
            external_id: "p".to_owned(),
            kind: String::new(),
            name: LocalText::default(),
            names: PlaceNames::default(),
            position: Position::new(-101.0, 25.0, PlacePrecision::Exact),
        },
        series: Vec::new(),
        extra: Vec::new(),
        line: 2,
    };
    let ring: geo::LineString<f64> =
        vec![(-101.0, 24.0), (-99.0, 24.0), (-99.0, 27.0), (-101.0, 24.0)].into();
    let outline = TerritoryEstimate {
        dataset: String::new(),
        external_id: "o".to_owned(),
        name: LocalText::new("District"),
        actor: Actor::new("", ActorType::Unknown),
        relation: Relation::Reference,
        valid_from: None,
        valid_to: None,
        share_low: None,
        share_high: None,
        claimant: String::new(),
        grade: Grade::UNJUDGED,
        note: LocalText::default(),
        area: geo::MultiPolygon(vec![geo::Polygon::new(ring, Vec::new())]),
        extra: Vec::new(),
        line: 3,
    };
    writer.write(&movement.into()).unwrap();
    writer.write(&outline.into()).unwrap();
    writer.write(&row.into()).unwrap();
    writer.commit().unwrap();
}

#[test]
fn every_subcommand_is_run_by_a_test() {
    let tests: String = files_below(&root().join("tests"), "rs")
        .iter()
        .map(|f| std::fs::read_to_string(f).unwrap())
        .collect();
    for name in &lists()["subcommands"] {
        assert!(tests.contains(&format!("arg(\"{name}\")")), "{name}");
    }
}

// --- texts for people -------------------------------------------------------------------------

/// That every key which the code asks for is there is for the compiler to say (`text!`); here, that none is left over.
#[test]
fn every_text_is_used() {
    let written: String = sources().into_iter().map(|s| s.text).collect();
    let codes = written
        .split("text!(\"")
        .filter_map(|rest| rest.split_once("\"+"));
    let formats = written
        .split("format!(\"")
        .filter_map(|rest| rest.split_once('{'));
    let families = codes.chain(formats).map(|(f, _)| f);
    let families: BTreeSet<&str> = families
        .filter(|f| !f.is_empty() && !f.contains('"'))
        .collect();
    assert!(families.contains("kind-"), "{families:?}");
    let is_written = |key: &str| written.contains(&format!("\"{key}\""));
    let is_used = |key: &String| {
        let mut codes = families.iter().filter_map(|f| key.strip_prefix(f));
        is_written(key) || codes.any(|code| is_written(code) || code.parse::<u8>().is_ok())
    };
    let mut unused = keys();
    unused.retain(|key| !is_used(key));
    assert!(
        unused.is_empty(),
        "in the locale files, and nowhere in src: {unused:#?}"
    );
}

fn keys() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("assets/locales/en.ftl")).unwrap();
    let keys = text.lines().filter_map(|l| l.split_once('='));
    let keys = keys.map(|(key, _)| key.trim().to_owned());
    keys.filter(|key| key.starts_with(|c: char| c.is_ascii_lowercase()))
        .collect()
}
