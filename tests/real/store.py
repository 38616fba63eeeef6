#!/usr/bin/env python3
"""Holds the store on disk against processes that are killed, disks that are full, and other engines of SPARQL.

    python3 tests/real/store.py target/release/tellgraph ARTICLES.jsonl.gz [--kills 500] [--pages 1014] [--seed 1]

Pages are added, and the store's graph must be that of `extract`, byte by byte. Then `add` and `remove` are killed at random
moments: after each, the store must open, each document in it must be as one that nobody disturbed made it, the documents that
another process had seen must be there, and none may be there that was not added. The same for a file that may not grow and,
where a small file system can be mounted, for a disk that is full. Two processes may not write at once, and one may read. The
answers to queries must be those of rdflib and pyoxigraph on the exported file. The last line says how many checks passed; the
exit code is 0 if all did.
"""

import argparse
import gzip
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyoxigraph
import rdflib

from reparse import Tally

ROOT = Path(__file__).resolve().parents[2]
rdflib.NORMALIZE_LITERALS = False
# How many pages the killed processes work on, and in how many wordings.
FEW, WORDINGS = 150, 3
# How many pages other engines are asked about.
ASKED = 40
# How many of them come at once.
SIZES = (3, 10, 30, FEW)

PREFIXES = {
    "tg": "https://w3id.org/tellgraph/core#",
    "person": "https://example.org/person/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
}

# With the evidence that each asks for.
QUERIES = [
    ("none", "SELECT ?who ?what { ?who tg:founderOf ?what }"),
    ("none", "SELECT ?who ?name { ?who a tg:Person ; rdfs:label ?name FILTER(STRLEN(?name) > 18) }"),
    ("none", "SELECT ?class (COUNT(*) AS ?count) { ?thing a ?class } GROUP BY ?class"),
    ("none", "SELECT DISTINCT ?property { ?thing ?property ?value FILTER(isLiteral(?value)) }"),
    ("none", "SELECT DISTINCT ?one ?other ?where { ?one tg:livedIn|tg:bornIn ?where . ?other tg:livedIn|tg:bornIn ?where FILTER(STR(?one) < STR(?other)) }"),
    ("none", "SELECT ?who ?when ?job { ?who tg:bornOn ?when OPTIONAL { ?who tg:occupation ?job } }"),
    ("none", "SELECT ?place { ?place a tg:Place MINUS { ?anything ?property ?place } }"),
    ("none", "SELECT ?who { { ?who tg:worksFor ?what } UNION { ?who tg:chiefExecutiveOf ?what } }"),
    ("none", "SELECT ?who (GROUP_CONCAT(DISTINCT ?upper; SEPARATOR='|') AS ?jobs) { ?who tg:occupation ?job BIND(UCASE(?job) AS ?upper) } GROUP BY ?who HAVING(COUNT(?job) = 1)"),
    ("none", "SELECT ?name { ?thing rdfs:label ?name } ORDER BY DESC(?name) LIMIT 20"),
    ("none", "SELECT ?who { ?who a tg:Person FILTER NOT EXISTS { ?who ?property ?other . ?other a tg:Organization } }"),
    ("none", "SELECT ?thing ?same { ?thing owl:sameAs ?same FILTER(STRSTARTS(STR(?same), 'http://www.wikidata.org/')) }"),
    ("none", "SELECT ?place { ?a tg:locatedIn+ ?place }"),
    ("graph", "SELECT ?text (COUNT(*) AS ?count) { GRAPH ?text { ?who a tg:Person } } GROUP BY ?text"),
    ("span", "SELECT ?who ?words { ?annotation oa:hasBody ?body ; oa:hasTarget/oa:hasSelector/oa:exact ?words . ?body rdf:subject ?who ; rdf:predicate tg:founderOf }"),
]
QUESTIONS = ["families", "founders", "leaders", "colleagues", "people", "organizations", "works", "kinds", "words"]


def run(*command, **options):
    return subprocess.run([str(part) for part in command], capture_output=True, **options)


def printed(*command):
    done = run(*command)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr.decode()}")
    return done.stdout


def timed(work):
    start = time.monotonic()
    result = work()
    return result, time.monotonic() - start


def documents(store):
    """What is kept of each document, read by another program; None if there is no store yet."""
    file = store / "documents.sqlite"
    if not file.exists():
        return None
    with sqlite3.connect(f"file:{file}?mode=rw", uri=True, timeout=30) as base:
        if not base.execute("PRAGMA user_version").fetchone()[0]:
            return None
        rows = {row[0]: row[1:] for row in base.execute("SELECT id, digest, source, graph, title FROM document")}
    base.close()
    return rows


def size(store):
    return sum(path.stat().st_size for path in store.iterdir())


def write_pages(path, pages):
    path.write_text("".join(json.dumps(page) + "\n" for page in pages))
    return path


class Killing:
    """A store to which pages come in several wordings, by processes that are killed."""

    def __init__(self, tally, program, pages, folder, seed):
        self.tally, self.program, self.folder = tally, program, folder
        self.random = random.Random(seed)
        self.pages = pages
        # What each page is like in each wording, made by processes that nobody disturbs.
        self.clean = []
        for wording in range(WORDINGS):
            path = write_pages(folder / f"wording{wording}.jsonl", [self.worded(page, wording) for page in pages])
            printed(program, "add", "--quiet", "--store", folder / f"clean{wording}", path)
            self.clean.append(documents(folder / f"clean{wording}"))
        self.store = folder / "killed"
        self.killed = self.removals = self.seen = 0
        # How many seconds a command takes, by how many pages it is about: what was seen last, or is guessed.
        self.usual = dict.fromkeys((0, *SIZES), 0.2)

    @staticmethod
    def worded(page, wording):
        return page | {"text": page["text"] + f"\n\nOdo Marsh founded Quill Works {wording} in Oslo."}

    def round(self, number):
        before = documents(self.store) or {}
        if before and self.random.random() < 0.2:
            ids = self.random.sample(sorted(before), min(len(before), 15))
            command, wording, many = ["remove", "--store", self.store, *ids], None, 0
            self.removals += 1
        else:
            wording, many = self.random.randrange(WORDINGS), self.random.choice(SIZES)
            some = self.random.sample(self.pages, min(many, len(self.pages)))
            path = write_pages(self.folder / "some.jsonl", [self.worded(page, wording) for page in some])
            command = ["add", "--quiet", "--store", self.store, path]
            ids = [page["id"] for page in some]
        process = subprocess.Popen([str(part) for part in [self.program, *command]], stderr=subprocess.PIPE)
        start, usual = time.monotonic(), self.usual[many]
        if many == FEW and self.random.random() < 0.5:
            # What is worth most: between two transactions.
            while (documents(self.store) or {}) == before and process.poll() is None:
                time.sleep(0.002)
            time.sleep(self.random.random() * usual / 4)
        else:
            time.sleep(self.random.random() * usual * 1.2)
        seen = documents(self.store) or {}
        process.send_signal(signal.SIGKILL)
        error = process.communicate()[1].decode()
        if process.returncode == -signal.SIGKILL:
            self.killed += 1
            self.usual[many] = usual * 1.1
        else:
            self.usual[many] = time.monotonic() - start
            self.tally.check(process.returncode == 0, f"round {number}: {command[:3]}: {error}")
        self.look(number, before, seen, ids, wording)

    def look(self, number, before, seen, ids, wording):
        """The store after a round, which did something to some ids: remove them, or add them in a wording."""
        check = self.tally.check
        after = documents(self.store)
        if after is None:
            check(not before and not seen, f"round {number}: the store is gone")
            return
        self.seen += len(after)
        listed = run(self.program, "list", "--store", self.store)
        names = {line.split("\t")[0] for line in listed.stdout.decode().splitlines()}
        check(listed.returncode == 0 and names == set(after), f"round {number}: {listed.stderr.decode()}")
        whole = [any(clean[id] == row for clean in self.clean) for id, row in after.items()]
        check(all(whole), f"round {number}: {whole.count(False)} documents that nobody made so")
        for id in set(before) | set(after):
            old, new, shown = before.get(id), after.get(id), seen.get(id)
            if id not in ids:
                check(old == new, f"round {number}: {id} changed though nobody asked")
            elif wording is None:
                check(new in (old, None), f"round {number}: {id} became another")
                check(shown is not None or new is None, f"round {number}: {id} came back")
            else:
                wanted = self.clean[wording][id]
                check(new in (old, wanted), f"round {number}: {id} is neither as before nor as added")
                check(shown != wanted or new == wanted, f"round {number}: {id} was there and is lost")
        if wording is None:
            left = [id in after for id in ids]
            check(all(left) or not any(left), f"round {number}: some were removed and some not")
        if number % 100 == 0:
            self.compare(number, after)

    def compare(self, number, rows):
        """The graph of the store must be that of the same texts read at once."""
        of = {id: next(w for w in range(WORDINGS) if self.clean[w][id] == row) for id, row in rows.items()}
        pages = [self.worded(page, of[page["id"]]) for page in self.pages if page["id"] in of]
        path = write_pages(self.folder / "same.jsonl", sorted(pages, key=lambda page: page["id"].encode()))
        for form in (["--to", "nquads", "--evidence", "graph"], ["--to", "facts"]):
            export = printed(self.program, "export", "--store", self.store, *form)
            extract = printed(self.program, "extract", "--quiet", *form, path)
            self.tally.check(export == extract, f"round {number}: the graph is another than that of the texts ({form})")


def check_kills(tally, program, pages, kills, seed):
    with tempfile.TemporaryDirectory() as folder:
        killing = Killing(tally, program, pages[:FEW], Path(folder), seed)
        number = 0
        while killing.killed < kills:
            number += 1
            killing.round(number)
        killing.compare(number, documents(killing.store))
        print(
            f"{killing.killed} kills in {number} rounds ({killing.removals} of them removals), "
            f"{killing.seen} documents looked at after them"
        )


def check_full(tally, program, pages, folder, where, limited):
    """A store that may not grow: `limited` runs a command so, which must fail and leave whole documents."""
    clean = folder / "clean"
    path = write_pages(folder / "pages.jsonl", pages)
    if not clean.exists():
        printed(program, "add", "--quiet", "--store", clean, path)
    expected = documents(clean)
    done = limited([program, "add", "--store", where, path])
    error = done.stderr.decode()
    tally.check(done.returncode == 1 and "no room left on the disk" in error, f"a full disk: {done.returncode} {error}")
    rows = documents(where) or {}
    tally.check(all(expected[id] == row for id, row in rows.items()), "a full disk: a document is not whole")
    return len(rows), expected, path


def check_file_limit(tally, program, pages):
    with tempfile.TemporaryDirectory() as folder:
        counts = []
        for limit in (4 << 10, 100 << 10, 300 << 10, 500 << 10):
            where = Path(folder) / f"limited{limit}"

            def limited(command, limit=limit):
                def limit_files():
                    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

                return run(*command, preexec_fn=limit_files, restore_signals=False)

            count, expected, path = check_full(tally, program, pages, Path(folder), where, limited)
            counts.append(count)
            printed(program, "add", "--quiet", "--store", where, path)
            tally.check(documents(where) == expected, "a store that was full is not filled up")
        print(f"files of 4, 100, 300 and 500 KiB at most: {counts} of {len(pages)} documents, all whole")


def check_small_disk(tally, program, pages):
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder) / "disk"
        disk.mkdir()
        if run("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk).returncode:
            print("no small file system can be mounted here: a full disk is tried by the limit of files alone")
            return
        try:
            count, expected, path = check_full(
                tally, program, pages, Path(folder), disk / "store", lambda command: run(*command)
            )
            run("mount", "-o", "remount,size=30m", disk)
            printed(program, "add", "--quiet", "--store", disk / "store", path)
            tally.check(documents(disk / "store") == expected, "a store on a disk that was full is not filled up")
            print(f"a disk of 600 KiB: {count} of {len(pages)} documents, all whole")
        finally:
            run("umount", disk)


def check_two(tally, program, pages):
    """One process adds what comes by its standard input, and so holds the store for as long as that stays open."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        path, store = write_pages(folder / "pages.jsonl", pages), folder / "store"
        command = [program, "add", "--quiet", "--store", store, "--from", "jsonl", "-"]
        one = subprocess.Popen(command, stdin=subprocess.PIPE)
        while run(program, "list", "--store", store).returncode and one.poll() is None:
            time.sleep(0.01)
        refused = answered = 0
        # Before it has read anything, in the middle of its work, and at the end of it.
        for part in (None, pages[: len(pages) // 2], pages[len(pages) // 2 :]):
            for page in part or ():
                one.stdin.write(json.dumps(page).encode() + b"\n")
            one.stdin.flush()
            for _ in range(3):
                other = run(program, "add", "--store", store, path)
                was_told = other.returncode == 1 and "in use by another process" in other.stderr.decode()
                tally.check(was_told, f"two at once: {other.stderr.decode()}")
                reader = run(program, "query", "--store", store, "SELECT (COUNT(*) AS ?n) { ?a a tg:Person }", "--to", "csv")
                tally.check(reader.returncode == 0, f"reading beside it: {reader.stderr.decode()}")
                refused, answered = refused + was_told, answered + (reader.returncode == 0)
        one.stdin.close()
        tally.check(one.wait() == 0, "the one that had the store failed")
        export = printed(program, "export", "--store", store, "--to", "nquads")
        pages = sorted(pages, key=lambda page: page["id"].encode())
        extract = printed(program, "extract", "--quiet", "--to", "nquads", write_pages(folder / "sorted.jsonl", pages))
        tally.check(export == extract, "two at once: another graph than that of the texts")
        print(f"two at once: {refused} refused; {answered} queries answered meanwhile")


def bindings(rows):
    """Rows, each a dictionary of terms in JSON, in no order; numbers by value, as engines write them in their own ways."""

    def term(value):
        number = "XMLSchema#" in value.get("datatype", "") and value["datatype"].split("#")[1] in ("integer", "decimal")
        return (value["type"], float(value["value"]) if number else value["value"], value.get("xml:lang"))

    return Counter(frozenset((name, term(value)) for name, value in row.items()) for row in rows)


def check_queries(tally, program, store):
    prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    asked = [(evidence, query, ["query", "--store", store, "--evidence", evidence, query]) for evidence, query in QUERIES]
    for name in QUESTIONS:
        evidence = "span" if name == "words" else "none"
        query = printed(program, "query", "--ask", name, "--show").decode()
        asked.append((evidence, query, ["query", "--store", store, "--ask", name]))
    graphs, seconds, count = {}, [], 0
    with tempfile.TemporaryDirectory() as folder:
        for evidence, query, command in asked:
            if evidence not in graphs:
                file = Path(folder) / f"{evidence}.nq"
                printed(program, "export", "--store", store, "--evidence", evidence, "-o", file)
                ours = pyoxigraph.Store()
                ours.bulk_load(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS)
                theirs = rdflib.Dataset(default_union=True)
                theirs.parse(file, format="nquads")
                graphs[evidence] = (ours, theirs)
            found, spent = timed(lambda: json.loads(printed(program, *command, "--to", "json")))
            seconds.append(spent)
            found = bindings(found["results"]["bindings"])
            count += sum(found.values())
            oxigraph, library = graphs[evidence]
            union = {"use_default_graph_as_union": evidence == "graph"}
            answer = oxigraph.query(prologue + query, **union).serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            answer = bindings(json.loads(answer)["results"]["bindings"])
            tally.check(found == answer, f"pyoxigraph answers otherwise: {query}")
            answer = bindings(json.loads(library.query(prologue + query).serialize(format="json"))["results"]["bindings"])
            odd = list((found - answer).items())[:2] + list((answer - found).items())[:2]
            tally.check(found == answer, f"rdflib answers otherwise: {query}: {odd}")
    print(f"{len(asked)} queries, {count} rows; {min(seconds):.2f} to {max(seconds):.2f} s each")


def check_whole(tally, program, articles, pages, folder):
    path = write_pages(folder / "pages.jsonl", pages)
    store = folder / "store"
    extract, reading = timed(lambda: printed(program, "extract", "--quiet", "--to", "nquads", "--evidence", "graph", path))
    _, adding = timed(lambda: printed(program, "add", "--quiet", "--store", store, path))
    _, again = timed(lambda: printed(program, "add", "--quiet", "--store", store, path))
    export, writing = timed(lambda: printed(program, "export", "--store", store, "--to", "nquads", "--evidence", "graph"))
    tally.check(export.count(b"\n") == extract.count(b"\n") > 0, "another number of statements than that of extract")
    tally.check(sorted(export.splitlines()) == sorted(extract.splitlines()), "other statements than those of extract")
    tally.check(len(documents(store)) == len(pages), "another number of documents")
    lines = export.count(b"\n")
    packed = len(gzip.compress(export))
    print(
        f"{len(pages)} pages, {lines} statements: extract {reading:.1f} s, add {adding:.1f} s, again {again:.2f} s, "
        f"export {writing:.2f} s; store {size(store)} bytes, N-Quads {len(export)} ({packed} as .gz), pages {path.stat().st_size}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--pages", type=int, default=1 << 30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    program = options.program.resolve()
    with gzip.open(options.articles, "rt") as lines:
        pages = [json.loads(line) for line in lines][: options.pages]
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        check_whole(tally, program, options.articles, pages, Path(folder))
        # rdflib takes minutes for what holds much more.
        store = Path(folder) / "asked"
        printed(program, "add", "--quiet", "--store", store, write_pages(Path(folder) / "asked.jsonl", pages[:ASKED]))
        check_queries(tally, program, store)
    check_two(tally, program, pages)
    check_file_limit(tally, program, pages[:300])
    check_small_disk(tally, program, pages[:300])
    check_kills(tally, program, pages, options.kills, options.seed)
    print(f"{tally.passed} checks passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
