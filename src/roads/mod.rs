//! Ways along the built-in roads between two places, and others beside the fastest. The network is Natural Earth's
//! roads at 1:10 million (public domain), cut at their crossings by `data/basemap/roads.py`: where a road runs is
//! known to some 300 m, in places to 3 km.

mod network;
mod routes;
mod stops;

pub use routes::{OFF_ROAD_M, Way, ways};
pub use stops::{Stop, between, is_route, stop, stops};
