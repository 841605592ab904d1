"""Reads the sources of the demo wire: one file an article, one `story.md` a story, one `houses.json`.

An article file is front matter between `---` lines, the body with a blank line between paragraphs,
and two optional parts: `=== attributions` (the labels of who says what) and `=== later` (what a
second state of the page changes). A body line `## …` is a subheading, `### time | title` opens an
entry of a live page. Front matter is `key: value`; `op` and `later` lines keep their order.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RELATIONS = ("own", "update", "verbatim", "edited", "citing")
KINDS = ("named", "office", "unnamed", "unnamed_group", "document")
GENRES = ("news", "opinion", "analysis", "live_blog", "correction", "press_release")


class SourceError(Exception):
    """What is wrong in a source file, with the file and the way out."""


@dataclass
class State:
    """One state of a page: what a reader sees at one time."""

    title: str
    paragraphs: list
    modified: str


@dataclass
class Article:
    """One article of the demo wire, with its labels."""

    slug: str
    path: Path
    fields: dict
    ops: list
    body: list
    labels: list
    later_fields: dict
    later_ops: list
    url: str = ""
    first: State = None
    later: State = None
    attributions: list = field(default_factory=list)

    def __getattr__(self, name):
        fields = self.__dict__.get("fields")
        if fields is None or name.startswith("__"):
            raise AttributeError(name)
        return fields.get(name, "")

    @property
    def paragraphs(self):
        return self.first.paragraphs

    @property
    def traps(self):
        return [trap.strip() for trap in self.fields.get("traps", "").split(",") if trap.strip()]

    @property
    def domain(self):
        return self.fields["outlet"]


@dataclass
class Story:
    """One story with its expected counts and its claims."""

    fields: dict
    notes: str
    claims: list


def front_matter(text, path):
    """Splits a file into its fields, its `op` lines and the rest."""
    if not text.startswith("---\n") or "\n---\n" not in text:
        raise SourceError(f"{path}: no front matter; begin the file with `---` and close it with `---`")
    head, rest = text[4:].split("\n---\n", 1)
    fields, ops = pairs(head, path)
    return fields, ops, rest


def pairs(text, path):
    fields, ops = {}, []
    for line in text.splitlines():
        if not line.strip():
            continue
        key, colon, value = line.partition(":")
        if not colon:
            raise SourceError(f"{path}: `{line}` is no field; write `key: value`")
        if key.strip() == "op":
            ops.append(value.strip())
        else:
            fields[key.strip()] = value.strip()
    return fields, ops


def sections(text):
    """The body and the named parts after it."""
    parts, name = {"": []}, ""
    for line in text.splitlines():
        if line.startswith("=== "):
            name = line[4:].strip()
            parts[name] = []
        else:
            parts[name].append(line)
    return {name: "\n".join(lines).strip() for name, lines in parts.items()}


def paragraphs(text):
    """Paragraphs of a body, each on one line."""
    return [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]


def read_article(path):
    fields, ops, rest = front_matter(path.read_text("utf-8"), path)
    parts = sections(rest)
    later_fields, later_ops = pairs(parts.get("later", ""), path)
    return Article(
        slug=path.stem,
        path=path,
        fields=fields,
        ops=ops,
        body=paragraphs(parts[""]),
        labels=[line for line in parts.get("attributions", "").splitlines() if line.strip()],
        later_fields=later_fields,
        later_ops=later_ops,
    )


def read_story(path):
    fields, _, rest = front_matter(path.read_text("utf-8"), path)
    parts = sections(rest)
    claims = [pairs(block, path)[0] for block in parts.get("claims", "").split("\n\n") if block.strip()]
    return Story(fields=fields, notes=" ".join(parts[""].split()), claims=claims)


def read_all():
    """Houses by domain, stories in the order of their day, articles by slug."""
    houses = json.loads((ROOT / "source/houses.json").read_text("utf-8"))
    stories, articles = [], {}
    for path in sorted((ROOT / "source").glob("*/*.md")):
        if path.stem == "story":
            stories.append(read_story(path))
            continue
        article = read_article(path)
        if article.slug in articles:
            raise SourceError(f"{path}: slug already used by {articles[article.slug].path}")
        if article.domain not in houses:
            raise SourceError(f"{path}: outlet `{article.domain}` is not in source/houses.json")
        for key, usual in (("story", path.parent.name), ("lang", houses[article.domain]["lang"]), ("relation", "own"), ("genre", "news")):
            article.fields.setdefault(key, usual)
        articles[article.slug] = article
    for article in articles.values():
        article.url = url_of(article, houses[article.domain])
    stories.sort(key=lambda story: (story.fields["day"], story.fields["story"]))
    return houses, stories, articles


def url_of(article, house):
    """The canonical URL, in the house's pattern."""
    day = datetime.fromisoformat(article.published.replace("Z", "+00:00"))
    return "https://" + article.domain + house["url"].format(
        y=f"{day.year}", m=f"{day.month:02}", d=f"{day.day:02}", slug=article.slug_in_url or article.slug,
        section=article.section_in_url or "world",
    )
