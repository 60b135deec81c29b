//! What happened: a short two-level taxonomy, and the mark each kind is drawn with.

use super::coded_enum;

coded_enum! {
    /// The upper level of the taxonomy.
    KindGroup {
        ArmedViolence = "armed_violence",
        Explosive = "explosive",
        Coercion = "coercion",
        StateAction = "state_action",
        Unrest = "unrest",
        Context = "context",
    }
}

coded_enum! {
    /// The lower level: what an incident is.
    Kind {
        GunBattle = "gun_battle",
        Ambush = "ambush",
        AttackCivilians = "attack_civilians",
        Homicide = "homicide",
        BodiesDisplayed = "bodies_displayed",
        CarBomb = "car_bomb",
        DroneStrike = "drone_strike",
        GrenadeMine = "grenade_mine",
        ExplosionOther = "explosion_other",
        Abduction = "abduction",
        Disappearance = "disappearance",
        Extortion = "extortion",
        Threat = "threat",
        Blockade = "blockade",
        Arrest = "arrest",
        Rescue = "rescue",
        Raid = "raid",
        Seizure = "seizure",
        Laboratory = "laboratory",
        Deployment = "deployment",
        ReconFlight = "recon_flight",
        Extradition = "extradition",
        Protest = "protest",
        Riot = "riot",
        PrisonIncident = "prison_incident",
        Policy = "policy",
        Infrastructure = "infrastructure",
        Statement = "statement",
        Other = "other",
    }
}

coded_enum! {
    /// What colour and outline a kind is drawn with. The groups, except that seizures (of goods
    /// and laboratories) are told apart from other state action, as readers of such maps expect.
    Mark {
        ArmedViolence = "armed_violence",
        StateAction = "state_action",
        Coercion = "coercion",
        Seizure = "seizure_mark",
        Explosive = "explosive",
        Unrest = "unrest",
        Context = "context",
    }
}

/// The outline of a mark. Each mark has its own, so that colour never carries meaning alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
    Star,
    Hexagon,
    Ring,
}

/// What is drawn inside the outline, to tell the kinds of one mark apart where there is room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Inner {
    Plain,
    Dot,
    Horizontal,
    Vertical,
    Cross,
    Hole,
}

impl Mark {
    #[must_use]
    pub const fn shape(self) -> Shape {
        match self {
            Mark::ArmedViolence => Shape::Circle,
            Mark::StateAction => Shape::Square,
            Mark::Coercion => Shape::Triangle,
            Mark::Seizure => Shape::Diamond,
            Mark::Explosive => Shape::Star,
            Mark::Unrest => Shape::Hexagon,
            Mark::Context => Shape::Ring,
        }
    }
}

impl Kind {
    #[must_use]
    pub const fn group(self) -> KindGroup {
        use Kind::*;
        match self {
            GunBattle | Ambush | AttackCivilians | Homicide | BodiesDisplayed => {
                KindGroup::ArmedViolence
            }
            CarBomb | DroneStrike | GrenadeMine | ExplosionOther => KindGroup::Explosive,
            Abduction | Disappearance | Extortion | Threat | Blockade => KindGroup::Coercion,
            Arrest | Rescue | Raid | Seizure | Laboratory | Deployment | ReconFlight
            | Extradition => KindGroup::StateAction,
            Protest | Riot | PrisonIncident => KindGroup::Unrest,
            Policy | Infrastructure | Statement | Other => KindGroup::Context,
        }
    }

    #[must_use]
    pub const fn mark(self) -> Mark {
        match self {
            Kind::Seizure | Kind::Laboratory => Mark::Seizure,
            other => match other.group() {
                KindGroup::ArmedViolence => Mark::ArmedViolence,
                KindGroup::Explosive => Mark::Explosive,
                KindGroup::Coercion => Mark::Coercion,
                KindGroup::StateAction => Mark::StateAction,
                KindGroup::Unrest => Mark::Unrest,
                KindGroup::Context => Mark::Context,
            },
        }
    }

    /// Together with [`Mark::shape`] unique to the kind.
    #[must_use]
    pub const fn inner(self) -> Inner {
        use Kind::*;
        match self {
            GunBattle | CarBomb | Abduction | Arrest | Seizure | Protest | Policy => Inner::Plain,
            Ambush | DroneStrike | Disappearance | Raid | Laboratory | Riot | Statement => {
                Inner::Dot
            }
            AttackCivilians | GrenadeMine | Extortion | Deployment | PrisonIncident
            | Infrastructure => Inner::Horizontal,
            Homicide | ExplosionOther | Threat | ReconFlight | Other => Inner::Vertical,
            BodiesDisplayed | Blockade | Rescue => Inner::Cross,
            Extradition => Inner::Hole,
        }
    }
}

impl KindGroup {
    /// The kinds of this group, in listing order.
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |k| k.group() == self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_kind_has_an_icon_of_its_own() {
        let icons: HashSet<_> = Kind::ALL
            .iter()
            .map(|k| (k.mark().shape(), k.inner()))
            .collect();
        assert_eq!(icons.len(), Kind::ALL.len());
    }

    #[test]
    fn codes_round_trip_and_do_not_clash_across_levels() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(*kind));
            assert_eq!(KindGroup::from_code(kind.code()), None);
        }
    }
}
