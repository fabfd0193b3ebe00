"""From a request as it was given to the concepts that it means, each with a confidence and where it was read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coprod_match.engine.concepts import ConceptModel, fit_concepts
from coprod_match.engine.resolve import Labels, resolve_filters
from coprod_match.errors import RequestError
from coprod_match.model.request import Filters, Request
from coprod_match.model.result import Facet, Understood
from coprod_match.model.taxonomy import Taxonomy, Term
from coprod_match.words import stems, words

MAX_TEXT = 50_000
"""The most letters of a request's text that are read."""

_SCHEMES: dict[Facet, str] = {"role": "roles", "support_type": "support_types", "theme": "themes", "place": "places"}
_SAID = 0.8  # how sure we are of a term whose label stands in the text
_LEAST = 0.05  # below this a guess is noise
_MOST = 3  # guesses of one facet that are kept
_SENTENCE = 4  # from this many words on, a value that names no term is read as the asker's own words
_NOT_WANTED = re.compile(
    r"\b(?:not(?: just| only)? another|not (?:a|an|just|only|more)|no more|(?:dont|do not) (?:want|need)|rather than|instead of|(?:sick|tired) of)\b[^.,;:!?]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a request means."""

    request: Request
    understood: tuple[Understood, ...]
    text: str
    """The asker's own words, without what they say that they do not want."""
    filters: Filters


class Reader:
    """Reads requests in the terms of a taxonomy. Built once; never changes after."""

    def __init__(self, taxonomy: Taxonomy, home: str, subject: Sequence[str]) -> None:
        self._taxonomy, self._home, self._subject = taxonomy, home, subject
        self._labels = Labels(taxonomy)
        self._models: dict[Facet, ConceptModel] = {
            "support_type": fit_concepts(taxonomy.support_types),
            "theme": fit_concepts(taxonomy.themes),
        }

    def read(self, request: Request) -> Reading:
        """Read one request. Raises RequestError when it is empty or too long, UnknownTermError when a value names nothing."""
        _refuse_empty(request)
        given, sentences = self._given(request)
        text = wanted(" . ".join([*sentences, request.text or ""]))
        if len(text) > MAX_TEXT:
            raise RequestError(f"The text is too long: {len(text):,} letters. Please say it in at most {MAX_TEXT:,}.")
        found = list(given)
        for facet in _SCHEMES:
            if not any(item.facet == facet for item in given):
                found += self._spoken(facet, text)
        defaults: list[tuple[Facet, Sequence[str]]] = [("theme", self._subject), ("place", (self._home,))]
        for facet, terms in defaults:
            if not any(item.facet == facet for item in found):
                found += [self._assumed(facet, id) for id in terms]
        order = list(_SCHEMES)
        found.sort(key=lambda item: (order.index(item.facet), -item.confidence, item.term))
        return Reading(request, tuple(found), text, resolve_filters(request.filters, self._labels))

    def _assumed(self, facet: Facet, id: str) -> Understood:
        """What is taken for granted where nothing is said."""
        return Understood(facet, id, self._taxonomy.term(_SCHEMES[facet], id).prefLabel, 1.0, f"{_FLAGS[facet]}: assumed")

    def _given(self, request: Request) -> tuple[list[Understood], list[str]]:
        """What was given outright, and the values that are sentences rather than terms."""
        found: list[Understood] = []
        sentences: list[str] = []
        values: list[tuple[Facet, str]] = [("support_type", need) for need in request.needs]
        values += [("theme", theme) for theme in request.themes]
        values += [("role", request.role)] if request.role else []
        values += [("place", request.place)] if request.place else []
        for facet, value in values:
            item = self._value(facet, value)
            if item is not None:
                found.append(item)
            else:
                sentences.append(value)
        return list(dict.fromkeys(found)), sentences

    def _value(self, facet: Facet, value: str) -> Understood | None:
        """The term that one given value names; None for a sentence. A theme may stand where a need was asked for, and the reverse."""
        other: dict[Facet, Facet] = {"support_type": "theme", "theme": "support_type"}
        for look in ("exact", "read"):
            for candidate in (facet, other.get(facet, facet)):
                reading = getattr(self._labels, look)(_SCHEMES[candidate], value)
                if reading is not None:
                    term, confidence = (reading, 1.0) if isinstance(reading, Term) else (reading.term, reading.confidence)
                    return Understood(candidate, term.id, term.prefLabel, confidence, f"{_FLAGS[facet]}: {value}")
        if facet in other and len(words(value)) >= _SENTENCE:
            return None
        raise self._labels.unknown(_FLAGS[facet], _SCHEMES[facet], value)

    def _spoken(self, facet: Facet, text: str) -> list[Understood]:
        """What the text says of one facet: terms whose labels stand in it, and guesses from its words."""
        spelling = dict(zip(stems(text), words(text), strict=True))
        found: dict[str, Understood] = {}
        for term, said in self._labels.within(_SCHEMES[facet], text):
            if facet == "place" and self._home not in (term.id, *self._taxonomy.ancestors("places", term.id)):
                continue  # people who name another nation mostly want an example from there
            found.setdefault(term.id, Understood(facet, term.id, term.prefLabel, _SAID, f"text: {said}"))
        if facet in self._models:
            for guess in self._models[facet].guesses(text)[:_MOST]:
                if guess.confidence >= _LEAST and guess.term.id not in found:
                    said = ", ".join(" ".join(spelling.get(stem, stem) for stem in name.split()) for name in guess.stems)
                    found[guess.term.id] = Understood(facet, guess.term.id, guess.term.prefLabel, guess.confidence, f"text: {said}")
        return list(found.values())


_FLAGS: dict[Facet, str] = {"role": "role", "support_type": "need", "theme": "theme", "place": "place"}


def wanted(text: str) -> str:
    """A text without the clauses that say what is not wanted: “not another one day course”."""
    plain = text.replace("’", "'").replace("n't", "nt")
    return _NOT_WANTED.sub(" ", plain).strip(" .")


def _refuse_empty(request: Request) -> None:
    given: Iterator[str] = iter((request.role or "", request.place or "", request.text or "", *request.needs, *request.themes))
    if not any(words(value) for value in given):
        raise RequestError(
            "Please say what you need: a role, a kind of help, a theme, a place, or the need in your own words."
        )
