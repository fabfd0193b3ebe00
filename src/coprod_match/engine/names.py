"""Which sources a text calls by name."""

import re
from collections.abc import Iterable, Mapping

from coprod_match.model.catalogue import Resource
from coprod_match.words import stems, words

_END_OF_NAME = re.compile(r"\s[-–—]\s|[(:,]")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)")
_LONGEST = 8  # words of a name that are compared


class Names:
    """The names of the sources of a catalogue. Built once; never changes after."""

    def __init__(self, resources: Iterable[Resource], nations: Iterable[str]) -> None:
        ends = {" ".join(stems(nation)) for nation in nations}
        found: dict[str, list[str]] = {}
        for resource in resources:
            for name in _names(resource.name, ends):
                found.setdefault(name, []).append(resource.id)
        self._ids: Mapping[str, list[str]] = found

    def within(self, text: str) -> set[str]:
        """Ids of the sources whose name, or acronym, stands in a text."""
        said = stems(text)
        ids: set[str] = set()
        for start in range(len(said)):
            for end in range(start + 1, min(start + _LONGEST, len(said)) + 1):
                ids.update(self._ids.get(" ".join(said[start:end]), ()))
        return ids


def _names(name: str, nations: set[str]) -> set[str]:
    """A source's name up to the first stop, the same without a nation at its end, and its acronym.

    A single word is not taken for a name unless it is an acronym: most are words of everyday language.
    """
    said = stems(_END_OF_NAME.split(name, maxsplit=1)[0])
    variants = [said, said[:-1] if said and said[-1] in nations else said]
    found = {" ".join(variant[:_LONGEST]) for variant in variants if len(variant) > 1}
    return found | {" ".join(stems(acronym)) for acronym in _ACRONYM.findall(name) if len(words(acronym)[0]) > 2}
