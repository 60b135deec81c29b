//! Columns as blobs, few bytes a row: a case of ten million is read in tenths of a second. Each begins
//! with the mark, the size of an entry in bytes and the number of entries; all numbers are
//! little-endian. Texts are one text, with the ends of each before it.
//!
//! A blob may have been written by anybody: reading checks every number that the program relies
//! on ([`fit`]), and allocates no more than some times what the blob is long.

use crate::domain::{ActorType, Credibility, Kind, PlacePrecision, Reliability, TimePrecision};
use crate::index::{Columns, NO_MINUTE, NameId, Names, RowActor, Wanted};

/// Mark and version of the layout.
const MARK: [u8; 4] = *b"ATC2";

/// A blob that is being written: its header, with room for what follows.
fn header(entry_bytes: usize, count: usize, room_bytes: usize) -> Vec<u8> {
    let mut blob = Vec::with_capacity(16 + room_bytes);
    blob.extend(MARK);
    blob.extend((entry_bytes as u32).to_le_bytes());
    blob.extend((count as u64).to_le_bytes());
    blob
}

/// The size of an entry, the number of entries and what follows the header.
fn opened(blob: &[u8]) -> Option<(usize, usize, &[u8])> {
    let (mark, rest) = blob.split_first_chunk::<4>()?;
    let (size, rest) = rest.split_first_chunk::<4>()?;
    let (count, rest) = rest.split_first_chunk::<8>()?;
    let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
    (*mark == MARK).then_some((u32::from_le_bytes(*size) as usize, count, rest))
}

/// A number that is kept by how far it is from the lowest of its column.
trait Int: Copy {
    fn to_i64(self) -> i64;
    /// What does not fit is cut: whether the result is sound is looked at afterwards.
    fn from_i64(number: i64) -> Self;
}

macro_rules! ints {
    ($($number:ty as $signed:ty),+) => {$(
        impl Int for $number {
            // By the signed number of the same bits, where "not known", all ones, lies beside nought.
            fn to_i64(self) -> i64 {
                self as $signed as i64
            }
            fn from_i64(number: i64) -> Self {
                number as Self
            }
        }
    )+};
}
ints!(i64 as i64, i32 as i32, u32 as i32, u16 as i16);

impl Int for NameId {
    fn to_i64(self) -> i64 {
        i64::from(self.0)
    }
    fn from_i64(number: i64) -> NameId {
        NameId(number as u32)
    }
}

impl Int for RowActor {
    fn to_i64(self) -> i64 {
        i64::from(self.bits())
    }
    fn from_i64(number: i64) -> RowActor {
        RowActor::from_bits(number as u32)
    }
}

fn pack_ints<T: Int>(values: &[T]) -> Vec<u8> {
    let numbers = values.iter().map(|v| v.to_i64());
    let least = numbers.clone().min().unwrap_or(0);
    let above = numbers.map(|n| n.wrapping_sub(least).cast_unsigned());
    let most = above.clone().max().unwrap_or(0);
    let entry_bytes = [1, 2, 4].into_iter().find(|n| most >> (8 * n) == 0);
    let entry_bytes = entry_bytes.unwrap_or(8);
    let mut blob = header(entry_bytes, values.len(), 8 + entry_bytes * values.len());
    blob.extend(least.to_le_bytes());
    for n in above {
        blob.extend_from_slice(&n.to_le_bytes()[..entry_bytes]);
    }
    blob
}

fn unpack_ints<T: Int>(blob: &[u8]) -> Option<Vec<T>> {
    let (entry_bytes, count, rest) = opened(blob)?;
    let (least, rest) = rest.split_first_chunk::<8>()?;
    let least = i64::from_le_bytes(*least);
    let of = |above: u64| T::from_i64(least.wrapping_add(above.cast_signed()));
    macro_rules! each {
        ($number:ty) => {
            entries(rest, count)?
                .iter()
                .map(|bytes| of(<$number>::from_le_bytes(*bytes).into()))
                .collect()
        };
    }
    Some(match entry_bytes {
        1 => each!(u8),
        2 => each!(u16),
        4 => each!(u32),
        8 => each!(u64),
        _ => return None,
    })
}

/// Exactly so many entries, and nothing else.
fn entries<const N: usize>(bytes: &[u8], count: usize) -> Option<&[[u8; N]]> {
    let (entries, over) = bytes.as_chunks::<N>();
    (entries.len() == count && over.is_empty()).then_some(entries)
}

/// Degrees as files have them: seven decimals, a centimetre, are the finest that they give.
const STEPS: f64 = 1e7;

/// As whole steps where every one is just that, to the last bit; else as they are.
fn pack_degrees(values: &[f64]) -> Vec<u8> {
    let steps = |v: &f64| (v * STEPS).round() as i32;
    let is_whole = |v: &f64| (f64::from(steps(v)) / STEPS).to_bits() == v.to_bits();
    if values.iter().all(is_whole) {
        return pack_ints(&values.iter().map(steps).collect::<Vec<i32>>());
    }
    let mut blob = header(EXACT_BYTES, values.len(), 8 * values.len());
    values.iter().for_each(|v| blob.extend(v.to_le_bytes()));
    blob
}

/// Instead of the size of a whole number: what follows are numbers with fractions.
const EXACT_BYTES: usize = 0x100 | 8;

fn unpack_degrees(blob: &[u8]) -> Option<Vec<f64>> {
    let (entry_bytes, count, rest) = opened(blob)?;
    if entry_bytes != EXACT_BYTES {
        let steps = unpack_ints::<i32>(blob)?;
        return Some(steps.iter().map(|n| f64::from(*n) / STEPS).collect());
    }
    let values = entries(rest, count)?.iter().map(|b| f64::from_le_bytes(*b));
    Some(values.collect())
}

/// By their bits: radii are few, most of them those of a precision.
fn pack_radii(values: &[f32]) -> Vec<u8> {
    let mut known: Vec<u32> = Vec::new();
    let mut last = (u32::MAX, 0);
    let mut places = Vec::with_capacity(values.len());
    for bits in values.iter().map(|v| v.to_bits()) {
        if last.0 != bits || known.is_empty() {
            let place = known.iter().position(|k| *k == bits);
            let place = place.unwrap_or_else(|| {
                known.push(bits);
                known.len() - 1
            });
            last = (bits, place);
        }
        if known.len() > usize::from(u8::MAX) {
            return pack_ints(&values.iter().map(|v| v.to_bits()).collect::<Vec<u32>>());
        }
        places.push(last.1 as u8);
    }
    let mut blob = header(
        LISTED_BYTES,
        values.len(),
        8 + 4 * known.len() + places.len(),
    );
    blob.extend((known.len() as u64).to_le_bytes());
    known.iter().for_each(|k| blob.extend(k.to_le_bytes()));
    blob.extend(places);
    blob
}

/// Instead of the size of a whole number: the values are listed, and what follows are places in that
/// list, a byte each.
const LISTED_BYTES: usize = 0x200 | 1;

fn unpack_radii(blob: &[u8]) -> Option<Vec<f32>> {
    let (entry_bytes, count, rest) = opened(blob)?;
    if entry_bytes != LISTED_BYTES {
        let bits = unpack_ints::<u32>(blob)?;
        return Some(bits.into_iter().map(f32::from_bits).collect());
    }
    let (known, rest) = rest.split_first_chunk::<8>()?;
    let known = usize::try_from(u64::from_le_bytes(*known)).ok()?;
    let (known, places) = rest.split_at_checked(known.checked_mul(4)?)?;
    let known = known
        .as_chunks::<4>()
        .0
        .iter()
        .map(|b| f32::from_le_bytes(*b));
    listed(&known.collect::<Vec<f32>>(), places, count)
}

/// Values by their places in a list.
fn listed<T: Copy>(known: &[T], places: &[u8], count: usize) -> Option<Vec<T>> {
    let fits = places
        .iter()
        .max()
        .is_none_or(|most| usize::from(*most) < known.len());
    if places.len() != count || !fits {
        return None;
    }
    let Some(first) = known.first() else {
        return Some(Vec::new());
    };
    // One for each value of a byte, so that no lookup is out of bounds.
    let all: [T; 256] = std::array::from_fn(|i| known.get(i).copied().unwrap_or(*first));
    Some(
        places
            .iter()
            .map(|place| all[usize::from(*place)])
            .collect(),
    )
}

/// One of a few that have numbers.
trait Code: Copy + 'static {
    const CODES: &'static [Self];
    fn code_byte(self) -> u8;
}

macro_rules! codes {
    ($($name:ty),+) => {$(
        impl Code for $name {
            const CODES: &'static [Self] = <$name>::ALL;
            fn code_byte(self) -> u8 {
                self as u8
            }
        }
    )+};
}
codes!(
    ActorType,
    Credibility,
    Kind,
    PlacePrecision,
    Reliability,
    TimePrecision
);

fn pack_codes<T: Code>(values: &[T]) -> Vec<u8> {
    let mut blob = header(1, values.len(), values.len());
    blob.extend(values.iter().map(|v| v.code_byte()));
    blob
}

fn unpack_codes<T: Code>(blob: &[u8]) -> Option<Vec<T>> {
    let (entry_bytes, count, rest) = opened(blob)?;
    (entry_bytes == 1).then_some(())?;
    listed(T::CODES, rest, count)
}

/// Ascending numbers from nought by how much each is more than the one before.
fn pack_ends(values: &[u32]) -> Vec<u8> {
    let steps: Vec<u32> = values.windows(2).map(|w| w[1].wrapping_sub(w[0])).collect();
    pack_ints(&steps)
}

fn unpack_ends(blob: &[u8]) -> Option<Vec<u32>> {
    let steps = unpack_ints::<u32>(blob)?;
    let mut end = 0_u32;
    let mut ends = Vec::with_capacity(steps.len() + 1);
    ends.push(end);
    for step in steps {
        end = end.checked_add(step)?;
        ends.push(end);
    }
    Some(ends)
}

fn pack_names(names: &Names) -> Vec<u8> {
    let text_bytes: usize = names.iter().map(|(_, text)| text.len()).sum();
    let mut blob = header(0, names.len(), 4 * names.len() + text_bytes);
    let mut end = 0;
    for (_, text) in names.iter() {
        end += text.len() as u32;
        blob.extend(end.to_le_bytes());
    }
    names
        .iter()
        .for_each(|(_, text)| blob.extend_from_slice(text.as_bytes()));
    blob
}

/// `None` also where a text is there twice.
fn unpack_names(blob: &[u8]) -> Option<Names> {
    let (entry_bytes, count, rest) = opened(blob)?;
    (entry_bytes == 0).then_some(())?;
    let (ends, text) = rest.split_at_checked(count.checked_mul(4)?)?;
    let text = std::str::from_utf8(text).ok()?;
    let mut names = Names::default();
    let mut start = 0;
    for end in ends.as_chunks::<4>().0 {
        let end = u32::from_le_bytes(*end) as usize;
        names.intern(text.get(start..end)?);
        start = end;
    }
    (names.len() == count && start == text.len()).then_some(names)
}

/// Every column that is kept: its name in the case, the field of [`Columns`], and what it is wanted
/// for.
macro_rules! kept_columns {
    ($($name:ident: $wanted:ident, $pack:ident, $unpack:ident;)+) => {
        /// Under which names the columns are kept.
        pub(super) const NAMES: &[&str] = &[$(concat!("columns.", stringify!($name))),+];

        /// Those of [`NAMES`] that are read where some columns are wanted.
        pub(super) fn names_of(wanted: Wanted) -> impl Iterator<Item = &'static str> {
            let of = [$(Wanted::$wanted),+];
            let names = NAMES.iter().zip(of).filter(move |(_, of)| wanted.has(*of));
            names.map(|(name, _)| *name)
        }

        /// The blobs of the columns in the order of [`NAMES`].
        pub(super) fn packed(columns: &Columns) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
            let packers: &[fn(&Columns) -> Vec<u8>] = &[$(|c| $pack(&c.$name)),+];
            NAMES.iter().zip(packers).map(|(name, pack)| (*name, pack(columns)))
        }

        /// Reads one of [`NAMES`] into its field. `None` where the blob is none of ours.
        pub(super) fn unpack_into(columns: &mut Columns, name: &str, blob: &[u8]) -> Option<()> {
            match name {
                $(concat!("columns.", stringify!($name)) => columns.$name = $unpack(blob)?,)+
                _ => return None,
            }
            Some(())
        }
    };
}

kept_columns! {
    id: LEAST, pack_ints, unpack_ints;
    start_day: LEAST, pack_ints, unpack_ints;
    end_day: LEAST, pack_ints, unpack_ints;
    time_precision: CLOCK, pack_codes, unpack_codes;
    minute: CLOCK, pack_ints, unpack_ints;
    lon: POSITION, pack_degrees, unpack_degrees;
    lat: POSITION, pack_degrees, unpack_degrees;
    place_precision: PRECISION, pack_codes, unpack_codes;
    radius_m: PRECISION, pack_radii, unpack_radii;
    kind: KIND, pack_codes, unpack_codes;
    deaths_low: LEAST, pack_ints, unpack_ints;
    deaths_best: LEAST, pack_ints, unpack_ints;
    deaths_high: LEAST, pack_ints, unpack_ints;
    reliability: GRADE, pack_codes, unpack_codes;
    credibility: GRADE, pack_codes, unpack_codes;
    dataset: DATASET, pack_ints, unpack_ints;
    admin: ADMIN, pack_ints, unpack_ints;
    place: PLACE, pack_ints, unpack_ints;
    actor_start: ACTORS, pack_ends, unpack_ends;
    row_actors: ACTORS, pack_ints, unpack_ints;
    actor_types: ACTORS, pack_codes, unpack_codes;
    datasets: DATASET, pack_names, unpack_names;
    admins: ADMIN, pack_names, unpack_names;
    places: PLACE, pack_names, unpack_names;
    actors: ACTORS, pack_names, unpack_names;
}

/// Whether the wanted columns as read fit each other, so that nothing that is derived from them can
/// fail.
pub(super) fn fit(c: &Columns, wanted: Wanted) -> bool {
    let n = c.id.len();
    let lengths = [
        (Wanted::LEAST, c.start_day.len()),
        (Wanted::LEAST, c.end_day.len()),
        (Wanted::CLOCK, c.time_precision.len()),
        (Wanted::CLOCK, c.minute.len()),
        (Wanted::POSITION, c.lon.len()),
        (Wanted::POSITION, c.lat.len()),
        (Wanted::PRECISION, c.place_precision.len()),
        (Wanted::PRECISION, c.radius_m.len()),
        (Wanted::KIND, c.kind.len()),
        (Wanted::LEAST, c.deaths_low.len()),
        (Wanted::LEAST, c.deaths_best.len()),
        (Wanted::LEAST, c.deaths_high.len()),
        (Wanted::GRADE, c.reliability.len()),
        (Wanted::GRADE, c.credibility.len()),
        (Wanted::DATASET, c.dataset.len()),
        (Wanted::ADMIN, c.admin.len()),
        (Wanted::PLACE, c.place.len()),
        (Wanted::ACTORS, c.actor_start.len().wrapping_sub(1)),
    ];
    let among = |ids: &[NameId], names: &Names| ids.iter().all(|id| (id.0 as usize) < names.len());
    let within = |values: &[f64], most: f64| values.iter().all(|v| v.abs() <= most);
    // 9999 years either way: as far as dates go.
    let days = -4_371_587..=2_932_896;
    let known = |a: &RowActor| (a.actor().0 as usize) < c.actors.len() && (a.on_a() || a.on_b());
    let actors = || {
        c.actor_start.first() == Some(&0)
            && c.actor_start.last().copied() == u32::try_from(c.row_actors.len()).ok()
            && c.actor_start.is_sorted()
            && c.row_actors.iter().all(known)
            && c.actor_types.len() == c.actors.len()
    };
    lengths
        .iter()
        .all(|(of, len)| *len == n || !wanted.has(*of))
        && u32::try_from(n).is_ok()
        && c.start_day.is_sorted()
        && c.start_day.iter().zip(&c.end_day).all(|(s, e)| s <= e)
        && c.start_day.first().is_none_or(|d| days.contains(d))
        && c.end_day.iter().all(|d| days.contains(d))
        && c.minute.iter().all(|m| *m < 24 * 60 || *m == NO_MINUTE)
        && within(&c.lon, 180.0)
        && within(&c.lat, 90.0)
        && c.radius_m.iter().all(|r| r.is_finite() && *r >= 0.0)
        && among(&c.dataset, &c.datasets)
        && among(&c.admin, &c.admins)
        && among(&c.place, &c.places)
        && (!wanted.has(Wanted::ACTORS) || actors())
}

#[cfg(test)]
mod tests;
