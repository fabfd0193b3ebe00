"""Measures against values worked out by hand and against plain arithmetic."""

import math
from collections.abc import Mapping

import numpy as np
import pytest
from asking import steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match.evaluation.measures import interval, measure
from coprod_match.model.judgements import JudgedRequest

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0, "e": 2}


def judged(grades: Mapping[str, int], id: str = "r1") -> JudgedRequest:
    return JudgedRequest(id=id, text="help", in_scope=True, grades=dict(grades))  # type: ignore[arg-type]


def values(order: str, grades: Mapping[str, int] = GRADES) -> dict[str, float]:
    """Each measure of a list of one-letter sources, best first."""
    ranking = {id: float(len(order) - place) for place, id in enumerate(order)}
    return {name: float(value[0]) for name, value in measure([ranking], [judged(grades)]).items()}


@steadily
@given(st.permutations("abcdefghijklmn"), st.integers(0, 14), st.dictionaries(st.sampled_from("abcdefg"), st.just(2)))
def test_success_recall_and_reciprocal_rank_agree_with_counting(
    order: list[str], length: int, grades: dict[str, int]
) -> None:
    shown = "".join(order[:length])
    found = values(shown, grades)
    places = [place for place, id in enumerate(shown, start=1) if id in grades]
    assert found["MRR"] == pytest.approx(1 / places[0] if places else 0)
    assert found["Success@1"] == (1 in places)
    assert found["Success@3"] == any(place <= 3 for place in places)
    assert found["Recall@10"] == pytest.approx(sum(place <= 10 for place in places) / max(len(grades), 1))


def test_ndcg_worked_out_by_hand() -> None:
    best = 3 + 2 / math.log2(3) + 2 / 2 + 1 / math.log2(5)
    found = values("xbacd")
    assert found["nDCG@5"] == pytest.approx((2 / math.log2(3) + 3 / 2 + 1 / math.log2(5)) / best)
    assert found["nDCG@5, judged only"] == pytest.approx((2 + 3 / math.log2(3) + 1 / 2) / best)


def test_the_best_order_scores_one_and_the_last_places_count_least() -> None:
    assert values("abecd")["nDCG@5"] == pytest.approx(1)
    assert 1 > values("aebdc")["nDCG@5"] > values("cabed")["nDCG@5"] > 0


def test_what_stands_below_a_cut_does_not_count() -> None:
    found = values("vwxyzabe")
    assert found["nDCG@5"] == 0
    assert found["nDCG@10"] > 0
    assert found["Success@3"] == 0
    assert found["MRR"] == pytest.approx(1 / 6)


def test_the_share_of_unjudged_is_of_what_is_shown() -> None:
    assert values("axbyz")["unjudged@5"] == pytest.approx(3 / 5)
    assert values("ax")["unjudged@5"] == pytest.approx(1 / 2)
    assert values("abcdexyzvw")["unjudged@10"] == pytest.approx(5 / 10)


def test_an_empty_list_earns_nothing_and_holds_nothing_unjudged() -> None:
    found = values("")
    assert {found[name] for name in found if not name.startswith("unjudged")} == {0.0}
    assert (found["unjudged@5"], found["unjudged@10"]) == (0.0, 0.0)


def test_a_list_of_unjudged_sources_alone_earns_nothing() -> None:
    found = values("xyz")
    assert (found["nDCG@5"], found["nDCG@5, judged only"], found["unjudged@5"]) == (0, 0, 1)


def test_a_request_without_a_useful_source_earns_nothing_whatever_is_shown() -> None:
    assert values("ab", {"a": 0, "b": 0})["nDCG@5"] == 0
    assert values("ab", {})["nDCG@5"] == 0


def test_each_request_keeps_its_own_values_in_the_order_asked() -> None:
    requests = [judged({"a": 3}, id) for id in ("r9", "r10", "r1")]
    found = measure([{"b": 1.0}, {"a": 1.0}, {"b": 2.0, "a": 1.0}], requests)
    assert found["MRR"].tolist() == [0.0, 1.0, 0.5]


def test_ties_are_broken_by_id_in_whatever_order_they_come() -> None:
    for ranking in ({"b": 1.0, "a": 1.0}, {"a": 1.0, "b": 1.0}):
        assert measure([ranking], [judged({"b": 3})])["MRR"].tolist() == [0.5]


def test_a_source_without_a_score_is_not_in_the_list() -> None:
    assert measure([{"a": 0.0, "b": 1.0}], [judged({"a": 3})])["Recall@10"].tolist() == [0.0]


def test_no_requests_have_no_values() -> None:
    assert {len(value) for value in measure([], []).values()} == {0}


def test_the_interval_of_equal_values_is_that_value() -> None:
    found = interval(np.full(9, 0.25))
    assert (found.mean, found.low, found.high) == (0.25, 0.25, 0.25)


def test_an_interval_is_as_wide_as_theory_says() -> None:
    values = np.array([0.0, 1.0] * 100)
    found = interval(values)
    assert found.high - found.low == pytest.approx(2 * 1.96 * 0.5 / math.sqrt(200), rel=0.1)


def test_more_requests_make_an_interval_narrower() -> None:
    few, many = interval(np.array([0.0, 1.0] * 5)), interval(np.array([0.0, 1.0] * 50))
    assert many.high - many.low < few.high - few.low
