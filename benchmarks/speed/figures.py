"""The figures that `run.py` wrote down: medians of the rounds, and how cost grows with size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np

OURS, EXPLAINED = "coprod-match", "coprod-match, explained"


@dataclass(frozen=True, slots=True)
class Series:
    """What was measured of one way of ranking, by catalogue size. Each figure is a median; seconds or bytes."""

    build: Mapping[int, float]
    """Seconds of processor time."""
    many: Mapping[int, float]
    """Seconds of processor time for a request among many, one thread."""
    single_p50: Mapping[int, float]
    """Seconds of processor time for a request alone."""
    single_p99: Mapping[int, float]
    five_p50: Mapping[int, float]
    """Of ours, explained: as `single_p50`, for the five entries that people get who do not say how many."""
    speed_up: Mapping[int, float]
    """Time by the clock with one thread, over that with two; empty where it cannot use two."""
    processes: Mapping[int, float]
    """The same with processes that share the index, and are there already."""
    index: Mapping[int, float]
    """Bytes of the index: its arrays or files."""
    held: Mapping[int, float]
    """Bytes of all that the loaded index holds; empty where it lies in files."""
    peak: Mapping[int, float]
    """Most memory that the process had, in bytes."""
    rounds: Mapping[int, int]
    asked: Mapping[int, int]
    """The number of requests that were asked in one call."""


def all_series(runs: Sequence[Mapping[str, Any]]) -> dict[str, Series]:
    """Name → figures; ours is there with explanations, and without where the engine can leave them out."""
    found: dict[str, Series] = {}
    for ranker in dict.fromkeys(run["ranker"] for run in runs):
        of = [run for run in runs if run["ranker"] == ranker]
        for way in of[0]["ways"]:
            name = ranker if ranker != "ours" else OURS if way == "rank" else EXPLAINED
            found[name] = _series(of, way)
    return found


def _series(runs: Sequence[Mapping[str, Any]], way: str) -> Series:
    return Series(
        build=_medians((run["size"], run["build"]["cpu"]) for run in runs),
        many=_medians((run["size"], _each(run["ways"][way]["1"], "cpu")) for run in runs),
        single_p50=_medians((run["size"], run["single"][way]["cpu p50"]) for run in runs),
        single_p99=_medians((run["size"], run["single"][way]["cpu p99"]) for run in runs),
        five_p50=_medians((run["size"], run["single"]["recommend"]["cpu p50"]) for run in runs if way == "explain"),
        speed_up=_speed_up(runs, way, "1", "2"),
        processes=_speed_up(runs, way, "1 processes", "2 processes"),
        index=_medians((run["size"], run["memory"].get("arrays", run["memory"].get("files"))) for run in runs),
        held=_medians((run["size"], run["memory"]["all"]) for run in runs if "all" in run["memory"]),
        peak=_medians((run["size"], run["peak"]) for run in runs),
        rounds={size: sum(run["size"] == size for run in runs) for size in {run["size"] for run in runs}},
        asked={run["size"]: run["ways"][way]["1"]["requests"] for run in runs},
    )


def _speed_up(runs: Sequence[Mapping[str, Any]], way: str, one: str, two: str) -> dict[int, float]:
    """How many times as fast two workers are as one, by the clock, where that was measured."""
    ways = [(run["size"], run["ways"][way]) for run in runs if two in run["ways"][way]]
    return _medians((size, _each(found[one], "wall") / _each(found[two], "wall")) for size, found in ways)


def exponent(cost: Mapping[int, float], smallest: int = 1000) -> float:
    """The b of `cost = a · size ** b`, fitted to sizes from the smallest on; not a number when there is only one."""
    sizes = [size for size in sorted(cost) if size >= smallest]
    if len(sizes) < 2:
        return float("nan")
    return float(np.polyfit(np.log(sizes), np.log([cost[size] for size in sizes]), 1)[0])


def _each(measured: Mapping[str, float], clock: str) -> float:
    return measured[clock] / measured["requests"]


def _medians(pairs: Iterable[tuple[int, float]]) -> dict[int, float]:
    found: dict[int, list[float]] = defaultdict(list)
    for size, value in pairs:
        found[size].append(value)
    return {size: median(values) for size, values in sorted(found.items())}
