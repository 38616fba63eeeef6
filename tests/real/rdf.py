#!/usr/bin/env python3
"""Holds what tellgraph writes in RDF against programs that are not ours.

    python3 tests/real/rdf.py target/release/tellgraph

Hostile names go through every form of RDF and must come out the same in at least two of rapper (Debian package
raptor2-utils), rdflib, pyoxigraph, pyld and jsonld.js; JSON-LD must expand to the same triples in the last two without any
network (jsonld.js with `npm install --prefix FOLDER jsonld@VERSION`, as package.json beside this file says; --node FOLDER);
the queries of docs/evidence.md must find the words of a text; and pySHACL must agree with `tellgraph validate`. The last line
says how many checks passed; the exit code is 0 if all did.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib
from pyld import jsonld

from reparse import Tally

ROOT = Path(__file__).resolve().parents[2]
rdflib.NORMALIZE_LITERALS = False

NAMES = [
    'Ada "the Fox" Park', "back\\slash \\n \\u0041", "line\nbreak\r\nand\ttab", "a\0b\x07\x1b\x7f\x85", "&amp; <b>x</b> {|}",
    "💍 👩‍👩‍👧", "e\u0301 é", "שלום مرحبا \u202e", "]]>--><!--", "''' \"\"\"", "%41 @en ^^ ; . #", "\u2028\ufeff\U0010ffff", "x" * 10000, "",
]
PROPERTIES = ["http://e.example/p", "http://e.example/ns#q.r", "urn:x:p"]
STRING = "http://www.w3.org/2001/XMLSchema#string"
# What XML 1.0 has no form for.
NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
FORMS = {"turtle": "ttl", "trig": "trig", "ntriples": "nt", "nquads": "nq", "rdfxml": "rdf", "jsonld": "jsonld"}


def escaped(text):
    return "".join(c if c.isalnum() and ord(c) < 127 or c == " " else f"\\U{ord(c):08X}" for c in text)


def hostile(with_graphs, for_xml):
    """N-Quads of hostile names, all escaped, and the quads that they mean."""
    lines, quads = [], set()
    for number, name in enumerate(name for name in NAMES if not (for_xml and NOT_XML.search(name))):
        for property in PROPERTIES:
            for suffix, datatype, language in [("", STRING, ""), ("@en", None, "en"), ("^^<urn:x:t>", "urn:x:t", "")]:
                graph = "http://e.example/g" if with_graphs and number % 2 else None
                subject = f"http://e.example/{number}"
                end = f" <{graph}>" if graph else ""
                lines.append(f'<{subject}> <{property}> "{escaped(name)}"{suffix}{end} .\n')
                quads.add((subject, property, (name, datatype, language), graph))
    return "".join(lines), quads


def term_of_oxigraph(term):
    if isinstance(term, pyoxigraph.Literal):
        language = (term.language or "").lower()
        return (term.value, None if language else term.datatype.value, language)
    return term.value


def of_oxigraph(path, form):
    return of_oxigraph_text(path.read_bytes(), form)


def of_oxigraph_text(text, form):
    forms = {"turtle": "TURTLE", "trig": "TRIG", "ntriples": "N_TRIPLES", "nquads": "N_QUADS", "rdfxml": "RDF_XML", "jsonld": "JSON_LD"}
    format = getattr(pyoxigraph.RdfFormat, forms[form])
    parsed = pyoxigraph.parse(text, format=format)
    return {tuple(map(term_of_oxigraph, [q.subject, q.predicate, q.object])) + (getattr(q.graph_name, "value", None),) for q in parsed}


def of_rdflib(path, form):
    def term(node):
        if isinstance(node, rdflib.Literal):
            language = (node.language or "").lower()
            return (str(node), None if language else str(node.datatype or STRING), language)
        return str(node)

    forms = {"ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
    data = rdflib.Dataset()
    data.parse(data=path.read_bytes(), format=forms.get(form, form))
    names = {None: None, rdflib.graph.DATASET_DEFAULT_GRAPH_ID: None}
    return {(term(s), term(p), term(o), names.get(g, str(g))) for s, p, o, g in data.quads()}


def of_rapper(path, form):
    command = ["rapper", "--quiet", "--input", form, "--output", "ntriples", str(path), "http://localhost/"]
    done = subprocess.run(command, capture_output=True, check=True)
    return of_oxigraph_text(done.stdout, "ntriples")


def no_network(url, *_):
    raise ValueError(f"asks for {url}")


def of_pyld(path, _):
    options = {"format": "application/n-quads", "documentLoader": no_network}
    text = jsonld.to_rdf(json.loads(path.read_text(encoding="utf-8")), options)
    return of_oxigraph_text(text.encode(), "nquads")


JAVASCRIPT = """
const jsonld = require('jsonld');
const fail = url => { throw new Error('asks for ' + url); };
const document = JSON.parse(require('fs').readFileSync(process.argv[1]));
jsonld.toRDF(document, {format: 'application/n-quads', documentLoader: fail}).then(text => process.stdout.write(text));
"""


def of_javascript(path, _, folder):
    done = subprocess.run(["node", "-e", JAVASCRIPT, str(path)], cwd=folder, capture_output=True, check=True)
    return of_oxigraph_text(done.stdout, "nquads")


def readers(form, node):
    found = {"pyoxigraph": of_oxigraph, "rdflib": of_rdflib}
    if form in ["turtle", "ntriples", "rdfxml"]:
        found["rapper"] = of_rapper
    if form == "jsonld":
        found["pyld"] = of_pyld
        if node:
            found["jsonld.js"] = lambda path, form: of_javascript(path, form, node)
    return found


def check_form(tally, tellgraph, form, folder, node):
    has_graphs = form in ["trig", "nquads", "jsonld"]
    text, expected = hostile(has_graphs, form == "rdfxml")
    source = folder / "hostile.nq"
    source.write_text(text, encoding="utf-8")
    path = folder / f"hostile-{form}.{FORMS[form]}"
    done = subprocess.run([tellgraph, "convert", source, "--to", form, "--sorted", "-o", path], capture_output=True)
    tally.check(done.returncode == 0, f"{form}: {done.stderr.decode()}")
    if done.returncode:
        return
    for name, read in readers(form, node).items():
        wanted, found = expected, set()
        try:
            found = read(path, form)
        except Exception as error:
            tally.check(False, f"{name} cannot read {form}: {error}")
            continue
        if name == "rapper":
            # It ends a string there.
            is_fine = lambda quad: "\0" not in quad[2][0] and quad[2][0] != "a"
            wanted, found = set(filter(is_fine, wanted)), set(filter(is_fine, found))
        tally.check(found == wanted, f"{name} finds something else in {form}: {[str(it)[:120] for it in list(found ^ wanted)[:4]]}")
    again = subprocess.run([tellgraph, "diff", source, path], capture_output=True)
    tally.check(again.returncode == 0, f"{form} read back by ourselves: {again.stdout.decode()[:300]}")


def check_evidence(tally, tellgraph, folder):
    """The queries in docs/evidence.md find the words of the text that it speaks of."""
    page = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
    sentence = "Ada Park founded Lumen Works in Oslo."
    note = folder / "note.txt"
    note.write_text(sentence, encoding="utf-8")
    queries = dict(re.findall(r"```sparql (\w+)\n(.*?)```", page, re.S))
    tally.check(sorted(queries) == ["graph", "span", "statement"], f"queries {sorted(queries)}")
    for form, query in queries.items():
        done = subprocess.run([tellgraph, "extract", note, "--evidence", form, "--to", "nquads"], capture_output=True)
        store = pyoxigraph.Store()
        store.load(done.stdout, format=pyoxigraph.RdfFormat.N_QUADS)
        found = [tuple(value.value for value in solution) for solution in store.query(query)]
        words = "note" if form == "graph" else sentence
        tally.check(found == [("Ada Park", "Lumen Works", words)], f"{form}: the query finds {found}")
        if form == "statement":
            turtle = subprocess.run([tellgraph, "extract", note, "--evidence", form], capture_output=True).stdout
            again = pyoxigraph.Store()
            again.load(turtle, format=pyoxigraph.RdfFormat.TURTLE)
            tally.check(set(store) == set(again), "statement: Turtle says something else than N-Quads")


DATA = """@prefix tg: <https://w3id.org/tellgraph/core#> . @prefix e: <http://e.example/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GRAPHS = [
    "e:a a tg:Person ; tg:directorOf e:f ; tg:bornOn '1950'^^xsd:gYear . e:f a tg:Film .",
    "e:a a tg:Film ; tg:founderOf e:o . e:o a tg:Company .",
    "e:a a tg:Person ; tg:bornOn 'in spring', '1950'^^xsd:gYear .",
    "e:a a tg:Person, tg:Organization ; tg:livedIn e:p . e:p a tg:City .",
    "e:a tg:spouseOf e:b . e:b a tg:Person .",
    "e:a a tg:Person ; tg:age 'ten' ; tg:occupation 'baker', e:o .",
]


def check_shapes(tally, tellgraph, folder):
    shapes = folder / "shapes.ttl"
    subprocess.run([tellgraph, "shapes", "-o", shapes], check=True)
    # The shapes of the ontology are themselves shapes that SHACL allows.
    meta = pyshacl.validate(rdflib.Graph(), shacl_graph=str(shapes), meta_shacl=True)
    tally.check(meta[0], "pySHACL does not take the shapes")
    examples = subprocess.run([tellgraph, "extract", ROOT / "examples"], capture_output=True).stdout.decode()
    for number, text in enumerate([*(DATA + graph for graph in GRAPHS), examples]):
        data = folder / f"data{number}.ttl"
        data.write_text(text, encoding="utf-8")
        conforms, report, _ = pyshacl.validate(str(data), shacl_graph=str(shapes), ont_graph=str(shapes))
        found = {str(node) for node in report.objects(None, rdflib.SH.focusNode)}
        ours = subprocess.run([tellgraph, "validate", data], capture_output=True)
        tally.check((ours.returncode == 0) == conforms, f"pySHACL says {conforms} of {text[-80:]!r}, we {ours.stdout.decode()}")
        shown = {line for line in ours.stdout.decode().splitlines()[:-1] if not line.startswith(" ")}
        tally.check(len(shown) == len(found), f"pySHACL blames {found}, we {shown}")
    tally.check(ours.returncode == 0, f"our own graphs do not keep to our own ontology: {ours.stdout.decode()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tellgraph", help="the program")
    parser.add_argument("--node", type=Path, help="the folder with node_modules/jsonld; without it jsonld.js is left out")
    arguments = parser.parse_args()
    tellgraph = str(Path(arguments.tellgraph).resolve())
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form in FORMS:
            check_form(tally, tellgraph, form, folder, arguments.node)
        check_evidence(tally, tellgraph, folder)
        check_shapes(tally, tellgraph, folder)
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
