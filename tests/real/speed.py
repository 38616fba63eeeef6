#!/usr/bin/env python3
"""Measures how fast RDF is converted, beside other programs.

    python3 tests/real/speed.py target/release/tellgraph [--statements 1000000] [--oxigraph PATH]

Makes a file of N-Triples and converts it with tellgraph, rapper (Debian package raptor2-utils), serdi (Debian package serdi)
and oxigraph (PyPI `oxigraph`), one after the other, and prints for each the seconds that passed, the processor's seconds and
the most memory held: the best of a few runs. A program that is not there, or has not the form, is left out.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CLASSES = ["Person", "Organization", "Place", "Film"]


def statements(count):
    """Statements about things in turn: a class, a name, a number and links, sorted by nothing."""
    thing = "https://example.org/{}/thing-{}".format
    space = "https://w3id.org/tellgraph/core#"
    for number in range(count // 5 + 1):
        kind = CLASSES[number % 4]
        subject = f"<{thing(kind.lower(), number * 7919 % 1000003)}>"
        yield f"{subject} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{space}{kind}> ."
        yield f'{subject} <http://www.w3.org/2000/01/rdf-schema#label> "Thing \\"number\\" {number} of them, \u00e9" .'
        yield f'{subject} <{space}age> "{number % 90}"^^<http://www.w3.org/2001/XMLSchema#integer> .'
        for step in (1, 2):
            other = CLASSES[(number + step) % 4].lower()
            yield f"{subject} <{space}worksFor> <{thing(other, (number + step) * 7919 % 1000003)}> ."


def measure(command, output):
    """Seconds passed, seconds of the processor and megabytes of a command; None if it fails."""
    with open(output, "wb") as file:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        passed = time.monotonic() - start
    if status:
        return None
    return passed, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def commands(arguments, source):
    tellgraph = [arguments.tellgraph, "convert", source, "--to"]
    oxigraph = [arguments.oxigraph, "convert", "--from-file", source, "--to-format"]
    rapper = ["rapper", "-q", "-i", "ntriples", source, "-o"]
    serdi = ["serdi", "-i", "ntriples", source, "-o"]
    return {
        "ntriples": {"tellgraph": [*tellgraph, "ntriples"], "tellgraph --sorted": [*tellgraph, "ntriples", "--sorted"],
                     "rapper": [*rapper, "ntriples"], "serdi": [*serdi, "ntriples"], "oxigraph": [*oxigraph, "nt"]},
        "turtle": {"tellgraph": [*tellgraph, "turtle"], "rapper": [*rapper, "turtle"], "serdi": [*serdi, "turtle"],
                   "oxigraph": [*oxigraph, "ttl"]},
        "jsonld": {"tellgraph": [*tellgraph, "jsonld"], "rapper (RDF/JSON)": [*rapper, "json"], "oxigraph": [*oxigraph, "jsonld"]},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tellgraph")
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--oxigraph", default="oxigraph")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        source = str(Path(name) / "source.nt")
        with open(source, "w", encoding="utf-8") as file:
            for number, line in enumerate(statements(arguments.statements)):
                if number == arguments.statements:
                    break
                file.write(line + "\n")
        print(f"{arguments.statements} statements, {os.path.getsize(source) / 1e6:.0f} MB; best of {arguments.runs}")
        for form, programs in commands(arguments, source).items():
            for program, command in programs.items():
                if not shutil.which(command[0]):
                    continue
                runs = [measure(command, Path(name) / "out") for _ in range(arguments.runs)]
                if None in runs:
                    print(f"{form:9} {program:20} fails")
                    continue
                passed, used, memory = (min(column) for column in zip(*runs))
                print(f"{form:9} {program:20} {passed:6.2f} s  {used:6.2f} s of processor  {memory:6.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
