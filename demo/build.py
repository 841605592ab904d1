#!/usr/bin/env python3
"""Builds the demo wire from `source/`: feeds, pages, second states of pages, gold.

    python3 demo/build.py           write what has changed
    python3 demo/build.py --check   write nothing; fail if a committed file is not what would be written
"""

import re
import sys
import unicodedata

from generator import copies, feeds, labels, pages, source
from generator.gold import gold

#: Folders that hold generated files only.
GENERATED = ("feeds", "pages", "later", "gold")
SUMMARY_LETTERS = 230
SLUG_WORDS = 8


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        files = everything()
    except source.SourceError as error:
        print(error, file=sys.stderr)
        return 1
    stale = [path for path in present() if path not in files]
    changed = [path for path, data in files.items() if read(path) != data]
    if arguments == ["--check"]:
        for path in sorted(changed):
            print(f"demo/{path} is not up to date", file=sys.stderr)
        for path in sorted(stale):
            print(f"demo/{path} has no source any more", file=sys.stderr)
        if changed or stale:
            print("run `python3 demo/build.py` and commit the result", file=sys.stderr)
            return 1
        print(f"{len(files)} files are up to date")
        return 0
    for path in stale:
        (source.ROOT / path).unlink()
    for path in changed:
        target = source.ROOT / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files[path])
    print(f"{len(files)} files, {len(changed)} written, {len(stale)} removed")
    return 0


def everything():
    """All generated files: path below `demo/` → bytes."""
    houses, stories, articles = load()
    files = {}
    newest = sorted(articles.values(), key=lambda a: (a.published, a.slug), reverse=True)
    for domain, house in houses.items():
        own = [article for article in newest if article.domain == domain]
        if not own:
            raise source.SourceError(f"{domain} has no article; write one or take it out of source/houses.json")
        name, data = feeds.feed(domain, house, own)
        files[f"feeds/{name}"] = data
        for article in own:
            neighbours = [other for other in own if other is not article]
            path = f"pages/{domain}/{article.slug}.html"
            files[path] = pages.page(article, article.first, house, neighbours).encode()
            if article.later:
                files[f"later/{path}"] = pages.page(article, article.later, house, neighbours).encode()
    for name, text in gold(stories, articles).items():
        files[f"gold/{name}"] = text.encode()
    return files


def load():
    """Houses, stories and finished articles."""
    houses, stories, articles = source.read_all()
    for article in articles.values():
        article.fields.setdefault("modified", article.published)
    copies.finish(articles, houses)
    for article in articles.values():
        article.fields["summary"] = article.summary or summary(article)
        if not article.slug_in_url and article.lang not in ("ar", "ru"):
            article.fields["slug_in_url"] = slug(article.first.title)
        article.url = source.url_of(article, houses[article.domain])
    urls = {}
    for article in articles.values():
        if article.url in urls:
            raise source.SourceError(f"{article.path}: URL of {urls[article.url]}; give a `slug_in_url`")
        urls[article.url] = article.path
    labels.finish(articles)
    return houses, stories, articles


def summary(article):
    """A feed summary where the source gives none: the beginning of the article, cut at a word."""
    text = next(text for text in article.paragraphs if not text.startswith("#"))
    if len(text) <= SUMMARY_LETTERS:
        return text
    return text[:SUMMARY_LETTERS].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def slug(title):
    """The first words of a headline as they stand in a URL."""
    plain = title.replace("ß", "ss").replace("œ", "oe").replace("'", " ").replace("’", " ")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().lower().replace("u.s.", "us")
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:SLUG_WORDS])


def present():
    found = []
    for folder in GENERATED:
        found += [str(path.relative_to(source.ROOT)) for path in (source.ROOT / folder).rglob("*") if path.is_file()]
    return found


def read(path):
    file = source.ROOT / path
    return file.read_bytes() if file.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
