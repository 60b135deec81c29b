//! Atalaya maps security incidents with their uncertainty.
//!
//! Modules, lowest first; each may use those above it in this list and none below (a test reads
//! the `use` lines): `domain`, `locale`; `files`, `gazetteer`, `roads`; `import`, `index`, `basemap`; `store`, `query`; `scene`;
//! `render`; `jobs`, `session`; `online`; `view`; `app`. `cli` uses all but `view` and `app`. `store` alone
//! knows SQL, but for the reader of other people's GeoPackages in `import`; `view` and `app` alone know egui.

// First: its `text!` is for all that follow.
#[macro_use]
pub mod locale;

pub mod basemap;
pub mod cli;
pub mod domain;
pub mod files;
pub mod gazetteer;
pub mod import;
pub mod index;
pub mod jobs;
pub mod query;
pub mod render;
pub mod roads;
pub mod scene;
pub mod session;
pub mod store;

#[cfg(feature = "gui")]
pub mod app;
#[cfg(feature = "gui")]
pub mod online;
#[cfg(feature = "gui")]
pub mod view;

mod window;

pub use window::open_window;

// Test data is written as seen from outside, so that it can be tried out there.
#[cfg(test)]
extern crate self as atalaya;
