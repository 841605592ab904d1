//! Languages by their ISO 639 code.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language: two letters of ISO 639-1, or three of ISO 639-3 where there are no two.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 3]);

/// Why a string is not a language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language code such as `en`, `pt-BR` or `zh-Hans`")]
pub struct ParseLangError(String);

macro_rules! languages {
    ($($constant:ident $code:literal $name:literal;)*) => {
        impl Lang {
            $(#[doc = $name] pub const $constant: Lang = Lang::literal($code);)*

            /// The language's English name, or its code where dateline has no name for it.
            pub fn name(&self) -> &str {
                match *self { $(Lang::$constant => $name,)* _ => self.code() }
            }
        }
    };
}

languages! {
    AR "ar" "Arabic"; BG "bg" "Bulgarian"; BN "bn" "Bengali"; CA "ca" "Catalan"; CS "cs" "Czech";
    DA "da" "Danish"; DE "de" "German"; EL "el" "Greek"; EN "en" "English"; ES "es" "Spanish";
    ET "et" "Estonian"; FA "fa" "Persian"; FI "fi" "Finnish"; FR "fr" "French"; HE "he" "Hebrew";
    HI "hi" "Hindi"; HR "hr" "Croatian"; HU "hu" "Hungarian"; ID "id" "Indonesian"; IT "it" "Italian";
    JA "ja" "Japanese"; KO "ko" "Korean"; NL "nl" "Dutch"; NB "nb" "Norwegian"; PL "pl" "Polish";
    PT "pt" "Portuguese"; RO "ro" "Romanian"; RU "ru" "Russian"; SL "sl" "Slovene"; SR "sr" "Serbian";
    SV "sv" "Swedish"; TH "th" "Thai"; TR "tr" "Turkish"; UK "uk" "Ukrainian"; UR "ur" "Urdu";
    VI "vi" "Vietnamese"; ZH "zh" "Chinese";
}

impl Lang {
    /// Language not known.
    pub const UNKNOWN: Lang = Lang::literal("und");

    const fn literal(code: &str) -> Self {
        let bytes = code.as_bytes();
        Lang([bytes[0], bytes[1], if bytes.len() > 2 { bytes[2] } else { 0 }])
    }

    /// The ISO code in lower case.
    pub fn code(&self) -> &str {
        let len = if self.0[2] == 0 { 2 } else { 3 };
        // Built from ASCII letters only, so this cannot fail.
        std::str::from_utf8(&self.0[..len]).unwrap_or("und")
    }

    /// False where the language is not known.
    pub fn is_known(&self) -> bool {
        *self != Self::UNKNOWN
    }

    /// True for scripts written from right to left.
    pub fn is_rtl(&self) -> bool {
        matches!(*self, Self::AR | Self::FA | Self::HE | Self::UR)
    }
}

impl FromStr for Lang {
    type Err = ParseLangError;

    /// Reads a BCP 47 tag and keeps its language: `en-US` → `en`, `zh_Hans` → `zh`, `eng` → `en`.
    fn from_str(text: &str) -> Result<Self, ParseLangError> {
        let bad = || ParseLangError(text.chars().take(24).collect());
        let primary = text.trim().split(['-', '_']).next().unwrap_or_default();
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(bad());
        }
        let lower = primary.to_ascii_lowercase();
        let short = match lower.as_str() {
            "eng" => "en",
            "fra" | "fre" => "fr",
            "deu" | "ger" => "de",
            "spa" => "es",
            "por" => "pt",
            "ita" => "it",
            "rus" => "ru",
            "ara" => "ar",
            "zho" | "chi" | "cmn" => "zh",
            "nld" | "dut" => "nl",
            "slv" => "sl",
            "no" | "nor" | "nob" => "nb",
            "iw" => "he",
            "in" => "id",
            other => other,
        };
        Ok(Lang::literal(short))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_reduce_to_their_language() {
        for (tag, code) in [("en-US", "en"), ("zh_Hans", "zh"), ("POR", "pt"), ("und", "und"), ("no", "nb")] {
            assert_eq!(tag.parse::<Lang>().unwrap().code(), code);
        }
        for bad in ["", "e", "english", "1a", "é"] {
            assert!(bad.parse::<Lang>().is_err(), "{bad}");
        }
        assert_eq!(Lang::SL.name(), "Slovene");
        assert_eq!("xx".parse::<Lang>().unwrap().name(), "xx");
    }
}
