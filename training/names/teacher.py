"""A large network learns names (MiniLM-L6, `../neural/encoder.py`) and labels the unlabelled texts anew.

Usage: teacher.py GOLD.txt SILVER.txt.gz MINILM_FOLDER OUT.txt.gz [SEED]   (JAX; seeded; keeps its weights in OUT.txt.gz.state)
GOLD is what `names gold` prints, SILVER what `silver.py` wrote; OUT has SILVER's tokens, with the labels that this network
holds likely where nothing was told.
"""
import gzip, os, pickle, random, sys, time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "neural"))
import jax, jax.numpy as jnp, numpy, optax
import encoder

CLASSES = "Person Organization Place Work Event Award Other".split()
LABELS = ["O"] + [f"{part}-{name}" for name in CLASSES for part in "BI"]
ANY = (1 << len(LABELS)) - 1
LENGTHS = [16, 24, 32, 48, 64, 96, 144]
PIECES = 1024
ROUNDS = 4
# Shares of the parts that a round sees, and what the first teacher's labels weigh.
SILVER_SHARE, SILVER_WEIGHT, HEAVY = 0.25, 0.3, 1.4
PACES = {"encoder": 1.5e-4, "head": 2e-3}
# Labels less likely than this are not allowed.
LIKELY = 0.12
CASES, HIDDEN = 8, 192


def case_of(token):
    upper = sum(map(str.isupper, token))
    if any(map(str.isnumeric, token)): return 4
    if not any(map(str.isalpha, token)): return 5
    if upper == 0: return 0
    if upper > 1 and not any(map(str.islower, token)): return 2
    return 1 if upper == 1 and token[0].isupper() else 3


def mask_of(labels):
    mask = 0
    for label in labels.split("|"):
        mask |= ANY if label == "*" else 1 << LABELS.index(label)
    return mask


def read_gold(path):
    """By part: (tokens, masks, weight)."""
    parts, name, weight, tokens, masks = {}, None, 1.0, [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# ") and "\t" not in line:
            _, name, weight = line.split(" ")
        elif line:
            token, mask = line.rsplit("\t", 1)
            tokens.append(token)
            masks.append(int(mask))
        elif tokens:
            parts.setdefault(name, []).append((tokens, masks, float(weight)))
            tokens, masks = [], []
    return parts


def read_silver(path):
    """(tokens, masks, whether they were told); None between documents."""
    tokens, masks, told = [], [], []
    for line in gzip.open(path, "rt", encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("-DOCSTART-"):
            yield None
        elif line:
            token, known, labels = line.split("\t")
            tokens.append(token)
            masks.append(mask_of(labels))
            told.append(known == "told")
        elif tokens:
            yield tokens, masks, told
            tokens, masks, told = [], [], []


def batches(sentences, tokenizer, shuffle):
    """Sentences of about one length together: (places, pieces, their mask, where words begin, cases, allowed, weights)."""
    by_length = {length: [] for length in LENGTHS}
    for i, (tokens, masks, weight) in enumerate(sentences):
        ids, begins = encoder.pieces(tokenizer, tokens)
        length = next((length for length in LENGTHS if length >= len(ids)), None)
        if length is None:
            ids, length = ids[: LENGTHS[-1]], LENGTHS[-1]
            begins = [b for b in begins if b < length]
        by_length[length].append((i, ids, begins, tokens, masks, weight))
    for length, members in by_length.items():
        if shuffle: shuffle.shuffle(members)
        size = max(PIECES // length, 2)
        for at in range(0, len(members), size):
            ids_, seen, begins_, cases, allowed = (numpy.zeros((size, length), "int32") for _ in range(5))
            weights, places = numpy.zeros((size, length), "float32"), []
            for row, (i, ids, begins, tokens, masks, weight) in enumerate(members[at : at + size]):
                n = len(begins)
                ids_[row, : len(ids)], seen[row, : len(ids)], begins_[row, :n] = ids, 1, begins
                own = [case_of(token) for token in tokens[:n]]
                # A capital says less at the beginning, and where all words have one.
                words = [c for c in own if c < 4]
                if own[0] == 1: own[0] = 6
                if len(words) > 2 and (sum(c > 0 for c in words) >= 0.9 * len(words)): own = [7 if 0 < c < 4 or c == 6 else c for c in own]
                cases[row, :n], allowed[row, :n], weights[row, :n] = own, masks[:n], weight
                places.append((i, n))
            yield places, (ids_, seen.astype("float32"), begins_, cases), allowed, weights


def recase(sentence, chance):
    tokens, masks, weight = sentence
    r = chance.random()
    if r < 0.10: return [t.lower() for t in tokens], masks, weight
    if r < 0.13: return [t.upper() for t in tokens], masks, weight
    if r < 0.15: return [t[:1].upper() + t[1:] for t in tokens], masks, weight
    return sentence


def forward(p, layers, batch, key):
    ids, seen, begins, cases = batch
    keys = [None, None] if key is None else jax.random.split(key)
    h = p["head"]
    read = jnp.take_along_axis(encoder.read(p["encoder"], ids, seen, layers, keys[0]), begins[..., None], 1)
    own = h["cases"][cases]
    beside = [jnp.pad(own, ((0, 0), (1, 0), (0, 0)))[:, :-1], own, jnp.pad(own, ((0, 0), (0, 1), (0, 0)))[:, 1:]]
    x = encoder.drop(keys[1], read, 0.2)
    x = jax.nn.gelu(jnp.concatenate([x, *beside], -1) @ h["first"] + h["bias"])
    return x @ h["second"] + h["last"]


def loss(scores, allowed, weights):
    may = (allowed[..., None] >> jnp.arange(len(LABELS))) & 1
    held = jax.nn.logsumexp(jnp.where(may == 1, scores, -1e9), -1)
    return (weights * (jax.nn.logsumexp(scores, -1) - held)).sum() / weights.sum()


def decode(scores):
    """The best sequence in which an inside follows its own."""
    may = numpy.array([[b == 0 or b % 2 == 1 or a == b or a + 1 == b for b in range(len(LABELS))] for a in range(len(LABELS))])
    step = numpy.where(may, 0.0, -1e9)
    best, back = scores[0] + step[0], []
    for row in scores[1:]:
        through = best[:, None] + step
        back.append(through.argmax(0))
        best = through.max(0) + row
    labels = [int(best.argmax())]
    for row in reversed(back): labels.append(int(row[labels[-1]]))
    return labels[::-1]


def spans(labels):
    found = set()
    for i, label in enumerate(labels):
        if label % 2 == 1:
            end = i + 1
            while end < len(labels) and labels[end] == label + 1: end += 1
            found.add((i, end, label // 2))
    return found


def main():
    gold_path, silver_path, folder, out = sys.argv[1:5]
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    gold, silver = read_gold(gold_path), list(read_silver(silver_path))
    weights, tokenizer = encoder.load(folder)
    layers = encoder.layers(weights)
    rng = numpy.random.RandomState(seed)
    normal = lambda *shape: jnp.asarray(rng.normal(0, shape[0] ** -0.5, shape), "float32")
    head = {"cases": normal(CASES, 16), "first": normal(384 + 48, HIDDEN), "bias": jnp.zeros(HIDDEN), "second": normal(HIDDEN, len(LABELS)), "last": jnp.zeros(len(LABELS))}
    p = {"encoder": weights, "head": head}
    optimizer = optax.chain(optax.clip_by_global_norm(1.0), optax.scale_by_adam(b2=0.98))
    state = optimizer.init(p)
    predict = jax.jit(lambda p, batch: jax.nn.log_softmax(forward(p, layers, batch, None)))

    @jax.jit
    def step(p, state, batch, allowed, weights, key, pace):
        value, slope = jax.value_and_grad(lambda p: loss(forward(p, layers, batch, key), allowed, weights))(p)
        change, state = optimizer.update(slope, state, p)
        return {part: jax.tree.map(lambda old, by: old - PACES[part] * pace * by, p[part], change[part]) for part in p}, state, value

    def measure():
        for name, sentences in gold.items():
            if name == "learned": continue
            right = found = there = 0
            for places, batch, _, _ in batches(sentences, tokenizer, None):
                scores = numpy.asarray(predict(p, batch))
                for row, (i, n) in enumerate(places):
                    mine = {s for s in spans(decode(scores[row, :n])) if s[2] < 4}
                    masks = sentences[i][1]
                    sure = [m.bit_length() - 1 if m & (m - 1) == 0 else 0 for m in masks]
                    true = {s for s in spans(sure) if s[2] < 4}
                    right, found, there = right + len(mine & true), found + len(mine), there + len(true)
            print(f"  {name}: P {right / max(found, 1):.3f} R {right / max(there, 1):.3f} F1 {2 * right / max(found + there, 1):.3f}", flush=True)

    first = 0
    if os.path.exists(out + ".state"):
        with open(out + ".state", "rb") as f: first, p, state = pickle.load(f)
    heard = [(tokens, masks, SILVER_WEIGHT) for tokens, masks, _ in filter(None, silver)]
    for round_ in range(first, ROUNDS):
        chance, begun, values = random.Random(100 * seed + round_), time.time(), []
        mixed = [recase(s, chance) for s in gold["learned"]]
        mixed += [recase(s, chance) for s in heard if chance.random() < SILVER_SHARE]
        order = list(batches(mixed, tokenizer, chance))
        chance.shuffle(order)
        key = jax.random.PRNGKey(100 * seed + round_)
        for i, (_, batch, allowed, weights) in enumerate(order):
            done = (round_ + i / len(order)) / ROUNDS
            pace = min(done / 0.06, 1.0) * (1 - done)
            p, state, value = step(p, state, batch, allowed, weights, jax.random.fold_in(key, i), pace)
            values.append(value)
            if i in (20, 100, 200, 400): print(i, "of", len(order), f"{time.time() - begun:.0f} s", flush=True)
        print(f"round {round_ + 1}: loss {numpy.mean([float(v) for v in values]):.4f}, {time.time() - begun:.0f} s", flush=True)
        measure()
        with open(out + ".state", "wb") as f: pickle.dump((round_ + 1, jax.device_get(p), jax.device_get(state)), f)
    write(out, silver, lambda batch: numpy.asarray(predict(p, batch)), tokenizer)


def write(out, silver, predict, tokenizer):
    """The silver texts with this network's labels, and beside them how likely each label is, in percent."""
    sentences = [(tokens, masks, 1.0) for tokens, masks, _ in filter(None, silver)]
    scores = [None] * len(sentences)
    for places, batch, _, _ in batches(sentences, tokenizer, None):
        rows = predict(batch)
        for row, (i, n) in enumerate(places): scores[i] = rows[row, :n]
    at = 0
    with gzip.open(out, "wt", encoding="utf-8") as f:
        for sentence in silver:
            if sentence is None:
                f.write("-DOCSTART-\n")
                continue
            tokens, masks, told = sentence
            own = scores[at]
            at += 1
            labels = decode(own)
            for i, token in enumerate(tokens):
                mask = masks[i] if told[i] or i >= len(labels) else 1 << labels[i] | sum(1 << int(l) for l in numpy.nonzero(own[i] > numpy.log(LIKELY))[0])
                f.write(token + "\t" + "|".join(LABELS[l] for l in range(len(LABELS)) if mask >> l & 1) + "\n")
            f.write("\n")


main()
