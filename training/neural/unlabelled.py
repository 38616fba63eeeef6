#!/usr/bin/env python3
"""Writes sentences for the teacher to parse, one a line, words parted by spaces: running text is cut by `tellgraph annotate`.

Usage: unlabelled.py TELLGRAPH CORPORA_FOLDER OUTPUT.txt
"""
import glob
import gzip
import json
import subprocess
import sys

LONGEST = 120


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8") as f:
        yield from f


def texts(corpora):
    for line in lines(f"{corpora}/articles/web.jsonl.gz"):
        yield json.loads(line)["text"]
    for path in sorted(glob.glob(f"{corpora}/articles/*.txt")):
        yield "".join(lines(path))
    for line in lines(f"{corpora}/knowledgenet/train.jsonl.gz"):
        yield json.loads(line)["text"]
    for path in sorted(glob.glob(f"{corpora}/text2kg/wikidata_tekgen/*/train.jsonl")):
        for line in lines(path):
            yield json.loads(line)["sent"]


def columns(path, column):
    """Sentences of a file with a word a line."""
    words = []
    for line in lines(path):
        row = line.split()
        if len(row) > column and not line.startswith("#"):
            words.append(row[column])
        elif words:
            yield words
            words = []


def main():
    program, corpora, output = sys.argv[1:]
    documents = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(texts(corpora)))
    cut = subprocess.run([program, "annotate", "--from", "jsonl", "-"], input=documents.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    sentences, words = [], []
    for line in cut.split("\n"):
        if line[:1].isdigit() and line.split("\t")[0].isdigit():
            words.append(line.split("\t")[1])
        elif not line and words:
            sentences.append(words)
            words = []
    for path in [f"{corpora}/names/wikigold.txt.gz", *sorted(glob.glob(f"{corpora}/names/*-train.txt.gz"))]:
        sentences += columns(path, 0)
    for path in sorted(glob.glob(f"{corpora}/coreference/litbank/*.gz")):
        sentences += columns(path, 3)
    seen = set()
    with open(output, "w", encoding="utf-8") as f:
        for words in sentences:
            words = [word.replace(" ", "") for word in words]
            line = " ".join(words)
            if 3 <= len(words) <= LONGEST and line not in seen:
                seen.add(line)
                f.write(line + "\n")


main()
