//! What an article that came in again is: the same, more of it, or another state of it.

use dateline_model::{Extent, Item, Version};
use dateline_reader::shingles::{shared, shingles};
use dateline_reader::words::words;

/// What is known of an article before the next capture of it is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub version: u32,
    pub extent: Extent,
    /// Fingerprints of all its versions.
    pub materials: Vec<i64>,
    pub external_ids: Vec<String>,
}

/// What to do with a capture of a known article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing new.
    Same,
    /// More of the same state.
    Fuller,
    /// Another state: the outlet changed it.
    Edit,
}

/// Two ways of capturing a page never give the same text: one keeps a caption, the other a pull quote.
/// Above this share of the shorter text's shingles, texts from two ways are one text.
const ONE_TEXT: f64 = 0.8;

/// Looks at a capture of a known article. `newest` gives its newest version, where that is needed.
///
/// A text that any earlier version had is nothing new: the same captures added again change nothing.
pub fn verdict(
    known: &Known,
    item: &Item,
    material: i64,
    newest: impl FnOnce() -> Option<Version>,
) -> Verdict {
    if known.materials.contains(&material) || item.extent < known.extent {
        return Verdict::Same;
    }
    if item.extent > known.extent {
        return Verdict::Fuller;
    }
    match newest() {
        Some(newest)
            if route(&newest.provenance) != route(&item.provenance)
                && is_one_text(&newest.text, &item.text) =>
        {
            Verdict::Same
        }
        _ => Verdict::Edit,
    }
}

/// How the text was captured: `feed`, `page` … ; empty for text that came as text.
fn route(provenance: &std::collections::BTreeMap<String, String>) -> &str {
    let from = provenance.get("text").map_or("", String::as_str);
    from.split(':').next().unwrap_or("")
}

fn is_one_text(a: &str, b: &str) -> bool {
    let (a, b) = (shingles(&words(a)), shingles(&words(b)));
    let shorter = a.len().min(b.len());
    shorter > 0 && shared(&a, &b) as f64 >= ONE_TEXT * shorter as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Cause, Lang, When};

    const TEXT: &str = "Russian forces have moved into a hangar at the base next to the airport, and American troops \
        who are preparing to leave use another one at the far end of the runway, the official said on Wednesday. \
        The two contingents do not mingle, and have no access to one another's equipment, he added in Washington.";

    fn known(extent: Extent) -> Known {
        Known { version: 1, extent, materials: vec![1], external_ids: vec![] }
    }

    fn item(text: &str, extent: Extent, route: &str) -> Item {
        let mut item = Item { text: text.into(), extent, ..Item::default() };
        item.provenance.insert("text".into(), format!("{route}:body"));
        item
    }

    fn newest(text: &str, route: &str) -> Option<Version> {
        let item = item(text, Extent::Full, route);
        Some(Version::of(item, 1, Cause::First, Lang::EN, When::from_seconds(0)))
    }

    #[test]
    fn a_page_after_its_feed_entry_is_more_of_the_same() {
        let page = item(TEXT, Extent::Full, "page");
        assert_eq!(verdict(&known(Extent::Summary), &page, 2, || None), Verdict::Fuller);
        let entry = item("Russian forces have moved in.", Extent::Summary, "feed");
        assert_eq!(verdict(&known(Extent::Full), &entry, 3, || None), Verdict::Same);
    }

    #[test]
    fn another_text_by_the_same_way_is_an_edit() {
        let edited = item(&TEXT.replace("Wednesday", "Thursday"), Extent::Full, "page");
        assert_eq!(verdict(&known(Extent::Full), &edited, 2, || newest(TEXT, "page")), Verdict::Edit);
        assert_eq!(verdict(&known(Extent::Full), &edited, 1, || None), Verdict::Same, "seen before");
    }

    #[test]
    fn the_same_text_by_another_way_is_not() {
        let from_feed = item(&format!("{TEXT}\nThe post appeared first on our site."), Extent::Full, "feed");
        assert_eq!(verdict(&known(Extent::Full), &from_feed, 2, || newest(TEXT, "page")), Verdict::Same);
    }
}
