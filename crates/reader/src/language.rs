//! Language: script first, then `whichlang`, then `lingua` where the text is short or `whichlang` does not know the language.
//!
//! `whichlang` knows 16 languages, never says "I do not know", and is right on 98 % of headlines in
//! them at a million headlines a second; `lingua` is right on 99.6 % at 1,500 a second. So what the
//! source declares is believed where `whichlang` agrees or cannot know better, and `lingua` decides the rest.

use std::sync::LazyLock;

use dateline_model::Lang;
use lingua::{IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder};

/// Bytes of text that language is read from; more does not change the answer.
const SAMPLE: usize = 1_200;
/// Under this many bytes `whichlang` alone is not trusted: headlines and captions.
const SHORT: usize = 200;
/// A sample with fewer letters than this has no language of its own.
const FEWEST_LETTERS: usize = 8;

static LINGUA: LazyLock<LanguageDetector> =
    LazyLock::new(|| LanguageDetectorBuilder::from_all_languages().build());

/// The language of an article, from its text, or its headline where there is none.
///
/// `declared` is what the source says, if anything: believed unless the text clearly speaks against it.
pub fn identify(title: &str, text: &str, declared: Option<Lang>) -> Lang {
    let declared = declared.filter(Lang::is_known);
    let body = text.trim_start();
    let sample = if body.len() >= SHORT { head(body) } else { &format!("{title}\n{body}") };
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < FEWEST_LETTERS {
        return declared.unwrap_or(Lang::UNKNOWN);
    }
    if let Some(lang) = by_script(sample, letters, declared) {
        return lang;
    }
    let guess = whichlang_code(whichlang::detect_language(sample));
    match declared {
        Some(lang) if lang == guess => lang,
        // whichlang cannot name this language, so its guess says nothing.
        Some(lang) if !known_to_whichlang(lang) => {
            if sample.len() >= SHORT && known_to_lingua(lang) {
                by_lingua(sample).unwrap_or(lang)
            } else {
                lang
            }
        }
        // Declared and guessed differ on a long text: pages in another language under an English template.
        Some(lang) => by_lingua(sample).unwrap_or(lang),
        None if sample.len() >= SHORT && !has_neighbours(guess) => guess,
        None => by_lingua(sample).unwrap_or(guess),
    }
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Decides where the script alone does; `None` for Latin, Cyrillic and Arabic letters.
fn by_script(sample: &str, letters: usize, declared: Option<Lang>) -> Option<Lang> {
    let mut counts = [0usize; 8];
    for c in sample.chars() {
        let script = match u32::from(c) {
            0x3041..=0x30FF => 0,
            0xAC00..=0xD7A3 => 1,
            0x3400..=0x9FFF => 2,
            0x0370..=0x03FF => 3,
            0x0590..=0x05FF => 4,
            0x0900..=0x097F => 5,
            0x0980..=0x09FF => 6,
            0x0E01..=0x0E4E => 7,
            _ => continue,
        };
        counts[script] += 1;
    }
    let share = |n: usize| n * 3 > letters;
    let [kana, hangul, han, greek, hebrew, devanagari, bengali, thai] = counts;
    // Japanese mixes kana into Han text; a tenth of kana is enough to tell.
    let lang = if kana * 10 > letters {
        Lang::JA
    } else if share(hangul) {
        Lang::KO
    } else if share(han) {
        Lang::ZH
    } else if share(greek) {
        Lang::EL
    } else if share(hebrew) {
        Lang::HE
    } else if share(devanagari) {
        declared.filter(|lang| matches!(lang.code(), "hi" | "mr" | "ne")).unwrap_or(Lang::HI)
    } else if share(bengali) {
        Lang::BN
    } else if share(thai) {
        Lang::TH
    } else {
        return None;
    };
    Some(lang)
}

/// Languages that `whichlang` also answers for relatives it does not know (Ukrainian as Russian,
/// Persian as Arabic, Slovene as anything Latin): where nothing is declared, `lingua` has the last word.
fn has_neighbours(guess: Lang) -> bool {
    !matches!(guess, Lang::EN | Lang::FR | Lang::DE | Lang::ES | Lang::PT | Lang::IT)
}

fn known_to_whichlang(lang: Lang) -> bool {
    whichlang::LANGUAGES.iter().any(|known| whichlang_code(*known) == lang)
}

fn whichlang_code(lang: whichlang::Lang) -> Lang {
    lang.three_letter_code().parse().unwrap_or(Lang::UNKNOWN)
}

fn known_to_lingua(lang: Lang) -> bool {
    Language::all().iter().any(|known| lingua_code(*known) == lang)
}

fn lingua_code(language: Language) -> Lang {
    let code: IsoCode639_1 = language.iso_code_639_1();
    code.to_string().parse().unwrap_or(Lang::UNKNOWN)
}

fn by_lingua(sample: &str) -> Option<Lang> {
    LINGUA.detect_language_of(head(sample)).map(lingua_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_and_texts() {
        for (title, declared, expected) in [
            ("US troops to share airbase with Russians in Niger", None, Lang::EN),
            ("Les soldats russes entrent dans une base abritant des militaires américains", None, Lang::FR),
            ("Russische Soldaten ziehen auf Stützpunkt der Amerikaner in Niger ein", None, Lang::DE),
            ("Tropas rusas entran en una base aérea que alberga a militares de EE.UU.", None, Lang::ES),
            ("Российские военные вошли на авиабазу в Нигере", None, Lang::RU),
            ("Російські військові увійшли на авіабазу в Нігері", None, Lang::UK),
            ("قوات روسية تدخل قاعدة جوية في النيجر تضم جنودا أميركيين", None, Lang::AR),
            ("Ruski vojaki vstopili v letalsko oporišče v Nigru, kjer so ameriške sile", None, Lang::SL),
            ("俄军进入尼日尔驻有美军的空军基地", None, Lang::ZH),
            ("ロシア軍、米軍駐留のニジェール空軍基地に", None, Lang::JA),
            ("러시아군, 미군 주둔 니제르 공군기지 진입", None, Lang::KO),
            ("1 – 0", Some(Lang::PT), Lang::PT),
            ("1 – 0", None, Lang::UNKNOWN),
            ("Ruski vojaki vstopili v oporišče", Some(Lang::SL), Lang::SL),
        ] {
            assert_eq!(identify(title, "", declared), expected, "{title}");
        }
    }

    #[test]
    fn a_wrong_declaration_gives_way_to_a_long_text() {
        let text = "Des militaires russes sont entrés dans une base aérienne du Niger qui abrite des soldats \
                    américains, a déclaré un haut responsable de la défense, à la suite de la décision de la \
                    junte de demander le départ des forces étrangères du pays.";
        assert_eq!(identify("", text, Some(Lang::EN)), Lang::FR);
    }
}
