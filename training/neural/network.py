"""The network: embeddings, three layers of two-way simple recurrent units, and heads for tags, arcs and relations.

Simple recurrent units (Lei, Zhang, Wang, Dai & Artzi 2018) multiply matrices with the inputs alone, so a sentence's words go through
a layer together; only sums of two numbers go from word to word. Arcs: Dozat & Manning 2017.
"""
import jax
import jax.numpy as jnp

# The widths of the embeddings of `forms.KINDS`; those of suffixes are added up, and so are those of prefixes and shape.
WORD, SUFFIX, PREFIX = 64, 64, 32
ARC, RELATION = 128, 96


def glorot(key, rows, columns, scale=1.0):
    return jax.random.normal(key, (rows, columns)) * scale * (2.0 / (rows + columns)) ** 0.5


def initialize(seed, sizes, static, tags, relations, hidden, layers):
    """Parameters by name. Matrices are rows of outputs by columns of inputs."""
    keys = iter(jax.random.split(jax.random.PRNGKey(seed), 64))
    widths = [WORD] + [SUFFIX] * 4 + [PREFIX] * 4
    p = {f"embedding{i}": jax.random.normal(next(keys), (size + 1, width)) * 0.1 for i, (size, width) in enumerate(zip(sizes, widths))}
    width = WORD + SUFFIX + PREFIX + static
    for layer in range(layers):
        # Candidate, forget gate, reset gate, each for both directions; in the first layer also the input as carried past.
        parts = 4 if layer == 0 else 3
        p[f"layer{layer}.weight"] = glorot(next(keys), parts * 2 * hidden, width, 1.4)
        p[f"layer{layer}.bias"] = jnp.zeros((2, 2 * hidden)).at[0].set(0.5)
        p[f"layer{layer}.peephole"] = jax.random.normal(next(keys), (2, 2 * hidden)) * 0.05
        width = 2 * hidden
    p["tag.weight"], p["tag.bias"] = glorot(next(keys), tags, width), jnp.zeros(tags)
    p["heads.weight"], p["heads.bias"] = glorot(next(keys), 2 * ARC + 2 * RELATION, width), jnp.zeros(2 * ARC + 2 * RELATION)
    p["arc.weight"] = glorot(next(keys), ARC, ARC) * 0.5
    p["arc.bias"] = jnp.zeros(ARC)
    p["root"] = jax.random.normal(next(keys), (ARC + RELATION,)) * 0.1
    p["relation.weight"], p["relation.bias"] = glorot(next(keys), relations, RELATION), jnp.zeros(relations)
    return p


def drop(key, x, rate, axes):
    """Dropout with one mask along the given axes."""
    if key is None or rate == 0:
        return x
    shape = tuple(1 if i in axes else n for i, n in enumerate(x.shape))
    return x * jax.random.bernoulli(key, 1 - rate, shape) / (1 - rate)


def recur(p, layer, x, mask, hidden):
    """One layer, both ways. x: words, sentences, width."""
    time, batch, _ = x.shape
    u = (x @ p[f"layer{layer}.weight"].T).reshape(time, batch, -1, 2, hidden)
    carried = u[:, :, 3] if layer == 0 else x.reshape(time, batch, 2, hidden)
    candidate, forget, reset = u[:, :, 0], u[:, :, 1], u[:, :, 2]
    bias, peephole = p[f"layer{layer}.bias"].reshape(2, 2, hidden), p[f"layer{layer}.peephole"].reshape(2, 2, hidden)
    both = lambda v: jnp.stack([v[:, :, 0], v[::-1, :, 1]], 2)

    def step(c, inputs):
        candidate, forget, reset, carried, here = inputs
        f = jax.nn.sigmoid(forget + peephole[0] * c + bias[0])
        r = jax.nn.sigmoid(reset + peephole[1] * c + bias[1])
        # The way back meets a sentence's padding first, where the state stays zero.
        c = (f * c + (1 - f) * candidate) * here
        return c, r * c + (1 - r) * carried

    here = jnp.stack([mask, mask[::-1]], 2)[..., None]
    _, h = jax.lax.scan(step, jnp.zeros((batch, 2, hidden)), (both(candidate), both(forget), both(reset), both(carried), here), unroll=4)
    return both(h).reshape(time, batch, 2 * hidden)


def encode(p, ids, given, mask, hidden, layers, key, rate):
    """The last layer's output and the one before it. ids: words, sentences, kinds. given: a vector of each word."""
    keys = iter([None] * 99 if key is None else jax.random.split(key, 99))
    word = ids[:, :, 0]
    if key is not None:
        word = word * jax.random.bernoulli(next(keys), 0.85, word.shape)
        given = given * jax.random.bernoulli(next(keys), 0.92, (*word.shape, 1))
    look = lambda kind: p[f"embedding{kind}"][ids[:, :, kind]]
    x = jnp.concatenate([p["embedding0"][word], sum(look(kind) for kind in range(1, 5)), sum(look(kind) for kind in range(5, 9)), given], -1)
    x = drop(next(keys), x, rate * 0.7, ())
    outputs = []
    for layer in range(layers):
        x = recur(p, layer, x, mask, hidden)
        x = drop(next(keys), x, rate, (0,))
        outputs.append(x)
    return outputs[-1], outputs[-2]


def score(p, outputs, key, rate):
    """Scores of tags (words, sentences, tags), of arcs (sentences, dependents, heads with the root first), and the relation halves."""
    top, below = outputs
    keys = [None] * 2 if key is None else jax.random.split(key, 2)
    tags = below @ p["tag.weight"].T + p["tag.bias"]
    halves = top @ p["heads.weight"].T + p["heads.bias"]
    arcs = drop(keys[0], jax.nn.relu(halves[..., :2 * ARC]), rate, (0,))
    dependents, heads = arcs[..., :ARC], arcs[..., ARC:]
    heads = jnp.concatenate([jnp.broadcast_to(p["root"][:ARC], (1, *heads.shape[1:])), heads])
    asked = dependents @ p["arc.weight"].T + p["arc.bias"]
    arcs = jnp.einsum("dbk,hbk->bdh", asked, heads) / ARC ** 0.5
    own, governing = halves[..., 2 * ARC:2 * ARC + RELATION], halves[..., 2 * ARC + RELATION:]
    governing = jnp.concatenate([jnp.broadcast_to(p["root"][ARC:], (1, *governing.shape[1:])), governing])
    return tags, arcs, own, governing


def relate(p, own, governing, heads, key, rate):
    """Scores of relations, given each word's head. heads: words, sentences."""
    chosen = jnp.take_along_axis(governing, heads[..., None], 0)
    hidden = drop(key, jax.nn.relu(own + chosen), rate, (0,))
    return hidden @ p["relation.weight"].T + p["relation.bias"]
