//! The icons in use, by code point of `assets/fonts/AtalayaIcons.ttf` (Phosphor, MIT); all are
//! listed in `assets/fonts/icons.tsv`.

pub const ARROW_RIGHT: &str = "\u{e06c}";
pub const ARROW_U_UP_LEFT: &str = "\u{e08a}";
pub const ARROW_U_UP_RIGHT: &str = "\u{e08c}";
pub const BINOCULARS: &str = "\u{ea64}";
pub const CARET_DOWN: &str = "\u{e136}";
pub const CARET_LEFT: &str = "\u{e138}";
pub const CARET_RIGHT: &str = "\u{e13a}";
pub const CARET_UP: &str = "\u{e13c}";
pub const CHECK: &str = "\u{e182}";
pub const CLOCK: &str = "\u{e19a}";
pub const COPY: &str = "\u{e1ca}";
pub const CROSSHAIR: &str = "\u{e1d6}";
pub const FILE_TEXT: &str = "\u{e23a}";
pub const FOLDER_OPEN: &str = "\u{e256}";
pub const FUNNEL: &str = "\u{e266}";
pub const GLOBE: &str = "\u{e288}";
pub const HOUSE: &str = "\u{e2c2}";
pub const IMAGE: &str = "\u{e2ca}";
pub const INFO: &str = "\u{e2ce}";
pub const LIST: &str = "\u{e2f0}";
pub const LOCK_SIMPLE: &str = "\u{e308}";
pub const MAGNIFYING_GLASS: &str = "\u{e30c}";
pub const MAP_PIN: &str = "\u{e316}";
pub const MINUS: &str = "\u{e32a}";
pub const MOON: &str = "\u{e330}";
pub const PAUSE_FILL: &str = "\u{f39e}";
pub const PENCIL_SIMPLE: &str = "\u{E3B4}";
pub const PLAY_FILL: &str = "\u{f3d0}";
pub const PLUS: &str = "\u{e3d4}";
pub const QUESTION: &str = "\u{e3e8}";
pub const SELECTION: &str = "\u{e69a}";
pub const SIDEBAR_SIMPLE: &str = "\u{ec24}";
pub const SKIP_BACK: &str = "\u{e5a4}";
pub const SKIP_FORWARD: &str = "\u{e5a6}";
pub const STACK: &str = "\u{e466}";
pub const SUN: &str = "\u{e472}";
pub const TABLE: &str = "\u{e476}";
pub const TRASH: &str = "\u{E4A6}";
pub const UPLOAD_SIMPLE: &str = "\u{e4c0}";
pub const USERS_THREE: &str = "\u{E68E}";
pub const WARNING: &str = "\u{e4e0}";
pub const WARNING_CIRCLE: &str = "\u{e4e2}";
pub const X: &str = "\u{e4f6}";

#[cfg(test)]
mod tests {
    #[test]
    fn every_icon_is_in_the_list() {
        let list = include_str!("../../assets/fonts/icons.tsv");
        let here = include_str!("icons.rs");
        for line in here.lines().filter_map(|l| l.strip_prefix("pub const ")) {
            let (name, rest) = line.split_once(':').unwrap();
            let name = name.to_lowercase().replace('_', "-");
            let code = rest
                .split("u{")
                .nth(1)
                .and_then(|c| c.split('}').next())
                .unwrap();
            let listed = list
                .lines()
                .filter_map(|l| l.split_once('\t'))
                .any(|(n, c)| n.trim() == name && c.trim().eq_ignore_ascii_case(code));
            assert!(listed, "{name}");
        }
    }
}
