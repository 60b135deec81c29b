//! Pages that hold no row any more. What was deleted is overwritten with zeros; cases from before that,
//! and edits by other programs, may have left it in the file.
//!
//! The list of free pages is that of the SQLite file format (<https://www.sqlite.org/fileformat2.html>,
//! "The Freelist"): trunk pages, each with the number of the next one, a count, and the numbers of free
//! leaves, as big-endian u32.

use super::report::CheckReport;
use crate::store::file::{CaseFile, be_u32};
use rusqlite::Connection;

pub(super) fn look(
    conn: &Connection,
    file: &CaseFile,
    report: &mut CheckReport,
) -> rusqlite::Result<()> {
    let number = |sql: &str| conn.query_row(sql, [], |r| r.get::<_, i64>(0));
    let pages = number("PRAGMA page_count")?.cast_unsigned();
    let bytes = usize::try_from(number("PRAGMA page_size")?).unwrap_or(4096);
    let page = |n: u64| -> Option<Vec<u8>> {
        (1..=pages).contains(&n).then_some(())?;
        let mut page = vec![0; bytes];
        file.read_exact_at(&mut page, (n - 1) * bytes as u64).ok()?;
        Some(page)
    };
    let mut with_content = 0_u64;
    let mut free = 0_u64;
    let mut next = page(1).map_or(0, |head| word(&head, 32));
    // A list that goes round ends with the pages there are.
    while next != 0 && free <= pages {
        let Some(trunk) = page(next) else { break };
        let leaves = word(&trunk, 4).min(bytes as u64 / 4 - 2);
        free += 1 + leaves;
        // Numbers of earlier leaves may be left behind the list; words are bigger numbers than any page.
        let is_number = |at: usize| word(&trunk, at) <= pages;
        with_content += u64::from(!(8..bytes / 4 * 4).step_by(4).all(is_number));
        for leaf in 0..leaves as usize {
            let content = page(word(&trunk, 8 + 4 * leaf));
            with_content += u64::from(content.is_some_and(|page| page.iter().any(|b| *b != 0)));
        }
        next = word(&trunk, 0);
    }
    report.add("free-pages", with_content == 0, with_content);
    Ok(())
}

fn word(page: &[u8], at: usize) -> u64 {
    be_u32(page.get(at..at + 4).unwrap_or_default()).into()
}
