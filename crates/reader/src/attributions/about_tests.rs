//! One real form of language for each rule of statements that point at other sentences, and of asides.

use dateline_model::{Lang, SpeakerKind};

use super::statement_tests::{check, read};

use SpeakerKind::{Document, Named, Office, Unnamed, UnnamedGroup};

#[test]
fn who_points_at_the_sentence_before_says_it() {
    let ship = [
        (
            Lang::DE,
            "Das Schiff verließ den Hafen nachts.",
            "Das teilte die Stadt am Dienstag mit.",
            Office,
            "die Stadt",
        ),
        (
            Lang::DE,
            "Das Schiff verließ den Hafen nachts.",
            "Das berichtet die Zeitung „Bergkurier“ unter Berufung auf Ermittlerkreise.",
            UnnamedGroup,
            "Ermittlerkreise",
        ),
        (
            Lang::ES,
            "El barco salió del puerto de noche.",
            "Así lo confirmó este lunes la ministra Elsa Prado.",
            Named,
            "la ministra Elsa Prado",
        ),
        (
            Lang::IT,
            "La nave ha lasciato il porto di notte.",
            "Lo riferisce la questura di Montescuro.",
            Office,
            "la questura di Montescuro",
        ),
        (
            Lang::FR,
            "Le navire a quitté le port de nuit.",
            "Une source proche du dossier a confirmé l'information.",
            Unnamed,
            "Une source proche du dossier",
        ),
        (
            Lang::FR,
            "Le navire a quitté le port de nuit.",
            "C'est ce qu'a indiqué le préfet.",
            Office,
            "le préfet",
        ),
        (
            Lang::PT,
            "O navio saiu do porto à noite.",
            "A informação foi confirmada pela polícia.",
            Office,
            "polícia",
        ),
        (
            Lang::RU,
            "Судно ушло из порта ночью.",
            "Об этом «Портовому вестнику» рассказал источник в порту.",
            Unnamed,
            "источник",
        ),
        (
            Lang::RU,
            "Судно ушло из порта ночью.",
            "Портовая администрация эти данные опровергает.",
            Office,
            "Портовая администрация",
        ),
        (Lang::AR, "أعلنت الشركة استئناف الرحلات.", "وأكد ذلك مدير المطار.", Office, "مدير المطار"),
    ];
    for (lang, first, second, kind, source) in ship {
        let text = format!("{first} {second}");
        assert_eq!(read(&text, lang), [(kind, source, first)], "{text}");
    }
    // Its one statement, where the sentence before has one.
    let text = "Según fuentes policiales, el detenido viajó a Lisboa. Su abogado, Íñigo Zabala, lo niega.";
    let found = read(text, Lang::ES);
    assert_eq!(found[1], (Named, "Su abogado, Íñigo Zabala", "el detenido viajó a Lisboa."));
    // What tells more says it itself, and nothing stands before the first sentence.
    for (lang, text) in [
        (Lang::DE, "Das bestätigte die Polizei."),
        (Lang::FR, "Le port est fermé. Il a confirmé l'information selon laquelle le pont rouvrirait."),
    ] {
        assert_eq!(read(text, lang), [], "{text}");
    }
}

#[test]
fn an_aside_is_no_part_of_the_speaker() {
    check(&[
        (
            Lang::FR,
            "L'opposition, elle, dénonce un « passage en force ».",
            Office,
            "L'opposition",
            "un « passage en force ».",
        ),
        (
            Lang::PT,
            "O presidente da câmara, por sua vez, garante que a obra avança.",
            Office,
            "O presidente da câmara",
            "que a obra avança.",
        ),
        (
            Lang::FR,
            "Un ancien ministre, s'exprimant sous couvert d'anonymat, admet que la loi a échoué.",
            Unnamed,
            "Un ancien ministre",
            "que la loi a échoué.",
        ),
        (
            Lang::RU,
            "Сотрудник завода на условиях анонимности рассказал, что смены изматывают.",
            Unnamed,
            "Сотрудник завода",
            "что смены изматывают.",
        ),
        (
            Lang::ES,
            "Ayer la alcaldesa había asegurado que la escuela era segura.",
            Office,
            "la alcaldesa",
            "que la escuela era segura.",
        ),
        (
            Lang::ES,
            "Desde el ministerio aseguran que no habrá recortes.",
            Office,
            "el ministerio",
            "que no habrá recortes.",
        ),
    ]);
}

#[test]
fn the_occasion_that_opens_a_sentence_is_nobodys_words() {
    check(&[
        (
            Lang::FR,
            "Lors d'une conférence de presse, le préfet a annoncé la fermeture du pont.",
            Office,
            "le préfet",
            "la fermeture du pont.",
        ),
        (
            Lang::DE,
            "Am Montag sagte ein Sprecher der Stadt, die Brücke sei sicher.",
            Office,
            "ein Sprecher der Stadt",
            "die Brücke sei sicher.",
        ),
        (
            Lang::RU,
            "В интервью «Портовому вестнику» министр Олег Варин заявил, что порт откроют.",
            Named,
            "министр Олег Варин",
            "что порт откроют.",
        ),
    ]);
}

#[test]
fn for_whom_something_is_so_says_it_where_they_are_quoted() {
    check(&[
        (
            Lang::FR,
            "Pour Me Julie Arnal, avocate de la famille, « rien n'est réglé ».",
            Named,
            "Me Julie Arnal",
            "« rien n'est réglé ».",
        ),
        (
            Lang::ES,
            "Para el sindicato, la oferta es «una burla».",
            Office,
            "el sindicato",
            "la oferta es «una burla».",
        ),
    ]);
    // Without a quotation it may be done for them.
    assert_eq!(read("Para el sindicato, la oferta llega en mal momento.", Lang::ES), []);
}

#[test]
fn a_headline_has_a_colon_for_the_verb() {
    check(&[
        (Lang::IT, "Il sindaco: «Chiuderemo il ponte»", Office, "Il sindaco", "«Chiuderemo il ponte»"),
        (Lang::AR, "مسؤول فلسطيني: لا تقدم في المحادثات", Unnamed, "مسؤول فلسطيني", "لا تقدم في المحادثات"),
    ]);
    // Words that name nobody say something else.
    assert_eq!(read("Тренер остался доволен: «Мы показали лучшую игру».", Lang::RU), []);
}

#[test]
fn two_verbs_have_one_subject() {
    let text = "La ministra descartó una ruptura y adelantó que viajará en mayo.";
    let found = read(text, Lang::ES);
    assert_eq!(
        found,
        [(Office, "La ministra", "una ruptura"), (Office, "La ministra", "que viajará en mayo.")]
    );
    // A verb in the clause of the first is not the speaker's.
    let text = "El juez dijo que el testigo lo vio y aseguró que mentía.";
    assert_eq!(read(text, Lang::ES).len(), 1);
}

#[test]
fn a_quotation_that_goes_on_is_the_same_ones() {
    let text = "« Le port rouvrira », a dit le ministre Paul Derain. « Nous avons le temps. » « L'argent est là », a-t-il ajouté.";
    let found = read(text, Lang::FR);
    assert_eq!(found.last(), Some(&(Named, "le ministre Paul Derain", "« L'argent est là »,")), "{found:?}");
    let text =
        "« Le port rouvrira », promet la mairie. « Nous avons le temps, ajoute-t-elle, et de l'argent. »";
    assert_eq!(read(text, Lang::FR).len(), 1, "an office is no she");
}

#[test]
fn later_words_for_a_speaker_are_theirs() {
    for (lang, text, source) in [
        (
            Lang::FR,
            "Le ministre des Mines Ousmane Tassa a démenti tout contrat. « Il n'y a rien à signer », a martelé le ministre.",
            "Le ministre des Mines Ousmane Tassa",
        ),
        (
            Lang::DE,
            "Bürgermeisterin Kerstin Hall sagte, der Deich halte. Die Bürgermeisterin kündigte an, das Geld zu geben.",
            "Bürgermeisterin Kerstin Hall",
        ),
    ] {
        let found = read(text, lang);
        assert_eq!(found.len(), 2, "{text}: {found:?}");
        assert!(found.iter().all(|one| (one.0, one.1) == (Named, source)), "{text}: {found:?}");
    }
    // One word of a name is a name once it is known.
    let text = "Der Deich halte, sagte die Ingenieurin Lena Voss. „Wir haben ihn geprüft“, sagte Voss.";
    assert_eq!(read(text, Lang::DE)[1].1, "Voss");
    assert_eq!(read("„Wir haben ihn geprüft“, sagte Voss.", Lang::DE), []);
}

#[test]
fn something_follows_from_a_document() {
    check(&[
        (
            Lang::RU,
            "Из отчета следует, что плотина была в плохом состоянии.",
            Document,
            "отчета",
            "что плотина была в плохом состоянии.",
        ),
        (
            Lang::DE,
            "Wie aus einem Schreiben hervorgeht, wusste der Vorstand seit Mai davon.",
            Document,
            "einem Schreiben",
            "wusste der Vorstand seit Mai davon.",
        ),
        (
            Lang::ES,
            "Del informe se desprende que el grupo lo sabía.",
            Document,
            "informe",
            "que el grupo lo sabía.",
        ),
        (
            Lang::FR,
            "Il ressort d'un rapport interne que le groupe savait.",
            Document,
            "un rapport interne",
            "que le groupe savait.",
        ),
        (
            Lang::DE,
            "Wie es in Regierungskreisen heißt, ist der Minister zum Rücktritt bereit.",
            UnnamedGroup,
            "Regierungskreisen",
            "ist der Minister zum Rücktritt bereit.",
        ),
    ]);
}

#[test]
fn arabic_names_stand_behind_titles_commas_and_given_names() {
    check(&[
        (
            Lang::AR,
            "أما محامي العائلة، حسن الربيعي، فقال إن موكله بريء.",
            Named,
            "محامي العائلة، حسن الربيعي",
            "إن موكله بريء.",
        ),
        (
            Lang::AR,
            "وقال صياد يدعى سالم البحري إن السفينة كانت فارغة.",
            Named,
            "صياد يدعى سالم البحري",
            "إن السفينة كانت فارغة.",
        ),
        (
            Lang::AR,
            "وقال سائق يعمل على طريق الميناء، يدعى كريم الصياد، إن الرحلات ألغيت.",
            Named,
            "سائق يعمل على طريق الميناء، يدعى كريم الصياد",
            "إن الرحلات ألغيت.",
        ),
        (
            Lang::AR,
            "وقال المتحدث باسم الجيش العقيد حسن الربيعي إن المعركة انتهت.",
            Named,
            "المتحدث باسم الجيش العقيد حسن الربيعي",
            "إن المعركة انتهت.",
        ),
        (
            Lang::AR,
            "وقالت وزيرة الصحة ليلى البحري إن اللقاح متوفر.",
            Named,
            "وزيرة الصحة ليلى البحري",
            "إن اللقاح متوفر.",
        ),
        (
            Lang::AR,
            "وفقا لتقرير أعدته اللجنة، فإن السفينة كانت فارغة.",
            Document,
            "تقرير أعدته اللجنة",
            "فإن السفينة كانت فارغة.",
        ),
        (Lang::AR, "وتعهد الوزير بإعادة فتح الخط قبل الصيف.", Office, "الوزير", "بإعادة فتح الخط قبل الصيف."),
        (
            Lang::AR,
            "وتعهد المحافظ، في حديث لقناة الساحل، بإعادة فتح السوق.",
            Office,
            "المحافظ",
            "بإعادة فتح السوق.",
        ),
    ]);
    assert_eq!(read("وأضاف خلال مؤتمر صحفي أن العمل مستمر.", Lang::AR), []);
}

#[test]
fn speakers_are_told_by_the_form_of_their_phrase() {
    check(&[
        (
            Lang::DE,
            "Einer der Bergretter erzählte, das Wasser sei schnell gestiegen.",
            Unnamed,
            "Einer der Bergretter",
            "das Wasser sei schnell gestiegen.",
        ),
        (
            Lang::ES,
            "Dos alfareras contaron que el horno ya ardía.",
            UnnamedGroup,
            "Dos alfareras",
            "que el horno ya ardía.",
        ),
        (
            Lang::RU,
            "Местная жительница Мария рассказала, что слышала взрыв.",
            Named,
            "Местная жительница Мария",
            "что слышала взрыв.",
        ),
        (
            Lang::DE,
            "Ein Arzt aus dem Kreis Unna warnt, dass die Praxen leer sind.",
            Unnamed,
            "Ein Arzt aus dem Kreis Unna",
            "dass die Praxen leer sind.",
        ),
        (
            Lang::IT,
            "Lo ha visto cadere, dice la figlia Ginevra.",
            Named,
            "la figlia Ginevra",
            "Lo ha visto cadere,",
        ),
    ]);
    check(&[
        (
            Lang::DE,
            "Nach Polizeiangaben wurde niemand verletzt.",
            Office,
            "Polizeiangaben",
            "wurde niemand verletzt.",
        ),
        (
            Lang::DE,
            "Nach Darstellung seines Anwalts war der Mann zu Hause.",
            Unnamed,
            "seines Anwalts",
            "war der Mann zu Hause.",
        ),
        (
            Lang::PT,
            "Fonte oficial do ministério disse que o concurso será anulado.",
            Unnamed,
            "Fonte oficial do ministério",
            "que o concurso será anulado.",
        ),
        (
            Lang::IT,
            "Alcuni deputati, interpellati lunedì, dicono di non conoscere la cifra.",
            UnnamedGroup,
            "Alcuni deputati",
            "di non conoscere la cifra.",
        ),
        (
            Lang::DE,
            "Der Fahrer war laut Polizei betrunken und hatte keinen Führerschein.",
            Office,
            "Polizei",
            "betrunken und hatte keinen Führerschein.",
        ),
        (
            Lang::ES,
            "El gobernador, en cambio, habló de cinco muertos.",
            Office,
            "El gobernador",
            "cinco muertos.",
        ),
        (
            Lang::IT,
            "L'avvocato della difesa, Ugo Salgari, considera la sentenza ingiusta.",
            Named,
            "L'avvocato della difesa, Ugo Salgari",
            "la sentenza ingiusta.",
        ),
        (
            Lang::DE,
            "Die Gewerkschaft wirft dem Konzern vor, die Zahlen geschönt zu haben.",
            Office,
            "Die Gewerkschaft",
            "die Zahlen geschönt zu haben.",
        ),
    ]);
    check(&[
        (
            Lang::IT,
            "La polizia di Porto Scoglio afferma che l'uomo era solo.",
            Office,
            "La polizia di Porto Scoglio",
            "che l'uomo era solo.",
        ),
        (
            Lang::DE,
            "Die Bremer Bürgermeisterin sagte, die Brücke sei sicher.",
            Office,
            "Die Bremer Bürgermeisterin",
            "die Brücke sei sicher.",
        ),
        (
            Lang::IT,
            "Palestinesi denunciano che i campi sono stati bruciati.",
            UnnamedGroup,
            "Palestinesi",
            "che i campi sono stati bruciati.",
        ),
    ]);
    // A clause and nobody do not speak.
    for (lang, text) in [
        (Lang::DE, "Wenn renommierte Ärzte dies sagen, „dann prüfen wir das“."),
        (Lang::IT, "Nessuna accusa è stata depositata finora."),
        (Lang::RU, "Теплица говорит о любви хозяев к саду."),
    ] {
        assert_eq!(read(text, lang), [], "{text}");
    }
}
