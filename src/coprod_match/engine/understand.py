"""From requests as they were given to the concepts that they mean, each with a confidence and where it was read."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cache, partial

from msgspec import Struct, structs

from coprod_match.engine.concepts import ConceptModel, Guess
from coprod_match.engine.given import SAID, WANTED, Values, understood
from coprod_match.engine.judge import Case, Judge, Verdict
from coprod_match.engine.linear import Said
from coprod_match.engine.models import Models
from coprod_match.engine.places import Places, less
from coprod_match.engine.resolve import Labels, Mention, resolve_filters
from coprod_match.engine.speech import Speech, listen, sentences, telling
from coprod_match.engine.vocabulary import Bag, together
from coprod_match.engine.wishes import has, plain, speaks_as, wishes
from coprod_match.errors import RequestError
from coprod_match.model.ranking import Ranking
from coprod_match.model.request import Filters, Request
from coprod_match.model.result import ASKED_AS, SCHEME_OF, WHOLE, Facet, Understood
from coprod_match.model.taxonomy import Taxonomy, Term
from coprod_match.words import has_words

MAX_TEXT = 50_000
"""The most letters of a request's text that are read."""

_AT_A_TIME = 128  # requests that are read, and looked for in the catalogue, together
_LETTERS = 40_000  # so much as these hold together at most, but for the last one: memory grows with it

_ORDER = {facet: number for number, facet in enumerate(SCHEME_OF)}
_ALSO_READ: tuple[Facet, ...] = ("theme",)  # in the text even where given; guessed kinds of help make lists worse there

_LEAST = 0.05  # below this a guess is noise
_MOST = 4  # guesses of one facet that are kept
_ASSUMED: dict[Facet, float] = {"theme": 0.2}  # who names only a kind of help wants that first of all
_OFFERED = 0.5  # what a kind of help counts that was read in the text of somebody who gives it


class Reading(Struct, frozen=True, eq=False, gc=False):
    """What a request means."""

    request: Request
    understood: tuple[Understood, ...]
    place: str
    """Where the asker is. Other places that were understood are where an example may come from."""
    speech: Speech
    """The asker's own words, without what they say that they do not want, if that leaves any."""
    subject: Bag
    """Their words without places, which count for themselves: as words, they would bring whatever else is there. But
    they belong to the names of sources; and of a place elsewhere we know little more than its nation."""
    filters: Filters
    not_meant: tuple[Term, ...]
    """What was not to be read from the text, and was not given outright."""
    named: Set[str]
    """Ids of the sources that they call by name."""
    refused: Set[str]
    """Ids of the sources that they name and do not want."""
    verdict: Verdict
    """Whose business it is."""


class _Text(Struct, frozen=True, eq=False, gc=False):
    """A text, taken apart."""

    speech: Speech
    places: Sequence[Mention]
    """The places that it names."""
    subject: Speech
    """The text without these: anything may be wanted anywhere."""
    bag: Bag
    """The words of that."""


class _Asked(Struct, frozen=True, eq=False, gc=False):
    """A request, its values read and its text taken apart."""

    request: Request
    given: Sequence[Understood]
    not_meant: Sequence[tuple[Facet, Term]]
    filters: Filters
    text: str
    said: _Text
    wanted: _Text
    """The same without what they say that they do not want."""
    refused: str
    """What of that they call by name."""

    @property
    def heard(self) -> _Text:
        """What is wanted, or all that was said if that leaves nothing."""
        return self.wanted if self.wanted.speech.words else self.said


_Guessed = Callable[[Facet], Sequence[Guess]]
"""What one text seems to speak of, of a facet."""


class Reader:
    """Reads requests in the terms of a taxonomy. Built once; never changes after."""

    def __init__(self, taxonomy: Taxonomy, ranking: Ranking, models: Models) -> None:
        self._taxonomy, self._usual_themes, self._home = taxonomy, ranking.subject, ranking.home
        self._labels = Labels(taxonomy, models.labels)
        self._places = Places(taxonomy, self._labels, ranking.home)
        self._values = Values(taxonomy, self._labels, self._places, ranking.unknown_place)
        self._judge = Judge(taxonomy, self._labels, models.scope, ranking.chance.in_scope.value)
        self._spelling, self._lexicon = models.spelling, models.lexicon
        self._names, self._empty_stems = models.index.names, models.empty_stems
        self._models: dict[Facet, ConceptModel] = {"support_type": models.support_types, "theme": models.themes}

    def read(self, requests: Iterable[Request], *, quoting: bool = True) -> Iterator[list[Reading]]:
        """Read requests in their order, some at a time, which costs less; each is read as if it came alone.

        Without `quoting`, it is not looked for which words speak for what was guessed. Raises RequestError when one is
        empty or too long, UnknownTermError when a value names no term; those before it come first.
        """
        return (self._readings(some, quoting) for some in self._some_at_a_time(requests) if some)

    def _some_at_a_time(self, requests: Iterable[Request]) -> Iterator[list[_Asked]]:
        """Requests taken apart, many short ones or few long ones together; those before one that raises come first."""
        some: list[_Asked] = []
        letters = 0
        for request in requests:
            try:
                some.append(self._asked(request))
            except RequestError:
                yield some
                raise
            letters += len(some[-1].text)
            if len(some) == _AT_A_TIME or letters >= _LETTERS:
                yield some
                some, letters = [], 0
        yield some

    def _readings(self, asked: Sequence[_Asked], quoting: bool) -> list[Reading]:
        """What some requests mean, each by itself."""
        wanted = together([one.wanted.bag for one in asked])
        heard = cache(lambda facet: self._models[facet].model.hear(wanted))  # all texts, once one is read for it
        found = [self._understood(one, partial(self._guesses, heard, text, quoting)) for text, one in enumerate(asked)]
        named = [self._names.within(one.heard.speech) for one in asked]
        verdicts = self._judge.verdicts([self._case(*pair) for pair in zip(asked, named, strict=True)])
        return [self._reading(*parts) for parts in zip(asked, found, named, verdicts, strict=True)]

    def _asked(self, request: Request) -> _Asked:
        """The values of one request, and its text taken apart."""
        _refuse_empty(request)
        given, in_words = self._values.given(request)
        text = plain(" . ".join(part for part in [*in_words, request.text or ""] if has_words(part)).strip())
        if len(text) > MAX_TEXT:
            raise RequestError(f"The text is too long: {len(text):,} letters. Please say it in at most {MAX_TEXT:,}.")
        kept, refused = wishes(text, self._is_name)
        wanted = self._take_apart(kept)
        said = wanted if kept == text else self._take_apart(text)
        not_meant, filters = self._values.not_meant(request), resolve_filters(request.filters, self._labels)
        return _Asked(request, given, not_meant, filters, text, said, wanted, refused)

    def _guesses(self, heard: Callable[[Facet], Said], text: int, quoting: bool, facet: Facet) -> list[Guess]:
        """The terms of one facet that a text, by its position among those that the models heard, seems to speak of."""
        model = self._models.get(facet)
        if model is None:
            return []
        return model.guesses(heard(facet), text, most=_MOST, least=_LEAST, empty=self._empty_stems, quoting=quoting)

    def _understood(self, asked: _Asked, guessed: _Guessed) -> list[Understood]:
        """The concepts of one request."""
        found = [*asked.given, *self._read_besides(asked, guessed)]
        place = _place_of(found)
        found = self._less_what_is_offered(found)
        abroad = self._places.abroad(asked.wanted.places, asked.wanted.speech, {*self._taxonomy.around(place)})
        return found + _heard("place", abroad)

    def _case(self, asked: _Asked, named: Set[str]) -> Case:
        """What a request is judged by."""
        return Case(
            asked.said.subject,
            asked.said.bag,
            self._parts(asked.text, asked.request.place or ""),
            in_our_terms=any(item.facet in WANTED for item in asked.given),
            named=bool(named),
        )

    def _reading(self, asked: _Asked, found: Sequence[Understood], named: Set[str], verdict: Verdict) -> Reading:
        place, given = _place_of(found), _terms(asked.given)
        return Reading(
            request=asked.request,
            understood=tuple(sorted(found, key=lambda item: (_ORDER[item.facet], -item.confidence, item.term))),
            not_meant=tuple(term for facet, term in asked.not_meant if (facet, term.id) not in given),
            place=place,
            speech=asked.heard.speech,
            subject=self._subject_of(asked.heard, place, named),
            filters=asked.filters,
            named=named,
            refused=self._names.within(listen(asked.refused)) if asked.refused else frozenset(),
            verdict=verdict,
        )

    def _read_besides(self, asked: _Asked, guessed: _Guessed) -> Iterator[Understood]:
        """What is read from the text, or assumed, beside what was given outright, less what is not meant."""
        facets = {item.facet for item in asked.given}
        settled = _terms(asked.given) | {(facet, term.id) for facet, term in asked.not_meant}
        for facet in SCHEME_OF:
            if facet in facets and facet not in _ALSO_READ:
                continue
            if facet == "place":
                read = _heard("place", self._places.here(asked.wanted.places))
            else:
                read = self._spoken(facet, asked.wanted.speech, guessed(facet))
            read = read or ([] if facet in facets else self._assumed(facet, asked.text))
            yield from (item for item in read if (item.facet, item.term) not in settled)

    def _subject_of(self, heard: _Text, place: str, named: Set[str]) -> Bag:
        """The words of a text without the places that count for themselves, unless it says nothing else."""
        subject = heard.speech
        if not named:
            counted = self._places.counted(heard.places, {*self._taxonomy.around(place)})
            left = heard.subject if len(counted) == len(heard.places) else less(heard.speech, counted)
            subject = heard.speech if self._empty_stems.issuperset(telling(left.stems)) else left
        return heard.bag if subject is heard.subject else self._bag(subject)

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
        speech = self._spelling.mend(listen(text), self._lexicon)
        places = self._places.within(speech)
        subject = less(speech, places)
        return _Text(speech, places, subject, self._bag(subject))

    def _bag(self, speech: Speech) -> Bag:
        return self._lexicon.bag(telling(speech.stems))

    def _parts(self, text: str, place: str) -> list[Bag]:
        """The words of each sentence of a text that has several, and of what was given as a place and is none.

        Each is mended by itself: a slip of one sentence must not decide how another is read.
        """
        parts = sentences(text)
        parts = parts if len(parts) > 1 else []
        parts += [place] if has_words(place) and self._labels.exact("places", place) is None else []
        return [self._lexicon.bag(telling(self._spelling.mended_stems(part, self._lexicon))) for part in parts]

    def _is_name(self, text: str) -> bool:
        """Whether a text calls a source or a place by name."""
        speech = listen(text)
        return bool(self._names.within(speech) or self._places.within(speech))

    def _assumed(self, facet: Facet, text: str) -> list[Understood]:
        """What is taken for granted where nothing is said: the home, and the subject of a request without words."""
        ids = {"place": (self._home,), "theme": () if text else self._usual_themes}.get(facet, ())
        terms = [self._taxonomy.term(SCHEME_OF[facet], id) for id in ids]
        return [understood(facet, term, _ASSUMED.get(facet, 1.0), "", ASKED_AS[facet]) for term in terms]

    def _spoken(self, facet: Facet, speech: Speech, guesses: Sequence[Guess]) -> list[Understood]:
        """What a text says of one facet: terms whose labels stand in it, and what was guessed from its subject."""
        mentions = list(self._labels.within(SCHEME_OF[facet], speech))
        if facet == "role":  # “we want residents to decide” says nothing of who asks
            mentions = [mention for mention in mentions if speaks_as(speech, mention.start, mention.end)]
        if facet == "support_type":  # “we run a network”, or “our network”, asks for none
            mentions = [mention for mention in mentions if not has(speech, mention.start)]
        found = {item.term: item for item in _heard(facet, mentions)}
        for guess in guesses:
            said = ", ".join(speech.quote(stem) for stem in guess.stems) or WHOLE
            term = self._taxonomy.term(SCHEME_OF[facet], guess.term)
            found.setdefault(term.id, understood(facet, term, guess.confidence, said))
        return list(found.values())


def _place_of(found: Iterable[Understood]) -> str:
    """Where the asker is: what was understood of that comes before what was of other places."""
    return next(item.term for item in found if item.facet == "place")


def _terms(items: Iterable[Understood]) -> Set[tuple[Facet, str]]:
    return {(item.facet, item.term) for item in items}


def _heard(facet: Facet, mentions: Sequence[Mention]) -> list[Understood]:
    """The terms that were mentioned, each once, as it was first said."""
    first = {mention.term.id: mention for mention in reversed(mentions)}
    return [understood(facet, mention.term, SAID, mention.said) for mention in first.values()]


def _refuse_empty(request: Request) -> None:
    given = (request.role, request.place, request.text, *request.needs, *request.themes)
    if not any(has_words(value) for value in given if value):
        raise RequestError(
            "Please say what you need: a role, a kind of help, a theme, a place, or the need in your own words."
        )
