//! HTML of an article to its text: one paragraph a line.

use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{Html, Node};

use super::plain;

/// Elements that end a line.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "div"
            | "section"
            | "article"
            | "main"
            | "header"
            | "footer"
            | "aside"
            | "table"
            | "tr"
            | "caption"
            | "thead"
            | "tbody"
            | "figure"
            | "figcaption"
            | "br"
            | "hr"
            | "address"
            | "details"
            | "summary"
            | "body"
    )
}

/// Elements whose text is not read: they are no part of what the article says.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "textarea"
            | "iframe"
            | "button"
            | "select"
            | "option"
            | "form"
            | "nav"
            | "figcaption"
            | "audio"
            | "video"
            | "svg"
            | "math"
            | "head"
            | "title"
    )
}

/// The text of a piece of HTML, one paragraph a line, blank lines left out.
pub(crate) fn lines(html: &str) -> Vec<String> {
    let fragment = Html::parse_fragment(html);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut silent = 0usize;
    let mut end = |line: &mut String| {
        let text = plain::fold(line);
        line.clear();
        if !text.is_empty() {
            lines.push(text);
        }
    };
    for edge in fragment.root_element().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens && silent == 0 => line.push_str(text),
            Node::Element(element) => {
                let name = Element::name(element);
                if is_silent(name) {
                    silent = if opens { silent + 1 } else { silent.saturating_sub(1) };
                }
                if is_block(name) {
                    end(&mut line);
                } else if matches!(name, "td" | "th") {
                    line.push(' ');
                }
            }
            _ => {}
        }
    }
    end(&mut line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_a_line() {
        let html = "<div><h2>Talks</h2><p>One <b>two</b>\n three.<br>Four.</p><ul><li>Five<li>Six</ul>\
                    <figure><img><figcaption>Photo: X</figcaption></figure><table><tr><td>a</td><td>b</td></tr></table>tail</div>";
        assert_eq!(lines(html), ["Talks", "One two three.", "Four.", "Five", "Six", "a b", "tail"]);
    }
}
