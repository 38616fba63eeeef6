#!/usr/bin/env python3
"""Writes the network's file, in 8 bits a weight, and the scores that tests expect of it.

Usage: export.py DATA.pickle WEIGHTS.npz [name=value...]   settings as for train.py; writes ../../src/syntax/network.model and
                                                           ../../src/syntax/network/golden.txt
"""
import os
import pickle
import struct
import sys

import jax.numpy as jnp
import numpy

import forms
import network

SYNTAX = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/syntax")
SENTENCES = [
    "Ada founded the company .",
    "The two boats , which the harbour's keepers had n't sold in 1987 , were painted green by Bo 's brother .",
    "WHO ate all the HAY ?",
    "Mrs. Quillon-Terwey , 43 , told reporters that she would open a bakery in Lower Mardle next spring if the council agreed .",
    "goats",
]


def leb128(number):
    groups = bytearray()
    while number >= 128:
        groups.append(number & 127 | 128)
        number >>= 7
    groups.append(number)
    return bytes(groups)


def floats(values):
    values = numpy.asarray(values, "<f4").reshape(-1)
    return struct.pack("<I", len(values)) + values.tobytes()


def strings(names):
    return struct.pack("<H", len(names)) + b"".join(bytes([len(n.encode())]) + n.encode() for n in names)


def quantize(matrix):
    scales = numpy.maximum(numpy.abs(matrix).max(1), 1e-8) / 127
    return numpy.round(matrix / scales[:, None]).astype("int8"), scales.astype("float32")


def linear(matrix, bias):
    values, scales = quantize(matrix)
    return struct.pack("<HH", *matrix.shape) + floats(scales) + values.tobytes() + floats(bias)


def table(keys, rows, values, scales):
    """Vectors by ascending keys; rows is None where each key has the next row, from 1."""
    steps = b"".join(leb128(key - before) for before, key in zip([0, *keys], keys))
    own = b"\0" if rows is None else b"\2" + numpy.asarray(rows, "<u2").tobytes()
    return struct.pack("<I", len(keys)) + steps + own + struct.pack("<IB", *values.shape) + floats(scales) + values.tobytes()


def main():
    data_path, weights, *changes = sys.argv[1:]
    settings = {**dict(hidden=128, layers=3), **{k: int(v) for k, v in (c.split("=") for c in changes)}}
    hidden, layers = settings["hidden"], settings["layers"]
    with open(data_path, "rb") as f:
        data = pickle.load(f)
    p = {k: numpy.array(v) for k, v in numpy.load(weights).items()}
    p["arc.weight"], p["arc.bias"] = p["arc.weight"] / network.ARC ** 0.5, p["arc.bias"] / network.ARC ** 0.5
    given = numpy.concatenate([numpy.zeros_like(data["vectors"][:1]), data["vectors"]])
    parts = [b"NET1", strings(data["tags"]), strings(data["relations"])]
    for i, vocabulary in enumerate(data["vocabularies"]):
        parts.append(table(sorted(vocabulary), None, *quantize(p[f"embedding{i}"])))
    keys = sorted(data["keys"])
    parts.append(table(keys, [data["keys"][key] + 1 for key in keys], given, numpy.full(len(given), 1 / 32)))
    parts.append(bytes([layers]))
    for i in range(layers):
        matrix = p[f"layer{i}.weight"]
        bias = numpy.zeros(len(matrix), "float32")
        bias[2 * hidden:6 * hidden] = p[f"layer{i}.bias"].reshape(-1)
        parts += [linear(matrix, bias), floats(p[f"layer{i}.peephole"])]
    for name in ["tag", "heads", "arc"]:
        parts.append(linear(p[f"{name}.weight"], p[f"{name}.bias"]))
    parts += [floats(p["root"]), linear(p["relation.weight"], p["relation.bias"])]
    with open(f"{SYNTAX}/network.model", "wb") as f:
        f.write(b"".join(parts))
    print([len(part) for part in parts], sum(map(len, parts)), "bytes")
    write_golden(data, p, given, hidden, layers)


def write_golden(data, p, given, hidden, layers):
    """The scores of the network with weights rounded as in the file."""
    for name, value in p.items():
        if name.endswith(".weight") or name.startswith("embedding"):
            values, scales = quantize(value)
            p[name] = values * scales[:, None]
    p = {k: jnp.asarray(v) for k, v in p.items()}
    vectors = jnp.asarray(given.astype("float32") / 32)
    with open(f"{SYNTAX}/network/golden.txt", "w") as f:
        for sentence in SENTENCES:
            rows = []
            for word in sentence.split(" "):
                values, cased = forms.form(word)
                row = data["keys"].get(cased >> 6, data["keys"].get(values[0] >> 6, -1)) + 1
                rows.append([v.get(value, 0) for v, value in zip(data["vocabularies"], values)] + [row])
            ids = jnp.asarray(numpy.array(rows, "int32")[:, None])
            outputs = network.encode(p, ids, vectors[ids[..., -1]], jnp.ones(ids.shape[:2]), hidden, layers, None, 0)
            tags, arcs, _, _ = network.score(p, outputs, None, 0)
            numbers = [*numpy.asarray(tags).reshape(-1), *(numpy.asarray(arcs).reshape(-1) * network.ARC ** 0.5)]
            f.write(sentence + "\n" + " ".join(f"{n:.2f}" for n in numbers) + "\n")


main()
