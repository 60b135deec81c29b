//! Columns as blobs. Each begins with the mark, the size of an entry in bytes and the number of
//! entries; all numbers are little-endian. Texts are one text, with the ends of each before it.
//!
//! A blob may have been written by anybody: reading checks every number that the program relies
//! on, and allocates no more than the blob is long.

use crate::domain::{ActorType, Credibility, Kind, PlacePrecision, Reliability, TimePrecision};
use crate::index::{Columns, NO_MINUTE, NameId, Names, RowActor};

/// Mark and version of the layout.
const MARK: [u8; 4] = *b"ATC1";
const HEADER_BYTES: usize = 16;

/// A value of a fixed number of bytes.
trait Fixed<const N: usize>: Copy {
    fn to_bytes(self) -> [u8; N];
    /// `None` for bytes that stand for nothing.
    fn from_bytes(bytes: [u8; N]) -> Option<Self>;
}

macro_rules! fixed_numbers {
    ($($number:ty: $bytes:literal),+) => {$(
        impl Fixed<$bytes> for $number {
            fn to_bytes(self) -> [u8; $bytes] {
                self.to_le_bytes()
            }
            fn from_bytes(bytes: [u8; $bytes]) -> Option<Self> {
                Some(<$number>::from_le_bytes(bytes))
            }
        }
    )+};
}
fixed_numbers!(i64: 8, f64: 8, i32: 4, u32: 4, f32: 4, u16: 2);

macro_rules! fixed_enums {
    ($($name:ty),+) => {$(
        impl Fixed<1> for $name {
            fn to_bytes(self) -> [u8; 1] {
                [self as u8]
            }
            fn from_bytes([byte]: [u8; 1]) -> Option<Self> {
                <$name>::ALL.get(usize::from(byte)).copied()
            }
        }
    )+};
}
fixed_enums!(
    ActorType,
    Credibility,
    Kind,
    PlacePrecision,
    Reliability,
    TimePrecision
);

impl Fixed<4> for NameId {
    fn to_bytes(self) -> [u8; 4] {
        self.0.to_le_bytes()
    }
    fn from_bytes(bytes: [u8; 4]) -> Option<Self> {
        Some(NameId(u32::from_le_bytes(bytes)))
    }
}

impl Fixed<4> for RowActor {
    fn to_bytes(self) -> [u8; 4] {
        self.bits().to_le_bytes()
    }
    fn from_bytes(bytes: [u8; 4]) -> Option<Self> {
        let actor = RowActor::from_bits(u32::from_le_bytes(bytes));
        (actor.on_a() || actor.on_b()).then_some(actor)
    }
}

fn header(entry_bytes: usize, count: usize, room_bytes: usize) -> Vec<u8> {
    let mut blob = Vec::with_capacity(HEADER_BYTES + room_bytes);
    blob.extend(MARK);
    blob.extend((entry_bytes as u32).to_le_bytes());
    blob.extend((count as u64).to_le_bytes());
    blob
}

/// The number of entries and what follows the header.
fn opened(blob: &[u8], entry_bytes: usize) -> Option<(usize, &[u8])> {
    let (mark, rest) = blob.split_first_chunk::<4>()?;
    let (size, rest) = rest.split_first_chunk::<4>()?;
    let (count, rest) = rest.split_first_chunk::<8>()?;
    let count = usize::try_from(u64::from_le_bytes(*count)).ok()?;
    let right = *mark == MARK && u32::from_le_bytes(*size) as usize == entry_bytes;
    right.then_some((count, rest))
}

fn pack<const N: usize, T: Fixed<N>>(values: &[T]) -> Vec<u8> {
    let mut blob = header(N, values.len(), N * values.len());
    values.iter().for_each(|v| blob.extend(v.to_bytes()));
    blob
}

fn unpack<const N: usize, T: Fixed<N>>(blob: &[u8]) -> Option<Vec<T>> {
    let (count, rest) = opened(blob, N)?;
    let (entries, over) = rest.as_chunks::<N>();
    if entries.len() != count || !over.is_empty() {
        return None;
    }
    let mut values = Vec::with_capacity(count);
    for bytes in entries {
        values.push(T::from_bytes(*bytes)?);
    }
    Some(values)
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
    let (count, rest) = opened(blob, 0)?;
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

/// Every column that is kept: its name in the case, and the field of [`Columns`].
macro_rules! kept_columns {
    ($($name:ident: $pack:ident, $unpack:ident;)+) => {
        /// Under which names the columns are kept.
        pub(super) const NAMES: &[&str] = &[$(concat!("columns.", stringify!($name))),+];

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
    id: pack, unpack;
    start_day: pack, unpack;
    end_day: pack, unpack;
    time_precision: pack, unpack;
    minute: pack, unpack;
    lon: pack, unpack;
    lat: pack, unpack;
    place_precision: pack, unpack;
    radius_m: pack, unpack;
    kind: pack, unpack;
    deaths_low: pack, unpack;
    deaths_best: pack, unpack;
    deaths_high: pack, unpack;
    reliability: pack, unpack;
    credibility: pack, unpack;
    dataset: pack, unpack;
    admin: pack, unpack;
    place: pack, unpack;
    actor_start: pack, unpack;
    row_actors: pack, unpack;
    actor_types: pack, unpack;
    datasets: pack_names, unpack_names;
    admins: pack_names, unpack_names;
    places: pack_names, unpack_names;
    actors: pack_names, unpack_names;
}

/// Whether the columns as read fit each other, so that nothing that is derived from them can fail.
pub(super) fn fit(c: &Columns) -> bool {
    let n = c.id.len();
    let lengths = [
        c.start_day.len(),
        c.end_day.len(),
        c.time_precision.len(),
        c.minute.len(),
        c.lon.len(),
        c.lat.len(),
        c.place_precision.len(),
        c.radius_m.len(),
        c.kind.len(),
        c.deaths_low.len(),
        c.deaths_best.len(),
        c.deaths_high.len(),
        c.reliability.len(),
        c.credibility.len(),
        c.dataset.len(),
        c.admin.len(),
        c.place.len(),
        c.actor_start.len().wrapping_sub(1),
    ];
    let among = |ids: &[NameId], names: &Names| ids.iter().all(|id| (id.0 as usize) < names.len());
    let within = |values: &[f64], most: f64| values.iter().all(|v| v.abs() <= most);
    // 9999 years either way: as far as dates go.
    let days = -4_371_587..=2_932_896;
    lengths.iter().all(|len| *len == n)
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
        && c.actor_start.first() == Some(&0)
        && c.actor_start.last().copied() == u32::try_from(c.row_actors.len()).ok()
        && c.actor_start.is_sorted()
        && c.row_actors
            .iter()
            .all(|a| (a.actor().0 as usize) < c.actors.len())
        && c.actor_types.len() == c.actors.len()
}
