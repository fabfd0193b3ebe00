"""From a request as it was given to the concepts that it means, each with a confidence and where it was read."""

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from msgspec import Struct, structs

from coprod_match.engine.concepts import ConceptModel
from coprod_match.engine.models import Models
from coprod_match.engine.resolve import Labels, Match, Mention, resolve_filters
from coprod_match.engine.speech import Speech, listen, without
from coprod_match.engine.wishes import plain, refuses, speaks_as, wants_from_here, wishes
from coprod_match.errors import RequestError, UnknownTermError
from coprod_match.model.ranking import Ranking
from coprod_match.model.request import Filters, Request
from coprod_match.model.result import AskedAs, Facet, Understood
from coprod_match.model.taxonomy import Elsewhere, Taxonomy, Term
from coprod_match.words import STOP_WORDS, has_words, words

MAX_TEXT = 50_000
"""The most letters of a request's text that are read."""

_SCHEMES: dict[Facet, str] = {"role": "roles", "support_type": "support_types", "theme": "themes", "place": "places"}
_ORDER = {facet: number for number, facet in enumerate(_SCHEMES)}
_ASKED_AS: dict[Facet, AskedAs] = {"role": "role", "support_type": "need", "theme": "theme", "place": "place"}
_MIXED_UP: dict[Facet, tuple[Facet, ...]] = {"support_type": ("theme",), "theme": ("support_type",)}
_ALSO_READ: tuple[Facet, ...] = ("theme",)  # in the text even where given; guessed kinds of help make lists worse there
_SAID = 0.8  # how sure we are of a term whose label stands in the text

_LEAST = 0.05  # below this a guess is noise
_MOST = 4  # guesses of one facet that are kept
_ASSUMED: dict[Facet, float] = {"theme": 0.2}  # who names only a kind of help wants that first of all
_UNKNOWN = 0.5  # how sure we are of where a place lies that we do not know
_NEAR_MISS = 80  # a place as like a label as this (0 to 100) is a slip of the pen, not a place that we do not know
_QUOTED = 60  # letters of a value that are quoted
_NAMED = 0.2  # how sure we must be of whose business it is to name it
_DANGER = 0.12  # how sure we must be that somebody is in danger to say whom to ring: a number too many does little harm
_DANGER_TO_OURS = 0.3  # the same where a text is clearly our business
_DANGER_SLOPE = 0.15  # from the one to the other, for each point by which a text is more like ours than need be
_CRISIS = 0.5  # how sure we must be of danger to decline even what is asked in our own terms
_SENTENCE = 4  # from this many words on, a value that names no term is read as the asker's own words


class Reading(Struct, frozen=True, eq=False, gc=False):
    """What a request means."""

    request: Request
    understood: tuple[Understood, ...]
    place: str
    """Where the asker is. Other places that were understood are where an example may come from."""
    speech: Speech
    """The asker's own words, without what they say that they do not want."""
    subject: Speech
    """The same without the places that it names: anything may be wanted anywhere."""
    filters: Filters
    not_meant: tuple[Term, ...]
    """What was not to be read from the text, and was not given outright."""
    refused: str
    """What the asker names and does not want."""
    in_scope: bool = True
    """Whether this is a request for such a service at all."""
    matter: Elsewhere | None = None
    """Whose business the text is, if not ours and if that is clear."""
    danger: Elsewhere | None = None
    """In what somebody may be in danger."""


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
        self._scope, self._least_scope = models.scope, ranking.chance.in_scope.value
        self._taxonomy, self._home, self._subject = taxonomy, ranking.home, ranking.subject
        self._unknown_place = ranking.unknown_place
        self._labels = Labels(taxonomy, models.labels)
        self._elsewhere = {matter.id: matter for matter in taxonomy.elsewhere}
        self._spelling, self._used = models.spelling, models.index.text.vocabulary
        self._names, self._empty_stems = models.index.names, models.empty_stems
        self._models: dict[Facet, ConceptModel] = {"support_type": models.support_types, "theme": models.themes}

    def read(self, request: Request) -> Reading:
        """Read one request.

        Raises RequestError when it is empty or too long, UnknownTermError when a value names no term.
        """
        _refuse_empty(request)
        given, sentences = self._given(request)
        text = plain(" . ".join(part for part in [*sentences, request.text or ""] if has_words(part)).strip())
        if len(text) > MAX_TEXT:
            raise RequestError(f"The text is too long: {len(text):,} letters. Please say it in at most {MAX_TEXT:,}.")
        kept, refused = wishes(text, self._is_name)
        wanted = self._take_apart(kept)
        said = wanted if kept == text else self._take_apart(text)
        not_meant = self._not_meant(request)
        found = [*given, *self._read_besides(given, not_meant, text, wanted)]
        place = next(item.term for item in found if item.facet == "place")
        found += self._abroad(wanted.speech, wanted.places, {place, *self._taxonomy.ancestors("places", place)})
        found.sort(key=lambda item: (_ORDER[item.facet], -item.confidence, item.term))
        heard = wanted if wanted.speech.words else said
        reading = Reading(
            request=request,
            understood=tuple(found),
            not_meant=tuple(term for facet, term in not_meant if (facet, term.id) not in _terms(given)),
            place=place,
            speech=heard.speech,
            subject=heard.subject,
            filters=resolve_filters(request.filters, self._labels),
            refused=refused,
        )
        in_our_terms = any(item.facet in _MIXED_UP for item in given)
        return self._with_scope(reading, said.subject, in_our_terms=in_our_terms)

    def _read_besides(
        self, given: Sequence[Understood], not_meant: Sequence[tuple[Facet, Term]], text: str, wanted: _Text
    ) -> Iterator[Understood]:
        """What is read from the text, or assumed, beside what was given outright, less what is not meant."""
        facets = {item.facet for item in given}
        settled = _terms(given) | {(facet, term.id) for facet, term in not_meant}
        for facet in _SCHEMES:
            if facet in facets and facet not in _ALSO_READ:
                continue
            read = self._here(wanted.places) if facet == "place" else self._spoken(facet, wanted.speech, wanted.subject)
            read = read or ([] if facet in facets else self._assumed(facet, text))
            yield from (item for item in read if (item.facet, item.term) not in settled)

    def _take_apart(self, text: str) -> _Text:
        speech = self._spelling.mend(listen(text), self._used)
        places = list(self._labels.within("places", speech))
        return _Text(speech, places, _without(speech, places))

    def _is_name(self, text: str) -> bool:
        """Whether a text calls a source or a place by name."""
        speech = listen(text)
        return bool(self._names.within(speech)) or any(self._labels.within("places", speech))

    def _with_scope(self, reading: Reading, subject: Speech, *, in_our_terms: bool) -> Reading:
        """`subject` is of all that was said: who does not want what others deal with speaks of it.

        What is asked in our own terms is our business, unless somebody may be in danger.
        """
        if self._scope is None or not subject.bag.words:
            return reading
        spoken_of = self._scope.others(subject.bag, least=0.0)
        beyond = self._scope.score(subject, spoken_of) - self._least_scope
        others = [(self._elsewhere[id], sure) for id, sure in spoken_of if sure >= _DANGER]
        matter = next((matter for matter, sure in others if sure >= _NAMED), None)
        in_our_terms = in_our_terms and not any(matter.urgent and sure >= _CRISIS for matter, sure in others)
        ours = beyond >= 0 or self._is_our_term(subject)
        least = min(_DANGER + _DANGER_SLOPE * max(0.0, beyond), _DANGER_TO_OURS)
        danger = next((matter for matter, sure in others if matter.urgent and sure >= least), None)
        return structs.replace(reading, in_scope=ours or in_our_terms, matter=None if ours else matter, danger=danger)

    def _is_our_term(self, subject: Speech) -> bool:
        """Whether a text is nothing but the name of a kind of help or a theme, but for small words."""
        telling = [word for word in subject.words if word not in STOP_WORDS]
        ways = (" ".join(subject.words), " ".join(telling))
        return any(self._labels.exact(_SCHEMES[facet], said) for facet in _MIXED_UP for said in ways)

    def _assumed(self, facet: Facet, text: str) -> list[Understood]:
        """What is taken for granted where nothing is said: the home, and the subject of a request without words."""
        ids = {"place": (self._home,), "theme": () if text else self._subject}.get(facet, ())
        terms = [self._taxonomy.term(_SCHEMES[facet], id) for id in ids]
        return [_understood(facet, term, _ASSUMED.get(facet, 1.0), "", _ASKED_AS[facet]) for term in terms]

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
            named = self._named(_MIXED_UP, value)
            if named is None:
                near = [id for facet in _MIXED_UP for id in self._labels.nearest(_SCHEMES[facet], value)]
                allowed = [term.id for facet in _MIXED_UP for term in self._taxonomy.scheme(_SCHEMES[facet])]
                raise UnknownTermError("without", value[:_QUOTED], near[:3], allowed)
            facet, reading = named
            if (facet, reading.term) not in found:
                found.append((facet, reading.term))
        return found

    def _named(self, facets: Iterable[Facet], value: str) -> tuple[Facet, Match] | None:
        """The term that a value names: in the first facet that has it as a label, else where it comes nearest."""
        for facet in facets:  # a label as it stands is found at once; a close spelling costs a search
            term = self._labels.exact(_SCHEMES[facet], value)
            if term is not None:
                return facet, Match(_SCHEMES[facet], term, 1.0)
        readings = [(facet, self._labels.read(_SCHEMES[facet], value)) for facet in facets]
        found = [(facet, reading) for facet, reading in readings if reading is not None]
        return max(found, key=lambda pair: pair[1].confidence, default=None)

    def _value(self, facet: Facet, value: str) -> Understood | None:
        """The term that one given value names; None for a sentence.

        A theme may stand where a need was asked for, and the reverse.
        """
        named = self._named([facet, *_MIXED_UP.get(facet, ())], value)
        if named is not None:
            where, reading = named
            return _understood(where, reading.term, reading.confidence, value[:_QUOTED], _ASKED_AS[facet])
        if facet in _MIXED_UP and len(words(value)) >= _SENTENCE:
            return None
        if facet == "place" and has_words(value) and not self._labels.nearest("places", value, least=_NEAR_MISS):
            term = self._taxonomy.term("places", self._unknown_place)
            return _understood(facet, term, _UNKNOWN, f"{value[:_QUOTED]}, not known to us", "place")
        raise self._labels.unknown(_ASKED_AS[facet], _SCHEMES[facet], value)

    def _spoken(self, facet: Facet, speech: Speech, subject: Speech) -> list[Understood]:
        """What a text says of one facet: terms whose labels stand in it, and guesses from its subject."""
        mentions = list(self._labels.within(_SCHEMES[facet], speech))
        if facet == "role":  # “we want residents to decide” says nothing of who asks
            mentions = [mention for mention in mentions if speaks_as(speech, mention.start)]
        found = {item.term: item for item in _heard(facet, mentions)}
        if facet in self._models:
            for guess in self._models[facet].guesses(subject.bag, most=_MOST, least=_LEAST, empty=self._empty_stems):
                said = ", ".join(speech.quote(stem) for stem in guess.stems) or "the whole of it"
                term = self._taxonomy.term(_SCHEMES[facet], guess.term)
                found.setdefault(term.id, _understood(facet, term, guess.confidence, said))
        return list(found.values())

    def _here(self, places: Sequence[Mention]) -> list[Understood]:
        """Where the asker is: the first place of the home nation in the text that holds none of the others.

        “The Western Trust in Northern Ireland” is the trust.
        """
        mentions = [mention for mention in places if self._is_home(mention.term.id)]
        wider = {id for mention in mentions for id in self._taxonomy.ancestors("places", mention.term.id)}
        return _heard("place", [mention for mention in mentions if mention.term.id not in wider][:1])

    def _abroad(self, speech: Speech, places: Sequence[Mention], around: Set[str]) -> list[Understood]:
        """Places beyond the home nation that a text names: mostly people want an example from there.

        `around` are the asker's own place and those that hold it.
        """
        mentions = [
            mention
            for mention in places
            if mention.term.id not in around
            and not self._is_home(mention.term.id)
            and not refuses(speech, mention.start)
        ]
        return _heard("place", mentions) if mentions and not wants_from_here(speech) else []

    def _is_home(self, place: str) -> bool:
        return self._home in (place, *self._taxonomy.ancestors("places", place))


def _understood(facet: Facet, term: Term, confidence: float, said: str, asked_as: AskedAs = "text") -> Understood:
    return Understood(facet, term.id, term.prefLabel, confidence, asked_as, said)


def _terms(items: Iterable[Understood]) -> Set[tuple[Facet, str]]:
    return {(item.facet, item.term) for item in items}


def _heard(facet: Facet, mentions: Sequence[Mention]) -> list[Understood]:
    """The terms that were mentioned, each once, as it was first said."""
    first = {mention.term.id: mention for mention in reversed(mentions)}
    return [_understood(facet, mention.term, _SAID, mention.said) for mention in first.values()]


def _without(speech: Speech, places: Sequence[Mention]) -> Speech:
    """A text without the places that it names."""
    named = {mention.start + number for mention in places for number in range(mention.said.count(" ") + 1)}
    return without(speech, named) if named else speech


def _refuse_empty(request: Request) -> None:
    given = (request.role, request.place, request.text, *request.needs, *request.themes)
    if not any(has_words(value) for value in given if value):
        raise RequestError(
            "Please say what you need: a role, a kind of help, a theme, a place, or the need in your own words."
        )
