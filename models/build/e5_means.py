#!/usr/bin/env python3
"""Makes `models/e5.means`: the mean direction of the news of each language.

    cargo build --release -p dateline-vectors --example embed
    python3 models/build/e5_means.py ../shared/data

Read are the headlines of OG2021 (dev) and the first words of the articles of SemEval 2022 task 8, at
most PER_LANGUAGE of a language and set. A language's mean is that of its sets' means, then moved half way to
the mean of all languages: headlines of one language are also about other things than those of another, and
that difference should stay. Numbers, no text.
"""

import gzip
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

PER_LANGUAGE = 250
CHARACTERS = 400
# Fewer texts than this say more about themselves than about their language.
FEWEST = 50
MODELS = Path(__file__).resolve().parent.parent
EMBED = MODELS.parent / "target/release/examples/embed"


def rows(path):
    opened = gzip.open(path, "rt") if path.suffix == ".gz" else open(path)
    with opened as file:
        return [json.loads(line) for line in file]


def texts(data):
    """Texts by set and language."""
    found = defaultdict(dict)
    for row in rows(data / "clustering/og2021_dev.jsonl"):
        found["og2021", row["lang"]][row["title"]] = None
    for pair in rows(data / "clustering/semeval22_pairs.jsonl.gz"):
        for side in "12":
            if pair["text" + side].strip():
                found["semeval22", pair["lang" + side]][pair["text" + side][:CHARACTERS]] = None
    return found


def thin(some):
    """Evenly spread ones of many."""
    some = list(some)
    step = max(1, len(some) // PER_LANGUAGE)
    return [" ".join(text.split()) for text in some[::step][:PER_LANGUAGE]]


def vectors(lines):
    """Unit vectors of lines, by the program's own embedder."""
    run = subprocess.run([EMBED, MODELS], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return [[float(part) for part in line.split("\t")[1].split()] for line in run.stdout.splitlines()]


def mean(some):
    return [sum(column) / len(some) for column in zip(*some)]


def main():
    if not EMBED.is_file() or len(sys.argv) != 2:
        sys.exit(__doc__)
    by_language = defaultdict(list)
    for (name, language), found in sorted(texts(Path(sys.argv[1])).items()):
        if len(found) >= FEWEST:
            by_language[language].append(mean(vectors(thin(found))))
            print(name, language, min(len(found), PER_LANGUAGE), file=sys.stderr)
    means = {language: mean(sets) for language, sets in sorted(by_language.items())}
    every = mean(list(means.values()))
    lines = {"und": every}
    for language, own in means.items():
        lines[language] = [(a + b) / 2 for a, b in zip(own, every)]
    with open(MODELS / "e5.means", "w") as out:
        for language, numbers in lines.items():
            out.write(language + "".join(f"\t{number:.5f}" for number in numbers) + "\n")


if __name__ == "__main__":
    main()
