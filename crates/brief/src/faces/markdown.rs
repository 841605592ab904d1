//! The brief as Markdown (CommonMark with the tables of GitHub).
//!
//! Foreign text is escaped so that it prints as it stands: it cannot open a heading, a table cell, a link
//! or a tag. References such as `[3]` stay plain: no line of the document defines a link of that name.

use dateline_model::{BlockKind, Brief};

use super::Passages;
use super::clean::{LEFT_TO_RIGHT, has_rtl};
use super::galley::{Entry, Galley, Line, Proof, Section, Turn, Turns};

/// The brief as Markdown, UTF-8, with a line break at the end.
pub fn markdown(brief: &Brief, passages: &Passages) -> String {
    let galley = Galley::of(brief, passages);
    let mut parts = vec![format!("# {}", escape(&galley.title))];
    let meta: Vec<String> =
        galley.meta.iter().map(|(label, value)| format!("{label}: {}", escape(value))).collect();
    parts.push(meta.join(" · "));
    let numbers: Vec<String> = galley.numbers.iter().map(|number| number.phrase()).collect();
    parts.push(format!("**{}**", numbers.join(" · ")));
    parts.extend(galley.banners.iter().map(|banner| format!("> **Note.** {}", escape(banner))));
    for section in &galley.sections {
        parts.push(format!("## {}", section.kind.heading()));
        match section.kind {
            BlockKind::Situation => parts.push(running(section)),
            BlockKind::Numbers => parts.push(table(section)),
            _ => parts.push(list(section)),
        }
    }
    let evidence = galley.further_evidence();
    if !evidence.is_empty() {
        parts.push("## Evidence".into());
        parts.push("Passages that support the sentences above in words of their own.".into());
        parts.push(lines(evidence.into_iter().map(proof)));
    }
    if let Some(turns) = &galley.turns {
        parts.push("## Before and after".into());
        parts.push(lines(storyline(turns)));
    }
    if !galley.coverage.is_empty() {
        parts.push("## Expanded Coverage".into());
    }
    for group in &galley.coverage {
        parts.push(format!("### {}", escape(&group.name)));
        parts.push(group.facts.join(" · "));
        parts.push(lines(group.entries.iter().map(entry)));
    }
    if !galley.withheld.is_empty() {
        parts.push("## Withheld".into());
        parts.push("Sentences that a rule kept out of the brief.".into());
        parts.push(lines(galley.withheld.iter().map(|kept| {
            format!("- {} — {}: {}", escape(&kept.text), escape(&kept.rule), escape(&kept.reason))
        })));
    }
    parts.push("## How this brief was made".into());
    parts.push(lines(galley.method.iter().map(|line| format!("- {}", escape(line)))));
    let mut page = parts.join("\n\n");
    page.push('\n');
    page
}

/// The other stories on the storyline, those before first.
fn storyline(turns: &Turns) -> impl Iterator<Item = String> {
    let turn = |turn: &Turn| format!("- {} — {}", escape(&turn.title), escape(&turn.facts.join(" · ")));
    let more = |more: &Option<String>| more.iter().map(|more| format!("- *{more}*")).collect::<Vec<_>>();
    let told = turns.before.iter().map(turn).chain(turns.after.iter().map(turn));
    more(&turns.more_before).into_iter().chain(told.collect::<Vec<_>>()).chain(more(&turns.more_after))
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// Running text. A sentence written from right to left stands in a paragraph of its own.
fn running(section: &Section) -> String {
    let mut text = String::new();
    let mut after_rtl = false;
    for line in &section.lines {
        let rtl = has_rtl(&line.text);
        if !text.is_empty() {
            text.push_str(if rtl || after_rtl { "\n\n" } else { " " });
        }
        text.push_str(&sentence(line));
        if let Some(flag) = line.flag() {
            text.push_str(&format!(" **({flag})**"));
        }
        after_rtl = rtl;
    }
    text
}

/// A sentence with its references, and its language where it is another than the headline's.
fn sentence(line: &Line) -> String {
    let foreign = line.foreign.as_ref().map(|name| format!(" (in {name})")).unwrap_or_default();
    format!("{} {}{foreign}", escape(&line.text), line.marks())
}

fn list(section: &Section) -> String {
    let said = section.lines.iter().map(|line| match attribution(line) {
        Some(attribution) => format!("- {}\n  — {attribution}", sentence(line)),
        None => format!("- {}", sentence(line)),
    });
    lines(said.chain(section.gaps.iter().map(|gap| format!("- {}", escape(gap)))))
}

/// Who answers for a sentence, in one line.
fn attribution(line: &Line) -> Option<String> {
    let said = line.said.as_ref()?;
    let origin = escape(&said.origin_phrase(true));
    Some(speaker(line).map_or_else(|| origin.clone(), |speaker| format!("{speaker}, {origin}")))
}

/// The speaker, with the flag of one without a name in bold.
fn speaker(line: &Line) -> Option<String> {
    let said = line.said.as_ref()?;
    let speaker = escape(said.speaker.as_ref()?);
    let flag = said.flag.map(|flag| format!("**{flag}**"));
    let notes: Vec<String> = flag.into_iter().chain(said.standing.as_deref().map(escape)).collect();
    Some(if notes.is_empty() { speaker } else { format!("{speaker} ({})", notes.join(", ")) })
}

fn table(section: &Section) -> String {
    let heading = ["| What is said | Speaker | Origin | As of |", "|---|---|---|---|"].map(String::from);
    let rows = section.lines.iter().map(|line| {
        let said = line.said.as_ref();
        let origin = said.map(|said| escape(&said.origin_phrase(false))).unwrap_or_default();
        let as_of = said.and_then(|said| said.reported).map(|when| when.display_utc()).unwrap_or_default();
        format!("| {} | {} | {origin} | {as_of} |", sentence(line), speaker(line).unwrap_or_default())
    });
    lines(heading.into_iter().chain(rows))
}

fn proof(proof: &Proof) -> String {
    let words = escape(proof.words.as_deref().unwrap_or_default());
    let stands: Vec<String> = (proof.stands.iter())
        .map(|stand| format!("{} {}", stand.reference, escape(&stand.phrase())))
        .collect();
    format!("- “{words}” — {}", stands.join("; "))
}

fn entry(entry: &Entry) -> String {
    let title = match &entry.link {
        Some(address) => format!("[{}](<{}>)", escape(&entry.title), destination(address)),
        None => escape(&entry.title),
    };
    let facts: Vec<String> = entry.facts().iter().map(|fact| escape(fact)).collect();
    format!("- [{}] {title} — {}", entry.number, facts.join(" · "))
}

/// The text with every sign that means something to Markdown made a plain sign. A mark behind text with
/// right-to-left letters keeps what follows in place.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    // A number at the start of a line opens a list: `2024. Troops …`.
    let ordinal = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, sign) in text.char_indices() {
        let anywhere = matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&');
        let opens_line = at == 0 && matches!(sign, '-' | '+' | '=' | ':');
        let opens_list = ordinal > 0 && at == ordinal && matches!(sign, '.' | ')');
        if anywhere || opens_line || opens_list {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    if has_rtl(text) {
        escaped.push(LEFT_TO_RIGHT);
    }
    escaped
}

/// An address between `<` and `>`: signs that could end it, or a code span around it, in per-cent form.
fn destination(address: &str) -> String {
    let mut safe = String::with_capacity(address.len());
    for sign in address.chars() {
        match sign {
            '<' | '>' | '\\' | '`' | '|' => safe.push_str(&format!("%{:02X}", u32::from(sign))),
            _ => safe.push(sign),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_print_as_they_stand() {
        for (given, printed) in [
            ("*Exclusive* | a_b [1](javascript:x)", "\\*Exclusive\\* \\| a\\_b \\[1\\](javascript:x)"),
            ("# Not a heading", "\\# Not a heading"),
            ("2024. Troops arrive", "2024\\. Troops arrive"),
            ("- 40 dead", "\\- 40 dead"),
            ("U.S.-led &lt;b&gt; `x`", "U.S.-led \\&lt;b\\&gt; \\`x\\`"),
            ("القاعدة", "القاعدة\u{200E}"),
        ] {
            assert_eq!(escape(given), printed);
        }
        assert_eq!(destination("https://a.example/?q=`|>\\"), "https://a.example/?q=%60%7C%3E%5C");
    }
}
