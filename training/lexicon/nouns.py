#!/usr/bin/env python3
"""Writes src/lexicon/nouns.txt: which common nouns name a person, an organization, a place, a work or an event.

Usage: nouns.py WORDNET_DICT > ../../src/lexicon/nouns.txt      (WORDNET_DICT: data.noun and index.noun of WordNet 3.1)

A noun gets the class of its first sense that has one among its two most frequent senses; `occupation` marks persons
by what they do for a living (hyponyms of worker, professional, leader, creator, entertainer, ...).
"""
import sys
from pathlib import Path

CLASSES = {  # class -> synsets, by a lemma and words of its gloss
    "Person": [("person", "a human being")],
    "Organization": [("organization", "a group of people who work together"), ("organisation", "a group of people who work together"),
                     ("company", "an institution created to conduct business"), ("band", "instrumentalists"),
                     ("enterprise", "an organization created for business")],
    "Place": [("location", "a point or extent in space"), ("structure", "a thing constructed"), ("land", "the land on which real estate"),
              ("body_of_water", "the part of the earth's surface covered with water")],
    "Work": [("publication", "a copy of a printed work"), ("show", "a social event involving a public performance"), ("movie", "a form of entertainment"),
             ("musical_composition", "a musical work"), ("book", "a written work or composition"), ("art", "the products of human creativity"),
             ("album", "one or more recordings"), ("program", "a radio or television show"), ("recording", "a storage device"),
             ("literary_composition", "imaginative or creative writing"), ("video", "a recording of both")],
    "Event": [("social_event", "an event characteristic of persons"), ("contest", "an occasion on which a winner"), ("war", "waging of armed conflict"),
              ("battle", "hostile meeting"), ("ceremony", "a formal event"), ("disaster", "an event resulting in great loss")],
}
OCCUPATIONS = [("worker", "a person who works"), ("professional", "a person engaged in one of the learned"), ("leader", "a person who rules"),
               ("creator", "a person who grows"), ("entertainer", "a person who tries to please"), ("expert", "a person with special knowledge"),
               ("scientist", "a person with advanced knowledge"), ("communicator", "a person who communicates"), ("athlete", "trained to compete"),
               ("representative", "a person who represents"), ("businessperson", "capitalist"), ("adjudicator", "a person who studies and settles"),
               ("intellectual", "uses the mind creatively"), ("merchant", "a businessperson engaged"), ("politician", "a leader engaged"), ("chef", "a professional cook")]

# Under those by WordNet's tree, yet nothing that one does for a living.
NO_OCCUPATIONS = set("""accomplice alumna alumnus candidate classic deponent examinee genius grad graduate hangover help
hero idol incumbent insider interviewee nominee noncandidate nonesuch pessimist prodigy salutatorian sceptic sensation
skeptic superior talent valedictorian witness""".split())


def main():
    folder = Path(sys.argv[1])
    words, glosses, parents = {}, {}, {}
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        data, _, gloss = line.partition("|")
        f = data.split()
        count = int(f[3], 16)
        words[f[0]] = f[4:4 + 2 * count:2]
        glosses[f[0]] = gloss.strip()
        p = 4 + 2 * count
        parents[f[0]] = [f[p + 2 + 4 * i] for i in range(int(f[p])) if f[p + 1 + 4 * i] == "@"]

    def find(lemma, gloss):
        found = [s for s in words if lemma in words[s] and gloss in glosses[s]]
        if not found:
            print("no synset", lemma, gloss, file=sys.stderr)
        return found

    roots = {s: c for c, names in CLASSES.items() for n in names for s in find(*n)}
    jobs = {s for n in OCCUPATIONS for s in find(*n)}

    def above(synset, seen):
        if synset not in seen:
            seen.add(synset)
            for parent in parents[synset]:
                above(parent, seen)
        return seen

    rows = {}
    for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        f = line.split()
        lemma, senses = f[0], f[-int(f[2]):]
        if not lemma.replace("_", "").isalpha() or lemma.count("_") > 2 or len(lemma) < 3:
            continue
        for rank, synset in enumerate(senses[:2]):
            chain = above(synset, set())
            found = [roots[s] for s in chain if s in roots]
            if found and lemma in words[synset]:  # a proper name is capitalized there
                kind = max(set(found), key=found.count)
                if kind == "Person" and chain & jobs and lemma not in NO_OCCUPATIONS:
                    kind = "occupation"
                rows[lemma] = (kind, rank)
                break
    by_kind = {}
    for lemma, (kind, rank) in rows.items():
        # A second sense is trusted for persons only; elsewhere it is mostly a stretch.
        if (rank == 0 or kind in ("occupation", "Person")):
            by_kind.setdefault(kind, []).append(lemma.replace("_", " "))
    print("# English nouns by what they name. From WordNet 3.1, Copyright 2011 Princeton University, WordNet licence.")
    print("# Made by training/lexicon/nouns.py. `occupation`: persons by what they do.")
    for kind in sorted(by_kind):
        print(f"[{kind}]")
        print("\n".join(sorted(by_kind[kind])))


main()
