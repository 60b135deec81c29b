//! Who: the parties to an incident.

use super::coded_enum;
use serde::{Deserialize, Serialize};

coded_enum! {
    ActorType {
        CartelOrGang = "cartel_or_gang",
        Military = "military",
        Police = "police",
        Government = "government",
        ArmedCivilians = "armed_civilians",
        Civilians = "civilians",
        ForeignState = "foreign_state",
        Unknown = "unknown",
    }
}

coded_enum! {
    /// Which side of the incident an actor stood on, as the source orders them.
    Side { A = "a", B = "b" }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    pub name: String,
    #[serde(rename = "type")]
    pub actor_type: ActorType,
}

impl Actor {
    #[must_use]
    pub fn new(name: impl Into<String>, actor_type: ActorType) -> Actor {
        Actor {
            name: name.into(),
            actor_type,
        }
    }
}
