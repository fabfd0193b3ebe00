"""Learning how points become a chance: logistic regression (Platt 1999) on judged recommendations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

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
    """Fit the curve, and measure it by cross-validation over requests."""
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

    shares = np.array([[share] for share, _ in pairs])
    model = LogisticRegression(C=1e6).fit(shares, [useful for _, useful in pairs])
    return float(model.coef_[0, 0]), float(model.intercept_[0])
