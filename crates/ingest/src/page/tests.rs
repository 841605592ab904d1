//! Whole pages: articles, fronts, and what is neither.

use super::*;
use crate::Format;
use proptest::prelude::*;

fn parse(html: &str, url: &str) -> Parsed {
    parse_page(&Capture {
        source: Source { input: "page.html".into(), position: None },
        format: Format::Html,
        bytes: html.as_bytes().to_vec(),
        url: Some(url.into()),
        content_type: None,
        fetched: "2024-05-10".parse().ok(),
    })
}

const PARAGRAPH: &str = "<p>US and Russian troops are at the same air base in Niamey, a senior defence official said on Thursday, \
    though they use a separate hangar and do not mix with one another, which both governments have confirmed.</p>";

fn article() -> String {
    format!(
        "<html lang=en><title>Troops share base | Sahel Courier</title><meta property='og:type' content='article'>\
         <body><nav><a href=/>Home</a></nav><article><h1>Troops share base</h1><p>By Amina Saley</p>\
         <time datetime='2024-05-02T19:00:00Z'>2 May</time>{}</article><footer>All rights reserved</footer></body></html>",
        PARAGRAPH.repeat(4)
    )
}

#[test]
fn an_article_becomes_an_item() {
    let parsed = parse(&article(), "https://sahel-courier.example/niger/base?utm_source=x");
    assert_eq!(parsed.problems, []);
    let item = &parsed.items[0];
    assert_eq!(item.title, "Troops share base");
    assert_eq!(item.url.as_deref(), Some("https://sahel-courier.example/niger/base"));
    assert_eq!(item.outlet.as_deref(), Some("sahel-courier.example"));
    assert_eq!(item.dates.published.unwrap().day(), "2024-05-02");
    assert_eq!(item.extent, Extent::Full);
    assert_eq!(item.text.lines().count(), 4, "{}", item.text);
    assert!(item.text.starts_with("US and Russian troops") && !item.text.contains("rights reserved"));
}

#[test]
fn a_front_page_is_a_problem_and_no_item() {
    let teaser =
        "<article><h2><a href=/1>Troops share base</a></h2><p>They use a separate hangar.</p></article>";
    let front =
        format!("<title>Sahel Courier</title><body><h1>Sahel Courier</h1>{}</body>", teaser.repeat(40));
    for url in ["https://sahel-courier.example/", "https://sahel-courier.example/world"] {
        let parsed = parse(&front, url);
        assert_eq!(parsed.items, [], "{url}");
        assert!(parsed.problems[0].to_string().contains("article"), "{:?}", parsed.problems);
    }
}

#[test]
fn a_headline_without_its_text_stays_a_headline() {
    let html = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Troops share base"}</script>
        <h1>Troops share base</h1><p>Log in</p>"#;
    let parsed = parse(html, "https://sahel-courier.example/base");
    assert_eq!((parsed.items[0].extent, parsed.items[0].text.as_str()), (Extent::Headline, ""));
    assert_eq!(parsed.problems.len(), 1);
}

#[test]
fn hostile_pages_end_soon_and_say_so() {
    let start = std::time::Instant::now();
    let deep = format!("{}<p>x</p>", "<div>".repeat(200_000));
    let formatted = format!("{}{}", "<b><i><u>".repeat(2000), "<p>x".repeat(100_000));
    let large = format!("<p>{}</p>", "Troops share a base. ".repeat(200_000));
    for html in [deep, formatted, large] {
        let parsed = parse(&html, "https://a.example/x");
        assert_eq!(parsed.items, []);
        assert!(!parsed.problems.is_empty());
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn broken_json_ld_does_not_hide_the_page() {
    let html = article().replace("<body>", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Troops\nshare base\",}</script><body>");
    assert_eq!(parse(&html, "https://a.example/x").items[0].provenance["title"], "h1");
    let html = article().replace("<body>", "<script type='application/ld+json'>{{{]</script><body>");
    assert_eq!(parse(&html, "https://a.example/x").items.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_page_panics(html in "(<(/)?(p|div|h1|article|script type=application/ld\\+json|meta property=og:title content=x|b|table|td|a href=x)>|[ -~é{}\":]{0,12}){0,40}") {
        parse(&html, "https://a.example/x");
    }
}
