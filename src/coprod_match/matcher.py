"""The matcher: ask it, and it answers. Every door of the product calls this."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self

from coprod_match.engine.answer import Answerer
from coprod_match.engine.models import Models, fit_models
from coprod_match.engine.understand import Reader
from coprod_match.errors import DataError, Problem, RequestError
from coprod_match.files.compiled import cache_folder
from coprod_match.loading import PackedTaxonomy, load_data
from coprod_match.model.catalogue import Catalogue
from coprod_match.model.ranking import Ranking
from coprod_match.model.request import Filters, Request
from coprod_match.model.result import Result
from coprod_match.model.taxonomy import Taxonomy


class Matcher:
    """Matches requests with the sources of a catalogue. Built once; never changes after.

    >>> matcher = Matcher.load()
    >>> result = matcher.recommend(role="council", need="toolkit", top=3)
    >>> [entry.rank for entry in result.recommendations]
    [1, 2, 3]
    """

    def __init__(
        self,
        catalogue: Catalogue,
        taxonomy: Taxonomy | PackedTaxonomy,
        ranking: Ranking,
        models: Models | None = None,
    ) -> None:
        if not catalogue.resources:
            raise DataError([Problem("catalogue", "The catalogue has no sources.", "Add at least one.")])
        self.catalogue, self._taxonomy, self.ranking = catalogue, taxonomy, ranking
        self.models = models or fit_models(catalogue, self.taxonomy, ranking)
        terms = taxonomy.terms if isinstance(taxonomy, PackedTaxonomy) else taxonomy
        self._reader = Reader(terms, ranking, self.models)
        self._answerer = Answerer(catalogue, terms, ranking, self.models)

    @classmethod
    def load(
        cls,
        catalogue: Path | None = None,
        taxonomy: Path | None = None,
        ranking: Path | None = None,
        *,
        cache: Path | None = None,
    ) -> Self:
        """A matcher over data files; those that come with coprod-match where none is named.

        What takes long to make is kept in the folder `cache`, this user's cache folder where none is named. Raises
        DataError with every problem in the data files.
        """
        data = load_data(catalogue, taxonomy, ranking, cache or cache_folder())
        return cls(data.catalogue, data.taxonomy, data.ranking, data.models)

    @property
    def taxonomy(self) -> Taxonomy:
        """The terms in which requests and sources meet, and what people say who mean several of them."""
        return self._taxonomy.whole if isinstance(self._taxonomy, PackedTaxonomy) else self._taxonomy

    def recommend(
        self,
        *,
        role: str | None = None,
        need: str | Sequence[str] = (),
        theme: str | Sequence[str] = (),
        place: str | None = None,
        text: str | None = None,
        without: str | Sequence[str] = (),
        filters: Filters | None = None,
        top: int = 5,
    ) -> Result:
        """Answer one request with at most `top` recommendations.

        Any part may be missing, but not all; see `Request` for their meaning. Raises RequestError when the request
        is empty, and UnknownTermError when a value names no term of the taxonomy.
        """
        request = Request(
            role=role,
            needs=_several(need),
            themes=_several(theme),
            place=place,
            text=text,
            without=_several(without),
            filters=filters or Filters(),
        )
        return next(self.recommend_many([request], top=top))

    def recommend_many(self, requests: Iterable[Request], *, top: int = 5) -> Iterator[Result]:
        """Answer requests in their order; they are taken some at a time, so that memory does not grow with them.

        Raises RequestError at once when `top` is less than 1. A request that cannot be answered raises as `recommend`
        does when its turn comes, and ends the answers.
        """
        check_top(top)
        read = self._reader.read(requests)
        return (result for readings in read for result in self._answerer.answer(readings, top))

    def rank(self, requests: Iterable[Request], *, top: int = 5) -> Iterator[list[tuple[str, float]]]:
        """As `recommend_many`, but only the id and the score of each entry: for those who need no explanation."""
        check_top(top)
        read = self._reader.read(requests, quoting=False)
        return (ranked for readings in read for ranked in self._answerer.rank(readings, top))

    def data_version(self) -> str:
        """A hash of all that answers depend on besides the program: equal where every request gets the same answer."""
        data = repr((self.catalogue.version, self.taxonomy, self.ranking))
        return hashlib.sha256(data.encode()).hexdigest()


def check_top(top: int) -> None:
    """Raise RequestError unless so many recommendations can be asked for."""
    if top < 1:
        raise RequestError(f"Please ask for at least one recommendation; top is {top}.")


def _several(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
