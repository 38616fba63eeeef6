#!/usr/bin/env python3
"""Writes the examples that the general rules are learned from: POOL.ttl and POOL.jsonl.

Usage: pool.py DATA POOL [LEFT_OUT...]     DATA: the folder of corpora; LEFT_OUT: ontologies of wikidata_tekgen to leave out

Text2KGBench's wikidata_tekgen and KnowledgeNet, train parts only; never dbpedia_webnlg, whose licence forbids commerce.
"""
import gzip
import json
import re
import sys
from pathlib import Path

MOST = 350  # examples of one ontology, so that none outweighs the others
KNOWLEDGENET = "https://example.org/knowledgenet#"
CLASSES = {  # of KnowledgeNet's properties, which has no ontology
    "DATE_OF_BIRTH": ("person", "date"), "DATE_OF_DEATH": ("person", "date"), "PLACE_OF_RESIDENCE": ("person", "place"),
    "PLACE_OF_BIRTH": ("person", "place"), "NATIONALITY": ("person", "country"), "SPOUSE": ("person", "person"),
    "EMPLOYEE_OR_MEMBER_OF": ("person", "organization"), "EDUCATED_AT": ("person", "educational institution"),
    "POLITICAL_AFFILIATION": ("person", "political party"), "CHILD_OF": ("person", "person"),
    "DATE_FOUNDED": ("organization", "date"), "HEADQUARTERS": ("organization", "place"),
    "SUBSIDIARY_OF": ("organization", "organization"), "FOUNDED_BY": ("organization", "person"), "CEO": ("organization", "person"),
}


def knowledgenet(data):
    """An ontology in Turtle, and examples."""
    turtle = ["@prefix owl: <http://www.w3.org/2002/07/owl#> .", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."]
    name = lambda label: f"<{KNOWLEDGENET}{label.replace(' ', '-')}>"
    for label in sorted({label for ends in CLASSES.values() for label in ends}):
        turtle.append(f'{name(label)} a owl:Class ; rdfs:label "{label}" .')
    for label, (subject, object_) in CLASSES.items():
        words = label.replace("_", " ").lower()
        turtle.append(f'{name(label)} a owl:ObjectProperty ; rdfs:label "{words}" ; rdfs:domain {name(subject)} ; rdfs:range {name(object_)} .')
    examples = []
    for line in gzip.open(data / "knowledgenet/train.jsonl.gz", "rt", encoding="utf-8"):
        row = json.loads(line)
        place = lambda end: {key: end[key] for key in ("text", "start", "end")}
        label = lambda fact: fact["property"] if isinstance(fact["property"], str) else fact["property"]["name"]
        facts = [{"subject": place(f["subject"]), "property": KNOWLEDGENET + label(f), "object": place(f["object"])} for f in row["facts"]]
        if facts:
            examples.append({"text": row["text"], "facts": facts})
    return "\n".join(turtle) + "\n", examples


def tekgen(folder):
    """An ontology in Turtle, and examples: one triple a row."""
    turtle = (folder / "ontology.ttl").read_text(encoding="utf-8")
    found = re.findall(r'<([^>]+)> a owl:ObjectProperty ;\s+rdfs:label "([^"]+)"', turtle)
    properties = {re.sub(r"[_\s]+", "", label).lower(): iri for iri, label in found}
    examples = []
    for line in open(folder / "train.jsonl", encoding="utf-8"):
        row = json.loads(line)
        iri = properties.get(re.sub(r"[_\s]+", "", row["rel_label"]).lower())
        if iri:
            examples.append({"text": row["sent"], "facts": [{"subject": row["sub_label"], "property": iri, "object": row["obj_label"]}]})
    return turtle, examples


def main():
    data, pool, left_out = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    parts = [knowledgenet(data)]
    parts += [tekgen(folder) for folder in sorted((data / "text2kg/wikidata_tekgen").iterdir()) if folder.name not in left_out]
    with open(pool + ".jsonl", "w", encoding="utf-8") as out:
        for _, examples in parts:
            step = max(1, len(examples) // MOST)
            for example in examples[::step][:MOST]:
                out.write(json.dumps(example, ensure_ascii=False) + "\n")
    for number, (turtle, _) in enumerate(parts):
        Path(f"{pool}.{number}.ttl").write_text(turtle, encoding="utf-8")


main()
