//! Where actors stand in the picture: those who meet often near each other, all of them apart.
//! After Fruchterman and Reingold (1991), from a circle on, so that the same pairs always give the
//! same picture.

const ROUNDS: usize = 250;

/// Places on the unit square, from how often each meets each (symmetric).
pub(super) fn places(meetings: &[Vec<f32>]) -> Vec<[f32; 2]> {
    let n = meetings.len();
    let turn = |i: usize| i as f32 / n.max(1) as f32 * std::f32::consts::TAU;
    let mut at: Vec<[f32; 2]> = (0..n)
        .map(|i| [turn(i).cos() * 0.5, turn(i).sin() * 0.5])
        .collect();
    let most = meetings.iter().flatten().copied().fold(1.0, f32::max);
    // The distance at which two that do not meet leave each other alone.
    let k = 1.0 / (n.max(1) as f32).sqrt();
    for round in 0..ROUNDS {
        let step = 0.1 * (1.0 - round as f32 / ROUNDS as f32);
        let moves: Vec<[f32; 2]> = (0..n).map(|i| pull(&at, meetings, i, k, most)).collect();
        for (at, [x, y]) in at.iter_mut().zip(moves) {
            let length = x.hypot(y).max(1e-6);
            let scale = length.min(step) / length;
            *at = [at[0] + x * scale, at[1] + y * scale];
        }
    }
    fitted(at)
}

/// The force on the `i`-th.
fn pull(at: &[[f32; 2]], meetings: &[Vec<f32>], i: usize, k: f32, most: f32) -> [f32; 2] {
    // Towards the middle a little, or who meets nobody drifts away.
    let mut force = [-at[i][0] * 0.4, -at[i][1] * 0.4];
    for (j, other) in at.iter().enumerate().filter(|(j, _)| *j != i) {
        let [x, y] = [at[i][0] - other[0], at[i][1] - other[1]];
        let d = x.hypot(y).max(0.01);
        let meeting = (meetings[i][j] / most).sqrt();
        let strength = k * k / d - meeting * d * d / k;
        force[0] += x / d * strength;
        force[1] += y / d * strength;
    }
    force
}

/// Stretched to fill the unit square.
fn fitted(mut at: Vec<[f32; 2]>) -> Vec<[f32; 2]> {
    for axis in 0..2 {
        let values = || at.iter().map(|p| p[axis]);
        let (low, high) = (
            values().fold(f32::MAX, f32::min),
            values().fold(f32::MIN, f32::max),
        );
        let span = high - low;
        for p in &mut at {
            p[axis] = if span > 1e-4 {
                (p[axis] - low) / span
            } else {
                0.5
            };
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
        (a[0] - b[0]).hypot(a[1] - b[1])
    }

    #[test]
    fn who_meets_often_stands_near_and_nobody_on_another() {
        let n = 12;
        let mut meetings = vec![vec![0.0; n]; n];
        // Two camps of six, who meet among themselves.
        for (i, meets) in meetings.iter_mut().enumerate() {
            for (j, often) in meets.iter_mut().enumerate() {
                if i != j && i % 2 == j % 2 {
                    *often = 100.0;
                }
            }
        }
        let at = places(&meetings);
        assert_eq!(at, places(&meetings));
        let mut within = 0.0;
        let mut between = 0.0;
        for i in 0..n {
            for j in 0..i {
                assert!(distance(at[i], at[j]) > 0.03, "{i} {j}");
                let sum = if i % 2 == j % 2 {
                    &mut within
                } else {
                    &mut between
                };
                *sum += distance(at[i], at[j]);
            }
        }
        assert!(within / 30.0 < between / 36.0, "{within} {between}");
        assert!(at.iter().flatten().all(|v| (0.0..=1.0).contains(v)));
    }

    #[test]
    fn few_or_none_are_no_trouble() {
        assert!(places(&[]).is_empty());
        assert_eq!(places(&[vec![3.0]]), [[0.5, 0.5]]);
        let two = places(&[vec![0.0, 1.0], vec![1.0, 0.0]]);
        assert!(distance(two[0], two[1]) > 0.5);
    }
}
