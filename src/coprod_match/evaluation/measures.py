"""Measures of a ranking, request by request, and their means with bootstrap intervals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coprod_match.arrays import Floats
from coprod_match.evaluation.rankings import DEPTH, Ranked
from coprod_match.model.judgements import JudgedRequest

USEFUL = 2
"""The least grade that counts as useful."""
_NOTHING = {"(nothing)": 0.0}  # what an empty list is given as: the library cannot take none at all
_RESAMPLES = 2000

PerRequest = Mapping[str, Floats]
"""Measure → its value for each request, in their order."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and the bootstrap 95 % interval around it."""

    mean: float
    low: float
    high: float


def measure(rankings: Sequence[Ranked], judged: Sequence[JudgedRequest]) -> PerRequest:
    """nDCG, recall, reciprocal rank, success and the share of unjudged sources, for each request.

    nDCG has linear gain, as trec_eval's. Unjudged sources count as grade 0, but for the measures that end in
    `judged only`, for which they are taken out of the lists.
    """
    everything = _values(rankings, judged)
    judged_only = [
        {id: s for id, s in one.items() if id in request.grades} for one, request in zip(rankings, judged, strict=True)
    ]
    return everything | {
        f"{name}, judged only": value for name, value in _values(judged_only, judged).items() if "nDCG" in name
    }


def interval(values: Floats) -> Interval:
    """The mean with its 95 % interval by the percentile bootstrap (Efron 1979), always the same for the same values."""
    if not len(values):
        return Interval(float("nan"), float("nan"), float("nan"))
    picks = np.random.default_rng(0).integers(len(values), size=(_RESAMPLES, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return Interval(float(values.mean()), float(low), float(high))


def _values(rankings: Sequence[Ranked], judged: Sequence[JudgedRequest]) -> dict[str, Floats]:
    import ir_measures
    from ir_measures import RR, Judged, R, Success, nDCG

    names = {
        nDCG @ 5: "nDCG@5",
        nDCG @ 10: "nDCG@10",
        R(rel=USEFUL) @ 10: "Recall@10",
        RR(rel=USEFUL): "MRR",
        Success(rel=USEFUL) @ 1: "Success@1",
        Success(rel=USEFUL) @ 3: "Success@3",
        Judged @ 5: "unjudged@5",
        Judged @ 10: "unjudged@10",
    }
    qrels: dict[str, dict[str, int]] = {request.id: {**request.grades} for request in judged}
    run = {request.id: _top(one) or _NOTHING for request, one in zip(judged, rankings, strict=True)}
    row = {request.id: number for number, request in enumerate(judged)}
    values = {name: np.zeros(len(judged)) for name in names.values()}
    for metric in ir_measures.iter_calc(list(names), qrels, run):
        name = names[metric.measure]
        values[name][row[metric.query_id]] = 1.0 - metric.value if name.startswith("unjudged") else metric.value
    for number, one in enumerate(rankings):
        if not _top(one):  # what stood in for nothing is no unjudged source
            values["unjudged@5"][number] = values["unjudged@10"][number] = 0.0
    return values


def _top(one: Ranked) -> dict[str, float]:
    """The first sources of a ranking, ties broken by id, with scores that tell them apart."""
    best = sorted((id for id, score in one.items() if score > 0), key=lambda source: (-one[source], source))[:DEPTH]
    return {id: 1.0 / position for position, id in enumerate(best, start=1)}
