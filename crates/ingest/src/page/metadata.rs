//! What a page says about itself, weighed: JSON-LD first, then `<meta>`, microdata, the page as
//! readers see it, and for dates the URL. Each field keeps the name of the witness it comes from.

use std::collections::BTreeMap;

use dateline_model::{Genre, Lang, When};

use super::json_ld::{Article, Graph, Page};
use super::survey::Survey;
use super::{byline, dates, genre, plain, title};
use crate::url::{outlet, resolve};

/// The metadata of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Metadata {
    /// Headline.
    pub title: Option<String>,
    /// Authors as printed.
    pub byline: Vec<String>,
    /// When the outlet says it published the article.
    pub published: Option<When>,
    /// When the outlet says it last changed it.
    pub modified: Option<When>,
    /// Canonical URL in normal form: the page's own word where it can be trusted, else the URL it was found at.
    pub url: Option<String>,
    /// Canonical URL on another outlet's domain, which makes this page a reprint.
    pub reprint_of: Option<String>,
    /// Name of the publisher.
    pub publisher: Option<String>,
    /// Language the page declares.
    pub lang: Option<Lang>,
    /// Section of the outlet.
    pub section: Option<String>,
    /// Keywords or tags.
    pub keywords: Vec<String>,
    /// Kind of article.
    pub genre: Genre,
    /// Standfirst or description.
    pub summary: Option<String>,
    /// Whether readers must pay; `None` where the page does not say.
    pub paywall: Option<bool>,
    /// Text of the article as JSON-LD carries it, often cut short.
    pub article_body: Option<String>,
    /// Whether the page marks itself as an article.
    pub is_marked_article: bool,
    /// Whether the page marks itself as a list of articles.
    pub is_marked_list: bool,
    /// For each field, where its value was found.
    pub provenance: BTreeMap<String, String>,
}

/// The longest summary kept, in bytes; longer ones are the article.
const LONGEST_SUMMARY: usize = 2000;
/// More keywords than this are there for search engines.
const MOST_KEYWORDS: usize = 50;

/// Weighs what a survey found. `found_at` is the URL the page was fetched from, `fetched` when.
pub fn metadata(survey: &Survey, found_at: Option<&str>, fetched: Option<When>) -> Metadata {
    let mut out = Metadata::default();
    let found_at = found_at.and_then(crate::url::canonical);
    let base = survey
        .base
        .as_deref()
        .and_then(|base| resolve(found_at.as_deref(), base))
        .or_else(|| found_at.clone());
    let graph = Graph::read(&survey.json_ld);
    out.canonical(survey, found_at.as_deref(), base.as_deref());
    let page = Page {
        urls: out.url.iter().chain(&found_at).cloned().collect(),
        headlines: (survey
            .headings
            .iter()
            .filter(|heading| !heading.furniture)
            .map(|heading| heading.text.as_str()))
        .chain(survey.meta("og:title"))
        .chain(survey.title.as_deref())
        .collect(),
    };
    let article = graph.article(&page);
    out.publisher(survey, article);
    let domain = out.url.as_deref().and_then(outlet);
    let site_names: Vec<String> = survey
        .meta("og:site_name")
        .chain(survey.meta("application-name"))
        .map(plain::text)
        .chain(out.publisher.clone())
        .chain(domain)
        .collect();
    let sites: Vec<&str> = site_names.iter().map(String::as_str).collect();
    let headline = article.and_then(|article| article.text("headline").or_else(|| article.text("name")));
    if let Some(found) = title::headline(survey, headline.as_deref(), &sites) {
        out.note("title", found.from);
        out.title = Some(found.text);
    }
    if let Some(found) = byline::byline(survey, article, &sites) {
        out.note("byline", &found.from);
        out.byline = found.names;
    }
    let (published, modified) = dates::dates(survey, article, graph.web_page(), out.url.as_deref(), fetched);
    for (field, dated) in [("published", &published), ("modified", &modified)] {
        if let Some(dated) = dated {
            out.note(field, &dated.from);
        }
    }
    out.published = published.map(|dated| dated.when);
    out.modified = modified.map(|dated| dated.when);
    out.describe(survey, article);
    let (genre, from) = genre::genre(
        survey,
        article,
        out.section.as_deref(),
        out.title.as_deref().unwrap_or_default(),
        out.url.as_deref(),
    );
    out.genre = genre;
    if let Some(from) = from {
        out.note("genre", from);
    }
    out.article_body = article.and_then(|article| article.raw("articleBody")).map(str::to_owned);
    let og_article = survey.meta("og:type").any(|kind| kind.eq_ignore_ascii_case("article"));
    out.is_marked_article = article.is_some() || og_article;
    out.is_marked_list = graph.is_collection();
    out
}

impl Metadata {
    fn note(&mut self, field: &str, from: &str) {
        self.provenance.insert(field.to_owned(), from.to_owned());
    }

    /// The canonical URL is trusted on the outlet's own domain, and where it is not the home page: some
    /// sites give every page their home page as canonical, and reprints give the original's.
    fn canonical(&mut self, survey: &Survey, found_at: Option<&str>, base: Option<&str>) {
        let links = survey
            .links
            .iter()
            .filter(|(rel, _)| rel.split_ascii_whitespace().any(|word| word == "canonical"));
        let links = links.map(|(_, href)| (href.as_str(), "link:canonical"));
        let metas = survey.meta("og:url").map(|url| (url, "meta:og:url"));
        for (reference, from) in links.chain(metas) {
            let Some(url) = resolve(base, reference) else { continue };
            if is_home(&url) && found_at.is_none_or(|own| !is_home(own)) {
                continue;
            }
            match (outlet(&url), found_at.and_then(outlet)) {
                (Some(claimed), Some(own)) if claimed != own => {
                    self.reprint_of = self.reprint_of.take().or(Some(url))
                }
                (None, _) => {}
                _ => {
                    self.note("url", from);
                    self.url = Some(url);
                    return;
                }
            }
        }
        if let Some(url) = found_at {
            self.note("url", "fetched");
            self.url = Some(url.to_owned());
        }
    }

    fn publisher(&mut self, survey: &Survey, article: Option<Article<'_>>) {
        let json = article.and_then(|article| {
            ["publisher", "sourceOrganization"]
                .into_iter()
                .find_map(|field| article.names(field).into_iter().next())
        });
        let (publisher, from) = match json {
            Some(name) => (Some(name), "json-ld:publisher"),
            None => {
                let meta =
                    survey.first_meta(&["og:site_name", "application-name", "dc.publisher", "publisher"]);
                (meta.map(|(_, name)| plain::text(name)), "meta:og:site_name")
            }
        };
        if let Some(publisher) = publisher.filter(|name| !name.is_empty() && !name.contains("://")) {
            self.note("publisher", from);
            self.publisher = Some(publisher);
        }
    }

    fn describe(&mut self, survey: &Survey, article: Option<Article<'_>>) {
        let html_lang = survey.lang.as_deref().map(|lang| (lang.to_owned(), "html:lang"));
        let json_lang =
            article.and_then(|article| article.text("inLanguage")).map(|lang| (lang, "json-ld:inLanguage"));
        let meta_lang = survey
            .first_meta(&["og:locale", "content-language", "dc.language", "language"])
            .map(|(_, lang)| (lang.to_owned(), "meta:og:locale"));
        let langs = [html_lang, json_lang, meta_lang].into_iter().flatten();
        if let Some((lang, from)) = langs
            .filter_map(|(lang, from)| Some((lang.parse::<Lang>().ok()?, from)))
            .find(|(lang, _)| lang.is_known())
        {
            self.note("lang", from);
            self.lang = Some(lang);
        }
        let json_section = article.and_then(|article| article.words("articleSection").into_iter().next());
        let meta_section = survey.first_meta(&[
            "article:section",
            "parsely-section",
            "sailthru.section",
            "section",
            "dc.subject.section",
        ]);
        let section = json_section
            .map(|section| (section, "json-ld:articleSection".to_owned()))
            .or_else(|| meta_section.map(|(name, section)| (plain::text(section), format!("meta:{name}"))));
        if let Some((section, from)) =
            section.filter(|(section, _)| !section.is_empty() && section.len() < 100)
        {
            self.note("section", &from);
            self.section = Some(section);
        }
        let mut keywords = article.map(|article| article.words("keywords")).unwrap_or_default();
        let mut from = "json-ld:keywords";
        if keywords.is_empty() {
            keywords = survey.meta("article:tag").map(plain::text).collect();
            from = "meta:article:tag";
        }
        if keywords.is_empty() {
            let list = survey.first_meta(&["news_keywords", "keywords", "parsely-tags", "sailthru.tags"]);
            keywords = list.map(|(_, list)| list.split(',').map(plain::text).collect()).unwrap_or_default();
            from = "meta:keywords";
        }
        keywords.retain(|word| !word.is_empty() && word.len() < 100);
        keywords.dedup();
        keywords.truncate(MOST_KEYWORDS);
        if !keywords.is_empty() {
            self.note("keywords", from);
            self.keywords = keywords;
        }
        let json_summary =
            article.and_then(|article| article.text("description")).map(|text| (text, "json-ld:description"));
        let meta_summary = survey
            .first_meta(&["og:description", "description", "twitter:description", "dc.description"])
            .map(|(_, text)| (plain::text(text), "meta:description"));
        let summary = json_summary
            .or(meta_summary)
            .filter(|(text, _)| !text.is_empty() && text.len() <= LONGEST_SUMMARY);
        if let Some((summary, from)) = summary {
            self.note("summary", from);
            self.summary = Some(summary);
        }
        let tier = survey.meta("article:content_tier").next().map(str::to_ascii_lowercase);
        let (paywall, from) =
            match (article.and_then(|article| article.flag("isAccessibleForFree")), tier.as_deref()) {
                (Some(free), _) => (Some(!free), "json-ld:isAccessibleForFree"),
                (None, Some("locked" | "metered")) => (Some(true), "meta:article:content_tier"),
                (None, Some("free")) => (Some(false), "meta:article:content_tier"),
                _ => (None, ""),
            };
        if paywall.is_some() {
            self.note("paywall", from);
            self.paywall = paywall;
        }
    }
}

/// Whether a URL is the front of its site: no path, or one that only says so.
pub(crate) fn is_home(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = path.trim_matches('/').to_ascii_lowercase();
    const FRONTS: &[&str] =
        &["", "index.html", "index.htm", "index.php", "home", "homepage", "default.aspx", "amp"];
    // `/?p=4711` is how weblogs number their articles.
    FRONTS.contains(&path.as_str()) && (query.is_empty() || !path.is_empty() && !path.starts_with("index"))
}
