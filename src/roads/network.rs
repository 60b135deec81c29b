//! The roads as a graph: crossings and ends, and the stretches between them.

use crate::domain::area::{LonLat, flat_m, metres_per_degree, nearest_share};
use flate2::read::GzDecoder;
use petgraph::graph::{NodeIndex, UnGraph};
use std::collections::HashMap;
use std::io::Read;
use std::sync::LazyLock;

/// `RDS1`, then gzip of varints: see `write_network` in `data/basemap/roads.py`.
static PACKED: &[u8] = include_bytes!("../../assets/basemap/roads.bin");

/// Read with the first route that is asked for, not at start.
static NETWORK: LazyLock<Network> = LazyLock::new(|| {
    let mut bytes = Vec::new();
    // Our own file: a test reads it.
    let _ = GzDecoder::new(&PACKED[4..]).read_to_end(&mut bytes);
    Network::read(&bytes).unwrap_or_default()
});

/// What a road is, best first, as the packed file numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Motorway,
    Major,
    Secondary,
    Road,
}

impl Class {
    const ALL: [Class; 4] = [Class::Motorway, Class::Major, Class::Secondary, Class::Road];

    /// Metres a second that one gets along at, ours by rule of thumb: 100, 80, 70 and 50 km/h.
    const fn speed(self) -> f64 {
        match self {
            Class::Motorway => 27.8,
            Class::Major => 22.2,
            Class::Secondary => 19.4,
            Class::Road => 13.9,
        }
    }
}

/// A stretch of road between two crossings.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub points: Vec<LonLat>,
    pub class: Class,
    /// Place of its number in [`Network::numbers`].
    pub number: u32,
    pub length_m: f64,
}

impl Stretch {
    pub fn seconds(&self) -> f64 {
        self.length_m / self.class.speed()
    }
}

/// The fastest that one gets along anywhere, metres a second.
pub(super) const FASTEST: f64 = Class::Motorway.speed();

#[derive(Default)]
pub(super) struct Network {
    pub graph: UnGraph<LonLat, Stretch>,
    /// Numbers of roads as signs show them; the first is that of roads without.
    pub numbers: Vec<String>,
    /// Which part of the network a node is of: no road leads from one to another.
    pub part: Vec<u32>,
}

impl Network {
    pub fn built_in() -> &'static Network {
        &NETWORK
    }

    fn read(bytes: &[u8]) -> Option<Network> {
        let mut left = Varints(bytes);
        let numbers = (0..left.next()?)
            .map(|_| left.text())
            .collect::<Option<Vec<_>>>()?;
        let mut graph = UnGraph::default();
        let mut nodes: HashMap<(i64, i64), NodeIndex, foldhash::fast::RandomState> =
            HashMap::default();
        let (mut x, mut y) = (0, 0);
        for _ in 0..left.next()? {
            let class = *Class::ALL.get(usize::try_from(left.next()?).ok()?)?;
            let number = u32::try_from(left.next()?).ok()?;
            let count = usize::try_from(left.next()?).ok().filter(|n| *n >= 2)?;
            let mut points = Vec::new();
            let mut ends = Vec::new();
            for i in 0..count {
                x += left.signed()?;
                y += left.signed()?;
                let at = [x as f64 / 1e3, y as f64 / 1e3];
                points.push(at);
                if i == 0 || i + 1 == count {
                    ends.push(*nodes.entry((x, y)).or_insert_with(|| graph.add_node(at)));
                }
            }
            let length_m = points.windows(2).map(|leg| flat_m(leg[0], leg[1])).sum();
            let stretch = Stretch {
                points,
                class,
                number,
                length_m,
            };
            graph.add_edge(ends[0], ends[1], stretch);
        }
        let part = parts(&graph);
        Some(Network {
            graph,
            numbers,
            part,
        })
    }

    /// For each part of the network the place on its roads nearest to one, none further than `reach_m`.
    pub fn nearest(&self, at: LonLat, reach_m: f64) -> HashMap<u32, OnRoad> {
        let mut found: HashMap<u32, OnRoad> = HashMap::new();
        let [mx, my] = metres_per_degree(at[1]);
        let reach = [reach_m / mx, reach_m / my];
        for edge in self.graph.edge_indices() {
            let stretch = &self.graph[edge];
            let in_reach = |axis: usize| {
                let along = stretch.points.iter().map(|p| p[axis] - at[axis]);
                let (low, high) =
                    along.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
                low <= reach[axis] && high >= -reach[axis]
            };
            if !in_reach(1) || !in_reach(0) {
                continue;
            }
            let Some((from, _)) = self.graph.edge_endpoints(edge) else {
                continue;
            };
            let part = self.part[from.index()];
            for (leg, points) in stretch.points.windows(2).enumerate() {
                let (on, away_m) = nearest_on(at, [points[0], points[1]]);
                let is_nearer = found.get(&part).is_none_or(|best| away_m < best.away_m);
                if away_m <= reach_m && is_nearer {
                    let place = OnRoad {
                        edge: edge.index(),
                        leg,
                        at: on,
                        away_m,
                    };
                    found.insert(part, place);
                }
            }
        }
        found
    }
}

/// A place on a stretch of road.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnRoad {
    pub edge: usize,
    /// Which leg of the stretch it is on.
    pub leg: usize,
    pub at: LonLat,
    /// From the place asked for, metres.
    pub away_m: f64,
}

/// The nearest place on a leg, and how far away it is, metres; a leg is short enough to be flat.
fn nearest_on(at: LonLat, [a, b]: [LonLat; 2]) -> (LonLat, f64) {
    let [mx, my] = metres_per_degree(at[1]);
    let from = |p: LonLat| [(p[0] - at[0]) * mx, (p[1] - at[1]) * my];
    let t = nearest_share(from(a), from(b));
    let on = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
    (on, flat_m(at, on))
}

/// Numbers the parts that hang together.
fn parts(graph: &UnGraph<LonLat, Stretch>) -> Vec<u32> {
    let mut part = vec![u32::MAX; graph.node_count()];
    let mut next = 0;
    for start in graph.node_indices() {
        if part[start.index()] != u32::MAX {
            continue;
        }
        let mut open = vec![start];
        part[start.index()] = next;
        while let Some(node) = open.pop() {
            for other in graph.neighbors(node) {
                if part[other.index()] == u32::MAX {
                    part[other.index()] = next;
                    open.push(other);
                }
            }
        }
        next += 1;
    }
    part
}

/// LEB128 numbers from the front of some bytes.
struct Varints<'a>(&'a [u8]);

impl Varints<'_> {
    fn next(&mut self) -> Option<u64> {
        let mut n = 0;
        for shift in (0..63).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            n |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(n);
            }
        }
        None
    }

    fn signed(&mut self) -> Option<i64> {
        let n = self.next()?;
        Some((n >> 1).cast_signed() ^ -((n & 1).cast_signed()))
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.next()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_roads_read() {
        let network = Network::built_in();
        assert!(
            network.graph.edge_count() > 50_000,
            "{}",
            network.graph.edge_count()
        );
        for wanted in ["85", "85D", "57", "I-35"] {
            assert!(network.numbers.iter().any(|n| n == wanted), "{wanted}");
        }
        let stretches = network.graph.edge_weights();
        let soundly = |s: &Stretch| {
            s.length_m > 0.0 && (s.number as usize) < network.numbers.len() && s.points.len() >= 2
        };
        assert!(stretches.into_iter().all(soundly));
    }

    #[test]
    fn bytes_that_end_early_are_no_network() {
        let mut bytes = Vec::new();
        GzDecoder::new(&PACKED[4..])
            .take(2_000)
            .read_to_end(&mut bytes)
            .unwrap();
        for length in [0, 1, 10, 500, 2_000] {
            assert!(Network::read(&bytes[..length]).is_none(), "{length}");
        }
    }
}
