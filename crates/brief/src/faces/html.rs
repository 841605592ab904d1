//! The brief as one HTML file: no script, no request, evidence folded in beside every sentence.
//!
//! The page stands in `templates/brief.html`, its looks in `templates/brief.css`. The template engine
//! escapes every value; addresses are checked before they become links. A content security policy in the
//! page forbids everything but its own style, so that even a fault in the escaping runs nothing.

use askama::Template;
use dateline_model::{BlockKind, Brief, Lang};

use super::Passages;
use super::clean::has_rtl;
use super::galley::{Galley, Line, Section};

const STYLE: &str = include_str!("../../templates/brief.css");

#[derive(Template)]
#[template(path = "brief.html")]
struct Page {
    style: &'static str,
    galley: Galley,
}

/// The brief as a self-contained HTML page, UTF-8, that makes no request and runs no script.
pub fn html(brief: &Brief, passages: &Passages) -> String {
    let page = Page { style: STYLE, galley: Galley::of(brief, passages) };
    // Rendering writes to memory, and the values of the page print without fail.
    page.render().expect("a page of plain values renders")
}

impl Page {
    /// The direction a text runs in, as the `dir` attribute has it.
    fn dir(&self, text: &str, lang: &Lang) -> &'static str {
        // A sentence of unknown language goes by its letters.
        if lang.is_rtl() || (!lang.is_known() && has_rtl(text)) { "rtl" } else { "ltr" }
    }

    /// The value of a `lang` attribute; empty, which means "not known", where it is not.
    fn tag<'a>(&self, lang: &'a Lang) -> &'a str {
        if lang.is_known() { lang.code() } else { "" }
    }
}

impl Section {
    /// The name its heading is reached by.
    fn anchor(&self) -> &'static str {
        match self.kind {
            BlockKind::Situation => "situation",
            BlockKind::WhoSaysWhat => "who-says-what",
            BlockKind::Disputed => "disputed",
            BlockKind::Numbers => "numbers",
            BlockKind::Changes => "what-changed",
            BlockKind::NotKnown => "not-known",
            BlockKind::Opinion => "opinion",
        }
    }

    fn is_running_text(&self) -> bool {
        self.kind == BlockKind::Situation
    }

    fn is_table(&self) -> bool {
        self.kind == BlockKind::Numbers
    }
}

impl Line {
    /// What the fold beside the sentence is called by those who hear the page.
    fn evidence_label(&self) -> String {
        let passages: usize = self.evidence.iter().map(|proof| proof.stands.len()).sum();
        let noun = if passages == 1 { "passage" } else { "passages" };
        format!("Evidence for sentence {}: {passages} {noun}", self.number)
    }
}
