//! Lines, good and bad.

use super::*;
use crate::Format;
use dateline_model::Source;
use proptest::prelude::*;
use serde_json::json;

fn parse(bytes: impl AsRef<[u8]>) -> Parsed {
    parse_line(&Capture {
        source: Source { input: "wire.jsonl".into(), position: Some(7) },
        format: Format::Jsonl,
        bytes: bytes.as_ref().to_vec(),
        url: None,
        content_type: None,
        fetched: None,
    })
}

fn item(line: Value) -> Item {
    let mut parsed = parse(line.to_string());
    assert_eq!(parsed.problems, [], "{line}");
    parsed.items.remove(0)
}

fn problem(line: impl AsRef<[u8]>) -> String {
    let parsed = parse(line);
    assert_eq!(parsed.items, []);
    parsed.problems[0].to_string()
}

#[test]
fn a_full_line_fills_every_field() {
    let item = item(json!({
        "url": "https://www.sahel-courier.example/base?utm_source=x", "id": 4711, "title": " Troops share base ",
        "text": "One.\r\n  Two \u{200b}.\n", "published": "2024-05-02T21:01:00+01:00", "modified": "2024-05-03",
        "lang": "en-GB", "byline": "By Amina Saley and John Roe", "summary": "They stand apart.", "section": "World",
        "keywords": "Niger, Niamey", "genre": "fact-check", "source": "The Sahel Courier", "cluster": [1, {"a": null}],
    }));
    assert_eq!(item.url.as_deref(), Some("https://www.sahel-courier.example/base"));
    assert_eq!(item.outlet.as_deref(), Some("sahel-courier.example"));
    assert_eq!((item.title.as_str(), item.text.as_str()), ("Troops share base", "One.\r\n  Two \u{200b}.\n"));
    assert_eq!(item.external_id.as_deref(), Some("4711"));
    assert_eq!(item.dates.published.unwrap().to_string(), "2024-05-02T21:01:00+01:00");
    assert_eq!(item.dates.modified.unwrap().to_string(), "2024-05-03");
    assert_eq!(item.byline, ["Amina Saley", "John Roe"]);
    assert_eq!(item.keywords, ["Niger", "Niamey"]);
    assert_eq!((item.genre, item.extent), (Genre::FactCheck, Extent::Full));
    assert_eq!(
        Value::Object(item.extra),
        json!({"source": "The Sahel Courier", "cluster": [1, {"a": null}]})
    );
}

#[test]
fn headline_or_text_alone_will_do() {
    let headline = item(json!({"title": "Troops share base", "text": "", "date": ""}));
    assert_eq!((headline.extent, headline.dates.published), (Extent::Headline, None));
    assert_eq!(item(json!({"title": "x", "text": null, "description": "d"})).extent, Extent::Summary);
    assert_eq!(item(json!({"text": "One."})).title, "");
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    assert!(
        problem(r#"{"id":"1","url":"https://a.example/x"}"#)
            .contains("wire.jsonl:7: this line has neither `text` nor `title`")
    );
    assert!(problem(r#"{"title":["x"]}"#).contains("field `title` is a list, expected a string"));
    assert!(problem("Troops share base").contains("expected value at byte 1"));
    assert!(problem(r#"{"title":"x""#).contains("EOF while parsing an object at byte 12"));
    assert!(problem(r#"[{"title":"x"}]"#).contains("expected one article as a JSON object"));
    assert!(problem(r#"{"title":"x"} {"title":"y"}"#).contains("trailing characters"));
    assert!(problem(b"{\"title\":\"caf\xe9\"}").contains("byte 14 of this line is not UTF-8"));
    assert!(problem("").contains("EOF"));
}

#[test]
fn a_bad_date_or_url_is_reported_and_the_article_kept() {
    let parsed =
        parse(r#"{"title":"x","published":"last Friday","url":"ftp://a.example/x","outlet":"The Courier"}"#);
    assert_eq!(parsed.problems.len(), 2);
    let item = &parsed.items[0];
    assert_eq!((item.dates.published, item.url.as_deref(), item.outlet.as_deref()), (None, None, None));
    assert_eq!(item.extra["published"], "last Friday");
    assert_eq!(item.extra["outlet"], "The Courier");
    assert!(parsed.problems[1].to_string().contains("field `published` is no date"));
}

#[test]
fn an_outlet_is_a_domain() {
    assert_eq!(
        item(json!({"title": "x", "outlet": "WWW.Sahel-Courier.example"})).outlet.as_deref(),
        Some("sahel-courier.example")
    );
    let both = item(json!({"title": "x", "outlet": "Courier", "url": "https://a.example/x"}));
    assert_eq!(both.outlet.as_deref(), Some("a.example"));
}

#[test]
fn html_goes_through_the_door_of_pages() {
    let sentence = "US and Russian troops are at the same air base in Niamey, a senior defence official said on Thursday.";
    let fragment = item(
        json!({"title": "Troops share base", "html": format!("<p>{sentence}</p><script>x()</script><p>Two.</p>")}),
    );
    assert_eq!((fragment.text, fragment.extent), (format!("{sentence}\nTwo."), Extent::Full));
    let page = format!(
        "<html><head><title>t</title></head><body><nav>Home</nav><article><h1>Troops share base</h1>{}</article></body></html>",
        format!("<p>{sentence}</p>").repeat(6)
    );
    let page = item(json!({"html": page, "url": "https://a.example/x", "date": "2024-05-02"}));
    assert_eq!((page.title.as_str(), page.text.lines().count()), ("Troops share base", 6));
    assert_eq!(page.dates.published.unwrap().day(), "2024-05-02");
    let front = parse(json!({"html": "<html><body><a href=/1>One</a></body></html>"}).to_string());
    assert_eq!((front.items.len(), front.problems.is_empty()), (0, false));
}

proptest! {
    #[test]
    fn never_panics(line in "[{}\\[\\]\":,a-e0-9\\\\ ntu]{0,60}") {
        parse(line);
    }

    #[test]
    fn text_is_kept_byte_for_byte(text in "\\PC{1,40}") {
        let line = json!({"title": "x", "text": text}).to_string();
        let kept = parse(line).items.remove(0).text;
        prop_assert!(kept == text || text.trim().is_empty());
    }
}
