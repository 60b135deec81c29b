//! Whether values are such as the program can use: another program may have written others, and without a word the
//! rows would be missing from map and counts.

use rusqlite::types::ValueRef;

pub(in crate::store) fn has_code<T>(value: ValueRef<'_>, read: fn(&str) -> Option<T>) -> bool {
    value.as_str().is_ok_and(|code| read(code).is_some())
}

pub(in crate::store) fn is_null(value: ValueRef<'_>) -> bool {
    matches!(value, ValueRef::Null)
}

/// JSON, or none.
pub(in crate::store) fn is_json(value: ValueRef<'_>) -> bool {
    let is_read = |text| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    is_null(value) || value.as_str().is_ok_and(is_read)
}

/// A count or none; the outer `None` for what is neither.
pub(in crate::store) fn count(value: ValueRef<'_>) -> Option<Option<u32>> {
    match value {
        ValueRef::Null => Some(None),
        ValueRef::Integer(n) => u32::try_from(n).ok().map(Some),
        _ => None,
    }
}
