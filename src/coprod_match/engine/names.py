"""Which sources a text calls by name."""

import re
from collections.abc import Iterable, Mapping, Sequence

from coprod_match.model.catalogue import Resource
from coprod_match.words import stems, words

_END_OF_NAME = re.compile(r"\s[-–—]\s|[(:,]")
_ACRONYM = re.compile(r"\(([A-Z][A-Za-z]*[A-Z])\)")
_LONGEST = 8  # words of a name that are compared
_RARE = 3  # texts that may hold a name for it still to be one


class Names:
    """The names of the sources of a catalogue. Built once; never changes after."""

    def __init__(self, resources: Sequence[Resource], nations: Iterable[str]) -> None:
        ends = {" ".join(stems(nation)) for nation in nations}
        texts = [f"{resource.summary} {' '.join(resource.terms)}".casefold() for resource in resources]
        found: dict[str, list[str]] = {}
        for resource in resources:
            for name in _names(resource.name, ends, texts):
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


def _names(name: str, nations: set[str], texts: Sequence[str]) -> set[str]:
    """A source's name up to the first stop, the same without a nation at its end, and its acronym.

    A single word is not taken for a name unless it is an acronym, nor is what several texts of the catalogue say
    (“public health” for Public Health Scotland): those are words of everyday language.
    """
    written = _END_OF_NAME.split(name, maxsplit=1)[0]
    said = stems(written)
    variants = [said]
    if said and said[-1] in nations:
        shorter = " ".join(written.casefold().split()[:-1])
        variants += [said[:-1]] if sum(shorter in text for text in texts) <= _RARE else []
    found = {" ".join(variant[:_LONGEST]) for variant in variants if len(variant) > 1}
    return found | {" ".join(stems(acronym)) for acronym in _ACRONYM.findall(name) if len(words(acronym)[0]) > 2}
