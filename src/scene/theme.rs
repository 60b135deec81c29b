//! Every colour there is. Screen and print take theirs from here and from nowhere else; the
//! tests hold the contrasts that WCAG 2.2 AA asks for.

use super::drawing::Color;
use crate::domain::Mark;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeName {
    #[default]
    Light,
    Dark,
}

/// The tokens of one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Theme {
    pub name: ThemeName,
    pub background: Color,
    pub panel: Color,
    /// Hairlines between panels and around controls.
    pub line: Color,
    pub text: Color,
    pub muted: Color,
    /// For what need not be read, such as empty bars.
    pub faint: Color,
    /// Selected, active, now: the one accent.
    pub accent: Color,
    pub accent_wash: Color,
    /// Text on the accent.
    pub on_accent: Color,
    pub warning: Color,
    pub land: Color,
    pub water: Color,
    pub coast: Color,
    /// Built-up areas.
    pub urban: Color,
    pub river: Color,
    pub rail: Color,
    pub road_minor: Color,
    /// Under main roads, a little wider.
    pub road_case: Color,
    pub road: Color,
    pub motorway: Color,
    /// The plate under a road's number, its edge and the number.
    pub shield: Color,
    pub shield_edge: Color,
    pub shield_text: Color,
    pub country_border: Color,
    pub state_border: Color,
    pub county_border: Color,
    pub place_label: Color,
    pub state_label: Color,
    pub water_label: Color,
    /// Lines along which something moved, and places that were measured.
    pub movement: Color,
    /// Behind labels on the map.
    pub halo: Color,
    /// Outline of symbols.
    pub hairline: Color,
    /// Two times side by side: brown against violet, told apart by all eyes, and by lightness.
    pub compare_a: Color,
    pub compare_b: Color,
    /// Text on either of them.
    pub on_compare: Color,
    /// Colours say something else than kinds: marks differ by shape alone.
    pub plain_marks: bool,
}

impl Theme {
    /// A mark's colour where many lie together: `place` of 0..=1 is that of their number.
    #[must_use]
    pub fn deepened(&self, color: Color, place: f32) -> Color {
        color.mix(self.text, 0.62 * place)
    }

    pub const LIGHT: Theme = Theme {
        name: ThemeName::Light,
        background: Color::hex(0xFFFFFF),
        panel: Color::hex(0xFBFBFA),
        line: Color::hex(0xE4E2DD),
        text: Color::hex(0x20242A),
        muted: Color::hex(0x5F656C),
        faint: Color::hex(0x9AA0A6),
        accent: Color::hex(0x0D7482),
        accent_wash: Color::hex(0xE3F1F3),
        on_accent: Color::hex(0xFFFFFF),
        warning: Color::hex(0xA84300),
        land: Color::hex(0xF5F2EB),
        water: Color::hex(0xCFE1EA),
        coast: Color::hex(0xA9C4D1),
        urban: Color::hex(0xE9E3D7),
        river: Color::hex(0xB5D0DD),
        rail: Color::hex(0xC9C1B6),
        road_minor: Color::hex(0xDDD4C6),
        road_case: Color::hex(0xC9BDAA),
        road: Color::hex(0xFDFBF6),
        motorway: Color::hex(0xF3DDB3),
        shield: Color::hex(0xFFFFFF),
        shield_edge: Color::hex(0xA89B88),
        shield_text: Color::hex(0x5B544C),
        country_border: Color::hex(0x8F8478),
        state_border: Color::hex(0xC9BFB1),
        county_border: Color::hex(0xE0D9CE),
        place_label: Color::hex(0x55504A),
        state_label: Color::hex(0x8A8074),
        water_label: Color::hex(0x5E8CA3),
        movement: Color::hex(0x2F3A52),
        halo: Color::hex(0xF8F6F1),
        hairline: Color::hex(0xFFFFFF),
        compare_a: Color::hex(0xA8560A),
        compare_b: Color::hex(0x4B2A8C),
        on_compare: Color::hex(0xFFFFFF),
        plain_marks: false,
    };

    pub const DARK: Theme = Theme {
        name: ThemeName::Dark,
        background: Color::hex(0x12181D),
        panel: Color::hex(0x161D23),
        line: Color::hex(0x28323A),
        text: Color::hex(0xE6EAED),
        muted: Color::hex(0x98A3AB),
        faint: Color::hex(0x6B7780),
        accent: Color::hex(0x3FC1CF),
        accent_wash: Color::hex(0x12343A),
        on_accent: Color::hex(0x0B1518),
        warning: Color::hex(0xF0A35E),
        land: Color::hex(0x182229),
        water: Color::hex(0x07111A),
        coast: Color::hex(0x2F4656),
        urban: Color::hex(0x232E35),
        river: Color::hex(0x24445A),
        rail: Color::hex(0x37454E),
        road_minor: Color::hex(0x2B3840),
        road_case: Color::hex(0x141C21),
        road: Color::hex(0x3A4953),
        motorway: Color::hex(0x4C5B60),
        shield: Color::hex(0x27333B),
        shield_edge: Color::hex(0x5E6F7A),
        shield_text: Color::hex(0xC3CDD3),
        country_border: Color::hex(0x60727E),
        state_border: Color::hex(0x3A4B56),
        county_border: Color::hex(0x28343C),
        place_label: Color::hex(0xB9C4CB),
        state_label: Color::hex(0x6C7F8B),
        water_label: Color::hex(0x4F7C94),
        movement: Color::hex(0xAEBDD6),
        halo: Color::hex(0x12181D),
        hairline: Color::hex(0xE6EAED),
        compare_a: Color::hex(0xF7C56C),
        compare_b: Color::hex(0x9078EC),
        on_compare: Color::hex(0x0B1518),
        plain_marks: false,
    };

    #[must_use]
    pub const fn named(name: ThemeName) -> Theme {
        match name {
            ThemeName::Light => Theme::LIGHT,
            ThemeName::Dark => Theme::DARK,
        }
    }

    /// The colour of a mark.
    #[must_use]
    pub const fn mark(&self, mark: Mark) -> Color {
        if self.plain_marks {
            return self.other();
        }
        match (mark, self.name) {
            (Mark::ArmedViolence, _) => Color::hex(0xD55E00),
            (Mark::StateAction, ThemeName::Light) => Color::hex(0x0072B2),
            (Mark::StateAction, ThemeName::Dark) => Color::hex(0x4DA3E0),
            // Amber as in the sketch has 2.0:1 on light land; darkened to pass 3:1.
            (Mark::Coercion, ThemeName::Light) => Color::hex(0xB07A00),
            (Mark::Coercion, ThemeName::Dark) => Color::hex(0xE69F00),
            (Mark::Seizure, _) => Color::hex(0x8A6FD1),
            (Mark::Explosive, _) => Color::hex(0xCC5A9A),
            (Mark::Unrest, ThemeName::Light) => Color::hex(0x008F68),
            (Mark::Unrest, ThemeName::Dark) => Color::hex(0x009E73),
            (Mark::Context, _) => Color::hex(0x7C858C),
        }
    }

    /// The colour of one of a few names, such as actors or datasets: told apart by all eyes as far as eight
    /// can be (after Paul Tol's muted scheme), none of them that of a mark.
    #[must_use]
    pub const fn category(&self, index: usize) -> Color {
        const LIGHT: [u32; 8] = [
            0x332288, 0xC2405E, 0x117733, 0x8F6A00, 0x2A7F9E, 0xAA4499, 0x6B6B12, 0x661100,
        ];
        const DARK: [u32; 8] = [
            0xA294F5, 0xF0899B, 0x55C27A, 0xE2B65A, 0x88CCEE, 0xD98AD3, 0xC9C95A, 0xD98368,
        ];
        Color::hex(match self.name {
            ThemeName::Light => LIGHT[index % LIGHT.len()],
            ThemeName::Dark => DARK[index % DARK.len()],
        })
    }

    /// The colour of what shares one with others.
    #[must_use]
    pub const fn other(&self) -> Color {
        match self.name {
            ThemeName::Light => Color::hex(0x6F7780),
            ThemeName::Dark => Color::hex(0x9AA5AE),
        }
    }

    /// The colour of a count, `t` of 0..=1 from the fewest to the most: even steps of lightness away
    /// from the land, in hues that stay apart for those who tell few (the middle of matplotlib's
    /// inferno, CC0).
    #[must_use]
    pub fn density(&self, t: f32) -> Color {
        const LIGHT: [u32; 6] = [0xDD513A, 0xBC3754, 0x932667, 0x6A176E, 0x420A68, 0x160B39];
        const DARK: [u32; 6] = [0xC73E4C, 0xDD513A, 0xF37819, 0xFCA50A, 0xF6D746, 0xFCFFA4];
        let stops = match self.name {
            ThemeName::Light => LIGHT,
            ThemeName::Dark => DARK,
        };
        let at = t.clamp(0.0, 1.0) * (stops.len() - 1) as f32;
        let first = (at as usize).min(stops.len() - 2);
        Color::hex(stops[first]).mix(Color::hex(stops[first + 1]), at - first as f32)
    }

    /// A shade of the accent behind text, from none at 0 to the strongest on which it can be read
    /// at 1.
    #[must_use]
    pub fn shade(&self, share: f32) -> Color {
        let strongest = match self.name {
            ThemeName::Light => 0.7,
            ThemeName::Dark => 0.45,
        };
        self.panel.mix(self.accent, strongest * share)
    }

    /// The colour of the `index`-th actor's territory: earthy tones apart from those of the marks
    /// and told from one another by lightness too. After six they come round again, which is why
    /// every area also carries its actor's name.
    #[must_use]
    pub const fn territory(&self, index: usize) -> Color {
        const LIGHT: [u32; 6] = [0x8C4A2F, 0x3F4F9E, 0x5C6F1E, 0x7A2F62, 0x1F6B62, 0x6B5B3E];
        const DARK: [u32; 6] = [0xD89A7C, 0x8FA0F0, 0xA9BF62, 0xD48ABD, 0x69C2B6, 0xC2B08A];
        Color::hex(match self.name {
            ThemeName::Light => LIGHT[index % LIGHT.len()],
            ThemeName::Dark => DARK[index % DARK.len()],
        })
    }
}

/// WCAG contrast ratio of two opaque colours, 1..=21.
#[must_use]
pub fn contrast(a: Color, b: Color) -> f64 {
    let channel = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    let luminance =
        |c: Color| 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [Theme; 2] = [Theme::LIGHT, Theme::DARK];

    #[test]
    fn text_is_legible() {
        for t in THEMES {
            for (what, ink, paper) in [
                ("text", t.text, t.panel),
                ("muted", t.muted, t.panel),
                ("muted on background", t.muted, t.background),
                ("muted on land", t.muted, t.land),
                ("accent", t.accent, t.panel),
                ("accent on wash", t.accent, t.accent_wash),
                ("on accent", t.on_accent, t.accent),
                ("text on wash", t.text, t.accent_wash),
                ("warning", t.warning, t.panel),
                ("place label", t.place_label, t.land),
                ("road number", t.shield_text, t.shield),
                ("place label on water", t.place_label, t.water),
            ] {
                let ratio = contrast(ink, paper);
                assert!(ratio >= 4.5, "{:?} {what}: {ratio:.2}", t.name);
            }
        }
    }

    #[test]
    fn numbers_on_shades_are_legible() {
        for t in THEMES {
            for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
                let ratio = contrast(t.text, t.shade(share));
                assert!(ratio >= 4.5, "{:?} {share}: {ratio:.2}", t.name);
            }
            assert!(contrast(t.shade(1.0), t.panel) >= 1.8, "{:?}", t.name);
        }
    }

    #[test]
    fn territories_stand_out_and_their_names_can_be_read() {
        for t in THEMES {
            for i in 0..6 {
                let ratio = contrast(t.territory(i), t.land);
                assert!(ratio >= 4.5, "{:?} {i}: {ratio:.2}", t.name);
            }
        }
    }

    #[test]
    fn movements_stand_out_on_land_and_water() {
        for t in THEMES {
            for paper in [t.land, t.water, t.background, t.panel] {
                let ratio = contrast(t.movement, paper);
                assert!(ratio >= 4.5, "{:?} {paper:?}: {ratio:.2}", t.name);
            }
        }
    }

    /// What colour-blind eyes see, in linear light (Machado, Oliveira and Fernandes 2009, complete
    /// protanopia, deuteranopia and tritanopia).
    const BLIND: [[[f64; 3]; 3]; 3] = [
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ];

    fn as_seen(c: Color, eyes: &[[f64; 3]; 3]) -> Color {
        let linear = [c.r, c.g, c.b].map(|v| (f64::from(v) / 255.0).powf(2.2));
        let seen = eyes.map(|row| {
            let v: f64 = row.iter().zip(linear).map(|(m, v)| m * v).sum();
            (v.clamp(0.0, 1.0).powf(1.0 / 2.2) * 255.0).round() as u8
        });
        Color {
            r: seen[0],
            g: seen[1],
            b: seen[2],
            a: 255,
        }
    }

    #[test]
    fn two_times_stand_out_and_apart_for_all_eyes() {
        for t in THEMES {
            for (what, ink, paper, least) in [
                ("a on land", t.compare_a, t.land, 4.5),
                ("b on land", t.compare_b, t.land, 4.5),
                ("a on panel", t.compare_a, t.panel, 4.5),
                ("b on panel", t.compare_b, t.panel, 4.5),
                ("letter on a", t.on_compare, t.compare_a, 4.5),
                ("letter on b", t.on_compare, t.compare_b, 4.5),
            ] {
                let ratio = contrast(ink, paper);
                assert!(ratio >= least, "{:?} {what}: {ratio:.2}", t.name);
            }
            for (i, eyes) in BLIND.iter().enumerate() {
                let (a, b) = (as_seen(t.compare_a, eyes), as_seen(t.compare_b, eyes));
                let ratio = contrast(a, b);
                assert!(ratio >= 1.5, "{:?} {i}: {a:?} {b:?} {ratio:.2}", t.name);
            }
        }
    }

    #[test]
    fn counts_stand_out_and_more_stands_out_more() {
        for t in THEMES {
            let steps: Vec<f64> = (0..=100)
                .map(|i| contrast(t.density(i as f32 / 100.0), t.land))
                .collect();
            assert!(steps[0] >= 3.0, "{:?}: {:.2}", t.name, steps[0]);
            assert!(steps.is_sorted(), "{:?}: {steps:?}", t.name);
        }
    }

    #[test]
    fn marks_stand_out_from_the_map() {
        for t in THEMES {
            for mark in Mark::ALL {
                let ratio = contrast(t.mark(*mark), t.land);
                assert!(ratio >= 3.0, "{:?} {mark:?}: {ratio:.2}", t.name);
            }
        }
    }
}
