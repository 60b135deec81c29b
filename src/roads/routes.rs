//! The fastest way between two places along the roads, and others worth a look.

use super::network::{FASTEST, Network, OnRoad, Stretch};
use crate::domain::area::{LonLat, flat_m};
use crate::domain::measure::distance_m;
use crate::gazetteer;
use crate::locale::Problem;
use petgraph::algo::astar;
use petgraph::graph::{EdgeIndex, NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, HashSet};

/// So many ways are offered at most.
const MOST_ROUTES: usize = 3;
/// A place further than this from every road has none. The built-in ones leave out many that lead to small towns.
const REACH_M: f64 = 80_000.0;
/// What was driven on before costs so much more when another way is looked for.
const AGAIN: f64 = 3.0;
/// But not this near to its ends, where there may be one road only.
const ENDS_M: f64 = 15_000.0;
/// Another way takes at most so much longer, and shares at most so much with those before.
const SLOWER: f64 = 1.6;
const SHARED: f64 = 0.6;

/// What is straight of a way, metres, is worth a word from here on: the middle of a town is never just on a road.
pub const OFF_ROAD_M: f64 = 5_000.0;

/// One way along the roads.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// From the first place to the second; both lie on it.
    pub line: Vec<LonLat>,
    pub length_m: f64,
    /// Of it, straight from the places to the nearest built-in road and no road that is known.
    pub off_road_m: f64,
    /// Numbers of its roads in their order, without those of short stretches.
    pub numbers: Vec<String>,
    /// The largest town on it that the other ways leave out; empty where there is none.
    pub by: String,
}

/// Ways between two places, the fastest first; through more places the fastest alone.
///
/// # Errors
/// A place lies far from every road, or no road leads from one to the next.
pub fn ways(stops: &[LonLat]) -> Result<Vec<Way>, Problem> {
    let [from, to] = stops else {
        return through(stops).map(|way| vec![way]);
    };
    let mut search = Search::between(*from, *to)?;
    let mut found: Vec<Found> = Vec::new();
    let mut seconds_of_best = f64::MAX;
    for _ in 0..2 * MOST_ROUTES {
        let Some(next) = search.fastest() else {
            break;
        };
        if found.is_empty() {
            seconds_of_best = next.seconds;
        }
        let is_new = found.iter().all(|known| next.shares_with(known) <= SHARED);
        search.avoid(&next);
        if is_new && next.seconds <= SLOWER * seconds_of_best {
            found.push(next);
        }
        if found.len() == MOST_ROUTES {
            break;
        }
    }
    if found.is_empty() {
        return Err(Problem::new(text!("problem-along-none")));
    }
    let mut ways: Vec<Way> = found
        .iter()
        .map(|found| search.way(found, [*from, *to]))
        .collect();
    name(&mut ways);
    Ok(ways)
}

fn through(stops: &[LonLat]) -> Result<Way, Problem> {
    let mut whole: Option<Way> = None;
    for leg in stops.windows(2) {
        let search = Search::between(leg[0], leg[1])?;
        let Some(found) = search.fastest() else {
            continue;
        };
        let next = search.way(&found, [leg[0], leg[1]]);
        match &mut whole {
            None => whole = Some(next),
            Some(way) => {
                way.line.extend(next.line.into_iter().skip(1));
                way.length_m += next.length_m;
                way.off_road_m += next.off_road_m;
                way.numbers.extend(next.numbers);
                way.numbers.dedup();
            }
        }
    }
    whole.ok_or_else(|| Problem::new(text!("problem-along-none")))
}

/// A way as the edges that it takes.
struct Found {
    nodes: Vec<NodeIndex>,
    edges: Vec<EdgeIndex>,
    lengths: Vec<f64>,
    seconds: f64,
}

impl Found {
    /// The share of its length that another has too.
    fn shares_with(&self, other: &Found) -> f64 {
        let others: HashSet<EdgeIndex> = other.edges.iter().copied().collect();
        let edges = self.edges.iter().zip(&self.lengths);
        let both: f64 = edges
            .filter(|(edge, _)| others.contains(edge))
            .map(|(_, m)| m)
            .sum();
        both / self.lengths.iter().sum::<f64>().max(1.0)
    }
}

/// The network with two places set on its roads.
struct Search {
    graph: UnGraph<LonLat, Stretch>,
    from: NodeIndex,
    to: NodeIndex,
    off_road_m: f64,
    used: HashSet<EdgeIndex>,
}

impl Search {
    fn between(from: LonLat, to: LonLat) -> Result<Search, Problem> {
        let network = Network::built_in();
        let [starts, ends] = [from, to].map(|at| network.nearest(at, REACH_M));
        for (at, near) in [(from, &starts), (to, &ends)] {
            if near.is_empty() {
                return Err(Problem::new(text!(
                    "problem-along-far",
                    place = format!("{:.3}, {:.3}", at[1], at[0]),
                    km = REACH_M / 1e3
                )));
            }
        }
        let both = starts
            .iter()
            .filter_map(|(part, start)| Some((start, ends.get(part)?)));
        let nearest =
            both.min_by(|a, b| (a.0.away_m + a.1.away_m).total_cmp(&(b.0.away_m + b.1.away_m)));
        let (start, end) = nearest.ok_or_else(|| Problem::new(text!("problem-along-none")))?;
        let mut graph = network.graph.clone();
        let [from, to] = [start, end].map(|on| set(&mut graph, on));
        if start.edge == end.edge {
            join(&mut graph, start, end, [from, to]);
        }
        Ok(Search {
            graph,
            from,
            to,
            off_road_m: start.away_m + end.away_m,
            used: HashSet::new(),
        })
    }

    /// Counts the roads of a way as slower from now on.
    fn avoid(&mut self, found: &Found) {
        let ends = [self.from, self.to].map(|end| self.graph[end]);
        let is_far = |node: NodeIndex| {
            let at = self.graph[node];
            ends.iter().all(|end| distance_m(*end, at) > ENDS_M)
        };
        let nodes = found.nodes.windows(2).zip(&found.edges);
        let far = nodes.filter(|(pair, _)| is_far(pair[0]) && is_far(pair[1]));
        self.used.extend(far.map(|(_, edge)| *edge));
    }

    /// The fastest way, where roads used before count as slower.
    fn fastest(&self) -> Option<Found> {
        let goal = self.graph[self.to];
        let cost = |stretch: &Stretch, edge: EdgeIndex| match self.used.contains(&edge) {
            true => stretch.seconds() * AGAIN,
            false => stretch.seconds(),
        };
        let (_, nodes) = astar(
            &self.graph,
            self.from,
            |node| node == self.to,
            |edge| cost(edge.weight(), edge.id()),
            // Lengths of legs are flat, and so up to 1 % off.
            |node| 0.98 * distance_m(self.graph[node], goal) / FASTEST,
        )?;
        let edges: Vec<EdgeIndex> = nodes
            .windows(2)
            .filter_map(|pair| {
                let between = self.graph.edges_connecting(pair[0], pair[1]);
                let fastest = between
                    .min_by(|a, b| cost(a.weight(), a.id()).total_cmp(&cost(b.weight(), b.id())))?;
                Some(fastest.id())
            })
            .collect();
        let stretches = edges.iter().map(|edge| &self.graph[*edge]);
        Some(Found {
            lengths: stretches.clone().map(|s| s.length_m).collect(),
            seconds: stretches.map(Stretch::seconds).sum(),
            nodes,
            edges,
        })
    }

    fn way(&self, found: &Found, [from, to]: [LonLat; 2]) -> Way {
        let mut line = vec![from];
        let mut spans: Vec<(u32, f64)> = Vec::new();
        for (edge, node) in found.edges.iter().zip(&found.nodes) {
            let stretch = &self.graph[*edge];
            let forward = self.graph[*node] == stretch.points[0];
            let points = stretch.points.iter().copied();
            match forward {
                true => line.extend(points),
                false => line.extend(points.rev()),
            }
            match spans
                .last_mut()
                .filter(|(number, _)| *number == stretch.number)
            {
                Some((_, m)) => *m += stretch.length_m,
                None => spans.push((stretch.number, stretch.length_m)),
            }
        }
        line.push(to);
        line.dedup();
        let length_m = line.windows(2).map(|leg| flat_m(leg[0], leg[1])).sum();
        Way {
            line,
            length_m,
            off_road_m: self.off_road_m,
            numbers: told_numbers(&spans, length_m),
            by: String::new(),
        }
    }
}

/// The numbers of a way's roads that make up a tenth of it or more, each once, in the order of their longest spans.
fn told_numbers(spans: &[(u32, f64)], length_m: f64) -> Vec<String> {
    let numbers = &Network::built_in().numbers;
    let mut of_each: BTreeMap<u32, (f64, f64, usize)> = BTreeMap::new();
    for (at, (number, m)) in spans.iter().enumerate() {
        let (all, longest, place) = of_each.entry(*number).or_default();
        *all += m;
        if m > longest {
            (*longest, *place) = (*m, at);
        }
    }
    let mut told: Vec<(usize, u32)> = of_each
        .into_iter()
        .filter(|(_, (all, ..))| *all >= 0.1 * length_m)
        .map(|(number, (_, _, place))| (place, number))
        .collect();
    told.sort_unstable();
    let names = told
        .into_iter()
        .map(|(_, number)| &numbers[number as usize]);
    names.filter(|name| !name.is_empty()).cloned().collect()
}

/// Sets a place on its stretch of road: a node with half-stretches to both ends.
fn set(graph: &mut UnGraph<LonLat, Stretch>, on: &OnRoad) -> NodeIndex {
    let node = graph.add_node(on.at);
    let edge = EdgeIndex::new(on.edge);
    let Some((first, last)) = graph.edge_endpoints(edge) else {
        return node;
    };
    let whole = graph[edge].clone();
    let mut before = whole.points[..=on.leg].to_vec();
    before.push(on.at);
    let mut behind = vec![on.at];
    behind.extend_from_slice(&whole.points[on.leg + 1..]);
    graph.add_edge(first, node, part_of(&whole, before));
    graph.add_edge(node, last, part_of(&whole, behind));
    node
}

/// The stretch between two places on one stretch of road.
fn join(
    graph: &mut UnGraph<LonLat, Stretch>,
    start: &OnRoad,
    end: &OnRoad,
    [from, to]: [NodeIndex; 2],
) {
    let whole = graph[EdgeIndex::new(start.edge)].clone();
    let along = |on: &OnRoad| (on.leg, flat_m(whole.points[on.leg], on.at));
    let (first, last, nodes) = match along(start) <= along(end) {
        true => (start, end, [from, to]),
        false => (end, start, [to, from]),
    };
    let mut points = vec![first.at];
    points.extend_from_slice(&whole.points[first.leg + 1..=last.leg]);
    points.push(last.at);
    let between = part_of(&whole, points);
    graph.add_edge(nodes[0], nodes[1], between);
}

fn part_of(whole: &Stretch, points: Vec<LonLat>) -> Stretch {
    Stretch {
        length_m: points.windows(2).map(|leg| flat_m(leg[0], leg[1])).sum(),
        points,
        ..whole.clone()
    }
}

/// Tells ways apart by the largest town that only one of them passes.
fn name(ways: &mut [Way]) {
    /// A town this near lies on the way; nearer than this to another way it does not tell them apart.
    const ON_M: f64 = 8_000.0;
    const OFF_M: f64 = 15_000.0;
    if ways.len() < 2 {
        return;
    }
    let lines: Vec<Vec<LonLat>> = ways.iter().map(|way| way.line.clone()).collect();
    let away = |line: &[LonLat], at: LonLat| {
        let points = line.iter().map(|p| flat_m(*p, at));
        points.fold(f64::MAX, f64::min)
    };
    for (i, way) in ways.iter_mut().enumerate() {
        let ends = [lines[i].first(), lines[i].last()];
        let apart = |at: LonLat| {
            ends.into_iter()
                .flatten()
                .all(|end| distance_m(*end, at) > ENDS_M)
        };
        let only_here = |at: LonLat| {
            let mut others = lines.iter().enumerate().filter(|(j, _)| *j != i);
            others.all(|(_, line)| away(line, at) > OFF_M)
        };
        let near = gazetteer::towns_near(&lines[i], ON_M);
        let mut towns = near.into_iter().filter(|town| {
            let at = [town.lon, town.lat];
            apart(at) && away(&lines[i], at) <= ON_M && only_here(at)
        });
        if let Some(town) = towns.next() {
            way.by = town.name.to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roads::stops;

    fn between(text: &str) -> Vec<Way> {
        let at: Vec<LonLat> = stops(text)
            .unwrap()
            .into_iter()
            .map(|stop| stop.at)
            .collect();
        ways(&at).unwrap()
    }

    #[test]
    fn monterrey_to_nuevo_laredo_follows_the_toll_road_or_the_free_one() {
        let ways = between("Monterrey – Nuevo Laredo");
        assert_eq!(ways[0].numbers, ["85D", "85"]);
        assert!(
            (210_000.0..245_000.0).contains(&ways[0].length_m),
            "{}",
            ways[0].length_m
        );
        let free = ways.iter().find(|way| way.numbers == ["85"]);
        assert_eq!(
            free.map(|way| way.by.as_str()),
            Some("Ciudad Sabinas Hidalgo"),
            "{ways:?}"
        );
        // There and back is one way.
        let back = between("Nuevo Laredo – Monterrey");
        assert!((back[0].length_m - ways[0].length_m).abs() < 1.0);
        let mut line = back[0].line.clone();
        line.reverse();
        assert_eq!(line, ways[0].line);
    }

    #[test]
    fn a_way_through_three_places_passes_them() {
        let ways = between("Saltillo – Monterrey – Nuevo Laredo");
        let monterrey = stops("Monterrey – Saltillo").unwrap()[0].at;
        assert!(ways[0].line.contains(&monterrey));
    }

    #[test]
    fn no_road_crosses_the_darien_or_reaches_the_open_sea() {
        let key = |from: LonLat, to: LonLat| ways(&[from, to]).unwrap_err().key;
        assert_eq!(key([-99.13, 19.43], [-74.07, 4.71]), "problem-along-none");
        assert_eq!(key([-99.13, 19.43], [-140.0, 10.0]), "problem-along-far");
    }

    #[test]
    fn two_places_on_one_stretch_of_road_are_joined_by_it() {
        let (a, b) = ([-100.05, 26.4], [-100.03, 26.45]);
        let way = &ways(&[a, b]).unwrap()[0];
        let straight = flat_m(a, b);
        assert!(
            way.length_m < 4.0 * straight + 10_000.0,
            "{} {straight}",
            way.length_m
        );
        assert_eq!((way.line.first(), way.line.last()), (Some(&a), Some(&b)));
    }

    /// Between towns of Mexico of 20,000 people and more.
    #[test]
    fn roads_lead_from_town_to_town_without_great_detours() {
        let box_of_mexico = [[-117.2, 14.5], [-86.7, 32.7]];
        let towns: Vec<_> = gazetteer::towns_near(&box_of_mexico, 0.0)
            .into_iter()
            .filter(|town| town.country == "MX" && town.population >= 20_000)
            .collect();
        let mut state = 7_u64;
        let mut pick = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            towns[(state >> 33) as usize % towns.len()]
        };
        let (mut tried, mut far) = (0, Vec::new());
        while tried < 200 {
            let (a, b) = (pick(), pick());
            let ends = [[a.lon, a.lat], [b.lon, b.lat]];
            let straight = distance_m(ends[0], ends[1]);
            if straight < 50_000.0 {
                continue;
            }
            tried += 1;
            let mut search = Search::between(ends[0], ends[1])
                .unwrap_or_else(|problem| panic!("{} – {}: {}", a.label(), b.label(), problem.key));
            search.used.clear();
            let length_m = search.way(&search.fastest().unwrap(), ends).length_m;
            if length_m > 1.6 * straight {
                far.push(format!(
                    "{} – {}: {:.2}",
                    a.name,
                    b.name,
                    length_m / straight
                ));
            }
        }
        println!("{far:#?}");
        // Around the Gulf of California, and across the Sierra Madre Occidental, which few roads cross.
        assert!(far.len() <= 12, "{far:#?}");
    }
}
