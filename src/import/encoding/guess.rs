//! Which encoding a text is in that is no UTF-8 and does not say: readings that give no words are
//! left out; among the others one whose accents are all Spanish wins, and else chardetng, which knows
//! the languages of the web by their pairs of letters, but neither Mac Roman nor DOS.

use super::words::{Look, look};
use super::{Charset, Reading};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, GBK, IBM866, ISO_8859_2, ISO_8859_4, ISO_8859_5, ISO_8859_6, ISO_8859_7,
    ISO_8859_13, KOI8_U, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258, X_MAC_CYRILLIC,
};
use indexmap::IndexSet;

/// Of Western Europe and the Americas, the likeliest first.
const WESTERN: [Charset; 4] = [
    Charset::Whatwg(WINDOWS_1252),
    Charset::Whatwg(MACINTOSH),
    Charset::Ibm850,
    Charset::Ibm437,
];
/// Of the other languages with Latin letters.
const LATIN: [Charset; 7] = [
    Charset::Whatwg(WINDOWS_1250),
    Charset::Whatwg(ISO_8859_2),
    Charset::Whatwg(WINDOWS_1254),
    Charset::Whatwg(WINDOWS_1257),
    Charset::Whatwg(ISO_8859_13),
    Charset::Whatwg(ISO_8859_4),
    Charset::Whatwg(WINDOWS_1258),
];
const OTHERS: [Charset; 16] = [
    Charset::Whatwg(WINDOWS_1251),
    Charset::Whatwg(KOI8_U),
    Charset::Whatwg(ISO_8859_5),
    Charset::Whatwg(IBM866),
    Charset::Whatwg(X_MAC_CYRILLIC),
    Charset::Whatwg(WINDOWS_1253),
    Charset::Whatwg(ISO_8859_7),
    Charset::Whatwg(WINDOWS_1255),
    Charset::Whatwg(WINDOWS_1256),
    Charset::Whatwg(ISO_8859_6),
    Charset::Whatwg(WINDOWS_874),
    Charset::Whatwg(GBK),
    Charset::Whatwg(BIG5),
    Charset::Whatwg(EUC_JP),
    Charset::Whatwg(EUC_KR),
    Charset::Whatwg(SHIFT_JIS),
];

/// Bytes of the words that are looked at, and of one: what is longer is no word.
const MOST_BYTES: usize = 64 * 1024;
const LONGEST: usize = 16 * 1024;
/// So many words, or letters of a script that writes words with no others, leave no doubt where the
/// rules and the pairs of letters do not contradict each other.
const MANY_WORDS: usize = 10;
const MANY_LETTERS: usize = 24;
/// Readings that people are asked to choose from, and words of a sample with the letters of each.
const MOST_READINGS: usize = 5;
const SAMPLE_WORDS: usize = 3;
const SAMPLE_LETTERS: usize = 24;

/// The different words of a text with bytes beyond ASCII, fed piece by piece.
#[derive(Default)]
pub struct Words {
    all: IndexSet<Box<[u8]>>,
    bytes: usize,
    /// A word that the piece before cut off.
    tail: Vec<u8>,
}

/// Below the letters no encoding has the second byte of a character, but for digits.
fn is_between(byte: &u8) -> bool {
    *byte < 0x40 && !byte.is_ascii_digit()
}

impl Words {
    /// Takes in a piece of the text; the words of one that is sound UTF-8 are not asked for.
    pub fn feed(&mut self, piece: &[u8], is_sound: bool) {
        let Some(last) = piece.iter().rposition(is_between) else {
            let room = LONGEST.saturating_sub(self.tail.len());
            self.tail.extend(piece.iter().take(room));
            return;
        };
        if !is_sound && self.bytes < MOST_BYTES {
            let mut words = piece[..last].split(is_between);
            let mut first = std::mem::take(&mut self.tail);
            first.extend_from_slice(words.next().unwrap_or_default());
            self.add(&first);
            words.for_each(|word| self.add(word));
        }
        self.tail.clear();
        self.tail.extend(piece[last + 1..].iter().take(LONGEST));
    }

    fn add(&mut self, word: &[u8]) {
        let is_one = !word.is_ascii() && word.len() <= LONGEST && self.bytes < MOST_BYTES;
        if is_one && !self.all.contains(word) {
            self.bytes += word.len();
            self.all.insert(word.into());
        }
    }

    fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let tail = (!self.tail.is_ascii()).then_some(self.tail.as_slice());
        self.all.iter().map(Box::as_ref).chain(tail)
    }

    /// The likeliest encoding, and where it is not sure a sample of it and of those that it cannot be
    /// distinguished from.
    pub fn guess(&self) -> (Charset, Vec<Reading>) {
        let detected = self.detected();
        let known = WESTERN.into_iter().chain(LATIN).chain(OTHERS);
        let detected_too = Some(detected).filter(|detected| known.clone().all(|c| c != *detected));
        let all: Vec<Judged> = known.chain(detected_too).map(|c| self.judged(c)).collect();
        let sound: Vec<&Judged> = all.iter().filter(|r| r.is_sound()).collect();
        let spanish = sound.iter().filter(|r| r.is_western() && r.is_spanish());
        let spanish = spanish.min_by_key(|r| r.odd).copied();
        let detected = sound.iter().find(|r| r.charset == detected).copied();
        let (best, rivals): (&Judged, Vec<&Judged>) = match (spanish, detected) {
            (Some(best), detected) => {
                let is_alike = |r: &&&Judged| match r.odd == best.odd {
                    true => r.is_western() && r.is_spanish(),
                    false => r.is_latin() && r.odd < best.odd,
                };
                let alike = sound.iter().filter(is_alike).copied();
                (best, alike.chain(detected).collect())
            }
            (None, Some(best)) => {
                let others = sound.into_iter().filter(|r| best.may_be(r));
                (best, others.collect())
            }
            (None, None) => {
                let mut all: Vec<&Judged> = all.iter().collect();
                all.sort_by_key(|r| (r.faults, r.odd));
                all.truncate(MOST_READINGS);
                (all[0], all)
            }
        };
        let is_sure = best.is_sound() && best.is_much();
        let mut rivals = if is_sure { Vec::new() } else { rivals };
        // Where pairs of bytes are characters there are few of them, and that is no chance.
        rivals.sort_by_key(|r| (r.faults, r.odd, r.letters));
        let mut asked = vec![best];
        for rival in rivals {
            if asked.len() < MOST_READINGS && asked.iter().all(|r| r.words != rival.words) {
                asked.push(rival);
            }
        }
        let readings = match asked.len() {
            1 => Vec::new(),
            _ => samples(&asked),
        };
        (best.charset, readings)
    }

    /// What chardetng says.
    fn detected(&self) -> Charset {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        for word in self.iter() {
            detector.feed(word, false);
            detector.feed(b" ", false);
        }
        detector.feed(b"\n", true);
        Charset::Whatwg(detector.guess(None, Utf8Detection::Deny))
    }

    fn judged(&self, charset: Charset) -> Judged {
        let words: Vec<String> = self
            .iter()
            .map(|w| charset.decode(w).into_owned())
            .collect();
        let mut judged = Judged {
            charset,
            faults: 0,
            odd: 0,
            foreign: 0,
            letters: 0,
            words,
        };
        for word in &judged.words {
            judged.letters += word.chars().filter(|c| !c.is_ascii()).count();
            match look(word) {
                Look::Spanish => {}
                Look::Word => judged.foreign += 1,
                Look::Odd => judged.odd += 1,
                Look::Fault => judged.faults += 1,
            }
        }
        judged
    }
}

/// The words in one encoding.
struct Judged {
    charset: Charset,
    words: Vec<String>,
    /// How many of them are none, odd, or of another language than Spanish.
    faults: usize,
    odd: usize,
    foreign: usize,
    /// Characters beyond ASCII.
    letters: usize,
}

impl Judged {
    /// All but a few stray ones are words.
    fn is_sound(&self) -> bool {
        self.faults * 20 <= self.words.len()
    }

    fn is_spanish(&self) -> bool {
        self.foreign * 20 <= self.words.len()
    }

    fn is_much(&self) -> bool {
        self.words.len() >= MANY_WORDS || self.letters >= MANY_LETTERS
    }

    fn is_western(&self) -> bool {
        WESTERN.contains(&self.charset)
    }

    fn is_latin(&self) -> bool {
        self.is_western() || LATIN.contains(&self.charset)
    }

    /// Whether a text that seems to be this may be the other as well.
    fn may_be(&self, other: &Judged) -> bool {
        match self.is_western() {
            true => other.is_western(),
            false => self.is_latin() == other.is_latin(),
        }
    }
}

/// The same words in each encoding: the first in which they differ.
fn samples(asked: &[&Judged]) -> Vec<Reading> {
    let differs = |i: &usize| {
        let mut words = asked.iter().map(|r| r.words.get(*i));
        let first = words.next();
        words.any(|word| Some(word) != first)
    };
    let all = 0..asked.first().map_or(0, |r| r.words.len());
    let chosen: Vec<usize> = all.filter(differs).take(SAMPLE_WORDS).collect();
    let sample = |r: &&Judged| Reading {
        encoding: r.charset.name(),
        sample: chosen
            .iter()
            .filter_map(|i| r.words.get(*i))
            .map(|word| word.chars().take(SAMPLE_LETTERS).collect::<String>())
            .collect::<Vec<_>>()
            .join(" "),
    };
    asked.iter().map(sample).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The encoding found and those asked about, of words one a line.
    fn found(words: &str, charset: Charset) -> (&'static str, Vec<&'static str>) {
        let mut all = Words::default();
        // In pieces that cut words in two.
        let bytes = in_charset(words, charset);
        bytes.chunks(5).for_each(|piece| all.feed(piece, false));
        let (charset, readings) = all.guess();
        (
            charset.name(),
            readings.iter().map(|r| r.encoding).collect(),
        )
    }

    fn in_charset(text: &str, charset: Charset) -> Vec<u8> {
        if let Charset::Whatwg(encoding) = charset {
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy, "{text}");
            return bytes.into_owned();
        }
        let byte = |c: char| {
            let mut all = 0..=255_u8;
            all.find(|b| charset.decode(&[*b]).chars().eq([c]))
        };
        text.chars().map(|c| byte(c).unwrap()).collect()
    }

    fn named(label: &str) -> Charset {
        Charset::of_label(label).unwrap()
    }

    const SURE: Vec<&str> = Vec::new();

    #[test]
    fn spanish_is_told_in_every_western_encoding() {
        let lower = "León México Peña Michoacán Culiacán Potosí Yucatán Ibáñez agüero niño robó";
        let upper = "LEÓN MÉXICO PEÑA MICHOACÁN CULIACÁN POTOSÍ YUCATÁN IBÁÑEZ AGÜERO NIÑO MUÑOZ";
        for label in ["windows-1252", "macintosh", "ibm850"] {
            for text in [lower, upper] {
                let charset = named(label);
                assert_eq!(found(text, charset), (charset.name(), SURE), "{text}");
            }
        }
    }

    #[test]
    fn one_name_is_told_or_asked_about_with_the_right_one_first() {
        for name in [
            "PEÑA",
            "MUÑOZ",
            "NUEVO LEÓN",
            "MÉXICO",
            "GARCÍA",
            "León",
            "Peña",
            "Cancún",
        ] {
            for label in ["windows-1252", "macintosh", "ibm850"] {
                let (charset, text) = (named(label), format!("fecha,{name},1\n"));
                let (best, _) = found(&text, charset);
                assert_eq!(best, charset.name(), "{name}");
            }
        }
        // Of one German name nobody can tell.
        let (_, asked) = found("KÖLN", named("windows-1252"));
        assert_eq!(asked, ["IBM850", "windows-1252"]);
    }

    #[test]
    fn other_languages_are_told_by_their_letters() {
        for (label, text) in [
            ("windows-1251", "Москва Ростов полиция взрыв убийство"),
            ("koi8-u", "Москва Ростов полиция взрыв убийство"),
            ("iso-8859-5", "Москва Ростов полиция взрыв убийство"),
            ("ibm866", "Москва Ростов полиция взрыв убийство"),
            ("windows-1253", "Αθήνα Θεσσαλονίκη επίθεση αστυνομία"),
            ("iso-8859-7", "Άρτα Άργος Θεσσαλονίκη Ήπειρος αστυνομία"),
            ("windows-1255", "ירושלים תל אביב פיגוע משטרה חיפה צבא"),
            ("windows-1256", "القاهرة هجوم مسلح الشرطة بغداد"),
            ("windows-874", "กรุงเทพ เชียงใหม่ ตำรวจ ระเบิด"),
            (
                "shift_jis",
                "東京 大阪府警察 爆発事件 銃撃戦があった 名古屋 テロ攻撃",
            ),
            (
                "euc-jp",
                "東京 大阪府警察 爆発事件 銃撃戦があった 名古屋 テロ攻撃",
            ),
            (
                "gbk",
                "北京 上海市公安局 爆炸事件 枪击案 广州 绑架 发生在昨天晚上",
            ),
            (
                "big5",
                "臺北 高雄市警察局 爆炸事件 槍擊案 綁架 發生在昨天晚上",
            ),
            (
                "euc-kr",
                "서울 부산경찰청 폭발 사건 총격전 대구 납치 어제 밤에 발생했다",
            ),
            (
                "windows-1250",
                "Łódź Kraków Gdańsk Wrocław Zabójstwo Częstochowa Białystok Poznań Śląsk Żory",
            ),
            (
                "iso-8859-2",
                "Łódź Kraków Gdańsk Wrocław Zabójstwo Częstochowa Białystok Poznań Śląsk Żory",
            ),
            (
                "windows-1254",
                "İstanbul Diyarbakır Şırnak Saldırı Muğla Elazığ Çatışma Ağrı Iğdır Kırıkkale",
            ),
            (
                "windows-1257",
                "Šiauliai Panevėžys Žudymas Kėdainiai Ukmergė Rokiškis Joniškis Telšiai Tauragė Biržai",
            ),
        ] {
            let charset = named(label);
            assert_eq!(found(text, charset), (charset.name(), SURE), "{text}");
        }
    }

    #[test]
    fn few_words_are_asked_about() {
        for (label, text) in [
            ("windows-1251", "МОСКВА"),
            ("windows-1250", "Plzeň Žďár"),
            ("windows-1250", "Gdańsk"),
            ("windows-1254", "İstanbul"),
            ("windows-1257", "Panevėžys"),
            ("gbk", "北京"),
            ("shift_jis", "東京"),
            ("euc-kr", "서울"),
        ] {
            let charset = named(label);
            let (_, asked) = found(text, charset);
            assert!(asked.contains(&charset.name()), "{text}: {asked:?}");
        }
    }
}
