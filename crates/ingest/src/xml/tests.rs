//! Sound and damaged XML, and the tokens it gives.

use super::*;
use proptest::prelude::*;

fn shown(text: &str) -> (String, Vec<Damage>) {
    let mut scanner = Scanner::new(text);
    let mut out = String::new();
    let mut damage = Vec::new();
    while let Some(token) = scanner.next() {
        out += &match token {
            Token::Open { name, attributes, empty } => {
                let values: Vec<_> =
                    super::attributes(attributes).map(|(n, v)| format!(" {n}={v}")).collect();
                format!("[{name}{}{}]", values.concat(), if empty { "/" } else { "" })
            }
            Token::Close { name } => format!("[/{name}]"),
            Token::Text(text) => text.to_owned(),
            Token::Reference(name) => format!("[&{name}]"),
            Token::CData(text) => format!("[C {text}]"),
            Token::Doctype(text) => format!("[D {}]", text.trim()),
        };
        damage.extend(scanner.take_damage().into_iter().map(|(damage, _)| damage));
    }
    damage.extend(scanner.take_damage().into_iter().map(|(damage, _)| damage));
    (out, damage)
}

#[test]
fn sound_xml_is_cut_as_it_stands() {
    let text = "\u{feff}<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><!-- x --><a:b c='1&amp;2' d=\"<\"/>\
                t&lt;<![CDATA[<p>]]></a:b >";
    let (out, damage) = shown(text);
    assert_eq!(out, "[D rss [<!ENTITY a 'b'>]][a:b c=1&2 d=</]t[&lt][C <p>][/a:b]");
    assert_eq!(damage, []);
}

#[test]
fn damage_costs_no_more_than_its_place() {
    for (given, expected, damage) in [
        ("<t>a < b</t><u/>", "[t]a < b[/t][u/]", vec![Damage::StrayBracket]),
        ("<t>1 <2 & 3</t>", "[t]1 <2 & 3[/t]", vec![Damage::StrayBracket]),
        ("<a href=\"x>one</a><b c=\"d\">two</b>", "[a href=x]one[/a][b c=d]two[/b]", vec![Damage::BrokenTag]),
        (
            "<o d=\"of <em>us</em>, <em t=\"i\">we</em> say\" u=\"x\"b='2' />y",
            "[o d=of <em>us</em>, <em t=\"i\">we</em> say u=x b=2/]y",
            vec![],
        ),
        ("<a <b>x</b></a", "[a][b]x[/b]", vec![Damage::BrokenTag, Damage::Truncated]),
        ("<t>x</t <u>y</u>", "[t]x[/t][u]y[/u]", vec![Damage::BrokenTag]),
        ("<t>x<!-- open <b>y</b>", "[t]xy[/b]", vec![Damage::BrokenMarkup]),
        ("<t><! x>y</t>", "[t]<! x>y[/t]", vec![Damage::StrayBracket]),
        ("<t><![CDATA[cut", "[t][C cut]", vec![Damage::Truncated]),
        ("<t>AT&T; R&D & co</t>", "[t]AT[&T] R&D & co[/t]", vec![]),
        ("<\u{feff}é>x", "<é>x", vec![Damage::StrayBracket]),
    ] {
        assert_eq!(shown(given), (expected.to_owned(), damage), "{given}");
    }
}

#[test]
fn a_section_without_its_end_does_not_swallow_the_next_item() {
    let text = "<item><description><![CDATA[one</description></item>\
                <item><description><![CDATA[two]]></description></item>";
    let (out, damage) = shown(text);
    assert!(out.starts_with("[item][description][C one][/description][/item]"), "{out}");
    assert!(out.contains("[C two]"));
    assert_eq!(damage, [Damage::BrokenCData]);
}

#[test]
fn damage_alone_takes_linear_time() {
    for unit in
        ["<", "<!", "<!--", "<a ", "<a \"", "</", "<![CDATA[", "&", "<?", "<\u{feff}", "</item><![CDATA["]
    {
        let text = unit.repeat(300_000);
        let start = std::time::Instant::now();
        shown(&text);
        assert!(start.elapsed().as_secs() < 10, "{unit} takes {:?}", start.elapsed());
    }
}

proptest! {
    #[test]
    fn any_text_is_cut(text in "[<>/!?a-c&;\"'= \\-\\[\\]é\u{feff}CDATA]{0,80}") {
        shown(&text);
    }
}
