"""A catalogue of any size that is like the real one: the real entries first, then made-up ones.

Each made-up entry takes all its tags from one real entry, and its sentences, search terms and questions from that one
and another that shares a theme with it, in new words (`words_like.py`). The same seed gives the same entries, and the
first ones do not change when more are asked for. `python benchmarks/speed/likeness.py` shows how like they are.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from msgspec.structs import replace
from words_like import Phrase, Writer

from coprod_match import Catalogue, Resource
from coprod_match.engine.index import whole_text
from coprod_match.model.catalogue import Evidence

SEED = 20261124
PARENTS = 2
"""How many real entries a made-up one takes its phrases from: the one whose tags it has, and one like it."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Said:
    """What a real entry says, cut into words."""

    name: Phrase
    provider: Phrase
    summary: Sequence[Phrase]
    """Its sentences."""
    terms: Sequence[Phrase]
    questions: Sequence[Phrase]


def grown(real: Catalogue, size: int, seed: int = SEED) -> Catalogue:
    """The first `size` entries of a catalogue that begins with the real one."""
    return Catalogue(resources=tuple(islice(_entries(real, seed), size)))


def _entries(real: Catalogue, seed: int) -> Iterator[Resource]:
    yield from real.resources
    random = Random(seed)
    writer = Writer([whole_text(entry) for entry in real.resources], random)
    said = {entry.id: _cut(entry, writer) for entry in real.resources}
    by_theme = defaultdict(list)
    for entry in real.resources:
        for theme in entry.themes:
            by_theme[theme].append(said[entry.id])
    names = {entry.name for entry in real.resources}
    number = 0
    while True:
        number += 1
        model = random.choice(real.resources)
        alike = [random.choice(by_theme[random.choice(model.themes)]) for _ in range(PARENTS - 1)]
        entry = _entry(f"grown-{number:06}", model, [said[model.id], *alike], writer, random)
        if entry.name in names:
            entry = replace(entry, name=f"{entry.name} ({writer.coin().capitalize()})")
        names.add(entry.name)
        yield entry


def _entry(id: str, model: Resource, parents: Sequence[Said], writer: Writer, random: Random) -> Resource:
    """An entry with the tags of a real one and phrases of several."""

    def several(count: int, of: Callable[[Said], Sequence[Phrase]]) -> list[str]:
        return [writer.write(random.choice(of(random.choice(parents)))) for _ in range(count)]

    writer.begin()
    url = f"https://example.org/{id}"
    return replace(
        model,
        id=id,
        name=writer.write(random.choice(parents).name),
        provider=writer.write(random.choice(parents).provider),
        url=url,
        summary=" ".join(several(len(parents[0].summary), lambda said: said.summary)),
        terms=tuple(dict.fromkeys(several(len(model.terms), lambda said: said.terms))),
        questions=tuple(dict.fromkeys(several(len(model.questions), lambda said: said.questions))),
        evidence=(Evidence(url=url, note="made up to measure speed"),),
    )


def _cut(entry: Resource, writer: Writer) -> Said:
    return Said(
        name=writer.phrase(entry.name),
        provider=writer.phrase(entry.provider),
        summary=[writer.phrase(sentence) for sentence in _SENTENCE.split(entry.summary)],
        terms=[writer.phrase(term) for term in entry.terms],
        questions=[writer.phrase(question) for question in entry.questions],
    )
