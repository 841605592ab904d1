//! JSON as publishers' templates write it: mended where it is broken, and only there.
//!
//! Of the JSON-LD on real news pages about one block in fifty is not JSON: raw line breaks in strings,
//! a comma after the last member, quotes nobody escaped, HTML comments around it, half a surrogate
//! pair. [`lenient`] first reads strictly; only what fails is mended, in one linear pass, and read again.

use serde_json::Value;

/// Reads JSON; where it is broken, mends it and reads again. `None` where that does not help either.
pub fn lenient(text: &str) -> Option<Value> {
    let text = unwrap(text);
    serde_json::from_str(text).ok().or_else(|| {
        let mended = mend(text);
        serde_json::from_str(&mended).ok().or_else(|| {
            // Templates that escape JSON for HTML: `{&quot;@type&quot;: …`.
            (text.contains("&quot;") && !text.contains('"'))
                .then(|| serde_json::from_str(&text.replace("&quot;", "\"").replace("&amp;", "&")).ok())
                .flatten()
        })
    })
}

/// Takes off what surrounds JSON in a script: comments, CDATA marks, a byte order mark, a last semicolon.
fn unwrap(text: &str) -> &str {
    let mut text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let before = text.len();
        for open in ["<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA["] {
            text = text.strip_prefix(open).unwrap_or(text).trim_start();
        }
        for close in ["-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";", "//"] {
            text = text.strip_suffix(close).unwrap_or(text).trim_end();
        }
        if text.len() == before {
            return text;
        }
    }
}

/// Mends what it can: control characters and quotes inside strings, escapes that JSON does not have,
/// commas before a closing bracket, brackets that never close. Linear in the length of `text`.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut closers: Vec<char> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut in_string = false;
    while let Some((at, c)) = chars.next() {
        if !in_string {
            match c {
                '"' => in_string = true,
                '{' => closers.push('}'),
                '[' => closers.push(']'),
                '}' | ']' => {
                    trim_comma(&mut out);
                    if closers.pop() != Some(c) {
                        break; // more closes than opens: what comes after is not this value
                    }
                }
                _ => {}
            }
            out.push(c);
            if closers.is_empty() && matches!(c, '}' | ']') {
                break;
            }
            continue;
        }
        match c {
            '"' if ends_string(&text[at + 1..]) => {
                in_string = false;
                out.push('"');
            }
            '"' => out.push_str("\\\""),
            '\\' => match chars.peek().map(|(_, next)| *next) {
                Some('u') => push_unicode_escape(&mut out, &mut chars, text),
                Some(next @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                    chars.next();
                    out.push('\\');
                    out.push(next);
                }
                Some(_) | None => {} // `\'` and the like: the backslash says nothing
            },
            c if c < ' ' => out.push(' '),
            c => out.push(c),
        }
    }
    if in_string {
        out.push('"');
    }
    trim_comma(&mut out);
    while let Some(closer) = closers.pop() {
        out.push(closer);
    }
    out
}

fn trim_comma(out: &mut String) {
    let kept = out.trim_end().len();
    if out[..kept].ends_with(',') {
        out.truncate(kept - 1);
    }
}

/// Whether a quote ends its string: what follows must be what can follow a string. A quote in the
/// text (`"He said "no", and left"`) is followed by something else, or by a comma and no next member.
fn ends_string(after: &str) -> bool {
    let mut rest = after.trim_start().chars();
    match rest.next() {
        None | Some(':' | '}' | ']') => true,
        Some(',') => {
            let next = rest.as_str().trim_start().chars().next();
            next.is_none_or(|c| {
                matches!(c, '"' | '{' | '[' | '}' | ']' | '-' | 't' | 'f' | 'n') || c.is_ascii_digit()
            })
        }
        Some(_) => false,
    }
}

/// Copies `\uXXXX` where it is whole; half a surrogate pair or a broken escape becomes U+FFFD.
fn push_unicode_escape(
    out: &mut String,
    chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>,
    text: &str,
) {
    let Some((at, _)) = chars.next() else { return };
    let unit = |at: usize| {
        let digits = text.get(at..at + 4)?;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
    };
    let mut skip = |count: usize| {
        for _ in 0..count {
            chars.next();
        }
    };
    match unit(at + 1) {
        Some(high @ 0xD800..=0xDBFF) => {
            let low = text.get(at + 5..at + 7).filter(|two| *two == "\\u").and_then(|_| unit(at + 7));
            if let Some(low @ 0xDC00..=0xDFFF) = low {
                out.push_str(&format!("\\u{high:04x}\\u{low:04x}"));
                skip(10);
            } else {
                out.push('\u{fffd}');
                skip(4);
            }
        }
        Some(0xDC00..=0xDFFF) => {
            out.push('\u{fffd}');
            skip(4);
        }
        Some(unit) => {
            out.push_str(&format!("\\u{unit:04x}"));
            skip(4);
        }
        None => out.push('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn what_templates_break_is_mended() {
        let headline = json!({"headline": "Troops share \"base\" 101"});
        for broken in [
            "{\"headline\": \"Troops share \\\"base\\\" 101\",}",
            "{\"headline\": \"Troops\nshare \\\"base\\\" 101\"}",
            "{\"headline\": \"Troops share \"base\" 101\"}",
            "<!-- {\"headline\": \"Troops share \\\"base\\\" 101\" -->",
            "//<![CDATA[\n{\"headline\": \"Troops share \\\"base\\\" 101\"};\n//]]>",
            "{\"headline\": \"Troops share \\\"base\\\" 101\"}}",
            "{&quot;headline&quot;: &quot;Troops share \\&quot;base\\&quot; 101&quot;}",
        ] {
            assert_eq!(lenient(broken).as_ref(), Some(&headline), "{broken}");
        }
        assert_eq!(
            lenient(r#"{"a": "it\'s \ud83d x \ud83d\ude00", "b": [1,"#),
            Some(json!({"a": "it's \u{fffd} x 😀", "b": [1]}))
        );
    }

    #[test]
    fn a_quote_before_a_comma_is_no_end_unless_a_member_follows() {
        let read = lenient("{\"headline\": \"He said \"no\", and left\", \"author\": \"Amina Saley\"}");
        assert_eq!(read, Some(json!({"headline": "He said \"no\", and left", "author": "Amina Saley"})));
    }

    #[test]
    fn sound_json_is_not_touched() {
        let text = "{\"a\": \"x,\\n}\", \"b\": [1, {\"c\": null}]}";
        assert_eq!(lenient(text), serde_json::from_str(text).ok());
        assert_eq!(lenient("window.x = 1"), None);
        assert_eq!(lenient(&"[".repeat(100_000)), None);
    }

    proptest! {
        #[test]
        fn never_panics(text in "[\\[\\]{}\",:\\\\ud8a-f0-9é\\n ]{0,60}") {
            let _ = lenient(&text);
        }
    }
}
