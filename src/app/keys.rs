//! The shortcuts; [`crate::view::cards::SHORTCUTS`] lists them for people.

use super::App;
use crate::session::{Command, Panel};
use egui::{Key, KeyboardShortcut, Modifiers};

/// With Ctrl (⌘ on a Mac), whatever has the keyboard.
const WITH_CTRL: [(Key, Command); 6] = [
    (Key::O, Command::Open),
    (Key::N, Command::NewCase),
    (Key::I, Command::Import),
    (Key::S, Command::SavePicture),
    (Key::F, Command::FocusSearch),
    (Key::Y, Command::Redo),
];

impl App {
    pub(super) fn press_keys(&mut self, ctx: &egui::Context) {
        let typing = ctx.text_edit_focused();
        if self.is_modal() {
            return self.press_keys_on_top(ctx);
        }
        for (key, command) in WITH_CTRL {
            if consume(ctx, Modifiers::COMMAND, key) {
                self.commands.push(command);
            }
        }
        if consume(ctx, Modifiers::NONE, Key::F1) {
            self.commands.push(Command::ToggleHelp);
        }
        // In a text field or a menu Escape leaves that.
        let open_menu = egui::Popup::is_any_open(ctx);
        if !typing && !open_menu && ctx.input(|i| i.key_pressed(Key::Escape)) {
            self.escape();
        }
        // While somebody types, these belong to the text.
        if typing {
            return;
        }
        if consume(ctx, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z) {
            self.commands.push(Command::Redo);
        }
        if consume(ctx, Modifiers::COMMAND, Key::Z) {
            self.commands.push(Command::Undo);
        }
        let playing = self
            .desk
            .as_ref()
            .is_some_and(|d| d.playing_since.is_some());
        // A focused button takes the space bar for itself.
        let on_control = ctx.memory(|m| m.focused().is_some());
        for (key, command) in [
            (Key::Space, Command::Play(!playing)),
            (Key::Comma, Command::Step(-1)),
            (Key::Period, Command::Step(1)),
            (Key::Plus, Command::ZoomBy(1.0)),
            (Key::Equals, Command::ZoomBy(1.0)),
            (Key::Minus, Command::ZoomBy(-1.0)),
            (Key::Home, Command::Home),
            (Key::OpenBracket, Command::Fold(Panel::Left)),
            (Key::CloseBracket, Command::Fold(Panel::Inspector)),
            (Key::Backslash, Command::Fold(Panel::Timeline)),
        ] {
            if (key != Key::Space || !on_control) && consume(ctx, Modifiers::NONE, key) {
                self.commands.push(command);
            }
        }
    }

    /// Whether something lies over the window that wants an answer first.
    fn is_modal(&self) -> bool {
        let card = self.message.is_some() || self.typed.is_some() || self.shown.help;
        card || self.opening.is_some() || self.importing.is_some()
    }

    /// Over the window only closing counts: Escape, and for a message Enter too.
    fn press_keys_on_top(&mut self, ctx: &egui::Context) {
        let pressed = |key| ctx.input(|i| i.key_pressed(key));
        let read = self.message.is_some() && pressed(Key::Enter);
        if pressed(Key::Escape) || read || (self.shown.help && pressed(Key::F1)) {
            self.escape();
        }
    }

    /// One thing at a time: what is on top is closed first.
    fn escape(&mut self) {
        if self.shown.help {
            self.shown.help = false;
        } else if self.opening.is_some() || self.importing.is_some() {
            self.commands.push(Command::CancelJob);
        } else if self.message.is_some() || self.typed.is_some() {
            self.commands.push(Command::Dismiss);
        } else if self.shown.map.draw_box {
            self.commands.push(Command::DrawBox(false));
        } else {
            self.commands.push(Command::Select(Vec::new()));
        }
    }
}

fn consume(ctx: &egui::Context, modifiers: Modifiers, key: Key) -> bool {
    ctx.input_mut(|i| i.consume_shortcut(&KeyboardShortcut::new(modifiers, key)))
}
