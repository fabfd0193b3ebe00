"""What a request gives outright: values that name terms of the taxonomy, or nearly do."""

from collections.abc import Iterable

from coprod_match.engine.places import Places
from coprod_match.engine.resolve import Labels, Match
from coprod_match.errors import UnknownTermError
from coprod_match.model.request import Request
from coprod_match.model.result import ASKED_AS, SCHEME_OF, AskedAs, Facet, Understood
from coprod_match.model.taxonomy import Taxonomy, Term
from coprod_match.words import has_words, words

SAID = 0.8
"""How sure we are of a term whose label stands in a text."""
WANTED: tuple[Facet, ...] = ("support_type", "theme")
"""What is asked in these is asked in our own terms."""

_UNKNOWN = 0.5  # how sure we are of where a place lies that we do not know
_NEAR_MISS = 80  # a place as like a label as this (0 to 100) is a slip of the pen, not a place that we do not know
_QUOTED = 60  # letters of a value that are quoted
_SENTENCE = 4  # from this many words on, a value that names no term is read as the asker's own words


class Values:
    """Reads the values of a request. Built once; never changes after."""

    def __init__(self, taxonomy: Taxonomy, labels: Labels, places: Places, unknown_place: str) -> None:
        self._taxonomy, self._labels, self._places, self._unknown_place = taxonomy, labels, places, unknown_place

    def given(self, request: Request) -> tuple[list[Understood], list[str]]:
        """What was given outright, and the values that are sentences rather than terms."""
        found: list[Understood] = []
        sentences: list[str] = []
        values: list[tuple[Facet, str]] = [("support_type", need) for need in request.needs]
        values += [("theme", theme) for theme in request.themes]
        values += [("role", request.role or ""), ("place", request.place or "")]
        for facet, value in values:
            if not value.strip():
                continue
            item = self._read(facet, value)
            if item is not None:
                found.append(item)
            else:
                sentences.append(value)
        return list({(item.facet, item.term): item for item in found}.values()), sentences

    def not_meant(self, request: Request) -> list[tuple[Facet, Term]]:
        """What is not to be read from the text. Raises UnknownTermError."""
        found: list[tuple[Facet, Term]] = []
        for value in filter(str.strip, request.without):
            named = self._named(WANTED, value)
            if named is None:
                near = [id for facet in WANTED for id in self._labels.nearest(SCHEME_OF[facet], value)]
                allowed = [term.id for facet in WANTED for term in self._taxonomy.scheme(SCHEME_OF[facet])]
                raise UnknownTermError("without", value[:_QUOTED], near[:3], allowed)
            facet, reading = named
            if (facet, reading.term) not in found:
                found.append((facet, reading.term))
        return found

    def _named(self, facets: Iterable[Facet], value: str) -> tuple[Facet, Match] | None:
        """The term that a value names: in the first facet that has it as a label, else where it comes nearest."""
        for facet in facets:  # a label as it stands is found at once; a close spelling costs a search
            term = self._labels.exact(SCHEME_OF[facet], value)
            if term is not None:
                return facet, Match(SCHEME_OF[facet], term, 1.0)
        readings = [(facet, self._labels.read(SCHEME_OF[facet], value)) for facet in facets]
        found = [(facet, reading) for facet, reading in readings if reading is not None]
        return max(found, key=lambda pair: pair[1].confidence, default=None)

    def _read(self, facet: Facet, value: str) -> Understood | None:
        """The term that one given value names; None for a sentence.

        A theme may stand where a need was asked for, and the reverse.
        """
        if facet == "place":
            return self._place(value)
        facets = dict.fromkeys((facet, *WANTED)) if facet in WANTED else (facet,)
        named = self._named(facets, value)
        if named is not None:
            where, reading = named
            return understood(where, reading.term, reading.confidence, value[:_QUOTED], ASKED_AS[facet])
        if facet in WANTED and len(words(value)) >= _SENTENCE:
            return None
        raise self._labels.unknown(ASKED_AS[facet], SCHEME_OF[facet], value)

    def _place(self, value: str) -> Understood | None:
        """The place that a given value is, or holds, or may be meant to be; None for a sentence."""
        term = self._labels.exact("places", value)
        if term is not None:
            return understood("place", term, 1.0, value[:_QUOTED], "place")
        brief = len(words(value)) < _SENTENCE
        found, sure = None, SAID
        if brief and (mention := self._places.narrowest(value)):
            found = mention.term
        elif near := self._labels.read("places", value):
            found, sure = near.term, near.confidence
        if found is not None:
            return understood("place", found, sure, value[:_QUOTED], "place")
        if not brief:
            return None
        if not has_words(value) or self._labels.nearest("places", value, least=_NEAR_MISS):
            raise self._labels.unknown("place", "places", value)
        unknown = self._taxonomy.term("places", self._unknown_place)
        return understood("place", unknown, _UNKNOWN, f"{value[:_QUOTED]}, not known to us", "place")


def understood(facet: Facet, term: Term, confidence: float, said: str, asked_as: AskedAs = "text") -> Understood:
    """What was understood of one facet."""
    return Understood(facet, term.id, term.prefLabel, confidence, asked_as, said)
