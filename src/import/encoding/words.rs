//! Whether a reading of bytes gives words: what shows that an encoding is the wrong one.

/// What a word looks like in one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Look {
    /// A word, whose letters beyond ASCII are those of Spanish.
    Spanish,
    /// A word of some other language.
    Word,
    /// Nobody would write it so on purpose, but it happens: `LEóN`, `it—the`.
    Odd,
    /// No word: signs among letters, two scripts, capitals behind small letters.
    Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Thai,
    Hangul,
    /// Chinese and Japanese.
    Han,
}

pub fn script(c: char) -> Option<Script> {
    Some(match c {
        'A'..='Z' | 'a'..='z' => Script::Latin,
        // Signs that Unicode counts among the letters.
        'ª' | 'µ' | 'º' | 'ƒ' => return None,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
            return c.is_alphabetic().then_some(Script::Latin);
        }
        '\u{300}'..='\u{323}' => Script::Latin,
        '\u{370}'..='\u{3ff}' => return c.is_alphabetic().then_some(Script::Greek),
        '\u{400}'..='\u{52f}' => Script::Cyrillic,
        '\u{591}'..='\u{5f4}' => Script::Hebrew,
        '\u{620}'..='\u{6d3}' => Script::Arabic,
        '\u{e01}'..='\u{e4e}' => Script::Thai,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' => Script::Han,
        _ => return None,
    })
}

/// Letters of Spanish beyond ASCII.
const SPANISH: &str = "áéíóúñüÁÉÍÓÚÑÜ";

/// How a word looks that holds something beyond ASCII.
pub fn look(word: &str) -> Look {
    let letters: Vec<char> = word.chars().collect();
    // Once a word: bytes that are no text make words of thousands of signs.
    let opens = letters.iter().any(|c| "‘“„«".contains(*c));
    let worst = (0..letters.len()).filter(|i| !letters[*i].is_ascii());
    let worst = worst.map(|i| at(&letters, i, opens)).max();
    let runs = letters.split(char::is_ascii);
    let latin = |run: &[char]| {
        run.iter()
            .filter(|c| script(**c) == Some(Script::Latin))
            .count()
    };
    let longest = runs.map(latin).max().unwrap_or(0);
    let is_bare = !letters.iter().any(char::is_ascii_alphabetic);
    let is_sign = |c: &char| !c.is_ascii() && script(*c).is_none();
    let has_signs = letters.iter().filter(|c| is_sign(c)).count() > 1;
    let has_letters = letters.iter().any(|c| script(*c).is_some());
    // Three accents in a row are as many as any language has; none has words of nothing else, nor of signs.
    if longest > 3 || (is_bare && longest > 1) || (has_signs && !has_letters) {
        return Look::Fault;
    }
    worst.unwrap_or(Look::Word)
}

/// `opens`: the word has an opening quotation mark.
fn at(word: &[char], i: usize, opens: bool) -> Look {
    let c = word[i];
    let before = i.checked_sub(1).and_then(|i| word.get(i)).copied();
    let after = word.get(i + 1).copied();
    let [left, right] = [before, after].map(|c| c.and_then(script));
    let Some(own) = script(c) else {
        return sign(word, i, [left.is_some(), right.is_some()], opens);
    };
    if [left, right]
        .into_iter()
        .flatten()
        .any(|other| other != own)
    {
        return Look::Fault;
    }
    let is_upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let is_lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    if c.is_uppercase() && is_lower(before)
        || c.is_lowercase() && is_upper(after) && !is_upper(before)
    {
        return Look::Fault;
    }
    if own != Script::Latin {
        return Look::Word;
    }
    if c.is_uppercase() && is_upper(before) && is_lower(after) {
        return if SPANISH.contains(c) {
            Look::Odd
        } else {
            Look::Fault
        };
    }
    let two_before = i.checked_sub(2).and_then(|i| word.get(i)).copied();
    let in_capitals =
        is_upper(before) && (is_upper(after) || (is_upper(two_before) && !is_lower(after)));
    let before_consonant =
        after.is_some_and(|c| c.is_ascii_alphabetic() && !"aeiouAEIOU".contains(c));
    match (
        c.is_lowercase() && in_capitals && c != 'ß',
        SPANISH.contains(c),
    ) {
        // As in `Gdañsk`: no Spanish word has it.
        (false, true) if "ñÑ".contains(c) && before_consonant => Look::Odd,
        (true, true) => Look::Odd,
        (true, false) => Look::Fault,
        (false, true) => Look::Spanish,
        (false, false) => Look::Word,
    }
}

/// What is no letter, with letters before and after it or not.
fn sign(word: &[char], i: usize, [left, right]: [bool; 2], opens: bool) -> Look {
    let is_inside = left && right;
    let either = |is_it: bool, it: Look| if is_it { it } else { Look::Spanish };
    match word[i] {
        '’' | '´' | '‘' if is_inside => apostrophe(word, i),
        '’' => either(left && !opens, Look::Odd),
        '–' | '—' | '…' | '\u{ad}' => either(is_inside, Look::Odd),
        '´' | '‘' | '\u{a0}' => Look::Spanish,
        '·' => either(left != right, Look::Fault),
        '«' | '»' | '“' | '”' | 'ª' | 'º' | '¹' | '²' | '³' | '®' | '™' | '©' => {
            either(is_inside, Look::Fault)
        }
        // `N°`, but no whole word.
        '°' => either(left && (right || i > 1), Look::Fault),
        '¿' | '¡' | '„' | '‚' | '‹' => either(left, Look::Fault),
        '€' | '£' | '¥' | '§' | '±' | '×' | '½' | '¼' | '¾' | '•' | '¢' | '›' => {
            either(left || right, Look::Fault)
        }
        // Full-width signs of Chinese and Japanese, and signs of Arabic.
        '\u{3000}'..='\u{3020}' | '\u{ff01}'..='\u{ff5e}' | '،' | '؛' | '؟' | '\u{640}' => {
            Look::Word
        }
        // Lost, for control, for drawing boxes, or one that no text has.
        _ => Look::Fault,
    }
}

/// `gang’s`, `d’Or`; an apostrophe in `Garc’a` is odd.
fn apostrophe(word: &[char], i: usize) -> Look {
    let end: String = word[i + 1..].iter().take(3).collect();
    let is_english = ["s", "t", "d", "m", "ll", "re", "ve"].contains(&end.to_lowercase().as_str());
    if is_english || i == 1 {
        Look::Spanish
    } else {
        Look::Odd
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each sign once: looking at all others for each would take hours.
    #[test]
    fn a_word_of_a_million_signs_is_read_in_one_go() {
        for sign in ["’", "“", "¿", "\u{8d}", "ñ", "·"] {
            look(&sign.repeat(1 << 20));
        }
    }

    #[test]
    fn words_are_told_from_what_a_wrong_encoding_makes_of_them() {
        for word in [
            "León", "PEÑA", "Ibáñez", "gang’s", "n.º", "«Los", "¿Qué", "25°C", "25.º",
        ] {
            assert_eq!(look(word), Look::Spanish, "{word}");
        }
        for word in [
            "Köln",
            "Žďár",
            "Москва",
            "МОСКВА",
            "Αθήνα",
            "東京",
            "서울",
            "กรุงเทพ",
            "Straße",
        ] {
            assert_eq!(look(word), Look::Word, "{word}");
        }
        for word in ["LEóN", "JOSé", "it—the", "Garc’a"] {
            assert_eq!(look(word), Look::Odd, "{word}");
        }
        for word in [
            "LeÛn",
            "PEäA",
            "Le¢n",
            "Jos‚",
            "мОСКВА",
            "Leуn",
            "Ìîñêâà",
            "Pe\u{fffd}a",
            "M\u{90}XICO",
        ] {
            assert_eq!(look(word), Look::Fault, "{word}");
        }
    }
}
