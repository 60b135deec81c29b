//! What the page is to be.

use crate::domain::Filter;
use crate::index::Links;
use crate::query::RowSet;
use jiff::civil::Date;
use std::sync::Arc;

/// What the page is to be, beside the map it shows.
#[derive(Clone, Debug)]
pub struct PageSpec<'a> {
    /// Of the picture, px.
    pub size_px: [u32; 2],
    /// The headline; generated where `None` or empty.
    pub title: Option<&'a str>,
    /// The filter that the view's selection was made with; put into words under "Method".
    pub filter: &'a Filter,
    /// The rows that its text finds, where it has one.
    pub found: Option<&'a Arc<RowSet>>,
    /// Which rows are one event and count once.
    pub links: Option<&'a Arc<Links>>,
    /// How the publishers of the datasets shown want to be named.
    pub attributions: &'a [String],
    /// Day the data was last imported.
    pub data_date: Option<Date>,
}
