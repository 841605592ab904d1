"""Writes article pages as news sites have them: article, and all that stands around it.

Four templates, by how much they tell a machine: `jsonld` (schema.org in a script), `og` (OpenGraph
meta only), `microdata` (itemprop in the markup), `bare` (a title, a canonical link and what a reader sees).
"""

import json
import re
from html import escape as html_escape

from .dates import iso, published, visible
from .phrases import PHRASES

SCHEMA_TYPES = {
    "news": "NewsArticle", "opinion": "OpinionNewsArticle", "analysis": "AnalysisNewsArticle",
    "live_blog": "LiveBlogPosting", "correction": "NewsArticle", "press_release": "Article",
}
COUNTRY_LOCALES = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES", "de": "de_DE", "ar": "ar_AR", "ru": "ru_RU"}
RELATED = 4


def escape(text):
    return html_escape(text, quote=False)


def attribute(text):
    return html_escape(text, quote=True)


def french_spaces(text):
    """No-break spaces where French typography wants them; the text is the same after white space folding."""
    text = re.sub(r"« ", "«&nbsp;", text)
    return re.sub(r" ([»:;?!%])", r"&nbsp;\1", text)


def page(article, state, house, neighbours):
    """The HTML of one state of an article. `neighbours`: further articles of the outlet, newest first."""
    lang = article.lang
    words = PHRASES[lang]
    template = article.template or house["template"]
    head = HEADS[template](article, state, house)
    direction = ' dir="rtl"' if lang == "ar" else ""
    prefix = ' prefix="og: https://ogp.me/ns# article: https://ogp.me/ns/article#"' if template == "og" else ""
    return f"""<!DOCTYPE html>
<html lang="{lang}"{direction}{prefix}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(state.title)}{title_end(template, house)}</title>
<link rel="canonical" href="{attribute(article.url)}">
{head}<style>body{{font-family:Georgia,serif;margin:0}}header,footer{{background:{house['ink']};color:#fff;padding:1em}}main{{max-width:44em;margin:auto;padding:1em}}</style>
</head>
<body class="{template}">
<a class="skip-link" href="#content">{words['skip']}</a>
<div id="cookie-banner" class="cookie-consent" role="dialog" aria-label="Cookies"><p>{escape(words['cookie'])}</p><button>{words['accept']}</button> <button>{words['manage']}</button></div>
<header class="site-header"><a class="logo" href="https://{article.domain}/">{escape(house['name'])}</a><p class="tagline">{escape(house['tagline'])}</p>
<nav class="main-nav" aria-label="{words['menu']}"><ul>{navigation(article, house)}</ul></nav></header>
{MAINS[template](article, state, house)}
<aside class="related"><h2>{escape(words['related'].format(house['name']))}</h2><ul>{links(neighbours)}</ul></aside>
<footer class="site-footer"><p>{escape(words['footer'].format(house['name']))}</p></footer>
</body>
</html>
"""


def title_end(template, house):
    mark = {"jsonld": " | ", "og": " - ", "microdata": " — ", "bare": " :: "}[template]
    return mark + escape(house["name"])


def navigation(article, house):
    return "".join(f'<li><a href="https://{article.domain}/s{n}/">{escape(word)}</a></li>' for n, word in enumerate(house["nav"], 1))


def links(neighbours):
    return "".join(f'<li><a href="{attribute(other.url)}">{escape(other.first.title)}</a></li>' for other in neighbours[:RELATED])


def authors(article):
    """The people of a byline: `A and B`, `A et B`, `A, B`."""
    return [name.strip() for name in re.split(r",| and | et | y | und | и | و(?=\S+ )", article.byline) if name.strip()]


def head_jsonld(article, state, house):
    data = {
        "@context": "https://schema.org",
        "@type": SCHEMA_TYPES[article.genre],
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
        "headline": state.title,
        "description": article.summary,
        "datePublished": iso(article.published, house["tz"]),
        "dateModified": iso(state.modified, house["tz"]),
        "inLanguage": article.lang,
        "articleSection": article.section,
        "isAccessibleForFree": True,
        "publisher": {"@type": "NewsMediaOrganization", "name": house["name"], "url": f"https://{article.domain}/"},
    }
    if article.byline:
        kind = "Organization" if article.fields.get("byline_is") == "organisation" else "Person"
        data["author"] = [{"@type": kind, "name": name} for name in authors(article)]
    if article.genre == "live_blog":
        entries = live_entries(state.paragraphs)
        data["coverageStartTime"] = data["datePublished"]
        data["liveBlogUpdate"] = [
            {"@type": "BlogPosting", "headline": title, "datePublished": iso(stamp, house["tz"]), "articleBody": "\n".join(texts)}
            for _, stamp, title, texts in entries if stamp
        ]
    block = json.dumps(data, ensure_ascii=False, indent=1).replace("</", "<\\/")
    return (
        f'<meta name="description" content="{attribute(article.summary)}">\n'
        f'<meta property="og:title" content="{attribute(state.title)}">\n'
        f'<script type="application/ld+json">\n{block}\n</script>\n'
    )


def head_og(article, state, house):
    rows = [
        ("og:type", "article"), ("og:site_name", house["name"]), ("og:locale", COUNTRY_LOCALES[article.lang]),
        ("og:title", state.title), ("og:description", article.summary), ("og:url", article.url),
        ("article:published_time", iso(article.published, house["tz"])),
        ("article:modified_time", iso(state.modified, house["tz"])), ("article:section", article.section),
    ] + [("article:author", name) for name in authors(article)]
    return "".join(f'<meta property="{name}" content="{attribute(value)}">\n' for name, value in rows if value)


def head_microdata(article, state, house):
    return f'<meta name="description" content="{attribute(article.summary)}">\n'


def head_bare(article, state, house):
    return ""


def main_jsonld(article, state, house):
    byline = f'<p class="byline">{escape(house["byline"].format(article.byline))}</p>\n' if article.byline else ""
    return f"""<main id="content"><article>
<p class="kicker">{escape(article.section)}</p>
<h1>{escape(state.title)}</h1>
{byline}<p class="dateline"><time datetime="{iso(article.published, house['tz'])}">{escape(published(article.published, house))}</time>{changed(article, state, house)}</p>
<div class="article-body">
{body(article, state, house)}</div>
</article></main>"""


def main_og(article, state, house):
    byline = f'<span class="author">{escape(house["byline"].format(article.byline))}</span> · ' if article.byline else ""
    share = PHRASES[article.lang]["share"]
    return f"""<main id="content"><div class="story">
<div class="section-label">{escape(article.section)}</div>
<h1 class="headline">{escape(state.title)}</h1>
<div class="meta">{byline}<span class="date">{escape(published(article.published, house))}</span>{changed(article, state, house)}</div>
<div class="share-bar"><a href="#">{share}</a></div>
<div class="story-text">
{body(article, state, house)}</div>
</div></main>"""


def main_microdata(article, state, house):
    byline = (
        f'<p class="credits">{escape(house["byline"].format("§"))}</p>\n'.replace(
            "§", ", ".join(f'<span itemprop="author">{escape(name)}</span>' for name in authors(article)))
        if article.byline else ""
    )
    stamp = state.modified if state.modified else article.published
    return f"""<main id="content"><article itemscope itemtype="https://schema.org/{SCHEMA_TYPES[article.genre]}">
<meta itemprop="mainEntityOfPage" content="{attribute(article.url)}"><meta itemprop="inLanguage" content="{article.lang}">
<span class="rubric" itemprop="articleSection">{escape(article.section)}</span>
<h1 itemprop="headline">{escape(state.title)}</h1>
{byline}<p class="when"><time itemprop="datePublished" datetime="{iso(article.published, house['tz'])}">{escape(published(article.published, house))}</time>
<meta itemprop="dateModified" content="{iso(stamp, house['tz'])}"></p>
<div itemprop="articleBody">
{body(article, state, house)}</div>
</article></main>"""


def main_bare(article, state, house):
    byline = f"<p><i>{escape(house['byline'].format(article.byline))}</i></p>\n" if article.byline else ""
    return f"""<div id="content"><table width="100%"><tr><td>
<font size="2">{escape(article.section)}</font>
<h1>{escape(state.title)}</h1>
{byline}<p><small>{escape(published(article.published, house))}</small></p>
{body(article, state, house)}</td></tr></table></div>"""


HEADS = {"jsonld": head_jsonld, "og": head_og, "microdata": head_microdata, "bare": head_bare}
MAINS = {"jsonld": main_jsonld, "og": main_og, "microdata": main_microdata, "bare": main_bare}


def changed(article, state, house):
    if state.modified in ("", article.published):
        return ""
    words = PHRASES[article.lang]
    return f' <span class="updated">({words["updated"]}: {escape(visible(state.modified, house))})</span>'


def body(article, state, house):
    """The article's paragraphs, with the boilerplate a house mixes into them."""
    words = PHRASES[article.lang]
    fit = (lambda text: french_spaces(escape(text))) if house.get("nbsp") else escape
    if article.genre == "live_blog":
        return live_body(state, fit)
    lines = []
    for text in state.paragraphs:
        lines.append(f"<h2>{fit(text[3:])}</h2>\n" if text.startswith("## ") else f"<p>{fit(text)}</p>\n")
    boilerplate = [word.strip() for word in article.boilerplate.split(",") if word.strip()]
    if "readmore" in boilerplate:
        lines.insert(min(4, len(lines)), f'<p><strong>{fit(words["readmore"].format(article.readmore))}</strong></p>\n')
    if "newsletter" in boilerplate:
        lines.insert(min(2, len(lines)), f'<p>{fit(words["newsletter"])}</p>\n')
    if "cookie" in boilerplate:
        lines.insert(0, f'<p>{fit(words["cookie"])}</p>\n')
    if "readfull" in boilerplate:
        lines.append(f'<p class="paywall">{fit(words["readfull"])}</p>\n')
    if "disclaimer" in boilerplate:
        lines.append(f'<p class="disclaimer"><em>{fit(words["disclaimer"])}</em></p>\n')
    return "".join(lines)


def live_entries(paragraphs):
    """The entries of a live page: (time as printed, stamp, title, paragraphs); what stands before the first has no stamp."""
    entries = [("", "", "", [])]
    for text in paragraphs:
        if text.startswith("### "):
            stamp, shown, title = [part.strip() for part in text[4:].split("|")]
            entries.append((shown, stamp, title, []))
        else:
            entries[-1][3].append(text)
    return entries


def live_body(state, fit):
    out = []
    for shown, stamp, title, texts in live_entries(state.paragraphs):
        lines = "".join(f"<p>{fit(text)}</p>\n" for text in texts)
        if stamp:
            out.append(f'<section class="live-entry"><h3><time datetime="{stamp}">{fit(shown)}</time> {fit(title)}</h3>\n{lines}</section>\n')
        else:
            out.append(f'<div class="live-intro">\n{lines}</div>\n')
    return "".join(out)
