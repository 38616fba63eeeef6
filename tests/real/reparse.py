#!/usr/bin/env python3
"""Reads every export of real articles back with parsers that are not ours.

    python3 tests/real/reparse.py target/release/tellgraph examples/articles

For each article, `tellgraph extract` writes every format. Each RDF file must be read by at least two of rapper (Debian
package raptor2-utils), rdflib and pyoxigraph, and all of them must find the same triples in all formats; GraphViz must
draw the DOT file with a node for every subject; every line of facts must show the very words it points at; and a second
run must write the same bytes. The last line says how many checks passed; the exit code is 0 if all did.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pyoxigraph
import rdflib

# Compare literals as they are written, "007" and "7" apart.
rdflib.NORMALIZE_LITERALS = False

# For each format: what rapper, rdflib and pyoxigraph call it.
RDF = {
    "turtle": ("turtle", "turtle", pyoxigraph.RdfFormat.TURTLE),
    "ntriples": ("ntriples", "nt", pyoxigraph.RdfFormat.N_TRIPLES),
    "nquads": ("nquads", "nquads", pyoxigraph.RdfFormat.N_QUADS),
    "jsonld": (None, "json-ld", pyoxigraph.RdfFormat.JSON_LD),
}
ENDINGS = {".txt", ".md", ".html", ".htm"}
STRING = "http://www.w3.org/2001/XMLSchema#string"
LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Tally:
    """Counts checks and prints those that fail."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, good, what):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}", file=sys.stderr)
        return good


def of_oxigraph(path, form):
    """The triples of a file, each as three strings or, for a literal, a tuple."""

    def term(node):
        if isinstance(node, pyoxigraph.Literal):
            return (node.value, node.datatype.value, (node.language or "").lower())
        if not isinstance(node, pyoxigraph.NamedNode):
            raise ValueError(f"unexpected term {node}")
        return node.value

    quads = pyoxigraph.parse(path.read_bytes(), format=form)
    return {(term(quad.subject), term(quad.predicate), term(quad.object)) for quad in quads}


def of_rdflib(path, form):
    def term(node):
        if isinstance(node, rdflib.Literal):
            datatype = LANGUAGE_STRING if node.language else str(node.datatype or STRING)
            return (str(node), datatype, (node.language or "").lower())
        if not isinstance(node, rdflib.URIRef):
            raise ValueError(f"unexpected term {node!r}")
        return str(node)

    data = rdflib.Dataset()
    data.parse(data=path.read_bytes(), format=form)
    return {(term(s), term(p), term(o)) for s, p, o, _ in data.quads()}


def of_rapper(path, form):
    command = ["rapper", "--quiet", "--input", form, "--output", "ntriples", str(path), "http://localhost/"]
    done = subprocess.run(command, capture_output=True, check=True)
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        file.write(done.stdout)
        file.flush()
        return of_oxigraph(Path(file.name), pyoxigraph.RdfFormat.N_TRIPLES)


def check_rdf(tally, article, files):
    """Every parser must find the same in every format; returns what they find."""
    found = {}
    for name, (rapper, library, oxigraph) in RDF.items():
        path = files[name]
        readers = {"rdflib": (of_rdflib, library), "pyoxigraph": (of_oxigraph, oxigraph)}
        if rapper:
            readers["rapper"] = (of_rapper, rapper)
        for reader, (read, form) in readers.items():
            try:
                found[name, reader] = read(path, form)
            except Exception as error:
                tally.check(False, f"{article.name}: {reader} cannot read {name}: {error}")
            else:
                tally.check(True, "")
    first = next(iter(found.values()), set())
    for (name, reader), triples in found.items():
        odd = sorted(map(str, triples ^ first))[:3]
        tally.check(not odd, f"{article.name}: {reader} finds other triples in {name}: {odd}")
    return first


def check_picture(tally, article, path, triples):
    done = subprocess.run(["dot", "-Tsvg", str(path)], capture_output=True)
    if not tally.check(done.returncode == 0 and not done.stderr, f"{article.name}: dot says {done.stderr!r}"):
        return
    try:
        picture = ElementTree.fromstring(done.stdout)
    except ElementTree.ParseError as error:
        tally.check(False, f"{article.name}: the SVG is not XML: {error}")
        return
    groups = [group.get("class") for group in picture.iter("{http://www.w3.org/2000/svg}g")]
    subjects = {subject for subject, _, _ in triples}
    arrows = {triple for triple in triples if triple[1] != RDF_TYPE and isinstance(triple[2], str)}
    for kind, wanted in [("node", len(subjects)), ("edge", len(arrows))]:
        count = groups.count(kind)
        tally.check(count == wanted, f"{article.name}: {count} of {wanted} {kind}s in the picture")


def check_facts(tally, article, path):
    """Every end must be the very words of the article; returns how many facts there are."""
    # newline="": offsets count the text as it is, with the line ends it has.
    text = article.open(encoding="utf-8", newline="").read() if article.suffix == ".txt" else None
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        place = f"{article.name}: fact {number}"
        try:
            fact = json.loads(line)
        except ValueError as error:
            tally.check(False, f"{place}: {error}")
            continue
        tally.check(0 <= fact["confidence"] <= 1, f"{place}: confidence {fact['confidence']}")
        sentence = fact["sentence"]
        tally.check(0 <= sentence["start"] < sentence["end"], f"{place}: sentence {sentence}")
        for role in ["subject", "object"]:
            end = fact[role]
            # HTML and Markdown are not the text that was read.
            words = end["text"] if text is None else text[end["start"] : end["end"]]
            tally.check(words == end["text"], f"{place}: {role} is {end['text']!r} but {words!r} stands there")
    return len(lines)


def extract(tellgraph, article, form, path):
    done = subprocess.run([tellgraph, "extract", str(article), "--to", form, "-o", str(path)], capture_output=True)
    return done.returncode, done.stderr.decode(errors="replace")


def check_article(tally, tellgraph, article, folder):
    """Runs every check on one article; returns how many triples and facts it gave."""
    files = {}
    for form in [*RDF, "dot", "facts"]:
        files[form] = folder / f"{article.stem}.{form}"
        again = folder / f"again.{form}"
        code, message = extract(tellgraph, article, form, files[form])
        if not tally.check(code == 0, f"{article.name}: --to {form} ends with {code}: {message}"):
            return 0, 0
        extract(tellgraph, article, form, again)
        tally.check(files[form].read_bytes() == again.read_bytes(), f"{article.name}: {form} changes from run to run")
    triples = check_rdf(tally, article, files)
    check_picture(tally, article, files["dot"], triples)
    return len(triples), check_facts(tally, article, files["facts"])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tellgraph", help="the program")
    parser.add_argument("folder", type=Path, help="articles, at any depth: " + " ".join(sorted(ENDINGS)))
    parser.add_argument("--limit", type=int, help="check the first so many articles only")
    arguments = parser.parse_args()
    articles = sorted(path for path in arguments.folder.rglob("*") if path.suffix in ENDINGS)[: arguments.limit]
    tally = Tally()
    tally.check(articles, f"no article in {arguments.folder}")
    counts = []
    with tempfile.TemporaryDirectory() as folder:
        for article in articles:
            counts.append(check_article(tally, arguments.tellgraph, article, Path(folder)))
    triples, facts = (sum(column) for column in zip(*counts)) if counts else (0, 0)
    print(f"{len(articles)} articles, {triples} triples, {facts} facts")
    # Nothing in must not pass for all is well.
    tally.check(not articles or facts > 0, "no article gave a fact")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
