use super::*;
use crate::sentences::sentences;
use dateline_model::SpeakerKind;
use proptest::prelude::*;

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

#[test]
fn of_two_speakers_the_one_who_closes_the_sentence_holds() {
    for (text, source) in [
        (
            "Karim Oumarou, 29, of Zinder, acknowledged his part in the raid during a telephone call, regional \
             police chief Ali Maman said.",
            "regional police chief Ali Maman",
        ),
        (
            "Ali Maman, interviewed by investigators on Friday, again denied knowledge of the meeting, a spokesman \
             for the court said.",
            "a spokesman for the court",
        ),
        ("A senior official said the junta denied that it had invited anybody.", "A senior official"),
    ] {
        let (_, found, ..) = one(text, Lang::EN);
        assert_eq!(found, source, "{text}");
    }
}

#[test]
fn who_is_told_does_not_speak() {
    let (kind, source, ..) = one(
        "\"We jumped when the cars slid,\" a survivor, Gamal Abu Wafi, told Meridian Wire by telephone.",
        Lang::EN,
    );
    assert_eq!((kind, source.as_str()), (Named, "a survivor, Gamal Abu Wafi"));
}

#[test]
fn who_asks_not_to_be_named_is_no_office() {
    let text = "A person close to the company, who asked not to be named, said the deck had been approved.";
    assert_eq!(one(text, Lang::EN).0, Unnamed);
    let (_, source, ..) = one("Ein Mann wird nach Angaben der Polizei vermisst seit Mittwoch.", Lang::DE);
    assert_eq!(source, "der Polizei");
}

#[test]
fn pronouns_and_known_persons_lean_on_the_sentence_before() {
    assert!(spoken_by_pronoun("The base is large, he said on Friday.", Lang::EN));
    assert!(!spoken_by_pronoun("The base is large, the minister said on Friday.", Lang::EN));
    assert!(opens_with_known_person("The senior official asked not to be named.", Lang::EN));
    assert!(opens_with_known_person("Les deux responsables ont refusé.", Lang::FR));
    assert!(!opens_with_known_person("The Pentagon confirmed the withdrawal.", Lang::EN));
}

#[test]
fn documents_that_were_told_of_before_lean_on_that() {
    for (lang, leans, alone) in [
        (
            Lang::EN,
            "The communiqué made no mention of the hangar.",
            "The report by the audit office names two ministers.",
        ),
        (
            Lang::FR,
            "Le rapport précise que le pont est fermé.",
            "Le rapport de la Cour nomme deux ministres.",
        ),
        (Lang::DE, "Der Bericht nennt zwei Minister.", "Der Bericht des Rechnungshofs nennt zwei Minister."),
        (Lang::ES, "El informe cita a dos ministros.", "El informe de la Contraloría cita a dos ministros."),
    ] {
        assert!(opens_with_known_document(leans, lang), "{leans}");
        assert!(!opens_with_known_document(alone, lang), "{alone}");
    }
    assert!(is_known_document("le texte", Lang::FR) && is_known_document("التقرير", Lang::AR));
    assert!(is_known_document("документе", Lang::RU) && !is_known_document("документе банка", Lang::RU));
    assert!(
        !is_known_document("le texte du ministère", Lang::FR) && !is_known_document("a report", Lang::EN)
    );
    assert!(!opens_with_known_document("A communiqué made no mention of the hangar.", Lang::EN));
    assert!(!opens_with_known_document("The report, seen by the Gazette, names two ministers.", Lang::EN));
}

#[test]
fn who_holds_an_office_answers_for_it() {
    let said =
        |who: &str| one(&format!("{who} said on Tuesday that there was no contract with Iran."), Lang::EN).0;
    assert_eq!(said("Niger's mines minister"), Office);
    assert_eq!(said("The governor"), Office);
    assert_eq!(said("A minister"), Unnamed, "one of several");
    assert_eq!(said("A senior official"), Unnamed);
}

#[test]
fn those_to_whom_somebody_speaks_stand_before_the_speaker() {
    for (text, lang, kind, source) in [
        (
            "Le ferry était surchargé, a déclaré à Harbor Times un haut responsable du port.",
            Lang::FR,
            Unnamed,
            "un haut responsable du port",
        ),
        (
            "El ferry iba sobrecargado, dijo a los periodistas el alcalde de Norwick.",
            Lang::ES,
            Office,
            "el alcalde de Norwick",
        ),
        (
            "El ferry iba sobrecargado, según dijo una fuente del puerto.",
            Lang::ES,
            Unnamed,
            "una fuente del puerto",
        ),
        (
            "El puente estaba cerrado, explicó el jefe de los bomberos, Fermín Olmedo, antes de la medianoche.",
            Lang::ES,
            Named,
            "el jefe de los bomberos, Fermín Olmedo",
        ),
        ("Die Fähre war überladen, wie die Polizei mitteilte.", Lang::DE, Office, "die Polizei"),
    ] {
        let (found, words, ..) = one(text, lang);
        assert_eq!((found, words.as_str()), (kind, source), "{text}");
    }
}

#[test]
fn who_is_named_is_not_taken_for_somebody_without_a_name() {
    // The name of an airport is nobody's.
    let text = "Un mécanicien de l’aéroport international Selim Haddad a affirmé que le hangar était fermé.";
    assert_eq!(one(text, Lang::FR).0, Unnamed);
    // A title behind the comma opens a name.
    let text = "وقال مدير مستشفى الميناء المركزي، الدكتور سامر الحداد، لصحيفة المرساة: «استقبلنا عشرين ناجيا حتى الآن».";
    assert!(read(text, Lang::AR).iter().all(|(kind, ..)| *kind != Unnamed), "{:?}", read(text, Lang::AR));
    // What stands between commas tells of somebody named before them.
    let text = "« Nous avons pesé le minerai en mars », a affirmé Moussa Karim au journal, secrétaire général du syndicat, \
                a affirmé la veille.";
    assert!(read(text, Lang::FR).iter().all(|(kind, ..)| *kind != Unnamed), "{:?}", read(text, Lang::FR));
    // The words the speaker was found by end before the name.
    let text = "Паром был перегружен, заявил советник посольства Норвика в Мали Глеб Сотников.";
    assert!(read(text, Lang::RU).iter().all(|(kind, ..)| *kind != Unnamed), "{:?}", read(text, Lang::RU));
}

#[test]
fn what_was_said_is_not_taken_for_who_said_it() {
    let text = "Иностранные инструкторы находятся в стране по приглашению властей, заявил телеканалу «Маяк» советник \
                посольства Глеб Сотников.";
    let found = read(text, Lang::RU);
    assert!(found.iter().all(|(_, source, ..)| !source.contains("инструкторы")), "{found:?}");
}

#[test]
fn who_hands_on_what_another_said_is_no_source_of_this_outlet() {
    for (text, lang) in [
        (
            "Западные издания со ссылкой на анонимный источник в министерстве сообщили, что база закрыта.",
            Lang::RU,
        ),
        ("Plusieurs journaux citant une source sécuritaire ont affirmé que la base était fermée.", Lang::FR),
    ] {
        let found = read(text, lang);
        assert!(found.iter().all(|(kind, ..)| *kind != Unnamed), "{found:?}");
    }
}

/// Lines as reports have them: with and without a word of saying, with and without a name behind it.
const LINES: [&str; 12] = [
    "NIAMEY, May 2 (Meridian Wire) – Idrissa Garba said the base had been handed over. Nothing else was known.",
    "Russian forces are using a separate hangar, a senior U.S. defense official said on condition of anonymity.",
    "“It is not great,” said Idrissa Garba, the mayor of Niamey. “But it is manageable in the short term.”",
    "The base lies next to Diori Hamani airport. It was built in 2012.",
    "Officials declined to say how many had come.",
    "According to the defence ministry, 60 instructors arrived. Two planes followed.",
    "  Witnesses said they had seen trucks.  ",
    "",
    "Photo: A. Garba",
    "Der Sprecher sagte, die Truppe ziehe ab.",
    "Le ministère a déclaré que la base restait ouverte.",
    "He said so. She did not. “We will stay,” the army said in a statement, “as long as we are asked to.”",
];

proptest! {
    #[test]
    fn somebody_is_on_record_where_an_attribution_says_so(
        chosen in proptest::collection::vec(0..LINES.len(), 0..9),
        lang in prop_oneof![Just(Lang::EN), Just(Lang::DE), Just(Lang::FR), Just(Lang::ZH)],
        read in 0usize..9,
    ) {
        let lines: Vec<&str> = chosen.iter().map(|line| LINES[*line]).collect();
        let text = lines.join("\n");
        let all = words(&text);
        let said = attributions(&text, &all, &sentences(&text, lang), lang, &[]);
        let on_record = |from: usize| {
            said.iter().any(|said| said.speaker.is_on_record() && said.sentence.start as usize >= from)
        };
        prop_assert_eq!(is_on_record(&text, 0, &all, lang, &[]), on_record(0));
        // From a later line on, which is not the first.
        let before = lines.iter().take(read).map(|line| line.len() + 1).sum::<usize>();
        if !text[..before.min(text.len())].trim().is_empty() && before < text.len() {
            prop_assert_eq!(is_on_record(&text, before, &all, lang, &[]), on_record(before));
        }
    }
}

#[test]
fn the_occasion_that_opens_a_sentence_is_no_part_of_the_speaker() {
    let text = "На брифинге в Норвике заместитель председателя Нацбанка Тимур Карабаев сообщил, что решение принято.";
    let found = read(text, Lang::RU);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, "заместитель председателя Нацбанка Тимур Карабаев");
}

#[test]
fn whose_people_are_is_not_who_speaks() {
    let text = "Zwei Mitarbeiter der Behörde bestätigten, dass der Deich gebrochen sei.";
    assert_eq!(one(text, Lang::DE).0, UnnamedGroup);
    let text = "Das Büro des Präsidenten teilte mit, dass der Deich gebrochen sei.";
    assert!(read(text, Lang::DE).iter().all(|(kind, ..)| *kind == Office));
}
