#!/usr/bin/env python3
"""Trains a large network (`encoder.py` below the small one's layers) on the same trees, and has it parse the unlabelled sentences.

Usage: teacher.py DATA.pickle MINILM_FOLDER OUTPUT.pickle ROUNDS    (JAX; seeded; goes on from OUTPUT.pickle.state)

OUTPUT holds for each unlabelled sentence what the teacher holds likely: tags, heads, and relations to the likeliest head.
"""
import os
import pickle
import sys
import time

import jax
import jax.numpy as jnp
import numpy
import optax

import encoder
import network
import train

# Lengths of batches, in pieces.
LENGTHS = [16, 24, 32, 48, 64, 96, 144]
LONGEST = 400
WORDS = 1536
HIDDEN, LAYERS, RATE = 128, 2, 0.3
SETTINGS = dict(seed=1, encoder=2e-4, head=3e-3)


def batches(sentences, split, random):
    """Batches: pieces, their mask, where words begin, then as in `train.py`; and which sentences these are."""
    by_length = {length: [] for length in [*LENGTHS, LONGEST]}
    for i, s in enumerate(sentences):
        fitting = [length for length in by_length if length >= len(split[i][0])]
        if fitting and (random is None or fitting[0] != LONGEST):
            by_length[fitting[0]].append(i)
    for length, members in by_length.items():
        if random is not None:
            random.shuffle(members)
        size = max(WORDS // length, 2)
        for at in range(0, len(members), size):
            chosen = members[at:at + size]
            pieces, seen, begins = (numpy.zeros((size, length), "int32") for _ in range(3))
            for row, member in enumerate(chosen):
                ids, starts = split[member]
                pieces[row, :len(ids)], seen[row, :len(ids)], begins[row, :len(starts)] = ids, 1, starts
            yield chosen, (pieces, seen.astype("float32"), begins), train.stack([sentences[member] for member in chosen], length, size)


def main():
    data_path, folder, output, rounds = sys.argv[1:]
    with open(data_path, "rb") as f:
        data = pickle.load(f)
    weights, tokenizer = encoder.load(folder)
    count = encoder.layers(weights)
    width = weights["embeddings.LayerNorm.bias"].shape[0]
    head = network.initialize(SETTINGS["seed"], [len(v) for v in data["vocabularies"]], width, len(data["tags"]), len(data["relations"]), HIDDEN, LAYERS)
    # What the teacher knows of pieces alone stays as it came.
    fixed = {name: w for name, w in weights.items() if name.startswith("embeddings.")}
    p = {"encoder": {name: w for name, w in weights.items() if name not in fixed}, "head": head}
    optimizer = optax.chain(optax.clip_by_global_norm(2.0), optax.scale_by_adam(b2=0.98))
    state = optimizer.init(p)
    paces = {"encoder": SETTINGS["encoder"], "head": SETTINGS["head"]}
    right = train.Measure(data)

    def forward(p, batch, ids, mask, heads, key):
        pieces, seen, begins = batch
        keys = [None] * 2 if key is None else jax.random.split(key)
        read = encoder.read({**fixed, **p["encoder"]}, pieces, seen, count, keys[0])
        given = jnp.take_along_axis(read, begins[..., None], 1).transpose(1, 0, 2)
        return train.forward(p["head"], given, dict(rate=RATE, hidden=HIDDEN, layers=LAYERS), ids, mask, heads, keys[1])

    @jax.jit
    def step(p, state, batch, ids, mask, gold, key, pace):
        value, slope = jax.value_and_grad(lambda p: train.loss(forward(p, batch, ids, mask, gold[1], key), mask, gold))(p)
        change, state = optimizer.update(slope, state, p)
        return {part: jax.tree.map(lambda old, by: old - paces[part] * pace * by, p[part], change[part]) for part in p}, state, value

    measure = jax.jit(lambda p, batch, ids, mask, gold: right(forward(p, batch, ids, mask, None, None), mask, gold))

    @jax.jit
    def label(p, batch, ids, mask):
        tags, arcs, _, relations = forward(p, batch, ids, mask, None, None)
        return [jax.nn.softmax(scores).astype("float16") for scores in (tags, arcs, relations)]

    splits = {part: [encoder.pieces(tokenizer, s[-1]) for s in sentences]
              for part, sentences in [("train", data["train"]), ("unlabelled", data["unlabelled"]), *enumerate(data["devs"])]}
    first = 0
    if os.path.exists(output + ".state"):
        with open(output + ".state", "rb") as f:
            first, p, state = pickle.load(f)
    for epoch in range(first, int(rounds)):
        start, values = time.time(), []
        all_batches = list(batches(data["train"], splits["train"], numpy.random.RandomState(epoch)))
        order = numpy.random.RandomState(100 + epoch).permutation(len(all_batches))
        key = jax.random.PRNGKey(epoch)
        for i, at in enumerate(order):
            _, batch, arrays = all_batches[at]
            pace = train.pace(epoch * len(order) + i, int(rounds) * len(order))
            p, state, value = step(p, state, batch, *arrays, jax.random.fold_in(key, i), pace)
            values.append(value)
            if i in (20, 60, 100, 150, 200, 300, 400):
                print(i, "of", len(order), numpy.mean([float(v) for v in values[-50:]]), f"{time.time() - start:.0f} s", flush=True)
        figures = [right.text(sum(measure(p, batch, *arrays) for _, batch, arrays in batches(dev, splits[i], None))) for i, dev in enumerate(data["devs"])]
        print(f"round {epoch + 1}: loss {numpy.mean([float(v) for v in values]):.3f}  {'  |  '.join(figures)}  {time.time() - start:.0f} s", flush=True)
        with open(output + ".state", "wb") as f:
            pickle.dump((epoch + 1, jax.device_get(p), jax.device_get(state)), f)
    labelled = [None] * len(data["unlabelled"])
    for chosen, batch, (ids, mask, _) in batches(data["unlabelled"], splits["unlabelled"], None):
        tags, arcs, relations = map(numpy.asarray, label(p, batch, ids, mask))
        for column, member in enumerate(chosen):
            n = len(data["unlabelled"][member][0])
            labelled[member] = (tags[:n, column], arcs[column, :n, :n + 1], relations[:n, column])
    with open(output, "wb") as f:
        pickle.dump(labelled, f)


main()
