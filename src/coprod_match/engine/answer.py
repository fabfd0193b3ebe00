"""From requests that were understood to answers: score, choose, explain."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coprod_match.engine import explain
from coprod_match.engine.area import reach
from coprod_match.engine.encode import Feature, at_stake, request_features
from coprod_match.engine.index import Index
from coprod_match.engine.rank import chance, level, passes, round_out
from coprod_match.engine.understand import Reading
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.result import Contribution, Recommendation, Result
from coprod_match.model.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request, encoded."""

    reading: Reading
    features: Mapping[Feature, float]
    stake: float
    place: str


class Answerer:
    """Answers readings over one catalogue."""

    def __init__(self, catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking, index: Index) -> None:
        self._catalogue, self._taxonomy, self._ranking, self._index = catalogue, taxonomy, ranking, index
        self._sorts = {kind.id: kind.sort for kind in taxonomy.kinds}

    def answer(self, readings: Sequence[Reading], top: int) -> Iterator[Result]:
        """Answer several readings with one product; at most `top` recommendations each."""
        asked = [self._encode(reading) for reading in readings]
        for one, scores in zip(asked, self._index.scores([one.features for one in asked]), strict=True):
            yield self._result(one, scores.tolist(), top)

    def _encode(self, reading: Reading) -> _Asked:
        features = request_features(reading.understood, self._index.shares(reading.text), self._ranking)
        place = next(item.term for item in reading.understood if item.facet == "place")
        return _Asked(reading, features, at_stake(features, reading.text, self._ranking), place)

    def _result(self, asked: _Asked, scores: Sequence[float], top: int) -> Result:
        settings = self._ranking.chance
        good = [
            position
            for position, resource in enumerate(self._catalogue.resources)
            if scores[position] > 0
            and chance(scores[position] / asked.stake, settings) >= settings.weak.value
            and passes(resource, asked.reading.filters)
        ]
        entries = [(self._catalogue.resources[position], scores[position]) for position in good]
        chosen = round_out(entries, self._sorts, self._ranking.rounding, top)
        found = tuple(self._recommendation(rank, good[choice], asked) for rank, choice in enumerate(chosen, start=1))
        confidence = level(max((entry.chance for entry in found), default=0.0), settings)
        return Result(
            request=asked.reading.request,
            understood=asked.reading.understood,
            confidence=confidence,
            recommendations=found,
            advice=explain.advice(confidence, self._contact(asked.place)),
            catalogue_size=len(self._catalogue),
            catalogue_version=self._catalogue.version,
        )

    def _recommendation(self, rank: int, position: int, asked: _Asked) -> Recommendation:
        resource = self._catalogue.resources[position]
        points = self._index.points(asked.features, position)
        parts = [Contribution(facet, feature, value) for (facet, feature), value in points.items()]
        parts.sort(key=lambda part: (-part.points, part.facet, part.feature))
        score = sum(part.points for part in parts)
        how = reach(resource, asked.place, self._taxonomy)
        return Recommendation(
            rank=rank,
            resource=resource,
            sort=self._sorts[resource.kind],
            score=score,
            chance=chance(score / asked.stake, self._ranking.chance),
            contributions=tuple(parts),
            reasons=explain.reasons(parts, resource, self._taxonomy, asked.reading.text, how),
            cautions=explain.cautions(resource, self._taxonomy, asked.place, how),
        )

    def _contact(self, place: str) -> Resource | None:
        """Whom to ask in a place, or in the nearest wider one that names somebody."""
        for id in (place, *self._taxonomy.ancestors("places", place)):
            contact = self._taxonomy.place(id).contact
            if contact is not None and contact in self._catalogue:
                return self._catalogue.resource(contact)
        return None
