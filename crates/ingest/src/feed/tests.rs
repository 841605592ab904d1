//! Feeds of every format, sound and damaged, and what must become of them.

use dateline_model::{Extent, Genre, Item, Source};
use proptest::prelude::*;

use super::*;
use crate::Format;

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
  <title>Niamey Post</title><link>https://niamey-post.example/</link>
  <atom:link href="https://niamey-post.example/rss" rel="self" type="application/rss+xml"/>
  <description>News</description><language>fr-NE</language>
  <image><title>Logo</title><link>https://niamey-post.example/logo</link></image>
  <item>
    <title>Base 101 : des troupes &amp; des pourparlers</title>
    <link>https://www.niamey-post.example/actu/101?x=1&amp;y=2</link>
    <guid isPermaLink="false">np-1</guid>
    <pubDate>Thu, 02 May 2024 21:01:33 +0100</pubDate>
    <dc:creator>Aïcha Moussa</dc:creator><dc:creator>desk@niamey-post.example (La rédaction)</dc:creator>
    <category>Niger</category><category>Analyse</category>
    <description>&lt;p&gt;Un &lt;b&gt;résumé&lt;/b&gt;.&lt;/p&gt;</description>
    <content:encoded><![CDATA[<p>Premier paragraphe.</p><p>Second.</p>
      <p>The post Base 101 appeared first on Niamey Post.</p>]]></content:encoded>
  </item>
  <item><title>Sans date</title><guid>https://niamey-post.example/sans-date</guid></item>
</channel>
</rss>"#;

const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://meridian-wire.example/">
  <title type="html">Meridian &amp;amp; Wire</title>
  <link href="/"/><link rel="self" href="/atom.xml"/>
  <updated>2024-05-02T22:00:00Z</updated>
  <entry>
    <title type="text">Less &lt;b&gt; is more</title>
    <link rel="enclosure" href="a.mp3"/><link rel="alternate" href="news/1"/>
    <id>tag:meridian-wire.example,2024:1</id>
    <published>2024-05-02T21:01:33+02:00</published><updated>2024-05-02T21:30:00Z</updated>
    <author><name>J. Doe</name><email>jd@meridian-wire.example</email></author>
    <summary>Short.</summary>
    <content type="xhtml" xml:lang="de"><div xmlns="http://www.w3.org/1999/xhtml"><p>Eins &amp; zwei</p><p>drei</p></div></content>
  </entry>
  <entry><title>Only changed</title><link href="news/2"/><updated>2024-05-02</updated></entry>
</feed>"#;

fn capture(text: impl AsRef<[u8]>) -> Capture {
    Capture {
        source: Source { input: "feed.xml".into(), position: None },
        format: Format::Feed,
        bytes: text.as_ref().to_vec(),
        url: Some("https://niamey-post.example/rss".into()),
        content_type: None,
        fetched: "2024-05-03T00:00:00Z".parse().ok(),
    }
}

fn items(text: impl AsRef<[u8]>) -> Vec<Item> {
    parse_feed(&capture(text)).items
}

fn document(text: impl AsRef<[u8]>) -> FeedDocument {
    read_feed(text.as_ref(), None).unwrap()
}

fn kinds(document: &FeedDocument) -> Vec<OddityKind> {
    document.oddities.iter().map(|oddity| oddity.kind).collect()
}

fn titles(document: &FeedDocument) -> Vec<String> {
    document.entries.iter().map(|entry| entry.title.as_ref().map_or(String::new(), Content::line)).collect()
}

#[test]
fn an_rss_item_becomes_an_article() {
    let parsed = parse_feed(&capture(RSS));
    assert_eq!(parsed.problems, []);
    let [first, second] = &parsed.items[..] else { panic!("{:?}", parsed.items) };
    assert_eq!(first.title, "Base 101 : des troupes & des pourparlers");
    assert_eq!(first.url.as_deref(), Some("https://www.niamey-post.example/actu/101?x=1&y=2"));
    assert_eq!(first.outlet.as_deref(), Some("niamey-post.example"));
    assert_eq!(first.external_id.as_deref(), Some("np-1"));
    assert_eq!(first.text, "Premier paragraphe.\nSecond.");
    assert_eq!(first.summary.as_deref(), Some("Un résumé."));
    assert_eq!(first.extent, Extent::Summary);
    assert_eq!(first.byline, ["Aïcha Moussa", "La rédaction"]);
    assert_eq!(first.lang.unwrap().code(), "fr");
    assert_eq!(first.dates.feed.unwrap().to_string(), "2024-05-02T21:01:33+01:00");
    assert_eq!(first.dates.published, None);
    assert_eq!(first.keywords, ["Niger", "Analyse"]);
    assert_eq!(first.genre, Genre::Analysis);
    assert_eq!(first.source.position, Some(1));
    for (field, element) in [
        ("title", "feed:title"),
        ("url", "feed:link"),
        ("external_id", "feed:guid"),
        ("text", "feed:content:encoded"),
        ("summary", "feed:description"),
        ("byline", "feed:dc:creator"),
        ("dates.feed", "feed:pubDate"),
        ("lang", "feed:language"),
        ("keywords", "feed:category"),
    ] {
        assert_eq!(first.provenance.get(field).map(String::as_str), Some(element), "{field}");
    }
    assert_eq!(second.url.as_deref(), Some("https://niamey-post.example/sans-date"));
    assert_eq!((second.dates.feed, second.extent), (None, Extent::Headline));
    assert_eq!(second.provenance["url"], "feed:guid");
}

#[test]
fn an_atom_entry_becomes_an_article() {
    let parsed = parse_feed(&capture(ATOM));
    assert_eq!(parsed.problems, []);
    let [first, second] = &parsed.items[..] else { panic!("{:?}", parsed.items) };
    assert_eq!(first.title, "Less <b> is more");
    assert_eq!(first.url.as_deref(), Some("https://meridian-wire.example/news/1"));
    assert_eq!(first.text, "Eins & zwei\ndrei");
    assert_eq!(first.lang.unwrap().code(), "de");
    assert_eq!(first.byline, ["J. Doe"]);
    assert_eq!(first.dates.feed.unwrap().to_string(), "2024-05-02T21:01:33+02:00");
    assert_eq!(first.dates.modified.unwrap().to_string(), "2024-05-02T21:30:00Z");
    // A change is no publication.
    assert_eq!(second.dates.feed, None);
    assert_eq!(second.dates.modified.unwrap().to_string(), "2024-05-02");
    assert_eq!(second.lang.unwrap().code(), "en");
}

#[test]
fn older_formats_are_read() {
    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/"><title>A</title>
        <items><rdf:Seq><rdf:li resource="https://a.example/1"/></rdf:Seq></items></channel>
        <item rdf:about="https://a.example/1"><title>One</title><dc:date>2024-05-02T21:01+02:00</dc:date></item></rdf:RDF>"#;
    let [item] = &items(rdf)[..] else { panic!() };
    assert_eq!((item.title.as_str(), item.url.as_deref()), ("One", Some("https://a.example/1")));
    assert_eq!(item.provenance["dates.feed"], "feed:dc:date");

    let atom03 = r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="escaped"
        type="text/html">A &lt;i&gt;b&lt;/i&gt;</title><link rel="alternate" href="https://a.example/2"/>
        <issued>2024-05-02T21:01:33Z</issued><content mode="base64">PHA+VHdvPC9wPg==</content></entry></feed>"#;
    let [item] = &items(atom03)[..] else { panic!() };
    assert_eq!((item.title.as_str(), item.text.as_str()), ("A b", "Two"));
    assert!(item.dates.feed.is_some());

    let cdf = r#"<CHANNEL HREF="https://a.example/"><TITLE>C</TITLE><ITEM HREF="https://a.example/3"
        LASTMOD="2024-05-02T21:01"><TITLE>Three</TITLE><ABSTRACT>Short</ABSTRACT></ITEM></CHANNEL>"#;
    let [item] = &items(cdf)[..] else { panic!() };
    assert_eq!((item.title.as_str(), item.text.as_str()), ("Three", "Short"));
    assert_eq!((item.url.as_deref(), document(cdf).kind), (Some("https://a.example/3"), FeedKind::Cdf));
}

#[test]
fn json_feeds_are_read_up_to_where_they_are_cut() {
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "en-US", "items": [
        {"id": 7, "url": "https://j.example/7", "title": "Seven", "content_html": "<p>One</p><p>Two</p>",
         "date_published": "2024-05-02T21:01:33Z", "authors": [{"name": "A. B."}], "tags": ["x", "y"]},
        {"id": "8", "external_url": "https://other.example/8", "url": "https://j.example/8", "content_text": "a\nb"},
        {"id": "9", "title": "cut h"#;
    let parsed = parse_feed(&capture(json));
    let [first, second] = &parsed.items[..] else { panic!("{:?}", parsed.items) };
    assert_eq!((first.title.as_str(), first.text.as_str()), ("Seven", "One\nTwo"));
    assert_eq!((first.external_id.as_deref(), &first.byline[..]), (Some("7"), &["A. B.".to_owned()][..]));
    assert_eq!(first.provenance["dates.feed"], "feed:date_published");
    assert_eq!((second.text.as_str(), second.lang.unwrap().code()), ("a\nb", "en"));
    assert!(parsed.problems[0].what.contains("ends in the middle"), "{:?}", parsed.problems);
    assert!(matches!(read_feed(b"{\"a\": 1}", None), Err(FeedError::NotAFeed { .. })));
}

#[test]
fn full_text_is_told_from_summaries() {
    let long = "<p>Officials said on Thursday that troops had moved into the hangar next to the runway.</p>"
        .repeat(8);
    let feed = |inner: &str| format!("<rss><channel><item><title>T</title>{inner}</item></channel></rss>");
    let extent = |inner: &str| items(feed(inner))[0].extent;
    assert_eq!(extent(&format!("<content:encoded><![CDATA[{long}]]></content:encoded>")), Extent::Full);
    assert_eq!(extent(&format!("<description><![CDATA[{long}]]></description>")), Extent::Summary);
    let both = format!(
        "<description><![CDATA[{long}]]></description><content:encoded><![CDATA[{long}]]></content:encoded>"
    );
    assert_eq!(extent(&both), Extent::Summary);
    assert_eq!(extent("<content:encoded>short</content:encoded>"), Extent::Summary);
    assert_eq!(extent(""), Extent::Headline);
}

#[test]
fn the_longer_of_two_witnesses_is_the_text() {
    let text = "<rss><channel><item><title>T</title><description>Troops share a base.</description>\
                <content:encoded>...</content:encoded></item></channel></rss>";
    let [item] = &items(text)[..] else { panic!() };
    assert_eq!((item.text.as_str(), item.summary.as_deref()), ("Troops share a base.", None));
    assert_eq!(item.provenance["text"], "feed:description");
}

#[test]
fn an_atom_entry_on_its_own_is_a_feed_of_one() {
    let text = "<?xml version='1.0'?><entry xmlns='http://www.w3.org/2005/Atom'><title>A &lt; B</title><id>urn:1</id></entry>";
    assert_eq!(document(text).kind, FeedKind::Atom10);
    assert_eq!(titles(&document(text)), ["A < B"]);
}

#[test]
fn missing_and_wrong_end_tags_cost_no_entry() {
    let text = "<rss><channel><title>C<item><title>One</titel><link>https://a.example/1</link>\
                <description>First <b>bold text</description></item>\
                <item><title>Two<link>https://a.example/2</link><pubDate>2 May 2024</pubDate>\
                <item><title>Three</title><link>https://a.example/3</link></channel></rss>";
    let document = document(text);
    assert_eq!(titles(&document), ["One", "Two", "Three"]);
    let links: Vec<_> = document.entries.iter().map(|entry| entry.link.as_deref().unwrap_or("-")).collect();
    assert_eq!(links, ["https://a.example/1", "https://a.example/2", "https://a.example/3"]);
    assert!(kinds(&document).contains(&OddityKind::Unclosed));
    let text = "<rss><channel><item><title>One</title><author>A. Moussa<pubDate>2 May 2024</pubDate></item>";
    let [item] = &items(text)[..] else { panic!() };
    assert_eq!((item.byline.as_slice(), item.dates.feed.is_some()), (&["A. Moussa".to_owned()][..], true));
}

#[test]
fn junk_before_the_feed_is_passed_over() {
    let text = format!("Warning: <b>mysql_connect()</b> failed<br />\n{RSS}");
    let document = document(&text);
    assert_eq!(document.entries.len(), 2);
    assert!(kinds(&document).contains(&OddityKind::Junk));
}

#[test]
fn references_are_resolved_and_bare_ampersands_kept() {
    let text = "<!DOCTYPE rss [<!ENTITY np 'Niamey Post'>]><rss><channel><item><title>&np;: d&eacute;fense &amp; \
                s&eacute;curit&eacute;&nbsp;&#8212; AT&T & R&D; &unknown;</title></item></channel></rss>";
    let document = document(text);
    assert_eq!(titles(&document), ["Niamey Post: défense & sécurité — AT&T & R&D; &unknown;"]);
    let reference = document.oddities.iter().find(|oddity| oddity.detail == "unknown").unwrap();
    assert_eq!(reference.kind, OddityKind::Reference);
}

#[test]
fn namespaces_hold_by_uri_and_by_habit() {
    let text = "<r:rss xmlns:r='urn:ours' xmlns:d='http://purl.org/dc/elements/1.1/' xmlns:x='urn:x'><r:channel><r:item>\
                <x:title>not this</x:title><r:title>this</r:title><d:creator>A</d:creator><dcterms:issued>2024-05-02\
                </dcterms:issued></r:item></r:channel></r:rss>";
    let document = document(text);
    assert_eq!(titles(&document), ["this"]);
    assert_eq!(document.entries[0].authors[0].name.as_deref(), Some("A"));
    assert!(document.entries[0].published.as_ref().unwrap().when.is_some());
    assert_eq!(kinds(&document), [OddityKind::Prefix]);
}

#[test]
fn pictures_of_an_entry_give_it_no_text() {
    let text = "<rss xmlns:media='http://search.yahoo.com/mrss/'><channel><item><title>T</title>\
                <media:content url='a.jpg'><media:title>A hangar</media:title><media:description>Photo: X\
                </media:description></media:content><media:description>Photo: Y</media:description>\
                <image><title>Logo</title><link>https://a.example/logo</link></image></item></channel></rss>";
    let [item] = &items(text)[..] else { panic!() };
    assert_eq!((item.title.as_str(), item.text.as_str(), item.extent), ("T", "", Extent::Headline));
}

#[test]
fn the_feed_an_entry_is_from_is_kept_apart() {
    let text = "<rss><channel><item><title>T</title><source url='https://b.example/rss'>B News</source></item>\
                </channel></rss>";
    let document = document(text);
    let source = document.entries[0].source.as_ref().unwrap();
    assert_eq!(source.title.as_ref().unwrap().value, "B News");
    assert_eq!(source.link.as_deref(), Some("https://b.example/rss"));
}

#[test]
fn what_is_no_feed_is_named() {
    for (text, found) in [
        ("<!doctype html><html><body><p>x</p></body></html>", "an HTML page"),
        ("<opml version='2.0'/>", "an OPML list of feeds"),
        ("<urlset/>", "a sitemap"),
        ("plain words", "plain text"),
    ] {
        assert_eq!(read_feed(text.as_bytes(), None), Err(FeedError::NotAFeed { found: found.into() }));
        assert!(parse_feed(&capture(text)).problems[0].way_out.is_some());
    }
    assert_eq!(kinds(&document("<!-- nothing -->")), [OddityKind::Empty]);
    assert_eq!(kinds(&document("")), [OddityKind::Empty]);
}

#[test]
fn a_feed_in_utf_16_without_a_mark_is_read() {
    let bytes: Vec<u8> = RSS.replace("UTF-8", "utf-16").encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(items(&bytes), items(RSS));
    assert_eq!(document(&bytes).encoding, "UTF-16BE");
}

#[test]
fn entity_bombs_do_not_go_off() {
    let mut text = String::from("<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'>");
    for level in 1..10 {
        let inner = if level == 1 { "&lol;".to_owned() } else { format!("&lol{};", level - 1) };
        text.push_str(&format!("<!ENTITY lol{level} '{}'>", inner.repeat(10)));
    }
    text.push_str("<!ENTITY file SYSTEM 'file:///etc/passwd'>]>");
    text.push_str(
        "<rss><channel><item><title>Kept</title><description>&lol9;&file;&lol;</description></item></channel></rss>",
    );
    let document = document(&text);
    assert_eq!(titles(&document), ["Kept"]);
    assert_eq!(document.entries[0].summary.as_ref().unwrap().value, "lol");
    let refused: Vec<_> = document.oddities.iter().map(ToString::to_string).collect();
    assert!(refused[0].contains("`lol9` was not expanded"), "{refused:?}");
    // One short entity, used without end.
    let many = format!(
        "<!DOCTYPE r [<!ENTITY a '{}'>]><rss><channel><item><title>T</title><description>{}</description></item></channel></rss>",
        "a".repeat(1000),
        "&a;".repeat(100_000)
    );
    assert!(self::document(&many).entries[0].summary.as_ref().unwrap().value.len() < 1 << 19);
}

#[test]
fn deep_nesting_is_cut_off() {
    let deep = "<a>".repeat(200_000);
    let text = format!(
        "<rss><channel><item><title>T</title><description>{deep}x</description></item></channel></rss>"
    );
    let document = read_feed(text.as_bytes(), None).unwrap();
    assert!(kinds(&document).contains(&OddityKind::Limit));
    let text = format!("<rss><channel><item><title>T</title><link>https://a.example/1</link></item>{deep}");
    assert_eq!(titles(&self::document(&text)), ["T"]);
    let json = format!("{{\"items\": [{{\"title\": \"T\"}}, {}", "[".repeat(200_000));
    assert_eq!(titles(&self::document(&json)), ["T"]);
}

#[test]
fn a_feed_cut_anywhere_gives_only_whole_values() {
    for (text, whole) in [(RSS, items(RSS)), (ATOM, items(ATOM))] {
        for end in 0..text.len() {
            for item in items(&text.as_bytes()[..end]) {
                let complete = &whole[item.source.position.unwrap() as usize - 1];
                assert_eq!(item.title, complete.title, "cut at {end}");
                let texts = [complete.text.as_str(), complete.summary.as_deref().unwrap_or(""), "", "Short."];
                assert!(texts.contains(&item.text.as_str()), "cut at {end}: {}", item.text);
                assert!(item.url.is_none() || item.url == complete.url, "cut at {end}: {:?}", item.url);
            }
        }
    }
}

#[test]
fn hostile_feeds_take_linear_time() {
    for unit in [
        "<item>",
        "<title>",
        "</item>",
        "<title><b>",
        "&a;",
        "&",
        "<item><title>",
        "<x:y>",
        "<a xmlns:b='c'>",
        "<![CDATA[",
        "<link href='x",
        "<author>",
        "]]>",
        "<content type='xhtml'>",
    ] {
        let text = format!("<rss><channel>{}", unit.repeat(2_000_000 / unit.len()));
        let start = std::time::Instant::now();
        let _ = parse_feed(&capture(&text));
        assert!(start.elapsed().as_secs() < 10, "{unit} takes {:?}", start.elapsed());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let _ = parse_feed(&capture(&bytes));
    }

    #[test]
    fn any_tags_are_read(
        text in "(<|</|>|/>|<!|\\]\\]>|<!\\[CDATA\\[|rss|item|title|content:encoded|author|&amp;|&|=|'|\"| |é|xmlns|type|xhtml){0,60}"
    ) {
        let _ = parse_feed(&capture(&text));
    }

    #[test]
    fn damaged_feeds_are_read(place in 0usize..2000, with in "[<>&\"'/\\]x ]{0,3}", length in 0usize..12) {
        for text in [RSS, ATOM] {
            let mut bytes = text.as_bytes().to_vec();
            let place = place % bytes.len();
            let end = (place + length).min(bytes.len());
            bytes.splice(place..end, with.bytes());
            let parsed = parse_feed(&capture(&bytes));
            prop_assert!(parsed.items.len() <= 3);
        }
    }
}
