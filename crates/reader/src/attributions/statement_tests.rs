//! One real form of language for each rule of the languages that are read by plain patterns.

use dateline_model::{Lang, SpeakerKind};

use super::statements;
use crate::sentences::sentences;
use crate::words::words;

use SpeakerKind::{Document, Named, Office, Unnamed, UnnamedGroup};

/// Kind, source and content of each statement.
pub fn read(text: &str, lang: Lang) -> Vec<(SpeakerKind, &str, &str)> {
    let found = statements(text, &words(text), &sentences(text, lang), lang, &[]);
    found
        .iter()
        .map(|one| (one.speaker, one.source.of(text).unwrap(), one.content.of(text).unwrap()))
        .collect()
}

/// Each text holds one statement: its language, its text, and what of it is read.
pub fn check(cases: &[(Lang, &str, SpeakerKind, &str, &str)]) {
    for (lang, text, kind, source, content) in cases {
        let found = read(text, *lang);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0], (*kind, *source, *content), "{text}");
    }
}

#[test]
fn words_of_time_and_place_stand_between_verb_and_speaker() {
    check(&[
        (
            Lang::FR,
            "« Nous ne céderons pas », a prévenu mardi le maire de Vaubrun.",
            Office,
            "le maire de Vaubrun",
            "« Nous ne céderons pas »,",
        ),
        (
            Lang::ES,
            "«El plazo vence en junio», aseguró este lunes una fuente del ministerio.",
            Unnamed,
            "una fuente del ministerio",
            "«El plazo vence en junio»,",
        ),
        (
            Lang::RU,
            "«Нас никто не предупредил», — заявила журналистам жительница Старого Порта.",
            Unnamed,
            "жительница Старого Порта",
            "«Нас никто не предупредил»,",
        ),
    ]);
}

#[test]
fn a_quotation_is_broken_by_who_says_it() {
    check(&[(
        Lang::FR,
        "« La digue a cédé vers trois heures, raconte Odile Tavernier, et personne n'a sonné l'alarme. »",
        Named,
        "Odile Tavernier",
        "« La digue a cédé vers trois heures,",
    )]);
}

#[test]
fn two_clauses_have_two_speakers() {
    let text = "El ministerio confirmó que el puente está cerrado, pero un ingeniero de la obra dijo que ya lo han abierto.";
    let found = read(text, Lang::ES);
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!((found[0].0, found[0].1), (Office, "El ministerio"));
    assert_eq!((found[1].0, found[1].1), (Unnamed, "un ingeniero de la obra"));
    assert!(!found[0].2.contains("ingeniero"));
}

#[test]
fn an_earlier_sentence_names_who_goes_on() {
    for (lang, text, source) in [
        (
            Lang::FR,
            "« Le pont tiendra », a déclaré le maire Yves Carnot. « Nous l'avons fait vérifier », a-t-il ajouté.",
            "le maire Yves Carnot",
        ),
        (
            Lang::FR,
            "Une avocate du groupe a affirmé que tout était légal. Elle a toutefois reconnu que le contrat manquait.",
            "Une avocate du groupe",
        ),
        (
            Lang::IT,
            "Un funzionario del porto ha detto che la nave era vuota. «L'ho vista con i miei occhi», ha aggiunto.",
            "Un funzionario del porto",
        ),
        (
            Lang::ES,
            "Una fuente del puerto dijo que el barco iba vacío. Añadió que nadie lo había revisado.",
            "Una fuente del puerto",
        ),
        (
            Lang::DE,
            "Ein Sprecher der Reederei sagte, das Schiff sei leer. Er fügte hinzu, niemand habe es geprüft.",
            "Ein Sprecher der Reederei",
        ),
        (
            Lang::DE,
            "Der Fahrer sei zu schnell gewesen, sagte der Anwalt Jost Kehl. Er habe die Kurve nicht gesehen.",
            "der Anwalt Jost Kehl",
        ),
        (
            Lang::RU,
            "Дипломат в Норвике рассказал, что встреча отложена. По его словам, новой даты нет.",
            "Дипломат в Норвике",
        ),
        (
            Lang::AR,
            "قال مسؤول في الميناء إن السفينة كانت فارغة. وأضاف أن أحدا لم يفتشها.",
            "مسؤول في الميناء",
        ),
        (
            Lang::PT,
            "Uma fonte da polícia disse que o navio estava vazio. A mesma fonte indicou que ninguém o revistou.",
            "Uma fonte da polícia",
        ),
    ] {
        let found = read(text, lang);
        assert_eq!(found.len(), 2, "{text}: {found:?}");
        assert!(found.iter().all(|one| one.1 == source && one.0 == found[0].0), "{text}: {found:?}");
    }
}

#[test]
fn whom_a_pronoun_means_is_left_open_where_it_is_not_sure() {
    for (lang, text) in [
        // She is not he.
        (Lang::FR, "La maire a déclaré que le pont tiendrait. « Je l'ai fait vérifier », a-t-il ajouté."),
        // Two spoke.
        (
            Lang::ES,
            "El ministerio dijo que el barco iba vacío, pero un marinero afirmó que iba lleno. Añadió que nadie lo revisó.",
        ),
        // A newsroom hands on what others said.
        (
            Lang::RU,
            "Суд отложил заседание, передает Meridian Wire. «Мы не отступим», — заявил он журналистам.",
        ),
        // He may be the man of whom the witness tells.
        (
            Lang::FR,
            "Selon un témoin, un homme a tiré sur la voiture. Il a reconnu qu'il avait acheté l'arme en mars.",
        ),
        // Nobody is known who could be the same.
        (
            Lang::FR,
            "Une source a été arrêtée lundi. La même source a ajouté que le procès aurait lieu en mai.",
        ),
        // Nobody spoke right before.
        (
            Lang::PT,
            "Uma fonte disse que o navio estava vazio. O cais foi fechado. A noite caiu. Ele admitiu que houve falhas.",
        ),
    ] {
        let last = sentences(text, lang).last().unwrap().start;
        let found = statements(text, &words(text), &sentences(text, lang), lang, &[]);
        assert!(found.iter().all(|one| one.sentence.start < last), "{text}: {found:?}");
    }
}

#[test]
fn german_says_it_behind_and_around() {
    check(&[
        (
            Lang::DE,
            "EU-Diplomaten zufolge wird das Paket im Mai beschlossen.",
            UnnamedGroup,
            "EU-Diplomaten",
            "wird das Paket im Mai beschlossen.",
        ),
        (
            Lang::DE,
            "Der Täter sei bekannt, so ein Sprecher der Polizei.",
            Office,
            "ein Sprecher der Polizei",
            "Der Täter sei bekannt,",
        ),
        (
            Lang::DE,
            "Aus Koalitionskreisen hieß es, man habe sich auf den Mai geeinigt.",
            UnnamedGroup,
            "Koalitionskreisen",
            "man habe sich auf den Mai geeinigt.",
        ),
        (
            Lang::DE,
            "Nach Angaben aus Sicherheitskreisen war der Mann den Behörden bekannt.",
            UnnamedGroup,
            "Sicherheitskreisen",
            "war der Mann den Behörden bekannt.",
        ),
        (
            Lang::DE,
            "Nach den Worten von Landrat Gernot Wiese haben inzwischen 3400 Menschen ihre Wohnungen verlassen.",
            Named,
            "Landrat Gernot Wiese",
            "haben inzwischen 3400 Menschen ihre Wohnungen verlassen.",
        ),
        (
            Lang::DE,
            "Der Minister kündigte an, die Mittel bis 2028 zu verdoppeln.",
            Office,
            "Der Minister",
            "die Mittel bis 2028 zu verdoppeln.",
        ),
        (
            Lang::DE,
            "»Wir haben nichts gehört«, sagte eine Anwohnerin.",
            Unnamed,
            "eine Anwohnerin",
            "»Wir haben nichts gehört«,",
        ),
        (
            Lang::DE,
            "Ein Bewohner des Viertels, der nicht genannt werden möchte, behauptet, die Polizei sei zu spät gekommen.",
            Unnamed,
            "Ein Bewohner des Viertels",
            "die Polizei sei zu spät gekommen.",
        ),
    ]);
    // A verb behind its subject closes a relative clause, an object is nobody who speaks, "das" is no statement.
    for text in [
        "Hintergrund ist ein Brief der Luftwaffe, die im April das Ende der Flüge verlangt hatte.",
        "Eine Agentur berichtete am Montag über den Fall.",
        "Ein Sprecher des Amtes bestätigte das am Abend.",
    ] {
        assert_eq!(read(text, Lang::DE).iter().filter(|one| one.0 != Office).count(), 0, "{text}");
    }
}

#[test]
fn russian_names_the_place_where_it_is_said() {
    check(&[
        (
            Lang::RU,
            "В пресс-службе завода сообщили, что пожар потушен к утру.",
            Office,
            "пресс-службе завода",
            "что пожар потушен к утру.",
        ),
        (
            Lang::RU,
            "В докладе палаты говорится, что треть школ закрыта.",
            Document,
            "докладе палаты",
            "что треть школ закрыта.",
        ),
        (
            Lang::RU,
            "По словам высокопоставленного европейского чиновника, переговоры прерваны до осени.",
            Unnamed,
            "высокопоставленного европейского чиновника",
            "переговоры прерваны до осени.",
        ),
        (
            Lang::RU,
            "Два источника в правительстве сообщили, что указ уже подписан.",
            UnnamedGroup,
            "Два источника в правительстве",
            "что указ уже подписан.",
        ),
        (
            Lang::RU,
            "Как заявила официальный представитель МИД Мария Зорина, ответ будет дан позже.",
            Named,
            "официальный представитель МИД Мария Зорина",
            "ответ будет дан позже.",
        ),
    ]);
}

#[test]
fn arabic_puts_the_verb_first() {
    check(&[
        (
            Lang::AR,
            "قال مسؤول أمريكي كبير طلب عدم ذكر اسمه إن القوات ستنسحب خلال شهرين.",
            Unnamed,
            "مسؤول أمريكي كبير",
            "إن القوات ستنسحب خلال شهرين.",
        ),
        (
            Lang::AR,
            "وأكد وزير المالية حسن الربيعي لصحيفة المرساة أن الرواتب ستدفع كاملة.",
            Named,
            "وزير المالية حسن الربيعي",
            "أن الرواتب ستدفع كاملة.",
        ),
        (
            Lang::AR,
            "وأفادت مصادر طبية بمقتل سبعة أشخاص في الغارة.",
            UnnamedGroup,
            "مصادر طبية",
            "بمقتل سبعة أشخاص في الغارة.",
        ),
        (Lang::AR, "ولمّح الوزير إلى أن الحدود ستفتح.", Office, "الوزير", "أن الحدود ستفتح."),
        (
            Lang::AR,
            "وقال دبلوماسي غربي مقيم في طرابلس: «الوضع هش للغاية».",
            Unnamed,
            "دبلوماسي غربي مقيم",
            "«الوضع هش للغاية».",
        ),
        (
            Lang::AR,
            "قال قائد شرطة المدينة إن ثلاثة أشخاص اعتقلوا.",
            Office,
            "قائد شرطة المدينة",
            "إن ثلاثة أشخاص اعتقلوا.",
        ),
    ]);
    // What is denied is no name, and the "that" behind the next verb is that verb's.
    let text = "من جانبه، نفى المسؤول علمه بأي اتفاق، وقال إن المحادثات مستمرة.";
    assert!(read(text, Lang::AR).iter().all(|one| one.0 != Named), "{:?}", read(text, Lang::AR));
}

#[test]
fn who_speaks_is_told_from_what_they_are_called() {
    check(&[
        (
            Lang::FR,
            "Le porte-parole de l'armée, le colonel Issa Maïda, a affirmé que la ville était calme.",
            Named,
            "Le porte-parole de l'armée, le colonel Issa Maïda",
            "que la ville était calme.",
        ),
        (
            Lang::ES,
            "La Casa Blanca negó que el presidente hubiera dado la orden.",
            Office,
            "La Casa Blanca",
            "que el presidente hubiera dado la orden.",
        ),
        (
            Lang::ES,
            "La aerolínea Costa Clara anunció que suspenderá sus vuelos.",
            Office,
            "La aerolínea Costa Clara",
            "que suspenderá sus vuelos.",
        ),
        (
            Lang::DE,
            "Ökonomen der Holsten Privatbank erwarten, dass die Preise steigen.",
            UnnamedGroup,
            "Ökonomen der Holsten Privatbank",
            "dass die Preise steigen.",
        ),
        (
            Lang::ES,
            "Un testigo que prefirió no dar su nombre relató que vio a tres hombres armados.",
            Unnamed,
            "Un testigo",
            "que vio a tres hombres armados.",
        ),
        (
            Lang::FR,
            "Mais le ministre a déclaré que le vote aurait lieu.",
            Office,
            "le ministre",
            "que le vote aurait lieu.",
        ),
        (
            Lang::FR,
            "Interrogé mardi, un conseiller du ministre a déclaré que le vote aurait lieu.",
            Unnamed,
            "un conseiller du ministre",
            "que le vote aurait lieu.",
        ),
        (
            Lang::PT,
            "Segundo três pessoas com conhecimento do assunto, a fusão será anunciada na quinta.",
            UnnamedGroup,
            "três pessoas",
            "a fusão será anunciada na quinta.",
        ),
        (
            Lang::ES,
            "\"Nos mintieron\", lamenta una madre que pide no ser identificada.",
            Unnamed,
            "una madre",
            "\"Nos mintieron\",",
        ),
    ]);
    // Whoever has a name is not without one.
    for (lang, text) in [
        (Lang::DE, "Der Historiker Jan Ohm vermutet, dass das Bild gefälscht ist."),
        (Lang::DE, "Rentnerin Hilde Kraus (78) sagt, der Bus komme nie pünktlich."),
        (Lang::DE, "„Ich habe nichts gesehen“, sagt Anwohner Karl-Heinz Dorn."),
        (Lang::DE, "Laut dem Experten Rolf Stein sind die Zahlen zu hoch."),
        (Lang::FR, "Le juge d'instruction Paul Martel a estimé que les preuves étaient insuffisantes."),
        (Lang::FR, "« Je n'ai rien signé », a répondu l'ancien trésorier du club, Gilles Aubert."),
        (Lang::AR, "وقال رئيس بلدية المرسى فؤاد حنا إن المياه مقطوعة."),
        (Lang::AR, "وقال الطبيب في مستشفى الأمل محمد أبو سليم إن الجرحى بالعشرات."),
    ] {
        let found = read(text, lang);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].0, Named, "{text}: {found:?}");
    }
    // And where that is not sure, nobody is told.
    assert_eq!(read("Житель поселка Сергей рассказал, что вода поднялась за час.", Lang::RU), []);
    // An agency's initials end before the speaker's name: nobody is without one.
    let text = "\"Il y a encore des corps\", a dit à l'AFP Karim Sellam, un secouriste.";
    assert!(read(text, Lang::FR).iter().all(|one| one.0 != Unnamed), "{:?}", read(text, Lang::FR));
    // "regrette" and its like say something only before a clause or a quotation.
    assert_eq!(read("Un commerçant du marché regrette déjà ses clients partis.", Lang::FR), []);
    assert_eq!(read("Poi ha aggiunto che la scuola è agibile.", Lang::IT), []);
    assert_eq!(read("Le ministre, Paul Derain, s'est montré inquiet et a salué la foule.", Lang::FR), []);
}
