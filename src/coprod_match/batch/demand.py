"""What was asked for, and how well the catalogue served it. Its size depends on the taxonomy, not on the rows."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from coprod_match.batch.match import Outcome

Served = Literal["well", "weakly", "not at all"]
"""How well a request was served: by strong or fair matches, by weak ones only, or by none."""

FACETS = {"role": "Who asked", "support_type": "Kind of help", "theme": "Theme", "place": "Place"}
"""The parts of a request that are counted, and what they are called."""
NOT_SAID = "(not said)"

Combination = tuple[str, ...]
"""One term of each facet."""


@dataclass(frozen=True, slots=True)
class Line:
    """How often something was asked for, and how well it was served."""

    what: tuple[str, ...]
    well: int
    weakly: int
    not_at_all: int

    @property
    def asked(self) -> int:
        """How often in all."""
        return self.well + self.weakly + self.not_at_all


@dataclass(slots=True)
class Demand:
    """Counts requests as they are answered."""

    elsewhere: int = 0
    """Requests that are not the business of this service."""
    _terms: dict[tuple[str, str], Counter[Served]] = field(default_factory=lambda: defaultdict(Counter))
    _combinations: dict[Combination, Counter[Served]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, outcome: Outcome) -> None:
        """Count a row, unless it could not be read."""
        if outcome.status == "needs_attention":
            return
        if not outcome.in_scope:
            self.elsewhere += 1
            return
        served = _served(outcome)
        asked = [(facet, label) for facet, label in outcome.asked if facet in FACETS]
        for facet, label in asked:
            self._terms[facet, label][served] += 1
        surest = dict(reversed(asked))
        self._combinations[tuple(surest.get(facet, NOT_SAID) for facet in FACETS)][served] += 1

    def terms(self) -> Iterator[Line]:
        """Each term that was asked for, facet by facet, the most wanted first."""
        order = list(FACETS)
        lines = [(order.index(facet), _line((FACETS[facet], label), n)) for (facet, label), n in self._terms.items()]
        return (line for _, line in sorted(lines, key=lambda pair: (pair[0], -pair[1].asked, pair[1].what)))

    def combinations(self) -> list[Line]:
        """Each combination of who asked, for what, about what and where; the least well served first."""
        lines = [_line(what, counts) for what, counts in self._combinations.items()]
        return sorted(lines, key=lambda line: (-line.not_at_all, -line.weakly, -line.asked, line.what))


def _served(outcome: Outcome) -> Served:
    if not outcome.entries:
        return "not at all"
    return "weakly" if outcome.confidence == "weak" else "well"


def _line(what: tuple[str, ...], counts: Counter[Served]) -> Line:
    return Line(what, counts["well"], counts["weakly"], counts["not at all"])
