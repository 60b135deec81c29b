//! Keys of messages and the values that they name, checked while the program is compiled.

/// Every message, sorted by key, with the names of its values: made by `build.rs` from the locale files.
pub(super) static MESSAGES: &[(&str, &[&str])] = include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// The key of a message that is there in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextKey(pub(super) &'static str);

/// A message with the values that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub key: TextKey,
    pub args: Vec<(&'static str, String)>,
}

/// `text!("key")` is the [`TextKey`] of a message without values, `text!("key", n = 3, file = name)` a
/// [`Text`] with its values, which may be anything that is shown. `text!("kind-" + kind.code())` is one of a
/// family of messages, that of a code. `text!("key"; n, file)` is the key of a message that gets these values where
/// it is used. A key that is in no locale file and a value that the message names and is
/// not given do not compile; further values are for who reads the problem as JSON.
#[macro_export]
macro_rules! text {
    ($key:literal $(,)?) => {
        {
            const KEY: $crate::locale::TextKey = $crate::locale::TextKey::checked($key, &[]);
            KEY
        }
    };
    ($family:literal + $code:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::locale::Text {
            key: {
                const FAMILY: &str =
                    $crate::locale::TextKey::family($family, &[$(stringify!($name)),*]);
                $crate::locale::TextKey::of_code(FAMILY, &$code)
            },
            args: vec![$((stringify!($name), $value.to_string())),*],
        }
    };
    ($key:literal; $($name:ident),+) => {
        {
            const KEY: $crate::locale::TextKey =
                $crate::locale::TextKey::checked($key, &[$(stringify!($name)),+]);
            KEY
        }
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::locale::Text {
            key: {
                const KEY: $crate::locale::TextKey =
                    $crate::locale::TextKey::checked($key, &[$(stringify!($name)),+]);
                KEY
            },
            args: vec![$((stringify!($name), $value.to_string())),+],
        }
    };
}

impl TextKey {
    /// What `text!` calls in a constant.
    ///
    /// # Panics
    /// Where no message has this key, or it names other values; in a constant that is an error of the
    /// compiler.
    #[must_use]
    #[expect(clippy::panic, reason = "at compile time")]
    pub const fn checked(key: &'static str, values: &[&str]) -> TextKey {
        let Some(at) = position(key) else {
            panic!("no message has this key: see assets/locales");
        };
        let named = MESSAGES[at].1;
        assert!(
            has_all(values, named),
            "the message names a value that is not given"
        );
        TextKey(key)
    }

    /// What `text!` calls in a constant of a family of messages.
    ///
    /// # Panics
    /// Where no message of the family names these values; in a constant that is an error of the compiler.
    #[must_use]
    #[expect(clippy::panic, reason = "at compile time")]
    pub const fn family(family: &'static str, values: &[&str]) -> &'static str {
        let mut i = 0;
        while i < MESSAGES.len() {
            let (key, named) = MESSAGES[i];
            if begins(key.as_bytes(), family.as_bytes()) && has_all(named, values) {
                return family;
            }
            i += 1;
        }
        panic!("no message of this family takes these values: see assets/locales");
    }

    /// The message of a code of a family; tests hold that every code has one. The name of the family where it
    /// has none, so that the gap is seen.
    #[must_use]
    pub fn of_code(family: &'static str, code: &dyn std::fmt::Display) -> TextKey {
        let key = format!("{family}{code}");
        TextKey(position(&key).map_or(family, |at| MESSAGES[at].0))
    }

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl PartialEq<&str> for TextKey {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl From<TextKey> for Text {
    fn from(key: TextKey) -> Text {
        Text {
            key,
            args: Vec::new(),
        }
    }
}

impl From<&TextKey> for Text {
    fn from(key: &TextKey) -> Text {
        (*key).into()
    }
}

/// Where a key stands among [`MESSAGES`].
const fn position(key: &str) -> Option<usize> {
    let (mut low, mut high) = (0, MESSAGES.len());
    while low < high {
        let middle = low + (high - low) / 2;
        match order(MESSAGES[middle].0.as_bytes(), key.as_bytes()) {
            0 => return Some(middle),
            n if n < 0 => low = middle + 1,
            _ => high = middle,
        }
    }
    None
}

/// Below, at or above 0 as `a` comes before, with or after `b`.
const fn order(a: &[u8], b: &[u8]) -> i32 {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if a[i] != b[i] {
            return a[i] as i32 - b[i] as i32;
        }
        i += 1;
    }
    a.len() as i32 - b.len() as i32
}

const fn begins(key: &[u8], with: &[u8]) -> bool {
    key.len() >= with.len() && order(key.split_at(with.len()).0, with) == 0
}

/// Whether all of `names` are among `values`.
const fn has_all(values: &[&str], names: &[&str]) -> bool {
    let mut n = 0;
    while n < names.len() {
        let mut i = 0;
        while i < values.len() && order(values[i].as_bytes(), names[n].as_bytes()) != 0 {
            i += 1;
        }
        if i == values.len() {
            return false;
        }
        n += 1;
    }
    true
}
