//! Everything that can be asked for by name: one list behind the menu, the palette, the shortcuts
//! and their card, so that nothing is named twice.

use crate::locale::{Lang, TextKey, tr};
use crate::scene::layers::LAYERS;
use crate::scene::style::IncidentStyle;
use crate::scene::theme::ThemeName;
use crate::session::{
    BasemapChoice, Bookmark, Bookmarking, Command, Example, Panel, Tool, Workspace,
};
use egui::{Key, Modifiers};
use std::sync::Arc;

/// What an action may depend on.
pub struct Now<'a> {
    pub lang: Lang,
    pub theme: ThemeName,
    /// `None` where no case is open.
    pub workspace: Option<&'a Workspace>,
    pub bookmarks: &'a [Bookmark],
    pub playing: bool,
    pub can_undo: bool,
    pub can_redo: bool,
    pub selected: usize,
    /// What is in hand to draw with on the map.
    pub tool: Tool,
    pub measuring: bool,
}

/// One or more keys pressed together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shortcut(pub Modifiers, pub Key);

pub struct Action {
    /// Key of its name in the locale files.
    pub name: TextKey,
    /// The first is the one shown.
    pub shortcuts: &'static [Shortcut],
    /// What it asks for; `None` where there is nothing to do now.
    pub command: fn(&Now) -> Option<Command>,
}

const fn plain(key: Key) -> Shortcut {
    Shortcut(Modifiers::NONE, key)
}

const fn ctrl(key: Key) -> Shortcut {
    Shortcut(Modifiers::COMMAND, key)
}

const CTRL_SHIFT: Modifiers = Modifiers {
    shift: true,
    ..Modifiers::COMMAND
};

const fn action(
    name: TextKey,
    shortcuts: &'static [Shortcut],
    command: fn(&Now) -> Option<Command>,
) -> Action {
    Action {
        name,
        shortcuts,
        command,
    }
}

/// A command that needs an open case.
fn with_case(now: &Now, command: Command) -> Option<Command> {
    now.workspace.map(|_| command)
}

/// Takes a tool in hand, or lays it down.
fn take(now: &Now, tool: Tool) -> Option<Command> {
    let tool = if now.tool == tool { Tool::None } else { tool };
    with_case(now, Command::Take(tool))
}

/// Shows incidents in another way.
fn style(now: &Now, style: IncidentStyle) -> Option<Command> {
    let mut layers = now.workspace?.layers;
    let changes = layers.density.style != style;
    layers.density.style = style;
    changes.then_some(Command::SetLayers(layers))
}

pub const ACTIONS: &[Action] = &[
    action(text!("menu-open"), &[ctrl(Key::O)], |_| Some(Command::Open)),
    action(text!("menu-new"), &[ctrl(Key::N)], |_| {
        Some(Command::NewCase)
    }),
    action(text!("menu-demo"), &[], |_| {
        Some(Command::OpenExample(Example::NuevoLaredo))
    }),
    action(text!("menu-mexico"), &[], |_| {
        Some(Command::OpenExample(Example::Mexico))
    }),
    action(text!("menu-import"), &[ctrl(Key::I)], |now| {
        with_case(now, Command::Import)
    }),
    action(text!("menu-picture"), &[ctrl(Key::S)], |now| {
        with_case(now, Command::SavePicture)
    }),
    action(text!("action-search"), &[ctrl(Key::F)], |now| {
        with_case(now, Command::FocusSearch)
    }),
    action(text!("action-known-on"), &[], |now| {
        with_case(now, Command::FocusKnownOn)
    }),
    action(text!("action-palette"), &[ctrl(Key::K)], |_| {
        Some(Command::TogglePalette)
    }),
    action(text!("undo"), &[ctrl(Key::Z)], |now| {
        now.can_undo.then_some(Command::Undo)
    }),
    action(
        text!("redo"),
        &[ctrl(Key::Y), Shortcut(CTRL_SHIFT, Key::Z)],
        |now| now.can_redo.then_some(Command::Redo),
    ),
    action(text!("action-clear-filter"), &[], |now| {
        let filtered = now.workspace.is_some_and(|w| !w.filter.is_empty());
        filtered.then(|| Command::SetFilter(Box::default()))
    }),
    action(text!("time-show-all"), &[], |now| {
        let filter = &now.workspace?.filter;
        let any_time = filter.any_time();
        (any_time != *filter).then(|| Command::SetFilter(Box::new(any_time)))
    }),
    action(text!("time-play"), &[plain(Key::Space)], |now| {
        with_case(now, Command::Play(!now.playing))
    }),
    action(text!("time-back"), &[plain(Key::Comma)], |now| {
        with_case(now, Command::Step(-1))
    }),
    action(text!("time-forward"), &[plain(Key::Period)], |now| {
        with_case(now, Command::Step(1))
    }),
    action(
        text!("map-zoom-in"),
        &[plain(Key::Plus), plain(Key::Equals)],
        |now| with_case(now, Command::ZoomBy(1.0)),
    ),
    action(text!("map-zoom-out"), &[plain(Key::Minus)], |now| {
        with_case(now, Command::ZoomBy(-1.0))
    }),
    action(text!("map-home"), &[plain(Key::Home)], |now| {
        with_case(now, Command::Home)
    }),
    action(text!("map-draw-box"), &[], |now| take(now, Tool::Box)),
    action(text!("action-polygon"), &[], |now| take(now, Tool::Polygon)),
    action(text!("action-circle"), &[], |now| take(now, Tool::Circle)),
    action(text!("action-corridor"), &[], |now| {
        take(now, Tool::Corridor)
    }),
    action(text!("area-import"), &[], |now| {
        with_case(now, Command::ChooseRoute)
    }),
    action(text!("action-go-to-area"), &[], |now| {
        now.workspace?.filter.area.as_ref()?;
        Some(Command::GoToArea)
    }),
    action(text!("map-measure"), &[plain(Key::M)], |now| {
        with_case(now, Command::Measure(!now.measuring))
    }),
    action(text!("card-go-to"), &[], |now| {
        (now.selected > 0).then_some(Command::GoToSelected)
    }),
    action(text!("action-select-none"), &[], |now| {
        (now.selected > 0).then(|| Command::Select(Arc::default()))
    }),
    action(text!("actors-title"), &[plain(Key::A)], |now| {
        with_case(now, Command::Fold(Panel::Card(text!("actors-title"))))
    }),
    action(text!("duplicates-title"), &[], |now| {
        with_case(now, Command::Fold(Panel::Card(text!("duplicates-title"))))
    }),
    action(text!("bookmark-add"), &[ctrl(Key::D)], |now| {
        with_case(now, Command::Bookmark(Bookmarking::Add(None)))
    }),
    action(text!("help-table"), &[plain(Key::T)], |now| {
        with_case(now, Command::Fold(Panel::Table))
    }),
    action(text!("action-next"), &[plain(Key::J)], |now| {
        (now.selected > 1).then_some(Command::InspectStep(1))
    }),
    action(text!("action-previous"), &[plain(Key::K)], |now| {
        (now.selected > 1).then_some(Command::InspectStep(-1))
    }),
    action(
        text!("action-fold-left"),
        &[plain(Key::OpenBracket)],
        |now| with_case(now, Command::Fold(Panel::Left)),
    ),
    action(
        text!("action-fold-right"),
        &[plain(Key::CloseBracket)],
        |now| with_case(now, Command::Fold(Panel::Inspector)),
    ),
    action(text!("help-timeline"), &[plain(Key::Backslash)], |now| {
        with_case(now, Command::Fold(Panel::Timeline))
    }),
    action(text!("help-legend"), &[plain(Key::G)], |now| {
        with_case(now, Command::Fold(Panel::Legend))
    }),
    action(text!("action-style-auto"), &[], |now| {
        style(now, IncidentStyle::Auto)
    }),
    action(text!("action-style-symbols"), &[], |now| {
        style(now, IncidentStyle::Symbols)
    }),
    action(text!("action-style-density"), &[], |now| {
        style(now, IncidentStyle::Density)
    }),
    action(text!("action-style-hexagons"), &[], |now| {
        style(now, IncidentStyle::Hexagons)
    }),
    action(text!("action-style-clusters"), &[], |now| {
        style(now, IncidentStyle::Clusters)
    }),
    action(text!("action-basemap-builtin"), &[], |now| {
        with_case(now, Command::SetBasemap(BasemapChoice::Builtin))
    }),
    action(text!("action-basemap-none"), &[], |now| {
        with_case(now, Command::SetBasemap(BasemapChoice::None))
    }),
    action(text!("action-basemap-file"), &[], |now| {
        with_case(now, Command::ChooseBasemapFile)
    }),
    action(text!("action-theme"), &[], |now| {
        Some(Command::SetTheme(match now.theme {
            ThemeName::Dark => ThemeName::Light,
            ThemeName::Light => ThemeName::Dark,
        }))
    }),
    action(text!("language-tip"), &[], |now| {
        Some(Command::SetLang(match now.lang {
            Lang::En => Lang::Es,
            Lang::Es => Lang::En,
        }))
    }),
    action(
        text!("menu-help"),
        &[plain(Key::Questionmark), plain(Key::F1)],
        |_| Some(Command::ToggleHelp),
    ),
];

/// What the case menu offers, by name.
pub const CASE_MENU: [TextKey; 8] = [
    text!("menu-open"),
    text!("menu-new"),
    text!("menu-demo"),
    text!("menu-mexico"),
    text!("menu-import"),
    text!("menu-picture"),
    text!("action-palette"),
    text!("menu-help"),
];

/// Keys that are no action of their own, with what they do.
const GESTURES: [(Keys, TextKey); 4] = [
    (Keys::Printed("Ctrl 1–9"), text!("help-bookmarks")),
    (Keys::Named(text!("key-shift")), text!("help-box")),
    (Keys::Named(text!("key-enter")), text!("help-pick")),
    (Keys::Printed("Esc"), text!("help-escape")),
];

/// Keys as they are printed on a keyboard, or with a name in each language.
enum Keys {
    Printed(&'static str),
    Named(TextKey),
}

impl Shortcut {
    /// As it is printed on keys: `Ctrl K`.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut keys = Vec::new();
        if self.0.command {
            keys.push("Ctrl".to_owned());
        }
        if self.0.shift {
            keys.push(tr(lang, text!("key-shift")));
        }
        keys.push(match self.1 {
            Key::Space => tr(lang, text!("key-space")),
            Key::Home => tr(lang, text!("key-home")),
            Key::Minus => "−".to_owned(),
            key => key.symbol_or_name().to_owned(),
        });
        keys.join(" ")
    }
}

impl Action {
    #[must_use]
    pub fn shortcut_text(&self, lang: Lang) -> String {
        let first = self.shortcuts.first();
        first.map(|s| s.text(lang)).unwrap_or_default()
    }
}

/// Every shortcut with what it does, for the card of shortcuts.
#[must_use]
pub fn shortcuts(lang: Lang) -> Vec<(String, String)> {
    let of_actions = ACTIONS.iter().filter(|a| !a.shortcuts.is_empty());
    let of_actions = of_actions.map(|a| {
        let keys: Vec<String> = a.shortcuts.iter().map(|s| s.text(lang)).collect();
        (keys.join(",  "), tr(lang, a.name))
    });
    let gestures = GESTURES.iter().map(|(keys, key)| {
        let named = match keys {
            Keys::Printed(keys) => (*keys).to_owned(),
            Keys::Named(key) => tr(lang, *key),
        };
        (named, tr(lang, *key))
    });
    of_actions.chain(gestures).collect()
}

/// One line of the palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub name: String,
    pub shortcut: String,
    /// `None` where there is nothing to do now.
    pub command: Option<Command>,
}

/// Every action, and what the open case adds: its layers and bookmarks.
#[must_use]
pub fn offers(now: &Now) -> Vec<Offer> {
    let mut offers: Vec<Offer> = ACTIONS
        .iter()
        .map(|a| Offer {
            name: tr(now.lang, a.name),
            shortcut: a.shortcut_text(now.lang),
            command: (a.command)(now),
        })
        .collect();
    if let Some(workspace) = now.workspace {
        for layer in LAYERS.iter().filter(|l| l.has_switch) {
            let mut layers = workspace.layers;
            layers.set(layer.id, !layers.is_on(layer.id));
            let name = tr(now.lang, layer.name_key);
            offers.push(Offer {
                name: tr(now.lang, text!("action-layer", name = name)),
                shortcut: String::new(),
                command: Some(Command::SetLayers(layers)),
            });
        }
    }
    for (i, bookmark) in now.bookmarks.iter().enumerate() {
        offers.push(Offer {
            name: tr(now.lang, text!("bookmark-go", name = bookmark.name)),
            shortcut: bookmark_shortcut(i),
            command: Some(Command::Bookmark(Bookmarking::Go(i))),
        });
    }
    offers
}

/// `Ctrl 1` for the first, nothing from the tenth on.
#[must_use]
pub fn bookmark_shortcut(index: usize) -> String {
    if index < 9 {
        format!("Ctrl {}", index + 1)
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing_open(lang: Lang) -> Now<'static> {
        Now {
            lang,
            theme: ThemeName::Light,
            workspace: None,
            bookmarks: &[],
            playing: false,
            can_undo: false,
            can_redo: false,
            selected: 0,
            tool: Tool::None,
            measuring: false,
        }
    }

    #[test]
    fn actions_have_names_and_shortcuts_of_their_own() {
        for lang in Lang::ALL {
            let mut names: Vec<String> = ACTIONS.iter().map(|a| tr(lang, a.name)).collect();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), ACTIONS.len(), "{lang:?}");
            let mut keys: Vec<String> = ACTIONS
                .iter()
                .flat_map(|a| a.shortcuts)
                .map(|s| s.text(lang))
                .collect();
            let all = keys.len();
            keys.sort();
            keys.dedup();
            assert_eq!(keys.len(), all, "{lang:?}");
        }
    }

    #[test]
    fn each_is_in_the_palette_and_on_the_card_of_shortcuts() {
        for lang in Lang::ALL {
            let offers = offers(&nothing_open(lang));
            let card = shortcuts(lang);
            for action in ACTIONS {
                let name = tr(lang, action.name);
                let offer = offers.iter().find(|o| o.name == name);
                let offer = offer.unwrap_or_else(|| panic!("{name} is not offered"));
                assert_eq!(offer.shortcut, action.shortcut_text(lang));
                let on_card = card.iter().any(|(_, what)| *what == name);
                assert_eq!(on_card, !action.shortcuts.is_empty(), "{name}");
            }
        }
        for name in CASE_MENU {
            assert!(ACTIONS.iter().any(|a| a.name == name), "{name:?}");
        }
    }

    #[test]
    fn without_a_case_only_what_needs_none_is_offered() {
        let offered: Vec<&str> = ACTIONS
            .iter()
            .filter(|a| (a.command)(&nothing_open(Lang::En)).is_some())
            .map(|a| a.name.as_str())
            .collect();
        let expected = [
            "menu-open",
            "menu-new",
            "menu-demo",
            "menu-mexico",
            "action-palette",
            "action-theme",
            "language-tip",
            "menu-help",
        ];
        assert_eq!(offered, expected);
    }
}
