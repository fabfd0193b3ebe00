"""Stated chances against what came of them."""

import numpy as np
import pytest
from asking import steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match import DataError
from coprod_match.evaluation.chance import calibration_error, calibration_table, learn_chance

pairs = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=40)


def requests(slope: float, intercept: float) -> list[list[tuple[float, bool]]]:
    """Two hundred requests whose recommendations are useful just as often as that curve says."""
    random = np.random.default_rng(7)
    shares = random.uniform(0, 1, size=(200, 10))
    useful = random.uniform(size=shares.shape) < 1 / (1 + np.exp(-(slope * shares + intercept)))
    return [list(zip(row.tolist(), hits.tolist(), strict=True)) for row, hits in zip(shares, useful, strict=True)]


def test_the_curve_that_made_the_judgements_is_found_again() -> None:
    learnt = learn_chance(requests(6.0, -3.0))
    assert learnt.slope == pytest.approx(6.0, rel=0.15)
    assert learnt.intercept == pytest.approx(-3.0, rel=0.15)
    assert learnt.error < 0.03


def test_where_points_say_nothing_the_curve_is_flat() -> None:
    assert abs(learn_chance(requests(0.0, 0.0)).slope) < 0.5


def test_learning_twice_gives_the_same_curve() -> None:
    assert learn_chance(requests(6.0, -3.0)) == learn_chance(requests(6.0, -3.0))


def test_where_points_tell_all_the_curve_is_as_steep_as_a_file_can_hold() -> None:
    learnt = learn_chance([[(0.5 + gap, True), (0.5 - gap, False)] for gap in np.linspace(0.0001, 0.001, 20).tolist()])
    assert learnt.slope == 100
    assert learnt.intercept == pytest.approx(-50, rel=0.01)


@pytest.mark.parametrize("useful", [True, False])
def test_a_curve_is_not_learnt_from_one_sort_of_sources(useful: bool) -> None:
    with pytest.raises(DataError, match="one sort is missing"):
        learn_chance([[(0.5, useful), (0.6, useful)]] * 20)


def test_nor_is_it_where_a_single_request_shows_the_other_sort() -> None:
    with pytest.raises(DataError, match="one sort is missing"):
        learn_chance([*[[(0.5, True)]] * 20, [(0.1, False)]])


def test_a_table_worked_out_by_hand() -> None:
    stated = [(0.05, False), (0.15, True), (0.2, False), (0.85, True), (1.0, True)]
    table = calibration_table(stated)
    assert [row[0] for row in table] == pytest.approx([0.0, 0.2, 0.8])
    assert [row[1] for row in table] == pytest.approx([0.1, 0.2, 0.925])
    assert [row[2:] for row in table] == [(0.5, 2), (0.0, 1), (1.0, 2)]
    assert calibration_error(stated) == pytest.approx((2 * 0.4 + 1 * 0.2 + 2 * 0.075) / 5)


def test_no_recommendations_have_no_error() -> None:
    assert calibration_table([]) == []
    assert calibration_error([]) == 0


@steadily
@given(pairs)
def test_every_recommendation_is_counted_once_in_the_bin_of_its_chance(stated: list[tuple[float, bool]]) -> None:
    table = calibration_table(stated)
    assert sum(row[3] for row in table) == len(stated)
    assert all(low - 1e-9 <= mean <= low + 0.2 + 1e-9 for low, mean, _, _ in table)
    assert sum(useful * count for _, _, useful, count in table) == pytest.approx(sum(use for _, use in stated))
    assert 0 <= calibration_error(stated) <= 1


@steadily
@given(pairs)
def test_the_order_of_recommendations_changes_no_error(stated: list[tuple[float, bool]]) -> None:
    assert calibration_error(stated[::-1]) == pytest.approx(calibration_error(stated))
