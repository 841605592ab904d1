//! A sentence as the rules see it: words with what parts them.

use dateline_model::{Lang, Span};

use crate::pack::{List, Pack};
use crate::words::{Shape, Word};

/// A word of a sentence with what the rules ask of it.
#[derive(Debug, Clone)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// In lower case.
    pub lower: String,
    /// How it is written.
    pub shape: Shape,
    /// True inside quotation marks.
    pub quoted: bool,
    /// True inside the quotation marks of a name, which quote nobody: „Saubere Leine“.
    pub named: bool,
    /// What stands between this word and the one before.
    pub gap: Gap,
}

/// Marks between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gap {
    /// `,` `;` `:`
    pub comma: bool,
    /// `.` `!` `?`
    pub stop: bool,
    /// Any quotation mark.
    pub quote: bool,
    /// `–` `—`
    pub dash: bool,
    /// `(`
    pub bracket: bool,
}

impl Gap {
    /// True where the words do not belong to one phrase.
    pub fn parts(self) -> bool {
        self.comma || self.quote || self.dash || self.stop
    }
}

/// A run of tokens `from..to`.
pub type Run = std::ops::Range<usize>;

/// A sentence being read.
pub struct Sentence<'t> {
    /// The text it stands in.
    pub text: &'t str,
    /// Where it stands.
    pub span: Span,
    /// Its words.
    pub tokens: Vec<Token>,
    /// The words of its language.
    pub pack: &'static Pack,
    /// Its language.
    pub lang: Lang,
    /// The words of the names that earlier sentences have, in lower case, where it is read after them.
    pub known: Vec<String>,
}

impl<'t> Sentence<'t> {
    /// A sentence from its words.
    pub fn new(text: &'t str, span: Span, words: &[Word], pack: &'static Pack, lang: Lang) -> Self {
        let mut tokens: Vec<Token> = Vec::with_capacity(words.len());
        let mut at = span.start as usize;
        let mut quoted = false;
        // German sets »…«, most others «…»: the mark that comes first opens.
        let reversed = lang == Lang::DE
            && span.of(text).is_some_and(|sentence| {
                sentence.find(['»', '«']).is_some_and(|at| sentence[at..].starts_with('»'))
            });
        for word in words {
            let between = text.get(at..word.span.start as usize).unwrap_or_default();
            let mut gap = Gap { dash: lang != Lang::EN && between.contains(" - "), ..Gap::default() };
            // "«Abbiamo giocato malissimo - ammette il tecnico -, ma la squadra c'è»"
            // "8,7 процента"
            let decimal = lang != Lang::EN && between == "," && word.shape == Shape::Number;
            for c in between.chars().filter(|_| !decimal) {
                match c {
                    '»' | '«' if reversed => {
                        gap.quote = true;
                        quoted = c == '»';
                    }
                    ',' | '،' | ';' | ':' => gap.comma = true,
                    '.' | '!' | '?' | '؟' => gap.stop = true,
                    '–' | '—' => gap.dash = true,
                    '(' => gap.bracket = true,
                    '“' | '«' | '„' => {
                        gap.quote = true;
                        // German closes with the mark that English opens with.
                        quoted = !(quoted && c == '“');
                    }
                    '”' | '»' => {
                        gap.quote = true;
                        quoted = false;
                    }
                    '"' => {
                        gap.quote = true;
                        quoted = !quoted;
                    }
                    _ => {}
                }
            }
            let slice = word.span.of(text).unwrap_or_default();
            // "U.S. officials": the stops of an abbreviation end nothing.
            if gap.stop && tokens.last().is_some_and(is_abbreviation) {
                gap.stop = false;
            }
            tokens.push(Token {
                span: word.span,
                lower: if lang == Lang::AR { unvoweled(slice) } else { slice.to_lowercase() },
                shape: word.shape,
                quoted,
                named: false,
                gap,
            });
            at = word.span.end as usize;
        }
        if lang == Lang::AR {
            part_joined(&mut tokens);
        }
        let mut sentence = Self { text, span, tokens, pack, lang, known: Vec::new() };
        sentence.mark_names();
        sentence
    }

    /// The longest of `phrases` that stands at token `at`.
    pub fn matches(&self, at: usize, phrases: &List) -> Option<Run> {
        let longest = phrases.opening(&self.tokens.get(at)?.lower).iter().filter_map(|words| {
            let mut end = at;
            for word in words {
                let token = self.tokens.get(end)?;
                if token.lower != *word || (end > at && token.gap.parts()) {
                    return None;
                }
                end += 1;
            }
            Some(end)
        });
        longest.max().map(|end| at..end)
    }

    /// The bytes from the first to the last word of a run.
    pub fn span_of(&self, run: &Run) -> Option<Span> {
        let tokens = self.tokens.get(run.clone())?;
        Some(Span { start: tokens.first()?.span.start, end: tokens.last()?.span.end })
    }
}

/// "وفقا **ل**تقرير", "طبقا **ل**لوزارة": Arabic joins the preposition to the noun whose words are told. Parts them.
fn part_joined(tokens: &mut [Token]) {
    const ACCORDING: [&str; 6] = ["وفقا", "ووفقا", "طبقا", "وطبقا", "تبعا", "استنادا"];
    const JOINED: char = 'ل';
    for at in 1..tokens.len() {
        if !ACCORDING.contains(&tokens[at - 1].lower.as_str()) || tokens[at].gap.parts() {
            continue;
        }
        let token = &mut tokens[at];
        let Some(rest) = token.lower.strip_prefix(JOINED).filter(|rest| rest.chars().count() > 2) else {
            continue;
        };
        // "للوزارة" is "ل" and "الوزارة", whose first letter is not written.
        token.lower = if let Some(noun) = rest.strip_prefix(JOINED) {
            format!("ال{noun}")
        } else {
            token.span.start += JOINED.len_utf8() as u32;
            rest.to_owned()
        };
    }
}

/// A word without Arabic's vowel signs and stretches, which news sets on few words: "لمّحت".
fn unvoweled(word: &str) -> String {
    // Egypt writes the last letter of these without its dots or its hamza.
    match word {
        "فى" => return "في".to_owned(),
        "الى" => return "إلى".to_owned(),
        _ => {}
    }
    word.chars()
        .filter(|c| !matches!(c, '\u{64b}'..='\u{652}' | '\u{640}'))
        .collect::<String>()
        .to_lowercase()
}

/// Titles and initials: a stop after them ends nothing.
pub fn is_abbreviation(token: &Token) -> bool {
    const TITLES: [&str; 29] = [
        "mr", "mrs", "ms", "dr", "gen", "maj", "brig", "col", "lt", "capt", "sgt", "sen", "rep", "gov",
        "prof", "st", "rev", "mme", "jr", "sr", "hon", "adm", "ing", "sig", "dott", "avv", "sra", "lic",
        "dra",
    ];
    token.lower.chars().count() == 1 || TITLES.contains(&token.lower.as_str())
}
