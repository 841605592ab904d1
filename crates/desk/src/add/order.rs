//! The order of arrival.
//!
//! Lines of a file arrive in the order of the file. Feeds and pages lie in folders in no order of time:
//! they are gathered and arrive by the time of their report, so that a wire comes before its reprints
//! whatever the files are called. An entry of a feed and the page it links to arrive as one article.

use std::collections::HashMap;

use dateline_model::{ArticleId, When};

use super::prepare::Prepared;

/// Articles gathered before they are put in order. More would order more, and hold more in memory.
const GATHERED: usize = 4096;
/// Bytes of text gathered at most.
const GATHERED_BYTES: usize = 32 << 20;

/// Puts articles into the order of arrival.
#[derive(Default)]
pub struct Order {
    gathered: Vec<Prepared>,
    bytes: usize,
}

impl Order {
    /// Takes an article; returns those that arrive now, in order.
    pub fn take(&mut self, article: Prepared) -> Vec<Prepared> {
        if !article.timeless {
            let mut arriving = self.flush();
            arriving.push(article);
            return arriving;
        }
        self.bytes += article.item.text.len();
        self.gathered.push(article);
        if self.gathered.len() >= GATHERED || self.bytes >= GATHERED_BYTES {
            self.flush()
        } else {
            Vec::new()
        }
    }

    /// Lets all arrive that were gathered.
    pub fn flush(&mut self) -> Vec<Prepared> {
        self.bytes = 0;
        in_order(std::mem::take(&mut self.gathered))
    }
}

/// Sorts by the time of the report, undated articles last and ties in the order of the input; what is
/// fuller of one article and one moment comes first and takes over what only the other says.
fn in_order(mut articles: Vec<Prepared>) -> Vec<Prepared> {
    // What several sources say of one article counts from its earliest time on.
    let mut first: HashMap<ArticleId, When> = HashMap::new();
    for article in &articles {
        if let Some(when) = changed(article) {
            first.entry(article.id).and_modify(|first| *first = (*first).min(when)).or_insert(when);
        }
    }
    articles.sort_by_key(|article| {
        let reported = article.item.dates.reported();
        let when = match first.get(&article.id) {
            // A feed says nothing of later states of the page: it stands with the first.
            Some(first) => Some(changed(article).unwrap_or(*first)),
            None => reported,
        };
        (when.is_none(), when.map(|when| when.seconds), std::cmp::Reverse(article.item.extent))
    });
    let mut arriving: Vec<Prepared> = Vec::with_capacity(articles.len());
    let mut at: HashMap<ArticleId, usize> = HashMap::new();
    for mut article in articles {
        if let Some(&earlier) = at.get(&article.id) {
            let kept = &mut arriving[earlier];
            if kept.item.extent > article.item.extent {
                complete(kept, article);
                continue;
            }
            if kept.item.extent < article.item.extent {
                std::mem::swap(kept, &mut article);
                complete(kept, article);
                continue;
            }
        } else {
            at.insert(article.id, arriving.len());
        }
        arriving.push(article);
    }
    arriving
}

/// When an article came to the state it is in: its change where it says so, else its report.
fn changed(article: &Prepared) -> Option<When> {
    let dates = &article.item.dates;
    match (dates.reported(), dates.modified) {
        (Some(reported), Some(modified)) => Some(reported.max(modified)),
        (reported, modified) => reported.or(modified),
    }
}

/// Fills what the fuller capture leaves open from the other one.
fn complete(kept: &mut Prepared, other: Prepared) {
    let (item, other) = (&mut kept.item, other.item);
    if item.dates.feed.is_none() {
        item.dates.feed = other.dates.feed;
        if let Some(from) = other.provenance.get("feed") {
            item.provenance.entry("feed".into()).or_insert_with(|| from.clone());
        }
    }
    if item.byline.is_empty() {
        item.byline = other.byline;
    }
    item.summary = item.summary.take().or(other.summary);
    item.external_id = item.external_id.take().or(other.external_id);
    if item.keywords.is_empty() {
        item.keywords = other.keywords;
    }
    item.section = item.section.take().or(other.section);
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Extent, Item, Lang, Reading};

    fn article(url: &str, when: &str, extent: Extent, timeless: bool) -> Prepared {
        let mut item = Item { url: Some(url.into()), title: url.into(), extent, ..Item::default() };
        item.dates.published = when.parse().ok();
        Prepared {
            id: item.article_id(),
            reading: Reading::default(),
            lang: Lang::EN,
            material: 0,
            item,
            timeless,
        }
    }

    fn titles(articles: &[Prepared]) -> Vec<&str> {
        articles.iter().map(|article| article.item.title.as_str()).collect()
    }

    #[test]
    fn the_wire_comes_before_its_reprints_whatever_files_are_called() {
        let mut order = Order::default();
        for (url, when) in
            [("a-copy", "2024-05-01T19:00:00Z"), ("undated", ""), ("wire", "2024-05-01T18:00:00Z")]
        {
            assert!(order.take(article(url, when, Extent::Full, true)).is_empty());
        }
        assert_eq!(titles(&order.flush()), ["wire", "a-copy", "undated"]);
    }

    #[test]
    fn lines_of_a_file_arrive_as_they_stand() {
        let mut order = Order::default();
        order.take(article("page", "2024-05-03", Extent::Full, true));
        let arriving = order.take(article("line", "2024-05-01", Extent::Full, false));
        assert_eq!(titles(&arriving), ["page", "line"]);
    }

    #[test]
    fn an_entry_and_its_page_are_one_article_and_two_states_are_not() {
        let mut order = Order::default();
        let mut entry = article("x", "", Extent::Summary, true);
        entry.item.dates.feed = "2024-05-01T10:00:00Z".parse().ok();
        order.take(entry);
        order.take(article("x", "2024-05-01T10:00:00Z", Extent::Full, true));
        let mut later = article("x", "2024-05-01T10:00:00Z", Extent::Full, true);
        later.item.dates.modified = "2024-05-02T10:00:00Z".parse().ok();
        order.take(later);
        let arriving = order.flush();
        assert_eq!(arriving.len(), 2);
        assert!(arriving[0].item.dates.feed.is_some(), "the page knows what the feed said");
        assert!(arriving[1].item.dates.modified.is_some());
    }
}
