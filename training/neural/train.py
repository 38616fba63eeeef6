#!/usr/bin/env python3
"""Trains the network, and prints how much it gets right of the development parts after each round.

Usage: train.py DATA.pickle OUTPUT.npz ROUNDS [name=value...] [BEGIN.npz]    (JAX; seeded)

Goes on from OUTPUT.npz.state if there is one, else from the weights BEGIN.npz.
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
# The share of the steps in which the learning rate falls, to nothing at the end.
FALLING = 1.0
WARMING = 200
SETTINGS = dict(seed=1, hidden=128, layers=3, rate=0.28, learning=2e-3, words=1024)
NOWHERE = -1e9


def batches(sentences, words, random):
    """Batches of about so many words; arrays are words first, sentences second."""
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
            ids = numpy.zeros((length, size, sentences[0][0].shape[1]), "int32")
            mask = numpy.zeros((length, size), "float32")
            gold = numpy.zeros((3, length, size), "int32")
            for column, member in enumerate(members[at:at + size]):
                s = sentences[member]
                ids[:len(s[0]), column] = s[0]
                mask[:len(s[0]), column] = 1
                for row, values in enumerate(s[1:]):
                    gold[row, :len(values), column] = values
            yield ids, mask, gold


def forward(p, vectors, settings, ids, mask, heads, key=None):
    rate = settings["rate"]
    keys = [None] * 3 if key is None else jax.random.split(key, 3)
    outputs = network.encode(p, vectors, ids, mask, settings["hidden"], settings["layers"], keys[0], rate)
    tags, arcs, own, governing = network.score(p, outputs, keys[1], rate)
    nowhere = jnp.concatenate([jnp.ones_like(mask[:1]), mask]).T[:, None, :] == 0
    arcs = jnp.where(nowhere, NOWHERE, arcs)
    heads = arcs.argmax(-1).T if heads is None else heads
    return tags, arcs, heads, network.relate(p, own, governing, heads, keys[2], rate)


def pace(step, steps):
    """The learning rate at a step, as a share of the highest."""
    return numpy.float32(min(1, (step + 1) / WARMING, max(0.01, (1 - step / steps) / FALLING)))


def main():
    data_path, output, rounds, *changes = sys.argv[1:]
    begin = [c for c in changes if "=" not in c]
    settings = {**SETTINGS, **{k: float(v) if "." in v or "e" in v else int(v) for k, v in (c.split("=") for c in changes if "=" in c)}}
    with open(data_path, "rb") as f:
        data = pickle.load(f)
    vectors = numpy.concatenate([numpy.zeros_like(data["vectors"][:1]), data["vectors"]]).astype("float32") / 32
    sizes = [len(v) for v in data["vocabularies"]]
    p = network.initialize(settings["seed"], sizes, vectors.shape[1], len(data["tags"]), len(data["relations"]), settings["hidden"], settings["layers"])
    print(settings, sum(v.size for k, v in p.items() if "embedding" not in k), "weights beside embeddings", flush=True)
    vectors = jnp.asarray(vectors)
    optimizer = optax.chain(optax.clip_by_global_norm(2.0), optax.scale_by_adam(b2=0.98), optax.add_decayed_weights(1e-4))
    state = optimizer.init(p)
    universal = numpy.array([t.split()[0] for t in data["tags"]])
    universal = jnp.asarray(numpy.unique(universal, return_inverse=True)[1])
    main_relation = jnp.asarray(numpy.unique([r.split(":")[0] for r in data["relations"]], return_inverse=True)[1])

    def loss(p, ids, mask, gold, key):
        tags, arcs, heads, relations = forward(p, vectors, settings, ids, mask, gold[1], key)
        entropy = optax.softmax_cross_entropy_with_integer_labels
        each = 0.7 * entropy(tags, gold[0]) + entropy(arcs, gold[1].T).T + 0.5 * entropy(relations, gold[2])
        return (each * mask).sum() / mask.sum()

    @jax.jit
    def step(p, state, ids, mask, gold, key, learning):
        value, slope = jax.value_and_grad(loss)(p, ids, mask, gold, key)
        change, state = optimizer.update(slope, state, p)
        return jax.tree.map(lambda old, by: old - learning * by, p, change), state, value

    @jax.jit
    def measure(p, ids, mask, gold):
        tags, arcs, heads, relations = forward(p, vectors, settings, ids, mask, None)
        right = (universal[tags.argmax(-1)] == universal[gold[0]], tags.argmax(-1) == gold[0], heads == gold[1],
                 (heads == gold[1]) & (main_relation[relations.argmax(-1)] == main_relation[gold[2]]))
        return jnp.stack([(r * mask).sum() for r in right] + [mask.sum()])

    if begin:
        p = {k: jnp.asarray(v) for k, v in numpy.load(begin[0]).items()}
        state = optimizer.init(p)
    first = 0
    if os.path.exists(output + ".state"):
        with open(output + ".state", "rb") as f:
            first, p, state = pickle.load(f)
    for epoch in range(first, int(rounds)):
        start, values = time.time(), []
        epoch_batches = list(batches(data["train"], settings["words"], numpy.random.RandomState(1000 * settings["seed"] + epoch)))
        key = jax.random.PRNGKey(1000 * settings["seed"] + epoch)
        order = numpy.random.RandomState(epoch).permutation(len(epoch_batches))
        for i, at in enumerate(order):
            p, state, value = step(p, state, *epoch_batches[at], jax.random.fold_in(key, i),
                                   settings["learning"] * pace(epoch * len(order) + i, int(rounds) * len(order)))
            values.append(value)
            if epoch == first and i in (20, 60, 150):
                print(i, "of", len(order), float(value), f"{time.time() - start:.0f} s", flush=True)
        figures = []
        for dev in data["devs"]:
            sums = sum(measure(p, *batch) for batch in batches(dev, settings["words"], None))
            figures.append(" ".join(f"{name} {100 * float(n) / float(sums[4]):.2f}" for name, n in zip(["UPOS", "both", "UAS", "LAS"], sums)))
        print(f"round {epoch + 1}: loss {numpy.mean([float(v) for v in values]):.3f}  {'  |  '.join(figures)}  {time.time() - start:.0f} s", flush=True)
        numpy.savez(output, **{k: numpy.asarray(v) for k, v in p.items()})
        with open(output + ".state", "wb") as f:
            pickle.dump((epoch + 1, p, state), f)


main()
