"""From a request as it was given to the concepts that it means, each with a confidence and where it was read."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

from coprod_match.engine.concepts import ConceptModel, Guess
from coprod_match.engine.resolve import Labels, resolve_filters
from coprod_match.engine.scope import Scope
from coprod_match.errors import RequestError
from coprod_match.model.ranking import Ranking
from coprod_match.model.request import Filters, Request
from coprod_match.model.result import Facet, Understood
from coprod_match.model.taxonomy import Elsewhere, Taxonomy, Term
from coprod_match.words import as_spelt, words

MAX_TEXT = 50_000
"""The most letters of a request's text that are read."""

_SCHEMES: dict[Facet, str] = {"role": "roles", "support_type": "support_types", "theme": "themes", "place": "places"}
_FLAGS: dict[Facet, str] = {"role": "role", "support_type": "need", "theme": "theme", "place": "place"}
_MIXED_UP: dict[Facet, tuple[Facet, ...]] = {"support_type": ("theme",), "theme": ("support_type",)}
_SAID = 0.8  # how sure we are of a term whose label stands in the text

_LEAST = 0.05  # below this a guess is noise
_MOST = 4  # guesses of one facet that are kept
_UNKNOWN = 0.5  # how sure we are of where a place lies that we do not know
_NEAR_MISS = 80  # a place as like a label as this (0 to 100) is a slip of the pen, not a place that we do not know
_QUOTED = 60  # letters of a value that are quoted
_SENTENCE = 4  # from this many words on, a value that names no term is read as the asker's own words
_NOT_WANTED = re.compile(
    r"""\b(?:not(?:\ just|\ only)?\ another|no\ more|(?:dont|do\ not)\ (?:want|need)|rather\ than|instead\ of
    |(?:sick|tired)\ of)\b.*?(?=[.,;:!?]|\b(?:but|and|so|because|we|i)\b|$)""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)


_FROM_HERE = re.compile(r"\b(?:from|(?:a)?round|over) here\b|\b(?:of )?our own\b|\bcloser to home\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a request means."""

    request: Request
    understood: tuple[Understood, ...]
    text: str
    """The asker's own words, without what they say that they do not want."""
    filters: Filters
    in_scope: bool = True
    """Whether this is a request for such a service at all."""
    matter: Elsewhere | None = None
    """Whose business it is, if not ours and if that is clear."""


class Reader:
    """Reads requests in the terms of a taxonomy. Built once; never changes after."""

    def __init__(
        self,
        taxonomy: Taxonomy,
        ranking: Ranking,
        *,
        support_types: ConceptModel,
        themes: ConceptModel,
        scope: Scope | None,
    ) -> None:
        self._scope, self._least_scope = scope, ranking.chance.in_scope.value
        self._taxonomy, self._home, self._subject = taxonomy, ranking.home, ranking.subject
        self._unknown_place = ranking.unknown_place
        self._labels = Labels(taxonomy)
        self._models: dict[Facet, ConceptModel] = {"support_type": support_types, "theme": themes}

    def read(self, request: Request) -> Reading:
        """Read one request.

        Raises RequestError when it is empty or too long, UnknownTermError when a value names no term.
        """
        _refuse_empty(request)
        given, sentences = self._given(request)
        text = " . ".join(part for part in [*sentences, request.text or ""] if words(part))
        if len(text) > MAX_TEXT:
            raise RequestError(f"The text is too long: {len(text):,} letters. Please say it in at most {MAX_TEXT:,}.")
        said = wanted(text)
        found = list(given)
        for facet in _SCHEMES:
            if not any(item.facet == facet for item in given):
                found += self._spoken(facet, said) or self._assumed(facet, text)
        found += self._abroad(said, {item.term for item in found if item.facet == "place"})
        order = list(_SCHEMES)
        found.sort(key=lambda item: (order.index(item.facet), -item.confidence, item.term))
        reading = Reading(request, tuple(found), said or text, resolve_filters(request.filters, self._labels))
        asked_in_our_terms = any(item.facet in _MIXED_UP for item in given)
        return reading if asked_in_our_terms else self._with_scope(reading)

    def _with_scope(self, reading: Reading) -> Reading:
        if self._scope is None or not reading.text or self._scope.score(reading.text) >= self._least_scope:
            return reading
        return replace(reading, in_scope=False, matter=self._scope.matter(reading.text))

    def _assumed(self, facet: Facet, text: str) -> list[Understood]:
        """What is taken for granted where nothing is said: the home, and the subject of a request without words."""
        ids = {"place": (self._home,), "theme": () if text else self._subject}.get(facet, ())
        return [self._item(facet, self._taxonomy.term(_SCHEMES[facet], id), 1.0, "assumed") for id in ids]

    def _item(self, facet: Facet, term: Term, confidence: float, said: str, source: str = "") -> Understood:
        return Understood(facet, term.id, term.prefLabel, confidence, f"{source or _FLAGS[facet]}: {said}")

    def _given(self, request: Request) -> tuple[list[Understood], list[str]]:
        """What was given outright, and the values that are sentences rather than terms."""
        found: list[Understood] = []
        sentences: list[str] = []
        values: list[tuple[Facet, str]] = [("support_type", need) for need in request.needs]
        values += [("theme", theme) for theme in request.themes]
        values += [("role", request.role or ""), ("place", request.place or "")]
        for facet, value in values:
            if not words(value):
                continue
            item = self._value(facet, value)
            if item is not None:
                found.append(item)
            else:
                sentences.append(value)
        return list({(item.facet, item.term): item for item in found}.values()), sentences

    def _value(self, facet: Facet, value: str) -> Understood | None:
        """The term that one given value names; None for a sentence.

        A theme may stand where a need was asked for, and the reverse.
        """
        facets = [facet, *_MIXED_UP.get(facet, ())]
        readings = [(candidate, self._labels.read(_SCHEMES[candidate], value)) for candidate in facets]
        found = [(candidate, reading) for candidate, reading in readings if reading is not None]
        if found:
            best, reading = max(found, key=lambda pair: pair[1].confidence)
            return self._item(best, reading.term, reading.confidence, value[:_QUOTED], _FLAGS[facet])
        if facet in _MIXED_UP and len(words(value)) >= _SENTENCE:
            return None
        if facet == "place" and not self._labels.nearest(_SCHEMES[facet], value, least=_NEAR_MISS):
            return self._item(
                facet,
                self._taxonomy.term("places", self._unknown_place),
                _UNKNOWN,
                f"{value[:_QUOTED]}, not known to us",
            )
        raise self._labels.unknown(_FLAGS[facet], _SCHEMES[facet], value)

    def _spoken(self, facet: Facet, text: str) -> list[Understood]:
        """What the text says of one facet: terms whose labels stand in it, and guesses from its words."""
        found: dict[str, Understood] = {}
        for term, said in self._labels.within(_SCHEMES[facet], text):
            if facet != "place" or self._home in (term.id, *self._taxonomy.ancestors("places", term.id)):
                # people who name a place beyond their own nation mostly want an example from there
                found.setdefault(term.id, self._item(facet, term, _SAID, said, "text"))
        if facet == "place":
            return self._narrowest(found)
        for guess in self._guesses(facet, text):
            found.setdefault(guess.term.id, self._item(facet, guess.term, guess.confidence, _said(guess, text), "text"))
        return list(found.values())

    def _abroad(self, text: str, known: Set[str]) -> list[Understood]:
        """Places beyond the home nation that a text names: mostly people want an example from there."""
        if _FROM_HERE.search(text):
            return []
        named = {term.id: (term, said) for term, said in self._labels.within("places", text) if term.id not in known}
        around = {id for place in known for id in self._taxonomy.ancestors("places", place) if id in named}
        return [
            self._item("place", term, _SAID, said, "text")
            for id, (term, said) in named.items()
            if id not in around and self._home not in (id, *self._taxonomy.ancestors("places", id))
        ]

    def _narrowest(self, found: Mapping[str, Understood]) -> list[Understood]:
        """The first place that holds none of the others: “the Western Trust in Northern Ireland” is the trust."""
        wider = {id for place in found for id in self._taxonomy.ancestors("places", place)}
        return [item for id, item in found.items() if id not in wider][:1]

    def _guesses(self, facet: Facet, text: str) -> list[Guess]:
        guesses = self._models[facet].guesses(text) if facet in self._models else []
        return [guess for guess in guesses[:_MOST] if guess.confidence >= _LEAST]


def _said(guess: Guess, text: str) -> str:
    """The words that a guess came from, as they were written."""
    return ", ".join(as_spelt(stem, text) for stem in guess.stems) or "from the whole"


def wanted(text: str) -> str:
    """A text without the clauses that say what is not wanted: “not another one day course”."""
    left = _NOT_WANTED.sub(" ", text.replace("’", "'").replace("n't", "nt")).strip()
    return left if words(left) else ""


def _refuse_empty(request: Request) -> None:
    given = (request.role, request.place, request.text, *request.needs, *request.themes)
    if not any(words(value) for value in given if value):
        raise RequestError(
            "Please say what you need: a role, a kind of help, a theme, a place, or the need in your own words."
        )
