//! What a million incidents cost: `cargo bench --bench scale`. Prints one line a figure,
//! `name: value unit (limit n)`; what is over its limit is listed at the end. CPU time and memory are
//! those of whole processes, run as people run them. Steps of a frame are timed by the clock, as on
//! both cores of the machine: a busy one makes them look longer than they are.
//!
//! A build before is measured beside this one, in turn, where `ATALAYA_BENCH_BEFORE` names its program
//! and `ATALAYA_BENCH_CASE_BEFORE` a case that it made: what the program does is then told as a ratio.
//! `ATALAYA_BENCH_BIG` and `ATALAYA_BENCH_BIG_BEFORE` name such cases of ten million rows.
//!
//! Data: the file named by `ATALAYA_BENCH_DATA`, else one that is made once beside the build. Another
//! build of the program is measured with `ATALAYA_BENCH_PROGRAM`. Needs GNU time (Debian: time).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod desk;

use atalaya::session::Loaded;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ROWS: u32 = 1_000_000;

/// What one run of the program took.
struct Cost {
    cpu_s: f64,
    memory_mib: f64,
}

/// Lines printed and those over their limits.
#[derive(Default)]
struct Report {
    over: Vec<String>,
}

impl Report {
    fn line(&mut self, name: &str, value: f64, unit: &str, limit: f64) {
        println!("{name}: {value:.2} {unit} (limit {limit})");
        if value > limit {
            self.over.push(name.to_owned());
        }
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|a| a == "--window") {
        return window(Path::new(&args[at + 1]), &args[at + 2]);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut report = Report::default();
    // A case that is there already saves the import.
    let case = variable("CASE").unwrap_or_else(|| {
        let case = folder.path().join("million.gpkg");
        import_and_open(&mut report, &data(), &case);
        case
    });
    pages(&mut report, &case, folder.path());
    in_turn(
        "1M",
        Some(case.clone()),
        variable("CASE_BEFORE"),
        folder.path(),
    );
    let (big, big_before) = (variable("BIG"), variable("BIG_BEFORE"));
    in_turn("10M", big, big_before, folder.path());
    windows(&mut report, &case, folder.path());
    steps(&mut report, &case);
    if !report.over.is_empty() {
        println!("over the limit: {}", report.over.join(", "));
    }
}

/// The finished picture, by the program from start to end.
fn pages(report: &mut Report, case: &Path, folder: &Path) {
    let out = folder.join("million.png");
    let args = ["snapshot".as_ref(), case.as_os_str(), out.as_os_str()];
    let mut costs: Vec<f64> = (0..5).map(|_| run(&args).cpu_s).collect();
    costs.sort_by(f64::total_cmp);
    report.line("snapshot 1920x1080 of 1M", costs[2], "CPU-s", 0.8);
}

/// What the environment says of the bench.
fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(format!("ATALAYA_BENCH_{name}")).map(PathBuf::from)
}

/// What is asked of a case by this build and by the one before, in turn where there is one.
fn in_turn(rows: &str, case: Option<PathBuf>, case_before: Option<PathBuf>, folder: &Path) {
    let Some(case) = case else { return };
    let before = variable("BEFORE").zip(case_before);
    let out = folder.join("page.png");
    let asked: [(&str, Vec<&OsStr>); 4] = [
        ("snapshot", vec![out.as_os_str()]),
        ("count", vec!["--by".as_ref(), "year".as_ref()]),
        ("count", vec!["--by".as_ref(), "kind".as_ref()]),
        (
            "list",
            vec![
                "--from".as_ref(),
                "2020".as_ref(),
                "--limit".as_ref(),
                "20".as_ref(),
            ],
        ),
    ];
    for (command, flags) in asked {
        let cost = |program: &Path, case: &Path| {
            let args = [&[command.as_ref(), case.as_os_str()], &flags[..]].concat();
            run_with(program, &args)
        };
        let (mut now, mut then) = (Vec::new(), Vec::new());
        for _ in 0..5 {
            now.push(cost(&program(), &case));
            then.extend(before.as_ref().map(|(program, case)| cost(program, case)));
        }
        let told: Vec<String> = flags
            .iter()
            .map(|f| f.to_string_lossy().into_owned())
            .collect();
        let told = if command == "snapshot" {
            String::new()
        } else {
            told.join(" ")
        };
        let median = |costs: &[Cost], of: fn(&Cost) -> f64| {
            let mut values: Vec<f64> = costs.iter().map(of).collect();
            values.sort_by(f64::total_cmp);
            values[values.len() / 2]
        };
        let of: [fn(&Cost) -> f64; 2] = [|c| c.cpu_s, |c| c.memory_mib];
        let [cpu, memory] = of.map(|of| median(&now, of));
        print!("{command} {told} of {rows}: {cpu:.2} CPU-s, {memory:.0} MiB");
        if !then.is_empty() {
            let [cpu_then, memory_then] = of.map(|of| median(&then, of));
            let ratios = (cpu / cpu_then, memory / memory_then);
            print!(
                "; before {cpu_then:.2} CPU-s, {memory_then:.0} MiB: {:.2} x, {:.2} x",
                ratios.0, ratios.1
            );
        }
        println!();
    }
}

/// A process of its own with a window over a case: prints what was asked for.
fn window(case: &Path, what: &str) {
    let mut window = desk::window(case);
    match what {
        "open" => println!("{} {}", desk::cpu_s(), desk::resident_mib()),
        "idle" => println!("{}", desk::idle_frames(&mut window)),
        drag => {
            let both = drag.contains("both");
            let drag_of = if both {
                desk::Drag::Both
            } else {
                desk::Drag::End
            };
            let table = drag.contains("table");
            let times = desk::scrub(&mut window, 100, drag_of, table);
            let (median, p95) = desk::median_and_p95(times);
            println!("{median} {p95}");
        }
    }
}

/// What such a process says.
fn ask(case: &Path, what: &str) -> Vec<f64> {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg("--window")
        .arg(case)
        .arg(what)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let numbers = said.split_whitespace().map(|n| n.parse().unwrap());
    numbers.collect()
}

fn windows(report: &mut Report, case: &Path, folder: &Path) {
    let empty = folder.join("empty.gpkg");
    drop(atalaya::store::Case::create(&empty).unwrap());
    let (bare, full) = (ask(&empty, "open"), ask(case, "open"));
    report.line("open 1M to the first full frame", full[0], "CPU-s", 0.5);
    println!("the same with an empty case: {:.2} CPU-s", bare[0]);
    let beyond = full[1] - bare[1];
    report.line(
        "window memory of 1M beyond the empty window",
        beyond,
        "MiB",
        300.0,
    );
    report.line("idle window of 1M", ask(case, "idle")[0], "frames", 0.0);
    for (what, name) in [
        ("scrub", "whole window, a scrubbed frame of 1M"),
        ("scrub both", "the same with both ends moved"),
        (
            "scrub table",
            "the same with its end moved and the table open",
        ),
    ] {
        let frame = ask(case, what);
        println!("{name}: median {:.1} ms", frame[0]);
        report.line(&format!("{name}, p95"), frame[1], "ms", 33.0);
    }
}

/// Filter, counts, raster, triangles and picking, in this process.
fn steps(report: &mut Report, case: &Path) {
    let columns = Loaded::open_read_only(case).unwrap().columns;
    for (name, filter) in desk::filters(&columns) {
        let mut rows = Vec::new();
        let times = desk::timed(41, || desk::all_counts(&columns, &filter, &mut rows));
        let name = format!("filter and all panel counts of 1M, {name}");
        report.line(&name, desk::median_and_p95(times).0, "ms", 8.0);
    }
    let (median, p95) = desk::median_and_p95(desk::frames(&columns, 100));
    println!("a scrub frame of 1M: median {median:.1} ms");
    report.line("a scrub frame of 1M, p95", p95, "ms", 16.0);
    let (median, p95) = desk::median_and_p95(desk::picks(&columns));
    report.line("hover pick of 1M", median, "ms", 0.2);
    println!("the same, p95: {p95:.3} ms");
    let big = desk::ten_times(&columns);
    drop(columns);
    let (median, p95) = desk::median_and_p95(desk::frames(&big, 40));
    println!("a scrub frame of 10M: median {median:.1} ms");
    report.line("a scrub frame of 10M, p95", p95, "ms", 100.0);
}

fn import_and_open(report: &mut Report, data: &Path, case: &Path) {
    let import = run(&["import".as_ref(), case.as_os_str(), data.as_os_str()]);
    report.line("import 1M", import.cpu_s, "CPU-s", 15.0);
    report.line("import 1M memory", import.memory_mib, "MiB", 400.0);
    let bytes = std::fs::metadata(case).unwrap().len();
    report.line("case of 1M", bytes as f64 / 1e6, "MB", 1_300.0);
    let open = run(&["count".as_ref(), case.as_os_str()]);
    report.line("open 1M", open.cpu_s, "CPU-s", 0.5);
    report.line("open 1M memory", open.memory_mib, "MiB", 300.0);
    let again = run(&["import".as_ref(), case.as_os_str(), data.as_os_str()]);
    report.line("import 1M unchanged", again.cpu_s, "CPU-s", 20.0);
}

/// A file of a million rows in the columns of ACLED.
fn data() -> PathBuf {
    if let Some(given) = variable("DATA") {
        return given;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("acled1m.csv");
    if !file.exists() {
        // Under another name until it is whole.
        let half = file.with_extension("half");
        let made = Command::new("python3")
            .arg(root.join("benches/gen_acled.py"))
            .arg(ROWS.to_string())
            .arg(&half)
            .status();
        assert!(
            made.is_ok_and(|s| s.success()),
            "the data could not be made"
        );
        std::fs::rename(&half, &file).unwrap();
    }
    file
}

/// The program that is measured.
fn program() -> PathBuf {
    variable("PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_atalaya").into())
}

fn run(args: &[&OsStr]) -> Cost {
    run_with(&program(), args)
}

/// Runs a program to its end; what it prints goes nowhere.
fn run_with(program: &Path, args: &[&OsStr]) -> Cost {
    let output = Command::new("/usr/bin/time")
        .args(["-f", "%U %S %M"])
        .arg(program)
        .args(args)
        .stdout(Stdio::null())
        .output()
        .expect("GNU time is needed");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{args:?}: {said}");
    // User and system seconds, and the largest resident set in KiB.
    let numbers = said.lines().last().unwrap_or_default().split(' ');
    let numbers: Vec<f64> = numbers.map(|n| n.parse().expect(&said)).collect();
    Cost {
        cpu_s: numbers[0] + numbers[1],
        memory_mib: numbers[2] / 1024.0,
    }
}
