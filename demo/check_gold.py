#!/usr/bin/env python3
"""Checks the gold of the demo wire against the generated pages and feeds, not against the sources.

    python3 demo/check_gold.py             check; name every error; exit 1 if there is one
    python3 demo/check_gold.py --shared    also print how much text each copy shares with its original

It trusts nothing the generator knows: it reads `gold/`, `outlets.tsv`, `pages/`, `later/` and `feeds/`.
Strings are compared after white space folding, because a no-break space is a blank to a reader.
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
COUNTS = ("articles", "outlets", "families", "origins", "on_record")
RELATIONS = {"own", "update", "verbatim", "edited", "citing"}
GENRES = {"news", "opinion", "analysis", "live_blog", "correction", "press_release"}
ON_RECORD = {"named", "office", "document"}
UNNAMED = {"unnamed", "unnamed_group"}
STATUSES = {"corroborated", "single_origin", "anonymous_only", "disputed", "denied", "corrected"}

#: How large the demo wire must be.
LEAST = {"articles": 80, "outlets": 32, "stories": 10, "attributions": 120, "languages": 6}
#: Outlets left out of the registry on purpose.
UNKNOWN = {"basewatch.example", "sahel-brief.example"}
#: Every trap must be set at least once.
TRAPS = {
    "verbatim_copy", "edited_copy", "citing", "truncated_copy", "boilerplated_copy", "uncredited_copy", "translation",
    "translation_by_the_wire", "independent_origin", "anonymous_source", "on_the_record", "time_update",
    "real_disagreement", "different_scope", "material_edit", "timestamp_only_change", "correction", "denial",
    "mistranslation", "flipped_negation", "opinion", "press_release", "press_release_copied", "same_family",
    "state_outlet", "number_of_sources", "hedged_numbers", "reportedly", "headline_stronger_than_text", "live_page",
    "unknown_outlet", "confusable", "stale_number", "wire_update", "brief", "analysis",
    "source_multiplied",
}
#: Share of the shorter text's five-word shingles that the other has too. A verbatim copy differs in its
#: dateline and credit only; an edited one keeps more than half; own words share next to nothing but quotes.
SHINGLE = 5
#: The least is 0.75 because a cut copy of a short article may be a quarter newsletter call.
SENTENCE = 6
VERBATIM_LEAST, EDITED_LEAST, EDITED_MOST, APART_MOST = 0.75, 0.5, 0.99, 0.25

BLOCKS = {"p", "h1", "h2", "h3", "li", "div", "section", "td"}


class PageText(HTMLParser):
    """The text of `#content` block by block, the canonical link, and the language of the page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.blocks, self.now, self.depth, self.skipped = [], [], 0, 0
        self.canonical, self.lang, self.direction, self.title = None, None, None, ""
        self.in_h1 = False

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "html":
            self.lang, self.direction = values.get("lang"), values.get("dir")
        if tag == "link" and values.get("rel") == "canonical":
            self.canonical = values.get("href")
        if tag in ("meta", "link", "br", "img"):
            return
        if self.depth or values.get("id") == "content":
            self.depth += 1
        if tag in BLOCKS:
            self.close_block()
        self.in_h1 = self.in_h1 or tag == "h1"

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.close_block()
        if tag == "h1":
            self.in_h1 = False
        if self.depth:
            self.depth -= 1

    def handle_data(self, data):
        if self.depth:
            (self.now if not self.in_h1 else []).append(data)
            if self.in_h1:
                self.title += data

    def close_block(self):
        text = fold("".join(self.now))
        if text:
            self.blocks.append(text)
        self.now = []


def fold(text):
    return " ".join(text.split())


def read_page(path):
    page = PageText()
    page.feed(path.read_text("utf-8"))
    page.close_block()
    return page


def rows(name):
    path = ROOT / "gold" / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def registry():
    """Domain → (names, family, state) of `outlets.tsv`."""
    found = {}
    for line in (ROOT / "outlets.tsv").read_text("utf-8").splitlines()[1:]:
        cells = line.split("\t")
        assert len(cells) == 8, f"outlets.tsv: {len(cells)} columns in `{line}`"
        found[cells[0]] = ([name.strip() for name in cells[1].split("|")], cells[5] or cells[0], cells[6])
    return found


def shingles(blocks):
    """Five-word shingles of the running text; bylines, dates and labels are no sentences and stay out."""
    running = [block for block in blocks if len(block.split()) >= SENTENCE and block[-1] in ".!?\"”»“)؟"]
    words = re.findall(r"\w+", " ".join(running).lower())
    return {tuple(words[at:at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def containment(one, other):
    small = min(len(one), len(other))
    return len(one & other) / small if small else 0.0


class Check:
    """Gathers errors; every check names the article, story or claim it is about."""

    def __init__(self):
        self.errors = []
        self.outlets = registry()
        self.articles = {row["url"]: row for row in rows("articles.jsonl")}
        self.attributions = rows("attributions.jsonl")
        self.stories = rows("stories.jsonl")
        self.claims = rows("claims.jsonl")
        self.pages = {}
        self.shared = []

    def need(self, holds, where, what):
        if not holds:
            self.errors.append(f"{where}: {what}")

    def run(self):
        self.check_size()
        self.check_articles()
        self.check_shared_text()
        self.check_attributions()
        self.check_counts()
        self.check_claims()
        self.check_feeds()
        return self.errors

    def check_size(self):
        sizes = {
            "articles": len(self.articles),
            "outlets": len({row["outlet"] for row in self.articles.values()}),
            "stories": len(self.stories),
            "attributions": len(self.attributions),
            "languages": len({row["lang"] for row in self.articles.values()}),
        }
        for key, least in LEAST.items():
            self.need(sizes[key] >= least, "gold", f"{sizes[key]} {key}, at least {least} expected")
        self.need(len(self.articles) == len(rows("articles.jsonl")), "articles.jsonl", "a URL stands twice")
        missing = TRAPS - {trap for row in self.articles.values() for trap in row["traps"]}
        self.need(not missing, "articles.jsonl", f"no article sets the traps {sorted(missing)}")
        unknown = {trap for row in self.articles.values() for trap in row["traps"]} - TRAPS
        self.need(not unknown, "articles.jsonl", f"traps without a description: {sorted(unknown)}")
        self.sizes = sizes

    def check_articles(self):
        stories = {row["story"] for row in self.stories}
        for url, row in self.articles.items():
            page = self.pages[url] = read_page(ROOT / row["page"])
            self.need(page.canonical == url, url, f"the page's canonical link is {page.canonical}")
            self.need(page.lang == row["lang"], url, f"the page's lang is {page.lang}")
            self.need((page.direction == "rtl") == (row["lang"] == "ar"), url, "dir does not fit the language")
            self.need(urlsplit(url).hostname == row["outlet"], url, f"outlet is {row['outlet']}")
            self.need(row["outlet"] in self.outlets or row["outlet"] in UNKNOWN, url, "outlet is not in outlets.tsv")
            self.need(row["relation"] in RELATIONS and row["genre"] in GENRES, url, "unknown relation or genre")
            self.need(row["story"] in stories, url, f"unknown story {row['story']}")
            self.need(row["credit"] is None or any(row["credit"] in block for block in page.blocks), url,
                      f"credit `{row['credit']}` is not in the text")
            silent = "uncredited_copy" not in row["traps"] or not any("Meridian Wire" in block for block in page.blocks)
            self.need(silent and (row["credit"] is None or "uncredited_copy" not in row["traps"]), url, "uncredited, yet it credits")
            self.need(all("  " not in block for block in page.blocks) and page.title, url, "no headline")
            self.check_kin(url, row)
            self.check_versions(url, row, page)
        for domain in UNKNOWN:
            self.need(domain not in self.outlets, "outlets.tsv", f"{domain} is meant to be unknown")

    def check_kin(self, url, row):
        of = self.articles.get(row["of"]) if row["of"] else None
        self.need(row["of"] is None or of is not None, url, f"of: {row['of']} is no article")
        if row["relation"] == "own":
            self.need(row["origin"] == row["outlet"], url, "own reporting has its own outlet as origin")
        else:
            self.need(of is not None, url, f"{row['relation']} needs the article it rests on")
        if of is None:
            return
        self.need(of["story"] == row["story"], url, "of is in another story")
        self.need(of["origin"] == row["origin"], url, f"origin {row['origin']}, but of has {of['origin']}")
        self.need(of["published"] < row["published"], url, "published before the article it rests on")
        if row["relation"] == "update":
            self.need(of["outlet"] == row["outlet"], url, "an update is of an article of the same outlet")
        elif row["relation"] != "own":
            self.need(of["outlet"] != row["outlet"], url, "a copy or citation is of another outlet's article")

    def check_versions(self, url, row, page):
        path = ROOT / "later" / row["page"]
        if not path.is_file():
            self.need(row["versions"] == 1, url, "two versions but no later page")
            return
        later = read_page(path)
        # The line with the date says when the page was changed; it is no part of the text.
        text, text_later = ([b for b in p.blocks if not re.search(r"\b2024\b.*\d\d?[:.h]\d\d", b)] for p in (page, later))
        changed = text != text_later or page.title != later.title
        self.need(later.canonical == url, url, "the later state has another canonical link")
        self.need(row["versions"] == (2 if changed else 1), url, f"{row['versions']} versions, text changed: {changed}")
        self.need(path.read_bytes() != (ROOT / row["page"]).read_bytes(), url, "the later state is the same bytes")

    def check_shared_text(self):
        grams = {url: shingles(page.blocks) for url, page in self.pages.items()}
        for url, row in self.articles.items():
            if row["of"] is None or row["relation"] == "own":
                continue
            of = self.articles[row["of"]]
            share = containment(grams[url], grams[row["of"]])
            self.shared.append((row["relation"], share, url))
            if of["lang"] != row["lang"]:
                self.need(row["relation"] != "verbatim", url, "a translation is no verbatim copy")
            elif row["relation"] == "verbatim":
                self.need(share >= VERBATIM_LEAST, url, f"verbatim, but only {share:.2f} of the text is shared")
            elif row["relation"] == "edited":
                self.need(EDITED_LEAST <= share <= EDITED_MOST, url, f"edited, and {share:.2f} of the text is shared")
            elif row["relation"] == "citing":
                self.need(share <= APART_MOST, url, f"citing in own words, yet {share:.2f} of the text is shared")
        own = [url for url, row in self.articles.items() if row["relation"] == "own"]
        for at, one in enumerate(own):
            for other in own[at + 1:]:
                share = containment(grams[one], grams[other])
                self.need(share <= APART_MOST, one, f"own, yet shares {share:.2f} of its text with {other}")

    def check_attributions(self):
        per_article = Counter()
        for row in self.attributions:
            url = row["url"]
            where = f"{url}: `{row['source']}` … `{row['content'][:40]}`"
            per_article[url] += 1
            self.need(url in self.articles, where, "no such article")
            self.need(row["kind"] in ON_RECORD | UNNAMED, where, f"kind {row['kind']}")
            blocks = self.pages[url].blocks
            self.need(fold(row["paragraph"]) in blocks, where, "the paragraph is not on the page")
            for key in ("source", "cue", "content", "via", "anonymity"):
                self.need(row[key] is None or row[key] in row["paragraph"], where, f"{key} `{row[key]}` is not in the paragraph")
            for key in ("rank", "side", "country", "reason"):
                value = row["slots"][key]
                self.need(value is None or any(value in block for block in blocks), where, f"slot {key} `{value}` is not in the text")
            number = row["slots"]["number"]
            self.need(number is None or (isinstance(number, int) and number > 0), where, "number is no count")
            self.need(row["kind"] != "unnamed" or number == 1, where, "one unnamed person is one")
            self.need(row["kind"] != "unnamed_group" or number != 1, where, "a group is not one")
            self.need(row["direct"] == (row["content"][0] in "\"“«„"), where, "direct does not fit the quotation marks")
        for url, row in self.articles.items():
            if row["lang"] == "en":
                self.need(per_article[url] >= 1, url, "an English article without an attribution")

    def family(self, domain):
        return self.outlets[domain][1] if domain in self.outlets else domain

    def is_outlet(self, source):
        """True where the source is a news outlet speaking for itself, which puts nobody on record."""
        bare = re.sub(r"^(the news agency|l’agence|die|the|агентство) ", "", source, flags=re.I).lower()
        return any(bare == name.lower() for names, _, _ in self.outlets.values() for name in names)

    def counts(self, story, until=None):
        """The five numbers of a story, counted from the articles published up to `until`."""
        inside = [r for r in self.articles.values() if r["story"] == story and (until is None or r["published"] <= until)]
        known = {r["origin"] for r in inside if r["origin"] in self.outlets}
        origins = {self.family(domain) for domain in known} or {inside[0]["origin"]}
        speaking = set()
        for row in self.attributions:
            article = self.articles[row["url"]]
            if (article in inside and article["relation"] in ("own", "update") and row["kind"] in ON_RECORD
                    and not self.is_outlet(row["speaker"])):
                speaking.add(self.family(article["origin"]))
        return dict(zip(COUNTS, (
            len(inside),
            len({r["outlet"] for r in inside}),
            len({self.family(r["outlet"]) for r in inside}),
            len(origins),
            len(origins & speaking),
        ), strict=True))

    def check_counts(self):
        firsts = {row["story"] for row in self.stories}
        for row in self.stories:
            self.need(row["storyline"] in firsts, row["story"], f"storyline {row['storyline']} is not named after a story")
            moments = [(None, row["counts"])] + [(moment["as_of"], moment["counts"]) for moment in row["snapshots"]]
            for until, stated in moments:
                where = f"{row['story']} as of {until or 'the end'}"
                counted = self.counts(row["story"], until)
                self.need(stated == counted, where, f"stated {list(stated.values())}, counted {list(counted.values())}")
                values = [stated[key] for key in COUNTS]
                self.need(values == sorted(values, reverse=True) and values[3] >= 1, where, f"the five numbers disagree: {values}")

    def check_claims(self):
        kinds = defaultdict(set)
        for row in self.attributions:
            for name in (row["source"], row["speaker"]):
                kinds[name].add(row["kind"])
        with_claims = {row["story"] for row in self.claims}
        for row in self.stories:
            self.need(row["story"] in with_claims, row["story"], "no claims")
        for row in self.claims:
            where = f"{row['story']}: `{row['claim']}`"
            self.need(row["status"] in STATUSES, where, f"status {row['status']}")
            articles = [self.articles[url] for url in row["articles"]]
            self.need(articles and all(a["story"] == row["story"] for a in articles), where, "articles of another story")
            texts = [block for url in row["articles"] for block in self.pages[url].blocks]
            for speaker in row["speakers"]:
                self.need(any(speaker in block for block in texts), where, f"speaker `{speaker}` is in none of its articles")
            origins = {self.family(a["origin"]) for a in articles if a["origin"] in self.outlets}
            of_speakers = [kinds[speaker] for speaker in row["speakers"] if kinds[speaker]]
            on_record = any(found & ON_RECORD for found in of_speakers)
            if row["status"] in ("single_origin", "anonymous_only"):
                self.need(len(origins) == 1, where, f"{row['status']}, but the origins are {sorted(origins)}")
            if row["status"] == "anonymous_only":
                self.need(of_speakers and not on_record, where, "anonymous only, but a speaker is on record")
            if row["status"] == "corroborated":
                self.need(len(origins) >= 2 or on_record, where, "corroborated by one origin and nobody on record")
            if row["status"] == "disputed":
                self.need(len(row["speakers"]) >= 2, where, "a dispute has two sides")

    def check_feeds(self):
        seen = Counter()
        for path in sorted((ROOT / "feeds").iterdir()):
            for link in feed_links(path):
                url = re.sub(r"\?utm_.*", "", link)
                self.need(url in self.articles, path.name, f"links to {link}, which is no article")
                self.need(urlsplit(url).hostname == path.stem, path.name, f"links to another outlet: {link}")
                seen[url] += 1
        for url in self.articles:
            self.need(seen[url] == 1, url, f"stands in feeds {seen[url]} times")


def feed_links(path):
    """Article links of a feed in any of the four formats."""
    data = path.read_bytes()
    if path.suffix == ".json":
        return [item["url"] for item in json.loads(data)["items"]]
    links = []
    for element in ElementTree.fromstring(data).iter():
        name = element.tag.rsplit("}", 1)[-1]
        if name in ("item", "entry"):
            for child in element:
                if child.tag.rsplit("}", 1)[-1] == "link":
                    links.append(child.get("href") or child.text)
    return links


def main(arguments):
    check = Check()
    errors = check.run()
    if "--shared" in arguments:
        for relation, share, url in sorted(check.shared):
            print(f"{relation:9} {share:.2f} {url}")
    for error in errors:
        print(error, file=sys.stderr)
    if errors:
        print(f"{len(errors)} errors", file=sys.stderr)
        return 1
    kinds = Counter(row["kind"] for row in check.attributions)
    relations = Counter(row["relation"] for row in check.articles.values())
    print(", ".join(f"{number} {what}" for what, number in check.sizes.items()), f"and {len(check.claims)} claims: all strings stand in their pages")
    print("relations:", ", ".join(f"{word} {number}" for word, number in relations.most_common()))
    print("speakers:", ", ".join(f"{word} {number}" for word, number in kinds.most_common()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
