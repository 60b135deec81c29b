//! Foreign text as it is shown: what a terminal would act on, and what reorders or hides what stands
//! beside it, becomes a sign that is seen.

use std::borrow::Cow;

/// A text of one line: line ends and tabs become signs too, so that a value never ends its sentence or
/// its row of a table.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    rewritten(text, |c| c.is_control() || is_unseen(c), sign)
}

/// A text of several lines, whose line ends stay.
#[must_use]
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    let acts = |c: char| c.is_control() && c != '\n';
    // A carriage return is part of the end of a line, and anywhere else goes back over it.
    if text.contains("\r\n") {
        let lines: Vec<Cow<str>> = text.split("\r\n").map(visible_lines).collect();
        return lines.join("\r\n").into();
    }
    rewritten(text, |c| acts(c) || is_unseen(c), sign)
}

/// JSON that says the same in characters that are all seen: those that are not stand in strings only.
#[must_use]
pub fn visible_json(json: &str) -> Cow<'_, str> {
    let acts = |c: char| c.is_control() && c != '\n';
    rewritten(
        json,
        |c| acts(c) || is_unseen(c),
        |c, out| {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        },
    )
}

/// `text` with the characters that `is_meant` finds written as `write` does.
fn rewritten(
    text: &str,
    is_meant: impl Fn(char) -> bool,
    write: impl Fn(char, &mut String),
) -> Cow<'_, str> {
    if !text.chars().any(&is_meant) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_meant(c) {
            write(c, &mut out);
        } else {
            out.push(c);
        }
    }
    out.into()
}

/// The picture of a control character, and the number of what has none.
fn sign(c: char, out: &mut String) {
    let picture = match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code),
        0x7f => Some('\u{2421}'),
        _ => None,
    };
    match picture {
        Some(picture) => out.push(picture),
        None => out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c))),
    }
}

/// What is no control character, and yet changes the order of others, ends a line or takes no room.
/// The two joiners (U+200C, U+200D) are left: Persian and pictures of families are spelled with them.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_is_shown() {
        for (text, shown) in [
            ("plain, ñ – “ü” 漢字 עברית", "plain, ñ – “ü” 漢字 עברית"),
            ("\x1b]52;c;eA==\x07", "␛]52;c;eA==␇"),
            ("a\r\nb\tc\0\x7f", "a␍␊b␉c␀␡"),
            ("\u{9b}31m\u{85}", "⟨U+009B⟩31m⟨U+0085⟩"),
            ("a\u{202e}b\u{2066}c\u{200f}", "a⟨U+202E⟩b⟨U+2066⟩c⟨U+200F⟩"),
            ("a\u{2028}b\u{200b}\u{e0041}", "a⟨U+2028⟩b⟨U+200B⟩⟨U+E0041⟩"),
            (
                "می\u{200c}خواهم 👨\u{200d}👩",
                "می\u{200c}خواهم 👨\u{200d}👩",
            ),
        ] {
            assert_eq!(visible(text), shown);
            assert_eq!(visible(&visible(text)), shown, "twice is once");
        }
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(visible_lines("a\nb\x1bc\n"), "a\nb␛c\n");
        assert_eq!(visible_lines("a\r\nb\rc\r\n"), "a\r\nb␍c\r\n");
    }

    #[test]
    fn json_says_the_same() {
        let text = "a\u{202e}\u{9b}\x7f\x1b\u{e0041}ñ";
        let json = serde_json::to_string_pretty(&[text]).unwrap();
        let shown = visible_json(&json);
        assert!(shown.contains("ñ") && shown.lines().count() == 3);
        assert!(
            !shown
                .chars()
                .any(|c| (c.is_control() && c != '\n') || is_unseen(c))
        );
        let back: Vec<String> = serde_json::from_str(&shown).unwrap();
        assert_eq!(back, [text]);
    }
}
