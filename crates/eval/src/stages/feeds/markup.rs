//! Whether two fragments of HTML are the same markup, however it is written.
//!
//! feedparser hands fragments on as its sanitizer writes them: attributes sorted, namespaces moved,
//! `<br/>` as `<br />`. dateline keeps what the outlet wrote. Both are the same markup where they have
//! the same tags with the same attributes around the same text; an end tag right after its start
//! counts for nothing, because an empty element can be written without one.

/// True for two ways of writing the same markup.
pub fn same(left: &str, right: &str) -> bool {
    (left.contains('<') || left.contains('&')) && pieces(left) == pieces(right)
}

/// Tags with sorted attributes, and the text between them.
fn pieces(html: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut text = String::new();
    let mut opened = "";
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        let tag = (c == '<').then(|| rest.find('>').map(|end| &rest[1..end])).flatten();
        let is_tag =
            tag.is_some_and(|tag| tag.trim_start_matches('/').starts_with(|c: char| c.is_alphabetic()));
        let (Some(tag), true) = (tag, is_tag) else {
            text.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        rest = &rest[tag.len() + 2..];
        if !text.is_empty() {
            pieces.push(decode(&std::mem::take(&mut text)));
            opened = "";
        }
        if let Some(name) = tag.strip_prefix('/') {
            let name = local(name.trim());
            if opened != name {
                pieces.push(format!("</{name}>"));
            }
            opened = "";
        } else {
            let tag = tag.trim_end_matches('/');
            pieces.push(open(tag));
            opened = local(tag.split_whitespace().next().unwrap_or_default());
        }
    }
    if !text.is_empty() {
        pieces.push(decode(&text));
    }
    pieces
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn open(tag: &str) -> String {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while let Some((key, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            None => after.split_once(char::is_whitespace).unwrap_or((after, "")),
        };
        if !key.trim().starts_with("xmlns") {
            attributes.push(format!("{}={}", key.trim(), decode(value)));
        }
        rest = after;
    }
    attributes.sort();
    format!("<{} {}>", local(name), attributes.join(" "))
}

/// Resolves the references that appear in the test feeds.
fn decode(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = rest.find(';').map(|end| &rest[1..end]).unwrap_or_default();
        let number = reference.strip_prefix(['#']).and_then(|number| match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        });
        let c = match reference {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => number.and_then(char::from_u32),
        };
        out.push(c.unwrap_or('&'));
        rest = &rest[if c.is_some() { reference.len() + 2 } else { 1 }..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn ways_of_writing_do_not_matter_and_content_does() {
        assert!(same("<svg:a x='1' b=\"2\"/>", "<a b=\"2\" x=\"1\" xmlns=\"http://x.example\"></a>"));
        assert!(same("a<br/>b &#X61;", "a<br />b a"));
        assert!(!same("<b>x</b>", "<i>x</i>"));
        assert!(same("<svg><circle r='1'/></svg>", "<svg><circle r='1'></circle></svg>"));
        assert!(!same("<b>x</b>", "x"));
        assert!(!same("<p>one</p>", "<p>two</p>"));
        assert!(!same("1 &lt; 2", "1 > 2"));
    }
}
