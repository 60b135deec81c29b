//! Workbooks made to do harm, or damaged on their way.

use super::hostile_binary::{ending, key, zipped};
use super::*;

const BOOK: &str = r#"<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn xlsx(rows: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    zipped(&[
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// Cells of text in the sheet itself.
fn row(number: u64, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|c| format!("<c t=\"inlineStr\"><is><t>{c}</t></is></c>"))
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

const HEADER: &[&str] = &["date", "lat", "lon"];
const SOUND: &[&str] = &["2025-02-03", "27.5", "-99.5"];

#[test]
fn a_small_workbook_is_read() {
    let sound = row(1, HEADER) + &row(2, SOUND) + &row(9, &["2025-02-03", "27.5"]);
    let (loaded, facts) = ending(&xlsx(&sound, "<sst/>"), ".xlsx").unwrap();
    assert_eq!(
        (loaded.incidents.len(), facts.layer.as_deref()),
        (1, Some("S"))
    );
    assert_eq!(loaded.reasons(), [(9, "no_position")]);
    // The content tells, not the name.
    assert!(ending(&xlsx(&sound, "<sst/>"), ".csv").is_ok());
}

#[test]
fn zips_that_are_no_workbook_say_what_they_hold() {
    let other = zipped(&[("hola.txt", b"hola"), ("../../etc/passwd", b"x")]);
    for extension in [".xlsx", ".ods", ".zip", ".csv"] {
        assert_eq!(key(&other, extension), "problem-zip-foreign");
    }
    let file = written(&other, ".xlsx");
    let message = load(file.path()).err().unwrap().message(Lang::En);
    assert!(message.contains("hola.txt"), "{message}");
    assert_eq!(key(b"PK\x03\x04zip", ".xlsx"), "problem-zip-damaged");
}

#[test]
fn bombs_are_stopped_while_they_are_counted() {
    let zeros = " ".repeat(300 << 20);
    let bomb = xlsx(
        &row(1, HEADER),
        &format!("<sst><si><t>{zeros}</t></si></sst>"),
    );
    assert!(bomb.len() < 1 << 20);
    assert_eq!(key(&bomb, ".xlsx"), "problem-zip-bomb");
    let bomb = xlsx(&format!("{}{zeros}", row(1, HEADER)), "<sst/>");
    assert_eq!(key(&bomb, ".xlsx"), "problem-zip-bomb");
    drop(zeros);
    // Many small texts take more room than they look: they are counted too.
    let many = xlsx(
        &row(1, HEADER),
        &format!("<sst>{}", "<si/>".repeat(9_000_000)),
    );
    assert!(["problem-zip-bomb", "problem-sheet-xml"].contains(&key(&many, ".xlsx")));
}

#[test]
fn sheets_that_lie_about_their_cells() {
    let far = r#"<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>"#;
    assert_eq!(
        key(&xlsx(far, "<sst/>"), ".xlsx"),
        "problem-columns-missing"
    );
    let header = row(1, HEADER);
    for (rows, expected) in [
        (
            r#"<row r="2"><c t="s"><v>99</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="2"><c t="s"><v>-1</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="1"><c t="str"><v>again</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="99999999999"><c t="str"><v>x</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="2"><c r="ZZZZZ2" t="str"><v>x</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="2"><c r="B2" t="str"><v>x</v></c><c r="A2" t="str"><v>x</v></c></row>"#,
            "problem-sheet-row",
        ),
        (
            r#"<row r="2"><c t="str"><v>x</w></c></row>"#,
            "problem-sheet-xml",
        ),
        (r#"<row r="2"><c t="str"><v>x"#, "problem-sheet-xml"),
    ] {
        assert_eq!(
            key(&xlsx(&(header.clone() + rows), "<sst/>"), ".xlsx"),
            expected,
            "{rows}"
        );
    }
    let deep = header.clone() + &"<a>".repeat(10_000);
    assert_eq!(key(&xlsx(&deep, "<sst/>"), ".xlsx"), "problem-sheet-xml");
    // Entities of its own are not looked up, however many they stand for.
    let lol = xlsx(
        &(header + &row(2, SOUND)),
        r#"<!DOCTYPE sst [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>"#,
    );
    assert_eq!(ending(&lol, ".xlsx").unwrap().0.incidents.len(), 1);
    let error = row(1, HEADER)
        + r#"<row r="2"><c t="e"><v>#N/A</v></c><c><v>27.5</v></c><c><v>-99.5</v></c></row>"#;
    let (loaded, _) = ending(&xlsx(&error, "<sst/>"), ".xlsx").unwrap();
    assert_eq!(loaded.reasons(), [(2, "no_date")]);
}

#[test]
fn a_workbook_cut_off_anywhere_ends() {
    let whole = std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats/own-openpyxl.xlsx"),
    )
    .unwrap();
    for at in (1..whole.len()).step_by(200) {
        assert!(ending(&whole[..at], ".xlsx").is_err(), "{at}");
    }
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"S\">\
         {rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

fn ods_row(repeated: &str, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|c| {
            format!("<table:table-cell office:value-type=\"string\"><text:p>{c}</text:p></table:table-cell>")
        })
        .collect();
    format!("<table:table-row {repeated}>{cells}</table:table-row>")
}

#[test]
fn rows_repeated_a_billion_times() {
    let header = ods_row("", HEADER);
    let empty = "<table:table-row table:number-rows-repeated=\"1000000000\">\
                 <table:table-cell table:number-columns-repeated=\"1000000000\"/></table:table-row>";
    let (loaded, _) = ending(
        &ods(&(header.clone() + &ods_row("", SOUND) + empty)),
        ".ods",
    )
    .unwrap();
    assert_eq!(loaded.incidents.len(), 1);
    let twice = ods_row("table:number-rows-repeated=\"2\"", SOUND);
    let (loaded, _) = ending(&ods(&(header.clone() + &twice)), ".ods").unwrap();
    assert_eq!(loaded.incidents.len(), 2);
    for rows in [
        ods_row("table:number-rows-repeated=\"1000000000\"", SOUND),
        ods_row("table:number-rows-repeated=\"99999999999999999999\"", SOUND) + &ods_row("", SOUND),
        empty.to_owned() + &ods_row("", SOUND),
        "<table:table-row><table:table-cell office:value-type=\"float\" office:value=\"1\" \
         table:number-columns-repeated=\"1000000000\"/></table:table-row>"
            .to_owned(),
    ] {
        let first = rows.contains("99999999999999999999");
        match ending(&ods(&(header.clone() + &rows)), ".ods") {
            Err(key) => assert_eq!(key, "problem-sheet-row", "{rows}"),
            // A number that is none counts once.
            Ok((loaded, _)) => assert!(first && loaded.incidents.len() == 2, "{rows}"),
        }
    }
}
