"""Paired differences between two evaluations of the same requests."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from coprod_match.evaluation.measures import Interval, interval


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one ranking does against another, request by request, in nDCG@5."""

    difference: Interval
    """The mean of the paired differences; above 0 the first is better."""
    wins: tuple[tuple[str, float], ...]
    """Requests that the first answers better, with by how much, most first."""
    losses: tuple[tuple[str, float], ...]
    """Requests that it answers worse, most first."""


def compare(now: Mapping[str, float], before: Mapping[str, float]) -> Comparison:
    """Compare two tables of request id → nDCG@5 over the requests that both hold."""
    both = sorted(now.keys() & before.keys())
    differences = {id: now[id] - before[id] for id in both}
    by_size = sorted(differences.items(), key=lambda item: (-item[1], item[0]))
    return Comparison(
        difference=interval(np.array([differences[id] for id in both])),
        wins=tuple(item for item in by_size if item[1] > 0),
        losses=tuple(item for item in reversed(by_size) if item[1] < 0),
    )
