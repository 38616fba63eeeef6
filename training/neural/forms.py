"""What the network sees of a word form: the same hashes as `../../src/syntax/form.rs`, so that both sides name a form alike."""
import functools
import glob
import gzip
import json
import re

import msgpack
import numpy

MASK = (1 << 64) - 1


def mix(state, value):
    """One step of the hash."""
    state = ((state ^ value) * 0x9E3779B97F4A7C15) & MASK
    return ((state << 29) | (state >> 35)) & MASK


def hash_characters(characters):
    state = 0x84222325
    for c in characters:
        state = mix(state, ord(c))
    return (((state ^ (state >> 31)) * 0x94D049BB133111EB) & MASK) >> 32


ALIKE = {**{c: "0" for c in "0123456789"}, "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"}


def normalize(text):
    normal = [ALIKE.get(c, c) for c in text[:40]]
    if len(normal) > 5 and all(c in "0,." for c in normal):
        normal = normal[:5]
    return normal


def shape(text):
    kinds = []
    for c in text[:40]:
        kind = "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isnumeric() else "'" if c in "’‘" else c
        if kinds[-1:] != [kind]:
            kinds.append(kind)
    return kinds


# The kinds of features of a form: its lower-case word, its last one to four and first one to three characters, its shape.
KINDS = ["word", "suffix1", "suffix2", "suffix3", "suffix4", "prefix1", "prefix2", "prefix3", "shape"]


@functools.lru_cache(maxsize=None)
def form(text):
    """The hash of each kind of feature, and that of the word as written."""
    normal = normalize(text)
    lower = [d for c in normal for d in c.lower()]
    n = len(lower)
    suffixes = [(hash_characters(lower[max(0, n - i - 1):]) + i) & 0xFFFFFFFF for i in range(4)]
    prefixes = [(hash_characters(lower[:i + 1]) + i) & 0xFFFFFFFF for i in range(3)]
    return [hash_characters(lower), *suffixes, *prefixes, hash_characters(shape(text))], hash_characters(normal)


def sentences(path):
    """Each sentence of a CoNLL-U file: words, tags ("NOUN NN"), heads (0 is the root), relations."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        rows = []
        for line in f:
            line = line.rstrip("\n")
            if line and line[0].isdigit():
                row = line.split("\t")
                if row[0].isdigit():
                    rows.append(row)
            elif not line and rows:
                yield ([r[1] for r in rows], [f"{r[3]} {r[4]}" for r in rows], [int(r[6]) for r in rows], [r[7] for r in rows])
                rows = []


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


def word_vectors(folder, width):
    """The package's word vectors, by their first principal components, as int8, and the row of each word's key."""
    vocab = glob.glob(f"{folder}/**/vocab", recursive=True)[0]
    vectors = numpy.load(f"{vocab}/vectors", allow_pickle=False).astype("float32")
    with open(f"{vocab}/key2row", "rb") as f:
        rows = dict(msgpack.unpackb(f.read(), strict_map_key=False))
    with open(f"{vocab}/strings.json", encoding="utf-8") as f:
        strings = json.load(f)
    vectors /= numpy.maximum(numpy.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    values, axes = numpy.linalg.eigh(vectors.T @ vectors)
    reduced = vectors @ axes[:, ::-1][:, :width]
    reduced = numpy.clip(numpy.round(reduced / reduced.std() * 32), -127, 127).astype("int8")
    row_of = {}
    for word in strings:
        if re.fullmatch(r"[^\W\d_]+([-'.][^\W\d_]+)*\.?", word) and len(word) <= 20 and word.isascii():
            row = rows.get(murmur(word.encode()))
            if row is not None:
                row_of[word] = row
    keys = {}
    for word, row in sorted(row_of.items()):
        lower = word.lower()
        # A word with capitals is listed where it is used otherwise than the same word without.
        if word == lower or (word == word.capitalize() and row_of.get(lower) != row):
            keys.setdefault(form(word)[1] >> 6, row)
    return reduced, keys
