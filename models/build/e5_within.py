#!/usr/bin/env python3
"""Makes `models/e5.within`: what reports of one event do not share, weighed down.

    cargo build --release --workspace --example embed
    python3 -m venv venv && venv/bin/pip install numpy
    venv/bin/python models/build/e5_within.py ../shared/data

Reports of one event differ in some directions more than in others: in the language, the angle, how a headline is
built. Within-class covariance normalisation (Hatch, Kajarekar and Stolcke 2006) measures that scatter and divides by
it: a vector is multiplied by the inverse square root of the covariance within events, which is first moved part of
the way (SHRINKAGE) to that of a ball. Read are the headlines of OG2021 (dev), grouped by their event, and the pairs
of SemEval 2022 task 8 whose texts are on the same story (rated SAME or nearer, of 1 to 4). An event counts by the
square root of its articles, as a few have hundreds. 384 × 384 numbers, 32-bit little-endian, row by row; no text.
"""

import sys
from collections import defaultdict
from pathlib import Path

import numpy

import e5_means
from e5_means import CHARACTERS, EMBED, MODELS, rows

SHRINKAGE = 0.45
SAME = 2.0


def events(data):
    """Texts with their language, event by event."""
    found = defaultdict(dict)
    for row in rows(data / "clustering/og2021_dev.jsonl"):
        found["og2021", row["cluster"]][row["lang"], row["title"]] = None
    for number, pair in enumerate(rows(data / "clustering/semeval22_pairs.jsonl.gz")):
        if float(pair["overall"]) <= SAME and all(pair["text" + side].strip() for side in "12"):
            for side in "12":
                found["semeval22", number][pair["lang" + side], pair["text" + side][:CHARACTERS]] = None
    return {event: list(texts) for event, texts in found.items() if len(texts) > 1}


def vectors(texts):
    """Unit vectors of texts without the mean of their language, by the program's own embedder."""
    raw = numpy.array(e5_means.vectors([" ".join(text.split()) for _, text in texts]))
    means = {}
    for line in (MODELS / "e5.means").read_text().splitlines():
        code, *numbers = line.split("\t")
        means[code] = numpy.array([float(number) for number in numbers])
    centred = raw - numpy.array([means.get(lang, means["und"]) for lang, _ in texts])
    return centred / numpy.linalg.norm(centred, axis=1, keepdims=True)


def within(groups):
    """The inverse square root of the covariance within groups of vectors."""
    size = groups[0].shape[1]
    scatter, freedom = numpy.zeros((size, size)), 0.0
    for group in groups:
        off = group - group.mean(axis=0)
        weight = len(group) ** -0.5
        scatter += weight * off.T @ off
        freedom += weight * (len(group) - 1)
    covariance = scatter / freedom
    ball = numpy.eye(size) * numpy.trace(covariance) / size
    spread, axes = numpy.linalg.eigh((1 - SHRINKAGE) * covariance + SHRINKAGE * ball)
    # Of unit size on the whole, so that the numbers are easy to look at.
    scale = spread**-0.5 / numpy.mean(spread**-0.5)
    return axes @ numpy.diag(scale) @ axes.T


def main():
    if not EMBED.is_file() or len(sys.argv) != 2:
        sys.exit(__doc__)
    of_event = events(Path(sys.argv[1]))
    texts = list(dict.fromkeys(text for group in of_event.values() for text in group))
    place = {text: at for at, text in enumerate(texts)}
    every = vectors(texts)
    print(f"{len(of_event)} events, {len(texts)} texts", file=sys.stderr)
    turned = within([every[[place[text] for text in group]] for group in of_event.values()])
    (MODELS / "e5.within").write_bytes(turned.astype("<f4").tobytes())


if __name__ == "__main__":
    main()
