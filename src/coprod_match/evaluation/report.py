"""The evaluation of a matcher: figures with intervals, by setting, role and kind of help, and the worst requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coprod_match.arrays import Floats
from coprod_match.evaluation.chance import calibration_error, calibration_table
from coprod_match.evaluation.measures import USEFUL, Interval, PerRequest, interval, measure
from coprod_match.evaluation.rankings import SETTINGS, answers, baselines, ranked
from coprod_match.matcher import Matcher
from coprod_match.model.judgements import JudgedRequest, Judgements
from coprod_match.model.result import Result

_TOP = 5  # how much of a list people read


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well the stated chances hold."""

    table: tuple[tuple[float, float, float, int], ...]
    """For each bin: its lower end, the mean chance stated, the share that was useful, the number of recommendations."""
    error: float
    """Expected calibration error: the mean distance of the two, weighted by number."""


@dataclass(frozen=True, slots=True)
class Worst:
    """A request that was answered badly."""

    id: str
    text: str
    ndcg: float
    trouble: str


@dataclass(frozen=True, slots=True)
class Setting:
    """The figures of the full engine in one setting."""

    measures: Mapping[str, Interval]
    by_role: Mapping[str, Interval]
    by_support_type: Mapping[str, Interval]
    wrongly_refused: Interval
    calibration: Calibration
    worst: tuple[Worst, ...]
    per_request: Mapping[str, float]
    """Request id → nDCG@5."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole evaluation."""

    requests: int
    out_of_scope: int
    settings: Mapping[str, Setting]
    baselines: Mapping[str, Mapping[str, Interval]]
    """Name → measures, on the same requests."""
    correctly_refused: Interval


def evaluate(matcher: Matcher, judgements: Judgements, *, worst: int = 10) -> Report:
    """Measure a matcher against judged requests, in every setting, beside the baselines."""
    judged = judgements.in_scope
    rankers = baselines(matcher) if judged else {}
    declined = answers(matcher, "as spoken", judgements.out_of_scope)
    return Report(
        requests=len(judged),
        out_of_scope=len(judgements.out_of_scope),
        settings={name: _setting(judged, answers(matcher, name, judged), worst) for name in SETTINGS},
        baselines={name: _means(measure(rank(judged), judged)) for name, rank in rankers.items()},
        correctly_refused=interval(_refused(declined)),
    )


def _setting(judged: Sequence[JudgedRequest], results: Sequence[Result], worst: int) -> Setting:
    values = measure([ranked(result) for result in results], judged)
    ndcg = values["nDCG@5"]
    roles = [(request.role or "not said",) for request in judged]
    kinds = [request.facets.support_types for request in judged]
    return Setting(
        measures=_means(values),
        by_role=_grouped(ndcg, roles),
        by_support_type=_grouped(ndcg, kinds),
        wrongly_refused=interval(_refused(results)),
        calibration=calibration(judged, results),
        worst=_worst(judged, results, ndcg, worst),
        per_request={request.id: float(value) for request, value in zip(judged, ndcg, strict=True)},
    )


def calibration(judged: Sequence[JudgedRequest], results: Sequence[Result]) -> Calibration:
    """Compare the chance of each of the first recommendations with whether it was useful, where that was judged."""
    pairs = [
        (entry.chance, request.grades[entry.resource.id] >= USEFUL)
        for request, result in zip(judged, results, strict=True)
        for entry in result.recommendations[:_TOP]
        if entry.resource.id in request.grades
    ]
    return Calibration(tuple(calibration_table(pairs)), calibration_error(pairs))


def _refused(results: Sequence[Result]) -> Floats:
    return np.array([not result.recommendations for result in results], dtype=np.float64)


def _means(values: PerRequest) -> dict[str, Interval]:
    return {name: interval(value) for name, value in values.items()}


def _grouped(values: Floats, groups: Sequence[Sequence[str]]) -> dict[str, Interval]:
    names = sorted({name for group in groups for name in group})
    return {name: interval(values[[name in group for group in groups]]) for name in names}


def _worst(judged: Sequence[JudgedRequest], results: Sequence[Result], ndcg: Floats, count: int) -> tuple[Worst, ...]:
    order = sorted(range(len(judged)), key=lambda number: (ndcg[number], judged[number].id))[:count]
    return tuple(
        Worst(judged[number].id, judged[number].text, float(ndcg[number]), _trouble(judged[number], results[number]))
        for number in order
    )


def _trouble(request: JudgedRequest, result: Result) -> str:
    """What went wrong, in a line."""
    if not result.recommendations:
        return "it was refused"
    shown = [entry.resource.id for entry in result.recommendations[:_TOP]]
    best_first = sorted(request.grades, key=lambda source: (-request.grades[source], source))
    missed = [source for source in best_first if request.grades[source] >= USEFUL and source not in shown][:3]
    unjudged = sum(id not in request.grades for id in shown)
    parts = [f"missed {', '.join(missed)}" if missed else "few useful sources exist", f"first was {shown[0]}"]
    return "; ".join(parts + ([f"{unjudged} of {len(shown)} shown were not judged"] if unjudged else []))
