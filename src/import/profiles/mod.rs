//! The uppermost floor: what the columns and codes of each publisher mean, one file a publisher, and what
//! areas and lines of any file tell.

mod acled;
mod detect;
mod gdelt;
mod gtd;
pub mod movement;
mod own;
mod places;
mod profile;
mod sesnsp;
pub mod territory;
mod ucdp_ged;

pub use detect::{Candidate, choose, headerless, profiles, ranked};
pub use profile::{OWN, Profile};
