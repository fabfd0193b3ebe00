"""Which sources a text calls by name."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from msgspec import Struct

from coprod_match.engine.speech import Speech, lengths_by_first
from coprod_match.model.catalogue import Resource
from coprod_match.words import STOP_WORDS, stems

_END_OF_NAME = re.compile(r"\s[-–—]\s|[(:,]")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)")
_SHORTEST_ACRONYM = 3
_LONGEST = 8  # words of a name that are compared
_TELLING = 3  # with as many words a name is one however it is written; with fewer, it has to have its capitals


class Names(Struct, frozen=True, eq=False):
    """The names of the sources of a catalogue.

    A name is heard up to its first stop, and without a nation at its end. Two words (“new local”) may be everyday
    language: they are taken for a name only where they are written as one. An acronym is heard only as it is written
    in the catalogue, and a single other word never.
    """

    ids: Mapping[str, Sequence[str]]
    """A name, as stems → the ids of the sources that are called so."""
    acronyms: Mapping[str, Sequence[str]]
    """The same for acronyms."""
    lengths: Mapping[str, Sequence[int]]
    """First stem of a name → how many stems the names that begin so have."""

    def within(self, speech: Speech) -> set[str]:
        """Ids of the sources whose name, or acronym, stands in a text."""
        ids: set[str] = set()
        for start in [start for start, stem in enumerate(speech.stems) if stem in self.lengths]:
            for length in self.lengths[speech.stems[start]]:
                found = self.ids.get(" ".join(speech.stems[start : start + length]), ())
                if found and _is_name(speech.spelt[start : start + length]):
                    ids.update(found)
        if not speech.text.isupper():
            ids.update(id for word in speech.spelt for id in self.acronyms.get(word, ()))
        return ids


def find_names(resources: Sequence[Resource], nations: Iterable[str], common: Set[str] = frozenset()) -> Names:
    """Every way to name the sources of a catalogue. `common` are pairs of stems that many entries say."""
    ends = {" ".join(stems(nation)) for nation in nations}
    ids: dict[str, list[str]] = {}
    acronyms: dict[str, list[str]] = {}
    for resource in resources:
        for name in sorted(_names(resource.name, ends, common)):
            ids.setdefault(name, []).append(resource.id)
        for acronym in _ACRONYM.findall(resource.name):
            if len(acronym) >= _SHORTEST_ACRONYM:
                acronyms.setdefault(acronym, []).append(resource.id)
    return Names(ids, acronyms, lengths_by_first(ids))


def _names(name: str, nations: Set[str], common: Set[str]) -> set[str]:
    """The ways to say a source's name, as stems.

    Without its nation, what is commonly said (“public health” for Public Health Scotland) is no name.
    """
    said = stems(_END_OF_NAME.split(name, maxsplit=1)[0])
    variants = [said]
    if said and said[-1] in nations and " ".join(said[:-1]) not in common:
        variants.append(said[:-1])
    return {" ".join(variant[:_LONGEST]) for variant in variants if len(variant) > 1}


def _is_name(written: Sequence[str]) -> bool:
    """Whether words that could be a name are written as one, or are too many to be anything else."""
    telling = [word for word in written if word.casefold() not in STOP_WORDS]
    return len(telling) >= _TELLING or all(word[0].isupper() for word in telling)
