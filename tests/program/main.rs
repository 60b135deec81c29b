//! The program from outside: its commands, its files, its texts, its structure. One binary, because
//! each is linked with the whole of the program.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod answers;
mod architecture;
mod attacks;
mod bad_input;
mod cases;
mod common;
#[cfg(feature = "gdal-tests")]
mod conversions;
mod count;
mod duplicates;
mod every_file;
mod geopackage;
mod import;
mod interrupt;
mod nuevo_laredo;
mod outputs;
mod reading;
mod revisions;
mod snapshot;
mod sources;
mod window_import;
