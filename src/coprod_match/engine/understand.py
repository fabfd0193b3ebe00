"""From a request as it was given to the concepts that it means, each with a confidence and where it was read."""

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from msgspec import Struct, structs

from coprod_match.engine.concepts import ConceptModel
from coprod_match.engine.judge import Judge, Verdict
from coprod_match.engine.models import Models
from coprod_match.engine.places import Places, less
from coprod_match.engine.resolve import Labels, Match, Mention, resolve_filters
from coprod_match.engine.speech import Speech, listen, sentences
from coprod_match.engine.vocabulary import Bag
from coprod_match.engine.wishes import has, plain, speaks_as, wishes
from coprod_match.errors import RequestError, UnknownTermError
from coprod_match.model.ranking import Ranking
from coprod_match.model.request import Filters, Request
from coprod_match.model.result import ASKED_AS, SCHEME_OF, WHOLE, AskedAs, Facet, Understood
from coprod_match.model.taxonomy import Taxonomy, Term
from coprod_match.words import STOP_WORDS, has_words, words

MAX_TEXT = 50_000
"""The most letters of a request's text that are read."""

_ORDER = {facet: number for number, facet in enumerate(SCHEME_OF)}
_WANTED: tuple[Facet, ...] = ("support_type", "theme")  # what is asked in these is asked in our own terms
_ALSO_READ: tuple[Facet, ...] = ("theme",)  # in the text even where given; guessed kinds of help make lists worse there
_SAID = 0.8  # how sure we are of a term whose label stands in the text

_LEAST = 0.05  # below this a guess is noise
_MOST = 4  # guesses of one facet that are kept
_ASSUMED: dict[Facet, float] = {"theme": 0.2}  # who names only a kind of help wants that first of all
_UNKNOWN = 0.5  # how sure we are of where a place lies that we do not know
_NEAR_MISS = 80  # a place as like a label as this (0 to 100) is a slip of the pen, not a place that we do not know
_QUOTED = 60  # letters of a value that are quoted
_OFFERED = 0.5  # what a kind of help counts that was read in the text of somebody who gives it
_SENTENCE = 4  # from this many words on, a value that names no term is read as the asker's own words


class Reading(Struct, frozen=True, eq=False, gc=False):
    """What a request means."""

    request: Request
    understood: tuple[Understood, ...]
    place: str
    """Where the asker is. Other places that were understood are where an example may come from."""
    speech: Speech
    """The asker's own words, without what they say that they do not want, if that leaves any."""
    subject: Speech
    """The same without places, which count for themselves: as words, they would bring whatever else is there. But they
    belong to the names of sources; and of a place elsewhere we know little more than its nation."""
    filters: Filters
    not_meant: tuple[Term, ...]
    """What was not to be read from the text, and was not given outright."""
    named: Set[str]
    """Ids of the sources that they call by name."""
    refused: Set[str]
    """Ids of the sources that they name and do not want."""
    verdict: Verdict
    """Whose business it is."""


class _Text(NamedTuple):
    """A text, taken apart."""

    speech: Speech
    places: Sequence[Mention]
    """The places that it names."""
    subject: Speech
    """The text without these: anything may be wanted anywhere."""


class Reader:
    """Reads requests in the terms of a taxonomy. Built once; never changes after."""

    def __init__(self, taxonomy: Taxonomy, ranking: Ranking, models: Models) -> None:
        self._taxonomy, self._usual_themes = taxonomy, ranking.subject
        self._home, self._unknown_place = ranking.home, ranking.unknown_place
        self._labels = Labels(taxonomy, models.labels)
        self._places = Places(taxonomy, self._labels, ranking.home)
        self._judge = Judge(taxonomy, self._labels, models.scope, ranking.chance.in_scope.value)
        self._spelling, self._used = models.spelling, models.index.text.vocabulary
        self._names, self._empty_stems = models.index.names, models.empty_stems
        self._models: dict[Facet, ConceptModel] = {"support_type": models.support_types, "theme": models.themes}

    def read(self, request: Request) -> Reading:
        """Read one request.

        Raises RequestError when it is empty or too long, UnknownTermError when a value names no term.
        """
        _refuse_empty(request)
        given, in_words = self._given(request)
        text = plain(" . ".join(part for part in [*in_words, request.text or ""] if has_words(part)).strip())
        if len(text) > MAX_TEXT:
            raise RequestError(f"The text is too long: {len(text):,} letters. Please say it in at most {MAX_TEXT:,}.")
        kept, refused = wishes(text, self._is_name)
        wanted = self._take_apart(kept)
        said = wanted if kept == text else self._take_apart(text)
        heard = wanted if wanted.speech.words else said
        not_meant = self._not_meant(request)
        found = [*given, *self._read_besides(given, not_meant, text, wanted)]
        place = next(item.term for item in found if item.facet == "place")
        found = self._less_what_is_offered(found)
        around = {*self._taxonomy.around(place)}
        found += _heard("place", self._places.abroad(wanted.places, wanted.speech, around))
        named = self._names.within(heard.speech)
        return Reading(
            request=request,
            understood=tuple(sorted(found, key=lambda item: (_ORDER[item.facet], -item.confidence, item.term))),
            not_meant=tuple(term for facet, term in not_meant if (facet, term.id) not in _terms(given)),
            place=place,
            speech=heard.speech,
            subject=self._subject_of(heard, around) if not named else heard.speech,
            filters=resolve_filters(request.filters, self._labels),
            named=named,
            refused=self._names.within(listen(refused)) if refused else frozenset(),
            verdict=self._judge.verdict(
                said.subject,
                self._parts(text, request.place or ""),
                in_our_terms=any(item.facet in _WANTED for item in given),
                named=bool(named),
            ),
        )

    def _read_besides(
        self, given: Sequence[Understood], not_meant: Sequence[tuple[Facet, Term]], text: str, wanted: _Text
    ) -> Iterator[Understood]:
        """What is read from the text, or assumed, beside what was given outright, less what is not meant."""
        facets = {item.facet for item in given}
        settled = _terms(given) | {(facet, term.id) for facet, term in not_meant}
        for facet in SCHEME_OF:
            if facet in facets and facet not in _ALSO_READ:
                continue
            if facet == "place":
                read = _heard("place", self._places.here(wanted.places))
            else:
                read = self._spoken(facet, wanted.speech, wanted.subject)
            read = read or ([] if facet in facets else self._assumed(facet, text))
            yield from (item for item in read if (item.facet, item.term) not in settled)

    def _subject_of(self, heard: _Text, around: Set[str]) -> Speech:
        """A text without the places that count for themselves, unless it says nothing else."""
        counted = self._places.counted(heard.places, around)
        subject = heard.subject if len(counted) == len(heard.places) else less(heard.speech, counted)
        return heard.speech if self._empty_stems.issuperset(set(subject.stems) - STOP_WORDS) else subject

    def _less_what_is_offered(self, found: Sequence[Understood]) -> list[Understood]:
        """What was understood, less sure of kinds of help that were read in the text of somebody who gives these."""
        roles = [self._taxonomy.role(item.term) for item in found if item.facet == "role"]
        offered = {("support_type", id) for role in roles for id in role.offers}
        return [
            structs.replace(item, confidence=item.confidence * _OFFERED)
            if item.asked_as == "text" and (item.facet, item.term) in offered
            else item
            for item in found
        ]

    def _take_apart(self, text: str) -> _Text:
        speech = self._spelling.mend(listen(text), self._used)
        places = self._places.within(speech)
        return _Text(speech, places, less(speech, places))

    def _parts(self, text: str, place: str) -> list[Bag]:
        """The words of each sentence of a text that has several, and of what was given as a place and is none."""
        parts = sentences(text)
        parts = parts if len(parts) > 1 else []
        parts += [place] if has_words(place) and self._labels.exact("places", place) is None else []
        return [self._spelling.mend(listen(part), self._used).bag for part in parts]

    def _is_name(self, text: str) -> bool:
        """Whether a text calls a source or a place by name."""
        speech = listen(text)
        return bool(self._names.within(speech) or self._places.within(speech))

    def _assumed(self, facet: Facet, text: str) -> list[Understood]:
        """What is taken for granted where nothing is said: the home, and the subject of a request without words."""
        ids = {"place": (self._home,), "theme": () if text else self._usual_themes}.get(facet, ())
        terms = [self._taxonomy.term(SCHEME_OF[facet], id) for id in ids]
        return [_understood(facet, term, _ASSUMED.get(facet, 1.0), "", ASKED_AS[facet]) for term in terms]

    def _given(self, request: Request) -> tuple[list[Understood], list[str]]:
        """What was given outright, and the values that are sentences rather than terms."""
        found: list[Understood] = []
        sentences: list[str] = []
        values: list[tuple[Facet, str]] = [("support_type", need) for need in request.needs]
        values += [("theme", theme) for theme in request.themes]
        values += [("role", request.role or ""), ("place", request.place or "")]
        for facet, value in values:
            if not value.strip():
                continue
            item = self._value(facet, value)
            if item is not None:
                found.append(item)
            else:
                sentences.append(value)
        return list({(item.facet, item.term): item for item in found}.values()), sentences

    def _not_meant(self, request: Request) -> list[tuple[Facet, Term]]:
        """What is not to be read from the text. Raises UnknownTermError."""
        found: list[tuple[Facet, Term]] = []
        for value in filter(str.strip, request.without):
            named = self._named(_WANTED, value)
            if named is None:
                near = [id for facet in _WANTED for id in self._labels.nearest(SCHEME_OF[facet], value)]
                allowed = [term.id for facet in _WANTED for term in self._taxonomy.scheme(SCHEME_OF[facet])]
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

    def _value(self, facet: Facet, value: str) -> Understood | None:
        """The term that one given value names; None for a sentence.

        A theme may stand where a need was asked for, and the reverse.
        """
        if facet == "place":
            return self._place(value)
        facets = dict.fromkeys((facet, *_WANTED)) if facet in _WANTED else (facet,)
        named = self._named(facets, value)
        if named is not None:
            where, reading = named
            return _understood(where, reading.term, reading.confidence, value[:_QUOTED], ASKED_AS[facet])
        if facet in _WANTED and len(words(value)) >= _SENTENCE:
            return None
        raise self._labels.unknown(ASKED_AS[facet], SCHEME_OF[facet], value)

    def _place(self, value: str) -> Understood | None:
        """The place that a given value is, or holds, or may be meant to be; None for a sentence."""
        brief = len(words(value)) < _SENTENCE
        found = self._labels.exact("places", value)
        sure = 1.0
        if found is None and brief and (mention := self._places.narrowest(value)):
            found, sure = mention.term, _SAID
        if found is None and (near := self._labels.read("places", value)):
            found, sure = near.term, near.confidence
        if found is not None:
            return _understood("place", found, sure, value[:_QUOTED], "place")
        if not brief:
            return None
        if not has_words(value) or self._labels.nearest("places", value, least=_NEAR_MISS):
            raise self._labels.unknown("place", "places", value)
        unknown = self._taxonomy.term("places", self._unknown_place)
        return _understood("place", unknown, _UNKNOWN, f"{value[:_QUOTED]}, not known to us", "place")

    def _spoken(self, facet: Facet, speech: Speech, subject: Speech) -> list[Understood]:
        """What a text says of one facet: terms whose labels stand in it, and guesses from its subject."""
        mentions = list(self._labels.within(SCHEME_OF[facet], speech))
        if facet == "role":  # “we want residents to decide” says nothing of who asks
            mentions = [mention for mention in mentions if speaks_as(speech, mention.start, mention.end)]
        if facet == "support_type":  # “we run a network”, or “our network”, asks for none
            mentions = [mention for mention in mentions if not has(speech, mention.start)]
        found = {item.term: item for item in _heard(facet, mentions)}
        if facet in self._models:
            for guess in self._models[facet].guesses(subject.bag, most=_MOST, least=_LEAST, empty=self._empty_stems):
                said = ", ".join(speech.quote(stem) for stem in guess.stems) or WHOLE
                term = self._taxonomy.term(SCHEME_OF[facet], guess.term)
                found.setdefault(term.id, _understood(facet, term, guess.confidence, said))
        return list(found.values())


def _understood(facet: Facet, term: Term, confidence: float, said: str, asked_as: AskedAs = "text") -> Understood:
    return Understood(facet, term.id, term.prefLabel, confidence, asked_as, said)


def _terms(items: Iterable[Understood]) -> Set[tuple[Facet, str]]:
    return {(item.facet, item.term) for item in items}


def _heard(facet: Facet, mentions: Sequence[Mention]) -> list[Understood]:
    """The terms that were mentioned, each once, as it was first said."""
    first = {mention.term.id: mention for mention in reversed(mentions)}
    return [_understood(facet, mention.term, _SAID, mention.said) for mention in first.values()]


def _refuse_empty(request: Request) -> None:
    given = (request.role, request.place, request.text, *request.needs, *request.themes)
    if not any(has_words(value) for value in given if value):
        raise RequestError(
            "Please say what you need: a role, a kind of help, a theme, a place, or the need in your own words."
        )
