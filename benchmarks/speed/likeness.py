"""How like the real catalogue the made-up entries are, and how their words go on growing.

python benchmarks/speed/likeness.py

Prints JSON; docs/performance.md shows it as a table.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import mean

from grow import grown
from words_like import heaps

from coprod_match import Matcher, Resource
from coprod_match.engine.index import whole_text
from coprod_match.words import STOP_WORDS, stems

SIZES = (1000, 10_000)


def likeness(entries: Sequence[Resource]) -> Mapping[str, float]:
    """What is counted of the texts and tags of some entries."""
    texts = [[stem for stem in stems(whole_text(entry)) if stem not in STOP_WORDS] for entry in entries]
    held = Counter(stem for text in texts for stem in text)
    pairs = Counter(pair for text in texts for pair in set(pairwise(text)))
    return {
        "words an entry": mean(map(len, texts)),
        "different words an entry": mean(len(set(text)) for text in texts),
        "different words": len(held),
        "of them once only": sum(count == 1 for count in held.values()) / len(held),
        "share of the 100 commonest": sum(count for _, count in held.most_common(100)) / held.total(),
        "different pairs of words": len(pairs),
        "of them in one entry only": sum(count == 1 for count in pairs.values()) / len(pairs),
        "exponent of Heaps' law": heaps([stem for text in texts for stem in text]).b,
        "providers": len({entry.provider for entry in entries}),
        "themes an entry": mean(len(entry.themes) for entry in entries),
        "kinds of help an entry": mean(len(entry.support_types) for entry in entries),
    }


def measured() -> dict[str, Mapping[str, float]]:
    """The real entries, as many made-up ones, and larger catalogues."""
    real = Matcher.load().catalogue
    large = grown(real, SIZES[-1]).resources
    n = len(real)
    columns = {f"real, {n}": real.resources, f"made up, {n}": large[n : 2 * n], f"made up, last {n}": large[-n:]}
    columns |= {f"{size:,} in all": large[:size] for size in SIZES}
    return {name: likeness(entries) for name, entries in columns.items()}


if __name__ == "__main__":
    json.dump(measured(), sys.stdout, indent=1)
