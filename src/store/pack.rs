//! R-tree nodes written in bulk: rows in the order of a Hilbert curve, every node full. SQLite puts
//! a row into a tree of a million in some 50 µs; this takes less than one.
//!
//! The format is that of SQLite's rtree module (<https://www.sqlite.org/rtree.html>, "Shadow
//! Tables"), big-endian: a node is the tree's depth (in node 1, the root; else 0) as u16, the number of its
//! cells as u16, then the cells of 24 bytes: row or child node as i64, min x, max x, min y, max y
//! as f32. What is left of the node is zero.

use rusqlite::{Connection, params};

/// `[min x, max x, min y, max y]`
pub(super) type Rect = [f32; 4];

const CELL_BYTES: usize = 24;
const ROOT: i64 = 1;

/// A row of the index, or a node of the level below.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    pub id: i64,
    pub rect: Rect,
}

impl Entry {
    pub(super) fn of_point(id: i64, x: f64, y: f64) -> Entry {
        Self::of_bounds(id, [x, x, y, y])
    }

    /// Rounded outward, as the rtree module does.
    pub(super) fn of_bounds(id: i64, [min_x, max_x, min_y, max_y]: [f64; 4]) -> Entry {
        let rect = [
            around(min_x).0,
            around(max_x).1,
            around(min_y).0,
            around(max_y).1,
        ];
        Entry { id, rect }
    }
}

/// The nearest 32-bit floats at or below, and at or above.
fn around(v: f64) -> (f32, f32) {
    let near = v as f32;
    let below = if f64::from(near) > v {
        near.next_down()
    } else {
        near
    };
    let above = if f64::from(near) < v {
        near.next_up()
    } else {
        near
    };
    (below, above)
}

/// Everything in the index of `table`, in no order.
pub(super) fn read(conn: &Connection, table: &str) -> rusqlite::Result<Vec<Entry>> {
    let sql = format!("SELECT id, minx, maxx, miny, maxy FROM \"rtree_{table}_geom\"");
    let mut statement = conn.prepare(&sql)?;
    let rows = statement.query_map([], |r| {
        let side = |i: usize| r.get::<_, f64>(i).map(|v| v as f32);
        Ok(Entry {
            id: r.get(0)?,
            rect: [side(1)?, side(2)?, side(3)?, side(4)?],
        })
    })?;
    rows.collect()
}

/// Replaces the whole index of `table` by `entries`, whose ids are unique. The connection has to
/// be let write to shadow tables.
pub(super) fn write(conn: &Connection, table: &str, entries: Vec<Entry>) -> rusqlite::Result<()> {
    let part = |suffix: &str| format!("\"rtree_{table}_geom_{suffix}\"");
    let (nodes, rows, parents) = (part("node"), part("rowid"), part("parent"));
    let node_bytes: i64 = conn.query_row(
        &format!("SELECT length(data) FROM {nodes} WHERE nodeno = {ROOT}"),
        [],
        |r| r.get(0),
    )?;
    let node_bytes = usize::try_from(node_bytes).unwrap_or(0);
    let fanout = node_bytes.saturating_sub(4) / CELL_BYTES;
    if fanout < 2 {
        return Err(rusqlite::Error::InvalidQuery);
    }
    for name in [&nodes, &rows, &parents] {
        conn.execute(&format!("DELETE FROM {name}"), [])?;
    }
    let mut add_node = conn.prepare(&format!(
        "INSERT INTO {nodes} (nodeno, data) VALUES (?1, ?2)"
    ))?;
    let mut add_parent = conn.prepare(&format!(
        "INSERT INTO {parents} (nodeno, parentnode) VALUES (?1, ?2)"
    ))?;
    let mut level = entries;
    sort_along_curve(&mut level);
    let mut leaf_of: Vec<(i64, i64)> = Vec::new();
    let (mut next_node, mut depth) = (ROOT + 1, 0_u16);
    while level.len() > fanout {
        let mut above = Vec::with_capacity(level.len().div_ceil(fanout));
        for cells in level.chunks(fanout) {
            let node = next_node;
            next_node += 1;
            add_node.execute(params![node, node_blob(0, cells, node_bytes)])?;
            for cell in cells {
                match depth {
                    0 => leaf_of.push((cell.id, node)),
                    _ => _ = add_parent.execute([cell.id, node])?,
                }
            }
            above.push(Entry {
                id: node,
                rect: union(cells),
            });
        }
        level = above;
        depth += 1;
    }
    add_node.execute(params![ROOT, node_blob(depth, &level, node_bytes)])?;
    for cell in &level {
        match depth {
            0 => leaf_of.push((cell.id, ROOT)),
            _ => _ = add_parent.execute([cell.id, ROOT])?,
        }
    }
    // In the order of its key the table only grows at its end.
    leaf_of.sort_unstable();
    write_pairs(conn, &rows, &leaf_of)
}

/// Many rows a statement: two thirds of the time of one each.
fn write_pairs(conn: &Connection, table: &str, pairs: &[(i64, i64)]) -> rusqlite::Result<()> {
    const AT_ONCE: usize = 128;
    let insert = |n: usize| {
        let values = vec!["(?,?)"; n].join(",");
        conn.prepare(&format!(
            "INSERT INTO {table} (rowid, nodeno) VALUES {values}"
        ))
    };
    let mut many = insert(AT_ONCE)?;
    let (full, rest) = pairs.as_chunks::<AT_ONCE>();
    for chunk in full {
        many.execute(rusqlite::params_from_iter(
            chunk.iter().flat_map(|(row, node)| [*row, *node]),
        ))?;
    }
    let mut one = insert(1)?;
    rest.iter()
        .try_for_each(|(row, node)| one.execute([row, node]).map(|_| ()))
}

fn node_blob(depth: u16, cells: &[Entry], node_bytes: usize) -> Vec<u8> {
    let mut blob = Vec::with_capacity(node_bytes);
    blob.extend(depth.to_be_bytes());
    blob.extend((cells.len() as u16).to_be_bytes());
    for cell in cells {
        blob.extend(cell.id.to_be_bytes());
        cell.rect.iter().for_each(|v| blob.extend(v.to_be_bytes()));
    }
    blob.resize(node_bytes, 0);
    blob
}

fn union(cells: &[Entry]) -> Rect {
    let none = [
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::INFINITY,
        f32::NEG_INFINITY,
    ];
    cells.iter().fold(none, |[x0, x1, y0, y1], cell| {
        let [a, b, c, d] = cell.rect;
        [x0.min(a), x1.max(b), y0.min(c), y1.max(d)]
    })
}

/// By the middle of each, on a curve that fills all of them; ids settle the rest, so that the same
/// rows give the same nodes.
fn sort_along_curve(entries: &mut [Entry]) {
    let [x0, x1, y0, y1] = union(entries);
    let cell = |low: f32, high: f32, of_low: f32, of_high: f32| {
        let share = ((low + high) / 2.0 - of_low) / (of_high - of_low).max(f32::MIN_POSITIVE);
        (share.clamp(0.0, 1.0) * f32::from(u16::MAX)) as u16
    };
    entries.sort_by_cached_key(|e| {
        let [a, b, c, d] = e.rect;
        (hilbert(cell(a, b, x0, x1), cell(c, d, y0, y1)), e.id)
    });
}

/// Distance along the Hilbert curve of order 16.
fn hilbert(x: u16, y: u16) -> u32 {
    let (mut x, mut y) = (u32::from(x), u32::from(y));
    let mut d = 0;
    let mut s = 1 << 15;
    while s > 0 {
        let (rx, ry) = (u32::from(x & s > 0), u32::from(y & s > 0));
        d += s * s * ((3 * rx) ^ ry);
        if ry == 0 {
            if rx == 1 {
                x = !x & 0xffff;
                y = !y & 0xffff;
            }
            std::mem::swap(&mut x, &mut y);
        }
        s >>= 1;
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Case;
    use rusqlite::config::DbConfig;

    /// Numbers that look random and are the same each time.
    fn spread(n: i64) -> impl Fn(i64) -> [f64; 2] {
        move |id| {
            let mixed = |salt: i64| (id * 7919 + salt).wrapping_mul(2_654_435_761) % 1_000_003;
            let share = |salt| mixed(salt) as f64 / 1_000_003.0;
            // The last tenth lies on few points.
            let share = |salt| {
                if id * 10 > n * 9 {
                    (share(salt) * 4.0).round() / 4.0
                } else {
                    share(salt)
                }
            };
            [share(1) * 360.0 - 180.0, share(2) * 180.0 - 90.0]
        }
    }

    fn packed_case(n: i64) -> (tempfile::TempDir, Case) {
        let folder = tempfile::tempdir().unwrap();
        let case = Case::create(&folder.path().join("case.gpkg")).unwrap();
        let at = spread(n);
        let entries = (1..=n).map(|id| Entry::of_point(id, at(id)[0], at(id)[1]));
        case.conn
            .set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)
            .unwrap();
        let tx = case.conn.unchecked_transaction().unwrap();
        write(&tx, "incident", entries.collect()).unwrap();
        tx.commit().unwrap();
        (folder, case)
    }

    fn verdict(case: &Case) -> String {
        let sql = "SELECT rtreecheck('rtree_incident_geom')";
        case.conn.query_row(sql, [], |r| r.get(0)).unwrap()
    }

    /// Ids whose boxes meet the window, by the index.
    fn found(case: &Case, [x0, x1, y0, y1]: [f64; 4]) -> Vec<i64> {
        let sql = "SELECT id FROM rtree_incident_geom WHERE maxx >= ?1 AND minx <= ?2 AND maxy >= ?3 AND miny <= ?4 ORDER BY id";
        let mut statement = case.conn.prepare(sql).unwrap();
        let rows = statement.query_map([x0, x1, y0, y1], |r| r.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    #[test]
    fn sqlite_finds_nothing_wrong_and_the_same_rows() {
        // One node, the first split, two full levels and one more, three levels.
        for n in [0, 1, 51, 52, 2601, 2602, 132_652] {
            let (_folder, case) = packed_case(n);
            assert_eq!(verdict(&case), "ok", "{n}");
            let mut entries = read(&case.conn, "incident").unwrap();
            entries.sort_by_key(|e| e.id);
            let at = spread(n);
            let expected = (1..=n).map(|id| Entry::of_point(id, at(id)[0], at(id)[1]));
            assert!(entries.iter().copied().eq(expected), "{n}");
            for window in [
                [-180.0, 180.0, -90.0, 90.0],
                [-100.0, -99.0, 20.0, 28.0],
                [0.0, 0.0, 0.0, 0.0],
                [-180.0, -179.5, -90.0, 90.0],
            ] {
                let [x0, x1, y0, y1] = window;
                let inside = |id: &i64| {
                    let [a, b, c, d] = Entry::of_point(*id, at(*id)[0], at(*id)[1])
                        .rect
                        .map(f64::from);
                    b >= x0 && a <= x1 && d >= y0 && c <= y1
                };
                let expected: Vec<i64> = (1..=n).filter(inside).collect();
                assert_eq!(found(&case, window), expected, "{n} {window:?}");
            }
        }
    }

    #[test]
    fn a_packed_index_goes_on_by_single_rows() {
        let (_folder, case) = packed_case(3_000);
        let run = |sql: &str| case.conn.execute_batch(sql).unwrap();
        run("INSERT INTO rtree_incident_geom VALUES (3001, 1.0, 1.0, 2.0, 2.0)");
        run("UPDATE rtree_incident_geom SET minx = 5, maxx = 5, miny = 6, maxy = 6 WHERE id = 17");
        run("DELETE FROM rtree_incident_geom WHERE id BETWEEN 100 AND 2000");
        assert_eq!(verdict(&case), "ok");
        assert_eq!(found(&case, [5.0, 5.0, 6.0, 6.0]), [17]);
        assert_eq!(found(&case, [1.0, 1.0, 2.0, 2.0]), [3001]);
        assert_eq!(
            found(&case, [-180.0, 180.0, -90.0, 90.0]).len(),
            3_001 - 1_901
        );
        // Packed again, it is the same rows.
        let entries = read(&case.conn, "incident").unwrap();
        write(&case.conn, "incident", entries).unwrap();
        assert_eq!(
            (verdict(&case).as_str(), found(&case, [5.0, 5.0, 6.0, 6.0])),
            ("ok", vec![17])
        );
    }

    #[test]
    fn boxes_are_those_that_sqlite_writes() {
        let (_folder, case) = packed_case(0);
        for (id, v) in [
            -99.513_245,
            27.475_891,
            0.1,
            -0.1,
            16_777_217.0,
            5e-324,
            -180.0,
        ]
        .into_iter()
        .enumerate()
        {
            let id = id as i64 + 1;
            let sql = "INSERT INTO rtree_incident_geom VALUES (?1, ?2, ?2, ?2, ?2)";
            case.conn.execute(sql, params![id, v]).unwrap();
            let theirs = read(&case.conn, "incident").unwrap();
            let theirs = theirs.iter().find(|e| e.id == id).unwrap();
            assert_eq!(theirs.rect, Entry::of_point(id, v, v).rect, "{v}");
        }
    }
}
