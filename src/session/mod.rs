//! What a window or a command works on, without egui: the case with its columns, the view of it
//! and its history, and the loading of files into it.

mod bookmarks;
mod command;
mod demo;
mod history;
mod load;
mod loaded;
mod lookup;
pub mod picture;
mod play;
pub mod table;
mod workspace;

pub use bookmarks::{BOOKMARKS, Bookmark, Bookmarking, Bookmarks};
pub use command::{Command, Panel, Tool};
pub use demo::{DEMO_DATASET, create_demo, demo_path};
pub use history::History;
pub use load::{LoadReport, load_file};
pub use loaded::{Loaded, find};
pub use lookup::{Lookup, Matches, Named, towns};
pub use play::{SPEEDS, advance, advance_both, steps_due};
pub use table::TableSpec;
pub use workspace::{BasemapChoice, Step, TimeMode, Timeline, WORKSPACE, Workspace};
