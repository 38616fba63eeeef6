#!/usr/bin/env python3
"""Trains the network, and prints how much it gets right of the development parts after each round.

Usage: train.py DATA.pickle OUTPUT.npz ROUNDS [LABELLED.pickle] [name=value...]    (JAX; seeded)

LABELLED holds what `teacher.py` says of the data's unlabelled sentences. Goes on from OUTPUT.npz.state if there is one.
"""
import os
import pickle
import sys
import tempfile
import time

import jax
import jax.numpy as jnp
import numpy
import optax

import network

jax.config.update("jax_compilation_cache_dir", os.path.join(tempfile.gettempdir(), "network-compiled"))
jax.config.update("jax_persistent_cache_min_compile_time_secs", 1)

LENGTHS = [10, 20, 30, 45, 70, 130]
# The learning rate rises over so many steps, and falls in a line from here on to nothing, as shares of all.
WARMING, FALLING = 200, 1.0
# The weights that are kept are the mean of those of the last steps, about so many.
REMEMBERED = 700
SETTINGS = dict(seed=1, hidden=128, layers=3, rate=0.25, learning=2e-3, words=1024)
NOWHERE = -1e9
NAMES = ["UPOS", "both", "UAS", "LAS"]


def stack(sentences, length, size):
    """Arrays of words by sentences: what the network sees, which words there are, and gold tags, heads and relations."""
    ids = numpy.zeros((length, size, sentences[0][0].shape[1]), "int32")
    mask = numpy.zeros((length, size), "float32")
    gold = numpy.zeros((3, length, size), "int32")
    for column, s in enumerate(sentences):
        ids[:len(s[0]), column] = s[0]
        mask[:len(s[0]), column] = 1
        for row, values in enumerate(s[1:4]):
            gold[row, :len(values), column] = values
    return ids, mask, gold


def likely(labels, length, size):
    """The teacher's arrays, made as large as a batch."""
    tags = numpy.zeros((length, size, labels[0][0].shape[1]), "float16")
    arcs = numpy.zeros((size, length, length + 1), "float16")
    relations = numpy.zeros((length, size, labels[0][2].shape[1]), "float16")
    for column, (own_tags, own_arcs, own_relations) in enumerate(labels):
        n = len(own_tags)
        tags[:n, column], arcs[column, :n, :n + 1], relations[:n, column] = own_tags, own_arcs, own_relations
    return tags, arcs, relations


def batches(sentences, words, random, labels=None):
    """Batches of about so many words."""
    by_length = {length: [] for length in [*LENGTHS, 640]}
    for i, s in enumerate(sentences):
        fitting = [length for length in by_length if length >= len(s[0])]
        if fitting:
            by_length[fitting[0]].append(i)
    for length, members in by_length.items():
        if random is not None:
            random.shuffle(members)
            if length > LENGTHS[-1]:
                continue
        size = max(words // length, 4)
        for at in range(0, len(members), size):
            chosen = members[at:at + size]
            yield chosen, length, size, stack([sentences[i] for i in chosen], length, size)


def forward(p, given, settings, ids, mask, heads, key=None):
    rate = settings["rate"]
    keys = [None] * 3 if key is None else jax.random.split(key, 3)
    outputs = network.encode(p, ids, given, mask, settings["hidden"], settings["layers"], keys[0], rate)
    tags, arcs, own, governing = network.score(p, outputs, keys[1], rate)
    nowhere = jnp.concatenate([jnp.ones_like(mask[:1]), mask]).T[:, None, :] == 0
    arcs = jnp.where(nowhere, NOWHERE, arcs)
    heads = arcs.argmax(-1).T if heads is None else heads
    return tags, arcs, heads, network.relate(p, own, governing, heads, keys[2], rate)


def loss(scores, mask, gold):
    tags, arcs, _, relations = scores
    entropy = optax.softmax_cross_entropy_with_integer_labels
    each = 0.7 * entropy(tags, gold[0]) + entropy(arcs, gold[1].T).T + 0.5 * entropy(relations, gold[2])
    return (each * mask).sum() / mask.sum()


def distance(scores, mask, labels):
    """The loss against what a teacher holds likely."""
    tags, arcs, _, relations = scores
    entropy = lambda scores, likely: -(likely.astype("float32") * jax.nn.log_softmax(scores)).sum(-1)
    each = 0.7 * entropy(tags, labels[0]) + entropy(arcs, labels[1]).T + 0.5 * entropy(relations, labels[2])
    return (each * mask).sum() / mask.sum()


def pace(step, steps):
    """The learning rate at a step, as a share of the highest."""
    return numpy.float32(min(1, (step + 1) / WARMING, max(0.01, (1 - step / steps) / FALLING)))


class Measure:
    """Counts what is right: UPOS, both tags, heads, heads with relations (without subtypes)."""

    def __init__(self, data):
        coarse = lambda names, split: jnp.asarray(numpy.unique([name.split(split)[0] for name in names], return_inverse=True)[1])
        self.universal, self.relation = coarse(data["tags"], " "), coarse(data["relations"], ":")

    def __call__(self, scores, mask, gold):
        tags, _, heads, relations = scores
        right = (self.universal[tags.argmax(-1)] == self.universal[gold[0]], tags.argmax(-1) == gold[0], heads == gold[1],
                 (heads == gold[1]) & (self.relation[relations.argmax(-1)] == self.relation[gold[2]]))
        return jnp.stack([(r * mask).sum() for r in right] + [mask.sum()])

    @staticmethod
    def text(sums):
        return " ".join(f"{name} {100 * float(n) / float(sums[4]):.2f}" for name, n in zip(NAMES, sums))


def main():
    data_path, output, rounds, *changes = sys.argv[1:]
    labelled = [c for c in changes if "=" not in c]
    settings = {**SETTINGS, **{k: float(v) if "." in v or "e" in v else int(v) for k, v in (c.split("=") for c in changes if "=" in c)}}
    with open(data_path, "rb") as f:
        data = pickle.load(f)
    labels = pickle.load(open(labelled[0], "rb")) if labelled else []
    vectors = numpy.concatenate([numpy.zeros_like(data["vectors"][:1]), data["vectors"]]).astype("float32") / 32
    sizes = [len(v) for v in data["vocabularies"]]
    p = network.initialize(settings["seed"], sizes, vectors.shape[1], len(data["tags"]), len(data["relations"]), settings["hidden"], settings["layers"])
    print(settings, sum(v.size for k, v in p.items() if "embedding" not in k), "weights beside embeddings", flush=True)
    vectors = jnp.asarray(vectors)
    optimizer = optax.chain(optax.clip_by_global_norm(2.0), optax.scale_by_adam(b2=0.98), optax.add_decayed_weights(1e-4))
    state = optimizer.init(p)
    mean = p
    right = Measure(data)

    def advance(p, mean, state, slope, learning, remembered):
        change, state = optimizer.update(slope, state, p)
        p = jax.tree.map(lambda old, by: old - learning * by, p, change)
        return p, jax.tree.map(lambda old, new: old + (new - old) / remembered, mean, p), state

    @jax.jit
    def step(p, mean, state, ids, mask, gold, key, learning, remembered):
        value, slope = jax.value_and_grad(lambda p: loss(forward(p, vectors[ids[..., -1]], settings, ids, mask, gold[1], key), mask, gold))(p)
        return *advance(p, mean, state, slope, learning, remembered), value

    @jax.jit
    def follow(p, mean, state, ids, mask, likely, key, learning, remembered):
        heads = likely[1].argmax(-1).T
        value, slope = jax.value_and_grad(lambda p: distance(forward(p, vectors[ids[..., -1]], settings, ids, mask, heads, key), mask, likely))(p)
        return *advance(p, mean, state, slope, learning, remembered), value

    measure = jax.jit(lambda p, ids, mask, gold: right(forward(p, vectors[ids[..., -1]], settings, ids, mask, None), mask, gold))

    first = 0
    if os.path.exists(output + ".state"):
        with open(output + ".state", "rb") as f:
            first, p, mean, state = pickle.load(f)
    for epoch in range(first, int(rounds)):
        start, values = time.time(), []
        shuffle = numpy.random.RandomState(1000 * settings["seed"] + epoch)
        plan = [(False, *batch) for batch in batches(data["train"], settings["words"], shuffle)]
        if labels:
            plan += [(True, *batch) for batch in batches(data["unlabelled"], settings["words"], shuffle)]
        key = jax.random.PRNGKey(1000 * settings["seed"] + epoch)
        order = numpy.random.RandomState(epoch).permutation(len(plan))
        for i, at in enumerate(order):
            taught, chosen, length, size, (ids, mask, gold) = plan[at]
            done = epoch * len(order) + i
            learning = settings["learning"] * pace(done, int(rounds) * len(order))
            function, target = (follow, likely([labels[member] for member in chosen], length, size)) if taught else (step, gold)
            p, mean, state, value = function(p, mean, state, ids, mask, target, jax.random.fold_in(key, i), learning, numpy.float32(min(done / 4 + 1, REMEMBERED)))
            values.append((taught, value))
            if epoch == first and i in (20, 60, 150, 400):
                print(i, "of", len(order), float(value), f"{time.time() - start:.0f} s", flush=True)
        figures = [right.text(sum(measure(mean, *arrays) for *_, arrays in batches(dev, settings["words"], None))) for dev in data["devs"]]
        losses = " ".join(f"{numpy.mean([float(v) for t, v in values if t == taught]):.3f}" for taught in (False, True)[:1 + bool(labels)])
        print(f"round {epoch + 1}: loss {losses}  {'  |  '.join(figures)}  {time.time() - start:.0f} s", flush=True)
        numpy.savez(output, **{k: numpy.asarray(v) for k, v in mean.items()})
        with open(output + ".state", "wb") as f:
            pickle.dump((epoch + 1, jax.device_get(p), jax.device_get(mean), jax.device_get(state)), f)


if __name__ == "__main__":
    main()
