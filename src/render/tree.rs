//! A drawing as usvg understands it, and as SVG of outlines alone.

use super::svg::{escaped, svg};
use crate::locale::Problem;
use crate::scene::{Drawing, fonts};
use resvg::usvg::{Indent, Options, Tree, WriteOptions, fontdb};
use std::sync::{Arc, LazyLock};

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for (_, data) in fonts::FILES {
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(data)));
    }
    fonts.set_sans_serif_family(fonts::FAMILY);
    Arc::new(fonts)
});

/// The picture as usvg understands it. It looks at no file and no font of the machine.
pub(super) fn tree(drawing: &Drawing) -> Result<Tree, Problem> {
    let options = Options {
        font_family: fonts::FAMILY.to_owned(),
        fontdb: FONTS.clone(),
        ..Options::default()
    };
    Tree::from_str(&svg(drawing), &options)
        .map_err(|e| Problem::new(text!("problem-picture", cause = e)))
}

/// SVG that looks the same everywhere: letters are outlines. An embedded font would be smaller on
/// pages full of text, but the editors that maps are finished in (Inkscape, Illustrator, Word)
/// ignore embedded fonts and would reflow every label.
///
/// # Errors
/// Where the drawing cannot be rendered; not expected.
pub fn standalone_svg(drawing: &Drawing, title: &str) -> Result<String, Problem> {
    let tree = tree(drawing)?;
    let options = WriteOptions {
        preserve_text: false,
        coordinates_precision: 2,
        transforms_precision: 4,
        indent: Indent::None,
        ..Default::default()
    };
    let text = tree.to_string(&options);
    // The outlines say nothing to a screen reader: the title does.
    Ok(match text.find('>') {
        Some(end) => format!(
            "{}><title>{}</title>{}",
            &text[..end],
            escaped(title),
            &text[end + 1..]
        ),
        None => text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_three_weights_are_found() {
        assert_eq!(FONTS.len(), 3);
        let weights: Vec<u16> = FONTS.faces().map(|f| f.weight.0).collect();
        assert_eq!(weights, [400, 500, 600]);
        assert!(FONTS.faces().all(|f| f.families[0].0 == fonts::FAMILY));
    }
}
