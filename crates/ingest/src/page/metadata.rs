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
    /// How the page presents itself.
    pub kind: PageKind,
    /// For each field, where its value was found.
    pub provenance: BTreeMap<String, String>,
}

/// What a page says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PageKind {
    /// Its data describes this very article.
    Article,
    /// It says `article` without describing one; templates of section pages say so too.
    #[default]
    Open,
    /// The front of a site, a list of articles, a search result.
    List,
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
    out.own_address(survey, article);
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
    // Section pages carry `og:type=article` too, from careless templates, but no time of publication.
    let dated_article = survey.meta("og:type").any(|kind| kind.eq_ignore_ascii_case("article"))
        && out.provenance.get("published").is_some_and(|from| from.starts_with("meta:article"));
    out.kind = match (
        article.is_some() || dated_article || survey.article_type().is_some(),
        graph.is_collection() || out.url.as_deref().is_some_and(is_home),
    ) {
        (true, _) => PageKind::Article,
        (false, true) => PageKind::List,
        (false, false) => PageKind::Open,
    };
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

    /// A page that came from a file, and links to no canonical URL, may still name its own in its data.
    fn own_address(&mut self, survey: &Survey, article: Option<Article<'_>>) {
        if self.url.is_some() {
            return;
        }
        let json = article.iter().flat_map(|article| article.addresses()).map(|url| (url, "json-ld:url"));
        let props = survey.article_type().into_iter().flat_map(|_| survey.meta("mainentityofpage"));
        let mut urls = json.chain(props.map(|url| (url, "microdata:mainEntityOfPage")));
        let found =
            urls.find_map(|(url, from)| Some((resolve(None, url).filter(|url| !is_home(url))?, from)));
        if let Some((url, from)) = found {
            self.note("url", from);
            self.url = Some(url);
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
        let mut sections = survey.props.iter().filter(|(prop, _)| prop == "articlesection");
        // Teasers have sections too: one alone is this article's.
        let prop_section =
            sections.next().filter(|_| sections.next().is_none()).map(|(_, text)| text.as_str());
        let section = json_section
            .map(|section| (section, "json-ld:articleSection".to_owned()))
            .or_else(|| meta_section.map(|(name, section)| (plain::text(section), format!("meta:{name}"))))
            .or_else(|| prop_section.map(|section| (section.to_owned(), "microdata:articleSection".into())));
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

/// Whether a URL is the front of its site, or of one language of it: no path, or one that only says so.
pub(crate) fn is_home(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = path.trim_matches('/').to_ascii_lowercase();
    const FRONTS: &[&str] =
        &["index.html", "index.htm", "index.php", "home", "homepage", "default.aspx", "amp"];
    let is_language = path.len() == 2 && path.bytes().all(|b| b.is_ascii_alphabetic());
    // `/?p=4711` is how weblogs number their articles.
    query.is_empty() && (path.is_empty() || is_language || FRONTS.contains(&path.as_str()))
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::super::survey::survey;
    use super::*;

    fn read(html: &str, url: Option<&str>) -> Metadata {
        metadata(&survey(&Html::parse_document(html)), url, "2024-05-10".parse().ok())
    }

    const PAGE: &str = r#"<html lang="en-GB"><head><title>Troops share base | Sahel Courier</title>
        <link rel="canonical" href="/niger/base-101?utm_source=x">
        <meta property="og:site_name" content="Sahel Courier">
        <meta name="news_keywords" content="Niger, Niamey">
        <meta property="article:opinion" content="false">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"Troops share base",
          "datePublished":"2024-05-02T21:01:00+01:00","dateModified":"2024-05-03T08:00:00Z",
          "author":[{"@type":"Person","name":"By Amina Saley"}],"publisher":{"name":"Sahel Courier Ltd"},
          "articleSection":"World","isAccessibleForFree":"False","description":"They stand apart.",}</script>
        </head><body><h1>Troops share base</h1></body></html>"#;

    #[test]
    fn a_page_tells_who_what_when_and_where_it_stands() {
        let found = read(PAGE, Some("https://www.sahel-courier.example/niger/base-101"));
        assert_eq!(found.title.as_deref(), Some("Troops share base"));
        assert_eq!(found.byline, ["Amina Saley"]);
        assert_eq!(found.published.unwrap().to_string(), "2024-05-02T21:01:00+01:00");
        assert_eq!(found.modified.unwrap().to_string(), "2024-05-03T08:00:00Z");
        assert_eq!(found.url.as_deref(), Some("https://www.sahel-courier.example/niger/base-101"));
        assert_eq!(found.publisher.as_deref(), Some("Sahel Courier Ltd"));
        assert_eq!(found.lang, Some(Lang::EN));
        assert_eq!((found.section.as_deref(), found.paywall), (Some("World"), Some(true)));
        assert_eq!(found.keywords, ["Niger", "Niamey"]);
        assert_eq!(found.kind, PageKind::Article);
        assert_eq!(found.provenance["published"], "json-ld:datePublished");
        assert_eq!(found.provenance["url"], "link:canonical");
    }

    #[test]
    fn a_page_from_a_file_names_its_own_url() {
        let url = "https://a.example/story";
        for (html, from) in [
            (format!("<link rel=canonical href='{url}'>"), "link:canonical"),
            (format!("<meta property=og:url content='{url}'>"), "meta:og:url"),
            (
                format!(
                    r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"x","mainEntityOfPage":{{"@id":"{url}"}}}}</script>"#
                ),
                "json-ld:url",
            ),
            (
                format!(
                    "<article itemscope itemtype='https://schema.org/NewsArticle'><meta itemprop=mainEntityOfPage content='{url}'><h1>x</h1></article>"
                ),
                "microdata:mainEntityOfPage",
            ),
        ] {
            let found = read(&html, None);
            assert_eq!(found.url.as_deref(), Some(url), "{from}");
            assert_eq!(found.provenance["url"], from);
        }
        assert_eq!(read("<link rel=canonical href='https://a.example/'>", None).url, None);
        assert_eq!(read("<link rel=canonical href='/story'>", None).url, None, "of which site?");
    }

    #[test]
    fn a_canonical_url_is_trusted_at_home_only() {
        for (canonical, url) in [
            ("https://www.a.example/story", "https://www.a.example/story"),
            ("https://a.example/", "https://amp.a.example/story/amp"),
            ("https://b.example/original", "https://amp.a.example/story/amp"),
            ("javascript:void(0)", "https://amp.a.example/story/amp"),
        ] {
            let html = format!("<link rel=canonical href='{canonical}'>");
            let found = read(&html, Some("https://amp.a.example/story/amp"));
            assert_eq!(found.url.as_deref(), Some(url), "{canonical}");
            assert_eq!(found.reprint_of.is_some(), canonical.contains("b.example"));
        }
        assert_eq!(
            read("<link rel=canonical href='https://a.example/x'>", None).url.as_deref(),
            Some("https://a.example/x")
        );
    }

    #[test]
    fn dates_from_the_future_are_not_believed() {
        let html = "<meta property='article:published_time' content='2031-01-01'>";
        assert_eq!(read(html, Some("https://a.example/x")).published, None);
    }

    #[test]
    fn fronts_are_fronts() {
        for (url, home) in [
            ("https://a.example/", true),
            ("https://a.example/en/", true),
            ("https://a.example/index.html", true),
            ("https://a.example/?p=4711", false),
            ("https://a.example/news", false),
        ] {
            assert_eq!(is_home(url), home, "{url}");
        }
    }
}
