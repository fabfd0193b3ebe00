"""The entries with the most points are found although most are never looked at to the last digit."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coprod_match.arrays import Floats, Positions
from coprod_match.engine import search
from coprod_match.engine.search import Estimate, best

quarters = st.integers(-20, 40).map(lambda number: number / 4)
entries = st.lists(st.tuples(quarters, st.integers(0, 8).map(lambda number: number / 4)), min_size=1, max_size=300)


def estimate(parts: list[tuple[float, float]]) -> Estimate:
    """Entries of which two parts are known: what is known at once, and what common words add."""
    rest, common = np.array(parts).T

    def points(positions: Positions) -> Floats:
        return np.asarray(rest[positions] + common[positions])

    return Estimate(rest.astype(np.float32), float(common.max()), lambda positions: common[positions], points)


def searched(few: int, known: Estimate, least: float, count: int) -> tuple[Positions, Floats]:
    """The best, with catalogues of up to `few` entries looked at whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_FEW", few)
        return best(known, least, count)


@pytest.mark.parametrize("few", [0, 1000])
@given(parts=entries, least=quarters, count=st.integers(1, 6))
def test_the_best_are_those_with_the_most_points_above_the_least_and_their_equals(
    few: int, parts: list[tuple[float, float]], least: float, count: int
) -> None:
    totals = [rest + common for rest, common in parts]
    above = sorted((total for total in totals if total > least), reverse=True)
    last = above[:count][-1] if above else math.inf
    expected = [position for position, total in enumerate(totals) if total > least and total >= last]
    positions, points = searched(few, estimate(parts), least, count)
    assert positions.tolist() == expected
    assert points.tolist() == [totals[position] for position in expected]


@pytest.mark.parametrize("few", [0, 1000])
@given(parts=entries, count=st.integers(1, 6), data=st.data())
def test_an_entry_that_was_ruled_out_is_never_among_them(
    few: int, parts: list[tuple[float, float]], count: int, data: st.DataObject
) -> None:
    known = estimate(parts)
    barred = data.draw(st.sets(st.sampled_from(range(len(parts)))))
    known.rule_out(list(barred))
    allowed = [position for position in range(len(parts)) if position not in barred]
    totals = {position: sum(parts[position]) for position in allowed}
    highest = sorted(totals.values(), reverse=True)[:count]
    positions, points = searched(few, known, -100.0, count)
    assert barred.isdisjoint(positions.tolist())
    assert sorted(points.tolist(), reverse=True)[:count] == highest


@given(entries, quarters)
def test_an_entry_that_may_have_more_than_the_least_is_never_thought_impossible(
    parts: list[tuple[float, float]], least: float
) -> None:
    possible = estimate(parts).possible(least - 1e-9).tolist()
    assert [position for position, part in enumerate(parts) if sum(part) >= least and position not in possible] == []


def test_few_entries_are_looked_at_where_there_are_many() -> None:
    random = np.random.default_rng(0)
    known = estimate(list(zip(random.normal(size=20_000), random.random(20_000) / 10, strict=True)))
    looked_at: list[int] = []

    def points(positions: Positions) -> Floats:
        looked_at.append(len(positions))
        return known.points(positions)

    best(Estimate(known.near, known.common_at_most, known.common, points), 0.0, 10)
    assert sum(looked_at) <= 20
