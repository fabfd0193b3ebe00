"""From requests that were understood to answers: score, choose, explain."""

from dataclasses import dataclass, replace

from coprod_match.engine import explain
from coprod_match.engine.area import reach
from coprod_match.engine.encode import Encoded, encode_request
from coprod_match.engine.index import Index
from coprod_match.engine.rank import chance, level, passes, round_out
from coprod_match.engine.understand import Reading
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.result import Contribution, Recommendation, Result
from coprod_match.model.taxonomy import Taxonomy
from coprod_match.words import CONTRACTIONS


@dataclass(frozen=True, slots=True)
class _Asked:
    """One request, encoded."""

    reading: Reading
    encoded: Encoded
    place: str


class Answerer:
    """Answers readings over one catalogue."""

    def __init__(self, catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking, index: Index) -> None:
        self._catalogue, self._taxonomy, self._ranking, self._index = catalogue, taxonomy, ranking, index
        self._sorts = {kind.id: kind.sort for kind in taxonomy.kinds}

    def answer(self, reading: Reading, top: int) -> Result:
        """Answer one reading with at most `top` recommendations."""
        asked = self._encode(reading)
        scores = self._index.scores(asked.encoded).tolist()
        settings = self._ranking.chance
        good = (
            []
            if not asked.reading.in_scope
            else [
                position
                for position, resource in enumerate(self._catalogue.resources)
                if scores[position] > 0
                and chance(scores[position] / asked.encoded.stake, settings) >= settings.weak.value
                and passes(resource, asked.reading.filters)
            ]
        )
        entries = [(self._catalogue.resources[position], scores[position]) for position in good]
        chosen = round_out(entries, self._sorts, self._ranking.rounding, top)
        found = tuple(self._recommendation(rank, good[choice], asked) for rank, choice in enumerate(chosen, start=1))
        confidence = level(max((entry.chance for entry in found), default=0.0), settings)
        return Result(
            request=asked.reading.request,
            understood=asked.reading.understood,
            in_scope=asked.reading.in_scope,
            confidence=confidence,
            recommendations=found,
            advice=explain.advice(asked.reading, confidence, self._contact(asked.place)),
            catalogue_size=len(self._catalogue),
            catalogue_version=self._catalogue.version,
        )

    def _encode(self, reading: Reading) -> _Asked:
        spoken = self._index.spoken(reading.text)
        if spoken.named:  # who calls a source by name wants it, whatever else the words sound like
            reading = replace(reading, in_scope=True, matter=None)
        encoded = encode_request(reading.understood, spoken, self._ranking)
        place = next(item.term for item in reading.understood if item.facet == "place")
        return _Asked(reading, encoded, place)

    def _recommendation(self, rank: int, position: int, asked: _Asked) -> Recommendation:
        resource = self._catalogue.resources[position]
        points = self._index.points(asked.encoded, position)
        parts = [Contribution(facet, feature, value) for (facet, feature), value in points.items()]
        parts.sort(key=lambda part: (-part.points, part.facet, part.feature))
        score = sum(part.points for part in parts)
        case = explain.Case(
            resource=resource,
            taxonomy=self._taxonomy,
            understood=asked.reading.understood,
            place=asked.place,
            reach=reach(resource, asked.place, self._taxonomy),
            text=asked.reading.text,
            empty_words=self._index.text.soft | CONTRACTIONS,
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

    def _contact(self, place: str) -> Resource | None:
        """Whom to ask in a place, or in the nearest wider one that names somebody."""
        for id in (place, *self._taxonomy.ancestors("places", place)):
            contact = self._taxonomy.place(id).contact
            if contact is not None and contact in self._catalogue:
                return self._catalogue.resource(contact)
        return None
