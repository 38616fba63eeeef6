#!/usr/bin/env python3
"""Runs the W3C's test suites of RDF 1.1 through `tellgraph convert`.

    python3 tests/real/suites.py target/release/tellgraph FOLDER

FOLDER holds TurtleTests, TriGTests, NTriplesTests and NQuadsTests, each with its manifest.ttl, as the source of Debian's
package serd does (`apt-get source serd`, in test/). What is right must be read, and give the dataset that the suite says;
what is wrong must be refused. The last line says how many tests passed; the exit code is 0 if all did.
"""

import subprocess
import sys
from pathlib import Path

import pyoxigraph
import rdflib

from reparse import Tally

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SUITES = {"TurtleTests": "turtle", "TriGTests": "trig", "NTriplesTests": "ntriples", "NQuadsTests": "nquads"}
BASE = "http://www.w3.org/2013/"


def canonical(nquads):
    dataset = pyoxigraph.Dataset(pyoxigraph.parse(nquads, pyoxigraph.RdfFormat.N_QUADS, lenient=True))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def fault(program, suite, form, kind, action, result):
    """What is wrong with how a test went, if anything is."""
    command = [program, "convert", "--from", form, "--relative-to", f"{BASE}{suite}/{action.name}", "--to", "nquads", str(action)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    if "Negative" in kind:
        return None if done.returncode == 1 and done.stderr else f"was read, exit {done.returncode}"
    if done.returncode != 0:
        return done.stderr.decode().strip()
    if result is None:
        return None
    return None if canonical(done.stdout) == canonical(result.read_bytes()) else "gives another dataset"


def main():
    program, folder = sys.argv[1], Path(sys.argv[2])
    tally = Tally()
    for suite, form in SUITES.items():
        manifest = rdflib.Graph().parse(folder / suite / "manifest.ttl", publicID=f"{BASE}{suite}/manifest.ttl")
        tests = 0
        for test, name in sorted(manifest.subject_objects(MF.action)):
            kinds = [str(kind) for kind in manifest.objects(test, rdflib.RDF.type) if "rdftest#" in kind]
            place = lambda end: folder / suite / str(end).rsplit("/", 1)[-1]
            result = manifest.value(test, MF.result)
            for kind in kinds:
                tests += 1
                wrong = fault(program, suite, form, kind, place(name), result and place(result))
                tally.check(wrong is None, f"{suite} {place(name).name} {kind.rsplit('#', 1)[-1]}: {str(wrong)[:200]}")
        print(f"{suite}: {tests} tests")
        if tests < 50:
            sys.exit(f"{suite}: the manifest names {tests} tests, so something is wrong with it")
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(tally.failed > 0)


main()
