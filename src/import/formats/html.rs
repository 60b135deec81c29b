//! The text of a piece of HTML, such as descriptions in KML hold.

use quick_xml::escape::resolve_html5_entity;

/// The text without its markup; `None` where there is none. Links and images leave their addresses.
pub fn plain(html: &str) -> Option<String> {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    let mut found = false;
    let mut link = String::new();
    let mut tags_may_end = true;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = entity(rest, &mut text) {
            (rest, found) = (after, true);
        } else if tags_may_end && let Some((tag, after)) = tag(rest) {
            found = true;
            rest = after;
            apply(tag, &mut text, &mut link);
            if let Some(end) = hidden(tag) {
                rest = rest.find(end).map_or("", |at| &rest[at..]);
            }
        } else {
            // Where one that begins does not end, none after it does: to look for its end again and
            // again would take ages.
            tags_may_end = tags_may_end && !begins_tag(&rest[1..]);
            text.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
    found.then(|| tidy(&text))
}

/// A tag or comment at the start: what is inside of `<` and `>`, and what follows.
fn tag(text: &str) -> Option<(&str, &str)> {
    if let Some(comment) = text.strip_prefix("<!--") {
        return Some((
            "!",
            comment.split_once("-->").map_or("", |(_, after)| after),
        ));
    }
    let inside = text.strip_prefix('<')?;
    begins_tag(inside).then(|| inside.split_once('>'))?
}

/// Whether a tag of HTML begins; what only stands in angle brackets is text.
fn begins_tag(inside: &str) -> bool {
    const KNOWN: [&str; 46] = [
        "!doctype",
        "a",
        "abbr",
        "b",
        "big",
        "blockquote",
        "body",
        "br",
        "center",
        "code",
        "div",
        "em",
        "font",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "hr",
        "html",
        "i",
        "iframe",
        "img",
        "li",
        "link",
        "meta",
        "ol",
        "p",
        "pre",
        "s",
        "script",
        "small",
        "span",
        "strong",
        "style",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "tr",
        "u",
        "ul",
    ];
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '!';
    let end = inside.bytes().take(12).position(|b| !letters(b.into()));
    let name = &inside[..end.unwrap_or(0)];
    KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn name(tag: &str) -> String {
    let end = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
    tag[..end].trim_end_matches('/').to_ascii_lowercase()
}

/// What the tag does to the text before it.
fn apply(tag: &str, text: &mut String, link: &mut String) {
    match name(tag).as_str() {
        "br" | "p" | "/p" | "div" | "/div" | "/tr" | "li" | "/table" | "/h1" | "/h2" | "/h3"
        | "hr" => text.push('\n'),
        "/td" | "/th" => text.push(' '),
        "a" => *link = value(tag, "href"),
        "/a" if !link.is_empty() && !text.ends_with(link.as_str()) => {
            text.push_str(&format!(" ({link})"));
            link.clear();
        }
        "img" => text.push_str(&format!(" {} ", value(tag, "src"))),
        _ => {}
    }
}

/// What ends an element whose text nobody sees.
fn hidden(tag: &str) -> Option<&'static str> {
    match name(tag).as_str() {
        "script" => Some("</script"),
        "style" => Some("</style"),
        _ => None,
    }
}

/// Of an attribute; empty where there is none.
fn value(tag: &str, attribute: &str) -> String {
    let Some((_, after)) = tag.split_once(attribute) else {
        return String::new();
    };
    let after = after.trim_start().trim_start_matches('=').trim_start();
    let quote = after.chars().next().filter(|c| "\"'".contains(*c));
    let mut parts = match quote {
        Some(quote) => after[1..].split(quote),
        None => after.split(' '),
    };
    parts.next().unwrap_or_default().replace("&amp;", "&")
}

/// Adds the character that a name or number at the start stands for; what follows.
fn entity<'a>(text: &'a str, to: &mut String) -> Option<&'a str> {
    const LONGEST: usize = 10;
    let inside = text.strip_prefix('&')?;
    let end = inside.bytes().take(LONGEST).position(|b| b == b';')?;
    let (name, after) = (&inside[..end], &inside[end + 1..]);
    match name.strip_prefix('#') {
        Some(number) => {
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or(number.parse(), |hex| u32::from_str_radix(hex, 16));
            to.push(char::from_u32(code.ok()?).filter(|c| !c.is_control())?);
        }
        None if name == "nbsp" => to.push(' '),
        None => to.push_str(resolve_html5_entity(name)?),
    }
    Some(after)
}

/// Lines without blanks at their ends, and never two empty ones together.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    for line in text.lines().map(str::trim) {
        if !line.is_empty() || !tidy.ends_with("\n\n") {
            tidy.push_str(line);
            tidy.push('\n');
        }
    }
    tidy.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_and_words_stay() {
        for (html, text) in [
            (
                "<b>Tres</b> muertos<br/>en Le&oacute;n",
                "Tres muertos\nen León",
            ),
            ("A &amp; B &#241; &#xF1;", "A & B ñ ñ"),
            (
                "&iquest;Qu&eacute;?&nbsp;&ldquo;&Ntilde;&rdquo; 3&deg;&hellip;",
                "¿Qué? “Ñ” 3°…",
            ),
            ("<a href=\"http://x.mx/1\">nota</a>", "nota (http://x.mx/1)"),
            ("<a href='http://x.mx'>http://x.mx</a>", "http://x.mx"),
            ("<style>p{x:1}</style>a<!-- <b>no</b> -->b", "ab"),
            ("<p>uno</p>\n\n\n<p>dos</p>", "uno\n\ndos"),
            ("<script>", ""),
        ] {
            assert_eq!(plain(html).as_deref(), Some(text), "{html}");
        }
        for text in [
            "2 < 3",
            "a <3 b",
            "AT&T; R&D",
            "no markup",
            "<b never closed",
            "&#0;",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn a_megabyte_of_openings_ends() {
        for piece in ["<a", "&", "<!-", "<a href=", "&#x", "< ", "<zz "] {
            let openings = piece.repeat(500_000);
            assert_eq!(plain(&openings), None);
            assert_eq!(
                plain(&format!("{openings}>")).is_some(),
                piece.starts_with("<a")
            );
        }
    }
}
