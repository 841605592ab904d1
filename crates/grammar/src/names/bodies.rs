//! Known bodies: ministries by their bare name, armed groups, companies and agencies that the model takes for places,
//! peoples or persons, or passes over. The small model saw American news of one decade.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::word;
use crate::parse::{Name, NameKind, Parse};

/// One body by its name in the news.
struct Body {
    name: &'static str,
    /// A name only after "the" or before "'s".
    guarded: bool,
}

/// The bodies, by their first word.
static BODIES: LazyLock<FxHashMap<&str, Vec<Body>>> = LazyLock::new(|| {
    let mut bodies: FxHashMap<&str, Vec<Body>> = FxHashMap::default();
    for line in include_str!("bodies.txt").lines().filter(|line| !line.starts_with('#') && *line != "ORG") {
        let (name, guarded) = line.strip_suffix(" *").map_or((line, false), |name| (name, true));
        bodies.entry(first_word(name)).or_default().push(Body { name, guarded });
    }
    // The longest first.
    bodies.values_mut().for_each(|bodies| bodies.sort_by_key(|body| std::cmp::Reverse(body.name.len())));
    bodies
});

/// All names of known bodies.
pub fn find(text: &str, parse: &Parse) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (i, token) in parse.tokens.iter().enumerate() {
        let rest = text.get(token.span.start as usize..).unwrap_or_default();
        let bodies = BODIES.get(first_word(&rest[..token.span.len().min(rest.len())])).into_iter().flatten();
        let mut fits = bodies.filter(|body| rest.starts_with(body.name)).filter_map(|body| {
            let end = token.span.start + body.name.len() as u32;
            let tokens =
                parse.tokens[i..].iter().take(body.name.len()).position(|token| token.span.end == end)?;
            Some((body, i + tokens + 1))
        });
        let Some((body, end)) = fits.next() else { continue };
        let after_the = i
            .checked_sub(1)
            .and_then(|at| word(text, parse, at))
            .is_some_and(|w| w.eq_ignore_ascii_case("the"));
        let owns = parse.tokens.get(end).is_some_and(|token| token.tag == "POS");
        // "the Treasury bonds": it qualifies another noun.
        let qualifies = parse.tokens[end - 1].label == "compound";
        if !body.guarded || (after_the || owns) && !qualifies {
            names.push(Name { start: i as u32, end: end as u32, kind: NameKind::Organization });
        }
    }
    names
}

/// Letters and digits up to something else: as much of a name as one token is sure to hold.
fn first_word(name: &str) -> &str {
    &name[..name.find(|c: char| !c.is_alphanumeric()).unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use crate::names::tests::names_of;

    #[test]
    fn companies_and_groups_are_bodies() {
        let text = "Gazprom cut supplies, Hezbollah said, and al-Qaeda agreed.";
        let found = names_of(text);
        for name in ["ORG Gazprom", "ORG Hezbollah", "ORG al-Qaeda"] {
            assert!(found.contains(&name.to_owned()), "{name} in {found:?}");
        }
    }

    #[test]
    fn the_treasury_is_one_but_not_its_bonds() {
        assert!(
            names_of("The Treasury said on Friday that it had paid.").contains(&"ORG Treasury".to_owned())
        );
        // What the model itself says of the bonds is left as it is.
        let text = "Yields on Treasury bonds fell again.";
        assert_eq!(super::find(text, &crate::English::embedded().read(text)), []);
    }

    #[test]
    fn longer_names_of_the_model_stay() {
        let found = names_of("The White House Correspondents' Association met in the White House.");
        assert!(
            found.contains(&"ORG White House".to_owned())
                || found.iter().any(|name| name.ends_with("the White House")),
            "{found:?}"
        );
    }
}
