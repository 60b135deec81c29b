//! The window, walked by role and label as a user of it or of a screen reader does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod assistant;
mod desk;
mod duplicates;
mod figures;
mod filter;
mod find;
mod first_minutes;
mod long;
mod newcomer;
mod online;
mod overview;
#[cfg(feature = "picture-tests")]
mod pictures;
mod support;
mod table;
mod time;
mod ways;
