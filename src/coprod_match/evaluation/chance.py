"""Learning how points become a chance: logistic regression (Platt 1999) on judged recommendations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coprod_match.errors import DataError, Problem
from coprod_match.files.ranges import allowed

Pairs = Sequence[tuple[float, bool]]
"""For all recommendations to one asker: the share of the points at stake that each earned, and its use."""

_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Chance:
    """A logistic curve from the share of the points at stake to the chance of being useful."""

    slope: float
    intercept: float
    error: float
    """Expected calibration error on requests that were left out when the curve was learnt."""


def learn_chance(requests: Sequence[Pairs]) -> Chance:
    """Fit the curve, and measure it by cross-validation over requests. Raises DataError where that cannot be done."""
    order = np.random.default_rng(0).permutation(len(requests))
    stated: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        held_out = set(order[fold::_FOLDS].tolist())
        slope, intercept = _fit([pair for number, row in enumerate(requests) if number not in held_out for pair in row])
        for number in sorted(held_out):
            stated += [(1 / (1 + np.exp(-(slope * share + intercept))), useful) for share, useful in requests[number]]
    slope, intercept = _fit([pair for row in requests for pair in row])
    return Chance(slope, intercept, calibration_error(stated))


def calibration_error(pairs: Pairs) -> float:
    """Expected calibration error over five bins of equal width (Naeini and others 2015), 0 to 1."""
    return sum(abs(stated - useful) * count for _, stated, useful, count in calibration_table(pairs)) / max(
        len(pairs), 1
    )


def calibration_table(pairs: Pairs, bins: int = 5) -> list[tuple[float, float, float, int]]:
    """For each bin that is not empty: its lower end, the mean chance stated, the share that was useful, the number."""
    rows = []
    for number in range(bins):
        inside = [pair for pair in pairs if min(int(pair[0] * bins), bins - 1) == number]
        if inside:
            stated, useful = np.mean(np.array(inside, dtype=np.float64), axis=0)
            rows.append((number / bins, float(stated), float(useful), len(inside)))
    return rows


def _fit(pairs: Pairs) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    shares, useful = np.array([[share] for share, _ in pairs]), [useful for _, useful in pairs]
    if len(set(useful)) < 2:
        message = "Chances are learnt from useful sources (grade 2, 3) and others (0, 1) among the first of requests"
        hint = "See what the program puts first, and grade that too."
        raise DataError([Problem("judgements", f"{message}; one sort is missing.", hint)])
    model = LogisticRegression(C=1e6).fit(shares, useful)
    return _within_range(float(model.coef_[0, 0]), float(model.intercept_[0]))


def _within_range(slope: float, intercept: float) -> tuple[float, float]:
    """The curve, or a less steep one with the same middle: where points tell all, no curve would be steep enough."""
    too_steep = max(1.0, slope / allowed("chance", "slope").most, abs(intercept) / allowed("chance", "intercept").most)
    return slope / too_steep, intercept / too_steep
