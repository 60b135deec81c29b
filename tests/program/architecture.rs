//! Rules that hold the program together, read from its own text: which module may use which, that
//! every list's members are named and shown, and that no text for people is missing or left over.

use atalaya::locale::{Lang, has};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files of an ending, or with an empty one all.
fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_below(&path, ending));
        } else if ending.is_empty() || path.extension().is_some_and(|e| e == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

struct Source {
    /// From `src/` on, such as `store/mod.rs`.
    path: String,
    /// The top module it belongs to, such as `store`.
    module: String,
    /// Without comments and without what only tests see.
    text: String,
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let all = files_below(&src, "rs").into_iter().map(|file| {
        let path = file
            .strip_prefix(&src)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let module = path.split(['/', '.']).next().unwrap().to_owned();
        Source {
            text: shipped(&std::fs::read_to_string(&file).unwrap()),
            path,
            module,
        }
    });
    let for_tests = test_files();
    all.filter(|s| {
        !for_tests
            .iter()
            .any(|t| s.path == format!("{t}.rs") || s.path.starts_with(&format!("{t}/")))
    })
    .collect()
}

/// Modules that are files of their own and declared `#[cfg(test)]`, such as `query/tests`.
fn test_files() -> Vec<String> {
    let src = root().join("src");
    let mut found = Vec::new();
    for file in files_below(&src, "rs") {
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            let declared = pair[1].trim_start_matches("pub ");
            if let Some(name) = declared
                .strip_prefix("mod ")
                .and_then(|rest| rest.strip_suffix(';'))
            {
                let folder = match file.file_name().unwrap().to_str().unwrap() {
                    "mod.rs" | "lib.rs" | "main.rs" => file.parent().unwrap().to_owned(),
                    _ => file.with_extension(""),
                };
                found.push(
                    folder
                        .join(name)
                        .strip_prefix(&src)
                        .unwrap()
                        .to_str()
                        .unwrap()
                        .replace('\\', "/"),
                );
            }
        }
    }
    found
}

/// The text without comment lines and without items under `#[cfg(test)]`, which end with a `;` or
/// with a `}` that stands as far left as they began.
fn shipped(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let indent = line.len() - line.trim_start().len();
            let closing = format!("{}}}", " ".repeat(indent));
            for skipped in lines.by_ref() {
                if skipped.starts_with(&closing)
                    || (skipped.len() - skipped.trim_start().len() == indent
                        && skipped.ends_with(';'))
                {
                    break;
                }
            }
        } else if !line.trim_start().starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn word(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    &text[..end]
}

/// The top modules a text names: `crate::x`, and each of `crate::{x, y}`.
fn used_modules(text: &str) -> BTreeSet<String> {
    used_within(text, "crate::")
}

/// The modules a text names behind the path of the one they are in.
fn used_within(text: &str, path: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, name) in text.match_indices(path) {
        let rest = &text[at + name.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            found.insert(word(rest).to_owned());
            continue;
        };
        let mut depth = 0;
        let mut begins = true;
        for (i, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                c if begins && !c.is_whitespace() => {
                    found.insert(word(&group[i..]).to_owned());
                    begins = false;
                }
                _ => {}
            }
        }
    }
    found
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
fn the_readers_of_source_text_read_right() {
    let text = "use crate::a::B;\n// crate::c\nuse crate::{d, e::{F, g}, h};\n#[cfg(test)]\nmod tests {\n    use crate::z;\n}\n#[cfg(test)]\nuse crate::y;\nfn f() { crate::i::j() }\n";
    assert_eq!(
        used_modules(&shipped(text)).into_iter().collect::<Vec<_>>(),
        ["a", "d", "e", "h", "i"]
    );
    assert_eq!(
        literals("f(\"a\\\"b\", r#\"c\"d\"#, 'x', '\"', \"e\")"),
        ["a\\\"b", "c\"d", "e"]
    );
    assert_eq!(
        calls(
            "x(tr(lang, if a { \"b\" } else { \"c\" }), tr_args(l, \"d\", &[(\"n\", \"e\")]))",
            "tr(",
            1
        ),
        [["b", "c"]]
    );
    assert_eq!(
        calls("tr_args(f(a, b), \"d\", &[(\"n\", \"e\")])", "tr_args(", 1),
        [["d"]]
    );
    assert_eq!(calls("self.tr(\"a\") + tr(l, \"b\")", ".tr(", 0), [["a"]]);
    assert!(test_files().contains(&"query/tests".to_owned()));
    assert!(sources().len() > 60);
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
        for used in used_modules(&source.text) {
            if !allowed.contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
        if source.module == "view" && used_modules(&source.text).contains("store") {
            wrong.push(format!("{} names the store", source.path));
        }
        // A chain of `super` as long as the path ends at the crate and goes around the rule.
        let depth =
            source.path.matches('/').count() + usize::from(!source.path.ends_with("mod.rs"));
        if source.text.contains(&"super::".repeat(depth)) {
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
        let Some(path) = source.path.strip_prefix("import/") else {
            continue;
        };
        let Some(at) = floors
            .iter()
            .position(|f| path.split(['/', '.']).next() == Some(f))
        else {
            continue;
        };
        for used in used_within(&source.text, "crate::import::") {
            if !floors[..=at].contains(&used.as_str()) {
                wrong.push(format!("{} uses {used}", source.path));
            }
        }
        let climbs = path.matches('/').count() + usize::from(!path.ends_with("mod.rs"));
        if path.contains('/') && source.text.contains(&"super::".repeat(climbs)) {
            wrong.push(format!(
                "{} climbs out of its floor by `super`",
                source.path
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

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
                let named = |text: &str| {
                    text.match_indices(&format!("{name}::")).any(|(at, _)| {
                        !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                    })
                };
                // Somebody's GeoPackage is read row by row like any other file, without the store.
                let reads_geopackages = source.path == "import/formats/geopackage.rs";
                if named(&source.text) && !(*name == "rusqlite" && reads_geopackages) {
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
fn every_layer_has_a_name_and_changes_the_picture() {
    use atalaya::scene::{LayerSet, layers::LAYERS, theme::ThemeName};
    use atalaya::session::picture::{Aim, Picture, draw};
    for layer in LAYERS {
        assert!(
            Lang::ALL.iter().all(|lang| has(*lang, layer.name_key)),
            "{}",
            layer.id
        );
    }
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

/// What string literals of a text hold, as written.
fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('"') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let hashes = before.len() - before.trim_end_matches('#').len();
        let end = if before.ends_with('\'') && after.starts_with('\'') {
            rest = after;
            continue;
        } else if before.trim_end_matches('#').ends_with('r')
            && (hashes > 0
                || !before
                    .trim_end_matches('r')
                    .ends_with(char::is_alphanumeric))
        {
            after.find(&format!("\"{}", "#".repeat(hashes)))
        } else {
            let mut escaped = false;
            after.find(|c| {
                let closes = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                closes
            })
        };
        let Some(end) = end else { break };
        found.push(after[..end].to_owned());
        rest = &after[end + 1..];
    }
    found
}

/// The literals in argument number `nth` of each call of `name`, which ends with its `(`.
fn calls(text: &str, name: &str, nth: usize) -> Vec<Vec<String>> {
    // `ctx.tr(` is a method and another call than `tr(`.
    let begins = |at: usize| {
        name.starts_with('.')
            || !text[..at].ends_with(|c: char| c.is_alphanumeric() || "_.".contains(c))
    };
    let found = text
        .match_indices(name)
        .filter(|(at, _)| begins(*at))
        .map(|(at, name)| {
            let (mut depth, mut argument, mut quoted, mut escaped) = (0, 0, false, false);
            let mut part = String::new();
            for c in text[at + name.len()..].chars() {
                match c {
                    '"' if !escaped => quoted = !quoted,
                    '(' | '[' | '{' if !quoted => depth += 1,
                    ')' | ']' | '}' if !quoted && depth == 0 => break,
                    ')' | ']' | '}' if !quoted => depth -= 1,
                    ',' if !quoted && depth == 0 => argument += 1,
                    _ => {}
                }
                escaped = quoted && c == '\\' && !escaped;
                if argument == nth {
                    part.push(c);
                }
            }
            literals(&part)
        });
    found.filter(|l| !l.is_empty()).collect()
}

/// Beginnings of keys that are put together from a code: `format!("kind-{}", kind.code())`.
const PREFIXES: [&str; 27] = [
    "actor-",
    "change-",
    "check-",
    "chip-precision-",
    "cli-col-",
    "color-by-",
    "credibility-",
    "field-",
    "figure-",
    "kind-",
    "month-",
    "movement-",
    "n-",
    "page-chart-",
    "place-",
    "reject-",
    "relation-",
    "reliability-",
    "step-",
    "table-col-",
    "time-",
    "time-average-",
    "time-by-",
    "time-compare-",
    "time-compare-daily-",
    "time-peak-",
    "weekday-",
];

fn keys(lang: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(format!("assets/locales/{lang}.ftl"))).unwrap();
    let lines = text
        .lines()
        .filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase()));
    lines
        .filter_map(|l| l.split_once('='))
        .map(|(key, _)| key.trim().to_owned())
        .collect()
}

#[test]
fn every_text_asked_for_is_there() {
    let asked = [
        ("tr(", 1),
        ("tr_args(", 1),
        (".tr(", 0),
        (".tr_args(", 0),
        ("Problem::new(", 0),
        ("Problem::file(", 0),
        ("tally.add(", 0),
        ("has(", 1),
    ];
    let (english, spanish) = (keys("en"), keys("es"));
    let mut missing = Vec::new();
    let mut seen = 0;
    for source in sources() {
        let arguments = asked
            .iter()
            .flat_map(|(name, nth)| calls(&source.text, name, *nth));
        // Beside a `format!`, other literals are what it puts in.
        let keys = arguments.flat_map(|all| match all.iter().find(|l| l.contains('{')) {
            Some(pattern) => vec![pattern.clone()],
            None => all,
        });
        for key in keys {
            seen += 1;
            let there = match key.split_once('{') {
                // `{prefix}-{}`: one of those below, handed in.
                Some((prefix, _)) => prefix.is_empty() || PREFIXES.contains(&prefix),
                None => english.contains(&key) && spanish.contains(&key),
            };
            // Letters and dashes alone: other literals in such a place are not keys.
            if !there
                && (key.contains('{')
                    || key
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)))
            {
                missing.push(format!("{}: {key}", source.path));
            }
        }
    }
    assert!(
        seen > 200,
        "only {seen} found: the reader of calls is blind"
    );
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_text_is_used() {
    let written: BTreeSet<String> = sources().iter().flat_map(|s| literals(&s.text)).collect();
    let by_code = |key: &str| {
        PREFIXES
            .iter()
            .filter_map(|p| key.strip_prefix(p))
            .any(|code| written.contains(code) || code.parse::<u8>().is_ok())
    };
    let unused: Vec<String> = keys("en")
        .into_iter()
        .filter(|key| !written.contains(key) && !by_code(key))
        .collect();
    assert!(
        unused.is_empty(),
        "in the locale files, and nowhere in src: {unused:#?}"
    );
    let dead: Vec<&&str> = PREFIXES
        .iter()
        .filter(|p| !written.iter().any(|l| l.starts_with(&format!("{p}{{"))))
        .collect();
    assert!(dead.is_empty(), "no key is put together with {dead:?}");
}
