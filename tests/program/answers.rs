//! What the program says: no foreign text in it acts on the terminal that shows it, programs are given it as
//! it is, and JSON says all that the text says.

use crate::common::*;
use tempfile::TempDir;

// --- foreign text -----------------------------------------------------------------------------

/// An escape of its own, the clipboard, the title of the terminal, going back over the line, a line that
/// looks like ours, order reversed, text that is hidden.
const HOSTILE: &str = "x\u{1b}[2J\u{1b}]52;c;eA==\u{7}\u{9b}31m\u{8}\rok\natalaya: all is well\t\u{202e}txe\u{2066}\u{200f}\u{200b}\u{2028}\u{7f}\u{feff}y";

/// What of a text acts on a terminal, but for ends of lines.
fn acts(text: &str) -> Option<char> {
    text.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(*c, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{feff}')
    })
}

/// A case in which all that is text is hostile, from a file whose name is.
#[cfg(unix)]
fn hostile() -> (TempDir, String) {
    let folder = folder();
    let name = format!("{}.csv", HOSTILE.replace('/', ""));
    let quoted = format!("\"{HOSTILE}\"");
    let table = |title: &str, rows: &str| {
        // Mostly text, or the file is taken for one of bytes.
        let plain: String = (10..200)
            .map(|i| format!("{i},2025-02-05,27.5,-99.5,murder,Plain words,b,c,d,e,f,g\n"))
            .collect();
        format!(
            "id,date,lat,lon,kind,title,place,admin1,actor1,actor2,narrative,{quoted}\n\
             1,2025-02-03,27.5,-99.5,{quoted},{title},{quoted},{quoted},{quoted},{quoted},{quoted},{quoted}\n\
             {quoted},2025-02-04,27.5,-99.5,murder,{title},b,c,d,e,f,g\n{rows}{plain}"
        )
    };
    let bad = format!("2,{quoted},27.5,-99.5,murder,t,b,c,d,e,f,g\n");
    write(&folder, &name, table(&quoted, &bad));
    let dataset = ["--dataset", HOSTILE];
    let first = run(
        &folder,
        &[&["import", "case.gpkg", &name][..], &dataset].concat(),
    );
    assert!(first.status.success(), "{}", said(&first));
    assert_eq!(acts(std::str::from_utf8(&first.stdout).unwrap()), None);
    // Once more with other titles, so that rows were revised.
    write(&folder, &name, table(&format!("\"{HOSTILE} again\""), &bad));
    let second = run(
        &folder,
        &[&["import", "case.gpkg", &name][..], &dataset].concat(),
    );
    assert!(second.status.success(), "{}", said(&second));
    (folder, name)
}

/// Commands whose answers hold foreign text, with how they end. `HOSTILE` stands for that text and `FILE` for
/// the file of that name.
const TOLD: [(&str, i32); 24] = [
    ("list case.gpkg", 0),
    ("count case.gpkg --by actor --by admin1 --by dataset", 0),
    ("check case.gpkg", 0),
    ("changes case.gpkg --since 2020", 0),
    ("duplicates case.gpkg --all", 0),
    ("undo case.gpkg", 0),
    ("import case.gpkg FILE --dry-run", 0),
    ("import case.gpkg FILE --dry-run --json", 0),
    ("import new.gpkg FILE --dataset HOSTILE", 0),
    ("undo new.gpkg --yes", 0),
    ("list case.gpkg --format json", 0),
    ("check case.gpkg --format json", 0),
    ("changes case.gpkg --since 2020 --format json", 0),
    ("count HOSTILE.gpkg", 1),
    ("count FILE", 1),
    ("list case.gpkg --kind HOSTILE", 1),
    ("list case.gpkg --admin HOSTILE --actor nobody", 1),
    ("list case.gpkg --dataset none", 1),
    ("import case.gpkg FILE --map start=HOSTILE", 1),
    ("import case.gpkg FILE --template HOSTILE", 1),
    ("snapshot case.gpkg HOSTILE", 1),
    ("list case.gpkg --format HOSTILE", 2),
    ("import case.gpkg FILE --HOSTILE", 2),
    ("snapshot case.gpkg a.png --size HOSTILE", 2),
];

#[cfg(unix)]
#[test]
fn foreign_text_does_not_reach_the_terminal() {
    let (folder, file) = hostile();
    for (line, code) in TOLD {
        let words = line.split(' ');
        let words = words.map(|w| w.replace("HOSTILE", HOSTILE).replace("FILE", &file));
        let words: Vec<String> = words.collect();
        let args: Vec<&str> = words.iter().map(String::as_str).collect();
        for lang in ["en", "es"] {
            if line.starts_with("import new.gpkg") {
                let _ = std::fs::remove_file(folder.path().join("new.gpkg"));
            }
            if line.starts_with("undo new.gpkg") {
                run(&folder, &["import", "new.gpkg", &file]);
            }
            let output = run(&folder, &[&args[..], &["--lang", lang]].concat());
            assert_eq!(
                output.status.code(),
                Some(code),
                "{line}: {}",
                said(&output)
            );
            for text in [said(&output), String::from_utf8(output.stdout).unwrap()] {
                assert_eq!(acts(&text), None, "{line}: {text:?}");
                // No line is made by the text.
                let mut lines = text.lines();
                assert!(
                    !lines.any(|l| l.starts_with("atalaya: all is well")),
                    "{line}: {text}"
                );
            }
        }
    }
}

/// What goes to a program stays what it is.
#[cfg(unix)]
#[test]
fn programs_are_given_foreign_text_as_it_is() {
    let (folder, _) = hostile();
    let title = format!("{HOSTILE} again");
    let list = |format: &str| {
        let output = run(&folder, &["list", "case.gpkg", "--format", format]);
        String::from_utf8(output.stdout).unwrap()
    };
    let rows: serde_json::Value = serde_json::from_str(&list("json")).unwrap();
    let csv = list("csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = reader
        .headers()
        .unwrap()
        .iter()
        .position(|h| h == "title")
        .unwrap();
    let titles: Vec<String> = reader
        .records()
        .map(|r| r.unwrap()[at].to_owned())
        .collect();
    assert_eq!(titles.len(), 192);
    // The first two days are the hostile ones.
    let titles = &titles[..2];
    for (row, in_csv) in rows.as_array().unwrap().iter().zip(titles) {
        assert_eq!(row["title"], *in_csv);
        assert!(
            in_csv.contains('\u{1b}') && in_csv.contains('\u{202e}'),
            "{in_csv:?}"
        );
        assert_eq!(
            in_csv.split_whitespace().collect::<String>(),
            title.split_whitespace().collect::<String>()
        );
    }
    let rejects = run(&folder, &["rejects", "case.gpkg", "-"]);
    let rejects = String::from_utf8(rejects.stdout).unwrap();
    assert!(rejects.contains("\u{1b}]52;c;eA=="), "{rejects:?}");
}

// --- JSON -------------------------------------------------------------------------------------

/// Every sentence that an import says is in its JSON, with a code that no language changes.
#[test]
fn the_json_of_an_import_says_all_that_its_text_says() {
    let folder = folder();
    let file = folder.path().join("ambiguous.csv");
    let mut bytes = b"id,date,lat,lon,tipo,t\xedtulo,fecha_registro\n".to_vec();
    for i in 0..1_200 {
        bytes.extend(format!("{i},3/2/2025,27.5,-99.5,Ponchallantas,Caf").bytes());
        bytes.extend(b"\xe9,5/2/2025\n");
    }
    bytes.extend(b"bad,30/2/2025,27.5,-99.5,x,y,5/2/2025\nworse,,27.5,-99.5,x,y,\n");
    std::fs::write(&file, bytes).unwrap();
    for (lang, dry) in [("en", false), ("es", false), ("en", true), ("es", true)] {
        let import = |more: &[&str]| {
            let case = folder.path().join("case.gpkg");
            let _ = std::fs::remove_file(&case);
            let mut command = atalaya();
            command
                .arg("import")
                .arg(case)
                .arg(&file)
                .args(["--lang", lang])
                .args(more);
            command.args(dry.then_some("--dry-run"));
            command
        };
        let text = stdout(&mut import(&[]));
        let answer = json(&mut import(&["--json"]));
        let notes = answer["notes"].as_array().unwrap();
        let groups = answer["reject_groups"].as_array().unwrap();
        let told = |line: &str| {
            notes.iter().any(|n| n["text"] == line)
                || groups.iter().any(|g| {
                    line.contains(g["message"].as_str().unwrap())
                        && line.contains(g["remedy"].as_str().unwrap())
                })
        };
        // What is read how is told before, where that was asked for; either begins at the left.
        let at = text
            .match_indices('\n')
            .filter(|(at, _)| !text[at + 1..].starts_with(' '));
        let begins: Vec<usize> = at.map(|(at, _)| at + 1).collect();
        let (reading, report) = text.split_at(if dry { begins[0] } else { 0 });
        let lines: Vec<&str> = report.lines().skip(1).map(str::trim).collect();
        assert!(
            lines.len() >= notes.len() + groups.len() && notes.len() >= 3,
            "{text}"
        );
        assert!(lines.iter().all(|line| told(line)), "{text}\n{answer:#}");
        let of = |code: &str| notes.iter().find(|n| n["code"] == code).unwrap();
        assert_eq!(
            of("note-encoding-guessed")["values"]["encoding"],
            "windows-1252"
        );
        assert_eq!(of("note-unknown-kinds")["values"]["n"], 1_200);
        assert!(
            of("note-unknown-kinds")["values"]["words"]
                .as_str()
                .unwrap()
                .contains("Ponchallantas")
        );
        assert_eq!(
            (&answer["added"], &answer["rejected"]),
            (&1_200.into(), &2.into())
        );
        if dry {
            let seen = &answer["reading"];
            for value in [&seen["reason"]["text"], &seen["encoding"], &seen["profile"]] {
                assert!(
                    reading.contains(value.as_str().unwrap()),
                    "{value} {reading}"
                );
            }
            for name in seen["extra"].as_array().unwrap() {
                assert!(reading.contains(name.as_str().unwrap()), "{name} {reading}");
            }
        }
    }
}

/// A delivery that changed nothing is in the text, and so in what programs are given.
#[test]
fn every_delivery_is_in_the_answer_of_changes() {
    let folder = folder();
    let case = folder.path().join("case.gpkg");
    for (name, titles) in [("a.csv", "t"), ("b.csv", "t")] {
        let text = format!(
            "id,date,lat,lon,title\n1,2025-02-03,27.5,-99.5,{titles}\n{}",
            if name == "b.csv" {
                "2,x,27.5,-99.5,t\n"
            } else {
                ""
            }
        );
        let file = write(&folder, name, text);
        stdout(
            atalaya()
                .arg("import")
                .arg(&case)
                .arg(file)
                .args(["--dataset", "one"]),
        );
    }
    let changes = |format: &str| {
        let mut command = atalaya();
        command
            .arg("changes")
            .arg(&case)
            .args(["--since", "2020", "--format", format]);
        command
    };
    let text = stdout(&mut changes("table"));
    assert!(
        text.contains("a.csv into one") && text.contains("b.csv into one"),
        "{text}"
    );
    let answer = json(&mut changes("json"));
    let told: Vec<[&str; 3]> = answer
        .as_array()
        .unwrap()
        .iter()
        .map(|row| ["file", "dataset", "change"].map(|key| row[key].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [["a.csv", "one", "added"], ["b.csv", "one", "unchanged"]]
    );
}
