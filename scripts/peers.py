#!/usr/bin/env python3
"""Groups articles into stories with tools that are not dateline, for `dateline eval stories --peers`.

usage: peers.py PEER PARAMETER < articles.jsonl > predictions.jsonl

A line of the input is an object with `id`, `title`, `text` and `at`, seconds since 1970 or null, in the order of
arrival. A line of the output is an object with `id` and `cluster`. The last line is an object with `cpu_seconds`:
the CPU time of grouping, after the tool was loaded and the input was read.

PEER is one of
  tfidf      one pass over TF-IDF vectors, with scikit-learn's words; PARAMETER is the cosine from which an article
             joins a story. The baseline of topic detection and tracking: a story is the sum of its articles.
  textclust  river's TextClust; PARAMETER is the radius of its clusters, a cosine distance
  bertopic   BERTopic, all articles at once, on vectors of latent semantic analysis, as the language models that it
             would load are no part of a package; PARAMETER is the fewest articles of a topic

Each `PEER` is prepared by a function below, which returns the one that groups.
"""

import collections
import json
import math
import sys
import time

# What a tool reads of a text, in characters. More is slower, and groups the news no better: the event stands on top.
MOST_TEXT = 4_000
# A word of the headline counts as so many words of the text.
TITLE_WEIGHT = 2
# Days after which nothing joins a story any more, where articles have dates.
WINDOW_DAYS = 7
# Weightiest words by which stories are looked up, and stories that are then compared word by word.
SEARCHED, COMPARED = 60, 20


def words_of(article, analyze):
    """How often each word stands in an article, those of the headline weighted."""
    counts = collections.Counter(analyze(article["text"][:MOST_TEXT]))
    for word in analyze(article["title"]):
        counts[word] += TITLE_WEIGHT
    return counts


class Story:
    """The sum of the vectors of its articles."""

    def __init__(self):
        self.sum = {}
        self.square = 0.0
        self.last = None

    def cosine(self, vector):
        dot = sum(weight * self.sum.get(word, 0.0) for word, weight in vector.items())
        return dot / math.sqrt(self.square) if self.square else 0.0

    def take_in(self, vector, at):
        for word, weight in vector.items():
            before = self.sum.get(word, 0.0)
            self.sum[word] = before + weight
            self.square += weight * (2 * before + weight)
        if at is not None:
            self.last = at if self.last is None else max(self.last, at)

    def is_open(self, at):
        return at is None or self.last is None or abs(at - self.last) <= WINDOW_DAYS * 86_400


def tfidf(threshold):
    from sklearn.feature_extraction.text import CountVectorizer

    analyze = CountVectorizer(stop_words="english").build_analyzer()

    def group(articles):
        frequency = collections.Counter()
        stories, holders = [], collections.defaultdict(list)
        for seen, article in enumerate(articles, 1):
            counts = words_of(article, analyze)
            frequency.update(counts.keys())
            vector = {
                word: (1 + math.log(count)) * math.log((seen + 1) / (frequency[word] + 0.5))
                for word, count in counts.items()
            }
            vector = {word: weight for word, weight in vector.items() if weight > 0}
            length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
            vector = {word: weight / length for word, weight in vector.items()}

            shared = collections.defaultdict(float)
            for word in sorted(vector, key=vector.get, reverse=True)[:SEARCHED]:
                for number in holders[word]:
                    if stories[number].is_open(article["at"]):
                        shared[number] += vector[word] * stories[number].sum[word]
            likely = sorted(shared, key=lambda number: -shared[number] / math.sqrt(stories[number].square))
            cosines = [(stories[number].cosine(vector), number) for number in likely[:COMPARED]]
            best, chosen = max(cosines, default=(0.0, None))
            if chosen is None or best < threshold:
                chosen = len(stories)
                stories.append(Story())
            for word in vector:
                if word not in stories[chosen].sum:
                    holders[word].append(chosen)
            stories[chosen].take_in(vector, article["at"])
            yield chosen

    return group


def textclust(radius):
    from river import cluster
    from sklearn.feature_extraction.text import CountVectorizer

    analyze = CountVectorizer(stop_words="english").build_analyzer()

    class Recording(cluster.TextClust):
        """Remembers which cluster an article was put in; asking for it afterwards would cost as much again."""

        chosen = None

        def _get_closest_mc(self, mc, idf, distance):
            found = super()._get_closest_mc(mc, idf, distance)
            self.chosen = self._cluster_id if found[0] is None else found[0]
            return found

    def group(articles):
        model = Recording(radius=radius, real_time_fading=False, fading_factor=0.001, tgap=100)
        for number, article in enumerate(articles):
            model.chosen = f"empty {number}"
            model.learn_one(words_of(article, analyze))
            yield model.chosen

    return group


def bertopic(fewest):
    from bertopic import BERTopic
    from hdbscan import HDBSCAN
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize
    from umap import UMAP

    def group(articles):
        texts = [article["title"] + "\n" + article["text"][:MOST_TEXT] for article in articles]
        terms = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(texts)
        size = max(2, min(256, min(terms.shape) - 1))
        vectors = normalize(TruncatedSVD(size, random_state=1).fit_transform(terms))
        model = BERTopic(
            umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1),
            hdbscan_model=HDBSCAN(min_cluster_size=int(fewest), cluster_selection_method="leaf"),
        )
        topics, _ = model.fit_transform(texts, vectors)
        # What is in no topic is alone.
        return [f"alone {number}" if topic < 0 else int(topic) for number, topic in enumerate(topics)]

    return group


PEERS = {"tfidf": tfidf, "textclust": textclust, "bertopic": bertopic}


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in PEERS:
        sys.exit(f"usage: peers.py {'|'.join(PEERS)} PARAMETER < articles.jsonl > predictions.jsonl")
    group = PEERS[arguments[0]](float(arguments[1]))
    articles = [json.loads(line) for line in sys.stdin if line.strip()]
    before = time.process_time()
    clusters = list(group(articles))
    spent = time.process_time() - before
    for article, cluster in zip(articles, clusters, strict=True):
        print(json.dumps({"id": article["id"], "cluster": str(cluster)}))
    print(json.dumps({"cpu_seconds": spent}))


if __name__ == "__main__":
    main(sys.argv[1:])
