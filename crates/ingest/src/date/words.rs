//! The words of dates: months, weekdays, parts of the day, zones.
//!
//! Words are compared after [`fold`]: lower case, without accents. A month's name counts for every
//! language that has it, and only names that mean one month in all of them are listed. (Polish
//! `listopada` is November and Croatian `listopada` October; [`CONTESTED`] leaves such names to the
//! shape of the date around them.)

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Lower case without accents, for Latin, Greek, Cyrillic and Arabic letters.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
            'ç' | 'ć' | 'č' => 'c',
            'ď' | 'đ' => 'd',
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'ğ' | 'ģ' => 'g',
            'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
            'ł' | 'ľ' | 'ļ' => 'l',
            'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ő' | 'ø' => 'o',
            'ř' => 'r',
            'ś' | 'š' | 'ş' | 'ș' => 's',
            'ť' | 'ţ' | 'ț' => 't',
            'ù' | 'ú' | 'û' | 'ü' | 'ű' | 'ū' | 'ů' | 'ų' => 'u',
            'ý' => 'y',
            'ź' | 'ż' | 'ž' => 'z',
            'ά' => 'α',
            'έ' => 'ε',
            'ή' => 'η',
            'ί' | 'ϊ' | 'ΐ' => 'ι',
            'ό' => 'ο',
            'ύ' | 'ϋ' | 'ΰ' => 'υ',
            'ώ' => 'ω',
            'ς' => 'σ',
            'أ' | 'إ' | 'آ' => 'ا',
            'ى' => 'ي',
            // Combining accents, Arabic vowel signs and the stroke that stretches words.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{655}' | 'ـ' | '\u{200c}' | '\u{200d}' => continue,
            c => c,
        };
        folded.push(plain);
    }
    folded
}

/// Names of the months, folded, a line for each month. Genitives and abbreviations included.
const MONTHS: [&str; 12] = [
    "january jan janvier janv enero ene januar jaenner janner janeiro gennaio gen gener ianuarie \
     ian januari stycznia styczen sty ledna leden januara ocak oca tammikuuta tammikuu ιανουαριου \
     ιανουαριοσ ιαν января январь янв січня січень сiчня януари јануар يناير جانفي ינואר जनवरी \
     jaan jaanuar janvaris led saus sausio sausis sij sijecanj sijecnja tammi сту студзень \
     студзеня січ яну јан јануари ינו جنوری ژانویه जन জানু জানুয়ারী",
    "february شباط feb fevrier fevr fev febrero februar feber fevereiro febbraio febb febrer \
     februarie februari lutego luty lut unora unor februara subat sub helmikuuta helmikuu \
     φεβρουαριου φεβρουαριοσ φεβ февраля февраль февр фев лютого лютий февруари фебруар فبراير \
     فيفري פברואר फरवरी फ़रवरी febr februaris helmi uno vas vasario vasaris veebr veebruar velj \
     veljaca veljace лют лютага люты феб פבר فروری فوریه फ़र ফেব ফেব্রুয়ারী",
    "march اذار mar mars marzo marz maerz mrz marco martie maart mrt marca marzec brezna brezen \
     marcius marc mart maaliskuuta maaliskuu μαρτιου μαρτιοσ μαρ марта март мар березня березень \
     مارس מרץ मार्च maret marts bre kov kovas kovo maalis mac marec ozu ozujak ozujka бер сак \
     сакавік сакавіка مارچ মার্চ",
    "april نيسان apr avril avr abril abr aprile aprilie kwietnia kwiecien kwi dubna duben aprila \
     aprilis nisan nis huhtikuuta huhtikuu απριλιου απριλιοσ απρ апреля апрель апр квітня квітень \
     април ابريل افريل אפריל अप्रैल aprill bal balandis balandzio dub huhti tra travanj travnja \
     квіт кра красавік красавіка אפר اوریل اپریل এপ্রি এপ্রিল",
    "may ايار mai mayo maio maggio mag maig mei maj maja kvetna kveten majus mayis toukokuuta \
     toukokuu μαιου μαιοσ μαι мая май травня травень мај مايو ماي מאי मई maijs geg geguze geguzes \
     kve svi svibanj svibnja touko трав مئی مه মে",
    "june حزيران jun juin junio juni junho giugno giu juny iunie iun czerwca czerwiec cze cervna \
     cerven juna junius haziran haz kesakuuta kesakuu ιουνιου ιουνιοσ ιουν июня июнь июн червня \
     червень юни јун يونيو يونيه جوان יוני जून birz birzelio birzelis cvn junij junijs juuni kesa \
     lipanj lipnja черв чэр чэрвень чэрвеня јуни جون ژوئن জুন",
    "july تموز jul juillet juil julio juli julho luglio lug juliol iulie iul lipca lipiec \
     cervence cervenec jula julius temmuz tem heinakuuta heinakuu ιουλιου ιουλιοσ ιουλ июля июль \
     июл липня липень юли јул يوليو يوليه يوليوز جويلية יולי जुलाई cvc heina julai julij julijs \
     juuli liep liepa liepos srpanj srpnja лип ліп ліпень ліпеня јули جولائی ژوئیه जुल জুল জুলাই",
    "august اب aug aout agosto ago agost augustus sierpnia sierpien sie srpna srpen augusta \
     augusztus agustos agu elokuuta elokuu αυγουστου αυγουστοσ αυγ августа август авг серпня \
     серпень اغسطس غشت اوت אוגוסט अगस्त agustus ag augusti augusts avg avgust elo kol kolovoz \
     kolovoza ogo ogos rugp rugpjucio rugpjutis жні жнівень жніўня серп אוג اگست अग আগ আগস্ট",
    "september ايلول sep sept septembre septiembre setembro set settembre sett setembre \
     septembrie wrzesnia wrzesien wrz zari septembra szeptember szept eylul eyl syyskuuta syyskuu \
     σεπτεμβριου σεπτεμβριοσ σεπ σεπτ сентября сентябрь сент сен вересня вересень септември \
     септембар سبتمبر شتنبر ספטמבר सितंबर सितम्बर setiembre rugs rugsejis rugsejo ruj rujan rujna \
     septembar septembris syys zar вер верасень верасня сеп ספט ستمبر سپتامبر सित সেপ সেপ্টেম্বর",
    "october oct octobre octubre oktober okt outubro out ottobre ott octombrie pazdziernika \
     pazdziernik paz rijna rijen oktobra ekim eki lokakuuta lokakuu οκτωβριου οκτωβριοσ οκτ \
     октября октябрь окт жовтня жовтень октомври октобар اكتوبر אוקטובר अक्टूबर अक्तूबर loka \
     oktobar oktobris oktoober rij spal spalio spalis жовт кас кастрычнік кастрычніка אוק اکتبر \
     اکتوبر अक्टू অক্টো অক্টোবর",
    "november nov novembre noviembre novembro noiembrie noi listopadu novembra kasim kas \
     marraskuuta marraskuu νοεμβριου νοεμβριοσ νοε ноября ноябрь нояб ноя листопада листопад \
     ноември новембар نوفمبر نونبر נובמבר नवंबर नवम्बर lapkr lapkricio lapkritis marras novembar \
     novembris stu studeni studenoga лист ліс лістапад лістапада нов ное נוב نوامبر نومبر नव নভে \
     নভেম্বর",
    "december dec decembre diciembre dic dezember dez dezembro dicembre desembre decembrie \
     grudnia grudzien gru prosince prosinec decembra aralik joulukuuta joulukuu δεκεμβριου \
     δεκεμβριοσ δεκ декабря декабрь дек грудня грудень декември децембар ديسمبر دجنبر דצמבר \
     दिसंबर दिसम्बर desember des ara decembar decembris dets detsember dis disember gruod gruodis \
     gruodzio joulu pro prosinac prosinca груд дец сне снежань снежня דצמ دسامبر دسمبر दिस ডিসে \
     ডিসেম্বর",
];

/// Names that are one month in one language and another in the next, with the reading that holds
/// where the day carries no dot: `2 listopada` is Polish, `2. listopada` may be Croatian.
const CONTESTED: [(&str, u8); 5] = [("listopada", 11), ("listopad", 11), ("lis", 11), ("lip", 7), ("srp", 8)];

/// The month a word names (1–12). `dotted` where the day before it carries a dot.
pub(super) fn month(word: &str, dotted: bool) -> Option<u8> {
    if let Some((_, month)) = CONTESTED.iter().find(|(name, _)| *name == word) {
        return (!dotted).then_some(*month);
    }
    // Hebrew writes "in May" as one word, Catalan "of April".
    let inner = || {
        let prefixes = ["ב", "d’", "d'"];
        prefixes.iter().find_map(|prefix| VOCABULARY.months.get(word.strip_prefix(prefix)?))
    };
    VOCABULARY.months.get(word).or_else(inner).copied()
}

/// A month of two words: Arabic `كانون الثاني` (January), `تشرين الأول` (October).
pub(super) fn month_of_two(first: &str, second: &str) -> Option<u8> {
    match (first, second) {
        ("كانون", "الثاني") => Some(1),
        ("كانون", "الاول") => Some(12),
        ("تشرين", "الثاني") => Some(11),
        ("تشرين", "الاول") => Some(10),
        _ => None,
    }
}

/// Words that begin names of weekdays, folded, Monday first. They are only passed over, so a few
/// letters are enough to know them by.
const WEEKDAYS: [&str; 7] = [
    "mon monday lundi lun lunes montag mo segunda segunda-feira seg lunedi luni maandag ma \
     poniedzialek pon pn pondeli po hetfo h pazartesi pzt maanantai maanantaina δευτερα δευ \
     понедельник пн понеділок الاثنين senin mandag man понеделник সোমবার সোম dilluns esmaspaev \
     دوشنبه יום שני सोमवार सोम ponedjeljak pirmadienis pirmdiena pirmd pondelok ponedeljek \
     понедељак пон ponedeljak پیر thứ hai isnin isn панядзелак sen",
    "tue tues tuesday mardi mar martes dienstag di terca terca-feira ter martedi marti dinsdag \
     wtorek wt utery ut kedd k sali sal tiistai tiistaina τριτη τρι вторник вт вівторок الثلاثاء \
     selasa tirsdag tisdag tir tis ba মঙ্গলবার মঙ্গল dimarts teisipaev سهشنبه יום שלישי मंगलवार मंगल \
     utorak uto antradienis otrdiena otrd utorok torek tor уторак уто منگل thứ sel вто аўторак \
     tirs",
    "wed wednesday mercredi mer miercoles mie mittwoch mi quarta quarta-feira qua mercoledi \
     miercuri woensdag wo sroda sr streda st szerda sze carsamba car keskiviikko keskiviikkona \
     τεταρτη τετ среда ср середа الاربعاء rabu onsdag ons tư сряда বুধবার বুধ dimecres kolmapaev \
     چهارشنبه יום רביעי बुधवार बुध srijeda sri treciadienis tresdiena tresd sreda sre сре بدھ thứ \
     rab серада",
    "thu thur thurs thursday jeudi jeu jueves jue donnerstag do quinta quinta-feira qui giovedi \
     gio joi donderdag czwartek czw ctvrtek ct csutortok cs persembe per torstai torstaina πεμπτη \
     πεμ четверг чт четвер الخميس kamis torsdag tor tors четвъртък বৃহস্পতিবার বৃহস্পতি dijous \
     neljapaev پنجشنبه יום חמישי गुरुवार गुरु cetvrtak cet ketvirtadienis ceturtdiena ceturtd \
     stvrtok cetrtek четвртак чет جمعرات thứ nam khamis kha четврток чацвер kam",
    "fri friday vendredi ven viernes vie freitag fr sexta sexta-feira sex venerdi vineri vrijdag \
     vr piatek pt patek pa pentek p cuma cum perjantai perjantaina παρασκευη παρ пятница пт \
     пʼятниця الجمعة jumat fredag fre петък শুক্রবার শুক্র divendres reede جمعه יום שישי शुक्रवार \
     शुक्र petak pet penktadienis piektdiena piektd piatok petek петак пет п'ятниця جمعہ thứ sau \
     jumaat jum петок пятніца vin",
    "sat saturday samedi sam sabado sab samstag sonnabend sa sabato sambata zaterdag za sobota \
     sob so szombat szo cumartesi cmt lauantai lauantaina σαββατο σαβ суббота сб субота السبت \
     sabtu lordag lor събота শনিবার শনি dissabte laupaev شنبه יום שבת शनिवार शनि subota sub \
     sestadienis sestdiena sestd суб ہفتہ thứ bảy сабота саб",
    "sun sunday dimanche dim domingo dom sonntag so domenica duminica zondag zo niedziela niedz \
     nd nedele ne vasarnap v pazar paz sunnuntai sunnuntaina κυριακη κυρ воскресенье вс неділя нд \
     الاحد minggu sondag son неделя রবিবার রবি diumenge puhapaev یکشنبه יום ראשון रविवार रवि \
     nedjelja ned sekmadienis svetdiena svetd nedela nedelja недеља нед اتوار chủ nhật ahad ahd \
     недела нядзеля dum min",
];

/// True for names of weekdays.
pub(super) fn is_weekday(word: &str) -> bool {
    VOCABULARY.weekdays.contains(word)
        || word.ends_with("요일")
        || matches!(word, "월" | "화" | "수" | "목" | "금" | "토")
}

/// The weekday a word of English names, from Monday = 0: for the formats that are English by
/// standard.
pub(super) fn english_weekday(word: &str) -> Option<usize> {
    let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    names.iter().position(|name| word.len() >= 3 && name.starts_with(word))
}

/// Words that stand in dates and say nothing: "at", "of", "o'clock", "year", endings of ordinals, and
/// the characters that Chinese and Japanese write weekdays with.
const NOISE: &str = "at on of the published posted de del le la el den der dem am um uhr as a alle ore om kl klo \
     pukul g godz v ve г года в року р о o h hrs hs heures في علي الساعة saat dne feira ob م gada \
     m d st nd rd th er re e ste º ª pada hari يوم thu cn 星 期 周 週 曜 日 月 火 水 木 金 土 一 二 三 四 五 六 天 禮 \
     拜";

/// True for words that say nothing.
pub(super) fn is_noise(word: &str) -> bool {
    VOCABULARY.noise.contains(word)
}

/// The lists above, ready to be asked.
struct Vocabulary {
    months: HashMap<&'static str, u8>,
    weekdays: HashSet<&'static str>,
    noise: HashSet<&'static str>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary {
    months: MONTHS
        .iter()
        .zip(1..)
        .flat_map(|(names, month)| names.split(' ').map(move |name| (name, month)))
        .collect(),
    weekdays: WEEKDAYS.iter().flat_map(|names| names.split(' ')).collect(),
    noise: NOISE.split(' ').collect(),
});

/// True for words after which a dot separates hours from minutes: `kl. 21.01`.
pub(super) fn announces_time(word: &str) -> bool {
    matches!(word, "kl" | "klo" | "um" | "ore" | "pukul" | "godz" | "alle" | "ob")
}

/// Halves of the day: `Some(true)` for the second.
pub(super) fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "am" | "오전" | "午前" | "上午" | "ص" | "πμ" => Some(false),
        "pm" | "오후" | "午後" | "下午" | "م" | "μμ" => Some(true),
        _ => None,
    }
}

/// Zones by name, in minutes east of UTC. Only names that mean one offset in every feed: RFC 822's,
/// and those no other part of the world uses. BST, IST and AST are two or three zones each.
pub(super) fn zone(word: &str) -> Option<i16> {
    let hours = |hours: i16| Some(hours * 60);
    match word {
        "z" | "ut" | "utc" | "gmt" | "wet" => Some(0),
        "west" | "cet" | "met" | "mez" | "wat" => hours(1),
        "cest" | "mest" | "mesz" | "eet" | "sast" | "cat" => hours(2),
        "eest" | "msk" | "мск" | "eat" | "trt" => hours(3),
        "msd" | "gst" => hours(4),
        "pkt" => hours(5),
        "wib" => hours(7),
        "wita" | "hkt" | "sgt" | "awst" | "pht" => hours(8),
        "wit" | "jst" | "kst" => hours(9),
        "acst" => Some(570),
        "acdt" => Some(630),
        "aest" => hours(10),
        "aedt" => hours(11),
        "nzst" => hours(12),
        "nzdt" => hours(13),
        "npt" => Some(345),
        "edt" => hours(-4),
        "est" | "cdt" => hours(-5),
        "cst" | "mdt" => hours(-6),
        "mst" | "pdt" => hours(-7),
        "pst" | "akdt" => hours(-8),
        "akst" => hours(-9),
        "hst" => hours(-10),
        "brt" | "art" => hours(-3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_two_months() {
        for (names, number) in MONTHS.iter().zip(1..) {
            for name in names.split(' ') {
                assert_eq!(fold(name), name);
                assert_eq!(month(name, false), Some(number), "{name}");
            }
        }
        for name in WEEKDAYS.iter().chain([&NOISE]).flat_map(|names| names.split(' ')) {
            assert_eq!(fold(name), name);
        }
    }

    #[test]
    fn folding_takes_accents_away() {
        assert_eq!(fold("Août"), "aout");
        assert_eq!(fold("Μαΐου"), "μαιου");
        assert_eq!(fold("أَبْرِيل"), "ابريل");
    }
}
