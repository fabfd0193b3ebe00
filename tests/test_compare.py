"""Two evaluations of the same requests, request by request."""

import math

from asking import steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match.evaluation.compare import compare

figures = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([0.0, 0.25, 0.5, 1.0]))


def test_wins_and_losses_come_with_the_largest_first_and_ties_by_id() -> None:
    found = compare(
        {"a": 0.5, "b": 0.9, "c": 0.75, "d": 0.0, "e": 0.25, "f": 0.5},
        {"a": 0.25, "b": 0.1, "c": 0.5, "d": 0.5, "e": 0.5, "f": 0.5},
    )
    assert [(id, round(by, 6)) for id, by in found.wins] == [("b", 0.8), ("a", 0.25), ("c", 0.25)]
    assert found.losses == (("d", -0.5), ("e", -0.25))


def test_what_only_one_of_them_holds_is_left_out() -> None:
    found = compare({"a": 0.5, "new": 1.0}, {"a": 0.25, "old": 1.0})
    assert (found.wins, found.losses, found.difference.mean) == ((("a", 0.25),), (), 0.25)


def test_nothing_in_common_has_no_difference() -> None:
    found = compare({"a": 1.0}, {"b": 1.0})
    assert (found.wins, found.losses) == ((), ())
    assert math.isnan(found.difference.mean)


@steadily
@given(figures)
def test_a_ranking_neither_wins_nor_loses_against_itself(one: dict[str, float]) -> None:
    found = compare(one, one)
    assert (found.wins, found.losses) == ((), ())
    assert not one or (found.difference.low, found.difference.high) == (0, 0)


@steadily
@given(figures, figures)
def test_what_one_wins_the_other_loses(one: dict[str, float], other: dict[str, float]) -> None:
    forth, back = compare(one, other), compare(other, one)
    assert {(id, -by) for id, by in forth.wins} == set(back.losses)
    assert len(forth.wins) + len(forth.losses) == sum(one[id] != other[id] for id in one.keys() & other.keys())
