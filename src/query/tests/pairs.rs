//! Pairs of actors against a walk over the incidents.

use super::*;

/// The two sides of an incident, each name once.
fn sides(i: &Incident) -> [BTreeSet<&str>; 2] {
    [&i.side_a, &i.side_b].map(|side| side.iter().map(|a| a.name.as_str()).collect())
}

proptest! {
    #[test]
    fn pairs_are_those_of_the_incidents(all in told(), most in 0..7_usize) {
        let columns = columns(&all);
        let rows: Vec<u32> = (0..columns.len() as u32).filter(|r| r % 3 != 0).collect();
        let of_id: BTreeMap<i64, &Incident> = all.iter().map(|(id, _, i)| (*id, i)).collect();
        let told: Vec<&Incident> = rows.iter().map(|r| of_id[&columns.id[*r as usize]]).collect();
        let pairs = Pairs::of(&columns, &rows, most);

        // The most frequent first, then by name.
        let mut frequent: Vec<(&str, u32)> = ACTORS
            .iter()
            .map(|name| {
                let named = told.iter().filter(|i| sides(i).iter().any(|s| s.contains(name)));
                (*name, named.count() as u32)
            })
            .filter(|(_, n)| *n > 0)
            .collect();
        frequent.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let top: Vec<(&str, u32)> = pairs.top.iter().map(|(id, n)| (columns.actors.get(*id), *n)).collect();
        prop_assert_eq!(&top[..], &frequent[..most.min(frequent.len())]);

        let line_of = |name: &str| top.iter().position(|(n, _)| *n == name).unwrap_or(top.len());
        let lines = pairs.lines();
        prop_assert_eq!(lines.len(), top.len() + usize::from(frequent.len() > top.len()));
        for (x, a) in lines.iter().enumerate() {
            for (y, b) in lines.iter().enumerate() {
                let counted = |i: &&&Incident| {
                    let [on_a, on_b] = sides(i);
                    let met = |x, y| on_a.iter().any(|n| line_of(n) == x) && on_b.iter().any(|n| line_of(n) == y);
                    met(x, y) || met(y, x)
                };
                let expected = told.iter().filter(counted).count();
                prop_assert_eq!(pairs.cell(x, y) as usize, expected, "{} against {}", x, y);
                // The number leads to its rows.
                let found = pairs.rows_of(&columns, &rows, *a, *b);
                prop_assert_eq!(found.len(), expected);
                prop_assert!(found.is_sorted());
            }
            let named = told.iter().filter(|i| sides(i).iter().flatten().any(|n| line_of(n) == x)).count();
            prop_assert_eq!(pairs.rows_naming(&columns, &rows, *a).len(), named);
            let shown = pairs.top.get(x).map_or(pairs.others.0, |(_, n)| *n);
            prop_assert_eq!(shown as usize, named);
        }
    }
}
