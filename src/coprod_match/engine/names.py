"""Which sources a text calls by name."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from itertools import chain, pairwise

from msgspec import Struct

from coprod_match.engine.speech import Beginnings, Speech, beginnings_of, spans
from coprod_match.model.catalogue import Resource
from coprod_match.words import STOP_WORDS, stems, stems_of_different, words

_END_OF_NAME = re.compile(r"[(:,]")
_DASH = re.compile(r"\s[-–—]\s")  # “Belfast Community Planning Partnership - The Belfast Agenda”: it is called either
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)")
_SHORTEST_ACRONYM = 3
_LONGEST = 8  # words of a name that are compared
_ONE_OF_MANY = frozenset(("a", "an", "any", "my", "our", "some", "this", "your"))  # before what is no name
_TELLING = 3  # with as many words a name is one however it is written; with fewer, it has to have its capitals


class Names(Struct, frozen=True, eq=False):
    """The names of the sources of a catalogue.

    A name is heard up to its first stop, on either side of a dash, without “the” at its start or a nation at its end.
    Two words (“new local”), or more with “a” before them, may be everyday language: they are taken for a name only
    where they are written as one. An acronym is heard only as it is written in the catalogue, and a single other word
    never.
    """

    ids: Mapping[str, Sequence[str]]
    """A name, as stems → the ids of the sources that are called so."""
    acronyms: Mapping[str, Sequence[str]]
    """The same for acronyms."""
    beginnings: Beginnings
    """How names begin, in stems."""

    def within(self, speech: Speech) -> set[str]:
        """Ids of the sources whose name, or acronym, stands in a text."""
        ids: set[str] = set()
        shouted = speech.text.isupper()
        for start, end in spans(speech.stems, self.beginnings):
            found = self.ids.get(" ".join(speech.stems[start:end]))
            if found is None:
                continue
            one_of_many = start > 0 and speech.words[start - 1] in _ONE_OF_MANY
            if _is_name(speech.spelt[start:end], one_of_many=one_of_many, shouted=shouted):
                ids.update(found)
        if not shouted:
            ids.update(id for word in speech.spelt for id in self.acronyms.get(word, ()))
        return ids


def find_names(resources: Sequence[Resource], nations: Iterable[str], common: Set[str] = frozenset()) -> Names:
    """Every way to name the sources of a catalogue. `common` are pairs of stems that many entries say."""
    ends, pieces = [stems(nation) for nation in nations], _Pieces()
    ids: dict[str, list[str]] = {}
    acronyms: dict[str, list[str]] = {}
    for resource in resources:
        for name in sorted(_names(resource.name, ends, common, pieces.stems)):
            ids.setdefault(name, []).append(resource.id)
        for acronym in _ACRONYM.findall(resource.name):
            if len(acronym) >= _SHORTEST_ACRONYM:
                acronyms.setdefault(acronym, []).append(resource.id)
    return Names(ids, acronyms, beginnings_of(ids))


class _Pieces(dict[str, Sequence[str]]):
    """The stems of each piece of text between spaces, of which many names have the same."""

    def __missing__(self, piece: str) -> Sequence[str]:
        found = self[piece] = stems_of_different(words(piece))
        return found

    def stems(self, text: str) -> list[str]:
        found = [*chain.from_iterable(map(self.__getitem__, text.split()))]
        return stems(text) if "co" in found else found  # “co production” is one word


def _names(
    name: str, nations: Sequence[Sequence[str]], common: Set[str], stems: Callable[[str], list[str]]
) -> set[str]:
    """The ways to say a source's name, as stems.

    Without its nation, at its end or in brackets, what is commonly said (“public health” for Public Health Scotland) is
    no name; nor is what comes after a dash, if it holds that: “Our Community Plan”.
    """
    head, *rest = _END_OF_NAME.split(name, maxsplit=1)
    first, *others = map(stems, _DASH.split(head))
    telling = [part for part in others if common.isdisjoint(map(" ".join, pairwise(part)))]
    found = set[str]()
    for part in (first, *telling):
        said = part[1:] if part[:1] == ["the"] and len(part) > 2 else part
        bare = _without_nation(said, nations)
        if len(said) > 1 and not (" ".join(said) in common and rest and stems(rest[0]) in nations):
            found.add(" ".join(said[:_LONGEST]))
        if len(bare) > 1 and " ".join(bare) not in common:
            found.add(" ".join(bare[:_LONGEST]))
    return found


def _without_nation(said: Sequence[str], nations: Sequence[Sequence[str]]) -> Sequence[str]:
    """A name less the nation at its end: “Development Trusts Northern Ireland”. Empty where there is none."""
    bare = next((said[: -len(nation)] for nation in nations if said[-len(nation) :] == nation), [])
    while bare and bare[-1] in STOP_WORDS:
        bare = bare[:-1]
    return bare


def _is_name(written: Sequence[str], *, one_of_many: bool, shouted: bool) -> bool:
    """Whether words that could be a name are written as one, or are too many to be anything else.

    In a text that is all in capitals these do not tell one of many from the one that is called so.
    """
    telling = [word for word in written if word.casefold() not in STOP_WORDS]
    written_as_one = all(word[0].isupper() for word in telling)
    if one_of_many:
        return written_as_one and not shouted
    return written_as_one or len(telling) >= _TELLING
