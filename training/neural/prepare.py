#!/usr/bin/env python3
"""Reads the corpora and the word vectors into one file of arrays for train.py.

Usage: prepare.py VECTORS_FOLDER OUTPUT.pickle DEV_COUNT DEV.conllu.gz... TRAIN.conllu.gz... [UNLABELLED.txt...]

An unlabelled file has a sentence a line, words parted by spaces; `teacher.py` gives its trees.
"""
import collections
import pickle
import random
import sys

import numpy

import forms

STATIC = 80
# One sentence in nine is seen a second time in small letters, title case or capitals.
RECASED = 9
# One sentence with names in six is seen a second time with names that nobody bears.
RENAMED = 6
# A proper noun seen more often than this is part of the language, and stays.
WELL_KNOWN = 15
# A word of the unlabelled sentences seen as often as this has a vector of its own.
FREQUENT = 8


def recase(words, how):
    return [[w.lower, w.capitalize, w.upper][how]() for w in words]


class Names:
    """Invents names, letter by letter, after the proper nouns of a corpus."""

    def __init__(self, sentences, random):
        self.random, self.following = random, collections.defaultdict(list)
        self.counts = collections.Counter(word for words, tags, *_ in sentences for word, tag in zip(words, tags) if tag.startswith("PROPN"))
        for word, count in sorted(self.counts.items()):
            if self.is_open(word):
                padded = "^^" + word.lower() + "$"
                for i in range(2, len(padded)):
                    self.following[padded[i - 2:i]].append(padded[i])

    def is_open(self, word):
        return self.counts[word] <= WELL_KNOWN and len(word) > 2 and word.isascii() and word.isalpha() and word[0].isupper() and word[1:].islower()

    def invent(self):
        while True:
            name = "^^"
            while not name.endswith("$") and len(name) < 14:
                name += self.random.choice(self.following[name[-2:]])
            if name.endswith("$") and len(name) > 6:
                return name[2:-1].capitalize()

    def rename(self, words, tags):
        """The words with other names, or None if there are none to change. A name met twice stays one."""
        others = {}
        for word, tag in zip(words, tags):
            if tag.startswith("PROPN") and self.is_open(word):
                others.setdefault(word, self.invent())
        return [others.get(word, word) for word in words] if others else None


def main():
    folder, output, dev_count, *files = sys.argv[1:]
    unlabelled = [(line.split(), [], [], []) for file in files if file.endswith(".txt") for line in open(file, encoding="utf-8")]
    files = [file for file in files if not file.endswith(".txt")]
    corpora = [list(forms.sentences(file)) for file in files]
    devs, train = corpora[:int(dev_count)], [s for corpus in corpora[int(dev_count):] for s in corpus]
    vectors, keys = forms.word_vectors(folder, STATIC)
    print(len(keys), "keys of vectors", file=sys.stderr)
    counts = [collections.Counter() for _ in forms.KINDS]
    for words, *_ in train:
        for word in words:
            for count, value in zip(counts, forms.form(word)[0]):
                count[value] += 1
    kept = [{v for v, n in count.items() if n >= 2} for count in counts]
    frequent = collections.Counter(forms.form(word)[0][0] for words, *_ in unlabelled for word in words)
    kept[0] |= {v for v, n in frequent.items() if n >= FREQUENT}
    vocabularies = [{v: i + 1 for i, v in enumerate(sorted(values))} for values in kept]
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
                numpy.array([number(relations, r) for r in own_relations], "int32"), words)

    shuffle = random.Random(1)
    names = Names(train, shuffle)
    renamed = [(names.rename(*s[:2]), *s[1:]) for s in train if shuffle.randrange(RENAMED) == 0]
    train += [(recase(s[0], shuffle.randrange(3)), *s[1:]) for s in train if shuffle.randrange(RECASED) == 0]
    train += [s for s in renamed if s[0]]
    data = dict(vectors=vectors, keys=keys, vocabularies=vocabularies, tags=tags, relations=relations, files=files,
                train=[encode(s) for s in train], unlabelled=[encode(s) for s in unlabelled], devs=[[encode(s) for s in dev] for dev in devs])
    with open(output, "wb") as f:
        pickle.dump(data, f)


main()
