#!/usr/bin/env python3
"""Reads the corpora and the word vectors into one file of arrays for train.py.

Usage: prepare.py VECTORS_FOLDER OUTPUT.pickle DEV_COUNT DEV.conllu.gz... TRAIN.conllu.gz...
"""
import collections
import pickle
import random
import sys

import numpy

import forms

STATIC = 64
# One sentence in nine is seen a second time in small letters, title case or capitals.
RECASED = 9


def recase(words, how):
    return [[w.lower, w.capitalize, w.upper][how]() for w in words]


def main():
    folder, output, dev_count, *files = sys.argv[1:]
    corpora = [list(forms.sentences(file)) for file in files]
    devs, train = corpora[:int(dev_count)], [s for corpus in corpora[int(dev_count):] for s in corpus]
    vectors, keys = forms.word_vectors(folder, STATIC)
    print(len(keys), "keys of vectors", file=sys.stderr)
    counts = [collections.Counter() for _ in forms.KINDS]
    for words, *_ in train:
        for word in words:
            for count, value in zip(counts, forms.form(word)[0]):
                count[value] += 1
    vocabularies = [{v: i + 1 for i, v in enumerate(sorted(v for v, n in count.items() if n >= 2))} for count in counts]
    print({kind: len(v) for kind, v in zip(forms.KINDS, vocabularies)}, file=sys.stderr)
    tags = sorted({t for s in train for t in s[1]})
    relations = sorted({r for s in train for r in s[3]})

    def encode(sentence):
        words, own_tags, heads, own_relations = sentence
        rows = []
        for word in words:
            values, cased = forms.form(word)
            static = keys.get(cased >> 6, keys.get(values[0] >> 6, -1)) + 1
            rows.append([v.get(value, 0) for v, value in zip(vocabularies, values)] + [static])
        number = lambda names, name: names.index(name) if name in names else 0
        return (numpy.array(rows, "int32"), numpy.array([number(tags, t) for t in own_tags], "int32"), numpy.array(heads, "int32"),
                numpy.array([number(relations, r) for r in own_relations], "int32"))

    shuffle = random.Random(1)
    train += [(recase(s[0], shuffle.randrange(3)), *s[1:]) for s in train if shuffle.randrange(RECASED) == 0]
    data = dict(vectors=vectors, keys=keys, vocabularies=vocabularies, tags=tags, relations=relations, files=files,
                train=[encode(s) for s in train], devs=[[encode(s) for s in dev] for dev in devs])
    with open(output, "wb") as f:
        pickle.dump(data, f)


main()
