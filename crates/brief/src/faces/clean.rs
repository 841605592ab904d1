//! Foreign text made fit to print: no control codes, nothing invisible that moves other words, and links
//! that lead only where they say.
//!
//! What is dropped carries no words: escape sequences would steer a terminal, an unclosed direction
//! override would turn the text after it around ("Trojan Source", CVE-2021-42574), and tag characters
//! write text that no eye sees. The letters themselves stay as the source has them.

use url::Url;

/// The text in one line, white space folded to single blanks, without control characters, direction
/// overrides and other invisible commands.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for word in text.split(is_blank) {
        let before = cleaned.len();
        if before > 0 {
            cleaned.push(' ');
        }
        let start = cleaned.len();
        cleaned.extend(word.chars().filter(|&letter| !is_command(letter)));
        if cleaned.len() == start {
            cleaned.truncate(before);
        }
    }
    cleaned
}

/// White space at which a line may break; French sets no-break blanks before `:` and inside « ».
fn is_blank(letter: char) -> bool {
    letter.is_whitespace() && !matches!(letter, '\u{A0}' | '\u{202F}')
}

/// True for characters that show nothing and steer the text around them.
fn is_command(letter: char) -> bool {
    let override_or_isolate = matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let tag = matches!(letter, '\u{E0000}'..='\u{E007F}');
    letter.is_control() || override_or_isolate || tag || letter == '\u{FEFF}'
}

/// The left-to-right mark, which ends the pull of right-to-left letters on the signs that follow.
pub(crate) const LEFT_TO_RIGHT: char = '\u{200E}';

/// True where the text has letters of a script written from right to left.
pub(crate) fn has_rtl(text: &str) -> bool {
    text.chars().any(
        |letter| matches!(letter, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'),
    )
}

/// The address to link to, in its normal form; `None` where it must not be linked: not `http` or `https`,
/// no host, or a user name in front of the host (`https://known.example@other.example/` leads to `other`).
pub(super) fn link(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let plain = url.username().is_empty() && url.password().is_none();
    (web && plain).then(|| String::from(url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_go_and_letters_stay() {
        for (given, printed) in [
            ("Two\r\n  officials\u{2028}said", "Two officials said"),
            ("\u{1b}[31mred\u{1b}[0m alert", "[31mred[0m alert"),
            ("base \u{202E}101 esab", "base 101 esab"),
            ("a \u{E0041}\u{E0042} b", "a b"),
            ("القاعدة الجوية\u{200F} 101", "القاعدة الجوية\u{200F} 101"),
            ("می\u{200C}گوید", "می\u{200C}گوید"),
            ("Niamey\u{A0}:  deux\tarmées ", "Niamey\u{A0}: deux armées"),
            ("\u{0}", ""),
        ] {
            assert_eq!(clean(given), printed);
        }
    }

    #[test]
    fn only_plain_web_addresses_are_linked() {
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "https://meridian-wire.example@elsewhere.example/",
            "//elsewhere.example/a",
            "/a",
            "",
        ] {
            assert_eq!(link(bad), None, "{bad}");
        }
        assert_eq!(
            link("HTTPS://Sahel-Courier.example/a b\"c").unwrap(),
            "https://sahel-courier.example/a%20b%22c"
        );
    }

    #[test]
    fn right_to_left_letters_are_seen() {
        assert!(has_rtl("(القاعدة"));
        assert!(!has_rtl("Niamey — Ниамей 101"));
    }
}
