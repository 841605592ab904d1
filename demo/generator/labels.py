"""Turns the labels in the sources into exact strings of the texts, and lets copies inherit them.

A label is a line `source | kind | cue | content | key=value; key=value`. Content may be written
`begin ... end` and stands for everything between. All parts must lie in one paragraph. Keys:
`via`, `anonymity`, `rank`, `side`, `country`, `reason` (words of that paragraph, or of an earlier
one for what the text says of the speaker only once), `number`, `who` (the speaker's full description
where the sentence has only a pronoun or a short form).
"""

import re

from .source import KINDS, SourceError

CONJUNCTION = "that "
PRINTED = ("via", "anonymity", "rank", "side", "country", "reason")


def finish(articles):
    """Fills in `attributions` of every article."""
    for article in articles.values():
        collect(article, articles)


def collect(article, articles):
    if article.__dict__.get("collected"):
        return
    article.__dict__["collected"] = True
    rows = []
    if article.copy_of:
        origin = articles[article.copy_of]
        collect(origin, articles)
        for label, _ in origin.attributions:
            row = locate(label, article)
            if row is not None:
                rows.append((label, row))
    for line in article.labels:
        label = parse(line, article.path)
        row = locate(label, article)
        if row is None:
            raise SourceError(f"{article.path}: `{line}` is not in the text; every part must stand in one paragraph")
        rows.append((label, row))
    rows.sort(key=lambda pair: pair[1].pop("_at"))
    article.attributions = rows


def parse(line, path):
    cells = [cell.strip() for cell in line.split(" | ")]
    if len(cells) not in (4, 5) or cells[1] not in KINDS:
        raise SourceError(f"{path}: `{line}`: expected `source | kind | cue | content | extras`, kind one of {KINDS}")
    extras = {}
    for pair in (cells[4].split("; ") if len(cells) == 5 else []):
        key, equals, value = pair.partition("=")
        if not equals or key.strip() not in PRINTED + ("number", "who"):
            raise SourceError(f"{path}: `{pair}` is no extra of an attribution")
        extras[key.strip()] = value.strip()
    return {"source": cells[0], "kind": cells[1], "cue": cells[2], "content": cells[3], **extras}


def locate(label, article):
    """The label as exact strings of this article, or `None` where the text does not have it."""
    for number, plain in enumerate(article.plain):
        dressed = article.paragraphs[number]
        found = {}
        content = span(plain, label["content"])
        if content is None:
            continue
        outside = plain[:content[0]] + "\0" * (content[1] - content[0]) + plain[content[1]:]
        for part in ("source", "cue"):
            at = nearest(outside, label[part], content)
            if at is None:
                break
            found[part] = dressed[at:at + len(label[part])]
        else:
            found["content"] = dressed[content[0]:content[1]]
            found["paragraph"] = dressed
            words = extras(label, plain, dressed, article, number)
            if words is None:
                continue
            return row(label, found, words, article) | {"_at": (number, content[0])}
    return None


def span(text, pattern):
    begin, dots, end = pattern.partition(" ... ")
    at = text.find(begin)
    if at < 0:
        return None
    stop = at + len(begin)
    if dots:
        last = text.find(end, stop)
        if last < 0:
            return None
        stop = last + len(end)
    # "that" belongs to the content, as in PolNeAR's guidelines.
    start = at - len(CONJUNCTION) if text[:at].endswith(" " + CONJUNCTION) else at
    return start, stop


def nearest(text, words, content):
    """Of several occurrences the one nearest to the content: "said" may stand in a paragraph twice."""
    best = None
    for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
        at = match.start()
        distance = min(abs(at - content[1]), abs(at + len(words) - content[0]))
        if best is None or distance < best[0]:
            best = (distance, at)
    return None if best is None else best[1]


def extras(label, plain, dressed, article, number):
    words = {}
    for key in PRINTED:
        value = label.get(key)
        if value is None:
            words[key] = None
            continue
        at = plain.find(value)
        if at >= 0:
            words[key] = dressed[at:at + len(value)]
            continue
        earlier = next((text for text in article.plain[:number] if value in text), None)
        if key in ("via", "anonymity") or earlier is None:
            return None
        words[key] = value
    return words


def row(label, found, words, article):
    return {
        "url": article.url,
        "source": found["source"],
        "kind": label["kind"],
        "content": found["content"],
        "cue": found["cue"],
        "via": words["via"],
        "anonymity": words["anonymity"],
        "slots": {
            "rank": words["rank"],
            "side": words["side"],
            "country": words["country"],
            "number": int(label["number"]) if "number" in label else (1 if label["kind"] in ("named", "unnamed") else None),
            "reason": words["reason"],
        },
        "paragraph": found["paragraph"],
        "direct": found["content"][0] in "\"“«„'‘",
        "speaker": label.get("who", found["source"]),
    }
