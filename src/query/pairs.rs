//! Who stands against whom: incidents in which two actors are on opposite sides.

use super::judge::CHUNK;
use crate::index::{Columns, NameId, Row, RowActor};
use rayon::prelude::*;

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    Actor(NameId),
    /// All that are not among the most frequent.
    Others,
}

/// How often the most frequent actors, and all others taken together, stand against each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// The most frequent actors with the incidents that name them; the most frequent first, by name
    /// where equal.
    pub top: Vec<(NameId, u32)>,
    /// Incidents that name any of the others, and how many others there are.
    pub others: (u32, u32),
    /// By line and column, `others` last: the incidents in which the two stand on opposite sides,
    /// each counted once. Symmetric; on the diagonal those in which one stands on both.
    cells: Vec<u32>,
}

impl Pairs {
    /// Of these rows, for the `most` most frequent actors.
    #[must_use]
    pub fn of(columns: &Columns, rows: &[Row], most: usize) -> Pairs {
        let named = named(columns, rows);
        let mut top: Vec<(NameId, u32)> = named
            .iter()
            .enumerate()
            .filter(|(_, n)| **n > 0)
            .map(|(id, n)| (NameId(id as u32), *n))
            .collect();
        let all = top.len();
        let name = |id: NameId| columns.actors.get(id);
        let order = |a: &(NameId, u32), b: &(NameId, u32)| {
            b.1.cmp(&a.1).then_with(|| name(a.0).cmp(name(b.0)))
        };
        if most < all {
            top.select_nth_unstable_by(most, order);
            top.truncate(most);
        }
        top.sort_unstable_by(order);
        let lines = Lines::new(columns, &top);
        let (cells, others) = count(columns, rows, &lines);
        let others = (others, (all - top.len()) as u32);
        Pairs { top, others, cells }
    }

    /// Lines of the table: the top and, where there are any, the others.
    #[must_use]
    pub fn lines(&self) -> Vec<Who> {
        let top = self.top.iter().map(|(id, _)| Who::Actor(*id));
        top.chain((self.others.1 > 0).then_some(Who::Others))
            .collect()
    }

    /// Incidents of a cell, by the numbers of its lines in [`Pairs::lines`].
    #[must_use]
    pub fn cell(&self, line: usize, column: usize) -> u32 {
        let width = self.top.len() + 1;
        self.cells
            .get(line * width + column)
            .copied()
            .unwrap_or_default()
    }

    /// Those of `rows` that a cell counts.
    #[must_use]
    pub fn rows_of(&self, columns: &Columns, rows: &[Row], a: Who, b: Who) -> Vec<Row> {
        let lines = Lines::new(columns, &self.top);
        let (a, b) = (lines.line(a), lines.line(b));
        let is_counted = |row: &&Row| {
            let mut found = false;
            opposed(columns.actors_of(**row), |x, y| {
                let (x, y) = (lines.of(x), lines.of(y));
                found |= (x, y) == (a, b) || (x, y) == (b, a);
            });
            found
        };
        rows.par_iter().filter(is_counted).copied().collect()
    }

    /// Those of `rows` that name an actor, or any of the others.
    #[must_use]
    pub fn rows_naming(&self, columns: &Columns, rows: &[Row], who: Who) -> Vec<Row> {
        let lines = Lines::new(columns, &self.top);
        let line = lines.line(who);
        let names = |row: &&Row| {
            let mut actors = columns.actors_of(**row).iter();
            actors.any(|a| lines.of(a.actor()) == line)
        };
        rows.par_iter().filter(names).copied().collect()
    }
}

/// The line of each actor.
struct Lines {
    /// By actor id.
    of: Vec<u16>,
    others: u16,
}

impl Lines {
    fn new(columns: &Columns, top: &[(NameId, u32)]) -> Lines {
        let others = top.len() as u16;
        let mut of = vec![others; columns.actors.len()];
        for (line, (id, _)) in top.iter().enumerate() {
            of[id.0 as usize] = line as u16;
        }
        Lines { of, others }
    }

    fn of(&self, actor: NameId) -> u16 {
        self.of[actor.0 as usize]
    }

    fn line(&self, who: Who) -> u16 {
        match who {
            Who::Actor(id) => self.of(id),
            Who::Others => self.others,
        }
    }
}

/// Every two of a row's actors of which one stands on the first side and the other on the second;
/// an actor that stands on both is against itself.
fn opposed(actors: &[RowActor], mut found: impl FnMut(NameId, NameId)) {
    for (i, x) in actors.iter().enumerate() {
        for y in &actors[i..] {
            if (x.on_a() && y.on_b()) || (x.on_b() && y.on_a()) {
                found(x.actor(), y.actor());
            }
        }
    }
}

fn plus(mut a: Vec<u32>, b: Vec<u32>) -> Vec<u32> {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    a
}

/// Pieces of the rows, one a thread: their tables are bigger than what a small piece costs.
fn shares(rows: &[Row]) -> impl IndexedParallelIterator<Item = &[Row]> {
    let threads = rayon::current_num_threads().max(1);
    rows.par_chunks(rows.len().div_ceil(threads).max(CHUNK))
}

/// By actor id: the incidents that name it.
fn named(columns: &Columns, rows: &[Row]) -> Vec<u32> {
    let of_share = |rows: &[Row]| {
        let mut named = vec![0; columns.actors.len()];
        for row in rows {
            for actor in columns.actors_of(*row) {
                named[actor.actor().0 as usize] += 1;
            }
        }
        named
    };
    let counted = shares(rows).map(of_share).reduce_with(plus);
    counted.unwrap_or_default()
}

/// The cells, and the incidents that name any of the others.
fn count(columns: &Columns, rows: &[Row], lines: &Lines) -> (Vec<u32>, u32) {
    let width = usize::from(lines.others) + 1;
    let of_share = |rows: &[Row]| {
        let mut cells = vec![0; width * width];
        let mut others = 0;
        // Of one row: some actors share a line, and a row counts once.
        let mut seen: Vec<usize> = Vec::new();
        for row in rows {
            let actors = columns.actors_of(*row);
            others += u32::from(actors.iter().any(|a| lines.of(a.actor()) == lines.others));
            seen.clear();
            opposed(actors, |x, y| {
                let (x, y) = (usize::from(lines.of(x)), usize::from(lines.of(y)));
                let cell = x.min(y) * width + x.max(y);
                if !seen.contains(&cell) {
                    seen.push(cell);
                }
            });
            for cell in &seen {
                cells[*cell] += 1;
            }
        }
        (cells, others)
    };
    let counted = shares(rows).map(of_share);
    let all = counted.reduce_with(|a, b| (plus(a.0, b.0), a.1 + b.1));
    let (mut cells, others) = all.unwrap_or_else(|| (vec![0; width * width], 0));
    for line in 0..width {
        for column in 0..line {
            cells[line * width + column] = cells[column * width + line];
        }
    }
    (cells, others)
}
