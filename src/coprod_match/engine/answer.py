"""From requests that were understood to answers: score, choose, explain."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct, structs

from coprod_match.engine import explain
from coprod_match.engine.area import reach
from coprod_match.engine.encode import Encoded, Feature, encode_request
from coprod_match.engine.index import Index
from coprod_match.engine.rank import CONSIDERED, chance, least_share, level, passes, round_out
from coprod_match.engine.search import Estimate, best
from coprod_match.engine.understand import Reading
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.request import Filters
from coprod_match.model.result import Contribution, Facet, Recommendation, Result
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.words import CONTRACTIONS


class _Asked(Struct, frozen=True, eq=False):
    """One request, encoded."""

    reading: Reading
    encoded: Encoded
    confidences: Mapping[tuple[Facet, str], float]
    """How sure we are of each concept that it may mean."""
    refused: Sequence[int]
    """Positions of the sources that it names and does not want."""


class Answerer:
    """Answers readings over one catalogue."""

    def __init__(self, catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking, index: Index) -> None:
        self._catalogue, self._taxonomy, self._ranking, self._index = catalogue, taxonomy, ranking, index
        self._sorts = {kind.id: kind.sort for kind in taxonomy.kinds}
        self._least_share = least_share(ranking.chance)
        self._empty_words = index.text.soft | CONTRACTIONS | index.text.common

    def answer(self, readings: Sequence[Reading], top: int) -> Iterator[Result]:
        """Answer some readings, each with at most `top` recommendations."""
        for asked, chosen in self._chosen(readings, top):
            found = self._recommendations(asked, [position for position, _ in chosen])
            confidence = level(max((entry.chance for entry in found), default=0.0), self._ranking.chance)
            yield Result(
                request=asked.reading.request,
                understood=asked.reading.understood,
                in_scope=asked.reading.in_scope,
                confidence=confidence,
                recommendations=found,
                advice=explain.advice(asked.reading, confidence, self._contact(asked, found)),
                catalogue_size=len(self._catalogue),
                catalogue_version=self._catalogue.version,
            )

    def rank(self, readings: Sequence[Reading], top: int) -> Iterator[list[tuple[str, float]]]:
        """As `answer`, but only the id and the points of each entry."""
        for _, chosen in self._chosen(readings, top):
            yield [(self._catalogue.resources[position].id, points) for position, points in chosen]

    def _chosen(self, readings: Sequence[Reading], top: int) -> Iterator[tuple[_Asked, list[tuple[int, float]]]]:
        """Each request, encoded, with the positions and points of the entries to show, best first."""
        requests = [self._encode(reading) for reading in readings]
        if requests:
            estimates = self._index.estimates([asked.encoded for asked in requests])
            for asked, estimate in zip(requests, estimates, strict=True):
                yield asked, self._choose(asked, estimate, top)

    def _choose(self, asked: _Asked, estimate: Estimate, top: int) -> list[tuple[int, float]]:
        if not asked.reading.in_scope:
            return []
        resources, filters = self._catalogue.resources, asked.reading.filters
        estimate.rule_out(asked.refused)
        least = max(0.0, asked.encoded.stake * self._least_share)
        if filters != Filters():
            possible = estimate.possible(least).tolist()
            barred = [position for position in possible if not passes(resources[position], filters)]
            estimate.rule_out(barred)
        good, points = (found.tolist() for found in best(estimate, least, max(CONSIDERED, top)))
        entries = [(resources[position], score) for position, score in zip(good, points, strict=True)]
        choices = round_out(entries, self._sorts, self._ranking.rounding, top)
        return [(good[choice], points[choice]) for choice in choices]

    def _encode(self, reading: Reading) -> _Asked:
        spoken = self._index.spoken(reading.speech)
        if spoken.named:  # who calls a source by name wants it, whatever else the words sound like
            reading = structs.replace(reading, in_scope=True, matter=None)
        confidences = {(item.facet, item.term): item.confidence for item in reading.understood}
        refused = self._index.named(reading.refused)
        return _Asked(reading, encode_request(reading.understood, spoken, self._ranking), confidences, refused)

    def _recommendations(self, asked: _Asked, chosen: Sequence[int]) -> tuple[Recommendation, ...]:
        earned = self._index.points(asked.encoded, np.array(chosen, dtype=np.int64))
        return tuple(
            self._recommendation(rank, self._catalogue.resources[position], asked, points)
            for rank, (position, points) in enumerate(zip(chosen, earned, strict=True), start=1)
        )

    def _recommendation(
        self, rank: int, resource: Resource, asked: _Asked, points: Mapping[Feature, float]
    ) -> Recommendation:
        most_first = sorted((-value, facet, feature) for (facet, feature), value in points.items())
        parts = [Contribution(facet, feature, -lost) for lost, facet, feature in most_first]
        score = sum(points.values())
        case = explain.Case(
            resource=resource,
            taxonomy=self._taxonomy,
            confidences=asked.confidences,
            place=asked.reading.place,
            reach=reach(resource, asked.reading.place, self._taxonomy),
            speech=asked.reading.speech,
            empty_words=self._empty_words,
        )
        return Recommendation(
            rank=rank,
            resource=resource,
            sort=self._sorts[resource.kind],
            score=score,
            chance=chance(score / asked.encoded.stake, self._ranking.chance),
            contributions=tuple(parts),
            reasons=explain.reasons(case, parts),
            cautions=explain.cautions(case),
        )

    def _contact(self, asked: _Asked, found: Sequence[Recommendation]) -> Resource | None:
        """Whom to ask where the asker is, or in the nearest wider place that names somebody new, and not refused."""
        known = {entry.resource.id for entry in found}
        known |= {self._catalogue.resources[position].id for position in asked.refused}
        place = asked.reading.place
        for id in (place, *self._taxonomy.ancestors("places", place)):
            contact = self._taxonomy.place(id).contact
            if contact is not None and contact in self._catalogue and contact not in known:
                return self._catalogue.resource(contact)
        return None
