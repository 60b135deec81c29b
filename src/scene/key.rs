//! The key to a map: what each layer explains of itself, as rows that window and page set in type of
//! their own.

use super::drawing::{Point, Primitive};
use super::ramp_key::RampKey;
use super::theme::Theme;
use super::view::MapView;
use crate::index::Row;

/// Where a key stands: window and page have words and sizes of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    Window,
    Page,
}

impl Medium {
    /// One of two things, by the medium.
    #[must_use]
    pub fn pick<T>(self, window: T, page: T) -> T {
        match self {
            Medium::Window => window,
            Medium::Page => page,
        }
    }

    /// From the left end of a line to the middle of its sign, px.
    #[must_use]
    pub fn sign_px(self) -> f32 {
        self.pick(11.0, 9.0)
    }
}

/// What is explained under one head, in the order of the window's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Territories,
    Incidents,
    Movements,
    /// What has no section of its own; it stands below movements where there are any.
    Also,
    Times,
}

/// What one layer explains.
pub struct KeyPart {
    pub section: Section,
    pub head: String,
    pub rows: Vec<KeyRow>,
}

pub enum KeyRow {
    Line(KeyLine),
    Ramp(RampKey),
    Sizes(Sizes),
    Head(String),
    /// What the lines come to.
    Total(String, String),
    /// A sentence in the type of lines, of at most so many lines of a page.
    Says(String, usize),
    /// The same in small type.
    Note(String, usize),
    /// Room, px.
    Gap(f32),
}

/// What stands for a thing; its left end is at the point, px, or its middle where it has a size.
pub type Sign = Box<dyn Fn(&Theme, Point) -> Vec<Primitive>>;

/// The same of a radius, px, with its middle at the point.
pub type SizedSign = Box<dyn Fn(&Theme, Point, f32) -> Primitive>;

/// A sign, a name, and a value at the right.
pub struct KeyLine {
    /// Further to the right by so many px.
    pub indent_px: f32,
    pub sign: Sign,
    pub name: String,
    pub value: String,
    /// More words, for who points at it.
    pub tip: Option<String>,
    pub leads_to: Option<Leads>,
}

/// The rows that a line counts: the function is asked with the number.
pub type Leads = (fn(&MapView, usize) -> Vec<Row>, usize);

/// Symbols by deaths.
pub struct Sizes {
    /// Deaths and the radius of a symbol for so many, px.
    pub samples: Vec<(u32, f32)>,
    /// The last stands for all that is bigger.
    pub is_capped: bool,
    pub sign: SizedSign,
}

impl KeyLine {
    #[must_use]
    pub fn new(
        sign: impl Fn(&Theme, Point) -> Vec<Primitive> + 'static,
        name: String,
        value: String,
    ) -> KeyLine {
        KeyLine {
            indent_px: 0.0,
            sign: Box::new(sign),
            name,
            value,
            tip: None,
            leads_to: None,
        }
    }
}
