"""Makes copies out of originals, and second states out of first ones, so that shared text really is shared.

Operations, one `op:` line each, applied in order. Paragraphs are counted from 1, `-1` is the last.

    truncate 40%            keep the first 40 % of the words, cut at the end of a sentence
    keep 1-4                keep these paragraphs
    drop 3                  drop a paragraph
    replace OLD => NEW      exactly one occurrence; an empty NEW deletes
    insert 2 => TEXT        a paragraph of its own after paragraph 2 (0: before the first)
    append TEXT             a paragraph of its own at the end
    title TEXT              another headline (for second states)
"""

import re

from .source import SourceError, State


def finish(articles, houses):
    """Fills in `first` and `later` of every article; copies after what they copy."""
    for article in articles.values():
        build(article, articles, houses, ())


def build(article, articles, houses, above):
    if article.first is not None:
        return
    if article.slug in above:
        raise SourceError(f"{article.path}: copies itself through {' → '.join(above)}")
    if article.copy_of:
        if article.copy_of not in articles:
            raise SourceError(f"{article.path}: copy_of `{article.copy_of}` is no article")
        origin = articles[article.copy_of]
        build(origin, articles, houses, above + (article.slug,))
        # A copy is taken from what the origin wrote, before the origin's own typography.
        start, title = origin.plain, article.fields.get("title") or origin.first.title
        if article.body:
            raise SourceError(f"{article.path}: a copy has no body of its own; use `op: insert` or `op: append`")
    else:
        start, title = article.body, article.fields["title"]
    plain, title = apply(article.ops, start, title, article.path)
    article.__dict__["plain"] = plain
    curly = houses[article.domain].get("curly", False)
    dress = curl if curly else (lambda text: text)
    article.first = State(dress(title), [dress(text) for text in plain], article.modified)
    if article.later_ops or article.later_fields:
        plain, title = apply(article.later_ops, plain, title, article.path)
        article.later = State(dress(title), [dress(text) for text in plain], article.later_fields["modified"])


def apply(ops, paragraphs, title, path):
    paragraphs = list(paragraphs)
    for op in ops:
        word, _, rest = op.partition(" ")
        if word == "truncate":
            paragraphs = truncate(paragraphs, float(rest.strip("% ")) / 100)
        elif word == "keep":
            first, _, last = rest.partition("-")
            paragraphs = paragraphs[int(first) - 1:int(last)]
        elif word == "drop":
            number = int(rest)
            del paragraphs[number if number < 0 else number - 1]
        elif word == "replace":
            old, arrow, new = rest.partition(" =>")
            new = new.strip()
            found = sum(text.count(old) for text in paragraphs)
            if not arrow or found != 1:
                raise SourceError(f"{path}: `{op}`: `{old}` stands {found} times, expected once")
            paragraphs = [" ".join(text.replace(old, new).split()) if old in text else text for text in paragraphs]
        elif word == "insert":
            number, _, text = rest.partition(" => ")
            paragraphs.insert(int(number), text.strip())
        elif word == "append":
            paragraphs.append(rest.strip())
        elif word == "title":
            title = rest.strip()
        else:
            raise SourceError(f"{path}: `{word}` is no operation; see generator/copies.py")
    return [text for text in paragraphs if text], title


def truncate(paragraphs, share):
    """The first `share` of the words, cut back to the end of a sentence."""
    left = round(sum(len(text.split()) for text in paragraphs) * share)
    kept = []
    for text in paragraphs:
        words = len(text.split())
        if words <= left:
            kept.append(text)
            left -= words
            continue
        sentences, taken = re.split(r"(?<=[a-z\"”»)][.!?؟])\s+(?=\S)", text), []
        for sentence in sentences:
            if len(sentence.split()) > left:
                break
            taken.append(sentence)
            left -= len(sentence.split())
        if taken:
            kept.append(" ".join(taken))
        break
    return kept


def curl(text):
    """Typewriter quotation marks to printers' ones, one character for one, so that offsets stay."""
    out, opened = [], False
    for at, letter in enumerate(text):
        before = text[at - 1] if at else " "
        if letter == '"':
            opened = before in " (—–[" or at == 0
            out.append("“" if opened else "”")
        elif letter == "'":
            out.append("‘" if before in " (—–[“\"" or at == 0 else "’")
        else:
            out.append(letter)
    return "".join(out)
