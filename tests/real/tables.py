#!/usr/bin/env python3
"""Reads the GraphML, CSV and SVG of real articles, and of hostile names, with programs that are not ours.

    python3 tests/real/tables.py target/release/tellgraph target/tmp examples pages

For each article networkx must find in the GraphML, Python's csv in the two tables, and an XML parser in the SVG, as many
things and statements as in the N-Triples, and each with its name. `cargo test hostile` writes `hostile.*` into the first
folder: networkx and csv must find one name the same as the other, and GraphViz must draw the DOT. The last line says how
many checks passed; the exit code is 0 if all did.
"""

import argparse
import csv
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import networkx
import pyoxigraph

from reparse import Tally

ENDINGS = {".txt", ".md", ".html", ".htm"}
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
# What is said of a thing but is no line between two.
NOT_DRAWN = {"http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2002/07/owl#sameAs"}
SVG = "{http://www.w3.org/2000/svg}"
# What XML cannot carry stands as the replacement character.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

csv.field_size_limit(1 << 24)


def in_xml(text):
    return NOT_XML.sub("\ufffd", text)


def table(path):
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def check_network(tally, title, path, labels, statements):
    """Labels by IRI, and statements as triples of IRIs."""
    network = networkx.MultiDiGraph(networkx.read_graphml(path, force_multigraph=True))
    found = {node: data["label"] for node, data in network.nodes(data=True)}
    tally.check(found == {iri: in_xml(label) for iri, label in labels.items()}, f"{title}: other names in GraphML")
    lines = {(one, data["iri"], other) for one, other, data in network.edges(data=True)}
    tally.check(lines == statements, f"{title}: other statements in GraphML: {sorted(lines ^ statements)[:3]}")
    sure = [data["confidence"] for *_, data in network.edges(data=True) if "confidence" in data]
    tally.check(all(isinstance(it, float) and 0 <= it <= 1 for it in sure), f"{title}: confidence {sure[:3]}")
    ages = [data["age"] for _, data in network.nodes(data=True) if "age" in data]
    tally.check(all(isinstance(age, (int, str)) for age in ages), f"{title}: ages {ages[:3]}")


def check_tables(tally, title, nodes, edges, labels, statements):
    found = {row["iri:ID"]: row["label"] for row in table(nodes)}
    tally.check(found == {iri: label.replace("\0", "\ufffd") for iri, label in labels.items()},
                f"{title}: other names in CSV")
    rows = table(edges)
    lines = {(row[":START_ID"], row["iri"], row[":END_ID"]) for row in rows}
    tally.check(lines == statements, f"{title}: other statements in CSV: {sorted(lines ^ statements)[:3]}")
    tally.check(all(row[":TYPE"] and row["subject"] and row["object"] for row in rows), f"{title}: empty fields in CSV")


def check_picture(tally, title, path, labels, statements):
    groups = [group.get("class") for group in ElementTree.parse(path).iter(f"{SVG}g")]
    for kind, wanted in [("node", labels), ("edge", statements), ("label", statements)]:
        count = groups.count(kind)
        tally.check(count == len(wanted), f"{title}: {count} of {len(wanted)} {kind}s in the SVG")


def check_article(tally, tellgraph, article, folder):
    for ending in ["nt", "graphml", "csv", "svg"]:
        command = [tellgraph, "extract", "--quiet", str(article), "-o", str(folder / f"it.{ending}")]
        done = subprocess.run(command, capture_output=True)
        if not tally.check(done.returncode == 0, f"{article.name}: {ending}: {done.stderr.decode(errors='replace')}"):
            return 0
    labels, statements = {}, set()
    for quad in pyoxigraph.parse((folder / "it.nt").read_bytes(), format=pyoxigraph.RdfFormat.N_TRIPLES):
        subject, predicate = quad.subject.value, quad.predicate.value
        if predicate == LABEL:
            labels[subject] = quad.object.value
        elif predicate not in NOT_DRAWN and isinstance(quad.object, pyoxigraph.NamedNode):
            statements.add((subject, predicate, quad.object.value))
    check_network(tally, article.name, folder / "it.graphml", labels, statements)
    check_tables(tally, article.name, folder / "it.nodes.csv", folder / "it.edges.csv", labels, statements)
    check_picture(tally, article.name, folder / "it.svg", labels, statements)
    return len(statements)


def check_hostile(tally, folder):
    labels = {row["iri:ID"]: row["label"] for row in table(folder / "hostile.nodes.csv")}
    statements = {(row[":START_ID"], row["iri"], row[":END_ID"]) for row in table(folder / "hostile.edges.csv")}
    tally.check(any("</script>" in label for label in labels.values()), "no hostile name in CSV")
    check_network(tally, "hostile", folder / "hostile.graphml", labels, statements)
    check_picture(tally, "hostile", folder / "hostile.svg", labels, statements)
    done = subprocess.run(["dot", "-Tsvg", str(folder / "hostile.dot")], capture_output=True)
    if tally.check(done.returncode == 0 and not done.stderr, f"hostile: dot says {done.stderr[:300]!r}"):
        groups = [group.get("class") for group in ElementTree.fromstring(done.stdout).iter(f"{SVG}g")]
        tally.check(groups.count("node") == len(labels), "hostile: other things in what dot draws")
        tally.check(groups.count("edge") == len(statements), "hostile: other statements in what dot draws")
        tally.check(b"javascript:window.pwned=8" not in done.stdout, "hostile: a link to a script")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tellgraph", help="the program")
    parser.add_argument("hostile", type=Path, help="the folder of hostile.*")
    parser.add_argument("places", type=Path, nargs="+", help="articles, folders of them")
    arguments = parser.parse_args()
    tally = Tally()
    check_hostile(tally, arguments.hostile)
    statements = 0
    with tempfile.TemporaryDirectory() as name:
        for place in arguments.places:
            found = sorted(path for path in place.rglob("*") if path.suffix in ENDINGS) if place.is_dir() else [place]
            tally.check(found, f"no article in {place}")
            statements += sum(check_article(tally, arguments.tellgraph, article, Path(name)) for article in found)
    tally.check(statements > 0, "no article gave a statement")
    print(f"{statements} statements")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
