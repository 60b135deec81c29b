//! What went wrong, as a key into the locale files: one error type for everything a user may be
//! told, so that every message exists in both languages and in one place.

use super::{Lang, Text, TextKey, cause, tr};

/// A failure with its message key (`problem-…`) and the values the message names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
    /// What it consists of, each on a line of its own below the message.
    pub parts: Vec<Problem>,
}

impl Problem {
    #[must_use]
    pub fn new(text: impl Into<Text>) -> Problem {
        let Text { key, args } = text.into();
        Problem {
            key: key.as_str(),
            args,
            parts: Vec::new(),
        }
    }

    /// Adds a part.
    #[must_use]
    pub fn part(mut self, part: Problem) -> Problem {
        self.parts.push(part);
        self
    }

    /// Adds a value the message names.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Problem {
        self.args.push((name, value.to_string()));
        self
    }

    /// A problem with a file: `path` is shown as given.
    #[must_use]
    pub fn file(key: impl Into<Text>, path: &std::path::Path) -> Problem {
        Problem::new(key).with("file", path.display())
    }

    /// What the operating system says of a file.
    #[must_use]
    pub fn io(path: &std::path::Path, error: &std::io::Error) -> Problem {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => {
                Problem::new(text!("problem-file-missing", file = path.display()))
            }
            ErrorKind::PermissionDenied => {
                Problem::new(text!("problem-file-denied", file = path.display()))
            }
            ErrorKind::ReadOnlyFilesystem => {
                Problem::new(text!("problem-read-only-disk", file = path.display()))
            }
            ErrorKind::StorageFull => {
                Problem::new(text!("problem-disk-full", file = path.display()))
            }
            ErrorKind::IsADirectory => {
                Problem::new(text!("problem-file-is-folder", file = path.display()))
            }
            _ => Problem::new(text!(
                "problem-file-io",
                file = path.display(),
                cause = error
            )),
        }
    }

    /// What the operating system says of a file that could not be written.
    #[must_use]
    pub fn unwritten(path: &std::path::Path, error: &std::io::Error) -> Problem {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                Problem::new(text!("problem-no-folder", file = path.display()))
            }
            ErrorKind::AlreadyExists => {
                Problem::new(text!("problem-file-exists", file = path.display()))
            }
            ErrorKind::PermissionDenied => {
                Problem::new(text!("problem-unwritten-denied", file = path.display()))
            }
            ErrorKind::ReadOnlyFilesystem => {
                Problem::new(text!("problem-read-only-disk", file = path.display()))
            }
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                Problem::new(text!("problem-unwritten-full", file = path.display()))
            }
            ErrorKind::FileTooLarge => {
                Problem::new(text!("problem-unwritten-limit", file = path.display()))
            }
            _ => {
                // Of a file that is to be renamed at the end, the name is of no use to anybody.
                let cause = error.to_string();
                let cause = cause.split(" at path ").next().unwrap_or_default();
                Problem::new(text!(
                    "problem-unwritten",
                    file = path.display(),
                    cause = cause
                ))
            }
        }
    }

    /// The message in a language, with its parts on lines below it; the parts of a part follow on its line.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let parts = self.parts.iter().map(|part| part.on_a_line(lang));
        let lines: Vec<String> = std::iter::once(self.text(lang)).chain(parts).collect();
        lines.join("\n  ")
    }

    /// As [`Problem::message`], on one line.
    #[must_use]
    pub fn on_a_line(&self, lang: Lang) -> String {
        let parts = self.parts.iter().map(|part| part.on_a_line(lang));
        let texts: Vec<String> = std::iter::once(self.text(lang)).chain(parts).collect();
        texts.join(" ")
    }

    /// Without its parts; a `cause` that is known is told in the language too.
    fn text(&self, lang: Lang) -> String {
        let known = |(name, value): &(&'static str, String)| match *name {
            "cause" => (*name, cause::words(lang, value)),
            _ => (*name, value.clone()),
        };
        let (key, args) = (TextKey(self.key), self.args.iter().map(known).collect());
        tr(lang, Text { key, args })
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for Problem {}
