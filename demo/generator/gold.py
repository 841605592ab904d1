"""Writes the gold: what is true of the demo wire, one JSON object a line."""

import json

from .source import GENRES, RELATIONS, SourceError

STATUSES = ("corroborated", "single_origin", "anonymous_only", "disputed", "denied", "corrected")
COUNTS = ("articles", "outlets", "families", "origins", "on_record")


def gold(stories, articles):
    """File name → text of the four gold files."""
    order = {story.fields["story"]: number for number, story in enumerate(stories)}
    ranked = sorted(articles.values(), key=lambda a: (order[a.story], a.published, a.slug))
    return {
        "articles.jsonl": lines(article_row(article, articles) for article in ranked),
        "stories.jsonl": lines(story_row(story) for story in stories),
        "attributions.jsonl": lines(row for article in ranked for _, row in article.attributions),
        "claims.jsonl": lines(row for story in stories for row in claim_rows(story, articles)),
    }


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def article_row(article, articles):
    if article.relation not in RELATIONS or article.genre not in GENRES:
        raise SourceError(f"{article.path}: relation must be one of {RELATIONS}, genre one of {GENRES}")
    of = article.of or article.copy_of
    if of and of not in articles:
        raise SourceError(f"{article.path}: of: `{of}` is no article")
    return {
        "url": article.url,
        "story": article.story,
        "relation": article.relation,
        "origin": article.origin or article.domain,
        "of": articles[of].url if of else None,
        "credit": article.credit or None,
        "lang": article.lang,
        "genre": article.genre,
        "versions": 2 if article.later and article.later.paragraphs != article.first.paragraphs else 1,
        "outlet": article.domain,
        "published": article.published,
        "page": f"pages/{article.domain}/{article.slug}.html",
        "traps": article.traps,
    }


def story_row(story):
    snapshots = [moment.split() for moment in story.fields.get("snapshots", "").split(";") if moment.strip()]
    return {
        "story": story.fields["story"],
        "storyline": story.fields.get("storyline", story.fields["story"]),
        "title": story.fields["title"],
        "day": story.fields["day"],
        "counts": five_numbers(story.fields["counts"].split()),
        "snapshots": [{"as_of": moment[0], "counts": five_numbers(moment[1:])} for moment in snapshots],
        "notes": story.notes,
    }


def five_numbers(numbers):
    return dict(zip(COUNTS, map(int, numbers), strict=True))


def claim_rows(story, articles):
    for claim in story.claims:
        slugs = [slug.strip() for slug in claim["articles"].split(",")]
        unknown = [slug for slug in slugs if slug not in articles]
        if unknown or claim["status"] not in STATUSES:
            raise SourceError(f"{story.fields['story']}: `{claim['claim']}`: unknown {unknown or claim['status']}")
        yield {
            "story": story.fields["story"],
            "claim": claim["claim"],
            "status": claim["status"],
            "articles": [articles[slug].url for slug in slugs],
            "speakers": [name.strip() for name in claim["speakers"].split(" / ") if name.strip()],
            "note": claim.get("note", ""),
        }
