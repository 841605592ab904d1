use super::*;
use crate::sentences::sentences;

fn read(text: &str, lang: Lang) -> Vec<(SpeakerKind, String, String, String)> {
    let found = attributions(text, &words(text), &sentences(text, lang), lang, &[]);
    let slice = |span: Span| span.of(text).unwrap().to_owned();
    found.iter().map(|a| (a.speaker, slice(a.source), slice(a.cue), slice(a.content))).collect()
}

fn one(text: &str, lang: Lang) -> (SpeakerKind, String, String, String) {
    let mut found = read(text, lang);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found.remove(0)
}

use SpeakerKind::{Document, Named, Office, Unnamed, UnnamedGroup};

#[test]
fn the_seeds_clause() {
    let text = "Russian forces use a separate hangar and do not mingle with U.S. troops, a senior U.S. defense \
                official told reporters.";
    let (kind, source, cue, content) = one(text, Lang::EN);
    assert_eq!((kind, source.as_str(), cue.as_str()), (Unnamed, "a senior U.S. defense official", "told"));
    assert_eq!(content, "Russian forces use a separate hangar and do not mingle with U.S. troops,");
}

#[test]
fn plain_shapes() {
    for (text, kind, source, content) in [
        (
            "The official said Russian forces were using a separate hangar.",
            Unnamed,
            "The official",
            "Russian forces were using a separate hangar.",
        ),
        (
            "“They have their hangar and we have ours,” the official said.",
            Unnamed,
            "the official",
            "“They have their hangar and we have ours,”",
        ),
        (
            "\"They buy water, many bottles,\" said Hadiza Oumarou.",
            Named,
            "Hadiza Oumarou",
            "\"They buy water, many bottles,\"",
        ),
        (
            "Troops will leave by June, according to the defense ministry.",
            Office,
            "the defense ministry",
            "Troops will leave by June,",
        ),
        (
            "According to two Western diplomats, troops will leave by June.",
            UnnamedGroup,
            "two Western diplomats",
            "troops will leave by June.",
        ),
        (
            "Brig. Gen. Dale Whitcombe, the Pentagon's press secretary, said the troops had separate quarters.",
            Named,
            "Brig. Gen. Dale Whitcombe, the Pentagon's press secretary",
            "the troops had separate quarters.",
        ),
        (
            "The report said that seven people had died.",
            Document,
            "The report",
            "that seven people had died.",
        ),
        (
            "NIAMEY, May 3 (Meridian Wire) – The Pentagon confirmed on Friday that about 60 Russians were there.",
            Office,
            "The Pentagon",
            "that about 60 Russians were there.",
        ),
        (
            "U.S. Africa Command said about 100 people were being pulled out.",
            Office,
            "U.S. Africa Command",
            "about 100 people were being pulled out.",
        ),
        (
            "A defense official at the Pentagon said talks went on.",
            Unnamed,
            "A defense official at the Pentagon",
            "talks went on.",
        ),
    ] {
        let (found_kind, found_source, _, found_content) = one(text, Lang::EN);
        assert_eq!(
            (found_kind, found_source.as_str(), found_content.as_str()),
            (kind, source, content),
            "{text}"
        );
    }
}

#[test]
fn other_languages() {
    for (text, lang, kind, source) in [
        (
            "« Ils ont leur hangar », a déclaré un haut responsable américain de la défense.",
            Lang::FR,
            Unnamed,
            "un haut responsable américain de la défense",
        ),
        (
            "Selon le ministère de la Défense, sept personnes sont mortes.",
            Lang::FR,
            Office,
            "le ministère de la Défense",
        ),
        (
            "«Tienen su hangar», dijo un alto funcionario de defensa.",
            Lang::ES,
            Unnamed,
            "un alto funcionario de defensa",
        ),
        (
            "„Sie haben ihren Hangar“, sagte ein ranghoher Vertreter des Verteidigungsministeriums.",
            Lang::DE,
            Unnamed,
            "ein ranghoher Vertreter des Verteidigungsministeriums",
        ),
        ("По словам источника, военные живут отдельно.", Lang::RU, Unnamed, "источника"),
        (
            "وقال مسؤول دفاعي أمريكي كبير إن القوات تستخدم حظيرة منفصلة",
            Lang::AR,
            Unnamed,
            "مسؤول دفاعي أمريكي كبير",
        ),
    ] {
        let (found_kind, found_source, ..) = one(text, lang);
        assert_eq!((found_kind, found_source.as_str()), (kind, source), "{text}");
    }
}

#[test]
fn anonymity_is_told_in_the_origins_words() {
    let text =
        "The officials, one in Congress, said on the condition of anonymity that they had seen pictures.";
    let found = attributions(text, &words(text), &sentences(text, Lang::EN), Lang::EN, &[]);
    assert_eq!(found[0].anonymity.unwrap().of(text), Some("on the condition of anonymity"));
}

#[test]
fn what_is_no_plain_attribution_is_left_alone() {
    for text in [
        "The Pentagon declined to say how many troops were there.",
        "He said nothing had changed.",
        "The base is said to be empty.",
        "She was told that the flight had left.",
        "That said, the ferry was old.",
        "The minister would not say when troops would leave.",
        "Easier said than done.",
    ] {
        assert_eq!(read(text, Lang::EN), [], "{text}");
    }
}
