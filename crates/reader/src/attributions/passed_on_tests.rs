//! One real form of language for each rule of what outlets obtain and pass on.

use dateline_model::{Lang, SpeakerKind};

use super::statements;
use crate::sentences::sentences;
use crate::words::words;

use SpeakerKind::{Document, Named, Office, Poll, Unnamed, UnnamedGroup};

/// Kind, source, content and outlet of each statement.
fn read(text: &str, lang: Lang) -> Vec<(SpeakerKind, &str, &str, Option<&str>)> {
    let found = statements(text, &words(text), &sentences(text, lang), lang, &[]);
    let via = |one: &dateline_model::Attribution| one.via.and_then(|via| via.of(text));
    found
        .iter()
        .map(|one| (one.speaker, one.source.of(text).unwrap(), one.content.of(text).unwrap(), via(one)))
        .collect()
}

fn check(cases: &[(Lang, &str, SpeakerKind, &str, &str, &str)]) {
    for (lang, text, kind, source, content, via) in cases {
        let found = read(text, *lang);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        let outlet = (!via.is_empty()).then_some(*via);
        assert_eq!(found[0], (*kind, *source, *content, outlet), "{text}");
    }
}

#[test]
fn what_an_outlet_cites_is_its_sources() {
    check(&[
        (
            Lang::FR,
            "Le navire était vide, rapporte l'hebdomadaire La Vigie, qui cite deux marins.",
            UnnamedGroup,
            "deux marins",
            "Le navire était vide,",
            "La Vigie",
        ),
        (
            Lang::FR,
            "D'après le journal La Vigie, citant un responsable portuaire, le navire était vide.",
            Unnamed,
            "un responsable portuaire",
            "le navire était vide.",
            "La Vigie",
        ),
        (
            Lang::ES,
            "Según informó el diario La Boya citando a dos marineros, el barco iba vacío.",
            UnnamedGroup,
            "dos marineros",
            "el barco iba vacío.",
            "La Boya",
        ),
        (
            Lang::PT,
            "Segundo A Boia, citando dois marinheiros, o navio estava vazio.",
            UnnamedGroup,
            "dois marinheiros",
            "o navio estava vazio.",
            "A Boia",
        ),
        (
            Lang::IT,
            "La nave era vuota, riferisce il quotidiano La Boa citando due marinai.",
            UnnamedGroup,
            "due marinai",
            "La nave era vuota,",
            "La Boa",
        ),
        (
            Lang::DE,
            "Wie der „Bergkurier“ unter Berufung auf Ermittlerkreise berichtet, wurde der Mann in Prag festgenommen.",
            UnnamedGroup,
            "Ermittlerkreise",
            "wurde der Mann in Prag festgenommen.",
            "Bergkurier",
        ),
        (
            Lang::RU,
            "«Портовый вестник» со ссылкой на источник в порту пишет, что судно было пустым.",
            Unnamed,
            "источник",
            "что судно было пустым.",
            "Портовый вестник",
        ),
        (
            Lang::AR,
            "وذكرت صحيفة «المنارة» نقلا عن مسؤولين أن المشتبه به فر.",
            UnnamedGroup,
            "مسؤولين",
            "أن المشتبه به فر.",
            "المنارة",
        ),
    ]);
}

#[test]
fn what_an_outlet_learnt_is_who_told_its() {
    check(&[
        (
            Lang::DE,
            "Der Mann wurde in Prag festgenommen, wie das „Harz-Journal“ aus Ermittlerkreisen erfuhr.",
            UnnamedGroup,
            "Ermittlerkreisen",
            "Der Mann wurde in Prag festgenommen,",
            "Harz-Journal",
        ),
        (
            Lang::DE,
            "Der Vorstand soll zurücktreten, erfuhr der „Bergkurier“ aus Aufsichtsratskreisen.",
            UnnamedGroup,
            "Aufsichtsratskreisen",
            "Der Vorstand soll zurücktreten,",
            "Bergkurier",
        ),
        (
            Lang::ES,
            "Según pudo saber La Boya de fuentes policiales, el detenido huyó a Portugal.",
            UnnamedGroup,
            "fuentes policiales",
            "el detenido huyó a Portugal.",
            "La Boya",
        ),
        (
            Lang::IT,
            "Secondo quanto apprende La Boa da fonti giudiziarie, l'indagato è fuggito.",
            UnnamedGroup,
            "fonti giudiziarie",
            "l'indagato è fuggito.",
            "La Boa",
        ),
        (
            Lang::AR,
            "ونقلت وكالة «الشراع» عن مصدر أمني قوله إن المشتبه به فر إلى الخارج.",
            Unnamed,
            "مصدر أمني",
            "إن المشتبه به فر إلى الخارج.",
            "الشراع",
        ),
        // French lets "on" learn it, and names no outlet.
        (
            Lang::FR,
            "Le suspect est en fuite, a-t-on appris mardi de source policière.",
            Unnamed,
            "source policière",
            "Le suspect est en fuite,",
            "",
        ),
        (
            Lang::FR,
            "La ligne sera fermée tout l'été, a-t-on indiqué à Matignon.",
            Office,
            "Matignon",
            "La ligne sera fermée tout l'été,",
            "",
        ),
        (
            Lang::DE,
            "„Er ist über die Grenze geflohen“, zitierte der „Bergkurier“ einen Ermittler.",
            Unnamed,
            "einen Ermittler",
            "„Er ist über die Grenze geflohen“,",
            "Bergkurier",
        ),
    ]);
}

#[test]
fn within_the_report_of_an_outlet_somebody_speaks() {
    check(&[
        (
            Lang::IT,
            "Lo stabilimento riaprirà in autunno, ha annunciato il presidente Ugo Salgari, riporta l'agenzia Maestrale.",
            Named,
            "il presidente Ugo Salgari",
            "Lo stabilimento riaprirà in autunno,",
            "Maestrale",
        ),
        (
            Lang::AR,
            "نفى وزير المناجم حسن الربيعي أن تكون بلاده قد باعت الذهب، بحسب ما نقلت وكالة الشراع.",
            Named,
            "وزير المناجم حسن الربيعي",
            "أن تكون بلاده قد باعت الذهب",
            "الشراع",
        ),
    ]);
}

#[test]
fn who_is_told_obtained_it() {
    check(&[
        (
            Lang::FR,
            "« Tout a brûlé », a confié auprès de l'agence Rivage Info une gérante du marché.",
            Unnamed,
            "une gérante du marché",
            "« Tout a brûlé »,",
            "Rivage Info",
        ),
        (
            Lang::ES,
            "Fuentes del club confirmaron a Radio Marea el fichaje del delantero.",
            UnnamedGroup,
            "Fuentes del club",
            "el fichaje del delantero.",
            "Radio Marea",
        ),
        (
            Lang::PT,
            "O porto reabre em maio, adiantou à Rádio Maré uma fonte do governo.",
            Unnamed,
            "uma fonte do governo",
            "O porto reabre em maio,",
            "Rádio Maré",
        ),
        (
            Lang::IT,
            "Un pescatore ha raccontato al Corriere dello Scoglio che la nave era vuota.",
            Unnamed,
            "Un pescatore",
            "che la nave era vuota.",
            "Corriere dello Scoglio",
        ),
        (
            Lang::DE,
            "Zwei mit den Plänen vertraute Personen sagten der Zeitung „Bergkurier“, der Verkauf sei beschlossen.",
            UnnamedGroup,
            "Zwei mit den Plänen vertraute Personen",
            "der Verkauf sei beschlossen.",
            "Bergkurier",
        ),
        (
            Lang::RU,
            "Адвокат Анна Рокова заявила «Портовому вестнику», что подаст жалобу.",
            Named,
            "Адвокат Анна Рокова",
            "что подаст жалобу.",
            "Портовому вестнику",
        ),
        (
            Lang::RU,
            "Порт откроют в мае, рассказал в интервью радио «Волна» министр Олег Варин.",
            Named,
            "министр Олег Варин",
            "Порт откроют в мае,",
            "радио «Волна»",
        ),
        (
            Lang::AR,
            "وأكد المحافظ في تصريحات لصحيفة «المنارة» أن الجسر آمن.",
            Office,
            "المحافظ",
            "أن الجسر آمن.",
            "المنارة",
        ),
    ]);
    // Whoever is told is no newsroom for that.
    for (lang, text) in [
        (Lang::FR, "Un témoin a raconté à la police que l'homme était seul."),
        (Lang::FR, "Le maire a dit à Paul Morel que le pont rouvrirait."),
        (Lang::PT, "O réu disse a Lula que não sabia de nada."),
        (Lang::FR, "Le chanteur a raconté, dans un entretien avec Morel, que la tournée était finie."),
        (Lang::RU, "«Самолет снижался, — говорится в сообщении компании. — Экипаж ушел на второй круг»."),
    ] {
        assert!(read(text, lang).iter().all(|one| one.3.is_none()), "{text}: {:?}", read(text, lang));
    }
}

#[test]
fn who_asks_who_holds_the_document_and_who_pays_for_the_poll_obtained_it() {
    check(&[
        (
            Lang::FR,
            "Dans un entretien au quotidien La Vigie, le ministre Paul Derain a assuré que le port rouvrirait.",
            Named,
            "le ministre Paul Derain",
            "que le port rouvrirait.",
            "La Vigie",
        ),
        (
            Lang::ES,
            "Fuentes del caso consultadas por La Boya aseguran que el acusado huyó.",
            UnnamedGroup,
            "Fuentes del caso consultadas por La Boya",
            "que el acusado huyó.",
            "La Boya",
        ),
        (
            Lang::FR,
            "D'après une note interne que Le Cap a pu consulter, 200 postes seront supprimés.",
            Document,
            "une note interne",
            "200 postes seront supprimés.",
            "Le Cap",
        ),
        (
            Lang::ES,
            "Según un informe al que tuvo acceso La Boya, se suprimirán 200 plazas.",
            Document,
            "un informe",
            "se suprimirán 200 plazas.",
            "La Boya",
        ),
        (
            Lang::DE,
            "In dem Schreiben, das dem „Bergkurier“ vorliegt, heißt es, die Kasse sei leer.",
            Document,
            "dem Schreiben",
            "die Kasse sei leer.",
            "Bergkurier",
        ),
        (
            Lang::AR,
            "بحسب وثيقة اطلعت عليها صحيفة «المنارة»، فإن العقد وقع في مايو.",
            Document,
            "وثيقة اطلعت عليها صحيفة «المنارة»",
            "فإن العقد وقع في مايو.",
            "المنارة",
        ),
        (
            Lang::FR,
            "Selon un sondage Ovida pour Radio Onde, 54 % des Français y sont favorables.",
            Poll,
            "un sondage Ovida pour Radio Onde",
            "54 % des Français y sont favorables.",
            "Radio Onde",
        ),
        (
            Lang::RU,
            "Собеседник «Портового вестника» в порту уточнил, что груз задержан.",
            Unnamed,
            "Собеседник «Портового вестника» в порту",
            "что груз задержан.",
            "Портового вестника",
        ),
    ]);
}

#[test]
fn a_name_in_quotation_marks_is_a_part_of_the_speaker() {
    check(&[
        (
            Lang::DE,
            "„Wir geben nicht auf“, sagte Lena Voss von der Initiative „Saubere Leine“.",
            Named,
            "Lena Voss von der Initiative „Saubere Leine“",
            "„Wir geben nicht auf“,",
            "",
        ),
        (
            Lang::DE,
            "Die Initiative „Saubere Leine“ teilte mit, der Fluss sei verseucht.",
            Office,
            "Die Initiative „Saubere Leine“",
            "der Fluss sei verseucht.",
            "",
        ),
        (
            Lang::FR,
            "L'association « Terre Claire » dénonce un « désastre annoncé ».",
            Office,
            "L'association « Terre Claire »",
            "un « désastre annoncé ».",
            "",
        ),
        (
            Lang::RU,
            "Глава компании «Лад» Олег Варин сообщил, что завод закрыт.",
            Named,
            "Глава компании «Лад» Олег Варин",
            "что завод закрыт.",
            "",
        ),
    ]);
    // What opens behind a verb of saying is quoted.
    let text = "Le ministre a répondu « Jamais » à la question d'une lectrice.";
    assert!(read(text, Lang::FR).iter().all(|one| !one.1.contains("Jamais")));
}
