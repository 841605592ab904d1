//! The rules of figures, each with the sentence it was made for, in all eight languages.

use dateline_model::{Hedge, Lang, Span};
use proptest::prelude::*;

use super::*;

/// Every figure as `text|low|high|hedge|unit`.
fn read(text: &str, lang: Lang) -> Vec<String> {
    figures(text, Span::new(0, text.len()), lang)
        .iter()
        .map(|figure| {
            let hedge = match figure.hedge {
                Hedge::Exact => "",
                Hedge::About => "~",
                Hedge::AtLeast => ">",
                Hedge::AtMost => "<",
            };
            let value = if figure.low == figure.high {
                format!("{}", figure.low)
            } else {
                format!("{}..{}", figure.low, figure.high)
            };
            format!("{}|{hedge}{value}|{}", figure.span.of(text).unwrap(), figure.unit.of(text).unwrap())
        })
        .collect()
}

fn check(lang: Lang, cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = read(text, lang);
        if found != *expected {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{lang}:\n{}", wrong.join("\n"));
}

#[test]
fn english() {
    check(
        Lang::EN,
        &[
            // hedge, thousands, nouns
            (
                "The junta wants at least 1,000 U.S. troops to leave.",
                &["at least 1,000 U.S. troops|>1000|U.S. troops"],
            ),
            (
                "About 20 people were killed and 35 wounded.",
                &["About 20 people|~20|people", "35 wounded|35|wounded"],
            ),
            (
                "Up to twenty-five heavily armed men crossed.",
                &["Up to twenty-five heavily armed men|<25|heavily armed men"],
            ),
            ("No fewer than 12 buildings burned.", &["No fewer than 12 buildings|>12|buildings"]),
            ("Some 3.5 million people fled.", &["Some 3.5 million people|~3500000|people"]),
            ("A dozen soldiers deserted.", &["A dozen soldiers|~12|soldiers"]),
            ("One soldier died.", &["One soldier|1|soldier"]),
            // money, percent, measures
            ("It cost $3.5 million.", &["$3.5 million|3500000|$"]),
            ("It cost US$20m, he said.", &["US$20m|20000000|US$"]),
            (
                "They paid 2 billion dollars for 40% of it.",
                &["2 billion dollars|2000000000|dollars", "40%|40|%"],
            ),
            ("The base lies 20km from town.", &["20km|20|km"]),
            // ranges
            ("Between 20 and 30 people drowned.", &["Between 20 and 30 people|20..30|people"]),
            ("It holds 20–30 prisoners.", &["20–30 prisoners|20..30|prisoners"]),
            ("Two or three boats sank.", &["Two or three boats|2..3|boats"]),
            ("It costs $2 to $3 million.", &["$2 to $3 million|2000000..3000000|$"]),
            ("Staff rose from 20 to 30 people.", &[]),
            // after
            ("Twenty people or more.", &["Twenty people or more|>20|people"]),
            ("More than 50+ drones were seen.", &["More than 50+ drones|>50|drones"]),
            // names
            ("Russians entered Airbase 101 on Thursday.", &[]),
            ("Flight 370 passengers and Anti-Proposition 8 protesters are missing.", &[]),
            ("Two Boeing 737 jets collided.", &[]),
            ("G7 leaders invoked Article 5 principles on Highway 1 roads.", &[]),
            ("Covid-19 patients recovered.", &[]),
            // dates, clocks, ages, ordinals, scores, rates
            ("On May 2 officials met.", &[]),
            ("In 2020 elections were held, and 2024 elections follow.", &[]),
            ("It began at 5 p.m. and at 14:30 guards left.", &[]),
            ("Awa Garba, 45, a 45-year-old nurse aged 45 years, spoke.", &[]),
            ("The 24th brigade and the fifth convoys came.", &[]),
            ("They won 2-1 games at 6-4.", &[]),
            ("Call 555-1234 workers.", &[]),
            ("One in five children is hungry.", &[]),
            ("It killed 12 per 100,000 people.", &[]),
            ("Some 2 million three hundred people and 3 million and 200 thousand men.", &[]),
            ("The 2016 campaign people had three days' worth of food.", &[]),
            ("It costs $2 billion over 10 years.", &["$2 billion|2000000000|$"]),
            ("He left three days ago, after the last 24 hours.", &[]),
            // unclear units
            ("Killing 20 others and hundreds of people.", &[]),
            ("The three met officials in Rome.", &[]),
            ("He took five $20 notes.", &["$20|20|$"]),
            (
                "Turnout is between 20 percent and 25 percent.",
                &["between 20 percent and 25 percent|20..25|percent"],
            ),
            ("There is a 10% to 14% chance.", &[]),
            (
                "Growth was revised up to 3 percent, from 2.7 percent.",
                &["3 percent|3|percent", "2.7 percent|2.7|percent"],
            ),
            ("He told 60 Minutes that one week all is well.", &[]),
            ("Several hundred people and half a million cattle; a few thousand men.", &[]),
            ("A hundred people came.", &["A hundred people|100|people"]),
            (
                "The attack that killed four Americans continues to haunt them.",
                &["four Americans|4|Americans"],
            ),
            ("The 20-member council and 3 of them.", &[]),
        ],
    );
}

#[test]
fn german() {
    check(
        Lang::DE,
        &[
            (
                "Mindestens 1.000 amerikanische Soldaten ziehen ab.",
                &["Mindestens 1.000 amerikanische Soldaten|>1000|amerikanische Soldaten"],
            ),
            ("Rund 2,5 Millionen Menschen flohen.", &["Rund 2,5 Millionen Menschen|~2500000|Menschen"]),
            ("Es starben von 20 bis 30 Menschen.", &["von 20 bis 30 Menschen|20..30|Menschen"]),
            (
                "Zwischen zwanzig und dreißig Boote sanken.",
                &["Zwischen zwanzig und dreißig Boote|20..30|Boote"],
            ),
            (
                "Die Steuer stieg um 3,5 Prozent auf 20 Mio. Euro.",
                &["3,5 Prozent|3.5|Prozent", "20 Mio. Euro|20000000|Euro"],
            ),
            (
                "Bis zu fünfundzwanzig Verletzte wurden gezählt.",
                &["Bis zu fünfundzwanzig Verletzte|<25|Verletzte"],
            ),
            ("Die Zahl stieg von 20 auf 30 Fälle.", &[]),
            ("Am 20. Mai um 20 Uhr begann das 19. Jahrhundert im Jahr 2020.", &[]),
            ("Mehrere tausend Menschen demonstrierten, einige hundert Polizisten kamen.", &[]),
            ("Eine Frau verließ die Autobahn 7 und Artikel 5 Absatz 2.", &[]),
        ],
    );
}

#[test]
fn french() {
    check(
        Lang::FR,
        &[
            (
                "Au moins 1 000 soldats français partiront.",
                &["Au moins 1 000 soldats français|>1000|soldats français"],
            ),
            (
                "Près de 2,5 millions de personnes ont fui.",
                &["Près de 2,5 millions de personnes|~2500000|personnes"],
            ),
            (
                "Une centaine de manifestants attendaient.",
                &["Une centaine de manifestants|~100|manifestants"],
            ),
            (
                "Entre vingt et trente personnes sont mortes.",
                &["Entre vingt et trente personnes|20..30|personnes"],
            ),
            ("Cela coûte 3 millions d'euros, soit 20 %.", &["3 millions d'euros|3000000|euros", "20 %|20|%"]),
            (
                "Plus de 20\u{202F}000 réfugiés, jusqu'à 30 camps.",
                &["Plus de 20\u{202F}000 réfugiés|>20000|réfugiés", "jusqu'à 30 camps|<30|camps"],
            ),
            ("Le 2 mai à 20 heures, le vol 370 est parti.", &[]),
            ("Un homme de 45 ans est arrivé en 2020.", &[]),
            ("Il est venu trois fois avec un ami.", &[]),
        ],
    );
}

#[test]
fn spanish() {
    check(
        Lang::ES,
        &[
            (
                "Al menos 1.000 soldados estadounidenses se irán.",
                &["Al menos 1.000 soldados estadounidenses|>1000|soldados estadounidenses"],
            ),
            ("Unas 2,5 millones de personas huyeron.", &["Unas 2,5 millones de personas|~2500000|personas"]),
            ("Entre 20 y 30 personas murieron.", &["Entre 20 y 30 personas|20..30|personas"]),
            (
                "Más de treinta y cinco heridos y 20 mil casas.",
                &["Más de treinta y cinco heridos|>35|heridos", "20 mil casas|20000|casas"],
            ),
            (
                "Costó un millón de dólares, el 20 por ciento.",
                &["un millón de dólares|1000000|dólares", "20 por ciento|20|por ciento"],
            ),
            ("Murieron 1,500 animales.", &[]),
            ("El 2 de mayo de 2020 a las 20 horas despegó el vuelo 370.", &[]),
            ("Un hombre de 45 años lo dijo tres veces.", &[]),
        ],
    );
}

#[test]
fn portuguese() {
    check(
        Lang::PT,
        &[
            (
                "Pelo menos 1.000 soldados americanos sairão.",
                &["Pelo menos 1.000 soldados americanos|>1000|soldados americanos"],
            ),
            (
                "Cerca de 2,5 milhões de pessoas fugiram.",
                &["Cerca de 2,5 milhões de pessoas|~2500000|pessoas"],
            ),
            ("Entre vinte e trinta pessoas morreram.", &["Entre vinte e trinta pessoas|20..30|pessoas"]),
            ("Até 20 mil casas, ou 20%.", &["Até 20 mil casas|<20000|casas", "20%|20|%"]),
            ("Em 2 de maio de 2020, às 20 horas, o voo 370 partiu.", &[]),
            ("Uma mulher de 45 anos disse isso três vezes aos 13 anos.", &[]),
        ],
    );
}

#[test]
fn italian() {
    check(
        Lang::IT,
        &[
            (
                "Almeno 1.000 soldati americani partiranno.",
                &["Almeno 1.000 soldati americani|>1000|soldati americani"],
            ),
            (
                "Circa 2,5 milioni di persone sono fuggite.",
                &["Circa 2,5 milioni di persone|~2500000|persone"],
            ),
            ("Tra 20 e 30 persone sono morte.", &["Tra 20 e 30 persone|20..30|persone"]),
            (
                "Una ventina di feriti, più di trentacinque case.",
                &["Una ventina di feriti|~20|feriti", "più di trentacinque case|>35|case"],
            ),
            (
                "Costa 3 milioni di euro, il 20 per cento.",
                &["3 milioni di euro|3000000|euro", "20 per cento|20|per cento"],
            ),
            ("Il 2 maggio 2020 alle ore 20 il volo 370 è partito.", &[]),
            ("Un uomo di 45 anni lo ha detto tre volte.", &[]),
        ],
    );
}

#[test]
fn russian() {
    check(
        Lang::RU,
        &[
            (
                "Не менее 1 000 американских военных уйдут.",
                &["Не менее 1 000 американских военных|>1000|американских военных"],
            ),
            ("Около 2,5 млн человек бежали.", &["Около 2,5 млн человек|~2500000|человек"]),
            ("Погибли от 20 до 30 человек.", &["от 20 до 30 человек|20..30|человек"]),
            (
                "Ранены сто двадцать пять солдат, до 20 домов сгорели.",
                &["сто двадцать пять солдат|125|солдат", "до 20 домов|<20|домов"],
            ),
            (
                "Ущерб — 2 миллиона 300 тысяч рублей, или 20%.",
                &["2 миллиона 300 тысяч рублей|2300000|рублей", "20%|20|%"],
            ),
            ("Более двадцати человек погибли.", &["Более двадцати человек|>20|человек"]),
            ("2 мая 2020 года в 20 часов рейс 370 вылетел.", &[]),
            (
                "Статья 5 названа три раза; дети до 18 лет, 1 пожилая женщина.",
                &["1 пожилая женщина|1|пожилая женщина"],
            ),
            ("Приехали несколько тысяч человек.", &[]),
        ],
    );
}

#[test]
fn arabic() {
    check(
        Lang::AR,
        &[
            ("قتل ما لا يقل عن ١٢٠ شخصا في الهجوم.", &["ما لا يقل عن ١٢٠ شخصا|>120|شخصا"]),
            ("نزح أكثر من ١٬٠٠٠ مدنيا.", &["أكثر من ١٬٠٠٠ مدنيا|>1000|مدنيا"]),
            ("أصيب نحو خمسة وعشرين جنديا.", &["نحو خمسة وعشرين جنديا|~25|جنديا"]),
            ("بلغت الخسائر 3.5 مليون دولار.", &["3.5 مليون دولار|3500000|دولار"]),
            ("ارتفعت الأسعار 20 بالمئة.", &["20 بالمئة|20|بالمئة"]),
            ("في 2 مايو 2020 أقلعت الرحلة 370.", &[]),
            ("القاعدة 101 قرب المطار.", &[]),
            ("تقدر القيمة بمليون و 300 ألف جنيه، أي نصف مليون دولار.", &[]),
        ],
    );
}

#[test]
fn a_language_without_words_has_no_figures() {
    check("sw".parse().unwrap(), &[("Watu 20 walikufa.", &[])]);
}

#[test]
fn numbers_of_any_kind() {
    let values = |text: &str, lang| numbers(text, lang).iter().map(|(_, value)| *value).collect::<Vec<_>>();
    assert_eq!(
        values("On 24th May 2020 at 14:30, 3.5 million of the G7's F-16s left Airbase 101.", Lang::EN),
        [24.0, 2020.0, 14.0, 30.0, 3_500_000.0, 7.0, 16.0, 101.0]
    );
    assert_eq!(values("Two of twenty-five, or 3,500,000", Lang::EN), [2.0, 25.0, 3_500_000.0]);
    assert_eq!(values("am 2.5.2020 rund 2,5 Millionen", Lang::DE), [2.0, 5.0, 2020.0, 2_500_000.0]);
    assert_eq!(values("١٬٠٠٠ جندي", Lang::AR), [1_000.0]);
    assert_eq!(values("hundreds of them, a few", Lang::EN), Vec::<f64>::new());
}

#[test]
fn a_long_line_gives_all_its_numbers() {
    let text = "7 men ".repeat(3_000);
    assert_eq!(numbers(&text, Lang::EN).len(), 3_000);
}

const LANGS: [Lang; 8] = [Lang::EN, Lang::FR, Lang::ES, Lang::DE, Lang::PT, Lang::IT, Lang::RU, Lang::AR];

/// Texts made of what the rules look at, in any order.
fn news_like() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "20",
        "1,000",
        "1.000",
        "2,5",
        "٣٫٥",
        "million",
        "de",
        "and",
        "between",
        "from",
        "to",
        "-",
        "–",
        "$",
        "€",
        "%",
        "+",
        ".",
        ",",
        "'",
        "people",
        "personnes",
        "Menschen",
        "человек",
        "شخصا",
        "twenty",
        "vingt",
        "двадцать",
        "خمسة",
        "وعشرين",
        "hundred",
        "mille",
        "at least",
        "plus d'",
        "U.S.",
        "-year-old",
        "km",
        "m",
        "May",
        "\u{202F}",
        "é",
        "0",
    ]);
    prop::collection::vec((pieces, prop::bool::ANY), 0..24).prop_map(|pieces| {
        pieces.into_iter().map(|(p, blank)| if blank { format!("{p} ") } else { p.into() }).collect()
    })
}

proptest! {
    #[test]
    fn figures_are_sound_in_any_text(text in prop_oneof![news_like(), "\\PC{0,120}".boxed()], lang in 0usize..8) {
        let lang = LANGS[lang];
        let sentence = Span::new(0, text.len());
        let mut last = 0;
        for figure in figures(&text, sentence, lang) {
            prop_assert!(figure.span.of(&text).is_some() && figure.unit.of(&text).is_some());
            prop_assert!(figure.span.contains(figure.unit), "{figure:?}");
            prop_assert!(figure.span.start >= last, "figures do not overlap");
            last = figure.span.end;
            prop_assert!(figure.low <= figure.high && figure.low.is_finite() && figure.high.is_finite());
        }
        for (span, value) in numbers(&text, lang) {
            prop_assert!(span.of(&text).is_some_and(|text| !text.is_empty()) && value.is_finite());
        }
    }
}
