//! The Admiralty code: how reliable the source is and how credible what it says.

use super::coded_enum;
use serde::{Deserialize, Serialize};

coded_enum! {
    /// Of the source. `F` is "cannot be judged", not "worst".
    Reliability { A = "A", B = "B", C = "C", D = "D", E = "E", F = "F" }
}

coded_enum! {
    /// Of the information. `6` is "cannot be judged", not "worst".
    Credibility { One = "1", Two = "2", Three = "3", Four = "4", Five = "5", Six = "6" }
}

/// Both together, written `B2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grade {
    pub reliability: Reliability,
    pub credibility: Credibility,
}

impl Grade {
    /// What is taken where nobody graded: neither can be judged.
    pub const UNJUDGED: Grade = Grade {
        reliability: Reliability::F,
        credibility: Credibility::Six,
    };

    /// Reads `B2`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Grade> {
        let mut chars = text.trim().chars();
        let reliability = Reliability::from_code(&chars.next()?.to_ascii_uppercase().to_string())?;
        let credibility = Credibility::from_code(&chars.next()?.to_string())?;
        chars.next().is_none().then_some(Grade {
            reliability,
            credibility,
        })
    }

    /// Whether the grade asks for a dashed outline: doubtful or worse, or not to be judged.
    #[must_use]
    pub fn is_low(self) -> bool {
        self.reliability >= Reliability::D || self.credibility >= Credibility::Four
    }
}

impl std::fmt::Display for Grade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.reliability.code(), self.credibility.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_nothing_else() {
        for r in Reliability::ALL {
            for c in Credibility::ALL {
                let grade = Grade {
                    reliability: *r,
                    credibility: *c,
                };
                assert_eq!(Grade::parse(&grade.to_string()), Some(grade));
            }
        }
        for bad in ["", "B", "G1", "B7", "B22", "2B"] {
            assert_eq!(Grade::parse(bad), None, "{bad}");
        }
    }
}
