//! The brief as plain text, 80 columns wide: for terminals, mail and print-outs.

use dateline_model::{BlockKind, Brief};
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter, fill};

use super::Passages;
use super::clean::{LEFT_TO_RIGHT, has_rtl};
use super::galley::{Entry, Galley, Line, Proof, Section};

/// Columns of a terminal by default, and of a plain mail.
const WIDTH: usize = 80;

/// The brief as plain text, UTF-8, wrapped at 80 columns (addresses are never broken), with a line break
/// at the end. Holds no escape sequences, whatever the sources hold.
pub fn text(brief: &Brief, passages: &Passages) -> String {
    let galley = Galley::of(brief, passages);
    let title = wrap(&galley.title, "", "");
    let underline = "=".repeat(title.lines().map(display_width).max().unwrap_or_default());
    let mut parts = vec![format!("{title}\n{underline}")];
    let meta: Vec<String> = galley.meta.iter().map(|(label, value)| format!("{label}: {value}")).collect();
    parts.push(wrap_facts(&meta, ""));
    let numbers: Vec<String> = galley.numbers.iter().map(|number| number.phrase()).collect();
    parts.push(wrap_facts(&numbers, ""));
    parts.extend(galley.banners.iter().map(|banner| wrap(banner, "!! ", "   ")));
    for section in &galley.sections {
        parts.push(heading(section.kind.heading()));
        match section.kind {
            BlockKind::Situation => parts.push(running(section)),
            _ => parts.push(list(section)),
        }
    }
    let evidence = galley.further_evidence();
    if !evidence.is_empty() {
        parts.push(heading("Evidence"));
        parts.push(wrap("Passages that support the sentences above in words of their own.", "", ""));
        parts.extend(evidence.into_iter().map(proof));
    }
    if let Some(turns) = &galley.turns {
        parts.push(heading("Before and after"));
        parts.extend(turns.more_before.iter().map(|more| format!("- {more}")));
        parts.extend(turns.before.iter().chain(&turns.after).map(|turn| {
            format!("{}\n{}", wrap(&steady(&turn.title), "- ", "  "), wrap_facts(&turn.facts, "  "))
        }));
        parts.extend(turns.more_after.iter().map(|more| format!("- {more}")));
    }
    if !galley.coverage.is_empty() {
        parts.push(heading("Expanded Coverage"));
    }
    for group in &galley.coverage {
        parts.push(format!("{}\n{}", wrap(&group.name, "", ""), wrap_facts(&group.facts, "")));
        parts.extend(group.entries.iter().map(entry));
    }
    if !galley.withheld.is_empty() {
        parts.push(heading("Withheld"));
        parts.push("Sentences that a rule kept out of the brief.".into());
        parts.extend(galley.withheld.iter().map(|kept| {
            let why = wrap(&format!("{}: {}", kept.rule, kept.reason), "  ", "  ");
            format!("{}\n{why}", wrap(&kept.text, "- ", "  "))
        }));
    }
    parts.push(heading("How this brief was made"));
    parts.extend(galley.method.iter().map(|line| wrap(line, "- ", "  ")));
    let mut page = parts.join("\n\n");
    page.push('\n');
    page
}

fn heading(words: &str) -> String {
    format!("\n{}\n{}", words.to_uppercase(), "-".repeat(words.chars().count()))
}

/// Text in lines of at most [`WIDTH`] columns, the first after `first`, the others after `rest`.
fn wrap(text: &str, first: &str, rest: &str) -> String {
    // Words are kept whole, hyphens included: a sentence reads as its source has it. Only a word longer
    // than the line is cut, which is also how scripts without blanks wrap.
    let options = Options::new(WIDTH).word_splitter(WordSplitter::NoHyphenation);
    fill(text, options.initial_indent(first).subsequent_indent(rest))
}

/// Short facts apart by ` · `, on lines of at most [`WIDTH`] columns; no fact is broken that fits a line.
fn wrap_facts(facts: &[String], indent: &str) -> String {
    // Room for the sign in front of a fact and for the one at the end of a line that is not the last.
    const SIGNS: usize = 5;
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        match lines.last_mut() {
            Some(line) if display_width(line) + display_width(fact) + SIGNS <= WIDTH => {
                line.push_str(" · ");
                line.push_str(fact);
            }
            Some(line) => {
                line.push_str(" ·");
                lines.push(format!("{indent}{fact}"));
            }
            None => lines.push(format!("{indent}{fact}")),
        }
    }
    lines.iter().map(|line| wrap(line.trim_start(), indent, indent)).collect::<Vec<_>>().join("\n")
}

/// Running text. A sentence written from right to left stands in a paragraph of its own.
fn running(section: &Section) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut alone = true;
    for line in &section.lines {
        let flag = line.flag().map(|flag| format!(" ({flag})")).unwrap_or_default();
        let sentence = format!("{}{flag}", sentence(line));
        let rtl = has_rtl(&line.text);
        match paragraphs.last_mut() {
            Some(paragraph) if !alone && !rtl => {
                paragraph.push(' ');
                paragraph.push_str(&sentence);
            }
            _ => paragraphs.push(sentence),
        }
        alone = rtl;
    }
    paragraphs.iter().map(|paragraph| wrap(paragraph, "", "")).collect::<Vec<_>>().join("\n\n")
}

/// A sentence with its references, and its language where it is another than the headline's.
fn sentence(line: &Line) -> String {
    let foreign = line.foreign.as_ref().map(|name| format!(" (in {name})")).unwrap_or_default();
    format!("{} {}{foreign}", steady(&line.text), line.marks())
}

/// The text with a mark behind right-to-left letters that keeps what follows in place.
fn steady(text: &str) -> String {
    let mark = if has_rtl(text) { LEFT_TO_RIGHT.to_string() } else { String::new() };
    format!("{text}{mark}")
}

fn list(section: &Section) -> String {
    let said = section.lines.iter().map(|line| {
        let sentence = wrap(&sentence(line), "- ", "  ");
        match attribution(line) {
            Some(attribution) => format!("{sentence}\n{}", wrap(&attribution, "  — ", "    ")),
            None => sentence,
        }
    });
    said.chain(section.gaps.iter().map(|gap| wrap(gap, "- ", "  "))).collect::<Vec<_>>().join("\n\n")
}

/// Who answers for a sentence, in one line.
fn attribution(line: &Line) -> Option<String> {
    let said = line.said.as_ref()?;
    let origin = steady(&said.origin_phrase(true));
    let speaker = said.speaker_phrase().map(|speaker| steady(&speaker));
    Some(speaker.map_or_else(|| origin.clone(), |speaker| format!("{speaker}, {origin}")))
}

fn proof(proof: &Proof) -> String {
    let words = format!("“{}”", steady(proof.words.as_deref().unwrap_or_default()));
    let mut lines = vec![wrap(&words, "- ", "  ")];
    lines.extend(
        proof
            .stands
            .iter()
            .map(|stand| wrap(&format!("{} {}", stand.reference, steady(&stand.phrase())), "  — ", "    ")),
    );
    lines.join("\n")
}

fn entry(entry: &Entry) -> String {
    let number = format!("{:>4} ", format!("[{}]", entry.number));
    let indent = " ".repeat(number.len());
    let facts: Vec<String> = entry.facts().iter().map(|fact| steady(fact)).collect();
    let mut row =
        format!("{}\n{}", wrap(&steady(&entry.title), &number, &indent), wrap_facts(&facts, &indent));
    if let Some(address) = &entry.link {
        row.push_str(&format!("\n{indent}{address}"));
    }
    row
}
