//! Reads the two locale files and writes the table of their messages, so that a key or a value that is
//! missing in one language is an error of the build, and one that the code asks for and no message takes
//! is an error at the call (`text!` in `src/locale/text.rs`).
//!
//! Why our own: fluent-typed makes a method of each message, whose values go by position. `text!` names
//! them, keeps the key as the locale file has it, so that a search finds both, and needs no second name.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The values that a message names, by its key.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn main() -> Result<(), String> {
    println!("cargo:rerun-if-changed=build.rs");
    let (english, spanish) = (messages("en")?, messages("es")?);
    for (key, values) in &english {
        match spanish.get(key) {
            Some(same) if same == values => {}
            Some(other) => {
                return Err(format!(
                    "{key} names {values:?} in English and {other:?} in Spanish"
                ));
            }
            None => return Err(format!("{key} is missing in es.ftl")),
        }
    }
    if let Some(key) = spanish.keys().find(|key| !english.contains_key(*key)) {
        return Err(format!("{key} is missing in en.ftl"));
    }
    let mut table = String::from("&[\n");
    for (key, values) in &english {
        let values: Vec<_> = values.iter().collect();
        let _ = writeln!(table, "({key:?}, &{values:?}),");
    }
    table.push(']');
    let out = std::env::var("OUT_DIR").map_err(|e| e.to_string())?;
    std::fs::write(format!("{out}/messages.rs"), table).map_err(|e| e.to_string())
}

fn messages(lang: &str) -> Result<Messages, String> {
    let path = format!("assets/locales/{lang}.ftl");
    println!("cargo:rerun-if-changed={path}");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
    let resource = fluent_syntax::parser::parse(text.as_str())
        .map_err(|(_, errors)| format!("{path}: {errors:?}"))?;
    let mut found = Messages::new();
    for entry in &resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let (key, mut values) = (message.id.name, BTreeSet::new());
        if let Some(pattern) = &message.value {
            of_pattern(pattern, &mut values).map_err(|e| format!("{path}: {key}: {e}"))?;
        }
        if found.insert(key.to_owned(), values).is_some() {
            return Err(format!("{path}: {key} is there twice"));
        }
    }
    Ok(found)
}

fn of_pattern(pattern: &Pattern<&str>, values: &mut BTreeSet<String>) -> Result<(), String> {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable {
                expression: Expression::Inline(inline),
            } => of_inline(inline, values)?,
            PatternElement::Placeable {
                expression: Expression::Select { selector, variants },
            } => {
                of_inline(selector, values)?;
                for variant in variants {
                    of_pattern(&variant.value, values)?;
                }
            }
        }
    }
    Ok(())
}

/// `$n_count` is `$n` once more, as a number.
fn of_inline(inline: &InlineExpression<&str>, values: &mut BTreeSet<String>) -> Result<(), String> {
    match inline {
        InlineExpression::VariableReference { id } => {
            values.insert(id.name.trim_end_matches("_count").to_owned());
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => return Err(format!("it holds {other:?}, which is not read here")),
    }
    Ok(())
}
