//! What it would cost to read a vector tile, told from its bytes before anything is kept: the reader of
//! vector tiles takes room for a whole feature with each of its lines, and a copy of each value with each
//! feature that names it, so that a small file may ask for more memory than there is.

/// Bytes reserved for coordinates. Room of 128 KiB and more comes in pieces of its own, of which a
/// system gives some 65,000.
const MOST_RESERVED: u64 = 2 << 30;
/// Bytes of names and values copied.
const MOST_COPIED: u64 = 256 << 20;
/// A coordinate is two numbers of four bytes.
const BYTES_OF_COORDINATE: u64 = 8;
/// What a property costs beside its text.
const BYTES_OF_PROPERTY: u64 = 64;

#[derive(Default)]
struct Cost {
    reserved: u64,
    copied: u64,
}

/// Whether a tile can be read within bounds. What is no vector tile costs nothing: it is refused later.
pub(super) fn is_affordable(tile: &[u8]) -> bool {
    let mut cost = Cost::default();
    fields(tile).all(|(field, bytes)| {
        if field == 3 {
            of_layer(bytes, &mut cost);
        }
        cost.reserved <= MOST_RESERVED && cost.copied <= MOST_COPIED
    })
}

fn of_layer(layer: &[u8], cost: &mut Cost) {
    let lengths = |wanted: u64| -> Vec<u64> {
        let all = fields(layer).filter(|(field, _)| *field == wanted);
        all.map(|(_, bytes)| bytes.len() as u64).collect()
    };
    let (keys, values) = (lengths(3), lengths(4));
    for (field, feature) in fields(layer) {
        if field != 2 {
            continue;
        }
        for (field, bytes) in fields(feature) {
            match field {
                2 => cost.copied = cost.copied.saturating_add(copied(bytes, &keys, &values)),
                4 => cost.reserved = cost.reserved.saturating_add(reserved(bytes)),
                _ => {}
            }
        }
    }
}

fn copied(tags: &[u8], keys: &[u64], values: &[u64]) -> u64 {
    let length = |of: &[u64], index: u64| {
        let index = usize::try_from(index).ok();
        index.and_then(|i| of.get(i)).copied().unwrap_or(0)
    };
    let mut numbers = Numbers(tags);
    let mut sum = 0;
    while let (Some(key), Some(value)) = (numbers.next(), numbers.next()) {
        sum += length(keys, key) + length(values, value) + BYTES_OF_PROPERTY;
    }
    sum
}

/// Room for all numbers of a feature, once and again with each line and ring that is begun.
fn reserved(geometry: &[u8]) -> u64 {
    let (mut all, mut begun, mut parameters) = (0, 1, 0);
    for number in Numbers(geometry) {
        all += 1;
        if parameters > 0 {
            parameters -= 1;
        } else {
            begun += u64::from(matches!(number & 7, 1 | 7));
            parameters = if number & 7 == 7 {
                0
            } else {
                2 * (number >> 3)
            };
        }
    }
    begun * all * BYTES_OF_COORDINATE
}

/// The fields of a message that hold bytes; ends where it cannot be read on.
fn fields(message: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    let mut left = Numbers(message);
    std::iter::from_fn(move || {
        loop {
            let key = left.next()?;
            match key & 7 {
                0 => drop(left.next()?),
                1 => left.bytes(8).map(drop)?,
                5 => left.bytes(4).map(drop)?,
                2 => {
                    let length = usize::try_from(left.next()?).ok()?;
                    return Some((key >> 3, left.bytes(length)?));
                }
                _ => return None,
            }
        }
    })
}

/// Numbers of seven bits a byte.
struct Numbers<'a>(&'a [u8]);

impl<'a> Numbers<'a> {
    fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, left) = self.0.split_at_checked(length)?;
        self.0 = left;
        Some(taken)
    }
}

impl Iterator for Numbers<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (byte, left) = self.0.split_first()?;
            self.0 = left;
            number |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn number(mut n: usize) -> Vec<u8> {
        let mut out = Vec::new();
        while n >= 0x80 {
            out.push(n as u8 | 0x80);
            n >>= 7;
        }
        out.push(n as u8);
        out
    }

    fn framed(field: u8, bytes: &[u8]) -> Vec<u8> {
        [&[field << 3 | 2], &number(bytes.len())[..], bytes].concat()
    }

    fn tile(layer: &[&[u8]]) -> Vec<u8> {
        let head = [&[0x78, 2][..], &framed(1, b"land")].concat();
        framed(3, &[&[&head[..]], layer].concat().concat())
    }

    /// One feature of so many lines or rings of one point each.
    pub(crate) fn lines(n: usize) -> Vec<u8> {
        let geometry = framed(4, &[9, 2, 2].repeat(n));
        tile(&[&framed(2, &[&[0x18, 2], &geometry[..]].concat())])
    }

    /// Features that all name one long value.
    pub(crate) fn values(features: usize, length: usize) -> Vec<u8> {
        let feature = framed(
            2,
            &[&framed(2, &[0, 0])[..], &[0x18, 2], &framed(4, &[9, 2, 2])].concat(),
        );
        let value = framed(4, &framed(1, &vec![b'x'; length]));
        tile(&[&feature.repeat(features), &framed(3, b"class"), &value])
    }

    #[test]
    fn what_is_reserved_grows_with_lines_times_numbers() {
        assert_eq!(reserved(&[9, 2, 2, 18, 2, 2, 2, 2]), 2 * 8 * 8);
        // Parameters are no commands, whatever they look like.
        assert_eq!(reserved(&[17, 9, 15, 9, 15, 15]), 3 * 6 * 8);
        assert_eq!(reserved(&[]), 0);
        assert!(is_affordable(&lines(5_000)));
        assert!(!is_affordable(&lines(50_000)));
    }

    #[test]
    fn what_is_copied_grows_with_features_times_values() {
        assert!(is_affordable(&values(1_000, 10_000)));
        assert!(!is_affordable(&values(100_000, 10_000)));
    }

    #[test]
    fn damaged_tiles_end_the_count() {
        let whole = lines(50_000);
        assert!(is_affordable(b""));
        assert!(is_affordable(&[0x1A, 0xFF, 0x03, 1]));
        assert!(is_affordable(&[0xFF; 40]));
        assert!(
            is_affordable(&whole[..whole.len() - 1]),
            "its layer breaks off"
        );
    }
}
