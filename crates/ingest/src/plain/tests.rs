//! Fragments as feeds carry them, and the text they mean.

use super::*;
use proptest::prelude::*;

#[test]
fn paragraphs_stand_one_a_line() {
    let html = "<p>Troops  moved into\n the <b>hangar</b>.</p><p>Officials said so&nbsp;&mdash; twice.</p>\
                <ul><li>One<li>Two</ul>Last<br/>line";
    assert_eq!(
        paragraphs(html),
        "Troops moved into the hangar.\nOfficials said so — twice.\nOne\nTwo\nLast\nline"
    );
}

#[test]
fn apostrophes_that_became_control_characters_come_back() {
    assert_eq!(line("Niger\u{92}s junta"), "Niger’s junta");
    assert_eq!(paragraphs("<p>\u{93}Oui\u{94}\u{85}</p>"), "“Oui”…");
}

#[test]
fn what_is_no_prose_falls_away() {
    let html = "<style>p{}</style>Text<script>if (a<b) { '</p>' }</script> goes<!-- not this --> on\
                <svg><title>icon</title></svg>.";
    assert_eq!(paragraphs(html), "Text goes on.");
    assert_eq!(paragraphs("Text <svg> without an end <svg> stays"), "Text without an end stays");
}

#[test]
fn text_without_tags_keeps_its_paragraphs() {
    assert_eq!(
        paragraphs("First line\nruns on.\n\nSecond &amp; last.\r\n\r\n"),
        "First line runs on.\nSecond & last."
    );
    assert_eq!(of_text("First\n\nSecond\tword"), "First\nSecond word");
}

#[test]
fn markup_escaped_twice_is_read_twice() {
    assert_eq!(
        paragraphs("&lt;p&gt;Troops moved.&lt;/p&gt;&lt;p&gt;Then left.&lt;/p&gt;"),
        "Troops moved.\nThen left."
    );
    assert_eq!(line("Troops &lt;i&gt;share&lt;/i&gt; base"), "Troops share base");
}

#[test]
fn headlines_keep_what_only_looks_like_a_tag() {
    for (given, meant) in [
        ("Why 1 < 2 and 3 > 2", "Why 1 < 2 and 3 > 2"),
        ("We <3 Niamey", "We <3 Niamey"),
        ("Niger&#8217;s <em>junta</em>\n speaks", "Niger’s junta speaks"),
        ("<Name withheld> is charged", "<Name withheld> is charged"),
        ("AT&amp;T &amp;amp; others", "AT&T &amp; others"),
        ("Line<br>break", "Line break"),
    ] {
        assert_eq!(line(given), meant);
    }
    assert_eq!(literal_line("How <b> works, it&#8217;s said"), "How <b> works, it’s said");
}

#[test]
fn broken_quotes_do_not_swallow_text() {
    assert_eq!(paragraphs(r#"<a href="x>first</a> then <b>second</b>"#), "first then second");
    assert_eq!(paragraphs("<a title='5 > 3'>kept</a>"), "kept");
}

#[test]
fn hostile_fragments_take_linear_time() {
    for unit in ["<a \">\"", "<a =\">\"", "<svg>", "<!--", "<a '", "<", "&", "<script", "<p <p", "&lt;b "] {
        let html = unit.repeat(400_000);
        let start = std::time::Instant::now();
        paragraphs(&html);
        assert!(start.elapsed().as_secs() < 5, "{unit} takes {:?}", start.elapsed());
    }
}

proptest! {
    #[test]
    fn any_text_is_stripped(html in "[<>/a-d&;\"'= !\\-é\\[\\]CDATA\u{a0}\u{3000}]{0,80}") {
        for text in [paragraphs(&html), line(&html), literal_line(&html), of_text(&html)] {
            prop_assert!(!text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  "), "{text:?}");
        }
    }
}
