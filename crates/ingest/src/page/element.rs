//! The text of elements, folded and cut to size.

use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::marks::words_of_class;

/// A text is cut after this many bytes; the longest headline or byline in real pages has 600.
const MAX_TEXT: usize = 2000;

/// The text of a heading without the kicker that some templates put inside it.
pub(crate) fn heading_text(heading: ElementRef<'_>) -> String {
    const KICKER: &[&str] = &[
        "kicker",
        "overline",
        "topline",
        "eyebrow",
        "dachzeile",
        "spitzmarke",
        "roofline",
        "pretitle",
        "supertitle",
        "overtitle",
        "antetitulo",
        "surtitre",
        "occhiello",
        "superhead",
    ];
    let is_kicker = |element: &Element| {
        element
            .attr("class")
            .is_some_and(|class| words_of_class(class).any(|word| KICKER.contains(&word.as_str())))
    };
    let mut out = String::new();
    let mut left_out = false;
    for node in heading.descendants() {
        let Node::Text(text) = node.value() else { continue };
        let inner = node.ancestors().take_while(|ancestor| ancestor.id() != heading.id());
        if inner
            .filter_map(|ancestor| ancestor.value().as_element())
            .any(|element| is_kicker(element) || is_silent(element.name()))
        {
            left_out = true;
        } else {
            fold_onto(&mut out, text);
        }
        if out.len() > MAX_TEXT {
            break;
        }
    }
    let rest = if left_out {
        out.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | ':' | '/'))
    } else {
        &out
    };
    if rest.trim().is_empty() { text(heading) } else { cut(rest.trim()) }
}

/// The text under an element, white space folded, scripts left out, cut to size.
pub(crate) fn text(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    for node in element.descendants() {
        if let Node::Text(text) = node.value() {
            if node.parent().and_then(ElementRef::wrap).is_some_and(|parent| is_silent(parent.value().name()))
            {
                continue;
            }
            fold_onto(&mut out, text);
        } else if node.value().as_element().is_some_and(|element| element.name() == "br") {
            fold_onto(&mut out, " ");
        }
        if out.len() > MAX_TEXT {
            break;
        }
    }
    cut(out.trim_end())
}

/// Like [`text`], divided where elements inside begin and end.
pub(crate) fn pieces(element: ElementRef<'_>) -> Vec<String> {
    use ego_tree::iter::Edge;
    let mut pieces = vec![String::new()];
    let mut len = 0;
    for edge in element.traverse() {
        let (Edge::Open(node) | Edge::Close(node)) = edge;
        if node.value().is_element() {
            if pieces.last().is_some_and(|piece| !piece.is_empty()) {
                pieces.push(String::new());
            }
        } else if let (Edge::Open(_), Node::Text(text)) = (edge, node.value())
            && let Some(piece) = pieces.last_mut()
            && !node
                .parent()
                .and_then(ElementRef::wrap)
                .is_some_and(|parent| is_silent(parent.value().name()))
        {
            fold_onto(piece, text);
            len += text.len();
        }
        if len > MAX_TEXT {
            break;
        }
    }
    pieces.iter().map(|piece| piece.trim().to_owned()).filter(|piece| !piece.is_empty()).collect()
}

/// Whether an element's text is not shown as text.
pub(crate) fn is_silent(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "textarea" | "iframe")
}

/// Appends text with its white space folded, across the seam too.
fn fold_onto(out: &mut String, text: &str) {
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if c != '\u{ad}' && c != '\u{200b}' {
            // Soft hyphens and zero-width spaces say where to break lines.
            out.push(c);
        }
    }
}

/// The first [`MAX_TEXT`] bytes of a text.
pub(crate) fn cut(text: &str) -> String {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
