"""From requests that were understood to answers: score, choose, explain."""

from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Bools, Floats, Positions
from coprod_match.engine import explain
from coprod_match.engine.area import Here, here_of, reach
from coprod_match.engine.encode import TOPIC_GRAIN, Encoded, Spoken, encode_request, rounded
from coprod_match.engine.index import Index
from coprod_match.engine.models import Models
from coprod_match.engine.rank import CONSIDERED, best_first, chance, least_share, level, passes, places_by_id, round_out
from coprod_match.engine.search import Wanted, find
from coprod_match.engine.understand import Reading
from coprod_match.engine.vocabulary import together
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.request import Filters
from coprod_match.model.result import Recommendation, Result
from coprod_match.model.taxonomy import Taxonomy

if TYPE_CHECKING:
    from coprod_match.engine.blocks import Blocks

_MANY = 4_000_000  # requests at a time, times entries, from which on compiling pays within some thousand requests


class _Asked(Struct, frozen=True, eq=False, gc=False):
    """One request, encoded."""

    reading: Reading
    encoded: Encoded
    refused: Sequence[int]
    """Positions of the sources that it names and does not want."""


class Answerer:
    """Answers readings over one catalogue."""

    def __init__(self, catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking, models: Models) -> None:
        self._made_of = (catalogue, taxonomy, ranking, models)
        self._catalogue, self._taxonomy, self._ranking, self._index = catalogue, taxonomy, ranking, models.index
        self._entries = [catalogue.resource(id) for id in models.index.sources]
        self._sorts = {kind.id: kind.sort for kind in taxonomy.kinds}
        self._least_share = least_share(ranking.chance)
        self._empty_stems = models.empty_stems | models.index.text.common
        self._heres: dict[str, Here] = {}

    def __reduce__(self) -> tuple[type["Answerer"], tuple[object, ...]]:
        """What it has worked out on the way does not travel to another process."""
        return Answerer, self._made_of

    def answer(self, readings: Sequence[Reading], top: int) -> Iterator[Result]:
        """Answer some readings, each with at most `top` recommendations."""
        for asked, chosen in self._chosen(readings, top):
            found = self._recommendations(asked, chosen)
            confidence = level(max(entry.chance for entry in found), self._ranking.chance) if found else "none"
            yield Result(
                request=asked.reading.request,
                understood=asked.reading.understood,
                not_meant=asked.reading.not_meant,
                in_scope=asked.reading.verdict.in_scope,
                confidence=confidence,
                recommendations=found,
                notice=explain.notice(asked.reading.verdict),
                advice=explain.advice(asked.reading.verdict, confidence, self._contact(asked, found)),
                catalogue_size=len(self._catalogue),
                catalogue_version=self._catalogue.version,
            )

    def rank(self, readings: Sequence[Reading], top: int) -> Iterator[list[tuple[str, float]]]:
        """As `answer`, but only the id and the points of each entry."""
        for _, chosen in self._chosen(readings, top):
            yield [(self._entries[position].id, points) for position, points in chosen]

    def _chosen(self, readings: Sequence[Reading], top: int) -> Iterator[tuple[_Asked, list[tuple[int, float]]]]:
        """Each request, encoded, with the positions and points of the entries to show, best first."""
        requests = self._encode(readings)
        allowed = cache(self._allowed)  # requests that come together mostly have the same conditions
        wanted = [
            Wanted(
                asked.encoded,
                least=max(0.0, asked.encoded.stake * self._least_share),
                allowed=allowed(asked.reading.filters),
                refused=asked.refused,
            )
            for asked in requests
            if asked.reading.verdict.in_scope
        ]
        found = self._find(wanted, max(CONSIDERED, top)) if wanted else iter(())
        for asked in requests:
            yield asked, self._choose(*next(found), top) if asked.reading.verdict.in_scope else []

    def _find(self, wanted: Sequence[Wanted], count: int) -> Iterator[tuple[Positions, Floats]]:
        if len(wanted) == 1 or len(wanted) * len(self._catalogue) < _MANY:
            return find(self._index, wanted, count)
        try:
            from coprod_match.engine import kernel  # needs numba, and some seconds to compile
        except ImportError:
            return find(self._index, wanted, count)
        return kernel.find(self._index, self._blocks, wanted, count)

    @cached_property
    def _blocks(self) -> "Blocks":
        from coprod_match.engine.blocks import cut

        return cut(self._index)

    def _choose(self, good: Positions, points: Floats, top: int) -> list[tuple[int, float]]:
        """The positions and points of the entries to show."""
        ordered = best_first(good, points, self._by_id, max(CONSIDERED, top))
        return round_out(ordered, self._entries, self._sorts, self._ranking.rounding, top)

    @cached_property
    def _by_id(self) -> Positions:
        """Worked out when somebody first asks: a large catalogue takes a twentieth of a second."""
        return places_by_id(list(self._index.sources))

    def _allowed(self, filters: Filters) -> Bools | None:
        """Which profiles meet the conditions, shape (profiles,): all entries of one do, or none. None for all."""
        if filters == Filters():
            return None
        entries = (self._entries[position] for position in self._index.profiles.firsts.tolist())
        return np.array([passes(entry, filters) for entry in entries])

    def _encode(self, readings: Sequence[Reading]) -> list[_Asked]:
        encoded = encode(readings, self._index, self._ranking)
        refused = [[self._index.sources[id] for id in sorted(reading.refused)] for reading in readings]
        return [_Asked(*parts) for parts in zip(readings, encoded, refused, strict=True)]

    def _recommendations(self, asked: _Asked, chosen: Sequence[tuple[int, float]]) -> tuple[Recommendation, ...]:
        """The entries that were chosen, explained; `chosen` are their positions and points."""
        if not chosen:
            return ()
        here = self._here(asked.reading.place)
        asker = explain.asker_of(asked.reading, here, self._taxonomy, self._empty_stems)
        contributions = self._index.contributions(asked.encoded, [position for position, _ in chosen])
        found = []
        for rank, ((position, points), parts) in enumerate(zip(chosen, contributions, strict=True), start=1):
            resource = self._entries[position]
            case = explain.Case(resource, asker, reach(resource, here))
            found.append(
                Recommendation(
                    rank=rank,
                    resource=resource,
                    sort=self._sorts[resource.kind],
                    score=points,
                    chance=chance(points / asked.encoded.stake, self._ranking.chance),
                    contributions=parts,
                    reasons=explain.reasons(case, parts),
                    cautions=explain.cautions(case),
                )
            )
        return tuple(found)

    def _here(self, place: str) -> Here:
        """How other places lie to one; worked out when somebody first asks from there."""
        if place not in self._heres:
            self._heres[place] = here_of(place, self._taxonomy)
        return self._heres[place]

    def _contact(self, asked: _Asked, found: Sequence[Recommendation]) -> Resource | None:
        """Whom to ask where the asker is, or in the nearest wider place that names somebody new, and not refused.

        Nobody from beyond the nation where those of the nation are in the list.
        """
        known = asked.reading.refused | {entry.resource.id for entry in found}
        for id in self._taxonomy.around(asked.reading.place):
            contact = self._taxonomy.place(id).contact
            if contact is None or contact not in self._catalogue:
                continue
            if contact not in known:
                return self._catalogue.resource(contact)
            if self._taxonomy.has("jurisdictions", id):
                break
        return None


def encode(readings: Sequence[Reading], index: Index, ranking: Ranking) -> list[Encoded]:
    """Requests that were understood, as vectors over the words and topics of an index."""
    bags = together([reading.subject for reading in readings])
    vectors = rounded(index.latent.embed(bags), TOPIC_GRAIN).astype(np.float32)
    return [
        encode_request(reading.understood, Spoken(bool(reading.speech.words), shares, vector, reading.named), ranking)
        for reading, shares, vector in zip(readings, index.text.shares(bags), vectors, strict=True)
    ]
