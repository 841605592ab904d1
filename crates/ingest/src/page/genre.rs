//! What kind of article a page is, where the page says so.

use dateline_model::Genre;

use super::json_ld::Article;
use super::plain;
use super::survey::Survey;

/// Sections and genres that hold opinion, as outlets name them.
const OPINION: &[&str] = &[
    "opinion",
    "opinions",
    "op ed",
    "oped",
    "editorial",
    "editorials",
    "comment",
    "commentisfree",
    "comment is free",
    "commentary",
    "column",
    "columns",
    "columnists",
    "letters",
    "letter to the editor",
    "viewpoint",
    "perspectives",
    "meinung",
    "kommentar",
    "kommentare",
    "leitartikel",
    "kolumne",
    "kolumnen",
    "gastbeitrag",
    "gastkommentar",
    "opinie",
    "opinión",
    "opinion y analisis",
    "columnas",
    "tribuna",
    "opinions et debats",
    "idees",
    "débats",
    "tribune",
    "tribunes",
    "chroniques",
    "opinioni",
    "editoriali",
    "commenti",
    "opinião",
    "colunas",
    "opiniao",
    "debatt",
    "ledare",
    "opinia",
    "opinie i komentarze",
    "мнения",
    "мнение",
    "колонки",
    "collectif",
    "review",
    "reviews",
    "kritik",
    "rezension",
];

/// The same for analysis and background.
const ANALYSIS: &[&str] = &[
    "analysis",
    "analyse",
    "analysen",
    "análisis",
    "analisi",
    "explainer",
    "explainers",
    "background",
    "hintergrund",
    "decryptage",
    "décryptage",
    "аналитика",
];

/// The same for press releases.
const PRESS: &[&str] = &[
    "press release",
    "press releases",
    "pressrelease",
    "pressemitteilung",
    "communique de presse",
    "communiqué de presse",
    "comunicado de prensa",
    "pr newswire",
    "business wire",
];

/// The same for fact checks.
const FACT_CHECK: &[&str] = &[
    "fact check",
    "factcheck",
    "fact checking",
    "faktencheck",
    "verification",
    "fact checks",
    "faktenfuchs",
    "les decodeurs",
    "reality check",
];

/// The genre, and which witness says so; news where none says anything else.
pub(crate) fn genre(
    survey: &Survey,
    article: Option<Article<'_>>,
    section: Option<&str>,
    title: &str,
    url: Option<&str>,
) -> (Genre, Option<&'static str>) {
    let mut types: Vec<&str> = article.iter().flat_map(Article::types).collect();
    let from = if types.is_empty() { "microdata:itemtype" } else { "json-ld:@type" };
    types.extend(survey.article_type().filter(|_| types.is_empty()));
    for (kind, genre) in [
        ("LiveBlogPosting", Genre::LiveBlog),
        ("ClaimReview", Genre::FactCheck),
        ("CorrectionComment", Genre::Correction),
        ("OpinionNewsArticle", Genre::Opinion),
        ("ReviewNewsArticle", Genre::Opinion),
        ("AnalysisNewsArticle", Genre::Analysis),
        ("BackgroundNewsArticle", Genre::Analysis),
        ("AskPublicNewsArticle", Genre::Analysis),
    ] {
        if types.contains(&kind) {
            return (genre, Some(from));
        }
    }
    if survey.meta("article:opinion").any(|value| value.eq_ignore_ascii_case("true")) {
        return (Genre::Opinion, Some("meta:article:opinion"));
    }
    if let Some(genre) = correction(title) {
        return (genre, Some("title"));
    }
    if let Some(genre) =
        article.and_then(|article| article.words("genre").iter().find_map(|word| named(word)))
    {
        return (genre, Some("json-ld:genre"));
    }
    match by_words(section, title, url) {
        Some((genre, from)) => (genre, Some(from)),
        None => (Genre::News, None),
    }
}

/// The genre that section, headline or address name, and which of them: what a source without markup tells.
pub(crate) fn by_words(
    section: Option<&str>,
    title: &str,
    url: Option<&str>,
) -> Option<(Genre, &'static str)> {
    /// Words of a label before the colon or the bar: "Opinion: …", "Letter to the editor | …".
    const LABEL: usize = 4;
    if let Some(genre) = correction(title) {
        return Some((genre, "title"));
    }
    if let Some(genre) = section.and_then(named) {
        return Some((genre, "section"));
    }
    let label = title.split_once([':', '|']).map(|(label, _)| label.trim());
    if let Some(genre) = label.filter(|label| label.split_whitespace().count() <= LABEL).and_then(named) {
        return Some((genre, "title"));
    }
    let path = url
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("", |(_, path)| path);
    // The first two folders are sections; the last part is the article's own name.
    let folders: Vec<&str> = path.split('/').collect();
    let folders = &folders[..folders.len().saturating_sub(1).min(2)];
    folders.iter().find_map(|folder| named(&folder.replace(['-', '_'], " "))).map(|genre| (genre, "url"))
}

/// "Correction: an earlier article …" is one; "Corrections and Clarifications" is a page of them.
fn correction(title: &str) -> Option<Genre> {
    let head = plain::key(title);
    if [
        "correction ",
        "corrections ",
        "clarification ",
        "korrektur ",
        "rectificatif ",
        "rectificación ",
        "fe de erratas ",
        "errata corrige ",
        "rettifica ",
        "исправление ",
    ]
    .iter()
    .any(|lead| head.starts_with(lead))
        && title.contains(':')
    {
        return Some(Genre::Correction);
    }
    None
}

/// The genre that a word or a few name; none where they are any others.
fn named(value: &str) -> Option<Genre> {
    let key = plain::key(value);
    let genre = if OPINION.contains(&key.as_str()) {
        Genre::Opinion
    } else if ANALYSIS.contains(&key.as_str()) {
        Genre::Analysis
    } else if PRESS.contains(&key.as_str()) {
        Genre::PressRelease
    } else if FACT_CHECK.contains(&key.as_str()) {
        Genre::FactCheck
    } else {
        return None;
    };
    Some(genre)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_markup_of_the_page_names_the_genre() {
        let survey =
            Survey { types: vec!["WebPage".into(), "OpinionNewsArticle".into()], ..Survey::default() };
        let found = genre(&survey, None, Some("World"), "x", None);
        assert_eq!(found, (Genre::Opinion, Some("microdata:itemtype")));
        let two = Survey { types: vec!["OpinionNewsArticle".into(); 2], ..Survey::default() };
        assert_eq!(genre(&two, None, None, "x", None).0, Genre::News, "a list of articles");
        assert_eq!(of(None, "Fe de erratas: la base de Níger", "https://a.example/x"), Genre::Correction);
    }

    fn of(section: Option<&str>, title: &str, url: &str) -> Genre {
        genre(&Survey::default(), None, section, title, Some(url)).0
    }

    #[test]
    fn sections_and_folders_name_the_genre() {
        assert_eq!(of(Some("Opinión"), "x", "https://a.example/x"), Genre::Opinion);
        assert_eq!(of(None, "x", "https://a.example/opinion/2024/x"), Genre::Opinion);
        assert_eq!(of(None, "x", "https://a.example/fact-check/x"), Genre::FactCheck);
        assert_eq!(of(Some("World"), "x", "https://a.example/world/opinion-polls-close"), Genre::News);
        assert_eq!(of(None, "x", "https://a.example/opinion"), Genre::News, "its own name is no section");
        assert_eq!(of(None, "Correction: Niger base story", "https://a.example/x"), Genre::Correction);
    }
}
