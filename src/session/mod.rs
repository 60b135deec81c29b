//! What a window or a command works on, without egui: the case with its columns, the view of it
//! and its history, and the loading of files into it.

mod asked;
mod bookmarks;
pub mod changes;
mod command;
mod deliveries;
mod demo;
mod desk;
pub mod duplicates;
mod history;
mod load;
mod loaded;
mod lookup;
pub mod picture;
mod play;
pub mod rejects;
mod settings;
pub mod table;
mod templates;
mod workspace;

pub use asked::Asked;
pub use bookmarks::{BOOKMARKS, Bookmark, Bookmarking, Bookmarks};
pub use command::{Command, Panel, Tool};
pub use deliveries::{Fit, fit_of};
pub use demo::{DEMO_DATASET, Example, demo_scratch};
pub use desk::{
    Derived, Desk, Found, Inspected, News, OfImport, Order, Proposed, Rejects, Selected,
};
pub use duplicates::{Decided, Deciding};
pub use history::History;
pub use load::{Delivery, LoadReport, load_delivery, load_file};
pub use loaded::{Loaded, find};
pub use lookup::{Lookup, Matches, Named, towns};
pub use play::{SPEEDS, advance, advance_both, play_on, steps_due};
pub use settings::Settings;
pub use table::TableSpec;
pub use templates::{
    Template, Templates, save_template, template_named, templates_folder, templates_in,
};
pub use workspace::{
    BasemapChoice, MOST_AREAS, NamedArea, Step, TimeMode, Timeline, WORKSPACE, Workspace,
};
