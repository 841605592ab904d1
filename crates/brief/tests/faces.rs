//! What every face of a brief must hold, tried on a brief full of trouble.

#[path = "../examples/sample_brief/sample.rs"]
mod sample;

use std::collections::BTreeSet;

use boon::{Compiler, Schemas};
use dateline_brief::faces;
use dateline_model::{BlockKind, Brief};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use sample::{ARABIC, SCRIPT, SIGNS, Sample, sample};
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../../../docs/brief.schema.json");

/// Text without white space and direction marks: wrapping changes nothing in it.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{200E}').collect()
}

/// What a reader of Markdown sees: the words a parser of CommonMark and tables finds.
fn shown(markdown: &str) -> String {
    Parser::new_ext(markdown, Options::ENABLE_TABLES)
        .map(|event| match event {
            Event::Text(words) | Event::Code(words) => words.into_string(),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => " ".into(),
            _ => String::new(),
        })
        .collect()
}

/// What a reader of HTML sees of escaped text.
fn unescaped_html(html: &str) -> String {
    [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
        .iter()
        .fold(html.to_owned(), |html, (entity, sign)| html.replace(entity, sign))
}

/// The texts between `open` and `close`, in order.
fn between<'a>(page: &'a str, open: &str, close: &str) -> Vec<&'a str> {
    page.split(open).skip(1).map(|rest| rest.split(close).next().unwrap_or_default()).collect()
}

/// The values of an attribute, in order.
fn attribute<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    between(page, &format!(" {name}=\""), "\"")
}

fn sentences(brief: &Brief) -> Vec<&str> {
    brief.sentences().map(|sentence| sentence.text.as_str()).collect()
}

#[test]
fn every_sentence_stands_once_in_each_face() {
    let Sample { brief, passages } = sample();
    let markdown = bare(&shown(&faces::markdown(&brief, &passages)));
    let text = bare(&faces::text(&brief, &passages));
    let html = faces::html(&brief, &passages);
    let said: Vec<String> = between(&html, "<span class=\"said\"", "</span>")
        .into_iter()
        .map(|said| unescaped_html(said.split_once('>').unwrap().1))
        .collect();
    assert_eq!(said, sentences(&brief), "HTML: in order");
    for sentence in sentences(&brief) {
        assert_eq!(markdown.matches(&bare(sentence)).count(), 1, "Markdown: {sentence}");
        assert_eq!(text.matches(&bare(sentence)).count(), 1, "text: {sentence}");
    }
    let json: Brief = serde_json::from_str(&faces::json(&brief)).unwrap();
    assert_eq!(json, brief, "JSON reads back");
}

#[test]
fn every_article_stands_once_in_expanded_coverage() {
    let Sample { brief, passages } = sample();
    let markdown = faces::markdown(&brief, &passages);
    let markdown =
        markdown.split_once("## Expanded Coverage").unwrap().1.split_once("## Withheld").unwrap().0;
    let text = faces::text(&brief, &passages);
    let text = text.split_once("EXPANDED COVERAGE").unwrap().1.split_once("WITHHELD").unwrap().0;
    let html = faces::html(&brief, &passages);
    for article in brief.articles() {
        let number = article.number;
        assert_eq!(markdown.matches(&format!("\n- [{number}] ")).count(), 1, "Markdown {number}");
        assert_eq!(text.lines().filter(|l| l.trim_start().starts_with(&format!("[{number}] "))).count(), 1);
        assert_eq!(html.matches(&format!("<li id=\"a{number}\"")).count(), 1, "HTML {number}");
    }
    assert_eq!(markdown.matches("\n- [").count(), brief.articles().count());
    for what in
        ["own reporting", "verbatim copy", "3 versions", "state-controlled", "opinion", "undated", "Arabic"]
    {
        assert!(markdown.contains(what) && text.contains(what) && html.contains(what), "{what}");
    }
}

#[test]
fn all_references_lead_to_an_article() {
    let Sample { brief, passages } = sample();
    let html = faces::html(&brief, &passages);
    let ids = attribute(&html, "id");
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "no id twice");
    for target in attribute(&html, "href").into_iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(ids.contains(&target), "#{target}");
    }
    for target in attribute(&html, "aria-labelledby") {
        assert!(ids.contains(&target), "{target}");
    }
    for face in [&html, &faces::markdown(&brief, &passages), &faces::text(&brief, &passages)] {
        assert!(!face.contains("[?]"));
    }
    // A citation of an article that is not listed shows, and leads nowhere.
    let mut broken = brief;
    broken.coverage.remove(1);
    assert!(faces::html(&broken, &passages).contains("[?]"));
    assert!(faces::text(&broken, &passages).contains("[?]"));
}

#[test]
fn nothing_hostile_runs_or_is_requested() {
    let Sample { mut brief, passages } = sample();
    brief.title = SCRIPT.into();
    brief.engine = "\"><script>x</script>".into();
    brief.banners.push("<meta http-equiv=\"refresh\" content=\"0;url=https://elsewhere.example\">".into());
    brief.coverage[0].name = "<svg onload=alert(1)>".into();
    let html = faces::html(&brief, &passages);
    for forbidden in [
        "<script",
        "<img",
        "<svg",
        "<b>",
        "<iframe",
        "<link",
        "<base",
        "<form",
        "javascript:",
        "url(",
        "@import",
        "@font-face",
    ] {
        assert!(!html.to_ascii_lowercase().contains(forbidden), "{forbidden}");
    }
    assert_eq!(attribute(&html, "http-equiv"), ["Content-Security-Policy"]);
    assert!(attribute(&html, "src").is_empty());
    let known: BTreeSet<&str> = brief.articles().filter_map(|article| article.url.as_deref()).collect();
    for href in attribute(&html, "href") {
        assert!(href.starts_with('#') || known.contains(href), "{href}");
        assert!(href.starts_with('#') || href.starts_with("https://"), "{href}");
    }
    let out = html.matches("href=\"https://").count();
    assert_eq!(html.matches("rel=\"noopener noreferrer nofollow\"").count(), out);
    // No value of the sample opens a tag: every element the page opens is one of the template's.
    let elements: BTreeSet<&str> = between(&html, "<", ">")
        .into_iter()
        .map(|tag| tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default())
        .collect();
    let ours = "!doctype a aside bdi blockquote body br dd details div dl dt figcaption figure footer h1 h2 h3 head header html li main meta ol p section small span strong style summary table tbody td th thead time title tr ul wbr";
    let foreign: Vec<_> =
        elements.iter().filter(|element| !ours.split(' ').any(|our| our == **element)).collect();
    assert!(foreign.is_empty(), "{foreign:?}");

    let markdown = faces::markdown(&brief, &passages);
    for event in Parser::new_ext(&markdown, Options::all()) {
        match event {
            Event::Html(tag) | Event::InlineHtml(tag) => panic!("{tag}"),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(known.contains(&*dest_url), "{dest_url}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("{dest_url}"),
            _ => {}
        }
    }
}

/// The sample with foreign text in every place that has some.
fn filled_with(text: &str) -> Brief {
    let mut brief = sample().brief;
    brief.title = text.into();
    brief.engine = text.into();
    brief.banners = vec![text.into()];
    brief.gaps[0].note = text.into();
    for block in brief.blocks.iter_mut().filter(|block| block.kind != BlockKind::Situation) {
        for sentence in &mut block.sentences {
            sentence.text = text.into();
            if let Some(voice) = &mut sentence.attribution {
                voice.speaker = Some(format!("x{text}"));
                voice.origin_name = Some(text.into());
            }
        }
    }
    for group in &mut brief.coverage {
        group.name = text.into();
        for article in &mut group.articles {
            article.title = text.into();
            article.outlet_name = text.into();
            article.country = format!("x{text}");
            article.url = None;
        }
    }
    for shared in brief.why.names.iter_mut().chain(&mut brief.why.words) {
        shared.word = text.into();
    }
    for grounds in &mut brief.why.articles {
        for words in grounds.names.iter_mut().chain(&mut grounds.words).chain(&mut grounds.credit) {
            *words = text.into();
        }
        if let Some(nearest) = &mut grounds.nearest {
            nearest.title = Some(text.into());
        }
    }
    for kept in &mut brief.withheld {
        (kept.text, kept.rule, kept.reason) = (text.into(), text.into(), text.into());
    }
    brief
}

/// The structure of a Markdown page: what it opens, without its words.
fn structure(markdown: &str) -> Vec<String> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
        .filter_map(|event| match event {
            Event::Start(tag) => {
                Some(format!("{tag:?}").split(['(', ' ']).next().unwrap_or_default().to_owned())
            }
            Event::Text(_) | Event::End(_) | Event::SoftBreak => None,
            other => Some(format!("{other:?}")),
        })
        .collect()
}

/// Signs that mean something to Markdown, HTML, a terminal or the direction of text.
const SIGNS_OF_TROUBLE: &str =
    "([-<>&\"'|*_`#~\\\\()!:/.+=0-9a-z \n\t\\[\\]\u{1b}\u{202e}\u{a0}ق]|https://|\\PC){1,24}";

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(96) })]

    /// Whatever a source writes, it changes the words of a page and never its structure.
    #[test]
    fn foreign_text_changes_no_structure(text in SIGNS_OF_TROUBLE) {
        let none = faces::Passages::new();
        // The "x" keeps the text from being empty, which prints other words in its place.
        let (plain, hostile) = (filled_with("x"), filled_with(&format!("{text}x")));
        let (a, b) = (faces::html(&plain, &none), faces::html(&hostile, &none));
        prop_assert_eq!(a.matches('<').count(), b.matches('<').count());
        prop_assert_eq!(a.matches('"').count(), b.matches('"').count());
        let (a, b) = (faces::markdown(&plain, &none), faces::markdown(&hostile, &none));
        prop_assert_eq!(structure(&a), structure(&b), "{}", b);
        let lines = faces::text(&hostile, &none);
        prop_assert!(lines.lines().all(|line| textwrap::core::display_width(line) <= 80), "{}", lines);
        prop_assert!(lines.chars().all(|c| c == '\n' || !c.is_control()));
    }
}

#[test]
fn control_codes_and_direction_overrides_reach_no_page() {
    let Sample { mut brief, passages } = sample();
    brief.title = "Base \u{1b}]8;;https://elsewhere.example\u{7}101\u{202E} desu\u{0} yltcerrocni".into();
    brief.withheld[0].text = "a\r\n\r\n# heading\n| cell".into();
    for face in
        [faces::html(&brief, &passages), faces::markdown(&brief, &passages), faces::text(&brief, &passages)]
    {
        assert!(face.chars().all(|c| c == '\n' || !c.is_control()), "control code");
        assert!(!face.contains('\u{202E}'));
        assert!(!face.contains("\n# heading") && !face.contains("\n| cell"));
    }
}

#[test]
fn signs_of_markdown_break_no_table_and_no_line() {
    let Sample { brief, passages } = sample();
    let markdown = faces::markdown(&brief, &passages);
    let rows: Vec<&str> = markdown.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 4, "heading, rule, two numbers");
    for row in rows {
        let bars = row.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 5, "{row}");
    }
    assert!(shown(&markdown).contains(SIGNS));
    assert!(markdown.contains(r"\*draft\_2\* \[v1\] \| \#101"));
    assert_eq!(markdown.lines().filter(|line| line.starts_with("# ")).count(), 1);
}

#[test]
fn text_fits_eighty_columns_but_for_addresses() {
    let Sample { brief, passages } = sample();
    for line in faces::text(&brief, &passages).lines() {
        let columns = textwrap::core::display_width(line);
        assert!(columns <= 80 || line.trim_start().starts_with("https://"), "{columns}: {line}");
    }
}

#[test]
fn right_to_left_sentences_say_so() {
    let Sample { brief, passages } = sample();
    let html = faces::html(&brief, &passages);
    assert!(html.contains(&format!("<span class=\"said\" lang=\"ar\" dir=\"rtl\">{ARABIC}</span>")));
    assert!(html.contains("<span class=\"tag\" dir=\"ltr\">in Arabic</span>"));
}

#[test]
fn the_five_numbers_and_the_unnamed_source_are_plain_to_see() {
    let Sample { mut brief, passages } = sample();
    let line = "11 articles · 10 outlets · 9 publishers · at least 3 independent origins · 2 on record";
    for face in [faces::markdown(&brief, &passages), faces::text(&brief, &passages)] {
        assert!(bare(&face).contains(&bare(line)), "{face}");
        let chain = "to Meridian Wire, 2 May 2024, 19:01 UTC; carried by 3 other outlets";
        assert!(bare(&face).contains(&bare(chain)));
    }
    // In the running text, in its evidence, in "Who says what" and in the table; and two unnamed officers.
    let html = faces::html(&brief, &passages);
    assert_eq!(html.matches("<span class=\"tag flag\">unnamed source</span>").count(), 4);
    assert_eq!(html.matches("<span class=\"tag flag\">unnamed sources</span>").count(), 1);

    brief.counts = dateline_model::Counts { articles: 1, outlets: 1, families: 1, origins: 1, on_record: 0 };
    let text = faces::text(&brief, &passages);
    let line = "1 article · 1 outlet · 1 publisher · at least 1 independent origin · nothing on record";
    assert!(bare(&text).contains(&bare(line)), "{text}");
}

#[test]
fn why_these_articles_is_told_folded_and_for_each_once() {
    let Sample { mut brief, passages } = sample();
    let html = faces::html(&brief, &passages);
    let (before, why) = html.split_once("<h2 id=\"why\">Why these articles</h2>").unwrap();
    assert!(before.contains("<h2 id=\"withheld\">"), "at the end");
    let why = why.split_once("</section>").unwrap().0;
    assert!(why.trim_start().starts_with("<details class=\"why\"><summary>"), "folded: {why}");
    for article in brief.articles() {
        let mark = format!("<a href=\"#a{0}\" aria-label=\"Article {0}\">[{0}]</a>", article.number);
        assert_eq!(why.matches(&mark).count(), 1, "{}", article.number);
    }
    let seen = unescaped_html(why);
    for told in [
        "“Niger” in 11 of 11, “Airbase 101” in 9, “نيامي”",
        "5 of 11: 4 of Meridian Wire, 1 of an origin not known",
        "<dd>[6], 57 % sure: <script>",
        "<dd>[1], 68 % of the shorter text shared</dd>",
        "put here by hand: correction 2",
        "31 %: Hangar fire shuts base in Cyprus",
        "over 99 %",
    ] {
        assert!(seen.contains(told), "{told} is not in {seen}");
    }
    assert!(why.contains("&#60;b&#62;hangar&#60;/b&#62;"), "hostile words are shown: {why}");
    assert!(!why.contains("<b>") && !why.contains('\u{202E}') && !why.contains('\u{1b}'));

    // The faces without folding leave it to those two and to the JSON.
    let (markdown, text) = (faces::markdown(&brief, &passages), faces::text(&brief, &passages));
    assert!(!markdown.contains("Why these") && !text.contains("WHY THESE"));
    brief.why = dateline_model::Why::default();
    assert_eq!((markdown, text), (faces::markdown(&brief, &passages), faces::text(&brief, &passages)));
    assert!(!faces::html(&brief, &passages).contains("id=\"why\""), "a brief of before has none");
}

#[test]
fn empty_parts_are_left_out() {
    let Sample { mut brief, .. } = sample();
    brief.blocks.clear();
    brief.gaps.clear();
    brief.withheld.clear();
    brief.banners.clear();
    let none = faces::Passages::new();
    for face in [faces::html(&brief, &none), faces::markdown(&brief, &none), faces::text(&brief, &none)] {
        for heading in
            ["Situation<", "## Situation", "SITUATION\n", "Withheld", "WITHHELD", "Not known", "NOT KNOWN"]
        {
            assert!(!face.contains(heading), "{heading}");
        }
    }
}

#[test]
fn evidence_that_is_not_at_hand_is_said_to_be_missing() {
    let Sample { brief, passages } = sample();
    assert!(!faces::html(&brief, &passages).contains("The passage is not at hand."));
    let html = faces::html(&brief, &faces::Passages::new());
    let cited: usize = brief.sentences().map(|sentence| sentence.citations.len()).sum();
    assert_eq!(html.matches("The passage is not at hand.").count(), cited);
}

/// What the schema finds wrong with a brief; empty where it is right.
fn faults(instance: &Value) -> String {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.add_resource("brief.json", serde_json::from_str(SCHEMA).unwrap()).unwrap();
    let schema = compiler.compile("brief.json", &mut schemas).expect("the schema is one of draft 2020-12");
    match schemas.validate(instance, schema) {
        Ok(()) => String::new(),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn the_json_face_is_what_its_schema_says() {
    let Sample { brief, .. } = sample();
    let good: Value = serde_json::from_str(&faces::json(&brief)).unwrap();
    assert_eq!(faults(&good), "");

    let undated = Brief { generated_at: None, as_of: None, since: None, ..brief };
    assert_eq!(faults(&serde_json::from_str(&faces::json(&undated)).unwrap()), "");

    // The schema is strict: each of these is a fault.
    let sentence = "/blocks/0/sentences/0";
    for (at, value) in [
        (format!("{sentence}/citations"), json!([])),
        (format!("{sentence}/citations/0/sha256"), json!("xyz")),
        (format!("{sentence}/citations/0/start"), json!(-1)),
        (format!("{sentence}/lang"), json!("English")),
        (format!("{sentence}/mood"), json!("grim")),
        ("/blocks/0/kind".into(), json!("weather")),
        ("/coverage/0/articles/0/relation".into(), json!("copied")),
        ("/coverage/0/articles/0/published".into(), json!("yesterday")),
        ("/story".into(), json!("a0123456789abcdef")),
        ("/counts/origins".into(), json!(2.5)),
        ("/gaps/0/slot".into(), json!("why")),
        ("/withheld/0/rule".into(), json!(null)),
        ("/score".into(), json!(1)),
        ("/why/weakest".into(), json!("s0123456789abcdef")),
        ("/why/names/0/articles".into(), json!(0)),
        ("/why/articles/0/placing".into(), json!({"by": "luck"})),
        ("/why/articles/0/placing".into(), json!({"by": "likeness"})),
        ("/why/articles/0/nearest/probability".into(), json!(1.5)),
    ] {
        let mut bad = good.clone();
        let (parent, key) = at.rsplit_once('/').unwrap();
        bad.pointer_mut(parent).unwrap()[key] = value;
        assert_ne!(faults(&bad), "", "{at}");
    }
    for field in ["coverage", "withheld", "engine", "counts", "as_of", "why"] {
        let mut bad = good.clone();
        bad.as_object_mut().unwrap().remove(field);
        assert_ne!(faults(&bad), "", "without {field}");
    }
}
