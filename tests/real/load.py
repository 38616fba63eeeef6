#!/usr/bin/env python3
"""Loads graphs into Oxigraph's server and into Virtuoso by `tellgraph load`, and asks them what they hold.

    python3 tests/real/load.py target/release/tellgraph pages.jsonl.gz [--oxigraph PROGRAM] [--faults 4]

Needs the PyPI packages of requirements.txt, virtuoso-t (Debian package virtuoso-opensource-7-bin) and curl. The servers run on
this machine alone, in folders of their own, and are stopped whatever happens. The pages are extracted with a named graph for
each, and then: every statement is in the store, graph by graph; loading again changes nothing; replacing a document
changes its graph alone; hostile names and values survive; mistakes get a message and an exit code; servers killed in the
middle and lines cut leave whole documents, and what is said to be in is in. The seconds of `load` are held against
those of curl. The last line says how many checks passed; the exit code is 0 if all did.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from pathlib import Path

import pyoxigraph as ox

from reparse import Tally
from servers import Line, Oxigraph, Virtuoso

tally = Tally()
AT_LEAST = 0.8
ATTEMPTS = 3


def load(store, *arguments, update=False, port=None, env=None, url=None):
    """Runs `tellgraph load` into a store, with its user and its graph for what stands in none."""
    url = url or store.url(store.update_path if update else store.store_path, port)
    command = [load.program, "load", *map(str, arguments), "--to", url, *(["--update"] if update else []), *store.options()]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("TELLGRAPH_")}
    environment = {**clean, **(store.user if env is None else env)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)


def text(node):
    if isinstance(node, ox.Literal):
        return (node.value, "" if node.language else node.datatype.value, node.language or "")
    return node.value


def statements(source, default):
    """What a file of N-Quads holds, as `Store.content` tells it."""
    quads = ox.parse(path=str(source)) if isinstance(source, Path) else ox.parse(source, ox.RdfFormat.N_QUADS)
    graph = lambda quad: default if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
    return {(graph(quad), text(quad.subject), text(quad.predicate), text(quad.object)) for quad in quads}


def described(rows, default):
    """The same, with what is said of each document in its graph, where --replace puts it: not of the program, and not of what
    several documents point to."""
    none = [row for row in rows if row[0] == default]
    agent = lambda node: isinstance(node, str) and node.startswith("https://w3id.org/tellgraph/version/")
    graphs = {row[0] for row in rows} - {default} | {s for _, s, p, o in none if p.endswith("#wasAttributedTo") and agent(o)}
    pointed = {}
    for _, s, _, o in none:
        pointed.setdefault(o, set()).add(s)
    place = {s: s for _, s, _, _ in none if s in graphs}
    for _, s, _, o in none:
        if s in graphs and o not in graphs and not agent(o) and len(pointed[o]) == 1:
            place[o] = s
    return {(place.get(s, graph) if graph == default else graph, s, p, o) for graph, s, p, o in rows}


def content(store):
    held = store.content()
    if store.default is None:
        held |= {(None, *row) for row in store.rows("SELECT ?s ?p ?o WHERE { ?s ?p ?o }")}
    return held


def clear(store):
    if store.default is None:
        update(store, "CLEAR ALL")
    elif graphs := list(store.counts()):
        for start in range(0, len(graphs), 200):
            update(store, " ; ".join(f"CLEAR SILENT GRAPH <{graph}>" for graph in graphs[start : start + 200]))


def update(store, words):
    user = ["--digest", "-u", "dba:dba"] if store.user else []
    command = ["curl", "-sS", "--fail", *user, "-H", "Content-Type: application/sparql-update", "--data-binary", words,
               "-o", os.devnull, store.url(store.update_path)]
    subprocess.run(command, check=True, timeout=120)


def counted(rows):
    return Counter(graph for graph, *_ in rows)


def changed_document(rows):
    """The dataset with one document told anew, as lines of N-Quads, and the document's graph."""
    graph = sorted(graph for graph in counted(rows) if graph and "/document/" in graph)[7]
    lines = [f'<https://example.org/thing/{number}> <http://www.w3.org/2000/01/rdf-schema#label> "told anew {number}" <{graph}> .'
             for number in range(3)]
    return graph, "\n".join(lines) + "\n"


def whole(store, pages, folder):
    """All pages, both ways, twice, and one of them told anew."""
    plain = statements(pages, store.default)
    for update_too in (False, True):
        want = described(plain, store.default)
        name = f"{store.name} {'update' if update_too else 'store'}"
        for again in ("", " again", " without --replace"):
            done = load(store, pages, *([] if "without" in again else ["--replace"]), update=update_too)
            held = content(store)
            want = want | plain if "without" in again else want
            good = done.returncode == 0 and held == want
            tally.check(good, f"{name}{again}: {len(want - held)} missing, {len(held - want)} odd {done.stderr}")
            if not again:
                print(f"{name}: {len(held)} statements in {len(counted(held))} graphs. {done.stdout.strip()}")
                counts = {graph: count for graph, count in counted(want).items() if graph}
                tally.check(store.counts() == counts, f"{name}: counts of graphs differ")
        graph, lines = changed_document(want)
        (folder / "anew.nq").write_text(lines)
        done = load(store, folder / "anew.nq", "--replace", update=update_too)
        held = content(store)
        expected = {row for row in want if row[0] != graph} | statements(lines.encode(), store.default)
        tally.check(done.returncode == 0 and held == expected, f"{name}: one document anew: {done.stderr}")
        clear(store)
        for title in ("Old", "New"):
            (folder / "described.nq").write_text(
                "<urn:x:d> <http://www.w3.org/ns/prov#wasAttributedTo> <https://w3id.org/tellgraph/version/0> .\n"
                f"<urn:x:d> <http://www.w3.org/ns/prov#wasDerivedFrom> <urn:x:{title}> .\n"
                f'<urn:x:{title}> <urn:x:title> "{title}" .\n<urn:x:s> <urn:x:p> <urn:x:o> <urn:x:d> .\n')
            done = load(store, folder / "described.nq", "--replace", update=update_too)
        want = described(statements(folder / "described.nq", store.default), store.default)
        tally.check(content(store) == want and len(want) == 4, f"{name}: a description anew: {content(store) ^ want} {done.stderr}")
        clear(store)


IRIS = ["http://x.example/é/日本", "http://x.example/a%20b?c=d&e=f#g", "http://x.example/a'b(c)*d;e,f!g$h", "urn:x:a:b",
        "http://x.example/" + "l" * 1500, "http://[::1]:80/~a=b@c", "file:///etc/passwd", "tag:x,2020:%C3%A9"]
VALUES = ['"quote \\" backslash \\\\ line \\n tab \\t return \\r end"', '"\\b\\f\\u0000\\u0001\\u001F\\u007F"', '"é 💍 ﷺ e\u0301 \u200f"', '""',
          '"  "', '"<html><body>no page</body>"', '"<rdf:RDF>"', '"@prefix x: <y> . }"', "\"it's '''so''' \\\"\\\"\\\"\"", '"$x ?y {z} # %s \\\\u0041"',
          '"yes"@en', '"ja"@de-ch', '"x"^^<http://x.example/type>', '"1999"^^<http://www.w3.org/2001/XMLSchema#gYear>',
          '"2021-10-12"^^<http://www.w3.org/2001/XMLSchema#date>', '"34"^^<http://www.w3.org/2001/XMLSchema#integer>',
          '"' + "long " * 100_000 + '"']


def hostile(store, folder):
    lines = [f"<http://x.example/{number}> <http://x.example/p> {value} <http://x.example/values> ." for number, value in enumerate(VALUES)]
    lines += [f"<{iri}> <http://x.example/p> <{iri}> <{iri}> ." for iri in IRIS]
    (folder / "hostile.nq").write_text("\n".join(lines) + "\n", encoding="utf-8")
    want = statements(folder / "hostile.nq", store.default)
    for update_too in (False, True):
        for options in ((), ("--gzip", "always")):
            done = load(store, folder / "hostile.nq", "--replace", *options, update=update_too)
            held = content(store)
            missing, odd = sorted(map(str, want - held)), sorted(map(str, held - want))
            tally.check(done.returncode == 0 and held == want, f"{store.name} hostile {update_too} {options}: {done.stderr} {missing} {odd}"[:900])
            clear(store)
    values = f"SELECT ?o WHERE {{ GRAPH <urn:x:g1> {{ ?s ?p ?o }} }}"
    (folder / "blank.nq").write_text('_:a <urn:x:p> _:b <urn:x:g1> .\n_:b <urn:x:p> "1" <urn:x:g2> .\n_:c <urn:x:p> _:c <urn:x:g2> .\n')
    done = load(store, folder / "blank.nq", "--replace")
    shared = store.rows("SELECT ?o WHERE { GRAPH <urn:x:g1> { ?s ?p ?o } GRAPH <urn:x:g2> { ?o ?q ?v } }")
    tally.check(len(shared) == 1 and "1 blank nodes got IRIs" in done.stderr, f"{store.name}: a shared blank node comes apart: {done.stderr} {store.rows(values)}")
    clear(store)
    (folder / "large.nq").write_text("".join(f'<urn:x:s> <urn:x:p> "{number}" <urn:x:large> .\n' for number in range(4000)))
    for options, count in ((["--replace"], 4000), ([], 4000)):
        done = load(store, folder / "large.nq", *options, update=True)
        tally.check(store.counts() == {"urn:x:large": count}, f"{store.name}: a large graph by updates: {store.counts()} {done.stderr}")
    clear(store)


def mistakes(store, folder):
    """What people get wrong: each has its words, and exit code 1."""
    one = folder / "one.nq"
    one.write_text("<urn:x:s> <urn:x:p> <urn:x:o> <urn:x:g> .\n")
    (folder / "none.ttl").write_text("<urn:x:s> <urn:x:p> <urn:x:o> .\n")
    nobody = Oxigraph(folder / "nobody")
    cases = [("nobody there", load(nobody, one), "does not answer"), ("no such host", load(store, one, url="http://store.invalid/x"), "does not answer")]
    if store.user:
        wrong = {**store.user, "TELLGRAPH_PASSWORD": "wrong"}
        cases.append(("wrong password", load(store, one, env=wrong), "by this user and password"))
        cases.append(("wrong password, update", load(store, one, env=wrong, update=True), "by this user and password"))
        cases.append(("no password", load(store, one, env={}), "TELLGRAPH_USER"))
        cases.append(("the address of queries", load(store, one, url=store.url("/sparql")), "sparql-graph-crud-auth"))
        (folder / "long.nq").write_text(f"<urn:x:{'l' * 3000}> <urn:x:p> <urn:x:o> <urn:x:g> .\n")
        cases.append(("a long IRI", load(store, folder / "long.nq"), "cuts IRIs off"))
        bare = subprocess.run([load.program, "load", folder / "none.ttl", "--to", store.url(store.store_path)], capture_output=True,
                              text=True, env={**os.environ, **store.user}, check=False)
        cases.append(("no default graph", bare, "--graph"))
    else:
        cases.append(("wrong path", load(store, one, url=store.url("/nothing")), "404"))
        cases.append(("update without --update", load(store, one, url=store.url("/update"), env={}), "the store answers 415"))
    for what, done, words in cases:
        good = done.returncode == 1 and words in done.stderr and "Traceback" not in done.stderr and not done.stdout
        tally.check(good, f"{store.name}: {what}: exit {done.returncode} {done.stderr.strip()}")
    tally.check(not store.counts(), f"{store.name}: a mistake left {store.counts()}")


def whole_or_absent(store, want, name, done, before=None):
    """Whether each document is as it should be: what is said to be in is in, and nothing is half in."""
    held, want_by, before = counted(store.content()), counted(want), before or {}
    told = set(done.stdout.split("\n")) - {""} if done.returncode else set(want_by)
    unsure = {line.rsplit(" ", 1)[-1] for line in done.stderr.splitlines() if "not sure" in line}
    lost = [graph for graph in told if graph in want_by and graph != store.default and held[graph] != want_by[graph]]
    half = [graph for graph in want_by if graph and graph != store.default and graph not in unsure
            and held[graph] not in (before.get(graph, 0), want_by[graph])]
    tally.check(not lost, f"{name}: {len(lost)} documents said to be in are not: {lost[:3]}")
    tally.check(not half, f"{name}: {len(half)} documents are half in: {[(graph, held[graph], want_by[graph]) for graph in half[:3]]}")
    return len(told & set(held)), len(unsure), len(half), len(lost)


def cuts(store, pages, folder, random_numbers, faults):
    """Lines that break after some bytes, on the way there and back, and lines that are slow."""
    want = described(statements(pages, store.default), store.default)
    total = 0
    for update_too in (False, True):
        for _ in range(faults):
            limit = lambda: random_numbers.randrange(200, 400_000)
            plan = lambda number: (limit(), None, 0) if number % 2 else (None, random_numbers.randrange(1, 6000), 0.0003)
            with Line(store.port, plan) as line:
                done = load(store, pages, "--replace", update=update_too, port=line.port)
                total += line.cuts
                held = content(store)
                tally.check(done.returncode == 0 and held == want, f"{store.name}, {line.cuts} cuts: exit {done.returncode} {done.stderr[-300:]} {len(want - held)} missing, {len(held - want)} odd")
    with Line(store.port, lambda number: (random_numbers.randrange(100_000, 1_000_000), None, 0)) as line:
        clear(store)
        done = load(store, pages, "--replace", "--retries", "0", port=line.port)
        name = f"{store.name}, cut and not tried again"
        tally.check(done.returncode == 1, f"{name}: exit {done.returncode}")
        told, unsure, _, _ = whole_or_absent(store, want, name, done)
        print(f"{store.name}: {total} lines cut, and all was loaded; cut once more with --retries 0: {told} graphs told to be in, {unsure} unsure")
    clear(store)


def kills(store, pages, random_numbers, faults):
    """The server killed in the middle, and started again or not."""
    want = described(statements(pages, store.default), store.default)
    figures = []
    for number in range(faults):
        update_too, comes_back = bool(number % 2), number % 4 < 2
        size = random_numbers.uniform(0.05, 0.8) * pages.stat().st_size * 0.75
        with Line(store.port, lambda _: (None, None, 0.001)) as line:
            killer = threading.Thread(target=strike, args=(store, line, size, comes_back))
            killer.start()
            done = load(store, pages, "--replace", "--retries", "12" if comes_back else "1", update=update_too, port=line.port)
            killer.join()
        if not comes_back:
            store.start()
        name = f"{store.name}, killed, {'back' if comes_back else 'gone'}, {'update' if update_too else 'store'}"
        told = whole_or_absent(store, want, name, done)
        figures.append((done.returncode, *told))
        if comes_back:
            tally.check(done.returncode == 0 and content(store) == want, f"{name}: exit {done.returncode} {done.stderr[-300:]}")
        else:
            tally.check((done.returncode == 0) == (told[0] >= len(counted(want)) - 1), f"{name}: exit {done.returncode}, {told[0]} in")
            again = load(store, pages, "--replace", update=update_too)
            tally.check(again.returncode == 0 and content(store) == want, f"{name}: loading again does not mend it: {again.stderr[-300:]}")
        clear(store)
    print(f"{store.name}: {faults} kills: (exit, told to be in, unsure, half, lost) {figures}")


def strike(store, line, size, comes_back):
    """Kills the server once so many bytes have passed."""
    deadline = time.monotonic() + 120
    while line.passed < size and time.monotonic() < deadline:
        time.sleep(0.002)
    store.kill()
    if comes_back:
        time.sleep(0.5)
        store.start()


def speed(store, pages, folder, runs):
    """Seconds of `load` and of curl for the same: a request for each graph, and the whole where the server takes it."""
    want = statements(pages, store.default)
    by_graph = {}
    for quad in ox.parse(path=str(pages)):
        graph = store.default or "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        by_graph.setdefault(graph, []).append(f"{quad.triple} .\n")
    user = 'user = "dba:dba"\ndigest\n' if store.user else ""
    parameter = "graph-uri" if store.user else "graph"
    entries = []
    for number, (graph, lines) in enumerate(by_graph.items()):
        (folder / f"{number}.ttl").write_text("@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n" + "".join(lines))
        place = f"{parameter}={urllib.parse.quote(graph, safe='')}" if graph else "default"
        entries.append(f'url = "{store.url(store.store_path)}?{place}"\nupload-file = "{folder}/{number}.ttl"\nrequest = "{"PUT"}"\n'
                       f'header = "Content-Type: text/turtle"\nheader = "Expect:"\noutput = "{os.devnull}"\n{user}')
    (folder / "curl.cfg").write_text("next\n".join(entries))
    ways = {"a PUT for each graph": (["curl", "-sS", "-K", str(folder / "curl.cfg")], ["--replace"], False)}
    if not store.user:
        whole_post = ["curl", "-sS", "-X", "POST", "-T", str(pages), "-H", "Content-Type: application/n-quads", store.url("/store")]
        ways["all in one POST"] = (whole_post, [], False)
        ways["all in one POST, held against --update"] = (whole_post, [], True)
    for what, (command, options, update_too) in ways.items():
        theirs, ours = [], []
        for _ in range(runs):
            clear(store)
            start = time.monotonic()
            subprocess.run(command, check=True, timeout=300, stdout=subprocess.DEVNULL)
            theirs.append(time.monotonic() - start)
            tally.check(sum(store.counts().values()) >= len(want) - len(by_graph.get("", [])), f"{store.name}: curl did not load all")
            clear(store)
            start = time.monotonic()
            done = load(store, pages, *options, update=update_too)
            ours.append(time.monotonic() - start)
            tally.check(done.returncode == 0, f"{store.name}: {done.stderr}")
        ratio = min(theirs) / min(ours)
        print(f"{store.name}, {what}: curl {min(theirs):.2f} s, load {min(ours):.2f} s (with reading the file): {ratio:.2f} of curl's speed")
        if "--update" not in what:
            tally.check(ratio >= AT_LEAST, f"{store.name}, {what}: {ratio:.2f} of curl's speed")
    clear(store)


def reports(store, pages, folder):
    done = load(store, pages, "--replace", "--report", folder / "report.json")
    report = json.loads((folder / "report.json").read_text())
    states = Counter(document["state"] for document in report["documents"])
    good = done.returncode == 0 and states == {"loaded": len(report["documents"])} and report["failure"] is None
    tally.check(good and report["statements"] == len(statements(pages, store.default)), f"{store.name}: the report says {states}")


def step(store, act, *arguments):
    """One group of checks. If the server falls over by itself, as Virtuoso does once in many runs, what they found says nothing of
    `load`: the server is started again, and the group with it."""
    for _ in range(ATTEMPTS):
        passed, failed, falls = tally.passed, tally.failed, store.falls
        error = None
        try:
            act(store, *arguments)
        except Exception as mistake:
            error = mistake
            # A server that dies lets go of its sockets before its parent is told.
            time.sleep(1)
        store.note_fall()
        if store.falls == falls:
            if error:
                raise error
            return
        print(f"{store.name} fell over by itself in the checks of {act.__name__}: they are made again")
        tally.passed, tally.failed = passed, failed
        store.start()
        clear(store)
    sys.exit(f"{store.name} fell over {ATTEMPTS} times in the checks of {act.__name__}")


def main():
    sys.stdout.reconfigure(line_buffering=True)
    # So that the servers are stopped whatever ends this.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tellgraph")
    parser.add_argument("pages", help="texts, or the graph made of them (.nq)")
    parser.add_argument("--oxigraph", default=str(Path(sys.executable).with_name("oxigraph")))
    parser.add_argument("--faults", type=int, default=4, help="how many times each fault is made")
    parser.add_argument("--runs", type=int, default=3, help="how many times speed is measured")
    parser.add_argument("--store", choices=["Oxigraph", "Virtuoso"], action="append")
    arguments = parser.parse_args()
    load.program, Oxigraph.program = os.path.abspath(arguments.tellgraph), arguments.oxigraph
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = folder / "pages.nq"
        if arguments.pages.endswith(".nq"):
            pages.write_bytes(Path(arguments.pages).read_bytes())
        else:
            subprocess.run([load.program, "extract", "--evidence", "graph", arguments.pages, "-o", pages], check=True)
        print(f"{sum(1 for _ in open(pages, 'rb'))} statements")
        for kind in (Oxigraph, Virtuoso):
            if arguments.store and kind.name not in arguments.store:
                continue
            start = time.monotonic()
            random_numbers = random.Random(7)
            with kind(folder / kind.name) as store:
                step(store, mistakes, folder)
                step(store, hostile, folder)
                step(store, whole, pages, folder)
                step(store, reports, pages, folder)
                step(store, speed, pages, folder, arguments.runs)
                step(store, cuts, pages, folder, random_numbers, max(1, arguments.faults // 2))
                step(store, kills, pages, random_numbers, arguments.faults)
            print(f"{kind.name}: {time.monotonic() - start:.0f} s")
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(tally.failed > 0)


if __name__ == "__main__":
    main()
