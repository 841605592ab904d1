//! The outlet registry: who publishes, who owns whom, who is a wire. Facts with their source.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

/// What an outlet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OutletKind {
    /// A news agency whose copy others print.
    Wire,
    /// A newspaper.
    Newspaper,
    /// Radio or television.
    Broadcaster,
    /// A magazine or weekly.
    Magazine,
    /// A publication that exists on the web only.
    Online,
    /// A government, an international body, an army: speaks for itself.
    Official,
    /// Takes others' articles over and adds none of its own.
    Aggregator,
}

/// How much a state has to say in an outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StateControl {
    /// Privately owned.
    Independent,
    /// Publicly funded with editorial independence.
    Public,
    /// A state owns it or directs it.
    State,
    /// Not known.
    Unknown,
}

/// One row of the registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// Domain, the key: `meridian-wire.example`.
    pub domain: String,
    /// Name as people say it; further names and abbreviations that credit lines use follow. One in
    /// brackets, `(MW)`, counts in credit lines only (see [`Registry::by_credit`]).
    pub names: Vec<String>,
    /// ISO 3166 code of the country of its newsroom, or empty.
    pub country: String,
    /// ISO 639 code of its main language, or empty.
    pub lang: String,
    /// What it is.
    pub kind: OutletKind,
    /// The publisher behind it: outlets of one family are not independent of one another.
    pub family: String,
    /// How much a state has to say.
    pub state: StateControl,
    /// Where these facts are from.
    pub source: String,
}

impl Outlet {
    /// The names with whether each may stand in running text, or in credit lines only (written in brackets).
    pub fn credit_names(&self) -> impl Iterator<Item = (&str, bool)> {
        self.names.iter().map(|name| match name.strip_prefix('(').and_then(|name| name.strip_suffix(')')) {
            Some(bare) => (bare, false),
            None => (name.as_str(), true),
        })
    }

    /// True where `written` is `name` in letters that may mean it: any case, but with a capital wherever
    /// the name has one (the first of several words apart).
    pub fn is_written(name: &str, written: &str) -> bool {
        name.to_lowercase() == written.to_lowercase() && keeps_capitals(written, name)
    }

    /// The name as people say it.
    pub fn name(&self) -> &str {
        self.names.first().map_or(self.domain.as_str(), String::as_str)
    }
}

/// What is wrong with a row of a registry file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct RegistryError {
    /// Line of the file, counted from 1.
    pub line: usize,
    /// What is wrong, and what is expected.
    pub what: String,
}

/// The outlets dateline knows, by domain and by the names credit lines use.
///
/// An outlet that is not here is *unknown*: its family is its own domain, and its independence
/// is never assumed.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    outlets: Vec<Arc<Outlet>>,
    by_domain: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
}

/// The file that ships with dateline.
const BUILTIN: &str = include_str!("../../../data/outlets.tsv");
/// The invented outlets of the demo wire; their `.example` domains can be nobody else's.
const DEMO: &str = include_str!("../../../demo/outlets.tsv");
const COLUMNS: usize = 8;

impl Registry {
    /// The registry that ships with dateline: real outlets, and the demo wire's invented ones.
    pub fn builtin() -> &'static Registry {
        static REGISTRY: OnceLock<Registry> = OnceLock::new();
        REGISTRY.get_or_init(|| {
            let (mut registry, errors) = Registry::parse(BUILTIN);
            let (demo, demo_errors) = Registry::parse(DEMO);
            debug_assert!(errors.is_empty() && demo_errors.is_empty(), "{errors:?} {demo_errors:?}");
            registry.extend(&demo);
            registry
        })
    }

    /// Reads a registry file: UTF-8, one outlet a line, eight columns apart by tabs
    /// (domains of the outlet apart by `|`, names apart by `|`, country, language, kind, family,
    /// state control, source of the fact); lines that start with `#` and the heading line are passed
    /// over. A bad row is reported and left out.
    pub fn parse(file: &str) -> (Self, Vec<RegistryError>) {
        let mut registry = Self::default();
        let mut errors = Vec::new();
        for (index, line) in file.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') || line.starts_with("domain\t") {
                continue;
            }
            match Self::row(line) {
                Ok((outlet, further)) => registry.place(outlet, further),
                Err(what) => errors.push(RegistryError { line: index + 1, what }),
            }
        }
        (registry, errors)
    }

    /// The outlet of a row, and the domains beyond its first.
    fn row(line: &str) -> Result<(Outlet, Vec<String>), String> {
        let columns: Vec<&str> = line.split('\t').map(str::trim).collect();
        if columns.len() != COLUMNS {
            return Err(format!("{} columns, expected {COLUMNS} apart by tabs", columns.len()));
        }
        let names: Vec<String> = columns[1]
            .split('|')
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        let mut domains = columns[0].split('|').map(|domain| domain.trim().to_ascii_lowercase());
        let domain = domains.next().unwrap_or_default();
        let further = domains.filter(|domain| !domain.is_empty()).collect();
        if domain.is_empty() || names.is_empty() {
            return Err("an outlet needs a domain and a name".into());
        }
        let choice = |column: usize, what: &str, choices: &str| {
            format!("`{}` is no {what}; expected one of {choices}", columns[column])
        };
        let kind = parse_word(columns[4]).ok_or_else(|| {
            choice(4, "kind", "wire, newspaper, broadcaster, magazine, online, official, aggregator")
        })?;
        let state = parse_word(columns[6])
            .ok_or_else(|| choice(6, "state control", "independent, public, state, unknown"))?;
        let family = if columns[5].is_empty() { domain.clone() } else { columns[5].to_owned() };
        let outlet = Outlet {
            domain,
            names,
            country: columns[2].to_ascii_uppercase(),
            lang: columns[3].to_ascii_lowercase(),
            kind,
            family,
            state,
            source: columns[7].to_owned(),
        };
        Ok((outlet, further))
    }

    /// Adds an outlet; one of the same domain is replaced, and its names are taken over.
    pub fn insert(&mut self, outlet: Outlet) {
        self.place(outlet, []);
    }

    /// Adds an outlet with its further domains.
    fn place(&mut self, outlet: Outlet, further: impl IntoIterator<Item = String>) {
        let outlet = Arc::new(outlet);
        let index = match self.by_domain.get(&outlet.domain) {
            // Where the domain is only a further one of its outlet, the new row parts it from that outlet.
            Some(&index) if self.outlets[index].domain == outlet.domain => {
                self.by_name.retain(|_, at| *at != index);
                self.outlets[index] = Arc::clone(&outlet);
                index
            }
            _ => {
                self.outlets.push(Arc::clone(&outlet));
                self.outlets.len() - 1
            }
        };
        self.by_domain.insert(outlet.domain.clone(), index);
        for domain in further {
            self.by_domain.insert(domain, index);
        }
        for name in &outlet.names {
            self.by_name.insert(name.to_lowercase(), index);
        }
    }

    /// Adds all outlets of `other` with their further domains, replacing those of the same domain.
    pub fn extend(&mut self, other: &Registry) {
        let mut further: HashMap<usize, Vec<String>> = HashMap::new();
        for (domain, &index) in &other.by_domain {
            if other.outlets[index].domain != *domain {
                further.entry(index).or_default().push(domain.clone());
            }
        }
        for (index, outlet) in other.outlets.iter().enumerate() {
            self.place(Outlet::clone(outlet), further.remove(&index).unwrap_or_default());
        }
    }

    /// The outlet of a domain, or of the domain it is a part of: `edition.cnn.com` → `cnn.com`.
    pub fn by_domain(&self, domain: &str) -> Option<&Arc<Outlet>> {
        let mut rest = domain;
        loop {
            if let Some(&index) = self.by_domain.get(rest) {
                return Some(&self.outlets[index]);
            }
            rest = rest.split_once('.')?.1;
            if !rest.contains('.') {
                return None;
            }
        }
    }

    /// The outlet that running text means by a name: `Agence France-Presse`, `the Guardian`, `REUTERS`.
    ///
    /// Letters match in any case, but where the registry writes a capital the text must have one
    /// (the first of several words apart): *el país* is a country and *an app* no agency.
    pub fn by_name(&self, name: &str) -> Option<&Arc<Outlet>> {
        let key = name.to_lowercase();
        let outlet = &self.outlets[*self.by_name.get(&key)?];
        let keeps = |known: &&String| known.to_lowercase() == key && keeps_capitals(name, known);
        outlet.names.iter().find(keeps).map(|_| outlet)
    }

    /// The outlet that a credit line means by a name: what [`Registry::by_name`] finds, and the
    /// abbreviations that stand for somebody else in running text. `ISLAMABAD (PTI)` credits an agency;
    /// *PTI said* quotes a party.
    pub fn by_credit(&self, name: &str) -> Option<&Arc<Outlet>> {
        self.by_name(name).or_else(|| self.by_name(&format!("({name})")))
    }

    /// The domain an outlet is known by: `guardian.co.uk` → `theguardian.com`; the domain itself where
    /// the registry does not know it. Outlets are counted by this, or one with two domains counts twice.
    pub fn home<'a>(&'a self, domain: &'a str) -> &'a str {
        self.by_domain(domain).map_or(domain, |outlet| outlet.domain.as_str())
    }

    /// The family of a domain: the registry's, or the domain itself.
    pub fn family<'a>(&'a self, domain: &'a str) -> &'a str {
        self.by_domain(domain).map_or(domain, |outlet| outlet.family.as_str())
    }

    /// The name of a domain: the registry's, or the domain itself.
    pub fn name<'a>(&'a self, domain: &'a str) -> &'a str {
        self.by_domain(domain).map_or(domain, |outlet| outlet.name())
    }

    /// All outlets in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Outlet>> {
        self.outlets.iter()
    }

    /// How many outlets are known.
    pub fn len(&self) -> usize {
        self.outlets.len()
    }

    /// True where no outlet is known.
    pub fn is_empty(&self) -> bool {
        self.outlets.is_empty()
    }
}

/// True where `written` is `known` as far as capitals go: it has one wherever `known` has one, the first of several words apart.
pub(crate) fn keeps_capitals(written: &str, known: &str) -> bool {
    let after_first_word = |text: &str| text.find(' ').unwrap_or(0);
    let (written, known) = (&written[after_first_word(written)..], &known[after_first_word(known)..]);
    written.chars().zip(known.chars()).all(|(w, k)| !k.is_uppercase() || w.is_uppercase())
}

fn parse_word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_ascii_lowercase())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO 3166-1 alpha-2, and the XK in use for Kosovo.
    const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
         BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH \
         ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT \
         HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
         LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
         NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
         SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
         UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK";

    /// ISO 639-1 codes of the languages the shipped registry uses.
    const LANGUAGES: &str = "am ar az be bg bn bs ca cs da de el en es et eu fa fi fo fr he hi hr hu hy id is it \
         ja ka kk kl km ko ku lb lo lt lv mk ml mn mr ms mt my nb ne nl no pl ps pt ro ru rw sk sl so sq sr sv ta te tg \
         th tr uk ur uz vi zh zu";

    fn rows(file: &str) -> impl Iterator<Item = (Outlet, Vec<String>)> {
        let is_row = |line: &&str| !line.starts_with('#') && !line.starts_with("domain\t");
        file.lines().filter(is_row).map(|line| Registry::row(line).unwrap())
    }

    #[test]
    fn the_shipped_registry_is_sound() {
        let (registry, errors) = Registry::parse(BUILTIN);
        assert_eq!(errors, []);
        assert!(registry.len() >= 500);
        let (mut domains, mut names, mut families) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut before = (0, String::new(), String::new());
        for (outlet, further) in rows(BUILTIN) {
            let at = &outlet.domain;
            assert!(!outlet.source.is_empty(), "{at}: every fact has a source");
            assert!(
                COUNTRIES.split_whitespace().any(|c| c == outlet.country) || outlet.country.is_empty(),
                "{at}"
            );
            assert!(LANGUAGES.split_whitespace().any(|l| l == outlet.lang), "{at}: `{}`", outlet.lang);
            assert!(!outlet.name().starts_with('('), "{at}: the first name is the one people say");
            for domain in further.iter().chain([at]) {
                let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-';
                assert!(domain.contains('.') && domain.bytes().all(plain), "{domain}");
                assert!(!domain.ends_with(".example"), "{domain}: only real outlets are shipped");
                assert_eq!(domains.insert(domain.clone(), at.clone()), None, "{domain} stands twice");
            }
            for name in &outlet.names {
                // `(PTI)` and `PTI` are one name: a credit line finds both.
                let key = name.trim_start_matches('(').trim_end_matches(')').to_lowercase();
                let other = names.insert(key, at.clone()).filter(|other| other != at);
                assert_eq!(other, None, "{at}: `{name}` leads to two outlets");
            }
            let family =
                families.entry(outlet.family.to_lowercase()).or_insert_with(|| outlet.family.clone());
            assert_eq!(*family, outlet.family, "{at}: one group, one spelling");
            let place = (outlet.kind as u8, outlet.country.clone(), at.clone());
            assert!(before <= place, "{at} stands out of order: kind, country, domain");
            before = place;
        }
    }

    #[test]
    fn the_shipped_registry_knows_groups_and_credit_lines() {
        let registry = Registry::builtin();
        assert_eq!(registry.family("wsj.com"), registry.family("thetimes.co.uk"));
        assert_ne!(registry.family("wsj.com"), registry.family("foxnews.com"));
        assert_eq!(registry.family("ria.ru"), registry.family("sputnikglobe.com"));
        assert_ne!(registry.family("ria.ru"), registry.family("tass.com"));
        assert_eq!(registry.home("news.bbc.co.uk"), "bbc.com");
        for (credit, domain) in [
            ("Reuters", "reuters.com"),
            ("REUTERS", "reuters.com"),
            ("Рейтер", "reuters.com"),
            ("رويترز", "reuters.com"),
            ("路透社", "reuters.com"),
            ("AFP", "afp.com"),
            ("Afp", "afp.com"),
            ("فرانس برس", "afp.com"),
            ("The Associated Press", "apnews.com"),
            ("dpa", "dpa.com"),
            ("DPA", "dpa.com"),
            ("ТАСС", "tass.com"),
            ("РИА Новости", "ria.ru"),
            ("新华社", "xinhuanet.com"),
            ("AA", "aa.com.tr"),
            ("PTI", "ptinews.com"),
            ("the Guardian", "theguardian.com"),
        ] {
            let found = registry.by_credit(credit).map(|outlet| outlet.domain.as_str());
            assert_eq!(found, Some(domain), "{credit}");
        }
        // Two agencies each answer to these: naming one of them would be wrong half the time.
        for shared in ["APA", "APS", "ANP", "CNA", "Saba", "The Times"] {
            assert!(registry.by_credit(shared).is_none(), "{shared}");
        }
        // Spanish *el país*, *the app*, and a party's, a motorists' club's and a region's abbreviation.
        for text in ["el país", "app", "time", "PTI", "AA", "MENA"] {
            assert!(registry.by_name(text).is_none(), "{text}");
        }
    }

    #[test]
    fn own_rows_replace_shipped_ones() {
        let (mut registry, _) = Registry::parse(
            "a.example|a-old.example\tThe Courier\tNE\tfr\tnewspaper\tSahel Group\tindependent\tinvented\n\
             b.example\tThe Beacon\tNE\tfr\tonline\t\tindependent\tinvented\n",
        );
        let (own, errors) = Registry::parse(
            "b.example|b-new.example\tBeacon|The Courier\tML\tfr\tonline\tSahel Group\tunknown\town knowledge\n\
             a-old.example\tOld Courier\tNE\tfr\tnewspaper\t\tindependent\town knowledge\n",
        );
        assert_eq!(errors, []);
        registry.extend(&own);
        assert_eq!(registry.len(), 3);
        assert_eq!(registry.by_domain("b-new.example").unwrap().country, "ML");
        assert_eq!(registry.by_name("The Courier").unwrap().domain, "b.example");
        assert!(registry.by_name("The Beacon").is_none());
        assert_eq!(registry.home("a-old.example"), "a-old.example");
        assert_eq!(registry.home("a.example"), "a.example");
    }

    #[test]
    fn a_bad_row_is_named_and_the_rest_is_kept() {
        let file = "domain\tnames\tcountry\tlang\tkind\tfamily\tstate\tsource\n\
                    a.example\tA Paper\tNE\tfr\tnewspaper\t\tindependent\tinvented\n\
                    b.example\tB\tNE\tfr\tgazette\t\tindependent\tinvented\n\
                    c.example\tC\n";
        let (registry, errors) = Registry::parse(file);
        assert_eq!(registry.len(), 1);
        assert_eq!(registry.family("a.example"), "a.example");
        assert_eq!(errors[0].line, 3);
        assert!(errors[0].what.contains("`gazette` is no kind"), "{}", errors[0].what);
        assert!(errors[1].to_string().starts_with("line 4: 2 columns"), "{}", errors[1]);
    }

    #[test]
    fn subdomains_and_names_lead_to_their_outlet() {
        let (registry, _) = Registry::parse(
            "meridian-wire.example\tMeridian Wire|MW\tGB\ten\twire\tMeridian\tindependent\tinvented\n",
        );
        assert_eq!(registry.by_domain("africa.meridian-wire.example").unwrap().name(), "Meridian Wire");
        assert!(registry.by_domain("example").is_none());
        assert_eq!(registry.by_name("MERIDIAN WIRE").unwrap().domain, "meridian-wire.example");
        assert_eq!(registry.by_name("MW").unwrap().domain, "meridian-wire.example");
        assert!(registry.by_name("mw").is_none(), "a megawatt");
        assert_eq!(registry.family("nobody.example"), "nobody.example");
    }
}
