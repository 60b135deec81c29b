//! What a window or a command works on, without egui: the case with its columns, the view of it
//! and its history, and the loading of files into it.

mod command;
mod demo;
mod history;
mod load;
mod loaded;
pub mod picture;
mod play;
mod workspace;

pub use command::{Command, Panel};
pub use demo::{DEMO_DATASET, create_demo, demo_path};
pub use history::History;
pub use load::{LoadReport, load_file};
pub use loaded::Loaded;
pub use play::advance;
pub use workspace::{BasemapChoice, Step, TimeMode, Timeline, WORKSPACE, Workspace};
