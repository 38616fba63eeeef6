#!/usr/bin/env python3
"""Reads every export of real articles back with parsers that are not ours.

    python3 tests/real/reparse.py target/release/tellgraph examples pages.jsonl.gz

For each article, `tellgraph extract` writes every format; a file of JSON lines is one run for each format. Each RDF file
must be read by at least two of rapper (Debian package raptor2-utils), rdflib and pyoxigraph, and all of them must find
the same triples in all formats; GraphViz must draw the DOT file with a node for every subject (of many articles at once
it counts them and draws nothing); every line of facts must show the very words it points at; one thread must write the
same bytes as two; and the order in which articles are read must not show in the Turtle. The last line says how many
checks passed; the exit code is 0 if all did.
"""

import argparse
import gzip
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
    "trig": (None, "trig", pyoxigraph.RdfFormat.TRIG),
    "rdfxml": ("rdfxml", "xml", pyoxigraph.RdfFormat.RDF_XML),
    "ntriples": ("ntriples", "nt", pyoxigraph.RdfFormat.N_TRIPLES),
    "nquads": ("nquads", "nquads", pyoxigraph.RdfFormat.N_QUADS),
    "jsonld": (None, "json-ld", pyoxigraph.RdfFormat.JSON_LD),
}
ENDINGS = {".txt", ".md", ".html", ".htm"}
COLLECTIONS = {".jsonl", ".gz"}
STRING = "http://www.w3.org/2001/XMLSchema#string"
LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
# A link to the same thing elsewhere is no arrow between two things.
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
NOT_DRAWN = {RDF_TYPE, SAME_AS}


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
    check_counts(tally, article, groups.count("node"), groups.count("edge"), triples)


def check_large_picture(tally, article, path, triples):
    """Too much to draw: GraphViz's gc reads it and counts."""
    done = subprocess.run(["gc", "-n", "-e", str(path)], capture_output=True)
    if tally.check(done.returncode == 0 and not done.stderr, f"{article.name}: gc says {done.stderr!r}"):
        nodes, edges = map(int, done.stdout.split()[:2])
        check_counts(tally, article, nodes, edges, triples)


def check_counts(tally, article, nodes, edges, triples):
    subjects = {subject for subject, _, _ in triples}
    arrows = {triple for triple in triples if triple[1] not in NOT_DRAWN and isinstance(triple[2], str)}
    for kind, count, wanted in [("node", nodes, len(subjects)), ("edge", edges, len(arrows))]:
        tally.check(count == wanted, f"{article.name}: {count} of {wanted} {kind}s in the picture")


def texts_of(article):
    """The text of each document of a file, by the document's id; none of HTML and Markdown, which are not what was read."""
    if article.suffix == ".txt":
        # newline="": offsets count the text as it is, with the line ends it has.
        return {article.stem: article.open(encoding="utf-8", newline="").read()}
    return {record["id"]: record["text"] for record in records(article)} if article.suffix in COLLECTIONS else {}


def records(article):
    read = gzip.open if article.suffix == ".gz" else open
    with read(article, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def check_facts(tally, article, path):
    """Every end must be the very words of the article; returns how many facts there are."""
    texts = texts_of(article)
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
        text = texts.get(fact["document"])
        tally.check(text is not None or not texts, f"{place}: no document {fact['document']}")
        tally.check(0 <= sentence["start"] < sentence["end"], f"{place}: sentence {sentence}")
        for role in ["subject", "object"]:
            end = fact[role]
            words = end["text"] if text is None else text[end["start"] : end["end"]]
            tally.check(words == end["text"], f"{place}: {role} is {end['text']!r} but {words!r} stands there")
    return len(lines)


def extract(tellgraph, articles, form, path, threads=1):
    command = [tellgraph, "extract", *map(str, articles), "--to", form, "-o", str(path), "--threads", str(threads)]
    done = subprocess.run(command, capture_output=True)
    return done.returncode, done.stderr.decode(errors="replace")


def check_article(tally, tellgraph, article, folder):
    """Runs every check on one article; returns how many triples and facts it gave."""
    files = {}
    for form in [*RDF, "dot", "facts"]:
        files[form] = folder / f"{article.stem}.{form}"
        again = folder / f"again.{form}"
        code, message = extract(tellgraph, [article], form, files[form])
        if not tally.check(code == 0, f"{article.name}: --to {form} ends with {code}: {message}"):
            return 0, 0
        extract(tellgraph, [article], form, again, threads=2)
        tally.check(files[form].read_bytes() == again.read_bytes(), f"{article.name}: {form} changes from run to run")
    triples = check_rdf(tally, article, files)
    if article.suffix in COLLECTIONS:
        check_large_picture(tally, article, files["dot"], triples)
        backwards = folder / f"backwards-{article.stem}"
        backwards.write_text("".join(json.dumps(record) + "\n" for record in reversed(records(article))))
        check_order(tally, tellgraph, [backwards], files["turtle"], folder)
    else:
        check_picture(tally, article, files["dot"], triples)
    return len(triples), check_facts(tally, article, files["facts"])


def check_order(tally, tellgraph, backwards, forwards, folder):
    """Articles read backwards must give the bytes that they gave forwards."""
    path = folder / "backwards.turtle"
    code, message = extract(tellgraph, backwards, "turtle", path, threads=2)
    if tally.check(code == 0, f"backwards: ends with {code}: {message}"):
        tally.check(path.read_bytes() == forwards.read_bytes(), "the order of articles shows in the Turtle")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tellgraph", help="the program")
    endings = " ".join(sorted(ENDINGS))
    parser.add_argument("places", type=Path, nargs="+", help=f"articles ({endings}), folders of them, JSON lines")
    parser.add_argument("--limit", type=int, help="check the first so many articles only")
    arguments = parser.parse_args()
    tally = Tally()
    articles = []
    for place in arguments.places:
        found = sorted(path for path in place.rglob("*") if path.suffix in ENDINGS) if place.is_dir() else [place]
        tally.check(found, f"no article in {place}")
        articles.extend(found[: arguments.limit])
    counts = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for article in articles:
            counts.append(check_article(tally, arguments.tellgraph, article, folder))
        forwards = folder / "forwards.turtle"
        extract(arguments.tellgraph, articles, "turtle", forwards)
        check_order(tally, arguments.tellgraph, articles[::-1], forwards, folder)
    triples, facts = (sum(column) for column in zip(*counts)) if counts else (0, 0)
    print(f"{len(articles)} articles, {triples} triples, {facts} facts")
    # Nothing in must not pass for all is well.
    tally.check(not articles or facts > 0, "no article gave a fact")
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
