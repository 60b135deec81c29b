use super::*;
use proptest::prelude::*;

/// Numbers that are near each other, far apart, or at the ends of what there is.
fn number() -> impl Strategy<Value = i64> {
    let near = 0..300_i64;
    let far = -5_000_000_000..5_000_000_000_i64;
    prop_oneof![4 => near, 2 => far, 1 => Just(i64::MIN), 1 => Just(i64::MAX), 1 => Just(-1)]
}

fn degrees() -> impl Strategy<Value = f64> {
    let written = (-1_800_000_000..1_800_000_000_i64).prop_map(|n| n as f64 / 1e7);
    prop_oneof![6 => written, 1 => -180.0..180.0_f64, 1 => Just(-0.0), 1 => Just(1e-9)]
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|v| v.to_bits()).collect()
}

proptest! {
    #[test]
    fn what_is_packed_is_read_to_the_last_bit(
        numbers in proptest::collection::vec(number(), 0..40),
        places in prop_oneof![
            proptest::collection::vec((-1800..1800_i32).prop_map(|n| f64::from(n) / 10.0), 0..40),
            proptest::collection::vec(degrees(), 0..40),
        ],
        radii in proptest::collection::vec(prop_oneof![Just(0.0_f32), Just(5e3), 0.0..1e6_f32], 0..600),
        ends in proptest::collection::vec(0..400_u32, 0..40),
    ) {
        let found: Vec<i64> = unpack_ints(&pack_ints(&numbers)).unwrap();
        prop_assert_eq!(&found, &numbers);
        let small: Vec<u32> = numbers.iter().map(|n| *n as u32).collect();
        let found: Vec<u32> = unpack_ints(&pack_ints(&small)).unwrap();
        prop_assert_eq!(&found, &small);
        let short: Vec<u16> = numbers.iter().map(|n| *n as u16).collect();
        let found: Vec<u16> = unpack_ints(&pack_ints(&short)).unwrap();
        prop_assert_eq!(&found, &short);
        let found = unpack_degrees(&pack_degrees(&places)).unwrap();
        prop_assert_eq!(bits(&found), bits(&places));
        let found = unpack_radii(&pack_radii(&radii)).unwrap();
        prop_assert_eq!(&found, &radii);
        let mut end = 0;
        let sums = std::iter::once(0).chain(ends.iter().map(|n| { end += n; end }));
        let sums: Vec<u32> = sums.collect();
        prop_assert_eq!(unpack_ends(&pack_ends(&sums)).unwrap(), sums);
    }
}

#[test]
fn what_is_usual_takes_few_bytes_a_row() {
    let n = 10_000;
    let unknown: Vec<u32> = (0..n)
        .map(|i| if i % 3 == 0 { u32::MAX } else { i % 90 })
        .collect();
    let written = |i: u32| f64::from(i * 1_000) / 1e7;
    let places: Vec<f64> = (0..n).map(written).collect();
    let days: Vec<i32> = (0..n as i32).map(|i| 16_000 + i / 3).collect();
    for (bytes, blob) in [
        (1, pack_ints(&unknown)),
        (4, pack_degrees(&places)),
        (2, pack_ints(&days)),
        (1, pack_radii(&vec![5_000.0; n as usize])),
    ] {
        assert!(
            blob.len() < 64 + bytes * n as usize,
            "{} for {bytes}",
            blob.len()
        );
    }
}
