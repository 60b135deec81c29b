//! The keyboard: the shortcuts of [`ACTIONS`], and Escape, which closes what is on top.

use super::App;
use crate::session::{Bookmarking, Command, Desk, Tool};
use crate::view::actions::{ACTIONS, Shortcut};
use crate::view::assistant::Asked;
use egui::{Key, KeyboardShortcut, Modifiers};
use std::sync::Arc;

/// With Ctrl: the bookmarks, first to ninth.
const DIGITS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

impl App {
    pub(super) fn press_keys(&mut self, ctx: &egui::Context) {
        let typing = ctx.text_edit_focused();
        if self.is_modal() {
            return self.press_keys_on_top(ctx);
        }
        // In a text field or a menu Escape leaves that.
        let open_menu = egui::Popup::is_any_open(ctx);
        if !typing && !open_menu && ctx.input(|i| i.key_pressed(Key::Escape)) {
            self.escape();
        }
        // A focused button takes the space bar for itself.
        let on_control = ctx.memory(|m| m.focused().is_some());
        // In the table it leads to the first row.
        let in_table = ctx.memory(|m| m.has_focus(crate::view::table::keyboard_id()));
        // Shift is looked at first: without it a shortcut takes the same key with it too.
        let with_shift = |s: &&(Shortcut, usize)| s.0.0.shift;
        let all: Vec<(Shortcut, usize)> = ACTIONS
            .iter()
            .enumerate()
            .flat_map(|(i, a)| a.shortcuts.iter().map(move |s| (*s, i)))
            .collect();
        let rest = all.iter().filter(|s| !with_shift(s));
        for (shortcut, action) in all.iter().filter(with_shift).chain(rest) {
            let taken = match shortcut.1 {
                Key::Space => on_control,
                Key::Home => in_table,
                _ => false,
            };
            if taken || (typing && belongs_to_text(*shortcut)) {
                continue;
            }
            if consume(ctx, *shortcut) {
                let command = (ACTIONS[*action].command)(&self.now());
                self.commands.extend(command);
            }
        }
        for (i, key) in DIGITS.into_iter().enumerate() {
            if consume(ctx, Shortcut(Modifiers::COMMAND, key)) {
                self.commands.push(Command::Bookmark(Bookmarking::Go(i)));
            }
        }
    }

    /// Whether something lies over the window that wants an answer first.
    pub(super) fn is_modal(&self) -> bool {
        let card = self.message.is_some() || self.typed.is_some() || self.shown.help;
        let card = card || self.shown.palette.is_some();
        card || self.assistant.is_some() || self.can_cancel()
    }

    /// Whether somebody waits for work that can be ended.
    fn can_cancel(&self) -> bool {
        let copying = self.desk.as_ref().and_then(Desk::long_copying);
        self.is_loading() || copying.is_some()
    }

    /// Over the window only closing counts: Escape or the keys that opened it, and for a message
    /// Enter too.
    fn press_keys_on_top(&mut self, ctx: &egui::Context) {
        let pressed = |key| ctx.input(|i| i.key_pressed(key));
        if self.assistant_is_on_top() {
            // A line of text and a list take keys for themselves.
            if ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) {
                return;
            }
            let on_control = ctx.memory(|m| m.focused().is_some());
            if pressed(Key::Enter) && !on_control {
                self.answer(ctx, Asked::Import);
            }
        }
        // A path being typed over it takes Enter for itself.
        let read = self.message.is_some() && self.typed.is_none() && pressed(Key::Enter);
        let help = self.shown.help && (pressed(Key::F1) || pressed(Key::Questionmark));
        let palette =
            self.shown.palette.is_some() && consume(ctx, Shortcut(Modifiers::COMMAND, Key::K));
        if pressed(Key::Escape) || read || help || palette {
            self.escape();
        }
    }

    fn assistant_is_on_top(&self) -> bool {
        let card = self.message.is_some() || self.typed.is_some() || self.shown.help;
        self.assistant.is_some() && !card && self.shown.palette.is_none()
    }

    /// One thing at a time: what is on top is closed first.
    fn escape(&mut self) {
        if self.shown.palette.is_some() {
            self.shown.palette = None;
        } else if self.shown.help {
            self.shown.help = false;
        } else if self.can_cancel() {
            self.commands.push(Command::CancelJob);
        } else if self.message.is_some() || self.typed.is_some() {
            self.commands.push(Command::Dismiss);
        } else if self.assistant.is_some() {
            self.assistant = None;
        } else if self.shown.welcome {
            self.shown.welcome = false;
        } else if self.shown.search.open {
            self.shown.search.close();
        } else if self.shown.map.sketch.tool != Tool::None {
            self.commands.push(Command::Take(Tool::None));
        } else if self.shown.map.measure.is_some() {
            self.commands.push(Command::Measure(false));
        } else if self.shown.map.pin.is_some() {
            self.commands.push(Command::ClearPin);
        } else if let Some(card) = self.shown.last_card() {
            self.shown.toggle(card);
        } else {
            self.commands.push(Command::Select(Arc::default()));
        }
    }
}

/// While somebody types, letters and the undoing of them belong to the text.
fn belongs_to_text(Shortcut(modifiers, key): Shortcut) -> bool {
    let function_key = key == Key::F1;
    (!modifiers.command && !function_key) || matches!(key, Key::Z | Key::Y)
}

fn consume(ctx: &egui::Context, Shortcut(modifiers, key): Shortcut) -> bool {
    ctx.input_mut(|i| i.consume_shortcut(&KeyboardShortcut::new(modifiers, key)))
}
