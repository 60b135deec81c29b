use super::*;
use crate::scene::Camera;
use proptest::prelude::*;

const SIZE: [f32; 2] = [90.0, 60.0];

fn lattice(lon: f64, cell_px: f32, margin: usize) -> Lattice {
    let camera = Camera {
        lon,
        lat: 12.0,
        zoom: 3.0,
    };
    Lattice::new(&camera, SIZE, cell_px, margin)
}

/// Places around the middle of the map, some over the antimeridian where it looks there.
fn places() -> impl Strategy<Value = (f64, Vec<(u32, u32)>)> {
    let lon = prop_oneof![Just(-99.0), Just(179.5), Just(-180.0)];
    lon.prop_flat_map(|lon| {
        let middle = crate::domain::mercator::fixed_from_lon_lat(lon, 12.0);
        let around = move |i: usize, v: i32| middle[i].wrapping_add(v as u32);
        let reach = -120_000_000..120_000_000_i32;
        let place = (reach.clone(), reach).prop_map(move |(x, y)| (around(0, x), around(1, y)));
        (Just(lon), proptest::collection::vec(place, 0..400))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_incident_is_lost_or_counted_twice((lon, places) in places(), ratio in 1_u8..4) {
        let (x, y): (Vec<u32>, Vec<u32>) = places.iter().copied().unzip();
        let cells_a_px = f32::from(ratio);
        let reach = reach_cells(cells_a_px);
        let margin = reach as usize + 1;
        let lattice = lattice(lon, 1.0 / cells_a_px, margin);
        let rows: Vec<Row> = (0..x.len() as Row).collect();
        let cells = count(&lattice, [&x, &y], &rows, |_| 1_u32);
        let inside = places.iter().filter(|(x, y)| {
            let [cx, cy] = lattice.place(*x, *y);
            (0.0..lattice.size[0] as f64).contains(&cx) && (0.0..lattice.size[1] as f64).contains(&cy)
        });
        prop_assert_eq!(cells.iter().sum::<u32>() as usize, inside.count());
        // Each cell of the picture against a count of what lies in its disc.
        let spread = Spread::new(&cells, &lattice, margin, reach);
        let disc = disc(reach);
        let r = (disc.len() / 2) as i64;
        let cell_of = |(x, y): &(u32, u32)| lattice.place(*x, *y).map(|v| v.floor() as i64);
        for cell in (0..spread.size[0] * spread.size[1]).step_by(23) {
            let at = [cell % spread.size[0], cell / spread.size[0]].map(|v| (v + margin) as i64);
            let near = places.iter().map(cell_of).filter(|p| {
                let d = [p[0] - at[0], p[1] - at[1]];
                d[1].abs() <= r && d[0].unsigned_abs() as usize <= disc[(d[1] + r) as usize]
            });
            prop_assert_eq!(spread.count(cell) as usize, near.count());
        }
        let filled = spread.by_level().iter().sum::<u32>();
        let counted = (0..spread.size[0] * spread.size[1]).filter(|c| spread.count(*c) > 0);
        prop_assert_eq!(filled as usize, counted.count());
    }

    #[test]
    fn colours_add_up_as_counts_do((lon, places) in places()) {
        let (x, y): (Vec<u32>, Vec<u32>) = places.iter().copied().unzip();
        let lattice = lattice(lon, 1.0, 3);
        let rows: Vec<Row> = (0..x.len() as Row).collect();
        let plain = count(&lattice, [&x, &y], &rows, |_| 1_u32);
        let mixed = count(&lattice, [&x, &y], &rows, |row| [row % 2, 255, 0, 1]);
        let plain = Spread::new(&plain, &lattice, 3, reach_cells(1.0));
        let mixed = Spread::new(&mixed, &lattice, 3, reach_cells(1.0));
        prop_assert_eq!(plain.most, mixed.most);
        for cell in 0..plain.size[0] * plain.size[1] {
            prop_assert_eq!(plain.count(cell), mixed.count(cell));
            prop_assert_eq!(mixed.sums[cell][1], 255 * plain.count(cell));
            prop_assert!(mixed.sums[cell][0] <= plain.count(cell));
        }
    }
}

#[test]
fn many_rows_are_counted_in_parts() {
    let n = 3 * ROWS_A_PART as u32;
    let rows: Vec<Row> = (0..n).collect();
    let sums = tally(
        10,
        &rows,
        |row| (row % 11 < 10).then_some(row as usize % 11),
        |_| 1_u32,
    );
    let expected: Vec<u32> = (0..10).map(|i| (n - i).div_ceil(11)).collect();
    assert_eq!(sums, expected);
}

#[test]
fn a_dot_is_round() {
    assert_eq!(disc(reach_cells(1.0)), [1, 2, 2, 2, 1]);
    assert_eq!(disc(reach_cells(1.2)), [1, 2, 3, 3, 3, 2, 1]);
    assert_eq!(disc(0.0), [0]);
}
