"""Rows and frames in, outcomes out."""

from collections.abc import Sequence

import pandas as pd
import pytest

from coprod_match import Matcher, RequestError
from coprod_match.batch.columns import Columns
from coprod_match.batch.frame import match_frame
from coprod_match.batch.match import OUTCOME_COLUMNS, Outcome, Row, match_rows, outcome_names

TEXT = Columns(need=("need",), text=("text",))
LONG = "word " * 20_000


def outcomes(matcher: Matcher, *texts: object, top: int = 2) -> list[Outcome]:
    rows = [Row(number, {"text": text}) for number, text in enumerate(texts, start=2)]
    return list(match_rows(rows, TEXT, matcher, top=top))


def statuses(found: Sequence[Outcome]) -> list[str]:
    return [outcome.status for outcome in found]


def test_each_row_has_one_outcome_in_its_order(matcher: Matcher) -> None:
    found = outcomes(matcher, "training in facilitation", None, "training in facilitation", "small grants")
    assert [outcome.number for outcome in found] == [2, 3, 4, 5]
    assert statuses(found) == ["matched", "needs_attention", "matched", "matched"]


def test_an_outcome_is_what_the_matcher_answers(matcher: Matcher) -> None:
    text = "residents decide how a grant is spent"
    [outcome] = outcomes(matcher, text, top=3)
    result = matcher.recommend(text=text, top=3)
    assert [(e.rank, e.id, e.score) for e in outcome.entries] == [
        (e.rank, e.resource.id, e.score) for e in result.recommendations
    ]
    assert (outcome.confidence, outcome.advice) == (result.confidence, result.advice)


def test_what_is_not_our_business_fits_nothing_and_says_whom_to_ask(matcher: Matcher) -> None:
    [outcome] = outcomes(matcher, "the street light outside my house is broken")
    assert (outcome.status, outcome.in_scope, outcome.entries) == ("nothing_fits", False, ())
    assert outcome.advice


def test_a_row_that_asks_the_same_as_an_earlier_one_is_marked_with_its_number(matcher: Matcher) -> None:
    found = outcomes(matcher, "small grants", "training", " small grants ", "small grants")
    assert [outcome.duplicate_of for outcome in found] == [None, None, 2, 2]
    assert found[0].entries == found[2].entries


def test_duplicates_are_found_however_far_apart_they_are(matcher: Matcher) -> None:
    assert outcomes(matcher, *(["training"] * 700), top=1)[-1].duplicate_of == 2


def test_a_text_that_is_too_long_needs_attention_and_stops_no_other(matcher: Matcher) -> None:
    found = outcomes(matcher, "training", LONG, "small grants")
    assert statuses(found) == ["matched", "needs_attention", "matched"]
    assert found[1].problem is not None
    assert "too long" in found[1].problem


def test_a_damaged_row_is_not_matched(matcher: Matcher) -> None:
    [outcome] = match_rows([Row(9, {"text": "training"}, "Line 9 is broken.")], TEXT, matcher)
    assert (outcome.status, outcome.problem) == ("needs_attention", "Line 9 is broken.")


def test_the_long_form_has_a_record_for_each_recommendation_and_one_where_there_is_none(matcher: Matcher) -> None:
    found = outcomes(matcher, "training", None, top=3)
    records = [list(outcome.records()) for outcome in found]
    assert [len(record) for record in records] == [3, 1]
    assert [record["rank"] for record in records[0]] == [1, 2, 3]
    assert all(tuple(record) == tuple(OUTCOME_COLUMNS) for part in records for record in part)


def test_our_columns_are_marked_where_their_names_are_taken_whatever_their_case() -> None:
    called = outcome_names(["Name", "id", "id (match)"])
    assert (called["name"], called["id"], called["rank"]) == ("name (match)", "id (match) (match)", "rank")


FRAME = pd.DataFrame(
    {
        "When": pd.to_datetime(["2026-01-02", None, "2026-01-03"]),
        "Text": ["training", None, "small grants"],
        "id": [7, 8, 9],
    },
    index=[5, 5, 1],
)


def test_a_frame_keeps_its_columns_as_they_are_before_ours(matcher: Matcher) -> None:
    found = match_frame(FRAME, matcher, top=2)
    assert list(found.columns[:3]) == ["When", "Text", "id"]
    assert list(found.columns[3:]) == list(outcome_names(FRAME.columns).values())
    assert found["row_number"].tolist() == [2, 2, 3, 4, 4]
    assert found["id"].tolist() == [7, 7, 8, 9, 9]
    assert (found.dtypes.iloc[:3] == FRAME.dtypes).all()


def test_a_frame_of_ours_has_the_same_types_whatever_it_holds(matcher: Matcher) -> None:
    whole, bad = match_frame(FRAME, matcher), match_frame(FRAME.iloc[[1]], matcher)
    assert (whole.dtypes == bad.dtypes).all()


def test_a_frame_may_bring_its_own_row_numbers(matcher: Matcher) -> None:
    found = match_frame(FRAME.assign(row_number=[11, 12, 13]), matcher, top=1)
    assert found["row_number"].tolist() == [11, 12, 13]
    assert list(found.columns).count("row_number") == 1


def test_an_empty_frame_has_all_columns_and_no_row(matcher: Matcher) -> None:
    found = match_frame(FRAME.iloc[:0], matcher)
    assert len(found) == 0
    assert list(found.columns) == list(match_frame(FRAME, matcher).columns)


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (FRAME.rename(columns={"Text": "Unheard of"}), "No column says what is needed"),
        (FRAME.assign(row_number=["a", "b", "c"]), "whole number"),
        (FRAME.rename(columns={"id": "Text"}), "same name"),
    ],
)
def test_a_frame_that_cannot_be_used_is_refused_in_a_sentence(matcher: Matcher, frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(RequestError, match=said):
        match_frame(frame, matcher)
