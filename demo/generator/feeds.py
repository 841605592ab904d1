"""Writes the outlets' feeds in the formats and encodings that are met: RSS 2.0, RDF, Atom, JSON Feed."""

import json
from xml.sax.saxutils import escape

from .dates import iso, rfc822

#: When every feed was last built: the end of the last story day.
BUILT = "2024-05-10T21:00:00Z"


def feed(domain, house, articles):
    """File name and bytes of an outlet's feed; `articles` newest first."""
    encoding = house.get("encoding", "utf-8")
    if house["feed"] == "json":
        return f"{domain}.json", json_feed(domain, house, articles).encode()
    text = {"rss": rss, "rdf": rdf, "atom": atom}[house["feed"]](domain, house, articles)
    text = f'<?xml version="1.0" encoding="{encoding.upper()}"?>\n' + text
    # Characters an old encoding lacks become references; full text in CDATA stays out of such feeds.
    return f"{domain}.xml", text.encode(encoding, "xmlcharrefreplace")


def link(article, house):
    """The link a feed gives: some houses add their campaign words to it."""
    if not house.get("tracking"):
        return article.url
    return article.url + "?utm_source=rss&utm_medium=feed&utm_campaign=all"


def content(article):
    return "".join(f"<p>{escape(text.lstrip('# '))}</p>" for text in article.paragraphs)


def rss(domain, house, articles):
    full = house["content"] == "full"
    dated = house.get("dates", True)
    items = []
    for article in articles:
        rows = [
            f"<title>{escape(article.first.title)}</title>",
            f"<link>{escape(link(article, house))}</link>",
            f'<guid isPermaLink="{"false" if house.get("tracking") else "true"}">{escape(guid(article, house))}</guid>',
            f"<description>{escape(article.summary)}</description>",
        ]
        if dated:
            rows.append(f"<pubDate>{rfc822(article.published, house['tz'])}</pubDate>")
        if article.byline:
            rows.append(f"<dc:creator>{escape(article.byline)}</dc:creator>")
        if article.section:
            rows.append(f"<category>{escape(article.section)}</category>")
        if full:
            rows.append(f"<content:encoded><![CDATA[{content(article)}]]></content:encoded>")
        items.append("<item>\n" + "\n".join(rows) + "\n</item>")
    built = f"<lastBuildDate>{rfc822(BUILT, house['tz'])}</lastBuildDate>\n" if dated else ""
    return f"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel>
<title>{escape(house['name'])}</title>
<link>https://{domain}/</link>
<description>{escape(house['tagline'])}</description>
<language>{house['lang']}</language>
{built}{chr(10).join(items)}
</channel>
</rss>
"""


def guid(article, house):
    return f"{article.domain}:{article.slug}" if house.get("tracking") else article.url


def rdf(domain, house, articles):
    rows = "\n".join(f'<rdf:li rdf:resource="{escape(a.url)}"/>' for a in articles)
    items = "\n".join(
        f"""<item rdf:about="{escape(a.url)}">
<title>{escape(a.first.title)}</title>
<link>{escape(a.url)}</link>
<description>{escape(a.summary)}</description>
<dc:date>{iso(a.published, house['tz'])}</dc:date>
</item>"""
        for a in articles
    )
    return f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://{domain}/">
<title>{escape(house['name'])}</title>
<link>https://{domain}/</link>
<description>{escape(house['tagline'])}</description>
<dc:language>{house['lang']}</dc:language>
<items><rdf:Seq>
{rows}
</rdf:Seq></items>
</channel>
{items}
</rdf:RDF>
"""


def atom(domain, house, articles):
    full = house["content"] == "full"
    entries = []
    for a in articles:
        author = f"<author><name>{escape(a.byline)}</name></author>\n" if a.byline else ""
        text = f'<content type="html">{escape(content(a))}</content>\n' if full else ""
        entries.append(f"""<entry xml:lang="{a.lang}">
<title>{escape(a.first.title)}</title>
<id>tag:{domain},2024:{a.slug}</id>
<link rel="alternate" type="text/html" href="{escape(link(a, house))}"/>
<published>{iso(a.published, house['tz'])}</published>
<updated>{iso(a.first.modified, house['tz'])}</updated>
{author}<summary>{escape(a.summary)}</summary>
{text}</entry>""")
    return f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{house['lang']}">
<title>{escape(house['name'])}</title>
<subtitle>{escape(house['tagline'])}</subtitle>
<id>https://{domain}/</id>
<link rel="alternate" href="https://{domain}/"/>
<link rel="self" href="https://{domain}/feed.xml"/>
<updated>{iso(BUILT, house['tz'])}</updated>
{chr(10).join(entries)}
</feed>
"""


def json_feed(domain, house, articles):
    items = []
    for a in articles:
        item = {
            "id": a.url, "url": a.url, "title": a.first.title, "summary": a.summary,
            "date_published": iso(a.published, house["tz"]), "date_modified": iso(a.first.modified, house["tz"]),
            "language": a.lang, "tags": [a.section],
        }
        if a.byline:
            item["authors"] = [{"name": a.byline}]
        if house["content"] == "full":
            item["content_html"] = content(a)
        items.append(item)
    return json.dumps({
        "version": "https://jsonfeed.org/version/1.1", "title": house["name"], "home_page_url": f"https://{domain}/",
        "feed_url": f"https://{domain}/feed.json", "description": house["tagline"], "language": house["lang"], "items": items,
    }, ensure_ascii=False, indent=1) + "\n"
