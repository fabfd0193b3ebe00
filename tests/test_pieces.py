"""Words that look alike speak alike, also those that were never met."""

import numpy as np
import pytest
from asking import steadily
from hypothesis import given
from hypothesis import strategies as st

from coprod_match.arrays import Floats
from coprod_match.engine.learning import ridge
from coprod_match.engine.pieces import PieceModel, fit_pieces

OURS = [["consultation", "residents"], ["consulting", "tenants"], ["engagement", "plan"], ["engaging", "residents"]]
OTHERS = [["plumber", "boiler"], ["plumbing", "leak"], ["tyres", "garage"], ["garage", "repairs"]]
SIDES = np.array([1.0] * 4 + [-1.0] * 4)


def fitted(said: list[list[str]] | None = None, target: Floats = SIDES, alpha: float = 0.1) -> PieceModel:
    return fit_pieces(said or [*OURS, *OTHERS], target, ridge(alpha))


def score(model: PieceModel, words: list[str]) -> float:
    return float(model.scores([words])[0])


@pytest.fixture(scope="module")
def model() -> PieceModel:
    return fitted()


def test_what_was_learnt_from_scores_on_its_side(model: PieceModel) -> None:
    assert (model.scores([*OURS, *OTHERS]) > 0).tolist() == [True] * 4 + [False] * 4


@pytest.mark.parametrize(
    ("word", "ours"), [("consulted", True), ("engaged", True), ("plumb", False), ("garages", False)]
)
def test_a_word_that_was_never_met_counts_as_those_that_look_like_it(word: str, ours: bool, model: PieceModel) -> None:
    assert (score(model, [word]) > 0) is ours


@pytest.mark.parametrize("said", [[], ["a"], ["a", "b", "c"], ["", ""]])
def test_words_too_short_to_have_a_piece_say_nothing(said: list[str], model: PieceModel) -> None:
    assert score(model, said) == 0


def test_a_piece_never_crosses_from_word_to_word(model: PieceModel) -> None:
    assert score(model, ["con", "sult"]) != score(model, ["consult"])
    assert score(model, ["plumber", "tenants"]) == pytest.approx(score(model, ["tenants", "plumber"]))


def test_texts_that_are_scored_together_are_scored_as_each_alone_to_the_last_digit(model: PieceModel) -> None:
    texts = [*OURS, [], ["a"], *OTHERS]
    assert model.scores(texts).tolist() == [score(model, words) for words in texts]


def test_texts_that_are_learnt_from_together_share_no_piece() -> None:
    apart = fitted([["plan"], ["leak"]], np.array([1.0, -1.0]))
    assert np.count_nonzero(apart.weights) == 6  # _pla plan lan_, _lea leak eak_


def test_a_stronger_ridge_trusts_pieces_less() -> None:
    assert np.abs(fitted(alpha=10.0).weights).sum() < np.abs(fitted(alpha=0.1).weights).sum()


@steadily
@given(st.lists(st.text(), max_size=20))
def test_any_words_have_a_score(said: list[str]) -> None:
    encodable = [word.encode("utf-8", "ignore").decode() for word in said]
    assert np.isfinite(score(fitted(), encodable))
