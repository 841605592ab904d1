//! Stop words: words so common in a language that they tell nothing about an event.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use dateline_model::Lang;
use rustc_hash::FxHashSet;
use stop_words::Language;

use crate::words::words;

/// The stop words of one language, by the hash of their folded form.
pub type StopWords = FxHashSet<u64>;

static LISTS: LazyLock<Mutex<HashMap<Lang, Arc<StopWords>>>> = LazyLock::new(Mutex::default);

fn list(lang: Lang) -> Vec<&'static str> {
    let language = match lang {
        Lang::AR => Language::Arabic,
        Lang::BG => Language::Bulgarian,
        Lang::CA => Language::Catalan,
        Lang::CS => Language::Czech,
        Lang::DA => Language::Danish,
        Lang::DE => Language::German,
        Lang::EL => Language::Greek,
        Lang::EN => Language::English,
        Lang::ES => Language::Spanish,
        Lang::FA => Language::Persian,
        Lang::FI => Language::Finnish,
        Lang::FR => Language::French,
        Lang::HE => Language::Hebrew,
        Lang::HI => Language::Hindi,
        Lang::HU => Language::Hungarian,
        Lang::ID => Language::Indonesian,
        Lang::IT => Language::Italian,
        Lang::NB => Language::Norwegian,
        Lang::NL => Language::Dutch,
        Lang::PL => Language::Polish,
        Lang::PT => Language::Portuguese,
        Lang::RO => Language::Romanian,
        Lang::RU => Language::Russian,
        Lang::SL => Language::Slovenian,
        Lang::SV => Language::Swedish,
        Lang::TR => Language::Turkish,
        Lang::UK => Language::Ukrainian,
        Lang::UR => Language::Urdu,
        Lang::VI => Language::Vietnamese,
        _ => return Vec::new(),
    };
    stop_words::get(language).to_vec()
}

/// Words that every news article may hold, whatever it reports; left out like stop words.
const NEWS_WORDS: &[(Lang, &str)] = &[
    (
        Lang::EN,
        "said says say told according also new mr mrs ms monday tuesday wednesday thursday friday saturday sunday",
    ),
    (Lang::FR, "dit déclaré selon lundi mardi mercredi jeudi vendredi samedi dimanche"),
    (Lang::DE, "sagte sagt laut montag dienstag mittwoch donnerstag freitag samstag sonntag"),
    (Lang::ES, "dijo según lunes martes miércoles jueves viernes sábado domingo"),
    (Lang::PT, "disse segundo feira sábado domingo"),
    (Lang::IT, "detto secondo lunedì martedì mercoledì giovedì venerdì sabato domenica"),
    (Lang::RU, "сообщил сообщает заявил понедельник вторник среду четверг пятницу субботу воскресенье"),
    (Lang::AR, "قال وقال قالت أضاف الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"),
];

/// The stop words of a language; empty where there is no list.
pub fn stop_words(lang: Lang) -> Arc<StopWords> {
    let mut lists = LISTS.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    Arc::clone(lists.entry(lang).or_insert_with(|| {
        let news = NEWS_WORDS.iter().filter(|(of, _)| *of == lang).map(|(_, words)| *words);
        let all = list(lang).into_iter().chain(news);
        // A contraction in a list ("don't") counts by its parts, as it is read.
        Arc::new(all.flat_map(words).map(|word| word.hash).collect())
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_we_list_has_words() {
        for (lang, word) in [
            (Lang::EN, "the"),
            (Lang::EN, "said"),
            (Lang::FR, "des"),
            (Lang::DE, "und"),
            (Lang::ES, "los"),
            (Lang::RU, "что"),
            (Lang::AR, "من"),
            (Lang::SL, "ali"),
        ] {
            assert!(stop_words(lang).contains(&words(word)[0].hash), "{lang}: {word}");
        }
        assert!(stop_words("xx".parse().unwrap()).is_empty());
        assert!(!stop_words(Lang::EN).contains(&words("Niger")[0].hash));
    }
}
