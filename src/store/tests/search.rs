//! Searching by the index and by the rows, held against the rule itself.

use super::*;
use crate::domain::filter::words;

const NEVER: &dyn Fn() -> bool = &|| false;

/// The same numbers each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const WORDS: [&str; 24] = [
    "León",
    "leones",
    "Leo\u{301}n",
    "NUEVO",
    "nuevamente",
    "cártel",
    "CARTEL",
    "car",
    "bomba",
    "bombas",
    "5",
    "57",
    "57mm",
    "año",
    "ano",
    "Łódź",
    "東京",
    "東",
    "naïve",
    "İstanbul",
    "straße",
    "co\u{fe0f}che",
    "½",
    "O'Brien",
];
const BETWEEN: [&str; 7] = [" ", ", ", "-", "\n", " \"", "* ", "'"];

fn phrase(dice: &mut Dice, words: usize) -> String {
    (0..words).fold(String::new(), |text, _| {
        text + dice.pick(&WORDS) + dice.pick(&BETWEEN)
    })
}

fn told(n: u64) -> Incident {
    let mut dice = Dice(n);
    let text = |dice: &mut Dice| LocalText {
        es: (dice.below(2) == 0).then(|| phrase(dice, 2)),
        text: phrase(dice, 3),
    };
    Incident {
        external_id: format!("MEX-{n}"),
        title: text(&mut dice),
        narrative: text(&mut dice),
        places: PlaceNames {
            place: phrase(&mut dice, 1),
            country: "México".to_owned(),
            ..PlaceNames::default()
        },
        side_a: vec![Actor::new(format!("Grupo {}", n % 5), ActorType::Unknown)],
        ..incident(n)
    }
}

/// The rule, word by word.
fn matches(i: &Incident, query: &str) -> bool {
    let es = |t: &LocalText| t.es.clone().unwrap_or_default();
    let mut texts = vec![
        i.external_id.clone(),
        i.title.text.clone(),
        es(&i.title),
        i.narrative.text.clone(),
        es(&i.narrative),
        i.places.place.clone(),
        i.places.country.clone(),
    ];
    texts.extend(i.side_a.iter().map(|a| a.name.clone()));
    let told: Vec<String> = texts.iter().flat_map(|t| words(t)).collect();
    let begins = |q: &String| told.iter().any(|w| w.starts_with(q.as_str()));
    words(query).iter().all(begins)
}

#[test]
fn a_thousand_queries_find_what_the_rule_says_with_and_without_the_index() {
    let (_folder, path) = case_of(0);
    let mut case = Case::open_for_writing(&path).unwrap();
    let mut writer = case.begin_import(&import("told.csv")).unwrap();
    (0..300).for_each(|n| _ = writer.incident(&told(n)).unwrap());
    writer.commit().unwrap();
    let mut dice = Dice(7);
    let queries: Vec<String> = (0..1_000)
        .map(|_| {
            let words = dice.below(3);
            let whole = phrase(&mut dice, words);
            let begun = dice.pick(&WORDS);
            let cut = begun.chars().take(1 + dice.below(4)).collect::<String>();
            whole + &cut
        })
        .chain(
            [
                "",
                " ",
                "\"",
                "*",
                "MEX",
                "mex 12",
                "grupo 3 leon",
                "AND",
                "OR NOT",
            ]
            .map(str::to_owned),
        )
        .collect();
    let expected = |query: &str| -> Vec<i64> {
        let rows = (0..300).filter(|n| matches(&told(*n), query));
        rows.map(|n| n as i64 + 1).collect()
    };
    let expected: Vec<Vec<i64>> = queries.iter().map(|q| expected(q)).collect();
    assert!(expected.iter().any(|found| (1..300).contains(&found.len())));
    for with_index in [false, true] {
        if with_index {
            assert!(case.build_search_index(|_| true).unwrap());
        }
        assert_eq!(case.search_is_ready().unwrap(), with_index);
        for (query, expected) in queries.iter().zip(&expected) {
            let found = case.search(query, NEVER).unwrap().unwrap();
            assert_eq!(found, *expected, "{query:?}, index: {with_index}");
        }
    }
}

#[test]
fn the_index_follows_new_rows_and_waits_for_changed_ones() {
    let (_folder, path) = case_of(5);
    let mut case = Case::open_for_writing(&path).unwrap();
    let build = |case: &mut Case| assert!(case.build_search_index(|_| true).unwrap());
    let load = |case: &mut Case, rows: std::ops::Range<u64>| {
        let mut writer = case.begin_import(&import("more.csv")).unwrap();
        rows.for_each(|n| _ = writer.incident(&told(n)).unwrap());
        writer.commit().unwrap();
    };
    let found = |case: &Case, query: &str| case.search(query, NEVER).unwrap().unwrap();
    build(&mut case);
    load(&mut case, 100..105);
    assert!(case.search_is_ready().unwrap());
    assert_eq!(found(&case, "mex 102"), [8]);
    assert_eq!(found(&case, "arrest"), [1, 2, 3, 4, 5]);
    // A row that changes takes old words along, which the index cannot forget.
    let mut writer = case.begin_import(&import("changed.csv")).unwrap();
    let changed = Incident {
        title: LocalText::new("Released"),
        ..incident(2)
    };
    assert_eq!(writer.incident(&changed).unwrap(), RowOutcome::Updated);
    writer.commit().unwrap();
    assert!(!case.search_is_ready().unwrap());
    assert_eq!(found(&case, "arrest"), [1, 2, 4, 5]);
    build(&mut case);
    assert_eq!(found(&case, "arrest"), [1, 2, 4, 5]);
    // And so does another program's edit.
    case.conn
        .execute_batch("UPDATE incident SET place = 'Laredo' WHERE id = 4")
        .unwrap();
    assert!(!case.search_is_ready().unwrap());
    assert_eq!(found(&case, "laredo"), [4]);
    drop(case);
    assert!(
        Case::open_read_only(&path)
            .unwrap()
            .check()
            .unwrap()
            .is_sound()
    );
}

#[test]
fn a_build_that_is_cancelled_leaves_no_trace() {
    let (_folder, path) = case_of(3_000);
    let before = std::fs::read(&path).unwrap();
    let mut case = Case::open_for_writing(&path).unwrap();
    assert!(!case.build_search_index(|rows| rows < 2_000).unwrap());
    assert!(case.search("arrest", &|| true).unwrap().is_none());
    drop(case);
    assert!(std::fs::read(&path).unwrap() == before);
}

#[test]
fn a_window_reads_on_while_the_index_is_built() {
    let (_folder, path) = case_of(3_000);
    let window = Case::open(&path).unwrap();
    let mut job = window.for_job().unwrap();
    let mut read = 0;
    let built = job.build_search_index(|_| {
        read += window.table_texts(&[1, 2, 99_999]).unwrap().len();
        true
    });
    assert!(built.unwrap() && read >= 4);
    drop(job);
    assert!(window.search_is_ready().unwrap());
    assert_eq!(window.search("arr", NEVER).unwrap().unwrap().len(), 3_000);
    drop(window);
    assert!(
        Case::open_read_only(&path)
            .unwrap()
            .search_is_ready()
            .unwrap()
    );
}

#[test]
fn a_table_gets_the_texts_of_its_rows() {
    let (_folder, path) = case_of(3);
    let case = Case::open_read_only(&path).unwrap();
    let rows = case.table_texts(&[3, 77, 1]).unwrap();
    let ids: Vec<(i64, &str, u64)> = rows
        .iter()
        .map(|r| (r.id, r.external_id.as_str(), r.line))
        .collect();
    assert_eq!(ids, [(3, "2", 2), (1, "0", 0)]);
    assert_eq!(
        (rows[0].file_name.as_str(), rows[0].title.as_str()),
        ("first.csv", "Arrest")
    );
    assert_eq!(rows[0].narrative.chars().count(), 200);
}

/// What an import leaves of the index is gone with it, also where the rows stay as they are.
#[test]
fn undoing_what_changed_no_row_takes_the_index_away_whole() {
    let (_folder, path) = case_of(300);
    let mut case = Case::open_for_writing(&path).unwrap();
    case.build_search_index(|_| true).unwrap();
    // No row of the incidents is touched.
    let mut writer = case.begin_import(&import("second.csv")).unwrap();
    writer.reject("", 1, "date", "x", "bad_date", "{}").unwrap();
    writer.commit().unwrap();
    case.undo_import(case.undoable(None).unwrap().id).unwrap();
    assert!(!case.search_is_ready().unwrap());
    assert_eq!(case.search("arr", NEVER).unwrap().unwrap().len(), 300);
    assert!(case.check().unwrap().is_sound());
    assert!(case.build_search_index(|_| true).unwrap());
    assert!(case.build_search_index(|_| true).unwrap());
    assert!(case.search_is_ready().unwrap());
}
